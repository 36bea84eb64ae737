"""A person who screens the sources: by the protocol's criteria, beside a second, and only what can be read."""

import pandas as pd
import pytest

import casebook
from casebook import stats
from casebook.errors import InputError
from curate.at_work import again
from invented import TEXTS, review_tables, write


def test_a_source_is_excluded_by_a_criterion_of_the_protocol(place):
    review = again(place)
    with pytest.raises(InputError, match="expected one of the protocol's: Reviews without a patient; Animals"):
        review.exclude("ash", "boring")
    line = review.exclude("ash", "Reviews")
    review.include("elm")
    for one in (review, again(place)):
        own = one.sources.set_index("source_id")
        assert own.loc["ash", ["status", "reason"]].tolist() == ["excluded", "Reviews without a patient"]
        assert one.claims.empty and "ash" not in one.texts and len(one.texts) == 2
        assert not one.evidence["source_id"].eq("ash").any() and one.modalities["source_id"].ne("ash").all()
        decided = one.screening.set_index("source_id")
        assert decided.loc["ash", ["decision", "decided_by", "decided_at"]].tolist() == ["exclude", "Ada", line.at]
        assert decided.loc["elm", "decision"] == "include" and pd.isna(decided.loc["oak", "decision"])
    flow = casebook_flow(review)
    assert flow["files_excluded"] == (1, "Reviews without a patient (1)")
    assert flow["files_assessed"] == (3, "without a stated decision (1)")
    review.undo(line)
    assert "ash" in review.texts and len(review.claims) == 1


def casebook_flow(review) -> dict[str, tuple]:
    flow = stats.prisma(review.tables, review.screening, review.counted, [])
    return {row["field"]: (row["n"], row["why"]) for row in flow.to_dict("records")}


def test_two_who_screen_differently_wait_for_a_third(place):
    again(place, "Ada").exclude("ash", "Animals")
    again(place, "Bo").include("ash")
    review = again(place)
    assert len(review.claims) == 1 and review.open["why"].str.contains("Ada: exclude; Bo: include").all()
    review.who = "Cy"
    review.settle("sources-1", "status", "excluded", note="Animals")
    assert again(place).claims.empty and again(place).open.empty


def test_a_source_that_is_not_there_or_cannot_be_read_is_not_screened(place):
    tables = review_tables()
    sources = tables["sources"]
    tables["sources"] = sources.assign(status=sources["status"].where(sources["source_id"].ne("ash"), "excluded"))
    write(place / "later", tables, {name: text for name, text in TEXTS.items() if name != "ash"})
    with pytest.raises(InputError, match="is not beside them to be read; load the review from the folder of the repor"):
        casebook.load(place, place / "protocol.yml", place / "later").include("ash")
    with pytest.raises(InputError, match="there is no source 'fir'"):
        again(place).exclude("fir", "Animals")
