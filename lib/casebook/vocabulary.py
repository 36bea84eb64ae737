"""The words of the review: CSV files in data/vocabulary, checked whole, then frozen.

Every row is one concept with a stable `rule` id and its surfaces, separated by `|`. Matching folds case, hyphens and
punctuation, so a file lists what differs otherwise; plurals and British/American spellings are made here. A surface
that starts with `=` is matched as written (acronyms, words that are also English).
"""

import gc
import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from casebook.asked import EVERYTHING, Question, asked, derived, note
from casebook.errors import InputError
from casebook.text.spelling import fold, genitives, variants
from casebook.wordfiles import COLUMNS, RULE_COLUMNS, faults, files, kind_of, rows

WORD_LISTS = ("modifiers", "regions", "telling")
"""Files whose words a rule looks up beside another mention; they are no mentions of their own."""


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """One row: `kind` is the file's stem, `fields` its other columns."""

    rule: str
    kind: str
    label: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the code, described for clinicians; the marks in `example` are [words=value]."""

    rule: str
    meaning: str
    column: str
    example: str
    near_miss: str


class Vocabulary:
    """All terms. `surfaces` maps a folded surface to its terms, each with the exact spelling it asks for, if any;
    `labels` maps (kind, label) to its first term.

    What reading a report asks of it is noted (see `asked`). `term`, `named`, `by_rule`, `within` and what is `derived`
    are questions with a small answer; whoever looks through all of it has asked for everything.
    """

    def __init__(
        self,
        terms: Mapping[str, Term],
        surfaces: Mapping[str, tuple[tuple[Term, str], ...]],
        rules: Mapping[str, Rule],
        checksum: str,
        labels: Mapping[tuple[str, str], Term],
    ):
        self._terms, self._surfaces, self._rules, self._labels = terms, surfaces, rules, labels
        self.checksum = checksum
        self._known: dict[Question, Any] = {}

    @property
    def terms(self) -> Mapping[str, Term]:
        note(EVERYTHING)
        return self._terms

    @property
    def surfaces(self) -> Mapping[str, tuple[tuple[Term, str], ...]]:
        note(EVERYTHING)
        return self._surfaces

    @property
    def rules(self) -> Mapping[str, Rule]:
        note(EVERYTHING)
        return self._rules

    @property
    def labels(self) -> Mapping[tuple[str, str], Term]:
        note(EVERYTHING)
        return self._labels

    def term(self, kind: str, label: str) -> Term | None:
        note(("term", kind, label))
        return self._labels.get((kind, label))

    def by_rule(self, rule: str) -> Term | None:
        note(("by_rule", rule))
        return self._terms.get(rule)

    def named(self, words: str) -> tuple[tuple[Term, str], ...]:
        """The terms of which the folded `words` are a surface, as `surfaces` has them."""
        note(("named", words))
        return self._surfaces.get(words, ())

    def ancestors(self, site: str) -> tuple[str, ...]:
        """`site`, then each wider site that holds it ("T11 vertebra", "thoracic vertebra", "vertebra", "bone")."""
        return _ancestors(self, site)

    def within(self, site: str, wider: str) -> bool:
        return wider in _ancestors(self, site)

    def answer(self, question: Question, make: Callable[..., Any]) -> Any:
        """What `make` says to the rest of `question`, made once; what it looks at itself is not noted."""
        known = self._known.get(question, _UNANSWERED)
        if known is _UNANSWERED:
            if len(self._known) > _MOST_ANSWERS:
                self._known = {known: answer for known, answer in self._known.items() if len(known) == 1}
            with asked():
                known = self._known[question] = make(self, *question[1:])
        return known


@derived
def _ancestors(vocabulary: Vocabulary, site: str) -> tuple[str, ...]:
    out: list[str] = []
    while site and site not in out:
        out.append(site)
        term = vocabulary.term("sites", site)
        site = term.fields["parent"] if term else ""
    return tuple(out)


def checksum(folder: Path) -> str:
    """Of the files of the vocabulary in `folder`: `load(folder).checksum` without loading it."""
    digest = hashlib.sha256()
    for path in files(folder):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def current(folder: Path) -> Vocabulary:
    """As `load`, but read again where the files are others by now."""
    if load(folder).checksum != checksum(folder):
        load.cache_clear()
    return load(folder)


def unchanged(vocabulary: Vocabulary, folder: Path, made_by: str) -> Vocabulary:
    """`vocabulary`, read from `folder`. Raises InputError if its checksum is not `made_by`."""
    if vocabulary.checksum != made_by:
        raise InputError(f"{folder}: the vocabulary changed while it was read: run it again")
    return vocabulary


@lru_cache(maxsize=4)
def load(folder: Path) -> Vocabulary:
    """The vocabulary in `folder`, once. Raises InputError that names file, row and column of every problem."""
    return read(folder)


def read(folder: Path) -> Vocabulary:
    """The vocabulary in `folder`, as it is now. Raises InputError that names file, row and column of every problem."""
    collecting = gc.isenabled()
    gc.disable()  # nearly all that is made here stays; looking through it for garbage takes a third of the time
    try:
        return _loaded(folder)
    finally:
        if collecting:
            gc.enable()


def _loaded(folder: Path) -> Vocabulary:
    if not folder.is_dir():
        raise InputError(f"{folder}: no such vocabulary folder, expected CSV files such as sites.csv")
    problems: list[str] = []
    terms: dict[str, Term] = {}
    where: dict[str, str] = {}
    made_from = checksum(folder)
    for path in sorted(folder.glob("*.csv")):
        kind = kind_of(path.stem)
        if kind is None:
            problems.append(f"{path.name}: no such vocabulary, expected one of {', '.join(sorted(COLUMNS))}")
            continue
        for number, row in rows(path, ("rule", *COLUMNS[kind]), problems):
            place = f"{path.name} row {number}"
            problems += (f"{place}, column {column}: {what}" for column, what in faults(kind, row))
            if row["rule"] in where:
                problems.append(f"{place}, column rule: {row['rule']!r} stands already in {where[row['rule']]}")
            where.setdefault(row["rule"], place)
            label = row.get("label") or row.get("surface") or row.get("category", "")
            terms.setdefault(row["rule"], Term(row["rule"], kind, label, row))
    if not terms and not problems:
        problems.append(f"{folder}: holds no vocabulary file, expected CSV files such as sites.csv")
    problems += _tree_faults(terms.values(), where)
    rules: dict[str, Rule] = {}
    for path in sorted((folder / "rules").glob("*.csv")):
        for number, row in rows(path, RULE_COLUMNS, problems):
            if row["rule"] in rules or row["rule"] in terms:
                problems.append(f"rules/{path.name} row {number}, column rule: {row['rule']!r} stands twice")
            rules[row["rule"]] = Rule(**{name: row[name] for name in RULE_COLUMNS})
    if problems:
        more = f"; and {len(problems) - 20} more" if len(problems) > 20 else ""
        raise InputError(f"vocabulary {folder.name}: " + "; ".join(problems[:20]) + more)
    labels: dict[tuple[str, str], Term] = {}
    for term in terms.values():
        labels.setdefault((term.kind, term.label), term)
    return Vocabulary(terms, _surfaces(terms.values()), rules, made_from, labels)


def wider(folder: Path, without: Collection[str] = ("apart",)) -> dict[str, str]:
    """Each site with the next wider one that still names one organ or tissue, as spread is counted; where only a part
    of the body or a system is wider, a site stands for itself. `without` are the kinds of regions.csv so left out.

    Raises InputError.
    """
    problems: list[str] = []
    read = {
        kind: [row for path in sorted(folder.glob("*.csv")) if kind_of(path.stem) == kind
               for _, row in rows(path, ("rule", *COLUMNS[kind]), problems)]
        for kind in ("sites", "regions")
    }  # fmt: skip
    if problems:
        raise InputError(f"vocabulary {folder.name}: " + "; ".join(problems[:20]))
    regions = {row["label"] for row in read["regions"] if row["kind"] in without}
    parents: dict[str, str] = {}
    for row in read["sites"]:
        parents.setdefault(row["label"], row["parent"])
    return {site: parent for site, parent in parents.items() if parent and parent not in regions}


def _tree_faults(terms: Iterable[Term], where: Mapping[str, str]) -> Iterator[str]:
    parents = {term.label: term.fields["parent"] for term in terms if term.kind == "sites"}
    for term in terms:
        if term.kind == "sites" and term.fields["parent"] and term.fields["parent"] not in parents:
            yield f"{where[term.rule]}, column parent: {term.fields['parent']!r} is no label of sites.csv"
        if term.kind == "regions" and term.label not in parents:
            yield f"{where[term.rule]}, column label: {term.label!r} is no label of sites.csv"
        if term.kind == "diagnoses" and term.fields["site"] and term.fields["site"] not in parents:
            yield f"{where[term.rule]}, column site: {term.fields['site']!r} is no label of sites.csv"
    for label in parents:
        seen, at = {label}, parents[label]
        while at and at in parents:
            if at in seen:
                yield f"sites.csv: {label!r} is its own wider site, by way of {at!r}"
                break
            seen.add(at)
            at = parents[at]


def _surfaces(terms: Iterable[Term]) -> dict[str, tuple[tuple[Term, str], ...]]:
    """Folded surface -> the terms it may name, each with the exact spelling that it asks for or ""."""
    out: dict[str, tuple[tuple[Term, str], ...]] = {}
    for term in terms:
        if term.kind in WORD_LISTS:
            continue
        plural = term.kind not in _NO_PLURAL
        any_case = ((term, ""),)
        for surface in _listed(term):
            if surface.startswith("="):
                written = (surface[1:], surface[1:] + "s") if plural and surface[1:].isalpha() else (surface[1:],)
                found = [(fold(word).strip(), ((term, word),)) for word in written]
            else:
                found = [(word, any_case) for word in variants(fold(surface).strip(), plural)]
            for word, entry in found:
                known = out.setdefault(word, entry)
                if entry[0] not in known:
                    out[word] = known + entry
    return out


def _listed(term: Term) -> Iterator[str]:
    """The words that name `term` as its row lists them."""
    row = term.fields
    if term.kind not in _LABEL_IS_A_NAME:
        yield row.get("label") or row.get("surface", "")
    for column in ("surfaces", "adjectives"):
        for word in filter(None, row.get(column, "").split("|")):
            yield from genitives(word) if term.kind == "diagnoses" else (word,)


_UNANSWERED = object()
_MOST_ANSWERS = 20_000  # that are kept; those to a question with no words always are
_NO_PLURAL = ("cues", "opinions", "fates", "false_friends")
_LABEL_IS_A_NAME = (
    "modalities", "examinations", "operations", "spreads", "cues", "acts", "opinions", "fates", "treatments",
    "outcomes", "sequences", "findings",
)  # fmt: skip
"""Files in which the label is not itself something that authors write."""
