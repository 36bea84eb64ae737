"""Headings: which lines are one, and what kind of prose they open."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from casebook.readers.lines import Line


@dataclass(frozen=True, slots=True)
class Heading:
    """The words of a heading; `kind` is empty for words that say nothing about the section; `text` is where the prose
    begins that stands on the same line (the line's end if it is not `inline`)."""

    words: str
    kind: str
    text: int
    inline: bool = False


def heading(found: Sequence[Line], at: int) -> Heading | None:
    """The heading that line `at` is or opens with."""
    line = found[at]
    if line.words[0] == "#" and len(line.words) < _TITLE and (hit := _MARKDOWN.match(line.words)):
        return Heading(hit[1].strip("* "), kind_of(hit[1]), line.end)
    before = found[at - 1]
    apart = line.after_blank or (before.finished and before.words[-1] not in ":;")
    if not _FIRST.match(line.words) or not (apart or not (before.goes_on or before.finished)):
        return None
    after = found[at + 1] if at + 1 < len(found) else None
    alone = line.after_blank and (after is None or after.after_blank)
    closed = alone or (line.words[-1] != "." and not (after and after.words[0].islower()))
    if len(line.words) <= _LONGEST and closed and not line.goes_on and (kind := kind_of(line.words)):
        sure = kind != "case" or line.after_blank or (apart or " " in line.words) and not _ends_title(found, at)
        lists = kind != "references" or any(_CITED.search(one.words) for one in found[at + 1:at + _REFERENCES])
        return Heading(line.words.strip("*_ :."), kind, line.end) if sure and (lists or after is None) else None
    if (hit := _INLINE.match(line.words)) and (kind := kind_of(hit[1])) and (kind != "case" or _opens_line(hit[1])):
        return Heading(hit[1].strip("*_ "), kind, line.start + hit.end(), inline=True)
    return None


def _ends_title(found: Sequence[Line], at: int) -> bool:
    """Whether the line is the last of a block that the report opens with: "An odd cyst: a\\nCase report"."""
    if not 0 < at < _TITLE_LINES or any(line.after_blank for line in found[1:at + 1]) or kind_of(found[0].words):
        return False
    return at + 1 < len(found) and found[at + 1].after_blank


def kind_of(words: str) -> str:
    """The zone that a heading of these words opens, empty if they are no heading that is known."""
    plain = " ".join(_NUMBER.sub("", words.strip(" *_:.")).lower().replace("’", "'").split())
    if _CASE.fullmatch(plain):
        return "case"
    tokens = set(plain.replace("/", " ").replace(",", " ").split())
    if not tokens or not tokens <= _ALL or len(plain) > _LONGEST:
        return ""
    return next((kind for kind, decisive in _DECISIVE if tokens & decisive), "")


def opens_case(words: str) -> bool:
    """Whether a case heading names the report ("Case report", "Patient 2") and not a part of it ("Treatment")."""
    return bool(_WHOLE.search(words))


def _opens_line(words: str) -> bool:
    """Whether prose may follow the case heading on its line; "Patient: male, 45" is no heading but a sentence."""
    return opens_case(words) and words.strip("*_ ").lower() not in _LABELS


_LONGEST = 60
_TITLE = 300
_TITLE_LINES = 4
_REFERENCES = 16  # lines after the heading of a list of references within which one is cited
_CITED = re.compile(
    r"\b(?:19|20)\d\d\b|\d\s?[:;]\s?\d|\bet al\b|\b10\.\d{4}"
    r"|^\W{0,3}\d{1,3}[.)\]]\s+(?:[A-Z][\w’'-]{1,20},?\s[A-Z]{1,3}\b|[A-Z]\.)")
_FIRST = re.compile(r"[A-Z\d*_]")
_MARKDOWN = re.compile(r"#{1,6}\s+(.{1,200}?)[\s#]*$")
_INLINE = re.compile(
    r"((?:\*\*|__)?(?:(?:\d{1,2}\.){1,3}\d{0,2}\s{1,3})?"
    r"[A-Za-z][A-Za-z &/-]{2,40}(?:\s#?(?:\d{1,2}|[A-H]|[IVX]{1,4}))?(?:\*\*|__)?)"
    r"(?:\s?[:.—–|]|\s-)(?:\*\*|__)?\s+(?=\S)")
_NUMBER = re.compile(r"^(?:(?:\d{1,2}\.){0,4}\d{0,2}[.)]?|[IVX]{1,4}[.)])\s+")
_WHOLE = re.compile(r"\b(?:cases?|patients?|reports?|presentations?|observations?|vignette)\b", re.IGNORECASE)
_LABELS = ("patient", "the patient", "patients", "report", "presentation", "observation", "observations")
_CASE = re.compile(
    r"(?:the )?(?:first|second|third|fourth|fifth|sixth|index|our|present|illustrative) (?:case|patient)"
    r"(?: report| presentation)?"
    r"|(?:clinical )?(?:case|patient)(?: report| presentation| history| description)?(?: no\.?| number|:)?"
    r" ?#?(?:\d{1,2}|[a-h]|[ivx]{1,4}|one|two|three|four|five)(?: presentation| report| description)?")
_DECISIVE = tuple((kind, frozenset(words.split())) for kind, words in (
    ("furniture",
        "acknowledgements acknowledgments acknowledgement acknowledgment conflict conflicts competing disclosure "
        "disclosures funding consent ethics ethical contributions contribution contributors authorship "
        "declaration declarations supplementary supplemental supporting availability copyright correspondence "
        "footnotes guarantor provenance sponsorship author authors authors' author's publisher's appendix notes "
        "registration"),
    ("references", "references reference bibliography cited"),
    ("discussion",
        "discussion discussions conclusion conclusions concluding comment comments limitations learning teaching "
        "take-home"),
    ("case",
        "case cases patient patients clinical history histories presentation presentations report reports vignette "
        "observation observations "
        "examination examinations investigation investigations imaging radiological radiologic radiology "
        "laboratory pathology pathological pathologic histopathology histopathological histological treatment "
        "therapeutic intervention interventions management surgery surgical operation operative procedure "
        "follow-up followup follow outcome outcomes postoperative preoperative timeline results result diagnosis "
        "diagnostic illness complaint complaints"),
    ("abstract", "abstract summary synopsis"),
    ("keywords", "keywords keyword words word terms abbreviations"),
    ("introduction",
        "introduction background context objective objectives aim aims purpose rationale method methods materials "
        "importance"),
    ("discussion", "review points message"),
    ("references", "literature"),
))
_OTHER = frozenset((
    "and or of the for to with up key index mesh list points point message remarks material "
    "information data statement interest interests approval financial support source sources presenting chief "
    "present past medical family social physical general systemic final initial differential course illness "
    "findings finding studies study tests test assessment series description details record illustration "
    "technique perspective characteristics open access peer research participate publication written informed "
    "structured additional files about our strengths one two"
).split())
_ALL = _OTHER.union(*(words for _, words in _DECISIVE))
