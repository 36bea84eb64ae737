"""The principal disease of each patient, where it arose, its grade, and what it became."""

from collections.abc import Iterator

from casebook.extract.diagnosis_rank import Candidate, candidates
from casebook.extract.diagnosis_scant import masses, scant
from casebook.extract.disease_name import alike, places_agree
from casebook.extract.finding import Cell, Draft, Finding
from casebook.extract.grade import grade_of, later_diagnosis
from casebook.extract.phrase import WIDE
from casebook.extract.primary_site import Primary, primary_site
from casebook.extract.principal import in_full, in_other_words, principal, strongest
from casebook.extract.reading import Reading
from casebook.extract.spread_referred import placed_sites
from casebook.text.span import Span

_OF_THE_REPORT = ("title", "keywords", "legend")


def find(reading: Reading, draft: Draft) -> Iterator[Finding]:
    """No row of its own: fills diagnosis, grade, site and side of the rows of `cases`."""
    for case in [finding.case for finding in draft.of("cases")]:
        sentences = sentences_of(reading, draft, case)
        found = strongest(list(candidates(reading, sentences)))
        if not found:  # a series speaks of its patients' disease where it speaks of none of them alone
            shared = [index for index, owner in enumerate(reading.owner) if owner is None]
            found = strongest(list(candidates(reading, shared)))
        if not found and not case.startswith("c"):
            found = strongest(list(candidates(reading, sentences, scant)))
        if not found and not case.startswith("c"):
            found = list(candidates(reading, sentences, masses))[:1]
        draft.set_case(case, **_cells(reading, sentences, principal(reading.vocabulary, found), found))
    return iter(())


def sentences_of(reading: Reading, draft: Draft, case: str) -> list[int]:
    """The sentences that speak of `case`; of a report's only patient also its title, keywords and legends."""
    own = set(reading.owned(case))
    if not case.startswith("c"):
        alone = sum(not finding.case.startswith("c") for finding in draft.of("cases")) == 1
        own.update(
            index
            for index, sentence in enumerate(reading.sentences)
            if sentence.zone in (_OF_THE_REPORT if alone else ("title",)) and reading.owner[index] is None
        )
    return sorted(own)


def _cells(reading: Reading, sentences: list[int], chosen: Candidate | None, found: list[Candidate]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    site = primary_site(reading, sentences, chosen, found, placed_sites(reading, sentences))
    if chosen:
        cue = chosen.opinion.cue
        label, spans = chosen.name.label, [chosen.span]
        if other := in_full(chosen, found) or in_other_words(reading.vocabulary, chosen, found):
            label, spans = other.name.label, [chosen.span, other.span]
        elif organ := organ_words(reading, chosen, found, site.label if site else ""):
            label, spans = f"{reading.lower[organ.start : organ.end]} {label}", [organ, chosen.span]
        cells["diagnosis"] = Cell(
            label, tuple(spans), chosen.phrase.head.rule, Span(cue.start, cue.end) if cue else None
        )
        cells.update(grade_of(reading, chosen, found))
        cells.update(later_diagnosis(reading, chosen, found))
    if site:
        cells.update(_site_cells(site, chosen))
    return cells


def organ_words(reading: Reading, chosen: Candidate, found: list[Candidate], arose: str) -> Span | None:
    """The organ that a wide histology lacks and another name of the disease has: "⟨gastric⟩ cancer".

    `arose` is the label of the site where the disease arose, "" if the report tells none: no other organ is meant.
    """
    inside = [s for s in chosen.phrase.sites if chosen.phrase.start <= s.start and s.end <= chosen.phrase.end]
    if inside or chosen.phrase.head.label not in WIDE or chosen.phrase.metastatic:
        return None
    for other in found:
        site = next(
            (s for s in other.phrase.sites if other.phrase.start <= s.start and s.end < other.phrase.head.end), None
        )
        meant = not arose or site and places_agree(reading.vocabulary, (arose,), (site.label,))
        if site and site.start == other.phrase.start and meant and alike(reading.vocabulary, other.name, chosen.name):
            return Span(site.start, site.end)
    return None


def _site_cells(site: Primary, chosen: Candidate | None) -> Iterator[tuple[str, Cell]]:
    if site.mention:
        yield "primary_site", Cell(site.label, (Span(site.mention.start, site.mention.end),), site.mention.rule)
    else:
        assert chosen is not None, "only a diagnosis implies a site"
        head = chosen.phrase.head
        why = "the diagnosis, which implies its site"
        yield "primary_site", Cell(site.label, (Span(head.start, head.end),), head.rule, derived_from=why)
    if site.side and site.side_span:
        yield "laterality", Cell(site.side, (site.side_span,), "sites.side")
