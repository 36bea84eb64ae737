"""What people decided about the machine's answers: kept line by line, laid over the tables on every run."""

from casebook.curate.apply import Curated, apply
from casebook.curate.decisions import Decision, append, read

__all__ = ["Curated", "Decision", "append", "apply", "read"]
