import pytest

from casebook.errors import InputError
from casebook.evaluate import evaluate
from casebook.evaluate.gold import read


def test_cells_name_their_field_and_an_empty_value_still_counts_the_source(tmp_path):
    path = tmp_path / "cells.csv"
    path.write_text(
        'source_id,case,field,value\na,1,"sites.site[role=metastasis,status=present]",bone\nb,1,cases.sex,\n',
        encoding="utf-8",
    )
    gold = read(path)
    assert gold.sources == {"a", "b"}
    assert [field.where for field in gold.items] == [(("role", "metastasis"), ("status", "present")), ()]


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("cases.mood", "'cases.mood' is no field"),
        ("age", "'age' is no field"),
        ("cases.sex[mood=1]", "asks for 'mood'"),
    ],
)
def test_an_unknown_field_names_its_row(tmp_path, field, told):
    path = tmp_path / "cells.csv"
    path.write_text(f"source_id,case,field,value\na,1,{field},x\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"cells.csv row 2") as caught:
        read(path)
    assert told in str(caught.value)


def test_a_missing_column_is_named(tmp_path):
    path = tmp_path / "cells.csv"
    path.write_text("source_id,case,field\na,1,cases.sex\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"cells.csv row 1: column value is missing"):
        read(path)


def test_what_is_neither_is_refused(tmp_path):
    with pytest.raises(InputError, match="expected a folder of brat files"):
        evaluate(tmp_path, tmp_path / "none.csv")
