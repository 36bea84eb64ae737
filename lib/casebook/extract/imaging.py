"""Imaging studies done on the patient, and what each showed: method, sequence, site, finding, status, measure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from casebook.extract.finding import Cell, Draft, Finding
from casebook.extract.imaging_anchors import Anchor, anchors, may_name_a_study
from casebook.extract.imaging_cells import finding_cells, finding_label, fitting, place_cells, sequence_cells
from casebook.extract.imaging_findings import Observed, observed
from casebook.extract.imaging_groups import Group, Spoken, grouped
from casebook.extract.imaging_legends import Legends
from casebook.extract.imaging_lesions import Place
from casebook.extract.imaging_reference import typical
from casebook.extract.imaging_rows import Row, Study, distinct, findings, method_rows
from casebook.extract.imaging_sessions import Sessions
from casebook.extract.imaging_signal import Sequences, sequences, weighting
from casebook.extract.imaging_sites import Where
from casebook.extract.imaging_sources import studies_of
from casebook.extract.reading import Reading
from casebook.extract.telling import telling
from casebook.text.span import Span

_UNREAD = ("references", "furniture", "keywords", "title")
_SECOND = ("abstract", "legend", "introduction", "discussion", "table", "front")
_GUIDED = {
    "biops": "biopsy guidance",
    "aspirat": "biopsy guidance",
    "fna": "biopsy guidance",
    "punctur": "biopsy guidance",
    "sampl": "biopsy guidance",
    "drain": "drainage guidance",
}
_IT_SHOWED = re.compile(
    r"(?:It|This|These|They|The latter)\s(?:\w+ly\s|also\s)?"
    r"(?:showed|revealed|demonstrated|disclosed|objectified|confirmed|found|identified|detected)\b"
)
"""Begins a sentence that shows that the study only asked for before was done."""
_FAR = 3  # sentences that tell nothing of a study, after which "it" no longer means it
_FARTHEST = 6


def find(reading: Reading, draft: Draft) -> Iterator[Finding]:
    """One row per finding of each study, and one for a study of which only the method is named."""
    cases = [finding.case for finding in draft.of("cases") if not finding.case.startswith("c")]
    if not cases:
        yield from typical(reading)
    if reading.of("modalities") or reading.of("sequences"):
        for case in cases:
            yield from _Patient(reading, draft, case).findings()


def _told_under(group: Group, names: list[str]) -> list[str]:
    """The methods under which findings are told: those of a CT angiography under CT."""
    if "angiography" not in names:
        return names
    apart = any(anchor.names == ("angiography",) for anchor in group)
    return names if apart else [name for name in names if name != "angiography"] or names


class _Patient:
    """Reads the sentences of one patient in order: the case first, then what legends and abstract add."""

    def __init__(self, reading: Reading, draft: Draft, case: str):
        self.reading, self.case = reading, case
        self.spoken = Spoken()
        self.sessions = Sessions(reading, case)
        self.where = Where(reading, draft, case)
        self.legends = Legends(reading)
        self.rows: list[Row] = []
        self.second = False
        self.cited: list[int] = []

    def findings(self) -> Iterator[Finding]:
        sentences = self.reading.sentences
        owned = [index for index in self._owned() if sentences[index].zone not in _UNREAD]
        body = [index for index in owned if sentences[index].zone not in _SECOND]
        body = body or [index for index in owned if sentences[index].zone != "legend"]
        self._read(body)
        self.second, kept = True, set(body)
        for zone in ("legend", "abstract"):
            self.spoken = Spoken(seen=self.spoken.seen)
            self._read([index for index in owned if sentences[index].zone == zone and index not in kept])
        studies = self.sessions.studies
        rows = distinct(self.rows, self.reading.vocabulary.within)
        for study in studies.all():
            study.rows = sum(row.study is study for row in rows)
        rows = sorted([*rows, *method_rows(studies)], key=lambda row: row.at)
        yield from findings(self.case, rows, studies)

    def _owned(self) -> Iterator[int]:
        """Sentences that speak of the patient, and of a legend those that go on and name nobody else."""
        previous = -2
        for index, owner in enumerate(self.reading.owner):
            legend = self.reading.sentences[index].zone == "legend"
            goes_on = owner is None and legend and index == previous + 1 and not self.legends.starts(index)
            own = owner == self.case or self.case in self.reading.shared.get(index, ())
            if own or goes_on and self.reading.sentences[previous].zone == "legend":
                previous = index
                yield index

    def _read(self, indices: Sequence[int]) -> None:
        previous = None
        for index in indices:
            sentence = self.reading.sentences[index]
            legend = sentence.zone == "legend"
            self.cited = self.legends.citing(index) if legend else []
            self.where.cited = self._places_at(self.cited)
            apart = previous is not None and (index != previous + 1 or sentence.paragraph != self.spoken.paragraph)
            if self.legends.starts(index) if legend else apart:
                self.spoken.forget()
            self.spoken.paragraph, previous = sentence.paragraph, index
            self._sentence(index)

    def _places_at(self, indices: Sequence[int]) -> list[Place]:
        """Where the findings are that these sentences told."""
        if not indices:
            return []
        ranges = [(self.reading.sentences[index].start, self.reading.sentences[index].end) for index in indices]
        return [row.place for row in self.rows if row.place and any(low <= row.at < high for low, high in ranges)]

    def _sentence(self, index: int) -> None:
        wanted, self.spoken.wanted = self.spoken.wanted, ()
        if wanted and _IT_SHOWED.match(self.reading.text, self.reading.sentences[index].start):
            self.spoken.studies = tuple(replace(anchor, done=True) for anchor in wanted)
        reading, told_of = self.reading, bool(self.spoken.studies)
        found = anchors(reading, index) if told_of or may_name_a_study(reading, index) else []
        if not told_of and not any(anchor.imaging or anchor.kind == "guidance" for anchor in found):
            self.where.listen(index)
            return
        groups = grouped(reading, found, self.spoken)
        seen, clusters = observed(reading, index), sequences(reading, index)
        if seen or found:
            self.where.begin(index, found)
        meant = {id(group): self._studies(group, index) for group in groups}
        for group in groups:
            if group[0].kind == "guidance" and group[0].done:
                self._guided(group[0], index)
        told: Group = ()
        for position, one in enumerate(seen):
            group = studies_of(one.mention, reading, index, groups, self.spoken)
            if group:
                told = group
                studies = meant.get(id(group)) or self._studies(group, index, named=False)
                self._finding(seen, position, group, studies, clusters)
            else:
                self.where.listen(index)
        self._remember(index, groups, found, told)

    def _studies(self, group: Group, index: int, named: bool = True) -> dict[str, Study]:
        now = None
        if self.second:
            now = self.reading.sentences[self.cited[0]].end if self.cited else len(self.reading.text)
        studies = self.sessions.of(group, index, now, named)
        for name, study in studies.items():
            study.region = study.region or place_cells(self.where.covered(group, name)).get("site")
        return studies

    def _finding(
        self,
        seen: Sequence[Observed],
        position: int,
        group: Group,
        studies: dict[str, Study],
        clusters: list[Sequences],
    ) -> None:
        one, others = seen[position], [other.mention for other in seen] if clusters else []
        where: Sequence[Place | None] = self.where.sites(seen, position, group) or [None]
        for name in fitting(one, _told_under(group, list(studies))):
            study = studies[name]
            under = weighting(self.reading, one.mention, one.last, clusters, others, name)
            for sequence in sequence_cells(study, under):
                for place in where:
                    label = finding_label(one, name, self.reading.text, place)
                    self._add(study, one.mention.start, finding_cells(one, label, study, place) | sequence, place)

    def _add(self, study: Study, at: int, cells: dict[str, Cell], place: Place | None) -> None:
        self.rows.append(Row(study, at, cells, self.second, bool(self.cited), place))
        study.rows += 1

    def _guided(self, anchor: Anchor, index: int) -> None:
        near = self.reading.lower[anchor.end : anchor.end + 60].partition(".")[0]
        words = near if any(stem in near for stem in _GUIDED) else self.reading.words(index).lower()
        kind = next((label for stem, label in _GUIDED.items() if stem in words), "guidance")
        place, span = self.where.guided(anchor), (Span(anchor.start, anchor.end),)
        for name, study in self._studies((anchor,), index).items():
            cells = {
                "modality": Cell(name, span, study.cell.rule),
                "qualifier": Cell(kind, span, "imaging.guidance"),
                "status": Cell("present", span, study.cell.rule),
                **place_cells(place),
            }
            self._add(study, anchor.start, cells, place)

    def _remember(self, index: int, groups: Sequence[Group], found: Sequence[Anchor], told: Group) -> None:
        """What the next sentence's "it" means."""
        spoken = self.spoken
        for group in groups:
            if group[0].imaging:
                spoken.named(group)
        if groups:
            last = groups[-1]
            if last[0].imaging and any(group is told for group in groups):
                last = told
            treated = not told and any(t.end <= last[0].start for t in self.reading.of("treatments", index))
            goes_on = last[0].imaging and any(anchor.done for anchor in last) and not treated
            spoken.studies = last if goes_on else ()
            wanted = last[0].kind == "study" and not any(anchor.done for anchor in last)
            spoken.wanted = last if wanted and not self._refused(index) else ()
            spoken.distance = 0
        elif found:
            spoken.forget()
        else:
            spoken.distance += 1
            far = spoken.distance > (_FARTHEST if told else _FAR)
            if far or not told and self._leaves(index):
                spoken.forget()

    def _refused(self, index: int) -> bool:
        return any(cue.term.fields["category"] == "refused" for cue in self.reading.of("cues", index))

    def _leaves(self, index: int) -> bool:
        words, sentence = telling(self.reading.vocabulary), self.reading.sentences[index]
        if not words.may("leaves", self.reading.tokens(index)):
            return False
        return bool(words.leaves.search(self.reading.text, sentence.start, sentence.end))
