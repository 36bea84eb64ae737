"""The commands and their arguments."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from casebook import __version__
from casebook.cli import commands
from casebook.errors import UsageError
from casebook.places import FROM_REPORTS, SECONDS


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; `{self.prog} --help` lists what there is")


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value < 1e7:
        raise ValueError(text)
    return value


def parser() -> argparse.ArgumentParser:
    top = _Parser(prog="casebook", description="A folder of case reports becomes a living, evidence-linked review.")
    top.add_argument("--version", action="version", version=f"casebook {__version__}")
    made_of = top.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)

    def command(name: str, run: Callable[[argparse.Namespace], None], help: str) -> argparse.ArgumentParser:
        made = made_of.add_parser(name, help=help, description=help[0].upper() + help[1:] + ".")
        made.set_defaults(run=run)
        return made

    def vocabulary(made: argparse.ArgumentParser) -> None:
        made.add_argument(
            "--vocabulary", type=Path, metavar="DIR", help="folder of vocabulary files (default: the project's)"
        )

    def work(made: argparse.ArgumentParser) -> None:
        made.add_argument("--jobs", type=int, metavar="N", help="processes that share the work (default: one per core)")
        made.add_argument("--no-cache", action="store_true", help="read every report anew, and keep nothing for later")

    def decisions(made: argparse.ArgumentParser, default: str) -> None:
        made.add_argument(
            "--decisions", type=Path, metavar="FILE", help=f"what people decided on the tables (default: {default})"
        )

    tables = command("tables", commands.tables, "read a folder of reports and write its tables as CSV")
    tables.add_argument("reports", help="folder of reports; with --scheduler also an fsspec URL")
    tables.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write; replaced as a whole")
    tables.add_argument(
        "--strict", action="store_true", help="a report that cannot be read is an error, not quarantined"
    )
    tables.add_argument(
        "--parquet", action="store_true", help=f"write Parquet beside CSV, as for {FROM_REPORTS:,} reports or more"
    )
    tables.add_argument(
        "--scheduler", metavar="ADDRESS", help="work on the Dask cluster there, and write partitioned Parquet, no CSV"
    )
    decisions(tables, "data/review/decisions.csv, for a folder of the project")
    vocabulary(tables)
    work(tables)

    report = command("report", commands.report, "run the notebooks and write the review as one page")
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
        "--before",
        type=Path,
        default=Path("data/tables"),
        metavar="DIR",
        help="earlier tables that the report compares its own with (default: data/tables)",
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
        "--notebook-seconds",
        type=_seconds,
        default=SECONDS,
        metavar="N",
        help=f"seconds that one notebook may take (default: {SECONDS:g})",
    )
    report.add_argument(
        "--strict", action="store_true", help="a report that cannot be read is an error, not quarantined"
    )
    decisions(report, "decisions.csv beside the protocol")
    vocabulary(report)

    add = command("add", commands.add, "copy reports into the folder of reports, each with its line in sources.csv")
    add.add_argument("files", type=Path, nargs="+", metavar="FILE", help="report to add")
    add.add_argument(
        "--seeds", type=Path, default=Path("seeds"), metavar="DIR", help="folder of reports (default: seeds)"
    )
    decided = add.add_mutually_exclusive_group()
    decided.add_argument("--include", action="store_true", help="write down that the reports are eligible")
    decided.add_argument("--exclude", metavar="REASON", help="write down that they are not, and why")
    add.add_argument("--by", default="", metavar="WHO", help="the person who decided")
    vocabulary(add)

    check = command("check", commands.check, "compare the committed tables with what the reports give now")
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
    decisions(check, "data/review/decisions.csv, for a folder of the project")
    vocabulary(check)
    work(check)

    why = "show where a row comes from: sentence, rule, cue, the rule's examples"
    explain = command("explain", commands.explain, why)
    explain.add_argument("tables", type=Path, help="folder that `casebook tables` wrote")
    explain.add_argument("row_id", help="row_id of the row")
    vocabulary(explain)

    evaluate = command("evaluate", commands.evaluate, "measure the tables against annotations made by hand")
    evaluate.add_argument("tables", type=Path, help="folder that `casebook tables` wrote")
    evaluate.add_argument(
        "--gold",
        type=Path,
        required=True,
        help="folder of brat files (MACCROBAT's types), or a CSV with source_id, case, field, value",
    )
    evaluate.add_argument("--errors", type=Path, metavar="FILE", help="write a page of every error with its sentence")

    notebooks = command("notebooks", commands.notebooks, "execute the notebooks in place, each with its own parameters")
    notebooks.add_argument(
        "folder", type=Path, nargs="?", default=Path("notebooks"), help="folder of notebooks (default: notebooks)"
    )

    command("dictionary", commands.dictionary, "print what every table and column means")
    return top
