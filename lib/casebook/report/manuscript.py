"""The report as PDF and DOCX: the same words, numbers and figures as the page, by pandoc and typst, offline."""

import io
import os
import subprocess
import tempfile
import zipfile
from importlib.resources import files
from pathlib import Path

from casebook.errors import ReportError
from casebook.report.compose import Composed
from casebook.report.printed import breakable, printed

_EPOCH = "315532800"  # 1 January 1980, the earliest that a ZIP archive can hold: files of a report carry no date

_STYLES = (  # of pandoc's own reference document: what is replaced in its styles.xml
    ('<w:sz w:val="24" />', '<w:sz w:val="20" />'),
    ('<w:szCs w:val="24" />', '<w:szCs w:val="20" />'),
    ('<w:spacing w:before="180" w:after="180" />', '<w:spacing w:before="80" w:after="100" />'),
    ('<w:spacing w:before="36" w:after="36" />', '<w:spacing w:before="20" w:after="20" />'),
    ('<w:name w:val="Table" />', '<w:name w:val="Table" /><w:rPr><w:sz w:val="16" /><w:szCs w:val="16" /></w:rPr>'),
)


def pdf(composed: Composed) -> bytes:
    """A4, tables that repeat their head, figures as lines. Raises ReportError in the words of the tool that refused."""
    import typst

    template = files("casebook.report").joinpath("assets", "manuscript.typ").read_text(encoding="utf-8")
    with _figures(composed, "svg") as folder:
        place = Path(folder)
        (place / "template.typ").write_text(template, encoding="utf-8")
        pandoc = ["--to", "typst", "--template", str(place / "template.typ"), "--wrap", "none"]
        source = _pandoc(composed, place, "svg", *pandoc, "-V", f"subtitle={_plain(composed.question)}")
        (place / "report.typ").write_bytes(source)
        try:
            return typst.compile(str(place / "report.typ"), ignore_system_fonts=True, timestamp=int(_EPOCH))
        except RuntimeError as error:
            raise ReportError(f"report.pdf cannot be made: {error}") from error


def docx(composed: Composed) -> bytes:
    """The manuscript to edit: figures as pixels, captions and tables in the document's own styles."""
    with _figures(composed, "png") as folder:
        place = Path(folder)
        (place / "reference.docx").write_bytes(_reference())
        made = ["--to", "docx", "--reference-doc", str(place / "reference.docx"), "--output", "-"]
        return _pandoc(composed, place, "png", *made, "-M", f"subtitle={composed.question}")


def _figures(composed: Composed, kind: str) -> tempfile.TemporaryDirectory:
    folder = tempfile.TemporaryDirectory(prefix="casebook-")
    place = Path(folder.name) / "figures"
    place.mkdir()
    for image in composed.images:
        name = f"figure-{image.number}.{kind if image.svg else 'png'}"
        (place / name).write_bytes(image.svg if name.endswith("svg") else image.png)
    return folder


def _pandoc(composed: Composed, place: Path, kind: str, *options: str) -> bytes:
    from pypandoc import get_pandoc_path

    body = printed(composed.body)
    body = breakable(body) if kind == "svg" else body.replace('.svg"', '.png"')
    command = [get_pandoc_path(), "--from", "html", "--standalone", "--shift-heading-level-by", "-1", *options]
    command += ["-M", f"title={composed.title}", "-M", "lang=en"]
    done = subprocess.run(
        command,
        input=body.encode(),
        capture_output=True,
        cwd=place,
        env={**os.environ, "SOURCE_DATE_EPOCH": _EPOCH},
    )
    if done.returncode:
        raise ReportError(f"pandoc refused the report: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def _plain(text: str) -> str:
    return " ".join(text.split())


def _reference() -> bytes:
    """Pandoc's reference document in our sizes."""
    from pypandoc import get_pandoc_path

    asked = [get_pandoc_path(), "--print-default-data-file", "reference.docx"]
    default = subprocess.run(asked, capture_output=True, check=True).stdout
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(default)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == "word/styles.xml":
                text = content.decode()
                for before, after in _STYLES:
                    text = text.replace(before, after)
                content = text.encode()
            new.writestr(zipfile.ZipInfo(item.filename), content)
    return made.getvalue()
