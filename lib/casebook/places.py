"""Where the project keeps what ships with the package."""

from pathlib import Path

VOCABULARY = Path(__file__).resolve().parents[2] / "data" / "vocabulary"
PROJECT = VOCABULARY.parents[1]
DECISIONS = PROJECT / "data" / "review" / "decisions.csv"
SECONDS = 1800.0  # that a notebook may take, where nobody says otherwise
FROM_REPORTS = 5_000  # a review of so many reports has Parquet beside CSV
