"""Beside the literature: figures of one measure together, small ones flagged, overlap named, nothing invented."""

import csv

import pandas as pd
import pytest

from casebook import load, stats
from casebook.reviewfiles import anchors
from house.tree import ROOT
from invented import frames

STANDARD = ROOT.parent / "shared" / "standards" / "published_anchors.csv"
HEAD = "review,year,subject,n_patients,measure,statistic,beside,estimate,unit,low,high,spread,overlaps,doi,source\n"


@pytest.fixture
def published(tmp_path):
    path = tmp_path / "anchors.csv"
    path.write_text(
        HEAD + "Lind,2001,oak gall,29,median age,median,median age,38,years,,,,Ash 2010,10.5555/oak,\n"
        "Ash,2010,oak gall,30,mean age,mean,median age,41.5,years,,,16.1,Lind 2001,,Leaves 3\n"
        "Ash,2010,oak gall,30,median overall survival,median,median overall survival,9,months,2,20,,Lind 2001,,L 3\n"
        "Elm,2015,oak gall,90,share with rib metastasis,share,share with rib metastasis,63,%,,,,,10.5555/elm,\n"
        "Elm,2015,oak gall,90,share acorn primary,share,,12,%,,,,,10.5555/elm,\n",
        encoding="utf-8",
    )
    return anchors(path)


def tables(n):
    cases = "\n".join(f"s{k}/1 | {30 + k}" for k in range(n))
    sources = "\n".join(f"s{k} | {2000 + k}" for k in range(n))
    sites = "\n".join(f"s{k}/1 | metastasis | rib" for k in range(2))
    return frames(
        cases=f"case_id | age_years\n{cases}",
        sources=f"source_id | year\n{sources}",
        sites=f"case_id | role | site\n{sites}",
    )


def test_a_mean_stands_beside_a_median_and_is_called_a_mean(published):
    found = stats.literature(tables(6), {}, published)
    age = found[found["panel"].eq("age")]
    assert list(age["label"]) == ["this review", "Lind 2001", "Ash 2010"]
    assert list(age["statistic"]) == ["median", "median", "mean"]
    assert list(age["estimate"]) == [32.5, 38, 41.5]
    assert list(age["told"]) == ["32.5 (31.2 to 33.8)", "38", "41.5 ± 16.1"]
    assert list(age["n"]) == [6, 29, 30] and list(age["small"]) == [True, True, False]
    assert age["estimate@"].iloc[0].split("\n")[0] == "cases-1.age_years"


def test_below_five_patients_ours_is_empty_and_each_patient_is_told(published):
    found = stats.literature(tables(2), {}, published)
    age = found[found["panel"].eq("age") & found["kind"].ne("review")]
    assert age["estimate"].isna().tolist() == [True, False, False]
    assert list(age["told"]) == ["no median: 30, 31", "Patient 1: 30", "Patient 2: 31"]
    assert age["estimate@"].iloc[2] == "cases-2.age_years"
    assert "median age (n = 2)" in stats.missing_told(found)
    assert "median overall survival (n = 0)" in stats.missing_told(found)
    survival = found[found["panel"].eq("overall survival")]
    assert list(survival["told"]) == ["not reported", "9 (2 to 20)"]


def test_a_share_stands_beside_the_site_that_a_review_asks_for(published):
    shares = stats.literature(tables(6), {}, published).query("unit == '%'")
    assert list(shares["label"]) == [
        "rib metastasis: this review", "rib metastasis: Elm 2015", "acorn primary: Elm 2015",
    ]  # fmt: skip


def test_overlap_of_literature_and_of_our_patients_is_named(published):
    found = stats.literature(tables(6), {}, published).query("kind == 'review'")
    assert found["overlap"].iloc[0] == "Ash 2010; up to 2 of our patients"  # of 2000 and 2001
    assert found["overlap"].iloc[-1] == "up to 6 of our patients"
    told = list(stats.overlaps(tables(6), published)["sentence"])
    assert told[0] == "Ash 2010 and Lind 2001 draw on overlapping literature: their figures are not independent."
    assert len(told) == 2 and told[1].startswith("The reports of 6 of our 6 patients are of 2015 or before")
    reviews = stats.reviews(stats.literature(tables(6), {}, published))
    assert list(reviews["review"]) == ["Lind 2001", "Ash 2010", "Elm 2015"]


def test_without_anchors_there_is_nothing_to_stand_beside():
    found = stats.literature(tables(6), {}, anchors(None))
    assert found.empty and "told@" in found
    assert stats.overlaps(tables(6), anchors(None)).empty
    assert stats.missing_told(found) == ""
    assert stats.reviews(found).empty


def test_the_anchors_are_the_published_figures():
    if not STANDARD.is_file():
        pytest.skip("the standards stand outside the project and are not here")
    with STANDARD.open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    ours = load(ROOT / "seeds").anchors
    assert len(ours) == len(listed)
    for row, one in zip(ours.to_dict("records"), listed, strict=True):
        for name in ("review", "year", "subject", "n_patients", "measure", "unit"):
            assert str(row[name]) == one[name]
        assert row["estimate"] == float(one["estimate"])
        printed = f"{row['low']:g}-{row['high']:g}" if pd.notna(row["low"]) else row["spread"]
        assert str(one["spread"]) == ("" if pd.isna(printed) else str(printed))
        assert one["source"] == (row["doi"] if pd.notna(row["doi"]) else row["source"])
        assert pd.isna(row["statistic"]) or row["measure"].startswith(row["statistic"])


def test_what_the_anchors_stand_beside_is_a_headline_figure():
    from casebook.stats.headline import headline

    known = set(headline(frames(), {}, ("vertebra",))["figure"])
    assert set(load(ROOT / "seeds").anchors["beside"].dropna()) <= known
