import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.text.document import Zone
from casebook.text.sentences import LONGEST, split

# "|" marks where a sentence ends
EXAMPLES = """
A mass was seen. | It was removed.
The lesion was firm (Fig. 1A) and grew. | Biopsy followed.
Dr. Amadi saw her. | Prof. Lindqvist agreed.
The nodule measured 2.5 cm. | No node was felt.
A T1.5 scanner was used. | The SUV was 4.1.
He took aspirin 100 mg p.o. daily. | The pain went.
Cefazolin was given i.v. for 3 days. | She improved.
Dexamethasone was given i.v. | The oedema receded.
Imaging (e.g. CT) and histology, i.e. the biopsy, agreed. | Both were benign.
Left vs. right strength differed. | Reflexes were brisk.
Blade No. 3 was used. | Bleeding stopped.
Was he febrile? | No. | He felt well.
Ortega et al. described it. | Ortega et al. (7) agreed.
This was shown by Ortega et al. | The patient did well.
Culture grew E. coli and S. aureus. | Both were sensitive.
The serotype was A. baumannii complex. | Colistin was given.
The patient had hepatitis B. | He drank no alcohol.
Culture grew P. aeruginosa. | It was on p. 45 of the file.
The variant (p.Val36Ala) was new. | Another, c.12C > A, p.Cys10*, was known.
Was it orbital? or frontal? | It was both.
The operation was done by J. R. Vance in 2001. | It took 3 h.
About approx. 40 ml were drained. | The drain stayed.
The lesion was removed.|The patient recovered.
The mass measured 58*42 mm.|Thyroid function was normal.
It measured 3 cm. the margin was clear.
She went to St. Anne's hospital. | There she died.
It looked like a schwannoma.. | Staining confirmed it.
Growth stopped [4]. | It returned.[5, 6] | He died.
"No pain." | She smiled.
1. The first finding was a mass.
A-C. Axial images show the tumour. | D. Sagittal image.
I, J. Scintigraphy of the spine.
Fig. 2. Axial CT of the chest.
Case 1. A woman of 53 years had a swelling.
Symptoms, signs, etc. were absent. | He had fever, cough, etc. | The chest was clear.
It was given at 8 a.m. and 6 p.m. daily. | It helped.
The growth was approx. 3 cm. | Its edge was sharp!
The tumour was removed in the U.S. in 2010. | It did not return.
The ratio was 0.8 to 2.5 per 100,000. | It rose.
"""


def sentences(text: str, kind: str = "case") -> list[str]:
    return [text[s.start : s.end] for s in split(text, (Zone(kind, 0, len(text)),))]


@pytest.mark.parametrize("line", EXAMPLES.strip().splitlines())
def test_a_sentence_ends_where_it_is_marked(line):
    assert sentences(line.replace(" | ", " ").replace("|", "")) == [part.strip() for part in line.split("|")]


def test_a_line_break_ends_a_sentence_and_a_blank_line_a_paragraph():
    text = "The list is:\n• first item\n• second item\n\nAnother paragraph. With two sentences."
    found = split(text, (Zone("case", 0, len(text)),))
    assert [(text[s.start : s.end], s.paragraph) for s in found] == [
        ("The list is:", 0),
        ("first item", 0),
        ("second item", 0),
        ("Another paragraph.", 1),
        ("With two sentences.", 1),
    ]


def test_no_sentence_crosses_a_zone():
    text = "A title without a stop The case begins"
    found = split(text, (Zone("title", 0, 23), Zone("case", 23, len(text))))
    assert [(s.zone, text[s.start : s.end], s.paragraph) for s in found] == [
        ("title", "A title without a stop", 0),
        ("case", "The case begins", 1),
    ]


WORDS = st.sampled_from(
    [
        "The",
        "mass",
        "Fig",
        "No",
        "3",
        "2.5",
        "cm",
        "E",
        "coli",
        "i.v",
        "Dr",
        "he",
        "\n",
        "\n\n",
        ".",
        ". ",
        "?",
        " ",
        "(",
        ")",
        "[4]",
        "\xa0",
        "•",
        "a",
    ]
)


@given(st.lists(WORDS, max_size=60).map("".join))
def test_sentences_are_in_order_apart_and_hold_every_word(text):
    found = split(text, (Zone("case", 0, len(text)),))
    for before, after in zip(found, found[1:], strict=False):
        assert before.end <= after.start and before.paragraph <= after.paragraph
    covered = "".join(text[s.start : s.end] for s in found)
    assert sorted(filter(str.isalnum, covered)) == sorted(filter(str.isalnum, text))


@pytest.mark.parametrize("unit", ["Fig. ", "a.B", "(", ". ", "e.g. ", "A. ", "1. ", "\n", " ", "x.Ay "])
def test_time_grows_with_the_length_only(unit):
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        split(text, (Zone("case", 0, len(text)),))
        return time.process_time() - start

    # quadratic time would be a factor of 100; a busy machine may spoil one try
    assert any(seconds(400_000) < 50 * max(seconds(40_000), 0.002) for _ in range(3))


def test_a_run_without_a_stop_is_cut_at_blanks():
    text = "node " * LONGEST
    found = split(text, (Zone("case", 0, len(text)),))
    assert max(sentence.end - sentence.start for sentence in found) <= LONGEST
    assert " ".join(text[sentence.start:sentence.end] for sentence in found) == text.strip()
