"""What holds for the view of any text."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.readers.lines import BLANKS
from casebook.readers.received import Received
from casebook.readers.registry import WRITTEN
from casebook.text.document import Document
from casebook.text.sentences import split

PIECES = st.sampled_from([
    "Case report", "## 2. Case 1", "Discussion", "Keywords: cyst", "The cyst was seen by the doctor who had been away",
    "it was re-", "T2-", "weighted image", "Fig. 1. The cyst", "A. Film of it (arrow).", "of the wall.", "- ", "• item",
    "12", "3 A. Vance et al.", "References", "1. Vance J. Cysts. Odd Med 2001;3:4", "(a) (b)", "FIGURE 1", "\u2218",
    "\U0001d707", "J Odd Med 3(4), 2011 www.odd.org 77", "A Running Title", "| a | b |", "a\tb", "Table 1. Cases", " ",
    "\n", "\n", "\n\n", "\f", "\r\n", "\ufb01lm", "\xad", "\u2009", "\ufeff",
    "  • +<p>new <b>side</b>&nbsp;4</p>", "+<ul><li>one", "  • -<p>old</p>", "<li>two</li></ul>", "<sup>1</sup>",
    "&lt;", "Caption was added:\nA caption", "<", "+", "é", "Image 3 CT ( create )",
])
TEXTS = st.one_of(st.lists(PIECES, min_size=1, max_size=40).map("".join), st.text(min_size=1, max_size=200))


def documents(text: str) -> list[Document]:
    """The text as each format reads it."""
    received = Received("any", "any.txt", text.encode("utf-8", "surrogatepass"), text)
    return [format.read(received) for format in WRITTEN if text.strip(BLANKS)]


@settings(deadline=None)
@given(TEXTS)
def test_a_copied_character_is_the_raw_one_and_zones_tile_the_view(text):
    for document in documents(text):
        view = document.view
        for piece in view.pieces:
            assert view.text[piece.view:piece.view + piece.length] == text[piece.raw:piece.raw + piece.length]
        edges = [0, *(zone.end for zone in document.zones)]
        assert [zone.start for zone in document.zones] == edges[:-1] and edges[-1] == len(view.text)


@settings(deadline=None)
@given(TEXTS)
def test_the_quotes_of_a_sentence_read_like_the_sentence(text):
    for document in documents(text):
        for sentence in split(document.view.text, document.zones):
            spans = document.view.raw_spans(sentence.start, sentence.end)
            quotes = "".join(text[span.start:span.end] for span in spans)
            seen = document.view.text[sentence.start:sentence.end]
            assert _letters(quotes) == _letters(_uninserted(document, sentence.start, seen))


@settings(deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=40).map("".join))
def test_no_word_of_a_plain_or_pdf_text_is_lost(text):
    for document in documents(text)[1:]:
        anew = "fi" * text.count("\ufb01") + "μ" * text.count("\U0001d707")
        assert sorted(_letters(document.view.text)) == sorted(_letters(text) + anew)


_WRITTEN_ANEW = re.compile(r"<[^<>]*>|&#?\w+;|[\ufb00-\ufb04\U0001d400-\U0001d7ff]")


def _letters(words: str) -> str:
    """`words` without what a reader may leave out, join or write anew."""
    return "".join(filter(str.isalnum, _WRITTEN_ANEW.sub("", words)))


def _uninserted(document: Document, start: int, words: str) -> str:
    """`words` at view offset `start` without the characters that belong to no piece."""
    end = start + len(words)
    kept = [(max(start, p.view), min(end, p.view + p.length)) for p in document.view.pieces]
    return "".join(document.view.text[low:high] for low, high in kept if low < high)


@pytest.mark.parametrize("unit", [
    "a-\n", "(", "Fig. ", "Fig. 1. A\n", "# ", "\n", " ", "a\tb\n", "| a |\n", "+<p>", "+<!--", "+<a ", "&amp;", "• ",
    "Case 1: a\n", "2013 ", "Image 1", "word word word word word word word\n", "Caption was added:\n", "-", "\ufb01",
    "1. ", "12\n", "Fig. 1\n", "Table 1. a\n", "References\n", "1. Vance J. 2001;3:4.\n", "3 A. Vance et al.\n",
    "Imagined Journal of Cysts 3\n", "Vance, Holt, and Reed\n", "(a) (b)\n", "Keywords: a\nb\n", "University\n",
    "+<p>\n", "+<li>x\n", "+<ul>", "+<h1>x</h1>\n",
])
@pytest.mark.parametrize("format", WRITTEN, ids=lambda format: format.name)
def test_time_grows_with_the_length_only(unit, format):
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        received = Received("long", "long.txt", b"", text + " end")
        start = time.process_time()
        format.detect(received)
        document = format.read(received)
        split(document.view.text, document.zones)
        return time.process_time() - start

    # quadratic time would be a factor of 100; a busy machine may spoil one try
    assert any(seconds(100_000) < 50 * max(seconds(10_000), 0.005) for _ in range(3))
