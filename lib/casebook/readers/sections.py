"""Lines of a report sorted into its sections."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from casebook.readers.lines import Line
from casebook.readers.writer import Part
from casebook.readers.zones import Heading, heading, kind_of, opens_case


def sections(found: Sequence[Line], legends: Sequence[tuple[int, int]], lifted: Collection[int]) -> list[Part]:
    """Parts in the order of the view: title and sections, then legends, then the `lifted` lines of page furniture.

    A heading becomes a part of its own, `furniture`; the part after it carries its words.
    """
    lifted = set(lifted)
    out = {at for first, last in legends for at in range(first, last)} | lifted
    tables = _tables(found, out)
    candidates = [at for at in range(len(found)) if at not in out and at not in tables]
    headings = {at: mark for at in candidates if (mark := heading(found, at))}
    if (label := _label(headings)) is not None:
        lifted.add(label)
        out.add(label)
        candidates.remove(label)
        del headings[label]
    first = min(headings, default=len(found))
    body = _opening(found, [at for at in candidates if at < first], headings)
    course = _Course(headings)
    removed = False
    for at in range(len(found)):
        line, broke = found[at], found[at].after_blank or removed
        removed = at in out
        if removed or (at < first and at not in tables):
            continue
        if at in headings:
            _open(body, line, headings[at], course, at)
            continue
        if broke:
            course.leave()
        kind = "table" if at in tables else course.kind
        if not body or (body[-1].kind, body[-1].heading) != (kind, course.words):
            body.append(Part(kind, course.words))
        body[-1].lines.append((line, broke))
    if not any(part.lines and part.kind in _PROSE_KINDS for part in body):
        body = [replace(part, kind="case") if part.heading else part for part in body]  # a label before all of the text
    captions = [Part("legend", lines=[(line, line.after_blank) for line in found[a:b]]) for a, b in legends]
    return [*body, *captions, Part("furniture", lines=[(found[at], True) for at in sorted(lifted)])]


def _label(headings: Mapping[int, Heading]) -> int | None:
    """The line of a first "Case report" that names the kind of article: the section of that name comes after it."""
    order = sorted(headings)
    if not order or headings[order[0]].kind != "case":
        return None
    later = [headings[at] for at in order[1:]]
    opening = any(mark.kind in ("abstract", "introduction") for mark in later)
    return order[0] if opening and any(mark.kind == "case" and opens_case(mark.words) for mark in later) else None


def _open(body: list[Part], line: Line, mark: Heading, course: "_Course", at: int) -> None:
    """Close the part before a heading, and begin the one it opens with the prose on its own line."""
    inline = mark.text < line.end
    course.enter(at, inline)
    cut = mark.text - line.start
    if not inline:
        body.append(Part("furniture", lines=[(line, True)]))
        body.append(Part(course.kind, course.words))
        return
    label = line.words[:cut].rstrip()
    body.append(Part("furniture", lines=[(replace(line, end=line.start + len(label), words=label), True)]))
    body.append(Part(course.kind, course.words, [(replace(line, start=mark.text, words=line.words[cut:]), True)]))


class _Course:
    """The section in which a line stands."""

    def __init__(self, headings: Mapping[int, Heading]):
        self._headings = headings
        self._has_case = any(mark.kind == "case" and opens_case(mark.words) for mark in headings.values())
        self._last_opening = max((at for at, mark in headings.items() if mark.kind in _OPENING), default=-1)
        self._outer = ""
        self._labelled = False  # the heading before is followed by labels on the lines of their prose
        self.kind = "case"
        self.words = ""

    def leave(self) -> None:
        """A paragraph ends: so does a section that a label within it had opened ("Keywords: …", "Funding: …")."""
        if self._outer:
            self.kind, self.words, self._outer = self._outer, "", ""

    def enter(self, at: int, inline: bool) -> None:
        mark = self._headings[at]
        before, self.words = self.kind if self.words else "", mark.words
        self._labelled = inline and (self._labelled or at - 1 in self._headings)
        opening = "introduction" if self._has_case else "case"
        outer = opening if before in ("", "abstract", "keywords", "furniture") else before
        self._outer = outer if inline and mark.kind in ("keywords", "furniture") else ""
        if not mark.kind:
            if before in ("", "abstract", "keywords", "introduction"):
                self.kind = opening
        elif before == "abstract" and mark.kind in _IN_ABSTRACT and (at < self._last_opening or self._labelled):
            return  # a structured abstract has headings of its own
        elif not (before == "discussion" and mark.kind == "case" and not opens_case(mark.words)):
            self.kind = "case" if not self._has_case and _METHODS.fullmatch(mark.words) else mark.kind


def _opening(found: Sequence[Line], before: Sequence[int], headings: Mapping[int, Heading]) -> list[Part]:
    """Title and what else stands before the first heading (the whole report where there is none)."""
    block: list[int] = []
    for at in before:
        if block and found[at].after_blank:
            break
        block.append(at)
    after = before[len(block)] if len(block) < len(before) else min(headings, default=None)
    whole = after is not None and not found[after].words[0].islower()
    title = block if whole and _is_title([found[at] for at in block]) else []
    rest = [(found[at], found[at].after_blank) for at in before[len(title):]]
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
        address = max((n for n, (line, _) in enumerate(rest) if _ADDRESS.search(line.words)), default=-1) + 1
        if sum(len(line.words) for line, _ in rest[address:]) > _PROSE and rest[-1][0].finished:
            parts += [Part("front", lines=rest[:address]), Part("abstract", lines=rest[address:])]
            return [part for part in parts if part.lines]
    return [*parts, Part(kind, lines=rest)] if rest else parts


def _is_title(block: Sequence[Line]) -> bool:
    words = " ".join(line.words for line in block)
    if any(hit and (len(block) > 1 or kind_of(hit[1])) for line in block if (hit := _LABEL.match(line.words))):
        return False
    return 0 < len(words) <= _TITLE and len(block) <= 4 and not words.endswith((".", ";", ",", ":")) \
        and not block[0].item and not block[0].words[0].islower() and not _ADDRESS.search(words)


def _tables(found: Sequence[Line], out: Collection[int]) -> set[int]:
    """Lines of tables: cells between bars, or between tabs in two lines or more, and a caption right above them."""
    body = [(at, line) for at, line in enumerate(found) if at not in out]
    tabbed = {at for at, line in body if "\t" in line.words}
    rows = {at for at in tabbed if at - 1 in tabbed or at + 1 in tabbed}
    rows.update(at for at, line in body if line.words[0] == "|" and line.words.count("|") > 1)
    rows.update(at for at, line in body if line.after_blank and _is_caption(line.words))
    return rows


def _is_caption(words: str) -> bool:
    start = words.lstrip("*# ")[:12].lower()
    mark = start[6:].strip(" s0123456789ivx")[:1] if start.startswith("table ") else ""
    return mark in (".", ":", "|") and bool(mark)


_OPENING = ("keywords", "introduction")
_IN_ABSTRACT = ("introduction", "case", "discussion")
_PROSE_KINDS = ("case", "abstract", "introduction", "discussion")
_METHODS = re.compile("methods?", re.IGNORECASE)
_LABEL = re.compile(r"(\w{1,20}):\s")
_TITLE = 300
_PROSE = 150
_ADDRESS = re.compile(
    r"@|https?://|copyright|creative commons|\bcorrespond|\breceived\b|\baccepted\b|\beditor\b|properly cited"
    r"|open access|\bdepartment of\b|\buniversity\b|\bdoi\b|\bpublish|\bvolume \d", re.IGNORECASE)
