"""From one document to findings: each topic reads the document and what earlier topics decided."""

from collections.abc import Callable, Iterator, Sequence

from casebook.asked import Asked, added_to, now
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


def words(reading: Reading, draft: Draft) -> Iterator[Finding]:
    """No row of its own: finds the words of the vocabulary, now that the sentences are divided between patients."""
    reading.find_mentions()
    return iter(())


Topic = Callable[[Reading, Draft], Iterator[Finding]]
TOPICS: tuple[Topic, ...] = (
    patients.find,
    words,
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
    """The reading of `document` and all findings."""
    [one] = extract_each([document], vocabulary, [now()])
    return one


def extract_each(
    documents: Sequence[Document], vocabulary: Vocabulary, asked_by: Sequence[Asked | None]
) -> list[tuple[Reading, list[Finding]]]:
    """As `extract`, for several documents; what each asks of the vocabulary is added to its own of `asked_by`.

    A topic is read in all of them before the next: its code is still in the processor's cache.
    """
    begun = [(Reading(document, vocabulary), Draft()) for document in documents]
    for topic in TOPICS:
        for (reading, draft), questions in zip(begun, asked_by, strict=True):
            with added_to(questions):
                draft.findings.extend(topic(reading, draft))
    return [(reading, draft.findings) for reading, draft in begun]
