"""Arguments in, exit code out; the only module that prints."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from casebook import __version__
from casebook.errors import CasebookError, DriftError, InputError, UsageError
from casebook.places import VOCABULARY


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; `{self.prog} --help` lists what there is")


def _say(line: str) -> None:
    print(line, flush=True)


def _tables(args: argparse.Namespace) -> None:
    from casebook.assemble import build
    from casebook.publish import write_tables

    tables = build(args.reports, args.vocabulary, strict=args.strict)
    write_tables(tables, args.out)
    for row in tables.frames["sources"].query("status == 'quarantined'").itertuples():
        _say(f"quarantined: {row.path}: {row.reason}")
    counts = {"reports": tables.texts, "patients": tables.frames["cases"], "quotes": tables.frames["evidence"]}
    _say(f"{', '.join(f'{len(what)} {name}' for name, what in counts.items())}: {args.out}")


def _report(args: argparse.Namespace) -> None:
    from casebook.report import Job, run
    from casebook.report.parameters import parse

    for place in (args.notebooks, args.protocol):
        if not place.exists():
            raise InputError(f"{place}: does not exist; run this in the project's folder, or name it")
    job = Job(
        args.reports,
        args.out,
        args.notebooks,
        args.protocol,
        args.vocabulary or VOCABULARY,
        args.tables,
        parse(args.set),
        args.strict,
    )
    page = run(job, _say)
    _say(f"open {page}")


def _check(args: argparse.Namespace) -> None:
    from casebook.assemble import build
    from casebook.compare import differences

    if not args.tables.is_dir():
        raise InputError(
            f"{args.tables}: no such folder, expected the committed tables; write them with `casebook tables`"
        )
    lines = list(differences(args.tables, build(args.reports, args.vocabulary).frames))
    for line in lines:
        _say(line)
    if lines:
        raise DriftError(
            f"{args.tables} differs from what {args.reports} gives now; if that is right, commit `make tables`"
        )
    _say(f"{args.tables} is what {args.reports} gives")


def _dictionary(args: argparse.Namespace) -> None:
    from casebook.schema.dictionary import dictionary

    _say(dictionary().rstrip())


def _explain(args: argparse.Namespace) -> None:
    from casebook.explain import explain

    for line in explain(args.tables, args.row_id, args.vocabulary):
        _say(line)


def _notebooks(args: argparse.Namespace) -> None:
    from casebook.report.refresh import refresh

    refresh(args.folder, _say)


def _evaluate(args: argparse.Namespace) -> None:
    from casebook.evaluate import evaluate
    from casebook.evaluate.page import errors, table

    found = evaluate(args.tables, args.gold)
    _say(f"{found.sources} annotated reports")
    _say(table(found.scores))
    if args.errors:
        args.errors.write_text(errors(found.misses, args.tables / "texts"), encoding="utf-8")
        _say(f"errors: {args.errors}")


def parser() -> argparse.ArgumentParser:
    top = _Parser(prog="casebook", description="A folder of case reports becomes a living, evidence-linked review.")
    top.add_argument("--version", action="version", version=f"casebook {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)

    def command(name: str, run: Callable[[argparse.Namespace], None], help: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help, description=help[0].upper() + help[1:] + ".")
        made.set_defaults(run=run)
        return made

    def vocabulary(made: argparse.ArgumentParser) -> None:
        made.add_argument(
            "--vocabulary", type=Path, metavar="DIR", help="folder of vocabulary files (default: the project's)"
        )

    tables = command("tables", _tables, "read a folder of reports and write its tables as CSV")
    tables.add_argument("reports", type=Path, help="folder of reports")
    tables.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write; replaced as a whole")
    tables.add_argument(
        "--strict", action="store_true", help="a report that cannot be read is an error, not quarantined"
    )
    vocabulary(tables)

    report = command("report", _report, "run the notebooks and write the review as one page")
    report.add_argument(
        "reports", type=Path, nargs="?", default=Path("seeds"), help="folder of reports (default: seeds)"
    )
    report.add_argument(
        "--out",
        type=Path,
        default=Path("build/report"),
        metavar="DIR",
        help="folder to write; replaced as a whole (default: build/report)",
    )
    report.add_argument(
        "--protocol",
        type=Path,
        default=Path("data/review/protocol.yml"),
        metavar="FILE",
        help="question, eligibility, endpoints (default: data/review/protocol.yml)",
    )
    report.add_argument(
        "--tables", type=Path, metavar="DIR", help="folder that `casebook tables` wrote, instead of reading the reports"
    )
    report.add_argument(
        "--notebooks",
        type=Path,
        default=Path("notebooks"),
        metavar="DIR",
        help="folder of notebooks (default: notebooks)",
    )
    report.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="a parameter of the notebooks; may be repeated"
    )
    report.add_argument(
        "--strict", action="store_true", help="a report that cannot be read is an error, not quarantined"
    )
    vocabulary(report)

    check = command("check", _check, "compare the committed tables with what the reports give now")
    check.add_argument(
        "reports", type=Path, nargs="?", default=Path("seeds"), help="folder of reports (default: seeds)"
    )
    check.add_argument(
        "--tables",
        type=Path,
        default=Path("data/tables"),
        metavar="DIR",
        help="committed tables (default: data/tables)",
    )
    vocabulary(check)

    explain = command("explain", _explain, "show where a row comes from: sentence, rule, cue, the rule's examples")
    explain.add_argument("tables", type=Path, help="folder that `casebook tables` wrote")
    explain.add_argument("row_id", help="row_id of the row")
    vocabulary(explain)

    evaluate = command("evaluate", _evaluate, "measure the tables against annotations made by hand")
    evaluate.add_argument("tables", type=Path, help="folder that `casebook tables` wrote")
    evaluate.add_argument(
        "--gold", type=Path, required=True, help="folder of brat files, or a CSV with source_id, case, field, value"
    )
    evaluate.add_argument("--errors", type=Path, metavar="FILE", help="write a page of every error with its sentence")

    notebooks = command("notebooks", _notebooks, "execute the notebooks in place, each with its own parameters")
    notebooks.add_argument(
        "folder", type=Path, nargs="?", default=Path("notebooks"), help="folder of notebooks (default: notebooks)"
    )

    command("dictionary", _dictionary, "print what every table and column means")
    return top


def main(argv: Sequence[str] | None = None) -> int:
    try:
        args = parser().parse_args(argv)
        args.run(args)
    except CasebookError as error:
        print(f"casebook: {error}", file=sys.stderr)
        return error.exit_code
    return 0
