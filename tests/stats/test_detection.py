"""What each study showed of each lesion."""

import pandas as pd
import pytest

from casebook import stats
from invented import frames

AROUND = {
    "T11 vertebra": "thoracic vertebra",
    "T4 vertebra": "thoracic vertebra",
    "thoracic vertebra": "vertebra",
    "vertebra": "bone",
    "rib": "bone",
    "lung": "chest",
    "temporal lobe": "brain",
}
ORGANS = {site: wider for site, wider in AROUND.items() if wider not in ("bone", "chest")}


def answers(sites: str, modalities: str, few: int = 9) -> pd.DataFrame:
    head = "case_id | role | site | status | months_from_diagnosis | confirmed_by\n"
    rows = "case_id | modality | site | role | finding | qualifier | status | months_from_diagnosis\n"
    cases = sorted({line.split("|")[0].strip() for line in sites.strip().split("\n")})
    drawn = {"cases": "case_id\n" + "\n".join(cases), "sites": head + sites, "modalities": rows + modalities}
    tables = frames(**drawn)
    return stats.detection(tables["sites"], tables["modalities"], stats.named(tables["cases"]), ORGANS, AROUND, few)


def told(frame: pd.DataFrame) -> list[list[str]]:
    return frame[["site", "modality", "answer"]].values.tolist()


RIB = "a/1 | metastasis | rib | present | 5 | histology"


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        ("a/1 | CT | rib | metastasis | osteolytic | | present | 5", "shown"),
        ("a/1 | CT | rib | | | | present | 5", "shown"),
        ("a/1 | CT | rib | metastasis | lesion | | uncertain | 5", "equivocal"),
        ("a/1 | CT | rib | metastasis | lesion | | absent | 5", "missed"),
        ("a/1 | CT | bone | | metastasis | | absent | 5", "missed"),
        ("a/1 | CT | rib | | fracture | | absent | 5", "not looked"),
        ("a/1 | CT | rib | metastasis | lesion | | absent | 0", "not looked"),
        ("a/1 | CT | bone | primary | mass | | absent | 5", "not looked"),
        ("a/1 | CT | bone | metastasis | lesion | | present | 5", "not looked"),
        ("a/1 | CT | rib | metastasis | | biopsy guidance | present | 5", "not looked"),
        ("a/1 | CT | liver | metastasis | lesion | | present | 5", "not looked"),
        ("a/1 | CT | | | | | present | 5", "not looked"),
    ],
)
def test_a_study_showed_missed_left_open_or_did_not_look(row, answer):
    assert told(answers(RIB, row)) == [["rib", "CT", answer]]


def test_a_denial_for_a_part_of_the_body_denies_the_organ_in_it():
    study = "a/1 | radiography | chest | | abnormality | | absent | 5"
    found = answers("a/1 | metastasis | lung | present | | ", study)
    assert told(found) == [["lung", "radiography", "missed"]]


def test_the_organ_stands_for_the_lesion_and_says_so():
    found = answers(
        "a/1 | metastasis | T11 vertebra | present | 5 | ",
        "a/1 | MRI | vertebra | metastasis | lesion | | present | 5",
    )
    assert found[["answer", "told_of"]].values.tolist() == [["shown", "vertebra"]]


def test_a_level_told_as_a_qualifier_names_its_vertebra():
    sites = "a/1 | metastasis | T11 vertebra | present | 5 |\na/1 | metastasis | T4 vertebra | present | 5 |"
    found = answers(sites, "a/1 | CT | thoracic vertebra | metastasis | lesion | focal, T4 | present | 5")
    assert told(found) == [["T11 vertebra", "CT", "not looked"], ["T4 vertebra", "CT", "shown"]]
    assert found["told_of"].isna().all()


def test_a_part_of_the_lesions_place_shows_it_and_the_strongest_answer_stands():
    found = answers(
        "a/1 | metastasis | vertebra | present | 5 | ",
        "a/1 | CT | vertebra | metastasis | lesion | | absent | 5\n"
        "a/1 | CT | T4 vertebra | metastasis | lesion | | present | 5",
    )
    assert told(found) == [["vertebra", "CT", "shown"]]
    assert found["answer@"].iloc[0].split("\n")[:2] == ["sites-1.site", "modalities-1.site"]


def test_a_wider_place_is_no_lesion_beside_its_part():
    sites = "a/1 | metastasis | bone | present | 5 |\na/1 | metastasis | rib | present | 5 |"
    assert set(answers(sites, "a/1 | CT | rib | metastasis | | | present | 5")["site"]) == {"rib"}


def test_reference_and_role_are_the_strongest_and_the_first():
    sites = (
        "a/1 | recurrence | temporal lobe | present | 9 | imaging\n"
        "a/1 | primary | temporal lobe | present | 0 | histology\n"
        "a/1 | metastasis | lung | present | 9 | imaging\na/1 | metastasis | unspecified | present | 9 |"
    )
    found = answers(sites, "a/1 | MRI | temporal lobe | recurrence | mass | | present | 9")
    assert found[["site", "role", "answer"]].values.tolist() == [
        ["temporal lobe", "primary", "shown"], ["lung", "metastasis", "not looked"],
    ]  # fmt: skip
    assert found["reference"].fillna("").tolist() == ["histology", ""]


def test_of_many_patients_only_metastases_are_asked_after():
    sites = "a/1 | primary | brain | present | 0 |\nb/1 | metastasis | lung | present | 0 |"
    studies = "a/1 | MRI | brain | primary | mass | | present | 0\nb/1 | MRI | lung | metastasis | mass | | present | 0"
    assert list(answers(sites, studies, few=1)["site"]) == ["lung"]
    assert list(answers(sites, studies, few=2)["site"]) == ["brain", "lung"]
    assert list(answers(sites.split("\n")[0], studies, few=0)["site"]) == ["brain"]


STATUS = ["absent", *["present"] * 6, "uncertain"]
MANY = answers(
    "\n".join(f"p{n}/1 | metastasis | rib | present | 5 | {'histology' if n < 3 else ''}" for n in range(8)),
    "\n".join(
        f"p{n}/1 | CT | rib | metastasis | lesion | | {STATUS[n]} | 5" for n in range(8) if n != 6
    ),
)


def test_shares_are_of_the_lesions_that_the_study_looked_at():
    from statsmodels.stats.proportion import proportion_confint

    every, proven = stats.detection_shares(MANY).to_dict("records")
    assert (every["n"], every["of"], every["missed"], every["equivocal"], every["patients"]) == (5, 7, 1, 1, 7)
    limits = [100 * limit for limit in proportion_confint(5, 7, method="wilson")]
    assert [every["low"], every["high"]] == pytest.approx(limits)
    assert (proven["n"], proven["of"], proven["share"]) == (2, 3, "2/3") and pd.isna(proven["low"])


def test_by_site_counts_lesions_and_what_was_shown_of_them():
    table = stats.by_site(MANY, AROUND)
    assert table[["site", "lesions", "proven", "studies"]].values.tolist() == [["bone", 8, 3, "CT 5/7"]]


def test_nothing_told_is_empty():
    tables = frames(cases="case_id\na/1")
    none = stats.detection(tables["sites"], tables["modalities"], stats.named(tables["cases"]), {}, {}, 9)
    assert none.empty and list(none.columns) == list(MANY.columns)
    assert stats.detection_shares(none).empty and stats.by_site(none, {}).empty
