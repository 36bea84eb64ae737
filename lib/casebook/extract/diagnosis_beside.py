"""What the words right beside a disease's name make of it: a patient's background, a clinic's name, a definition."""

import re
from collections.abc import Sequence

from casebook.extract.phrase import Phrase
from casebook.extract.reading import Reading

_GRADED = 2.0
_BACKGROUND = -2.0  # "a lung cancer ⟨patient⟩ with …", "under glaucoma ⟨therapy⟩", "HIV infection-⟨related⟩ …"
_MET_WITH = -3.2  # "a man with X ⟨who developed⟩ Y": the patient comes with X, the report goes on to Y
_EXPLAINED = 0.7  # "⟨an ischaemia⟩ due to …": what is explained is the subject
_DEFINED = -3.0  # "X is a rare ⟨myopathy⟩": what X is in general
_NOT_MEANT = -9.0  # "thromboembolic disease ⟨prevention⟩", "a man with tuberculosis ⟨history⟩"
_GRADE = re.compile(r"\s?[,(]?\s?(?:WHO|World Health Organization)\b")
_IS_EXPLAINED = re.compile(r"\s(?:due|secondary) to\b|\s(?:caused|complicated|induced|provoked|triggered) by\b")
_ITS_PATIENT = re.compile(
    r"\s(?:patients?|survivors?|treatment|therapy|medications?)\b|"
    r"-(?:related|associated|induced|positive)\b"
)
_GOES_ON = re.compile(
    r",?\s(?:(?:and\s[^.,;]{1,40}\s|(?:on|under|undergoing|receiving|treated|managed|maintained|followed|taking|"
    r"status|previously|currently|controlled)\b[^.;]{1,60}?[\s,])?who\s(?!also|had|has|is|present)|"
    r"(?:was (?:admitted|hospitali[sz]ed|brought)|presented (?:to|with)|developed)\b)"
)
_NOT_HAD = re.compile(
    r"\s(?:prophylaxis|prevention|screen(?:ing)?|vaccin\w{3,8}|history|scale|score|inventory|questionnaire|society|"
    r"association|foundation|(?:research )?institute|cent(?:re|er)|clinic|unit|registry|gene|tests?|serology)\b"
)
_NAMED_AFTER = re.compile(  # "Knee ⟨Injury⟩ and Osteoarthritis Outcome Score"
    r"(?:\s(?:and|of|for|&)(?=\s[A-Z])|\s[A-Z][\w-]+){0,4}\s(?:Scale|Score|Inventory|Questionnaire|Society|"
    r"Association|Foundation|Institute|Cent(?:re|er)|Clinic|Unit|Registry|Network|Department|Hospital)\b"
)
_OF_DEVICE = re.compile(
    r"\s(?:(?:of|in)\s(?:(?:the|a|an|his|her|its|this|one)\s)?(?:[\w-]+\s){0,2}?)?"
    r"(?:catheter|lead|stent|electrode|guide ?wire|balloon|pigtail|screw|plate|rod|sheath|cannula|tube|drain|"
    r"needle)s?\b"
)
_DEFINES = re.compile(
    r"\s(?:\([^()]{1,20}\)\s)?(?:is|are)\s(?:(?:one of|among)\s)?(?:an?|the|also)\s(?:[\w-]+\s){0,4}|"
    r"(?:\s\([^()]{1,20}\))?,\s(?:an?|the most common|one of the)\s(?:[\w-]+\s){1,4}"
    r"(?:form|type|kind|cause|variant|complication)s?\sof\s(?:[\w-]+\s){0,2}"
)
_NEAR = 90


def beside(reading: Reading, phrase: Phrase, named: Sequence[Phrase], category: str) -> float:
    """What the neighbouring words add to the score of `phrase`, one of the names of its sentence.

    `category` is that of the opinion on it.
    """
    score = _GRADED if _GRADE.match(reading.text, phrase.end) else 0.0
    if _ITS_PATIENT.match(reading.lower, phrase.end):
        score += _BACKGROUND
    if _IS_EXPLAINED.match(reading.lower, phrase.end):
        score += _EXPLAINED
    if category == "reported" and _goes_on(reading, phrase):
        score += _MET_WITH
    if _not_had(reading, phrase):
        score += _NOT_MEANT
    if len(named) > 1 and _defines(reading, phrase, named):
        score += _DEFINED
    return score


def _goes_on(reading: Reading, phrase: Phrase) -> bool:
    """Whether the patient is only met with this disease; one is born with explains what comes after."""
    born_with = phrase.head.term.fields.get("group") in ("genetic", "congenital", "neoplasm")
    return not born_with and bool(_GOES_ON.match(reading.lower, phrase.end))


def _not_had(reading: Reading, phrase: Phrase) -> bool:
    """Whether the name is part of another: of a test, a clinic, a score, of what befell a device."""
    if _NOT_HAD.match(reading.lower, phrase.end) or _NAMED_AFTER.match(reading.text, phrase.end):
        return True
    of_thing = phrase.head.kind == "heads" or phrase.head.term.fields.get("group") == "trauma"
    return of_thing and bool(_OF_DEVICE.match(reading.lower, phrase.end))


def _defines(reading: Reading, phrase: Phrase, named: Sequence[Phrase]) -> bool:
    """Whether the name only tells what kind of disease the one before it is."""
    return any(
        0 < phrase.start - other.end < _NEAR and _DEFINES.fullmatch(reading.lower, other.end, phrase.start)
        for other in named
    )
