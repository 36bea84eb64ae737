"""Columns whose values are labels of the vocabulary, and the labels nearest to what somebody typed."""

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from casebook.text.spelling import fold
from casebook.vocabulary import Vocabulary, load

LABELS = {
    ("cases", "diagnosis"): "diagnoses",
    ("cases", "latest_diagnosis"): "diagnoses",
    ("cases", "primary_site"): "sites",
    ("symptoms", "symptom"): "symptoms",
    ("sites", "site"): "sites",
    ("modalities", "sequence"): "sequences",
    ("modalities", "site"): "sites",
    ("modalities", "finding"): "findings",
    ("modalities", "qualifier"): "qualifiers",
    ("treatments", "agent"): "agents",
    ("treatments", "site"): "sites",
}
_NEAR = 60  # of 100: what rapidfuzz calls less alike than this is no suggestion


def suggestions(folder: Path, table: str, column: str, text: str, also: Collection[str] = (), most: int = 8) -> list:
    """Labels for `column` most like `text`: first that of which it is another word, then those that begin with it, then
    those spelled like it. `also` are labels that the tables hold beside the vocabulary's.
    """
    kind = LABELS.get((table, column))
    if kind is None or not text.strip():
        return []
    vocabulary = load(folder)
    known = sorted({*_labels(vocabulary, kind), *also})
    meant = [term.label for term, _ in vocabulary.surfaces.get(fold(text).strip(), ()) if term.kind == kind]
    begun = [label for label in known if label.casefold().startswith(text.strip().casefold())]
    like = process.extract(
        text, known, scorer=fuzz.WRatio, processor=utils.default_process, limit=most, score_cutoff=_NEAR
    )
    return list(dict.fromkeys([*meant, *begun, *(label for label, _, _ in like)]))[:most]


def unknown(folder: Path, table: str, column: str, text: str, also: Collection[str] = ()) -> str:
    """Why `text` is no label for `column`, with the nearest that are; empty where it is one or needs to be none."""
    kind = LABELS.get((table, column))
    if kind is None or not text or text in also or text in _labels(load(folder), kind):
        return ""
    near = suggestions(folder, table, column, text, also, most=4)
    asked = f"did you mean {', '.join(near)}? " if near else ""
    return f"{column}: {text!r} is no label of {kind}; {asked}A new label needs a note that says why"


@lru_cache(maxsize=64)
def _labels(vocabulary: Vocabulary, kind: str) -> frozenset[str]:
    return frozenset(label for of, label in vocabulary.labels if of == kind and label)
