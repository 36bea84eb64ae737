import pytest

from casebook.readers.hyphens import Hyphens
from readers.reports import quoted, read, sentences, zones

CUT = """ Summary: Cysts of the tibia are seldom seen in children and they are
often found by chance when a film is taken after a fall on the leg, as we re-
port here for a girl of nine years.

Case report

A 9-year-old girl fell from a swing and hurt her left leg. The pain re-
mained for two weeks. On the plain film a cyst of the proximal ti-
bia was seen (Fig. 1). The follow-
up film after six weeks showed a frac-

ture through the wall of the cyst. She had no fe-
ver. Curettage was done and the de-
fect was filled with bone chips taken from

Fig. 1. A, Plain film of the left leg before the operation with the cyst in the proximal part of the bone (arrow).
B, Plain film after six weeks; the wall of the cyst is broken. The growth plate
is not touched.
the iliac crest of the same side. Histology con-
firmed a simple cyst of the bone. After

J Imagined Orthop 7(2), May 2013 www.imagined.org 88

Cyst of the Tibia in a Girl

three months she walked without pain.

Discussion

Cysts of the tibia are seldom.
"""


def test_a_cut_and_broken_text_reads_as_it_was_written():
    assert sentences(read(CUT), "case") == [
        "A 9-year-old girl fell from a swing and hurt her left leg.",
        "The pain remained for two weeks.",
        "On the plain film a cyst of the proximal tibia was seen (Fig. 1).",
        "The follow-up film after six weeks showed a fracture through the wall of the cyst.",
        "She had no fever.",
        "Curettage was done and the defect was filled with bone chips taken from the iliac crest of the same side.",
        "Histology confirmed a simple cyst of the bone.",
        "After three months she walked without pain.",
    ]


def test_the_line_ends_and_the_page_breaks_may_be_written_otherwise():
    for text in (CUT.replace("\n", "\r\n"), CUT.replace("\nthe iliac", "\n the iliac"),
                 CUT.replace("from\n\nFig", "from\nFig"), CUT.replace("Fig. 1. A", "FIGURE 1: A"),
                 CUT.replace("Case report", "2. Presentation of case"), CUT.replace("Girl\n\nthree", "Girl\nthree")):
        assert sentences(read(text), "case") == sentences(read(CUT), "case")


def test_legends_stand_at_the_end_and_the_page_after_them():
    kinds = [(kind, words[:11]) for kind, _, words in zones(read(CUT))]
    assert kinds == [("abstract", "Cysts of th"), ("case", "A 9-year-ol"), ("discussion", "Cysts of th"),
                     ("legend", "Fig. 1. A, ")]
    document = read(CUT)
    assert document.zones[-1].kind == "furniture"
    assert "Cyst of the Tibia in a Girl" in document.view.text[document.zones[-1].start:]


def test_a_word_over_two_lines_is_quoted_as_it_stands():
    assert quoted(read(CUT), "remained") == ["re-\nmained"]
    assert quoted(read(CUT), "a fracture") == ["a frac-\n\nture"]
    assert quoted(read(CUT), "from the iliac crest") == ["from", "the iliac crest"]


@pytest.mark.parametrize(("left", "right", "stays"), [
    ("we re", "port", False), ("the T2", "weighted image", True), ("fat", "suppressed", True), ("PET", "CT", True),
    ("a CT", "guided biopsy", True), ("a non", "satisfactory result", True), ("a 35-year", "old man", True),
    ("follow", "up", True), ("follow", "ing", False), ("ten", "don", False), ("all", "ergic", False),
    ("post", "operative", False), ("whi", "ch", False), ("end", "oscopy", False), ("contrast", "enhanced", True),
    ("dis", "appearing", False), ("Fig. 1E", "G", True), ("long", "term", True), ("three", "month", True),
])
def test_a_hyphen_at_the_end_of_a_line(left, right, stays):
    assert Hyphens(f"{left}-\n{right}").stays(left, right) is stays


def test_the_same_text_decides_about_a_hyphen():
    assert Hyphens("a dose-dense course, dose-\ndense").stays("dose", "dense")
    assert not Hyphens("a nonunion of the bone").stays("a non", "union")


def test_a_paragraph_that_a_page_breaks_is_one():
    document = read("The pain in the arm of the man was felt at night and it woke\n"
                    "him for many weeks before he came to\n\n"
                    "hospital in the town where he had been born and raised\nand lived. He was well.\n\n"
                    "Another paragraph of this text begins here and it runs\nover two lines.")
    text = document.view.text
    assert "came to hospital in" in text and "well.\n\nAnother" in text


def test_running_heads_that_repeat_are_lifted():
    head = "Annals of Imagined Surgery"
    page = "The cyst was drained by a needle and it did not come back in the\nyears after the operation that ended the"
    pages = "".join(f"{page}\n\n{head}\n\n{number}\n\n" for number in (12, 13, 14))
    document = read(f"Case report\n\n{pages}{page} end.")
    assert head not in " ".join(sentences(document, "case"))
    assert [kind for kind, _, _ in zones(document)] == ["case"]


def test_a_figure_that_a_sentence_names_is_no_legend():
    document = read("The cyst was seen in the lower part of the bone as shown in\nFigure 1. The wall was thin and it\n"
                    "was broken on the left side.\nFigure 2 shows the film after the fall that she had\nin May.")
    assert [kind for kind, _, _ in zones(document)] == ["case"]


def test_ligatures_soft_hyphens_and_odd_blanks():
    document = read("The \ufb01lm showed a \ufb02uid level of 3\u2009cm in the speci\xadmen that was \n"
                    "sent in\xa0for a test to the \nhouse of the imagi\xad\nnary doctor.")
    assert sentences(document) == ["The film showed a fluid level of 3 cm in the specimen that was sent in for a test "
                                   "to the house of the imaginary doctor."]
