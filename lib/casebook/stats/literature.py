"""Our figures beside those of published reviews that measure the same.

A published figure is not a benchmark: the reviews ask of other patients, count by other rules, and share reports.
"""

from collections.abc import Iterator, Mapping

import pandas as pd

from casebook.reviewfiles import called
from casebook.stats.estimands import entered, times
from casebook.stats.headline import TIMES, headline
from casebook.stats.patients import named
from casebook.stats.refs import joined
from casebook.stats.survival import FEWEST
from casebook.text.amounts import counted, plural

SMALL = 30  # a figure of fewer patients is flagged
_SITE = ("share with ", " metastasis")  # the name of a headline figure, around the site
_SHARES = "shares of patients"
_COLUMNS = [
    "panel", "unit", "label", "kind", "statistic", "estimate", "low", "high", "n", "small", "note", "told", "measure",
    "subject", "overlap", "reference", "estimate@", "told@",
]  # fmt: skip


def literature(tables: Mapping[str, pd.DataFrame], wider: Mapping[str, str], anchors: pd.DataFrame) -> pd.DataFrame:
    """A row per figure: of a review (`kind` review), of ours (ours), and single values (patient) where ours is empty.

    Figures of one panel measure the same; shares have one panel, since each says in its label of what. `small` marks
    figures of fewer than `SMALL` patients. `overlap` names the reviews on the same literature, and how many of our
    patients a review may have counted already, because their report is not later than the review.
    """
    wanted = dict.fromkeys(anchors["beside"].dropna())
    sites = tuple(name.removeprefix(_SITE[0]).removesuffix(_SITE[1]) for name in wanted if name.startswith(_SITE[0]))
    ours = headline(tables, wider, sites).drop_duplicates("figure").set_index("figure")
    years = _years(tables)
    rows: list[dict] = []
    for (unit, panel), own in anchors.assign(panel=_panels(anchors)).groupby(["unit", "panel"], sort=False):
        for beside, same in own.groupby("beside", sort=False, dropna=False):
            if beside in ours.index:
                rows += ({"panel": panel, "unit": unit, **row} for row in _own(tables, beside, ours.loc[beside]))
            rows += ({"panel": panel, "unit": unit, **_published(row, years)} for row in same.to_dict("records"))
    for row in rows:
        row |= {"told": row["note"] if row["kind"] == "patient" else _told(row), "told@": row["estimate@"]}
    numbers = dict.fromkeys(("estimate", "low", "high"), "Float64")
    return pd.DataFrame(rows, columns=_COLUMNS).astype(numbers | {"n": "Int64", "small": "boolean"})


def reviews(found: pd.DataFrame) -> pd.DataFrame:
    """A row per published review of `literature`: of which patients, how many, who may be counted in it as well."""
    own = found[found["kind"].eq("review")]
    own = own.assign(review=[label.rpartition(": ")[2] for label in own["label"]])
    return own.drop_duplicates("review")[["review", "subject", "n", "overlap", "reference"]].reset_index(drop=True)


def overlaps(tables: Mapping[str, pd.DataFrame], anchors: pd.DataFrame) -> pd.DataFrame:
    """Column sentence: which reviews share literature, and which patients of ours a review may have counted already."""
    said = []
    for row in anchors[anchors["overlaps"].notna()].drop_duplicates(["review", "year"]).to_dict("records"):
        pair = sorted([called(row), *row["overlaps"].split("|")])
        said.append(f"{' and '.join(pair)} draw on overlapping literature: their figures are not independent.")
    years = _years(tables)
    index = int(tables["cases"]["role"].eq("index").sum())
    latest = int(anchors["year"].max()) if len(anchors) else 0
    before = sum(year <= latest for year in years)
    if len(anchors) and index:
        silent = index - len(years)
        said.append(
            f"The reports of {before:,} of our {counted(index, 'patient')} are of {latest} or before, so a review here "
            f"may have counted them already; {silent:,} more {plural(silent, 'is', 'are')} of reports without a stated "
            "year."
        )
    return pd.DataFrame({"sentence": list(dict.fromkeys(said))})


def missing_told(found: pd.DataFrame) -> str:
    """Why figures of ours are missing from the chart, empty where none is."""
    gone = found[found["kind"].eq("ours") & found["estimate"].isna()]
    named_ = "; ".join(f"{row.measure} (n = {row.n:,})" for row in gone.itertuples())
    return f"Ours is empty below {FEWEST} patients, whose single values are drawn instead: {named_}." if named_ else ""


def _panels(anchors: pd.DataFrame) -> list[str]:
    """What a figure measures, whatever its statistic: "median age" and "mean age" are of one panel."""
    names = anchors["beside"].fillna(anchors["measure"])
    named_ = [name.removeprefix("median ").removeprefix("mean ") for name in names]
    return [_SHARES if unit == "%" else name for name, unit in zip(named_, anchors["unit"], strict=True)]


def _years(tables: Mapping[str, pd.DataFrame]) -> list[int]:
    """The year of the report of each of our patients, where it is stated."""
    cases = tables["cases"][tables["cases"]["role"].eq("index")]
    years = tables["sources"].set_index("source_id")["year"]
    return [int(year) for year in cases["source_id"].map(years).dropna()]


def _own(tables: Mapping[str, pd.DataFrame], figure: str, row: pd.Series) -> Iterator[dict]:
    statistic = figure.partition(" ")[0]
    label = f"{_of(figure)}: this review" if statistic == "share" else "this review"
    common = {"label": label, "statistic": statistic, "measure": figure, "subject": "this review"}
    empty = pd.isna(row["estimate"])
    values = list(_values(tables, figure)) if empty else []
    note = ""
    if empty:
        told = ", ".join(f"{'>' * censored}{value:.4g}" for _, value, censored, _ in values)
        note = f"no {statistic}: {told}" if told else f"no {statistic}" if row["n"] else "not reported"
    counts = {"n": row["n"], "small": row["n"] < SMALL, "note": note, "estimate@": row["estimate@"]}
    yield {**common, **counts, "kind": "ours", "estimate": row["estimate"], "low": row["low"], "high": row["high"]}
    for patient, value, censored, cells in values:
        said = f"{patient}: {'more than ' * censored}{value:.4g}"
        yield {**common, "kind": "patient", "estimate": value, "n": 1, "small": True, "note": said, "estimate@": cells}


def _values(tables: Mapping[str, pd.DataFrame], figure: str) -> Iterator[tuple[str, float, bool, str]]:
    """(patient, value, whether it is only a lower limit, its cells) where a figure has too few for a median."""
    if figure == "median age":
        cases = named(tables["cases"])
        for row in cases[cases["role"].eq("index") & cases["age_years"].notna()].to_dict("records"):
            yield row["patient"], row["age_years"], False, f"{row['row_id']}.age_years"
    elif figure in TIMES:
        for row in entered(times(tables, TIMES[figure])).to_dict("records"):
            yield row["patient"], row["months"], not row["event"], joined([row["months@"]])


def _told(row: Mapping) -> str:
    if pd.isna(row["estimate"]):
        return row["note"]
    figures = "{:.3g}" if row["kind"] == "ours" else "{:.4g}"
    between = f" ({figures} to {figures})".format(row["low"], row["high"]) if pd.notna(row["low"]) else ""
    return f"{figures.format(row['estimate'])}{between}{' ' * bool(row['note'])}{row['note']}"


def _of(measure: str) -> str:
    return measure.removeprefix("share ").removeprefix("with ")


def _published(row: dict, years: list[int]) -> dict:
    share = row["unit"] == "%"
    before = sum(year <= row["year"] for year in years)
    overlap = [row["overlaps"].replace("|", ", ")] if pd.notna(row["overlaps"]) else []
    overlap += [f"up to {before:,} of our patients"] if before else []
    return {
        "label": f"{_of(row['measure'])}: {called(row)}" if share else called(row),
        "kind": "review",
        "statistic": row["statistic"] if pd.notna(row["statistic"]) else None,
        **{name: row[name] for name in ("estimate", "low", "high", "measure", "subject")},
        "n": row["n_patients"],
        "small": row["n_patients"] < SMALL,
        "note": "" if pd.isna(row["spread"]) else f"± {row['spread']:.4g}",
        "overlap": "; ".join(overlap) or None,
        "reference": row["doi"] if pd.notna(row["doi"]) else row["source"],
        "estimate@": "",
    }
