import pytest

from extract.cells import case

NAMED_IN_FULL = [
    ("A 40-year-old woman had a breast mass. Final pathology showed a cystosarcoma phyllodes.",
     "cystosarcoma phyllodes"),
    ("We report a 30-year-old man with a stromal tumour of the testis.", "stromal tumour of the testis"),
    ("Pathology of a 70-year-old man revealed a mixed sarcomatoid-acinar carcinoma of the pancreas.",
     "mixed sarcomatoid-acinar carcinoma of the pancreas"),
    ("A 50-year-old woman was diagnosed with composite hemangioendothelioma (CHE). Several CHE were excised.",
     "composite hemangioendothelioma"),
    ("Pathology of a 50-year-old man showed combined hepatocellular carcinoma and cholangiocarcinoma.",
     "combined hepatocellular carcinoma and cholangiocarcinoma"),
    ("A 50-year-old woman was diagnosed with primary retroperitoneal mucinous cystadenocarcinoma (PRMC).",
     "retroperitoneal mucinous cystadenocarcinoma"),
    ("Biopsy of a 50-year-old man with a thigh mass revealed MPNST.", "malignant peripheral nerve sheath tumor"),
    ("A 70-year-old man had an invasive adenocarcinoma of the rectum.", "adenocarcinoma of the rectum"),
    ("A 70-year-old man after resection of a bladder tumor had dysuria. The prostatic urethra showed a mass; biopsy "
     "revealed an invasive adenocarcinoma. He was diagnosed with urothelial-type adenocarcinoma of the prostatic "
     "urethra.", "urothelial-type adenocarcinoma of the prostatic urethra"),
    ("A 50-year-old woman was diagnosed with non-metastatic adenocarcinoma of the rectum.",
     "adenocarcinoma of the rectum"),
]


@pytest.mark.parametrize(("text", "diagnosis"), NAMED_IN_FULL)
def test_a_tumour_keeps_the_words_that_tell_its_kind(text, diagnosis):
    assert case(text)["diagnosis"] == diagnosis


PRINCIPAL = [
    ("A 30-year-old woman was admitted for recurrent GISTs. CT showed multiple pulmonary tumors. Due to growth of the "
     "lung tumors, a lobectomy was performed. A biopsy confirmed recurrent GISTs.", "gastrointestinal stromal tumor"),
    ("A 70-year-old man had a painful hip; we assumed a case of gout. After weighing what else it might be, "
     "a metastatic urothelial carcinoma was diagnosed.", "urothelial carcinoma"),
    ("A 60-year-old woman with a past history of thyroidectomy due to thyroid cancer was confused. The confusion was "
     "attributed to milk-alkali syndrome.", "milk-alkali syndrome"),
    ("A 60-year-old man was admitted with hypercalcaemia due to a parathyroid adenoma.", "parathyroid adenoma"),
    ("A 60-year-old woman with colorectal liver metastases underwent hepatectomy.", "colorectal cancer"),
    ("A 60-year-old woman with liver metastases of colorectal origin underwent hepatectomy.", "colorectal cancer"),
    ("A 60-year-old woman had skin lesions and a colon polyp. The Gardner syndrome diagnosis was confirmed.",
     "Gardner syndrome"),
    ("A 9-year-old boy had an abdominal mass with intracystic haemorrhage. Histology showed dilated vessels without "
     "atypical cells, compatible with a lymphangioma.", "lymphangioma"),
    ("A 60-year-old woman was diagnosed with pancreatic adenocarcinoma. A nodule was diagnosed as needle tract "
     "seeding.", "pancreatic adenocarcinoma"),
]


@pytest.mark.parametrize(("text", "diagnosis"), PRINCIPAL)
def test_the_tumour_itself_is_the_diagnosis(text, diagnosis):
    assert case(text)["diagnosis"] == diagnosis


LUMPS = [
    ("A 70-year-old woman was referred for a retrosternal mediastinal mass. It was resected.",
     "retrosternal mediastinal mass"),
    ("A 70-year-old woman had a mass in the left axilla. It was resected.", "mass in the left axilla"),
    ("A 70-year-old woman had a mass. It was resected.", None),
    ("A 70-year-old woman had a mass of the liver and metastases. They were resected.", None),
]


@pytest.mark.parametrize(("text", "diagnosis"), LUMPS)
def test_a_lump_is_the_diagnosis_by_its_place_where_nothing_is_known_of_it(text, diagnosis):
    assert case(text).get("diagnosis") == diagnosis
