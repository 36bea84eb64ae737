"""What each command does: one function for each, which prints what there is to say."""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from casebook.errors import DriftError, InputError, UsageError
from casebook.places import DECISIONS, PROJECT, VOCABULARY

if TYPE_CHECKING:
    from casebook.assemble import Tables


def _say(line: str) -> None:
    print(line, flush=True)


def _cache(args: argparse.Namespace) -> Path | None:
    from casebook.cache import default_folder

    return None if args.no_cache else default_folder()


def _progress() -> Callable[[int, int], None]:
    """Reports done, their rate and the time left, on one line of a terminal; nothing where the output is kept."""
    if not sys.stderr.isatty():
        return lambda done, of: None
    begun = time.monotonic()

    def show(done: int, of: int) -> None:
        if done % 20 and done < of:
            return
        rate = done / max(time.monotonic() - begun, 0.001)
        left = f", {(of - done) / rate:.0f} s left" if done < of else ""
        print(f"\r{done:,} of {of:,} reports, {rate:,.0f} a second{left}  ", end="", file=sys.stderr, flush=True)
        if done == of:
            print(file=sys.stderr)

    return show


def tables(args: argparse.Namespace) -> None:
    if args.scheduler:
        _on_cluster(args)
        return
    args.reports = Path(args.reports)
    if _decisions(args) is None:
        _streamed(args)
        return
    from casebook.assemble import build
    from casebook.publish import write_tables

    machine = build(args.reports, args.vocabulary, args.strict, args.jobs, _cache(args), _progress())
    curated, machine, decisions = _decided(args, machine)
    write_tables(curated, args.out, machine, args.parquet)
    for row in curated.frames["sources"].query("status == 'quarantined'").itertuples():
        _say(f"quarantined: {row.path}: {row.reason}")
    for line in decisions:
        _say(line)
    counts = {"reports": curated.texts, "patients": curated.frames["cases"], "quotes": curated.frames["evidence"]}
    _say(f"{', '.join(f'{len(what)} {name}' for name, what in counts.items())}: {args.out}")


def _streamed(args: argparse.Namespace) -> None:
    from casebook.streamed import stream

    counts = stream(
        args.reports, args.out, args.vocabulary, args.strict, args.jobs, _cache(args), args.parquet, _progress()
    )
    for path, reason in counts.quarantined:
        _say(f"quarantined: {path}: {reason}")
    if counts.stood:
        _say("nothing changed since these tables were written")
    _say(f"{counts.reports} reports, {counts.patients} patients, {counts.quotes} quotes: {args.out}")


def _on_cluster(args: argparse.Namespace) -> None:
    from casebook.cluster import run

    if args.decisions or args.strict:
        asked = "--decisions" if args.decisions else "--strict"
        raise UsageError(f"{asked} does not go with --scheduler; `casebook report --tables` lays decisions over")
    counts = run(args.reports, args.out, args.scheduler, args.vocabulary, _cache(args), _progress())
    for path, reason in counts.quarantined:
        _say(f"quarantined: {path}: {reason}")
    _say(f"{counts.reports} reports, {counts.patients} patients, {counts.quotes} quotes: {args.out}")


def _decisions(args: argparse.Namespace) -> Path | None:
    """The file of the decisions that are laid over the tables."""
    if args.decisions and not args.decisions.is_file():
        raise InputError(f"{args.decisions}: no such file, expected decisions such as data/review/decisions.csv")
    own = args.reports.resolve().is_relative_to(PROJECT)
    return args.decisions or (DECISIONS if own else None)


def _decided(args: argparse.Namespace, tables: "Tables") -> "tuple[Tables, Tables, list[str]]":
    """The tables with the decisions of people in them, those before that, and what is to be told of the decisions."""
    from casebook.curate import Machine, lay, read, torn
    from casebook.curate.screening import wanted

    file = _decisions(args)
    if file is None:
        return tables, tables, []
    decisions = read(file)
    machine = Machine(tables.frames, tables.texts)
    if names := wanted(machine, decisions):
        from casebook.overruled import read_too

        tables = read_too(tables, names, args.reports, args.vocabulary)
        machine = Machine(tables.frames, tables.texts)
    curated = lay(machine, decisions)
    told = [f"{file.name} line {line}: cut off in writing, passed over" for line in torn(file)]
    if len(decisions):
        waiting = curated.open["decision"].nunique()
        told.append(f"{len(decisions)} decisions, of which {waiting} need another look (review.open lists them)")
    texts = {name: text for name, text in tables.texts.items() if name not in curated.excluded}
    return replace(tables, frames=dict(curated.frames), texts=texts), tables, told


def report(args: argparse.Namespace) -> None:
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
        args.before,
        args.decisions,
        args.notebook_seconds,
    )
    page = run(job, _say)
    _say(f"open {page}")


def check(args: argparse.Namespace) -> None:
    from casebook.assemble import build
    from casebook.compare import differences

    if not args.tables.is_dir():
        raise InputError(
            f"{args.tables}: no such folder, expected the committed tables; write them with `casebook tables`"
        )
    tables = build(args.reports, args.vocabulary, jobs=args.jobs, cache=_cache(args))
    curated, _, decisions = _decided(args, tables)
    lines = list(differences(args.tables, curated.frames))
    for line in [*decisions, *lines]:
        _say(line)
    if lines:
        raise DriftError(
            f"{args.tables} differs from what {args.reports} gives now; if that is right, commit `make tables`"
        )
    _say(f"{args.tables} is what {args.reports} gives")


def dictionary(args: argparse.Namespace) -> None:
    from casebook.schema.dictionary import dictionary as printed

    _say(printed().rstrip())


def explain(args: argparse.Namespace) -> None:
    from casebook.explain import explain as explained

    for line in explained(args.tables, args.row_id, args.vocabulary):
        _say(line)


def notebooks(args: argparse.Namespace) -> None:
    from casebook.report.refresh import refresh

    refresh(args.folder, _say)


def evaluate(args: argparse.Namespace) -> None:
    from casebook.evaluate import evaluate as measured
    from casebook.evaluate.page import errors, table

    found = measured(args.tables, args.gold)
    _say(f"{found.sources} annotated reports")
    _say(table(found.scores))
    if args.errors:
        args.errors.write_text(errors(found.misses, args.tables / "texts"), encoding="utf-8")
        _say(f"errors: {args.errors}")


def add(args: argparse.Namespace) -> None:
    from casebook.adding import Screened, told
    from casebook.adding import add as added

    decision = "exclude" if args.exclude is not None else "include" if args.include else ""
    if args.by and not decision:
        raise UsageError("--by names who decided: it needs --include or --exclude REASON")
    screened = Screened(decision, args.exclude or "", args.by)
    for one in added(args.files, args.seeds, args.vocabulary or VOCABULARY, screened):
        for line in told(one):
            _say(line)
