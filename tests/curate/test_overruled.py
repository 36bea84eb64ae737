"""A person includes what sources.csv leaves out: it is read, it counts, and the flow says so."""

import pytest

import casebook
from casebook import csvfile, stats
from casebook.cli import main
from casebook.curate.drafts import WHO
from casebook.report.data import read_or_build
from casebook.report.run import Job

TEXT = "A 61-year-old woman presented with headache. MRI of the brain showed a mass in the left frontal lobe. She died."
LIST = "file,title,decision,reason,decided_by\none.txt,One,include,,Eve\ntwo.txt,Two,exclude,no imaging,Eve\n"
WHY = "Ada includes it (Patients with imaging) in spite of: no imaging"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv(WHO, "Ada")
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "one.txt").write_text(TEXT, encoding="utf-8")
    (reports / "two.txt").write_text(TEXT.replace("61", "44").replace("left", "right"), encoding="utf-8")
    (reports / "sources.csv").write_text(LIST, encoding="utf-8")
    protocol = "title: T\nquestion: Q?\neligibility: {include: [Patients with imaging], exclude: [Animals]}\n"
    (tmp_path / "protocol.yml").write_text(protocol, encoding="utf-8")
    return tmp_path


def loaded(place, tables=""):
    return casebook.load(place / "reports", place / "protocol.yml", tables)


def own(review):
    return review.sources.set_index("source_id").loc["two", ["status", "reason"]].tolist()


def tables(place, *more):
    out = place / "out"
    assert main(["tables", str(place / "reports"), "--out", str(out), *map(str, more)]) == 0
    return out


def test_it_is_read_and_counts_at_once_and_later_and_an_undo_takes_it_out(place):
    review = loaded(place)
    assert own(review) == ["excluded", "no imaging"] and "two" not in review.texts and len(review.cases) == 1
    line = review.include("two", "Patients")
    for one in (review, loaded(place)):
        assert own(one) == ["included", WHY] and one.open.empty
        assert one.cases["case_id"].tolist() == ["one/1", "two/1"] and "two" in one.texts and "two" in one.sentences
        assert one.evidence["source_id"].eq("two").any() and one.sites["case_id"].isin(["two/1"]).any()
    row = review.cases["row_id"].iloc[1]
    review.change(row, "age_years", 45)
    review.undo(line)
    for one in (review, loaded(place)):
        assert own(one) == ["excluded", "no imaging"] and "two" not in one.texts
        assert len(one.cases) == 1 and not one.evidence["source_id"].eq("two").any()
        assert not one.queue()["source_id"].eq("two").any()
    review.include("two")
    assert loaded(place).cases["age_years"].tolist() == [61, 45], "what was decided on it waited"


def test_the_flow_and_the_list_of_decisions_say_that_it_was_overruled(place):
    review = loaded(place)
    review.include("two", "Patients")
    flow = stats.prisma(review.tables, review.screening, review.counted, []).set_index("field")
    assert flow.loc["files_excluded", "n"] == 0
    assert flow.loc["new_reports", ["n", "why"]].tolist() == [2, "in spite of an exclusion (1)"]
    said = review.screening.set_index("source_id").loc["two"]
    assert said[["decision", "decided_by", "overruled"]].tolist() == ["include", "Ada", "exclude: no imaging (Eve)"]
    review.exclude("two", "Animals")
    assert own(review) == ["excluded", "Animals"] and review.open.empty


def test_in_the_screening_widget_too(place):
    review, answers = loaded(place), []
    screen = review.screen()
    screen.send = lambda content, buffers=None: answers.append(content)
    screen._hear(None, {"kind": "look", "source": "two"}, None)
    screen._hear(None, {"kind": "include", "source": "two", "criterion": "Patients with imaging"}, None)
    screen._hear(None, {"kind": "look", "source": "two"}, None)
    assert answers[0]["opening"] == "" and answers[2]["opening"].startswith("A 44-year-old woman")
    row = answers[1]["list"]["items"][1]
    assert (row["state"], row["overruled"]) == ("included", "exclude: no imaging (Eve)") and len(review.cases) == 2
    assert answers[1]["list"]["flow"] == "2 in the folder, 2 included"


def test_written_tables_hold_it_and_are_those_of_a_reading_that_includes_it(place):
    review = loaded(place)
    review.include("two", "Patients")
    out = tables(place, "--decisions", place / "decisions.csv")
    with_it = {name: csvfile.read(out / f"{name}.csv") for name in review.tables if name != "sources"}
    assert with_it["cases"]["case_id"].tolist() == ["one/1", "two/1"] and (out / "texts" / "two.txt").exists()
    later = loaded(place, out)
    assert own(later) == ["included", WHY] and len(later.cases) == 2
    without = casebook.load(place / "reports", place / "protocol.yml", out, decisions="")
    assert own(without) == ["excluded", "no imaging"] and len(without.cases) == 1 and "two" not in without.texts
    later.undo(later.decisions["decision"].iloc[0])
    assert own(later) == ["excluded", "no imaging"] and len(later.cases) == 1
    (place / "reports" / "sources.csv").write_text(LIST.replace("exclude", "include"), encoding="utf-8")
    tables(place)
    for name, frame in with_it.items():
        assert frame.equals(csvfile.read(out / f"{name}.csv")), name


def test_tables_that_were_written_before_read_it_from_the_folder(place):
    out = tables(place)
    review = loaded(place, out)
    review.include("two", "Patients")
    assert own(review) == ["included", WHY] and len(loaded(place, out).cases) == 2
    (place / "reports" / "two.txt").write_text("Another text.", encoding="utf-8")
    changed = loaded(place, out)
    assert own(changed) == ["excluded", "no imaging"] and changed.open["why"].str.contains("left out when").all()


def test_the_notebooks_of_a_report_find_it(place):
    loaded(place).include("two", "Patients")
    job = Job(place / "reports", place / "report", place, place / "protocol.yml", casebook.workbook.VOCABULARY)
    review, folder = read_or_build(job, place / "work", lambda line: None)
    there = casebook.load(place / "reports", place / "protocol.yml", folder)
    for name, frame in review.tables.items():
        assert there.tables[name].astype(object).equals(frame.astype(object)), name
    assert set(there.texts) == {"one", "two"} and there.sentences.keys() == {"one", "two"}
