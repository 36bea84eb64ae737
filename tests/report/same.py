"""Two folders compared byte by byte."""

from collections.abc import Iterator
from pathlib import Path

_SHOWN = 30  # bytes from the first that differs


def differences(one: Path, other: Path, without: tuple[str, ...] = ()) -> Iterator[str]:
    """A line for each file that is not the same in both, with its first differing byte; `without` names files that may
    differ.
    """
    found = [{p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()} for folder in (one, other)]
    for name in sorted(found[0].keys() | found[1].keys()):
        if name in without:
            continue
        if lacking := [folder.name for folder, files in zip((one, other), found, strict=True) if name not in files]:
            yield f"{name}: is not in {lacking[0]}"
            continue
        left, right = (files[name].read_bytes() for files in found)
        if left != right:
            pairs = enumerate(zip(left, right, strict=False))
            at = next((at for at, (a, b) in pairs if a != b), min(len(left), len(right)))
            yield f"{name}: byte {at:,}: {left[at : at + _SHOWN]!r} and {right[at : at + _SHOWN]!r}"
