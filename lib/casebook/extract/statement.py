"""What a statement about a disease consists of: its clause, its subject, the citations beside it."""

import re
from collections import Counter
from collections.abc import Iterator

from casebook.extract.finding import Cell
from casebook.extract.reading import Reading
from casebook.text.span import Span

_BOUNDARY = re.compile(
    r";\s|:\s|,\s(?=(?:while|whereas|although|though|but|and|which|with|suggesting|as|because|however|so|albeit|or)\s)"
)
_SUBORDINATE = re.compile(
    r"(?:while|although|though|whereas|even though|because|since|in spite of|despite|according to|in|among|to)\s",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:finding|fact|found|reported|showed|stated|suggested|demonstrated|estimated|noted|believed|considered"
    r"|concluded)\s(?:that|of)\s"
)
_OPENING = re.compile(
    r"(?:(?:and|but|with|which|while|whereas|however|moreover|furthermore|in addition|therefore|thus),?\s)+",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"\s?\[(?P<square>\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,12})\]"
    r"|\s?\((?P<round>\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,12})\)(?!\s?(?:%|years|cases))"
)
_METASTASIS = re.compile(r"(?:(?:[a-z]+-)?[a-z]{4,20}\s)?metastas[ei]s\b", re.IGNORECASE)
_NOT_BEFORE = frozenset(
    "with from that have such many multiple concurrent these those most some such their early distant further"
    " systemic known rare possible suspected".split()
)
SILENT_ZONES = frozenset(("references", "furniture", "keywords", "table", "legend"))


def telling(reading: Reading) -> Iterator[int]:
    """Indices of the sentences that may speak of the disease rather than of a patient."""
    for index, sentence in enumerate(reading.sentences):
        if sentence.zone not in SILENT_ZONES and reading.owner[index] is None and index not in reading.shared:
            yield index


def clause(text: str, start: int, end: int, at: int) -> Span:
    """The clause of the sentence [start, end) that holds view offset `at`, without its full stop."""
    low, high = start, end
    if _SUBORDINATE.match(text, start) and 0 < (comma := text.find(", ", start, at)) < at:
        low = comma + 2
    for hit in _BOUNDARY.finditer(text, low, end):
        if hit.end() <= at:
            low = hit.end()
        elif hit.start() > at:
            high = hit.start()
            break
    for hit in _SAYS.finditer(text, low, at):
        low = hit.end()
    if opening := _OPENING.match(text, low, at):
        low = opening.end()
    while high > low + 1 and text[high - 1] in ".;:, ":
        high -= 1
    return Span(low, high)


def uncited(words: str) -> str:
    """`words` without reference marks, on one line."""
    return " ".join(_CITED.sub("", words).split()).strip(" ,;:")


def quoted(text: str, said: Span) -> tuple[Span, ...]:
    """The pieces of `said` that hold what `uncited` leaves of it."""
    bounds = [said.start, *(at for hit in _CITED.finditer(text, said.start, said.end) for at in hit.span()), said.end]
    pieces = ((start, text[start:end].rstrip(" ,;:")) for start, end in zip(bounds[::2], bounds[1::2], strict=True))
    return tuple(Span(start, start + len(words)) for start, words in pieces if any(map(str.isalnum, words)))


def citation(text: str, start: int, end: int) -> Cell | None:
    """The first reference marks in text[start:end]: "1,2" of "[1,2]" or "(1, 2)"."""
    hit = _CITED.search(text, start, end)
    if hit is None:
        return None
    group = "square" if hit["square"] else "round"
    return Cell("".join(hit[group].split()), (Span(hit.start(group), hit.end(group)),), "claims.citation")


class Subjects:
    """What the statements of one source are about: a disease named beside them, else the disease of the source."""

    def __init__(self, reading: Reading):
        self._reading = reading
        self._main: Cell | None | bool = False

    def of(self, index: int, at: int) -> Cell | None:
        """The disease named last before `at` in sentence `index`, else first after it, else the one of the source."""
        reading, sentence = self._reading, self._reading.sentences[index]
        found = [(m.start, m.end, m.label, m.rule) for m in reading.of("diagnoses", index)]
        found += _metastases(reading.text, sentence.start, sentence.end)
        before = [item for item in found if item[1] <= at]
        chosen = max(before, default=None, key=lambda item: item[1]) or min(found, default=None)
        if chosen:
            start, end, label, rule = chosen
            return Cell(label, (Span(start, end),), rule)
        return self.main

    @property
    def main(self) -> Cell | None:
        """What the title names, else the disease named most often."""
        if isinstance(self._main, bool):
            self._main = self._find_main()
        return self._main

    def _find_main(self) -> Cell | None:
        reading = self._reading
        for index, sentence in enumerate(reading.sentences):
            if sentence.zone == "title":
                found = [(m.start, m.end, m.label, m.rule) for m in reading.of("diagnoses", index)]
                found += _metastases(reading.text, sentence.start, sentence.end)
                if found:
                    start, end, label, rule = max(found, key=lambda item: item[1] - item[0])
                    return Cell(label, (Span(start, end),), rule)
        named = reading.of("diagnoses")
        if not named:
            return None
        label, _ = Counter(mention.label for mention in named).most_common(1)[0]
        first = next(mention for mention in named if mention.label == label)
        return Cell(label, (), first.rule, derived_from="the disease that the source names most often")


def _metastases(text: str, start: int, end: int) -> Iterator[tuple[int, int, str, str]]:
    if "etastas" not in text[start:end]:
        return
    for hit in _METASTASIS.finditer(text, start, end):
        words, at = hit[0].lower().split(), hit.start()
        if len(words) == 2 and words[0] in _NOT_BEFORE:
            at, words = hit.end() - len(words[1]), words[1:]
        yield at, hit.end(), " ".join([*words[:-1], "metastasis"]), "claims.metastasis"
