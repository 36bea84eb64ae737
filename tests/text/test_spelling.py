from hypothesis import given
from hypothesis import strategies as st

from casebook.text.spelling import fold, genitives, variants


@given(st.text())
def test_folding_keeps_every_offset(text):
    assert len(fold(text)) == len(text)


def test_folding_joins_what_authors_write_differently():
    assert fold("T2-Weighted") == fold("t2 weighted")
    assert fold("Ménière’s") == "meniere s"


def test_variants_cover_both_sides_of_the_ocean_and_the_plural():
    assert {"haemangioma", "hemangioma", "haemangiomas", "hemangiomata"} <= set(variants("haemangioma"))
    assert "metastases of the lung" in variants("metastasis of the lung")


def test_a_disease_called_after_somebody_is_written_with_every_genitive():
    assert genitives("Crohn disease") == ["Crohn disease", "Crohn's disease", "Crohns disease", "Crohns' disease"]
    assert genitives("Graves disease") == ["Graves disease", "Graves' disease"]
    assert genitives("Acquired syndrome") == ["Acquired syndrome"]
