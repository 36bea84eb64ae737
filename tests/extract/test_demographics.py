import pytest

from extract.told import column


@pytest.mark.parametrize(("words", "years"), [
    ("A 46 year old man", 46), ("A 46-y/o man", 46), ("A 46yo man", 46), ("A 46 years old man", 46),
    ("A 46 year's old man", 46),
    ("A 53 year- old male patient", 53), ("A 9-month-old girl", 0.75), ("A 2 years 8 months old boy", 2.67),
    ("A 2 years 8 months Mexican male patient", 2.67), ("A two-and-a-half-year-old girl", 2.5),
    ("A 1.5-year-old girl", 1.5),
    ("A Forty-year-old woman", 40), ("A fifty-two-year-old woman", 52), ("A 45 years woman", 45),
    ("A 46 years young female", 46),
    ("A female patient aged 50", 50), ("A boy of 11", 11), ("A patient with the age of 59", 59),
    ("A 39 month-old girl", 3.25),
    ("A 12-day-old boy", 0.03), ("A 6-week-old girl", 0.12), ("A woman in her sixties", None),
    ("A middle-aged man", None),
    ("An 88-year-old", 88),
])
def test_ages_in_every_form(words, years):
    assert column(f"{words} was admitted with fever.", "cases", "age_years") == [years]


@pytest.mark.parametrize(("text", "years"), [
    ("A 46-year-old man was admitted. A cyst had been found at the age of 43.", 46),
    ("A man, 35-year-old when firstly diagnosed, is now 41 years old and has gout.", 35),
    ("A patient with gout diagnosed at the age of 26 was admitted.", 26),
    ("The patient was born at a gestational age of 32 weeks and had jaundice.", None),
    ("A patient with a 20-year history of gout was admitted.", None),
    ("A patient whose 45-year-old brother had gout was admitted with fever.", None),
    ("A man had gout. His mother, aged 70, had it too.", None),
    ("A boy had gout. The parents were healthy, 29-year-old mother and 33-year-old father.", None),
    ("A girl was of average height before age 4. She had fever at 2 months of age.", 0.17),
    ("A boy was referred at 6 months of life with fever.", 0.5),
    ("A female patient, from Fez, has 3 years, and had fever.", 3),
    ("We watched the patient 11 years, without a relapse of gout.", None),
])
def test_the_age_is_the_patients_own(text, years):
    assert column(text, "cases", "age_years") == [years]


@pytest.mark.parametrize(("text", "sex"), [
    ("A 40-year old Caucasian man had gout.", "male"), ("A 13-year-old Oromo girl had gout.", "female"),
    ("A 65 year old non diabetic gentleman had gout.", "male"), ("A 30-year-old mother of two had gout.", "female"),
    ("Patient, male, 35-year old, had gout.", "male"), ("A 50-year-old, gravida 2, woman had gout.", "female"),
    ("A 32-year-old G3P2 patient had gout.", "female"), ("A 65-year-old (M) had gout.", "male"),
    ("A 40-year-old patient had gout. His foot was red.", "male"),
    ("A 3-year-old child had fever. The mother said he coughed.", None),
    ("A 40-year-old patient, pregnant for 20 weeks, had gout.", "female"),
    ("A patient with prostate cancer had gout.", "male"),
    ("A patient with gout was admitted.", None), ("A male infant had jaundice.", "male"),
    ("A 40-year-old patient received the kidney of his wife.", "male"),
])
def test_sex(text, sex):
    assert column(text, "cases", "sex") == [sex]


def test_the_members_of_a_group_have_their_own_ages():
    text = "We report two men aged 40 and 63 years with gout. Both were treated with colchicine."
    assert column(text, "cases", "age_years") == [40, 63]
    assert column(text, "cases", "sex") == ["male", "male"]


def test_a_series_that_counts_its_sexes_in_the_order_of_the_ages():
    text = "We report three patients, two women and one man, aged 38, 56 and 36 years. All had gout."
    assert column(text, "cases", "sex") == ["female", "female", "male"]


def test_the_sex_in_brackets_behind_each_age():
    text = "Three patients aged 46 (male), 61 (male) and 24 (female) had gout."
    assert column(text, "cases", "sex") == ["male", "male", "female"]


def test_a_relative_who_is_the_second_patient():
    text = "The proband (Patient 1), a 25-year-old man, had gout. His elder sister (Patient 2) had it at the age of 22."
    assert column(text, "cases", "sex") == ["male", "female"]
