"""The owner's three reports read as a person reads them."""

from pathlib import Path

import pytest

from casebook.readers import read_folder
from casebook.text.document import Document
from readers.reports import sentences, zones

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def seeds() -> dict[str, Document]:
    return {document.source_id[:3]: document for document in read_folder(SEEDS).documents}


def test_the_formats(seeds):
    assert [document.format for document in seeds.values()] == [
        "text of a PDF", "text of a PDF", "revision of a reference page"]


@pytest.mark.parametrize(("seed", "kind", "sentence"), [
    ("000", "case", "In May 2012, the patient underwent the second operation because of recurrence revealed by head "
                    "MRI (Figure 1C1, 1C2)."),
    ("000", "case", "Chemotherapy (Temozolamide) and intravenous application of Beacizumab ensued."),
    ("000", "discussion", "However, Anzil [7] suggested that early hematogenous spread may be another mechanism based "
                          "on the finding of more than 10% of all such extracranial metastasis occurred in the "
                          "absence of prior surgical intervention."),
    ("000", "legend", "B: Lesions of the sacrum and bilateral iliac."),
    ("001", "case", "Although they were overlooked during the initial assessment of these MR images from the referring "
                    "hospital, multiple bony lesions were present in the thoracolumbar vertebral bodies and sacrum."),
    ("001", "case", "However, after the diagnosis of bone metastasis, the chemotherapy regimen was changed into "
                    "temozolomide, and cisplatin was also administered to the patient during one of the cycles."),
    ("001", "legend", "Extraskeletal FDG uptake is not observed."),
    ("002", "discussion", "oesophageal squamous cell carcinoma (very rare) [12]"),
    ("002", "discussion", "T1 C+ (Gd): vivid enhancement [4]"),
    ("002", "legend", "Case 7: Dural metastases from prostatic carcinoma"),
])
def test_a_sentence_is_whole_again(seeds, seed, kind, sentence):
    assert sentences(seeds[seed], kind).count(sentence) == 1


def test_nothing_is_doubled(seeds):
    text = seeds["002"].view.text
    assert text.count("Dural metastases, also known as") == 1 and "dural dural" not in text and "and and" not in text


def test_the_zones_of_each_seed(seeds):
    order = {seed: list(dict.fromkeys(kind for kind, _, _ in zones(document))) for seed, document in seeds.items()}
    assert order == {"000": ["abstract", "keywords", "introduction", "case", "discussion", "legend"],
                     "001": ["introduction", "case", "discussion", "legend"],
                     "002": ["title", "front", "discussion", "legend"]}


def test_page_furniture_stands_apart(seeds):
    document = seeds["001"]
    assert "kjronline" in document.view.text[document.zones[-1].start:]
    case = " ".join(sentences(document, "case"))
    assert "kjronline" not in case and "Concurrent Bone Metastases" not in case
