"""The folder of a review that the tests of this folder work in."""

import pytest

from casebook.curate.drafts import WHO
from invented import TEXTS, review_tables, write

PROTOCOL = """title: T
question: Q?
eligibility:
  include: [Patients with a tumour]
  exclude: [Reviews without a patient, Animals]
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv(WHO, "Ada")
    write(tmp_path / "tables", review_tables(), TEXTS)
    (tmp_path / "protocol.yml").write_text(PROTOCOL)
    return tmp_path
