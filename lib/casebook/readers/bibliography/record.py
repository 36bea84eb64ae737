"""A record of a bibliographic database, whatever format it was exported in."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

_RESOLVER = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_WORDS = re.compile(r"[^\W_]+")
_PMCID = re.compile(r"PMC\d+", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z]{1,8}>")


@dataclass(frozen=True)
class Record:
    """`file` and `database` say where it comes from; authors are "Surname, Given" with semicolons between them."""

    file: str
    database: str
    title: str = ""
    authors: str = ""
    year: str = ""
    journal: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    licence: str = ""

    @cached_property
    def key(self) -> tuple[str, str, str] | None:
        """Title, year and first author as they are compared; None where one of them is not stated."""
        return citation_key(self.title, self.year, self.authors)


def record(file: str, database: str, authors: list[str], **stated: str) -> Record:
    """A record of what an export states, each value in one line and in the form that sources.csv has."""
    cells = {name: " ".join(_TAG.sub("", value).split()) for name, value in stated.items()}
    doi = _RESOLVER.sub("", cells.get("doi", ""))
    year = _YEAR.search(cells.get("year", ""))
    pmcid = _PMCID.search(cells.get("pmcid", ""))
    title, pmid = cells.get("title", ""), cells.get("pmid", "")
    cells |= {
        "title": title.rstrip(".") if title.count(".") == 1 else title,
        "doi": doi.lower() if _DOI.fullmatch(doi) else "",
        "year": year[0] if year else "",
        "pmcid": pmcid[0].upper() if pmcid else "",
        "pmid": pmid if pmid.isascii() and pmid.isdecimal() and len(pmid) <= 8 else "",
    }
    names = "; ".join(name for author in authors if (name := " ".join(author.split()).strip(" .,;")))
    return Record(file, database or file, authors=names, **cells)


def words(text: str) -> str:
    """`text` as titles are compared: lower case, without accents, punctuation and spacing."""
    plain = unicodedata.normalize("NFKD", text)
    return " ".join(_WORDS.findall("".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()))


def surname(authors: str) -> str:
    """That of the first author, of "Surname, Given; …", "Surname AB; …" or "Given Surname; …"."""
    first = authors.split(";")[0].strip()
    if "," in first:
        return words(first.split(",")[0])
    parts = first.split()
    initials = len(parts) > 1 and parts[-1].isupper() and len(parts[-1]) <= 3
    return words(" ".join(parts[:-1]) if initials else parts[-1] if parts else "")


def citation_key(title: str, year: str, authors: str) -> tuple[str, str, str] | None:
    key = (words(title), year, surname(authors))
    return key if all(key) else None
