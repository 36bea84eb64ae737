"""Which study showed what. Every sentence is invented."""

import pytest

from extract.told import rows

PATIENT = "A 40-year-old man had headache. "


def seen(text: str, *columns: str) -> list[tuple[object, ...]]:
    """The chosen columns of the patient's rows, in the order of the table."""
    return [tuple(row.value(column) for column in columns) for row in rows(PATIENT + text, "modalities")]


def found(text: str) -> set[tuple[object, ...]]:
    return set(seen(text, "modality", "finding", "status"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("MRI showed hydrocephalus.", {("MRI", "hydrocephalus", "present")}),
        ("Hydrocephalus was seen on CT.", {("CT", "hydrocephalus", "present")}),
        ("CT and MRI showed calcification.", {("CT", "calcification", "present"), ("MRI", "calcification", "present")}),
        ("CT angiography showed an aneurysm.", {("CT", "aneurysm", "present"), ("angiography", None, "present")}),
        ("Physical examination and ultrasound showed ascites.", {("ultrasonography", "ascites", "present")}),
        ("Ultrasound and blood tests showed no abnormality.", {("ultrasonography", "abnormality", "absent")}),
        ("Chest X-ray was normal.", {("radiography", "abnormality", "absent")}),
        (
            "CT showed no midline shift, haemorrhage or oedema.",
            {("CT", "midline shift", "absent"), ("CT", "haemorrhage", "absent"), ("CT", "oedema", "absent")},
        ),
        (
            "CT showed no haemorrhage and a cyst of the liver.",
            {("CT", "haemorrhage", "absent"), ("CT", "cyst", "present")},
        ),
        ("CT was done. It showed hydrocephalus.", {("CT", "hydrocephalus", "present")}),
        (
            "MRI showed a lesion. It was hyperintense on T2.",
            {("MRI", "lesion", "present"), ("MRI", "hyperintense", "present")},
        ),
        ("CT showed a mass. Histology showed necrosis.", {("CT", "mass", "present")}),
        ("CT showed a mass. At surgery it was cystic with necrosis.", {("CT", "mass", "present")}),
        ("CT was performed because of a mass. It showed hydrocephalus.", {("CT", "hydrocephalus", "present")}),
        ("CT was done to exclude haemorrhage.", {("CT", None, "present")}),
        ("CT, after echocardiographic suspicion, showed a thrombus.", {("CT", "thrombus", "present")}),
        ("PET showed hypermetabolic nodules.", {("PET", "increased uptake", "present"), ("PET", "nodule", "present")}),
        ("Follow-up MRI showed resolution of the oedema.", {("MRI", "resolution", "present")}),
        ("MRI showed nodules consistent with emboli.", {("MRI", "nodule", "present")}),
        ("CT showed a mass; the differential diagnosis included granuloma.", {("CT", "mass", "present")}),
        ("He developed oedema 2 weeks after the first CT.", {("CT", None, "present")}),
        ("Chest CT was negative.", {("CT", "abnormality", "absent")}),
        ("CT was negative for metastases.", {("CT", "metastasis", "absent")}),
        ("CT indicated an aneurysm.", {("CT", "aneurysm", "present")}),
        ("CT was done to confirm the location of a lipoma.", {("CT", None, "present")}),
        ("CT failed to identify a mass.", {("CT", "mass", "absent")}),
        ("CT showed an abnormal nodule.", {("CT", "nodule", "present")}),
        ("CT showed a mass that was not seen 6 months earlier.", {("CT", "mass", "present")}),
        ("CT showed resolution of the ascites, abscess, and free fluid.", {("CT", "resolution", "present")}),
        ("On CT, the nodules had disappeared.", {("CT", "resolution", "present")}),
        (
            "Ultrasound showed ascites, which was confirmed by CT.",
            {("ultrasonography", "ascites", "present"), ("CT", "ascites", "present")},
        ),
        (
            "CT showed a mass. Vaginal bleeding led to ultrasound.",
            {("CT", "mass", "present"), ("ultrasonography", None, "present")},
        ),
        (
            "CT showed a mass. After administration of contrast there was enhancement.",
            {("CT", "mass", "present"), ("CT", "enhancement", "present")},
        ),
        ("CT showed stable disease; his symptoms had improved.", {("CT", "stable disease", "present")}),
        ("Echocardiography: the heart cavities were enlarged.", {("echocardiography", "enlargement", "present")}),
        ("Angiography confirmed complete sealing of the aneurysm.", {("angiography", None, "present")}),
        ("CT showed enlarged mediastinal lymph nodes.", {("CT", "lymphadenopathy", "present")}),
        (
            "Echocardiography showed dysfunction with an ejection fraction of 30%.",
            {("echocardiography", "dysfunction", "present")},
        ),
        ("Echocardiography with Doppler showed regurgitation.", {("echocardiography", "regurgitation", "present")}),
        (
            "PET showed uptake in the mass without any other uptake.",
            {("PET", "increased uptake", "present")},
        ),
        (
            "Echocardiography showed good left ventricle systolic function.",
            {("echocardiography", "dysfunction", "absent")},
        ),
        ("Echocardiogram was normal and serology was negative.", {("echocardiography", "abnormality", "absent")}),
        ("Echocardiography showed that systolic function was normal.", {("echocardiography", "dysfunction", "absent")}),
    ],
)
def test_what_a_study_showed(words, expected):
    assert found(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "He refused MRI.",
        "Due to lack of access to MRI and ultrasound, a laparotomy was performed.",
        "Ultrasound with 3 MHz for 7 minutes relieved the pain.",
        "An ultrasound-guided femoral block was done.",
        "MRI was planned.",
        "CT was not performed.",
        "Follow-up with CT is recommended.",
        "MRI is useful for such lesions.",
        "His mother had a normal CT.",
        "Gastroscopy showed an ulcer.",
        "ECG showed ischaemia.",
        "Optical coherence tomography showed oedema.",
        "The mutation was c.55GC > CT.",
    ],
)
def test_no_study_was_done(words):
    assert found(words) == set()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "MRI showed a mass that was hypointense on T1 and hyperintense on T2.",
            [("hypointense", "T1"), ("hyperintense", "T2")],
        ),
        (
            "MRI showed low signal intensity on both T1- and T2-weighted images.",
            [("hypointense", "T1"), ("hypointense", "T2")],
        ),
        ("On T1-weighted MRI the mass was iso- to hypointense.", [("isointense", "T1"), ("hypointense", "T1")]),
        (
            "MRI showed enhancement on the T1-weighted image obtained after injection of gadolinium.",
            [("enhancement", "T1+C")],
        ),
        ("MRI showed a mass in isosignal T1 and hypersignal T2.", [("isointense", "T1"), ("hyperintense", "T2")]),
        ("FDG PET showed increased uptake in the liver.", [("increased uptake", "FDG")]),
    ],
)
def test_under_which_sequence(words, expected):
    assert [row for row in seen(words, "finding", "sequence") if row[0] != "mass"] == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("PET showed increased uptake in the liver, the spleen and the left lung.", ["liver", "spleen", "lung"]),
        ("MRI showed multiple hepatic nodules.", ["liver"]),
        ("On CT the spleen was enlarged.", ["spleen"]),
        ("CT showed a nodule adjacent to the aorta in the liver.", ["liver"]),
        ("MRI of the brain showed hydrocephalus.", ["brain"]),
        ("MRI showed a mass of the pons. The mass was hyperintense.", ["pons", "pons"]),
        ("MRI showed a fracture of the T11 vertebra.", ["thoracic vertebra"]),
    ],
)
def test_where_it_was(words, expected):
    assert [site for (site,) in seen(words, "site")] == expected


def test_description_and_measure():
    assert seen(
        "CT showed a large heterogeneous mass measuring 6.3 x 5 cm in the liver.",
        "finding",
        "qualifier",
        "value",
        "unit",
    ) == [("mass", "large heterogeneous", 6.3, "cm")]
    assert seen("PET showed increased uptake in the liver (SUVmax 5.8).", "finding", "value", "unit") == [
        ("increased uptake", 5.8, "SUV")
    ]


def test_a_guided_biopsy_is_no_finding():
    assert seen("CT-guided biopsy of the liver showed a lymphoma.", "modality", "finding", "qualifier", "site") == [
        ("CT", None, "biopsy guidance", "liver")
    ]


def test_complete_resection_on_a_later_study_is_no_residual_tumour():
    assert found("Postoperative MRI showed complete resection of the tumour.") == {("MRI", "residual tumour", "absent")}


def test_a_repeated_study_is_another():
    text = "CT showed a nodule. Two months later, a repeat CT showed a nodule and ascites."
    assert seen(text, "study", "finding") == [(1, "nodule"), (2, "nodule"), (2, "ascites")]


def test_a_study_named_for_a_date_is_no_other():
    text = "CT showed a nodule. Eight days after the CT, the nodule was resected."
    assert seen(text, "study", "finding") == [(1, "nodule")]


def test_a_legend_adds_only_what_the_text_lacks():
    text = """A case of headache

## Case report

A 40-year-old man had headache. MRI showed a mass in the pons (Figure 1).

Figure 1. MRI shows the mass in the pons with calcification."""
    assert {row.value("finding") for row in rows(text, "modalities")} == {"mass", "calcification"}
    assert len(rows(text, "modalities")) == 2


def test_typical_signs_of_a_reference_article():
    text = """Dural metastases

## Radiographic features

Dural metastases are usually multiple.

- T1: typically iso/hypointense to cortex
- T2: hyperintense rim

## Differential diagnosis

- meningioma: T2 flow voids"""
    told = rows(text, "modalities")
    assert {(row.value("sequence"), row.value("finding")) for row in told} == {
        ("T1", "isointense"),
        ("T1", "hypointense"),
        ("T2", "hyperintense"),
    }
    assert {(row.case, row.value("modality"), row.value("site"), row.value("role")) for row in told} == {
        ("", "MRI", "dura", "metastasis")
    }


def test_the_first_row_of_a_study_quotes_all_words_that_name_it():
    text = (
        "A 52-year-old woman presented with headache. Computed tomography (CT) of the head was performed. "
        "The CT showed a mass and oedema of the left frontal lobe."
    )
    quotes = [[text[span.start : span.end] for span in row.cells["modality"].spans] for row in rows(text, "modalities")]
    assert quotes[0] == ["Computed tomography", "CT", "CT"]
    assert quotes[1:] == [["Computed tomography"]] * (len(quotes) - 1)
