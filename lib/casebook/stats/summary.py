"""What a reader meets first: the findings, in sentences whose numbers are computed."""

from collections.abc import Iterable, Mapping

import pandas as pd

from casebook.stats.patients import named
from casebook.stats.refs import joined, refs
from casebook.stats.sources import kinds
from casebook.stats.words import Told, listed, months, number, sentences, some
from casebook.text.amounts import plural

_PERCENT = "\u00a0%"
SPANS_TOLD = {  # headline figures of time, in words
    "median diagnosis to metastasis": "diagnosis to the first metastasis",
    "median metastasis to death": "the first metastasis to death",
    "median overall survival": "diagnosis to death",
}


def found(tables: Mapping[str, pd.DataFrame], few: int, figures: pd.DataFrame) -> pd.DataFrame:
    """Columns sentence, sentence@. Up to `few` patients are named, more are counted; the first sentence alone counts
    cited patients. `figures` are those of stats.headline; those that too few patients enter are left out.
    """
    patients = named(tables["cases"])
    own, cited = patients[patients["role"].eq("index")], int(patients["role"].eq("cited").sum())
    people = _People(own, few)
    sites = tables["sites"][tables["sites"]["case_id"].isin(own["case_id"]) & tables["sites"]["role"].eq("metastasis")]
    figures = figures[figures["estimate"].notna()]
    return sentences(
        [
            _whom(tables["sources"], len(own), cited),
            *_who(own, figures, people),
            *_spread(sites[sites["status"].eq("present")], figures, people),
            *(_denied(sites[sites["status"].eq("absent")], people) if len(own) <= few else []),
            *_seen(tables["modalities"], sites[sites["status"].eq("present")], people),
            *_after(figures),
            *_ended(tables["outcomes"], people),
        ]
    )


def share_told(row: Mapping) -> str:
    """ "18 of 42 (43 %; 29 to 58)" of a headline share and its interval."""
    n = round(row["estimate"] * row["n"] / 100)
    return f"{n:,} of {row['n']:,} ({row['estimate']:.0f}{_PERCENT}; {row['low']:.0f} to {row['high']:.0f})"


def sites_told(figures: pd.DataFrame) -> dict[str, Mapping]:
    """The sites whose share among patients with metastasis is a headline figure, the most frequent first."""
    named_so = figures[figures["figure"].str.endswith(" metastasis") & figures["figure"].str.startswith("share with ")]
    return {
        row["figure"].removeprefix("share with ").removesuffix(" metastasis"): row
        for row in named_so.to_dict("records")
    }


class _People:
    """Names patients while they are few, and counts them when they are many."""

    def __init__(self, patients: pd.DataFrame, few: int):
        self.names = patients.set_index("case_id")["patient"]
        self.few = few

    def __len__(self) -> int:
        return len(self.names)

    def which(self, cases: Iterable[str]) -> str:
        own = [self.names[case] for case in self.names.index.intersection(list(dict.fromkeys(cases)), sort=False)]
        if len(self) > self.few:
            return f"{len(own):,}"
        return own[0] if len(own) == 1 else "Patients " + listed(name.removeprefix("Patient ") for name in own)


def _whom(sources: pd.DataFrame, own: int, cited: int) -> Told:
    read = int(sources["status"].eq("included").sum())
    if not read:
        return "no source is included.", ""
    told = f"{some(own, 'patient')} of {plural(read, 'its', 'their')} own"
    text = f"{kinds(sources)} {plural(read, 'describes', 'describe')} {told}"
    cites = f" and {plural(read, 'cites', 'cite')} {number(cited)} more, who enter no figure"
    return text + (cites if cited else "") + ".", ""


def _who(own: pd.DataFrame, figures: pd.DataFrame, people: _People) -> list[Told]:
    if own.empty:
        return []
    if len(own) <= people.few:
        said = [(row["patient"], row["who"].partition(", ")[2] or "nothing stated") for row in own.to_dict("records")]
        told = listed(f"{patient} ({who})" for patient, who in said)
        cells = joined(ref for column in ("diagnosis", "age_years", "sex") for ref in refs(own, column))
        return [(f"{plural(len(own), 'this is', 'they are')} {told}.", cells)]
    by = {row["figure"]: row for row in figures.to_dict("records")}
    parts = []
    if age := by.get("median age"):
        known = "" if age["n"] == age["of"] else f", known of {age['n']:,}"
        quartiles = f"quartiles {age['low']:.3g} to {age['high']:.3g}{known}"
        parts.append((f"the median age was {age['estimate']:.3g} years ({quartiles})", age["estimate@"]))
    if men := by.get("share male"):
        parts.append((f"{share_told(men)} were male", men["estimate@"]))
    if not parts:
        return []
    return [(f"{'; '.join(text for text, _ in parts)}.", joined(_several(cells for _, cells in parts)))]


def _spread(met: pd.DataFrame, figures: pd.DataFrame, people: _People) -> list[Told]:
    if met.empty:
        return [("no metastasis is reported.", "")]
    first = met.sort_values("months_from_diagnosis", kind="stable").drop_duplicates("case_id")
    dated = first[first["months_from_diagnosis"].notna()]
    text = f"metastasis is reported in {number(first['case_id'].nunique())} of {some(len(people), 'patient')}"
    if len(people) <= people.few:
        when = {
            case: "at diagnosis" if value == 0 else f"{months(value)} after diagnosis"
            for case, value in zip(dated["case_id"], dated["months_from_diagnosis"], strict=True)
        }
        have = people.names.index.intersection(first["case_id"], sort=False)
        text += ": " + listed(f"{people.which([case])} ({when.get(case, 'no date stated')})" for case in have)
    told = [(f"{text}.", joined([*refs(first, "site"), *refs(dated, "months_from_diagnosis")]))]
    if sites := sites_told(figures):
        words = listed(f"{site} in {share_told(row)}" for site, row in sites.items())
        return [*told, (f"most frequent, among those with a named site: {words}.", _cells(sites.values()))]
    by = met.drop_duplicates(["case_id", "site"]).groupby("site")["case_id"].agg(list)
    shared = sorted((site for site in by.index if len(by[site]) > 1), key=lambda site: (-len(by[site]), site))[:8]
    if shared:
        rows = met[met["site"].isin(shared)]
        words = listed(f"{site} ({people.which(by[site])})" for site in shared)
        told.append((f"sites reported most often: {words}.", joined(refs(rows, "site"))))
    return told


def _denied(absent: pd.DataFrame, people: _People) -> list[Told]:
    if absent.empty:
        return []
    by = absent.groupby("site")["case_id"].agg(list)
    sites = sorted(by.index, key=lambda site: (-len(set(by[site])), site))[:8]
    words = listed(f"{site} ({people.which(by[site])})" for site in sites)
    return [(f"looked for and not found: {words}.", joined(refs(absent[absent["site"].isin(sites)], "site")))]


def _seen(modalities: pd.DataFrame, spread: pd.DataFrame, people: _People) -> list[Told]:
    met = modalities[
        modalities["role"].eq("metastasis")
        & modalities["status"].eq("present")
        & modalities["case_id"].isin(spread["case_id"])
    ]
    if met.empty:
        return []
    by = met.groupby("modality")["case_id"].agg(list)
    order = sorted(by.index, key=lambda name: (-len(set(by[name])), name))
    words = listed(f"{name} ({people.which(by[name])})" for name in order)
    of = spread["case_id"].nunique()
    whom = f" (patients, of {of:,} with metastasis)" if len(people) > people.few else ""
    return [
        (
            f"metastases were seen on {words}{whom}.",
            joined(refs(met.drop_duplicates(["case_id", "modality"]), "modality")),
        )
    ]


def _after(figures: pd.DataFrame) -> list[Told]:
    """Times that enough patients have; each with how many of how many enter."""
    told = []
    for row in figures[figures["figure"].isin(SPANS_TOLD)].to_dict("records"):
        low, high = ("not reached" if pd.isna(limit) else f"{limit:.3g}" for limit in (row["low"], row["high"]))
        enter = f"{row['n']:,} of {some(row['of'], 'patient')} {plural(row['n'], 'enters', 'enter')}"
        text = f"the median time from {SPANS_TOLD[row['figure']]} was {months(row['estimate'])}"
        limits = "" if pd.isna(row["low"]) and pd.isna(row["high"]) else f"95{_PERCENT} limits {low} to {high}; "
        told.append((f"{text} ({limits}{enter}).", row["estimate@"]))
    return told


def _ended(outcomes: pd.DataFrame, people: _People) -> list[Told]:
    vital = outcomes[outcomes["endpoint"].eq("vital_status") & outcomes["case_id"].isin(people.names.index)]
    last = vital.drop_duplicates("case_id", keep="last")
    by = last.groupby("value")["case_id"].agg(list)
    parts = [f"{value} ({people.which(by[value])})" for value in sorted(by.index)]
    if len(silent := people.names.index.difference(last["case_id"], sort=False)):
        parts.append(f"not stated ({people.which(silent)})")
    return [(f"at the end of the reports: {listed(parts)}.", joined(refs(last, "value")))] if parts else []


def _cells(rows: Iterable[Mapping]) -> str:
    return joined(_several(row["estimate@"] for row in rows))


def _several(cells: Iterable[str]) -> list[str]:
    """The references of several cells, the first of each first: what is cut then leaves none of them without any."""
    lists = [cell.split("\n") for cell in cells if cell]
    return [refs[at] for at in range(max(map(len, lists), default=0)) for refs in lists if at < len(refs)]
