"""The few LaTeX commands that stand in bibliographies, as the letters that they mean."""

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "c": "\u0327", "k": "\u0328", "d": "\u0323",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "alpha": "α", "beta": "β", "gamma": "γ", "textendash": "–", "textemdash": "—",
}  # fmt: skip
_ACCENT = re.compile(r"\\([`'^~=.\"]|[uvHckrd](?![A-Za-z]))\s{0,3}(?:\{\s{0,3}(\\?[A-Za-z])\s{0,3}\}|(\\?[A-Za-z]))")
_COMMAND = re.compile(r"\\([A-Za-z]{1,20})\s{0,3}(?:\{\})?")
_ESCAPED = re.compile(r"\\([&%$#_{} ])")
_DASHES = (("---", "—"), ("--", "–"), ("~", " "), ("``", "“"), ("''", "”"))


def plain(text: str) -> str:
    """`text` without LaTeX: accents composed, commands of formatting and braces gone."""
    text = _ACCENT.sub(_accented, text)
    text = _COMMAND.sub(lambda hit: _LETTERS.get(hit[1], ""), text)
    text = _ESCAPED.sub(lambda hit: hit[1], text.replace("{", "").replace("}", ""))
    for written, letter in _DASHES:
        text = text.replace(written, letter)
    return " ".join(text.replace("$", "").split())


def _accented(hit: re.Match[str]) -> str:
    letter = (hit[2] or hit[3]).lstrip("\\")
    return unicodedata.normalize("NFC", letter + _ACCENTS[hit[1]])
