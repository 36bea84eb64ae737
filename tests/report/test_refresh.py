import json

import pytest

from casebook.errors import NotebookError
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


def test_all_are_written_or_none(small):
    (small.notebooks / "2_second.ipynb").write_text(notebook("1 / 0"))
    before = {path.name: path.read_text() for path in small.notebooks.iterdir()}
    with pytest.raises(NotebookError, match="ZeroDivisionError"):
        refresh(small.notebooks)
    assert {path.name: path.read_text() for path in small.notebooks.iterdir()} == before
