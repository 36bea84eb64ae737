"""What a reader meets first: the findings, in sentences whose numbers are computed."""

from collections.abc import Iterable, Mapping

import pandas as pd

from casebook.stats.patients import named
from casebook.stats.refs import joined, refs
from casebook.stats.sources import kinds
from casebook.stats.words import Told, listed, months, number, sentences, some


def found(tables: Mapping[str, pd.DataFrame], few: int) -> pd.DataFrame:
    """Columns sentence, sentence@. Up to `few` patients are named, more are counted; the first sentence alone counts
    cited patients.
    """
    patients = named(tables["cases"])
    own, cited = patients[patients["role"].eq("index")], int(patients["role"].eq("cited").sum())
    people = _People(own, few)
    sites = tables["sites"][tables["sites"]["case_id"].isin(own["case_id"]) & tables["sites"]["role"].eq("metastasis")]
    return sentences(
        [
            _whom(tables["sources"], len(own), cited),
            *_spread(sites[sites["status"].eq("present")], people),
            *_denied(sites[sites["status"].eq("absent")], people),
            *_seen(tables["modalities"], people),
            *_ended(tables["outcomes"], people),
        ]
    )


def at_a_glance(tables: Mapping[str, pd.DataFrame], patients: pd.DataFrame, few: int) -> pd.DataFrame:
    """One row per patient, the first `few`: columns patient, spread (sites of metastases), months (to the first of
    them), studies, last (vital status).
    """
    rows = []
    for patient in patients.head(few).to_dict("records"):
        sites, studies, outcomes = (
            tables[name][tables[name]["case_id"].eq(patient["case_id"])] for name in ("sites", "modalities", "outcomes")
        )
        met = sites[sites["role"].eq("metastasis") & sites["status"].eq("present")].drop_duplicates("site")
        first = met.sort_values("months_from_diagnosis", kind="stable").head(1)
        methods, vital = studies.drop_duplicates("modality"), outcomes[outcomes["endpoint"].eq("vital_status")]
        rows.append(
            {
                "patient": patient["who"],
                "patient@": joined(f"{patient['row_id']}.{c}" for c in ("age_years", "sex", "diagnosis")),
                "spread": ", ".join(met["site"].head(8)) or None,
                "spread@": joined(refs(met, "site").head(8)),
                "months": first["months_from_diagnosis"].iloc[0] if len(first) else None,
                "months@": joined(refs(first, "months_from_diagnosis")),
                "studies": ", ".join(methods["modality"]) or None,
                "studies@": joined(refs(methods, "modality")),
                "last": ", ".join(vital["value"]) or None,
                "last@": joined(refs(vital, "value")),
            }
        )
    names = [f"{name}{mark}" for name in ("patient", "spread", "months", "studies", "last") for mark in ("", "@")]
    return pd.DataFrame(rows, columns=names).astype({"months": "Float64"})


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
    told = f"{some(own, 'patient')} of {'its' if read == 1 else 'their'} own"
    text = f"{kinds(sources)} {'describes' if read == 1 else 'describe'} {told}"
    return text + (f" and cite {number(cited)} more, who enter no figure." if cited else "."), ""


def _spread(met: pd.DataFrame, people: _People) -> list[Told]:
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
    elif len(dated):
        span = dated["months_from_diagnosis"]
        text += (
            f"; in the {len(dated):,} with a date, first found at a median of {span.median():.3g} months "
            f"after diagnosis ({span.min():.3g} to {span.max():.3g})"
        )
    by = met.drop_duplicates(["case_id", "site"]).groupby("site")["case_id"].agg(list)
    shared = sorted((site for site in by.index if len(by[site]) > 1), key=lambda site: (-len(by[site]), site))[:8]
    told = [(f"{text}.", joined([*refs(first, "site"), *refs(dated, "months_from_diagnosis")]))]
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


def _seen(modalities: pd.DataFrame, people: _People) -> list[Told]:
    met = modalities[
        modalities["role"].eq("metastasis")
        & modalities["status"].eq("present")
        & modalities["case_id"].isin(people.names.index)
    ]
    if met.empty:
        return []
    by = met.groupby("modality")["case_id"].agg(list)
    order = sorted(by.index, key=lambda name: (-len(set(by[name])), name))
    words = listed(f"{name} ({people.which(by[name])})" for name in order)
    return [
        (f"metastases were seen on {words}.", joined(refs(met.drop_duplicates(["case_id", "modality"]), "modality")))
    ]


def _ended(outcomes: pd.DataFrame, people: _People) -> list[Told]:
    vital = outcomes[outcomes["endpoint"].eq("vital_status") & outcomes["case_id"].isin(people.names.index)]
    last = vital.drop_duplicates("case_id", keep="last")
    by = last.groupby("value")["case_id"].agg(list)
    parts = [f"{value} ({people.which(by[value])})" for value in sorted(by.index)]
    if len(silent := people.names.index.difference(last["case_id"], sort=False)):
        parts.append(f"not stated ({people.which(silent)})")
    return [(f"at the end of the reports: {listed(parts)}.", joined(refs(last, "value")))] if parts else []
