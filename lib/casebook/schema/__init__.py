"""The tables of the public contract, in the order in which they are written."""

from casebook.schema.cases import CASES
from casebook.schema.claims import CLAIMS
from casebook.schema.column import Column, Table
from casebook.schema.conflicts import CONFLICTS
from casebook.schema.evidence import EVIDENCE
from casebook.schema.modalities import MODALITIES
from casebook.schema.outcomes import OUTCOMES
from casebook.schema.sites import SITES
from casebook.schema.sources import SOURCES
from casebook.schema.symptoms import SYMPTOMS
from casebook.schema.treatments import TREATMENTS

TABLES: dict[str, Table] = {
    table.name: table
    for table in (SOURCES, CASES, SYMPTOMS, SITES, MODALITIES, TREATMENTS, OUTCOMES, CLAIMS, CONFLICTS, EVIDENCE)
}

__all__ = ["TABLES", "Column", "Table"]
