"""Which telling of a metastasis says when it was found; what `sites` and `outcomes` both count from."""

from collections.abc import Sequence

from casebook.extract.reading import Reading
from casebook.extract.spread_shown import shown
from casebook.text.span import Span


def dating(reading: Reading, case: str, sentences: Sequence[int], site: str, told: Sequence[Span]) -> Span | None:
    """The first of the words `told` that the case section dates, else any other part of the report.

    Where none is dated (a title tells it), the first abnormality that the case section shows in the place.
    """
    timeline = reading.timeline
    if timeline is None:
        return None
    dated = [span for span in told if timeline.months_at(case, span.start)]
    in_case = [span for span in dated if reading.sentences[reading.sentence_of(span)].zone == "case"]
    found = in_case[0] if in_case else dated[0] if dated else _shown(reading, case, sentences, site)
    if found:
        reading.kept.setdefault("spread dates", {})[case, site] = found.start
    return found


def dated_at(reading: Reading, case: str, site: str) -> int | None:
    """Where the telling stands that dates the metastasis of `site`; None where none does."""
    known: dict[tuple[str, str], int] = reading.kept.get("spread dates", {})
    return known.get((case, site))


def _shown(reading: Reading, case: str, sentences: Sequence[int], site: str) -> Span | None:
    timeline, within = reading.timeline, reading.vocabulary.within
    assert timeline is not None, "the caller has asked"
    for index in sentences:
        if reading.sentences[index].zone != "case":
            continue
        for places in shown(reading, index):
            for place in places:
                span = Span(place.mention.start, place.mention.end)
                if within(place.mention.label, site) and timeline.months_at(case, span.start):
                    return span
    return None
