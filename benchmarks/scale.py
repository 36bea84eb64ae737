"""The page docs/scale.md: a line through the measured sizes, and what it says of larger ones."""

from collections.abc import Mapping
from dataclasses import dataclass

MILLION = 1_000_000
WORKERS = (1, 2, 16, 64)


@dataclass(frozen=True)
class Costs:
    """What a run costs whatever its size, and what each report adds."""

    start_seconds: float
    report_seconds: float
    start_megabytes: float
    report_bytes: float


def costs(measured: Mapping[int, tuple[float, float]]) -> Costs:
    """The line through the smallest and the largest size; `measured` is reports -> (seconds, megabytes)."""
    few, many = min(measured), max(measured)
    seconds = (measured[many][0] - measured[few][0]) / (many - few)
    megabytes = (measured[many][1] - measured[few][1]) / (many - few)
    return Costs(
        max(0.0, measured[few][0] - few * seconds), seconds, measured[few][1] - few * megabytes, megabytes * 1024**2
    )


def page(cost: Costs, measured: Mapping[int, tuple[float, float]], kept: int, written: int, of: int, where: str) -> str:
    sizes = "\n".join(f"| {n:,} | {s:.1f} | {1000 * s / n:.1f} | {mb:.0f} |" for n, (s, mb) in measured.items())
    work = cost.report_seconds * MILLION
    workers = "\n".join(f"| {n} | {work / n / 3600:.2f} |" for n in WORKERS)
    memory = cost.start_megabytes / 1024 + cost.report_bytes * MILLION / 1024**3
    return f"""# Many reports

Written by `make bench` on {where}; compare ratios, not seconds. `casebook tables`, one process, nothing kept:

| reports | seconds | ms a report | MB |
|---|---|---|---|
{sizes}

These sizes were measured and no other; everything below is a line through them. A run costs {cost.start_seconds:.1f} s
and {cost.start_megabytes:.0f} MB whatever its size; a report adds {1000 * cost.report_seconds:.1f} ms,
{cost.report_bytes / 1000:.1f} kB of memory, {kept / of / 1000:.1f} kB in the cache and {written / of / 1000:.1f} kB of
tables and text.

## On one machine

Processes share the reading, down to the lines of the tables; settling which files are one paper and writing the files
are the work of one. The tables are written one report after the other. Of each report its row of sources, a sample of
its words and its row names stay in memory, a few kB; texts, quotes and sentences do not. With decisions to lay over
them, and for `casebook report`, whole tables are in memory. From 5,000 reports on, or with `--parquet`, each table
stands as NAME.parquet beside NAME.csv and is read from there as long as it names the checksum of that CSV.

What each report gave is kept in one SQLite file of the cache (with `--no-cache`, of this run alone), under a checksum
of its bytes, its line of sources.csv and the code. A change of the code reads all again, a change of the vocabulary
those reports that hold one of the words that came, went or mean something else now, or whose rules asked the
vocabulary something that it answers otherwise: a site's place in the body, what a misspelt drug comes nearest to, the
words of a list that a rule looks through. A test changes words and reports at random and compares with a clean run.
Where nothing changed, neither reports nor tables, `casebook tables` says so and writes nothing; after a change, a text
that stands is linked, not written.

## On a cluster

`casebook tables DIR --out OUT --scheduler ADDRESS` sends reports in chunks of 50 to the workers of a Dask cluster
(`pip install 'casebook[cluster]'`, the same version of casebook on every worker) and keeps each chunk that comes back
under a name made of its content. OUT then holds TABLE/NUMBER-CHUNK.parquet and texts/, no CSV; `casebook report
--tables OUT` reads it. A worker that dies costs its chunk, which is done again; a report on which workers die again and
again is read alone at the end and then quarantined; after the loss of the scheduler the same command goes on with what
is kept.

Work for a million reports such as these, if workers were as fast as the one here and never waited:

| workers | hours |
|---|---|
{workers}

That is extraction alone. One process sends, keeps and publishes all chunks, and sees every text at once to tell which
are one paper; this part does not get faster with workers and was not measured beyond the sizes above. By the line
through them a million reports on one machine would need {memory:.0f} GB of memory; that, and the single process, is
where it stops.
"""
