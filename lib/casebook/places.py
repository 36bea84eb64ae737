"""Where the project keeps what ships with the package."""

from pathlib import Path

VOCABULARY = Path(__file__).resolve().parents[2] / "data" / "vocabulary"
