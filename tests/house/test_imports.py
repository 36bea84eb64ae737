"""A module imports from the layers above its own only; folders of one layer stay apart."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from house.tree import PACKAGE, ROOT, modules, shown

LAYERS = (
    {"errors", "places"},
    {"text", "schema"},
    {"lines"},
    {"parquet"},
    {"csvfile", "folder", "protocol"},
    {"written"},
    {"wordfiles", "asked"},
    {"readers", "vocabulary"},
    {"extract"},
    {"rows"},
    {"kept", "fingerprint"},
    {"cache"},
    {"touched"},
    {"batch"},
    {"gathered"},
    {"assemble"},
    {"adding", "publish", "compare", "explain", "evaluate", "screening", "reviewfiles", "rulebook", "overruled"},
    {"streamed"},
    {"chunk"},
    {"parts"},
    {"cluster"},
    {"curate"},
    {"reviewing"},
    {"deciding"},
    {"repeated"},
    {"viewer"},
    {"viewing"},
    {"workbook"},
    {"stats", "charts"},
    {"report"},
    {"cli"},
)
LAYER = {part: number for number, parts in enumerate(LAYERS) for part in parts}
NOTEBOOK_TOOLS = {"IPython", "jupyterlab", "nbclient", "nbconvert", "nbformat", "papermill"}


def part_of(module: str) -> str | None:
    """The part of the package a dotted name lies in: casebook.text.span -> text."""
    names = module.split(".")
    return names[1] if names[0] == "casebook" and len(names) > 1 else None


def own_name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def imported(tree: ast.AST, module: str, is_package: bool) -> Iterator[str]:
    """Full dotted names of everything a module imports, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                kept = module.split(".")[: len(module.split(".")) - node.level + is_package]
                base = ".".join([*kept, base] if base else kept)
            yield from (f"{base}.{alias.name}" for alias in node.names)


def misplaced(tree: ast.Module, module: str, is_package: bool = False) -> list[str]:
    """The imports of `module` that go downwards or sideways."""
    own = part_of(module)
    if own is None:  # the package itself offers names of lower layers, but loads them when they are first asked for
        at_once = ast.Module([node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)], [])
        return [name for name in imported(at_once, module, is_package) if part_of(name)]
    wrong = []
    for name in imported(tree, module, is_package):
        other = part_of(name)
        if other in LAYER and other != own and LAYER[other] >= LAYER[own]:
            wrong.append(f"{module} imports {name}")
    return wrong


@pytest.mark.parametrize("path", modules(), ids=shown)
def test_imports_go_up_only(path):
    module = own_name(path)
    assert (part_of(module) or "errors") in LAYER, f"{module} stands in none of these layers: {LAYERS}"
    assert misplaced(ast.parse(path.read_bytes()), module, path.name == "__init__.py") == []


@pytest.mark.parametrize(
    "module, source",
    [
        ("casebook.charts.shares", "from casebook.stats import shares"),
        ("casebook.text.span", "import casebook.schema.cases"),
        ("casebook.extract.age", "def f():\n    from casebook import assemble"),
        ("casebook.extract.age", "from ..report import manifest"),
        ("casebook.vocabulary", "from casebook.readers.plain import read"),
        ("casebook", "from .cli import main"),
    ],
)
def test_a_misplaced_import_is_seen(module, source):
    assert misplaced(ast.parse(source), module, is_package=module == "casebook")


def test_imports_upwards_are_allowed():
    source = "import re\nfrom casebook import __version__\nfrom ..text.span import Span\nfrom .reading import Reading"
    assert misplaced(ast.parse(source), "casebook.extract.age") == []


@pytest.mark.parametrize("path", modules(), ids=shown)
def test_only_report_knows_notebooks_and_only_cli_prints(path):
    tree, module = ast.parse(path.read_bytes()), own_name(path)
    tools = {name.split(".")[0] for name in imported(tree, module, path.name == "__init__.py")} & NOTEBOOK_TOOLS
    if part_of(module) not in ("report", "cli"):
        assert not tools, f"{module} imports {tools}"
    printing = [node.lineno for node in ast.walk(tree)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"]
    assert part_of(module) == "cli" or not printing, f"{shown(path)} prints in lines {printing}"


def test_the_layers_are_those_of_the_package():
    assert ROOT.joinpath("lib", "casebook", "errors.py").is_file()
    assert {path.stem for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"} <= LAYER.keys()
