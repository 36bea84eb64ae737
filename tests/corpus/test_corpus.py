"""The tables of the invented corpus against expected.csv, patient by patient.

The corpus is read by its sources.csv, which leaves out two reports; their patients must not appear.
"""

from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest

from casebook.assemble import build

CORPUS = Path(__file__).parent
EXPECTED = pd.read_csv(CORPUS / "expected.csv").set_index("case_id")
EXCLUDED = ["report_25/1", "report_37/1"]
INCLUDED = [case for case in EXPECTED.index if case not in EXCLUDED]


@lru_cache(maxsize=1)
def frames() -> dict[str, pd.DataFrame]:
    return build(CORPUS / "reports").frames


def value(cell: object) -> object:
    """Missing cells as None, whatever the frame holds for them."""
    return None if pd.isna(cell) else cell


def metastases(case: str) -> pd.DataFrame:
    sites = frames()["sites"]
    return sites[(sites["case_id"] == case) & (sites["role"] == "metastasis") & (sites["status"] == "present")]


def outcomes(case: str, endpoint: str) -> pd.DataFrame:
    rows = frames()["outcomes"]
    return rows[(rows["case_id"] == case) & (rows["endpoint"] == endpoint)]


def test_the_patients_are_those_of_the_included_reports():
    cases = frames()["cases"]
    own = cases.loc[~cases["case_id"].str.contains("/c"), "case_id"]
    assert sorted(own) == sorted(INCLUDED)


@pytest.mark.parametrize("column", ["age_years", "sex", "diagnosis"])
@pytest.mark.parametrize("case", INCLUDED)
def test_who_the_patient_was_and_what_the_disease(case, column):
    row = frames()["cases"].set_index("case_id").loc[case]
    assert value(row[column]) == value(EXPECTED.at[case, column])


@pytest.mark.parametrize("case", INCLUDED)
def test_where_the_disease_went(case):
    expected = value(EXPECTED.at[case, "metastases"])
    assert set(metastases(case)["site"]) == set(expected.split("|") if expected else ())


@pytest.mark.parametrize("case", INCLUDED)
def test_when_the_metastases_were_found(case):
    expected = value(EXPECTED.at[case, "to_metastasis"])
    if expected is not None:
        assert set(metastases(case)["months_from_diagnosis"]) == {expected}


@pytest.mark.parametrize("case", INCLUDED)
def test_sites_and_outcomes_date_a_metastasis_alike(case):
    told = outcomes(case, "metastasis")
    assert set(told.loc[told["origin"] == "diagnosis", "months"].dropna()) <= set(
        metastases(case)["months_from_diagnosis"].dropna()
    )


@pytest.mark.parametrize("case", INCLUDED)
def test_how_it_ended_and_when(case):
    row, rows = EXPECTED.loc[case], outcomes(case, "vital_status")
    status = value(row["vital_status"])
    assert list(rows["value"]) == ([status] if status else [])
    counted = {"metastasis": value(row["from_metastasis"]), "diagnosis": value(row["overall"])}
    for months, origin in zip(rows["months"], rows["origin"], strict=True):
        assert value(months) == (None if pd.isna(origin) else counted[origin])


def test_a_death_at_some_later_time_is_censored():
    rows = outcomes("report_32/1", "vital_status")
    assert (list(rows["months"]), list(rows["observed"])) == ([6.0], [False])
    rows = outcomes("report_33/1", "vital_status")
    assert list(rows["observed"]) == [True]
