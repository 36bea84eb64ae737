"""Annotations made by hand: a folder of brat files, or a CSV of cells."""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from casebook.errors import InputError
from casebook.evaluate.items import Field, Item

BRAT_FIELDS = {
    "Age": "cases.age_years",
    "Sex": "cases.sex",
    "Medication": "treatments.agent",
    "Therapeutic_procedure": "treatments.kind",
    "Sign_symptom": "symptoms.symptom",
    "Diagnostic_procedure": "modalities.modality",
}
"""brat type -> the field whose words it marks; of Diagnostic_procedure only imaging counts."""

_IMAGING = re.compile(
    r"\b(?:CT|MRI|MRA|MR|PET|SPECT|US|USG|TTE|TEE|CTA|echo\w*|x[- ]?rays?|\w*radiogra\w+|\w*tomogra\w+|\w*sonogra\w+|"
    r"ultrasound|ultrasonic|angiogra\w+|\w*scintigra\w+|magnetic resonance|bone scans?|imaging|mammogra\w+|"
    r"fluoroscop\w+|doppler)\b",
    re.I,
)
_TEXT_BOUND = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
CELLS = ("source_id", "case", "field", "value")


@dataclass(frozen=True)
class Gold:
    """Annotated items by field; `sources` are all reports that were annotated, those with nothing to find too."""

    items: dict[Field, list[Item]]
    sources: frozenset[str]


def read(gold: Path) -> Gold:
    """The annotations. Raises InputError that names file and line."""
    if gold.is_dir():
        return _brat(gold)
    if gold.suffix == ".csv" and gold.exists():
        return _cells(gold)
    raise InputError(f"{gold}: expected a folder of brat files (.ann) or a CSV with the columns {', '.join(CELLS)}")


def _brat(folder: Path) -> Gold:
    files = sorted(folder.glob("*.ann"))
    if not files:
        raise InputError(f"{folder}: holds no .ann file, expected brat annotations beside the texts")
    out: dict[Field, list[Item]] = defaultdict(list)
    fields = {kind: Field.parse(name, "brat") for kind, name in BRAT_FIELDS.items()}
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.startswith("T"):
                continue
            hit = _TEXT_BOUND.fullmatch(line)
            if not hit:
                raise InputError(
                    f"{path.name} line {number}: found {line[:60]!r}, expected T1<tab>Type START END<tab>words"
                )
            if hit[2] not in fields or (hit[2] == "Diagnostic_procedure" and not _IMAGING.search(hit[4])):
                continue
            spans = tuple((int(a), int(b)) for a, b in (part.split() for part in hit[3].split(";")))
            out[fields[hit[2]]].append(Item(path.stem, "", hit[4], spans))
    return Gold(dict(out), frozenset(path.stem for path in files))


def _cells(path: Path) -> Gold:
    out: dict[Field, list[Item]] = defaultdict(list)
    sources = set()
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        if missing := [name for name in CELLS if name not in (reader.fieldnames or ())]:
            raise InputError(f"{path.name} row 1: column {', '.join(missing)} is missing, expected {', '.join(CELLS)}")
        for number, row in enumerate(reader, start=2):
            field = Field.parse(row["field"] or "", f"{path.name} row {number}, column field")
            sources.add(row["source_id"])
            items = out[field]  # a row without value says: nothing to find here
            if row["value"]:
                items.append(Item(row["source_id"], row["case"], row["value"]))
    return Gold(dict(out), frozenset(sources))
