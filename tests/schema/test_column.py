import pandas as pd
import pytest

from casebook.errors import TableError
from casebook.schema import TABLES


def test_a_frame_comes_back_typed_and_in_order():
    frame = TABLES["symptoms"].frame([{"status": "present", "symptom": "headache", "row_id": "a", "case_id": "r/1"}])
    checked = TABLES["symptoms"].check(frame[frame.columns[::-1]])
    assert list(checked) == ["row_id", "case_id", "symptom", "status", "duration_months"]
    assert checked["duration_months"].dtype == "Float64" and checked["duration_months"].isna().all()


def test_all_problems_are_told_at_once():
    frame = pd.DataFrame(
        {
            "row_id": ["a", "a"],
            "case_id": ["r/1", None],
            "symptom": ["cough", "cough"],
            "status": ["maybe", "present"],
            "mood": [1, 2],
        }
    )
    with pytest.raises(TableError) as caught:
        TABLES["symptoms"].check(frame)
    for told in (
        "column 'duration_months' is missing",
        "column 'mood' is not declared",
        "case_id is empty in row 'a'",
        "status is 'maybe' in row 'a', expected one of present, absent, uncertain",
        "row_id stands twice: a",
    ):
        assert told in str(caught.value)


def test_every_table_has_an_empty_frame_that_passes():
    for table in TABLES.values():
        assert table.check(table.empty()).empty
