"""The noun phrase around a disease word: which modifiers belong to its name, where it says the disease is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook.asked import derived
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.vocabulary import Vocabulary

_WORD = re.compile(r"\S+")
_LOOK = 90
_MOST_WORDS = 6
_CLOSES = (",", ";", ":", ".", ")", "]", "?")
_COMPOUND = re.compile(
    r"\w+-(?:induced|related|associated|positive|negative|mutant|type|secreting|producing|derived|dependent|specific|deficient)"
)
_MODIFIER = re.compile(  # "21-hydroxylase", "5α-R2"; no measure ("3-cm", "2-year")
    r"[^\W\d_][\w'’/.-]*|\d{1,2}[pq]\d[\w.]{0,8}|\d[A-Z]|\d[\w,]{0,4}-(?!(?:year|month|week|day|hour|min|cm|mm|kg|mg|fold|stage|vessel|level|point))"
    r"[^\W\d_][\w'’-]*"
)
_ASIDE = re.compile(r"\s\([A-Z][A-Za-z0-9-]{1,8}\)\s\Z")
_INFLECTED = re.compile(r"[^\W\d_]+(?:ed|ing|ly)")
_ROMAN = re.compile(r"[ivx]+[abc]?\d?")
_PLACE = re.compile(
    r"\s*(?:\([^()]{1,30}\)\s*)?,?\s*(?:(?:which|that)\s)?(?:(?:was|were|is)\s)?"
    r"(?:located|localized|localised|situated|found|arising|originating|originated|developing|confined|"
    r"encountered|discovered|identified|seen|noted|detected|involving|affecting|occupying|of|in|from|at|within|"
    r"on|inside|behind|over|along|near|through)\s"
    r"(?:(?:in|on|at|to|from|within|of|behind|inside)\s)?"
)
_GAP = re.compile(r"(?:[^\W\d_][\w'’]*[\s-]+){0,5}")
_NOT_IN_GAP = frozenset("and or with to by was were is which that patient man woman age".split())
_OF_GAP = re.compile(
    r"\s+(?:of|in)\s+(?:(?:the|a|an|his|her|both|left|right|distal|proximal|lower|upper|anterior|posterior)\s+){0,3}"
)
_DESIGNATION = re.compile(
    r"\s(?:type|variant|class)\s(?:[IVX]{1,4}|[0-9]{1,2})\s?[a-cA-C]?(?![\w-])|(?<=somy)\s[0-9X][\w.;-]{0,12}|"
    r"(?<=deletion)\s(?:at\s|of\s|in\s)?(?:chromosome\s)?[0-9X]{1,2}[pq][\w.-]{0,12}"
)
_PREFIX = re.compile(r"\b(?:anti|co|re|non|pre|post)-\Z")
_GENUS = re.compile(r"\b[A-Z][a-z]{0,2}\.\s?\Z")
_SPECIES = re.compile(r"[a-z]{3,}(?:us|um|ae|ii|i|is|e|a|ans|ens|es|ier|or)(?=[\s-])")
_HYPHENED = re.compile(r"(?<![\w-])(?!(?:anti|non|post|pre|co)-)[^\W\d_]{2,14}-\Z", re.IGNORECASE)
_WIDE_OF = re.compile(
    r"(?:(?:adeno|squamous cell |squamous )?carcinoma|adenoma|cancer|tumou?r|neoplasm|malignancy|lymphoma|sarcoma)"
    r" (?:of|in) "
)
"""A name that opens with a wide word: "a mixed ductal-acinar ⟨carcinoma of the pancreas⟩"."""
_INVADES = ("invasive ", "infiltrating ", "infiltrative ")
_NEXT_WORD = re.compile(r"\s([a-z]+)")
SIDES = {side: side for side in ("left", "right", "bilateral", "midline")}
SIDES |= {"both": "bilateral", "bilaterally": "bilateral"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A disease name as written: view [start, end) with its modifiers, and the site mentions bound to it."""

    start: int
    end: int
    head: Mention
    sentence: int
    sites: tuple[Mention, ...]
    metastatic: bool

    empty: bool = False
    """Whether the words before the head tell nothing of the kind ("acute", "complete")."""

    @property
    def bare(self) -> bool:
        """Whether a wide word stands alone ("the tumour", "a complete obstruction"), naming no disease."""
        alone = self.empty or self.start == self.head.start
        return self.head.kind == "heads" and alone and self.end == self.head.end


@derived
def modifiers_of(vocabulary: Vocabulary, category: str) -> frozenset[str]:
    """The words of modifiers.csv in `category`, lower case."""
    return frozenset(
        word.lower()
        for term in vocabulary.terms.values()
        if term.kind == "modifiers" and term.fields["category"] == category
        for word in term.fields["surfaces"].split("|")
    )


def phrases(reading: Reading, index: int) -> list[Phrase]:
    """Every disease name of sentence `index` in reading order; a longer one holds the shorter."""
    known: dict[int, list[Phrase]] = reading.kept.setdefault("phrases", {})
    if index not in known:
        known[index] = _phrases(reading, index)
    return known[index]


def _phrases(reading: Reading, index: int) -> list[Phrase]:
    out: list[Phrase] = []
    named = reading.of("diagnoses", index)
    for head in sorted((*named, *_heads(reading, index, named)), key=lambda mention: mention.start):
        if _prefixed(reading, head.start):
            continue
        phrase = expand(reading, index, head)
        if (
            out and phrase.start - out[-1].end == 1 and reading.text[out[-1].end] == " "
        ):  # "ectopic thyroid" + "adenoma"
            before = out.pop()
            sites = (*before.sites, *phrase.sites)
            phrase = Phrase(before.start, phrase.end, phrase.head, index, sites, before.metastatic)
        if out and phrase.start < out[-1].end:
            if phrase.end > out[-1].end:  # "brown tumour" + "of hyperparathyroidism": one name
                out[-1] = Phrase(
                    out[-1].start, phrase.end, out[-1].head, index, (*out[-1].sites, *phrase.sites), out[-1].metastatic
                )
            continue
        out.append(phrase)
    return out


def _heads(reading: Reading, index: int, named: Sequence[Mention]) -> Iterator[Mention]:
    for head in reading.of("heads", index):
        if head.term.fields["category"] != "lesion" and not any(
            n.start < head.end and head.start < n.end for n in named
        ):
            yield head


def _prefixed(reading: Reading, start: int) -> bool:
    """Whether a prefix makes something else of the word at `start`: "anti-tuberculosis", "post-infection"."""
    if reading.text[start - 1 : start] == "-":
        return bool(_PREFIX.search(reading.lower, max(0, start - 5), start))
    return reading.lower.startswith("anti ", start - 5)


def expand(reading: Reading, index: int, head: Mention) -> Phrase:
    """`head` with the modifiers that belong to the name."""
    wide = head.label in WIDE or bool(_WIDE_OF.match(reading.lower, head.start, head.end))
    open_name = wide or needs_modifiers(head)
    start = _leftmost(reading, index, head, open_name)
    if wide and head.kind == "diagnoses" and reading.lower[start : head.start] in _INVADES:
        start = head.start  # "an invasive adenocarcinoma": no kind of it
    end = head.end
    sites = [site for site in reading.of("sites", index) if start <= site.start and site.end <= end]
    left, metastatic = _bound_before(reading, index, start)
    if open_name and (of := _OF_GAP.match(reading.text, end)) and (_tumour(head) and not metastatic or " of " in of[0]):
        follow = next((s for s in reading.of("sites", index) if s.start == of.end()), None)
        if follow and (stop := _noun_end(reading, follow)):
            end = stop
            sites.append(follow)
    if designation := _DESIGNATION.match(reading.text, end):
        end = designation.end()
    if "metastas" in reading.lower[head.start : head.end]:
        metastatic = True
    elif reading.lower.startswith("metasta", start):
        start = reading.lower.index(" ", start) + 1
        metastatic = True
    sites += left
    if reading.text[start - 1 : start] == "-" and (word := _HYPHENED.search(reading.text, max(0, start - 16), start)):
        start = word.start()  # "recto-sigmoid cancer", "peri-orbital foreign body"
    if (
        start < head.start
        and (genus := _GENUS.search(reading.text, max(0, start - 6), start))
        and _SPECIES.match(reading.text, start)
    ):
        start = genus.start()  # "P. falciparum infection"
    if (right := place_after(reading, index, end)) is not None:
        sites.append(right)
    empty = modifiers_of(reading.vocabulary, "empty").issuperset(reading.lower[start : head.start].split())
    return Phrase(start, end, head, index, tuple(sites), metastatic, empty)


def _noun_end(reading: Reading, site: Mention) -> int:
    """Where the noun of a place ends: of an adjective after its noun ("of intestinal ⟨wall⟩"), 0 if it has none."""
    if reading.lower[site.start : site.end] not in site.term.fields["adjectives"].lower().split("|"):
        return site.end
    word = _NEXT_WORD.match(reading.text, site.end)
    return word.end() if word and word[1] not in modifiers_of(reading.vocabulary, "left out") else 0


def needs_modifiers(head: Mention) -> bool:
    """Whether the word alone is too wide to name a disease ("abscess", "carcinoma")."""
    return head.kind == "heads" or head.term.fields.get("group") != "neoplasm" or head.label in WIDE


WIDE = frozenset("adenocarcinoma adenoma hamartoma angioma carcinoma cancer tumour sarcoma lymphoma".split()) | {
    "squamous cell carcinoma",
    "tubular adenocarcinoma",
    "papillary adenocarcinoma",
    "mucinous adenocarcinoma",
}


def _leftmost(reading: Reading, index: int, head: Mention, open_name: bool) -> int:
    """Where the name begins: with kept modifiers, and for an open name with any that is not left out."""
    kept, out = modifiers_of(reading.vocabulary, "kept"), modifiers_of(reading.vocabulary, "left out")
    low = max(reading.sentences[index].start, head.start - _LOOK)
    part = reading.text[low : head.start]
    part = _ASIDE.sub("", part) if open_name else part  # "astrovirus ⟨(AstV)⟩ infection"
    if not part or part.rstrip().endswith(_CLOSES):
        return head.start
    words = list(_WORD.finditer(part))[-_MOST_WORDS:]
    sites = {site.end: site.start for site in reading.of("sites", index) if low <= site.start < head.start}
    start, position = head.start, len(words) - 1
    while position >= 0:
        if open_name and (site := sites.get(low + words[position].end())) is not None:  # "soft tissue ⟨tumour⟩"
            start = site
            position -= 1
            while position >= 0 and low + words[position].start() >= site:
                position -= 1
            if position >= 0 and low + words[position].end() > site:  # "recto-⟨sigmoid⟩": the whole word
                start = low + words[position].start()
                position -= 1
            continue
        raw = words[position][0]
        word = raw.lower().strip("\"'“”‘’")
        if (
            raw.endswith(_CLOSES)
            or raw.startswith("(")
            or (low > reading.sentences[index].start and words[position].start() == 0)
        ):
            break
        two = f"{words[position - 1][0].lower()} {word}" if position else ""
        if two in kept:
            position -= 1
        elif two and word.startswith("virus-"):  # "Epstein-Barr virus-associated", "hepatitis B virus-related"
            position -= 2 if len(words[position - 1][0]) == 1 and position > 1 else 1
        elif position and word in _JOINS and not _tumour(head) and _joined(words[position - 1][0], out):
            position -= 1
        elif word in out or word not in kept and not _COMPOUND.fullmatch(word) and not (open_name and _opens(word)):
            break
        start = low + words[position].start()
        position -= 1
    return start


_JOINS = frozenset(("related", "induced", "associated"))  # "warfarin related ⟨nephropathy⟩"


def _tumour(head: Mention) -> bool:
    return head.term.fields.get("group") == "neoplasm" or head.term.fields.get("category") == "tumour"


def _joined(before: str, out: frozenset[str]) -> bool:
    """Whether the word `before` "related" says what the disease is related to."""
    lower = before.lower()
    return lower not in out and not before.endswith(_CLOSES) and not _INFLECTED.fullmatch(lower) and _opens(lower)


def _opens(word: str) -> bool:
    return (
        len(word) > 1
        and not _ROMAN.fullmatch(word)
        and bool(_MODIFIER.fullmatch(word))
        and ("-" in word or not _INFLECTED.fullmatch(word))
    )


def _bound_before(reading: Reading, index: int, start: int) -> tuple[list[Mention], bool]:
    """Site words among the adjectives right before the name, and whether it is called metastatic."""
    low = max(reading.sentences[index].start, start - _LOOK)
    sites = {site.end: site for site in reading.of("sites", index) if low <= site.start and site.end <= start}
    found: list[Mention] = []
    metastatic, kept = False, modifiers_of(reading.vocabulary, "kept")
    words = list(_WORD.finditer(reading.text[low:start]))[-_MOST_WORDS:]
    stop = start
    for word in reversed(words):
        end = low + word.end()
        if end > stop:
            continue
        lower = word[0].lower()
        if (site := sites.get(end)) is not None:
            found.append(site)
            stop = site.start
        elif lower.startswith("metasta"):
            metastatic = True
        elif lower not in SIDES and lower not in _ADJECTIVES and lower not in kept:
            break
    return found, metastatic


_ADJECTIVES = frozenset(
    "rare large huge massive small typical primary recurrent solitary single multiple giant known metastatic advanced "
    "locally residual symptomatic severe aggressive isolated synchronous progressive left right bilateral unilateral "
    "relapsing sided ridge region area wing wall lobe left-sided right-sided malignant benign painful painless "
    "palpable".split()
)


def place_after(reading: Reading, index: int, end: int) -> Mention | None:
    """The site of "… of the left lobe of the liver", "… located in the pelvis", right after view offset `end`."""
    place = _PLACE.match(reading.text, end, min(reading.sentences[index].end, end + _LOOK))
    if not place or place.end() == end:
        return None
    for site in reading.of("sites", index):
        if site.start >= place.end():
            gap = reading.text[place.end() : site.start]
            clean = not gap or (_GAP.fullmatch(gap) and not _NOT_IN_GAP.intersection(gap.lower().split()))
            return site if clean else None
    return None
