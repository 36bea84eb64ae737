"""Figures about a disease: shares, incidences, counts of published cases."""

import re
from collections.abc import Iterator

from casebook.extract.finding import Cell, Finding
from casebook.extract.quantity import WORDED, number
from casebook.extract.reading import Reading
from casebook.extract.statement import Subjects, citation, clause, telling, uncited
from casebook.text.span import Span

_PERCENT = re.compile(
    r"(?<![\d.,≥>≤<])(?<![≥>≤<]\s)(?P<n>\d{1,3}(?:\.\d{1,2})?)(?:\s?%?\s?(?:[-–]|to"
    r"|and)\s?(?P<m>\d{1,3}(?:\.\d{1,2})?))?\s?(?P<unit>%|per\s?cent\b)"
)
_NO_SHARE = re.compile(
    r"sensitiv|specific|confidence|\bCI\b|predicti|accuracy|solution|dextrose|glucose|concentration|saturation|stenosis"
    r"|identity|homolog|similarity|topical|amino\sacid|h[a]?emoglobin|\bvs\b|fraction|ejection|hematocrit|haematocrit"
    r"|\bp\s?[<=]|humidity|purity|agarose|formalin|ethanol|oxygen",
    re.IGNORECASE,
)
_OF = re.compile(
    r"\b(?:of|in|are|is|cases|patients|may|have|has|show|occur|account|constitut|compris|represent|report|found|rate"
    r"|range)",
    re.IGNORECASE,
)
_INCIDENCE = re.compile(
    r"(?<![\d.,])(?P<n>\d{1,4}(?:\.\d{1,3})?)(?:\s?(?:[-–]|to"
    r"|and)\s?(?P<m>\d{1,4}(?:\.\d{1,3})?))?\s(?:new\s)?(?:cases?\s|persons?\s|people\s|patients\s)?"
    r"(?:out\sof\severy|out\sof|in\severy|per|in|of|/)\s?(?P<base>1,?000,?000|one\smillion|a\smillion|million"
    r"|100[,\s]?000|10[,\s]?000|1[,\s]?000)\b"
    r"(?P<whom>\s(?:people|persons?|inhabitants|population|individuals|live\sbirths|births|children|women|men"
    r"|person-years|patients)\b)?"
    r"(?P<yearly>\s?(?:per\syear|a\syear|each\syear|every\syear|annually|per\sannum|/\s?year|yearly)\b)?"
)
_COUNT = re.compile(
    rf"(?<![\w.-])(?P<n>{WORDED}|\d{{1,4}})\s(?:(?!of|years?|months?|days?|weeks?|or|and|to"
    rf"|%)[\w/-]+\s){{0,4}}?(?P<unit>reports|cases|patients)\b",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\b(?:literature|reported|reports|described|published|documented|to\sdate|so\sfar|among\sthem|previous"
    r"|been\sfound|review|included?\sthe)\b",
    re.IGNORECASE,
)
_RULES = {"frequency": "claims.frequency", "incidence": "claims.incidence", "count": "claims.count"}
_BASES = {
    "1000000": "1,000,000",
    "onemillion": "1,000,000",
    "amillion": "1,000,000",
    "million": "1,000,000",
    "100000": "100,000",
    "10000": "10,000",
    "1000": "1,000",
}


def find(reading: Reading, subjects: Subjects) -> Iterator[Finding]:
    seen: set[tuple] = set()
    for index in telling(reading):
        words = reading.words(index)
        findings: list[Finding] = []
        if "%" in words or "per" in words:
            findings += _frequencies(reading, index, subjects)
        if "000" in words or "million" in words:
            findings += _incidences(reading, index, subjects)
        if "cases" in words or "reports" in words or "patients" in words:
            findings += _counts(reading, index, subjects)
        for finding in findings:
            same = (finding.value("kind"), finding.value("value"), finding.value("unit"), finding.value("citation"))
            if same not in seen or finding.value("citation") is None:
                seen.add(same)
                yield finding


def _frequencies(reading: Reading, index: int, subjects: Subjects) -> Iterator[Finding]:
    sentence = reading.sentences[index]
    for hit in _PERCENT.finditer(reading.text, sentence.start, sentence.end):
        said = clause(reading.text, sentence.start, sentence.end, hit.start())
        words = reading.text[said.start : said.end]
        if float(hit["n"]) > 100 or _NO_SHARE.search(words) or not _OF.search(words):
            continue
        for group in ("n", "m"):
            if hit[group]:
                yield _figure(
                    reading,
                    index,
                    subjects,
                    "frequency",
                    hit.start(group),
                    said,
                    float(hit[group]),
                    Span(hit.start(group), hit.end(group)),
                    Cell("%", (Span(hit.start("unit"), hit.end()),), "claims.frequency"),
                )


def _incidences(reading: Reading, index: int, subjects: Subjects) -> Iterator[Finding]:
    sentence = reading.sentences[index]
    for hit in _INCIDENCE.finditer(reading.text, sentence.start, sentence.end):
        base = _BASES["".join(hit["base"].replace(",", "").lower().split())]
        whom = " ".join((hit["whom"] or "").split())
        unit = (
            f"per {base}"
            + (f" {whom}" if whom.endswith(("births", "years")) else "")
            + (" per year" if hit["yearly"] else "")
        )
        unit_cell = Cell(unit, (Span(hit.start("base"), hit.end()),), "claims.incidence")
        bounds = ("lower bound", "upper bound") if hit["m"] else ("incidence",)
        for group, bound in zip(("n", "m"), bounds, strict=False):
            finding = _figure(
                reading,
                index,
                subjects,
                "incidence",
                hit.start(group),
                Span(hit.start(), hit.end()),
                float(hit[group]),
                Span(hit.start(group), hit.end(group)),
                unit_cell,
            )
            yield finding.with_cells(statement=Cell(bound, (Span(hit.start(), hit.end()),), "claims.incidence"))


def _counts(reading: Reading, index: int, subjects: Subjects) -> Iterator[Finding]:
    sentence = reading.sentences[index]
    taken: Span | None = None
    for hit in _COUNT.finditer(reading.text, sentence.start, sentence.end):
        said = clause(reading.text, sentence.start, sentence.end, hit.start())
        value = number(hit["n"])
        lead = reading.text[max(sentence.start, hit.start() - 12) : hit.start()].lower()
        if (
            said == taken
            or not value
            or value < 2
            or lead.endswith(("the ", "these ", "our ", "in ", "stage ", "those ", "of "))
        ):
            continue
        if not _PUBLISHED.search(reading.words(index)):
            continue
        taken = said
        span = Span(hit.start("n"), hit.end("n"))
        unit = Cell(hit["unit"].lower(), (Span(hit.start("unit"), hit.end("unit")),), "claims.count")
        yield _figure(reading, index, subjects, "count", hit.start(), said, value, span, unit)


def _figure(
    reading: Reading,
    index: int,
    subjects: Subjects,
    kind: str,
    at: int,
    said: Span,
    value: float,
    figure: Span,
    unit: Cell,
) -> Finding:
    rule = _RULES[kind]
    cells = {
        "kind": Cell(kind, (figure,), rule),
        "statement": Cell(uncited(reading.text[said.start : said.end]), (said,), rule),
        "value": Cell(value, (figure,), rule),
        "unit": unit,
    }
    if subject := subjects.of(index, at):
        cells["subject"] = subject
    if cited := citation(reading.text, figure.end, reading.sentences[index].end):
        cells["citation"] = cited
    return Finding("claims", "", at, cells)
