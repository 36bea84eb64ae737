"""Sentences with computed numbers, shown as text."""

from html import escape

import pandas as pd

from casebook.charts.shown import Shown


def heading(title: str, question: str) -> Shown:
    """The review's title and its question, from the protocol."""
    html = f'<h1>{escape(title)}</h1><p class="question">{escape(question)}</p>'
    return Shown(
        "title",
        {"text/html": html, "text/plain": f"{title}\n{question}"},
        details={"title": title, "question": question},
    )


def sentence(text: str) -> Shown:
    """Stands where a figure would say less than its caption."""
    return Shown("prose", {"text/html": f"<p>{escape(text)}</p>", "text/plain": text})


def parts(told: pd.DataFrame) -> Shown:
    """A paragraph per value of column `part`: that, then the `sentence` of its rows; `sentence@` as in `bullets`."""
    html, plain = [], []
    for part, own in told.groupby("part", sort=False):
        each = zip(own["sentence"], own["sentence@"], strict=True)
        words = " ".join(
            f'<span data-e="{escape(ref)}">{escape(text)}</span>' if ref else escape(text) for text, ref in each
        )
        html.append(f"<p><strong>{escape(str(part))}.</strong> {words}</p>")
        plain.append(f"{part}. {' '.join(own['sentence'])}")
    return Shown("prose", {"text/html": "".join(html), "text/plain": "\n".join(plain)})


def made() -> Shown:
    """Stands where a report says which versions and parameters made it; a notebook alone does not know them."""
    text = "The report says here which versions and parameters made it."
    return Shown("made", {"text/html": f'<p class="none">{text}</p>', "text/plain": text})


def bullets(sentences: pd.DataFrame) -> Shown:
    """One list item per row of column `sentence`; column `sentence@` names the cells behind it."""
    refs = sentences["sentence@"] if "sentence@" in sentences else [""] * len(sentences)
    items = [
        f'<li data-e="{escape(ref)}">{escape(text)}</li>' if ref else f"<li>{escape(text)}</li>"
        for text, ref in zip(sentences["sentence"], refs, strict=True)
    ]
    return Shown(
        "prose",
        {"text/html": f"<ul>{''.join(items)}</ul>", "text/plain": "\n".join(f"- {s}" for s in sentences["sentence"])},
    )
