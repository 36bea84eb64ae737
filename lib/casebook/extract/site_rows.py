"""From statements of spread to one row for each place: a place twice is one, a whole and its parts are not both."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casebook.extract.extension import extensions, recurrences
from casebook.extract.finding import Cell
from casebook.extract.phrase import phrases
from casebook.extract.reading import Reading
from casebook.extract.site_list import Place, nodes_of
from casebook.extract.spread import UNSPECIFIED, Spread, metastases
from casebook.extract.spread_doubted import doubted
from casebook.extract.spread_parts import SYSTEMS, named_lesions, opening, parts_shown
from casebook.extract.spread_proof import confirmation, examined, stronger
from casebook.extract.spread_referred import referred
from casebook.extract.spread_unnamed import staged, unnamed
from casebook.text.span import Span

_PARTS = {
    "thoracolumbar spine": ("thoracic vertebra", "lumbar vertebra"),
    "lumbosacral spine": ("lumbar vertebra", "sacrum"),
    "cervicothoracic spine": ("cervical vertebra", "thoracic vertebra"),
}
_RANK = {"present": 2, "uncertain": 1, "absent": 0}


@dataclass(frozen=True, slots=True)
class Row:
    role: str
    site: str
    place: Place | None
    side: str
    side_span: Span | None
    status: str
    cue: Span | None
    trigger: Span
    confirmed: Cell | None
    diffuse: bool = False
    retold: tuple[Span, ...] = ()
    rule: str = ""


def rows_of(
    reading: Reading,
    case: str,
    sentences: Sequence[int],
    primary: str,
    neoplasm: bool,
    may_spread: bool,
    other: str | None,
) -> Iterator[Row]:
    """Metastases, and of a neoplasm extensions and recurrences; `may_spread`: of a solid tumour also unnamed spread.

    `other`: the organ ("" for none) of a disease that is no malignant tumour, None where it may be one.
    """
    found: list[Spread] = []
    cancer = neoplasm or any(word in reading.lower for word in _CANCERS)
    for index in sentences:
        named = phrases(reading, index)
        found += [
            spread
            for spread in metastases(reading, index)
            if cancer or _OF_CANCER.match(reading.lower, spread.trigger.start)
        ]
        if neoplasm:
            found += extensions(reading, index, named)
            found += recurrences(reading, index, named)
    found = found if other is None else list(doubted(reading, sentences, found, other))
    found += named_lesions(reading, sentences, found)
    found += parts_shown(reading, sentences, found, primary)
    found += unnamed(reading, sentences, primary) if may_spread else staged(reading, sentences)
    rows = [
        row
        for spread in _placed(reading, sentences, found, primary)
        for row in _rows(reading, _share_of(reading, case, spread), primary)
    ]
    told = [row.trigger for row in rows if row.role == "metastasis" and row.status == "present" and row.site == primary]
    elsewhere = other is not None or len(set(told)) > 1  # the primary is not that of the cancer
    spread_to = _merged(
        [
            row
            for row in rows
            if row.role == "metastasis" and (elsewhere or row.site != primary or _in_the_pair(reading, row))
        ]
    )
    proof = examined(reading, sentences)
    spread_to = [_proven(proof, row) for row in spread_to]
    metastatic = {row.site for row in spread_to}
    yield from _without_wholes(reading, spread_to)
    grown = _merged(
        [
            row
            for row in rows
            if row.role == "extension"
            and row.site not in metastatic
            and not (primary and reading.vocabulary.within(primary, row.site))
        ]
    )
    yield from (_proven(proof, row) for row in grown)
    far = {row.site for row in spread_to if row.status == "present"} - {primary}
    back = [row for row in rows if row.role == "recurrence" and row.site and row.site not in far]
    yield from _events(reading, case, [row for row in back if row.status != "absent"])


_CANCERS = ("metasta", "carcino", "cancer", "sarcoma", "tumor", "tumour", "neoplas", "malignan", "melanoma", "blastoma")
_OF_CANCER = re.compile(r"[^.]{0,12}(?:meta|mets|carcino|tumou?r|neopl|malig|second)")  # an infection spreads, too


def _placed(reading: Reading, sentences: Sequence[int], found: list[Spread], primary: str) -> Iterator[Spread]:
    """`found`, those metastases that name no place with that of the lesion of which they speak."""
    placed = {s.sentence for s in found if s.role == "metastasis" and s.status == "present" and s.places}
    for spread in found:
        own = all(
            place.mention.label == primary and place.mention.start > spread.trigger.start for place in spread.places
        )  # "of ⟨pulmonary⟩ origin"
        own = own and not (spread.sentence in placed and not spread.places)
        if spread.role == "metastasis" and own and spread.status != "absent":
            places = referred(reading, sentences, spread, primary)
            spread = replace(spread, places=tuple(places), rule="sites.referred") if places else spread
        yield spread


def _share_of(reading: Reading, case: str, spread: Spread) -> Spread:
    """`spread` with the place of `case` where a list gives the patients theirs in turn ("… respectively")."""
    cases = sorted({case, reading.owner[spread.sentence] or case, *reading.shared.get(spread.sentence, ())})
    if len(cases) < 2 or len(cases) > len(spread.places):
        return spread
    last = spread.places[-1].mention.end
    if "respectively" not in reading.lower[last : min(last + 30, reading.sentences[spread.sentence].end)]:
        return spread
    return replace(spread, places=(spread.places[cases.index(case) - len(cases)],))


def _rows(reading: Reading, spread: Spread, primary: str) -> Iterator[Row]:
    means = confirmation(reading, _context(reading, spread))
    site = primary if spread.role == "recurrence" else UNSPECIFIED
    said = (spread.status, spread.cue, spread.trigger, means, spread.diffuse, (), spread.rule)
    if not spread.places:
        yield Row(spread.role, site, None, "", None, *said)
    for place in spread.places:
        for label in _PARTS.get(place.mention.label, (place.mention.label,)):
            yield Row(spread.role, label, place, place.side, place.side_span, *said)


def _context(reading: Reading, spread: Spread) -> list[int]:
    """The sentence; of a legend also its first one, which names the study; of a regrowth also the next."""
    out, zone = [spread.sentence], reading.sentences[spread.sentence]
    if zone.zone == "legend":
        out.append(opening(reading, spread.sentence))
    elif spread.role == "recurrence" and spread.sentence + 1 < len(reading.sentences):
        after = reading.sentences[spread.sentence + 1]
        if after.paragraph == zone.paragraph and _SHOWN.search(reading.lower, after.start, after.end):
            out.append(spread.sentence + 1)
    return out


_SHOWN = re.compile(
    r"\b(?:patholog\w{1,5}|histolog\w{1,6}|histopatholog\w{1,6})\b[^.]{0,40}\b(?:suggest|show|reveal|confirm|"
    r"demonstrat|consistent|was|were)"
)


def _proven(examined: dict[str, Span], row: Row) -> Row:
    """`row` with the histology that another sentence tells of the tumour at its place."""
    told = examined.get(row.site)
    if not told or not row.place or row.status != "present" or (row.confirmed and row.confirmed.value != "imaging"):
        return row
    return replace(row, confirmed=Cell("histology", (told,), "sites.confirmed"))


def _merged(rows: list[Row]) -> list[Row]:
    """One row for each place, as the best statement has it, with the strongest proof."""
    out: dict[str, Row] = {}
    for row in rows:
        known = out.get(row.site)
        if known is None:
            out[row.site] = row
            continue
        best, other = (row, known) if _RANK[row.status] > _RANK[known.status] else (known, row)
        if not best.side and other.side:
            best = replace(best, side=other.side, side_span=other.side_span, place=other.place)
        out[row.site] = replace(
            best,
            confirmed=stronger(best.confirmed, other.confirmed if other.status == best.status else None),
            diffuse=best.diffuse or other.diffuse,
            retold=(*known.retold, row.trigger),
        )
    return list(out.values())


def _without_wholes(reading: Reading, rows: list[Row]) -> list[Row]:
    """A wide word ("bone") goes where its parts are named; a part goes where its organ is, unless it was biopsied.

    What one list names side by side ("kidney and abdomen") stays.
    """
    present = {row.site: _list_of(row) for row in rows if row.status == "present" and not _by_operation(reading, row)}
    in_title = {row.site for row in rows if _only_titled(reading, row)}
    out = []
    for row in rows:
        within = reading.vocabulary.within
        others = [site for site, named in present.items() if site != row.site and named != _list_of(row)]
        parts = [site for site in others if within(site, row.site)]
        wholes = [site for site in others if within(row.site, site) and site not in SYSTEMS | in_title]
        if row.site == UNSPECIFIED and present.keys() - {UNSPECIFIED}:
            continue
        if parts and not row.diffuse and (row.site in SYSTEMS | in_title or _by_operation(reading, row)):
            continue
        if parts and _same_lesion(reading, row) and any(r.site in parts and _by_histology(r) for r in rows):
            continue  # "a pharyngeal metastasis", whose biopsy was one of the hypopharynx
        if nodes_of(row.site) in present:  # "axillary metastasis" beside "axillary lymph nodes"
            continue
        if wholes and not _by_histology(row):
            continue
        out.append(row)
    return out


def _by_histology(row: Row) -> bool:
    return bool(row.confirmed and row.confirmed.value == "histology")


def _same_lesion(reading: Reading, row: Row) -> bool:
    """Whether every telling of the place is of one metastasis."""
    return all(reading.lower.endswith("metastasis", span.start, span.end) for span in (row.trigger, *row.retold))


def _in_the_pair(reading: Reading, row: Row) -> bool:
    """Whether metastases are told of the primary's own organ where there are two ("pulmonary metastases")."""
    return bool(
        row.site == "lung" and row.place and reading.lower.endswith("metastases", row.trigger.start, row.trigger.end)
    )


def _only_titled(reading: Reading, row: Row) -> bool:
    """Whether no sentence tells of the place, only the title, which says more loosely what the text says."""
    return all(reading.sentences[reading.sentence_of(span)].zone == "title" for span in (row.trigger, *row.retold))


def _by_operation(reading: Reading, row: Row) -> bool:
    """Whether only an operation is named after the place ("cardiac metastasectomy")."""
    return reading.lower.endswith(("ectomy", "ectomies"), row.trigger.start, row.trigger.end)


def _list_of(row: Row) -> tuple[Span, bool | None]:
    """The list that names the place: the statement of spread, and on which side of its words."""
    return row.trigger, row.place.mention.start > row.trigger.start if row.place else None


def _events(reading: Reading, case: str, rows: list[Row]) -> Iterator[Row]:
    """Each return of the tumour once, by its month where the dates give one; a legend only repeats the text."""
    told = [row for row in rows if reading.sentences[_sentence(reading, row)].zone != "legend"]
    timeline = reading.timeline
    events: dict[object, Row] = {}
    for row in told or rows:
        months = timeline.months_at(case, row.trigger.start) if timeline else None
        key = (row.site, round(float(months.value)) if months else None)
        known = events.get(key)
        events[key] = replace(known, confirmed=stronger(known.confirmed, row.confirmed)) if known else row
    yield from events.values()


def _sentence(reading: Reading, row: Row) -> int:
    index = reading.sentence_at(row.trigger.start)
    assert index is not None, "a trigger lies in a sentence"
    return index
