"""Executed notebooks to one text with numbered figures and tables, and that to one self-contained page."""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template

from casebook import __version__
from casebook.report.clean import clean
from casebook.report.crossrefs import Places
from casebook.report.manifest import libraries
from casebook.report.quotes import Quotes
from casebook.report.sections import Block, Section, contents, missing
from casebook.text.amounts import counted
from casebook.viewer import asset
from casebook.workbook import Review

_NUMBERED = "<p>The numbers are those by which the review calls its sources.</p>"
_REFERENCES = re.compile(r' data-e="[\d ]*"')
MIME = "application/vnd.casebook+json"  # what casebook.charts.shown writes; importing that would import matplotlib


@dataclass(frozen=True)
class Image:
    """A figure's two files; `svg` is empty where a notebook shows only pixels."""

    number: int
    svg: bytes
    png: bytes

    @property
    def name(self) -> str:
        return f"figures/figure-{self.number}.{'svg' if self.svg else 'png'}"


@dataclass(frozen=True)
class Composed:
    """The report in two forms with the same words: the page, and the body of a manuscript whose figures are files."""

    title: str
    question: str
    page: str
    body: str
    images: tuple[Image, ...]


def compose(executed: Sequence[Path], review: Review, values: Mapping[str, object], references: str) -> Composed:
    """The report. A notebook that shows the review's title comes first, the others in the order of `executed`.

    `values` are the parameters that were set, for the note on how the page was made; `references` is their list.
    """
    books = [(path.stem, json.loads(path.read_text(encoding="utf-8"))["cells"]) for path in executed]
    books.sort(key=lambda book: not any(_own(output).get("kind") == "title" for output in _outputs(book[1])))
    htmls = (
        _joined(output["data"]["text/html"])
        for _, cells in books
        for output in _outputs(cells)
        if "text/html" in output.get("data", {})
    )
    page = _Page(Quotes(review, htmls), _versions(values))
    sections = [page.section(name, cells) for name, cells in books]
    if empty := missing(sections):
        sections.append(empty)
    sections.append(Section("references", "References", [Block(parts=[_NUMBERED, references])]))
    page.places.sections = {section.name: section.title for section in sections}
    body = "\n".join(section.html(page.places.linked) for section in sections)
    style, script = (asset(f"viewer.{kind}") + _asset(f"page.{kind}") for kind in ("css", "js"))
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    title, question = page.title or review.protocol.title, page.question or review.protocol.question
    made = _made(review, values)
    html = Template(_asset("page.html")).substitute(
        title=escape(title),
        question=escape(question),
        style=style,
        script=script,
        digest=digest,
        contents=contents(sections),
        body=_embedded(body, page.images),
        made=escape(made),
        evidence=page.quotes.script(),
    )
    own = _REFERENCES.sub("", body) + f'<p class="made">{escape(made)}</p>'
    return Composed(title, question, html, own, tuple(page.images))


class _Page:
    """Numbers figures and tables while the sections are made."""

    def __init__(self, quotes: Quotes, versions: str):
        self.quotes = quotes
        self.places = Places()
        self._versions = versions
        self.title = self.question = ""
        self.images: list[Image] = []
        self._tables = 0

    def section(self, name: str, cells: Iterable[dict]) -> Section:
        section = Section(name)
        for cell in cells:
            if "notebook-only" in cell["metadata"].get("tags", []):
                continue
            if cell["cell_type"] == "markdown":
                self._words(section, _joined(cell["source"]))
            for output in cell.get("outputs", []):
                self._show(section.blocks[-1], output, (name, cell.get("id", "")))
        section.title = section.title or name
        return section

    def _words(self, section: Section, text: str) -> None:
        import mistune

        heads: list[tuple[str, str]] = []
        before = 1 + sum(len(block.heads) for block in section.blocks)

        class Renderer(mistune.HTMLRenderer):
            def heading(self, text: str, level: int, **attrs) -> str:
                if level == 1 and not section.title:
                    section.title = text
                    return ""
                heads.append((f"{section.name}-{before + len(heads)}", text))
                return f'<h3 id="{heads[-1][0]}">{text}</h3>\n'

        html = str(mistune.create_markdown(renderer=Renderer(escape=True))(text))
        if heads:
            section.blocks.append(Block(heads))
        section.blocks[-1].parts.append(html)

    def _show(self, block: Block, output: dict, at: tuple[str, str]) -> None:
        own = _own(output)
        if own.get("kind") == "nothing":
            block.empty.append(own["caption"])
        elif parts := self._output(output, at):
            block.parts += parts
            block.shows = True

    def _output(self, output: dict, at: tuple[str, str]) -> list[str]:
        if output["output_type"] == "stream":
            return [f"<pre>{escape(_joined(output['text']))}</pre>"] if output["name"] == "stdout" else []
        data, own = output.get("data", {}), _own(output)
        if own.get("kind") == "title":
            self.title, self.question = own["title"], own["question"]
            return []
        if own.get("kind") == "made":
            return [f"<p>{escape(self._versions)}</p>"]
        if "image/svg+xml" in data or "image/png" in data:
            return [self._figure(data, own, at)]
        if "text/html" in data:
            return [self._html(_joined(data["text/html"]), at)]
        return [f"<pre>{escape(_joined(data['text/plain']))}</pre>"] if "text/plain" in data else []

    def _figure(self, data: Mapping[str, str], own: dict, at: tuple[str, str]) -> str:
        svg, png = _joined(data.get("image/svg+xml", "")), _joined(data.get("image/png", ""))
        image = Image(len(self.images) + 1, svg.encode(), base64.b64decode(png))
        self.images.append(image)
        self.places.add(*at, f"Figure {image.number}", f"figure-{image.number}")
        size = f' width="{own["width"]:d}" height="{own["height"]:d}"' if "width" in own else ""
        alt, caption = escape(own.get("alt") or _joined(data.get("text/plain", ""))), escape(own.get("caption", ""))
        return (
            f'<figure id="figure-{image.number}"><div class="wide">'
            f'<img src="{image.name}"{size} alt="{alt}"></div>'
            f"<figcaption><b>Figure {image.number}.</b> {caption}</figcaption></figure>"
        )

    def _html(self, html: str, at: tuple[str, str]) -> str:
        if "<table" not in html:
            return clean(html, self.quotes.reference)
        self._tables += 1
        self.places.add(*at, f"Table {self._tables}", f"table-{self._tables}")
        number = f"<b>Table {self._tables}.</b>"
        body = clean(html, self.quotes.reference, lambda text: f"{number} {escape(text)}")
        if "<caption>" not in body:
            body = body.replace("<table>", f"<table><caption>{number}</caption>", 1)
        return f'<div class="table wide" id="table-{self._tables}">{body}</div>'


def _embedded(body: str, images: Iterable[Image]) -> str:
    """`body` with the pixels or lines of each figure in the place of its file's name."""
    for image in images:
        kind, content = ("svg+xml", image.svg) if image.svg else ("png", image.png)
        encoded = base64.b64encode(content).decode()
        body = body.replace(f'<img src="{image.name}"', f'<img src="data:image/{kind};base64,{encoded}"', 1)
    return body


def _made(review: Review, values: Mapping[str, object]) -> str:
    files = len(review.sources)
    return (
        f"Casebook {__version__} made this page from {counted(files, 'file')}{_set(values)}. "
        "The file manifest.json beside it lists every input with its checksum and the versions of the libraries; "
        "tables holds the full tables, texts the words that the quotes index."
    )


def _versions(values: Mapping[str, object]) -> str:
    """Without that of Python, which changes nothing else of the report; the manifest has it."""
    versions = ", ".join(f"{name} {version}" for name, version in libraries().items() if version)
    defaults = "; no parameter was set, so all have their defaults"
    return f"Casebook {__version__} on {versions}{_set(values) or defaults}."


def _set(values: Mapping[str, object]) -> str:
    changed = "; ".join(f"{name} = {value!r}" for name, value in sorted(values.items()))
    return f", with the parameters {changed}" if changed else ""


def _outputs(cells: Iterable[dict]) -> Iterable[dict]:
    return (output for cell in cells for output in cell.get("outputs", []))


def _own(output: dict) -> dict:
    found = output.get("data", {}).get(MIME, {})
    return found if isinstance(found, dict) else {}


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _asset(name: str) -> str:
    return files("casebook.report").joinpath("assets", name).read_text(encoding="utf-8")
