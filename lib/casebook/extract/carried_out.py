"""Whether a report goes on from the plan of an operation to what was seen or done in it."""

import re

from casebook.extract.reading import Reading

_NEXT = 3  # sentences
_OPERATION = (
    r"(?:operation|surgery|laparoscopy|laparotomy|thoracotomy|thoracoscopy|craniotomy|arthroscopy|an(?:a)?esthesia"
    r"|dissection|resection)"
)
_UNDER_WAY = re.compile(
    rf"^(?:at|during|on|in)\s(?:the\s|this\s|emergency\s|general\s){{0,2}}{_OPERATION}\b"
    rf"|\bduring\s(?:the\s)?(?:induction\sof\s)?{_OPERATION}\b|\bintra-?operative"
    r"|\b(?:wound|skin|abdomen|chest|thorax|peritoneum|artery|vein|vessel)s?\s(?:was|were)\s(?:being\s)?"
    r"(?:closed|opened|incised|entered|ligated|divided|clipped|clamped|cut)\b"
    r"|\b(?:resected|surgical|operative|excised)\sspecimen\b"
)
_CAME_TO_NOTHING = re.compile(
    r"\b(?:however|but|refus|declin|died|cancel|postpone|instead|unfortunately|before the (?:operation|surgery))"
)


def carried_out(reading: Reading, index: int) -> bool:
    """Whether the sentences after `index` say that the patient was operated on."""
    for after in range(index + 1, min(index + 1 + _NEXT, len(reading.sentences))):
        if reading.owner[after] != reading.owner[index]:
            return False
        words = reading.words(after).lower()
        if _CAME_TO_NOTHING.search(words):
            return False
        if _UNDER_WAY.search(words):
            return True
    return False
