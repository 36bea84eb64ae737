"""What was done for a patient: operations, radiation, drugs, course by course."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from casebook.extract import dose, extent, timeline
from casebook.extract.acts import REFERRED, Act, tell
from casebook.extract.courses import Course, gather
from casebook.extract.finding import Cell, Draft, Finding
from casebook.extract.reading import Reading
from casebook.text.span import Span

_VERB = re.compile(r"\b(?:was|were|had|has|underwent|received|then|subsequently)\b")
_JUST_BEFORE = 2  # sentences
_BY_CATHETER = re.compile(
    r"(?:\w+\s)?(?:emboli|coiling|stent|angioplast|balloon|valvuloplast|lithotrip|extracorporeal shock)"
)
_RADIATION = ("radiotherapy", "radiosurgery")
_SECOND_HAND = frozenset(("title", "abstract", "legend", "introduction", "discussion"))


def find(reading: Reading, draft: Draft) -> Iterator[Finding]:
    """Rows of `treatments`, numbered in the order in which the report tells of them."""
    for case in [finding.case for finding in draft.of("cases")]:
        acts = [act for act in tell(reading, case) if not _after_biopsy(reading, act)]
        if not acts:
            continue
        first_hand = {reading.sentences[act.index].zone for act in acts} - _SECOND_HAND
        beside: dict[int, list[Act]] = defaultdict(list)
        for act in acts:
            beside[act.index].append(act)
        courses = gather(
            acts,
            partial(_months, reading, case),
            partial(_cells, reading, beside),
            partial(_second_hand, reading) if first_hand else lambda act: False,
            partial(_apart, reading),
        )
        for number, course in enumerate(courses, start=1):
            yield _row(reading, draft, case, number, course)


def _after_biopsy(reading: Reading, act: Act) -> bool:
    """Whether "no postoperative complications" follows a biopsy, or what is done through a catheter, told of just
    before, not an operation.
    """
    if act.mention.label != REFERRED or not reading.lower.startswith("post", act.at):
        return False
    told = [mention for index in range(max(0, act.index - _JUST_BEFORE), act.index + 1)
            for mention in reading.of("treatments", index) if mention.end <= act.at]
    return bool(told) and (
        told[-1].term.fields["extent"] == "biopsy" or bool(_BY_CATHETER.match(reading.lower, told[-1].start))
    )


def _months(reading: Reading, case: str, act: Act) -> Cell | None:
    return timeline.of(reading).months_at(case, act.at)


def _apart(reading: Reading, one: str, other: str) -> bool:
    """Whether neither place lies in the other."""
    return one != other and not (reading.vocabulary.within(one, other) or reading.vocabulary.within(other, one))


def _second_hand(reading: Reading, act: Act) -> bool:
    return reading.sentences[act.index].zone in _SECOND_HAND


def _row(reading: Reading, draft: Draft, case: str, number: int, course: Course) -> Finding:
    act = course.first
    span, told = (act.span,), _told(course)
    classes = tuple(other.span for other in course.classes)
    cells = {
        "course": Cell(number, (), act.mention.rule, derived_from="the order in which the report tells of the courses"),
        "kind": Cell(act.kind, span + classes if act.agent else told, act.mention.rule),
    }
    if act.agent:
        cells["agent"] = Cell(act.mention.label, told, act.mention.rule)
    cells["status"] = Cell(
        act.status, span, act.cue.rule if act.cue else act.mention.rule, cue=act.cue.cue if act.cue else None
    )
    if course.months is not None:
        cells["months_from_diagnosis"] = course.months
    cells |= course.cells
    if act.kind == "surgery" and (primary := _primary(draft, case, course, reading, cells.get("site"))):
        cells["site"] = primary
    return Finding("treatments", case, act.at, cells)


def _told(course: Course) -> tuple[Span, ...]:
    """The words of every telling of a course, the first first; "after surgery" tells the time of something else."""
    named = (act.span for act in course.acts if act.agent or not act.reference)
    return tuple(dict.fromkeys((course.first.span, *named)))


def _cells(reading: Reading, beside: Mapping[int, Sequence[Act]], act: Act) -> dict[str, Cell]:
    """What the sentence says of this telling: extent, dose, fractions, cycles, site."""
    sentence = reading.sentences[act.index]
    others = sorted(
        other.at
        for other in beside[act.index]
        if other.at > act.mention.end and (other.agent or not act.agent)
    )
    cells: dict[str, Cell] = {}
    stop = others[0] if others else sentence.end
    if act.kind == "surgery":
        if found := extent.of(reading, act):
            cells["extent"] = found
    elif act.kind in _RADIATION:
        cells |= dose.radiation(
            reading.text,
            reading.lower,
            act.at if others else sentence.start,
            next((o for o in others if o - act.at > 60), sentence.end),
        )
    elif act.agent:
        cells |= dose.drug(reading.text, sentence.start, act.at, act.mention.end, stop)
    if act.kind in ("chemotherapy", "targeted therapy", "immunotherapy") and (cycles := _cycles(reading, act)):
        cells["cycles"] = cycles
    if act.kind in ("surgery", *_RADIATION) and sentence.zone != "legend" and (site := extent.site(reading, act, stop)):
        cells["site"] = site
    return cells


def _cycles(reading: Reading, act: Act) -> Cell | None:
    """The cycles told last before the drug in its sentence, else first after it."""
    sentence = reading.sentences[act.index]
    text = reading.text[sentence.start : sentence.end]
    if "cycle" not in text and "course" not in text:
        return None
    found = dose.cycles(reading.lower, sentence.start, sentence.end)
    before = [cell for at, cell in found if at < act.at]
    after = [
        cell
        for at, cell in found
        if at >= act.at and not (_named_between(reading, act, at) and _VERB.search(reading.text, act.mention.end, at))
    ]
    return before[-1] if before else after[0] if after else None


def _primary(draft: Draft, case: str, course: Course, reading: Reading, named: Cell | None) -> Cell | None:
    """The primary site, for an operation on "the tumour" or a recurrence that names no place or a wider one."""
    row = draft.case(case)
    cell = row.cells.get("primary_site") if row else None
    if cell is None or (named is not None and not reading.vocabulary.within(str(cell.value), str(named.value))):
        return None
    if not any(extent.on_the_tumour(reading, act) for act in course.acts):
        return None
    return Cell(cell.value, cell.spans, cell.rule, derived_from="cases.primary_site: the operation was on the tumour")


def _named_between(reading: Reading, act: Act, at: int) -> bool:
    return any(act.mention.end <= agent.start < at for agent in reading.of("agents", act.index))
