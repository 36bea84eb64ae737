"""Reads the chronology of each case; other topics ask `of(reading)`.

The narrative is a walk: every date, interval or "two months later" sets the moment at which it stands, until the next.
Months count from the first diagnosis: the first dated diagnosis or operation of the report, else its beginning.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from math import isnan, nan

from casebook.extract.chronology import Moment, Timeline
from casebook.extract.finding import Draft, Finding
from casebook.extract.reading import Reading
from casebook.extract.when import ORIGIN_WORDS, When
from casebook.text.span import Span

_EVENTS = [(event, re.compile(pattern)) for event, pattern in (
    ("metastasis", ORIGIN_WORDS["metastasis"]), ("recurrence", ORIGIN_WORDS["recurrence"]),
    ("surgery", ORIGIN_WORDS["surgery"] + "|removed|resected|excised|operated"),
    ("radiotherapy", r"radio(?:therapy|chemotherapy|surgery)|radiation|irradiat\w+|chemoradi\w+"),
    ("chemotherapy", r"chemo\w*"), ("treatment", r"treat\w+|therapy"), ("diagnosis", r"diagnos(?:ed|is)"),
    ("presentation", r"admitted|presented|referred|admission|visited"))]
_ANY_EVENT = re.compile("|".join(pattern.pattern for _, pattern in _EVENTS))
_AT_ONCE = 1.0  # months
_STORIES = ("case", "abstract")
_TREATMENTS = ("surgery", "radiotherapy", "chemotherapy", "treatment")
_NAMED = (*_TREATMENTS, "metastasis", "recurrence")
_AT_DIAGNOSIS = re.compile(r"\b(?:at|at\s+the\s+time\s+of)\s+(?:the\s+|his\s+|her\s+"
                           r"|its\s+)?(?:time\s+of\s+)?(?:the\s+)?(?:initial\s+|first\s+|primary\s+"
                           r"|original\s+)?(?P<what>diagnosis|presentation)\b"
                           r"|\b(?:first(?:ly)?|initially|when)\s+diagnosed\b|\b(?:synchronous"
                           r"|concurrent)(?:ly)?\s+(?:[\w-]+\s+){0,3}?metasta\w+")
_OF_TREATMENT = re.compile(r"\s+(?:of|with)\s+(?:[\w-]+\s+){0,4}?(?:treatment|therapy|chemotherapy"
                           r"|radiotherapy)\b")
_ACTOR = re.compile(r"\b(?:he|she|they|\w+ing)$")
_DURING = re.compile(r"\bduring\s+(?:the\s+|his\s+|her\s+|this\s+)?(?:course\s+of\s+)?(?:palliative\s+"
                     r"|adjuvant\s+)?(?P<what>radiotherapy|radiation|chemotherapy|treatment)\b")
_UNDATED = ((_AT_DIAGNOSIS, "timeline.at_diagnosis"), (_DURING, "timeline.during"))
_UNDATED_TOKENS = frozenset("diagnosis presentation diagnosed synchronous synchronously concurrent concurrently"
                            " during".split())
_CLAUSE = re.compile(r"[;,]\s+(?!(?:which\s+(?:was|were|had\s+been)\s+)?(?:discovered|detected|diagnosed|found"
                     r"|noted)\s)(?:and\s+|but\s+|while\s+|whereas\s+|then\s+)?|\b(?:and|but|then|while"
                     r"|whereas)\s+")

_RESUMES = re.compile(r",\s+(?:and\s+)?(?:now\s+)?(?:presented|developed|noticed|noted|complained|consulted"
                      r"|reported|underwent|was\s+(?:admitted|referred|found|seen))\b")

_RULES = {"date": "timeline.date", "after": "timeline.after", "later": "timeline.later", "ago": "timeline.ago",
          "before": "timeline.before"}


def find(reading: Reading, draft: Draft) -> Iterator[Finding]:
    """No row of its own: sets `reading.timeline`."""
    reading.timeline = Timeline({finding.case: _Walk(reading, finding.case).moments() for finding in draft.of("cases")})
    return iter(())


def of(reading: Reading) -> Timeline:
    """The timeline of a reading whose topic `timeline` has run."""
    assert reading.timeline is not None, "the topic timeline runs before those that ask for it"
    return reading.timeline


@dataclass
class _Walk:
    """One case's narrative; times are months on an axis of its own, which a first date ties to the calendar."""

    reading: Reading
    case: str
    now: float = 0.0
    words: tuple[Span, ...] = ()
    tied: float | None = None
    """Calendar months at time 0 of the axis, once a date has been read."""
    last: dict[str, float] = field(default_factory=dict)
    """Event -> when it last happened."""
    first: dict[str, float] = field(default_factory=dict)
    counted: dict[float, tuple[Span, ...]] = field(default_factory=dict)
    """Moments of the past at which the tumour was found or operated on -> the words that date them."""
    steps: list[Moment] = field(default_factory=list)
    """Moments on this axis."""
    end: int = 0
    """Where the zone being read ends."""

    def moments(self) -> list[Moment]:
        if not any(self.reading.when(index) or self._undated(index) for index in self.reading.owned(self.case)):
            return []
        zones: dict[str, list[int]] = {}
        for index in self.reading.owned(self.case):
            zones.setdefault(self.reading.sentences[index].zone, []).append(index)
        for zone, indices in zones.items():
            self._tell(zone, indices)
        zero = min((self.first[event] for event in ("diagnosis", "surgery") if event in self.first), default=0.0)
        steps = sorted(self.steps, key=lambda step: step.at)
        if zero:
            steps = [replace(step, months=step.months - zero) for step in steps]
        if zero in self.counted:  # the story begins as long after the diagnosis as it says
            steps = [step if step.words else replace(step, words=self.counted[zero]) for step in steps]
        elif abs(zero) > _AT_ONCE:  # the patient had been diagnosed before the story begins
            steps = [step for step in steps if step.words or isnan(step.months)]
        return [step if step.words or isnan(step.months) else replace(step, months=0.0) for step in steps]

    def _tell(self, zone: str, indices: list[int]) -> None:
        """Walk through one zone, which tells the story anew."""
        sentences = self.reading.sentences
        if zone not in _STORIES and not any(self.reading.when(index) or self._undated(index) for index in indices):
            return
        self.now, self.words, self.end = 0.0, (), sentences[indices[-1]].end
        self.last.clear()
        if zone in _STORIES and any(self.reading.when(index) for index in indices):
            self.steps.append(Moment(sentences[indices[0]].start, self.end, 0.0, (), "timeline.presentation"))
        for index in indices:
            self._read(index, sentences[index].start, sentences[index].end)

    def _read(self, index: int, start: int, end: int) -> None:
        text, told = self.reading.lower, self.reading.when(index)
        if not told and not self._undated(index):
            if _looks_back(self.reading, index):
                self.steps.append(Moment(start, end, nan, (), _RULES["before"]))
            self._happened(self.reading.tokens(index))
            return
        here = start
        for when in told:
            at = self._clause(here, when.span.start)
            if when.kind == "after" and text[here:when.span.start].endswith(", ") and at == when.span.start:
                at = self._clause(here, at - 2)  # ", 3 years after …" ends its clause
            self._note(here, at)
            origin = self.now
            past = self._step(when, at, start, end)
            if past is not None and self._of_a_tumour(index):
                self._note_past(past, when, at)
            else:
                self._note(at, when.span.start)
            here = when.span.end
            if when.kind == "after" and (hit := _OF_TREATMENT.match(text, here, end)):
                here = hit.end()
            if when.kind == "after" and _ACTOR.search(text, when.span.start, here):
                here = self._originate(when, origin, end)
        for pattern, rule in _UNDATED if self._undated(index) else ():
            for hit in pattern.finditer(text, start, end):
                event = "diagnosis" if pattern is _AT_DIAGNOSIS else _event_name(hit["what"])
                when_it_was = 0.0 if event == "diagnosis" and event not in self.first else self.last.get(event)
                if when_it_was is not None:
                    self.steps.append(Moment(start, end, when_it_was, (Span(hit.start(), hit.end()),), rule))
        self._note(here, end)

    def _originate(self, when: When, months: float, end: int) -> int:
        """Place the words after "3 years after" at what they count from, `months`; where the narrative goes on."""
        hit = _CLAUSE.search(self.reading.lower, when.span.end, end)
        until = hit.start() if hit else end
        if abs(self.now - when.months - months) <= _AT_ONCE:
            self.steps.append(Moment(when.span.end, until, months, (when.span,), _RULES["after"]))
            if "diagnos" in self.reading.lower[when.span.end:until]:  # another operation does not date the disease
                self.last["diagnosis"] = self.first["diagnosis"] = months
        return until

    def _undated(self, index: int) -> bool:
        """Whether the sentence may place something at the diagnosis or during a treatment."""
        return not self.reading.tokens(index).isdisjoint(_UNDATED_TOKENS)

    def _clause(self, low: int, at: int) -> int:
        """Where the clause that holds the expression at `at` begins."""
        hits = [hit.end() for hit in _CLAUSE.finditer(self.reading.lower, low, at)]
        return hits[-1] if hits else low

    def _note(self, low: int, high: int) -> None:
        """Remember what text[low:high] tells to have happened now."""
        self._happened(self.reading.spaced[low:high].split())

    def _happened(self, words: Iterable[str]) -> None:
        for event in chain.from_iterable(map(_events, words)):
            self.last[event] = self.now
            self.first.setdefault(event, self.now)

    def _of_a_tumour(self, index: int) -> bool:
        """Whether the sentence names a tumour: the operation in its past is then the tumour's."""
        return any(word.term.fields["group"] == "neoplasm" for word in self.reading.of("diagnoses", index))

    def _note_past(self, months: float, when: When, at: int) -> None:
        """Remember what the clause of `when` tells to have happened then: "a melanoma excised ⟨3 years ago⟩"."""
        before, back, self.now = dict(self.first), self.now, months
        self._note(at, when.span.start)
        self.now = back
        for event in ("diagnosis", "surgery"):
            if self.first.get(event) == months and event not in before:
                self.counted[months] = (when.span,)

    def _step(self, when: When, at: int, start: int, end: int) -> float | None:
        """Move to where `when` points; the past that it tells of is dated without moving the narrative: returned."""
        target = self._target(when)
        if target is None:
            return None
        rule = _RULES[when.kind]
        words = (when.span,) if when.kind in ("date", "after") else (*self.words[:2], when.span)
        past = when.kind in ("ago", "before") or when.kind == "date" and target < self.now
        until, origin = self.end, when.origin if when.kind == "after" else ""
        if past:
            resumes = _RESUMES.search(self.reading.lower, when.span.end, end)
            until = resumes.start() if resumes else end
        self.steps.append(Moment(at, until, target, words, rule, origin, when.months))
        if when.kind == "after" and when.origin in _NAMED:  # the operation that "after" names was then
            self.steps.append(Moment(when.span.start, when.span.end, target - when.months, words, rule))
        if past:
            back, self.now = self.now, target
            self._note(when.span.end, until)
            self.now = back
            return target
        self.now, self.words = target, words
        return None

    def _target(self, when: When) -> float | None:
        if when.kind == "date":
            return self._dated(when)
        if when.kind == "later":
            base = self.last.get(when.origin) if when.origin else self._treated() if when.follow_up else None
            return (self.now if base is None else base) + when.months
        if when.kind == "after":
            start = 0.0 if when.origin in ("presentation", "diagnosis") else self.now
            if when.origin in _TREATMENTS or when.origin == "diagnosis":
                self.first.setdefault(when.origin, start)
                self.last.setdefault(when.origin, start)
            return when.months + self.last.get(when.origin, start)
        return self.now - when.months if when.kind in ("ago", "before") else None

    def _treated(self) -> float | None:
        """When the patient was last treated: follow-up counts from there."""
        return max((self.last[event] for event in _TREATMENTS if event in self.last), default=None)

    def _dated(self, when: When) -> float:
        """A date on the axis. A bare month is the next of that name; the first date stands where the narrative does."""
        if self.tied is None:
            self.tied = when.months - self.now if when.known_year else when.months % 12 - self.now
            return self.now
        if when.known_year:
            return when.months - self.tied
        ahead = (when.months - (self.now + self.tied)) % 12
        return self.now + (ahead if ahead < 11.5 else ahead - 12)


def _looks_back(reading: Reading, index: int) -> bool:
    """Whether a sentence without a date tells of an undated past: "he had undergone chemotherapy before he was …"."""
    tokens = reading.tokens(index)
    return "had" in tokens and not tokens.isdisjoint(_EARLIER) and bool(_PLUPERFECT.search(reading.said(index)))


_EARLIER = frozenset("before previously prior earlier past already formerly".split())
_PLUPERFECT = re.compile(r"\bhad\s+(?:\w+ly\s+|already\s+|also\s+|never\s+|not\s+){0,2}(?:undergone|received|been|had"
                         r"|taken|\w+ed)\b")


@lru_cache(maxsize=20_000)
def _events(word: str) -> tuple[str, ...]:
    """What a word such as "hepatectomy" says to have happened."""
    if not _ANY_EVENT.fullmatch(word):
        return ()
    return tuple(event for event, pattern in _EVENTS if pattern.fullmatch(word))


def _event_name(word: str) -> str:
    return "radiotherapy" if word.lower().startswith("rad") else word.lower()
