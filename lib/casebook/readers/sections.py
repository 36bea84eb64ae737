"""Lines of a report sorted into its sections."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from casebook.readers.lines import Line, stops_short
from casebook.readers.opening import label_of, opening
from casebook.readers.references import references
from casebook.readers.writer import Part
from casebook.readers.zones import Heading, heading, opens_case

Aside = tuple[str, Sequence[int]]
"""Lines that stand outside of the prose, and the kind of zone they are: a legend, a table that cuts a sentence."""


def sections(
    found: Sequence[Line], asides: Sequence[Aside], tables: Collection[int] = (), lifted: Collection[int] = (),
    width: float = 0,
) -> list[Part]:
    """Parts in the order of the view: title and sections, then asides, then the `lifted` lines of page furniture.

    A heading becomes a part of its own, `furniture`; the part after it carries its words. Where the text stood in
    columns of a `width`, the headings at the top of two of them may come in a row before the prose of both.
    """
    lifted = set(lifted)
    out = lifted.union(*(aside for _, aside in asides))
    candidates = [at for at in range(len(found)) if at not in out and at not in tables]
    headings = {at: mark for at in candidates if (mark := heading(found, at))}
    if (label := label_of(headings)) is not None:
        lifted.add(label)
        out.add(label)
        candidates.remove(label)
        del headings[label]
    first = min(headings, default=len(found))
    body = opening(found, [at for at in candidates if at < first], headings, label)
    course = _Course(headings)
    cited = references(found, out)
    removed = False
    waiting: int | None = None
    for at in range(len(found)):
        line, broke = found[at], found[at].after_blank or removed
        removed = at in out
        if removed or (at < first and at not in tables):
            continue
        if waiting is not None and (at in headings or (broke and body[-1].lines and body[-1].lines[-1][0].finished)):
            _open(body, found[waiting], headings[waiting], course, waiting)
            waiting = None
        if at in headings:
            if width and at > first and not body[-1].lines and _takes_the_next(body[-1].kind, headings[at]):
                waiting = at
            else:
                _open(body, line, headings[at], course, at)
            continue
        if broke or (width and body and body[-1].lines and _ends_label(body[-1], line, width)):
            course.leave()
        kind = "table" if at in tables else "references" if at in cited else course.kind
        if not body or (body[-1].kind, body[-1].heading) != (kind, course.words):
            body.append(Part(kind, course.words))
        body[-1].lines.append((line, broke))
    if waiting is not None:
        _open(body, found[waiting], headings[waiting], course, waiting)
    if not any(part.lines and part.kind in _PROSE_KINDS for part in body):
        body = [replace(part, kind="case") if part.heading else part for part in body]  # a label before all of the text
    beside = [Part(kind, lines=[(found[at], found[at].after_blank) for at in aside]) for kind, aside in asides]
    return [*body, *beside, Part("furniture", lines=[(found[at], True) for at in sorted(lifted)])]


def _ends_label(part: Part, after: Line, width: float) -> bool:
    """Whether the words that a label opened end with the last line of the part, in a text without blank lines."""
    line = part.lines[-1][0]
    return (line.finished or part.kind == "keywords") and stops_short(line, after, width)


def _takes_the_next(kind: str, after: Heading) -> bool:
    """Whether the heading `after`, right below one of a section of `kind`, is no part of that section."""
    return not after.inline and after.kind in _LATER.get(kind, ())


def _open(body: list[Part], line: Line, mark: Heading, course: "_Course", at: int) -> None:
    """Close the part before a heading, and begin the one it opens with the prose on its own line."""
    course.enter(at)
    cut = mark.text - line.start
    if not mark.inline:
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
        cases = [at for at, mark in headings.items() if mark.kind == "case" and opens_case(mark.words)]
        opens = [at for at, mark in headings.items() if mark.kind in _OPENING and not _NO_OPENING.search(mark.words)]
        self._has_case = bool(cases)
        self._last_opening = max(opens, default=-1)
        whole = [at for at in opens if not headings[at].inline]
        told = any(at > max(whole, default=-1) and not headings[at].inline for at in cases)
        self._introduction = max(whole) if whole and told else -1
        self._outer = ""
        self._labelled = False  # the heading before is followed by labels on the lines of their prose
        self.kind = "case"
        self.words = ""

    def leave(self) -> None:
        """A paragraph ends: so does a section that a label within it had opened ("Keywords: …", "Funding: …")."""
        if self._outer:
            self.kind, self.words, self._outer = self._outer, "", ""

    def enter(self, at: int) -> None:
        mark = self._headings[at]
        before, self.words = self.kind if self.words else "", mark.words
        self._labelled = mark.inline and (self._labelled or at - 1 in self._headings)
        opening = "introduction" if self._has_case else "case"
        outer = opening if before in ("", "abstract", "keywords", "furniture") else before
        self._outer = outer if mark.inline and mark.kind in ("keywords", "furniture") else ""
        if not mark.kind:
            if before in ("", "abstract", "keywords", "introduction"):
                self.kind = opening
        elif before == "abstract" and self._in_abstract(mark) and (at < self._last_opening or self._labelled):
            return  # a structured abstract has headings of its own
        elif not before and mark.inline and self._in_abstract(mark) and at < self._introduction:
            self.kind = "abstract"  # and no heading above them
        elif not (before == "discussion" and mark.kind == "case" and not opens_case(mark.words)):
            self.kind = "case" if not self._has_case and _ONLY_METHODS.fullmatch(mark.words) else mark.kind

    @staticmethod
    def _in_abstract(mark: Heading) -> bool:
        return mark.kind in _IN_ABSTRACT and not mark.words[0].isdigit()


_OPENING = ("keywords", "introduction")
_IN_ABSTRACT = ("introduction", "case", "discussion")
_PROSE_KINDS = ("case", "abstract", "introduction", "discussion")
_NO_OPENING = re.compile(r"\b(?:methods?|materials|abbreviations)\b", re.IGNORECASE)
_ONLY_METHODS = re.compile("methods?", re.IGNORECASE)
_LATER = {"introduction": ("case", "furniture"), "case": ("discussion", "furniture"),
          "discussion": ("furniture", "references")}
