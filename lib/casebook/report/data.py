"""The review that the notebooks of a report share: extracted once, written where each of them reads it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from casebook import csvfile, parquet
from casebook.curate.decisions import FILE as DECISIONS
from casebook.places import FROM_REPORTS
from casebook.report.run import Job
from casebook.workbook import Review, load
from casebook.written import write_pages


def read_or_build(job: Job, folder: Path, say: Callable[[str], None]) -> tuple[Review, Path]:
    """The review, and the folder that holds its tables for the notebooks: the job's own, or else `folder`."""
    if job.tables is not None:
        say("reading the tables")
        review = load(job.seeds, job.protocol, job.tables, decisions=job.decided)
        if job.decisions is None:
            return review, job.tables
    else:
        say("reading the reports")
        review = load(job.seeds, job.protocol, vocabulary=job.vocabulary, strict=job.strict, decisions=job.decided)
    folder.mkdir()
    _write(review, folder, folder / "texts")
    if len(review.texts) >= FROM_REPORTS:  # which every notebook would parse anew
        for name in review.tables:
            parquet.write(folder / f"{name}.csv")
    if job.decided.is_file():
        shutil.copyfile(job.decided, folder / DECISIONS)
        review.keep_machine(folder)
    (folder / "sentences.json").write_text(json.dumps(review.sentences), encoding="utf-8")
    return review, folder


def publish_tables(review: Review, out: Path) -> None:
    """out/tables/NAME.csv and out/texts/SOURCE_ID.txt."""
    (out / "tables").mkdir()
    _write(review, out / "tables", out / "texts")


def _write(review: Review, tables: Path, texts: Path) -> None:
    texts.mkdir()
    for name, frame in review.tables.items():
        csvfile.write(frame, tables / f"{name}.csv")
    for source_id, text in review.texts.items():
        (texts / f"{source_id}.txt").write_bytes(text.encode("utf-8"))
    write_pages(texts, {name: places for name, places in review.pages.items() if name in review.texts})
