"""Title, authors and abstract of a report that begins as a page of a journal does."""

import pytest

from readers.reports import read, sentences, zones

PROSE = """1. Introduction
Cysts of the knee are common in ferrymen and they are seldom
treated before they have grown for a year or two.
2. Case Presentations
2.1. Clinical Case #1. A 44-year-old ferryman came with a cyst of the
knee that had been there for a year. It was drained.
2.2. Clinical Case #2. A 52-year-old ferryman came with a cyst of the
knee that had been there for a month. It was left alone.
3. Discussion
Cysts of the knee may be left alone when they are small. They are
seen in men who row a boat across a river for many years and in
those who kneel at their work, and they are as common in the left
knee as they are in the right one. Some of them come back after
they have been drained, and some do not. A splint is of no use in
the treatment of a cyst, and tablets are of no use in it either,
so that many men are told to wait for a year or two and to come
again when the cyst has grown to the size of an egg or when they
cannot bend the knee as they could before. We have not seen a cyst
that did harm to the joint in all the years in which we have had
to do with men who row boats, and we have seen many of these men.
Cysts of the elbow are another matter and they are not spoken of
here, as they are seen in men who do not row and who have another
trade, such as that of the smith or that of the man who cuts wood.
References
[1] I. Holt, “Cysts of the knee,” Odd Med, vol. 3, pp. 1–4, 2004.
"""
ABSTRACT = """Cysts of the knee are common. We report two ferrymen who came with a cyst of the knee after they had
received a new boat. One cyst was drained and the other was left alone, and both men did well in the years after."""


@pytest.mark.parametrize("authors", [
    "Anna Vance,1 Ida Holt,2\nand Max Reed1\n1\nDepartment of Odd Medicine, University of Ghent, Ghent, Belgium",
    "Anna Vance and Ida Holt\nDepartment of Odd Medicine, University of Ghent, Ghent, Belgium",
    "Anna de Vance, Ida Holt, Max Reed,\nand Jo Lund\nHospital of the Ferrymen, Ghent, Belgium",
    "Anna Vance, MD, Ida Holt, MD\nUniversity of Ghent, Ghent, Belgium",
])
def test_the_front_of_an_article_comes_apart(authors):
    front = ("Case Report\nCysts of the Knee: Two\nFerrymen from Ghent\n" + authors
             + "\nCorrespondence should be addressed to Anna Vance; vance@odd.org\n"
             "Received 3 May 2012; Accepted 9 May 2012\n"
             "Copyright © 2012 Anna Vance. This is an open access article distributed under the Creative Commons\n"
             "License, which permits unrestricted use, provided the original work is properly\ncited.\n")
    document = read(front + ABSTRACT + "\n" + PROSE)
    assert [(kind, words[:16]) for kind, _, words in zones(document)] == [
        ("title", "Cysts of the Kne"), ("front", authors[:16]), ("abstract", "Cysts of the kne"),
        ("introduction", "Cysts of the kne"), ("case", "A 44-year-old fe"), ("case", "A 52-year-old fe"),
        ("discussion", "Cysts of the kne"), ("references", "[1] I. Holt, “Cy")]
    assert document.fields["title"][0] == "Cysts of the Knee: Two Ferrymen from Ghent"


def test_an_abstract_of_labels_needs_no_heading():
    text = ("Case Report\nA Cyst of the Knee\n\nAnna Vance, University of Ghent, Belgium\n\n"
            "Background. Cysts of the knee are common in men who\nrow a boat over a river. Case Report. A man.\n"
            "Conclusion. Think of cysts in men who row and look at\ntheir knees when they come to you.\n\n" + PROSE)
    kinds = [kind for kind, _, _ in zones(read(text))]
    assert kinds[:4] == ["title", "front", "abstract", "abstract"] and kinds[4:6] == ["introduction", "case"]


def test_a_title_may_end_in_the_words_of_a_heading():
    text = "Cyst of the Knee of a Ferryman: A Rare\nCase Report\n\nAnna Vance, University of Ghent\n\n" + PROSE
    assert zones(read(text))[0][2] == "Cyst of the Knee of a Ferryman: A Rare Case Report"


def test_prose_that_names_a_hospital_is_no_title():
    text = ("A 44-year-old ferryman was referred to our\nUniversity Hospital in Ghent with a cyst of the knee that\n"
            "he had had for many years. It was\ndrained and he did well.")
    assert sentences(read(text), "case")[0].startswith("A 44-year-old ferryman was referred to our University Hospital")


@pytest.mark.parametrize("line", ["For the management of patients with", "of the patients with this treatment"])
def test_a_line_of_a_sentence_is_no_heading(line):
    text = PROSE.replace("when they are small.", f"when small. The knee was not hurt.\n{line}\ncysts one may wait.")
    assert [kind for kind, _, _ in zones(read(text))] == [
        "introduction", "case", "case", "discussion", "references"]


def test_a_heading_after_a_colon_is_none():
    text = "Cysts in Ferrymen and in Men who Row:\nCase Report and Review of the Literature\nAnna Vance1\n" + PROSE
    assert zones(read(text))[0][:2] != ("case", "Case Report and Review of the Literature")


def test_headings_of_two_columns_in_a_row_share_their_prose():
    text = ("1. Introduction\n\n2. Case Report\n\nCysts of the knee are common in ferrymen and they are seldom\n"
            "treated before they have grown for a year or two.\n\nA 44-year-old ferryman came with a cyst of the knee "
            "that\nhad been there for a year. It was drained.\n\n3. Discussion\n\nCysts may be left alone.")
    assert [(kind, words[:4]) for kind, _, words in zones(read(text))] == [
        ("introduction", "Cyst"), ("case", "A 44"), ("discussion", "Cyst")]


def test_a_word_of_a_figure_is_no_heading_of_references():
    other = "Reference\nThe other knee of the man was taken as a\nmeasure of it.\n3. Discussion"
    text = PROSE.replace("3. Discussion", other)
    assert "The other knee" in " ".join(sentences(read(text), "case"))


def test_a_list_of_abbreviations_after_the_discussion_leaves_the_case_where_it_is():
    text = ("Abstract\n\nBackground\n\nRare.\n\nCase presentation\n\nA man.\n\nKeywords: cyst\n\n"
            "Background\n\nCysts.\n\nCase presentation\n\nA man of 40.\n\nDiscussion\n\nCysts vary.\n\n"
            "Abbreviations\n\nCT: tomography")
    assert [kind for kind, _, _ in zones(read(text))] == [
        "abstract", "abstract", "keywords", "introduction", "case", "discussion", "keywords"]
