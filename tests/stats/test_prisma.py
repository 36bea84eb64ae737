"""Nobody is lost between the first record and the last analysis, and nothing is counted that nobody stated."""

import pandas as pd

from casebook import stats
from invented import frames, review_tables

PRISMA = (  # in the order of the PRISMA2020 tool's own table
    "previous_studies previous_reports database_results register_results website_results organisation_results "
    "citations_results duplicates excluded_automatic excluded_other records_screened records_excluded "
    "dbr_sought_reports dbr_notretrieved_reports other_sought_reports other_notretrieved_reports dbr_assessed "
    "dbr_excluded other_assessed other_excluded new_studies new_reports total_studies total_reports"
).split()
SOURCES = """
    source_id | status      | reason
    a         | included    |
    b         | excluded    | no patient
    c         | excluded    | animal
    d         | excluded    | no  patient
    e         | quarantined | no text
    f         | included    |
"""
CASES = "case_id | role\na/1 | index\na/2 | index\na/3 | index\na/c1 | cited"


def counts(*rows):
    return pd.DataFrame(rows, columns=["field", "n", "reason"]).astype({"n": "Int64", "reason": "string"})


def flow(tables=None, stated=(), endpoints=("vital_status",), decided="include"):
    tables = frames(sources=SOURCES, cases=CASES) if tables is None else tables
    screening = tables["sources"][["source_id"]].assign(decision=decided, reason=None, decided_by=None)
    return stats.prisma(tables, screening, counts(*stated), endpoints).set_index("field")


def test_the_fields_are_those_of_the_tool_in_its_order():
    assert [field for field in flow().index if field in PRISMA] == PRISMA


def test_what_nobody_states_is_missing_and_not_zero():
    found = flow()
    assert set(found.index[found["n"].isna()]) == set(PRISMA) - {"new_reports"}
    assert found.loc["files_unreadable", "n"] == 1
    zero = flow(frames(sources="source_id\na", cases="case_id\na/1"))
    assert zero.loc["files_excluded", "n"] == 0


def test_every_file_is_accounted_for_with_its_reason():
    found = flow()
    assert found.loc["files_found", "n"] == 6
    assert found.loc["files_assessed", ["n", "of"]].tolist() == [5, 6]
    assert found.loc["files_excluded", ["n", "of", "why"]].tolist() == [3, 5, "no patient (2)\nanimal (1)"]
    assert found.loc["files_unreadable", "why"] == "no text (1)"
    assert found.loc["new_reports", ["n", "of"]].tolist() == [2, 6]
    assert found.loc["files_found", "n"] == found.loc[["files_unreadable", "files_excluded", "new_reports"], "n"].sum()


def test_patients_are_carried_on_to_endpoints_and_analyses():
    tables = frames(
        sources=SOURCES,
        cases=CASES,
        sites="case_id | role | site | status | months_from_diagnosis\na/1 | metastasis | rib | present | 5\n"
        "a/2 | metastasis | rib | present |",
        outcomes="case_id | endpoint | value | months | origin\na/1 | vital_status | dead | 8 | diagnosis\n"
        "a/1 | vital_status | dead | 8 | diagnosis\na/c1 | vital_status | dead | 1 | diagnosis",
    )
    found = flow(tables)
    assert found.loc["reports_without_patient", ["n", "of"]].tolist() == [1, 2]
    assert found.loc[["patients_described", "patients_cited"], "n"].tolist() == [3, 1]
    assert found.loc["endpoint:vital_status", ["n", "of", "why"]].tolist() == [1, 3, "not reported (2)"]
    assert found.loc["analysis:diagnosis to metastasis", ["n", "of"]].tolist() == [1, 3]
    why = found.loc["analysis:diagnosis to metastasis", "why"].split("\n")
    assert sorted(why) == ["metastasis without a date (1)", "no metastasis reported (1)"]
    assert found.loc["analysis:diagnosis to metastasis", "n@"] == "sites-1.months_from_diagnosis"


def test_each_analysis_says_why_of_all_who_do_not_enter():
    found = flow(review_tables())
    for _, row in found[found.index.str.startswith("analysis:")].iterrows():
        left = [int(line.rsplit("(", 1)[1].rstrip(")")) for line in row["why"].split("\n") if line]
        assert row["n"] + sum(left) == row["of"] == 2


def test_stated_counts_keep_their_reasons():
    found = flow(stated=[("records_excluded", 2, "animals"), ("records_excluded", 5, "no report")])
    assert found.loc["records_excluded", ["n", "why", "stated_in"]].tolist() == [
        7, "no report (5)\nanimals (2)", "flow.csv",
    ]  # fmt: skip


def test_reports_of_the_folder_came_from_databases_only_where_no_other_way_is_stated():
    one = [("database_results", 90, None)]
    assert flow(stated=one).loc[["dbr_assessed", "dbr_excluded"], "n"].tolist() == [5, 3]
    for other in ("citations_results", "other_assessed"):
        found = flow(stated=[*one, (other, 4, None)])
        assert found.loc[["dbr_assessed", "dbr_excluded"], "n"].isna().all()


def test_counts_that_do_not_lead_to_the_folder_are_told():
    stated = [("dbr_assessed", 9, None), ("dbr_excluded", 6, None)]
    assert flow(stated=stated).loc["new_reports", "why"] == "flow.csv leaves 3 reports, the folder includes 2"
    other = [("other_assessed", 1, None), ("other_excluded", 2, None)]
    assert flow(stated=[*stated, *other]).loc["new_reports", "why"] == ""
    assert flow(stated=[*stated, ("website_results", 1, None)]).loc["new_reports", "why"] == ""


def test_totals_need_the_previous_version():
    assert flow(stated=[("previous_reports", 0, None)]).loc["total_reports", "n"] == 2
    assert pd.isna(flow(stated=[("previous_studies", 8, None)]).loc["total_reports", "n"])


def test_reports_that_nobody_decided_on_are_counted():
    assert flow(decided=None).loc["files_assessed", "why"] == "without a stated decision (6)"
    assert flow().loc["files_assessed", "why"] == ""


def test_nothing_and_nobody_is_no_error():
    found = flow(frames())
    assert found.loc[["files_found", "new_reports", "patients_described"], "n"].tolist() == [0, 0, 0]
    out = flow(frames(sources="source_id | status | reason\na | excluded | x\nb | excluded | x"))
    assert out.loc["files_excluded", ["n", "why"]].tolist() == [2, "x (2)"]
    assert out.loc["new_reports", "n"] == 0


def test_records_that_were_counted_never_override_what_a_reviewer_states():
    tables = frames(sources=SOURCES, cases=CASES)
    screening = tables["sources"][["source_id"]].assign(decision="include", reason=None, decided_by=None)
    exports = counts(("database_results", 90, "Embase"), ("duplicates", 8, None))
    found = stats.prisma(tables, screening, counts(("duplicates", 3, None)), (), exports).set_index("field")
    assert found.loc["database_results", ["n", "why", "stated_in"]].tolist() == [90, "Embase (90)", "records"]
    assert found.loc["duplicates", ["n", "stated_in"]].tolist() == [3, "flow.csv"]
    assert found.loc["dbr_assessed", "n"] == 5


def test_papers_that_lie_in_two_files_are_one_reason():
    twins = "b | excluded | the same paper as a.xml\nc | excluded | the same paper as d.xml"
    sources = f"source_id | status | reason\na | included |\n{twins}"
    assert flow(frames(sources=sources)).loc["files_excluded", "why"] == "the same paper as another file (2)"
