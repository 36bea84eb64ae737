"""The structured abstract: question, methods, results, limits and conclusion, every number computed."""

from collections.abc import Iterator, Mapping

import pandas as pd

from casebook.protocol import Protocol
from casebook.stats.coverage import coverage
from casebook.stats.estimands import MAIN, VARIANTS, panel
from casebook.stats.headline import frequent, metastases
from casebook.stats.limits import limits
from casebook.stats.patients import named
from casebook.stats.refs import joined, refs
from casebook.stats.summary import found, share_told, sites_told
from casebook.stats.survival import FEWEST
from casebook.stats.words import Told, listed, months, number, sentences, some
from casebook.text.amounts import plural

_CENTRAL = "median metastasis to death"  # the headline figure of which an abstract says who does not enter


def abstract(
    tables: Mapping[str, pd.DataFrame],
    protocol: Protocol,
    rules: pd.DataFrame,
    few: int,
    figures: pd.DataFrame,
    wider: Mapping[str, str],
) -> pd.DataFrame:
    """Columns part (Question, Methods, Results, Limits, Conclusion), sentence, sentence@.

    Up to `few` patients are named; `rules` and `wider` are those of the review, `figures` those of stats.headline.
    """
    patients = named(tables["cases"])
    own = patients[patients["role"].eq("index")]
    parts = {
        "Question": sentences([(protocol.question, "")]),
        "Methods": sentences(_methods(tables, rules, len(own))),
        "Results": found(tables, few, figures),
        "Limits": limits(tables, coverage(tables, own, protocol.fields), figures[figures["figure"].eq(_CENTRAL)]),
        "Conclusion": sentences(_conclusion(tables, own, figures, wider)),
    }
    return pd.concat([frame.assign(part=part) for part, frame in parts.items()], ignore_index=True)[
        ["part", "sentence", "sentence@"]
    ]


def _methods(tables: Mapping[str, pd.DataFrame], rules: pd.DataFrame, patients: int) -> Iterator[Told]:
    files, code = len(tables["sources"]), int(rules["kind"].eq("code").sum())
    words = f"{len(rules) - code:,} rows of vocabulary and {number(code)} rules of a program"
    yield f"{some(files, 'file')} {plural(files, 'was', 'were')} read with {words}.", ""
    quotes = int(tables["evidence"]["start"].notna().sum())
    yield f"each value that rests on words keeps them: {some(quotes, 'quote')} and where each stands in its source.", ""
    if patients >= FEWEST:
        yield (
            "shares are given with Wilson's 95\u00a0% interval, times to death as Kaplan and Meier's median; "
            "nothing is imputed."
        ), ""


def _conclusion(
    tables: Mapping[str, pd.DataFrame], own: pd.DataFrame, figures: pd.DataFrame, wider: Mapping[str, str]
) -> Iterator[Told]:
    met = metastases(tables["sites"], own, wider)
    if own.empty:
        yield "nothing can be concluded, for no patient is described.", ""
    elif len(own) < FEWEST:
        sites = frequent(met)
        widest = [site for site in sites if wider.get(site) not in sites]
        shown = joined(refs(met[met["as_"].isin(widest)], "site"))
        show = plural(len(own), "shows", "show")
        occurs = f"that metastasis to {listed(widest)} occurs; how often"
        what = occurs if widest else "no metastasis; whether it occurs"
        yield f"{some(len(own), 'patient')} {show} {what}, and what follows, stays open.", shown
    else:
        yield from _figures_carry(tables, figures[figures["estimate"].notna()])


def _figures_carry(tables: Mapping[str, pd.DataFrame], figures: pd.DataFrame) -> Iterator[Told]:
    if sites := sites_told(figures):
        site, row = next(iter(sites.items()))
        most = f"of the reported metastases, those to {site} were the most frequent"
        yield f"{most}: {share_told(row)}.", row["estimate@"]
    rules = {name: rule for name, rule in VARIANTS.items() if rule.start == MAIN.start}
    medians = panel(tables, rules)
    medians = medians[medians["estimate"].notna()]
    if len(medians):
        low, high = medians["estimate"].min(), medians["estimate"].max()
        under = f"{number(len(medians))} rules that a reviewer could choose"
        if low < high:
            text = f"median survival from metastasis lies between {low:.3g} and {months(high)}, by {under}"
        else:
            text = f"median survival from metastasis is {months(high)} under each of {under}"
        yield f"{text}.", medians["estimate@"].iloc[0]
    yield "reported patients are no sample of all who have the disease: no incidence follows from their shares.", ""
