"""The findings that a sentence states, with status, description and measure, whichever study showed them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from casebook.extract.finding import Cell
from casebook.extract.matcher import Mention
from casebook.extract.measures import Measure, measures
from casebook.extract.reading import Reading
from casebook.text.span import Span
from casebook.vocabulary import Term

_STEM = re.compile(r"(?:iso|hypo|hyper)(?P<stem>intense|dense|echoic)$")
_PREFIX = re.compile(r"(?<![a-z])(?P<prefix>iso|hypo|hyper)(?P<rest>intense|dense|echoic|-intense)?\s?-?\s?(?:/|to|and|or|&|,)\s?-?\s?$", re.IGNORECASE)
_REMOVED = re.compile(
    r"\b(?:complete|total|gross[ -]total|macroscopic(?:ally)? complete|radical|near[ -]complete)\s(?:surgical\s|tumou?r\s)?(?:resection|removal|excision|extirpation|ablation)\b"
    r"(?:\sof\s(?:the\s)?(?:\w+\s){0,2}(?:tumou?r|mass|lesion|metastas[ei]s|\w+oma))?"
    r"|\b(?:tumou?r|mass|lesion|metastas[ei]s|\w+oma)\s(?:was|were|had been|has been)\s(?:completely|totally|entirely|radically)\s(?:resected|removed|excised)\b", re.IGNORECASE)
_AFTER_SURGERY = re.compile(r"\bpost-?\s?(?:operative|surgical)|\bafter (?:the )?(?:\w+ )?(?:operation|surgery|resection|excision|craniotomy)|\bfollow-?up\b|\bcontrol\b", re.IGNORECASE)
_NEGATION_ENDS = re.compile(r"\b(?:was|were|is|are)\b[^,;]{0,60}\band\b|(?:,|\band|\bwith)\s(?:an?|the|there|multiple|several|his|her|also|only|bilateral|mild|moderate|severe|normal|showed|revealed|demonstrated)\b|\bbut\b|;|\bexcept\b|\bother than\b|\bapart from\b", re.IGNORECASE)
_NOT_ADJECTIVES = frozenset("of in on at to from without or by for was were is are showed revealed demonstrated shows which that after before but no not than as had has".split())
_TOKEN = re.compile(r"[a-z]+", re.IGNORECASE)
_COPULA = re.compile(r"^\s(?:\w+\s){0,2}(?:was|were|is|are|appeared|appears|being)\s(?:\w+ly\s)?$")
_GROUP = re.compile(r"^[\s,/()-]*(?:(?:and|or|to|as well as|with|plus)\s)?(?:[\w-]+\s){0,3}$")

_GENERAL = ("lesion", "mass", "tumour", "nodule", "cystic", "cyst", "malignancy")
_DEFINITE = re.compile(r"\b(?:the|this|these|those|its|their|same|such)\s(?:(?!(?:of|in|with|and|or|an?|no|any|on|at|to|for|by|from|was|were|is|are|had|has|did|not|multiple|several|two|three|another|new|presence|existence"
                       r"|appearance|development|showed|shows|revealed|reveals|demonstrated|disclosed|detected|found|identified|confirmed|suggested)\b)[\w-]+\s){0,3}$", re.IGNORECASE)
_NOUN = re.compile(r"[\s-](?P<noun>mass|nodule|tumou?r|cyst)(?:e?s)?$", re.IGNORECASE)
_INTERPRETS = re.compile(r"\b(?:suggest(?:s|ed|ing|ive)(?: of)?|consistent with|compatible with|corresponding to|typical (?:of|for)|characteristic (?:of|for)|indicative of|in favou?r of|thought to be|interpreted as|evocative of|evoking"
                         r"|in keeping with|reminiscent of|pathognomonic (?:of|for)|mimicking|resembling|concerning for|worrisome for)\b", re.IGNORECASE)
_INTERPRETED = ("lesion", "diagnosis", "vessel", "structure", "normal")
_LESION_NOUN = re.compile(r"\s(?:mass|lesion|nodule|area|focus|tumou?r|image|collection)(?:e?s)?$", re.IGNORECASE)
_LABELS = {"tumor": "tumour"}
_DIRECTED = ("extension", "extracranial extension", "intracranial extension", "extraosseous extension", "invasion", "compression", "displacement", "encasement", "obstruction",
             "spinal cord compression", "nerve root compression", "mass effect")
_OF_KNOWN = re.compile(r"^\s(?:of|in)\s(?:[\w-]+\s){0,5}$", re.IGNORECASE)
_SIZE_BREAK = re.compile(r"[;:]|\b(?:and (?:an?|no|the)|no|without|but)\b")
_SIZE_APART = re.compile(r"[,;:]|\b(?:and|with|no|without|but|from|in|of the|at|was|were)\b")
_LOW = re.compile(r"\b(?:low|lower|decreased|reduced|diminished|poor|faint|weak|less|loss of|lack of)\b", re.IGNORECASE)
_SHOWS = re.compile(r"\b(?:show(?:s|ed|ing)|reveal(?:s|ed|ing)|demonstrat(?:es|ed|ing)|disclos(?:es|ed|ing)|confirm(?:s|ed|ing)|detect(?:s|ed|ing)|identif(?:ies|ied|ying)|depict(?:s|ed|ing)|found|visuali[sz]ed|objectif(?:ies|ied|ying)"
                    r"|evidenced?|presence|exhibit(?:s|ed|ing)|display(?:s|ed|ing)|discovered|signs|excluded|ruled out|without|no)\b", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"[;:.]|\b(?:suggest\w*|consistent|compatible|diagnos\w+|suspici\w+|suspect\w*|favou?r|typical|like|mimick\w+|treated|treatment|surgery|history|due|caused|because|after|before|for|from|patients?|which|that|to)\b", re.IGNORECASE)
RESIDUAL = Term("imaging.complete_resection", "findings", "residual tumour", {"category": "change", "polarity": "absent"})
_OF_KIND = {"uptake": ("uptake",), "attenuation": ("density", "lesion"), "fraction": ("function",), "size": ("lesion", "size", "diagnosis", "signal", "density", "echogenicity", "fluid", "vessel", "enhancement",
                                                                                                          "bone", "structure", "uptake", "change")}


@dataclass(frozen=True, slots=True)
class Observed:
    """One finding. `last` is where the group ends that it is coordinated with ("iso- to hypointense")."""

    mention: Mention
    last: int
    status: str
    cue: Span | None
    qualifiers: tuple[Mention, ...]
    measure: Measure | None

    @property
    def category(self) -> str:
        return self.mention.term.fields["category"]

    def qualifier(self, level: Span | None = None, level_name: str = "") -> Cell | None:
        words = [q.label for q in self.qualifiers]
        spans = tuple(Span(q.start, q.end) for q in self.qualifiers)
        if not words and not level_name:
            return None
        text = ", ".join(filter(None, (" ".join(dict.fromkeys(words)), level_name)))
        return Cell(text, spans or ((level,) if level else ()), self.qualifiers[0].rule if self.qualifiers else "imaging.level")


def observed(reading: Reading, index: int) -> list[Observed]:
    """The findings of sentence `index` in order."""
    named = list(_named(reading, index))
    removed = list(_removed(reading, index))
    named = [mention for mention in named if not any(r.start <= mention.start and mention.end <= r.end for r in removed)]
    found = sorted((*named, *removed, *_shown_diseases(reading, index, named)), key=lambda m: (m.start, m.end))
    if not found:
        return []
    sentence = reading.sentences[index]
    sizes = list(measures(reading.text, sentence.start, sentence.end))
    owners = _measured(reading.text, found, sizes)
    found = [mention for position, mention in enumerate(found) if position in owners or not _given(reading.text, mention, found)]
    found = [mention for position, mention in enumerate(found) if not _interpreted(reading.text, found, position)]
    owners = _measured(reading.text, found, sizes)
    described = [q for q in reading.of("qualifiers", index) if not any(f.start <= q.start and q.end <= f.end for f in found)]
    out = []
    for position, mention in enumerate(found):
        status, cue = _status(reading, mention)
        out.append(Observed(mention, _group_end(reading.text, found, position), status, cue,
                            tuple(_qualifiers(reading.text, mention, described, found)), owners.get(position)))
    return out


def _named(reading: Reading, index: int) -> Iterator[Mention]:
    """The vocabulary's findings; both of "iso- to hypointense"."""
    sites = reading.of("sites", index)
    for mention in reading.of("findings", index):
        if mention.term.fields["category"] == "guidance" or any(s.start <= mention.start and mention.end <= s.end and s.end - s.start > mention.end - mention.start for s in sites):
            continue
        if mention.term.fields["category"] == "enhancement" and any(q.start <= mention.start < q.end for q in reading.of("sequences", index)):
            continue
        if mention.label == "uptake":
            if "SUV" not in reading.text[mention.start:mention.end] or not any(
                    other is not mention and other.term.fields["category"] == "uptake" for other in reading.of("findings", index)):
                yield _uptake(reading, mention)
            continue
        noun = _NOUN.search(reading.text, mention.start, mention.end)
        if noun and mention.label not in (noun_label := _LABELS.get(noun["noun"].lower(), noun["noun"].lower()), "cyst", "cystic", "metastasis", "residual tumour", "recurrence", "decreased size", "stable disease") \
                and (term := reading.vocabulary.term("findings", noun_label)):
            yield Mention(noun.start("noun"), mention.end, term)
        stem = _STEM.search(mention.label)
        if stem and (hit := _PREFIX.search(reading.text, max(0, mention.start - 22), mention.start)):
            other = hit["prefix"].lower() + stem["stem"]
            term = reading.vocabulary.term("findings", other)
            if term and other != mention.label and not hit["rest"]:
                yield Mention(hit.start(), hit.start() + len(hit[0].rstrip(" ,/&-").split()[0].rstrip("-/,&")), term)
        yield mention


def _uptake(reading: Reading, mention: Mention) -> Mention:
    """Bare "uptake" is increased unless its own words say that it is low."""
    low = _LOW.search(reading.text, max(0, mention.start - 30), mention.start)
    term = reading.vocabulary.term("findings", "decreased uptake" if low else "increased uptake")
    return Mention(mention.start, mention.end, term) if term else mention


def _shown_diseases(reading: Reading, index: int, named: Sequence[Mention]) -> Iterator[Mention]:
    """Diseases that stand as a finding right after a verb of showing ("CT revealed a glioma")."""
    sentence = reading.sentences[index]
    if not reading.of("modalities", index):
        return
    verbs = [hit.end() for hit in _SHOWS.finditer(reading.text, sentence.start, sentence.end)]
    for mention in reading.of("diagnoses", index) if verbs else ():
        verb = next((end for end in reversed(verbs) if end <= mention.start), None)
        if verb is None or any(n.start < mention.end and mention.start < n.end for n in named):
            continue
        gap = reading.text[verb:mention.start]
        if len(gap) < 60 and not _NOT_SHOWN.search(gap):
            yield Mention(mention.start, mention.end, _as_finding(mention.term))


@lru_cache(maxsize=4096)
def _as_finding(term: Term) -> Term:
    return Term(term.rule, "findings", term.label, {"category": "diagnosis", "polarity": ""})


def _interpreted(text: str, found: Sequence[Mention], position: int) -> bool:
    """Whether the mention only says what a finding before it suggests ("nodules consistent with emboli")."""
    mention = found[position]
    if mention.term.fields["category"] not in _INTERPRETED or not position:
        return False
    start = found[0].end
    hit = None
    for hit in _INTERPRETS.finditer(text, start, mention.start):
        pass
    return hit is not None and not re.search(r"[;,]\s(?:and|with|as well)|\band (?:an?|no)\b|;", text[hit.end():mention.start]) and mention.start - hit.end() < 80


def _given(text: str, mention: Mention, found: Sequence[Mention]) -> bool:
    """Whether `mention` only takes up a lesion spoken of, or names in general what a finding beside it names closer."""
    if any(other.term.fields["category"] == "change" and other.end <= mention.start and _OF_KNOWN.match(text[other.end:mention.start]) for other in found):
        return True
    if mention.label not in _GENERAL and not _LESION_NOUN.search(text, mention.start, mention.end):
        return False
    if _DEFINITE.search(text, max(0, mention.start - 40), mention.start):
        return True
    if mention.label != "lesion":
        return False
    for other in found:
        if other.end <= mention.start and mention.start - other.end < 22 and not set(_TOKEN.findall(text[other.end:mention.start].lower())) & _NOT_ADJECTIVES and not any(
                char in text[other.end:mention.start] for char in ",;:.()"):
            return True
        if other.start >= mention.end and other.start - mention.end < 45 and text.startswith(" of ", mention.end):
            return True
    return False


def _removed(reading: Reading, index: int) -> Iterator[Mention]:
    """ "postoperative MRI: complete resection of the tumour" says that there is no residual tumour."""
    sentence = reading.sentences[index]
    lower = reading.lower[sentence.start:sentence.end]
    if "total" in lower or "complete" in lower or "radical" in lower or "entirely" in lower:
        if _AFTER_SURGERY.search(reading.text, sentence.start, sentence.end):
            for hit in _REMOVED.finditer(reading.text, sentence.start, sentence.end):
                yield Mention(hit.start(), hit.end(), RESIDUAL)


def _status(reading: Reading, mention: Mention) -> tuple[str, Span | None]:
    status = reading.status(mention)
    value, cue = status.value, status.cue
    if value == "absent" and cue and cue.end <= mention.start and _NEGATION_ENDS.search(reading.text, cue.end, mention.start):
        value, cue = "present", None
    if mention.term.fields["polarity"] == "absent":
        if value == "absent" and mention.term.fields["category"] == "normal":
            return "present", cue
        return "absent", Span(mention.start, mention.end)
    return value, cue


def _group_end(text: str, found: Sequence[Mention], position: int) -> int:
    end = found[position].end
    for other in found[position + 1:]:
        if other.start < end:
            continue
        if other.label in _DIRECTED:
            break
        gap = text[end:other.start]
        tokens = {token.lower() for token in _TOKEN.findall(gap)}
        if len(gap) > 45 or not _GROUP.match(gap) or (_NOT_ADJECTIVES - {"to", "or"}) & tokens or any(token.endswith("ing") for token in tokens):
            break
        end = other.end
    return end


def _qualifiers(text: str, mention: Mention, described: Sequence[Mention], found: Sequence[Mention]) -> Iterator[Mention]:
    """The describing words of the finding's phrase, and those said of it ("enhancement was homogeneous")."""
    left = mention.start
    before = []
    for q in reversed([q for q in described if q.end <= mention.start]):
        gap = text[q.end:left]
        tokens = {token.lower() for token in _TOKEN.findall(gap)}
        if len(gap) > 25 or tokens & _NOT_ADJECTIVES or "with" in tokens or any(char in gap for char in ";:.()") or any(q.end <= f.start and f.end <= left for f in found):
            break
        before.append(q)
        left = q.start
    yield from reversed(before)
    after = next((q for q in described if q.start >= mention.end), None)
    if after and _COPULA.match(text[mention.end:after.start]):
        yield after


def _measured(text: str, found: Sequence[Mention], sizes: Sequence[Measure]) -> dict[int, Measure]:
    """position of a finding -> the measure that stands nearest to it and can be its own."""
    out: dict[int, Measure] = {}
    for measure in sizes:
        best, gap = None, 130
        for position, mention in enumerate(found):
            if mention.term.fields["category"] not in _OF_KIND[measure.kind]:
                continue
            if measure.kind == "size" and mention.label in ("compression", "invasion", "extension", "mass effect", "necrosis", "displacement"):
                continue
            distance = mention.start - measure.span.end if measure.span.end <= mention.start else measure.span.start - mention.end
            words = text[min(mention.end, measure.span.end):max(mention.start, measure.span.start)]
            if 0 <= distance < gap and ";" not in words and (measure.kind != "size" or (
                    measure.span.start > mention.end and not _SIZE_BREAK.search(words) or distance < 30 and not _SIZE_APART.search(words))):
                best, gap = position, distance
        if best is not None and best not in out:
            out[best] = measure
    return out
