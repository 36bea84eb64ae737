"""The included sources as references: CSL-JSON, BibTeX, RIS, and the list at the end of the report."""

import json
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from unicodedata import category

import pandas as pd

from casebook.errors import ReportError
from casebook.report.clean import clean
from casebook.workbook import Review

_NOCITE = b'---\nnocite: "@*"\n---\n'
_ENTRY = re.compile(r'<div id="ref-source-\d+"[^>]*>\s*(.*?)\s*</div>', re.DOTALL)
_SPAN = re.compile(r"</?span[^>]*>")  # with what citeproc means to keep as it is
# Letters of a title that CSL-JSON or pandoc would read as markup or change, and what stands for them on the way there.
_MASKS = {"<": "\ue000", '"': "\ue001", "'": "\ue002", "’": "\ue003", "“": "\ue004", "”": "\ue005"}
_MASKED = str.maketrans(_MASKS)
_PLAIN = str.maketrans({mask: letter.replace("<", "&lt;") for letter, mask in _MASKS.items()})
_LATEX = str.maketrans(
    {letter: f"\\{letter}" for letter in "&%$#_"}
    | {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
    | {"^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
)


def references(review: Review) -> list[dict]:
    """CSL items of the included sources, in their order; `number` is that of "Source N" in the report.

    What no file and no list states is missing. The note holds the file, and decision, reason and who decided.
    """
    decided = review.screening  # a row for each of the sources, in their order
    sources = review.sources.assign(
        number=range(1, len(decided) + 1),
        decision=list(decided["decision"]),
        because=list(decided["reason"]),
        decided_by=list(decided["decided_by"]),
    )
    included = sources[sources["status"].eq("included")]
    return [_item({k: v for k, v in row.items() if pd.notna(v)}) for row in included.to_dict("records")]


def csl_json(items: Iterable[dict]) -> str:
    return json.dumps(list(items), indent=1, ensure_ascii=False) + "\n"


def bibtex(items: Iterable[dict]) -> str:
    """Every field in braces; what LaTeX would read as a command or a comment is written as the letter that it is."""
    return "\n".join(_bibtex(item) for item in items)


def ris(items: Iterable[dict]) -> str:
    import rispy

    class Writer(rispy.RisWriter):
        def set_header(self, count: int) -> str:
            return ""  # the writer's own counts the references between them, which not every reader passes over

    return rispy.dumps([_ris(item) for item in items], implementation=Writer)


def listed(items: list[dict]) -> str:
    """HTML paragraphs, one per reference, by pandoc's citeproc and our own style. Raises ReportError."""
    if not items:
        return '<p class="none">No source is included.</p>'
    from pypandoc import get_pandoc_path

    with tempfile.TemporaryDirectory(prefix="casebook-") as folder:
        place = Path(folder)
        (place / "references.json").write_text(csl_json(map(_masked, items)), encoding="utf-8")
        style = files("casebook.report").joinpath("assets", "references.csl").read_text(encoding="utf-8")
        (place / "references.csl").write_text(style, encoding="utf-8")
        made = ["--citeproc", "--bibliography", "references.json", "--csl", "references.csl", "--to", "html"]
        command = [get_pandoc_path(), "--from", "markdown", *made, "--wrap", "none"]
        done = subprocess.run(command, input=_NOCITE, capture_output=True, cwd=place)
    if done.returncode:
        raise ReportError(f"pandoc refused the references: {done.stderr.decode(errors='replace').strip()}")
    entries = _ENTRY.findall(done.stdout.decode())
    assert len(entries) == len(items), f"{len(entries)} of {len(items)} references came back"
    return "".join(f"<p>{clean(_SPAN.sub('', entry)).translate(_PLAIN)}</p>" for entry in entries)


def _item(row: dict) -> dict:
    """`row` is one of the sources, without what is missing."""
    made: dict = {"id": f"source-{row['number']}", "type": "article-journal" if "journal" in row else "document"}
    for name, column in (("title", "title"), ("container-title", "journal"), ("DOI", "doi"), ("PMID", "pmid")):
        if column in row:
            made[name] = _line(row[column])
    if names := [_name(text) for text in row.get("authors", "").split(";") if _line(text)]:
        made["author"] = names
    if "year" in row:
        made["issued"] = {"date-parts": [[int(row["year"])]]}
    told = {name: _line(row[column]) for name, column in _NOTES.items() if column in row}
    note = "; ".join(f"{name}: {text}" for name, text in told.items())
    return made | {"archive_location": _line(row["path"]), "note": note, "number": str(row["number"])}


_NOTES = {"file": "path", "licence": "licence", "decision": "decision", "decided by": "decided_by", "reason": "because"}


def _name(text: str) -> dict[str, str]:
    """Family and given name only where a comma says which is which."""
    family, comma, given = _line(text).partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma and given.strip() else {"literal": _line(text)}


def _line(text: str) -> str:
    """`text` in one line; controls, letters that reorder text and letters that are nobody's are written out."""
    shown = " ".join(text.split())
    return "".join(f"\\u{ord(c):04x}" if category(c) in ("Cc", "Cf", "Co", "Cs") else c for c in shown)


def _masked(value):
    if isinstance(value, dict):
        return {name: _masked(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_masked(inner) for inner in value]
    return value.translate(_MASKED) if isinstance(value, str) else value


def _bibtex(item: dict) -> str:
    fields = {
        "author": " and ".join(_bibtex_names(item)),
        "title": _latex(item.get("title", "")),
        "journal": _latex(item.get("container-title", "")),
        "year": "".join(str(part) for parts in item.get("issued", {}).get("date-parts", []) for part in parts),
        "doi": _latex(item.get("DOI", "")),
        "pmid": _latex(item.get("PMID", "")),
        "note": _latex(item["note"]),
    }
    kind = "article" if item["type"] == "article-journal" else "misc"
    lines = [f"  {name} = {{{text}}}," for name, text in fields.items() if text]
    return "\n".join([f"@{kind}{{{item['id']},", *lines, "}"]) + "\n"


def _bibtex_names(item: dict) -> Iterator[str]:
    for name in item.get("author", []):
        if "literal" in name:
            yield f"{{{_latex(name['literal'])}}}"
        else:
            yield f"{{{_latex(name['family'])}}}, {_latex(name['given'])}"


def _latex(text: str) -> str:
    return text.translate(_LATEX)


def _ris(item: dict) -> dict:
    authors = [name.get("literal") or f"{name['family']}, {name['given']}" for name in item.get("author", [])]
    fields = {
        "type_of_reference": "JOUR" if item["type"] == "article-journal" else "GEN",
        "id": item["id"],
        "authors": authors,
        "title": item.get("title"),
        "journal_name": item.get("container-title"),
        "year": "".join(str(part) for parts in item.get("issued", {}).get("date-parts", []) for part in parts),
        "doi": item.get("DOI"),
        "accession_number": item.get("PMID"),
        "notes": [item["note"]],
    }
    return {name: value for name, value in fields.items() if value}
