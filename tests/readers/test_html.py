"""Invented pages of journals and reference works: the paper comes out, what surrounds it stays behind."""

import pytest

from casebook.errors import InputError
from casebook.readers import read_bytes
from casebook.text.document import Document
from readers.reports import sentences, zones

HEAD = """<head><meta charset="utf-8"><title>A mass | Invented Press</title>
<meta name="citation_title" content="A mass of the forearm"><meta name="citation_author" content="Ada Quill">
<meta name="citation_author" content="Bertram Osei"><meta name="citation_doi" content="doi:10.1234/JIS.5">
<meta name="citation_publication_date" content="2016/03/01">
<meta name="citation_journal_title" content="Invented Surgery">
<script>alert("<p>Scripts are no prose.</p>")</script><style>p {color: red}</style></head>"""
PAPER = """<h1>A mass of the forearm</h1><h2>Case report</h2>
<p>A 47-year-old woman had a <em>painless</em> mass of the left
forearm.<sup><a href="#r1">1</a></sup> It was <b>firm</b>.</p><p>It measured 12 cm<sup>2</sup>, and the mass&nbsp;was
excised with a wide margin under general anaesthesia; the margins were free of tumour.</p>
<figure><img src="x.png"><figcaption>Figure 1: The mass on MRI.</figcaption></figure>
<table><tr><th>Author</th><th>Age/sex</th></tr><tr><td>Moravec 1998</td><td>52/F</td></tr></table>
<h2>Discussion</h2><p>Such masses are rare, and most of them are benign in spite of their size.</p>
<h2>References</h2><ol><li><cite>Moravec K. Tumours. 1998;12:33-39.</cite></li></ol>"""
AROUND = """<div id="cookie-banner"><p>We use cookies to make your visit of this page even better than it is.</p></div>
<nav><ul><li><a href="/">Home</a></li><li><a href="/j">Journals</a></li></ul></nav>
<header class="masthead"><p>Invented Press, the home of invention.</p></header>"""
AFTER = """<div class="related-articles"><h3>Related</h3><p>Another mass of another forearm.</p></div>
<aside><p>Advertisement: buy scalpels now.</p></aside><div class="ad-slot"><p>Scalpels half price.</p></div>
<div style="display: none"><p>Hidden words.</p></div><footer><p>Copyright of Invented Press.</p></footer>"""
PAGES = {
    "article": f"{AROUND}<article>{PAPER}</article>{AFTER}",
    "main": f'{AROUND}<div role="main"><div class="content has-sidebar">{PAPER}</div>{AFTER}</div>',
    "nothing but boxes": f'{AROUND}<div class="wrap"><div class="left"><ul><li><a href="/a">A</a></li></ul></div>'
                         f'<div class="body">{PAPER}</div></div>{AFTER}',
    "a table as layout": f"{AROUND}<table><tr><td><a href='/'>Home</a></td><td>{PAPER}</td></tr></table>{AFTER}",
}


def read(body: str, head: str = HEAD) -> Document:
    return read_bytes(f"<!DOCTYPE html><html>{head}<body>{body}</body></html>".encode(), "page", "page.html")


@pytest.mark.parametrize("layout", PAGES)
def test_the_paper_is_read_and_nothing_around_it(layout):
    document = read(PAGES[layout])
    assert sentences(document, "case") == [
        "A 47-year-old woman had a painless mass of the left forearm.[1]", "It was firm.",
        "It measured 12 cm2, and the mass was excised with a wide margin under general anaesthesia; the margins were"
        " free of tumour."]
    assert sentences(document, "discussion") == [
        "Such masses are rare, and most of them are benign in spite of their size."]
    assert "| Author | Age/sex |\n| Moravec 1998 | 52/F |" in document.text
    assert ("legend", "", "Figure 1: The mass on MRI.") in zones(document)
    for words in ("cookies", "Home", "invention", "Another mass", "calpels", "Hidden", "Copyright", "alert", "color"):
        assert words not in document.text


def test_what_the_page_states_of_its_paper_fills_the_source():
    fields = {column: value for column, (value, _) in read(PAGES["article"]).fields.items()}
    assert fields == {"title": "A mass of the forearm", "authors": "Ada Quill; Bertram Osei", "doi": "10.1234/jis.5",
                      "year": "2016", "journal": "Invented Surgery"}


def test_markup_inside_words_is_text():
    words = "The label read &lt;script&gt;alert(1)&lt;/script&gt; in full."
    document = read(f"<article><h2>Case report</h2><p>{words}</p></article>")
    assert sentences(document, "case") == ["The label read <script>alert(1)</script> in full."]


def test_a_page_is_known_by_its_content():
    page = f"<html>{HEAD}<body>{PAGES['main']}</body></html>".encode()
    assert read_bytes(page, "a", "a.txt").format == read_bytes(page, "a", "a").format == "web page"


@pytest.mark.parametrize(("body", "told"), [("<div>" * 300 + "x", "nested deeper"), ("<p> </p>", "without text")])
def test_a_page_that_cannot_be_read_is_refused(body, told):
    with pytest.raises(InputError, match=told):
        read(body, "")
