"""What a reviewer writes beside the protocol is read as written, and a slip names its line and column."""

import pytest

from casebook import csvfile, load, reviewfiles
from casebook.errors import InputError

APPRAISAL = "case_id,instrument,item,answer,note,who\n"
ANCHORS = "review,year,subject,n_patients,measure,statistic,beside,estimate,unit,low,high,spread,overlaps,doi,source\n"
CARE = "rule,item,title,part,shown_by,where,zones,example\n"
LIND = "Lind,2011,oak gall,12,median age,median,median age,38,years,,,,,10.5555/oak,\n"


def written(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_without_files_there_are_empty_frames_of_the_same_columns(tmp_path):
    found = reviewfiles.appraisal(tmp_path / "appraisal.csv")
    assert found.empty and list(found.columns) == APPRAISAL.strip().split(",")
    found = reviewfiles.anchors(None)
    assert found.empty and list(found.columns) == ANCHORS.strip().split(",")


def test_an_open_question_is_no_answer(tmp_path):
    path = written(tmp_path, "appraisal.csv", APPRAISAL + "a/1,JBI,1,,,\na/1,JBI,2,unclear,no dates,Ada\n")
    (row,) = reviewfiles.appraisal(path).to_dict("records")
    assert (row["case_id"], row["item"], row["answer"], row["note"], row["who"]) == (
        "a/1", 2, "unclear", "no dates", "Ada",
    )  # fmt: skip


def test_a_note_guarded_against_spreadsheets_comes_back_as_it_was(tmp_path):
    for note in ("=1+1", "-8 months", "'=quoted", "plain", "'tis"):
        guarded = csvfile.guarded(reviewfiles.anchors(None).assign(subject=[]).reindex(range(1)).assign(subject=note)
                                  .astype({"subject": "string"}))["subject"].iloc[0]
        path = written(tmp_path, "appraisal.csv", f'{APPRAISAL}a/1,JBI,1,yes,"{guarded}",Ada\n')
        assert reviewfiles.appraisal(path)["note"].iloc[0] == note


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("a/1,JBI,9,yes,,Ada", "line 2, column item: '9', expected 1 to 8 of JBI"),
        ("a/1,JBI,0,yes,,Ada", "line 2, column item: '0', expected a whole number from 1 on"),
        ("a/1,jbi,1,yes,,Ada", "line 2, column instrument: 'jbi', expected one of JBI, Murad"),
        ("a/1,Murad,1,maybe,,Ada", "line 2, column answer: 'maybe', expected one of nothing, yes, no, unclear"),
        ("a/1,Murad,1,yes,,", "line 2, column who: empty, expected who answered 'yes'"),
        (",Murad,1,yes,,Ada", "line 2, column case_id: '', expected some text"),
        ("a/1,JBI,1,yes,Ada", "line 2: 5 cells, expected 6"),
        ("a/1,JBI,1,yes,,Ada\na/1,JBI,1,no,,Ada", "line 3, column item: '1' stands twice for a/1 and JBI"),
    ],
)
def test_a_bad_appraisal_names_its_place(tmp_path, line, told):
    with pytest.raises(InputError) as error:
        reviewfiles.appraisal(written(tmp_path, "appraisal.csv", APPRAISAL + line + "\n"))
    assert str(error.value).startswith(f"appraisal.csv {told}")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2011", "11", "line 2, column year: '11', expected a year of four digits"),
        (",38,", ",about 38,", "line 2, column estimate: 'about 38', expected a number such as 8.5"),
        (",12,", ",,", "line 2, column n_patients: '', expected a whole number from 1 on"),
        ("years,,,", "years,9,3,", "line 2, column low: '9' to '3', expected both in order, or none"),
        ("years,,,", "years,9,,", "line 2, column low: '9' to '', expected both in order, or none"),
        ("10.5555/oak", "", "line 2, column source: empty, expected a doi or another source of the figure"),
        (",,10.5555", ",Ash 2001,10.5555", "line 2, column overlaps: 'Ash 2001', expected one of Lind 2011"),
        ("median,median age", "mode,median age", "line 2, column statistic: 'mode', expected one of nothing, median"),
    ],
)
def test_a_bad_anchor_names_its_place(tmp_path, old, new, told):
    assert old in LIND
    with pytest.raises(InputError) as error:
        reviewfiles.anchors(written(tmp_path, "anchors.csv", ANCHORS + LIND.replace(old, new)))
    assert str(error.value).startswith(f"anchors.csv {told}")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("x,1,title,it,cells,cases.colour,,", "line 2, column where: 'cases.colour', expected TABLE.COLUMN"),
        ("x,1,title,it,zone,kitchen,,", "line 2, column where: 'kitchen', expected one of front"),
        ("x,1,title,it,words,oak,kitchen,", "line 2, column zones: 'kitchen', expected one of front"),
        ("x,1,title,it,words,,,", "line 2, column where: '', which does not suit 'words'"),
        ("x,1,title,it,nobody,oak,,", "line 2, column where: 'oak', which does not suit 'nobody'"),
    ],
)
def test_a_bad_criterion_names_its_place(tmp_path, line, told):
    with pytest.raises(InputError) as error:
        reviewfiles.care(written(tmp_path, "care.csv", CARE + line + "\n"))
    assert str(error.value).startswith(f"care.csv {told}")


def test_another_header_and_another_encoding_are_told(tmp_path):
    with pytest.raises(InputError, match=r"appraisal.csv line 1: case, answer, expected case_id, instrument"):
        reviewfiles.appraisal(written(tmp_path, "appraisal.csv", "case,answer\n"))
    (tmp_path / "anchors.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="anchors.csv: not a CSV table in UTF-8"):
        reviewfiles.anchors(tmp_path / "anchors.csv")


def test_a_review_reads_them_from_the_folder_of_its_protocol(tmp_path):
    (tmp_path / "reports").mkdir()
    written(tmp_path / "reports", "oak.txt", "A 44-year-old woman presented with cough for 3 weeks. She died.")
    protocol = written(tmp_path, "protocol.yml", "title: Oaks\nquestion: Which oaks?\n")
    review = load(tmp_path / "reports", protocol)
    assert review.appraisal.empty and review.anchors.empty
    assert len(review.care) > 13, "without a care.csv of its own the project's holds"
    written(tmp_path, "appraisal.csv", APPRAISAL + "oak/1,JBI,8,yes,,Ada\n")
    written(tmp_path, "anchors.csv", ANCHORS + LIND)
    written(tmp_path, "care.csv", CARE + "own-1,1,title,it names oaks,words,oak,,\n")
    review = load(tmp_path / "reports", protocol)
    assert list(review.appraisal["item"]) == [8]
    assert list(review.anchors["review"]) == ["Lind"]
    assert list(review.care["rule"]) == ["own-1"]


def test_zones_are_ranges_of_the_text_as_received():
    text = "An oak\n\nAbstract\n\nOaks gall.\n\nCase report\n\nA 44-year-old woman had a gall.\n"
    zones = reviewfiles.zones({"oak": text})
    parts = {row.zone: text[row.start : row.end] for row in zones.itertuples()}
    assert "Oaks gall." in parts["abstract"] and "44-year-old" in parts["case"]
    assert "44-year-old" not in parts["abstract"]
