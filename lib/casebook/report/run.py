"""From a folder of reports to the published page."""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from casebook.errors import NotebookError, UsageError
from casebook.report import manifest, parameters

PAGE = "index.html"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Job:
    """What a report is made from, and the folder `out` that it goes to.

    With `tables`, a folder that `casebook tables` wrote, nothing is extracted from `seeds`. `values` are the notebooks'
    own parameters. With `strict`, a report that cannot be read is an error.
    """

    seeds: Path
    out: Path
    notebooks: Path
    protocol: Path
    vocabulary: Path
    tables: Path | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    strict: bool = False

    @property
    def inputs(self) -> dict[str, Path]:
        read = {"tables": self.tables} if self.tables else {"seeds": self.seeds, "vocabulary": self.vocabulary}
        return {"notebooks": self.notebooks, "protocol": self.protocol, **read}

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
    made_from = manifest.wanted(job.inputs, {**job.values, **({"strict": True} if job.strict else {})})
    if manifest.stands(job.out, made_from):
        say("nothing changed since this report was written")
        return job.out / PAGE
    job.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{job.out.name}.", dir=job.out.parent) as work:
        _make(job, found, made_from, Path(work), say)
    return job.out / PAGE


def _make(job: Job, found: list[parameters.Notebook], made_from: Mapping, work: Path, say: Say) -> None:
    from casebook.report.kernel import warm_kernel  # here and below: a report that stands needs none of these imports

    with warm_kernel(job.notebooks) as execute:
        from casebook.report.data import read_or_build

        review, tables = read_or_build(job, work / "tables", say)
        paths = {"seeds": job.seeds, "protocol": job.protocol, "tables": tables, "vocabulary": job.vocabulary}
        values = {name: str(path.resolve()) for name, path in paths.items()} | dict(job.values)
        (work / "notebooks").mkdir()
        executed = []
        for at, notebook in enumerate(found, 1):
            say(f"notebook {at} of {len(found)}: {notebook.path.name}")
            executed.append(work / "notebooks" / notebook.path.name)
            try:
                execute(notebook, executed[-1], {k: v for k, v in values.items() if k in notebook.declared})
            except NotebookError as error:
                raise NotebookError(f"{error}{_kept(executed[-1], job.failed)}") from error
    from casebook.folder import swap
    from casebook.report.compose import compose
    from casebook.report.data import publish_tables

    say("composing the page")
    new = work / "report"
    new.mkdir()
    (new / PAGE).write_text(compose(executed, review, job.values), encoding="utf-8")
    publish_tables(review, new)
    manifest.write(new, made_from, review.sources["path"][review.sources["status"].eq("quarantined")])
    swap(new, job.out)
    shutil.rmtree(job.failed, ignore_errors=True)


def _only_a_report(out: Path) -> None:
    """Refuse to replace a file, or a folder that holds anything but a report."""
    if out.is_file():
        raise UsageError(f"{out}: is a file, expected a folder to write the report to")
    if out.is_dir() and any(out.iterdir()) and not manifest.read(out):
        raise UsageError(f"{out}: holds files but no report, so it is not replaced; name another folder or empty it")


def _kept(copy: Path, failed: Path) -> str:
    """Move the failed `copy` beside the report; words that say where."""
    if not copy.is_file():
        return ""
    shutil.rmtree(failed, ignore_errors=True)
    failed.mkdir(parents=True)
    shutil.move(copy, failed / copy.name)
    return f"; the copy with the failure in its place is {failed / copy.name}"
