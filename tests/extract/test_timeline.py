import pytest

from casebook.extract.timeline import of
from casebook.extract.when import times
from extract.told import column, read


@pytest.mark.parametrize(("words", "kind", "months", "origin"), [
    ("He died two months after the operation.", "after", 2, "surgery"),
    ("MRI was done 60 days after the surgery.", "after", 1.97, "surgery"),
    ("He is alive 24 months after the detection of metastatic disease.", "after", 24, "metastasis"),
    ("She is well six months post-operatively.", "after", 6, "surgery"),
    ("At the 18-month follow-up she was well.", "later", 18, ""),
    ("Two months later he died.", "later", 2, ""),
    ("He died within a year.", "later", 12, ""),
    ("Gout had been found 25 years ago.", "ago", 300, ""),
    ("One and a half years later he died.", "later", 18, ""),
    ("On postoperative day 5 he was well.", "after", 0.16, "surgery"),
    ("He had had pain for 6 months.", "lasting", 6, ""),
    ("Forty-eight months after surgery it grew.", "after", 48, "surgery"),
    ("One hundred and twenty months after surgery it grew.", "after", 120, "surgery"),
    ("Twenty-two to twenty-four months after surgery it grew.", "after", 24, "surgery"),
    ("Two-three months after surgery it grew.", "after", 3, "surgery"),
    ("In May 2012 he died.", "date", 2012 * 12 + 4, ""),
])
def test_expressions_of_time(words, kind, months, origin):
    when, = times(words, 0, len(words))
    assert (when.kind, round(when.months, 2), when.origin) == (kind, months, origin)


@pytest.mark.parametrize("words", ["A 3-year-old boy", "twice a day", "at 31 weeks' gestation",
    "a triplet pregnancy at 29 weeks and 4 days",
    "every 6 months",
    "He may die."])
def test_what_is_no_interval(words):
    assert times(words, 0, len(words)) == []


def months_at(text: str, words: str) -> object:
    reading, _ = read(text)
    cell = of(reading).months_at("1", text.index(words))
    return cell.value if cell else None


STORY = ("A 40-year-old man underwent resection of a glioma in January 2011. In May 2012 a second operation was done."
         " In March 2013 "
         "he received radiotherapy. During radiotherapy a mass was found. In June, CT showed nodules. Two months"
         " later he coughed.")


@pytest.mark.parametrize(("words", "months"), [("resection", 0), ("second operation", 16), ("he received", 26),
    ("a mass", 26),
                                               ("CT showed", 29), ("he coughed", 31)])
def test_dates_and_intervals_are_counted_from_the_diagnosis(words, months):
    assert months_at(STORY, words) == months


def test_a_day_after_imaging_and_days_after_surgery():
    text = ("A 50-year-old man had back pain. Eight days after the first MRI the tumour was resected. CT was done 60"
            " days after the "
            "surgery.")
    assert months_at(text, "the tumour") == 0.3 - 0.3
    assert months_at(text, "CT was") == 2.0


def test_what_stands_after_an_interval_without_a_known_origin():
    text = ("A 49-year-old man had a lesion removed, 3 years after he received a kidney transplant. "
            "One year later he coughed.")
    assert months_at(text, "a kidney transplant") == -36
    assert months_at(text, "he coughed") == 12


def test_an_operation_named_by_an_interval_was_then():
    text = ("A 65-year-old man had metastatic carcinoma of the muscle found on CT 6 years after nephrectomy. "
            "It was resected.")
    assert (months_at(text, "nephrectomy"), months_at(text, "It was")) == (0, 72)


def test_a_relative_clause_dates_what_it_explains():
    text = ("A 47-year-old man had penile metastases, which were discovered 4 months after the resection of a rectal "
            "cancer.")
    assert months_at(text, "penile") == 4


def test_the_past_does_not_move_the_story():
    text = "A 60-year-old woman was admitted in May 2012. A cyst had been removed 3 years earlier. She had fever."
    assert months_at(text, "She had") != months_at(text, "A cyst")


def test_without_any_time_nothing_is_counted():
    assert months_at("A 40-year-old man had a glioma. It was resected.", "resected") is None


def test_an_undated_past_has_no_months():
    text = ("A 40-year-old man was admitted. Two months later a glioma was resected. He had received carboplatin "
            "before he was found to have metastases. Three months after the surgery he took lomustine.")
    assert column(text, "treatments", "months_from_diagnosis") == [0.0, None, 3.0]
