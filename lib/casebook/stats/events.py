"""What happened to a patient and when, out of six tables, for one timeline."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from casebook.stats.estimands import OVERALL, times
from casebook.stats.words import months

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
_MARK = {
    "symptoms": "symptom",
    "imaging": "study",
    "surgery": "operation",
    "radiotherapy": "radiotherapy",
    "drugs": "drug",
    "other treatment": "other treatment",
    "spread": "spread",
    "extension": "extension",
}  # a lane of the timeline: its mark in a course drawn as one line


def events(tables: Mapping[str, pd.DataFrame], patients: pd.DataFrame, first: int) -> pd.DataFrame:
    """Dated and undated events of the `first` patients: columns patient (with sex, age, diagnosis), lane, what, months.

    Only what is reported as present or given. Of outcomes that count from anything but the diagnosis only the last
    vital status has a month, and only where that follows from other dates.
    """
    drawn = patients.head(first)
    found = told(tables, drawn)
    found = found.assign(patient=found["case_id"].map(drawn.set_index("case_id")["who"]))
    return found[_COLUMNS].drop_duplicates().reset_index(drop=True)


def courses(tables: Mapping[str, pd.DataFrame], patients: pd.DataFrame, first: int) -> pd.DataFrame:
    """A line per patient for a swimmer plot: columns patient, mark, months (missing: no date), n (such events at that
    time).

    The longest course is first; of more than `first` patients the longest are kept. The mark dead, alive, or lost to
    follow-up ends the line where its months from diagnosis are known, as `estimands.times` counts them. Else the last
    dated event does, and nobody says how long the patient was seen.
    """
    ends = _ends(tables, patients)
    found = told(tables, patients)
    recurred = found["lane"].eq("disease") & found["what"].str.startswith("recurrence")
    marks = found["lane"].map(_MARK).mask(recurred, "recurrence")
    found = found.assign(mark=marks.astype("object"))[["case_id", "mark", "months"]]
    found = pd.concat([found[found["mark"].notna()], ends], ignore_index=True).astype({"months": "Float64"})
    last = found.groupby("case_id")["months"].max().reindex(patients["case_id"]).fillna(-1.0)
    kept = last.sort_values(ascending=False, kind="stable").head(first)
    found = found[found["case_id"].isin(kept.index)]
    found = found.groupby(["case_id", "mark", "months"], sort=False, dropna=False).size().rename("n").reset_index()
    order = {case: at for at, case in enumerate(kept.index)}
    found = found.iloc[found["case_id"].map(order).argsort(kind="stable")]
    names = patients.set_index("case_id")["patient"]
    return found.assign(patient=found["case_id"].map(names))[["patient", "mark", "months", "n"]].reset_index(drop=True)


def told(tables: Mapping[str, pd.DataFrame], patients: pd.DataFrame) -> pd.DataFrame:
    """What is reported of `patients`, in their order: columns case_id, lane, what, months. Symptoms have no date: a
    report says how long they had lasted when the patient came, and not always which visit that was.
    """
    parts = (
        _symptoms(tables["symptoms"]),
        _diagnoses(patients),
        _sites(tables["sites"]),
        _studies(tables["modalities"]),
        _treatments(tables["treatments"]),
        _outcomes(tables["outcomes"], _ends(tables, patients)["months"]),
    )
    found = pd.concat([part[part["case_id"].isin(patients["case_id"])] for part in parts])
    order = {case: at for at, case in enumerate(patients["case_id"])}
    return found.iloc[found["case_id"].map(order).argsort(kind="stable")].reset_index(drop=True)


def _ends(tables: Mapping[str, pd.DataFrame], patients: pd.DataFrame) -> pd.DataFrame:
    """The last vital status of each of `patients` that has one, in months from diagnosis where they are known."""
    seen = tables["outcomes"][tables["outcomes"]["endpoint"].eq("vital_status")]
    seen = seen[seen["case_id"].isin(patients["case_id"])].drop_duplicates("case_id", keep="last")
    since = times(tables, replace(OVERALL, cited=True)).set_index("case_id")["months"]
    return pd.DataFrame({"case_id": seen["case_id"], "mark": seen["value"], "months": seen["case_id"].map(since)})


def _symptoms(symptoms: pd.DataFrame) -> pd.DataFrame:
    had = symptoms[symptoms["status"].eq("present")]
    lasted = had["duration_months"].map(lambda value: f" (for {months(value)})", na_action="ignore")
    what = had["symptom"] + lasted.astype("string").fillna("")
    return _events(had, "symptoms", what, pd.Series(pd.NA, index=had.index, dtype="Float64"))


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


def _outcomes(outcomes: pd.DataFrame, ends: pd.Series) -> pd.DataFrame:
    own = outcomes[~outcomes["endpoint"].isin(["recurrence", "metastasis"])]  # both are drawn where they were found
    named = own["endpoint"].isin(["progression", "response"])
    what = (own["endpoint"] + ": " + own["value"]).where(named, own["value"])
    lane = own["endpoint"].map({"adverse_event": "adverse events"}).fillna("outcome")
    months = own["months"].where(own["origin"].isin(["diagnosis", "presentation"]))
    return _events(own, lane, what, ends.reindex(own.index).fillna(months))


def _events(frame: pd.DataFrame, lane: str | pd.Series, what: pd.Series, months: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"case_id": frame["case_id"], "lane": lane, "what": what, "months": months})
