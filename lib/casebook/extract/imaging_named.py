"""Which words of a sentence name a finding, apart from those that only take one up or explain it."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import attrgetter

from casebook.extract.imaging_changes import resized
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.extract.telling import telling
from casebook.text.spelling import fold
from casebook.vocabulary import Term

NOT_ADJECTIVES = frozenset(
    "of in on at to from without or by for was were is are showed revealed demonstrated shows which that after"
    " before but no"
    " not than as had has".split()
)
TOKEN = re.compile(r"[a-z]+")
RESIDUAL = Term(
    "imaging.complete_resection", "findings", "residual tumour", {"category": "change", "polarity": "absent"}
)

NEGATIVE = Term("imaging.negative", "findings", "abnormality", {"category": "normal", "polarity": "absent"})
WORKING = Term("imaging.working", "findings", "dysfunction", {"category": "function", "polarity": "absent"})
_FUNCTION = {"category": "function", "polarity": ""}
EJECTION = Term("imaging.ejection_fraction", "findings", "left ventricular dysfunction", _FUNCTION)
RIGHT_EJECTION = Term("imaging.ejection_fraction", "findings", "right ventricular dysfunction", _FUNCTION)

_PLACE = attrgetter("start", "end")
_GRADED = ("intense", "dense", "echoic")
_STEM = re.compile(r"(?:iso|hypo|hyper)(?P<stem>intense|dense|echoic)$")
_PREFIX = re.compile(
    r"(?<![a-z])(?P<prefix>iso|hypo|hyper)(?:\s?-?\s?(?:/|to|and|or|&|,)\s?-?\s?|-\s?)$"
)
_DEGREES = {"high": "hyper", "low": "hypo", "intermediate": "iso", "increased": "hyper", "decreased": "hypo"}
_DEGREE = re.compile(
    r"\b(?P<degree>high|low|intermediate|increased|decreased)(?:\s?(?:and|to|or|/)\s?|-\s?to\s?-?)$"
)
"""Before a signal that shares its noun: "intermediate and low signal"."""
_WHOLLY_STEMS = frozenset(("total", "complete", "radical", "entirely"))
_NEGATIVE_STEMS = frozenset(("negative",))
_LESIONS = r"(?:tumou?r|mass|lesion|metastas[ei]s|\w+oma)"
_REMOVED = re.compile(
    r"\b(?:complete|total|gross[ -]total|macroscopic(?:ally)? complete|radical|near[ -]complete)\s(?:surgical\s"
    r"|tumou?r\s)?"
    r"(?:resection|removal|excision|extirpation|ablation)\b"
    rf"(?:\sof\s(?:the\s)?(?:\w+\s){{0,2}}{_LESIONS})?"
    rf"|\b{_LESIONS}\s(?:was|were|had been|has been)\s(?:completely|totally|entirely|radically)\s(?:resected|removed"
    rf"|excised)\b",
)
_AFTER_SURGERY = re.compile(
    r"\bpost-?\s?(?:operative|surgical)|\bafter (?:the )?(?:\w+ )?(?:operation|surgery|resection|excision|craniotomy)"
    r"|\bfollow-?up\b|\bcontrol\b",
)
_LOW = re.compile(
    r"\b(?:low|lower|decreased|reduced|diminished|poor|faint|weak|less|loss of|lack of"
    r"|(?:decrease|reduction|decline) in)\b",
)
_HALF = re.compile(r"\b(?P<half>[a-z]{5,})\s?(?:and|or|and/or|/|&)\s?$")
"""Before a finding that shares its noun: "pleural and pericardial effusions"."""
_OF_SEQUENCE = ("enhancement", "fluid", "density")
CYSTIC = ("cyst", "cystic", "cystic mass", "cystic lesion", "cystic nodule")
_COMPOUND = re.compile(r"[\s-](?P<noun>mass|nodule|tumou?r|cyst|plaque)(?:e?s)?$")
_NOT_COMPOUND = (*CYSTIC, "metastasis", "residual tumour", "recurrence", "decreased size", "stable disease")
_FUNCTION_GOOD = re.compile(
    r"\b(?:good|preserved|intact|satisfactory|conserved|adequate)\s(?:(?!and\b|with\b)[\w()-]+\s){0,4}$"
)
_FUNCTION_WELL = re.compile(
    r"[^.;,\d]{0,60}\b(?:was|were|remained|is|are)\s(?:\w+ly\s)?"
    r"(?:preserved|normal|good|conserved|intact|maintained|(?P<ill>reduced|impaired|depressed|decreased|poor|altered))\b"
)
_NEGATIVE = re.compile(
    r"\b(?:was|were|is|are|came back|returned|remained|showed|revealed) (?:all |also |both |initially )?negative\b"
    r"(?: (?:results?|findings?))?(?! for\b| margin| test|-| predict| press)"
)
_NODES = re.compile(r"(?: of)?(?: the)?(?: (?!and\b|with\b|in\b|of\b)[\w-]+){0,4}? (?:lymph )?nodes?\b")
_NODES_WERE = re.compile(r"\bnodes?\s(?:[\w-]+\s){0,4}?(?:was|were|is|are|appeared)\s(?:\w+\s){0,2}$")
_COMPLAINT = (
    r"(?:symptoms?|symptomatology|pain|fever|headaches?|dyspno?ea|cough|weakness|vision|visual acuity|gait|strength"
    r"|general condition|general status|clinical \w+|(?:blood )?(?:cell )?counts?|serum \w+|\w+ levels?|renal function"
    r"|liver function|patient|diarrh?o?ea|vomiting|seizures?|electrophoresis|enzymes?|markers?|platelets?"
    r"|(?:laboratory|biological|biochemical|inflammatory|blood) \w+|h(?:a)?emoglobin|CRP)"
)
_FELT = re.compile(rf"\b{_COMPLAINT}(?: (?!and\b|with\b)\w+){{0,4}} $")
_FELT_OF = re.compile(rf" (?:of|in) (?:(?:the|his|her|all|both|this)\s)?(?:\w+ ){{0,2}}{_COMPLAINT}\b")
_FELT_AFTER = 8  # characters from a change to the complaint that changed ("resolved haematuria")
_UNSEEN = ("haematological", "psychiatric", "toxic")
"""Groups of diseases that no image shows."""
_SHOWN_BY = re.compile(
    r"\s(?:[\w-]+\s){0,4}?(?:was|were)\s(?:\w+ly\s|also\s|then\s)?(?:demonstrated|shown|seen|found|detected|identified"
    r"|revealed|observed|visuali[sz]ed|noted|confirmed|diagnosed)\s(?:by|on|in|with|at|through)\s"
)
"""After a disease that a study, or another examination, showed: "an adenoma was demonstrated by MRI"."""
_OWN_WORDS = re.compile(r"(?:(?!biops|histolog|cytolog|surg|endoscop|patholog|the\sbasis)[\w-]+\s){1,4}")
_NOT_SHOWN = re.compile(
    r"[;:]|\.(?!\d)|\b(?:diagnos\w+|suspici\w+|suspect\w*|favou?r|like|treated|treatment|surgery|history|due|caused|because"
    r"|after|before"
    r"|for|from|patients?|which|that|to)\b",
)


def findings_named(reading: Reading, index: int) -> list[Mention]:
    """The findings of sentence `index`, in order; a lesion already spoken of may be among them, see `only_taken_up`."""
    named = list(_of_vocabulary(reading, index))
    removed = [*_complete_resection(reading, index), *_negative(reading, index)]
    removed += [size for size in resized(reading, index) if not any(_told(size, known) for known in named)]
    if removed:
        named = [m for m in named if not any(r.start <= m.start and m.end <= r.end for r in removed)]
    return sorted((*named, *removed, *_diseases(reading, index, named)), key=_PLACE)


def _told(size: Mention, known: Mention) -> bool:
    """Whether the vocabulary's words tell the change of size already."""
    return known.term.fields["category"] == "change" and known.start < size.end and size.start < known.end


def _of_vocabulary(reading: Reading, index: int) -> Iterator[Mention]:
    """The vocabulary's findings; both of "iso- to hypointense", and the mass of "hypoechoic mass"."""
    sites, sequences = reading.of("sites", index), reading.of("sequences", index)
    found, told = reading.of("findings", index), 0
    for mention in found:
        category, label = mention.term.fields["category"], mention.label
        if category == "guidance" or mention.start < told or sites and _part_of(mention, sites):
            continue
        if category in _OF_SEQUENCE and any(s.start <= mention.start and mention.end <= s.end for s in sequences):
            continue
        if category == "change" and _of_the_patient(reading, mention):
            continue
        if label == "cavitation" and _body_cavity(reading, mention, sites):
            continue
        if label == "uptake":
            if _is_told_once(reading, mention, found):
                yield _uptake(reading, mention)
        elif label in ("enlargement", "swelling") and _of_nodes(reading, mention):
            nodes = reading.vocabulary.term("findings", "lymphadenopathy")
            yield Mention(mention.start, mention.end, nodes or mention.term)
        elif label == "ejection fraction" and _good(reading, mention):
            yield Mention(mention.start, mention.end, WORKING)
        elif label == "ejection fraction" and (well := _FUNCTION_WELL.match(reading.lower, mention.end)):
            told = well.end()
            ill = reading.vocabulary.term("findings", "dysfunction") if well["ill"] else None
            yield Mention(mention.start, told, ill or WORKING)
        elif label == "ejection fraction" and _normal(reading, mention):
            yield Mention(
                mention.start, mention.end, reading.vocabulary.term("findings", "dysfunction") or mention.term
            )
        else:
            yield from _further(reading, mention)
            yield mention


def _of_nodes(reading: Reading, mention: Mention) -> bool:
    """Whether lymph nodes are what is enlarged: "enlarged mesenteric nodes", "the nodes were swollen"."""
    low = max(0, mention.start - 60)
    return bool(_NODES.match(reading.lower, mention.end) or _NODES_WERE.search(reading.lower, low, mention.start))


def _of_the_patient(reading: Reading, mention: Mention) -> bool:
    """Whether a change is one of complaints or blood, which no image shows ("symptoms had improved")."""
    low, high = max(0, mention.start - 60), mention.end + 60
    if _FELT.search(reading.lower, low, mention.start) or _FELT_OF.match(reading.lower, mention.end, high):
        return True
    index = reading.sentence_of(mention)
    felt = next((s for s in reading.of("symptoms", index) if 0 < s.start - mention.end < _FELT_AFTER), None)
    return felt is not None and not any(
        f.start < felt.end and felt.start < f.end for f in reading.of("findings", index)
    )


def _body_cavity(reading: Reading, mention: Mention, sites: Sequence[Mention]) -> bool:
    """ "the heart cavities", "the tympanic cavity": a place, unless it is one in the lung."""
    if reading.lower.startswith(("cavity", "cavities"), mention.start) and reading.lower.endswith(
        ("the ", "body ", "surgical ", "resection "), 0, mention.start
    ):
        return True
    before = next((s for s in reversed(sites) if s.end <= mention.start), None)
    if before is None or mention.start - before.end > 1 or not reading.lower.startswith("cavit", mention.start):
        return False
    return reading.lower.startswith(("cavity", "cavities"), mention.start) and "lung" not in before.label


def _part_of(mention: Mention, sites: Sequence[Mention]) -> bool:
    """Whether the name of a place holds the word ("orbital cavity")."""
    length = mention.end - mention.start
    return any(s.start <= mention.start and mention.end <= s.end and s.end - s.start > length for s in sites)


def _further(reading: Reading, mention: Mention) -> Iterator[Mention]:
    """What the words of `mention` name beside its own label."""
    compound = _COMPOUND.search(reading.lower, mention.start, mention.end)
    if compound and mention.label not in _NOT_COMPOUND:
        noun = compound["noun"].replace("tumor", "tumour").replace("tumour", "tumour mass")
        term = reading.vocabulary.term("findings", noun)
        if term and noun != mention.label:
            yield Mention(compound.start("noun"), mention.end, term)
    half = _HALF.search(reading.lower, max(0, mention.start - 25), mention.start)
    if half and (shared := _shared_noun(reading, half["half"], mention)):
        yield Mention(half.start("half"), mention.end, shared)
    stem = _STEM.search(mention.label) if mention.label.endswith(_GRADED) else None
    degree = _DEGREE.search(reading.lower, max(0, mention.start - 20), mention.start) if stem else None
    if stem and degree and reading.lower.startswith(tuple(_DEGREES), mention.start):
        term = reading.vocabulary.term("findings", _DEGREES[degree["degree"]] + stem["stem"])
        if term and term.label != mention.label:
            yield Mention(degree.start(), degree.end("degree"), term)
    prefix = _PREFIX.search(reading.lower, max(0, mention.start - 12), mention.start) if stem else None
    if stem and prefix:
        other = prefix["prefix"] + stem["stem"]
        term = reading.vocabulary.term("findings", other)
        if term and other != mention.label:
            yield Mention(prefix.start(), prefix.end("prefix"), term)


def _shared_noun(reading: Reading, half: str, mention: Mention) -> Term | None:
    """The finding that shares its noun with `mention`: the pleural one of "pleural and pericardial effusions"."""
    noun = reading.lower[mention.start : mention.end].split()[-1]
    for name in (f"{half} {noun}", f"{half} {noun.removesuffix('s')}"):
        for term, exact in reading.vocabulary.named(fold(name)):
            if term.kind == "findings" and not exact and term.label not in (mention.label, "ventriculomegaly"):
                return term
    return None


def _is_told_once(reading: Reading, mention: Mention, found: Sequence[Mention]) -> bool:
    """Whether no other word of the sentence tells the uptake that an uptake value measures."""
    if "SUV" not in reading.text[mention.start : mention.end]:
        return True
    return not any(other is not mention and other.term.fields["category"] == "uptake" for other in found)


def _uptake(reading: Reading, mention: Mention) -> Mention:
    """Bare "uptake" is increased unless its own words say that it is low."""
    low = _LOW.search(reading.lower, max(0, mention.start - 30), mention.start)
    term = reading.vocabulary.term("findings", "decreased uptake" if low else "increased uptake")
    return Mention(mention.start, mention.end, term or mention.term)


def _normal(reading: Reading, mention: Mention) -> bool:
    return reading.status(mention).value == "absent"


def _negative(reading: Reading, index: int) -> Iterator[Mention]:
    """ "CT was negative" where nothing says what for: no abnormality."""
    if not reading.holds(index, _NEGATIVE_STEMS) or not reading.of("modalities", index):
        return
    sentence = reading.sentences[index]
    for hit in _NEGATIVE.finditer(reading.text, sentence.start, sentence.end):
        yield Mention(hit.start(), hit.end(), NEGATIVE)


def _good(reading: Reading, mention: Mention) -> bool:
    """ "good left ventricle systolic function": the report's own word for what needs no number."""
    before = reading.lower[max(0, mention.start - 45) : mention.start]
    return _FUNCTION_GOOD.search(before) is not None


def _complete_resection(reading: Reading, index: int) -> Iterator[Mention]:
    """ "postoperative MRI: complete resection of the tumour" says that there is no residual tumour."""
    if not reading.holds(index, _WHOLLY_STEMS):
        return
    sentence = reading.sentences[index]
    if _AFTER_SURGERY.search(reading.lower, sentence.start, sentence.end):
        for hit in _REMOVED.finditer(reading.lower, sentence.start, sentence.end):
            yield Mention(hit.start(), hit.end(), RESIDUAL)


def _diseases(reading: Reading, index: int, named: Sequence[Mention]) -> Iterator[Mention]:
    """Diseases that stand as a finding right after a verb of showing ("CT revealed a glioma") or before it."""
    sentence, words = reading.sentences[index], telling(reading.vocabulary)
    studies = reading.of("modalities", index)
    diseases = reading.of("diagnoses", index) if studies else ()
    diseases = [disease for disease in diseases if disease.term.fields["group"] not in _UNSEEN]
    verbs = [hit.end() for hit in words.finds.finditer(reading.text, sentence.start, sentence.end)] if diseases else []
    for mention in diseases:
        if any(n.start < mention.end and mention.start < n.end for n in named):
            continue
        shown = _SHOWN_BY.match(reading.lower, mention.end, sentence.end)
        if shown and any(_by_study(reading.lower[shown.end() : study.start]) for study in studies):
            yield Mention(mention.start, mention.end, _as_finding(mention.term))
            continue
        verb = next((end for end in reversed(verbs) if end <= mention.start), None)
        if verb is None:
            continue
        gap = reading.lower[verb : mention.start]
        if len(gap) < 60 and not _NOT_SHOWN.search(gap) and not words.interprets.search(gap):
            yield Mention(mention.start, mention.end, _as_finding(mention.term))


def _by_study(gap: str) -> bool:
    """Whether nothing but the study's own words stand between "shown by" and its name."""
    return bool(gap == "" or _OWN_WORDS.fullmatch(gap))


@lru_cache(maxsize=4096)
def _as_finding(term: Term) -> Term:
    return Term(term.rule, "findings", term.label, {"category": "diagnosis", "polarity": ""})
