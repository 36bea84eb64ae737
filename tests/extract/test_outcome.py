import pytest

from extract.told import column, rows

STORY = "A 40-year-old man had a meningioma resected. "


def vital(text: str) -> list[tuple[object, object, object]]:
    return [(row.value("value"), row.value("months"), row.value("origin")) for row in rows(text, "outcomes",
        endpoint="vital_status")]


@pytest.mark.parametrize(("words", "expected"), [
    ("He died two months after the operation.", ("dead", 2, "surgery")),
    ("He passed away, with an overall survival time of 37 months.", ("dead", 37, "diagnosis")),
    ("He survived 8 months from the diagnosis of metastasis.", ("dead", 8, "metastasis")),
    ("He succumbed to sepsis 26 days after admission.", ("dead", 0.9, "presentation")),
    ("He developed metastases within 8 months and died within two years of follow-up.", ("dead", 24, "surgery")),
    ("Autopsy showed a glioma.", ("dead", None, None)),
    ("At the six-month follow-up he was well.", ("alive", 6, "surgery")),
    ("He was followed for 5 months without recurrence.", ("alive", 5, "surgery")),
    ("He remains asymptomatic at 3 years postoperatively.", ("alive", 36, "surgery")),
    ("There was no evidence of recurrence 31 months after surgery.", ("alive", 31, "surgery")),
    ("He was discharged in good condition.", ("alive", None, None)),
    ("11 years have passed since the surgery, and 25 months have passed since his relapse, and he is alive.",
     ("alive", 132, "surgery")),
    ("Upon follow-up, he walked without a limp.", ("alive", None, None)),
    ("He came for a final visit, 7 weeks after the beginning of rehabilitation. His pain had resolved.",
     ("alive", 1.6, "treatment")),
    ("He has been observed for 18 months without complaints.", ("alive", 18, "surgery")),
    ("He was followed up at the clinic 15 days, 1, 6 and 24 months postoperatively. He is healthy.",
     ("alive", 24, "surgery")),
    ("He remained free of recurrence for a total of 47 months.", ("alive", 47, "surgery")),
    ("He reached 41-month disease-free survival.", ("alive", 41, "surgery")),
    ("Nine years have passed since the operation and he is alive.", ("alive", 108, "surgery")),
    ("It has been over 7 years since the operation. He has returned to work.", ("alive", 84, "surgery")),
    ("Two years after the surgery, recurrence was not detected.", ("alive", 24, "surgery")),
    ("Aspirin was given to prevent a stroke and the patient was asymptomatic at the 5-month follow-up.",
     ("alive", 5, "treatment")),
    ("We lost the patient due to a stroke 26 months after surgery.", ("dead", 26, "surgery")),
    ("MRI three months after surgery showed a smaller cyst.", ("alive", 3, "surgery")),
    ("After chemotherapy he was lost to follow-up.", ("lost to follow-up", None, None)),
    ("He was well at 3 years of follow-up. Thereafter he was lost to follow-up.", ("lost to follow-up", 36, "surgery")),
    ("A recurrence was seen after 5 months. He died 2 months later.", ("dead", 7, "surgery")),
    ("He received chemotherapy after 5 months. He died 2 months later.", ("dead", 2, "treatment")),
    ("He took sirolimus for 28 months until he died.", ("dead", 28, "treatment")),
    ("He has been off therapy for 18 months with no recurrence.", ("alive", 18, "treatment")),
    ("His headache resolved within three weeks of the operation.", ("alive", 0.7, "surgery")),
    ("He was discharged five weeks after the omentopexy.", ("alive", 1.1, "surgery")),
    ("He died at the age of 42 years.", ("dead", 24, "presentation")),
    ("He died on pod 30 due to sepsis.", ("dead", 1, "surgery")),
    ("He was discharged on the postoperative day seven.", ("alive", 0.2, "surgery")),
    ("Follow-up through 3 years revealed no deficit.", ("alive", 36, "surgery")),
    ("He was discharged on day 9 and has been followed as an outpatient for more than 500 days.",
     ("alive", 16.4, "surgery")),
    ("He is alive without any recurrence, as confirmed by tomography, for more than 5 years.",
     ("alive", 60, "surgery")),
    ("At 10 months after surgery the cyst had vanished. Further, his speech had recovered.",
     ("alive", 10, "surgery")),
    ("At present, he shows no sign of recurrence.", ("alive", None, None)),
    ("He was lost to follow-up. He returned a year later. He recovered.", ("alive", None, None)),
    ("The disease has not progressed for 2 years.", ("alive", 24, "surgery")),
    ("One year post-injury, after long exercise, he was able to dress himself.", ("alive", 12, "presentation")),
    ("His wife reported that he died two months later.", ("dead", 2, "surgery")),
    ("His sister had had one too, but for the sister, she died. He recovered.", ("alive", None, None)),
    ("The disease has not recurred for a period of 43 months.", ("alive", 43, "surgery")),
    ("There was no evidence of recurrence till 6 months.", ("alive", 6, "surgery")),
    ("He has been followed postoperatively for 3 years without any sign of recurrence.", ("alive", 36, "surgery")),
    ("Six months into follow-up, his speech had improved.", ("alive", 6, "surgery")),
    ("He has been symptom-free until now, ten months past the surgery.", ("alive", 10, "surgery")),
    ("His progression-free survival (PFS) reached 13 months.", ("alive", 13, "diagnosis")),
    ("The bone had healed at 5 months after surgery. He returned to play.", ("alive", 5, "surgery")),
    ("After the operation, there was no recurrence.", ("alive", None, None)),
    ("He survived 5 months after the diagnosis of a metastasis in the scalp.", ("dead", 5, "metastasis")),
    ("The patient and his son recovered.", ("alive", None, None)),
    ("He is living normally, six (6) years afterwards.", ("alive", 72, "surgery")),
    ("The symptoms had resolved after 6 months. His vision had improved.", ("alive", 6, "surgery")),
    ("Six months on, his speech had improved.", ("alive", 6, "surgery")),
    ("There has been no evidence of recurrence over the previous 5 years.", ("alive", 60, "surgery")),
    ("He was well at both the 20-month and the 15-year follow-up.", ("alive", 180, "surgery")),
    ("He recovered after completing 6 months of antifungal therapy.", ("alive", 6, "treatment")),
    ("Two years after discontinuation of therapy, a scan showed no recurrence. The cyst was successfully controlled.",
     ("alive", 24, "treatment")),
    ("The progress thereafter was favourable.", ("alive", None, None)),
    ("He survived and was discharged 2 weeks after surgery.", ("alive", 0.5, "surgery")),
    ("Three years ago he was treated again, but he remains asymptomatic.", ("alive", None, None)),
    ("He had iron per os for 3 weeks, and recovered.", ("alive", None, None)),
])
def test_how_it_ended(words, expected):
    assert vital(STORY + words) == [expected]


@pytest.mark.parametrize("words", [
    "Histology showed a meningioma.", "He received radiotherapy.", "Such tumours can be fatal.",
    "His father had died of a stroke.",
    "The tumour contained dead cells and cell death was seen.", "Follow-up in six months was recommended.",
    "His symptoms did not improve.",
    "Although his headache had improved, MRI showed a cyst.",
    "At 20 weeks, a fetal scan showed no growth.",
    "He had improved at first, but then his condition worsened.",
    "An asymptomatic lymphoma was suspected.", "He was managed in the recovery room.",
    "The expired breath held no ethanol.", "Two years before, he had had an abscess that healed.",
    "Fluid-attenuated inversion recovery showed a cyst.", "Axillary clearance was performed.",
    "High-resolution computed tomography showed a cyst.", "The resection margins were tumour-free.",
    "The mass was well defined.", "Sputum cultures were positive after six weeks.",
    "The international normalized ratio was three.",
])
def test_a_report_that_does_not_say_how_it_ended(words):
    assert vital(STORY + words) == []


def test_what_is_no_follow_up():
    text = "A 40-year-old man with a 6-month history of headache took aspirin for 3 weeks. He recovered."
    assert vital(text) == [("alive", None, None)]


def test_of_the_visits_long_before_the_last_sentence_the_last_counts():
    text = "He recovered and went home at the end of 3 weeks. Ultrasound at the end of 8 weeks was clear. "
    assert vital(STORY + text + "The cyst was thin. " * 9) == [("alive", 1.8, "surgery")]


def test_two_patients_share_a_follow_up():
    text = "Two patients, a 34-year-old baker (Patient 1) and a 61-year-old tailor (Patient 2), were operated on. " \
           "At the 15-month follow-up, Patient 1 was alive, while Patient 2 had died."
    assert [value for value, _, _ in vital(text)] == ["alive", "dead"]
    assert vital(text)[0][1] == 15


def test_a_death_among_patients_who_are_not_told_apart_is_nobodys():
    assert vital("We report three cases of gout. Two patients recovered but one died.") == []
    assert vital("We report two cases of gout. One patient did well, gout was noted in the other, who died.") == []


def test_the_end_of_a_cited_patient():
    text = (STORY + "\n\nDiscussion\n\nSmith et al. described a 61-year-old woman with a meningioma "
            "who died after 2 years.")
    assert ("dead", 24) in [outcome[:2] for outcome in vital(text)]


def test_months_from_dates():
    text = "A 40-year-old man underwent resection of a glioma in January 2011. In May 2012, he died."
    assert vital(text) == [("dead", 16, "diagnosis")]


def test_vital_status_is_the_last_row_and_a_death_is_observed():
    text = ("A 40-year-old man underwent resection of a lung adenocarcinoma. He died. CT one month before death had "
            "shown liver metastases.")
    assert column(text, "outcomes", "endpoint")[-1] == "vital_status"
    assert rows(text, "outcomes", endpoint="vital_status")[0].value("observed") is True


def test_spread_is_one_event_per_organ():
    text = ("A 40-year-old man underwent resection of a lung adenocarcinoma. Eight months after the operation CT had "
            "shown metastases to the T11 vertebra and the ilium.")
    found = rows(text, "outcomes", endpoint="metastasis")
    assert [(row.value("value"), row.value("months")) for row in found] == [("bone", 8)]
    assert found[0].value("origin") == "surgery"


def test_an_adverse_event_follows_a_treatment_and_keeps_its_grade():
    text = "A 40-year-old man with a lymphoma had anaemia. After chemotherapy he suffered grade 3 neutropenia."
    found = rows(text, "outcomes", endpoint="adverse_event")
    assert [(row.value("value"), row.value("grade")) for row in found] == [("neutropenia", 3)]


@pytest.mark.parametrize(("words", "observed"), [
    ("He died more than six months after surgery.", False),
    ("He died at least six months after surgery.", False),
    ("He died six months after surgery.", True),
    ("He died over the six months after surgery.", True),
])
def test_a_death_at_some_later_time_is_censored(words, observed):
    row, = rows(STORY + words, "outcomes", endpoint="vital_status")
    assert (row.value("value"), row.value("months"), row.value("observed")) == ("dead", 6, observed)


def test_a_wide_first_opinion_is_no_progression():
    text = ("A 40-year-old man had back pain. Biopsy of a vertebra suggested metastatic glioma. MRI showed a frontal"
            " mass, and resection confirmed glioblastoma.")
    assert rows(text, "outcomes", endpoint="progression") == []
