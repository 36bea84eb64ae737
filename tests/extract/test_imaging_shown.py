"""Which study a finding is told of where other words stand between them, and changes of size; all invented."""

import pytest

from extract.told import rows


def found(text: str) -> set[tuple[object, ...]]:
    told = rows(f"A 40-year-old man had a fall. {text}", "modalities")
    return {tuple(row.value(column) for column in ("modality", "finding", "status")) for row in told}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "CT showed ascites without calcification, MRI objectified a cyst.",
            {("CT", "ascites", "present"), ("CT", "calcification", "absent"), ("MRI", "cyst", "present")},
        ),
        ("In search of a possible cyst, CT found a haematoma.", {("CT", "haematoma", "present")}),
        (
            "CT showed ascites without evidence of abscess and mild dilatation of the duct.",
            {("CT", "ascites", "present"), ("CT", "abscess", "absent"), ("CT", "dilatation", "present")},
        ),
        ("Angiography showed absence of patency of the artery.", {("angiography", "occlusion", "present")}),
        ("CT showed no change in the mass.", {("CT", "stable disease", "present")}),
        ("CT performed after the abscess was drained showed ascites.", {("CT", "ascites", "present")}),
        (
            "CT showed hydronephrosis, and a needle biopsy of one node revealed an abscess.",
            {("CT", "hydronephrosis", "present")},
        ),
        ("MRI was performed due to nightly cramps, revealing a cyst.", {("MRI", "cyst", "present")}),
        ("MRI showed the lesion in the frontal lobe.", {("MRI", "lesion", "present")}),
        (
            "CT showed ascites and a node. These findings fitted with the diagnosis of pancreatitis.",
            {("CT", "ascites", "present")},
        ),
        ("CT and MRI did not detect coagulopathy.", {("CT", None, "present"), ("MRI", None, "present")}),
        ("The assessment was negative (thoracic CT).", {("CT", "abnormality", "absent")}),
        (
            "PET with choline combined with computed tomography (choline PET/CT) showed a hypermetabolic cyst.",
            {("PET-CT", "increased uptake", "present"), ("PET-CT", "cyst", "present")},
        ),
        (
            "Chest CT showed that the size of the lung mass was markedly decreased.",
            {("CT", "decreased size", "present")},
        ),
        ("CT showed a further reduction in the tumour volume.", {("CT", "decreased size", "present")}),
        ("CT showed swollen mesenteric lymph nodes.", {("CT", "lymphadenopathy", "present")}),
        (
            "T2-weighted MRI showed intermediate and low signal.",
            {("MRI", "isointense", "present"), ("MRI", "hypointense", "present")},
        ),
        (
            "CT showed hypo-isodense collections.",
            {("CT", "hypodense", "present"), ("CT", "isodense", "present"), ("CT", "fluid collection", "present")},
        ),
        (
            "Echocardiography showed that systolic function was preserved.",
            {("echocardiography", "dysfunction", "absent")},
        ),
        (
            "Echocardiography showed that systolic function was severely impaired.",
            {("echocardiography", "dysfunction", "present")},
        ),
        ("MRI was indicated for the tumour. It showed a cyst.", {("MRI", "cyst", "present")}),
        ("MRI was advised. She fed the goats. It showed a cyst.", set()),
        ("MRI was advised, but she declined. It showed a cyst.", set()),
        ("CT showed that the mass was smaller.", {("CT", "decreased size", "present")}),
        ("MRI showed that the nodule had become pale.", {("MRI", None, "present")}),
        ("He was examined by CT, and a cyst was noted.", {("CT", "cyst", "present")}),
        (
            "Echocardiography was done. In addition to the aneurysm, MRI also revealed an aortic coarctation.",
            {("echocardiography", None, "present"), ("MRI", "aneurysm", "present"), ("MRI", "coarctation", "present")},
        ),
        ("Ultrasound showed: Power Doppler enhanced tenosynovitis.", {("ultrasonography", "tenosynovitis", "present")}),
        ("EUS-FNA showed adenocarcinoma.", {("ultrasonography", None, "present")}),
        ("According to the MRI, an abscess was present.", {("MRI", "abscess", "present")}),
        (
            "CT showed non-dilated ducts and a non-displaced fracture.",
            {("CT", "dilatation", "absent"), ("CT", "fracture", "present")},
        ),
        (
            "CT showed the absence of necrosis and signs of peritonitis.",
            {("CT", "necrosis", "absent"), ("CT", "peritonitis", "present")},
        ),
        (
            "CT showed ascites caused by a post-operative abscess.",
            {("CT", "ascites", "present"), ("CT", "abscess", "present")},
        ),
        ("CT did not reveal any significant findings.", {("CT", "abnormality", "absent")}),
        ("CT showed a 1.7 cm pituitary adenoma.", {("CT", "pituitary adenoma", "present")}),
    ],
)
def test_what_a_study_showed(words, expected):
    assert found(words) == expected


def test_a_scan_is_no_a_scan():
    assert not found("He had a scan of the head.")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("CT of the chest was done.", {("CT", "chest", None)}),
        ("CT and MRI of the liver were done.", {("CT", "liver", None), ("MRI", "liver", None)}),
        ("Chest radiography and myelography were done.", {("radiography", "chest", None), ("myelography", None, None)}),
        ("A thoracic CT and MRI of the brain were done.", {("CT", None, None), ("MRI", "brain", None)}),
        (
            "Chest CT showed a nodule and MRI of the brain showed an enhancing lesion.",
            {("CT", "chest", "nodule"), ("MRI", "brain", "enhancement")},
        ),
        ("CT showed an enlarged left kidney.", {("CT", "kidney", "enlargement")}),
        (
            "CT showed a mass of the liver and an enlarged hepatic artery.",
            {("CT", "liver", "mass"), ("CT", "hepatic artery", "enlargement")},
        ),
        (
            "CT showed a mass of the liver, and abdominal MRI showed enhancement.",
            {("CT", "liver", "mass"), ("MRI", "liver", "enhancement")},
        ),
    ],
)
def test_the_place_of_a_finding_and_the_part_of_the_body_that_a_study_covers(words, expected):
    told = rows(f"A 40-year-old man had a fall. {words}", "modalities")
    assert {tuple(row.value(column) for column in ("modality", "site", "finding")) for row in told} == expected
