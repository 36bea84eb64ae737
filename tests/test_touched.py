"""A change of the vocabulary redoes the reports that it touches, and never leaves a stale cell."""

import ast
import csv
import random
import re
import shutil
from pathlib import Path

import pytest

from casebook import batch, touched
from casebook.assemble import build
from casebook.places import VOCABULARY
from casebook.wordfiles import kind_of
from test_batch import same

SENTENCES = (
    "A {age}-year-old {man} presented with {symptom} for {age} days.",
    "There was no {symptom}, and {symptom} was denied.",
    "CT showed a hypodense mass of the {site} without {finding}.",
    "MRI of the {site} revealed {finding}, hyperintense on T2.",
    "Histopathology was consistent with {disease}.",
    "A diagnosis of {disease} was made; {disease} was ruled out.",
    "He received {agent} 500 mg daily, and {agent} was stopped.",
    "Metastases were found in the {site} and the {site}.",
    "His brother had {disease}.",
    "The {site} tumour was resected and {agent} was given for 6 cycles.",
    "{name} disease was suspected, a {name}-like tumour was not.",
    "He died {age} months later.",
)
WORDS = {
    "man": ("man", "woman"),
    "symptom": ("cough", "headache", "fever", "night sweats", "chest pain", "back pain", "vomiting"),
    "site": ("lung", "liver", "left femur", "bone", "brain", "T11 vertebra", "cervical lymph nodes", "kidney"),
    "finding": ("calcification", "oedema", "contrast enhancement", "lymphadenopathy", "haemorrhage"),
    "disease": ("glioblastoma", "lung cancer", "pneumonia", "sarcoidosis", "Hodgkin lymphoma", "metastatic carcinoma"),
    "agent": ("cisplatin", "temozolomide", "temozolamide", "prednisone", "rituximab", "gemcitabineand", "imatinib"),
    "name": ("Addison", "Crohn", "Erdheim", "Castleman"),
}
ADDED = ("cough", "denied", "mass", "stopped", "suspected", "brother", "Erdheim disease", "T2", "temozolamide",
         "cough for", "oedema", "night sweats", "bone", "6 cycles", "zebroid", "ruled out", "tumour")  # fmt: skip


def report(dice: random.Random) -> str:
    words = {name: dice.choice(some) for name, some in WORDS.items()}
    return " ".join(one.format(age=dice.randrange(20, 80), **words) for one in dice.sample(SENTENCES, 5)) + "\n"


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    """The vocabulary without most of what the sentences do not hold, or loading it would take most of the time."""
    folder = tmp_path_factory.mktemp("words")
    dice = random.Random(1)
    held = " ".join([*SENTENCES, *(word for some in WORDS.values() for word in some)]).lower()
    for file in VOCABULARY.glob("*.csv"):
        with open(file, encoding="utf-8", newline="") as handle:
            header, *rows = csv.reader(handle)
        if kind_of(file.stem) in ("diagnoses", "agents", "findings", "symptoms", "false_friends", "treatments"):
            rows = [row for row in rows if dice.random() < 0.02 or any(s in held for s in row[2].lower().split("|"))]
        written(folder / file.name, header, rows)
    return folder


def written(file: Path, header: list[str], rows: list[list[str]]) -> None:
    with open(file, "w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows([header, *rows])


def edit(folder: Path, dice: random.Random) -> None:
    """One row more, one less, or another word in one; where that makes a vocabulary that is refused, nothing."""
    file = dice.choice([path for path in sorted(folder.glob("*.csv")) if path.read_bytes().count(b"\n") > 1])
    before = file.read_bytes()
    with open(file, encoding="utf-8", newline="") as handle:
        header, *rows = csv.reader(handle)
    held = [row for row in rows if any(word in ",".join(row) for some in WORDS.values() for word in some)] or rows
    row = dice.choice(held)
    words = header.index("surfaces") if "surfaces" in header else header.index("surface") if "surface" in header else 1
    match dice.randrange(5):
        case 0:
            rows.remove(row)
        case 1:
            rows.append([f"{row[0]}-{dice.randrange(10**6)}", *row[1:words], dice.choice(ADDED), *row[words + 1 :]])
        case 2:
            row[words] = dice.choice([row[words] + "|" + dice.choice(ADDED), row[words].split("|")[-1]])
        case 3:
            column = dice.randrange(1, len(header))
            row[column] = dice.choice(rows)[column]
        case 4:
            rows.append(rows.pop(rows.index(row)))
    written(file, header, rows)
    try:
        batch.current(folder)
    except batch.InputError:
        file.write_bytes(before)


def read_again(monkeypatch) -> list[str]:
    names: list[str] = []
    each_of = batch.each_of

    def noted(entries, terms):
        names.extend(entry.source_id for entry in entries)
        return each_of(entries, terms)

    monkeypatch.setattr(batch, "each_of", noted)
    return names


def test_never_a_stale_cell_after_edits_of_words_and_reports(small, tmp_path, monkeypatch):
    monkeypatch.setattr(touched, "WORTH", 1)
    own = Path(shutil.copytree(small, tmp_path / "vocabulary"))
    reports = tmp_path / "reports"
    reports.mkdir()
    dice = random.Random(7)
    for number in range(40):
        (reports / f"r{number}.txt").write_text(report(dice))
    names, redone = read_again(monkeypatch), []
    build(reports, own, jobs=1, cache=tmp_path / "cache")
    for _ in range(12):
        for _ in range(dice.choice((1, 1, 1, 3))):
            edit(own, dice)
        if dice.random() < 0.3:
            (reports / f"r{dice.randrange(40)}.txt").write_text(report(dice))
        names.clear()
        made = build(reports, own, jobs=1, cache=tmp_path / "cache")
        redone.append(len(names))
        assert same(made, build(reports, own, jobs=1))
    assert sum(count < 20 for count in redone) >= 3, redone
    assert any(redone), "some edit touches some report"


def test_a_word_more_redoes_the_reports_that_hold_it(small, tmp_path, monkeypatch):
    monkeypatch.setattr(touched, "WORTH", 1)
    own = Path(shutil.copytree(small, tmp_path / "vocabulary"))
    reports = tmp_path / "reports"
    reports.mkdir()
    for number, word in enumerate(("cough", "fever", "zebroid gait", "headache")):
        (reports / f"r{number}.txt").write_text(f"A 50-year-old man presented with {word}. He died.\n")
    names = read_again(monkeypatch)
    build(reports, own, jobs=1, cache=tmp_path / "cache")
    assert len(names) == 4
    with open(own / "symptoms.csv", "a", encoding="utf-8") as file:
        file.write("sy-99999,zebroid gait,zebroid gait,\n")
    names.clear()
    tables = build(reports, own, jobs=1, cache=tmp_path / "cache")
    assert names == ["r2"]
    assert "zebroid gait" in set(tables.frames["symptoms"]["symptom"])


def test_what_was_compared_once_is_not_compared_again(small, tmp_path, monkeypatch):
    monkeypatch.setattr(touched, "WORTH", 1)
    own = Path(shutil.copytree(small, tmp_path / "vocabulary"))
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "r.txt").write_text("A 50-year-old man presented with cough. He died.\n")
    build(reports, own, jobs=1, cache=tmp_path / "cache")
    with open(own / "symptoms.csv", "a", encoding="utf-8") as file:
        file.write("sy-99999,zebroid gait,zebroid gait,\n")
    first = build(reports, own, jobs=1, cache=tmp_path / "cache")
    monkeypatch.setattr(touched, "Difference", None)
    monkeypatch.setattr(batch, "each_of", None)
    assert same(build(reports, own, jobs=1, cache=tmp_path / "cache"), first)


PACKAGE = Path(touched.__file__).parent
WHOLE = re.compile(r"vocabulary\.(?:terms|surfaces|labels|rules)\b")
WITHIN = {"telling._surfaces", "matcher.__init__"}  # parts of what is one answer


@pytest.mark.parametrize("path", sorted((PACKAGE / "extract").glob("*.py")), ids=lambda path: path.stem)
def test_no_rule_hides_what_it_asks_of_the_vocabulary(path):
    """A cached function of the vocabulary is `derived`; the surfaces of a row are read only where all of them are a
    question's answer, for a mention is compared without them.
    """
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.FunctionDef):
            decorators = [ast.unparse(one) for one in node.decorator_list]
            cached = any("cache" in one and "property" not in one for one in decorators)
            takes = any("Vocabulary" in ast.unparse(one.annotation) for one in node.args.args if one.annotation)
            assert not (cached and takes), f"{path.stem}.{node.name}: use casebook.asked.derived"
            source, name = ast.unparse(node), f"{path.stem}.{node.name}"
            if "derived" not in decorators and name not in WITHIN:
                assert "'surfaces'" not in source or "vocabulary.term(" in source, f"{name}: ask for the term"
                assert not WHOLE.search(source), f"{name}: any word changed would read all reports anew"
