"""Invented papers in several layouts come out of a PDF with every sentence whole."""

import re

import pytest

from casebook.assemble import rows_of
from casebook.errors import InputError
from casebook.places import VOCABULARY
from casebook.readers import read_bytes
from casebook.vocabulary import load
from readers.papers import ABSTRACT, CAPTION, EARLIER, LEGEND, PROSE, REFERENCES, TITLE, paper, pdf, read_pdf, table
from readers.reports import sentences, zones

NOTE = "Supported by an invented fund that had no part in this report."
FIGURE = "#rect(width: 6cm, height: 3cm, fill: gray)"
HEADS = (', header: [Quill and others #h(1fr) Journal of Invented Surgery], footer: align(center, context '
         'counter(page).display("1 of 1", both: true))')
SIDES = (", header: context { let at = counter(page).get().first(); "
         "if calc.odd(at) [Invented Reports in Surgery #at] else [#at Invented Reports in Surgery] }")
LAYOUTS = {
    "two columns": paper(),
    "two columns, numbered sections": paper(numbered=True),
    "one column": paper(columns=1),
    "three columns": paper(columns=3),
    "wide lines between lines": paper(columns=1, before="#set par(leading: 1.5em, spacing: 1.5em)"),
    "line numbers": paper(columns=1, before="#set par.line(numbering: n => text(size: 7pt)[#n])"),
    "line numbers of two columns": paper(before="#set par.line(numbering: n => text(size: 7pt)[#n])"),
    "running heads": paper(page=HEADS, inside={"Discussion": "#pagebreak()"}),
    "numbers on both sides of the head": paper(page=SIDES, inside={"Discussion": "#pagebreak()"}),
    "paragraphs apart": paper(before="#set par(first-line-indent: 0pt, spacing: 1.3em)"),
    "another typeface": paper(before='#set text(font: "New Computer Modern")'),
    "ragged and monospaced": paper(columns=1, before='#set text(font: "DejaVu Sans Mono", size: 9pt)\n'
                                                     "#set par(justify: false)"),
    "footnote": paper(inside={"Case Report": f"The lesion was photographed.#footnote[{NOTE}]"}),
    "legend in the text": paper(inside={"Case Report": f"{FIGURE}\n\n#text(size: 8pt)[{LEGEND}]\n"}),
    "legend at the top": paper(
        inside={"Case Report": f"#place(top, float: true)[{FIGURE}\n\n#text(size: 8pt)[{LEGEND}]]"}),
    "table over the columns": paper(wide=f"#text(size: 8pt)[{CAPTION}]\n\n{table()}"),
    "table in a column": paper(inside={"Discussion": f"#text(size: 8pt)[{CAPTION}]\n\n{table(size='6pt')}"}),
    "raised citations": paper(cite="#super[1, 2]"),
}


def plain(words: str) -> str:
    return re.sub(r"\s|\[1,2\]", "", words)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_sentence_is_whole_and_in_its_order(layout):
    document = read_pdf(LAYOUTS[layout])
    assert document.fields["title"][0] == TITLE
    found = [plain(sentence) for sentence in sentences(document)]
    wanted = [plain(sentence) for words in PROSE for sentence in re.split(r"(?<=\.) ", words)]
    assert [sentence for sentence in wanted if sentence not in found] == []
    assert [sentence for sentence in found if sentence in wanted] == wanted


def test_sections_are_zones_and_references_stay_outside():
    found = zones(read_pdf(paper(numbered=True)))
    assert [(kind, heading) for kind, heading, _ in found if kind not in ("title", "furniture")] == [
        ("abstract", "Abstract"), ("introduction", "1. Introduction"), ("case", "2. Case Report"),
        ("discussion", "3. Discussion"), ("references", "References")]
    assert all(plain(reference) in plain(found[-1][2]) for reference in REFERENCES)


def test_running_heads_and_page_numbers_are_gone():
    text = read_pdf(LAYOUTS["running heads"]).text
    assert "Journal of Invented Surgery" not in text and "of 2" not in text
    assert "Invented Reports" not in read_pdf(LAYOUTS["numbers on both sides of the head"]).text


def test_an_abstract_without_a_heading_may_begin_with_an_age_and_holds_no_addresses():
    where = ("Department of Surgery, Invented Hospital, Northtown, Section of Hand Surgery, Department of Accidents"
             " and Invented Repairs, University of Southtown, Piazza Bianca 11, Southtown, Institute of Imagined"
             " Pathology, Northtown")
    told = f"47-year-old woman presented with a mass. {ABSTRACT}"
    source = paper().replace("Department of Surgery, Invented Hospital, Northtown", where)
    found = zones(read_pdf(source.replace(f"= Abstract\n\n{ABSTRACT}", f"#text(size: 9pt)[{told}]\n")))
    assert [plain(words) for kind, _, words in found if kind == "abstract"] == [plain(told)]


def test_line_numbers_are_gone():
    assert not re.search(r"^\d+$", read_pdf(LAYOUTS["line numbers"]).text, re.MULTILINE)


def test_legends_stand_apart():
    for layout in ("legend in the text", "legend at the top"):
        document = read_pdf(LAYOUTS[layout])
        assert "".join(plain(words) for kind, _, words in zones(document) if kind == "legend") == plain(LEGEND)


def test_a_footnote_is_no_part_of_the_case():
    document = read_pdf(LAYOUTS["footnote"])
    assert NOTE in document.text
    told = [words for kind in ("case", "discussion", "references") for words in sentences(document, kind)]
    assert not any("fund" in words for words in told)


def test_raised_citations_are_read_as_such_and_units_are_not():
    document = read_pdf(paper(cite="#super[3]", sections=(
        ("Case Report", ("The mass was removed. It measured 12 cm#super[2] on the film, with 10#super[9] cells.",)),)))
    assert "The mass was removed.[3] It measured 12 cm2 on the film, with 109 cells." in " ".join(sentences(document))


def test_ligatures_and_broken_words_are_letters():
    words = "The efficient office officially affirmed the difficult fluid finding of reflux in the fifth finger."
    document = read_pdf(paper(sections=(("Case Report", (words,)),)))
    assert words in sentences(document)


@pytest.mark.parametrize("layout", ["table over the columns", "table in a column"])
def test_a_table_has_its_rows_and_stays_out_of_the_prose(layout):
    document = read_pdf(LAYOUTS[layout])
    assert "\n".join(f"| {' | '.join(row)} |" for row in EARLIER) in document.text
    told = [words for kind in ("case", "discussion") for words in sentences(document, kind)]
    assert not any(name in words for words in told for name in ("Moravec", "Oduya", "Table 1"))


def test_a_table_of_earlier_cases_becomes_cited_cases():
    rows = rows_of(read_pdf(LAYOUTS["table over the columns"]), load(VOCABULARY)).tables
    cited = [(row["age_years"], row["sex"]) for row in rows["cases"] if row["role"] == "cited"]
    assert cited == [(52, "female"), (39, "male"), (61, "female")]
    assert [(row["value"], row["months"]) for row in rows["outcomes"] if "/c" in row["case_id"]] == [
        ("alive", 24), ("alive", 36), ("dead", 9)]


def test_cells_over_several_lines_and_drawn_lines():
    rows = (("Author", "Age", "Treatment and course"),
            ("Moravec", "52", "Excision of the mass and of two nodes, and radiotherapy of the bed"),
            ("Oduya", "39", "None"))
    source = "#set table(stroke: (x, y) => (top: 0.5pt, bottom: 0.5pt))\n" + table(rows).replace(
        "stroke: none, ", "").replace("auto, auto, auto", "2cm, 1cm, 4cm")
    document = read_pdf(paper(inside={"Discussion": f"Table 1: Earlier cases.\n\n{source}"}))
    assert "\n".join(f"| {' | '.join(row)} |" for row in rows) in document.text


@pytest.mark.parametrize(("source", "told"), [
    ("#rect(width: 5cm, height: 5cm, fill: gray)", "without text"),
    ("#for n in range(401) [#pagebreak(weak: false) word]", "pages, more than"),
])
def test_a_pdf_that_cannot_be_a_report_is_refused(source, told):
    with pytest.raises(InputError, match=told):
        read_bytes(pdf(source), "a", "a.pdf")


@pytest.mark.parametrize("keep", [5, 9, 100, 2000])
def test_a_cut_pdf_is_refused(keep):
    with pytest.raises(InputError, match="PDF"):
        read_bytes(pdf(paper())[:keep], "a", "a.pdf")


def test_every_sentence_of_the_prose_knows_its_page_and_box():
    document = read_pdf(paper(before="#set text(size: 12pt)", page=HEADS, inside={"Discussion": "#pagebreak()"},
                              wide=f"#text(size: 8pt)[{CAPTION}]\n\n{table()}"))
    places = document.pages
    assert all(one.end <= other.start for one, other in zip(places, places[1:], strict=False))
    for words, page in (("A granular cell tumour of", 1), ("Granular cell tumours were first", 1), ("Moravec, 1998", 1),
                        ("In our patient the size", 2)):
        at = document.text.index(words)
        place = next(place for place in places if place.start <= at < place.end)
        left, bottom, right, top = place.box
        assert place.page == page and 0 < left < right < 596 and 0 < bottom < top < 842
    covered = sum(place.end - place.start for place in places)
    assert covered > 0.9 * len(document.text)
