"""What happened to a patient and when, out of five tables, for one timeline."""

from collections.abc import Mapping

import pandas as pd

_COLUMNS = ["patient", "lane", "what", "months"]
_LANE = {
    "surgery": "surgery",
    "radiotherapy": "radiotherapy",
    "radiosurgery": "radiotherapy",
    "chemotherapy": "drugs",
    "targeted therapy": "drugs",
    "immunotherapy": "drugs",
    "hormone therapy": "drugs",
    "corticosteroid": "drugs",
    "anti-infective": "drugs",
    "other drug": "drugs",
}


def events(tables: Mapping[str, pd.DataFrame], patients: pd.DataFrame, first: int) -> pd.DataFrame:
    """Dated and undated events of the `first` patients: columns patient (with sex, age, diagnosis), lane, what, months.

    Only what is reported as present or given. An outcome that counts from anything but the diagnosis has no month here.
    """
    drawn = patients.head(first)
    parts = (
        _diagnoses(drawn),
        _sites(tables["sites"]),
        _studies(tables["modalities"]),
        _treatments(tables["treatments"]),
        _outcomes(tables["outcomes"]),
    )
    found = pd.concat([part[part["case_id"].isin(drawn["case_id"])] for part in parts])
    order = {case: at for at, case in enumerate(drawn["case_id"])}
    found = found.assign(patient=found["case_id"].map(drawn.set_index("case_id")["who"]))
    return (
        found.iloc[found["case_id"].map(order).argsort(kind="stable")][_COLUMNS]
        .drop_duplicates()
        .reset_index(drop=True)
    )


def _diagnoses(patients: pd.DataFrame) -> pd.DataFrame:
    stated = patients[patients["diagnosis"].notna()]
    grade = stated["who_grade"].map(lambda value: f", grade {value}", na_action="ignore").astype("string").fillna("")
    return _events(stated, "disease", stated["diagnosis"] + grade, pd.Series(0.0, index=stated.index, dtype="Float64"))


def _sites(sites: pd.DataFrame) -> pd.DataFrame:
    present = sites[sites["status"].eq("present") & sites["role"].ne("primary")]
    what = ("recurrence, " + present["site"]).where(present["role"].eq("recurrence"), present["site"])
    lane = present["role"].map({"recurrence": "disease", "extension": "extension", "metastasis": "spread"})
    return _events(present, lane, what, present["months_from_diagnosis"])


def _studies(modalities: pd.DataFrame) -> pd.DataFrame:
    own = modalities[modalities["case_id"].notna()].drop_duplicates(
        ["case_id", "study", "modality", "months_from_diagnosis"]
    )
    return _events(own, "imaging", own["modality"], own["months_from_diagnosis"])


def _treatments(treatments: pd.DataFrame) -> pd.DataFrame:
    given = treatments[treatments["status"].eq("given")]
    what = given["agent"].fillna(given["extent"] + " resection").fillna(given["kind"])
    dose = given["dose"].map(lambda value: f" {value:.4g} ", na_action="ignore").astype("string") + given["dose_unit"]
    what += dose.where(given["kind"].isin(["radiotherapy", "radiosurgery"])).fillna("")
    return _events(given, given["kind"].map(_LANE).fillna("other treatment"), what, given["months_from_diagnosis"])


def _outcomes(outcomes: pd.DataFrame) -> pd.DataFrame:
    own = outcomes[~outcomes["endpoint"].isin(["recurrence", "metastasis"])]  # both are drawn where they were found
    named = own["endpoint"].isin(["progression", "response"])
    what = (own["endpoint"] + ": " + own["value"]).where(named, own["value"])
    lane = own["endpoint"].map({"adverse_event": "adverse events"}).fillna("outcome")
    return _events(own, lane, what, own["months"].where(own["origin"].isin(["diagnosis", "presentation"])))


def _events(frame: pd.DataFrame, lane: str | pd.Series, what: pd.Series, months: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"case_id": frame["case_id"], "lane": lane, "what": what, "months": months})
