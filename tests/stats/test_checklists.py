"""Where a report answers its checklists: counted on drawn items, and checked for those that ship."""

import pandas as pd
import pytest

from casebook import stats
from casebook.errors import InputError
from casebook.reviewfiles import checklist
from house.tree import ROOT

COLUMNS = ["item", "section", "words", "answered_in", "needs", "how"]
DRAWN = pd.DataFrame(
    [("1", "title", "a title", "06_review", None, "h"),
     ("2", "bias", "bias", "08_appraisal|01_sources", "appraisal", "h"),
     ("3", "other", "money", None, None, "h"), ("4", "other", "data", "references", None, "h")],
    columns=COLUMNS, dtype="string",
)  # fmt: skip
SHIPPED = {name: checklist(ROOT / "data" / "review" / f"{name}_checklist.csv") for name in ("prisma", "care")}


def test_what_needs_a_person_is_said():
    items = stats.checklist(DRAWN, {"appraisal": pd.DataFrame()})
    assert list(items["where#"]) == ["06_review.ipynb", "", "", "#references"]
    assert list(items["where"])[1:3] == ["not answered by this report: needs a person"] * 2
    assert stats.checklist_told(items) == "2 of 4 items are answered in this report; two need a person."


def test_an_item_is_answered_once_a_reviewer_wrote_what_it_needs():
    items = stats.checklist(DRAWN, {"appraisal": pd.DataFrame({"answer": ["yes"]})})
    assert items["where"].iloc[1] == "08_appraisal, 01_sources"
    assert items["where#"].iloc[1] == "08_appraisal.ipynb\n01_sources.ipynb"


@pytest.mark.parametrize("name", SHIPPED)
def test_every_place_named_is_a_section_of_the_report(name):
    places = {place for cell in SHIPPED[name]["answered_in"].dropna() for place in cell.split("|")}
    known = {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")} | {"references"}
    assert places and places <= known, places - known


def test_all_items_are_there():
    numbers = dict.fromkeys(item.rstrip("abcdef") for item in SHIPPED["prisma"]["item"])
    assert list(numbers) == [str(n) for n in range(1, 28)]
    assert len(SHIPPED["prisma"]) == 42
    assert list(SHIPPED["care"]["item"]) == [str(n) for n in range(1, 14)]


def test_what_needs_something_unknown_is_refused(tmp_path):
    path = tmp_path / "prisma_checklist.csv"
    path.write_text(f"{','.join(COLUMNS)}\n1,title,a title,06_review,luck,h\n")
    with pytest.raises(InputError, match="line 2, column needs: 'luck'"):
        checklist(path)
