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


@pytest.mark.parametrize(("name", "data", "format"), [
    ("a.pdf", b"%PDF-1.7 and more", "PDF"), ("a.txt", b"%PDF-1.7 and more", "PDF"),
    ("a.docx", b"PK\x03\x04rest", "docx"),
    ("a.html", b"<!DOCTYPE html><p>x", "HTML"), ("a.xml", b"<?xml version='1.0'?><article/>", "XML"),
    ("a.ipynb", b'{"cells": []}', "ipynb"), ("a.exe", b"MZ\x90\x00\x03", "executable"), ("a.csv", b"a,b", "csv"),
])
def test_a_format_that_is_not_read_yet_is_named(name, data, format):
    with pytest.raises(InputError, match="format not read yet: .*" + format):
        read_bytes(data, "a", name)
