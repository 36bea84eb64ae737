"""A metastasis told of a lesion that an earlier sentence placed: "a vaginal mass … Biopsy showed a metastasis"."""

import re
from collections.abc import Sequence

from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.extract.site_list import Place, place
from casebook.extract.spread import Spread, metastases, spread_sites, status_of
from casebook.extract.spread_shown import shown
from casebook.text.span import Span

_EXAMINED = re.compile(
    r"\b(?:specimens?|histolog\w{0,6}|histopatholog\w{0,6}|patholog\w{1,5}|anatomopatholog\w{0,5}|microscop\w{0,5}|"
    r"immunohistochem\w{0,6}|biops(?:y|ies|ied)|cytolog\w{0,5}|aspirat\w{1,3}|fna[cb]?|fine[- ]needle|"
    r"excis(?:ed|ion|ional)|resect(?:ed|ion)|"
    r"(?:final|definit\w+) diagnosis|diagnosed as|"
    r"(?:this|these|the) (?:\w+ ){0,2}(?:tumou?rs?|mass(?:es)?|lesions?|nodules?|swellings?|growths?|ulcers?))\b"
)
_LESIONS_THEMSELVES = re.compile(r"(?:these|this|they|it|both|all)\b[^.;]{0,60}$")
_KNOWN = re.compile(
    r"\b(?:history|known|background|previous\w*|had been|developed|years? (?:ago|before|earlier|prior)|"
    r"(?:patient|man|woman|male|female|case) with)\b"
)
_FINDING = re.compile(r"\b(?:diagnosis|detection|discovery) of (?:an? |the )?(?:\w+ )?$")
_THE_SAME = re.compile(r"\b(?:all|these|those|both) (?:the )?$")
_FARTHEST = 6  # sentences
_REGIONS = frozenset(("abdomen", "chest", "head", "body"))  # opened or examined for what lies within


def referred(reading: Reading, sentences: Sequence[int], spread: Spread, primary: str) -> list[Place]:
    """Where the lesion is that `spread` calls a metastasis without naming its place; [] if the text does not tell."""
    here = reading.sentences[spread.sentence]
    before = reading.lower[here.start : spread.trigger.start]
    all_of_them = bool(_FINDING.search(before))
    of_lesions = all_of_them or _THE_SAME.search(before) or _LESIONS_THEMSELVES.match(before)
    if _KNOWN.search(before) or not (of_lesions or _EXAMINED.search(reading.lower, here.start, here.end)):
        return []
    at = sentences.index(spread.sentence)
    for index in reversed(sentences[max(0, at - _FARTHEST) : at]):
        if reading.sentences[index].zone != here.zone:
            break
        found = _lesions(reading, index) or _operated(reading, index) or _nodes_taken(reading, index)
        if found:
            far = [
                places
                for group in found
                if (places := [at for at in group if at.mention.label not in _REGIONS and _far(reading, at, primary)])
            ]
            return [at for group in (far if all_of_them else far[-1:]) for at in group]
    return []


def placed_sites(reading: Reading, sentences: Sequence[int]) -> frozenset[str]:
    """Sites to which the disease has metastasised, by their own sentence or by the lesion that another refers to."""
    return spread_sites(reading, sentences).union(
        at.mention.label
        for index in sentences
        for spread in metastases(reading, index)
        if spread.status == "present" and not spread.places
        for at in referred(reading, sentences, spread, "")
    )


def _lesions(reading: Reading, index: int) -> list[list[Place]]:
    """The places of the lesions in sentence `index`, those of a metastasis told or suspected first."""
    told = [list(spread.places) for spread in metastases(reading, index) if spread.status != "absent" and spread.places]
    return told or list(shown(reading, index))


def _operated(reading: Reading, index: int) -> list[list[Place]]:
    """The organs that operations named after them took out ("adrenalectomy"), the one named first as the nearest."""
    out = []
    for operation in reversed(reading.of("operations", index)):
        term = reading.vocabulary.term("sites", operation.label)
        span = Span(operation.start, operation.end)
        if term and status_of(reading, index, span)[0] == "present":
            organ = Mention(operation.start, operation.end, term)
            out.append([place(reading, organ, reading.sentences[index].start)])
    return out


_TAKEN = re.compile(r"\b(?:removed|excised|dissected|dissection|sampled|biops\w+|sentinel|lymphadenectomy|harvested)\b")


def _nodes_taken(reading: Reading, index: int) -> list[list[Place]]:
    sentence = reading.sentences[index]
    nodes = [site for site in reading.of("sites", index) if reading.vocabulary.within(site.label, "lymph node")]
    taken = nodes and _TAKEN.search(reading.lower, sentence.start, sentence.end)
    return [[place(reading, nodes[-1], sentence.start)]] if taken else []


def _far(reading: Reading, found: Place, primary: str) -> bool:
    within, site = reading.vocabulary.within, found.mention.label
    return not primary or not (within(site, primary) or within(primary, site))
