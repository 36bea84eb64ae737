"""What a report tells of before the illness, of others, in acronyms and in wide words."""

import pytest

from extract.cells import case

TOLD = [
    ("A 17-year-old man had alkalosis without hypertension, fever or oedema, and a diagnosis of Bartter syndrome was "
     "made.", "Bartter syndrome"),
    ("A 30-year-old man had asthma. There was no fever, cough or sign suggesting a diagnosis of pneumonia.", "asthma"),
    ("A 5-year-old girl had a clubfoot. Her mother had a fever and was diagnosed with malaria.", "clubfoot"),
    ("An 82-year-old man came 18 months after surgery for a popliteal aneurysm. CT revealed a renal artery aneurysm.",
     "renal artery aneurysm"),
    ("A 50-year-old man had a mass. One part was a pleomorphic sarcoma. The final diagnosis was dedifferentiated "
     "leiomyosarcoma.", "dedifferentiated leiomyosarcoma"),
    ("We report a 60-year-old woman with GIST. The gastrointestinal stromal tumor was resected.",
     "gastrointestinal stromal tumor"),
    ("A 40-year-old man with a cough was diagnosed with QW. He recovered.", "QW"),
    ("A 40-year-old man had a hepatic mass. Other origins were not found, so PQCT was confirmed.", "PQCT"),
    ("A 40-year-old man was diagnosed with HIV. A biopsy revealed histoplasmosis.", "histoplasmosis"),
    ("A 40-year-old man scored 9 on the Stroke Scale. He had pneumonia.", "pneumonia"),
]


@pytest.mark.parametrize(("text", "diagnosis"), TOLD)
def test_the_patient_s_own_present_disease_is_the_diagnosis(text, diagnosis):
    assert case(text)["diagnosis"].lower() == diagnosis.lower()


SCANT = [
    ("A 45-year-old man was diagnosed with a partial tear.", "partial tear"),
    ("A 60-year-old woman had dyspnoea. The tumour was excised.", "tumour"),
    ("We present a 50-year-old woman with a large XPC in the pelvis. It was resected.", "XPC"),
    ("We report a case of anosmia in a 40-year-old man.", "anosmia"),
    ("We present a patient who was found to have a nasal visual field defect.", "visual field defect"),
    ("We report a case of severe pain in a 40-year-old man.", None),
    ("A 40-year-old man had an obstruction.", None),
    ("A 40-year-old man had a rejection of his denture.", None),
    ("A 40-year-old man was tired. Loss of QRTX was confirmed.", None),
    ("A 40-year-old man was tired. QRTX was confirmed.", "QRTX"),
    ("A 40-year-old man was tired. A diagnosis of QRTX was confirmed.", "QRTX"),
    ("A 40-year-old man was tired. HBV was confirmed.", None),
    ("We report a case of QR elevation in a 40-year-old man.", None),
    ("We report a case of QRTX in a 40-year-old man.", "QRTX"),
    ("A 40-year-old man was diagnosed with QV thickening.", None),
    ("A 40-year-old man was diagnosed with QV and treated.", "QV"),
]


@pytest.mark.parametrize(("text", "diagnosis"), SCANT)
def test_a_report_that_names_no_disease_may_call_it_somehow(text, diagnosis):
    assert case(text).get("diagnosis") == diagnosis


ABERRATIONS = [
    ("A 2-year-old boy had hypotonia. Karyotyping disclosed a terminal 13q33.2 deletion.", "13q33.2 deletion"),
    ("A 3-year-old boy had short stature. Arrays showed a duplication of 7p15-p14.", "duplication of 7p15-p14"),
    ("A 50-year-old man had an oligodendroglioma. It showed a 1p deletion.", "oligodendroglioma"),
]


@pytest.mark.parametrize(("text", "diagnosis"), ABERRATIONS)
def test_a_chromosome_s_loss_is_the_diagnosis_but_of_a_tumour(text, diagnosis):
    assert case(text)["diagnosis"] == diagnosis
