"""Europe PMC's JSON: what its search gives, and what getpapers keeps beside each paper."""

import json
from collections.abc import Iterator

from casebook.errors import InputError
from casebook.readers.bibliography.record import Record, record

NAME = "Europe PMC"
_NAMES = ('"pmid"', '"pmcid"', '"doi"', '"resultList"')


def detect(head: str) -> bool:
    return head.lstrip().startswith(("{", "[")) and any(name in head for name in _NAMES)


def read(text: str, file: str) -> list[Record]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"this JSON cannot be read: {error}") from None
    found = [_one(entry, file) for entry in _entries(content)]
    if not found:
        raise InputError("this JSON holds no record of Europe PMC")
    return found


def _entries(content: object) -> Iterator[dict]:
    if isinstance(content, list):
        for item in content:
            yield from _entries(item)
    elif isinstance(content, dict):
        results = content.get("resultList")
        if isinstance(results, dict):
            yield from _entries(results.get("result"))
        elif _text(content, "title"):
            yield content


def _one(entry: dict, file: str) -> Record:
    return record(
        file,
        NAME,
        _authors(entry),
        title=_text(entry, "title"),
        year=_text(entry, "pubYear") or _text(entry, "journalInfo", "yearOfPublication"),
        journal=_text(entry, "journalTitle") or _text(entry, "journalInfo", "journal", "title"),
        doi=_text(entry, "doi"),
        pmid=_text(entry, "pmid"),
        pmcid=_text(entry, "pmcid"),
        licence=_text(entry, "license"),
    )


def _authors(entry: dict) -> list[str]:
    listed = _plain(entry.get("authorList"))
    people = listed.get("author") if isinstance(listed, dict) else None
    found = []
    for person in people if isinstance(people, list) else []:
        last, given = _text(person, "lastName"), _text(person, "firstName") or _text(person, "initials")
        found.append(f"{last}, {given}" if last and given else last or _text(person, "collectiveName"))
    return found or _text(entry, "authorString").split(",")


def _text(entry: object, *path: str) -> str:
    for name in path:
        entry = _plain(entry)
        entry = entry.get(name) if isinstance(entry, dict) else None
    entry = _plain(entry)
    return str(entry) if isinstance(entry, str | int) else ""


def _plain(value: object) -> object:
    """getpapers wraps every value into a list of one."""
    return value[0] if isinstance(value, list) and value else value
