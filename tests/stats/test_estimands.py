"""Which time of which patient enters: every rule on a drawn review whose answers stand beside it."""

from dataclasses import replace

import pandas as pd
import pytest

from casebook import stats
from casebook.stats.estimands import MAIN, OVERALL, SPANS, VARIANTS, Rule, entered, panel, panel_curves, reasons, times
from casebook.stats.survival import FEWEST
from invented import frames

DEAD = replace(MAIN, autopsy="zero")

DRAWN = {
    "cases": """
        case_id | role
        a/1     | index
        b/1     | index
        c/1     | index
        d/1     | index
        e/1     | index
        f/1     | index
        g/1     | index
        h/1     | index
        h/c1    | cited
        """,
    "sites": """
        case_id | role       | site         | status  | months_from_diagnosis | confirmed_by
        a/1     | primary    | frontal lobe | present | 0                     |
        a/1     | recurrence | frontal lobe | present | 6                     |
        a/1     | metastasis | liver        | present | 12                    | imaging
        a/1     | metastasis | rib          | present | 10                    | histology
        a/1     | metastasis | skull        | absent  | 2                     | imaging
        b/1     | metastasis | lung         | present | 11                    | autopsy
        c/1     | metastasis | lung         | present | 8                     | imaging
        d/1     | metastasis | lung         | present | 7                     |
        e/1     | metastasis | lung         | present |                       |
        f/1     | metastasis | lung         | present | 20                    |
        g/1     | metastasis | lung         | uncertain | 3                   |
        h/1     | metastasis | lung         | present | 30                    |
        h/c1    | metastasis | lung         | present |                       |
        """,
    "treatments": """
        case_id | course | kind    | status | months_from_diagnosis
        f/1     | 1      | surgery | given  | 1
        h/1     | 1      | surgery | given  | 1
        h/1     | 2      | surgery | given  | 4
        """,
    "outcomes": """
        case_id | endpoint     | value             | months | origin       | observed
        a/1     | recurrence   | local             | 6      | diagnosis    | true
        a/1     | vital_status | dead              | 14     | presentation | true
        b/1     | vital_status | dead              | 11     | diagnosis    | true
        c/1     | vital_status | alive             | 12     | metastasis   | false
        d/1     | vital_status | lost to follow-up | 4      | metastasis   | false
        e/1     | vital_status | dead              | 9      | diagnosis    | true
        f/1     | vital_status | alive             | 24     | surgery      | false
        g/1     | vital_status | dead              | 5      |              | true
        h/1     | vital_status | alive             | 40     | surgery      | false
        h/c1    | vital_status | dead              | 2      | metastasis   | true
        """,
}
TABLES = frames(**DRAWN)
NONE = frames()


def told(rule, tables=TABLES):
    """Of each case its months, with + for a patient who was watched no longer, or why it does not enter."""
    return {
        row["case_id"]: row["why_not"] if row["months"] is None else f"{row['months']:.3g}{'' if row['event'] else '+'}"
        for row in times(tables, rule).astype(object).where(lambda frame: frame.notna(), None).to_dict("records")
    }


def test_from_metastasis_to_death():
    assert told(MAIN) == {
        "a/1": "4",  # 14 from presentation, the first dated spread at 10
        "b/1": "metastasis found at autopsy only",
        "c/1": "12+",
        "d/1": "4+",
        "e/1": "metastasis without a date",
        "f/1": "5+",  # 24 after an operation at 1, spread at 20
        "g/1": "no metastasis reported",
        "h/1": "last observation counts from one of several operations",
    }


def test_spread_found_at_autopsy_counts_as_0():
    changed = {case for case in told(MAIN) if told(DEAD)[case] != told(MAIN)[case]}
    assert changed == {"b/1"} and told(DEAD)["b/1"] == "0"


def test_spread_found_at_autopsy_needs_no_date_and_no_time_of_death():
    undated = frames(
        cases="case_id\nx/1",
        sites="""
            case_id | role       | site | confirmed_by
            x/1     | metastasis | lung | autopsy
            """,
    )
    assert told(MAIN, undated) == {"x/1": "metastasis found at autopsy only"}
    assert told(DEAD, undated) == {"x/1": "0"}
    assert times(undated, DEAD)["months@"].iloc[0] == "sites-1.confirmed_by"


def test_spread_in_life_is_not_undone_by_an_autopsy():
    both = frames(
        cases="case_id\nx/1",
        sites="""
            case_id | role       | site  | months_from_diagnosis | confirmed_by
            x/1     | metastasis | liver | 9                     | autopsy
            x/1     | metastasis | bone  | 5                     | imaging
            """,
        outcomes="case_id | endpoint | value | months | origin\nx/1 | vital_status | dead | 9 | diagnosis",
    )
    assert told(MAIN, both) == told(DEAD, both) == {"x/1": "4"}


def test_the_lost_can_be_dropped():
    assert told(replace(MAIN, lost="dropped"))["d/1"] == "lost to follow-up"
    assert told(replace(MAIN, lost="dropped"))["c/1"] == "12+"


def test_cited_patients_enter_only_when_asked():
    assert "h/c1" not in told(MAIN)
    assert told(replace(MAIN, cited=True))["h/c1"] == "2"


def test_from_diagnosis_everybody_counts_unless_only_those_with_spread():
    overall = told(OVERALL)
    assert (overall["a/1"], overall["b/1"], overall["c/1"], overall["e/1"]) == ("14", "11", "20+", "9")
    assert overall["g/1"] == "time of death or last observation without its origin"
    spread = told(replace(OVERALL, spread=True))
    assert spread["b/1"] == "metastasis found at autopsy only" and spread["g/1"] == "no metastasis reported"
    assert spread["e/1"] == "9"


def test_between_two_dated_events():
    assert told(SPANS["diagnosis to recurrence"])["a/1"] == "6"
    assert told(SPANS["recurrence to metastasis"])["a/1"] == "4"
    metastasis = told(SPANS["diagnosis to metastasis"])
    assert (metastasis["a/1"], metastasis["e/1"]) == ("10", "metastasis without a date")
    assert metastasis["b/1"] == "metastasis found at autopsy only"
    assert told(Rule("metastasis", "recurrence"))["a/1"] == "recurrence before the metastasis"
    assert told(Rule("surgery", "metastasis"))["f/1"] == "19"


@pytest.mark.parametrize(
    "value, months, origin, observed, answer",
    [
        ("alive", "12", "metastasis", "false", "12+"),  # "more than 12 months"
        ("dead", "12", "metastasis", "false", "12+"),  # a reviewer's correction: the death is not the event
        ("dead", "12", "metastasis", "", "12"),
        ("alive", "12", "metastasis", "true", "12+"),
        ("dead", "", "", "true", "time of death not reported"),
        ("alive", "", "", "false", "time of last observation not reported"),
        ("dead", "3", "diagnosis", "true", "last observation before the metastasis"),
        ("dead", "5", "diagnosis", "true", "0"),
        ("dead", "7.3", "diagnosis", "true", "2.3"),
        ("dead", "4", "recurrence", "true", "last observation counts from recurrence, which has no date"),
    ],
)
def test_the_end(value, months, origin, observed, answer):
    tables = frames(
        cases="case_id\nx/1",
        sites="case_id | role | site | months_from_diagnosis\nx/1 | metastasis | lung | 5",
        outcomes="case_id | endpoint | value | months | origin | observed\n"
        f"x/1 | vital_status | {value} | {months} | {origin} | {observed}",
    )
    assert told(MAIN, tables) == {"x/1": answer}


def test_a_time_knows_the_cells_it_was_made_of():
    cells = times(TABLES, MAIN).set_index("case_id")["months@"]
    assert cells["a/1"].split("\n") == ["sites-4.months_from_diagnosis", "outcomes-2.value", "outcomes-2.months"]
    assert cells["e/1"] == ""


def test_everybody_has_a_time_or_a_reason_and_never_both():
    for rule in [*VARIANTS.values(), *SPANS.values(), OVERALL]:
        found = times(TABLES, rule)
        assert (found["months"].notna() ^ found["why_not"].notna()).all()
        assert (found["months"].notna() == found["event"].notna()).all()
        assert len(found) == (9 if rule.cited else 8)


def test_the_panel_counts_what_enters_and_says_what_does_not():
    row = panel(TABLES, {"main": MAIN}).iloc[0]
    assert (row["n"], row["of"], row["events"]) == (4, 8, 1)
    assert row["left_out"].split("; ")[0] == "last observation counts from one of several operations (1)"
    assert row["n"] + row["left_out"].count("(1)") == row["of"]
    assert row[["estimate", "low", "high"]].isna().all() and row["estimate@"] == ""  # 4 are fewer than FEWEST


def test_the_panel_has_a_median_and_a_curve_from_five_on():
    drawn = panel(TABLES, {"zero": DEAD, "cited": replace(DEAD, cited=True)}).set_index("rule")
    assert drawn["n"].tolist() == [FEWEST, FEWEST + 1]
    assert drawn["estimate"].isna().tolist() == [True, False]  # 0 4 4+ 5+ 12+ stays over one half
    assert drawn.loc["cited", "estimate"] == 4  # 0 2 4 4+ 5+ 12+ ends at one half


def test_reasons_are_ordered_by_how_many_they_are_of():
    found = times(TABLES, MAIN)
    again = found.assign(why_not=found["why_not"].where(found["why_not"].isna(), "x"))
    assert reasons(again) == "x (4)"
    assert reasons(found.head(0)) == ""


def test_only_who_has_a_time_is_ready_for_a_curve():
    own = entered(times(TABLES, MAIN))
    assert own["months"].tolist() == [4, 12, 4, 5] and own["event"].tolist() == [True, False, False, False]
    assert (own["months"].dtype, own["event"].dtype) == ("float64", "bool")


def test_without_patients_all_is_empty():
    assert times(NONE, MAIN).empty and list(times(NONE, MAIN)) == list(times(TABLES, MAIN))
    assert panel(NONE)["n"].tolist() == [0] * len(VARIANTS)
    assert panel_curves(NONE).empty and panel(NONE, {}).empty and panel_curves(NONE, {}).empty


def test_each_curve_carries_the_name_of_its_rule():
    found = panel_curves(TABLES, {"zero": DEAD, "main": MAIN})
    assert set(found["group"]) == {"zero"} and found["at_risk"].max() == 5


GROUPED = stats.grouped_by_site(times(TABLES, DEAD), TABLES["sites"], {"rib": "bone"}, "bone")


def test_groups_by_site_count_a_part_as_the_whole():
    groups = GROUPED.set_index("case_id")["group"].to_dict()
    assert groups["a/1"] == "with bone metastasis"
    assert groups["c/1"] == "without bone metastasis"
    assert "g/1" not in groups, "of whom no metastasis is certain"


def test_a_metastasis_without_a_place_is_in_no_group():
    sites = TABLES["sites"].assign(site=TABLES["sites"]["site"].replace("lung", "unspecified"))
    assert set(stats.grouped_by_site(times(TABLES, MAIN), sites, {}, "bone")["case_id"]) == {"a/1"}


def test_groups_of_too_few_are_not_compared():
    said = stats.groups_told(GROUPED)
    assert (
        said.startswith("The groups are not compared") and "with bone metastasis 1, without bone metastasis 4" in said
    )
    assert stats.survival_curves(GROUPED, "group").empty


def test_groups_are_told_with_their_test():
    own = times(TABLES, MAIN).head(1)
    spans = (("a", range(6)), ("b", range(20, 26)))
    many = [own.assign(group=name, months=float(month)) for name, months in spans for month in months]
    said = stats.groups_told(pd.concat(many, ignore_index=True)).replace("\N{NO-BREAK SPACE}", " ")
    assert (
        said.startswith("A 6 patients, 6 died, median 2.5 months (95 % 0 to not reached); b 6")
        and "log-rank P < 0.001" in said
    )


def test_what_stands_under_a_curve():
    said = stats.survival_told(times(TABLES, DEAD)).replace("\N{NO-BREAK SPACE}", " ")
    assert said.startswith("5 of 8 patients have a time, 2 died, median ")
    assert "metastasis without a date (1)" in said and said.endswith("watched no longer.")
    few = stats.survival_told(times(TABLES, MAIN))
    assert few == "4 of 8 patients have a time, 1 died. Fewer than five are listed, not drawn as a curve."


def test_how_far_the_rules_move_the_median():
    drawn = panel(TABLES, {"main": MAIN, "cited": replace(DEAD, cited=True), "diagnosis": OVERALL})
    assert stats.panel_told(drawn) == "Over 2 rules the median goes from 4 to 14 months, of 6 patients."
    assert stats.panel_told(drawn.iloc[:2]).startswith("The median is 4 months under each rule that has one")
    assert stats.panel_told(drawn.iloc[:1]) == "Under no rule is there a median of five patients or more."
