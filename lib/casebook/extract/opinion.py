"""How much a sentence says that a disease is the diagnosis: the cues of opinions.csv around its name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from casebook.extract.matcher import Mention
from casebook.extract.phrase import Phrase
from casebook.extract.reading import Reading

_FAR = 30  # words over which a cue fades
_NEAR_ONLY = {"managed": 5, "complication": 6, "death": 8, "cause": 8}
_FINDS = frozenset(("diagnosed", "seen", "pathology", "hint"))
_OF_GROUP = {"metastatic from": "neoplasm", "isolated": "infection"}  # cues that speak of one kind of disease only
_ORGANISM = re.compile(r"[A-Z](?:[a-z]{3,}|[a-z]{0,2}\.)\s?[a-z]{3,}|[\w-]+\s?virus\b|\w*(?:larva|parasite|fil?aria)")
_SHARED = 0.6  # what a second name behind the same cue gets of its weight
_TUMOUR_AS_CAUSE = 3.0
_OF_PERSON = 0.4  # "a case of ⟨a 27-year-old baker who took …⟩" names the patient
_PERSON = re.compile(
    r"\s(?:an?|the|one|our|this|two|three|four|\d)\s[^,;.]{0,40}?"
    r"\b(?:year|month|week|day|patient|man|woman|boy|girl|male|female|child|infant|sibling|brother|sister|member)s?\b"
)
_DONE = re.compile(
    r"\s(?:was|were)\s(?:then\s)?(?:performed|done|taken|obtained|planned|attempted|repeated|carried out)\b"
)
"""Behind the name of a study: not yet what it found ("a biopsy ⟨was performed⟩ as the injury persisted")."""
_PAST_OPINION = -3.0  # "had previously been diagnosed with"
_ARTICLE = 5
_OPENS = ("diagnosis of", "diagnoses of")
_OVERRULED = ("first", "comorbid", "never")
_UNKNOWN = re.compile(r"\b(?:not(?: previously| yet| otherwise| formerly)?|never|un)[\s-]?$")
"""Before "known": what the report brings to light ("a not previously ⟨known⟩ meningocele")."""
_LASTING = re.compile(r"(?:month|week|day|\b(?:[1-9]|a|one|two|three|four|five|six)[\s-]years?)s?'?[\s-]$")
"""Before "history of": how long the present illness has lasted ("a ⟨five-month⟩ history of")."""
_CAUSES = re.compile(r"\b(?:causes?|aetiolog(?:y|ies)|etiolog(?:y|ies)|reasons?) (?:of|for) (?:[\w-]+ ){0,3}$")
"""Before a disease: not it but its "⟨causes⟩ were excluded"."""
_OPERATED = re.compile(r"(?:ectomy|operation|surgery|resection) $")
"""Before "due to": what the tumour led to is no disease ("⟨hysterectomy⟩ due to cervical cancer")."""
_DURATION = re.compile(
    r"\s(?:(?:over|about|another|a further|a total of)\s)?(?:\d|(?:one|two|three|four|five|six|several|many|some)\s)"
)
"""Behind "therapy for": how long, not what it was for."""
_ASIDE = re.compile(
    r",\s(?:however|therefore|in fact|thus|indeed|in the end|though|instead|surprisingly|unexpectedly),"
)
"""Behind "the final diagnosis": the clause goes on."""
_FORMERLY = re.compile(
    r"\b(?:previously|formerly|earlier|initially|first|originally|erroneously|mistakenly|incorrectly)\s(?:been\s)?$"
)
"""Before "diagnosed": an opinion that the report goes on to change, or of an earlier illness."""
_NO_GUESS = re.compile(
    r"\s(?:(?:an?|as|for|to be|to have|too|very|not|suitable|eligible|potential|good|poor)\s){0,3}"
    r"(?:candidates?|options?|treatment|therapy|surgery|operation|resection|transplantation|safe|inoperable|"
    r"unresectable|suitable|eligible|necessary|appropriate|stable|successful)\b"
)
"""Behind "considered": what was to be done, no guess at a disease."""
_OF_CHANGE = re.compile(
    r"\b(?:improvement|worsening|resolution|regression|recovery|role|severity|locali[sz]ation|location|position|"
    r"decrease|increase|reduction|closure|disappearance|healing|success|stability|patency|persistence)s?\s"
    r"(?:of|in)\s(?:[\w-]+\s){0,5}$"
)
"""Between "confirmed" and a disease: what was confirmed is how it went."""
_COMES = re.compile(
    r"\b(?:was|were|is)\s(?:re-?)?(?:admitted|hospitali[sz]ed|referred|seen|found|brought|transferred)\b|"
    r"(?<!had )\b(?:presented|presents|developed|complained|experienced|suffered|sustained)\b"
)
"""Between "a history of …" and a disease: the latter is not of the history."""
_OVERRULES = frozenset(("final", "diagnosed", "consistent", "reported"))
_LISTED = re.compile(
    r"(?:\s\([^()]{1,30}\))?(?:,|\sand|\sor|,\sand)\s(?:(?!reveal|show|demonstrat|confirm)[\w-]+\s){0,3}"
)
_APART = _OVERRULES | {"first"}  # a comma behind these cues opens a clause of its own


@dataclass(frozen=True, slots=True)
class Opinion:
    """The sum of the cues' weights, the one that counts most, and how final the heaviest is."""

    weight: float
    cue: Mention | None
    category: str


def opinion(reading: Reading, phrase: Phrase, others: Sequence[Phrase], spread: bool) -> Opinion:
    """`others` are the names in the same sentence, `spread` says whether the report knows of metastases."""
    best: dict[str, tuple[float, Mention]] = {}
    for cue in reading.of("opinions", phrase.sentence):
        value = _value(reading, cue, phrase, others)
        category = cue.term.fields["category"]
        if value and (category not in best or abs(value) > abs(best[category][0])):
            best[category] = (value, cue)
    if not best:
        return Opinion(0.0, None, "")
    nearest_final = max(
        (cue.start for category, (_, cue) in best.items() if category in _OVERRULES and cue.end <= phrase.start),
        default=-1,
    )
    for category in _OVERRULED:  # "initially thought to be a cyst, diagnosed as a tumour": the later cue decides
        if category in best and best[category][1].end <= nearest_final:
            del best[category]
    if phrase.head.term.fields.get("group") == "neoplasm":
        best.pop("symptom", None)
        if spread:  # an old tumour that has spread is the disease still
            best.pop("comorbid", None)
        old = best["comorbid"][1].end if "comorbid" in best else len(reading.text)
        if "cause" in best and best["cause"][1].end <= old:  # "myelofibrosis secondary to gastric cancer": the tumour
            cue = best["cause"][1]
            operated = _OPERATED.search(reading.lower, max(0, cue.start - 20), cue.start)
            best["cause"] = (best["cause"][0] if operated else _TUMOUR_AS_CAUSE, cue)
    if not best:
        return Opinion(0.0, None, "")
    top = max(best.items(), key=lambda item: abs(item[1][0]))
    return Opinion(sum(value for value, _ in best.values()), top[1][1], top[0])


def of_causes(reading: Reading, phrase: Phrase) -> bool:
    """Whether the sentence speaks of what else may cause the disease: "other ⟨causes of his⟩ hyponatraemia"."""
    return bool(_CAUSES.search(reading.lower, max(0, phrase.start - 40), phrase.start))


def _alias(reading: Reading, phrase: Phrase) -> bool:
    """Whether this is another name of the disease just named: "(also known as ⟨Still disease⟩)"."""
    cues = reading.of("opinions", phrase.sentence)
    return any(cue.term.fields["category"] == "alias" and 0 <= phrase.start - cue.end <= 3 for cue in cues)


def _opened(reading: Reading, cue: Mention) -> int:
    """Where the "diagnosis of" ends that `cue`, a verb behind it, completes; 0 if there is none."""
    if cue.term.fields["category"] not in _OVERRULES:
        return 0
    before = (c for c in reading.of("opinions", reading.sentence_of(cue)) if c.end < cue.start)
    return max((c.end for c in before if reading.lower.endswith(_OPENS, c.start, c.end)), default=0)


def _value(reading: Reading, cue: Mention, phrase: Phrase, others: Sequence[Phrase]) -> float:
    weight, category = float(cue.term.fields["weight"]), cue.term.fields["category"]
    if category in _OF_GROUP and phrase.head.term.fields.get("group") != _OF_GROUP[category]:
        return 0.0
    if category == "isolated" and not _ORGANISM.match(reading.text, phrase.start):
        return 0.0  # an abscess is seen, not isolated
    long_ago = category == "comorbid" and phrase.head.term.fields.get("group") != "neoplasm"
    if cue.term.fields["direction"] == "forward" or (long_ago and cue.end <= phrase.start):
        if cue.end > phrase.start:
            return 0.0
        if category in _APART and reading.text.startswith(",", cue.end) and not _ASIDE.match(reading.lower, cue.end):
            return 0.0  # "once this was confirmed, a CT showed …"
        low, high = cue.end, phrase.start
    else:
        if cue.start < phrase.end:
            return 0.0
        low, high = phrase.end, cue.start
    if category in ("never", "first") and low == phrase.end and of_causes(reading, phrase):
        return 0.0
    if category == "comorbid" and _of_another_time(reading, cue, phrase):
        return 0.0
    if category == "comorbid" and _LASTING.search(reading.lower, max(0, cue.start - 20), cue.start):
        weight *= _OF_PERSON
    if category == "comorbid" and _UNKNOWN.search(reading.lower, max(0, cue.start - 20), cue.start):
        return 0.0
    words = reading.text.count(" ", low, high)
    if words > _NEAR_ONLY.get(category, _FAR) or ";" in reading.text[low:high]:
        return 0.0
    if category in _FINDS and _OF_CHANGE.search(reading.lower, cue.end, phrase.start):
        return 0.0
    if category == "first" and _no_guess(reading, cue):
        return 0.0
    if category == "pathology" and _DONE.match(reading.lower, cue.end):
        return 0.0
    tumour = phrase.head.term.fields.get("group") == "neoplasm"
    if category == "diagnosed" and not tumour and _FORMERLY.search(reading.lower, max(0, cue.start - 25), cue.start):
        weight = _PAST_OPINION
    if category == "reported" and _PERSON.match(reading.lower, cue.end):
        weight *= _OF_PERSON
    if cue.term.fields["direction"] == "backward" and (opened := _opened(reading, cue)):
        low, high = opened, phrase.start  # "the diagnosis of ⟨a stroke⟩ due to ⟨a dissection⟩ was confirmed"
    between = 0 if _alias(reading, phrase) else sum(low <= other.start and other.end <= high for other in others)
    if between and category in ("comorbid", "never"):
        before = max((other.end for other in others if other.end <= phrase.start), default=phrase.start)
        if _LISTED.fullmatch(reading.lower, before, phrase.start):
            between = 0  # "a history of ⟨hypertension, asthma and obesity⟩": one as much as the other
    return weight * _SHARED**between * (1 - words / (2 * _FAR))


def _no_guess(reading: Reading, cue: Mention) -> bool:
    """Whether what was considered is a treatment, or is weighed: "⟨Considering⟩ his age and heart failure, …"."""
    return bool(_NO_GUESS.match(reading.lower, cue.end)) or reading.text.startswith("Considering", cue.start)


def _of_another_time(reading: Reading, cue: Mention, phrase: Phrase) -> bool:
    """Whether `cue` tells how long a treatment lasted, or the sentence comes to the present before `phrase`."""
    if cue.end > phrase.start:
        return False
    if reading.lower.endswith(" for", cue.start, cue.end) and _DURATION.match(reading.lower, cue.end):
        return True
    if reading.lower.endswith(" before", cue.start, cue.end) and phrase.start - cue.end < _ARTICLE:
        return True  # "surgery two years ⟨before⟩ a fracture"
    return bool(_COMES.search(reading.lower, cue.end, phrase.start))
