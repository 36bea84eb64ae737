"""Running heads, page numbers and other lines that belong to the page and not to the report."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from casebook.readers.lines import Line
from casebook.readers.zones import heading, kind_of


def furniture(found: Sequence[Line], legend_lines: Collection[int]) -> set[int]:
    """Line numbers of page furniture among the lines of the text of a PDF."""
    marked = {at for at, line in enumerate(found) if at not in legend_lines and _is_page_line(found, at, line)}
    masked = [_DIGITS.sub("0", line.words.lower()) for line in found]
    seen = Counter(masked)
    for at, line in enumerate(found):
        if at in legend_lines or at in marked or line.finished or len(line.words) > _LONGEST:
            continue
        if not _alone(found, at):
            if at - 1 in marked and at + 1 < len(found) and found[at + 1].words[0].islower() and _is_title(line):
                marked.add(at)
            continue
        edge = line.new_page or at - 1 in marked or at + 1 in marked or (at + 1 < len(found) and found[at + 1].new_page)
        repeated = seen[masked[at]] > 1
        if (edge and (repeated or _is_title(line))) or (repeated and not heading(found, at)):
            marked.add(at)
    heads = {masked[at] for at in marked if len(masked[at]) > _SHORTEST}
    return marked | {at for at, words in enumerate(masked) if words in heads and at not in legend_lines}


def _alone(found: Sequence[Line], at: int) -> bool:
    return found[at].after_blank and (at + 1 == len(found) or found[at + 1].after_blank)


def _is_page_line(found: Sequence[Line], at: int, line: Line) -> bool:
    if len(line.words) > _LONGEST:
        return False
    if not _alone(found, at):
        return bool(_PAGE.fullmatch(line.words) or (_ADDRESS.search(line.words) and _NUMBERED.search(line.words)))
    if any(pattern.fullmatch(line.words) for pattern in (_PAGE, _NUMBER, _PANEL)):
        return True
    unfinished = not line.finished and not line.words[0].islower()
    return bool(_AUTHORS.search(line.words) or _ADDRESS.search(line.words)
                or (unfinished and _IMPRINT.search(line.words)))


def _is_title(line: Line) -> bool:
    """Whether most long words of the line have a capital, as in a running title."""
    capitals = [word[0].isupper() for word in line.words.split() if len(word) > 3 and word[0].isalpha()]
    return line.words[0].isupper() and 2 * sum(capitals) > len(capitals) and not kind_of(line.words)


_LONGEST = 140
_SHORTEST = 12
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"[-–—\s]{0,4}\d{1,5}[-–—\s]{0,4}")
_PAGE = re.compile(r"(?:page|p\.)\s?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?", re.IGNORECASE)
_PANEL = re.compile(r"\(?[A-La-l]\d?\)?|[\W_]{1,3}")
_AUTHORS = re.compile(r"\bet al\.?(?:\s\d{1,5})?$")
_ADDRESS = re.compile(r"https?://|www\.\w|\w\.(?:org|com|net)\b|\bdoi\s?[:.]\s?10\.", re.IGNORECASE)
_NUMBERED = re.compile(r"\b(?:19|20)\d\d\b.{0,80}\d{1,5}$|^\d{1,5}\s.{0,100}\b(?:19|20)\d\d\b")
_IMPRINT = re.compile(
    r"\d\s?\(\d{1,3}(?:[-–]\d{1,3})?\)\s?[:,;]|\b(?:19|20)\d\d\s?;\s?\d|\bvol(?:ume|\.)\s?\d|©|\(c\)\s(?:19|20)\d\d|copyright"
    r"|\bISSN\b|all rights reserved|downloaded from|published online|open access|\breceived\b.{0,40}\baccepted\b",
    re.IGNORECASE)
