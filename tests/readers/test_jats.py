"""Invented papers in the XML of journals."""

import re

import pytest

from casebook.assemble import rows_of
from casebook.errors import InputError
from casebook.places import VOCABULARY
from casebook.readers import read_bytes
from casebook.text.document import Document
from casebook.vocabulary import load
from readers.reports import sentences, zones

FRONT = """<front><journal-meta><journal-title-group><journal-title>Journal of Invented Surgery</journal-title>
</journal-title-group></journal-meta><article-meta><article-id pub-id-type="pmid">1234567</article-id>
<article-id pub-id-type="doi">10.1234/JIS.5</article-id><title-group><article-title>A mass of the <italic>left</italic>
forearm<xref ref-type="fn">*</xref></article-title></title-group><contrib-group><contrib contrib-type="author"><name>
<surname>Quill</surname><given-names>Ada</given-names></name></contrib><contrib contrib-type="editor"><name>
<surname>Editor</surname><given-names>Eve</given-names></name></contrib></contrib-group><pub-date><year>2016</year></pub-date>
<permissions><license xmlns:xlink="http://www.w3.org/1999/xlink"
 xlink:href="https://creativecommons.org/licenses/by/4.0/"/></permissions>
<abstract><p>A mass grew slowly.</p></abstract></article-meta></front>"""
BODY = """<body><sec><title>Case report</title><p>A 47-year-old woman had a mass of the left forearm.<sup><xref
ref-type="bibr">1</xref>,<xref ref-type="bibr">2</xref></sup> It measured 12 cm<sup>2</sup> on the film.<fig><label>
Figure 1</label><caption><p>The mass on MRI.</p></caption></fig> It was <bold>excised</bold>.</p></sec>
<sec><title>Discussion</title><p>Such masses are rare.</p>{table}</sec></body>"""
TABLE = """<table-wrap><label>Table 1</label><caption><p>Cases of granular cell tumour of the forearm reported in
the literature.</p></caption><table><thead><tr><th>{head}</th></tr></thead><tbody>{rows}</tbody></table></table-wrap>"""
BACK = """<back><ack><p>We thank nobody.</p></ack><ref-list><ref><label>1</label><mixed-citation>
Moravec K. Tumours. 1998.</mixed-citation></ref></ref-list></back>"""


def article(table: str = "", head: str = "") -> bytes:
    body = BODY.replace("{table}", table)
    return f'<?xml version="1.0"?>{head}<article article-type="case-report">{FRONT}{body}{BACK}</article>'.encode()


def read(data: bytes) -> Document:
    return read_bytes(data, "paper", "paper.xml")


def test_the_front_fills_the_source():
    fields = {column: value for column, (value, _) in read(article()).fields.items()}
    assert fields == {"title": "A mass of the left forearm", "authors": "Quill, Ada", "year": "2016", "pmid": "1234567",
                      "journal": "Journal of Invented Surgery", "doi": "10.1234/jis.5", "licence": "CC BY 4.0",
                      "kind": "case report"}


def test_sections_are_zones_and_legends_stand_apart():
    document = read(article())
    assert [(kind, heading) for kind, heading, _ in zones(document) if kind not in ("title", "furniture")] == [
        ("abstract", "Abstract"), ("case", "Case report"), ("discussion", "Discussion"), ("references", "References"),
        ("legend", "")]
    assert sentences(document, "case") == ["A 47-year-old woman had a mass of the left forearm.[1,2]",
                                           "It measured 12 cm2 on the film.", "It was excised."]


@pytest.mark.parametrize(("head", "rows"), [
    (("Author", "Age/sex", "Treatment", "Outcome", "Follow-up"),
     (("Moravec 1998", "52/F", "Excision", "Alive", "24 months"),
      ("Oduya 2004", "39/M", "Excision", "Dead", "9 months"))),
    (("Study", "Patient age (years)", "Gender", "Management", "Final status", "Duration of follow-up (months)"),
     (("Moravec et al. [3]", "52", "Female", "Surgery", "Alive", "24"),
      ("Oduya [4]", "39", "Male", "Surgery", "Died", "9"))),
    (("First author, year (ref.)", "Age, sex", "Surgical intervention", "Clinical outcome", "Survival"),
     (("Moravec, 1998 [3]", "52, female", "Yes", "Alive", "24 months"),
      ("Oduya [4]", "39, male", "No", "Dead", "9 months"))),
])
def test_a_table_of_earlier_cases_is_cited_cases_whatever_its_columns_are_called(head, rows):
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    document = read(article(TABLE.replace("{head}", "</th><th>".join(head)).replace("{rows}", body)))
    tables = rows_of(document, load(VOCABULARY)).tables
    cited = [(row["age_years"], row["sex"]) for row in tables["cases"] if row["role"] == "cited"]
    assert cited == [(52, "female"), (39, "male")]
    assert [(row["value"], row["months"]) for row in tables["outcomes"] if "/c" in row["case_id"]] == [
        ("alive", 24), ("dead", 9)]


def test_a_cell_over_several_rows_or_columns_stands_in_each():
    table = TABLE.replace("{head}", "Author</th><th colspan='2'>Person").replace(
        "{rows}", "<tr><td rowspan='2'>Moravec</td><td>52</td><td>F</td></tr><tr><td>39</td><td>M|x</td></tr>")
    assert "| Author | Person | Person |\n| Moravec | 52 | F |\n| Moravec | 39 | M¦x |" in read(article(table)).text


def test_a_set_of_one_paper_is_read_and_of_two_refused():
    one = re.sub(rb"^<\?xml[^>]*>", b"", article())
    assert read(b"<pmc-articleset>" + one + b"</pmc-articleset>").text == read(article()).text
    with pytest.raises(InputError, match="a set of 2 papers"):
        read(b"<pmc-articleset>" + one + one + b"</pmc-articleset>")


BOMB = '<!DOCTYPE article [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "]>"


@pytest.mark.parametrize("data", [
    article(head=BOMB).replace(b"Such masses", b"&i; masses"),
    article(head='<!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/hostname">]>').replace(b"Such", b"&x;"),
    article(head='<!DOCTYPE article [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>'),
    article(head=BOMB).decode().replace('version="1.0"', 'version="1.0" encoding="utf-16"').encode("utf-16"),
    article('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/hostname" parse="text"/>'),
    article("<sec>" * 5000 + "</sec>" * 5000),
    article()[:900],
    article("<p>&unknown;</p>"),
])
def test_xml_that_expands_includes_or_is_broken_is_refused(data):
    with pytest.raises(InputError, match="XML|nested|entities"):
        read(data)


def test_a_document_type_of_its_own_is_not_fetched():
    head = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.0//EN" "http://127.0.0.1:9/jats.dtd">'
    assert read(article(head=head)).text == read(article()).text
