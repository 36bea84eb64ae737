"""Every disease that a report names, with how much speaks for its being the patient's principal one."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from casebook.extract.context import Modifier
from casebook.extract.diagnosis_beside import beside
from casebook.extract.diagnosis_past import of_mother, of_the_past, treated_before
from casebook.extract.disease_name import Name, name_of
from casebook.extract.opinion import Opinion, of_causes, opinion
from casebook.extract.phrase import Phrase, modifiers_of, phrases
from casebook.extract.reading import Reading
from casebook.extract.short_names import RULE as SHORT
from casebook.extract.short_names import short_names
from casebook.extract.unlisted import ABERRATION, aberrations, unlisted
from casebook.text.span import Span

_BASE = {"diagnoses": 2.0, "unlisted": 0.5, "disease": 1.5, "tumour": 0.0, "lesion": 0.0}
_EXPLAINS = 2.5  # a chromosome's deletion: why the patient has all the rest
_NEOPLASM = 1.5
_REPEATED = 0.5  # for each time more that the report uses a short form
_MOST_REPEATED = 3
_ZONE = {
    "title": 7.0,
    "abstract": 0.5,
    "introduction": -3.0,
    "discussion": -2.0,
    "keywords": 1.0,
    "references": -9.0,
    "table": -2.0,
}
_OWN_CASE = 2.0  # what an introduction or discussion gets back where it speaks of the report's own patient
_OURS = re.compile(r"\b(?:we|our|herein|(?:this|the present|the presented) (?:case|report|patient|article|paper))\b")
_TOPIC = 0.25  # for each time that introduction and discussion name the disease
_MOST_TOPIC = 5
_CONTEXT = {"uncertainty": -2.0, "history": -2.0, "hypothetical": -4.0, "planned": -2.0, "general": -3.0}
_TELLS = ("case", "abstract", "front")
_ABOUT = ("introduction", "discussion")
_LEAVES_OUT = ("negation", "family")
_LATER = 2.5  # what the last sentence gains on the first where a cue of finality stands
CUED = 2.0  # from this weight on the cues make it an opinion
CONFIRMED = 6.0  # what "the diagnosis was confirmed" gives to the one guess before it
_GUESSED = ("first", "hint", "consistent", "diagnosed")
_SETTLES = ("final", "diagnosed")
_OPENS_CLAUSE = (*_SETTLES, "consistent")
_OPENING = (0.8, 0.5, 0.3)  # what the first sentences that speak of the patient add
_ACCOMPANIES = -2.2
_SPREADS = 1.5
_OF_DRUG = 3.0  # "metronidazole toxicity", "warfarin-induced nephropathy": what a drug did is why it is told
_IN_VAIN = -9.0  # said of the past, or of the mother
_TREATED = -3.0  # "18 months after surgery for ⟨an aneurysm⟩"
_SUSPECTS = re.compile(r"suspect|suspicion|presum|thought|considered|provisional|working|possib")
_SHORT = 3  # sentences of a report that has no end to speak of
_LAST_WORD = 2.0  # what a suspicion weighs that the report leaves standing at its end
_CONFIRMED = re.compile(
    r"\b(?:diagnos[ie]s|suspicion|hypothes[ie]s|impression)\s(?:was|were|is|has been|had been)\s(?:\w{3,14}ly\s)?"
    r"(?:confirmed|established|verified|proven|proved|validated|retained)\b|"
    r"\b(?:confirm|establish|verif|prov|support)(?:ed|ing|ied|ying)\s(?:the|this|our|that)\s(?:\w{3,14}\s)?"
    r"(?:diagnosis|suspicion|hypothesis|impression)\b(?!\sof\b)"
)
_CONFIRMED_STEMS = frozenset(("diagnos", "suspicion", "hypothes", "impression"))
_NEW_CLAUSE = re.compile(
    r",\s(?:(?:and|so|thus|therefore|an?|the|he|she|his|her|our|patient|was|were|is|had|has|been|final|definitive|clinical|"
    r"presumptive),?\s){0,5}$"
)
_AGAIN_STEMS = frozenset(
    "progress recurr relaps operation surgery resection craniotomy biops transform dedifferentiat".split()
)
_AGAIN = re.compile(
    r"\b(?:progress(?:ed|ion)|recurr\w{1,6}|relaps\w{1,4}|(?:second|third|repeat|re-?)\s?(?:operation|surgery|"
    r"resection|craniotomy|biopsy)|"
    r"transform\w{1,7}|dedifferentiat(?:ion|es|ed (?:in)?to)|re-?biops\w{1,4})\b"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    phrase: Phrase
    name: Name
    score: float
    opinion: Opinion
    again: bool
    """Whether it is said where the disease has come back or turned into something else."""

    @property
    def vague(self) -> bool:
        """Whether the name says no more than "a tumour of this place"."""
        return self.name.core <= _VAGUE and not self.name.concept

    @property
    def final(self) -> bool:
        """Whether a cue of finality names the disease and its place: "the final diagnosis was a testicular tumour"."""
        return self.opinion.category == "final" and self.opinion.weight > CUED and bool(self.phrase.sites)

    @property
    def span(self) -> Span:
        return Span(self.phrase.start, self.phrase.end)


def by_name(reading: Reading, index: int) -> Iterator[Phrase]:
    """The names of diseases in sentence `index`."""
    listed = phrases(reading, index)
    named = [phrase for phrase in listed if not phrase.bare]
    yield from named
    yield from aberrations(reading, index, named)
    others = list(unlisted(reading, index, listed))
    yield from others
    yield from short_names(reading, index, [*listed, *others])


def candidates(
    reading: Reading, sentences: Sequence[int], names: Callable[[Reading, int], Iterator[Phrase]] = by_name
) -> Iterator[Candidate]:
    """Every disease in `sentences`, as `names` finds them, that the context does not deny, with its own score."""
    last = max(sentences, default=0) or 1
    guessed: Candidate | None = None
    topics = _topics(reading)
    spread = "metasta" in reading.lower
    telling = [i for i in sentences if reading.sentences[i].zone in _TELLS]
    opening = dict(zip(telling, _OPENING, strict=False))
    late = telling[-max(1, len(telling) // 6)] if len(telling) > _SHORT else last + 1
    for index in sentences:
        if not (reading.of("diagnoses", index) or reading.of("heads", index) or reading.of("opinions", index)):
            continue
        if guessed and (confirmed := _confirmed(reading, index)):
            sure = guessed.score - guessed.opinion.weight - _doubt(reading.modifiers(guessed.phrase.head)) + CONFIRMED
            yield replace(guessed, score=sure + _LATER * index / last, opinion=confirmed)
            guessed = None
        named = list(names(reading, index))
        again = bool(named) and _again(reading, index)
        then = of_the_past(reading, index)
        others = bool(named) and of_mother(reading, index)
        suspected: list[Candidate] = []
        for phrase in named:
            around = reading.modifiers(phrase.head)
            if _left_out(reading, phrase, around) or _antibody(reading, phrase):
                continue
            view = opinion(reading, phrase, named, spread)
            name = name_of(reading, phrase)
            if index >= late and _still_suspected(reading, view, around):
                view = replace(view, weight=_LAST_WORD, category="consistent")
                around = {c: m for c, m in around.items() if c != "uncertainty"}
            score = _prior(reading, phrase, name, spread) + _zone(reading, index, view) + view.weight
            score += _TOPIC * min(topics[name.concept], _MOST_TOPIC) if name.concept else 0.0
            if phrase.head.rule == SHORT and not topics:  # a paper has many short forms, an abstract one
                score += _REPEATED * min(reading.text.count(f" {phrase.head.label}"), _MOST_REPEATED)
            score += opening.get(index, 0.0) if view.category != "comorbid" else 0.0
            score += beside(reading, phrase, named, view.category)
            score += _IN_VAIN if then and not spread or others else 0.0
            score += _TREATED if not spread and treated_before(reading, phrase) else 0.0
            score += _doubt(around)
            if view.weight > CUED and reading.sentences[index].zone not in _ABOUT:
                score += _LATER * index / last
            candidate = Candidate(phrase, name, score, view, again)
            if view.category in _GUESSED:
                suspected.append(candidate)
            elif view.weight > CUED:  # "biopsy revealed X": from here on not the guess is what is confirmed
                guessed = None
            yield candidate
        if suspected:
            guessed = suspected[0] if len(suspected) == 1 else None


def _confirmed(reading: Reading, index: int) -> Opinion | None:
    """The final opinion of "the diagnosis was confirmed", which leaves out what it was."""
    sentence = reading.sentences[index]
    if not reading.holds(index, _CONFIRMED_STEMS):
        return None
    if not _CONFIRMED.search(reading.lower, sentence.start, sentence.end):
        return None
    cue = next((c for c in reading.of("opinions", index) if c.term.fields["category"] in _SETTLES), None)
    return Opinion(CONFIRMED, cue, "final")


def _zone(reading: Reading, index: int, view: Opinion) -> float:
    sentence = reading.sentences[index]
    weight = _ZONE.get(sentence.zone, 0.0)
    if sentence.zone in _ABOUT and view.weight > CUED and _OURS.search(reading.lower, sentence.start, sentence.end):
        weight += _OWN_CASE
    return weight


def _topics(reading: Reading) -> Counter[str]:
    """How often the general parts of a paper name each disease."""
    general = [i for i, sentence in enumerate(reading.sentences) if sentence.zone in _ABOUT]
    return Counter(mention.label for index in general for mention in reading.of("diagnoses", index))


def _prior(reading: Reading, phrase: Phrase, name: Name, spread: bool) -> float:
    """What the name alone says: a histology is rather the diagnosis than "a tumour" or an anaemia."""
    prior = _BASE[phrase.head.kind if phrase.head.kind in _BASE else phrase.head.term.fields["category"]]
    if phrase.head.rule == ABERRATION:
        prior = _EXPLAINS
    if phrase.head.term.fields.get("group") == "neoplasm":
        prior += _NEOPLASM
    if name.core <= _VAGUE:
        prior -= 1.5
    elif phrase.metastatic or spread and phrase.head.term.fields.get("behaviour") == "malignant":
        prior += _SPREADS
    if _of_drug(reading, phrase):
        prior += _OF_DRUG
    if any(word in name.label for word in ("carcinomatosis", "metasta", "seeding")):
        prior -= 9.0
    if phrase.head.label.lower() in modifiers_of(reading.vocabulary, "accompanying"):
        prior += _ACCOMPANIES
    return prior


_VAGUE = frozenset(
    "tumour malignancy disease disorder deformity neoplasia mass lesion infection neoplastic malignant benign "
    "solid cystic skeletal systemic"
    " medical active underlying memory mental psychiatric psychologic psychological".split()
)


def _left_out(reading: Reading, phrase: Phrase, around: dict[str, Modifier]) -> bool:
    """Whether the context denies the disease or gives it to a relative."""
    if not any(category in around for category in _LEAVES_OUT) or of_causes(reading, phrase):
        return False
    return "family" in around or not _beyond(reading, around["negation"].cue.end, phrase)


def _beyond(reading: Reading, denied: int, phrase: Phrase) -> bool:
    """Whether a new clause begins behind the denial: "without hypertension, ⟨a diagnosis of⟩ Gitelman syndrome"."""
    return any(
        cue.term.fields["category"] in _OPENS_CLAUSE
        and denied < cue.start
        and cue.end <= phrase.start
        and _NEW_CLAUSE.search(reading.lower, denied, cue.start)
        for cue in reading.of("opinions", phrase.sentence)
    )


def _antibody(reading: Reading, phrase: Phrase) -> bool:
    """Whether the word names what an antibody binds: "anti-⟨insulinoma⟩"."""
    if phrase.head.kind == "unlisted" and reading.lower.startswith("anti-", phrase.start):
        return True
    return reading.lower.endswith(("anti-", "anti "), 0, phrase.head.start)


def _doubt(around: Iterable[str]) -> float:
    """What the context takes from a name that it doubts, or puts into the past."""
    return sum(_CONTEXT.get(category, 0.0) for category in around)


def _of_drug(reading: Reading, phrase: Phrase) -> bool:
    """Whether the name says that a drug or a treatment brought the disease about."""
    if phrase.start == phrase.head.start or phrase.head.term.fields.get("group") == "neoplasm":
        return False
    before = reading.lower[phrase.start : phrase.head.start]
    if "-induced" in before or " induced " in before:
        return True
    return any(phrase.start <= a.start < phrase.head.start for a in reading.of("agents", phrase.sentence))


def _still_suspected(reading: Reading, view: Opinion, around: dict[str, Modifier]) -> bool:
    """Whether a suspicion is all that is said of the disease: "he was ⟨suspected⟩ to have …"."""
    if view.cue is None:
        return "uncertainty" in around
    return view.category == "first" and bool(_SUSPECTS.search(reading.lower, view.cue.start, view.cue.end))


def _again(reading: Reading, index: int) -> bool:
    before = max(0, index - 1)
    if reading.sentences[before].paragraph != reading.sentences[index].paragraph:
        before = index
    if not (reading.holds(index, _AGAIN_STEMS) or before != index and reading.holds(before, _AGAIN_STEMS)):
        return False
    return bool(_AGAIN.search(reading.lower, reading.sentences[before].start, reading.sentences[index].end))
