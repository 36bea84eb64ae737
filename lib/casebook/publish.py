"""Tables on disk: written beside their place, then put there whole."""

import shutil
import tempfile
from pathlib import Path

from casebook import csvfile
from casebook.assemble import Tables
from casebook.errors import InputError
from casebook.folder import swap


def write_tables(tables: Tables, out: Path) -> None:
    """OUT/NAME.csv for every table and OUT/texts/SOURCE_ID.txt; OUT is replaced as a whole or left as it was."""
    out.parent.mkdir(parents=True, exist_ok=True)
    _only_tables(out)
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


def _only_tables(out: Path) -> None:
    """Refuse to replace a file, or a folder that holds something else."""
    if out.exists() and not out.is_dir():
        raise InputError(f"{out}: is a file, expected a folder to write the tables to")
    if out.is_dir() and any(out.iterdir()) and not (out / "evidence.csv").is_file():
        raise InputError(f"{out}: holds files but no tables, so it is not replaced; name another folder or empty it")
