"""Readers that die on one report: a module of its own, which the processes that read can import."""

import os
import signal
from pathlib import Path

from casebook import batch, chunk

_PREPARE, _READ = batch._prepare, chunk.read


def prepare(vocabulary: Path, made_by: str) -> None:
    """In the place of `batch._prepare`: the process dies on report r40."""
    _PREPARE(vocabulary, made_by)
    read = batch.each_of

    def each(entries, terms):
        if any(entry.source_id == "r40" for entry in entries):
            os.kill(os.getpid(), signal.SIGKILL)
        return read(entries, terms)

    batch.each_of = each


def read(reports, vocabulary, made_by):
    """In the place of `chunk.read`: the process dies on report r37."""
    if any(one.entry.source_id == "r37" for one in reports):
        os.kill(os.getpid(), signal.SIGKILL)
    return _READ(reports, vocabulary, made_by)
