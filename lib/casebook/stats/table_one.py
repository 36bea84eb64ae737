"""Table 1: who the patients are, those of the reports and those whom the reports cite apart, then together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from casebook.stats.proportions import share
from casebook.stats.refs import joined, refs
from casebook.stats.spread import UNNAMED, chain

GROUPS = {"index": ("index",), "cited": ("cited",), "together": ("index", "cited")}
SUMMED = 5  # fewer known ages are listed: quartiles of them would be two of the ages themselves
_COLUMNS = ["field", "value", *(f"{group}{mark}" for group in GROUPS for mark in ("", "@"))]
_SILENT = "not reported"
_PLACES = "metastasis to"
_NO_PLACE = "no metastasis with its place"  # the patients beside those of _PLACES
_STATUS = {"present": "reported", "uncertain": "left open", "absent": "denied"}  # the first that a patient has counts


@dataclass(frozen=True)
class _Group:
    """The patients of one column; `counted` says that there are enough of them for percentages."""

    cases: pd.DataFrame
    counted: bool

    def of(self, frame: pd.DataFrame) -> pd.DataFrame:
        own = self.cases["case_id"].astype(object)  # which many rows are looked up in sooner than in Arrow strings
        return frame[frame["case_id"].astype(object).isin(own)]

    def said(self, n: int, of: int) -> str:
        """n of those of whom it is known, with Wilson's interval (1927) where there are enough of them."""
        return share(n, of) if self.counted else f"{n:,}/{of:,}"


def table_one(
    tables: Mapping[str, pd.DataFrame], few: int, wider: Mapping[str, str] | None = None, first: int = 6
) -> pd.DataFrame:
    """Columns field, value, index, cited, together, each with its @: a row per value of each field.

    A share counts the patients of whom the field is reported; those of whom it is not have a row of their own, and
    nothing is imputed. Up to `few` patients in a column are counted without percentages. A cited patient may be the
    patient of another report: together is at most so many. `first` values of a field are told, the others counted as
    one; `wider` maps a site to the next wider one.
    """
    cases = tables["cases"]
    groups = {}
    for name, roles in GROUPS.items():
        own = cases[cases["role"].isin(roles)]
        groups[name] = _Group(own, len(own) > few)
    if cases.empty:
        return pd.DataFrame(columns=_COLUMNS)
    rows = [
        {"field": "patients", "value": "number"}
        | {name: f"{len(group.cases):,}" for name, group in groups.items()}
        | {f"{name}@": joined(refs(group.cases, "case_id")) for name, group in groups.items()}
    ]
    rows += _ages(groups)
    for title, frame, column in _fields(tables, wider or {}):
        rows += _counted(title, frame, column, groups, first)
    return pd.DataFrame(rows, columns=_COLUMNS)


def _fields(tables: Mapping[str, pd.DataFrame], wider: Mapping[str, str]) -> Iterator[tuple[str, pd.DataFrame, str]]:
    """Title, rows and column of each field; a patient may have several rows."""
    cases, sites, treatments = tables["cases"], tables["sites"], tables["treatments"]
    yield "sex", cases, "sex"
    yield "first diagnosis", cases, "diagnosis"
    grades = cases["who_grade"].map(lambda grade: f"grade {grade}", na_action="ignore").astype("string")
    yield "WHO grade at first diagnosis", cases.assign(said=grades), "who_grade"
    yield "primary site", cases, "primary_site"
    symptoms = tables["symptoms"]
    yield "presentation", _or_none(symptoms, "symptom", "present", "symptoms denied or left open only"), "symptom"
    yield "treatment given", _or_none(treatments, "kind", "given", "none: planned or refused only"), "kind"
    met = sites[sites["role"].eq("metastasis")]
    status = met.assign(said=met["status"].map(_STATUS).astype("string"))
    status = status.iloc[met["status"].map({name: at for at, name in enumerate(_STATUS)}).argsort(kind="stable")]
    yield "metastasis", status.drop_duplicates("case_id"), "status"
    met = met[met["status"].eq("present") & met["site"].ne(UNNAMED)]
    wide = met["site"].map(lambda site: chain(site, wider)[-1]).astype("string")
    yield _PLACES, met.assign(said=wide), "site"


def _or_none(frame: pd.DataFrame, column: str, status: str, none: str) -> pd.DataFrame:
    """Rows of `status`; of a patient who has others only these, told as `none`: that is an answer as well."""
    has = frame["status"].eq(status)
    rest = frame[~frame["case_id"].isin(frame["case_id"][has])]
    return pd.concat([frame[has].assign(said=frame[column][has]), rest.assign(said=none)])


def _ages(groups: Mapping[str, _Group]) -> Iterator[dict]:
    """Median and quartiles of enough known ages, else each of them."""
    told: dict[str, dict] = {"median (quartiles)": {}, "range": {}, "each": {}}
    silent = {}
    for name, group in groups.items():
        own = group.cases.dropna(subset="age_years")
        ages = own["age_years"].astype("float64").sort_values()
        said = {"each": ", ".join(f"{age:.3g}" for age in ages)}
        if len(own) >= SUMMED:
            low, middle, high = ages.quantile([0.25, 0.5, 0.75])
            said = {
                "median (quartiles)": f"{middle:.3g} ({low:.3g} to {high:.3g})",
                "range": f"{ages.min():.3g} to {ages.max():.3g}",
            }
        for value, text in said.items():
            told[value] |= {name: text, f"{name}@": joined(refs(own, "age_years"))} if text else {}
        silent[name] = len(group.cases) - len(own)
    yield from ({"field": "age, years", "value": value} | cells for value, cells in told.items() if cells)
    yield from _silent("age, years", silent)


def _counted(title: str, frame: pd.DataFrame, column: str, groups: Mapping[str, _Group], first: int) -> Iterator[dict]:
    """Rows of the most frequent values, of all others as one, and of the patients of whom the field is not reported.

    A value counts once per patient; column `said` holds what is told of it, where that is not the cell itself.
    """
    own = frame.assign(ref=refs(frame, column)).dropna(subset=column)
    own = own.assign(said=own["said"] if "said" in own else own[column])
    together = groups["together"].of(own).groupby("said")["case_id"].nunique()
    ordered = [str(said) for said, _ in sorted(together.items(), key=lambda item: (-item[1], str(item[0])))]
    if title.startswith("WHO"):
        ordered = sorted(ordered)
    rest = ordered[first:] if len(ordered) > first + 1 else []
    told = {value: [value] for value in (ordered[:first] if rest else ordered)}
    for value, kept in (told | ({f"{len(rest):,} others": rest} if rest else {})).items():
        yield {"field": title, "value": value} | _cells(own[own["said"].isin(kept)], own, groups)
    if ordered:
        silent = {name: len(group.cases) - group.of(own)["case_id"].nunique() for name, group in groups.items()}
        yield from _silent(title, silent)
    else:
        yield {"field": title, "value": _SILENT} | {n: f"{len(group.cases):,}" for n, group in groups.items()}


def _cells(found: pd.DataFrame, own: pd.DataFrame, groups: Mapping[str, _Group]) -> dict:
    cells = {}
    for name, group in groups.items():
        here, of = group.of(found), group.of(own)["case_id"].nunique()
        cells[name] = group.said(here["case_id"].nunique(), of) if of else None
        cells[f"{name}@"] = joined(here["ref"])
    return cells


def _silent(title: str, silent: Mapping[str, int]) -> Iterator[dict]:
    if any(silent.values()):
        value = _NO_PLACE if title == _PLACES else _SILENT
        yield {"field": title, "value": value} | {name: f"{n:,}" for name, n in silent.items()}
