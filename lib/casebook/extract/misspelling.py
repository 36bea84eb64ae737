"""Drugs whose names are slightly misspelt ("temozolamide") or run into the next word, never an English word."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from casebook.asked import derived
from casebook.extract.matcher import PLACE, Mention
from casebook.vocabulary import Term, Vocabulary

_ENDINGS = tuple(
    (
        "mab nib platin platine lomide lamide domide cillin cilin mycin micin azole izole ovir avir statin pril"
        " sartan olol oxacin taxel rubicin parin bicine tidine phylline poside tecan citabine trexate uracil"
        " ristine blastine relbine dronate dronic setron pamil dipine zepam zolam azine triptan gliptin glitazone"
        " formin limus tinib ciclib zomib rafenib solone sone nisone sonide lukast oxetine apine idone peridol"
        " barbital racetam gabalin butol cycline floxacin penem fungin tericin quine thromycin xaban prazole"
        " profen caine platinum"
    ).split()
)
_DOSE = re.compile(r"\b([a-z]{8,20}) (?:\([a-z ]{1,20}\) )?\d+(?:\.\d+)? ?(?:mg|mcg|µg|g/day|g/d|iu)\b")
_RUN_ON = ("and", "was", "were", "with", "therapy", "for", "treatment")  # "gemcitabineand cisplatin"
_SHORTEST = 8
_LONG = 11  # from here on two edits are more likely a slip than another name
_LONGEST = 24


def misspelt(lower: str, mentions: Sequence[Mention], vocabulary: Vocabulary) -> list[Mention]:
    """`mentions` with those of misspelt agents; `lower` is the text in lower case."""
    taken = None
    extra = []
    for start, word, most in _candidates(lower):
        if taken is None:
            taken = {mention.start for mention in mentions}
        if start in taken:
            continue
        term = _nearest(vocabulary, word, most)
        if term is not None:
            extra.append(Mention(start, start + len(word), term))
    if not extra:
        return list(mentions)
    return sorted([*mentions, *extra], key=PLACE)


def _candidates(lower: str) -> list[tuple[int, str, int]]:
    """(start, word, edits allowed) of what looks like a drug's name: by its ending, or before a dose."""
    out = []
    at = 0
    for piece in lower.split():
        if len(piece) >= _SHORTEST and (found := _candidate(piece)):
            word, name, edits = found
            at = lower.index(word, at)
            out.append((at, name, edits))
    if "mg" in lower or "g/d" in lower:
        out += ((hit.start(1), hit[1], 1) for hit in _DOSE.finditer(lower) if not hit[1].endswith(_ENDINGS))
    return out


@lru_cache(maxsize=50_000)
def _candidate(piece: str) -> tuple[str, str, int] | None:
    """The word in `piece` of a text, the name in it, and the edits allowed, if it ends as drugs do."""
    word = piece.strip(".,;:()[]\"'“”")
    if len(word) > _LONGEST or not word.isalpha():
        return None
    if word.endswith(_ENDINGS) and len(word) >= _SHORTEST:
        return word, word, 2 if len(word) >= _LONG else 1
    for tail in _RUN_ON:
        if word.endswith(tail):
            name = word.removesuffix(tail)
            return (word, name, 0) if len(name) >= _SHORTEST and name.endswith(_ENDINGS) else None
    return None


@derived
def _nearest(vocabulary: Vocabulary, word: str, most: int) -> Term | None:
    """The agent within `most` edits of `word` that begins alike; None if there is none, or if `word` is one itself."""
    names = _names(vocabulary)
    near = names.get(word[0], {})
    if most == 0:
        return near.get(word)
    if word in near or any(word.removesuffix(tail) in near for tail in ("s", "e")):
        return None
    best = process.extractOne(word, near.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=most)
    return near[best[0]] if best else None


@derived
def _names(vocabulary: Vocabulary) -> dict[str, dict[str, Term]]:
    """First letter -> single-word names of agents, long enough to be misspelt."""
    out: dict[str, dict[str, Term]] = {}
    for surface, entries in vocabulary.surfaces.items():
        if " " not in surface and len(surface) >= _SHORTEST - 1:
            for term, exact in entries:
                if term.kind == "agents" and not exact:
                    out.setdefault(surface[0], {}).setdefault(surface, term)
    return out
