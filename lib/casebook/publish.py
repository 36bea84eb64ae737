"""Tables on disk: written beside their place, then put there whole."""

import os
import shutil
import tempfile
from pathlib import Path

from casebook import csvfile
from casebook.assemble import Tables
from casebook.errors import InputError


def write_tables(tables: Tables, out: Path) -> None:
    """OUT/NAME.csv for every table and OUT/texts/SOURCE_ID.txt; OUT is replaced as a whole or left as it was."""
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.exists() and not out.is_dir():
        raise InputError(f"{out}: is a file, expected a folder to write the tables to")
    beside = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        beside.chmod(0o755)
        (beside / "texts").mkdir()
        for name, frame in tables.frames.items():
            csvfile.write(frame, beside / f"{name}.csv")
        for source_id, text in tables.texts.items():
            (beside / "texts" / f"{source_id}.txt").write_bytes(text.encode("utf-8"))
        swap(beside, out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def swap(new: Path, out: Path) -> None:
    """Put folder `new` in the place of `out`; the old one goes only when the new one stands."""
    old = new.with_name(new.name + ".old")
    if out.exists():
        os.rename(out, old)
    try:
        os.rename(new, out)
    except OSError:
        if old.exists():
            os.rename(old, out)
        raise
    shutil.rmtree(old, ignore_errors=True)
