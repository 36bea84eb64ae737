"""Executed notebooks to one self-contained page: words, figures and tables in reading order, the code left out."""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template

from casebook import __version__
from casebook.report.clean import clean
from casebook.report.quotes import Quotes
from casebook.workbook import Review

MIME = "application/vnd.casebook+json"  # what casebook.charts.shown writes; importing that would import matplotlib


@dataclass
class Section:
    """One notebook's part of the page."""

    name: str
    title: str = ""
    heads: list[tuple[str, str]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)


def compose(executed: Sequence[Path], review: Review, values: Mapping[str, object]) -> str:
    """The page. A notebook that shows the review's title comes first, the others in the order of `executed`.

    `values` are the parameters that were set, for the note on how the page was made.
    """
    contents = [(path.stem, json.loads(path.read_text(encoding="utf-8"))["cells"]) for path in executed]
    contents.sort(key=lambda content: not any(_own(output).get("kind") == "title" for output in _outputs(content[1])))
    htmls = (
        _joined(output["data"]["text/html"])
        for _, cells in contents
        for output in _outputs(cells)
        if "text/html" in output.get("data", {})
    )
    page = _Page(Quotes(review, htmls))
    sections = [page.section(name, cells) for name, cells in contents]
    style, script = _asset("page.css"), _asset("page.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return Template(_asset("page.html")).substitute(
        title=escape(page.title or review.protocol.title),
        question=escape(page.question or review.protocol.question),
        style=style,
        script=script,
        digest=digest,
        contents=_contents(sections),
        body="\n".join(map(_section, sections)),
        made=escape(_made(review, values)),
        evidence=page.quotes.script(),
    )


class _Page:
    """Numbers figures and tables while the sections are made."""

    def __init__(self, quotes: Quotes):
        self.quotes = quotes
        self.title = self.question = ""
        self._figures = self._tables = 0

    def section(self, name: str, cells: Iterable[dict]) -> Section:
        section = Section(name)
        for cell in cells:
            if "notebook-only" in cell["metadata"].get("tags", []):
                continue
            if cell["cell_type"] == "markdown":
                self._words(section, _joined(cell["source"]))
            for output in cell.get("outputs", []):
                section.parts += self._output(output)
        section.title = section.title or name
        return section

    def _words(self, section: Section, text: str) -> None:
        import mistune

        heads = section.heads

        class Renderer(mistune.HTMLRenderer):
            def heading(self, text: str, level: int, **attrs) -> str:
                if level == 1 and not section.title:
                    section.title = text
                    return ""
                heads.append((f"{section.name}-{len(heads) + 1}", text))
                return f'<h3 id="{heads[-1][0]}">{text}</h3>\n'

        section.parts.append(str(mistune.create_markdown(renderer=Renderer(escape=True))(text)))

    def _output(self, output: dict) -> list[str]:
        if output["output_type"] == "stream":
            return [f"<pre>{escape(_joined(output['text']))}</pre>"] if output["name"] == "stdout" else []
        data, own = output.get("data", {}), _own(output)
        if own.get("kind") == "title":
            self.title, self.question = own["title"], own["question"]
            return []
        for mime, kind in (("image/svg+xml", "svg+xml"), ("image/png", "png")):
            if mime in data:
                return [self._figure(_joined(data[mime]), kind, own, _joined(data.get("text/plain", "")))]
        if "text/html" in data:
            return [self._html(_joined(data["text/html"]))]
        return [f"<pre>{escape(_joined(data['text/plain']))}</pre>"] if "text/plain" in data else []

    def _figure(self, image: str, kind: str, own: dict, plain: str) -> str:
        self._figures += 1
        encoded = base64.b64encode(image.encode()).decode() if kind == "svg+xml" else image.replace("\n", "")
        size = f' width="{own["width"]:d}" height="{own["height"]:d}"' if "width" in own else ""
        alt, caption = escape(own.get("alt") or plain), escape(own.get("caption", ""))
        return (
            f'<figure id="figure-{self._figures}"><div class="wide">'
            f'<img src="data:image/{kind};base64,{encoded}"{size} alt="{alt}"></div>'
            f"<figcaption><b>Figure {self._figures}.</b> {caption}</figcaption></figure>"
        )

    def _html(self, html: str) -> str:
        if "<table" not in html:
            return clean(html, self.quotes.reference)
        self._tables += 1
        number = f"<b>Table {self._tables}.</b>"
        body = clean(html, self.quotes.reference, lambda text: f"{number} {escape(text)}")
        if "<caption>" not in body:
            body = body.replace("<table>", f"<table><caption>{number}</caption>", 1)
        return f'<div class="table wide" id="table-{self._tables}">{body}</div>'


def _made(review: Review, values: Mapping[str, object]) -> str:
    files = len(review.sources)
    changed = "; ".join(f"{name} = {value!r}" for name, value in sorted(values.items()))
    return (
        f"Casebook {__version__} made this page from {files:,} {'file' if files == 1 else 'files'}"
        + (f", with the parameters {changed}" if changed else "")
        + ". The file manifest.json beside it lists every input with its checksum and the versions of the libraries; "
        "tables holds the full tables, texts the words that the quotes index."
    )


def _outputs(cells: Iterable[dict]) -> Iterable[dict]:
    return (output for cell in cells for output in cell.get("outputs", []))


def _own(output: dict) -> dict:
    found = output.get("data", {}).get(MIME, {})
    return found if isinstance(found, dict) else {}


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _contents(sections: Iterable[Section]) -> str:
    items = []
    for section in sections:
        below = "".join(f'<li><a href="#{name}">{title}</a></li>' for name, title in section.heads)
        items.append(f'<li><a href="#{section.name}">{section.title}</a>{f"<ol>{below}</ol>" if below else ""}</li>')
    return f"<ol>{''.join(items)}</ol>"


def _section(section: Section) -> str:
    name, title = escape(section.name), f'<h2 id="{escape(section.name)}-title">{section.title}</h2>'
    return f'<section id="{name}" aria-labelledby="{name}-title">{title}\n{"".join(section.parts)}</section>'


def _asset(name: str) -> str:
    return files("casebook.report").joinpath("assets", name).read_text(encoding="utf-8")
