"""Which of the diseases that a report names is the patient's principal one, in its final opinion."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from casebook.extract.diagnosis_rank import CUED, Candidate
from casebook.extract.disease_name import Name, alike, covers, kin
from casebook.extract.phrase import modifiers_of
from casebook.vocabulary import Vocabulary

_OVERTURNS = 3.0  # from this weight on an opinion overturns a first guess
_STANDS = 1.5  # what a first guess that nothing overturns gets, beside what its cue took
_LIST = 3  # so many guesses at once are what might be thought of
_LEAST = -1.0
_LAST_RESORT = -5.5  # where a report names no likelier disease
_SPECIFIC = 0.7  # for each word of a narrower name
_NARROWER_MAY_LACK = 4.0
_PLAIN = 4.0  # what a name has that the story tells as a fact
_EACH_MORE = 0.7
_MOST_COUNTED = 4
_MOST_CONSIDERED = 200
_ANY = frozenset(("tumour", "neoplasm", "neoplasia", "malignancy"))  # as a last word these make no two tumours kin


def strongest(found: Sequence[Candidate]) -> list[Candidate]:
    """The best of `found` in reading order: a report that names hundreds of diseases is about few."""
    if len(found) <= _MOST_CONSIDERED:
        return list(found)
    best = sorted(found, key=lambda c: -c.score)[:_MOST_CONSIDERED]
    return sorted(best, key=lambda c: c.phrase.start)


def principal(vocabulary: Vocabulary, found: Sequence[Candidate]) -> Candidate | None:
    """The best supported disease as it first was, under its most specific name that is well supported."""
    found = _weighed(found)
    if not found:
        return None
    named = [c for c in found if c.score > 0 and (not c.vague or c.final)] or found
    counts = Counter(c.name for c in found if c.score > 0)
    support = {name: _support(vocabulary, name, counts) for name in {c.name for c in named}}
    best = max(named, key=lambda c: (c.score + support[c.name], c.score, -c.phrase.start))
    if best.again:
        best = _first_form(vocabulary, best, found)
    pick = _narrowest(vocabulary, best, found)
    if not pick.phrase.metastatic:
        return pick
    primary = [c for c in found if not c.phrase.metastatic and not c.vague]
    same = [c for c in primary if c.name.core == pick.name.core and c.opinion.weight >= CUED]
    if earlier := [c for c in same if c.phrase.start < pick.phrase.start]:
        return earlier[0]
    narrower = [
        c
        for c in primary
        if c.score > 0 and covers(vocabulary, pick.name, c.name) and alike(vocabulary, pick.name, c.name)
    ]
    return max(narrower, key=lambda c: (c.score, -c.phrase.start), default=pick)


def _weighed(found: Sequence[Candidate]) -> list[Candidate]:
    """`found` without the unlikely; what is first said after a return of the disease is so wherever it is said."""
    if not any(_overturns(c, found) for c in found):  # a first guess that no later opinion overturns stands
        guesses = Counter(c.phrase.sentence for c in found if c.opinion.category == "first")
        found = [
            replace(c, score=c.score - c.opinion.weight + _STANDS)
            if c.opinion.category == "first" and guesses[c.phrase.sentence] < _LIST
            else c
            for c in found
        ]
    again: dict[frozenset[str], bool] = {}
    for c in sorted(found, key=lambda c: c.phrase.start):
        again.setdefault(c.name.core, c.again)
    likely = [c for c in found if c.score > _LEAST]
    likely = likely or [c for c in found if c.score > _LAST_RESORT and c.opinion.category != "first"]
    return [replace(c, again=again[c.name.core]) for c in likely]


def _overturns(candidate: Candidate, found: Sequence[Candidate]) -> bool:
    """Whether `candidate` is said with weight, or seen as a tumour where only other things were guessed before."""
    if candidate.opinion.weight >= _OVERTURNS:
        return True
    tumour = candidate.phrase.head.term.fields.get("group") == "neoplasm" and candidate.opinion.category == "seen"
    return tumour and not any(
        c.opinion.category == "first" and c.phrase.head.term.fields.get("group") == "neoplasm" for c in found
    )


def _support(vocabulary: Vocabulary, name: Name, counts: Counter[Name]) -> float:
    """What the other mentions of the same disease add to one."""
    more = sum(count for other, count in counts.items() if alike(vocabulary, other, name)) - 1
    return _EACH_MORE * min(max(more, 0), _MOST_COUNTED)


def _first_form(vocabulary: Vocabulary, best: Candidate, found: Sequence[Candidate]) -> Candidate:
    """What the disease was before it came back as `best`."""
    wide = {c.name for c in found if not c.vague and c.name.head not in _ANY}
    earlier = [c for c in found if not c.again and not c.vague and c.opinion.weight >= 0]
    first = [
        c
        for c in earlier
        if c.phrase.start < best.phrase.start
        and kin(vocabulary, c.name, best.name, wide)
        and not covers(vocabulary, c.name, best.name)
    ]
    return max(first, key=lambda c: c.score, default=best)


def _narrowest(vocabulary: Vocabulary, best: Candidate, found: Sequence[Candidate]) -> Candidate:
    """The mention with the most specific name of the same disease that is not much worse supported."""
    plain = {id(c) for c in found if _told_plainly(vocabulary, c, best, found)}
    narrower = [
        c
        for c in found
        if (c.score >= best.score - _NARROWER_MAY_LACK or id(c) in plain)
        and (best.name.core <= c.name.core or covers(vocabulary, best.name, c.name))
        and (best.again or not c.again or c.name.core == best.name.core)
        and alike(vocabulary, best.name, c.name)
    ]
    names = {c.name for c in narrower}
    wide = {n for n in names if any(covers(vocabulary, n, o) and not covers(vocabulary, o, n) for o in names)}
    narrower = [c for c in narrower if c.name not in wide]
    narrower = [c for c in narrower if id(c) in plain] or narrower
    return max(narrower, key=lambda c: (c.score + _SPECIFIC * len(c.name.core), -c.phrase.start), default=best)


def _says_more(vocabulary: Vocabulary, narrow: Candidate, wide: Candidate) -> bool:
    """Whether `narrow` has all the words of `wide` and others that tell of the kind."""
    own, fewer = (frozenset(c.name.label.lower().replace("-", " ").split()) for c in (narrow, wide))
    return wide.name.core < narrow.name.core and fewer < own and not own - fewer <= modifiers_of(vocabulary, "empty")


def _told_plainly(vocabulary: Vocabulary, narrower: Candidate, best: Candidate, found: Sequence[Candidate]) -> bool:
    """Whether the story calls the disease so as a fact, and no other mention by a name that says otherwise.

    A title or a later histology of the metastasis is content with "ependymoma" for "a myxopapillary ependymoma".
    """
    if narrower.score < _PLAIN or not _says_more(vocabulary, narrower, best):
        return False
    rivals = (c.name.core for c in found if c.score > 0 and c.name.core > best.name.core)
    return all(core <= narrower.name.core or narrower.name.core <= core for core in rivals)


def in_other_words(vocabulary: Vocabulary, chosen: Candidate, found: Sequence[Candidate]) -> Candidate | None:
    """A mention that calls the same disease by the vocabulary's own label, where `chosen` uses a synonym of it."""
    if not chosen.name.concept or chosen.name.label == chosen.name.concept:
        return None
    same = (c for c in found if c.name.label == c.name.concept == chosen.name.concept and not c.name.acronym)
    return next((c for c in same if not _says_more(vocabulary, chosen, c)), None)


def in_full(chosen: Candidate, found: Sequence[Candidate]) -> Candidate | None:
    """A mention that spells out, as this report does, the acronym by which `chosen` calls the disease."""
    if not chosen.name.acronym or not chosen.name.concept:
        return None
    first, last = chosen.name.acronym[0].lower(), chosen.name.acronym.removesuffix("s")[-1].lower()
    same = [c for c in found if c.name.concept == chosen.name.concept and not c.name.acronym]
    same = [c for c in same if len(c.name.label.split()) > 1]
    spelt = next((c for c in same if c.name.label[0].lower() == first), None)
    return spelt or next((c for c in same if c.name.label.lower().split()[-1][0] == last), None)
