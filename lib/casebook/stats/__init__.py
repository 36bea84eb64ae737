"""Frames in, frame out: each function states its denominator, and what it leaves out.

Columns named NAME@ hold, for each cell of NAME, the ROW_ID.COLUMN of the public cells that it was made of.
"""

from casebook.stats.abstract import abstract
from casebook.stats.appraisal import appraisal_table, appraisal_told, appraised, marks, remarks
from casebook.stats.care import care, care_table
from casebook.stats.changes import changed_rows
from casebook.stats.checklists import checklist, checklist_told
from casebook.stats.claims import claims
from casebook.stats.counts import counts
from casebook.stats.course import case_outcomes, case_treatments, intervals
from casebook.stats.coverage import coverage, evidence_share, stated, states_drawn
from casebook.stats.curated import curated, persons, waiting
from casebook.stats.detection import by_site, detection, detection_shares
from casebook.stats.estimands import MAIN, OVERALL, SPANS, panel, panel_curves, times
from casebook.stats.events import courses, events
from casebook.stats.glance import at_a_glance
from casebook.stats.headline import headline
from casebook.stats.imaging import findings
from casebook.stats.limits import eligibility, limits
from casebook.stats.literature import literature, missing_told, overlaps, reviews
from casebook.stats.methods import methods, read_with
from casebook.stats.movers import changed_figures, movers, what_changed
from casebook.stats.patients import cited, named, of_patients, side_by_side
from casebook.stats.prisma import prisma
from casebook.stats.robust import robust
from casebook.stats.signals import signals
from casebook.stats.sources import by_source, numbered
from casebook.stats.spread import combinations, mapped, rolled_up, spread
from casebook.stats.summary import found
from casebook.stats.survived import grouped_by_site, groups_told, panel_told, survival_curves, survival_told
from casebook.stats.table_one import table_one
from casebook.text.amounts import counted

__all__ = [
    "MAIN",
    "OVERALL",
    "SPANS",
    "abstract",
    "appraisal_table",
    "appraisal_told",
    "appraised",
    "at_a_glance",
    "by_site",
    "by_source",
    "care",
    "care_table",
    "case_outcomes",
    "case_treatments",
    "changed_figures",
    "changed_rows",
    "checklist",
    "checklist_told",
    "cited",
    "claims",
    "combinations",
    "counted",
    "counts",
    "courses",
    "coverage",
    "curated",
    "detection",
    "detection_shares",
    "eligibility",
    "events",
    "evidence_share",
    "findings",
    "found",
    "grouped_by_site",
    "groups_told",
    "headline",
    "intervals",
    "limits",
    "literature",
    "mapped",
    "marks",
    "methods",
    "missing_told",
    "movers",
    "named",
    "numbered",
    "of_patients",
    "overlaps",
    "panel",
    "panel_curves",
    "panel_told",
    "persons",
    "prisma",
    "read_with",
    "remarks",
    "reviews",
    "robust",
    "rolled_up",
    "side_by_side",
    "signals",
    "spread",
    "stated",
    "states_drawn",
    "survival_curves",
    "survival_told",
    "table_one",
    "times",
    "waiting",
    "what_changed",
]
