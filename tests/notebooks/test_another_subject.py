"""Every notebook runs alone, on any folder of reports and under any protocol, by its parameters only."""

import json
import re

import pytest

from casebook.report.kernels import warm_kernels
from casebook.report.parameters import find
from house.tree import ROOT

REPORT = (
    "A 44-year-old woman presented with cough for 3 weeks. Chest radiography showed a mass of the left upper lobe. "
    "A diagnosis of lung adenocarcinoma was made. She underwent lobectomy and received cisplatin. "
    "She was alive 12 months after surgery."
)
PROTOCOL = "title: Lungs of trees\nquestion: Which lungs?\nendpoints: [vital_status]\nfields: [cases.sex]\n"
NOTEBOOKS = find(ROOT / "notebooks")


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """The text of every output of each notebook, executed on one invented report."""
    folder = tmp_path_factory.mktemp("subject")
    (folder / "reports").mkdir()
    (folder / "reports" / "lung.txt").write_text(REPORT, encoding="utf-8")
    (folder / "protocol.yml").write_text(PROTOCOL, encoding="utf-8")
    values = {"seeds": str(folder / "reports"), "protocol": str(folder / "protocol.yml")}
    texts = {}
    with warm_kernels(folder, 1) as kernels:
        kernels.give([(notebook, folder / notebook.path.name, values) for notebook in NOTEBOOKS])
        assert kernels.finish() is None
    for notebook in NOTEBOOKS:
        cells = json.loads((folder / notebook.path.name).read_text(encoding="utf-8"))["cells"]
        texts[notebook.path.stem] = "\n".join(
            "".join(output["data"]["text/plain"]) for cell in cells for output in cell.get("outputs", [])
        )
    return texts


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: notebook.path.stem)
def test_it_declares_what_the_report_sets(notebook):
    assert {"seeds", "protocol", "tables", "vocabulary"} <= notebook.declared.keys()
    assert notebook.declared["tables"] == "" and notebook.declared["vocabulary"] == ""


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("01_sources", "Patients described (n = 1)"),
        ("02_cases", "woman of 44"),
        ("03_modalities", "radiography"),
        ("04_outcomes", "cisplatin"),
        ("05_evidence", "sex: Patient 1 reported"),
        ("06_review", "Lungs of trees"),
        ("07_literature", "There are none."),
        ("08_appraisal", "5 patient information, age and sex: Patient 1 reported"),
        ("09_robustness", "There are no earlier tables to compare with"),
    ],
)
def test_it_tells_of_the_other_subject(executed, name, told):
    assert told in executed[name]


def test_nothing_of_this_projects_reports_is_left(executed):
    for name, text in executed.items():
        assert "astrocytoma" not in text, name


def test_one_patient_is_no_plural(executed):
    nouns = "patients|reports|files|lesions|items|studies|sources|rows|months|quotes|cells|figures"
    for name, text in executed.items():
        assert not re.findall(rf"(?<![\d.,/–-] )(?<![\d.,/–-])\b1 (?:{nouns})\b", text), name
