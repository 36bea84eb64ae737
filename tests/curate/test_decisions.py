import threading
from pathlib import Path

import pytest

from casebook.curate.decisions import COLUMNS, Decision, append, read, torn
from casebook.curate.standing import holding
from casebook.errors import InputError

AT = "2030-01-31T09:30:00Z"
CELL = {"table": "cases", "row_id": "cases-1", "column": "sex", "old": "male"}


def decided(**more) -> Decision:
    return Decision(**{"at": AT, "who": "Ada", "action": "confirm", **CELL, **more})


def test_a_decision_comes_back_as_it_was_made(tmp_path):
    path = tmp_path / "review" / "decisions.csv"
    hostile = '=HYPERLINK("x")\n"quoted", \\n backslash\r 🙂 \u202e'
    kept = append(path, decided(quote=hostile, start="3", end="9", note="'-1"))
    row, = read(path).to_dict("records")
    assert row == {name: getattr(kept, name) for name in COLUMNS}
    assert row["quote"] == hostile


def test_no_cell_in_the_file_begins_as_a_formula_does(tmp_path):
    append(tmp_path / "d.csv", decided(new="@SUM(A1)", note="=1+1", quote="+1"))
    line = (tmp_path / "d.csv").read_text().splitlines()[1]
    assert ",'@SUM(A1)," in line and ",'=1+1," in line and ",'+1," in line


def test_one_decision_is_one_line_and_nothing_is_written_again(tmp_path):
    path = tmp_path / "d.csv"
    append(path, decided(note="one\ntwo"))
    before = path.read_bytes()
    append(path, decided(who="Bo"))
    assert path.read_bytes().startswith(before)
    assert path.read_text().count("\n") == 3


@pytest.mark.parametrize("cut", range(1, 85, 6))
def test_a_line_that_was_cut_off_costs_no_other(tmp_path, cut):
    path = tmp_path / "d.csv"
    first = append(path, decided(note='with "quotes", and commas'))
    whole = path.read_bytes()
    append(path, decided(who="Bo", note='half "a'))
    path.write_bytes(path.read_bytes()[: len(whole) + cut])
    last = append(path, decided(who="Cy"))
    assert set(read(path)["decision"]) == {first.decision, last.decision}
    assert torn(path) == [3]


def test_the_order_of_the_lines_does_not_matter_and_a_line_counts_once(tmp_path):
    path = tmp_path / "d.csv"
    for who in ("Ada", "Bo", "Cy"):
        append(path, decided(who=who))
    head, *lines = path.read_text().splitlines()
    (tmp_path / "merged.csv").write_text("\n".join([head, *reversed(lines), lines[0]]) + "\n")
    assert read(tmp_path / "merged.csv").equals(read(path))


def test_writers_at_the_same_time_lose_nothing(tmp_path):
    path = tmp_path / "d.csv"
    append(path, decided(who="first"))
    writers = [
        threading.Thread(target=lambda n=n: [append(path, decided(who=f"w{n}", note=str(i))) for i in range(20)])
        for n in range(5)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(read(path)) == 101
    assert torn(path) == []


def test_an_edited_line_is_refused(tmp_path):
    path = tmp_path / "d.csv"
    append(path, decided(action="change", new="female"))
    path.write_text(path.read_text().replace("female", "other"))
    with pytest.raises(InputError, match="line 2, column decision: .* appended, never edited"):
        read(path)


def test_without_a_file_there_are_none(tmp_path):
    assert list(read(tmp_path / "none.csv").columns) == list(COLUMNS)
    assert read(tmp_path / "none.csv").empty


@pytest.mark.parametrize(("wrong", "said"), [
    ({"who": " "}, "column who: empty"),
    ({"at": "yesterday"}, "column at: 'yesterday', expected a time such as"),
    ({"action": "delete"}, "column action: 'delete', expected one of confirm"),
    ({"table": "evidence"}, "column table: 'evidence', expected a table such as cases"),
    ({"column": "height"}, "cases has no column 'height'"),
    ({"column": ""}, "confirm needs row_id and column"),
    ({"action": "undo", "new": "x"}, "expected the name of the decision to undo"),
    ({"action": "exclude"}, "column source_id: empty"),
])  # fmt: skip
def test_what_cannot_be_a_decision_is_not_written(tmp_path, wrong, said):
    with pytest.raises(InputError, match=said):
        append(tmp_path / "d.csv", decided(**wrong))
    assert not (tmp_path / "d.csv").exists()


def test_another_table_in_its_place_is_refused(tmp_path):
    (tmp_path / "d.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match=r"d.csv line 1: a,b, expected at,who"):
        read(tmp_path / "d.csv")


def test_what_was_undone_does_not_hang_on_clocks(tmp_path):
    path = tmp_path / "d.csv"
    first = append(path, decided())
    undo = append(path, Decision("2020-01-01T00:00:00Z", "Ada", "undo", new=first.decision))
    assert holding(read(path)).empty
    append(path, Decision("2010-01-01T00:00:00Z", "Ada", "undo", new=undo.decision))
    assert holding(read(path))["decision"].tolist() == [first.decision]


def test_times_sort_as_times(tmp_path):
    for at in ("2030-01-31T09:30:00.5Z", "2030-01-31T09:30:00Z", "2030-01-31T09:30:00.25Z"):
        append(tmp_path / "d.csv", decided(at=at))
    assert read(tmp_path / "d.csv")["at"].str[17:].tolist() == ["00Z", "00.25Z", "00.5Z"]
    with pytest.raises(InputError, match="column at: '2030-02-31"):
        append(tmp_path / "d.csv", decided(at="2030-02-31T00:00:00Z"))


def test_half_a_character_and_a_full_disk_are_told(tmp_path):
    with pytest.raises(InputError, match="half of a character"):
        append(tmp_path / "d.csv", decided(note="\ud83d"))
    if Path("/dev/full").exists():
        with pytest.raises(InputError, match="the decision was not written"):
            append(Path("/dev/full"), decided())
