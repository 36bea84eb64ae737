"""What a reviewer states before reading: checked by line and column, and nothing added to it."""

import pandas as pd
import pytest

import casebook
from casebook.errors import InputError
from casebook.screening import STATED, counted, decisions
from invented import TEXTS, frames, review_tables, write

SOURCES = frames(sources="source_id | sha256\na | aa\nb | bb\nc |")["sources"]


def flow(tmp_path, text):
    path = tmp_path / "flow.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_each_source_has_what_was_decided_on_it_and_no_more(tmp_path):
    (tmp_path / "sources.csv").write_text(
        "file,decision,reason,decided_by\nb.txt,exclude,no patient,AB\na.txt,include,,\nz.txt,include,,AB\n"
    )
    found = decisions(tmp_path, SOURCES)
    assert found.astype(object).fillna("-").values.tolist() == [
        ["a", "include", "-", "-"],
        ["b", "exclude", "no patient", "AB"],
        ["c", "-", "-", "-"],
    ]


def test_a_decision_on_another_file_of_the_same_name_is_not_taken(tmp_path):
    (tmp_path / "sources.csv").write_text(f"file,sha256,decision\na.txt,{'0' * 64},include\n")
    assert decisions(tmp_path, SOURCES)["decision"].isna().all()


def test_without_a_list_nobody_decided(tmp_path):
    for folder in (tmp_path, None):
        assert decisions(folder, SOURCES)[["decision", "reason", "decided_by"]].isna().all(axis=None)


def test_a_review_reads_both_and_takes_no_table_for_the_list(tmp_path):
    tables = write(tmp_path / "tables", review_tables(), TEXTS)
    protocol = tmp_path / "protocol.yml"
    protocol.write_text("title: T\nquestion: Q?\n")
    flow(tmp_path, "field,n\nduplicates,3\n")
    (tmp_path / "sources.csv").write_text("file,decision,decided_by\nelm.txt,include,AB\n")
    review = casebook.load(tmp_path, protocol, tables)
    assert review.screening["decided_by"].fillna("").tolist() == ["", "AB", ""]
    assert review.counted.astype(object).fillna("").values.tolist() == [["duplicates", 3, ""]]
    assert casebook.load(tables, protocol, tables).screening["decision"].isna().all()


def test_counts_of_one_field_may_have_a_line_per_reason(tmp_path):
    text = "\ufefffield,n,reason\nrecords_excluded,5,animals\n\nrecords_excluded,2,\n"
    found = counted(flow(tmp_path, text))
    assert found.astype(object).fillna("").values.tolist() == [["records_excluded", 5, "animals"],
                                                               ["records_excluded", 2, ""]]  # fmt: skip
    assert counted(tmp_path / "none.csv").empty and counted(None).empty
    assert str(counted(None)["n"].dtype) == "Int64"


@pytest.mark.parametrize(
    "text, told",
    [
        ("", "line 1: empty, expected field, n, reason"),
        ("field,count\n", "line 1: field, count, expected field, n, reason"),
        ("field,n\nfound,3\n", "line 2, column field: 'found', expected one of previous_studies"),
        ("field,n\nduplicates,-1\n", "line 2, column n: '-1', expected a whole number"),
        ("field,n\nduplicates,\n", "line 2, column n: ''"),
        ("field,n\nduplicates,3,4\n", "line 2: 3 cells, expected 2"),
        ("field,n\nduplicates,3\nduplicates,3\n", "duplicates stands twice"),
        ('field,n\n"duplicates,3\n', "not a CSV table"),
        ("field,n\nrecords_screened,5\nrecords_excluded,6\n", "records_excluded is 6, more than records_screened"),
        ("field,n\nrecords_screened,9\nrecords_excluded,4\ndbr_sought_reports,6\n",
         "dbr_sought_reports is 6, expected 5 = records_screened 9 - records_excluded 4"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_with_its_place(tmp_path, text, told):
    with pytest.raises(InputError) as error:
        counted(flow(tmp_path, text))
    assert told in str(error.value)


def test_a_sum_is_not_checked_while_a_term_is_unknown(tmp_path):
    assert len(counted(flow(tmp_path, "field,n\ndatabase_results,9\nrecords_screened,4\n"))) == 2


def test_only_fields_of_the_prisma_flow_can_be_stated():
    from casebook import stats

    empty = pd.DataFrame(columns=["field", "n", "reason"])
    fields = stats.prisma(frames(), decisions(None, frames()["sources"]), empty, [])["field"]
    assert set(STATED) <= set(fields)


def test_exports_beside_the_reports_are_counted_where_nobody_states_it(tmp_path):
    from casebook.screening import identified

    one = "TY  - JOUR\nTI  - {}\nPY  - 2016\nAU  - Low, A\nDB  - {}\nER  -\n\n"
    (tmp_path / "a.ris").write_text(one.format("An elm", "Embase") + one.format("An oak", "Embase"))
    (tmp_path / "b.ris").write_text(one.format("An elm", "PubMed"))
    found = identified(tmp_path, counted(None))
    assert found.astype(object).fillna("").values.tolist() == [
        ["database_results", 2, "Embase"], ["database_results", 1, "PubMed"], ["duplicates", 1, ""],
    ]  # fmt: skip
    same = counted(flow(tmp_path, "field,n\ndatabase_results,3\n"))
    assert identified(tmp_path, same)["field"].tolist() == ["duplicates"]
    assert identified(tmp_path, counted(flow(tmp_path, "field,n\ndatabase_results,90\n"))).empty
    assert identified(None, counted(None)).empty
