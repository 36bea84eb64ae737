"""Tables in, figure or display table out; a chart computes nothing and reads no file."""

from casebook.charts.bars import bars
from casebook.charts.body import body
from casebook.charts.bodyplan import PLACES
from casebook.charts.detection import lesions, shares
from casebook.charts.dots import dots
from casebook.charts.estimands import estimands
from casebook.charts.intervals import intervals
from casebook.charts.lights import lights
from casebook.charts.matrix import grid
from casebook.charts.prisma import prisma
from casebook.charts.prose import bullets, heading, made, parts
from casebook.charts.robust import robust
from casebook.charts.rolled import rolled
from casebook.charts.shown import Shown, shown
from casebook.charts.survival import survival
from casebook.charts.swimmer import swimmer
from casebook.charts.table import table
from casebook.charts.timeline import timeline
from casebook.charts.upset import upset

__all__ = [
    "PLACES",
    "Shown",
    "bars",
    "body",
    "bullets",
    "dots",
    "estimands",
    "grid",
    "heading",
    "intervals",
    "lesions",
    "lights",
    "made",
    "parts",
    "prisma",
    "robust",
    "rolled",
    "shares",
    "shown",
    "survival",
    "swimmer",
    "table",
    "timeline",
    "upset",
]
