"""Whether words that name a treatment mean that the patient had it: not denied, not a relative's, not in general."""

import re

from casebook.extract.context import Modifier
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading

_NOT_DENIED = re.compile(
    r"\b(?:by|after|following|with|despite|evidence|before|until|since|during|from|respon\w+"
    r"|improv\w+|tolerat\w+|complet\w+|benefit\w*|help\w*)\b|,"
)
_DENIED_WORDS = 7
_GROWN = 12  # years; who is younger has not given birth
_NOT_KIN = ("maternal", "paternal", "relative")
_PURPOSE = re.compile(r"to prevent|prevention|prophyla|in order to|to avoid|preventing|risk|at risk")
_GIVEN = re.compile(
    r"\b(?:(?:was|were|been|being)\s(?:\w+ly\s)?(?:treated|given|administered|started|operated"
    r"|managed|initiated|prescribed|performed)|received|underwent|undergone)\b"
)
_LESION = re.compile(
    r"tumou?r|mass|lesion|nodul|cyst|polyp|growth|neoplasm|node|stone|calcul|hematoma|haematoma"
    r"|specimen|gland|thrombus|clot|lobe|organ|tissue"
    r"|bone|it\b|foreign|fragment|adenoma|myxoma|metastas|appendix|gallbladder|spleen|uterus|ovary"
    r"|kidney|fibroid|aneurysm|abscess|tooth|teeth",
)
_GENERAL = re.compile(
    r"\s(?:(?:for|of|in|with)\s(?:\w+\s){1,4}?)?(?:is|are|remains?|represents?|constitutes?|can|may|should|must|plays?|offers?"
    r"|provides?|depends?)\b(?!\s(?:planned|scheduled|awaited|being|currently|now|still|ongoing|under|well|to\sbe|continu\w+"
    r"|given|going|presented|reported|described))"
)
_KIN_STEMS = frozenset(
    "mother father sister brother son daughter aunt uncle cousin husband wife parent sibling twin".split()
)
_KIN = re.compile(
    r"\b(?:mother|father|sister|brother|son|daughter|aunt|uncle|cousin|grand(?:mother|father)|husband|wife|parent|sibling"
    r"|twin)s?\s(?:\w+\s){0,3}(?:had|has|underwent|undergone|received|developed|required|was\streated|was\soperated)\b"
    r"(?![^.;]*\b(?:patient|he|she|our)\b)[^.;]{0,80}$",
)
_CHILD = re.compile(r"\b(?:newborn|neonate|infant|boy|girl|child|baby|son|daughter|fetus|foetus)\b")
_CAESAREAN = ("caesar", "cesar", "c-section", "c section")
_BIRTH = re.compile(
    r"\b(?:born|birth|delivery|(?:was|were|who|,|and|infant|newborn|neonate|baby)\s(?:\w+\s)?delivered)\b[^.;]*$"
)
_NEWBORN = re.compile(r"\b(?:newborn|neonate|infant)\b")
_POISON = re.compile(r"(?:self-)?poison|overdos|intoxicat|ingest|abus")
_AMOUNT = re.compile(r"dos|mg\b|iu\b|units\b|tablet|capsule|intake|us(?:e of|ed|ing)\b|ta(?:king|kes|ken)|daily|oral")
_BESIDE = 40  # characters
_AUTHORS = "the authors"
_CONCENTRATION = re.compile(r"\s?/\s?[mdµ]?l\b", re.IGNORECASE)
_SUPPRESSED = re.compile(r"(?:did not |failed to )?suppress")  # a test of the axis, whatever dose it names
_RESPONSE = re.compile(r"(?:sensitive|resistant|resistance|refractory)\b")
CUE_REACH = 250  # characters; no row's scope in words goes further


_OWN_WORDS = ("case", "abstract", "title")
_DRUG_KINDS = frozenset(("corticosteroid", "anti-infective", "hormone therapy", "other drug"))
_PARTED = re.compile(
    r"\b(?:and|but|who)\s(?:(?:he|she)\s)?(?:was|were|had|received|underwent|is)\b|;"
    r"|,\s(?:he|she|we|(?:the|this|our)\s(?:patient|child|boy|girl|infant))\s(?:was|had|received|underwent|gave|started)\b"
    r"|\b(?:was|were)\s(?:replaced|switched|changed)\s(?:with|by|to)\s$"
)
_SINCE_GIVEN = re.compile(
    r"[^;,.]{0,70}?\b(?:was|were)\s(?:\w+ly\s|then\s|\s){0,2}(?:started|initiated|given|administered|performed|begun|added"
    r"|commenced|introduced|instituted|prescribed|replaced|undertaken|carried\sout|done)\b"
)
_LOOKS_BACK = re.compile(r"\b(?:after|following|despite|since)\s(?:\w+\s){0,3}$")
_PROTOCOL = ("according to", "series of")


def is_drug(mention: Mention) -> bool:
    """Whether the words name a drug or a class of drugs."""
    return mention.kind == "agents" or mention.term.fields["kind"] in _DRUG_KINDS


def excluded(reading: Reading, mention: Mention, acts: dict[str, Modifier]) -> bool:
    """Whether it was not done; what was done instead ("did not receive X and was managed with Y") is not meant."""
    if "excluded" not in acts:
        return False
    cue = acts["excluded"].cue
    if cue.start >= mention.end:  # "after the gastrectomy, X was not required"
        looks_back = _LOOKS_BACK.search(reading.lower, max(0, mention.start - CUE_REACH), mention.start)
        return not (looks_back and "," in reading.text[mention.end : cue.start])
    return not (_PARTED.search(reading.lower, cue.end, mention.start) or _given_since(reading, cue.end, mention))


def _given_since(reading: Reading, doubt: int, mention: Mention) -> bool:
    """Whether a clause that begins after `doubt` says that it was given: "as surgery would be hard, X was started"."""
    return "," in reading.text[doubt : mention.start] and bool(_SINCE_GIVEN.match(reading.lower, mention.end))


def denied(reading: Reading, mention: Mention, cues: dict[str, Modifier]) -> bool:
    """Whether a denial means it: "no adjuvant chemotherapy", not "no recurrence after surgery"."""
    cue = cues.get("negation")
    if cue is None or cue.cue.start > mention.start:
        return False
    gap = reading.lower[cue.cue.end : mention.start]
    if _NOT_DENIED.search(gap):
        return False
    return gap.count(" ") <= _DENIED_WORDS or _second_of_two(reading, cue.cue.end, mention)


def _second_of_two(reading: Reading, denial: int, mention: Mention) -> bool:
    """Whether "or" adds `mention` to a treatment that is denied: "no further therapy such as X or Y"."""
    index = reading.sentence_of(mention)
    for first in (*reading.of("treatments", index), *reading.of("agents", index)):
        if denial <= first.start and reading.lower[first.end : mention.start].strip(" ,") in ("or", "nor", "and/or"):
            return reading.lower.count(" ", denial, first.start) <= _DENIED_WORDS
    return False


def elsewhere(reading: Reading, index: int, mention: Mention, cues: dict[str, Modifier]) -> bool:
    """Whether it is said of others, in general, or of what might be done, and no verb says that it was done."""
    family = cues.get("family")
    others = cues.get("other_patient")
    if others and not reading.lower.startswith(_PROTOCOL, others.cue.start) and not _ours(reading, index, others):
        return True
    if family and reading.lower[family.cue.start : family.cue.end] not in _NOT_KIN:
        return True
    if _of_kin(reading, index, mention) or _in_general(reading, mention) or _own_birth(reading, index, mention):
        return True
    doubts = [cues[name] for name in ("hypothetical", "general", "cited") if name in cues]
    doubts = [
        cue
        for cue in doubts
        if not _PURPOSE.match(reading.lower, cue.cue.start)
        and not reading.lower.startswith(_PROTOCOL, cue.cue.start)
        and not (cue.cue.end <= mention.start and _given_since(reading, cue.cue.end, mention))
    ]
    return bool(doubts) and not _GIVEN.search(
        reading.text, max(reading.sentences[index].start, mention.start - 2 * CUE_REACH), mention.start
    )


def _ours(reading: Reading, index: int, others: Modifier) -> bool:
    """Whether the people are those who write: "the authors removed the mass"."""
    ours = reading.lower.startswith(_AUTHORS, others.cue.end - len(_AUTHORS))
    return ours and reading.sentences[index].zone in _OWN_WORDS


def _own_birth(reading: Reading, index: int, mention: Mention) -> bool:
    """Whether a child who is the patient came to the world by this caesarean section."""
    if not reading.lower.startswith(_CAESAREAN, mention.start):
        return False
    person, start = reading.people.get(reading.owner[index] or ""), reading.sentences[index].start
    child = person.age.years < _GROWN if person else _NEWBORN.search(reading.lower, start, mention.start)
    return bool(child and _BIRTH.search(reading.lower, start, mention.start))


def _of_kin(reading: Reading, index: int, mention: Mention) -> bool:
    """Whether a relative is the one who had it; the mother of a report on a pregnancy may be the patient."""
    sentence = reading.sentences[index]
    if not reading.holds(index, _KIN_STEMS):
        return False
    kin = _KIN.search(reading.lower, max(sentence.start, mention.start - CUE_REACH), mention.start)
    if kin is None:
        return False
    if not kin[0].startswith("mother") or "pregnan" not in reading.lower:
        return True
    person = reading.people.get(reading.owner[index] or "")
    return bool(person and _CHILD.search(reading.lower, person.span.start, person.span.end))


def _in_general(reading: Reading, mention: Mention) -> bool:
    """Whether the present tense speaks of the treatment itself: "surgery is the treatment of choice"."""
    return mention.kind == "treatments" and bool(_GENERAL.match(reading.text, mention.end))


def taken(reading: Reading, index: int, mention: Mention, acts: dict[str, Modifier], listed: bool = False) -> bool:
    """Whether the words say that the drug was taken; of what the body makes too, and of short forms that mean something
    else as well, only if they say so expressly or it is `listed` behind a drug that was.
    """
    intake = acts.get("intake")
    if intake and _CONCENTRATION.match(reading.text, intake.cue.end):
        intake = None
    not_taken = acts.get("no_intake")
    if not_taken and not_taken.cue.end <= mention.start and reading.text.startswith(",", not_taken.cue.end):
        not_taken = None  # "a serum, X and Y"
    if not_taken and intake and _POISON.match(reading.lower, not_taken.cue.start):
        intake = None if _AMOUNT.match(reading.lower, intake.cue.start) else intake
    if not_taken and _SUPPRESSED.match(reading.lower, not_taken.cue.start):
        return False
    if not_taken and not _responded(reading, mention, not_taken) and not _nearer(intake, not_taken, mention):
        return False
    if not any(
        act.term.fields["category"] == "endogenous" and act.start <= mention.start and mention.end <= act.end
        for act in reading.of("acts", index)
    ):
        return True
    if listed and "measured" not in acts:
        return True
    return intake is not None and ("measured" not in acts or _nearer(intake, acts["measured"], mention))


def told_as_poison(reading: Reading, mention: Mention) -> bool:
    """Whether words beside a drug that was not given tell of a poisoning."""
    if mention.kind != "agents":
        return False
    before = reading.lower[max(0, mention.start - _BESIDE) : mention.start]
    return bool(_POISON.search(before) or _POISON.search(reading.lower, mention.end, mention.end + _BESIDE // 2))


def _responded(reading: Reading, mention: Mention, cue: Modifier) -> bool:
    """Whether a disease, not a germ, is said to be sensitive or resistant to the drug: it was given then."""
    return mention.term.fields["kind"] != "anti-infective" and bool(_RESPONSE.match(reading.lower, cue.cue.start))


def _nearer(one: Modifier | None, other: Modifier, mention: Mention) -> bool:
    """Whether cue `one` stands between `other` and the mention."""
    if one is None:
        return False
    return (
        other.cue.end <= one.cue.start < mention.start
        or mention.end <= one.cue.start
        and one.cue.end <= other.cue.start
    )


def removed(reading: Reading, index: int, mention: Mention, acts: dict[str, Modifier]) -> bool:
    """Whether something of the body was removed, rather than a drain or a tube."""
    if "device" in acts:
        return False
    sentence = reading.sentences[index]
    around = reading.lower[max(sentence.start, mention.start - 90) : min(sentence.end, mention.end + 60)]
    return bool(_LESION.search(around)) or bool(reading.of("diagnoses", index))
