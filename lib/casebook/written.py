"""Tables and texts of a folder that `casebook tables` wrote, each read when it is first asked for."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from casebook import csvfile, parquet
from casebook.errors import InputError
from casebook.schema import TABLES

MACHINE = "machine"  # the folder inside it that holds what the machine said where people decided otherwise


def written(folder: Path, machine: bool = False) -> "Written":
    """The tables in `folder`, as people left them or as the `machine` filled them. Raises InputError where one is
    missing.
    """
    paths = [folder / f"{name}.csv" for name in TABLES]
    if missing := [path.name for path in paths if not path.is_file() and not parquet.exists(path)]:
        raise InputError(f"{folder}: {', '.join(missing)} is missing; write the tables with `casebook tables`")
    return Written(folder, machine)


class Written(Mapping[str, pd.DataFrame]):
    """Tables of a folder."""

    def __init__(self, folder: Path, machine: bool = False):
        self._folder, self._machine = folder, machine
        self._read: dict[str, pd.DataFrame] = {}

    @property
    def rescreened(self) -> bool:
        """Whether people decided otherwise on a source than the tables of the machine say."""
        return self._machine and (self._folder / MACHINE / "sources.csv").is_file()

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._read:
            before = self._folder / MACHINE / f"{name}.csv"
            found = before if self._machine and before.is_file() else self._folder / f"{name}.csv"
            self._read[name] = csvfile.read(found)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)


class InOrder(Mapping[str, pd.DataFrame]):
    """Tables in the order of the schema, none of them touched before it is asked for."""

    def __init__(self, frames: Mapping[str, pd.DataFrame]):
        self._frames = frames

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in TABLES:
            raise KeyError(name)
        return self._frames[name]

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)


class Texts(Mapping[str, str]):
    """Texts of folders; those of a later folder are for sources that the earlier ones lack."""

    def __init__(self, *folders: Path):
        self._folders = folders
        self._read: dict[str, str] = {}

    def __getitem__(self, source_id: str) -> str:
        if source_id not in self._read:
            paths = [path for folder in self._folders if (path := folder / f"{source_id}.txt").is_file()]
            if not paths:
                raise KeyError(source_id)
            self._read[source_id] = paths[0].read_bytes().decode("utf-8")
        return self._read[source_id]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({path.stem for folder in self._folders for path in folder.glob("*.txt")}))

    def __len__(self) -> int:
        return sum(1 for _ in self)


_PAGES = ".pages.json"


class Pages(Mapping[str, list[list]]):
    """Of the texts of a folder that came from pages: start, end, page from 1, and box of each piece of the text."""

    def __init__(self, texts: Path):
        self._texts = texts

    def __getitem__(self, source_id: str) -> list[list]:
        path = self._texts / f"{source_id}{_PAGES}"
        if not path.is_file():
            raise KeyError(source_id)
        return json.loads(path.read_text(encoding="utf-8"))

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(path.name.removesuffix(_PAGES) for path in self._texts.glob(f"*{_PAGES}")))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def write_pages(texts: Path, pages: Mapping[str, list[list]]) -> None:
    """TEXTS/SOURCE_ID.pages.json for each source that has pages."""
    for source_id, places in pages.items():
        (texts / f"{source_id}{_PAGES}").write_text(json.dumps(places, separators=(",", ":")), encoding="utf-8")


class Without(Mapping[str, str]):
    """`texts` without those of some sources."""

    def __init__(self, texts: Mapping[str, str], without: frozenset[str]):
        self._texts, self._out = texts, without

    def __getitem__(self, source_id: str) -> str:
        if source_id in self._out:
            raise KeyError(source_id)
        return self._texts[source_id]

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._texts if name not in self._out)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def keep_machine(
    folder: Path, frames: Mapping[str, pd.DataFrame], machine: Mapping[str, pd.DataFrame], texts: Mapping[str, str]
) -> None:
    """Into FOLDER/machine what the machine said in the tables that people changed, and `texts` that they left out."""
    changed = [name for name in machine if frames[name] is not machine[name]]
    if not changed and not texts:
        return
    (folder / MACHINE / "texts").mkdir(parents=True) if texts else (folder / MACHINE).mkdir(parents=True)
    for name in changed:
        csvfile.write(machine[name], folder / MACHINE / f"{name}.csv")
    for source_id, text in texts.items():
        (folder / MACHINE / "texts" / f"{source_id}.txt").write_bytes(text.encode("utf-8"))
