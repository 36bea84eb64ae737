"""WHO grades, and the diagnosis that the same tumour is given later."""

import re
from collections.abc import Sequence

from casebook.extract.diagnosis_rank import Candidate
from casebook.extract.disease_name import alike, covers, kin
from casebook.extract.finding import Cell
from casebook.extract.reading import Reading
from casebook.text.span import Span

_GRADE = re.compile(
    r"\b(?:WHO(?: CNS)?|"
    r"World Health Organi[sz]ation)(?: \(WHO\))?[\s,:-]{0,3}(?:tumou?r )?(?:(?:classification )?(?:grade|"
    r"gr\.?)[\s,:-]{0,2})?"
    r"(?P<after>IV|III|II|I|[1-4])(?![\w%]|\.\d)(?:\s?grade)?|\bgrade (?P<plain>IV|III|II|"
    r"[1-4])(?![\w%]|\.\d)(?=[^.;]{0,12}\b(?:WHO|World Health))",
)
_GRADE_NEAR = re.compile(
    r"[\s,(-]{0,4}(?:of\s)?(?:the\s)?(?:WHO\s)?(?:grade|gr\.?)[\s:]{0,2}(?P<near>IV|III|II|I|[1-4])(?![\w%]|\.\d)",
    re.IGNORECASE,
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_REACH = 60
_GLIAL = (
    "gli",
    "astrocytom",
    "ependymom",
    "oligodendro",
    "meningiom",
    "neurocytom",
    "medulloblastom",
    "haemangiopericytom",
    "hemangiopericytom",
    "fibrous tum",
    "pineal",
    "plexus",
    "ganglio",
    "craniopharyng",
)


def grades(reading: Reading, index: int) -> list[tuple[int, Span]]:
    """WHO grades of sentence `index` in reading order."""
    sentence = reading.sentences[index]
    if (
        "WHO" not in reading.text[sentence.start : sentence.end]
        and "World Health" not in reading.text[sentence.start : sentence.end]
    ):
        return []
    out = []
    for hit in _GRADE.finditer(reading.text, sentence.start, sentence.end):
        value = hit["after"] or hit["plain"]
        out.append((_ROMAN.get(value) or int(value), Span(*hit.span())))
    return out


def grade_for(reading: Reading, candidate: Candidate) -> tuple[int, Span] | None:
    """The grade beside the tumour's name: "astrocytoma, WHO grade II", "WHO II astrocytoma", "glioma grade III"."""
    phrase = candidate.phrase
    near = [
        (abs(s.start - phrase.end) if s.start >= phrase.end else phrase.start - s.end, value, s)
        for value, s in grades(reading, phrase.sentence)
    ]
    near = [item for item in near if -5 <= item[0] <= _REACH]
    if near:
        _, value, where = min(near)
        return value, where
    if any(stem in candidate.name.label for stem in _GLIAL):
        hit = _GRADE_NEAR.match(reading.text, phrase.end)
        if hit:
            return _ROMAN.get(hit["near"].upper()) or int(hit["near"]), Span(hit.start("near"), hit.end("near"))
    return None


def grade_of(reading: Reading, chosen: Candidate, found: Sequence[Candidate]) -> dict[str, Cell]:
    """who_grade: the first that stands beside the principal diagnosis."""
    for candidate in (chosen, *found):
        if candidate is chosen or alike(reading.vocabulary, candidate.name, chosen.name):
            grade = grade_for(reading, candidate)
            if grade:
                return {"who_grade": Cell(grade[0], (grade[1],), "diagnosis.grade")}
    return {}


def later_diagnosis(reading: Reading, chosen: Candidate, found: Sequence[Candidate]) -> dict[str, Cell]:
    """latest_diagnosis and its grade: a histology given to the disease again, after its return or in a metastasis."""
    wide = [candidate.name for candidate in found if not candidate.vague]
    told = [c.phrase for c in found if c.name == chosen.name and reading.sentences[c.phrase.sentence].zone != "title"]
    first = min((phrase.start for phrase in told), default=chosen.phrase.start)
    later = [
        c
        for c in found
        if (c.again or c.phrase.metastatic)
        and c.opinion.category in _PROVEN
        and c.phrase.start > first
        and c.phrase.start != chosen.phrase.start
        and c.phrase.head.term.fields.get("group") == "neoplasm"
        and kin(reading.vocabulary, c.name, chosen.name, wide)
        and not any(
            covers(reading.vocabulary, c.name, other.name)
            for other in found
            if other.phrase.sentence == c.phrase.sentence
        )
    ]
    if not later:
        return {}
    last = later[-1]
    for alternative in later:
        if covers(reading.vocabulary, last.name, alternative.name):
            last = alternative
    cells = {"latest_diagnosis": Cell(last.name.label, (last.span,), "diagnosis.latest")}
    grade = grade_for(reading, last)
    if grade:
        cells["latest_who_grade"] = Cell(grade[0], (grade[1],), "diagnosis.grade")
    return cells


_PROVEN = ("final", "diagnosed", "pathology", "consistent")
