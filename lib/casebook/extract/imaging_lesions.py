"""Places with what of the disease is there, and the lesions that "the mass", "these lesions" or "it" mean."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from casebook.extract.reading import Reading
from casebook.text.span import Span

_ANAPHOR = re.compile(
    r"\b(?P<det>the|this|these|those|both|its|all the)\s(?P<words>(?:[\w-]+\s){0,3}?)"
    r"(?P<noun>mass|lesion|tumou?r|nodule|cyst|lump|growth|neoplasm|focus|foci|deposit|thrombus|aneurysm|abscess"
    r"|collection)"
    r"(?P<many>es|s)?\b"
)
_FAR = 300  # characters after which a lesion is no longer meant
_OF = re.compile(r"\s(?:signal\s|intensity\s)?(?:of|in|within)\s")
_PRIMARY = re.compile(r"\bprimary\b", re.IGNORECASE)
_ROLES = (
    (
        "metastasis",
        re.compile(r"(?<!no )(?<!any )(?<!of )\bmetast\w+|\bsecondar(?:y|ies) deposits?\b|\bdrop lesions?\b"),
    ),
    ("recurrence", re.compile(r"\b(?:recurren\w+|relaps\w+|regrowth)\b")),
    ("primary", re.compile(r"\bprimary (?:tumou?r|mass|lesion|site)\b")),
)
_ROLE_WORDS = ("metast", "secondar", "drop lesion", "recurren", "relaps", "regrowth", "primary ")
_MANY = re.compile(r"\b(?:multiple|several)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A site and what of the disease is there, with the words that say so; `role` may be empty."""

    site: str
    span: Span
    rule: str
    role: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Anaphor:
    """Words that take up a lesion: whether they are definite, mean several, and say that it is the primary."""

    start: int
    end: int
    definite: bool
    many: bool
    primary: bool


@dataclass(slots=True)
class Lesions:
    """Lesions in the order in which the text spoke of them; the last is what "the mass" means."""

    spoken: list[tuple[Place, bool]] = field(default_factory=list)

    def speak(self, place: Place, many: bool) -> None:
        self.spoken.append((place, many))

    @property
    def last(self) -> Place | None:
        return self.spoken[-1][0] if self.spoken else None

    def meant(self, many: bool) -> Place | None:
        """The last lesion, of the same number if there is one."""
        return next((place for place, several in reversed(self.spoken) if several == many), self.last)

    def of_role(self, role: str) -> list[Place]:
        return [place for place, _ in self.spoken if place.role == role]

    def role_at(self, site: str) -> str:
        """What the text last said to be at `site`."""
        return next((place.role for place, _ in reversed(self.spoken) if place.site == site and place.role), "")


def taken_up(lower: str, start: int, end: int) -> Anaphor | None:
    """The last words in lower[start:end] that take up a lesion; a sentence's opening "it" if there are none."""
    found = list(_ANAPHOR.finditer(lower, max(start, end - _FAR), end))
    if found:
        return _read(found[-1])
    opening = lower[start : start + 5]
    if opening.startswith(("it ", "they ")):
        return Anaphor(start, start + 4, False, opening.startswith("they"), False)
    return None


def belongs_to(lower: str, end: int) -> Anaphor | None:
    """ "hypointensity of these lesions": the lesions that a finding which ends at `end` belongs to."""
    of = _OF.match(lower, end)
    hit = _ANAPHOR.match(lower, of.end()) if of else None
    return _read(hit) if hit else None


def _read(hit: re.Match[str]) -> Anaphor:
    definite = hit["det"] in ("the", "these", "those")
    many = bool(hit["many"]) or hit["noun"] == "foci"
    return Anaphor(hit.start(), hit.end(), definite, many, bool(_PRIMARY.search(hit["words"])))


def stated_role(lower: str) -> str:
    """The role that the words around a finding state, given in lower case; empty if none."""
    if not any(stem in lower for stem in _ROLE_WORDS):
        return ""
    return next((role for role, pattern in _ROLES if pattern.search(lower)), "")


def plural(words: str) -> bool:
    return words.endswith(("s", "S")) or bool(_MANY.search(words))


def level_of(reading: Reading, site: str) -> tuple[str, str]:
    """A numbered vertebra as its region, and its number ("T11 vertebra": "thoracic vertebra", "T11")."""
    head = site.split(" ", 1)[0]
    term = reading.vocabulary.term("sites", site) if head[0].isupper() and head[1:].isdigit() else None
    return (term.fields["parent"], head) if term and term.fields["parent"] else (site, "")


def known_roles(sites: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """site -> the roles that the table of sites gives it, in reading order."""
    out: dict[str, list[str]] = {}
    for site, role in sites:
        if role and role not in out.setdefault(site, []):
            out[site].append(role)
    return out
