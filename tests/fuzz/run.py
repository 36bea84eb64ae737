"""Counts how damaged files of every format end: `make fuzz`."""

import re
import sys
import time
from collections import Counter
from pathlib import PurePath

from casebook.places import VOCABULARY
from casebook.vocabulary import load
from fuzz.held import outcome
from fuzz.inputs import mutants


def main(count: int) -> int:
    vocabulary = load(VOCABULARY)
    ends: Counter[tuple[str, str]] = Counter()
    faults, slowest = [], (0.0, "")
    for number, (name, data) in enumerate(mutants(count, real=True)):
        start = time.monotonic()
        try:
            end = outcome(name, data, vocabulary)
        except Exception as error:
            end = "FAULT"
            faults.append(f"{number} {name}: {type(error).__name__} {error}"[:300])
        slowest = max(slowest, (time.monotonic() - start, f"{number} {name}"))
        reason = re.sub(r"\d+", "0", end.split(":")[0]) if end else "tables"
        ends[PurePath(name).suffix, reason] += 1
    for (suffix, reason), n in sorted(ends.items(), key=lambda item: (item[0][0], -item[1])):
        print(f"{n:6} {suffix:5} {reason}")
    read = sum(n for (_, reason), n in ends.items() if reason == "tables")
    print(f"{count} files: {read} read, {count - read - len(faults)} refused with a reason, {len(faults)} faults;"
          f" slowest {slowest[0]:.1f} s ({slowest[1]})")
    print(*faults, sep="\n")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
