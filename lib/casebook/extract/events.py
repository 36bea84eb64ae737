"""Recurrence, progression, spread, response and adverse events, with the months at which they came."""

import re
from collections.abc import Iterator

from casebook.extract.finding import Cell, Draft, Finding
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.extract.spread_dates import dated_at
from casebook.extract.timeline import of
from casebook.text.span import Span

_GRADE = re.compile(r"\bgrade\s+(?P<after>IV|III|II|I|[1-5])\b|\b(?P<before>IV|III|II|I)\s+degree\b"
                    r"|\b(?P<degree>[1-4])(?:st|nd|rd|th)\s+degree\b", re.IGNORECASE)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NEAR = 40  # characters between a toxicity and its grade


def find(reading: Reading, draft: Draft, case: str) -> Iterator[Finding]:
    """Rows of `outcomes` for everything that happened to `case`, each observed; none for a patient only cited."""
    if case.startswith("c"):
        return
    yield from [*_recurrences(reading, draft, case)] or _told(reading, case, "recurrence")
    yield from [*_progression(reading, draft, case)] or _told(reading, case, "progression")
    yield from _metastases(reading, draft, case)
    yield from _responses(reading, draft, case)
    yield from _adverse_events(reading, case)


def _row(case: str, endpoint: str, value: Cell, at: int, more: dict[str, Cell]) -> Finding:
    cells = {"endpoint": Cell(endpoint, (), value.rule, derived_from="the words for what"
        " happened"), "value": value, **more,
             "observed": Cell(True, (), value.rule, derived_from="endpoint: the report tells that it happened")}
    return Finding("outcomes", case, at, cells)


def _when(reading: Reading, case: str, at: int) -> dict[str, Cell]:
    """months and origin at that place in the text; an interval that names its origin keeps it."""
    moment = of(reading).moment_at(case, at)
    if moment is None:
        return {}
    if moment.origin:
        return {"months": Cell(round(moment.since, 1), moment.words, moment.rule),
                "origin": Cell(moment.origin, moment.words, moment.rule)}
    cell = of(reading).months_at(case, at)
    if cell is None:
        return {}
    counted = "the timeline counts from the diagnosis"
    return {"months": cell, "origin": Cell("diagnosis", (), cell.rule, derived_from=counted)}


def _sites(reading: Reading, draft: Draft, case: str, role: str) -> list[Finding]:
    """Rows of `sites` with that role; of a discussion only where no other part tells of one."""
    rows = [row for row in draft.of("sites", case) if row.value("role") == role and row.value("status") == "present"]
    return [row for row in rows if _zone(reading, row.at) != "discussion"] or rows


def _zone(reading: Reading, at: int) -> str:
    index = reading.sentence_at(at)
    return reading.sentences[index].zone if index is not None else ""


def _recurrences(reading: Reading, draft: Draft, case: str) -> Iterator[Finding]:
    """One row per time at which the disease came back at its own place."""
    seen: list[float] = []
    for row in _sites(reading, draft, case, "recurrence"):
        when = _when(reading, case, row.at)
        months = float(when["months"].value) if when else _UNDATED
        if any(abs(months - other) < _SAME or months == _UNDATED for other in seen):
            continue
        seen.append(months)
        site = row.cells["site"]
        derived = "" if site.spans else "the role of the site"
        yield _row(case, "recurrence", Cell("local"
                                            " recurrence", site.spans, site.rule, derived_from=derived), row.at, when)


_WORDS = {
    "recurrence": re.compile(r"\b(?:relapsed|recurred|(?:local|tumou?r|disease|clinical)\s+(?:recurrence"
                             r"|relapse))\b"),
    "progression": re.compile(r"\b(?:(?:disease|tumou?r|local|clinical|radiological)\s+progression"
                              r"|(?:disease|tumou?r)\s+(?:had\s+|has\s+)?progressed)\b"),
}
_TOKENS = {"recurrence": frozenset("relapsed recurred recurrence relapse".split()),
           "progression": frozenset(("progression", "progressed"))}
_RULES = {"recurrence": "outcome.recurrence", "progression": "outcome.progression"}
_UNREAL = re.compile(r"\b(?:no|not|never|without|n['’?]t|free|negative|risk|prevent\w*|avoid\w*|lack|absence|absent"
                     r"|neither|nor|if|may|might|could|can|exclude|rule|possible|possibility|likel\w+|suspect\w*|fear\w*|monitor|until|before|chance|rate"
                     r"|detect|treat|control|reduce|delay)\b[^.;]{0,60}$")


def _told(reading: Reading, case: str, endpoint: str) -> Iterator[Finding]:
    """The first time that the story says in so many words that the disease came back or went on."""
    for index in reading.owned(case):
        if reading.sentences[index].zone not in _STORY or reading.tokens(index).isdisjoint(_TOKENS[endpoint]):
            continue
        words, start = reading.said(index), reading.sentences[index].start
        hit = _WORDS[endpoint].search(words)
        if hit and not _UNREAL.search(words[:hit.start()]) and not _NOT_SEEN.match(words, hit.end()):
            at = start + hit.start()
            cell = Cell(endpoint, (Span(at, start + hit.end()),), _RULES[endpoint])
            yield _row(case, endpoint, cell, at, _when(reading, case, at))
            return


_NOT_SEEN = re.compile(r"[^.;,]{0,50}?\b(?:was|were|been|is)\s(?:not|never|excluded|ruled\sout|absent)\b")
_STORY = ("case", "abstract")
_SAME = 3.0  # months within which two tellings are of one event
_UNDATED = float("inf")


def _progression(reading: Reading, draft: Draft, case: str) -> Iterator[Finding]:
    """A later diagnosis of a higher grade."""
    row = draft.case(case)
    latest = row.cells.get("latest_diagnosis") if row else None
    if row is None or latest is None or not latest.spans or latest.value == row.value("diagnosis"):
        return
    grade, first = row.cells.get("latest_who_grade"), row.value("who_grade")
    if grade and isinstance(first, int) and isinstance(grade.value, int) and grade.value <= first:
        return
    at = latest.spans[0].start
    yield _row(case, "progression", latest, at, {**({"grade": grade} if grade else {}), **_when(reading, case, at)})


def _metastases(reading: Reading, draft: Draft, case: str) -> Iterator[Finding]:
    """One row per organ, when it was first affected: metastases to three vertebrae are one event of bone."""
    first: dict[str, tuple[float, Finding, dict[str, Cell]]] = {}
    for row in _sites(reading, draft, case, "metastasis"):
        told = dated_at(reading, case, str(row.value("site")))
        when = {} if told is None else _when(reading, case, told)
        months = float(when["months"].value) if when else _UNDATED
        organ = _organ(reading, str(row.value("site")))
        if organ not in first or months < first[organ][0]:
            first[organ] = (months, row, when)
    for organ, (_, row, when) in first.items():
        site = row.cells["site"]
        derived = "" if site.spans else "the site of the metastasis"
        yield _row(case, "metastasis", Cell(organ, site.spans, site.rule, derived_from=derived), row.at, when)


def _organ(reading: Reading, site: str) -> str:
    """The place by which spread is counted: "bone" for a vertebra, else the site itself."""
    return "bone" if reading.vocabulary.within(site, "bone") else site


def _responses(reading: Reading, draft: Draft, case: str) -> Iterator[Finding]:
    """What imaging says of the primary after treatment, and responses in so many words."""
    for row in draft.of("modalities", case):
        if row.value("finding") in _SMALLER and row.value("role") == "primary" and row.value("status") == "present":
            finding = row.cells["finding"]
            value = Cell("primary tumour decreased", finding.spans, finding.rule)
            yield _row(case, "response", value, row.at, _when(reading, case, row.at))
            break
    for mention in _first_mentions(reading, case, "response"):
        value = Cell(mention.term.fields["value"] or mention.label, (Span(mention.start, mention.end),), mention.rule)
        yield _row(case, "response", value, mention.start, _when(reading, case, mention.start))


_SMALLER = frozenset(("decreased size", "shrinkage", "decrease in size"))


def _adverse_events(reading: Reading, case: str) -> Iterator[Finding]:
    for mention in _first_mentions(reading, case, "adverse_event"):
        if not _follows_treatment(reading, mention):
            continue
        value = Cell(mention.label, (Span(mention.start, mention.end),), mention.rule)
        yield _row(case, "adverse_event", value, mention.start, _toxicity(reading, mention))


_HAD = re.compile(r"\b(?:history|case|known|presence)\s+of\b[^.;]{0,60}$"
                  r"|\b(?:treated|medicated)\s+for\s+(?:\w+\s+){0,3}$")
_TOXIC = frozenset("toxicity toxicities adverse induced complicated complication complications postoperative"
                   " postoperatively side".split())


def _follows_treatment(reading: Reading, mention: Mention) -> bool:
    """Whether a treatment is told before the mention, in its sentence or the one before: else it is a symptom."""
    index = reading.sentence_of(mention)
    if _HAD.search(reading.lower, reading.sentences[index].start, mention.start):
        return False
    kinds = ("treatments", "agents")
    if any(other.end <= mention.start for kind in kinds for other in reading.of(kind, index)):
        return True
    if not reading.tokens(index).isdisjoint(_TOXIC) or _toxicity(reading, mention):
        return True
    return index > 0 and reading.owner[index - 1] == reading.owner[index] and bool(
        _THEREAFTER.match(reading.words(index)) and any(reading.of(kind, index - 1) for kind in kinds))


_THEREAFTER = re.compile(r"(?:he|she|the\s+patient|then|subsequently|thereafter|after|however|during"
                         r"|following)\b", re.IGNORECASE)


def _first_mentions(reading: Reading, case: str, endpoint: str) -> Iterator[Mention]:
    """The first mention of each label of `endpoint` that is neither denied nor uncertain."""
    seen: set[str] = set()
    for index in reading.owned(case, "outcomes"):
        for mention in reading.of("outcomes", index):
            known = mention.term.fields["endpoint"] != endpoint or mention.label in seen
            if not known and reading.status(mention).value == "present":
                seen.add(mention.label)
                yield mention


def _toxicity(reading: Reading, mention: Mention) -> dict[str, Cell]:
    """The grade beside an adverse event."""
    sentence = reading.sentences[reading.sentence_of(mention)]
    low, high = max(sentence.start, mention.start - _NEAR), min(sentence.end, mention.end + _NEAR)
    hit = _GRADE.search(reading.text, low, high)
    if hit is None:
        return {}
    words = (hit["after"] or hit["before"] or hit["degree"]).lower()
    return {"grade": Cell(_ROMAN.get(words) or int(words), (Span(hit.start(), hit.end()),), "outcome.grade")}
