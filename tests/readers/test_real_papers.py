"""The PDF of a paper against its JATS: the same sentences, and the same cells in the tables."""

import re
import unicodedata
from collections import Counter

import pytest

from casebook.assemble import rows_of
from casebook.places import VOCABULARY
from casebook.readers import read_bytes
from casebook.text.document import Document
from casebook.text.sentences import split
from casebook.vocabulary import load
from house.tree import ROOT

PAPERS = ROOT.parent / "shared" / "corpora" / "hindawi_dev"
PROSE = ("abstract", "introduction", "case", "discussion")
KEYS = ("row_id", "source_id", "case_id", "study", "course")

pytestmark = pytest.mark.skipif(not PAPERS.is_dir(), reason="the papers do not lie beside this clone")


@pytest.fixture(scope="module")
def pairs() -> list[tuple[Document, Document]]:
    return [tuple(read_bytes((folder / name).read_bytes(), "x", name) for name in ("fulltext.xml", "fulltext.pdf"))
            for folder in sorted(PAPERS.iterdir())]


def plain(words: str) -> str:
    words = re.sub("[‐‑–—]", "-", unicodedata.normalize("NFKC", words)).translate(str.maketrans("’‘“”", "''\"\""))
    return re.sub(r"\s+", "", words).lower()


def prose(document: Document) -> list[str]:
    found = split(document.view.text, document.zones)
    return [plain(document.view.text[s.start:s.end]) for s in found if s.zone in PROSE]


def test_the_sentences_of_a_pdf_are_whole(pairs):
    wanted = whole = 0
    for xml, pdf in pairs:
        found = set(prose(pdf))
        told = prose(xml)
        wanted += len(told)
        whole += sum(sentence in found for sentence in told)
    assert whole / wanted >= 0.97


def cells(document: Document, vocabulary) -> Counter:
    rows = rows_of(document, vocabulary).tables
    return Counter((name, row.get("case_id"), column, str(value)) for name, found in rows.items() if name != "evidence"
                   for row in found for column, value in row.items() if column not in KEYS and value is not None)


def test_the_tables_of_both_agree(pairs):
    vocabulary = load(VOCABULARY)
    shared = total = 0
    for xml, pdf in pairs:
        one, other = cells(xml, vocabulary), cells(pdf, vocabulary)
        shared += 2 * (one & other).total()
        total += one.total() + other.total()
    assert shared / total >= 0.93
