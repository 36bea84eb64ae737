"""Frames in, frame out: each function states its denominator, and what it leaves out.

Columns named NAME@ hold, for each cell of NAME, the ROW_ID.COLUMN of the public cells that it was made of.
"""

from casebook.stats.claims import claims
from casebook.stats.counts import counts
from casebook.stats.course import case_outcomes, case_treatments, intervals
from casebook.stats.coverage import coverage, evidence_share, stated
from casebook.stats.events import events
from casebook.stats.imaging import detection, findings
from casebook.stats.limits import eligibility, limits
from casebook.stats.patients import cited, named, of_patients, side_by_side
from casebook.stats.signals import signals
from casebook.stats.sources import by_source, numbered, reading_flow
from casebook.stats.spread import spread
from casebook.stats.summary import at_a_glance, found

__all__ = [
    "at_a_glance",
    "by_source",
    "case_outcomes",
    "case_treatments",
    "cited",
    "claims",
    "counts",
    "coverage",
    "detection",
    "eligibility",
    "events",
    "evidence_share",
    "findings",
    "found",
    "intervals",
    "limits",
    "named",
    "numbered",
    "of_patients",
    "reading_flow",
    "side_by_side",
    "signals",
    "spread",
    "stated",
]
