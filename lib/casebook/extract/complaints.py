"""Which mentions of symptoms are a patient's complaints: not findings of an examination, not effects of a therapy."""

import re
from collections.abc import Mapping, Sequence

from casebook.extract.context import Modifier
from casebook.extract.duration import Duration
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading

_EXAMINED = re.compile(
    r"\b(?:examination|exam|auscultation|palpation|inspection|percussion|endoscop\w+|laryngoscop\w+|bronchoscop\w+"
    r"|colonoscop\w+|microscop\w+|histolog\w+|histopatholog\w+|"
    r"immunohisto\w+|cytolog\w+|biops\w+|laboratory|electrocardiogra\w+|electroencephalogra\w+|ecg|eeg|autopsy|tests?"
    r"|analys[ei]s|radiograph\w*|x-rays?|scans?|imaging|"
    r"mri|ct|tomograph\w+|ultraso\w+|echocardiogra\w+|angiogra\w+|intra-?operative\w*|macroscop\w+|specimen)\b"
)
_SHOWED = re.compile(
    r"\b(?:show\w*|reveal\w*|demonstrat\w+|disclos\w+|found|find\w*|detect\w+|confirm\w+|note[ds]?|objectif\w+"
    r"|identif\w+|indicat\w+|was|were|observed|documented|unremarkable|normal)\b"
)
_COMPLAINED = re.compile(
    r"\b(?:present(?:ed|ing|s|ation)?|complain\w*|complaints?|suffer\w*|history|symptoms?|because|due\sto|report(?:ed"
    r"|s|ing)|describ(?:ed|es|ing)|endorsed|mention(?:ed|ing)|notic\w+|experienc\w+|develop\w+|admitted|"
    r"referred|visited|consult\w+|manifest\w+|revealed\sby|onset|felt|began|started|appear\w+|had|has|with"
    r"|evaluation\sof|investigation\sof|occurred|sought|attended|"
    r"came|seen|hospitali[sz]ed|for\s(?:recurrent|persistent|severe|chronic|intractable|symptomatic)|progressive|bec[ao]m\w+|deteriorat\w+|worsen\w+|den(?:ied|ies|ying))\b"
)
_GONE = re.compile(
    r"\b(?:improv\w+|resolv\w+|reliev\w+|relief|disappear\w+|recover\w+|subsid\w+|regress\w+|alleviat\w+|ameliorat\w+"
    r"|(?:diminish|decreas|reduc)\w+(?!\s(?:oral|mental|appetite|visual|vision|hearing|intake|urin\w+|sensation|level|libido"
    r"|conscious\w+|sleep|activity|mobility|mov\w+|range|strength|exercise|food|feeding|sensitivity|power|tone))|abat\w+|settled|free\s(?:of|from)|"
    r"without\s(?:any\s)?symptoms?|treated|managed|controlled|manage\w*|control)\b"
)
_PERSON_SHOWED = re.compile(
    r"\b(?:patient|man|woman|boy|girl|male|female|infant|child|baby|newborn|neonate|he|she)\s(?:\w+\s)?"
    r"(?:showed|exhibited|displayed|manifested)\b"
)
_NAMED_STUDY = re.compile(
    r"\s(?:\w+\s){0,2}?on\s(?:an?\s|the\s|his\s|her\s)?(?:\w+\s){0,2}?(?:X-?rays?|radiographs?|CT|MRI|imaging|echo\w*"
    r"|ultraso\w+|scans?|ECG|EEG|electrocardio\w+)\b",
    re.IGNORECASE,
)
_PRESENT_HISTORY = re.compile(
    r"\b(?:also\s(?:had|has|have|reported|gave)|gave|giving|gives|there\s(?:was|is)(?:\salso)?|elicited"
    r"|with\san?\s(?:\w+\s)?(?:\d+|one|two|three|four|five|six)[\s-]\w+)\s(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
_EFFECT_STEMS = frozenset(
    "operative effect adverse toxicit induced surgery operation chemotherapy radiotherapy treatment injection "
    "administration follow complicat discharge later next".split()
)
_EFFECT = re.compile(
    r"\b(?:post-?operative\w*|side[\s-]effects?|adverse|toxicit\w+|-?induced|after\s(?:the\s)?(?:surgery|operation"
    r"|chemotherapy|radiotherapy|treatment|injection|administration)|"
    r"follow(?:ing)?[\s-](?:up|surgery)|complicat\w+|at\sdischarge|months\slater|year\slater|years\slater"
    r"|(?:over|on|during|within)\sthe\s(?:next|following)\s)\b"
)
_SAID = re.compile(r"\bcomplain\w*\b|\breport(?:ed|ing)\b|\bpresent(?:ed|ing)\b")
_SEEN = re.compile(
    r"[^.;]{0,30}\b(?:was|were)\s(?:also\s|then\s|further\s)?(?:seen|observed|found|detected|revealed|identified"
    r"|evident|palpated|palpable|visible|demonstrated)\b"
)
_DIAGNOSED = re.compile(
    r"\b(?:diagnos\w+|known\sto\shave|known\scase|past\shistory|medical\shistory|risk\sof)\b[^.;,]{0,40}$"
)
_CAME_WORDS = r"admitted|referred|hospitali[sz]ed|visited|consulted|attended|came|brought"
_CAME = re.compile(rf"\b(?:{_CAME_WORDS})\b", re.IGNORECASE)
_VERB = re.compile(
    rf"\b(?:suffer\w*|experienc\w+|develop\w+|notic\w+|had|felt|began|started|{_CAME_WORDS})\b"
)
_ON_EXAMINATION_STEMS = frozenset(
    "exam palpation auscultation inspection percussion criteria signs patients".split()
)
_ON_EXAMINATION = re.compile(
    r"\b(?:on|during|by|to|upon|at|under)\s(?:\w+\s){0,3}(?:examination|palpation|auscultation|inspection|exam"
    r"|percussion)\b"
    r"|\bcriteria\b|\b(?:danger|warning|alarm)\ssigns\b|\bpatients\s(?:with|who|presenting|suffering)\b"
)
_TESTED = re.compile(r"\s(?:screening|tests?|scores?|scales?|assessment|index|questionnaire)\b")
_OF_A_LESION = re.compile(
    r"(?:,?\s(?!and|or)\w+)?\s(?:lesions?|ulcers?|mass|polyps?|sites?|points?|sources?|vessels?|disorders?|diseases?|time"
    r"|risk)\b|\son\s(?:\w+\s)?(?:contact|touch|probing)\b"
)
_OWN_ACCOUNT = re.compile(
    r"\b(?:present(?:ed|ing|ation)|complain\w*|suffer\w*|report\w*|notic\w+|experienc\w+|develop\w+|admitted|referred|visited"
    r"|consult\w+|onset|felt|began|started|history|symptoms?|because|due|den(?:ied|ies|ying)|progressive|worsen\w+|bec[ao]m\w+"
    r"|returned|hospitali[sz]ed|came|seen|later|ago)\b"
)
_EXAMINATION = re.compile(r"\b(?:examination|examined|exam|inspection|palpation|auscultation|autopsy)\b")
_COMPLAINT = re.compile(r"\b(?:complain\w*|presented|suffer\w*|because\sof|history\sof|symptoms)\b")
_MEASURED = frozenset(
    (
        "hypoxia",
        "hypotension",
        "hypotensive",
        "bradycardia",
        "cardiomegaly",
        "heart murmur",
        "crackles",
        "Babinski sign",
        "areflexia",
        "hyperreflexia",
        "hepatomegaly",
        "splenomegaly",
    )
)
"""What is measured or heard rather than felt: a complaint only where the patient presents with it."""

_GAP = 60
_EXAMINATION_REACH = 4  # sentences
_BACK, _AHEAD = 800, 300  # characters around a mention that may decide about it


def is_complaint(
    reading: Reading, mention: Mention, index: int, context: Mapping[str, Modifier], lasted: Sequence[Duration]
) -> bool:
    """Whether the patient had it by their own account, or the report presents them with it.

    `context` modifies the mention; `lasted` are the durations of sentence `index`.
    """
    sentence = reading.sentences[index]
    low, high = max(sentence.start, mention.start - _BACK), min(sentence.end, mention.end + _AHEAD)
    text, lower = reading.text, reading.lower
    before = lower[low : mention.start]
    said = _SAID.search(before)
    if not said and mention.label in _MEASURED:
        return False
    if _TESTED.match(text, mention.end) or mention.label == "bleeding" and _OF_A_LESION.match(text, mention.end):
        return False
    if reading.holds(index, _ON_EXAMINATION_STEMS) and _ON_EXAMINATION.search(lower, low, high):
        return False
    if _NAMED_STUDY.match(reading.text, mention.end, high):
        return False
    known = _DIAGNOSED.search(text, low, mention.start)
    if _examined(before) or (known and not _SAID.search(known[0].lower()) and not _CAME.search(known[0])):
        return False
    if not said and _SEEN.match(reading.text, mention.end, high):
        return False
    past = context.get("history")
    if (
        past
        and reading.status(mention).value != "absent"
        and not said
        and not _PRESENT_HISTORY.search(reading.text, low, max(low, past.cue.start))
        and not any(duration.span.end <= mention.start for duration in lasted)
        and (past.cue.start >= mention.end or not _VERB.search(reading.text, past.cue.start, mention.start))
    ):
        return False
    if not said and (
        reading.holds(index, _EFFECT_STEMS)
        and _EFFECT.search(lower, low, high)
        or _GONE.search(before[-_GAP:])
        or _GONE.search(lower[mention.end : min(sentence.end, mention.end + _GAP)])
    ):
        return False
    if _still_examined(reading, index, before):
        return False
    told = _COMPLAINED.search(lower, low, high) or _PERSON_SHOWED.search(before)
    return bool(said or told or reading.status(mention).value == "absent")


def _still_examined(reading: Reading, index: int, before: str) -> bool:
    """Whether the sentence goes on with an examination that an earlier one of its paragraph began."""
    if _OWN_ACCOUNT.search(before):
        return False
    sentence = reading.sentences[index]
    for earlier in range(index - 1, max(index - 1 - _EXAMINATION_REACH, -1), -1):
        if reading.sentences[earlier].paragraph != sentence.paragraph:
            return False
        words = reading.lower[reading.sentences[earlier].start : reading.sentences[earlier].end]
        if _EXAMINATION.search(words):
            return True
        if _OWN_ACCOUNT.search(words):
            return False
    return False


def _examined(before: str) -> bool:
    """Whether an examination showed what follows `before`."""
    examined = list(_EXAMINED.finditer(before))
    if not examined:
        return False
    rest = before[examined[-1].end() :]
    return bool(_SHOWED.search(rest)) and not _COMPLAINT.search(rest)
