"""Whether the patient lived at the end of the report, and how long after what."""

import re
from collections.abc import Iterable, Iterator

from casebook.extract.finding import Cell, Draft, Finding
from casebook.extract.reading import Reading
from casebook.extract.timeline import of
from casebook.extract.vital_chain import TREATED, links, treatment_after
from casebook.extract.vital_signs import Sign, dates_a_visit, last_decline, signs, tells_event
from casebook.extract.when import When

_STRONG, _WEAK = 6, 3
"""How many sentences before a case's last one still speak of its end, by the weight of the word in fates.csv."""

_YOUNG = 12.0
"""Years under which "the child" is the patient."""

_CHILDREN = frozenset("newborn neonate infant baby child boy girl toddler fetus fetuses foetus foetuses".split())
_OWN_CHILD = re.compile(r"the\s+(?:first|second|third)\s+(?:newborn|neonate|infant|baby|child|f(?:o)?etus)\b")
_ANY_CHILD = re.compile(r"(?:the|this|our)\s+(?:newborn|neonate|infant|baby|child|toddler)\b")
_MATERNAL = ("mother", "pregnan", "maternal", "deliver")

_NARRATIVE = ("case", "abstract", "introduction", "discussion", "title")
"""Zones in the order in which they are asked how it ended."""

_FAR = 400
"""Characters beyond which an interval of the same sentence no longer dates a sign."""

_OPENING = 25
"""Characters within which an interval opens a sentence and holds for all of it."""

_STAY = 4.0
"""Months within which an interval may be that of a stay in hospital."""

_BREAK = re.compile(r";|,?\s+(?:and|but|while|whereas)\s+(?=(?:the|he|she|his|her|no|there|it|they|we|a|an|this"
                    r"|patient|our)\b)"
                    r"|,\s+(?:but|while|whereas)\s+|:\s")
_AT = re.compile(r"\bat\s+(?:about\s+|approximately\s+)?$")
_UNTIL = re.compile(r"\s+(?:until|before)\s+(?:[\w'’]+\s+){0,3}$")
_RETURNED = re.compile(r"\b(?:returned|came\s+back|re-?appeared|consulted(?!\s+with)|re-?admitted|re-?presented"
                       r"|presented\s+(?:again|with|to)|was\s+(?:seen|admitted)|visited)\b")
_AVERAGE = re.compile(r"\b(?:average|mean|median)\b")
_BEFORE = 12  # characters
_SURVIVAL = re.compile(r"\W*(?:overall\s+)?surviv")


def find(reading: Reading, draft: Draft, case: str) -> Iterator[Finding]:
    """One row with endpoint vital_status, or none where the report does not say."""
    young = _is_young(reading, case)
    asked = False
    for zone in _NARRATIVE:
        indices = [index for index in reading.owned(case) if reading.sentences[index].zone == zone]
        sign = _ending(reading, indices, young)
        if sign is None or asked and sign.weight in ("weak", "follow"):
            asked = asked or bool(indices)
            continue
        observed = sign.value == "dead" and not _at_least(reading, sign)
        censored = "value: a death is observed, anything else and a death some time after the months is censored"
        yield Finding("outcomes", case, sign.span.start, {
            "endpoint": Cell("vital_status", (), sign.rule, derived_from="the words for dead, alive or lost"),
            "value": Cell(sign.value, (sign.span,), sign.rule), **_months(reading, draft, case, indices, sign),
            "observed": Cell(observed, (), sign.rule, derived_from=censored)})
        return


def _at_least(reading: Reading, sign: Sign) -> bool:
    """Whether the report says only that the patient lived longer: "died ⟨more than⟩ six months after"."""
    when = _interval(reading, sign)
    return when is not None and bool(_LONGER.search(reading.lower, max(0, when.span.start - _BEFORE), when.span.end))


_LONGER = re.compile(r"\b(?:(?:more|longer)\s+than|at\s+least|over(?!\s+(?:the|a|an|his|her)\b))\s")


def _is_young(reading: Reading, case: str) -> bool:
    """Whether "the child" is the patient, by age or, where there is none, by the words of the first sentence."""
    person = reading.people.get(case)
    if person:
        return person.age.years < _YOUNG
    own = list(reading.owned(case))
    alone = [index for index in own if index not in reading.shared]
    if any(not reading.tokens(index).isdisjoint(_CHILDREN) for index in (*own[:1], *alone[:1])):
        return True
    telling = _OWN_CHILD if any(word in reading.lower for word in _MATERNAL) else _ANY_CHILD
    return any(telling.match(reading.said(index)) for index in own)


def _ending(reading: Reading, indices: list[int], young: bool) -> Sign | None:
    """The sign that decides: a death anywhere, else a loss, else the last sign of life near the end."""
    found = [sign for index in indices for sign in signs(reading, index, young)]
    dead = [sign for sign in found if sign.value == "dead"]
    if dead:
        return min(dead, key=lambda sign: (_interval(reading, sign) is None, sign.weight == "timed", sign.span.start))
    lost = [sign for sign in found if sign.value == "lost to follow-up"]
    if lost and not any(index > lost[-1].sentence and _RETURNED.search(reading.said(index)) for index in indices):
        return lost[-1]
    found = [sign for sign in found if sign.value == "alive"]
    left = {index: len(indices) - order for order, index in enumerate(indices)}
    decline = last_decline(reading, indices)
    near = [sign for sign in found if left[sign.sentence] <= (_WEAK if sign.weight == "weak" else _STRONG)
            and not (sign.span.start < decline and (sign.weight in ("weak", "follow") or _left(reading, sign)))]
    near = near or [sign for sign in found if (when := _interval(reading, sign)) and when.follow_up]
    last = [sign for sign in near if sign.sentence == near[-1].sentence]
    best = max(last, key=lambda sign: _rank(reading, sign), default=None)
    if best and best.weight == "weak" and not _interval(reading, best):  # "improved" adds nothing to a dated visit
        dated = [sign for sign in near if best.sentence - sign.sentence == 1 and _interval(reading, sign)]
        return max((sign for sign in dated if sign.weight == "strong"), key=lambda s: _rank(reading, s), default=best)
    return best


def _left(reading: Reading, sign: Sign) -> bool:
    """Whether the sign is a discharge: who is readmitted later was not well for good."""
    return "discharge" in reading.lower[sign.span.start:sign.span.end]


def _rank(reading: Reading, sign: Sign) -> tuple[bool, bool, int]:
    return bool(_interval(reading, sign)), sign.weight == "strong", sign.span.start


def _interval(reading: Reading, sign: Sign) -> When | None:
    """The interval that says when the sign was seen: in its clause, or at the head of its sentence; the nearest."""
    text, opening = reading.lower, reading.sentences[sign.sentence].start + _OPENING
    ranked: list[tuple[int, int, When]] = []
    for order, when in enumerate(reading.when(sign.sentence)):
        lasting = when.kind not in ("after", "later")
        until = when.kind == "lasting" and (
            sign.value == "dead" and bool(_UNTIL.match(text, when.span.end, sign.span.start))
            or sign.value == "alive" and sign.weight == "strong" and _so_long(text, sign, when))
        if lasting and not until and (sign.value == "dead" and sign.weight != "timed" or not when.follow_up):
            continue
        if _is_average(reading, when):
            continue
        low, high = sorted((when.span, sign.span))
        if high.start - low.end > _FAR:
            continue
        gap = text[low.end:high.start]
        broken = len(_BREAK.findall(gap))
        if not broken or when.span.start < opening or when.follow_up:
            ranked.append((len(gap) + 60 * broken + 30 * (" and " in gap), order, when))
    if not ranked:
        return None
    nearest = min(ranked)[2]
    longer = (when for _, _, when in ranked if when.follow_up and when.months > nearest.months)
    if sign.value == "alive" and nearest.follow_up and nearest.kind != "lasting":  # "at 2 weeks and 3 months"
        return _longest(when for _, _, when in ranked)
    if sign.value == "alive" and not nearest.follow_up and nearest.months < _STAY:  # discharged, then followed
        return max(longer, key=lambda when: when.months, default=nearest)
    return nearest


def _longest(told: Iterable[When]) -> When | None:
    """Of several visits, the last: of those counted from several events, the one that counts from the first."""
    return max((when for when in told if when.follow_up and when.kind != "lasting"), key=lambda when: when.months,
               default=None)


def _so_long(text: str, sign: Sign, when: When) -> bool:
    """Whether the interval says how long a sign of life before it has held: "alive, as CT confirmed, for 5 years"."""
    low = when.span.start
    return sign.span.end < low and bool(_HELD.search(text, max(sign.span.end, low - 28), low))


_HELD = re.compile(r",\s+for\s+(?:more\s+than\s+|over\s+|at\s+least\s+|the\s+(?:last|past)\s+|about\s+|almost\s+)?$")


def _is_average(reading: Reading, when: When) -> bool:
    """Whether the interval is the mean of a group: nobody's own."""
    return bool(_AVERAGE.search(reading.lower, max(0, when.span.start - _BEFORE), when.span.end))


def _months(reading: Reading, draft: Draft, case: str, indices: list[int], sign: Sign) -> dict[str, Cell]:
    """`months` and `origin`, where the report counts them."""
    when = _interval(reading, sign)
    if when is None and (dated := _from_dates(reading, case, sign)):
        return dated
    if when is None and (aged := _from_ages(reading, draft, case, sign)):
        return aged
    if when is None and sign.value == "alive":
        when = _follow_up(reading, indices, sign)
    if when is None and sign.value == "lost to follow-up":
        when = _visit_before(reading, indices, sign)
    if when is None:
        return {}
    chain = links(reading, indices, when)
    months, first = sum(link.months for link in chain), chain[0]
    cells = {"months": Cell(round(months, 1), tuple(link.span for link in chain), "outcome.months")}
    if first.origin:
        cells["origin"] = Cell(first.origin, (first.span,), "outcome.origin")
    elif first.kind == "after":
        if named := treatment_after(reading, first):
            cells["origin"] = named
    elif origin := _origin(reading, case, first):
        cells["origin"] = Cell(origin, (), "outcome.origin", derived_from="what the report told last before the"
            " interval")
    return cells


def _from_ages(reading: Reading, draft: Draft, case: str, sign: Sign) -> dict[str, Cell]:
    """Months from the age at presentation to the age in the sign's own sentence: "He died at the age of 7 months"."""
    row = draft.case(case)
    first = row.value("age_years") if row else None
    ages = [age for age in reading.ages(sign.sentence) if age.event]
    if not isinstance(first, int | float) or len(ages) != 1 or ages[0].years <= first:
        return {}
    between = "the age then and the age at presentation"
    months = Cell(round(12 * (ages[0].years - first), 1), (), "outcome.ages", derived_from=between)
    return {"months": months, "origin": Cell("presentation", (), "outcome.ages", derived_from=between)}


def _follow_up(reading: Reading, indices: list[int], sign: Sign) -> When | None:
    """The follow-up told in the two sentences before the sign or after it, else the only one of the report."""
    at = indices.index(sign.sentence)
    for index in [*reversed(indices[max(0, at - 2):at]), *indices[at + 1:]]:
        after = ("surgery", "treatment") if index > sign.sentence else ()
        loose = sign.weight == "follow" and not tells_event(reading, index)
        found = [when for when in reading.when(index)
                 if (when.follow_up or when.origin in after or loose and dates_a_visit(when)
                     or _tells_visit(reading, index, when)
                     or sign.sentence == index + 1 and _dates_recovery(reading, sign, when))
                 and not _is_average(reading, when)]
        if found:
            return _longest(found) or found[-1]
    told = [when for index in indices for when in reading.when(index)
            if when.follow_up and when.kind != "lasting" and not _is_average(reading, when)]
    return told[0] if len(told) == 1 else None


def _visit_before(reading: Reading, indices: list[int], sign: Sign) -> When | None:
    """The visit of the sentence before the loss: the last at which the patient was seen."""
    at = indices.index(sign.sentence)
    visits = [when for when in reading.when(indices[at - 1]) if when.follow_up] if at else []
    return visits[-1] if visits and not _is_average(reading, visits[-1]) else None


def _tells_visit(reading: Reading, index: int, when: When) -> bool:
    """Whether "at 10 months after treatment" opens a sentence that tells of nothing new."""
    start = reading.sentences[index].start
    opens = when.kind == "after" and bool(when.origin) and bool(_AT.fullmatch(reading.lower, start, when.span.start))
    return opens and not tells_event(reading, index)


def _dates_recovery(reading: Reading, sign: Sign, when: When) -> bool:
    """Whether the interval before the sign's sentence is of a month or more, counts from a treatment or dates another
    sign of life, and no sentence of the two tells of anything new.
    """
    index = sign.sentence - 1
    treated = sign.weight == "strong" and when.kind == "after" and when.origin in ("surgery", "treatment")
    well = when.kind in ("after", "later") and any(
        mention.term.fields["value"] == "alive" for mention in reading.of("fates", index))
    told = (treated or well) and when.months >= 1 and not tells_event(reading, index)
    return told and (treated or not tells_event(reading, sign.sentence))


def _from_dates(reading: Reading, case: str, sign: Sign) -> dict[str, Cell]:
    """Months from diagnosis to the date in the sign's own sentence, by the report's chain of dates."""
    dates = [when.span.start for when in reading.when(sign.sentence) if when.kind == "date"]
    if sign.value == "lost to follow-up" or sign.sentence in reading.shared or not dates:
        return {}
    places = [sign.span.start, *(dates if sign.value == "alive" else ())]
    cells = [cell for cell in (of(reading).months_at(case, at) for at in places) if cell]
    cell = max(cells, key=lambda cell: cell.value, default=None)
    if cell is None or not isinstance(cell.value, float) or cell.value <= 0:
        return {}
    return {"months": cell,
            "origin": Cell("diagnosis", (), "outcome.origin", derived_from="the timeline counts from the diagnosis")}


def _origin(reading: Reading, case: str, when: When) -> str:
    """What an interval without a named origin counts from: the operation or other treatment last told before it."""
    if _SURVIVAL.match(reading.lower, when.span.start):
        return "diagnosis"
    for index in reversed([i for i in reading.owned(case) if reading.sentences[i].start < when.span.start]):
        sentence = reading.sentences[index]
        hits = [*TREATED.finditer(reading.lower, sentence.start, min(when.span.start, sentence.end))]
        drugs = [mention for mention in reading.of("agents", index) if mention.start < when.span.start]
        if drugs and (not hits or drugs[-1].start > hits[-1].start()):
            return "treatment"
        if hits:
            return str(hits[-1].lastgroup)
    return "presentation"
