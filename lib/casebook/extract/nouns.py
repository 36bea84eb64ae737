"""Nouns for persons, and the plain words that may stand before one."""

import re
from collections.abc import Iterator

MALE = frozenset("man men male males boy gentleman".split())
FEMALE = frozenset("woman women female females girl lady primigravida multigravida primipara multipara nullipara"
                   " primiparous multiparous"
                   " nulliparous gravida nullipara housewife parturient".split())
NEUTRAL = frozenset("patient child infant baby toddler newborn neonate adolescent teenager adult person individual"
                    " case subject student"
                    " worker proband schoolchild youth smoker farmer caucasian hispanic american african fetus foetus"
                    " survivor victim"
                    " athlete player volunteer driver soldier nurse physician resident native immigrant".split())
FAMILY = frozenset("mother father parents parent brother sister son daughter sibling siblings uncle aunt cousin"
                   " grandmother grandfather"
                   " wife husband spouse grandson granddaughter nephew niece relative relatives donor twin".split())
"""Nouns that make the person a relative when a possessive stands before them."""

PERSONS = MALE | FEMALE | NEUTRAL
_STOP = frozenset("who whose which that with without of the a an presented presenting presents was were is are had"
                  " has have admitted referred"
                  " diagnosed by for from to and in on at after before during when while came visited consulted"
                  " complaining"
                  " suffering developed underwent showed died".split())
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|G\d{1,2}P\d{1,4}|\d{1,2}(?=\s)")
_GRAVIDA = re.compile(r"G\d{1,2}P\d{1,4}")


def plain_words(text: str, at: int, most: int) -> Iterator[re.Match[str]]:
    """Up to `most` words from `at`, only blanks, commas and brackets between them, up to a verb or preposition."""
    for _ in range(most):
        hit = _WORD.search(text, at, at + 40)
        if hit is None or text[at:hit.start()].strip(" -,()/\xa0\t") or hit[0].lower() in _STOP:
            return
        yield hit
        at = hit.end()


def sex_of(word: str) -> str | None:
    """male or female where the noun says so."""
    if _GRAVIDA.fullmatch(word):
        return "female"
    last = word.lower().split("-")[-1]
    return "male" if last in MALE else "female" if last in FEMALE else None
