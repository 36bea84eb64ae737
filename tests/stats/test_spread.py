"""Sites of metastasis: rolled up, together in one patient, on the map."""

import pandas as pd
import pytest

from casebook import stats
from casebook.charts import PLACES
from casebook.places import VOCABULARY
from casebook.stats.spread import chain
from casebook.vocabulary import load
from invented import frames

WIDER = {
    "T11 vertebra": "thoracic vertebra",
    "T4 vertebra": "thoracic vertebra",
    "thoracic vertebra": "vertebra",
    "vertebra": "bone",
    "rib": "bone",
}
TABLES = frames(
    cases="case_id\n" + "\n".join(f"{name}/1" for name in "abcdefg"),
    sites="""
        case_id | role       | site         | laterality | status    | confirmed_by
        a/1     | metastasis | T11 vertebra |            | present   | histology
        a/1     | metastasis | T4 vertebra  |            | present   |
        a/1     | metastasis | lung         | left       | present   | imaging
        b/1     | metastasis | vertebra     |            | present   |
        c/1     | metastasis | rib          | bilateral  | present   | autopsy
        c/1     | metastasis | lung         |            | present   |
        d/1     | metastasis | lung         |            | present   |
        e/1     | metastasis | liver        |            | uncertain |
        e/1     | metastasis | lung         |            | absent    |
        e/1     | primary    | brain        |            | present   |
        f/1     | metastasis | unspecified  |            | present   |
        g/1     | metastasis | bone         |            | present   |
    """,
)
SITES, PATIENTS = TABLES["sites"], stats.named(TABLES["cases"])


def test_each_level_counts_a_patient_once_under_its_wider_site():
    table = stats.rolled_up(SITES, PATIENTS, WIDER, few=3)
    assert table[["site", "level", "n", "of"]].values.tolist() == [
        ["bone", 0, 4, 5], ["vertebra", 1, 2, 5], ["thoracic vertebra", 2, 1, 5], ["T11 vertebra", 3, 1, 5],
        ["T4 vertebra", 3, 1, 5], ["rib", 1, 1, 5], ["lung", 0, 3, 5],
    ]  # fmt: skip


def test_many_patients_are_counted_by_the_widest_site():
    table = stats.spread(SITES, PATIENTS, few=3, wider=WIDER)
    assert table.values.tolist() == [["bone", 4, 5], ["lung", 3, 5]]


def test_the_interval_is_that_of_clopper_and_pearson():
    from statsmodels.stats.proportion import proportion_confint

    lung = stats.rolled_up(SITES, PATIENTS, WIDER, few=3).set_index("site").loc["lung"]
    expected = proportion_confint(3, 5, method="beta")
    assert [lung["low"], lung["high"]] == pytest.approx([100 * limit for limit in expected])
    assert lung["patients"] == "3/5 (60 %, 15 to 95)"


def test_few_patients_are_named_and_what_was_proven_stands_apart():
    table = stats.rolled_up(SITES, PATIENTS, WIDER, few=9).set_index("site")
    assert table.loc["bone", "patients"] == "4/5 (80 %, 28 to 99): Patient 1, Patient 2, Patient 3, Patient 7"
    assert table.loc["bone", "proven"] == "Patient 1, Patient 3"
    assert pd.isna(table.loc["lung", "proven"])
    assert table.loc["vertebra", "patients@"].split("\n") == ["sites-1.site", "sites-2.site", "sites-4.site"]


def test_too_few_for_an_interval_have_none():
    two = PATIENTS.head(2)
    table = stats.rolled_up(SITES, two, WIDER, few=1)
    assert table["low"].isna().all() and table.set_index("site").loc["bone", "patients"] == "2/2"


def test_combinations_are_of_the_widest_sites():
    rows = stats.combinations(SITES, PATIENTS, WIDER).values.tolist()
    assert rows == [[1, "bone", 2, 4, 5], [2, "bone", 2, 4, 5], [2, "lung", 2, 3, 5], [3, "lung", 1, 3, 5]]


def test_few_patients_are_listed_with_their_sites():
    listed = stats.combinations(SITES, PATIENTS.head(2), WIDER)
    assert listed[["patient", "sites"]].values.tolist() == [["Patient 1", "bone, lung"], ["Patient 2", "bone"]]


def test_a_site_without_a_place_counts_where_its_wider_one_is():
    table = stats.mapped(SITES, PATIENTS, WIDER, {"thoracic vertebra", "lung", "rib"}, named=2)
    assert table[["place", "drawn", "n", "of"]].values.tolist() == [
        ["lung", True, 3, 6], ["bone", False, 2, 6], ["place not named", False, 1, 6], ["rib", True, 1, 6],
        ["thoracic vertebra", True, 1, 6],
    ]  # fmt: skip


def test_few_patients_are_told_apart_on_the_map_with_their_side():
    table = stats.mapped(SITES, PATIENTS.head(3), WIDER, {"lung", "rib"}, named=3)
    rows = table[table["drawn"]][["place", "patient", "laterality"]].astype(object).fillna("").values.tolist()
    assert rows == [["lung", "Patient 1", "left"], ["lung", "Patient 3", ""], ["rib", "Patient 3", "bilateral"]]


@pytest.mark.parametrize("patients", [PATIENTS.head(0), PATIENTS])
def test_nobody_with_metastasis_is_an_empty_frame_of_the_same_columns(patients):
    none = SITES.head(0)
    whole, empty = stats.rolled_up(SITES, PATIENTS, WIDER, 3), stats.rolled_up(none, patients, WIDER, 3)
    assert empty.empty and list(empty.columns) == list(whole.columns)
    assert stats.combinations(none, patients, WIDER).empty
    assert stats.mapped(none, patients, WIDER, PLACES).empty


def test_a_circle_of_sites_ends():
    assert chain("a", {"a": "b", "b": "a"}) == ("a", "b")


def test_every_place_of_the_map_is_a_site_of_the_vocabulary():
    terms = load(VOCABULARY)
    assert [place for place in PLACES if terms.term("sites", place) is None] == []
