"""What a report was made from, so that it can be made again, and need not be when nothing changed."""

import hashlib
import json
import os
import platform
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import casebook

_LIBRARIES = (  # whose version may change a byte
    "ahocorasick-rs", "charset-normalizer", "ipykernel", "ipython", "jinja2", "lxml", "matplotlib", "mistune",
    "nbclient", "numpy", "pandas", "papermill", "pyarrow", "pypandoc-binary", "pypdfium2", "pyyaml", "rapidfuzz",
    "rispy", "scipy", "typst", "xlsxwriter",
)  # fmt: skip
NAME = "manifest.json"


def wanted(inputs: Mapping[str, Path], parameters: Mapping[str, object]) -> dict:
    """Everything that decides a report's bytes. `inputs` is group -> folder or file; names are relative to it, never a
    path.
    """
    code = Path(casebook.__file__).parent
    return {
        "casebook": casebook.__version__,
        "code": _checksum(
            hashlib.sha256(f"{name} {digest}\n".encode()).digest() for name, digest in _files(code).items()
        ),
        "python": platform.python_version(),
        "libraries": libraries(),
        "parameters": dict(sorted(parameters.items())),
        "inputs": {group: _files(path) for group, path in sorted(inputs.items())},
    }


def libraries() -> dict[str, str]:
    """The libraries that decide a report's bytes, by name and version."""
    return {name: _version(name) for name in _LIBRARIES}


def write(folder: Path, made_from: Mapping, quarantined: Iterable[str]) -> None:
    """The manifest of the finished report in `folder`. It is complete where no file had to be set aside."""
    aside = sorted(quarantined)
    content = {**made_from, "complete": not aside, "quarantined": aside, "outputs": _files(folder)}
    (folder / NAME).write_text(
        json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8"
    )


def stands(folder: Path, made_from: Mapping) -> bool:
    """Whether `folder` holds a report that was made from exactly this and was not touched since."""
    content = read(folder)
    outputs = content.pop("outputs", None)
    content.pop("complete", None)
    content.pop("quarantined", None)
    return content == json.loads(json.dumps(made_from)) and _files(folder, without=NAME) == outputs


def read(folder: Path) -> dict:
    """The manifest in `folder`, empty where there is none that can be read."""
    try:
        content = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _files(path: Path, without: str = "") -> dict[str, str]:
    if path.is_file():
        return {path.name: _digest(path)}
    found = sorted(_below(str(path), "")) if path.is_dir() else []  # who reads it tells what is missing
    return {name: _digest(f"{path}/{name}") for name in found if os.path.basename(name) != without}


def _below(folder: str, prefix: str) -> Iterator[str]:
    """The files in `folder` and below it, without hidden ones and what Python compiled."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "__pycache__")):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _below(entry.path, f"{prefix}{entry.name}/")
            elif not entry.name.endswith(".pyc") and entry.is_file():
                yield prefix + entry.name


def _digest(file: Path | str) -> str:
    """Checksum of the bytes; of a notebook, of what it runs and says, so that running it by hand changes nothing."""
    with open(file, "rb") as opened:
        content = opened.read()
    if os.fspath(file).endswith(".ipynb"):
        cells = json.loads(content)["cells"]
        says = [[cell["cell_type"], "".join(cell["source"]), cell["metadata"].get("tags", [])] for cell in cells]
        content = json.dumps(says).encode()
    return hashlib.sha256(content).hexdigest()


def _checksum(digests: Iterable[bytes]) -> str:
    whole = hashlib.sha256()
    for digest in digests:
        whole.update(digest)
    return whole.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
