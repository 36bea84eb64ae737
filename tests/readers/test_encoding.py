import pytest

from casebook.errors import InputError
from casebook.readers import read_bytes
from casebook.readers.encoding import decode

TEXT = "A 30-year-old man had a fever of 39 °C; the cyst measured 4 × 5 cm – it was “benign”."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_of_a_common_encoding(encoding):
    assert decode(TEXT.encode(encoding)).lstrip("\ufeff") == TEXT


def test_a_mark_at_the_start_stays_in_the_text_and_out_of_the_view():
    document = read_bytes(TEXT.encode("utf-8-sig"), "a", "a.txt")
    assert document.text == "\ufeff" + TEXT and document.view.text == TEXT
    assert document.view.raw_spans(0, 1)[0].start == 1


def test_line_ends_are_kept_in_the_text():
    assert read_bytes(b"One.\r\nTwo.\rThree.\n", "a", "a.txt").text == "One.\r\nTwo.\rThree.\n"


@pytest.mark.parametrize(("data", "reason"), [
    (b"", "0 bytes"),
    (b" \n\t\xc2\xa0 ", "white space only"),
    (b"A man\0 of 40", "NUL character at 5"),
    (bytes(range(1, 32)) * 20, "control characters"),
    ("µm × é ü ".encode() * 20 + b"\xff" + b" end", "damaged UTF-8"),
    (b"\xff\xfeA", "marked as utf-16"),
    (b"\x80\x00\x01\xff" * 50, "NUL byte at 1"),
])
def test_what_is_no_text_is_refused_with_the_reason(data, reason):
    with pytest.raises(InputError, match=reason):
        read_bytes(data, "a", "a.txt")


@pytest.mark.parametrize(("name", "data", "told"), [
    ("a.zip", b"PK\x03\x04rest", "not read yet: ZIP"), ("a.doc", b"\xd0\xcf\x11\xe0", "not read yet: Microsoft Office"),
    ("a.xml", b"<?xml version='1.0'?><plist/>", "not read yet: XML"), ("a.rtf", b"{\\rtf1 x}", "not read yet: RTF"),
    ("a.exe", b"MZ\x90\x00\x03", "not read yet: executable"), ("a.txt", b"\x7fELF\x02", "not read yet: executable"),
    ("a.ipynb", b'{"cells": []}', "unknown format .ipynb: not opened"), ("a.csv", b"a,b", "unknown format .csv"),
    ("a.txt", b'{"cells": [], "nbformat": 4}', "not read yet: notebook"),
    ("a.pkl", b"\x80\x04\x95\x05", "not read yet: pickle"), ("a.pickle", b"(lp0\n.", "unknown format .pickle"),
])
def test_a_format_that_is_not_read_is_named(name, data, told):
    with pytest.raises(InputError, match=told):
        read_bytes(data, "a", name)


@pytest.mark.parametrize("encode", [
    lambda text: text.encode("utf-8-sig"), lambda text: text.encode("utf-16"), lambda text: text.encode("utf-32"),
    lambda text: b"\xfe\xff" + text.encode("utf-16-be"), lambda text: text.encode("utf-8"),
])
def test_marks_and_line_ends_leave_quotes_exact(encode):
    words = "## Case report\r\nA man of 40 had a cyst of 5 µm.\r\rHe was well.\nThe scar \u202epaled\u202c.\u2028End."
    document = read_bytes(encode(words), "a", "a.txt")
    assert document.text.lstrip("\ufeff") == words
    at = document.view.text.index("He was well.")
    assert [document.text[span.start:span.end] for span in document.view.raw_spans(at, at + 12)] == ["He was well."]


def test_a_lone_surrogate_is_no_text():
    with pytest.raises(InputError, match="UTF-8|encoding|utf-16"):
        read_bytes(b"A man of 40 had a cyst. " * 9 + b"\xff\xfe\xed\xa0\x80" + "µé".encode() * 9, "a", "a.txt")
    with pytest.raises(InputError, match="marked as utf-16"):
        read_bytes(b"\xff\xfe" + "A man".encode("utf-16-le") + b"\x00\xd8 \x00", "a", "a.txt")
