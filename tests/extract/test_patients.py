import pytest

from extract.told import column, owners, read, rows


@pytest.mark.parametrize(("text", "expected"), [
    ("A 46-year-old baker was admitted with fever. She recovered.", ["1", "1"]),
    ("Case 1 was a 30-year-old man with gout. Case 2 was a 62-year-old woman with lupus. She died.", ["1", "2", "2"]),
    ("Two patients, a 34-year-old baker (Patient 1) and a 61-year-old tailor (Patient 2), were operated on. "
     "Patient 1 was alive, while Patient 2 had died.", ["1+2", "1", "2"]),
    ("We report two patients with gout. One patient had fever. The other patient had tophi. Both patients recovered.",
     ["1+2", "1", "2", "1+2"]),
    ("The first patient was a 42-year-old man with gout. He recovered. The second patient was a 59-year-old man with "
     "lupus. He died.", ["1", "1", "2", "2"]),
    ("A variant was found in a 6-year-old boy and a 9-year-old girl. The girl was deaf.", ["1+2", "2"]),
    ("A 22-year-old woman had gout. Another 34-year-old woman had lupus.", ["1", "2"]),
    ("We report two cases of gout. Both were treated with colchicine.", ["1+2", "1+2"]),
    ("We report three males with 2, 4 and 25 years with ataxia.", ["1+2+3"]),
    ("Our first case was a 37-year-old man with gout and our second was a 75-year-old man with lupus.", ["1", "2"]),
    ("Case N°1: patient aged 45 years, with gout. Case N°2: patient aged 30 years, with lupus.", ["1", "2"]),
    ("Observation N o 1 A 4-year-old boy had gout. Observation N o 2 A 9-year-old boy had lupus.", ["1", "2"]),
    ("Patient A was a man with gout. Patient B was a man with lupus. The patient worsened until their death.",
     ["1", "2", "2"]),
    ("MRI showed oedema in patient 1; a cyst in patient 2; and atrophy in patient 4.", ["1", "2", "4"]),
    ("We report two cases of gout. The two patients recovered. But case 1 had lupus later and died.",
     ["1+2", "1+2", "1"]),
    ("Two siblings, aged five and 8 years, had gout. These children recovered.", ["1+2", "1+2"]),
    ("We describe two cases of gout in women aged 38 and 51 who both drank. A rash was seen in all of them.",
     ["1+2", "1+2"]),
    ("Case 1 was a man with gout. Case 2 was a man with lupus. Like the patient in case 1, he had fever. He died.",
     ["1", "2", "2", "2"]),
    ("The first patient was a 42-year-old man. The second patient was a 59-year-old man. Both patients had gout. "
     "Colchicine was given. He recovered.", ["1", "2", "1+2", "1+2", "2"]),
    ("Two brothers presented with gout. Both recovered.", ["1+2", "1+2"]),
    ("We saw a pair of 26-day-old male twin newborns with measles.", ["1+2"]),
    ("Two cases of gout are presented. One of the patients, a 52-year-old man, died. Both had tophi.",
     ["1+2", "1", "1+2"]),
    ("A previously well 26-year-old woman had gout. The second case describes an 86-year-old woman with lupus.",
     ["1", "2"]),
    ("We report a 42-year-old man with gout. Two patients with gout were seen before.", ["1", None]),
    ("We report on 18-month-old twin girls with measles. Both recovered.", ["1+2", "1+2"]),
    ("We report on 22-month-old monozygotic twins with measles. Both infants recovered.", ["1+2", "1+2"]),
    ("All three siblings had gout. They recovered.", ["1+2+3", "1+2+3"]),
    ("Two patients had gout. A median sternotomy was avoided. Both recovered.", ["1+2", "1+2", "1+2"]),
    ("A 36-year-old man had gout. The second case, the first case's 9-month-old son, had lupus.", ["1", "2"]),
    ("We previously reported on gout in a 15-year-old girl. She recovered.", ["1", "1"]),
    ("We followed a group of 38 patients with gout. A man with gout underwent surgery. He recovered.",
     [None, "1", "1"]),
])
def test_each_sentence_has_its_patients(text, expected):
    assert owners(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("We saw two 47-year-old men with gout.", [47, 47]),
    ("Three patients (two men aged 58 and 31 years, and a woman aged 44 years) had gout.", [58, 31, 44]),
    ("Three men (case one and two with gout, case three with lupus) at the age of 61, 38 and 22 respectively came.",
     [61, 38, 22]),
    ("Patient 1, an 11-year-old boy, had measles. Soon the 71-year-old uncle (patient 2), whose heart was weak, "
     "and the 30-month-old sister (patient 3) of patient 1 had measles.", [11, 71, 2.5]),
    ("A term male neonate was born to a 39-year-old mother. Her two other children (an 8-year-old girl and a "
     "5-year-old boy) were well. On the second day the neonate had fever.", [0]),
    ("A 40-year-old man and three 5-year-old children were in a car. The man had a fracture.", [40, 5]),
])
def test_each_patient_has_an_age(text, expected):
    assert column(text, "cases", "age_years") == expected


@pytest.mark.parametrize("text", [
    "Four patients were treated with sirolimus. Two patients recovered and one died.",
    "We reviewed the charts of 173 patients with gout. The median age was 56 years. Most patients were men.",
    "Two patients with gout were compared with 40 controls. The mean age was 56 years.",
    "Gout is common in men. It usually affects the foot. Clinicians should ask for tophi.",
])
def test_groups_and_general_texts_have_no_case(text):
    assert rows(text, "cases") == []


@pytest.mark.parametrize(("text", "outside"), [
    ("A 46-year-old man had gout. His father had died of lupus.", 1),
    ("A 46-year-old man had gout. Gout is rare in children.", 1),
    ("A 46-year-old man had gout. We found 35 patients with gout in the literature.", 1),
    ("A 46-year-old man had gout. In six patients the foot was spared.", 1),
    ("A 46-year-old man had gout. The patients were treated with colchicine or rest.", 1),
])
def test_relatives_and_other_groups_stay_outside(text, outside):
    assert owners(text)[outside] is None


def test_controls_of_a_patient_are_no_patients():
    assert column("A 64-year-old man and seven age-matched control volunteers were recruited.", "cases",
        "age_years") == [64]


def test_a_patient_of_the_literature_is_cited():
    text = ("A 40-year-old man had a meningioma. It was removed. Smith et al. reported a 61-year-old woman with a"
            " meningioma of "
            "the orbit. She died.")
    assert column(text, "cases", "role") == ["index", "cited"]
    assert owners(text) == ["1", "1", "c1", "c1"]
    assert rows(text, "outcomes", "1", value="dead") == []


def test_the_abstract_and_the_case_part_tell_of_one_patient():
    text = ("A rare tumour\n\nAbstract\n\nA 40-year-old man had a meningioma.\n\nCase report\n\nA 40-year-old man was"
            " admitted with "
            "headache. A meningioma was removed.\n\nDiscussion\n\nMeningiomas are common. In our case the tumour was"
            " small.\n")
    assert column(text, "cases", "age_years") == [40]
    reading, _ = read(text)
    assert reading.owner[-1] == "1"
    assert reading.owner[-2] is None


def test_labels_that_come_after_ordinals_name_the_same_patients():
    text = ("The first case was a seventy-year-old male with hip pain.\n\nThe second case was a 52-year-old female, "
            "seen for a swelling. After a five-year (case one) and four-year (case two) follow-up, both were well.")
    assert column(text, "cases", "age_years") == [70, 52]
    assert column(text, "cases", "sex") == ["male", "female"]
