"""What people decided about the machine's answers: kept line by line, laid over the tables on every run."""

from casebook.curate.anchor import Machine
from casebook.curate.apply import Curated, lay
from casebook.curate.decisions import Decision, append, append_all, read, torn

__all__ = ["Curated", "Decision", "Machine", "append", "append_all", "lay", "read", "torn"]
