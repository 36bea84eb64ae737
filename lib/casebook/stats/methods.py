"""What was done to reach the figures, in sentences made of what was run."""

from collections.abc import Iterator, Mapping

import pandas as pd

from casebook.stats.survival import FEWEST
from casebook.stats.words import Told, listed, number, sentences, some
from casebook.text.amounts import plural

_TOPICS = {  # files of the vocabulary whose name alone does not say what they hold
    "acts": "what was planned, refused or done to a treatment",
    "cues": "cues of denial, doubt, the past and other people",
    "false_friends": "words that only look like another",
    "fates": "vital status",
    "heads": "nouns that head a disease's name",
    "modifiers": "words that keep or leave out a site",
    "regions": "parts of the body that are no organ",
    "spreads": "words of spread",
    "telling": "verbs of seeing and finding",
}
_KINDS = {"vocabulary": "rows of vocabulary", "code": "rules of the program"}
_DECIDED = {"include": "included", "exclude": "excluded"}


def read_with(rules: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Rows of the vocabulary and rules of the program by topic: columns kind, topic, rules, used (that filled at least
    one cell), cells (that they filled).

    A cell that rests on several rules counts for each of them. Words none of which filled a cell, such as cues, which
    decide about other words, are one row at the end.
    """
    filled = evidence.drop_duplicates(["row_id", "column", "rule"]).groupby("rule").size()
    known = rules.assign(cells=rules["rule"].map(filled).fillna(0).astype(int))
    rows: list[dict] = [
        {
            "kind": _KINDS[str(kind)],
            "topic": _TOPICS.get(str(topic), str(topic).replace("_", " ")),
            "rules": len(own),
            "used": int(own["cells"].gt(0).sum()),
            "cells": int(own["cells"].sum()),
        }
        for (kind, topic), own in known.groupby(["kind", "topic"], sort=False)
    ]
    words, code = ([row for row in rows if row["kind"] == kind] for kind in _KINDS.values())
    silent = [row for row in words if not row["used"]]
    if silent:
        topic = f"none filled a cell: {listed(row['topic'] for row in silent)}"
        words = [row for row in words if row["used"]]
        words.append(silent[0] | {"topic": topic, "rules": sum(row["rules"] for row in silent)})
    most = [row for own in (words, code) for row in sorted(own, key=lambda row: -row["cells"])]
    return pd.DataFrame(most, columns=["kind", "topic", "rules", "used", "cells"])


def methods(
    tables: Mapping[str, pd.DataFrame],
    rules: pd.DataFrame,
    screening: pd.DataFrame,
    figures: pd.DataFrame,
    text_sentences: int = 0,
) -> pd.DataFrame:
    """Columns part, sentence, sentence@. `rules` and `screening` are those of the review, `figures` those of
    stats.headline; `text_sentences` is the number of sentences read, 0 where the tables alone are known.

    Only what was run is told: an interval that was not computed, or a reviewer who decided nothing, is not named.
    """
    parts = {
        "Selection": _selection(tables["sources"], screening),
        "Reading": _reading(tables["sources"], rules, tables["evidence"], text_sentences),
        "Status": _status(rules, tables["evidence"]),
        "Evidence": _evidence(tables["evidence"]),
        "Estimates": _estimates(figures, tables["cases"]),
    }
    return pd.concat([sentences(told).assign(part=part) for part, told in parts.items()], ignore_index=True)[
        ["part", "sentence", "sentence@"]
    ]


def _selection(sources: pd.DataFrame, screening: pd.DataFrame) -> Iterator[Told]:
    decided = screening["decision"].value_counts()
    known = {decision: int(decided[decision]) for decision in _DECIDED if decision in decided}
    yield f"{some(len(sources), 'file')} {plural(len(sources), 'was', 'were')} in the folder.", ""
    if known:
        who = sorted(screening["decided_by"].dropna().unique())
        by = f"a reviewer{f' ({who[0]})' if who else ''}" if len(who) < 2 else f"reviewers ({', '.join(who)})"
        told = " and ".join(f"{_DECIDED[decision]} {number(n)}" for decision, n in known.items())
        yield f"before reading, {by} {told}.", ""
    open_ = len(sources) - sum(known.values())
    if open_:
        yield f"of {number(open_)} nobody decided: {plural(open_, 'it was', 'they were')} read all the same.", ""
    if aside := int(sources["status"].eq("quarantined").sum()):
        yield f"{some(aside, 'file')} could not be read and {plural(aside, 'was', 'were')} set aside.", ""


def _reading(sources: pd.DataFrame, rules: pd.DataFrame, evidence: pd.DataFrame, count: int) -> Iterator[Told]:
    read = sources[sources["status"].eq("included")]
    of = f", {count:,} sentences" if count else ""
    yield (
        f"{int(read['characters'].sum()):,} characters{of}, were divided into title, abstract, case, legends, tables, "
        "discussion and references, and the case among the patients it tells of."
    ), ""
    code = int(rules["kind"].eq("code").sum())
    used = rules[rules["rule"].isin(evidence["rule"])]["kind"].value_counts()
    yield (
        f"their words were looked up in {len(rules) - code:,} rows of vocabulary in one pass (Aho and Corasick 1975), "
        "whatever their capitals, hyphens, plural, and British or American spelling; "
        f"{number(code)} rules of the program relate what was found."
    ), ""
    filled = len(evidence[evidence["status"].isin(("machine", "confirmed"))].drop_duplicates(["row_id", "column"]))
    yield (
        f"{int(used.get('vocabulary', 0)):,} of the rows and {number(int(used.get('code', 0)))} of the rules filled "
        f"the {filled:,} cells of the tables. Nothing is learnt from data and nothing drawn at random: the same files "
        "give the same tables."
    ), ""


def _status(rules: pd.DataFrame, evidence: pd.DataFrame) -> Iterator[Told]:
    cues = int(rules["topic"].eq("cues").sum())
    decided = len(evidence[evidence["cue_start"].notna()].drop_duplicates(["row_id", "column"]))
    if not cues:
        return
    yield (
        "whether something is there, denied, uncertain, past, planned, or another person's is decided by cues before "
        "and behind its words, by the rules of NegEx (Chapman 2001) and ConText (Harkema 2009): a cue reaches to the "
        "end of its sentence, to a word that ends its scope, or as many words as its row allows. "
        f"{cues:,} rows hold the cues; {some(decided, 'cell')} {plural(decided, 'keeps', 'keep')} the cue that "
        "decided."
    ), ""


def _evidence(evidence: pd.DataFrame) -> Iterator[Told]:
    cells = evidence["start"].notna().groupby([evidence["row_id"], evidence["column"]]).any()
    quoted, derived = int(cells.sum()), int((~cells).sum()) if len(cells) else 0
    yield (
        f"{some(quoted, 'cell')} {plural(quoted, 'has', 'have')} a quote: the exact characters of the file and "
        f"their place in it; {number(derived)} {plural(derived, 'follows', 'follow')} from other cells and "
        f"{plural(derived, 'says', 'say')} from which."
    ), ""
    checked = int(evidence["status"].isin(("confirmed", "corrected")).sum())
    if checked:
        yield f"{some(checked, 'quote')} {plural(checked, 'was', 'were')} confirmed or corrected by a reviewer.", ""


def _estimates(figures: pd.DataFrame, cases: pd.DataFrame) -> Iterator[Told]:
    patients = int(cases["role"].eq("index").sum())
    if int(cases["role"].eq("cited").sum()):
        yield "patients whom a report cites are listed apart: the headline figures are of the reports' own.", ""
    yield (
        "nothing is imputed: each figure says how many patients it rests on, of how many, and why the others do not."
    ), ""
    told = figures[figures["estimate"].notna()]
    if told.empty:
        few = f"fewer than {number(FEWEST)} patients enter each headline figure"
        yield f"{few if patients else 'no patient is described'}: no interval, median or curve was computed.", ""
        return
    if told["unit"].eq("%").any():
        yield (
            "a share has Wilson's 95\u00a0% interval (1927), the frequency of a site Clopper and Pearson's exact one "
            "(1934)."
        ), ""
    if told["method"].str.contains("Kaplan-Meier").any():
        yield (
            "survival is Kaplan and Meier's estimate (1958), its 95\u00a0% limits by the log-log transformation; who "
            "lived at the last observation, or was lost, is censored then."
        ), ""
    if told["figure"].eq("median age").any():
        yield "age is given as median and quartiles.", ""
