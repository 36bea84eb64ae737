"""The committed notebooks: executed each by itself, and stripped of all that differs between two runs."""

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from casebook.errors import NotebookError
from casebook.report import parameters
from casebook.report.kernels import warm_kernels

WIDGET = "application/vnd.jupyter.widget-view+json"


def refresh(folder: Path, say: Callable[[str], None] = lambda text: None) -> None:
    """Execute every notebook of `folder` with its own parameters and put the outputs into it.

    All are written, or none: a notebook that fails raises NotebookError first.
    """
    found = parameters.find(folder, every=True)
    with tempfile.TemporaryDirectory(prefix="casebook-") as beside, warm_kernels(folder, 1) as kernels:
        kernels.give([(notebook, Path(beside) / notebook.path.name, {}) for notebook in found])
        if failure := kernels.finish(lambda at: say(found[at].path.name)):
            raise NotebookError(failure[1])
        for notebook in found:
            text = stripped((Path(beside) / notebook.path.name).read_text(encoding="utf-8"))
            new = notebook.path.with_suffix(".new")
            new.write_text(text, encoding="utf-8")
            os.replace(new, notebook.path)


def stripped(text: str) -> str:
    """A notebook without the marks of its run, its code cells counted from 1."""
    content = json.loads(text)
    own = content["metadata"].get("casebook")
    content["metadata"] = ({"casebook": own} if own else {}) | {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    cells = [cell for cell in content["cells"] if "injected-parameters" not in cell["metadata"].get("tags", [])]
    count = 0
    for cell in cells:
        tags = cell["metadata"].get("tags", [])
        cell["metadata"] = {"tags": tags} if tags else {}
        if cell["cell_type"] == "code":
            count += 1
            cell["execution_count"] = count
            for output in cell["outputs"]:
                if "execution_count" in output:
                    output["execution_count"] = count
                output.get("data", {}).pop(WIDGET, None)  # names a widget of that run; its text stays
    return json.dumps({**content, "cells": cells}, indent=1, ensure_ascii=False) + "\n"
