"""The vocabulary that ships: every row can be matched by its own words, and by whole words only."""

from casebook.extract.matcher import matcher
from casebook.places import VOCABULARY
from casebook.vocabulary import WORD_LISTS, load

TERMS = load(VOCABULARY)
MATCHER = matcher(TERMS)
MATCHED = [term for term in TERMS.terms.values() if term.kind not in (*WORD_LISTS, "false_friends")]


def first_surface(term) -> str:
    """The first of the row's own words."""
    return term.fields["surfaces"].split("|")[0].removeprefix("=")


def found(text, kind) -> set[str]:
    return {mention.rule for mention in MATCHER.find(text) if mention.kind == kind}


def test_every_row_is_matched_by_its_own_words():
    dead = [
        term.rule
        for term in MATCHED
        if not any(
            term.rule in found(f"There: {surface.removeprefix('=')}.", term.kind)
            for surface in term.fields["surfaces"].split("|")
        )
    ]
    assert dead == []


def test_no_row_is_matched_inside_a_longer_word():
    inside = [term.rule for term in MATCHED if term.rule in found(f"There:x{first_surface(term)}x.", term.kind)]
    assert [rule for rule in inside if " " not in first_surface(TERMS.terms[rule])] == []


def test_no_listed_surface_names_two_things_of_one_kind():
    labels = {}
    for term in MATCHED:
        if "label" in term.fields:
            for surface in term.fields["surfaces"].split("|"):
                labels.setdefault((term.kind, surface.lower()), set()).add(term.label)
    assert [name for name, named in labels.items() if len(named) > 1] == []


def test_regimens_are_made_of_agents():
    parts = {
        part for t in TERMS.terms.values() if t.kind == "treatments" for part in t.fields["agents"].split("|") if part
    }
    assert [part for part in sorted(parts) if not TERMS.term("agents", part)] == []
