"""The tables of a folder of reports to files, one report after the other: what all of them say is never in memory."""

import hashlib
import json
import os
import sys
from array import array
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

import casebook
from casebook import parquet
from casebook.batch import Read, listed
from casebook.cache import Cache, opened
from casebook.errors import TableError
from casebook.folder import beside, swap, tidy
from casebook.gathered import Gathered, gather
from casebook.kept import Body
from casebook.lines import header, lines
from casebook.places import FROM_REPORTS, VOCABULARY
from casebook.publish import only_tables
from casebook.readers.bibliography import exports
from casebook.schema import TABLES
from casebook.written import write_pages

_CASES = tuple(name for name, table in TABLES.items() if table.order[:1] == ("case_id",))
_SOURCES = tuple(name for name in TABLES if name not in (*_CASES, "sources"))


@dataclass(frozen=True)
class Counts:
    """What was written, and why some of it was set aside: (path, reason). `stood`: it was there already."""

    reports: int
    patients: int
    quotes: int
    quarantined: Sequence[Sequence[str]] = ()
    stood: bool = False


def stream(
    folder: Path,
    out: Path,
    vocabulary: Path | None = None,
    strict: bool = False,
    jobs: int | None = None,
    cache: Path | None = None,
    as_parquet: bool = False,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Counts:
    """The files that `publish.write_tables` makes of what `build` gives, with the same bytes.

    Where nothing changed since `out` was written from the same cache, it is left as it is. Raises InputError,
    TableError or EvidenceError.
    """
    only_tables(out)
    words = vocabulary or VOCABULARY
    with opened(cache, words) as kept:
        found = listed(folder, kept)
        key = _key(folder, [key for _, key in found], kept, as_parquet)
        known = _standing(key, kept, out)
        if known and not (strict and known.quarantined):
            tidy(out)
            return known
        gathered = gather(folder, words, kept, strict, jobs, progress, found)
        with beside(out) as work:
            new = work / "tables"
            counts = _write(gathered, new, out, as_parquet)
            if cache and all(gathered.keys) and _key(folder, gathered.keys, kept, as_parquet) == key:
                kept.put_made(key, _digest(new), json.dumps(asdict(counts)))
            swap(new, out)
        return counts


def _write(gathered: Gathered, new: Path, out: Path, as_parquet: bool) -> Counts:
    (new / "texts").mkdir(parents=True)
    ids: dict[str, array[int]] = {name: array("Q") for name in TABLES}
    patients = quotes = 0
    by_case = sorted(gathered.included, key=lambda one: f"{one.source['source_id']}/")
    together = by_case == gathered.included
    with ExitStack() as opened_files:
        files = {name: opened_files.enter_context(_begun(new, name)) for name in TABLES}
        files["sources"].write(lines(TABLES["sources"], gathered.sources))
        for one in gathered.included:
            body = gathered.body(one)
            _append(body, files, (*_SOURCES, *_CASES) if together else _SOURCES)
            _put(one, body, new / "texts", out / "texts")
            for name, own in body.ids.items():
                ids[name].extend(map(_short, own))
            patients, quotes = patients + len(body.ids.get("cases", ())), quotes + body.quotes
        for one in by_case if not together else ():
            _append(gathered.body(one), files, _CASES)
    for name, some in ids.items():
        if len(set(some)) < len(some):
            raise TableError(f"table {name}: a row_id stands twice")
    if as_parquet or len(gathered.included) >= FROM_REPORTS:
        for name in TABLES:
            parquet.write(new / f"{name}.csv")
    aside = [(row["path"], row["reason"]) for row in gathered.sources if row["status"] == "quarantined"]
    return Counts(len(gathered.included), patients, quotes, aside)


def _begun(new: Path, name: str) -> TextIO:
    file = open(new / f"{name}.csv", "w", encoding="utf-8", newline="", buffering=1 << 20)  # noqa: SIM115
    file.write(header(TABLES[name].names))
    return file


def _append(body: Body, files: dict[str, TextIO], names: Iterable[str]) -> None:
    for name in names:
        if some := body.lines.get(name):
            files[name].write(some)


def _put(one: Read, body: Body, texts: Path, before: Path) -> None:
    """The text among `texts`: the file that stands `before` where it holds the same."""
    name, data = f"{one.source['source_id']}.txt", body.text.encode("utf-8")
    if not _linked(before / name, texts / name, data):
        (texts / name).write_bytes(data)
    if body.pages:
        write_pages(texts, {one.source["source_id"]: body.pages})


def _linked(before: Path, place: Path, data: bytes) -> bool:
    try:
        with open(os.open(before, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
            same = file.read() == data
        if same:
            os.link(before, place)
    except OSError:
        return False
    return same


def _short(row_id: str) -> int:
    return int.from_bytes(hashlib.blake2b(row_id.encode(), digest_size=8).digest())


def _key(folder: Path, keys: Iterable[bytes], kept: Cache, as_parquet: bool) -> bytes:
    """Of all that decides the bytes of the tables; `keys` are those of the reports."""
    made_of = hashlib.sha256(f"{sys.version} {parquet.version()} {kept.vocabulary} {as_parquet}".encode())
    package = Path(casebook.__file__).parent
    for file in sorted(package.rglob("*.py")):
        made_of.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes())
    for key in keys:
        made_of.update(key)
    for name in exports(folder):
        made_of.update(name.encode() + b"\0" + hashlib.sha256((folder / name).read_bytes()).digest())
    return made_of.digest()


def _standing(key: bytes, kept: Cache, out: Path) -> Counts | None:
    """What `out` holds, if it is what a run with this key wrote, untouched since."""
    known = kept.made(key)
    if known is None or not out.is_dir() or _digest(out) != known[0]:
        return None
    return Counts(**{**json.loads(known[1]), "stood": True})


def _digest(folder: Path) -> str:
    made_of = hashlib.sha256()
    for place, folders, files in os.walk(folder):
        folders.sort()
        made_of.update(os.path.relpath(place, folder).encode("utf-8", "surrogateescape") + b"\0")
        for name in sorted(files):
            with open(os.path.join(place, name), "rb") as file:
                made_of.update(name.encode("utf-8", "surrogateescape") + hashlib.file_digest(file, "sha256").digest())
    return made_of.hexdigest()
