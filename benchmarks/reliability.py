"""Kills runs at random moments and writes docs/reliability.md: `make reliability`, about half an hour."""

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from faults.rig import Rig, Tally, kill_deciders, kill_runs  # noqa: E402

PAGE = """# Reliability

Written by `make reliability`, which kills runs with `kill -9` at random moments. A run works on invented reports; one
of them changes before each run, so that two good outputs are known. After each kill the output folder must hold one of
the two, file by file and byte by byte. After every {each} kills the next run must succeed without help, bring the new
output and leave nothing beside it.

| what was killed | kills | before the run had ended | later runs that were checked | failures |
|---|---:|---:|---:|---:|
{rows}

Of decisions {told:,} had been acknowledged before {deciders} kills; {lost:,} of them are missing from decisions.csv.
{broken}
The other faults are tests in `tests/faults/`: a full disk, a folder that cannot be written, two runs into one folder,
a report edited while it is read or while the review is written, a clock set back, a notebook that never ends, a damaged
cache or report, and the kernel of a killed run.
"""


def main() -> int:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--kills", type=int, default=200, help="of tables and report together (default: 200)")
    wanted.add_argument("--seed", type=int, default=1)
    wanted.add_argument("--out", type=Path, default=ROOT / "docs" / "reliability.md")
    args = wanted.parse_args()
    tallies: dict[str, Tally] = {}
    for what, times in (("tables", args.kills // 2), ("report", args.kills - args.kills // 2)):
        with tempfile.TemporaryDirectory() as folder:
            tallies[what] = kill_runs(Rig(Path(folder) / "review"), what, times, args.seed)
    with tempfile.TemporaryDirectory() as folder:
        deciders = kill_deciders(Path(folder), 50, args.seed)
    rows = [
        f"| `casebook {what}` | {one.kills} | {one.running} | {one.reruns} | {len(one.broken)} |"
        for what, one in tallies.items()
    ]
    broken = [line for one in (*tallies.values(), deciders) for line in one.broken]
    listed = "".join(f"- {line}\n" for line in broken)
    args.out.write_text(
        PAGE.format(each=4, rows="\n".join(rows), told=deciders.acknowledged, deciders=deciders.kills,
                    lost=len(deciders.broken), broken=f"\n{listed}" if listed else ""),
        encoding="utf-8",
    )  # fmt: skip
    print(f"{len(broken)} failures: {args.out}")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
