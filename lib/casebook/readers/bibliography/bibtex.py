"""BibTeX and BibLaTeX: entries, strings and accents; nothing in it is ever run."""

import re
from collections.abc import Iterator

from casebook.errors import InputError
from casebook.readers.bibliography.latex import plain
from casebook.readers.bibliography.record import Record, record

NAME = "BibTeX"
_ENTRY = re.compile(r"@([A-Za-z]{1,30})\s{0,20}([{(])")
_START = re.compile(r"(?:\s|%[^\n]*\n){0,400}@[A-Za-z]{1,30}\s{0,20}[{(]")
_FIELD = re.compile(r"[\s,]*([A-Za-z][\w:+.-]{0,60})\s*=\s*")
_BARE = re.compile(r"[^\s,#{}\"()]+")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_NOT_RECORDS = ("comment", "preamble", "string")


def detect(head: str) -> bool:
    return _START.match(head) is not None


def read(text: str, file: str) -> list[Record]:
    found: list[Record] = []
    strings: dict[str, str] = {}
    at = 0
    while entry := _ENTRY.search(text, at):
        body, at = _braced(text, entry.end() - 1, ")" if entry[2] == "(" else "}")
        kind = entry[1].lower()
        if kind == "string":
            strings |= dict(_fields(body, strings))
        elif kind not in _NOT_RECORDS:
            found.append(_one(dict(_fields(body.partition(",")[2], strings)), file))
    if not found:
        raise InputError("this BibTeX file holds no entry")
    return found


def _fields(body: str, strings: dict[str, str]) -> Iterator[tuple[str, str]]:
    at = 0
    while field := _FIELD.match(body, at):
        value, at = _value(body, field.end(), strings)
        yield field[1].lower(), value


def _value(body: str, at: int, strings: dict[str, str]) -> tuple[str, int]:
    """One value and where it ends: {…}, "…", a number or a string's name, or several joined by #."""
    parts = []
    while at < len(body):
        if body[at] == "{":
            part, at = _braced(body, at, "}")
        elif body[at] == '"':
            part, at = _quoted(body, at)
        elif bare := _BARE.match(body, at):
            part, at = strings.get(bare[0].lower(), bare[0]), bare.end()
        else:
            break
        parts.append(part)
        rest = body[at : at + 50].lstrip()
        if not rest.startswith("#"):
            break
        at = body.index("#", at) + 1
        while at < len(body) and body[at].isspace():
            at += 1
    return "".join(parts), at


def _braced(text: str, at: int, close: str) -> tuple[str, int]:
    """What stands between the bracket at `at` and the one that closes it; braces inside are balanced."""
    depth = 0
    for hit in _BRACKET.finditer(text, at + 1):
        if hit[0] == close and not depth:
            return text[at + 1 : hit.start()], hit.end()
        depth += (hit[0] == "{") - (hit[0] == "}")
    line = text.count("\n", 0, at) + 1
    raise InputError(f"line {line}: the bracket that opens here is never closed")


_BRACKET = re.compile(r"(?<!\\)[{})]")


def _quoted(body: str, at: int) -> tuple[str, int]:
    depth = 0
    for end in range(at + 1, len(body)):
        if body[end] == '"' and not depth:
            return body[at + 1 : end], end + 1
        depth += (body[end] == "{") - (body[end] == "}")
    raise InputError("a quotation mark is never closed")


def _one(fields: dict[str, str], file: str) -> Record:
    def said(*names: str) -> str:
        return next((plain(fields[name]) for name in names if fields.get(name)), "")

    authors = [plain(author) for author in _AND.split(fields.get("author", ""))]
    return record(
        file,
        said("database", "source"),
        [author for author in authors if author.lower() != "others"],
        title=said("title"),
        year=said("year", "date"),
        journal=said("journal", "journaltitle", "booktitle"),
        doi=said("doi"),
        pmid=said("pmid", "eprint") if fields.get("pmid") or "pubmed" in fields.get("eprinttype", "").lower() else "",
        pmcid=said("pmcid", "pmc"),
    )
