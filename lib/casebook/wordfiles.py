"""Files of words: the columns of each kind, and everything that can be wrong in one."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from operator import itemgetter
from pathlib import Path

from casebook.schema.modalities import MODALITY_NAMES
from casebook.schema.outcomes import ENDPOINTS
from casebook.schema.treatments import TREATMENT_KINDS
from casebook.text.spelling import fold

CUE_CATEGORIES = (
    "negation", "uncertainty", "history", "family", "other_patient", "hypothetical", "planned", "refused", "cited",
    "general", "termination", "pseudo",
)  # fmt: skip
ACT_CATEGORIES = (
    "planned", "refused", "excluded", "no_intake", "measured", "endogenous", "anaesthetic", "intake", "repeat",
    "device", "termination", "pseudo",
)  # fmt: skip
TELLING = ("shows", "finds", "interprets", "reason", "leaves", "repeats")
COLUMNS: dict[str, tuple[str, ...]] = {
    "diagnoses": ("label", "surfaces", "group", "behaviour", "site", "icdo", "doid"),
    "sites": ("label", "surfaces", "adjectives", "parent", "uberon", "icdo"),
    "modalities": ("label", "surfaces", "loinc"),
    "sequences": ("label", "surfaces", "modality"),
    "findings": ("label", "surfaces", "category", "polarity"),
    "qualifiers": ("label", "surfaces"),
    "treatments": ("label", "surfaces", "kind", "extent", "agents"),
    "agents": ("label", "surfaces", "kind", "atc", "drugbank"),
    "symptoms": ("label", "surfaces", "symp"),
    "outcomes": ("label", "surfaces", "endpoint", "value"),
    "fates": ("label", "surfaces", "value", "weight"),
    "cues": ("surfaces", "category", "direction", "scope"),
    "acts": ("surfaces", "category", "direction", "scope"),
    "opinions": ("surfaces", "category", "direction", "weight"),
    "heads": ("label", "surfaces", "category", "covers"),
    "spreads": ("label", "surfaces", "category"),
    "examinations": ("label", "surfaces"),
    "regions": ("label", "kind", "reason"),
    "operations": ("label", "surfaces", "paired"),
    "telling": ("surfaces", "category"),
    "modifiers": ("surfaces", "category"),
    "false_friends": ("kind", "surface", "reason"),
}
"""Columns after `rule` that each file (a name may be continued: false_friends_imaging.csv) must have."""
_MAY_LACK = ("agents",)

RULE_COLUMNS = ("rule", "meaning", "column", "example", "near_miss")
_WAYS = ("forward", "backward", "both")
_ALLOWED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "modalities": {"label": MODALITY_NAMES},
    "regions": {"kind": ("apart", "scattered")},
    "treatments": {"kind": TREATMENT_KINDS, "extent": ("biopsy", "partial", "subtotal", "gross total")},
    "agents": {"kind": TREATMENT_KINDS},
    "outcomes": {"endpoint": ENDPOINTS},
    "fates": {"value": ("dead", "alive", "lost to follow-up"), "weight": ("strong", "timed", "weak", "follow")},
    "cues": {"category": CUE_CATEGORIES, "direction": _WAYS},
    "acts": {"category": ACT_CATEGORIES, "direction": _WAYS},
    "opinions": {"direction": ("forward", "backward")},
    "heads": {"category": ("disease", "tumour", "lesion")},
    "spreads": {"category": ("named", "sample")},
    "modifiers": {"category": ("kept", "left out", "accompanying", "empty")},
    "telling": {"category": TELLING},
    "diagnoses": {"behaviour": ("malignant", "benign", "uncertain")},
    "findings": {"polarity": ("absent",)},
}
_MAY_BE_EMPTY = {"paired", "kind", "direction", "extent", "behaviour", "polarity"}
_FILLED = ("rule", "label", "surfaces", "surface")
_BARE = re.compile(r"(?:^|\|)[^|a-zA-Z0-9]+(?:\||$)")  # a surface that may have no letter or digit


def kind_of(stem: str) -> str | None:
    """The vocabulary that file `stem`.csv is a part of."""
    return next((kind for kind in COLUMNS if stem == kind or stem.startswith(kind + "_")), None)


def files(folder: Path) -> list[Path]:
    """All files of the vocabulary in `folder`."""
    return [*sorted(folder.glob("*.csv")), *sorted((folder / "rules").glob("*.csv"))]


def packed(folder: Path) -> bytes:
    """A copy of them, to compare with later."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as whole:
        for file in files(folder):
            whole.writestr(file.relative_to(folder).as_posix(), file.read_bytes())
    return into.getvalue()


def unpacked(copy: bytes, folder: Path) -> Path:
    """What was `packed`, in `folder`."""
    with zipfile.ZipFile(io.BytesIO(copy)) as whole:
        whole.extractall(folder)
    return folder


def rows(path: Path, columns: tuple[str, ...], problems: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The `columns` of each row, with its number as a spreadsheet shows it (the header is row 1)."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.reader(handle)
            header = next(reader, [])
            held = [name for name in columns if name in header]
            lacking = {name: "" for name in columns if name not in header}
            missing = [name for name in lacking if name not in _MAY_LACK]
            if missing:
                problems.append(
                    f"{path.name} row 1: column {', '.join(missing)} is missing, expected {', '.join(columns)}"
                )
                return
            take = itemgetter(*map(header.index, held))
            for number, cells in enumerate(filter(None, reader), start=2):
                if len(cells) != len(header):
                    problems.append(
                        f"{path.name} row {number}: has another number of cells than the header; is a comma unquoted?"
                    )
                    continue
                yield number, dict(zip(held, map(str.strip, take(cells)), strict=True)) | lacking
    except UnicodeDecodeError as error:
        problems.append(f"{path.name}: not UTF-8 at byte {error.start}; save it as UTF-8")


def faults(kind: str, row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Columns of `row` that hold what they may not, each with what is wrong."""
    for column in _FILLED:
        if not row.get(column, "filled"):
            yield column, "is empty"
    for column, allowed in _ALLOWED.get(kind, {}).items():
        for part in row[column].split("|"):
            if part not in allowed and not (part == "" and column in _MAY_BE_EMPTY):
                yield column, f"is {part!r}, expected one of {', '.join(allowed)}"
    if kind in ("cues", "acts") and row["scope"] and not row["scope"].isdecimal():
        yield "scope", f"is {row['scope']!r}, expected a number of words or nothing"
    surfaces = row.get("surfaces", "")
    if _BARE.search(surfaces):
        for surface in filter(None, surfaces.split("|")):
            if not fold(surface).strip():
                yield "surfaces", f"{surface!r} has no letter or digit"
