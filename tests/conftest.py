import os

import pytest
from hypothesis import settings

settings.register_profile("casebook", deadline=None)  # a busy machine is no error
settings.load_profile("casebook")


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
