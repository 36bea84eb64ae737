"""What a report says of the place of its disease: by the disease's name, by what the name implies, by its lesions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casebook.extract.diagnosis_rank import Candidate
from casebook.extract.disease_name import alike
from casebook.extract.matcher import Mention
from casebook.extract.phrase import Phrase
from casebook.extract.reading import Reading
from casebook.extract.site_apart import apart, says
from casebook.extract.site_kind import (
    EVERYWHERE,
    NOWHERE,
    OF_ALL_ORGANS,
    OF_FORMS,
    OF_THE_BODY,
    OF_VESSELS,
    akin,
    anywhere,
    group_of,
    is_tumour,
    local,
    seen_in_one,
)
from casebook.extract.site_lesions import places_of_lesions
from casebook.extract.site_list import OF_A_NAME, Place, side_of
from casebook.extract.site_told import called_primary, operated, spoken_of
from casebook.text.span import Span

_NAMED, _IN_NAME, _IMPLIED, _COMPANY = 5.5, 5.0, 4.0, 1.0
_MANY_PARTS = ("colorectum", "abdomen", "chest", "head", "face", "mouth", "jaw", "pelvis", "intestine", "biliary tract")
"""Places of which another one beside them may be a part."""
_PRIMARY, _OPERATED, _SIDE_ONLY = 3.0, 1.5, 0.1
_NEARER = 0.2  # "intraperitoneal bladder rupture": the later word is the organ
_TISSUE_IN_NAME, _TISSUE_IMPLIED = 0.5, 0.3
TISSUES = frozenset(
    "bone|soft tissue|skin|peripheral nerve|meninges|blood vessel|central nervous system|brain|muscle|artery|vein|"
    "joint|lymph node|peripheral blood|subcutaneous tissue|cranial nerve|nerve root|urinary tract|"
    "gastrointestinal tract|choroid plexus|salivary gland".split("|")
)
"""Sites so wide that any place named beside them says more."""

_SCATTERED = frozenset(("bone", "vertebra", "lymph node", "skin"))
_NO_PLACE = frozenset(("peripheral blood", "blood vessel", "cerebrospinal fluid", "extraskeletal", "viscera"))
_LATER = 3.0  # months
_DOUBTED = -2.0  # names of the discussion, of others' patients
_MOVED = re.compile(
    r"\b(?:ectopic|heterotopic|accessory|aberrant|"
    r"extra-?(?!peritoneal|capsular|dural|hepatic|articular|corporeal|foraminal|sphincteric|ventricular|axial|systol|parenchymal|pyramidal|vasat)\w+)\b"
    r"(?! (?:\w+ )?pregnanc)(?=[\w\s/-]*$)"
)
_MOVED_BEFORE = 40  # "⟨extra-adrenal⟩ non-functional adrenocortical carcinoma"
_METASTASES_OF = re.compile(r"\bmetastas[ei]s (?:of|from) (?:(?:an?|the|his|her|pulmonary|\w+al|\w+ic) ){0,2}$")


@dataclass(frozen=True, slots=True)
class Vote:
    """For `label`, from the mention (none where the diagnosis implies the site) with the side its words give it."""

    label: str
    weight: float
    mention: Mention | None
    side: str
    side_span: Span | None


def votes(
    reading: Reading,
    sentences: Sequence[int],
    chosen: Candidate | None,
    found: Sequence[Candidate],
    spread_to: frozenset[str],
) -> list[Vote]:
    """All votes, those of the names first; where there is none, those of the other diseases found."""
    same = _same(reading, chosen, found) if chosen else []
    moved = _moved(reading, same)
    out = list(_of_names(reading, chosen, same, moved)) if chosen else []
    implied = next((vote.label for vote in out if vote.mention is None), "")
    group = group_of(chosen.phrase.head) if chosen else ""
    named = any(vote.mention for vote in out)
    known = _first_named(reading, chosen, found) if chosen and group == "neoplasm" else None
    later: list[Vote] = []
    systemic = bool(group in NOWHERE or chosen and OF_THE_BODY.search(chosen.name.label))
    for index in () if systemic else sentences:
        if named and "autopsy" in reading.tokens(index):  # what it finds besides is where the disease went
            continue
        for place, weight in places_of_lesions(reading, index, chosen):
            label = place.mention.label
            within = any(reading.vocabulary.within(label, wide) for wide in spread_to & _SCATTERED)
            if within or label in spread_to or label in _NO_PLACE:
                continue
            tissue = implied in TISSUES and not apart(reading.vocabulary, implied, label, group == "neoplasm")
            if not implied or tissue or reading.vocabulary.within(label, implied):
                vote = Vote(label, weight, place.mention, place.side, place.side_span)
                (later if known is not None and _found_later(reading, index, place, known) else out).append(vote)
    out = out or later
    if not (out or systemic) and chosen and group in _HAS_COMPANY and not EVERYWHERE.search(chosen.name.label):
        left = same if moved and chosen.phrase.head.term.fields.get("site") else []
        out += _of_company(reading, group, [c for c in found if c not in left], spread_to)
    out += _told(reading, sentences, chosen, out, spread_to)
    if chosen and implied and all(vote.mention is None for vote in out) and _unsaid(reading, chosen, implied):
        return []
    if out:
        return out
    if not chosen:
        site = spoken_of(reading, sentences, spread_to, True)
        return [Vote(site.label, _COMPANY, site, "", None)] if site else []
    alone = group == "neoplasm" and not spread_to and not any(c.phrase.metastatic for c in found)
    vessel = bool(OF_VESSELS.search(chosen.name.label))
    form = bool(OF_FORMS.search(chosen.name.label))
    placed = not systemic and (vessel or form or seen_in_one(chosen))
    placed = placed and not moved and not anywhere(chosen)
    site = spoken_of(reading, sentences, spread_to, alone or form or vessel, vessel) if placed else None
    return [Vote(site.label, _COMPANY, site, "", None)] if site else []


def _first_named(reading: Reading, chosen: Candidate, found: Sequence[Candidate]) -> int | None:
    """Where the story first names the disease."""
    same = (c.phrase for c in found if c.score > 0 and alike(reading.vocabulary, c.name, chosen.name))
    return min((p.start for p in same if reading.sentences[p.sentence].zone == "case"), default=None)


def _found_later(reading: Reading, index: int, place: Place, known: int) -> bool:
    """Whether the lesion came so long after the tumour had been named that it is not where the tumour arose."""
    case, at = reading.owner[index], place.mention.start
    months = reading.timeline.months_at(case, at) if reading.timeline and case and at > known else None
    return months is not None and float(months.value) > _LATER


def _unsaid(reading: Reading, chosen: Candidate, implied: str) -> bool:
    """Whether only the kind of a tumour of the nervous system, no word of its name, says where it arose."""
    if not is_tumour(chosen) or not reading.vocabulary.within(implied, "central nervous system"):
        return False
    return not says(reading.vocabulary, implied, chosen.name.label)


def _of_company(reading: Reading, group: str, found: Sequence[Candidate], spread_to: frozenset[str]) -> Iterator[Vote]:
    """Votes of the other diseases of the kind, by their words, an organ's inflammation also by what it implies."""
    for candidate in found:
        if candidate.score <= 0 or candidate.opinion.category in _ASIDE or not akin(candidate, group):
            continue
        fields = candidate.phrase.head.term.fields
        weight = _COMPANY * (_SAME_KIND if fields.get("group") == group else 1.0)
        for site in candidate.phrase.sites:
            if site.label not in spread_to:
                yield _by_word(reading, candidate.phrase, site, weight)
        if not candidate.phrase.sites and fields.get("site") and fields.get("group") in ("infection", "inflammatory"):
            yield Vote(fields["site"], weight, None, "", None)


_SAME_KIND = 1.5  # an infection of the lung beside a cirrhosis of the liver
_ASIDE = ("comorbid", "complication", "never")
_HAS_COMPANY = ("infection", "neoplasm", "trauma")


def _told(
    reading: Reading,
    sentences: Sequence[int],
    chosen: Candidate | None,
    cast: Sequence[Vote],
    spread_to: frozenset[str],
) -> Iterator[Vote]:
    """What is called the primary site; the operations on a place that has a vote, on any where no organ has one."""
    voted = {vote.label for vote in cast}
    implied = next((vote.label for vote in cast if vote.mention is None), "")
    tumour = is_tumour(chosen)
    for index in sentences:
        for place in called_primary(reading, index):
            yield Vote(place.mention.label, _PRIMARY, place.mention, place.side, place.side_span)
        for place in operated(reading, index):
            label = place.mention.label
            if any(reading.vocabulary.within(v, label) for v in voted):
                yield Vote(label, _SIDE_ONLY, place.mention, place.side, place.side_span)
            elif apart(reading.vocabulary, implied, label, tumour):
                continue
            elif voted <= TISSUES and label not in spread_to and (not chosen or voted or local(chosen)):
                yield Vote(label, _OPERATED, place.mention, place.side, place.side_span)


def _of_names(reading: Reading, chosen: Candidate, same: Sequence[Candidate], moved: bool) -> Iterator[Vote]:
    """Votes of every name of the chosen disease; what the name implies counts once."""
    tumour = is_tumour(chosen)
    implied: set[str] = set()
    own = chosen.phrase.head.term.fields.get("site", "")
    alike_sites = (c.phrase.head.term.fields.get("site") for c in same if c.name.head == chosen.name.head)
    home = own or next(filter(None, alike_sites), "")
    narrow = bool(own) and own not in TISSUES and own not in _MANY_PARTS
    for candidate in same:
        phrase = candidate.phrase
        of_metastases = bool(_METASTASES_OF.search(reading.lower, max(0, phrase.start - 40), phrase.start))
        site_of_term = "" if moved else phrase.head.term.fields.get("site", "")
        if not tumour and candidate.name.concept != chosen.name.concept and chosen.name.concept:
            site_of_term = ""  # "hepatic cyst" beside "peritoneal hydatid disease"
        if narrow and not reading.vocabulary.within(site_of_term, own):
            site_of_term = ""  # "retroperitoneal tumour" beside "seminoma"
        if site_of_term and not implied:
            implied.add(site_of_term)
            low = reading.sentences[phrase.sentence].start
            side = side_of(reading, phrase.start, phrase.end, low, OF_A_NAME)
            named = site_of_term not in _MANY_PARTS and site_of_term not in TISSUES
            named = named and says(reading.vocabulary, site_of_term, _spelled_out(reading, phrase.head))
            full = _NAMED if named else _IMPLIED
            yield Vote(site_of_term, _weight(full, site_of_term, _TISSUE_IMPLIED), None, *side)
        other = candidate.name.concept != chosen.name.concept
        for rank, site in enumerate(phrase.sites):
            if other and home and apart(reading.vocabulary, home, site.label, tumour):
                continue  # "a sigmoid tumour" beside "melanoma of the skin"
            inside_term = phrase.head.start <= site.start and site.end <= phrase.head.end
            inside = phrase.start <= site.start < phrase.end
            if site.label in _NO_PLACE or (phrase.metastatic and not inside):
                continue
            if of_metastases and site.start >= phrase.end:
                continue
            if site_of_term and _of_another(reading, site_of_term, site):
                if reading.vocabulary.within(site.label, "vertebra"):
                    yield replace(_by_word(reading, phrase, site, _IN_NAME), label=site_of_term)
                continue
            if (inside_term and phrase.head.term.fields.get("site")) or (
                moved and phrase.start <= site.start < phrase.end
            ):
                continue  # the vocabulary knows better than a word of the name: "perihilar" is of the liver
            yield _by_word(reading, phrase, site, _weight(_IN_NAME, site.label, _TISSUE_IN_NAME) + _NEARER * rank)


def _same(reading: Reading, chosen: Candidate, found: Sequence[Candidate]) -> list[Candidate]:
    """The names of the chosen disease, but for those that the report doubts."""
    systemic = chosen.phrase.head.term.fields.get("group") in OF_ALL_ORGANS
    least = min(chosen.score, chosen.score / 2 if systemic else _DOUBTED)
    return [
        candidate
        for candidate in found
        if candidate.phrase is chosen.phrase
        or candidate.score >= least
        and alike(reading.vocabulary, candidate.name, chosen.name)
    ]


def _moved(reading: Reading, same: Sequence[Candidate]) -> bool:
    """Whether the disease is called one outside the organ that its name implies."""
    return any(
        _MOVED.search(candidate.name.label) or _MOVED.search(reading.lower, max(0, start - _MOVED_BEFORE), start)
        for candidate in same
        for start in (candidate.phrase.start,)
    )


def side_of_names(reading: Reading, chosen: Candidate | None, found: Sequence[Candidate]) -> tuple[str, Span | None]:
    """The side right before a name of the disease, whatever its place ("bilateral intraneural perineurioma")."""
    for candidate in _same(reading, chosen, found) if chosen else ():
        phrase = candidate.phrase
        low = reading.sentences[phrase.sentence].start
        side, span = side_of(reading, phrase.start, phrase.end, low, OF_A_NAME)
        if side:
            return side, span
    return "", None


def _spelled_out(reading: Reading, head: Mention) -> str:
    """The words of the name, those of its label where it is an acronym."""
    words = reading.text[head.start : head.end]
    return head.label if words.isupper() else words


def _of_another(reading: Reading, implied: str, site: Mention) -> bool:
    """Whether the word is no place of a disease of `implied`: the ⟨temporal⟩ branch of a vein, a ⟨spinal⟩ myelitis."""
    within = reading.vocabulary.within
    if within(site.label, "vertebra"):
        return any(within(implied, part) for part in ("spinal cord", "spinal canal", "filum terminale"))
    temporal = reading.lower[site.start : site.end].endswith("temporal") and within(site.label, "brain")
    return temporal and not within(implied, "central nervous system") and not within(implied, "bone")


def _weight(full: float, label: str, of_tissue: float) -> float:
    return full * (of_tissue if label in TISSUES else 1.0)


def _by_word(reading: Reading, phrase: Phrase, site: Mention, weight: float) -> Vote:
    return Vote(site.label, weight, site, *side_around(reading, phrase.sentence, site, max(phrase.end, site.end)))


def side_around(
    reading: Reading, index: int, site: Mention, end: int, stop: re.Pattern[str] | None = None
) -> tuple[str, Span | None]:
    """The side that the words of `site` give it, or "on the right side" after view `end`."""
    sentence = reading.sentences[index]
    side, span = side_of(reading, site.start, site.end, sentence.start, stop)
    if not side and (after := _ON_THE_SIDE.match(reading.lower, end, sentence.end)):
        return after[1], Span(*after.span(1))
    return side, span


_ON_THE_SIDE = re.compile(
    r"[^.;:,()]{0,30}?\bon (?:the|his|her) (left|right)(?=(?: |-hand )side\b| (?:and|with|which|that|was|is)\b|[.,;)])"
)
