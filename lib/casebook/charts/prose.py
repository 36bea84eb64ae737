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
