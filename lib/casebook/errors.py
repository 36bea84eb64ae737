"""What a user sees without a traceback: each class carries the exit code that DESIGN.md gives it."""


class CasebookError(Exception):
    """Base of every error that is told in one line."""

    exit_code = 10


class UsageError(CasebookError):
    """The command line or a notebook parameter asks for something that does not exist."""

    exit_code = 2


class InputError(CasebookError):
    """A folder, report, vocabulary or review file cannot be used as it is."""

    exit_code = 10


class TableError(CasebookError):
    """A table breaks its schema."""

    exit_code = 11


class EvidenceError(CasebookError):
    """A quote is not what the text reads at its place."""

    exit_code = 12


class NotebookError(CasebookError):
    """A notebook failed; the failed copy is kept."""

    exit_code = 13


class ReportError(CasebookError):
    """The report cannot be put into one of its forms: our bug, told in the words of the tool that refused."""

    exit_code = 1


class DriftError(CasebookError):
    """Tables or report differ from what is committed."""

    exit_code = 14
