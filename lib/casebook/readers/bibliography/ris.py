"""RIS, which reference managers and most databases export."""

import re

from casebook.errors import InputError
from casebook.readers.bibliography.record import Record, record

NAME = "RIS"
_START = re.compile(r"\s*TY {1,2}- ?\S")


def detect(head: str) -> bool:
    return _START.match(head) is not None


def read(text: str, file: str) -> list[Record]:
    import rispy  # only where there is such an export

    try:
        found = rispy.loads(text)
    except Exception as error:  # rispy has no class for what it cannot read
        raise InputError(f"this RIS export cannot be read: {' '.join(str(error).split())}") from error
    return [_one(entry, file) for entry in found]


def _one(entry: dict, file: str) -> Record:
    def first(*names: str) -> str:
        values = (entry.get(name) for name in names)
        return next((str(value if not isinstance(value, list) else value[0]) for value in values if value), "")

    address = " ".join(entry.get("urls", []))
    return record(
        file,
        first("name_of_database", "database_provider"),
        list(entry.get("authors") or entry.get("first_authors") or []),
        title=first("title", "primary_title"),
        year=first("year", "publication_year", "date"),
        journal=first("journal_name", "secondary_title", "alternate_title3", "alternate_title1", "alternate_title2"),
        doi=first("doi"),
        pmid=_pubmed(first("accession_number"), address),
        pmcid=first("custom2") or address,
    )


def _pubmed(accession: str, address: str) -> str:
    hit = re.search(r"pubmed(?:\.ncbi\.nlm\.nih\.gov)?/(\d{1,8})\b", address)
    return hit[1] if hit else accession
