"""Findings told at a distance from the study that shows them, and words that only tell an opinion; all invented."""

import pytest

from extract.told import rows


def found(text: str) -> set[tuple[object, ...]]:
    told = rows(f"A 40-year-old man had a fall. {text}", "modalities")
    return {tuple(row.value(column) for column in ("modality", "finding", "status")) for row in told}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "Chest radiography revealed an opacity and chest CT a large cyst.",
            {("radiography", "opacity", "present"), ("CT", "cyst", "present")},
        ),
        ("CT was taken after a detailed clinical examination and a cyst was seen.", {("CT", "cyst", "present")}),
        ("He developed a liver abscess, diagnosed by ultrasonography.", {("ultrasonography", "abscess", "present")}),
        ("A gastric volvulus was diagnosed on CT.", {("CT", "volvulus", "present")}),
        (
            "He was referred for evaluation of bile duct dilatation noted on abdominal ultrasonography.",
            {("ultrasonography", "dilatation", "present")},
        ),
        ("CT was planned because of the pain and demonstrated an abscess.", {("CT", "abscess", "present")}),
        ("An ultrasound control at six months revealed a cyst.", {("ultrasonography", "cyst", "present")}),
        ("The neck mass was described on MRI as a cystic lesion.", {("MRI", "cystic lesion", "present")}),
        (
            "CT showed a haematoma due to rupture of the aneurysm.",
            {("CT", "haematoma", "present"), ("CT", "rupture", "present"), ("CT", "aneurysm", "present")},
        ),
        ("MRI confirmed the suspicion of a fistula.", {("MRI", "fistula", "present")}),
        ("Bone involvement was investigated by CT, which showed a cyst.", {("CT", "cyst", "present")}),
        (
            "CT showed ascites, and we did not observe any aneurysm.",
            {("CT", "ascites", "present"), ("CT", "aneurysm", "absent")},
        ),
        ("He had MRI and blood tests. No abnormality was detected.", {("MRI", "abnormality", "absent")}),
        ("CT showed a cyst. It was initially considered a tumour.", {("CT", "cyst", "present")}),
        (
            "CT showed pleural and pericardial effusions.",
            {("CT", "pleural effusion", "present"), ("CT", "pericardial effusion", "present")},
        ),
        (
            "MRI showed asymmetric enlargement of the sinus and dural enhancement.",
            {("MRI", "enlargement", "present"), ("MRI", "dural enhancement", "present")},
        ),
        (
            "CT showed a mass. The mass was well circumscribed.",
            {("CT", "mass", "present"), ("CT", "well-defined border", "present")},
        ),
        (
            "CT showed a cyst. Sections stained with haematoxylin showed fibrosis in the centre of the image.",
            {("CT", "cyst", "present")},
        ),
        ("CT showed a mass. This was compatible with a metastasis.", {("CT", "mass", "present")}),
        ("CT showed ascites. There were intravenous fluids.", {("CT", "ascites", "present")}),
        ("A pituitary macroadenoma was demonstrated by MRI.", {("MRI", "pituitary adenoma", "present")}),
        ("A meningioma was diagnosed by biopsy, and CT showed oedema.", {("CT", "oedema", "present")}),
        ("There was no CT evidence of ascites.", {("CT", "ascites", "absent")}),
        ("In a CT scan before surgery, an aneurysm of the splenic artery was found.", {("CT", "aneurysm", "present")}),
        (
            "CT showed a nodule that was confirmed by PET to be an abscess.",
            {("CT", "nodule", "present"), ("PET", "nodule", "present"), ("PET", "abscess", "present")},
        ),
        ("Brain MRI came back normal.", {("MRI", "abnormality", "absent")}),
        (
            "It was first believed to be a sprain, but MRI failed to identify a rupture.",
            {("MRI", "rupture", "absent")},
        ),
        ("CT showed a cyst. Its features were suspicious of malignancy.", {("CT", "cyst", "present")}),
    ],
)
def test_a_finding_told_at_a_distance_from_its_study(words: str, expected: set[tuple[object, ...]]) -> None:
    assert found(words) == expected
