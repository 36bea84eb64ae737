"""Treatments as the sentences of one patient tell them: done, planned, refused, or only sounding like it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook.extract import context
from casebook.extract.context import Modifier
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.text.span import Span
from casebook.vocabulary import Term

_AFTER = re.compile(
    r"\b(?:after|before|following|during|since|until|prior to|from|post|despite|at the time of"
    r"|course of|day of|at)\s(?:\(?(?:the|his|her|this|that|their|our|"
    r"initial|first|second|third|fourth|last|previous|primary|index|definitive|adjuvant|neoadjuvant|palliative"
    r"|surgical|radical|total|partial|complete|oral|same|such|emergency"
    r"|successful|this|a|an|\d{1,2}(?:st|nd|rd|th)?)\s){0,3}$"
    r"|\b(?:previous|prior|earlier|preceding|aforementioned)\s$",
    re.IGNORECASE,
)
_OTHER_VERB = re.compile(
    r"\b(?:was|were|had|has|underwent|undergone|received|given|started|performed|treated)\b"
    r"|,\s(?:and|but)\s(?:an?|the|then|he|she)\b|;"
)
_NOT_DENIED = re.compile(
    r"\b(?:by|after|following|with|despite|evidence|before|until|since|during|from|respon\w+"
    r"|improv\w+|tolerat\w+|complet\w+|benefit\w*|help\w*)\b|,"
)
_DENIED_WORDS = 7
_NOT_KIN = ("maternal", "paternal", "relative")
_PURPOSE = re.compile(r"to prevent|prevention|prophyla|in order to|to avoid|preventing|risk|at risk")
_GIVEN = re.compile(
    r"\b(?:(?:was|were|been|being)\s(?:\w+ly\s)?(?:treated|given|administered|started|operated"
    r"|managed|initiated|prescribed|performed)|received|underwent|undergone)\b"
)
_THEN = re.compile(
    r"\b(?:then|later|finally|subsequently|afterwards?|thereafter|eventually|ultimately)\b", re.IGNORECASE
)
_LATER = re.compile(r"\b(?:after|following|despite|since|by|gradually)\b")
_BEFORE = re.compile(r"\b(?:before|until|prior to|awaiting)\s(?:\w+\s){0,3}$", re.IGNORECASE)
_STATUS = re.compile(r"\s(?:status|period|course|changes?|effects?|response|specimens?|scar|site|field|history)\b")
_ORDINAL = re.compile(r"\b(first|second|third|fourth)\s(?:\w+\s){0,1}$", re.IGNORECASE)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_LESION = re.compile(
    r"tumou?r|mass|lesion|nodul|cyst|polyp|growth|neoplasm|node|stone|calcul|hematoma|haematoma"
    r"|specimen|gland|thrombus|clot|lobe|organ|tissue"
    r"|bone|it\b|foreign|fragment|adenoma|myxoma|metastas|appendix|gallbladder|spleen|uterus|ovary"
    r"|kidney|fibroid|aneurysm|abscess|tooth|teeth",
    re.IGNORECASE,
)
_ENDINGS = ("ectomy", "ectomies", "otomy", "otomies", "plasty", "plasties", "pexy", "rrhaphy")
_OPERATION = Term("treatment.operation_ending", "treatments", "operation", {"kind": "surgery", "extent": ""})
_NO_OPERATION = frozenset(("dichotomy", "lithotomy", "dichotomies"))
_LONGEST_WORD = 30
_FEW = 12
_CUE_REACH = 250  # characters; no row's scope in words goes further
_SHORTEST_STEM = 3
_REFERRED = "surgery referred to"
_REMOVAL = "removal"
_SAME = frozenset(
    ("surgery", "resection", "removal", "gross total resection", "subtotal resection", "partial resection", _REFERRED)
)
"""Labels of operations that name no organ: two of them in a row may tell of one operation."""


@dataclass(frozen=True, slots=True)
class Act:
    """One telling of a treatment. `kind` is one of the schema's; `agent` is true for a drug's name.

    `reference` marks words that look back on a treatment ("after the operation"), `ahead` those that look forward to it
    ("before surgery"), `number` its ordinal if one is given, `again` words that say it was a further one,
    `then` words that put it after what was told before ("subsequently").
    """

    kind: str
    mention: Mention
    index: int
    status: str
    cue: Modifier | None
    reference: bool
    ahead: bool
    again: bool
    then: bool
    number: int

    @property
    def agent(self) -> bool:
        return self.mention.kind == "agents"

    @property
    def at(self) -> int:
        return self.mention.start

    @property
    def span(self) -> Span:
        return Span(self.mention.start, self.mention.end)

    @property
    def specific(self) -> bool:
        """Whether the words name the organ or the drug."""
        return self.agent or self.mention.label not in _SAME


def by_ending(reading: Reading) -> dict[int, list[Mention]]:
    """Operations that no vocabulary row lists, by sentence."""
    out: dict[int, list[Mention]] = {}
    for ending in _ENDINGS:
        at = reading.lower.find(ending)
        while at >= 0:
            end = at + len(ending)
            start = at
            while start > 0 and at - start < _LONGEST_WORD and reading.lower[start - 1].isalpha():
                start -= 1
            index = reading.sentence_at(start)
            if index is not None and at - start >= _SHORTEST_STEM and not reading.lower[end : end + 1].isalpha():
                word = reading.lower[start:end]
                listed = any(m.start < end and start < m.end for m in reading.of("treatments", index))
                if not listed and not word.startswith(("post", "pre")) and word not in _NO_OPERATION:
                    out.setdefault(index, []).append(Mention(start, end, _OPERATION))
            at = reading.lower.find(ending, end)
    return out


def tell(reading: Reading, case: str) -> Iterator[Act]:
    """The acts of `case` in reading order."""
    unlisted = by_ending(reading)
    for index, owner in enumerate(reading.owner):
        if owner != case and case not in reading.shared.get(index, ()):
            continue
        mentions = [*reading.of("treatments", index), *reading.of("agents", index), *unlisted.get(index, ())]
        last: Mention | None = None
        for mention in sorted(mentions, key=lambda m: (m.start, -m.end)) if mentions else ():
            if last and (mention.start < last.end or _one_device(last, mention)):
                continue
            last = mention
            yield from _acts(reading, index, mention)


def _one_device(last: Mention, mention: Mention) -> bool:
    """Whether `mention` only completes the words before it: "CyberKnife radiation"."""
    return (
        last.term.fields["kind"] == "radiosurgery"
        and mention.start - last.end <= 3
        and mention.term.fields["kind"] == "radiotherapy"
    )


def _near(cues: Sequence[Mention], mention: Mention) -> Sequence[Mention]:
    """Those of a sentence's cues that are near enough to reach `mention`."""
    if len(cues) < _FEW:
        return cues
    low = bisect_left(cues, mention.start - _CUE_REACH, key=lambda cue: cue.start)
    return cues[low : bisect_left(cues, mention.end + _CUE_REACH, key=lambda cue: cue.start)]


def _acts(reading: Reading, index: int, mention: Mention) -> Iterator[Act]:
    kinds = mention.term.fields["kind"]
    if not kinds:
        return
    acts = context.modifiers(mention, _near(reading.of("acts", index), mention), reading.text)
    cues = reading.modifiers(mention)
    looks_back = mention.label == _REFERRED  # "no postoperative complications" tells of an operation all the same
    if not looks_back and ("excluded" in acts or _denied(reading, mention, cues)):
        return
    if _elsewhere(reading, index, mention, cues):
        return
    if mention.kind == "agents" and not _taken(reading, index, mention, acts):
        return
    if mention.label == _REMOVAL and not _removed(reading, index, mention, acts):
        return
    status, cue = _status(reading, mention, acts, cues)
    before = reading.text[max(reading.sentences[index].start, mention.start - 45) : mention.start]
    ordinal = _ORDINAL.search(before)
    reference = mention.label == _REFERRED or (
        mention.kind == "treatments" and bool(_AFTER.search(before) or _STATUS.match(reading.text, mention.end))
    )
    for kind in kinds.split("|"):
        yield Act(
            kind,
            mention,
            index,
            status,
            cue,
            reference,
            bool(_BEFORE.search(before)),
            "repeat" in acts,
            bool(_THEN.search(before)),
            _ORDINALS[ordinal[1].lower()] if ordinal else 0,
        )


def _status(
    reading: Reading, mention: Mention, acts: dict[str, Modifier], cues: dict[str, Modifier]
) -> tuple[str, Modifier | None]:
    """given, planned or refused: a plan does not reach across the verb of another treatment."""
    for name in ("refused", "planned"):
        for cue in filter(None, (acts.get(name), cues.get(name))):
            ahead = cue.cue.end <= mention.start
            gap = reading.lower[cue.cue.end : mention.start] if ahead else reading.lower[mention.end : cue.cue.start]
            if not _OTHER_VERB.search(gap) and not (ahead and _LATER.search(gap)):
                return name, cue
    return "given", None


def _denied(reading: Reading, mention: Mention, cues: dict[str, Modifier]) -> bool:
    """Whether a denial means it: "no adjuvant chemotherapy", not "no recurrence after surgery"."""
    cue = cues.get("negation")
    if cue is None or cue.cue.start > mention.start:
        return False
    gap = reading.lower[cue.cue.end : mention.start]
    return gap.count(" ") <= _DENIED_WORDS and not _NOT_DENIED.search(gap)


def _elsewhere(reading: Reading, index: int, mention: Mention, cues: dict[str, Modifier]) -> bool:
    """Whether it is said of others, in general, or of what might be done, and no verb says that it was done."""
    family = cues.get("family")
    if "other_patient" in cues or (family and reading.lower[family.cue.start : family.cue.end] not in _NOT_KIN):
        return True
    doubts = [cues[name] for name in ("hypothetical", "general", "cited") if name in cues]
    doubts = [cue for cue in doubts if not _PURPOSE.match(reading.lower, cue.cue.start)]
    return bool(doubts) and not _GIVEN.search(
        reading.text, max(reading.sentences[index].start, mention.start - 2 * _CUE_REACH), mention.start
    )


def _taken(reading: Reading, index: int, mention: Mention, acts: dict[str, Modifier]) -> bool:
    """Whether the words say that the drug was taken; of what the body makes too, only if they say so expressly."""
    if "no_intake" in acts and not _nearer(acts.get("intake"), acts["no_intake"], mention):
        return False
    if not any(
        act.term.fields["category"] == "endogenous" and act.start <= mention.start and mention.end <= act.end
        for act in reading.of("acts", index)
    ):
        return True
    return "intake" in acts and ("measured" not in acts or _nearer(acts["intake"], acts["measured"], mention))


def _nearer(one: Modifier | None, other: Modifier, mention: Mention) -> bool:
    """Whether cue `one` stands between `other` and the mention."""
    if one is None:
        return False
    return (
        other.cue.end <= one.cue.start < mention.start
        or mention.end <= one.cue.start
        and one.cue.end <= other.cue.start
    )


def _removed(reading: Reading, index: int, mention: Mention, acts: dict[str, Modifier]) -> bool:
    """Whether something of the body was removed, rather than a drain or a tube."""
    if "device" in acts:
        return False
    sentence = reading.sentences[index]
    around = reading.text[max(sentence.start, mention.start - 90) : min(sentence.end, mention.end + 60)]
    return bool(_LESION.search(around)) or bool(reading.of("diagnoses", index))
