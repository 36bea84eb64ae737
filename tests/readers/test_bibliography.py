"""Exports of databases: read as they state it, each paper once, nothing merged that only looks alike."""

import json

import pytest

from casebook.readers import read_folder
from casebook.readers.bibliography import near, read_bibliography, surname

RIS = """TY  - JOUR
TI  - A rare tumour of the elm in a girl
AU  - Smith, J.
AU  - Lee, K
PY  - 2016/01//
DO  - https://doi.org/10.1000/X1
DB  - Embase
ER  -

TY  - JOUR
T1  - Oak galls in an elderly gardener
A1  - Jones, B
Y1  - 2010
JF  - Trees
ER  -
"""
BIB = r"""% exported
@string{jt = "J. Trees"}
@article{k1, title = {A {Rare} Tumour of the Elm in a Girl},
  author = {Smith, J{\"o}rg and M{\"u}ller, {\'E}. and others}, year = 2016, journal = jt # " B", doi = {10.1000/x1}}
@comment{@article{no, title={no}}}
@book(k2, title = "Oak galls in an \'{e}lderly gardener", year = {2011}, author = {Bo Jones})
"""
NBIB = """PMID- 123456
TI  - A rare tumour of the
      elm in a girl.
FAU - Smith, John
DP  - 2016 Jan
JT  - Trees
LID - 10.1000/x1 [doi]

PMID- 77
TI  - Another paper.
"""
FOUND = {"pmid": "123456", "title": "A rare tumour of the elm in a girl.", "pubYear": "2016",
         "authorString": "Smith J, Lee K.", "journalInfo": {"journal": {"title": "Trees"}}}  # fmt: skip
EUROPE = {"resultList": {"result": [FOUND]}}
WRAPPED = [{"pmid": ["123456"], "title": ["A rare tumour"], "authorList": [{"author": [
    {"lastName": ["Smith"], "firstName": ["Jo"]}]}], "journalInfo": [{"yearOfPublication": ["2016"]}]}]  # fmt: skip
REPORT = "A Rare Tumour of the Elm in a Girl\n\nJ. Smith, K. Lee\n\nA girl of 9 came with a cyst of the left knee."


def records(folder, **files):
    for name, text in files.items():
        folder.joinpath(name.replace("_", ".")).write_text(text, encoding="utf-8")
    return read_bibliography(folder)


EXPORTS = [("a_ris", RIS), ("a_bib", BIB), ("a_nbib", NBIB), ("a_txt", NBIB), ("a_json", json.dumps(EUROPE)),
           ("a_json", json.dumps(WRAPPED))]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), EXPORTS)
def test_each_format_states_the_same_paper(tmp_path, name, text):
    first = records(tmp_path, **{name: text}).records[0]
    assert first.title.lower().startswith("a rare tumour")
    assert (surname(first.authors), first.year) == ("smith", "2016")
    assert first.doi == "10.1000/x1" or first.pmid == "123456"


def test_accents_strings_and_brackets_of_bibtex(tmp_path):
    one, two = records(tmp_path, a_bib=BIB).records
    assert one.authors == "Smith, Jörg; Müller, É" and one.journal == "J. Trees B"
    assert two.title == "Oak galls in an élderly gardener"


def test_one_paper_of_several_databases_is_one_and_those_alike_stay_apart(tmp_path):
    found = records(tmp_path, a_ris=RIS, b_bib=BIB, c_nbib=NBIB)
    assert [len(paper) for paper in found.papers] == [3, 1, 1, 1]
    ((one, other, score),) = near(found.papers)
    assert {found.papers[at][0].year for at in (one, other)} == {"2010", "2011"} and score >= 90


def test_another_doi_is_another_paper(tmp_path):
    assert len(records(tmp_path, a_ris=RIS, b_ris=RIS.replace("10.1000/X1", "10.1000/x2")).papers) == 3


def test_an_export_that_cannot_be_read_is_quarantined_and_no_report(tmp_path):
    (tmp_path / "r.txt").write_text(REPORT)
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "bad.bib").write_text("@article{x,\n title = {open")
    (tmp_path / "good.ris").write_text(RIS)
    rows = {row["path"]: row for row in read_folder(tmp_path).sources}
    assert rows.keys() == {"r.txt", "records/bad.bib"}
    assert "line 1: the bracket" in rows["records/bad.bib"]["reason"]


def test_the_report_is_cited_as_the_export_says_and_keeps_what_it_states(tmp_path):
    (tmp_path / "r.txt").write_text(REPORT)
    (tmp_path / "other.txt").write_text("A man of 40 came with a cyst.")
    (tmp_path / "sources.csv").write_text("file,year\nr.txt,2015\n")
    (tmp_path / "a.ris").write_text(RIS)
    rows = {row["source_id"]: row for row in read_folder(tmp_path).sources}
    assert (rows["r"]["doi"], rows["r"]["authors"], rows["r"]["year"]) == ("10.1000/x1", "Smith, J; Lee, K", 2015)
    assert "doi" not in rows["other"]
