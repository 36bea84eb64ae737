import pytest

from casebook.readers.zones import kind_of
from readers.reports import read, sentences, zones


@pytest.mark.parametrize(("words", "kind"), [
    ("Abstract", "abstract"), ("SUMMARY", "abstract"), ("Key words", "keywords"), ("1. Introduction", "introduction"),
    ("Background", "introduction"), ("2. Case Presentation", "case"), ("2.1. Case 1", "case"), ("CASE REPORTS", "case"),
    ("Case No. 3", "case"), ("Patient B", "case"), ("The second patient", "case"), ("Presentation of case", "case"),
    ("Follow-up and outcomes", "case"), ("III. DISCUSSION", "discussion"),
    ("Discussion and literature review", "discussion"),
    ("5 Conclusions", "discussion"), ("Review of the literature", "discussion"), ("References", "references"),
    ("Literature cited", "references"), ("Conflict of Interests", "furniture"), ("Authors’ contributions", "furniture"),
    ("Patient consent", "furniture"), ("Acknowledgements", "furniture"), ("Methods", "introduction"),
    ("Patients and methods", "case"), ("Case summary", "case"), ("Headache", ""), ("The", ""), ("Our dog", ""),
    ("Glioblastoma of the case", ""), ("", ""),
])
def test_a_heading_opens_its_kind_of_zone(words, kind):
    assert kind_of(words) == kind


def test_headed_text_falls_into_its_zones():
    document = read("""A Swelling of the Knee in a Ferryman

## Abstract

A swelling is reported.

## 1. Introduction

Swellings are common.

## 2. Case Presentation

## 2.1. Case 1

A 40-year-old man came.

### Imaging

MRI showed a cyst.

## 2.2. Case 2

A 50-year-old woman came.

## 3. Discussion

### Treatment

Cysts are drained.

## Conflict of Interests

None.

Figure 1. MRI of the knee.
""")
    assert zones(document) == [
        ("title", "", "A Swelling of the Knee in a Ferryman"),
        ("abstract", "Abstract", "A swelling is reported."),
        ("introduction", "1. Introduction", "Swellings are common."),
        ("case", "2.1. Case 1", "A 40-year-old man came."),
        ("case", "Imaging", "MRI showed a cyst."),
        ("case", "2.2. Case 2", "A 50-year-old woman came."),
        ("discussion", "Treatment", "Cysts are drained."),
        ("furniture", "Conflict of Interests", "None."),
        ("legend", "", "Figure 1. MRI of the knee."),
    ]
    assert document.fields["title"][0] == "A Swelling of the Knee in a Ferryman"


def test_text_without_headings_is_one_case():
    assert zones(read("A man of 40 came. He left.")) == [("case", "", "A man of 40 came. He left.")]


def test_headings_on_the_line_of_their_prose():
    document = read("ABSTRACT: A cyst.\nKeywords: cyst, knee\nCase 1. A boy of 9 came.\nDiscussion - Cysts vary.")
    assert zones(document) == [("abstract", "ABSTRACT", "A cyst."), ("keywords", "Keywords", "cyst, knee"),
                               ("case", "Case 1", "A boy of 9 came."), ("discussion", "Discussion", "Cysts vary.")]


def test_a_case_heading_after_a_line_without_a_stop():
    document = read("Case 1\nA man of 40 had a lipoma\nCase 2\nA man of 68 had a cyst.")
    assert [(kind, words) for kind, words, _ in zones(document)] == [("case", "Case 1"), ("case", "Case 2")]


def test_methods_without_a_case_section_tell_the_case():
    assert zones(read("Methods. A man of 70 had a cyst. Results. He did well."))[0][:2] == ("case", "Methods")


def test_a_labelled_line_before_the_report_ends_with_its_paragraph():
    document = read("Keywords: cyst, knee\n\nA man of 40 came.\n\nFunding: none.\n\nHe left.")
    assert [(kind, words) for kind, _, words in zones(document)] == [
        ("keywords", "cyst, knee"), ("case", "A man of 40 came."), ("furniture", "none."), ("case", "He left.")]


def test_a_report_that_a_label_opens_is_still_a_case():
    assert zones(read("Consent: It was given. A woman of 20 had a rash.")) == [
        ("case", "Consent", "It was given. A woman of 20 had a rash.")]


def test_the_doi_that_stands_beside_the_prose():
    document = read("A Cyst\n\nAnna Vance, doi: 10.1234/abc.5\n\nIntroduction\n\nSee 10.1234/other.\n\nCase\n\nA man.")
    assert document.fields["doi"][0] == "10.1234/abc.5"


def test_a_record_is_no_title():
    assert [kind for kind, _, _ in zones(read("Age: 45\nSex: male\n\nHe had a cyst."))] == ["case"]


def test_a_label_of_a_case_record_stays_in_its_sentence():
    assert sentences(read("Patient: male, 45\nDiagnosis: cyst of the knee\nTreatment: drainage")) == [
        "Patient: male, 45", "Diagnosis: cyst of the knee", "Treatment: drainage"]


def test_a_structured_abstract_keeps_its_own_headings():
    document = read("Abstract\n\nBackground\n\nRare.\n\nCase presentation\n\nA man.\n\nConclusions\n\nThink.\n\n"
                    "Keywords: cyst\n\nBackground\n\nCysts.\n\nCase presentation\n\nA man of 40.\n\n"
                    "References\n\n1. Vance J.")
    assert [kind for kind, _, _ in zones(document)] == [
        "abstract", "abstract", "abstract", "keywords", "introduction", "case", "references"]


def test_labels_right_under_the_abstract_belong_to_it():
    document = read("Abstract\n\nBackground. Rare.\n\nCase. A man.\n\nConclusion. Hm.\n\nCase report\n\nA man of 40.")
    assert [kind for kind, _, _ in zones(document)] == ["abstract", "abstract", "abstract", "case"]


def test_the_end_of_a_wrapped_sentence_is_no_heading():
    document = read("DISCUSSION\n\nThese reports of the lesion are old and they are unlike\nour case.\n"
                    "The cyst in our\npatient was found late and it was removed by a\ncase.\n"
                    "All was well with the man in the end.")
    assert {kind for kind, _, _ in zones(document)} == {"discussion"}


@pytest.mark.parametrize("table", ["| age | sex |\n|---|---|\n| 40 | male |", "age\tsex\n40\tmale\n50\tfemale"])
def test_a_table_is_a_zone_of_its_own(table):
    document = read(f"## Case report\n\nA man came.\n\nTable 1. Earlier cases.\n\n{table}\n\nHe left.")
    assert [kind for kind, _, _ in zones(document)] == ["case", "table", "case"]
    assert "40" in zones(document)[1][2] and "Table 1" in zones(document)[1][2]


def test_the_kind_of_article_is_no_section():
    document = read("Case Report\n\nA Cyst\n\nAnna Vance, University of Ghent\n\nIntroduction\n\nCysts.\n\n"
                    "Case report\n\nA man.")
    assert [kind for kind, _, _ in zones(document)] == ["title", "front", "introduction", "case"]
