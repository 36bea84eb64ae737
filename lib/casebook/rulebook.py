"""What a review was read with: every row of the vocabulary and every rule of the code, by its topic."""

import csv
from pathlib import Path

import pandas as pd

from casebook.errors import InputError
from casebook.wordfiles import kind_of


def rules(folder: Path) -> pd.DataFrame:
    """Columns rule, kind (vocabulary, code), topic, in the order of the files. Raises InputError.

    Nothing is checked beyond what is asked for here: `vocabulary.load` did that when the reports were read.
    """
    rows = [(rule, "vocabulary", kind_of(path.stem) or path.stem)
            for path in sorted(folder.glob("*.csv")) for rule in _named(path)]  # fmt: skip
    rows += [(rule, "code", path.stem) for path in sorted((folder / "rules").glob("*.csv")) for rule in _named(path)]
    return pd.DataFrame(rows, columns=["rule", "kind", "topic"], dtype="string")


def _named(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            return [row["rule"].strip() for row in csv.DictReader(handle)]
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, AttributeError) as error:
        raise InputError(f"{path.name}: not a vocabulary file with a column rule ({error})") from None
