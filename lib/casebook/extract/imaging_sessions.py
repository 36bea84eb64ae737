"""Which session of a method the words of a sentence mean."""

from casebook.extract.finding import Cell
from casebook.extract.imaging_anchors import Anchor
from casebook.extract.imaging_groups import Group
from casebook.extract.imaging_rows import Studies, Study
from casebook.extract.reading import Reading
from casebook.extract.telling import telling
from casebook.text.span import Span

_NARROWER = {"PET": "PET-CT", "scintigraphy (other)": "bone scintigraphy"}
"""A method named loosely, and the study that is meant once the report has named it."""


class Sessions:
    """The studies of one patient, resolved while the text is read in order."""

    def __init__(self, reading: Reading, case: str):
        self.studies = Studies()
        self._reading, self._case = reading, case

    def of(self, group: Group, index: int, now: int | None, named: bool = True) -> dict[str, Study]:
        """method -> study. `now` is where the text stood when it spoke of it, for words that only repeat the text;
        `named` is false where "it" takes a study up.
        """
        out: dict[str, Study] = {}
        for anchor in group:
            if not anchor.done or anchor.mention is None or anchor.kind == "other":
                continue
            words = (Span(anchor.mention.start, anchor.mention.end),)
            for name in (self._meant(name, index) for name in anchor.names if name):
                at = len(self._reading.text) if now is None else now
                known = None if now is None and named and not anchor.aside else self.studies.nearest(name, at)
                if known is None:
                    cell = Cell(name, words, anchor.mention.rule)
                    months = self._months(anchor.start)
                    known = self.studies.named(name, anchor.start, cell, months, self._repeated(index, anchor))
                if named:
                    known.words += words
                out[name] = known
        return out

    def _meant(self, name: str, index: int) -> str:
        narrower = _NARROWER.get(name, name)
        if narrower in self.studies.known or narrower == "bone scintigraphy" and self._of_bone(index):
            return narrower
        return name

    def _of_bone(self, index: int) -> bool:
        """Whether only bones are spoken of here and in the sentence before."""
        near = (i for i in (index - 1, index) if i >= 0)
        sites = [site.label for i in near for site in self._reading.of("sites", i)]
        return bool(sites) and all(self._reading.vocabulary.within(site, "bone") for site in sites)

    def _months(self, at: int) -> Cell | None:
        timeline = getattr(self._reading, "timeline", None)
        return timeline.months_at(self._case, at) if timeline is not None else None

    def _repeated(self, index: int, anchor: Anchor) -> bool:
        words = telling(self._reading.vocabulary)
        if not words.may("repeats", self._reading.tokens(index)):
            return False
        sentence = self._reading.sentences[index]
        low, high = max(sentence.start, anchor.start - 90), min(sentence.end, anchor.end + 40)
        return bool(words.repeats.search(self._reading.text, low, high))
