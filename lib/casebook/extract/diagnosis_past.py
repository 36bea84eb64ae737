"""What a sentence tells of before the present illness, or of somebody else than the patient."""

import re

from casebook.extract.phrase import Phrase
from casebook.extract.reading import Reading

_PAST = re.compile(r"\b(?:medical|past|clinical) history\b")
_AT_AGE = re.compile(r"(?:then )?(?:at|by) (?:the )?age\b|at \d")
_LOOK_BACK = 110
_AFTER_STEMS = frozenset(("after", "following", "status post"))
_UNDERGONE_STEMS = frozenset(("undergone", "received", "subjected to", "operated", "treated"))
_AFTER = re.compile(
    r"\b(?:after|following|status post)\s(?:[\w-]+\s){0,4}(?:surgery|operation|resection|repair|treatment|therapy|"
    r"transplantation|radiotherapy|chemotherapy|excision|ha?emostasis|replacement|\w{3,15}(?:ectomy|plasty|otomy))\s"
    r"(?:for|of)\s(?:(?:an?|the|his|her)\s)?(?:[\w-]+\s){0,2}$"
)
_UNDERGONE = re.compile(
    r"\b(?:had|has|having)\s(?:(?:previously|already|also|recently|initially|earlier|successfully|been|originally)\s){0,3}"
    r"(?:undergone|received|subjected to|operated(?: on)?|treated|surgically treated)\b[^.;]{0,80}?\s"
    r"(?:for|because of|due to)\s(?:(?:an?|the|his|her|severe|suspected|presumed)\s){0,2}(?:[\w-]+\s){0,2}$"
)
_MOTHER_STEMS = frozenset(("mother", "father"))
_MOTHER = re.compile(
    r"(?:(?:the|his|her|this)\s)?(?:(?:patient|baby|child|infant|boy|girl)['’]s\s)?(?:mother|father)\s"
    r"(?:had|has|was|is|also|only|suffered|received|took|died)\b"
)
_CHILD = re.compile(
    r"\b(?:boy|girl|newborn|neonate|infant|baby)\b|\b(?:\d{1,2}[\s-](?:day|week|month)s?|[1-9][\s-]years?)[\s-]old\b"
)
_INTRODUCED = 250  # so soon a report says that its patient is a child


def of_the_past(reading: Reading, index: int) -> bool:
    """Whether the sentence goes on with the medical history: "⟨At age 60⟩, she was diagnosed with …"."""
    if not _AT_AGE.match(reading.lower, reading.sentences[index].start):
        return False
    low = reading.sentences[max(0, index - 2)].start
    return bool(_PAST.search(reading.lower, low, reading.sentences[index].start))


def treated_before(reading: Reading, phrase: Phrase) -> bool:
    """Whether the sentence tells what comes after the disease: "18 months ⟨after surgery for⟩ an aneurysm"."""
    start = max(reading.sentences[phrase.sentence].start, phrase.start - _LOOK_BACK)
    for stems, told in ((_AFTER_STEMS, _AFTER), (_UNDERGONE_STEMS, _UNDERGONE)):
        if reading.holds(phrase.sentence, stems) and told.search(reading.lower, start, phrase.start):
            return True
    return False


def of_mother(reading: Reading, index: int) -> bool:
    """Whether the sentence speaks of a child's parent: "⟨Mother had⟩ a consultation where malaria was diagnosed"."""
    if not reading.holds(index, _MOTHER_STEMS) or not _MOTHER.match(reading.lower, reading.sentences[index].start):
        return False
    return bool(_CHILD.search(reading.lower, 0, _INTRODUCED))
