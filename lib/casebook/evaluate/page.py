"""The evaluation as a table and as a page of errors with their sentences."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path

from casebook.evaluate.items import Item
from casebook.evaluate.score import Miss, Score

AROUND = 140
HEADER = "| field | n | precision | recall | F1 | 95 % interval |\n|---|---|---|---|---|---|"
_HEAD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Errors</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}mark{background:#fd6}
li{margin:.4rem 0;overflow-wrap:anywhere}bdi{unicode-bidi:isolate}</style></head><body>"""


def table(scores: Mapping[str, Score]) -> str:
    """Markdown, a row per field; n counts what was annotated. Where nothing was, answers have their precision only."""
    return "\n".join([HEADER, *(_row(name, score) for name, score in scores.items())])


def _row(name: str, score: Score) -> str:
    if not score.wanted:
        return (
            f"| {name} | 0 | " + (f"{score.precision:.3f} of {score.answered}" if score.answered else "") + " | | | |"
        )
    return (
        f"| {name} | {score.wanted} | {score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f} "
        f"| {score.low:.3f} to {score.high:.3f} |"
    )


def errors(misses: Mapping[str, Iterable[Miss]], texts: Path) -> str:
    """HTML: for each field the missed and the surplus items, each in its sentence where its place is known."""
    return "\n".join([_HEAD, "<h1>Errors</h1>", *_sections(misses, texts), "</body></html>\n"])


def _sections(misses: Mapping[str, Iterable[Miss]], texts: Path) -> Iterator[str]:
    for name, wrong in misses.items():
        yield f"<h2>{escape(name)}</h2><ul>"
        for miss in wrong:
            value, source = escape(miss.item.value), escape(miss.item.source_id)
            yield f"<li>{miss.kind} <b><bdi>{value}</bdi></b> in <bdi>{source}</bdi>{_shown(miss.item, texts)}</li>"
        yield "</ul>"


def _shown(item: Item, texts: Path) -> str:
    path = texts / f"{item.source_id}.txt"
    if not item.spans or not path.exists():
        return ""
    text = path.read_bytes().decode("utf-8")
    start, end = item.spans[0][0], item.spans[-1][1]
    parts = (text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND])
    return ": <bdi>{}<mark>{}</mark>{}</bdi>".format(*map(escape, parts))
