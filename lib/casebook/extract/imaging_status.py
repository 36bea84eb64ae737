"""Whether a finding is said to be there, not to be there, or perhaps."""

import re

from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.text.span import Span

_NEGATION_ENDS = re.compile(
    r"\b(?:was|were|is|are)\b[^,;]{0,60}\band\b"
    r"|(?:,|\band|\bwith)\s(?:an?|the|there|we|multiple|several|his|her|also|only|bilateral|mild|moderate|severe|normal"
    r"|showed"
    r"|revealed|demonstrated)\b|\band (?:complete|partial|near)\b"
    r"|\band\s[^,;.]{0,40}\b(?:found|detected|identified|disclosed|showed|revealed)\b"
    r"|,\s[^,;.]{0,60}\b(?:showed|revealed|demonstrated|objectified|disclosed|displayed|highlighted|depicted|found)\s"
    r"|\band (?:the )?(?:signs|presence|evidence) of\b"
    r"|\b(?:it|them),? and\b|\bbut\b|;|\bexcept\b|\bother than\b|\bapart from\b",
)
_GRADED = re.compile(r"\s(?:grade|stage|type|class|moderate|mild|severe|trivial|estimated|measured|of\s\d)\b")
"""After a further item of a list: "no dilatation, mitral insufficiency grade I" denies the dilatation only."""
_LISTS_ON = re.compile(r"(?:(?!\b(?:or|nor)\b)[^.;]){0,90}\band\s(?:an?|the|two|multiple|several)\s")
"""After an item that goes on with what is there: "no cardiomegaly, calcification of the apex and a second lead"."""
_SHOWN = re.compile(
    r"\b(?:show|reveal|demonstrat|disclos|detect|identif|found)\w*\s(?:an?\s|the\s)?(?:[\w-]+\s){0,2}$"
)
"""Before the object of a verb, which is no subject of "were ruled out" behind it."""
_ADJECTIVES = ("possible", "probable", "presumed", "questionable")
_NEXT_NOUN = re.compile(r",|\b(?:and|with|or)\b")
_DOUBT_ENDS = re.compile(
    r"[,;]\s(?:(?:with|which|it|they|there|this|these|and\s(?:it|they|there|an?|the|with))\b"
    r"|[^,;.]{0,60}\b(?:showed|revealed|demonstrated|objectified|disclosed|displayed|highlighted|depicted|found)\s)",
)
_DOUBT_GONE = re.compile(r"\bconfirm(?:ed|ing)\s(?:the|our|this|his|her)\s(?:\w+\s)?$")
"""Before words of doubt that the study has ended: "confirmed the suspicion of"."""
_EARLIER = re.compile(
    r"[^.;,]{0,45}\b(?:ago|prior|before|earlier|previously|previous|on admission|initially)\b"
)
_THAT = re.compile(r"[^.;]{0,40}\b(?:that|which) (?:was |were |had )?(?:not )?$")
"""With `_EARLIER`: "a mass that was not seen a year before" is there now."""
_JUST_BEFORE = 15  # characters from "not" to the "normal" that it denies
_FIRST_WORD = 10  # characters of a finding that may be its degree ("and mild dilatation")
_DEGREES = ("dilatation", "distension", "enlargement", "thickening", "calcification", "lymphadenopathy", "hypertrophy")
"""What "non-" denies ("non-dilated ducts"); a non-displaced fracture is a fracture."""
_DENIED_TWICE = ("normal", "vessel")
"""Kinds of findings that deny by themselves ("normal", "patent"): denied once more, what they deny is there."""


def stated(reading: Reading, mention: Mention) -> tuple[str, Span | None]:
    status = reading.status(mention)
    value, cue = status.value, status.cue
    if (
        value == "absent"
        and cue
        and cue.end <= mention.start
        and (
            _NEGATION_ENDS.search(reading.lower, cue.end, min(mention.end, mention.start + _FIRST_WORD))
            or _apposed(reading.text, mention)
        )
    ):
        value, cue = "present", None
    if (
        value == "uncertain"
        and cue
        and cue.end <= mention.start
        and (_DOUBT_ENDS if _whole_clause(reading, cue) else _NEXT_NOUN).search(reading.lower, cue.end, mention.start)
    ):
        value, cue = "present", None
    if value == "uncertain" and cue and _DOUBT_GONE.search(reading.text, max(0, cue.start - 30), cue.start):
        value, cue = "present", None
    if value == "absent" and cue and (_within(reading, cue, mention) or _beyond_denial(reading, mention, cue)):
        value, cue = "present", None
    if value == "absent" and cue and cue.start >= mention.end and _EARLIER.match(reading.lower, cue.end):
        value, cue = ("present", None) if _THAT.match(reading.lower, mention.end, cue.start) else (value, cue)
    if value == "present" and mention.label in _DEGREES and reading.lower.endswith(("non-", " non "), 0, mention.start):
        return "absent", Span(mention.start - 4, mention.start - 1)
    if mention.term.fields["polarity"] == "absent":
        denied = value == "absent" and cue is not None and 0 <= mention.start - cue.end <= _JUST_BEFORE
        if denied and mention.term.fields["category"] in _DENIED_TWICE:
            return "present", cue
        return "absent", Span(mention.start, mention.end)
    return value, cue


def _whole_clause(reading: Reading, cue: Span) -> bool:
    """Whether the words of doubt are more than an adjective of the next noun ("a possible haematoma and …")."""
    return reading.lower[cue.start : cue.end] not in _ADJECTIVES


def _within(reading: Reading, cue: Span, mention: Mention) -> bool:
    """Whether the denial is of the finding's own words ("no change")."""
    return mention.start < cue.end and reading.lower.startswith("no ", mention.start)


def _beyond_denial(reading: Reading, mention: Mention, cue: Span) -> bool:
    """Whether the denial at `cue` is of something else that the sentence tells beside `mention`."""
    text, before = reading.text, cue.end <= mention.start
    between = text[cue.end : mention.start] if before else text[mention.end : cue.start]
    if "," in between and _GRADED.match(text, mention.end):
        return True
    if before and "," in between and _LISTS_ON.match(text, mention.end):
        return True
    if before or " and " not in between:
        return False
    return bool(_SHOWN.search(reading.lower, max(0, mention.start - 60), mention.start))


def _apposed(text: str, mention: Mention) -> bool:
    """ "without oedema and mass effect, hyperintense on T2": an adjective after a comma is said of the lesion again."""
    return mention.term.fields["category"] in ("signal", "density", "echogenicity") and text.endswith(
        ", ", 0, mention.start
    )
