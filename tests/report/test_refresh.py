import json

import pytest

from casebook.errors import NotebookError
from casebook.report.parameters import find
from casebook.report.refresh import refresh
from report.conftest import notebook


def test_outputs_are_put_in_and_marks_of_the_run_taken_out(small):
    refresh(small.notebooks)
    first = (small.notebooks / "1_first.ipynb").read_text()
    content = json.loads(first)
    assert [cell.get("execution_count") for cell in content["cells"]] == [1, None, 2]
    assert content["cells"][2]["outputs"][0]["text"] == ["rows 5\n"]
    assert set(content["metadata"]) == {"kernelspec", "language_info"}
    assert all(set(cell["metadata"]) <= {"tags"} for cell in content["cells"])
    refresh(small.notebooks)
    assert (small.notebooks / "1_first.ipynb").read_text() == first


def test_a_notebook_can_stay_out_of_the_report_and_loses_no_widget_to_chance(small):
    path = small.notebooks / "0_start.ipynb"
    content = json.loads(notebook("import ipywidgets\nipywidgets.IntSlider()"))
    content["metadata"]["casebook"] = {"report": False}
    path.write_text(json.dumps(content))
    refresh(small.notebooks)
    first = path.read_text()
    assert json.loads(first)["metadata"]["casebook"] == {"report": False}
    assert json.loads(first)["cells"][1]["outputs"][0]["data"].keys() == {"text/plain"}
    refresh(small.notebooks)
    assert path.read_text() == first
    assert [one.path.stem for one in find(small.notebooks)] == ["1_first", "2_second"]


def test_all_are_written_or_none(small):
    (small.notebooks / "2_second.ipynb").write_text(notebook("1 / 0"))
    before = {path.name: path.read_text() for path in small.notebooks.iterdir()}
    with pytest.raises(NotebookError, match="ZeroDivisionError"):
        refresh(small.notebooks)
    assert {path.name: path.read_text() for path in small.notebooks.iterdir()} == before
