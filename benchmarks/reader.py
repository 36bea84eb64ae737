"""Measure the reader in a browser and write benchmarks/reader.md: `make clicks`, a minute on a quiet machine.

    python benchmarks/reader.py [--letters 200000] [--marks 1500] [--clicks 40] [--out FILE]

A click counts from the event to the next frame that the browser has drawn; a decision to Python's answer being shown.
"""

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from conftest import CHROMIUM, QUIET  # noqa: E402
from viewer.page import long_review, show  # noqa: E402

DRAWN = "await new Promise(done => requestAnimationFrame(() => setTimeout(done)));"
TIMED = f"""async ([selector, places, kind]) => {{ const taken = []; for (const at of places) {{
  const target = document.querySelectorAll(selector)[at]; const began = performance.now();
  if (kind === "click") target.click();
  else target.dispatchEvent(new KeyboardEvent("keydown", {{ key: kind, bubbles: true }}));
  {DRAWN} taken.push(performance.now() - began); }} return taken; }}"""
DECIDED = """async at => { const row = document.querySelectorAll('.cb-row')[at]; row.click();
  await new Promise(done => setTimeout(done, 60)); const cell = row.querySelector('.cb-cell.cb-now');
  const began = performance.now();
  cell.dispatchEvent(new KeyboardEvent("keydown", { key: "c", bubbles: true }));
  const kept = () => document.querySelectorAll('.cb-row')[at].querySelector('.cb-is-confirmed');
  while (!kept()) await new Promise(done => setTimeout(done, 1));
  return performance.now() - began; }"""


def measure(page: Page, marks: int, clicks: int) -> dict[str, list[float]]:
    """Milliseconds of each kind of step, over places all through the report."""
    places = [(at * 7919) % marks for at in range(clicks)]
    rows, marked = ".cb-of-sites .cb-row", ".cb-text .cb-mark"
    return {
        "click on a row, its words come into sight": page.evaluate(TIMED, [rows, places, "click"]),
        "click on marked words, their row comes into sight": page.evaluate(TIMED, [marked, places, "click"]),
        "key j, to the next row": page.evaluate(TIMED, [".cb-rows", [0] * clicks, "j"]),
        "key c, confirmed in the file and shown": [page.evaluate(DECIDED, at + 1) for at in places[: clicks // 4]],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=200_000)
    parser.add_argument("--marks", type=int, default=1500)
    parser.add_argument("--clicks", type=int, default=40)
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "reader.md")
    args = parser.parse_args()
    where = (
        f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, Python {platform.python_version()}, load "
        f"{os.getloadavg()[0]:.1f} when it began"
    )
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, headless=True, args=QUIET)
        page = browser.new_page(viewport={"width": 1300, "height": 900})
        reader = long_review(Path(folder), args.letters, args.marks).read("long")
        began = time.perf_counter()
        show(page, reader)
        opened = time.perf_counter() - began
        found = measure(page, args.marks, args.clicks)
        version = browser.version
        browser.close()
    head = (
        f"# How quick the reader is\n\nWritten by `make clicks` (`benchmarks/reader.py`): a report of {args.letters:,} "
        f"letters with {args.marks:,} marks in Chromium {version} on {where}. It opened in {opened:.1f} s. "
        "Milliseconds to the next frame drawn:\n\n| step | times | median | slowest of 20 |\n|---|---:|---:|---:|\n"
    )
    lines = [
        f"| {what} | {len(taken)} | {statistics.median(taken):.0f} | {statistics.quantiles(taken, n=20)[-1]:.0f} |"
        for what, taken in found.items()
    ]
    args.out.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(args.out.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
