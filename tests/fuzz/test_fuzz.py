"""Damaged files of every format end in tables or with a reason, in bounded time."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebook.places import VOCABULARY
from casebook.vocabulary import load
from fuzz.held import outcome
from fuzz.inputs import TOKENS, mutants

HEADS = (b"", b"%PDF-1.4\n", b"<html><body>", b"<article><front/><body>", b"\x1f\x8b", b"PK\x03\x04word/document.xml")


@pytest.fixture(scope="module")
def vocabulary():
    return load(VOCABULARY)


@pytest.mark.parametrize("part", range(4))
def test_damaged_files(vocabulary, part):
    for number, (name, data) in enumerate(mutants(400)):
        if number % 4 == part:
            start = time.monotonic()
            outcome(name, data, vocabulary)
            assert time.monotonic() - start < 20, (number, name)


@settings(max_examples=100, deadline=20_000, derandomize=True, suppress_health_check=list(HealthCheck))
@given(head=st.sampled_from(HEADS), parts=st.lists(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(
    lambda words: words.encode("utf-8")), st.sampled_from(TOKENS)), max_size=12))
def test_made_up_bytes(vocabulary, head, parts):
    outcome("x.txt", head + b"".join(parts), vocabulary)
