"""Tables on disk: written beside their place, then put there whole."""

from pathlib import Path

from casebook import csvfile, parquet
from casebook.assemble import Tables
from casebook.errors import InputError
from casebook.folder import beside, swap
from casebook.places import FROM_REPORTS
from casebook.written import keep_machine, write_pages


def write_tables(tables: Tables, out: Path, machine: Tables | None = None, as_parquet: bool = False) -> None:
    """OUT/NAME.csv for every table, OUT/texts/SOURCE_ID.txt, and SOURCE_ID.pages.json beside it where it came from a
    PDF; OUT is replaced as a whole or left as it was.

    Where people decided, `machine` holds the tables before that; OUT/machine then has those that differ. A large
    review has Parquet beside CSV; `as_parquet` gives it to any.
    """
    only_tables(out)
    with beside(out) as work:
        new = work / "tables"
        (new / "texts").mkdir(parents=True)
        for name, frame in tables.frames.items():
            csvfile.write(frame, new / f"{name}.csv")
            if as_parquet or len(tables.texts) >= FROM_REPORTS:
                parquet.write(new / f"{name}.csv")
        for source_id, text in tables.texts.items():
            (new / "texts" / f"{source_id}.txt").write_bytes(text.encode("utf-8"))
        write_pages(new / "texts", tables.pages)
        if machine:
            left_out = {name: text for name, text in machine.texts.items() if name not in tables.texts}
            keep_machine(new, tables.frames, machine.frames, left_out)
        swap(new, out)


def only_tables(out: Path) -> None:
    """Refuse to replace a file, or a folder that holds something else."""
    if out.exists() and not out.is_dir():
        raise InputError(f"{out}: is a file, expected a folder to write the tables to")
    if out.is_dir() and any(out.iterdir()) and not _tables(out):
        raise InputError(f"{out}: holds files but no tables, so it is not replaced; name another folder or empty it")


def _tables(folder: Path) -> bool:
    return (folder / "evidence.csv").is_file() or parquet.exists(folder / "evidence.csv")
