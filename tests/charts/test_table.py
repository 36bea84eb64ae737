import pandas as pd
import pytest

from casebook import charts
from invented import frames, review_tables


def html(frame, **options):
    return charts.table(frame, options.pop("caption", "A caption."), **options).data["text/html"]


def test_rows_of_a_public_table_know_their_cells():
    text = html(review_tables()["sites"], columns={"site": "where", "role": "what"})
    assert '<th scope="col">where</th><th scope="col">what</th>' in text
    assert (
        '<th scope="row" class="short" data-e="sites-2.site">liver</th><td data-e="sites-2.role">metastasis</td>'
        in text
    )


def test_a_frame_put_together_says_of_what():
    frame = pd.DataFrame({"n": [1], "n@": ["sites-1.site\nsites-2.site"], "m": [2]})
    assert '<th scope="row" class="n short" data-e="sites-1.site\nsites-2.site">1</th><td class="n">2</td>' in html(
        frame
    )
    assert "n@" not in html(frame).replace("data-e", "")


def test_what_is_left_out_is_told():
    frame = pd.DataFrame({"a": range(5), "b": [None] * 5})
    shown = charts.table(frame, "Five.", first=2)
    assert shown.caption == (
        "Five. The first 2 of 5 rows; all of them are in the tables beside this page. Not stated in any row: b."
    )
    assert shown.data["text/html"].count("<tr>") == 3


def test_an_empty_table_is_a_sentence():
    shown = charts.table(frames()["conflicts"], "Contradictions.")
    assert shown.kind == "nothing"
    assert shown.data["text/html"] == '<p class="none">Contradictions. There are none.</p>'


def test_missing_numbers_and_answers():
    frame = pd.DataFrame({"x": pd.array([1.0, None], dtype="Float64"), "y": pd.array([True, False], dtype="boolean")})
    assert html(frame).count("–") == 1
    assert ">1</th><td>yes</td>" in html(frame) and "<td>no</td>" in html(frame)


def test_groups_have_a_heading_row():
    frame = pd.DataFrame({"who": ["A", "A", "B"], "x": [1, 2, 3], "y": [1, 2, 3]})
    text = html(frame, group="who", columns={"x": "x", "y": "y"})
    assert text.count('<tr class="group"><th colspan="2" scope="rowgroup">') == 2


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ('"><img src=x onerror=alert(1)>', "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;"),
        ("a\u202egpj.exe", "a\\u202egpj.exe"),
        ("\u200bzero", "\\u200bzero"),
        ("שלום", "<bdi>שלום</bdi>"),
        ("two\nlines", "two<br>lines"),
        ("naïve", "naïve"),
    ],
)
def test_words_of_a_report_stay_words(word, shown):
    assert f">{shown}</th>" in html(pd.DataFrame({"x": [word]}))


def test_a_hostile_row_id_stays_an_attribute():
    frame = pd.DataFrame({"row_id": ['a" onclick="alert(1)'], "x": ["y"]})
    assert 'data-e="a&quot; onclick=&quot;alert(1).x"' in html(frame)


def test_a_terminal_reads_it_too():
    text = charts.table(pd.DataFrame({"x": ["liver"]}), "Sites.").data["text/plain"]
    assert text.startswith("Sites.\n") and "liver" in text
