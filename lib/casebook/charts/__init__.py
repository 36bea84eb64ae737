"""Tables in, figure or display table out; a chart computes nothing and reads no file."""

from casebook.charts.bars import bars
from casebook.charts.flow import flow
from casebook.charts.intervals import intervals
from casebook.charts.matrix import grid
from casebook.charts.prose import bullets, heading
from casebook.charts.shown import Shown, shown
from casebook.charts.table import table
from casebook.charts.timeline import timeline

__all__ = ["Shown", "bars", "bullets", "flow", "grid", "heading", "intervals", "shown", "table", "timeline"]
