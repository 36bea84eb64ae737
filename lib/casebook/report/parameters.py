"""What the notebooks declare in their parameters cell, read without running anything."""

import ast
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from casebook.errors import NotebookError, UsageError

GIVEN = ("seeds", "protocol", "tables", "vocabulary", "before")  # set by the runner itself


@dataclass(frozen=True)
class Notebook:
    """A notebook file and the scalars that its parameters cell declares, with their defaults."""

    path: Path
    declared: Mapping[str, object]


def find(folder: Path, every: bool = False) -> list[Notebook]:
    """The notebooks of `folder`, by name; those whose metadata say {"casebook": {"report": false}} only with `every`.

    Raises UsageError where there is none, NotebookError where one is not a notebook.
    """
    paths = sorted(path for path in folder.glob("*.ipynb") if path.is_file()) if folder.is_dir() else []
    found = [Notebook(path, declared) for path in paths for declared, own in [_declared(path)] if own or every]
    if not found:
        raise UsageError(f"{folder}: no notebook here, expected files such as 01_sources.ipynb")
    return found


def parse(settings: Iterable[str]) -> dict[str, object]:
    """NAME=VALUE as typed on the command line; a value that reads as a number or as True or False is one, else it is
    text.
    """
    values: dict[str, object] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name.isidentifier():
            raise UsageError(f"parameter {setting!r}: expected NAME=VALUE")
        try:
            values[name] = ast.literal_eval(value)
        except (ValueError, SyntaxError):
            values[name] = value
    return values


def check(notebooks: Iterable[Notebook], values: Mapping[str, object]) -> None:
    """Raise UsageError for a value that no notebook declares, or whose type is not that of the default."""
    declared: dict[str, object] = {}
    for notebook in notebooks:
        declared |= notebook.declared
    own = {name: default for name, default in declared.items() if name not in GIVEN}
    for name, value in values.items():
        if name not in own:
            raise UsageError(f"no notebook has a parameter {name}; they have {', '.join(sorted(own)) or 'none'}")
        if type(value) is not type(own[name]) and not (isinstance(own[name], float) and isinstance(value, int)):
            raise UsageError(
                f"parameter {name} is {value!r}, expected {type(own[name]).__name__} such as {own[name]!r}"
            )


def _declared(path: Path) -> tuple[dict[str, object], bool]:
    """What the parameters cell declares, and whether the notebook is a part of the report."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        cells, own = content["cells"], content["metadata"].get("casebook", {}).get("report", True)
        tagged = [
            cell for cell in cells if cell["cell_type"] == "code" and "parameters" in cell["metadata"].get("tags", [])
        ]
        sources = ["".join(cell["source"]) for cell in tagged]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotebookError(f"{path.name}: this is not a notebook: {error}") from error
    if len(sources) != 1:
        raise NotebookError(f"{path.name}: {len(sources)} cells are tagged `parameters`, expected exactly one")
    try:
        declared = {
            name.id: ast.literal_eval(line.value)
            for line in ast.parse(sources[0]).body
            if isinstance(line, ast.Assign)
            for name in line.targets
            if isinstance(name, ast.Name)
        }
    except (SyntaxError, ValueError) as error:
        raise NotebookError(f"{path.name}: the parameters cell holds more than NAME = VALUE: {error}") from error
    return declared, own is not False
