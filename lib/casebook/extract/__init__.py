"""From one document to findings: each topic reads the document and what earlier topics decided."""

from collections.abc import Callable, Iterator

from casebook.extract import (
    claims,
    conflicts,
    demographics,
    diagnosis,
    imaging,
    outcome,
    patients,
    sites,
    symptoms,
    timeline,
    treatment,
)
from casebook.extract.finding import Draft, Finding
from casebook.extract.reading import Reading
from casebook.text.document import Document
from casebook.vocabulary import Vocabulary

Topic = Callable[[Reading, Draft], Iterator[Finding]]
TOPICS: tuple[Topic, ...] = (
    patients.find,
    timeline.find,
    demographics.find,
    diagnosis.find,
    symptoms.find,
    sites.find,
    treatment.find,
    imaging.find,
    outcome.find,
    claims.find,
    conflicts.find,
)


def extract(document: Document, vocabulary: Vocabulary) -> tuple[Reading, list[Finding]]:
    """The reading of `document` and all findings, topic by topic."""
    reading, draft = Reading(document, vocabulary), Draft()
    for topic in TOPICS:
        draft.findings.extend(topic(reading, draft))
    return reading, draft.findings
