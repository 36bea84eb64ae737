"""What a page of a PDF puts among the lines of the prose, and the lines that look like it but are prose."""

import pytest

from casebook.readers.hyphens import Hyphens
from readers.reports import read, sentences, zones

BEFORE = """Case report

A 31-year-old woman had a swelling of the wrist that had grown
for two years before she came to our clinic. On the plain film
the bone was thin and the joint was free of wear. She had been"""
AFTER = """treated by a splint and by tablets against the pain at home.
The swelling was removed and it did not come back in the year
after the operation. She could use the hand as before and she
went back to her work in the town.

Discussion

Swellings of the wrist are common and they are often left alone.
"""
WHOLE = "She had been treated by a splint and by tablets against the pain at home."


@pytest.mark.parametrize("page", [
    "\n\n3\n\n", "\n\n3\n", "\n3\n\n", "\n\f3\n", "\nPage 3 of 9\n", "\n\n- 3 -\n\n",
    "\n412 A. Vance et al.\n", "\nVance et al. 412\n", "\n\n412\n\nA Swelling of the Wrist\n\n",
    "\n412\nActa Imaginaria Medica 2011; 4(2): 77-80\n", "\n77 IMAGINED JOURNAL OF MEDICINE\n",
    "\nVance et al. Journal of Imagined Cases 2011, 4:77\nhttp://www.imagined.org/content/4/1/77\nPage 3 of 9\n",
    "\nVance and Holt • A Swelling of the Wrist\n412\n",
    "\nImagined Publishing House\nJournal of Odd Cases\nVolume 2011, Article ID 412, 4 pages\nhttp://odd.org/412\n\f",
])
def test_a_head_or_foot_does_not_cut_its_sentence(page):
    document = read(BEFORE + page + AFTER)
    assert sentences(document, "case").count(WHOLE) == 1
    assert document.zones[-1].kind == "furniture"


def test_a_head_of_the_titles_words_is_found_where_it_stands_once():
    front = "A Large Swelling of the Wrist in a Weaver\n\nAnna Vance\n\nAbstract\n\nA swelling that was\nremoved.\n\n"
    text = f"{front}{BEFORE}\nSwelling of the Wrist\n{AFTER}"
    assert WHOLE in sentences(read(text), "case")


def test_heads_with_the_number_of_their_page_are_found_between_lines():
    heads = ("2 Case Studies of Odd Medicine", "Case Studies of Odd Medicine 3")
    pages = [f"{BEFORE}\n{head}\n{AFTER}" for head in heads]
    case = sentences(read("\n".join(pages)), "case")
    assert case.count(WHOLE) == 2 and "Odd Medicine" not in " ".join(case)


@pytest.mark.parametrize("line", [
    "on a Siemens Magnetom Avanto scanner. Magnetic Resonance Imaging 3",
    "Temozolomide and Bevacizumab for Glioblastoma, with Lomustine and",
    "Department of Hand Surgery, Faculty of Medicine, University of",
])
def test_a_line_of_many_names_that_fills_the_column_is_prose(line):
    document = read(f"{BEFORE}\n{line}\n{AFTER}")
    assert line in document.view.text[:document.zones[-1].start]


def test_the_tail_of_a_paragraph_at_the_end_of_a_page_is_prose():
    text = BEFORE + " seen\nby Holt et al. [1].\n\f3\n" + AFTER.capitalize()
    assert "She had been seen by Holt et al. [1]." in sentences(read(text), "case")


def test_labels_of_a_figure_stand_with_the_page():
    labels = "\n\n(a) (b) (c)\nUlna\nRadius\nFigure 1: Film of the wrist.\n40.00\n(%)\n"
    document = read(BEFORE + labels + AFTER + BEFORE + "\n" + AFTER)
    assert WHOLE in sentences(document, "case")
    assert sentences(document, "legend") == ["Figure 1: Film of the wrist."]
    assert "Ulna" in document.view.text[document.zones[-1].start:]


@pytest.mark.parametrize("legend", [
    "\n\nFigure 1. Film of the wrist with the swelling on its side.\n",
    "\nFig. 1: Film of the wrist.\n", "\nFIGURE 1\nFilm of the wrist with the swelling (arrow).\n",
    "\n\nFigure 1 (a)-(b) Films of the wrist. (c) The swelling after it was\nremoved by the surgeon.\n\n",
    "\n\nFigure 1 X-ray of the wrist.\n\n",
    "\nFig. 1. Film of the wrist. CAU: caudal; CRA: cranial; PAL: palmar;\nDOR: dorsal.\n",
])
def test_a_legend_does_not_cut_its_sentence(legend):
    document = read(BEFORE + legend + AFTER)
    assert sentences(document, "case").count(WHOLE) == 1
    assert [kind for kind, _, _ in zones(document)] == ["case", "discussion", "legend"]


def test_labels_without_captions_take_no_prose():
    text = f"{BEFORE}\n\nFigure 1\nFigure 2\n\n{AFTER}\nHer other wrist had no\n\nFigure 3\nswelling at any time."
    document = read(text)
    assert WHOLE in sentences(document, "case")
    assert sentences(document, "legend") == ["Figure 1", "Figure 2", "Figure 3"]


def test_a_short_line_ends_a_legend_that_stands_between_sentences():
    for told in ("She was ", "Swellings of this kind\nare not often seen in women of her age and they\nare not "):
        text = BEFORE + " well.\nFigure 1: Film of the wrist.\n" + told + AFTER
        assert sentences(read(text), "legend") == ["Figure 1: Film of the wrist."]


def test_a_table_ends_where_prose_goes_on():
    table = ("\n\nTable 1: Earlier swellings of the wrist.\nAuthor Age Sex\n"
             "Holt, 2001 [2] 44 male\nReed, 2004 [3] 12 female\n")
    document = read(BEFORE + table + AFTER)
    assert WHOLE in sentences(document, "case")
    assert sentences(document, "table")[-2:] == ["Holt, 2001 [2] 44 male", "Reed, 2004 [3] 12 female"]


def test_references_without_a_heading_are_no_prose():
    listed = ("1. Holt I, Reed M. Swellings of the\nwrist. Odd Med J 2001;4:12-18.\n"
              "[2] M. Reed, “Wrists,” Odd Med, vol. 3, pp. 1–4, 2004.\n")
    document = read(BEFORE + "\n" + AFTER + "\n" + listed)
    assert [kind for kind, _, _ in zones(document)][-1] == "references"
    assert "Reed" not in " ".join(sentences(document, "discussion"))


def test_letters_of_a_formula_and_degrees_are_read_plainly():
    text = BEFORE + " given\n50 \U0001d707g of a drug at 36.9∘C and she was\n" + AFTER
    assert "50 μg of a drug at 36.9°C" in read(text).view.text


@pytest.mark.parametrize(("left", "right", "stays"), [
    ("end", "to-end repair", True), ("an end-to", "end repair", True), ("formalin", "fixed tissue", True),
    ("beta", "blocker", True), ("two", "thirds of it", True), ("dis", "secting", False), ("suf", "fixed", True),
])
def test_a_hyphen_of_a_compound_word_stays(left, right, stays):
    assert Hyphens(f"{left}-\n{right}").stays(left, right) is stays


@pytest.mark.parametrize("note", [
    "\n\nReceived February 7, 2011; accepted May 4, 2011.\nCorresponding author: Anna Vance, Department\n"
    "of Odd Medicine, University of Ghent, Belgium.\nE-mail: vance@odd.org\n\n",
    "\nCorrespondence to: Anna Vance, Ghent, Belgium.\nE-mail: vance@odd.org\n",
    "\n\nCopyright © 2011 by the Odd Society. All rights\nreserved.\n\n",
])
def test_a_note_at_the_foot_of_a_page_does_not_cut_its_sentence(note):
    document = read(BEFORE + note + AFTER)
    assert sentences(document, "case").count(WHOLE) == 1
    assert "Vance" not in document.view.text[:document.zones[-1].start]


def test_a_range_over_two_lines_has_no_blank():
    text = BEFORE + " given\na drug; calcium was 2.6 mmol/L (normal 2.2–\n2.5 mmol/L) and she had no fever/\nchills.\n"
    assert "(normal 2.2–2.5 mmol/L) and she had no fever/chills" in read(text + AFTER).view.text
