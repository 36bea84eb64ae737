"""PubMed's own format (MEDLINE tags), as its Send to: Citation manager writes it."""

import re

from casebook.readers.bibliography.record import Record, record

NAME = "nbib"
_START = re.compile(r"\s*PMID- ?\d")
_TAG = re.compile(r"([A-Z]{2,4}) *- ?(.*)")


def detect(head: str) -> bool:
    return _START.match(head) is not None


def read(text: str, file: str) -> list[Record]:
    entries: list[dict[str, list[str]]] = []
    last: list[str] | None = None
    for line in text.splitlines():
        if line.startswith("      ") and last:
            last[-1] += " " + line.strip()
        elif tag := _TAG.match(line):
            if tag[1] == "PMID" or not entries:
                entries.append({})
            last = entries[-1].setdefault(tag[1], [])
            last.append(tag[2].strip())
    return [_one(entry, file) for entry in entries if "PMID" in entry]


def _one(entry: dict[str, list[str]], file: str) -> Record:
    def first(*names: str) -> str:
        return next((entry[name][0] for name in names if name in entry), "")

    ids = [value for name in ("LID", "AID") for value in entry.get(name, [])]
    return record(
        file,
        "PubMed",
        entry.get("FAU") or entry.get("AU") or [],
        title=first("TI"),
        year=first("DP"),
        journal=first("JT", "TA"),
        doi=next((value.removesuffix("[doi]").strip() for value in ids if value.endswith("[doi]")), ""),
        pmid=first("PMID"),
        pmcid=first("PMC"),
    )
