import os
import shutil

import pytest
from hypothesis import settings

settings.register_profile("casebook", deadline=None)  # a busy machine is no error
settings.load_profile("casebook")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory):
    """What the tests read is kept apart from what the user's own runs keep."""
    before = os.environ.get("CASEBOOK_CACHE")
    os.environ["CASEBOOK_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["CASEBOOK_CACHE"]
    else:
        os.environ["CASEBOOK_CACHE"] = before


@pytest.fixture(scope="module")
def chromium():
    """A browser for one file of tests: playwright allows one at a time in a process."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, headless=True, args=QUIET)
        yield started
        started.close()
