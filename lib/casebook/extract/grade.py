"""WHO grades, and the diagnosis that the same tumour is given later."""

import re
from collections.abc import Sequence

from casebook.extract.diagnosis_rank import Candidate
from casebook.extract.disease_name import alike
from casebook.extract.finding import Cell
from casebook.extract.reading import Reading
from casebook.text.span import Span

_GRADE = re.compile(r"\b(?:WHO(?: CNS)?|World Health Organi[sz]ation)(?: \(WHO\))?[\s,:-]{0,3}(?:tumou?r )?(?:(?:classification )?(?:grade|gr\.?)[\s,:-]{0,2})?"
                    r"(?P<after>IV|III|II|I|[1-4])(?![\w.%])(?:\s?grade)?|\bgrade (?P<plain>IV|III|II|[1-4])(?![\w.%])(?=[^.;]{0,12}\b(?:WHO|World Health))",
                    )
_GRADE_NEAR = re.compile(r"[\s,(-]{0,4}(?:of\s)?(?:the\s)?(?:WHO\s)?(?:grade|gr\.?)[\s:]{0,2}(?P<near>IV|III|II|I|[1-4])(?![\w.%])", re.IGNORECASE)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_REACH = 60
_GLIAL = ("gli", "astrocytom", "ependymom", "oligodendro", "meningiom", "neurocytom", "medulloblastom", "haemangiopericytom",
          "hemangiopericytom", "fibrous tum", "pineal", "plexus", "ganglio", "craniopharyng")


def grades(reading: Reading, index: int) -> list[tuple[int, Span]]:
    """WHO grades of sentence `index` in reading order."""
    sentence = reading.sentences[index]
    if "WHO" not in reading.text[sentence.start:sentence.end] and "World Health" not in reading.text[sentence.start:sentence.end]:
        return []
    out = []
    for hit in _GRADE.finditer(reading.text, sentence.start, sentence.end):
        value = hit["after"] or hit["plain"]
        out.append((_ROMAN.get(value) or int(value), Span(*hit.span())))
    return out


def grade_for(reading: Reading, candidate: Candidate) -> tuple[int, Span] | None:
    """The grade written beside the tumour's name: "astrocytoma, WHO grade II", "WHO grade II astrocytoma", "glioma grade III"."""
    phrase = candidate.phrase
    near = [(abs(s.start - phrase.end) if s.start >= phrase.end else phrase.start - s.end, value, s)
            for value, s in grades(reading, phrase.sentence)]
    near = [item for item in near if -5 <= item[0] <= _REACH]
    if near:
        _, value, where = min(near)
        return value, where
    if any(stem in candidate.name.label for stem in _GLIAL):
        hit = _GRADE_NEAR.match(reading.text, phrase.end)
        if hit:
            return _ROMAN.get(hit["near"].upper()) or int(hit["near"]), Span(hit.start("near"), hit.end("near"))
    return None


def grade_of(reading: Reading, sentences: Sequence[int], chosen: Candidate, found: Sequence[Candidate]) -> dict[str, Cell]:
    """who_grade: the first that stands beside the principal diagnosis."""
    for candidate in (chosen, *found):
        if candidate is chosen or alike(reading.vocabulary, candidate.name, chosen.name):
            grade = grade_for(reading, candidate)
            if grade:
                return {"who_grade": Cell(grade[0], (grade[1],), "diagnosis.grade")}
    return {}


_AGAIN = re.compile(r"\b(?:progress\w{0,4}|recurr\w{1,6}|relaps\w{1,4}|second operation|second surgery|reoperation|transform\w{1,7}|dedifferentiat\w{1,6}|re-?biops\w{1,4})\b")


def later_diagnosis(reading: Reading, sentences: Sequence[int], chosen: Candidate, found: Sequence[Candidate]) -> dict[str, Cell]:
    """latest_diagnosis and latest_who_grade: a histology given again to the same disease after it has come back."""
    for candidate in reversed([c for c in found if c.phrase.start > chosen.phrase.start and c.opinion.weight >= 2]):
        index = candidate.phrase.sentence
        near = [i for i in (index - 1, index) if i >= 0]
        if candidate.phrase.head.term.fields.get("group") != "neoplasm" or not any(
                _AGAIN.search(reading.lower, reading.sentences[i].start, reading.sentences[i].end) for i in near):
            continue
        cells = {"latest_diagnosis": Cell(candidate.name.label, (candidate.span,), "diagnosis.latest")}
        grade = grade_for(reading, candidate)
        if grade:
            cells["latest_who_grade"] = Cell(grade[0], (grade[1],), "diagnosis.grade")
        return cells
    return {}
