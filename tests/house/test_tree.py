"""What must and must not lie in the project's files."""

import re
import subprocess

import pytest

from house.tree import ROOT, modules, project_files, shown

TOP_LEVEL = (
    "seeds", "data/vocabulary", "data/review", "data/tables", "notebooks", "lib/casebook", "tests", "environment.yml",
    "README.md", "Makefile", "pyproject.toml", "requirements.lock", "benchmarks", ".ci/run",
    ".github/workflows/review.yml", "LICENSE", "CITATION.cff", "CHANGELOG.md",
)
OWNERS_SEEDS = ROOT.parent / "shared" / "seeds"
MACHINE_PATH = re.compile(rb"(?:^|[^\w./])/(?:work|tmp|root|home)/[\w.]", re.MULTILINE)
PACKAGE_INDEX = re.compile(rb"index[-]url|find[-]links|trusted[-]host|https?://[^\s\"']{0,200}/simple(?:/|\s|$)")
MEASURING_TEXT = re.compile(rb"\bEN1\d{5}\b|\bPMC47\d{5}\b")


def found(pattern: re.Pattern[bytes], paths) -> list[str]:
    return [f"{shown(path)}: {hit[0].decode(errors='replace').strip()}"
            for path in paths for hit in pattern.finditer(path.read_bytes())]


@pytest.mark.parametrize("name", TOP_LEVEL)
def test_the_top_level_is_complete(name):
    assert any(path == ROOT / name or ROOT / name in path.parents for path in project_files()), f"{name} is missing"


@pytest.mark.parametrize("path", modules(), ids=shown)
def test_a_file_holds_one_idea(path):
    assert len(path.read_text("utf-8").splitlines()) <= 300


def test_no_path_of_a_machine():
    assert found(MACHINE_PATH, project_files()) == []


def test_no_address_of_a_package_index():
    assert found(PACKAGE_INDEX, project_files()) == []


def test_no_measuring_text_inside_the_product():
    product = [path for path in project_files() if path.relative_to(ROOT).parts[0] in ("lib", "data", "notebooks")]
    assert found(MEASURING_TEXT, product) == []


def test_git_ignores_nothing_of_the_product():
    product = ["lib/casebook/x.py", "data/tables/cases.csv", "data/review/x.yml", "seeds/x.txt", "notebooks/x.ipynb"]
    ignored = subprocess.run(["git", "check-ignore", *product], cwd=ROOT, capture_output=True, text=True)
    assert ignored.stdout == ""


def test_the_seeds_are_the_owners_files():
    if not OWNERS_SEEDS.is_dir():
        pytest.skip("the owner's documents do not lie beside this clone")
    for original in OWNERS_SEEDS.iterdir():
        assert ROOT.joinpath("seeds", original.name).read_bytes() == original.read_bytes(), original.name
