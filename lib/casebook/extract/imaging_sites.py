"""Where each finding of one patient is, with the memory of the lesions spoken of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from casebook.extract.finding import Draft
from casebook.extract.imaging_anchors import Anchor
from casebook.extract.imaging_findings import Observed
from casebook.extract.imaging_lesions import Lesions, Place, belongs_to, level_of, plural, taken_up
from casebook.extract.imaging_places import places, site_mentions, subject
from casebook.extract.imaging_roles import Roles
from casebook.extract.imaging_signal import sequence_mentions
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.text.span import Span

_LESION = re.compile(
    r"\b(?:mass|masses|lesions?|tumou?rs?|nodules?|metasta\w+|glioma|\w+oma|\w+omas|cysts?)\b"
)
_LESION_STEMS = frozenset("mass lesion tumo nodule metasta glioma oma cyst".split())
_OF_LESION = ("signal", "density", "echogenicity", "enhancement", "uptake", "change", "bone", "lesion", "size")
_CARRIED = ("signal", "density", "enhancement", "echogenicity")
_OWN_ROLE = {"metastasis": "metastasis", "recurrence": "recurrence"}
_REACHING = (
    "extension",
    "extracranial extension",
    "intracranial extension",
    "extraosseous extension",
    "invasion",
    "involvement",
)
_BEFORE_STUDY = re.compile(r"\w+\s\w+\s|[.,;]")
_COVERED = re.compile(r"^[\s\w()-]{0,20}\b(?:of|on|over|to)\s(?:the|his|her)?\s?(?:\w+\s){0,2}$|^\s?$")
_OF_A_PART = re.compile(r"\b(?:head|brain|thorac\w+|abdomin\w+|lumb\w+|cervical|sacral|pelvic)[\s-]$")
"""Ahead of a study: it covers a part of its own, though the word names no site."""
_HEAD = ("skull", "head")
_FAR = 400  # characters after which a lesion is no longer meant without being named


def _with_role(place: Place, role: str) -> Place:
    return Place(place.site, place.span, place.rule, role, place.level)


class Where:
    """Answers, finding by finding in reading order, where it is and what of the disease is there."""

    def __init__(self, reading: Reading, draft: Draft, case: str):
        self.reading = reading
        self.lesions = Lesions()
        self.roles = Roles(reading, draft, case)
        self.cited: list[Place] = []
        """Places told by the sentences that cite the part of a legend being read."""
        self._start = self._end = 0
        self._sites: list[Mention] = []
        self._region: Mention | None = None
        self._regions: dict[int, Mention] = {}

    def begin(self, index: int, found: Sequence[Anchor]) -> None:
        """Turn to sentence `index`."""
        taken = [(anchor.start, anchor.end) for anchor in found if anchor.kind != "again"]
        taken += [(mention.start, mention.end) for mention in sequence_mentions(self.reading, index)]
        sentence = self.reading.sentences[index]
        self._start, self._end = sentence.start, sentence.end
        self._sites = site_mentions(self.reading, index, taken)
        self._regions = dict(self._covered(index, found))
        if self._regions or any(anchor.imaging for anchor in found):
            self._region = next(iter(self._regions.values()), None)

    def _covered(self, index: int, found: Sequence[Anchor]) -> Iterator[tuple[int, Mention]]:
        """Where each study begins, and the part of the body that it covers: "brain MRI", "CT of the chest"."""
        text, sites = self.reading.text, self.reading.of("sites", index)
        for number, anchor in enumerate(found):
            following = found[number + 1].start if number + 1 < len(found) else self._end
            for site in sites if anchor.kind == "study" else ():
                inside = anchor.start <= site.start and site.end <= anchor.end
                ahead = site.end <= anchor.start and not _BEFORE_STUDY.search(text[site.end : anchor.start])
                behind = anchor.end <= site.start < following
                if inside or ahead or behind and _COVERED.match(text[anchor.end : site.start]):
                    yield anchor.start, site
                    break

    def covered(self, group: Sequence[Anchor], name: str) -> Place | None:
        """The part of the body that the study `name` of `group` covers: "brain MRI", "CT and ⟨MRI of the brain⟩"."""
        first = next((anchor for anchor in group if name in anchor.names), None)
        region = self._region_of([anchor for anchor in group if name in anchor.names]) or self._region_of(group)
        if first is None or region is None:
            return None
        ahead = self.reading.lower[max(0, first.start - 20) : first.start]
        if first.start not in self._regions and (region.start < first.start or _OF_A_PART.search(ahead)):
            return None
        return self._region_place(region, "")

    def _elsewhere(self, place: Place | None, group: Sequence[Anchor]) -> bool:
        """Whether the studies of `group` are said to cover another part of the body than `place`."""
        region = self._region_of(group)
        if region is None or place is None:
            return False
        part, within = self._region_place(region, "").site, self.reading.vocabulary.within
        return not (place.site == part or within(place.site, part) or within(part, place.site))

    def _region_of(self, group: Sequence[Anchor]) -> Mention | None:
        return next((self._regions[anchor.start] for anchor in group if anchor.start in self._regions), None)

    def sites(self, seen: Sequence[Observed], position: int, group: Sequence[Anchor]) -> list[Place]:
        """The places of finding `position`; none where the text names none."""
        one = seen[position]
        named = self._named(seen, position, group)
        if named:
            out = [self._specific(self._place(site, one)) for site in named]
        else:
            place = self._referred(one, group) or self._covered_place(one, group)
            out = [place] if place else []
        if one.mention.label in _OWN_ROLE:
            out = [_with_role(place, _OWN_ROLE[one.mention.label]) for place in out]
        elif one.mention.label in _REACHING and self.roles.known:
            out = [place if place.role else _with_role(place, "extension") for place in out]
        if one.status != "absent" and (one.category in ("lesion", "diagnosis", "bone") or any(p.role for p in out)):
            many = plural(self.reading.text[max(self._start, one.mention.start - 25) : one.mention.end])
            for place in reversed(out):  # the first named stands for all when they are taken up
                self.lesions.speak(place, many)
        return list({(place.site, place.role): place for place in out}.values())

    def _named(self, seen: Sequence[Observed], position: int, group: Sequence[Anchor]) -> list[Mention]:
        one = seen[position]
        others = (other.mention for other in seen[position + 1 :])
        stop = next((o.start for o in others if o.start >= one.last and o.end > one.last), self._end)
        regions = self._regions.values()
        free = [site for site in self._sites if all(site is not region for region in regions)]
        named = places(self.reading, one.mention, one.last, free, max(stop, one.last))
        if named:
            return named
        ahead = (
            anchor.end for anchor in reversed(group) if self._start <= anchor.start and anchor.end <= one.mention.start
        )
        site = subject(self.reading.text, one.mention, free, next(ahead, self._start))
        return [site] if site else []

    def _place(self, site: Mention, one: Observed | None) -> Place:
        span = Span(site.start, site.end)
        listed, role = self.roles.listed(span)
        label, level = level_of(self.reading, site.label)
        return Place(listed or label, span, site.rule, role or self._role(label, one, site), level)

    def _role(self, site: str, one: Observed | None, mention: Mention) -> str:
        start = min(one.mention.start, mention.start) if one else mention.start
        end = max(one.mention.end, mention.end) if one else mention.end
        cited = next((place.role for place in self.cited if place.site == site and place.role), "")
        return self.roles.at(site, self.roles.stated(start, end, mention), cited or self.lesions.role_at(site))

    def _specific(self, place: Place) -> Place:
        """A lesion that was placed more closely before: "the bony lesions", "the mass of the spinal cord"."""
        within = self.reading.vocabulary.within
        known = self.lesions.of_role("primary") if place.role == "primary" else []
        closer = [p.site for p in known if p.site != place.site and within(p.site, place.site)]
        cited = [p.site for p in self.cited if p.role and p.role == place.role]
        if place.site not in cited:
            closer += [site for site in cited if self.roles.closer(site, place.site)]
        if closer:
            return replace(place, site=closer[0])
        up = taken_up(self.reading.lower, max(self._start, place.span.start - 30), min(self._end, place.span.end + 30))
        if up and up.definite and up.start <= place.span.start and place.span.end <= up.end:
            meant = self.lesions.meant(up.many)
            if meant and meant.site != place.site and within(meant.site, place.site):
                return replace(meant, span=place.span, rule=place.rule, role=meant.role or place.role)
        return place

    def _referred(self, one: Observed, group: Sequence[Anchor]) -> Place | None:
        """The lesion that "the mass", "these lesions" or "it" means."""
        if one.category not in _OF_LESION:
            return None
        lower, last = self.reading.lower, self.lesions.last
        up = belongs_to(lower, one.mention.end) or taken_up(lower, self._start, one.mention.end + 1)
        if self.cited and (up is None or not up.many):
            return self.cited[0]
        if up is None:
            near = last is not None and one.category in _CARRIED and last.span.start >= self._start - _FAR
            carried = near and not self._elsewhere(last, group)
            return last if carried or one.category == "change" else None
        primary = self.lesions.of_role("primary") if up.primary else []
        return primary[0] if primary else self.lesions.meant(up.many)

    def _covered_place(self, one: Observed, group: Sequence[Anchor]) -> Place | None:
        """The part of the body that the study covers, for want of a closer place."""
        region = self._region_of(group) or self._region
        if region is None:
            return None
        place = self._region_place(region, one.category)
        return _with_role(place, self._role(place.site, one, region) if one.category != "normal" else "")

    def _region_place(self, region: Mention, category: str) -> Place:
        label, level = level_of(self.reading, region.label)
        if label in _HEAD and category not in ("bone", "normal"):
            label = "brain"  # "cranial MRI" shows the brain
        return Place(label, Span(region.start, region.end), region.rule, "", level)

    def listen(self, index: int) -> None:
        """A sentence that no study told may still place a lesion that a later one takes up."""
        sentence = self.reading.sentences[index]
        if not self.reading.of("sites", index) or not self.reading.holds(index, _LESION_STEMS):
            return
        if not _LESION.search(self.reading.lower, sentence.start, sentence.end):
            return
        sites = site_mentions(self.reading, index)
        for hit in _LESION.finditer(self.reading.lower, sentence.start, sentence.end) if sites else ():
            lesion = Mention(hit.start(), hit.end(), sites[0].term)
            named = places(self.reading, lesion, hit.end(), sites, sentence.end)
            for site in reversed(named):
                self.lesions.speak(self._place(site, None), plural(hit[0]))
            if named:
                return

    def guided(self, anchor: Anchor) -> Place | None:
        """What a guided biopsy aims at: a site of the sentence, else the lesion spoken of last."""
        ahead = [site for site in self._sites if site.start >= anchor.end]
        behind = [site for site in self._sites if site.end <= anchor.start]
        site = ahead[0] if ahead else behind[-1] if behind else None
        return self._place(site, None) if site else self.lesions.last
