"""How long a browser takes to open a page: `python benchmarks/opening.py PAGE`."""

import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

_TIMES = """() => { const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const page = performance.getEntriesByType("navigation")[0];
  return paint && page.loadEventEnd ? [paint.startTime / 1000, page.loadEventEnd / 1000] : null; }"""


def opened(file: Path, times: int = 3) -> tuple[float, float] | None:
    """Median seconds to the first words on the screen and to the end of loading; None without a browser."""
    try:
        from playwright.sync_api import sync_playwright

        from conftest import CHROMIUM, QUIET
    except ImportError:
        return None
    if CHROMIUM is None:
        return None
    taken = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, headless=True, args=QUIET)
        for _ in range(times):
            page = browser.new_page(viewport={"width": 1300, "height": 900})
            page.goto(file.resolve().as_uri(), wait_until="load")
            taken.append(page.wait_for_function(_TIMES).json_value())
            page.close()
        browser.close()
    words, whole = zip(*taken, strict=True)
    return statistics.median(words), statistics.median(whole)


if __name__ == "__main__":
    print(opened(Path(sys.argv[1])))
