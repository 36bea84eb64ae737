"""The abstract and the methods of drawn reviews: what is told, what is counted, and what is kept quiet."""

import pandas as pd
import pytest

from casebook import stats
from casebook.protocol import Protocol
from invented import TEXTS, frames, quoted, review_tables

RULES = pd.DataFrame(
    [("dx-1", "vocabulary", "diagnoses"), ("dx-2", "vocabulary", "diagnoses"), ("cu-1", "vocabulary", "cues"),
     ("ex-0001", "code", "sites")], columns=["rule", "kind", "topic"], dtype="string",
)  # fmt: skip
WIDER = {"vertebra": "bone", "rib": "bone"}
ASKED = Protocol("Trees", "Where do trees spread?", fields=("cases.age_years",))
NOBODY = pd.DataFrame(
    {"source_id": ["elm"], "decision": [None], "reason": [None], "decided_by": [None]}, dtype="string"
)


def many(patients: int) -> dict[str, pd.DataFrame]:
    """Patients aged 40 on, half of them men; metastasis to bone in every third, else liver; all but one die."""
    cases = [f"t{n}/1 | index | {40 + n % 9} | {'male' if n % 2 else 'female'}" for n in range(patients)]
    where = [("rib", "vertebra")[n % 2] if n % 3 == 0 else "liver" for n in range(patients)]
    sites = [f"t{n}/1 | metastasis | {site} | {n % 7 + 1}" for n, site in enumerate(where)]
    ends = [
        f"t{n}/1 | vital_status | {'dead' if n else 'alive'} | {n % 7 + 4 + n % 3} | diagnosis | true"
        for n in range(patients)
    ]
    sources = [f"t{n} | case report | 100" for n in range(patients)]
    return frames(
        sources="\n".join(["source_id | kind | characters", *sources]),
        cases="\n".join(["case_id | role | age_years | sex", *cases]),
        sites="\n".join(["case_id | role | site | months_from_diagnosis", *sites]),
        outcomes="\n".join(["case_id | endpoint | value | months | origin | observed", *ends]),
    )


def told(tables, few=12) -> dict[str, list[str]]:
    made = stats.abstract(tables, ASKED, RULES, few, stats.headline(tables, WIDER), WIDER)
    return {str(part): list(own["sentence"]) for part, own in made.groupby("part", sort=False)}


def test_the_parts_stand_in_their_order():
    assert list(told(review_tables())) == ["Question", "Methods", "Results", "Limits", "Conclusion"]
    assert told(review_tables())["Question"] == ["Where do trees spread?"]


def test_two_patients_are_named_and_nothing_is_estimated():
    parts = told(review_tables())
    assert parts["Results"][1] == (
        "They are Patient 1 (woman of 61, glioblastoma) and Patient 2 (man of 12, medulloblastoma)."
    )
    assert not [text for text in parts["Results"] + parts["Methods"] if "%" in text or "median" in text]
    assert parts["Conclusion"] == [
        "Two patients show that metastasis to femur and liver occurs; how often, and what follows, stays open."
    ]


def test_one_patient_is_one():
    one = frames(sources="source_id | kind\nelm | case report", cases="case_id | age_years\nelm/1 | 61")
    assert told(one)["Results"][:2] == [
        "One case report describes one patient of its own.", "This is Patient 1 (aged 61)."
    ]  # fmt: skip
    assert told(one)["Conclusion"] == [
        "One patient shows no metastasis; whether it occurs, and what follows, stays open."
    ]


def test_nobody_gives_no_conclusion():
    assert told(frames())["Conclusion"] == ["Nothing can be concluded, for no patient is described."]


@pytest.mark.parametrize(("patients", "bone", "share"), [(30, 10, "33"), (1500, 500, "33")])
def test_many_are_counted_with_their_intervals(patients, bone, share):
    parts = told(many(patients))
    assert f"bone in {bone:,} of {patients:,} ({share}\u00a0%;" in " ".join(parts["Results"])
    assert f"{patients // 2:,} of {patients:,} (50\u00a0%;" in " ".join(parts["Results"])
    assert "The median time from the first metastasis to death was 4 months" in " ".join(parts["Results"])
    assert "Patient 1" not in " ".join(sum(parts.values(), []))
    assert f"those to liver were the most frequent: {patients - bone:,} of {patients:,}" in parts["Conclusion"][0]
    assert parts["Conclusion"][1].startswith("Median survival from metastasis is 4 months under each of")


def test_who_does_not_enter_is_a_limit():
    tables = many(12)
    tables["outcomes"] = tables["outcomes"].iloc[3:]
    assert (
        "Three of 12 patients do not enter the time from the first metastasis to death: vital status not reported (3)."
        in told(tables)["Limits"]
    )


def test_each_sentence_of_the_results_but_the_first_opens_cells():
    made = stats.abstract(review_tables(), ASKED, RULES, 12, stats.headline(review_tables(), WIDER), WIDER)
    results = made[made["part"].eq("Results")]
    assert list(results["sentence@"].ne("")) == [False] + [True] * (len(results) - 1)


def test_the_glance_is_of_patients_while_they_are_few_then_of_figures():
    own = stats.named(review_tables()["cases"])[lambda cases: cases["role"].eq("index")]
    few = stats.at_a_glance(review_tables(), own, 12, stats.headline(review_tables()))
    assert list(few["patient"]) == list(own["who"])
    tables = many(40)
    figures = stats.headline(tables, WIDER)
    seen = stats.at_a_glance(tables, stats.named(tables["cases"]), 12, figures).set_index("figure")
    assert tuple(seen.loc["share with bone metastasis", ["value", "patients", "of"]]) == ("35", 40, 40)
    assert seen.loc["median age", "interval"].endswith("(quartiles)")


def methods(tables, screening=NOBODY, sentences=0) -> dict[str, str]:
    made = stats.methods(tables, RULES, screening, stats.headline(tables, WIDER), sentences)
    return {str(part): " ".join(own["sentence"]) for part, own in made.groupby("part", sort=False)}


def test_only_what_was_run_is_told():
    few, lots = methods(review_tables()), methods(many(30), sentences=812)
    assert "Wilson" not in few["Estimates"] and "Kaplan" not in few["Estimates"]
    assert "Fewer than five patients enter each headline figure" in few["Estimates"]
    assert "Wilson" in lots["Estimates"] and "Kaplan" in lots["Estimates"]
    assert "sentences" not in few["Reading"].split("were divided")[0] and "812 sentences" in lots["Reading"]
    assert "listed apart" in few["Estimates"] and "listed apart" not in lots["Estimates"]
    assert "reviewer" not in few["Selection"]


def test_rules_that_filled_a_cell_are_counted():
    tables = quoted(review_tables(), TEXTS, ("cases-1", "diagnosis", "glioblastoma"), ("cases-1", "sex", "woman"))
    text = methods(tables)["Reading"]
    assert "3 rows of vocabulary" in text and "0 of the rows and one of the rules filled the 2 cells" in text
    table = stats.read_with(RULES, tables["evidence"])
    assert list(table["topic"]) == [
        "none filled a cell: diagnoses and cues of denial, doubt, the past and other people", "sites"
    ]  # fmt: skip
    assert list(table["rules"]) == [3, 1] and list(table["cells"]) == [0, 2]


def test_a_reviewers_decisions_are_told():
    decided = NOBODY.assign(decision="include", decided_by="an owner").astype("string")
    assert methods(review_tables(), decided)["Selection"] == (
        "Three files were in the folder. Before reading, a reviewer (an owner) included one. Of two nobody decided: "
        "they were read all the same."
    )
