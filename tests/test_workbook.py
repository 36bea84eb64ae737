import pytest

import casebook
from casebook import csvfile
from casebook.errors import InputError
from casebook.workbook import PROTOCOL, Review, read_protocol
from invented import TEXTS, frames, review_tables, write

TABLES = review_tables()
REVIEW = Review(read_protocol(PROTOCOL), TABLES, TEXTS)


def test_the_package_loads_it_when_asked():
    assert casebook.load.__module__ == casebook.Review.__module__ == "casebook.workbook"
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        _ = casebook.lode


def test_written_tables_come_back_as_they_were(tmp_path):
    review = casebook.load("nowhere", tables=write(tmp_path / "tables", TABLES, TEXTS))
    for name, frame in TABLES.items():
        assert review.tables[name].astype(object).equals(frame.astype(object)), name
        assert list(review.tables[name].dtypes.astype(str)) == list(frame.dtypes.astype(str)), name
    assert dict(review.texts) == TEXTS and len(review.texts) == 3


def test_a_folder_that_is_none_of_ours_is_told(tmp_path):
    with pytest.raises(InputError, match=r"sources\.csv, cases\.csv.* missing; write the tables"):
        casebook.load("nowhere", tables=tmp_path)


def test_earlier_tables_are_read_from_their_folder(tmp_path):
    earlier = write(tmp_path / "earlier", TABLES, TEXTS)
    review = casebook.load("nowhere", tables=earlier, before=earlier)
    assert review.before.keys() == TABLES.keys() and len(review.before["cases"]) == len(TABLES["cases"])


def test_without_earlier_tables_there_are_empty_ones(tmp_path):
    now = write(tmp_path / "tables", TABLES, TEXTS)
    (tmp_path / "empty").mkdir()
    for before in ("", tmp_path / "missing", tmp_path / "empty"):
        found = casebook.load("nowhere", tables=now, before=before).before
        assert found.keys() == TABLES.keys() and all(frame.empty for frame in found.values())
        assert list(found["sites"].columns) == list(TABLES["sites"].columns)


def test_half_of_the_earlier_tables_is_an_error(tmp_path):
    now, half = (write(tmp_path / name, TABLES, TEXTS) for name in ("now", "half"))
    (half / "sites.csv").unlink()
    with pytest.raises(InputError, match=r"half: sites\.csv is missing"):
        _ = casebook.load("nowhere", tables=now, before=half).before


def test_tables_are_attributes_and_nothing_else_is():
    assert REVIEW.cases is TABLES["cases"] and "cases" in dir(REVIEW)
    assert list(REVIEW.patients["case_id"]) == ["elm/1", "oak/1"]
    with pytest.raises(AttributeError, match="a review has no 'case'; its tables are sources, cases"):
        _ = REVIEW.case


def test_it_prints_as_a_short_summary():
    assert repr(REVIEW).endswith("3 sources, 3 cases, 1 symptoms, 5 sites, 5 modalities, 3 treatments, 2 outcomes, "
                                 "1 claims, 0 conflicts, 11 evidence")  # fmt: skip


def test_a_quote_is_shown_in_its_sentence():
    start = TEXTS["elm"].index("glioblastoma")
    [(low, high)] = REVIEW.sentence("elm", start, start + 12)
    assert TEXTS["elm"][low:high] == "It was resected; glioblastoma was found."


def test_known_sentences_are_preferred_unless_too_long_and_may_be_in_pieces():
    text = "A mass" + " x" * 900 + " was found."
    review = Review(REVIEW.protocol, frames(), {"a": text}, {"a": [[(0, len(text))]]})
    [(low, high)] = review.sentence("a", 2, 6)
    assert low == 0 and 200 < high < 300
    short = Review(REVIEW.protocol, frames(), {"a": "One. A mass."}, {"a": [[(0, 4)], [(5, 12)]]})
    assert short.sentence("a", 7, 11) == [(5, 12)]
    cut = Review(REVIEW.protocol, frames(), {"a": "A mass Fig. 1 was seen."}, {"a": [[(0, 7), (14, 23)]]})
    assert cut.sentence("a", 18, 22) == [(0, 7), (14, 23)]


def test_words_beside_a_claim_are_readable():
    texts = {"ash": 'Found in <a href="/x">9 %</a> of&nbsp;autop-\nsies here. More.'}
    evidence = TABLES["evidence"]
    evidence = evidence[evidence["row_id"].eq("claims-1") & evidence["column"].eq("value")]
    evidence = evidence.assign(start=texts["ash"].index("9 %"), end=texts["ash"].index("9 %") + 3)
    review = Review(REVIEW.protocol, TABLES | {"evidence": evidence}, texts, {"ash": [[(0, len(texts["ash"]) - 6)]]})
    assert list(review.quoted("claims", "value")["words"]) == ["Found in 9 % of autop- sies here."]


def test_a_spreadsheet_runs_nothing_and_reads_back_the_same(tmp_path):
    words = ["=1+1", "+x", "-x", "@x", "\tx", "'=x", "''-x", "x=1", "'x"]
    frame = frames(symptoms="case_id | symptom\n" + "\n".join("a/1 | x" for _ in words))["symptoms"]
    frame["symptom"] = words
    path = tmp_path / "symptoms.csv"
    csvfile.write(frame, path)
    assert path.read_text().split("\n")[1] == "symptoms-1,a/1,'=1+1,present,"
    assert list(csvfile.read(path)["symptom"]) == words


def test_a_quote_is_written_as_it_stands(tmp_path):
    evidence = TABLES["evidence"].assign(quote="=SUM(A1)")
    csvfile.write(evidence, tmp_path / "evidence.csv")
    assert ",=SUM(A1)," in (tmp_path / "evidence.csv").read_text()
    assert csvfile.read(tmp_path / "evidence.csv")["quote"].eq("=SUM(A1)").all()


def test_numbers_and_answers_keep_their_form(tmp_path):
    csvfile.write(TABLES["outcomes"], tmp_path / "outcomes.csv")
    assert (tmp_path / "outcomes.csv").read_text().split("\n")[1:3] == [
        "outcomes-1,elm/1,metastasis,liver,,7,diagnosis,true", "outcomes-2,elm/1,vital_status,dead,,9,diagnosis,true",
    ]  # fmt: skip


def test_a_table_that_is_no_table_is_told(tmp_path):
    (tmp_path / "cases.csv").write_text("row_id,case_id\n1,2\n")
    with pytest.raises(InputError, match=r"cases\.csv: column source_id, .* is missing"):
        csvfile.read(tmp_path / "cases.csv")
    (tmp_path / "symptoms.csv").write_text("row_id,duration_months\n1,soon\n")
    with pytest.raises(InputError, match=r"symptoms\.csv: this table cannot be read"):
        csvfile.read(tmp_path / "symptoms.csv")


def test_wider_sites_are_known_of_written_tables_too(tmp_path):
    folder = write(tmp_path / "tables", TABLES, TEXTS)
    review = casebook.load(tmp_path, tables=folder)
    assert review.wider["T11 vertebra"] == "thoracic vertebra" and review.wider["vertebra"] == "bone"
    assert "lung" not in review.wider and review.around["lung"] == "chest"
    assert "vertebra" not in review.organs and review.organs["T11 vertebra"] == "thoracic vertebra"


def test_wider_sites_are_those_of_the_vocabulary_that_was_given(tmp_path):
    folder = write(tmp_path / "tables", TABLES, TEXTS)
    words = tmp_path / "words"
    words.mkdir()
    rows = "rule,label,surfaces,adjectives,parent,uberon,icdo\nst-1,tree,tree,,,,\nst-2,leaf,leaf,,tree,,\n"
    (words / "sites.csv").write_text(rows)
    assert casebook.load(tmp_path, tables=folder, vocabulary=words).wider == {"leaf": "tree"}
