"""Site and role of each finding of one patient, with the memory of the lesions spoken of."""

import re
from collections.abc import Sequence
from dataclasses import replace

from casebook.extract.finding import Draft
from casebook.extract.imaging_anchors import Anchor
from casebook.extract.imaging_findings import Observed
from casebook.extract.imaging_places import Lesions, Place, anaphor, is_many, known_roles, level_of, owner_of, places, plural, site_mentions, stated_role, subject
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.text.span import Span

_LESION = re.compile(r"\b(?:mass|masses|lesions?|tumou?rs?|nodules?|metasta\w+|glioma|\w+oma|\w+omas|cysts?)\b", re.IGNORECASE)
_OF_LESION = ("signal", "density", "echogenicity", "enhancement", "uptake", "change", "bone", "lesion", "size")
_OWN_ROLE = {"metastasis": "metastasis", "recurrence": "recurrence"}
_REACHING = ("extension", "extracranial extension", "intracranial extension", "extraosseous extension", "invasion", "involvement")
_TISSUES = {"bone marrow": "bone"}
_CLINICAL = re.compile(r"\b(?:patient|he|she|underwent|treated|treatment|therapy|surgery|admitted|discharged|received)\b", re.IGNORECASE)
_AROUND = 40
_BEYOND = 25


class Where:
    """Answers, finding by finding in reading order, where it is and what of the disease is there."""

    def __init__(self, reading: Reading, draft: Draft, case: str):
        self.reading = reading
        self.lesions = Lesions()
        self.roles = known_roles((str(f.value("site") or ""), str(f.value("role") or "")) for f in draft.of("sites", case))
        row = draft.case(case)
        primary = row.value("primary_site") if row else None
        if primary and "primary" not in self.roles.setdefault(str(primary), []):
            self.roles[str(primary)].append("primary")
        self._spans = {span: (str(f.value("site") or ""), str(f.value("role") or "")) for f in draft.of("sites", case)
                       for cell in (f.cells.get("site"),) if cell for span in cell.spans}
        self._index = -1
        self._sites: list[Mention] = []
        self._region: Mention | None = None
        self._start = 0
        self.cited_places: list[Place] = []

    def begin(self, index: int, found: Sequence[Anchor]) -> None:
        """Turn to sentence `index`."""
        taken = [(a.start, a.end) for a in found if a.kind != "again"]
        taken += [(m.start, m.end) for m in self.reading.of("sequences", index)]
        self._index = index
        self._sites = site_mentions(self.reading, index, taken)
        self._start = self.reading.sentences[index].start
        region = self._region_of(index, found)
        if region or any(a.imaging for a in found):
            self._region = region

    def _region_of(self, index: int, found: Sequence[Anchor]) -> Mention | None:
        """What the study covers: "brain MRI", "CT of the chest"."""
        text = self.reading.text
        for anchor in found:
            if anchor.kind != "study":
                continue
            for site in self.reading.of("sites", index):
                if anchor.start <= site.start and site.end <= anchor.end:
                    return site
                if site.end <= anchor.start and not re.search(r"\w+\s\w+\s|[.,;]", text[site.end:anchor.start]):
                    return site
                if anchor.end <= site.start and re.match(r"^[\s\w()-]{0,20}\b(?:of|on|over|to)\s(?:the|his|her)?\s?(?:\w+\s){0,2}$|^\s?$", text[anchor.end:site.start]):
                    return site
        return None

    def sites(self, one: Observed, seen: Sequence[Observed], position: int, group: Sequence[Anchor]) -> list[Place]:
        """The places of finding `one`; none where the text names none."""
        sentence = self.reading.sentences[self._index]
        stop = next((other.mention.start for other in seen[position + 1:] if other.mention.start >= one.last and not _same_group(one, other)), sentence.end)
        free = [site for site in self._sites if self._region is None or site != self._region]
        named = places(self.reading, one.mention, one.last, free, max(stop, one.last))
        if not named:
            lead = next((a.end for a in reversed(group) if a.end <= one.mention.start and a.start >= sentence.start), sentence.start)
            site = subject(self.reading, one.mention, free, lead)
            named = [site] if site else []
        if named:
            out = [self._specific(self._place(site, one)) for site in named]
        else:
            place = self._referred(one) or self._region_place(one)
            out = [place] if place else []
        if one.mention.label in _OWN_ROLE:
            out = [replace(place, role=_OWN_ROLE[one.mention.label]) for place in out]
        elif one.mention.label in _REACHING and self.roles:
            out = [place if place.role else replace(place, role="extension") for place in out]
        if out and one.status != "absent" and (one.category in ("lesion", "diagnosis", "bone") or any(place.role for place in out)):
            for place in reversed(out):  # the first named stands for all when they are taken up
                self.lesions.speak(place, plural(self.reading.text[max(self._start, one.mention.start - 25):one.mention.end]))
        return list({(place.site, place.role): place for place in out}.values())

    def _place(self, site: Mention, one: Observed | None) -> Place:
        span = Span(site.start, site.end)
        listed, role = self._spans.get(span, ("", ""))
        label, level = level_of(self.reading, site.label)
        return Place(listed or label, span, site.rule, role or self._role(label, one, site), level)

    def _specific(self, place: Place) -> Place:
        """A lesion that was placed more closely before: "the bony lesions", "the mass of the spinal cord"."""
        if place.role == "primary":
            known = next((p for p, _ in self.lesions.spoken if p.role == "primary" and p.site != place.site and self.reading.vocabulary.within(p.site, place.site)), None)
            if known:
                return replace(place, site=known.site)
        same = [cited.site for cited in self.cited_places if cited.role and cited.role == place.role]
        if place.site not in same and (closer := next((site for site in same if self._closer(site, place.site)), None)):
            return replace(place, site=closer)
        hit = anaphor(self.reading.text, max(self._start, place.span.start - 30), min(self.reading.sentences[self._index].end, place.span.end + 30))
        if hit and hit["det"] and hit["det"].lower() in ("the", "these", "those") and hit.start() <= place.span.start and place.span.end <= hit.end():
            meant = self.lesions.meant(is_many(hit))
            if meant and meant.site != place.site and self.reading.vocabulary.within(meant.site, place.site):
                return Place(meant.site, place.span, place.rule, meant.role or place.role, meant.level)
        return place

    def _referred(self, one: Observed) -> Place | None:
        """The lesion that "the mass", "these lesions" or "it" means."""
        if one.category not in _OF_LESION:
            return None
        hit = owner_of(self.reading.text, one.mention.end) or anaphor(self.reading.text, self._start, one.mention.end + 1)
        if self.cited_places and (hit is None or not is_many(hit)):
            return self.cited_places[0]
        if hit is None:
            spoken = self.lesions.spoken
            if spoken and one.category == "change":
                return spoken[-1][0]
            return spoken[-1][0] if spoken and one.category in ("signal", "density", "enhancement", "echogenicity", "change") and spoken[-1][0].span.start >= self._start - 400 else None
        role = stated_role(hit["words"] or "")
        if role == "primary":
            primary = next((place for place, _ in self.lesions.spoken if place.role == "primary"), None)
            if primary:
                return primary
        return self.lesions.meant(is_many(hit))

    def _region_place(self, one: Observed) -> Place | None:
        if self._region is None:
            return None
        label, level = level_of(self.reading, self._region.label)
        if label in ("skull", "head") and one.category not in ("bone", "normal"):
            label = "brain"  # "cranial MRI" shows the brain
        return Place(label, Span(self._region.start, self._region.end), self._region.rule, self._role(label, one, self._region) if one.category != "normal" else "", level)

    def _role(self, site: str, one: Observed | None, mention: Mention) -> str:
        """What the words around say, else what the table of sites says of this place."""
        exact = self.roles.get(site, [])
        start = min(one.mention.start if one else mention.start, mention.start)
        end = max(one.mention.end if one else mention.end, mention.end)
        sentence = self.reading.sentences[self.reading.sentence_of(mention)]
        stated = stated_role(self.reading.text[max(sentence.start, start - _AROUND):min(sentence.end, end + _BEYOND)])
        cited = next((place.role for place in self.cited_places if place.site == site and place.role), "")
        if exact:
            return stated if stated in exact else cited or self._last_role(site) or exact[0]
        known = [role for label, roles in self.roles.items() for role in roles if self._near(site, label)]
        if stated and (stated in known or not known):
            return stated
        return self._last_role(site) or (known[0] if known else "")

    def _closer(self, site: str, named: str) -> bool:
        """Whether `site` says more closely where `named` is ("bone marrow" of the vertebrae)."""
        within = self.reading.vocabulary.within
        tissue = _TISSUES.get(named)
        return within(site, named) or tissue is not None and site != tissue and within(site, tissue)

    def _near(self, one: str, other: str) -> bool:
        """Whether one place holds the other or both are parts of the same."""
        within, term = self.reading.vocabulary.within, self.reading.vocabulary.term
        if within(one, other) or within(other, one):
            return True
        first, second = term("sites", one), term("sites", other)
        return bool(first and second and first.fields["parent"] and first.fields["parent"] == second.fields["parent"])

    def _last_role(self, site: str) -> str:
        return next((place.role for place, _ in reversed(self.lesions.spoken) if place.site == site and place.role), "")

    def overhear(self, one: Observed) -> None:
        """A finding that no study showed may still be the lesion that a later sentence means."""
        self._hear(self._index)

    def listen(self, index: int) -> None:
        """A sentence without a study may place a lesion."""
        if _LESION.search(self.reading.text, self.reading.sentences[index].start, self.reading.sentences[index].end):
            self._hear(index)

    def _hear(self, index: int) -> None:
        sentence = self.reading.sentences[index]
        sites = site_mentions(self.reading, index, ())
        for hit in _LESION.finditer(self.reading.text, sentence.start, sentence.end) if sites else ():
            named = places(self.reading, Mention(hit.start(), hit.end(), sites[0].term), hit.end(), sites, sentence.end)
            for site in reversed(named):
                self.lesions.speak(self._place(site, None), plural(hit[0]))
            if named:
                return

    def guided(self, anchor: Anchor, index: int) -> Place | None:
        """What a guided biopsy aims at: a site of the sentence, else the lesion spoken of last."""
        ahead = [site for site in self._sites if site.start >= anchor.end]
        site = (ahead or [s for s in self._sites if s.end <= anchor.start][-1:] or [None])[0]
        if site is not None:
            return self._place(site, None)
        return self.lesions.spoken[-1][0] if self.lesions.spoken else None

    def neutral(self, index: int) -> bool:
        """Whether sentence `index` may stand between a study and what is told of it later."""
        sentence = self.reading.sentences[index]
        return not _CLINICAL.search(self.reading.text, sentence.start, sentence.end)


def _same_group(one: Observed, other: Observed) -> bool:
    return other.mention.end <= one.last
