from casebook.stats import counts
from invented import frames

SITES = """
    case_id | role       | site
    a/1     | metastasis | liver
    a/1     | metastasis | liver
    a/1     | metastasis | bone
    b/1     | metastasis | bone
    c/1     | metastasis | brain
"""


def test_a_patient_counts_once_and_ties_go_by_name():
    table = counts(frames(sites=SITES)["sites"], "site")
    assert table.values.tolist() == [["bone", 2, 3], ["brain", 1, 3], ["liver", 1, 3]]


def test_the_rest_stays_out_but_not_out_of_the_denominator():
    assert counts(frames(sites=SITES)["sites"], "site", first=1).values.tolist() == [["bone", 2, 3]]


def test_the_denominator_is_who_states_it():
    sites = frames(sites=SITES.replace("c/1     | metastasis | brain", "c/1     | metastasis | brain"))["sites"]
    assert counts(sites, "confirmed_by").empty
