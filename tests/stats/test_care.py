"""CARE by machine: each criterion finds what its own invented report says, and says nothing of what it cannot see."""

import re

import pandas as pd
import pytest

from casebook import load, stats
from casebook.reviewfiles import zones
from casebook.stats.care import care, care_table
from house.tree import ROOT
from invented import frames

STANDARDS = ROOT.parent / "shared" / "standards" / "README.md"
CRITERIA = load(ROOT / "seeds").care
JUDGED = CRITERIA[CRITERIA["shown_by"].ne("nobody")]


def criterion(shown_by, where, of=None, **more):
    row = {"rule": "c-1", "item": 1, "title": "t", "part": "p", "shown_by": shown_by, "where": where, "zones": None}
    return pd.DataFrame([row | more])


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """The answers of every criterion for its own example, keyed by rule, and for a report that says nothing."""
    folder = tmp_path_factory.mktemp("care")
    for rule, example in zip(JUDGED["rule"], JUDGED["example"], strict=True):
        (folder / f"{rule}.txt").write_text(example, encoding="utf-8")
    (folder / "zz-bare.txt").write_text(
        "An elm\n\nA 44-year-old woman was seen. Nothing else is known of her.\n", encoding="utf-8"
    )
    review = load(folder)
    found = care(review.tables, review.texts, review.zones, review.care)
    found["source"] = found["case_id"].str.rpartition("/")[0]
    return review, found.merge(CRITERIA[["rule", "item", "part"]], on=["item", "part"])


@pytest.mark.parametrize("rule", JUDGED["rule"])
def test_each_criterion_finds_its_own_example(read, rule):
    _, found = read
    own = found[found["source"].eq(rule) & found["rule"].eq(rule)]
    assert list(own["answer"]) == ["reported"]
    assert own["answer@"].iloc[0], "an answer without evidence"


@pytest.mark.parametrize("rule", [rule for rule in JUDGED["rule"] if rule != "care-05a"])
def test_no_criterion_finds_itself_in_a_report_that_says_nothing(read, rule):
    _, found = read
    own = found[found["source"].eq("zz-bare") & found["rule"].eq(rule)]
    assert list(own["answer"]) == ["not found"]
    assert own["answer@"].iloc[0] == ""


def test_every_reference_opens_words_or_a_filled_cell(read):
    review, found = read
    cells = set(review.evidence["row_id"] + "." + review.evidence["column"])
    for ref in "\n".join(found["answer@"]).split("\n"):
        if hit := re.fullmatch(r"TEXT\[(\d+):(\d+)\]([\w-]+)@(.+)", ref):
            assert review.texts[hit[4]][int(hit[1]) : int(hit[2])].strip()
        else:
            assert ref == "" or ref in cells, ref


def test_the_items_are_the_thirteen_of_the_standard():
    if not STANDARDS.is_file():
        pytest.skip("the standards stand outside the project and are not here")
    section = STANDARDS.read_text("utf-8").partition("## CARE checklist")[2].partition("\n## ")[0]
    listed = [
        re.sub(r"\(.*?\)", "", item).strip(" .\n") for item in section.partition("\n")[2].replace("\n", " ").split(";")
    ]
    listed[0] = "title" if listed[0] == "title names the case report" else listed[0]
    ours = CRITERIA.drop_duplicates("item").sort_values("item")
    assert list(ours["item"]) == list(range(1, 14))
    assert list(ours["title"]) == listed


def test_words_in_a_list_of_references_do_not_count():
    text = "An oak\n\nA 44-year-old woman.\n\nReferences\n\n1. Lind A. Informed consent of oaks. J Oak 2001; 3: 4.\n"
    tables = frames(cases="case_id\na/1")
    asked = criterion("words", "informed consent|oak")
    assert list(care(tables, {"a": text}, zones({"a": text}), asked)["answer@"]) == ["TEXT[3:6]c-1@a"]
    assert list(care(tables, {"a": text}, zones({"a": text}), criterion("words", "informed consent"))["answer"]) == [
        "not found"
    ]


def test_words_cut_by_a_line_are_found_and_parts_of_words_are_not():
    text = "Case report\n\nWritten informed\n  consent was given. Misinformed consents are none.\n"
    tables = frames(cases="case_id\na/1")
    (ref,) = care(tables, {"a": text}, zones({"a": text}), criterion("words", "informed consent"))["answer@"]
    start, end = map(int, re.match(r"TEXT\[(\d+):(\d+)\]", ref).groups())
    assert text[start:end] == "informed\n  consent"


TOLD = {  # a part of CARE: how reports tell it, and (with *) what only looks like it
    "medical, family and social history": (
        "She was a smoker.", "He was known to have diabetes mellitus.",
        "*She had a two-month history of headache.", "*There was portal hypertension.",
    ),
    "findings on examination": (
        "Neurological exam was normal.", "On palpa-\ntion there was a mass.",
        "*Histological examination showed glioma.", "*Laboratory examination was normal.",
    ),
    "changes": (
        "Chemotherapy with carboplatin was stopped.", "The drug was switched to everolimus.", "*The bleeding stopped.",
    ),
    "tests at follow-up": (
        "Follow-up brain MRI was clear.", "At the last follow-up she walked.", "*MRI showed a mass.",
    ),
    "adherence and tolerance": (
        "Radiotherapy was well tolerated.", "*The mass was adherent to the dura.",
        "*A glucose tolerance test was normal.",
    ),
    "informed consent": ("Consent for publication was given.", "*The patient agreed to surgery."),
    "challenges": ("It was mistaken for an abscess.", "The diagnosis was difficult.", "*Surgery was difficult."),
}  # fmt: skip


@pytest.mark.parametrize("part, said", [(part, said) for part, each in TOLD.items() for said in each])
def test_what_reports_say_of_a_part_and_what_they_do_not(part, said):
    own = CRITERIA[CRITERIA["part"].eq(part) | CRITERIA["title"].eq(part)]
    assert len(own), part
    text = f"Case report\n\nA woman was seen. {said.removeprefix('*')}\n"
    found = care(frames(cases="case_id\na/1"), {"a": text}, zones({"a": text}), own)
    assert list(found["answer"]) == ["not found" if said.startswith("*") else "reported"]


def test_a_word_that_a_line_cuts_is_quoted_as_it_stands():
    text = "Case report\n\nAt follow-up exami- \nnation she walked; consent was ob-\ntained.\n"
    asked = criterion("words", "examination|consent .. obtained")
    (places,) = care(frames(cases="case_id\na/1"), {"a": text}, zones({"a": text}), asked)["answer@"]
    spans = [tuple(map(int, hit)) for hit in re.findall(r"TEXT\[(\d+):(\d+)\]", places)]
    assert [text[start:end] for start, end in spans] == ["exami- \nnation", "consent was ob-\ntained"]


def test_one_criterion_of_a_part_suffices():
    asked = [criterion("words", "elm"), criterion("words", "oak"), criterion("nobody", None)]
    two = pd.concat(asked, ignore_index=True)
    found = care(frames(cases="case_id\na/1"), {"a": "An oak."}, zones({"a": "An oak."}), two)
    assert list(found["answer"]) == ["reported"]


def test_cells_needed_together_and_alternatives():
    cases = frames(
        cases="""case_id | role | age_years | sex
                 a/1 | index | 30 | male
                 b/1 | index | 40 |
                 b/c1 | cited | 50 | male"""
    )["cases"]
    nothing = pd.DataFrame(columns=["source_id", "zone", "start", "end"])
    both = care({"cases": cases}, {}, nothing, criterion("cells", "cases.age_years&cases.sex"))
    assert list(both["answer"]) == ["reported", "not found"], "index patients only"
    assert both["answer@"].iloc[0] == "cases-1.age_years\ncases-1.sex"
    one = care({"cases": cases}, {}, nothing, criterion("cells", "cases.age_years|cases.sex"))
    assert list(one["answer"]) == ["reported", "reported"]


def test_a_text_that_is_not_here_and_a_title_that_was_cut_are_not_judged():
    tables = frames(cases="case_id\na/1")
    nothing = pd.DataFrame(columns=["source_id", "zone", "start", "end"])
    for asked in (criterion("words", "oak"), criterion("zone", "abstract"), criterion("nobody", None)):
        assert list(care(tables, {}, nothing, asked)["answer"]) == ["not judged"]
    cut = pd.DataFrame([("a", "case", 0, 3)], columns=["source_id", "zone", "start", "end"])
    assert list(care(tables, {"a": "oak"}, cut, criterion("words", "oak", zones="title"))["answer"]) == ["not judged"]
    assert list(care(tables, {"a": "oak"}, cut, criterion("words", "oak", zones="case"))["answer"]) == ["reported"]


def test_the_table_tells_few_one_by_one_and_counts_many():
    found = pd.DataFrame(
        [("1 t", f"Patient {n}", answer, f"r{n}.sex" if answer == "reported" else "")
         for n, answer in enumerate(["reported", "not found", "not judged"], 1)],
        columns=["label", "patient", "answer", "answer@"],
    )  # fmt: skip
    few = care_table(found, 3).to_dict("records")
    assert few[0]["Patient 1"] == "reported" and few[0]["Patient 1@"] == "r1.sex" and few[0]["Patient 3@"] == ""
    many = care_table(found, 2).to_dict("records")
    assert many[0]["reported"].startswith("1/2 (50 %") and many[0]["reported@"] == "r1.sex"
    assert care_table(found.iloc[:0], 3).empty


def test_no_patients_give_no_rows():
    found = care(frames(), {}, zones({}), criterion("words", "oak"))
    assert found.empty and "answer@" in found
    assert stats.marks(found, "reported").empty
