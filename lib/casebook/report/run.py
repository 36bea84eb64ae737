"""From a folder of reports to the published page."""

import os
import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from casebook.errors import InputError, NotebookError, UsageError
from casebook.folder import beside, swap, tidy
from casebook.places import DECISIONS, SECONDS
from casebook.report import manifest, parameters
from casebook.report.kernels import warm_kernels

PAGE = "index.html"
BESIDE = (
    "flow.csv", "appraisal.csv", "anchors.csv", "care.csv", "prisma_checklist.csv", "care_checklist.csv",
)  # what a reviewer may write beside the protocol  # fmt: skip
_KERNELS = 4  # at most; each takes some hundred megabytes
Say = Callable[[str], None]


@dataclass(frozen=True)
class Job:
    """What a report is made from, and the folder `out` that it goes to.

    With `tables`, a folder that `casebook tables` wrote, nothing is extracted from `seeds`. `values` are the notebooks'
    own parameters. `before` is a folder of earlier tables to compare with. With `strict`, a report that cannot be read
    is an error. `decisions` is the file of what people decided, where it is not beside the protocol. A notebook
    that is not finished after `notebook_seconds` fails.
    """

    seeds: Path
    out: Path
    notebooks: Path
    protocol: Path
    vocabulary: Path
    tables: Path | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    strict: bool = False
    before: Path | None = None
    decisions: Path | None = None
    notebook_seconds: float = SECONDS

    @property
    def decided(self) -> Path:
        """The file of the decisions: the one that was named, else decisions.csv beside the protocol."""
        return self.decisions or self.protocol.with_name(DECISIONS.name)

    @property
    def inputs(self) -> dict[str, Path]:
        read = {"tables": self.tables} if self.tables else {"seeds": self.seeds}
        screening = self.seeds / "sources.csv"  # in the folder of the tables it would be the table of that name
        if self.tables and self.tables.resolve() != self.seeds.resolve() and screening.is_file():
            read |= {"screening": screening}
        if self.tables:
            from casebook.readers.bibliography import exports  # which loads all formats

            read |= {name: self.seeds / name for name in exports(self.seeds)}
        earlier = {"before": self.before} if self.before else {}
        beside = {name: file for name in BESIDE if (file := self.protocol.with_name(name)).is_file()}
        beside |= {DECISIONS.name: self.decided} if self.decided.is_file() else {}
        own = {"notebooks": self.notebooks, "protocol": self.protocol, "vocabulary": self.vocabulary}
        return {**own, **read, **earlier, **beside}

    @property
    def failed(self) -> Path:
        return self.out.with_name(f"{self.out.name}.failed")


def run(job: Job, say: Say = lambda line: None) -> Path:
    """Write OUT/index.html with tables/, texts/ and manifest.json beside it; the path of the page.

    OUT is replaced whole when everything is there, and left as it was by any failure. Raises UsageError for values that
    no notebook declares and for an OUT that holds something else, NotebookError for a notebook that fails: its executed
    copy then stands in OUT.failed.
    """
    found = parameters.find(job.notebooks)
    parameters.check(found, job.values)
    _only_a_report(job.out)
    made_from = _made_from(job)
    if manifest.stands(job.out, made_from):
        tidy(job.out)
        say("nothing changed since this report was written")
        return job.out / PAGE
    with beside(job.out) as work:
        _make(job, found, made_from, work, say)
    return job.out / PAGE


def _make(job: Job, found: list[parameters.Notebook], made_from: Mapping, work: Path, say: Say) -> None:
    count = min(os.cpu_count() or 1, _KERNELS, len(found))
    new = work / "report"
    new.mkdir()
    with ThreadPoolExecutor(1) as pool, warm_kernels(job.notebooks, count, job.notebook_seconds) as kernels:
        from casebook.report.data import read_or_build  # here and below: a report that stands needs none of these
        from casebook.report.export import export, export_tables

        review, tables = read_or_build(job, work / "tables", say)
        paths = {"seeds": job.seeds, "protocol": job.protocol, "tables": tables, "vocabulary": job.vocabulary}
        before = {"before": str(job.before.resolve()) if job.before else ""}
        values = {name: str(path.resolve()) for name, path in paths.items()} | before | dict(job.values)
        (work / "notebooks").mkdir()
        executed = [work / "notebooks" / notebook.path.name for notebook in found]
        kernels.give(
            (notebook, target, {name: value for name, value in values.items() if name in notebook.declared})
            for notebook, target in zip(found, executed, strict=True)
        )
        references = pool.submit(export_tables, review, new)
        if failure := kernels.finish(lambda at: say(f"notebook {at + 1} of {len(found)}: {found[at].path.name}")):
            at, why = failure
            raise NotebookError(f"{why}{_kept(executed[at], job.failed)}")
    from casebook.report.compose import compose

    say("composing the page")
    export(compose(executed, review, job.values, references.result()), new)
    manifest.write(new, made_from, review.sources["path"][review.sources["status"].eq("quarantined")])
    if _made_from(job)["inputs"] != made_from["inputs"]:
        raise InputError("a report, notebook or review file changed while the review was written: run it again")
    swap(new, job.out)
    shutil.rmtree(job.failed, ignore_errors=True)


def _made_from(job: Job) -> dict:
    return manifest.wanted(job.inputs, {**job.values, **({"strict": True} if job.strict else {})})


def _only_a_report(out: Path) -> None:
    """Refuse to replace a file, or a folder that holds anything but a report."""
    if out.is_file():
        raise UsageError(f"{out}: is a file, expected a folder to write the report to")
    if out.is_dir() and any(out.iterdir()) and not (out / manifest.NAME).is_file():
        raise UsageError(f"{out}: holds files but no report, so it is not replaced; name another folder or empty it")


def _kept(copy: Path, failed: Path) -> str:
    """Move the failed `copy` beside the report; words that say where."""
    if not copy.is_file():
        return ""
    shutil.rmtree(failed, ignore_errors=True)
    failed.mkdir(parents=True)
    shutil.move(copy, failed / copy.name)
    return f"; the copy with the failure in its place is {failed / copy.name}"
