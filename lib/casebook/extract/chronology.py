"""When things happened to a patient, in months from the diagnosis."""

from bisect import bisect_right
from dataclasses import dataclass, field
from math import isnan
from operator import attrgetter

from casebook.extract.finding import Cell
from casebook.text.span import Span

_AT = attrgetter("at")
_BACK = 40  # moments that a sentence about the past may pile on the one that the narrative returns to


@dataclass(frozen=True, slots=True)
class Moment:
    """In view [at, until) the narrative stands `months` after the diagnosis (negative: before it; nan: nobody says).

    `words` are the expressions of time that it was counted from; where they name an origin ("60 days after the
    surgery") it stands in `origin` and the interval itself, in months, in `since`.
    """

    at: int
    until: int
    months: float
    words: tuple[Span, ...]
    rule: str
    origin: str = ""
    since: float = 0.0


@dataclass
class Timeline:
    """The dated moments of each case, in reading order; where two overlap, the later begun holds."""

    moments: dict[str, list[Moment]] = field(default_factory=dict)

    def moment_at(self, case: str, offset: int) -> Moment | None:
        """The moment in which the narrative of `case` stands at view `offset`."""
        moments = self.moments.get(case, [])
        begun = bisect_right(moments, offset, key=_AT)
        for moment in reversed(moments[max(0, begun - _BACK):begun]):
            if offset < moment.until:
                return moment
        return None

    def months_at(self, case: str, offset: int) -> Cell | None:
        """`months_from_diagnosis` at that place in the text; None where the text does not let it be counted."""
        moment = self.moment_at(case, offset)
        if moment is None or isnan(moment.months):
            return None
        derived = "" if moment.words else "told before any date: the presentation, with the diagnosis"
        return Cell(round(moment.months, 1) + 0.0, moment.words, moment.rule, derived_from=derived)
