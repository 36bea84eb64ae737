import json
from pathlib import Path

import pytest

from casebook import charts
from casebook.places import VOCABULARY
from casebook.report import Job, run
from house.tree import ROOT
from invented import TEXTS, review_tables, write

PROTOCOL = (
    "title: Trees\nquestion: Where do trees spread?\nfields: [cases.sex, sites.site]\nendpoints: [vital_status]\n"
)


def notebook(*cells: str, parameters: str = 'tables = ""\nseeds = ""\nprotocol = ""\nrows = 5') -> str:
    """A notebook of code cells after its parameters cell; a cell that begins with # and a blank is markdown."""
    made = [
        {
            "cell_type": "code",
            "id": "parameters",
            "metadata": {"tags": ["parameters"]},
            "source": parameters,
            "execution_count": None,
            "outputs": [],
        }
    ]
    for at, source in enumerate(cells):
        words = source.startswith("# ")
        cell = {"cell_type": "markdown" if words else "code", "id": f"cell-{at}", "metadata": {}, "source": source}
        made.append(cell if words else cell | {"execution_count": None, "outputs": []})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return json.dumps({"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})


def shows(folder: Path, frame) -> Path:
    """An executed notebook that shows `frame` as a table."""
    shown = charts.table(frame, "A table.")
    cell = {
        "cell_type": "code",
        "id": "a",
        "metadata": {},
        "source": "",
        "execution_count": 1,
        "outputs": [{"output_type": "display_data", "data": shown._repr_mimebundle_(), "metadata": {}}],
    }
    path = folder / "shown.ipynb"
    path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def tables(tmp_path_factory) -> Path:
    return write(tmp_path_factory.mktemp("review") / "tables", review_tables(), TEXTS)


@pytest.fixture(scope="session")
def protocol(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("protocol") / "protocol.yml"
    path.write_text(PROTOCOL, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def report(tmp_path_factory, tables, protocol) -> Path:
    """The project's own notebooks on the invented tables."""
    out = tmp_path_factory.mktemp("report") / "out"
    run(Job(tables, out, ROOT / "notebooks", protocol, VOCABULARY, tables=tables))
    return out


@pytest.fixture
def small(tmp_path, tables, protocol) -> Job:
    """A job of two small notebooks."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    (folder / "1_first.ipynb").write_text(notebook("# # First", "print('rows', rows)"))
    (folder / "2_second.ipynb").write_text(notebook("# # Second", "1 + 1"))
    return Job(tables, tmp_path / "out", folder, protocol, tables, tables=tables)
