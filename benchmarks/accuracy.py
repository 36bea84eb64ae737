"""Write docs/accuracy.md: how right the tables are on the annotated reports in ../shared, field by field.

    python benchmarks/accuracy.py

Every figure comes from `casebook evaluate`; keys in JSON are turned into its CSV of cells first.
"""

import csv
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from casebook.assemble import build
from casebook.evaluate import evaluate
from casebook.evaluate.page import table
from casebook.publish import write_tables

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
KINDS = {"antibiotic/antiviral/antifungal": "anti-infective"}
SCALARS = {
    "age_years": "cases.age_years",
    "sex": "cases.sex",
    "diagnosis": "cases.diagnosis",
    "primary_site": "cases.primary_site",
    "laterality": "cases.laterality",
    "outcome": "outcomes.value[endpoint=vital_status]",
    "outcome_months": "outcomes.months[endpoint=vital_status]",
}
SETS = {
    "metastatic_sites": "sites.site[role=metastasis,status=present]",
    "modalities": "modalities.modality",
    "treatments": "treatments.kind[status=given]",
    "agents": "treatments.agent[status=given]",
}
SETS_OF_SEEN = (
    (
        "Case texts",
        "gold/cases_dev",
        "44 case texts of the E3C corpus, of which the rules were tuned on 23, with a key that two readers made",
    ),
    (
        "Full papers",
        "gold/fulltext_dev",
        "ten open-access case reports, of which the rules were tuned on six, with a key of one reader",
    ),
    (
        "MACCROBAT",
        "corpora/maccrobat_dev",
        "102 case reports with brat annotations of words (MACCROBAT 2020); a value counts as found where its words "
        "overlap or name the same thing. Annotators marked every mention and all therapies: "
        "recall is low for what the tables leave out on purpose",
    ),
)
HEAD = """# How right the tables are

Printed by `make accuracy`, which needs the annotated reports in ../shared and measures with `casebook evaluate`. An
answer is right where its label names the same thing as the key's, more narrowly or more widely, and where a number is
within 0.5 or 3 %. F1 has a 95 % interval from resampling the reports 1,000 times.

For comparison: one person extracting alone gets 10 to 25 % of the items wrong (Buscemi 2006, Horton 2010); a person
with a model's help 9 % (Gartlehner 2025).
"""


def cells(key: list[dict]) -> Iterator[tuple[str, str, str, str]]:
    """source_id, case, field, value of a key in JSON; accepted wordings joined by `|`."""
    for document in key:
        if not document["cases"]:
            yield document["id"], "", "cases.sex", ""
        for number, case in enumerate(document["cases"], start=1):
            for name, field in SCALARS.items():
                values = "|".join("" if value is None else str(value) for value in case[name])
                yield document["id"], str(number), field, values.strip("|") if set(values) == {"|"} else values
            for name, field in SETS.items():
                yield from (
                    (document["id"], str(number), field, KINDS.get(value, value)) for value in case[name][0] or [""]
                )


def section(title: str, place: Path, about: str) -> str:
    with tempfile.TemporaryDirectory() as beside:
        out, gold = Path(beside) / "tables", place
        texts = place / "texts" if (place / "texts").is_dir() else place
        write_tables(build(texts), out)
        if (place / "key.json").exists():
            gold = Path(beside) / "cells.csv"
            with gold.open("w", encoding="utf-8", newline="") as handle:
                writer = csv.writer(handle)
                writer.writerow(("source_id", "case", "field", "value"))
                writer.writerows(cells(json.loads((place / "key.json").read_text(encoding="utf-8"))))
        found = evaluate(out, gold)
    return f"\n## {title}\n\n{about[0].upper()}{about[1:]}.\n\n{table(found.scores)}\n"


def main() -> None:
    parts = [section(title, SHARED / folder, about) for title, folder, about in SETS_OF_SEEN]
    (ROOT / "docs" / "accuracy.md").write_text(HEAD + "".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
