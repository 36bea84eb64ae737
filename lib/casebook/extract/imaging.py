"""Imaging studies done on the patient, and what each showed: method, sequence, site, finding, status, measure."""

import re
from collections.abc import Iterator, Sequence

from casebook.extract.finding import Cell, Draft, Finding
from casebook.extract.imaging_anchors import Anchor, anchors
from casebook.extract.imaging_findings import Observed, observed
from casebook.extract.imaging_legends import Legends
from casebook.extract.imaging_reference import typical
from casebook.extract.imaging_places import Place
from casebook.extract.imaging_rows import Row, Studies, Study, distinct, findings, method_rows
from casebook.extract.imaging_sites import Where
from casebook.extract.imaging_signal import TRACED, sequences, weighting
from casebook.extract.imaging_sources import Spoken, grouped, studies_of
from casebook.extract.reading import Reading
from casebook.text.span import Span

_UNREAD = ("references", "furniture", "keywords", "title")
_SECOND = ("abstract", "legend", "introduction", "discussion", "table", "front")
_AGAIN = re.compile(
    r"\b(?:follow-?up|repeat(?:ed)?|control|second|third|another|subsequent|new|later|post-?\s?operative(?:ly)?|after (?:the )?(?:\w+ )?(?:surgery|operation|treatment|resection|therapy|chemo\w*|radio\w*)"
    r"|(?:months?|weeks?|years?|days?) (?:later|after|post)|again|recent|latest|serial|re-?examination|next|current|final|discharge)\b", re.IGNORECASE)
_FITTING = {
    "signal": ("MRI",), "echogenicity": ("ultrasonography", "echocardiography"),
    "uptake": ("PET", "PET-CT", "SPECT", "bone scintigraphy", "scintigraphy (other)"),
    "density": ("CT", "radiography", "mammography", "PET-CT", "fluoroscopy", "angiography", "myelography")}
_SPECTRA = ("increased choline/creatine ratio", "increased choline", "lipid peak", "lactate peak", "NAA peak", "decreased NAA", "myo-inositol peak", "amino acid peak")
_FOCUS = re.compile(r"\bfoc(?:us|i)\b|\bhot ?spots?\b|\baccumulations?\b", re.IGNORECASE)
_WIDER = {"PET": "PET-CT", "scintigraphy (other)": "bone scintigraphy"}
_GUIDED = {"biops": "biopsy guidance", "aspirat": "biopsy guidance", "fna": "biopsy guidance", "punctur": "biopsy guidance", "sampl": "biopsy guidance", "drain": "drainage guidance"}


def find(reading: Reading, draft: Draft) -> Iterator[Finding]:
    """One row per finding of each study, and one for a study of which only the method is named."""
    cases = [finding.case for finding in draft.of("cases") if not finding.case.startswith("c")]
    if not cases:
        yield from typical(reading)
    for case in cases:
        yield from _Patient(reading, draft, case).findings()


class _Patient:
    """Reads the sentences of one patient in order."""

    def __init__(self, reading: Reading, draft: Draft, case: str):
        self.reading, self.draft, self.case = reading, draft, case
        self.studies = Studies()
        self.spoken = Spoken()
        self.where = Where(reading, draft, case)
        self.legends = Legends(reading)
        self.rows: list[Row] = []
        self.cited: list[int] = []

    def findings(self) -> Iterator[Finding]:
        owned = [index for index in self._owned() if self.reading.sentences[index].zone not in _UNREAD]
        zones = {index: self.reading.sentences[index].zone for index in owned}
        body = [index for index in owned if zones[index] not in _SECOND]
        if not body:
            body = [index for index in owned if zones[index] != "legend"]
        self._read(body, second=False)
        kept = set(body)
        for zone in ("legend", "abstract"):
            self.spoken = Spoken(seen=self.spoken.seen)
            self._read([index for index in owned if zones[index] == zone and index not in kept], second=True)
        rows = distinct(self.rows, self.reading.vocabulary.within)
        for study in (study for known in self.studies.known.values() for study in known):
            study.rows = sum(row.study is study for row in rows)
        yield from findings(self.case, sorted([*rows, *method_rows(self.studies)], key=lambda row: row.at), self.studies)

    def _owned(self) -> Iterator[int]:
        """Sentences of the patient, and those of a legend that begins as the patient's and names nobody else."""
        previous = -2
        for index, owner in enumerate(self.reading.owner):
            sentence = self.reading.sentences[index]
            goes_on = owner is None and sentence.zone == "legend" and index == previous + 1 and sentence.zone == self.reading.sentences[previous].zone
            if owner == self.case or goes_on and not self.legends.starts(index):
                previous = index
                yield index

    def _read(self, indices: Sequence[int], second: bool) -> None:
        previous = None
        for index in indices:
            sentence = self.reading.sentences[index]
            legend = sentence.zone == "legend"
            self.cited = self.legends.citing(index) if legend else []
            self.where.cited_places = self._places_at(self.cited)
            if legend and self.legends.starts(index) or not legend and previous is not None and (index != previous + 1 or sentence.paragraph != self.spoken.paragraph):
                self.spoken.forget()
            self.spoken.paragraph, previous = sentence.paragraph, index
            self._sentence(index, second)

    def _places_at(self, indices: Sequence[int]) -> list[Place]:
        """Where the findings are that these sentences told."""
        ranges = [(self.reading.sentences[index].start, self.reading.sentences[index].end) for index in indices]
        return [row.place for row in self.rows if row.place and any(low <= row.at < high for low, high in ranges)]

    def _sentence(self, index: int, second: bool) -> None:
        reading = self.reading
        found = anchors(reading, index)
        named = any(anchor.imaging or anchor.kind == "guidance" for anchor in found)
        if not named and not self.spoken.studies:
            self.where.listen(index)
            return
        groups = grouped(reading, found, self.spoken)
        seen = observed(reading, index)
        self.where.begin(index, found)
        sessions = {id(group): self._sessions(group, index, second) for group in groups}
        told: tuple[Anchor, ...] = ()
        for group in groups:
            if group[0].kind == "guidance" and group[0].done:
                self._guided(group[0], index, second)
        clusters = sequences(reading, index)
        for position, one in enumerate(seen):
            group = studies_of(one.mention, reading, index, groups, self.spoken)
            if not group:
                self.where.overhear(one)
                continue
            told = group
            self._finding(one, group, sessions.get(id(group)) or self._sessions(group, index, second, again=False), clusters, seen, position, second)
        self._remember(index, groups, found, told)

    def _finding(self, one: Observed, group: tuple[Anchor, ...], sessions: dict[str, Study], clusters: list, seen: Sequence[Observed], position: int, second: bool) -> None:
        sites = self.where.sites(one, seen, position, group)
        for name in _fitting(one, list(sessions)):
            study = sessions[name]
            under = weighting(self.reading, one.mention, one.last, clusters, [other.mention for other in seen], name)
            labels: Sequence[str] = under[1] if under else ("",)
            for place in sites or [None]:
                for label in labels:
                    cells = {"modality": study.cell, "finding": Cell(_label(one, name, self.reading.text), (Span(one.mention.start, one.mention.end),), one.mention.rule),
                             "status": Cell(one.status, (Span(one.mention.start, one.mention.end),), one.mention.rule, cue=one.cue)}
                    if under and label:
                        cells["sequence"] = under[0].cell(label)
                        if name in TRACED:
                            study.tracer = cells["sequence"]
                    elif study.tracer:
                        cells["sequence"] = study.tracer
                    if place:
                        cells["site"] = Cell(place.site, (place.span,), place.rule)
                        if place.role:
                            cells["role"] = Cell(place.role, (place.span,), "imaging.role")
                    qualifier = one.qualifier(place.span if place else None, place.level if place else "")
                    if qualifier:
                        cells["qualifier"] = qualifier
                    if one.measure:
                        cells["value"] = Cell(one.measure.value, (one.measure.span,), "imaging.measure")
                        cells["unit"] = Cell(one.measure.unit, (one.measure.span,), "imaging.measure")
                    self.rows.append(Row(study, one.mention.start, cells, second, again=bool(self.cited), place=place))
                    study.rows += 1

    def _guided(self, anchor: Anchor, index: int, second: bool) -> None:
        near = self.reading.lower[anchor.end:anchor.end + 60].partition(".")[0]
        words = near if any(stem in near for stem in _GUIDED) else self.reading.words(index).lower()
        kind = next((label for stem, label in _GUIDED.items() if stem in words), "guidance")
        place = self.where.guided(anchor, index)
        for name, study in self._sessions((anchor,), index, second).items():
            span = (Span(anchor.start, anchor.end),)
            cells = {"modality": Cell(name, span, study.cell.rule), "qualifier": Cell(kind, span, "imaging.guidance"),
                     "status": Cell("present", span, study.cell.rule)}
            if place:
                cells["site"] = Cell(place.site, (place.span,), place.rule)
                if place.role:
                    cells["role"] = Cell(place.role, (place.span,), "imaging.role")
            self.rows.append(Row(study, anchor.start, cells, second, place=place))
            study.rows += 1

    def _sessions(self, group: tuple[Anchor, ...], index: int, second: bool, again: bool = True) -> dict[str, Study]:
        """The study that each method of `group` means here."""
        out: dict[str, Study] = {}
        for anchor in group:
            if not anchor.done or anchor.mention is None or anchor.kind == "other":
                continue
            at = anchor.start
            cell = Cell("", (Span(anchor.mention.start, anchor.mention.end),), anchor.mention.rule)
            for name in filter(None, anchor.names):
                if name in _WIDER and (_WIDER[name] in self.studies.known or name not in ("PET",) and self._of_bone(index)):
                    name = _WIDER[name]
                named = Cell(name, cell.spans, cell.rule)
                if second and self.cited:
                    known = self.studies.nearest(name, self.reading.sentences[self.cited[0]].end)
                else:
                    known = self.studies.nearest(name, len(self.reading.text)) if second or not again else None
                out[name] = known or self.studies.named(name, at, named, self._months(at), self._repeated(index, anchor))
        return out

    def _of_bone(self, index: int) -> bool:
        """Whether only bones are spoken of here and in the sentence before."""
        sites = [site.label for i in (index - 1, index) if i >= 0 for site in self.reading.of("sites", i)]
        return bool(sites) and all(self.reading.vocabulary.within(site, "bone") for site in sites)

    def _months(self, at: int) -> Cell | None:
        timeline = getattr(self.reading, "timeline", None)
        return timeline.months_at(self.case, at) if timeline is not None else None

    def _repeated(self, index: int, anchor: Anchor) -> bool:
        sentence = self.reading.sentences[index]
        low, high = max(sentence.start, anchor.start - 90), min(sentence.end, anchor.end + 40)
        return bool(_AGAIN.search(self.reading.text, low, high))

    def _remember(self, index: int, groups: Sequence[tuple[Anchor, ...]], found: Sequence[Anchor], told: tuple[Anchor, ...]) -> None:
        """What the next sentence's "it" means."""
        spoken = self.spoken
        if groups:
            last = groups[-1] if groups[-1][0].kind in ("other", "guidance") or not any(told is group for group in groups) else told
            for group in groups:
                if group[0].imaging:
                    spoken.last_named = group
                    for anchor in group:
                        for name in anchor.names:
                            spoken.seen[name] = anchor
            spoken.studies = last if last[0].imaging and any(anchor.done for anchor in last) else ()
            spoken.distance = 0
        elif found:
            spoken.forget()
        else:
            spoken.distance += 1
            if not told or spoken.distance > 6:
                if spoken.distance > 3 or not self.where.neutral(index):
                    spoken.forget()


def _label(one: Observed, name: str, text: str) -> str:
    """A focus on a tracer study is uptake."""
    if name in _FITTING["uptake"] and one.mention.label in ("lesion", "metastasis") and _FOCUS.search(text, one.mention.start, one.mention.end + 12):
        return "increased uptake"
    if name == "angiography" and one.mention.label == "enhancement":
        return "tumour blush"
    return one.mention.label


def _fitting(one: Observed, names: Sequence[str]) -> list[str]:
    """Of the studies that share a statement those that can show such a finding."""
    if one.mention.label in _SPECTRA:
        return [name for name in names if name == "MR spectroscopy"] or list(names)
    if "MR spectroscopy" in names and len(names) > 1:
        names = [name for name in names if name != "MR spectroscopy"]
    fitting = [name for name in names if name in _FITTING.get(one.category, (name,))]
    return fitting or list(names)
