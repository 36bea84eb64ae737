"""Which sentence of the text a part of a figure legend belongs to: the one that cites it."""

import re

from casebook.extract.reading import Reading

_CALL = re.compile(
    r"\bFig(?:ure)?s?\.?\s?(?P<number>\d{1,2})\s?"
    r"(?P<parts>\(?[A-Za-z]\d?\)?(?:\s?(?:[-–,]|and"
    r"|to)\s?(?:Fig(?:ure)?s?\.?\s?)?\d{0,2}\(?[A-Za-z]\d?\)?(?![A-Za-z])){0,4})?"
    r"(?![A-Za-z])"
)
_LETTER = re.compile(r"[A-Za-z](?=\d?\)?(?:\W|$))")
_HEAD = re.compile(r"^\W*Fig(?:ure)?s?\.?\s?(?P<number>\d{1,2})")
_PART = re.compile(r"^\W{0,2}[A-Za-z]\d?\)?(?:\s?[-–]\s?|\s?(?:,|and|&)\s?)?(?:\(?[A-Z]\d?\)?)?\W{0,2}(?=[.:)]|\s)")


def callouts(reading: Reading) -> dict[tuple[str, str], list[int]]:
    """(figure, part in lower case or "") -> the sentences outside legends that cite it."""
    out: dict[tuple[str, str], list[int]] = {}
    if "Fig" not in reading.text:
        return out
    for hit in _CALL.finditer(reading.text):
        index = reading.sentence_at(hit.start())
        if index is None or reading.sentences[index].zone in ("legend", "references", "furniture"):
            continue
        for part in ("", *_expanded(hit["parts"] or "")):
            out.setdefault((hit["number"], part), []).append(index)
    return out


def _expanded(parts: str) -> list[str]:
    letters = [letter.lower() for letter in _LETTER.findall(parts)]
    if len(letters) == 2 and re.search(r"[-–]|\bto\b", parts) and letters[0] < letters[1]:
        return [chr(code) for code in range(ord(letters[0]), ord(letters[1]) + 1)]
    return letters


class Legends:
    """Follows the figure and part that legend sentences, read in order, speak of."""

    def __init__(self, reading: Reading):
        self._reading = reading
        self._calls = callouts(reading)
        self._number = ""

    def citing(self, index: int) -> list[int]:
        """The sentences of the text that cite what legend sentence `index` describes."""
        words = self._reading.words(index)
        head = _HEAD.match(words)
        if head:
            self._number = head["number"]
            words = words[head.end() :]
        part = _PART.match(words)
        letters = _expanded(part[0]) if part else [""]
        return [call for letter in letters for call in self._calls.get((self._number, letter), ())]

    def starts(self, index: int) -> bool:
        return bool(_HEAD.match(self._reading.words(index)))
