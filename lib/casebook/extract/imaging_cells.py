"""The cells of a row: what a study showed, where, under which sequence."""

import re
from collections.abc import Iterator, Sequence

from casebook.extract.finding import Cell
from casebook.extract.imaging_findings import Observed
from casebook.extract.imaging_lesions import Place
from casebook.extract.imaging_rows import Study
from casebook.extract.imaging_signal import TRACED, Sequences
from casebook.text.span import Span

_FITTING = {
    "signal": ("MRI",),
    "echogenicity": ("ultrasonography", "echocardiography"),
    "uptake": TRACED,
    "density": ("CT", "radiography", "mammography", "PET-CT", "fluoroscopy", "angiography", "myelography"),
}
_ENLARGED = {"liver": "hepatomegaly", "spleen": "splenomegaly"}
_SPECTRA = re.compile(r"choline|\bpeak$|\bNAA$")
_FOCUS = re.compile(r"\bfoc(?:us|i)\b|\bhot ?spots?\b|\baccumulations?\b", re.IGNORECASE)


def fitting(one: Observed, names: Sequence[str]) -> list[str]:
    """Of the studies that share a statement those that can show such a finding; all if none can."""
    if len(names) == 1:
        return list(names)
    spectra = bool(_SPECTRA.search(one.mention.label))
    rest = [name for name in names if (name == "MR spectroscopy") == spectra] or list(names)
    return [name for name in rest if name in _FITTING.get(one.category, (name,))] or rest


def finding_label(one: Observed, modality: str, text: str, place: Place | None) -> str:
    """The finding's name: a focus on a tracer study is uptake, enhancement on angiography a blush, an enlarged organ
    has its own word.
    """
    label = one.mention.label
    if label == "enlargement" and place:
        return _ENLARGED.get(place.site, label)
    if (
        modality in TRACED
        and label in ("lesion", "metastasis")
        and _FOCUS.search(text, one.mention.start, one.mention.end + 12)
    ):
        return "increased uptake"
    return "tumour blush" if modality == "angiography" and label == "enhancement" else label


def finding_cells(one: Observed, label: str, study: Study, place: Place | None) -> dict[str, Cell]:
    words = (Span(one.mention.start, one.mention.end),)
    cells = {
        "modality": study.cell,
        "finding": Cell(label, words, one.mention.rule),
        "status": Cell(one.status, words, one.mention.rule, cue=one.cue),
        **place_cells(place),
    }
    qualifier = one.qualifier(place.level, place.span) if place else one.qualifier()
    if qualifier:
        cells["qualifier"] = qualifier
    if one.measure:
        cells["value"] = Cell(one.measure.value, (one.measure.span,), "imaging.measure")
        cells["unit"] = Cell(one.measure.unit, (one.measure.span,), "imaging.measure")
    return cells


def place_cells(place: Place | None) -> dict[str, Cell]:
    if place is None:
        return {}
    cells = {"site": Cell(place.site, (place.span,), place.rule)}
    if place.role:
        cells["role"] = Cell(place.role, (place.span,), "imaging.role")
    return cells


def sequence_cells(study: Study, under: tuple[Sequences, tuple[str, ...]] | None) -> Iterator[dict[str, Cell]]:
    """One set of cells per sequence under which a finding was seen; a tracer holds for its whole study."""
    for label in under[1] if under else ():
        cell = under[0].cell(label) if under else None
        if cell and study.name in TRACED:
            study.tracer = cell
        if cell:
            yield {"sequence": cell}
    if not under:
        yield {"sequence": study.tracer} if study.tracer else {}
