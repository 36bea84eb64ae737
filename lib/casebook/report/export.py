"""Every file of a finished report."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from casebook.report import manuscript
from casebook.report.compose import Composed
from casebook.report.data import publish_tables
from casebook.report.references import bibtex, csl_json, listed, references, ris
from casebook.report.spreadsheet import xlsx
from casebook.workbook import Review


def export_tables(review: Review, out: Path) -> str:
    """What needs no notebook, into the folder `out`: tables/, texts/, tables.xlsx, references.json, .bib and .ris. The
    list of references for `compose`.
    """
    publish_tables(review, out)
    (out / "tables.xlsx").write_bytes(xlsx(review.tables))
    items = references(review)
    for name, write in _REFERENCES.items():
        (out / name).write_text(write(items), encoding="utf-8")
    return listed(items)


def export(composed: Composed, out: Path) -> None:
    """The report itself, into the folder `out`: index.html, report.pdf, report.docx and figures/.

    The numbers are the same in each: all are made of one composed text and one set of tables.
    """
    with ThreadPoolExecutor(2) as pool:
        made = {name: pool.submit(make, composed) for name, make in _FORMS.items()}
        (out / "index.html").write_text(composed.page, encoding="utf-8")
        _figures(composed, out)
        for name, form in made.items():
            (out / name).write_bytes(form.result())


_FORMS = {"report.pdf": manuscript.pdf, "report.docx": manuscript.docx}
_REFERENCES = {"references.json": csl_json, "references.bib": bibtex, "references.ris": ris}


def _figures(composed: Composed, out: Path) -> None:
    (out / "figures").mkdir()
    for image in composed.images:
        for kind, content in (("svg", image.svg), ("png", image.png)):
            if content:
                (out / "figures" / f"figure-{image.number}.{kind}").write_bytes(content)
