"""Every rule of the code beside its two examples: one that it must read, one near it that it must not.

`example` marks the answer as [words=value]: the words are the quote, the value is what the cell must hold. [=value]
asks for a derived cell, which quotes nothing.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from casebook.assemble import VOCABULARY
from casebook.extract.finding import Cell
from casebook.extract.reading import Reading
from casebook.schema import TABLES
from casebook.vocabulary import Rule, load
from extract.told import read

EXTRACT = VOCABULARY.parents[1] / "lib" / "casebook" / "extract"
TOPICS = sorted(path.stem for path in (VOCABULARY / "rules").glob("*.csv"))
RULES = load(VOCABULARY).rules
_MARK = re.compile(r"\[([^\[\]=]*)=([^\[\]=]+)\]")
_RULE_ID = re.compile(rf"(?:{'|'.join(TOPICS) or '-'})\.[a-z_]+")


@dataclass(frozen=True)
class Answer:
    """`words` of the text must be quoted for a cell that holds `value`."""

    words: str
    value: str


def unmarked(example: str) -> tuple[str, list[Answer]]:
    """The text without its marks, and the answers. Raises ValueError for an example that marks nothing."""
    answers = [Answer(mark[1], mark[2]) for mark in _MARK.finditer(example)]
    if not answers:
        raise ValueError(f"no answer is marked as [words=value] in {example!r}")
    return _MARK.sub(r"\1", example), answers


def cells(text: str, rule: Rule) -> Iterator[tuple[Reading, Cell]]:
    """What `rule` put into its column, reading `text`."""
    table, column = rule.column.split(".")
    reading, findings = read(text)
    for finding in findings:
        cell = finding.cells.get(column)
        if finding.table == table and cell and cell.rule == rule.rule:
            yield reading, cell


def quotes(reading: Reading, cell: Cell) -> list[str]:
    return [reading.text[span.start:span.end] for span in cell.spans]


def same(value: object, wanted: str) -> bool:
    if isinstance(value, bool | str):
        return str(value).lower() == wanted.lower()
    return abs(float(str(value)) - float(wanted)) < 0.005


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.rule)
def test_a_rule_reads_its_example(rule):
    text, answers = unmarked(rule.example)
    found = [(cell.value, quotes(reading, cell)) for reading, cell in cells(text, rule)]
    for answer in answers:
        assert any(same(value, answer.value) and (answer.words in quoted or not answer.words + "".join(quoted))
                   for value, quoted in found), \
            f"{rule.rule} should read {rule.column} = {answer.value!r} from {answer.words!r}; it read {found}"


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.rule)
def test_a_rule_does_not_read_its_near_miss(rule):
    assert rule.near_miss, f"{rule.rule} has no near miss"
    assert not [(cell.value, quotes(reading, cell)) for reading, cell in cells(rule.near_miss, rule)]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.rule)
def test_a_rule_fills_a_column_that_exists(rule):
    table, column = rule.column.split(".")
    assert column in TABLES[table].names


def test_code_and_rows_name_the_same_rules():
    columns = {f"{name}.{column}" for name, table in TABLES.items() for column in table.names}
    used = {text for path in sorted(EXTRACT.glob("*.py")) for text in _strings(path) if _RULE_ID.fullmatch(text)}
    assert used - columns == set(RULES) - columns


def _strings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_an_example_without_a_mark_is_refused():
    with pytest.raises(ValueError, match="no answer is marked"):
        unmarked("A 46-year-old man was admitted.")


def test_marks_are_taken_out_of_the_text():
    text, answers = unmarked("A [46-year-old=46] man and a [girl=female].")
    assert text == "A 46-year-old man and a girl."
    assert answers == [Answer("46-year-old", "46"), Answer("girl", "female")]
