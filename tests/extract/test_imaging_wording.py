"""How far a denial or a doubt reaches in a list of findings, and what a finding is called; all invented."""

import pytest

from extract.told import rows


def found(text: str) -> set[tuple[object, ...]]:
    told = rows(f"A 40-year-old man had headache. {text}", "modalities")
    return {tuple(row.value(column) for column in ("modality", "finding", "status")) for row in told}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "Ultrasound showed a mass, and no pathological lymph node was detected.",
            {("ultrasonography", "mass", "present"), ("ultrasonography", "lymphadenopathy", "absent")},
        ),
        (
            "Echocardiography showed no dilatation, mitral insufficiency grade I.",
            {("echocardiography", "dilatation", "absent"), ("echocardiography", "mitral regurgitation", "present")},
        ),
        (
            "Chest X-ray showed no cardiomegaly, calcification of the apex and a pleural effusion.",
            {
                ("radiography", "cardiomegaly", "absent"),
                ("radiography", "calcification", "present"),
                ("radiography", "pleural effusion", "present"),
            },
        ),
        (
            "CT of the head showed no oedema, and abdominal CT found a mycotic aneurysm.",
            {("CT", "oedema", "absent"), ("CT", "aneurysm", "present")},
        ),
        (
            "CT showed ascites and necrosis was ruled out.",
            {("CT", "ascites", "present"), ("CT", "necrosis", "absent")},
        ),
        (
            "CT showed a possible haematoma and stenosis of the artery.",
            {("CT", "haematoma", "uncertain"), ("CT", "stenosis", "present")},
        ),
        (
            "CT was performed with the initial diagnosis of aortic dissection, which revealed a thymic cyst.",
            {("CT", "cyst", "present")},
        ),
        ("MRI was done in order to define the extent of oedema. It showed a cyst.", {("MRI", "cyst", "present")}),
        (
            "Imaging revealed in MRI a low signal on T1 and a high signal on T2 and in CT calcification.",
            {("MRI", "hypointense", "present"), ("MRI", "hyperintense", "present"), ("CT", "calcification", "present")},
        ),
        (
            "FDG positron emission tomography-computed tomography (PET/CT) showed increased uptake in the liver.",
            {("PET-CT", "increased uptake", "present")},
        ),
        ("CT was normal. No recurrence was noted after 3 years of follow-up.", {("CT", "abnormality", "absent")}),
        ("CT showed normalization of the lesions and disappearance of the abscess.",
         {("CT", "normalisation", "present"), ("CT", "resolution", "present")}),
        ("CT showed resolution with normalization of the enzymes.", {("CT", "resolution", "present")}),
        ("Echocardiography showed an ejection fraction of 30%.",
         {("echocardiography", "left ventricular dysfunction", "present")}),
        ("Echocardiography showed an ejection fraction of 60%.",
         {("echocardiography", "left ventricular dysfunction", "absent")}),
        ("Ultrasound showed that the liver was enlarged.", {("ultrasonography", "hepatomegaly", "present")}),
        ("MRI showed a well-circumscribed mass.",
         {("MRI", "mass", "present"), ("MRI", "well-defined border", "present")}),
        ("CT showed a cystic mass.", {("CT", "cystic mass", "present")}),
    ],
)
def test_what_is_denied_and_what_it_is_called(words, expected):
    assert found(words) == expected


def test_a_study_of_both_patients_is_one_of_each():
    told = rows(
        "Two women, aged 40 and 50 years, presented with seizures. Both patients had a mass on MRI. "
        "The first patient also had a CT of the chest.",
        "modalities",
    )
    assert {(row.case, row.value("modality")) for row in told} == {("1", "MRI"), ("2", "MRI"), ("1", "CT")}


def test_a_study_that_was_not_done_is_none():
    assert found("No ultrasound or CT was performed.") == set()
    assert found("With no delay a CT was performed and showed a mass.") != set()
    assert {modality for modality, *_ in found("No lesion was seen and CT was performed.")} == {"CT"}
