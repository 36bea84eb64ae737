"""What weakens the findings, and what was looked for at all, in sentences."""

from collections.abc import Mapping

import pandas as pd

from casebook.protocol import Protocol
from casebook.stats.refs import joined, refs
from casebook.stats.summary import SPANS_TOLD
from casebook.stats.words import Told, number, sentences, some
from casebook.text.amounts import counted, plural


def limits(
    tables: Mapping[str, pd.DataFrame], states: pd.DataFrame, figures: pd.DataFrame | None = None, enough: int = 10
) -> pd.DataFrame:
    """Fewer than `enough` patients, those left out of a figure of time, contradictions, silence, files set aside, no
    second reader. Columns sentence, sentence@.

    `states` is what stats.coverage says of the protocol's fields, `figures` those of stats.headline.
    """
    told = [
        _few(int(tables["cases"]["role"].eq("index").sum()), enough),
        *(_outside(figures) if figures is not None else []),
        _contradictions(tables["conflicts"]),
        _silence(states),
        _aside(int(tables["sources"]["status"].eq("quarantined").sum())),
        _unchecked(tables["evidence"]["status"][tables["evidence"]["start"].notna()]),
    ]
    return sentences(one for one in told if one[0])


def eligibility(protocol: Protocol) -> pd.DataFrame:
    """What the protocol includes and excludes. Columns sentence, sentence@."""
    return sentences(
        [(f"included: {text}.", "") for text in protocol.include]
        + [(f"excluded: {text}.", "") for text in protocol.exclude]
    )


def _few(patients: int, enough: int) -> Told:
    if patients >= enough:
        return "", ""
    supports = plural(patients, "supports", "support")
    return (
        f"{some(patients, 'patient')} {supports} no estimate of a frequency or of survival; what was found is told "
        "patient by patient."
    ), ""


def _outside(figures: pd.DataFrame) -> list[Told]:
    """Who does not enter a figure of time that was computed."""
    timed = figures[figures["figure"].isin(SPANS_TOLD) & figures["estimate"].notna() & figures["n"].lt(figures["of"])]
    return [
        (
            f"{number(row['of'] - row['n'])} of {some(row['of'], 'patient')} "
            f"{plural(row['of'] - row['n'], 'does', 'do')} not enter the time from {SPANS_TOLD[row['figure']]}: "
            f"{row['left_out']}.",
            "",
        )
        for row in timed.to_dict("records")
    ]



def _contradictions(conflicts: pd.DataFrame) -> Told:
    if conflicts.empty:
        return "", ""
    sources = conflicts["source_id"].nunique()
    contradict = plural(sources, "contradicts itself", "contradict themselves")
    text = f"{some(sources, 'source')} {contradict} in {some(len(conflicts), 'place')}; both readings are shown."
    return text, joined(refs(conflicts, "statement"))


def _silence(states: pd.DataFrame) -> Told:
    asked = states[states["answer"].ne("not applicable")]
    silent = int(asked["answer"].eq("not reported").sum())
    if asked.empty:
        return "", ""
    return (
        f"of the {len(asked):,} answers that the protocol asks for, {number(silent)} {plural(silent, 'is', 'are')} "
        "not in the reports."
    ), ""


def _aside(files: int) -> Told:
    text = f"{some(files, 'file')} could not be read and {plural(files, 'is', 'are')} not in the review."
    return (text if files else ""), ""


def _unchecked(status: pd.Series) -> Told:
    checked = int(status.ne("machine").sum())
    has = plural(checked, "has", "have")
    who = f"{number(checked)} of {counted(len(status), 'quote')} {has}" if checked else "none has"
    return f"the values were read by machine from the words of the reports; {who} been checked by a person.", ""
