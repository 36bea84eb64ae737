"""Notebooks executed and composed into one page; the only package that knows that notebooks exist."""

from casebook.report.run import Job, run

__all__ = ["Job", "run"]
