"""Where the disease is: the primary site, its regrowth, its direct extension, its metastases."""

from collections.abc import Iterator

from casebook.extract.diagnosis import sentences_of
from casebook.extract.finding import Cell, Draft, Finding
from casebook.extract.reading import Reading
from casebook.extract.site_rows import Row, rows_of
from casebook.extract.spread import UNSPECIFIED
from casebook.extract.spread_dates import dating
from casebook.extract.spread_doubted import benign
from casebook.extract.spread_proof import confirmation
from casebook.extract.spread_unnamed import solid
from casebook.text.span import Span

_RULES = {"metastasis": "sites.metastasis", "extension": "sites.extension", "recurrence": "sites.recurrence"}


def find(reading: Reading, draft: Draft) -> Iterator[Finding]:
    """Rows of `sites` for every patient."""
    for case in [finding.case for finding in draft.of("cases")]:
        known = draft.case(case)
        assert known is not None, "the case was just listed"
        sentences = sentences_of(reading, draft, case)
        primary = known.value("primary_site")
        if isinstance(primary, str):
            yield _primary(reading, known, sentences)
        head = known.cells.get("diagnosis")
        neoplasm = head is None or _neoplasm(reading, head)
        site = primary if isinstance(primary, str) and neoplasm else ""  # "adrenal crisis due to metastases"
        other = str(primary or "") if benign(reading, head) else None
        for row in rows_of(reading, case, sentences, site, neoplasm, solid(reading, head), other):
            yield _finding(reading, case, sentences, row, known)


def _neoplasm(reading: Reading, diagnosis: Cell) -> bool:
    term = reading.vocabulary.by_rule(diagnosis.rule)
    return term is not None and (term.fields.get("group") == "neoplasm" or term.fields.get("category") == "tumour")


def _primary(reading: Reading, known: Finding, sentences: list[int]) -> Finding:
    site = known.cells["primary_site"]
    cells = {
        "role": Cell("primary", site.spans, "sites.primary"),
        "site": site,
        "status": Cell("present", site.spans, "sites.primary"),
    }
    if "laterality" in known.cells:
        cells["laterality"] = known.cells["laterality"]
    cells["months_from_diagnosis"] = Cell(0.0, (), "sites.primary", derived_from="the diagnosis itself")
    name = str(known.value("diagnosis") or "").split()
    stated = [reading.sentence_at(cell.spans[0].start) for cell in (site, known.cells.get("diagnosis", site))]
    means = confirmation(
        reading, [index for index in sentences if index in stated or (name and _says(reading, index, name[-1]))]
    )
    if means:
        cells["confirmed_by"] = means
    return Finding("sites", known.case, site.spans[0].start, cells)


def _says(reading: Reading, index: int, word: str) -> bool:
    return reading.lower.find(word.lower(), reading.sentences[index].start, reading.sentences[index].end) >= 0


def _finding(reading: Reading, case: str, sentences: list[int], row: Row, known: Finding) -> Finding:
    rule = row.rule or _RULES[row.role]
    cells = {
        "role": Cell(row.role, (row.trigger,), rule),
        "status": Cell(row.status, (row.trigger,), rule, row.cue),
    }
    if row.place:
        mention = row.place.mention
        cells["site"] = Cell(row.site, (Span(mention.start, mention.end),), mention.rule)
        if row.side and row.side_span:
            cells["laterality"] = Cell(row.side, (row.side_span,), "sites.side")
    elif row.site == UNSPECIFIED:
        cells["site"] = Cell(
            UNSPECIFIED, (row.trigger,), "sites.unspecified", derived_from="a metastasis without a place"
        )
    else:
        cells["site"] = Cell(
            row.site,
            (),
            "sites.recurrence",
            derived_from="the primary site, where a regrowth is unless another place is named",
        )
        if "laterality" in known.cells:
            cells["laterality"] = Cell(
                known.cells["laterality"].value, (), "sites.recurrence", derived_from="the side of the primary site"
            )
    told = dating(reading, case, sentences, row.site, (row.trigger, *row.retold))
    if told and reading.timeline and (months := reading.timeline.months_at(case, told.start)):
        cells["months_from_diagnosis"] = months
    if row.confirmed:
        cells["confirmed_by"] = row.confirmed
    return Finding("sites", case, row.trigger.start, cells)
