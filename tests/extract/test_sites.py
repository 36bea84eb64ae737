import pytest

from extract.cells import findings, places

P, A, U = "present", "absent", "uncertain"
TUMOUR = "A 50-year-old man had a melanoma of the skin. "
METASTASES = [
    ("CT showed metastases to the brain, liver and both lungs.",
     {("brain", None, P), ("liver", None, P), ("lung", "bilateral", P)}),
    ("He developed brain and leptomeningeal metastases.", {("brain", None, P), ("leptomeninges", None, P)}),
    ("Metastatic deposits were found in the left humerus and right tibia.",
     {("humerus", "left", P), ("tibia", "right", P)}),
    ("The tumour had spread to the spleen.", {("spleen", None, P)}),
    ("He had pain because the tumour had spread to the spleen.", {("spleen", None, P)}),
    ("He developed kidney metastases, which are uncommon. Metastases of the iris are rare.", {("kidney", None, P)}),
    ("CT showed ascites possibly due to metastasis in the peritoneum.", {("peritoneum", None, U)}),
    ("MRI showed a metastasis at C4.", {("C4 vertebra", None, P)}),
    ("There were colorectal liver metastases.", {("liver", None, P)}),
    ("There was no metastasis in the liver.", {("liver", None, A)}),
    ("A nodule suspicious for metastasis was seen in the adrenal gland.", {("adrenal gland", None, U)}),
    ("He had metastatic disease.", {("unspecified", None, P)}),
    ("He had metastatic disease. MRI showed a metastasis of the brain.", {("brain", None, P)}),
    ("Two of eleven mesenteric lymph nodes showed tumour deposits.", {("abdominal lymph node", None, P)}),
    ("Bone metastases were diagnosed. There were lesions in the sacrum and lumbar vertebrae.",
     {("sacrum", None, P), ("lumbar vertebra", None, P)}),
    ("CT showed metastases in the thoracolumbar vertebral bodies.",
     {("thoracic vertebra", None, P), ("lumbar vertebra", None, P)}),
    ("A biopsy of the liver was done. Pathology revealed metastatic melanoma.", {("liver", None, P)}),
    ("Metastatis of the liver was seen.", {("liver", None, P)}),
    ("The metastatic melanoma cells in his lung were positive.", {("lung", None, P)}),
    ("Peritoneal metastases were detected in the abdominal cavity.", {("peritoneum", None, P)}),
    ("There were lymph node metastases in the neck.", {("lymph node", None, P)}),
    ("He had mediastinal and axillary lymph node metastases.",
     {("mediastinal lymph node", None, P), ("axillary lymph node", None, P)}),
    ("There were metastases in 3 of 25 inguinal lymph nodes.", {("inguinal lymph node", None, P)}),
    ("MRI of the brain revealed three metastases.", {("brain", None, P)}),
    ("The liver contained numerous metastases.", {("liver", None, P)}),
    ("Distant metastasis had not occurred.", {("unspecified", None, A)}),
    ("CT was negative for metastases.", {("unspecified", None, A)}),
    ("The liver metastases had disappeared.", {("liver", None, P)}),
    ("He developed recurrent disease in the thigh and the liver.", {("liver", None, P)}),
    ("Biopsy revealed a peritoneal localization of the melanoma.", {("peritoneum", None, P)}),
    ("A mass replacing the left lobe of the liver proved to be a metastatic melanoma.",
     {("left lobe of the liver", "left", P)}),
    ("CT showed extension into the portal vein and bilateral lung metastases.", {("lung", "bilateral", P)}),
    ("There was invasion of five of the 22 removed axillary nodes.", {("axillary lymph node", None, P)}),
    ("MRI showed metastases in the lumbar spine and spinal cord compression.", {("lumbar vertebra", None, P)}),
    ("CT showed metastases in the liver with pleural effusion.", {("liver", None, P)}),
    ("He developed metastases, first in the liver and then in the sacrum.",
     {("liver", None, P), ("sacrum", None, P)}),
    ("CT showed systemic lymph node and osteolytic bone metastases.", {("lymph node", None, P), ("bone", None, P)}),
    ("He had node, bone and liver metastases.",
     {("lymph node", None, P), ("bone", None, P), ("liver", None, P)}),
    ("There were thoracic and abdominal metastases.", {("chest", None, P), ("abdomen", None, P)}),
    ("CT showed a metastasis in segment V of the liver.", {("liver", None, P)}),
    ("CT showed metastases in the lymph nodes of the neck.", {("cervical lymph node", None, P)}),
    ("There was a metastasis in the soft tissue of his left calf.", {("soft tissue", "left", P)}),
    ("The tumour metastasized to the wall of his undescended testis.", {("testis", None, P)}),
    ("A metastatic melanomatous deposit was found in the iris.", {("iris", None, P)}),
    ("A specimen of the pubis was in keeping with metastasis.", {("pubis", None, P)}),
    ("The nodules were either splenosis or carcinomatosis.", {("unspecified", None, U)}),
    ("A search for metastases was negative.", {("unspecified", None, A)}),
    ("The axillary lymph nodes showed no metastasis.", {("axillary lymph node", None, A)}),
    ("Metastases were found inside the kidneys.", {("kidney", None, P)}),
    ("Histology confirmed metastatic melanoma, infiltrating the myometrium.", {("myometrium", None, P)}),
    ("The tumour had involved the deep inguinal lymph nodes.", {("inguinal lymph node", None, P)}),
    ("He had a fracture of the left femur from melanoma metastasis.", {("femur", "left", P)}),
    ("CT showed a pharyngeal metastasis. Biopsy of the hypopharynx showed a metastasis.",
     {("hypopharynx", None, P)}),
    ("CT showed a low-density area in the spleen. It was resected and was a metastasis.", {("spleen", None, P)}),
    ("CT showed swelling of the para-aortic lymph nodes. All these metastatic lesions disappeared.",
     {("para-aortic lymph node", None, P)}),
]


@pytest.mark.parametrize(("sentence", "rows"), METASTASES)
def test_metastases_with_their_places_and_status(sentence, rows):
    assert places(TUMOUR + sentence, "metastasis") == rows


DECOYS = [
    "A metastatic work-up was planned.",
    "The nodes were non-metastatic.",
    "It was difficult to differentiate between a cyst and a metastasis of the liver.",
    "Melanoma is known to metastasize to the liver in some patients.",
    "He developed a metastatic abscess.",
    "A nodule was interpreted as a metastasis, but histology showed a granuloma.",
    "It could not be differentiated from a lung metastasis.",
    "The initial cytological diagnosis was a metastasis.",
    "The preoperative diagnosis was hepatocellular carcinoma with a metastatic nodule.",
    "Metastases of the iris are a rare occurrence.",
]


@pytest.mark.parametrize("sentence", DECOYS)
def test_a_decoy_is_no_metastasis(sentence):
    assert places(TUMOUR + sentence, "metastasis") == set()


OTHER_WORDS = [
    ("CT showed multiple nodules in both lungs.", {("lung", "bilateral", P)}),
    ("There was bone marrow infiltration.", {("bone marrow", None, P)}),
    ("The stage was pT3N1M0.", {("lymph node", None, P)}),
    ("The stage was pT3N0M0.", set()),
    ("There was no bone marrow involvement.", {("bone marrow", None, A)}),
    ("CT showed multiple calcified nodules in the liver.", set()),
    ("He had hepatic and bone recurrence.", {("liver", None, P), ("bone", None, P)}),
    ("Cytology of the cerebrospinal fluid was positive for malignant cells.", {("leptomeninges", None, P)}),
    ("He received G-CSF and malignant cells were counted.", set()),
    ("Malignant ascites was drained.", {("peritoneum", None, P)}),
    ("The lymph nodes were not involved.", set()),
    ("He died. Autopsy showed melanoma deposits in the kidneys and spleen.",
     {("kidney", None, P), ("spleen", None, P)}),
    ("The stage was N2 (3/15), M0.", {("lymph node", None, P)}),
    ("Histology showed three nodes involved.", {("lymph node", None, P)}),
    ("Two of 23 sampled axillary nodes were positive for neoplasia.", {("axillary lymph node", None, P)}),
    ("Disease progression in the liver followed.", {("liver", None, P)}),
]


@pytest.mark.parametrize(("sentence", "rows"), OTHER_WORDS)
def test_spread_that_is_not_called_metastasis(sentence, rows):
    assert places(TUMOUR + sentence, "metastasis") == rows


def test_what_infects_spreads_without_metastasis():
    assert places("A 50-year-old man had a hydatid cyst with dissemination to the peritoneum.", "metastasis") == set()


def test_a_metastasis_is_where_the_lesion_was_that_is_told_before():
    text = "A 50-year-old man had a carcinoma of the left kidney. A lump of the tongue was noted. It grew. "
    assert places(text + "Histology showed a metastasis.", "metastasis") == {("tongue", None, P)}


def test_a_lesion_told_before_is_no_place_of_a_known_metastatic_disease():
    text = TUMOUR + "A lump of the left parotid gland was noted. He had a history of metastatic disease."
    assert places(text, "metastasis") == {("unspecified", None, P)}


def test_what_was_first_taken_for_a_metastasis_is_none():
    assert places(TUMOUR + "The liver lesion was initially thought to be a metastasis.", "metastasis") == set()


def test_a_suspicion_that_no_cancer_bears_out_is_uncertain():
    text = "A 50-year-old man had lytic lesions suggestive of metastasis. The final diagnosis was tuberculosis."
    assert {status for _, _, status in places(text, "metastasis")} == {U}
    known = "A 50-year-old woman with tuberculosis was known for a breast carcinoma. CT suggested liver metastases."
    assert places(known, "metastasis") == {("liver", None, P)}


def test_metastatic_cancer_of_another_organ_is_there_by_metastasis():
    text = "A 50-year-old man had a cancer of the colon. Biopsy showed metastatic adenocarcinoma in his spleen."
    assert places(text, "metastasis") == {("spleen", None, P)}
    text = "A 50-year-old girl had a metastasis in the iris from an alveolar rhabdomyosarcoma of the foot."
    assert places(text, "metastasis") == {("iris", None, P)}


def test_a_disease_that_is_no_tumour_may_be_where_a_cancer_went():
    text = "A 50-year-old man with lung cancer had adrenal crisis due to bulky metastatic infiltration of his adrenals."
    assert ("adrenal gland", None, P) in places(text, "metastasis")
    text = ("Haemangioma of the liver\n\nA 50-year-old woman had a nodule of the liver suggesting metastasis of "
            "cancer of the colon. The final diagnosis was haemangioma of the liver.")
    assert ("liver", None, U) in places(text, "metastasis")


def test_places_listed_respectively_are_one_for_each_patient():
    text = ("We describe two patients with a thyroid carcinoma presenting with bone metastases in the scapula and "
            "sternum, respectively. Complete resections were performed.")
    told = {f.case: f.value("site") for f in findings(text) if f.table == "sites" and f.value("role") == "metastasis"}
    assert told == {"1": "scapula", "2": "sternum"}


def test_a_rash_spreads_without_metastasis():
    text = TUMOUR + "He had a rash that had spread to the scalp."
    assert places(text, "metastasis") == set()


@pytest.mark.parametrize("sentence", [
    "She has remained recurrence free.",
    "There was a biochemical relapse.",
    "She died of a recurrence of the lung metastases.",
    "She had hepatic recurrence.",
])
def test_what_came_back_elsewhere_is_no_regrowth(sentence):
    text = f"A 50-year-old woman had a carcinoma of the breast resected. {sentence}"
    assert places(text, "recurrence") == set()


def test_complaints_come_back_without_the_tumour():
    text = "A 50-year-old man had a sarcoma of the left knee resected. He had a recurrence of his left knee pain."
    assert places(text, "recurrence") == set()


def test_extension_goes_into_neighbours():
    text = ("A 50-year-old man had a chordoma of the clivus extending into the sphenoid sinus and invading the right "
            "orbit.")
    assert places(text, "extension") == {("sphenoid sinus", None, P), ("orbit", "right", P)}
    assert places(text, "metastasis") == set()


@pytest.mark.parametrize(("sentence", "site"), [
    ("It showed duodenal invasion.", "duodenum"),
    ("MRI showed invasion of the tumour into the duodenum.", "duodenum"),
])
def test_extension_is_named_before_the_word_or_after_the_tumour(sentence, site):
    text = f"A 50-year-old man had a carcinoma of the pancreas. The tumour was resected. {sentence}"
    assert places(text.replace("It showed", "The tumour showed"), "extension") == {(site, None, P)}


def test_vessels_and_nodes_are_no_neighbours():
    text = "A 50-year-old man had a carcinoma of the rectum. The tumour invaded lymphatic and blood vessels."
    assert places(text, "extension") == set()


def test_denied_invasion_is_a_row_of_its_own():
    text = "A 50-year-old man had a renal tumour without invasion of the spleen."
    assert places(text, "extension") == {("spleen", None, A)}


def test_a_regrowth_is_at_the_primary_site():
    text = "A 50-year-old man had a meningioma of the left frontal lobe resected. MRI later showed a recurrence."
    assert places(text, "recurrence") == {("frontal lobe", "left", P)}


def test_the_strongest_proof_counts():
    text = TUMOUR + "CT showed a metastasis of the liver. Histological examination of the liver lesion confirmed it."
    proof = {f.value("confirmed_by") for f in findings(text) if f.table == "sites" and f.value("role") == "metastasis"}
    assert proof == {"histology"}


GLIOMA = "A 50-year-old man had a glioblastoma of the left frontal lobe resected. Ten months after diagnosis "
SHOWN = [
    ("MRI showed lesions in the T5 and T8 vertebrae. Biopsy confirmed metastasis.", {"T5 vertebra", "T8 vertebra"}),
    ("MRI showed lesions in the L2 and L3 vertebrae; biopsy was positive for metastasis.",
     {"L2 vertebra", "L3 vertebra"}),
    ("PET-CT showed uptake in the sternum and in the liver. He died two months after the diagnosis of metastasis.",
     {"sternum", "liver"}),
    ("ultrasonography showed enlarged axillary lymph nodes. Biopsy proved metastasis.", {"axillary lymph node"}),
    ("CT showed a mass of the skull. Excision showed metastatic glioblastoma.", {"skull"}),
    ("PET showed uptake in the liver and the sternum, consistent with metastases.", {"sternum", "liver"}),
    ("his wife noticed a lump of the right clavicle. Biopsy revealed metastatic glioblastoma.", {"clavicle"}),
    ("CT showed no mass in the liver. Metastasis was diagnosed.", {"unspecified"}),
]


@pytest.mark.parametrize(("words", "sites"), SHOWN)
def test_a_metastasis_is_where_the_study_showed_it(words, sites):
    assert {site for site, _, status in places(GLIOMA + words, "metastasis") if status == P} == sites


TITLED = [
    ("Bone metastases of a glioblastoma", "MRI showed a lesion of the sternum.", {"sternum"}),
    ("Bone metastases of a glioblastoma", "MRI showed no lesion of the sternum.", {"bone"}),
    ("Lung and bone metastases of a glioblastoma", "MRI showed a lesion of the sternum.", {"lung", "sternum"}),
    ("Pancreatic metastasis of a glioblastoma", "CT showed a mass in the tail of the pancreas. Biopsy confirmed "
     "metastatic glioblastoma.", {"pancreatic tail"}),
]


@pytest.mark.parametrize(("title", "words", "sites"), TITLED)
def test_the_text_says_more_narrowly_than_its_title_where(title, words, sites):
    text = f"{title}\n\n{GLIOMA}{words} He died."
    assert {site for site, _, status in places(text, "metastasis") if status == P} == sites


DATED = [
    ("A 60-year-old man noticed a nodule of the scalp nine months after the diagnosis of a glioblastoma. He had "
     "received radiotherapy and a resection. Excision of the scalp nodule confirmed metastatic glioblastoma.", 9),
    ("A 60-year-old woman with breast cancer presented with headache 40 months after diagnosis. MRI showed a dural "
     "mass. Resection revealed a dural metastasis.", 40),
    ("A 60-year-old man had had a melanoma of the back excised three years earlier. He now presented with a lump of "
     "the parotid gland. Biopsy showed metastatic melanoma.", 36),
    ("Leptomeningeal metastases of a glioblastoma\n\n" + GLIOMA + "MRI showed leptomeningeal enhancement.", 10),
    (GLIOMA + "CT showed uptake in the liver. He died two months after the diagnosis of metastasis.", 10),
]


@pytest.mark.parametrize(("text", "months"), DATED)
def test_sites_and_outcomes_date_a_metastasis_alike(text, months):
    told = {table: {f.value(column) for f in findings(text) if f.table == table and f.value(key) == "metastasis"}
            for table, key, column in (("sites", "role", "months_from_diagnosis"), ("outcomes", "endpoint", "months"))}
    assert told == {"sites": {months}, "outcomes": {months}}


MOVED = [
    ("A 70-year-old man with a melanoma of the skin presented with a lump of the left parotid gland. Fine-needle "
     "aspiration showed metastatic melanoma.", "skin", {("parotid gland", "left", P)}),
    ("A 60-year-old man had a mass of the scalp. Biopsy showed metastatic hepatocellular carcinoma.", "liver",
     {("scalp", None, P)}),
    ("A 60-year-old woman had jaundice. CT showed a mass in the pancreas and nodules in the liver. Liver biopsy "
     "showed metastatic adenocarcinoma.", "pancreas", {("liver", None, P)}),
    ("A 70-year-old man had a melanoma of the skin excised. A year later he had a lump of the parotid gland.", "skin",
     set()),
]


@pytest.mark.parametrize(("text", "primary", "metastases"), MOVED)
def test_where_the_tumour_went_is_not_where_it_arose(text, primary, metastases):
    known = next(finding for finding in findings(text) if finding.table == "cases")
    assert (known.value("primary_site"), places(text, "metastasis")) == (primary, metastases)
