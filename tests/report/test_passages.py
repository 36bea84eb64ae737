"""A cell that shows a range of a text, and no cell of a table, opens that range on the page."""

import json

from casebook import load
from casebook.report.quotes import Quotes
from casebook.report.run import Job
from casebook.stats.refs import joined, passage

TEXT = "An oak\n\nCase report\n\nA 44-year-old woman presented with cough. Informed consent was given.\n"


def reviewed(folder):
    (folder / "reports").mkdir()
    (folder / "reports" / "an oak.v2.txt").write_text(TEXT, encoding="utf-8")
    (folder / "protocol.yml").write_text("title: Oaks\nquestion: Which oaks?\n", encoding="utf-8")
    return load(folder / "reports", folder / "protocol.yml")


def test_a_range_opens_its_own_words_in_their_sentence(tmp_path):
    review = reviewed(tmp_path)
    (source,) = review.texts
    start = TEXT.index("Informed")
    ref = passage("care-13", source, start, start + len("Informed consent"))
    quotes = Quotes(review, [f'<td data-e="{ref}">reported</td>'])
    content = json.loads(quotes.script())
    ((column, value, ((sentence, low, high, *_, rule, _, _, _, _),)),) = content["cells"]
    assert quotes.reference(ref) == "0"
    assert (column, value, content["rules"][rule]) == ("words", "Informed consent", "care-13")
    shown = content["sentences"][sentence][1]
    assert shown[low:high] == "Informed consent" and shown.startswith("Informed consent was given.")


def test_a_range_and_a_cell_stand_together(tmp_path):
    review = reviewed(tmp_path)
    (source,) = review.texts
    cell = f"{review.cases['row_id'].iloc[0]}.age_years"
    both = joined([cell, passage("care-13", source, 0, 6)])
    quotes = Quotes(review, [f'<td data-e="{both}">reported</td>'])
    assert len(quotes.reference(both).split()) == 2


def test_a_range_of_a_text_that_is_not_here_opens_nothing(tmp_path):
    review = reviewed(tmp_path)
    ref = passage("care-13", "another", 0, 6)
    assert Quotes(review, [f'<td data-e="{ref}">reported</td>']).reference(ref) == ""


def test_what_a_reviewer_writes_beside_the_protocol_is_an_input(tmp_path):
    reviewed(tmp_path)
    job = Job(tmp_path / "reports", tmp_path / "out", tmp_path, tmp_path / "protocol.yml", tmp_path)
    assert "anchors.csv" not in job.inputs
    (tmp_path / "anchors.csv").write_text("", encoding="utf-8")
    assert job.inputs["anchors.csv"] == tmp_path / "anchors.csv"
