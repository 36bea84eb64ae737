"""Typical signs that a reference article, which has no patient, lists for the disease it is about."""

import re
from collections.abc import Iterator

from casebook.extract.finding import Cell, Finding
from casebook.extract.imaging_anchors import anchors
from casebook.extract.imaging_findings import observed
from casebook.extract.imaging_signal import sequences, weighting
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.text.document import Zone
from casebook.text.span import Span

_OTHER_SECTION = re.compile(
    r"differential|clinical|patholog|epidemiolog|treatment|prognosis|histor|terminology|etiolog|aetiolog|see also"
    r"|references",
    re.IGNORECASE,
)
_IMAGING_SECTION = re.compile(
    r"radiograph|radiolog|imaging|\bMRI?\b|\bCT\b|ultraso|\bPET\b|scintigra|mammogra|features", re.IGNORECASE
)
_ANY_METHOD = re.compile(r"(?:radiograph|radiolog)ic(?:al)? (?:features|findings|appearances?)$", re.IGNORECASE)
_METASTASES = re.compile(r"\bmetasta\w+", re.IGNORECASE)


def typical(reading: Reading) -> Iterator[Finding]:
    """Rows without a case. Only sections on imaging are read, never the differential diagnosis; none if no section"
    " is headed so."""
    zones = [
        zone
        for zone in reading.document.zones
        if _IMAGING_SECTION.search(zone.heading) and not _OTHER_SECTION.search(zone.heading)
    ]
    if any(reading.owner) or not zones:
        return
    subject = dict(_subject(reading))
    for zone in zones:
        yield from _section(reading, zone, subject)


def _section(reading: Reading, zone: Zone, subject: dict[str, Cell]) -> Iterator[Finding]:
    """The signs of one section; a method stands in its heading or before the list of its signs."""
    study = _headed(reading, zone)
    for index, sentence in enumerate(reading.sentences):
        if not zone.start <= sentence.start < zone.end:
            continue
        named = [a for a in anchors(reading, index) if a.kind in ("study", "implied") and a.mention]
        first = named[0] if named else None
        if first and (study is None or first.kind == "study" or not any(map(first.names.__contains__, _names(study)))):
            study = first.mention
        if study is None:
            continue
        modality = _names(study)[0]
        seen, clusters = observed(reading, index), sequences(reading, index)
        for one in seen:
            if one.mention.label in ("lesion", "metastasis", "tumour mass"):
                continue
            under = weighting(reading, one.mention, one.last, clusters, [other.mention for other in seen], modality)
            at = (Span(one.mention.start, one.mention.end),)
            for label in under[1] if under else ("",):
                cells = {
                    "modality": Cell(modality, (Span(study.start, study.end),), study.rule),
                    "finding": Cell(one.mention.label, at, one.mention.rule),
                    "status": Cell(one.status, at, one.mention.rule, cue=one.cue),
                    **subject,
                }
                if under and label:
                    cells["sequence"] = under[0].cell(label)
                if qualifier := one.qualifier():
                    cells["qualifier"] = qualifier
                yield Finding("modalities", "", one.mention.start, cells)


def _names(study: Mention) -> list[str]:
    return (study.term.fields.get("modality") or study.label).split("|")


def _headed(reading: Reading, zone: Zone) -> Mention | None:
    """The method that the heading above `zone` names; "Radiographic features" may be of any."""
    named = [m for m in reading.of("modalities") if zone.start - 80 <= m.start and m.end <= zone.start]
    above = [m for m in named if reading.text[m.start : m.end] in zone.heading and not _ANY_METHOD.match(zone.heading)]
    return above[-1] if above else None


def _subject(reading: Reading) -> Iterator[tuple[str, Cell]]:
    """Site and role of the disease that the title, or else the first sentence, names."""
    for index, sentence in enumerate(reading.sentences[:4]):
        diseases = reading.of("diagnoses", index)
        hit = _METASTASES.search(reading.text, sentence.start, sentence.end)
        if not diseases and not hit:
            continue
        site = next(iter(reading.of("sites", index)), None)
        if site:
            yield "site", Cell(site.label, (Span(site.start, site.end),), site.rule)
        elif diseases and diseases[0].term.fields["site"]:
            yield (
                "site",
                Cell(diseases[0].term.fields["site"], (Span(diseases[0].start, diseases[0].end),), diseases[0].rule),
            )
        if hit:
            yield "role", Cell("metastasis", (Span(hit.start(), hit.end()),), "imaging.subject_role")
        elif diseases and diseases[0].term.fields["behaviour"]:
            yield "role", Cell("primary", (Span(diseases[0].start, diseases[0].end),), "imaging.subject_role")
        return
