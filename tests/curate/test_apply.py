import pandas as pd
import pytest

from casebook.curate import Decision, Machine, append, lay, read
from casebook.schema import TABLES

TEXT = "A man of 50. Biopsy showed a glioma of the frontal lobe. He had no fever. He was well."


def at(words: str) -> dict:
    start = TEXT.index(words)
    return {"source_id": "s", "start": str(start), "end": str(start + len(words)), "quote": words}


def evidence(table: str, row_id: str, column: str, words: str) -> dict:
    place = at(words)
    own = {"table": table, "row_id": row_id, "column": column, "rule": "r", "status": "machine"}
    return {**own, **place, "start": int(place["start"]), "end": int(place["end"])}


@pytest.fixture
def frames() -> dict[str, pd.DataFrame]:
    case = {"row_id": "cases-1", "case_id": "s/1", "source_id": "s", "role": "index", "sex": "male"}
    rows = {
        "cases": [{**case, "age_years": 50.0, "diagnosis": "glioma"}],
        "symptoms": [{"row_id": "symptoms-1", "case_id": "s/1", "symptom": "fever", "status": "absent"}],
        "evidence": [
            evidence("cases", "cases-1", "age_years", "50"),
            evidence("cases", "cases-1", "diagnosis", "glioma"),
            evidence("symptoms", "symptoms-1", "symptom", "fever"),
        ],
    }
    return {name: table.check(table.frame(rows.get(name, []))) for name, table in TABLES.items()}


AGE = {"table": "cases", "row_id": "cases-1", "column": "age_years", "old": "50", "case_id": "s/1", **at("50")}


def after(tmp_path, frames, *decisions, text=TEXT):
    for number, decision in enumerate(decisions):
        append(tmp_path / "d.csv", Decision(**{"at": f"2030-01-01T10:00:{number:02d}Z", "who": "Ada", **decision}))
    return lay(Machine(frames, {"s": text}), read(tmp_path / "d.csv"))


def age(curated) -> object:
    return curated.frames["cases"]["age_years"].iloc[0]


def statuses(curated, column: str) -> set[str]:
    own = curated.frames["evidence"]
    return set(own["status"][own["column"].eq(column)])


def test_without_decisions_nothing_changes(tmp_path, frames):
    curated = after(tmp_path, frames)
    assert all(curated.frames[name].equals(frame) for name, frame in frames.items())
    assert curated.open.empty


def test_confirmed(tmp_path, frames):
    curated = after(tmp_path, frames, {"action": "confirm", **AGE})
    assert age(curated) == 50
    assert statuses(curated, "age_years") == {"confirmed"}
    assert statuses(curated, "diagnosis") == {"machine"}


def test_changed_with_other_words(tmp_path, frames):
    curated = after(tmp_path, frames, {"action": "change", **AGE, "new": "51", **at("man of 50")})
    assert age(curated) == 51
    own = curated.frames["evidence"]
    own = own[own["rule"].str.startswith("decision.")].iloc[0]
    assert (own["quote"], own["status"], own["source_id"]) == ("man of 50", "corrected", "s")


def test_a_rejected_cell_is_empty_and_keeps_its_evidence(tmp_path, frames):
    curated = after(tmp_path, frames, {"action": "reject", **AGE})
    assert pd.isna(age(curated))
    assert statuses(curated, "age_years") == {"rejected"}


def test_a_rejected_row_leaves_the_table_but_not_the_evidence(tmp_path, frames):
    curated = after(tmp_path, frames, {"action": "reject", "table": "symptoms", "row_id": "symptoms-1"})
    assert curated.frames["symptoms"].empty
    assert statuses(curated, "symptom") == {"rejected"}


def test_a_row_added_from_the_text(tmp_path, frames):
    new = {"action": "add", "table": "symptoms", "row_id": "symptoms-new", "case_id": "s/1", **at("well")}
    curated = after(tmp_path, frames, {**new, "column": "symptom", "new": "wellbeing"},
                    {**new, "column": "status", "new": "present"})  # fmt: skip
    row = curated.frames["symptoms"].set_index("row_id").loc["symptoms-new"]
    assert (row["symptom"], row["status"], row["case_id"]) == ("wellbeing", "present", "s/1")
    assert "added" in statuses(curated, "symptom")


def test_of_one_person_the_latest_holds(tmp_path, frames):
    changes = [{"action": "change", **AGE, "new": new} for new in ("40", "41")]
    assert age(after(tmp_path, frames, *changes)) == 41


def test_undo_and_redo(tmp_path, frames):
    first = append(tmp_path / "d.csv", Decision("2029-01-01T10:00:00Z", "Ada", "change", **AGE, new="40"))
    assert age(after(tmp_path, frames)) == 40
    undo = append(tmp_path / "d.csv", Decision("2029-01-01T10:00:01Z", "Ada", "undo", new=first.decision))
    assert age(after(tmp_path, frames)) == 50
    append(tmp_path / "d.csv", Decision("2029-01-01T10:00:02Z", "Ada", "undo", new=undo.decision))
    assert age(after(tmp_path, frames)) == 40


def test_two_persons_who_differ_leave_the_machine_until_a_third_settles(tmp_path, frames):
    differing = [{"action": "confirm", **AGE}, {"action": "change", **AGE, "new": "60", "who": "Bo"}]
    curated = after(tmp_path, frames, *differing)
    assert age(curated) == 50
    assert statuses(curated, "age_years") == {"machine"}
    assert set(curated.open["why"]) == {"two persons differ (Ada: 50; Bo: 60): settle it"}
    settled = {"action": "settle", **AGE, "new": "60", "who": "Cy", "at": "2031-01-01T00:00:00Z"}
    curated = after(tmp_path, frames, settled)
    assert (age(curated), curated.open.empty, "corrected" in statuses(curated, "age_years")) == (60, True, True)


@pytest.mark.parametrize("new", ["", "50", "60"])
def test_two_persons_who_agree_need_no_third(tmp_path, frames, new):
    action = {"": "reject", "50": "confirm", "60": "change"}[new]
    both = [{"action": action, **AGE, "new": new, "who": who} for who in ("Ada", "Bo")]
    assert after(tmp_path, frames, *both).open.empty


@pytest.mark.parametrize(("change", "why"), [
    ({"old": "49"}, "the machine's answer was 49 and is 50 now"),
    ({"start": "0", "end": "2"}, "the source was edited"),
    ({"new": "old"}, "age_years: 'old', expected a number"),
    ({"row_id": "cases-9", "quote": "of 50"}, "the row is gone"),
    ({"row_id": "cases-9", "quote": "", "start": "", "end": ""}, "no words to find it by"),
    ({"row_id": "cases-9", "source_id": "t"}, "the source t is no longer among the reports"),
])  # fmt: skip
def test_what_no_longer_fits_is_open_and_not_applied(tmp_path, frames, change, why):
    curated = after(tmp_path, frames, {"action": "change", **AGE, "new": "60", **change})
    assert age(curated) == 50
    assert statuses(curated, "age_years") == {"machine"}
    assert why in curated.open["why"].iloc[0]


def test_a_row_under_a_new_name_is_found_by_its_words(tmp_path, frames):
    curated = after(tmp_path, frames, {"action": "change", **AGE, "row_id": "cases-before", "new": "60"})
    assert (age(curated), curated.open.empty) == (60, True)


def test_words_that_two_rows_rest_on_decide_nothing(tmp_path, frames):
    twin = {**frames["symptoms"].iloc[0], "row_id": "symptoms-2"}
    frames["symptoms"] = TABLES["symptoms"].frame([*frames["symptoms"].to_dict("records"), twin])
    more = evidence("symptoms", "symptoms-2", "symptom", "fever")
    frames["evidence"] = TABLES["evidence"].frame([*frames["evidence"].to_dict("records"), more])
    gone = {"table": "symptoms", "row_id": "symptoms-0", "column": "symptom", "old": "fever", "case_id": "s/1"}
    curated = after(tmp_path, frames, {"action": "confirm", **gone, **at("fever")})
    assert curated.open["why"].iloc[0] == "2 rows rest on the same words"


def test_an_added_row_that_breaks_the_schema_is_open(tmp_path, frames):
    new = {"action": "add", "table": "symptoms", "row_id": "symptoms-new", "case_id": "s/1", **at("well")}
    curated = after(tmp_path, frames, {**new, "column": "symptom", "new": "wellbeing"})
    assert len(curated.frames["symptoms"]) == 1
    assert "status is empty" in curated.open["why"].iloc[0]
