"""Invented tables, drawn as text, for the tests of everything that comes after the extraction."""

# ruff: noqa: E501  (a drawn row is a line)

from pathlib import Path

import pandas as pd

from casebook import csvfile
from casebook.schema import TABLES

_USUAL = {
    "symptoms": "present",
    "sites": "present",
    "modalities": "present",
    "treatments": "given",
    "sources": "included",
    "evidence": "machine",
}
_NUMBERS = {"Int64": int, "Float64": float, "boolean": {"true": True, "false": False}.__getitem__, "string": str}


def frames(**drawn: str) -> dict[str, pd.DataFrame]:
    """All tables of the contract, those of `drawn` with rows, the others empty.

    The first line names the columns, separated by |; an empty cell is missing. What is not drawn is filled in: row_id
    (cases-1 …), source_id from case_id, the usual status, role index.
    """
    unknown = drawn.keys() - TABLES.keys()
    assert not unknown, f"no table {unknown}"
    return {name: table.frame(_rows(name, drawn[name]) if name in drawn else []) for name, table in TABLES.items()}


def _rows(name: str, drawn: str) -> list[dict]:
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in drawn.strip().split("\n")]
    kinds = {column.name: _NUMBERS[column.dtype] for column in TABLES[name].columns}
    rows = []
    for at, line in enumerate(lines, 1):
        assert len(line) == len(head), f"{name}, row {at}: {len(line)} cells, the head has {len(head)}"
        row = {column: kinds[column](cell) for column, cell in zip(head, line, strict=True) if cell}
        usual = {
            "row_id": f"{name}-{at}",
            "status": _USUAL.get(name),
            "role": "index" if name == "cases" else None,
            "path": f"{row.get('source_id')}.txt",
            "source_id": str(row.get("case_id", "")).split("/")[0] or None,
        }
        rows.append({key: value for key, value in usual.items() if key in kinds and value} | row)
    return rows


def quoted(
    tables: dict[str, pd.DataFrame], texts: dict[str, str], *quotes: tuple[str, str, str]
) -> dict[str, pd.DataFrame]:
    """`tables` with evidence: each quote is (row_id, column, words), found once in the text of the row's source."""
    rows = []
    for row_id, column, words in quotes:
        table = row_id.split("-")[0]
        own = tables[table].set_index("row_id").loc[row_id]
        source = own["source_id"] if "source_id" in own else own["case_id"].split("/")[0]
        assert texts[source].count(words) == 1, f"{words!r} stands {texts[source].count(words)} times in {source}"
        start = texts[source].index(words)
        rows.append(
            {
                "table": table,
                "row_id": row_id,
                "column": column,
                "source_id": source,
                "start": start,
                "end": start + len(words),
                "quote": words,
                "rule": "ex-0001",
                "status": "machine",
            }
        )
    return {**tables, "evidence": TABLES["evidence"].frame(rows)}


def write(folder: Path, tables: dict[str, pd.DataFrame], texts: dict[str, str]) -> Path:
    """`folder` as `casebook tables` would have written it."""
    (folder / "texts").mkdir(parents=True)
    for name, frame in tables.items():
        csvfile.write(frame, folder / f"{name}.csv")
    for source, text in texts.items():
        (folder / "texts" / f"{source}.txt").write_bytes(text.encode())
    return folder


TEXTS = {
    "elm": "A 61-year-old woman presented with headache for 2 months. MRI showed a hyperintense mass of the left frontal lobe. "
    "It was resected; glioblastoma was found. Seven months later CT showed a metastasis of the liver. "
    "There was no metastasis of the lung. She died 9 months after diagnosis.",
    "oak": "We report a boy of 12 with medulloblastoma. Bone scintigraphy showed uptake in the femur. "
    "An earlier patient with ependymoma is cited.",
    "ash": "Metastases to the dura are found in 9 % of autopsies. On T1 they are typically isointense.",
}

TABLES_DRAWN = {
    "sources": """
        source_id | kind              | title              | year | characters
        ash       | reference article | Dural metastases   |      | 88
        elm       | case report       | A liver metastasis | 2015 | 300
        oak       | case report       |                    |      | 130
        """,
    "cases": """
        case_id | role  | age_years | sex    | diagnosis       | who_grade | primary_site | laterality
        elm/1   | index | 61        | female | glioblastoma    | 4         | frontal lobe | left
        oak/1   | index | 12        | male   | medulloblastoma |           |              |
        oak/c1  | cited |           |        | ependymoma      |           |              |
        """,
    "symptoms": """
        case_id | symptom  | status  | duration_months
        elm/1   | headache | present | 2
        """,
    "sites": """
        case_id | role       | site         | status  | months_from_diagnosis | confirmed_by
        elm/1   | primary    | frontal lobe | present | 0                     | histology
        elm/1   | metastasis | liver        | present | 7                     | imaging
        elm/1   | metastasis | lung         | absent  |                       |
        oak/1   | metastasis | femur        | present |                       | imaging
        oak/c1  | metastasis | rib          | present |                       |
        """,
    "modalities": """
        case_id | source_id | study | modality           | sequence | site         | role       | finding          | status  | months_from_diagnosis
        elm/1   | elm       | 1     | MRI                | T2       | frontal lobe | primary    | hyperintense     | present | 0
        elm/1   | elm       | 2     | CT                 |          | liver        | metastasis |                  | present | 7
        elm/1   | elm       | 2     | CT                 |          | lung         | metastasis |                  | absent  | 7
        oak/1   | oak       | 1     | bone scintigraphy  |          | femur        | metastasis | increased uptake | present |
                | ash       | 1     | MRI                | T1       | dura         | metastasis | isointense       | present |
        """,
    "treatments": """
        case_id | course | kind         | agent        | extent      | dose | dose_unit | fractions | months_from_diagnosis | status
        elm/1   | 1      | surgery      |              | gross total |      |           |           | 0                     | given
        elm/1   | 2      | radiotherapy |              |             | 60   | Gy        | 30        | 1                     | given
        oak/1   | 1      | chemotherapy | temozolomide |             |      |           |           |                       | planned
        """,
    "outcomes": """
        case_id | endpoint     | value | months | origin    | observed
        elm/1   | metastasis   | liver | 7      | diagnosis | true
        elm/1   | vital_status | dead  | 9      | diagnosis | true
        """,
    "claims": """
        source_id | kind      | subject         | statement         | value | unit
        ash       | frequency | dural metastasis | found at autopsy | 9     | %
        """,
}


def review_tables() -> dict[str, pd.DataFrame]:
    """Three sources, two patients of their own, one cited; every kind of answer once."""
    return quoted(
        frames(**TABLES_DRAWN),
        TEXTS,
        ("cases-1", "age_years", "61-year-old"),
        ("cases-1", "sex", "woman"),
        ("cases-1", "diagnosis", "glioblastoma"),
        ("cases-2", "age_years", "boy of 12"),
        ("cases-2", "diagnosis", "medulloblastoma"),
        ("sites-2", "site", "liver"),
        ("sites-3", "site", "lung"),
        ("modalities-1", "finding", "hyperintense"),
        ("claims-1", "value", "9 %"),
        ("claims-1", "statement", "are found in 9 % of autopsies"),
        ("outcomes-2", "value", "died"),
    )
