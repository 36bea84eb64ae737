"""What stands before the first heading of a report: the kind of article, title, authors, addresses, an abstract."""

import re
from collections.abc import Mapping, Sequence

from casebook.readers.lines import Line
from casebook.readers.writer import Part
from casebook.readers.zones import Heading, kind_of, opens_case


def label_of(headings: Mapping[int, Heading]) -> int | None:
    """The line of a first "Case report" that names the kind of article: the section of that name comes after it."""
    order = sorted(headings)
    if not order or headings[order[0]].kind != "case" or headings[order[0]].inline:
        return None
    later = [headings[at] for at in order[1:]]
    opens = any(mark.kind in ("abstract", "introduction") for mark in later)
    return order[0] if opens and any(mark.kind == "case" and opens_case(mark.words) for mark in later) else None


def opening(
    found: Sequence[Line], before: Sequence[int], headings: Mapping[int, Heading], label: int | None
) -> list[Part]:
    """Title and what else stands before the first heading (the whole report where there is none)."""
    title = _title(found, before, min(headings, default=None), label)
    rest = [(found[at], found[at].after_blank) for at in before if at not in title]
    parts = [Part("title", lines=[(found[at], False) for at in title])] if title else []
    first = headings[min(headings)].kind if headings else ""
    prose = sum(len(line.words) for line, _ in rest if line.finished or len(line.words) > _PROSE)
    if not first or (first in ("discussion", "references", "furniture") and prose):
        kind = "case"
    elif first == "case" and prose > _PROSE:
        kind = "introduction"
    else:
        kind = "front"
    if kind == "front":
        address = _address([line for line, _ in rest])
        if sum(len(line.words) for line, _ in rest[address:]) > _PROSE and rest[-1][0].finished:
            parts += [Part("front", lines=rest[:address]), Part("abstract", lines=rest[address:])]
            return [part for part in parts if part.lines]
    return [*parts, Part(kind, lines=rest)] if rest else parts


def _title(found: Sequence[Line], before: Sequence[int], heading: int | None, label: int | None) -> list[int]:
    """The lines of the title: the first of the report, or those that stand below the kind of article."""
    start = next((at for at, line in enumerate(before) if label is None or line > label), len(before))
    end = start + 1
    while end < len(before) and not found[before[end]].after_blank:
        if heading is not None and _BYLINE.search(found[before[end]].words):
            break
        if heading is not None and _AFFILIATION.search(found[before[end]].words):
            names = end  # the names of the authors stand above their addresses
            while names > start + 1 and _are_names(found[before[names - 1]].words):
                names -= 1
            if names < end:
                end = names
                break
        end += 1
    after = before[end] if end < len(before) else heading
    block = [found[at] for at in before[start:end]]
    if after is None or found[after].words[0].islower() or not _is_title(block) or block[-1].goes_on:
        return []
    return list(before[start:end])


def _are_names(words: str) -> bool:
    """Whether the line is a list of two names or more, or of one with an initial."""
    names = [name.split() for name in _BETWEEN.split(words) if name]
    told = len(names) > 1 or words.startswith("and ") or words.endswith(",") or bool(_INITIAL.search(words))
    return told and all(1 < len(name) < _PARTS and all(part[0].isupper() or part in _PARTICLES for part in name)
                        for name in names)


def _is_title(block: Sequence[Line]) -> bool:
    words = " ".join(line.words for line in block)
    labels = [hit[1] for line in block if (hit := _LABEL.match(line.words))]
    if len(labels) > 1 or (labels and _LABEL.match(block[0].words) and (len(block) > 1 or kind_of(labels[0]))):
        return False
    return 0 < len(words) <= _TITLE and len(block) <= 4 and not words.endswith((".", ";", ",", ":")) \
        and not block[0].item and not block[0].words[0].islower() and not _ADDRESS.search(words)


def _address(lines: Sequence[Line]) -> int:
    """The number of lines before an abstract: authors, addresses, dates and the licence."""
    end = max((at for at, line in enumerate(lines) if _ADDRESS.search(line.words)), default=-1) + 1
    if end and _LICENCE.search(lines[end - 1].words):
        while end < len(lines) and not lines[end - 1].finished:
            end += 1
    return end


_LABEL = re.compile(r"(\w{1,20}):\s")
_TITLE = 300
_PROSE = 150
_BYLINE = re.compile(
    r"^[A-Z][\w.’'-]{1,20}(?:\s(?:[A-Z][\w.’'-]{0,20}|d[aeiou]s?|del|la|van|von|der|den|el|al|bin)){1,5},?\s?[\d∗*†‡]"
    r"|\b(?:MD|PhD|MBBS|M\.D\.)(?:\W|$)|^[A-Z]\.(?:\s?[A-Z]\.)?\s[A-Z][a-z]{1,20}(?:,|\sand\b|$)")
_PARTS = 6
_PARTICLES = frozenset("al ben bin da de del den der di do dos du el la le ten ter van von".split())
_INITIAL = re.compile(r"\s[A-Z]\.(?:\s|$)")
_BETWEEN = re.compile(r"(?:,|;)?\s(?:and|&)\s|[,;]\s?|^and\s|\sand$")
_AFFILIATION = re.compile(
    r"\b(?:Departments?|Division|University|Hospital|Institute|School|Faculty|College|Clinic|Correspond\w+)\b|@")
_ADDRESS = re.compile(
    r"@|https?://|copyright|©|creative commons|\bcorresponding author|\bcorrespondence\b|\breceived:?\s(?:in\b|\d)"
    r"|\baccepted:?\s\d|\beditor\b|properly cited|permits unrestricted|open access article|\bdepartment of\b"
    r"|\buniversity\b.{0,80},|\bdoi\b|\bpublish(?:ed online|er|ing)\b|\bvolume \d", re.IGNORECASE)
_LICENCE = re.compile(r"licen[cs]e|copyright|©|creative commons|open access|original work", re.IGNORECASE)
