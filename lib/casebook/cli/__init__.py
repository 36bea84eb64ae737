"""Arguments in, exit code out; the only part that prints."""

import sys
from collections.abc import Sequence

from casebook.cli.arguments import parser
from casebook.errors import CasebookError

__all__ = ["main", "parser"]


def main(argv: Sequence[str] | None = None) -> int:
    try:
        args = parser().parse_args(argv)
        args.run(args)
    except CasebookError as error:
        print(f"casebook: {error}", file=sys.stderr)
        return error.exit_code
    return 0
