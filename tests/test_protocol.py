import pytest

from casebook.errors import InputError
from casebook.protocol import read_protocol
from casebook.workbook import PROTOCOL


def read(tmp_path, text):
    path = tmp_path / "protocol.yml"
    path.write_text(text, encoding="utf-8")
    return read_protocol(path)


def test_a_protocol_is_read(tmp_path):
    text = "title: T\nquestion: >\n  Which\n  trees?\neligibility:\n  include: [oaks]\nfields: [cases.sex]\n"
    asked = read(tmp_path, text)
    assert (asked.title, asked.question, asked.include, asked.exclude) == ("T", "Which trees?", ("oaks",), ())
    assert asked.fields == ("cases.sex",) and "vital_status" in asked.endpoints


def test_the_projects_own_protocol_is_one():
    assert read_protocol(PROTOCOL).fields


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title: T", "question is None, expected one sentence"),
        ("title: ''\nquestion: q", "title is ''"),
        ("[1, 2]", "expected keys such as title"),
        ("title: [", "not readable YAML"),
        ("title: T\nquestion: q\nendpoint: [x]", "unknown key endpoint; known are"),
        ("title: T\nquestion: q\nendpoints: [survival]", "endpoints has 'survival', expected one of vital_status"),
        ("title: T\nquestion: q\nfields: [cases.hair]", "fields has 'cases.hair', expected one of cases.row_id"),
        ("title: T\nquestion: q\nfields: cases.sex", "fields is 'cases.sex', expected a list"),
        ("title: T\nquestion: q\neligibility: all", "eligibility is 'all'"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(tmp_path, text, told):
    with pytest.raises(InputError) as error:
        read(tmp_path, text)
    assert told in str(error.value) and "\n" not in str(error.value) and "protocol.yml" in str(error.value)


def test_no_protocol_is_told(tmp_path):
    with pytest.raises(InputError, match="there is no protocol here"):
        read_protocol(tmp_path / "none.yml")
