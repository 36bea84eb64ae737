"""After every file of a folder was read: citations from the bibliography beside them, and each paper once."""

from array import array
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path, PurePath

from casebook.readers.bibliography import Bibliography, Record, citation_key, read_bibliography, surname, words
from casebook.readers.twice import Paper, groups, same

SAME = "the same paper as "
_CITED = ("title", "authors", "year", "journal", "doi", "pmid", "licence")
_OPENING = 3_000  # characters of a report in which its own title and authors stand
_TITLE = 30  # characters of a title that no other report has by chance
_BEST = ((".xml", ".nxml", ".gz", ".tgz"), (".html", ".htm", ".xhtml"), (".docx",),
         (".txt", ".text", ".md", ".markdown", ""))


def better(name: str) -> int:
    """0 for a file from which most is known of its text; PDFs and all others come last."""
    suffix = PurePath(name).suffix.lower()
    return next((at for at, several in enumerate(_BEST) if suffix in several), len(_BEST))


def settle(
    folder: Path, sources: list[dict], texts: Mapping[str, str], known: Mapping[str, bytes] | None = None
) -> None:
    """Fill empty cells of `sources` from the bibliography in `folder`, exclude what is the same paper as a better file,
    and add a row for each export that cannot be read. `texts` are those of the included sources; their `groups` may be
    `known`.
    """
    bibliography = read_bibliography(folder)
    if bibliography.records:
        _cite(sources, texts, bibliography)
    _once(sources, texts, known)
    for name, fault in bibliography.faults:
        row = {"row_id": f"sources/{name}", "source_id": name, "path": name}
        sources.append({**row, "status": "quarantined", "reason": fault})
    sources.sort(key=lambda row: (row["source_id"], row["path"]))


def _cite(sources: Iterable[dict], texts: Mapping[str, str], bibliography: Bibliography) -> None:
    by: dict[object, list[Record]] = {}
    for several in bibliography.papers:
        for record in several:
            keys = [(name, getattr(record, name)) for name in ("doi", "pmid", "pmcid")]
            for key in [*(key for key in keys if key[1]), *([record.key] if record.key else [])]:
                by.setdefault(key, several)
    titled = [(words(several[0].title), surname(several[0].authors), several) for several in bibliography.papers]
    titled = [one for one in titled if len(one[0]) >= _TITLE and one[1]]
    for row in sources:
        stem = PurePath(row["path"]).stem
        keys = [("doi", str(row.get("doi", "")).lower()), ("pmid", row.get("pmid", "")), ("pmcid", stem.upper())]
        of_title = citation_key(str(row.get("title", "")), str(row.get("year", "")), str(row.get("authors", "")))
        found = next((by[key] for key in [*keys, of_title] if key in by), None)
        if found is None and row["source_id"] in texts and not (row.get("doi") or row.get("pmid")):
            opening = f" {words(texts[row['source_id']][:_OPENING])} "
            found = next((own for title, name, own in titled if f" {title} " in opening and name in opening), None)
        for column in _CITED:
            value = next((said for record in found or () if (said := getattr(record, column))), "")
            if value and not row.get(column):
                row[column] = int(value) if column == "year" else value


def _once(sources: Iterable[dict], texts: Mapping[str, str], known: Mapping[str, bytes] | None) -> None:
    included = [row for row in sources if row["source_id"] in texts and row["status"] == "included"]
    papers = [
        Paper(row, array("I", known[name]) if known else groups(texts[name]), partial(texts.__getitem__, name))
        for row in included
        if (name := row["source_id"])
    ]
    for worse, kept in same(papers, lambda row: (better(row["path"]), row["path"])):
        worse |= {"status": "excluded", "reason": f"{SAME}{kept['path']}"}
    stems: dict[str, dict] = {}
    for row in sorted(included, key=lambda row: (better(row["path"]), row["path"])):
        if row["status"] == "included":
            first = stems.setdefault(PurePath(row["path"]).stem.casefold(), row)
            if first is not row and row["source_id"] == row["path"]:
                stem = PurePath(row["path"]).stem
                reason = f"its stem {stem!r} is that of {first['path']}, another paper: rename one of the two"
                row |= {"status": "quarantined", "reason": reason}
