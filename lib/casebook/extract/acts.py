"""Treatments as the sentences of one patient tell them: done, planned, refused, or only sounding like it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casebook.extract import act_aside, act_doubts, context, regimens
from casebook.extract.carried_out import carried_out
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
)
_OTHER_VERB = re.compile(
    r"\b(?:was|were|had|has|underwent|undergone|received|given|started|performed|treated|included|consisted|opted|chose|elected)\b"
    r"|,\s(?:and|but)\s(?:an?|the|then|he|she)\b|;"
)
_THEN = re.compile(
    r"\b(?:then|later|finally|subsequently|afterwards?|thereafter|eventually|ultimately)\b"
)
_DONE = re.compile(
    r"(?:\s(?!and|but|he\b|she\b|who)\w+){0,3}\s(?:was|were)\s(?:\w+ly\s)?(?:performed|carried\sout|done|undertaken|administered|completed|given)\b"
)
_PAST = re.compile(r"\b(?:despite|failure\sof|failed|after|following|refractory\sto)\s(?:\w+\s){0,2}$")
_LATER = re.compile(r"\b(?:after|following|despite|since|by|gradually)\b")
_BEFORE = re.compile(r"\b(?:before|until|prior to|awaiting)\s(?:\w+\s){0,3}$")
_STATUS = re.compile(r"\s(?:status|period|course|changes?|effects?|response|specimens?|scar|site|field|history)\b")
_ENDED = re.compile(
    r"\s(?:therapy\s|treatment\s)?(?:was|were|had\sbeen|has\sbeen)\s(?:then\s|gradually\s|slowly\s|progressively\s"
    r"|subsequently\s)?(?:tapered|discontinued|stopped|ceased|withdrawn|halted|suspended|weaned|interrupted|reduced)\b"
)
_RESUMED = re.compile(
    r"\b(?:after|since|following|before)\s(?:re)?(?:start|initiat|commenc|introduc|stopp|discontinu|ceas|withdraw|complet)"
    r"(?:ing|ion\sof|al\sof)\s(?:the\s|oral\s|intravenous\s)?$",
)
_PART = re.compile(
    r"\b(?:after|before|following|during|since|until)\s(?:\w+\s){0,4}(?:cycle|dose|injection|course|administration|infusion"
    r"|introduction|end)s?\sof\s$"
)
_ORDINAL = re.compile(r"\b(first|second|third|fourth)\s(?:\w+\s){0,1}$")
_BEFORE_TOKENS = frozenset(("before", "until", "prior", "awaiting"))
_THEN_TOKENS = frozenset(
    "then later finally subsequently afterward afterwards thereafter eventually ultimately".split()
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_ENDINGS = ("ectomy", "ectomies", "otomy", "otomies", "plasty", "plasties", "pexy", "rrhaphy")
_FIELDS = {"kind": "surgery", "extent": "", "agents": ""}
_OPERATION = Term("treatment.operation_ending", "treatments", "operation", _FIELDS)
_NO_OPERATION = frozenset(("dichotomy", "lithotomy", "dichotomies"))
_LONGEST_WORD = 30
_FEW = 12
_SHORTEST_STEM = 3
_ANTI_INFECTIVE = "anti-infective"
_LIST = frozenset((",", "and", ", and", "or", ", or", "/"))
REFERRED = "surgery referred to"
_REMOVAL = "removal"
_SAME = frozenset(
    ("surgery", "resection", "removal", "gross total resection", "subtotal resection", "partial resection", REFERRED)
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
    drugs: set[str] = set()
    poisons: set[str] = set()
    for index, owner in enumerate(reading.owner):
        if owner != case and case not in reading.shared.get(index, ()):
            continue
        mentions = [*reading.of("treatments", index), *reading.of("agents", index), *unlisted.get(index, ())]
        if not mentions:
            continue
        last: Mention | None = None
        given: Mention | None = None  # the drug told last, if it was given
        tested: Mention | None = None  # the last drug of a list of those a germ was tested for
        for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
            if last and (mention.start < last.end or _one_device(last, mention)):
                continue
            last = mention
            if mention.label in poisons:
                continue
            if tested and mention.term.fields["kind"] == _ANTI_INFECTIVE and _listed(reading, tested, mention):
                tested = mention
                continue
            behind = given is not None and _listed(reading, given, mention)
            acts = list(_acts(reading, index, mention, mention.label in drugs, behind))
            if not acts and act_doubts.told_as_poison(reading, mention):
                poisons.add(mention.label)
            given = mention if acts and act_doubts.is_drug(mention) else None
            tested = mention if not acts and mention.term.fields["kind"] == _ANTI_INFECTIVE else None
            acts = _by_drug(reading, acts)
            drugs |= {act.mention.label for act in acts if act.agent}
            yield from acts


def _by_drug(reading: Reading, acts: list[Act]) -> list[Act]:
    """`acts` of a regimen that the report tells by its name alone are those of its drugs."""
    if not acts or acts[0].agent:
        return acts
    parts = regimens.drugs(reading, acts[0].mention)
    kinds = [act.kind for act in acts]
    return [
        replace(acts[0], kind=kind if (kind := part.term.fields["kind"]) in kinds else kinds[0], mention=part)
        for part in parts
    ] or acts


def _listed(reading: Reading, one: Mention, other: Mention) -> bool:
    """Whether nothing but a comma or "and" parts two names."""
    return reading.text[one.end : other.start].strip() in _LIST


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
    low = bisect_left(cues, mention.start - act_doubts.CUE_REACH, key=lambda cue: cue.start)
    return cues[low : bisect_left(cues, mention.end + act_doubts.CUE_REACH, key=lambda cue: cue.start)]


def _acts(reading: Reading, index: int, mention: Mention, known: bool, behind: bool) -> Iterator[Act]:
    """`known` is true for a drug of which the report told before: only words of intake make a further course of it;
    `behind` for one listed behind a drug that was given.
    """
    kinds = mention.term.fields["kind"]
    if not kinds:
        return
    acts = context.modifiers(mention, _near(reading.of("acts", index), mention), reading.text)
    cues = reading.modifiers(mention)
    looks_back = mention.label == REFERRED  # "no postoperative complications" tells of an operation all the same
    denied = "refused" not in acts and act_doubts.denied(reading, mention, cues)
    if not looks_back and (denied or act_doubts.excluded(reading, mention, acts)):
        return
    if act_doubts.elsewhere(reading, index, mention, cues):
        return
    if act_doubts.is_drug(mention) and not act_doubts.taken(reading, index, mention, acts, behind):
        return
    if act_aside.aside(reading, index, mention):
        return
    if mention.label == _REMOVAL and not act_doubts.removed(reading, index, mention, acts):
        return
    status, cue = _status(reading, mention, acts, cues)
    if status == "planned" and kinds == "surgery" and carried_out(reading, index):
        status, cue = "given", None
    low = max(reading.sentences[index].start, mention.start - 45)
    before = reading.lower[low : mention.start]
    tokens = reading.tokens(index)
    ordinal = None if tokens.isdisjoint(_ORDINALS) else _ORDINAL.search(before)
    reference = mention.label == REFERRED or (
        mention.kind == "treatments" and bool(_AFTER.search(before) or _STATUS.match(reading.text, mention.end))
    )
    reference = reference or bool(_ENDED.match(reading.text, mention.end) or _RESUMED.search(before))
    reference = reference or (known and ("intake" not in acts or bool(_PART.search(reading.text, low, mention.start))))
    for kind in kinds.split("|"):
        yield Act(
            kind,
            mention,
            index,
            status,
            cue,
            reference,
            not tokens.isdisjoint(_BEFORE_TOKENS) and bool(_BEFORE.search(before)),
            "repeat" in acts,
            not tokens.isdisjoint(_THEN_TOKENS) and bool(_THEN.search(before)),
            _ORDINALS[ordinal[1]] if ordinal else 0,
        )


def _status(
    reading: Reading, mention: Mention, acts: dict[str, Modifier], cues: dict[str, Modifier]
) -> tuple[str, Modifier | None]:
    """given, planned or refused: a plan does not reach across the verb of another treatment."""
    for name in ("refused", "planned"):
        for cue in filter(None, (acts.get(name), cues.get(name))):
            ahead = cue.cue.end <= mention.start
            gap = reading.lower[cue.cue.end : mention.start] if ahead else reading.lower[mention.end : cue.cue.start]
            if _OTHER_VERB.search(gap):
                continue
            if not (_carried_out(reading, mention, gap) if ahead else _told_as_past(reading, mention, gap)):
                return name, cue
    return "given", None


def _carried_out(reading: Reading, mention: Mention, gap: str) -> bool:
    """Whether the plan ahead of `mention` came about ("the planned X was performed") or is for something else."""
    return bool(_LATER.search(gap) or _DONE.match(reading.text, mention.end))


def _told_as_past(reading: Reading, mention: Mention, gap: str) -> bool:
    """Whether the plan behind `mention` is for something else ("had X and was offered Y", "after X, Y was offered")."""
    return gap.endswith(" and ") or bool(_PAST.search(reading.lower, max(0, mention.start - 45), mention.start))
