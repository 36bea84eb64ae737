"""Notebooks are thin: a question, one parameters cell, calls into the package, and what they show."""

import ast
import json

import pytest

from house.tree import ROOT, named, shown

NOTEBOOKS = named("notebooks/*.ipynb")
EXPECTED = [
    "00_start",
    "01_sources",
    "02_cases",
    "03_modalities",
    "04_outcomes",
    "05_evidence",
    "06_review",
    "07_literature",
    "08_appraisal",
    "09_robustness",
    "10_checklists",
]
PATH_BUILDERS = {"Path", "PurePath", "join", "joinpath", "abspath", "chdir", "glob"}
UNWANTED_IMPORTS = {"re", "regex", "os", "sys", "pathlib", "glob"}


def code_cells(path):
    return [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]


def tree_of(cell):
    lines = [line for line in source_of(cell).splitlines() if not line.startswith(("%", "!"))]
    return ast.parse("\n".join(lines))


def source_of(cell):
    return "".join(cell["source"])


def tags_of(cell):
    return cell["metadata"].get("tags", [])


def test_each_question_has_its_notebook():
    assert set(EXPECTED) <= {path.stem for path in NOTEBOOKS}


def test_notebooks_lie_in_their_folder():
    assert [path for path in named("*.ipynb") if path.parent != ROOT / "notebooks" and "tests" not in path.parts] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=shown)
def test_one_parameters_cell_of_scalars(path):
    cells = [cell for cell in code_cells(path) if "parameters" in tags_of(cell)]
    assert len(cells) == 1, f"{len(cells)} cells are tagged parameters, one is expected"
    for statement in tree_of(cells[0]).body:
        assert isinstance(statement, ast.Assign | ast.AnnAssign), ast.unparse(statement)
        ast.literal_eval(statement.value)
    lines = source_of(cells[0]).splitlines()
    assert all("#" in line for line in lines if "=" in line), "each parameter says in a comment what it is"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=shown)
def test_cells_are_short_calls(path):
    for cell in code_cells(path):
        source = source_of(cell)
        assert len(source.splitlines()) <= 12, source
        assert not source.lstrip().startswith("!"), source
        assert not source.rstrip().endswith(";"), f"nbval shows what the ; hides: {source}"
        for node in ast.walk(tree_of(cell)):
            assert not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda), source
            names = {alias.name.split(".")[0] for alias in node.names} if isinstance(node, ast.Import) else set()
            names |= {(node.module or "").split(".")[0]} if isinstance(node, ast.ImportFrom) else set()
            assert not names & UNWANTED_IMPORTS, source
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                assert name not in PATH_BUILDERS, source
            assert not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
                        and any(isinstance(side, ast.Constant) and isinstance(side.value, str)
                                for side in (node.left, node.right))), f"a path is built in: {source}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=shown)
def test_committed_as_executed_from_top_to_bottom_without_error(path):
    cells = [cell for cell in code_cells(path) if source_of(cell).strip()]
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert [output for output in outputs if output["output_type"] == "error"] == []
    assert [output for output in outputs if output.get("name") == "stderr"] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=shown)
def test_nothing_of_a_run_is_kept(path):
    notebook = json.loads(path.read_text("utf-8"))
    kept = {"papermill", "widgets", "execution"}
    assert not kept & notebook["metadata"].keys()
    assert "application/vnd.jupyter.widget-view+json" not in path.read_text("utf-8")
    for cell in notebook["cells"]:
        assert not kept & cell["metadata"].keys()
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    first = notebook["cells"][0]
    assert first["cell_type"] == "markdown" and source_of(first).startswith("# "), "a notebook opens with its question"
