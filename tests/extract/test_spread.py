import pytest

from extract.cells import places

TUMOUR = "A 50-year-old man had a clear cell carcinoma of the left kidney. "
TOLD = [
    ("The spleen was the first site of metastasis.", {"spleen"}),
    ("Metastases: liver and pleura.", {"liver", "pleura"}),
    ("There was extensive hepatic spread.", {"liver"}),
    ("A metastasis 3 cm in diameter in the right femur was curetted.", {"femur"}),
    ("Metastases appeared, first in the iris.", {"iris"}),
    ("CT showed a metastasis to the 5th metacarpal.", {"metacarpal bone"}),
    ("He had palatal mucosa and gingival metastases.", {"palate", "gingiva"}),
    ("There were skip metastases of the talus.", {"talus"}),
    ("He had metastatic sites including the urethra.", {"urethra"}),
    ("Hepatectomy was performed for a solitary metastasis.", {"liver"}),
    ("Brain MRI showed two metastases.", {"brain"}),
    ("Brain MRI showed an infarct, and metastases were found later in the liver.", {"liver"}),
    ("CT of the head revealed multiple metastases.", {"brain"}),
    ("A chest X-ray revealed multiple metastases.", {"lung"}),
    ("Chest CT showed nodules consistent with metastases.", {"lung"}),
    ("Bone scintigraphy revealed multiple areas of increased uptake suggesting metastases.", {"bone"}),
    ("X-rays showed lytic lesions in keeping with metastatic disease.", {"bone"}),
    ("There were multiple osteolytic lesions.", {"bone"}),
    ("CT showed diffuse lytic lesions involving the left humerus and all pelvic bones.", {"humerus", "pelvis"}),
    ("The bone marrow was diffusely infiltrated.", {"bone marrow"}),
    ("Necropsy showed splenic involvement.", {"spleen"}),
    ("Two axillary nodes proved to be positive.", {"axillary lymph node"}),
    ("3 of 12 nodes contained carcinoma.", {"lymph node"}),
    ("He had N2 disease.", {"lymph node"}),
    ("CT showed a kidney lesion with dissemination to other organs.", {"unspecified"}),
    ("The stage was uT3N1, with negative margins.", {"lymph node"}),
    ("He had carcinomatosis peritonei.", {"peritoneum"}),
    ("A Virchow node was felt.", {"supraclavicular lymph node"}),
    ("He had distant metastases, namely in the liver and bone.", {"liver", "bone"}),
    ("He had metastases both to the lungs and to the liver.", {"lung", "liver"}),
    ("The tumour had spread haematogenously to the spleen.", {"spleen"}),
    ("Tumour implants were seen on the diaphragm.", {"diaphragm"}),
    ("He had metastatic disease of the humerus.", {"humerus"}),
    ("There was metastatic invasion of the liver.", {"liver"}),
    ("He had metastatic mediastinal lymphadenopathy.", {"mediastinal lymph node"}),
    ("PET revealed hypermetabolic nodes, which were proven to be metastatic.", {"lymph node"}),
    ("A thyroid nodule was found. FNA revealed metastatic carcinoma.", {"thyroid gland"}),
]


@pytest.mark.parametrize(("words", "sites"), TOLD)
def test_a_metastasis_is_told_in_many_words(words, sites):
    assert {(site, status) for site, _, status in places(TUMOUR + words, "metastasis")} == {
        (site, "present") for site in sites}


@pytest.mark.parametrize("words", [
    "0/12 nodes were positive.", "He may succumb to metastases.", "Both nodules were mistaken with metastatic nodules.",
    "Blood cultures were positive, with septic metastases in the lungs.", "He was told that metastases may occur.",
    "There was bone marrow involvement by sarcoidosis.", "MRI showed multiple white matter lesions of the brain.",
    "A metastatic work - up was planned.", "Distant metastasis is found in a third of patients.",
])
def test_words_of_spread_that_tell_of_none(words):
    assert places(TUMOUR + words, "metastasis") == set()


def test_the_stage_of_a_cancer_speaks_of_nodes_beside_another_disease():
    text = ("A 50-year-old man had Crohn's disease. The final diagnosis was Crohn's disease. An adenocarcinoma of the "
            "colon (pT3N2M0) had been resected.")
    assert places(text, "metastasis") == {("lymph node", None, "present")}


def test_of_several_organs_taken_out_the_first_held_the_metastasis():
    text = TUMOUR + "Distal pancreatectomy with splenectomy was performed. Histology revealed metastatic carcinoma."
    assert places(text, "metastasis") == {("pancreas", None, "present")}


def test_a_counted_group_of_patients_is_no_general_statement():
    text = "We report two patients with metastatic rectal cancer who complained of a rash. Both recovered."
    assert places(text, "metastasis") == {("unspecified", None, "present")}


def test_an_organ_twice_told_to_hold_metastases_is_not_where_the_cancer_arose():
    text = ("A 70-year-old man had an adenocarcinoma of the colon resected. He presented with a metastatic liver "
            "tumour. The liver metastasis was resected. Histology of the liver tumour showed adenocarcinoma.")
    assert ("liver", None, "present") in places(text, "metastasis")


GROWN = [
    ("CT showed duodenal invasion.", "duodenum", "present"),
    ("There was direct extension to the duodenum.", "duodenum", "present"),
    ("The duodenum was infiltrated by the tumour.", "duodenum", "present"),
    ("The tumour grew into the duodenum.", "duodenum", "present"),
    ("The tumour had penetrated the diaphragm.", "diaphragm", "present"),
    ("The mass destroyed the sacrum.", "sacrum", "present"),
    ("The tumour did not invade the duodenum.", "duodenum", "absent"),
    ("Invasion of the duodenum was suspected.", "duodenum", "uncertain"),
]


@pytest.mark.parametrize(("words", "site", "status"), GROWN)
def test_a_tumour_grows_into_its_neighbours_in_many_words(words, site, status):
    assert places(TUMOUR + words, "extension") == {(site, None, status)}


@pytest.mark.parametrize("words", [
    "A pneumothorax recurred a week later.", "There was a recurrence of the pneumonia.", "Vertigo had recurred.",
    "He had recurrent bleeding.", "He remained recurrence-free.",
])
def test_another_disease_or_a_symptom_comes_back(words):
    assert places(TUMOUR + words, "recurrence") == set()


def test_the_disease_that_comes_back_is_the_tumour():
    assert places(TUMOUR + "A year later the disease recurred.", "recurrence") == {("kidney", "left", "present")}


def test_a_return_in_an_inner_organ_of_another_region_is_a_metastasis():
    text = "A 50-year-old woman had a leiomyosarcoma of the left thigh. She developed recurrent disease in the spleen."
    assert places(text, "metastasis") == {("spleen", None, "present")}
