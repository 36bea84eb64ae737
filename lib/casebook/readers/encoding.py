"""Bytes of a report to its text, or the reason why they are none."""

import re

from charset_normalizer import from_bytes

from casebook.errors import InputError
from casebook.readers.lines import BLANKS

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)
_ENCODINGS = ["cp1252", "latin_1", "mac_roman", "cp1250"]
_SAMPLE = 200_000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SHARE = 0.002  # of control characters that text may hold


def decode(data: bytes) -> str:
    """The text of `data`, line ends as they are: UTF-8, marked UTF-16 or UTF-32, else an old one-byte encoding."""
    if not data:
        raise InputError("the file has 0 bytes")
    text = _decoded(data)
    if "\0" in text:
        raise InputError(f"not text: a NUL character at {text.index(chr(0))}")
    if len(_CONTROL.findall(text)) > 2 + len(text) * _SHARE:
        raise InputError("not text: too many control characters")
    if not text.strip(BLANKS):
        raise InputError("the file holds white space only")
    return text


def _decoded(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(name)
            except UnicodeDecodeError as error:
                raise InputError(f"marked as {name} but byte {error.start} does not fit it") from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _one_byte(data, error)


def _one_byte(data: bytes, error: UnicodeDecodeError) -> str:
    if b"\0" in data:
        raise InputError(f"not text: a NUL byte at {data.index(0)}")
    lenient = data.decode("utf-8", errors="replace")
    broken = lenient.count("�")
    if sum(character > "\x7f" for character in lenient) > 3 * broken:
        raise InputError(f"damaged UTF-8: byte {error.start} does not fit")
    found = list(from_bytes(data[:_SAMPLE], cp_isolation=_ENCODINGS))
    if not found:
        raise InputError(f"not text in a known encoding (byte {error.start} is not UTF-8)")
    best = min(found, key=lambda match: (match.chaos, _ENCODINGS.index(match.encoding)))  # of equals the commoner one
    try:
        return data.decode(best.encoding)
    except UnicodeDecodeError:
        raise InputError(f"not text in a known encoding (byte {error.start} is not UTF-8)") from None
