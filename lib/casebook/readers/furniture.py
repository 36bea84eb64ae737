"""Running heads, page numbers and other lines that belong to the page and not to the report."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from casebook.readers.legends import opens_legend
from casebook.readers.lines import Line, column
from casebook.readers.notes import notes
from casebook.readers.zones import heading, kind_of


def furniture(found: Sequence[Line]) -> set[int]:
    """Line numbers of page furniture among the lines of the text of a PDF."""
    width = column(found)
    free = [at for at, line in enumerate(found) if len(line.words) <= _LONGEST and not opens_legend(line.words)]
    marked = {at for at in free if _is_page_line(found, at, width)}
    masks = {at: _mask(found[at].words) for at in free}
    marked |= _running(found, {at: mask for at, mask in masks.items() if at not in marked})
    title = _mask(" ".join(line.words for line in found[:_TITLE_LINES]))
    marked |= {at for at in free if at not in marked and _interrupts(found, at, masks[at], title, width)}
    for at in (*free, *reversed(free)):  # what stands beside a line of the page is one too
        beside = (at - 1 in marked and _follows(found, at, width)) or (at + 1 in marked and _leads(found, at))
        if at not in marked and beside:
            marked.add(at)
    words = {masks[at] for at in marked if len(masks[at]) > _SHORTEST}
    return marked.union((at for at in free if masks[at] in words), notes(found))


def _running(found: Sequence[Line], masks: Mapping[int, str]) -> set[int]:
    """Lines of the same words, page numbers left out, that come again pages later at an edge or with another number."""
    same: defaultdict[str, list[int]] = defaultdict(list)
    for at, mask in masks.items():
        same[mask].append(at)
    heads: set[int] = set()
    for mask, repeated in same.items():
        if len(repeated) < 2 or len(mask) < _SHORTEST or _CAPTION.match(mask) or kind_of(mask):
            continue
        places = [at for at in repeated if not found[at].finished]
        if len(places) < 2:
            continue
        numbers = {hit[0] for at in places if (hit := _AT_EDGE.search(found[at].words))}
        name = places[-1] - places[0] >= _PAGE_LINES and _is_title(found[places[0]])
        for at in places:
            numbered = len(numbers) > 1 and _AT_EDGE.search(found[at].words)
            if (_alone(found, at) or (name and (numbered or _edge(found, at)))) and not heading(found, at):
                heads.add(at)
    return heads


def _interrupts(found: Sequence[Line], at: int, mask: str, title: str, width: float) -> bool:
    """Whether the line is the authors' names or words of the title, with the number of a page or in mid-sentence."""
    line = found[at]
    numbered = bool(_AT_EDGE.search(line.words))
    named = bool(_AUTHORS.search(line.words)) or (at >= _TITLE_LINES and _quotes(mask, title))
    if not (numbered or named) or not _is_title(line):
        return False
    return (numbered and named) or (not _fills(line, width) and _is_within(found, at, width))


def _quotes(mask: str, title: str) -> bool:
    """Whether the words of a line, or those that follow the authors' names in it, are words of the title."""
    tail = " ".join(mask.split()[-_QUOTED:])
    return len(tail) > _SHORTEST and (mask in title or (tail in title and len(tail) > 2 * _SHORTEST))


def _follows(found: Sequence[Line], at: int, width: float) -> bool:
    """Whether line `at` belongs to the head or foot of which the line before it is part."""
    line = found[at]
    if line.words[-1] in ".!?" or heading(found, at):
        return False
    if _alone(found, at):
        return _is_title(line)
    if _NUMBER.fullmatch(found[at - 1].words):
        return False
    if _NUMBER.fullmatch(line.words):
        return True
    cuts = at + 1 < len(found) and found[at + 1].words[0].islower() and not _fills(line, width)
    return (cuts and _is_title(line)) or (not line.after_blank and _is_imprint(line))


def _leads(found: Sequence[Line], at: int) -> bool:
    """Whether line `at` belongs to the head or foot of which the line after it is part."""
    line, after = found[at], found[at + 1]
    if line.words[-1] in ".!?" or heading(found, at):
        return False
    if _alone(found, at):
        return _is_title(line)
    if _NUMBER.fullmatch(after.words):
        within = at and at + 2 < len(found) and not found[at - 1].finished and found[at + 2].words[0].islower()
        return bool(within and _BAR.search(line.words) and _is_title(line))
    if _NUMBER.fullmatch(line.words):
        return True
    return not after.after_blank and (_is_imprint(line) or _is_name(line))


def _is_imprint(line: Line) -> bool:
    return bool(_IMPRINT.search(line.words) or _URL.fullmatch(line.words))


def _alone(found: Sequence[Line], at: int) -> bool:
    return found[at].after_blank and (at + 1 == len(found) or found[at + 1].after_blank)


def _edge(found: Sequence[Line], at: int) -> bool:
    """Whether a page begins or ends with the line."""
    return found[at].new_page or (at + 1 < len(found) and found[at + 1].new_page)


def _is_page_line(found: Sequence[Line], at: int, width: float) -> bool:
    line = found[at]
    if _NUMBER.fullmatch(line.words):
        return line.after_blank or _edge(found, at) or _is_within(found, at, width)
    if _CITATION.fullmatch(line.words) or (_CAPITALS.fullmatch(line.words) and not kind_of(line.words)):
        return True
    if not _alone(found, at):
        return bool(_PAGE.fullmatch(line.words) or (_edge(found, at) and _URL.fullmatch(line.words))
                    or (_ADDRESS.search(line.words) and _NUMBERED.search(line.words)))
    if _PAGE.fullmatch(line.words) or _PANELS.fullmatch(line.words):
        return True
    unfinished = not line.finished and not line.words[0].islower()
    return bool(_AUTHORS.search(line.words) or _ADDRESS.search(line.words)
                or (unfinished and _IMPRINT.search(line.words)))


def _is_within(found: Sequence[Line], at: int, width: float) -> bool:
    """Whether the line stands between two lines of one sentence."""
    if not 0 < at < len(found) - 1:
        return False
    before, after = found[at - 1], found[at + 1]
    cut = not before.finished and len(before.words) > _SHARE * width
    return cut and (after.words[0].islower() or (after.after_blank and not found[at].after_blank))


def _fills(line: Line, width: float) -> bool:
    """Whether the line is as long as those of the column, as one in mid-sentence is."""
    return _FILLS * width < len(line.words) < width / _FILLS


def _mask(words: str) -> str:
    return " ".join(_NO_LETTERS.sub(" ", words).lower().split())


def _is_title(line: Line) -> bool:
    """Whether most long words of the line have a capital, as in a running title."""
    capitals = [word[0].isupper() for word in line.words.split() if len(word) > 3 and word[0].isalpha()]
    start = line.words.lstrip("0123456789 |-–—")[:1]
    return start.isupper() and 2 * sum(capitals) > len(capitals) and not kind_of(line.words)


def _is_name(line: Line) -> bool:
    """Whether the line is two words or more that all have a capital, as the name of a journal or publisher."""
    words = [word for word in line.words.split() if word not in ("of", "and", "the", "in", "&")]
    return 1 < len(words) < _NAME and all(word[0].isupper() and word.isalpha() for word in words)


_LONGEST = 140
_SHORTEST = 8
_PAGE_LINES = 12
_TITLE_LINES = 8
_BAR = re.compile(r"\s[•|·]\s")
_QUOTED = 4
_NAME = 8
_SHARE = 0.45
_NO_LETTERS = re.compile(r"[\W\d_]+")
_AT_EDGE = re.compile(r"^\d{1,5}\s|\s\d{1,5}$")
_FILLS = 0.8
_CAPTION = re.compile(r"(?:table|fig(?:ure)?|supplementary)\b")
_NUMBER = re.compile(r"[-–—\s]{0,4}\d{1,5}[-–—\s]{0,4}")
_PAGE = re.compile(r"(?:page|p\.)\s?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?", re.IGNORECASE)
_PANELS = re.compile(r"\(?[A-La-l]\d?\)?(?:\s{1,3}\(?[A-La-l]\d?\)?){0,11}|[\W_]{1,3}")
_AUTHORS = re.compile(r"\bet al\.?(?:\s\d{1,5})?$")
_URL = re.compile(r"(?:https?://|www\.)\S{1,120}")
_ADDRESS = re.compile(r"https?://|www\.\w|\w\.(?:org|com|net)\b|\bdoi\s?[:.]\s?10\.", re.IGNORECASE)
_CITATION = re.compile(
    r"[A-Z][\w .&:()-]{2,60}[\s,](?:19|20)\d\d\s?[;,]\s?\d{1,4}(?:\s?\(\d{1,4}\))?\s?:\s?[A-Za-z]?\d{1,6}"
    r"(?:\s?[-–]\s?\d{1,6})?")
_CAPITALS = re.compile(r"\d{2,5}\s[A-Z][A-Z .&,'-]{8,80}|[A-Z][A-Z .&,'-]{8,80}\s\d{2,5}")
_NUMBERED = re.compile(r"\b(?:19|20)\d\d\b.{0,80}\d{1,5}$|^\d{1,5}\s.{0,100}\b(?:19|20)\d\d\b")
_IMPRINT = re.compile(
    r"\d\s?\(\d{1,3}(?:[-–]\d{1,3})?\)\s?[:,;]|\b(?:19|20)\d\d\s?;\s?\d|\bvol(?:ume|\.)\s?\d|©|\(c\)\s(?:19|20)\d\d"
    r"|copyright|\bISSN\b|all rights reserved|downloaded from|published online|open access"
    r"|\breceived\b.{0,40}\baccepted\b"
    r"|^[A-Z][\w'’-]{1,25}(?:\s(?:and|&)\s[A-Z][\w'’-]{1,25}|\set al)\b.{3,90}\b(?:19|20)\d\d[\W\d]{0,20}$",
    re.IGNORECASE)
