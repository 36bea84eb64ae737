"""Counts with their noun."""

import pytest

from casebook.text.amounts import counted, plural


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 patients"), (1, "1 patient"), (2, "2 patients"), (1204, "1,204 patients")]
)
def test_one_alone_has_the_singular(count, told):
    assert counted(count, "patient") == told


def test_another_form_than_with_s():
    assert counted(2, "case series", "case series") == "2 case series"
    assert [plural(n, "has", "have") for n in (0, 1, 2)] == ["have", "has", "have"]
