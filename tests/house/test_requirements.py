"""pyproject.toml is the source; the lock and environment.yml follow it."""

import re
import tomllib

import pytest
import yaml

from house.tree import ROOT

PYPROJECT = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text("utf-8"))["project"]
RUNTIME = PYPROJECT["dependencies"]
ALL = RUNTIME + [entry for extra in PYPROJECT["optional-dependencies"].values() for entry in extra]
LOCK = ROOT.joinpath("requirements.lock").read_text("utf-8")
CONDA_NAMES = {"matplotlib": "matplotlib-base"}
NOT_ON_CONDA = {"ahocorasick-rs", "pypandoc-binary", "typst"}


def split(requirement: str) -> tuple[str, str]:
    """Name and bounds of one requirement: ("numpy", ">=2.4,<3")."""
    name = re.match(r"[\w.-]+", requirement)[0]
    return name.lower().replace("_", "-"), requirement[len(name):].replace(" ", "")


def locked() -> dict[str, list[str]]:
    """Versions by name: a universal lock may hold several, for different Pythons."""
    versions: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", LOCK, re.MULTILINE):
        versions.setdefault(name, []).append(version)
    return versions


def as_numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))


@pytest.mark.parametrize("requirement", ALL)
def test_each_dependency_is_bounded_and_locked_within_its_bounds(requirement):
    name, bounds = split(requirement)
    assert (limits := re.fullmatch(r">=([\d.]+),<(\d+)", bounds)), f"{requirement}: expected >=x,<y, y a major version"
    low, high = map(as_numbers, limits.groups())
    versions = locked().get(name)
    assert versions, f"{name} is not in requirements.lock; run make lock"
    assert all(low <= as_numbers(version) < high for version in versions)


def test_every_requirement_of_the_lock_is_hashed():
    lines = [line for line in LOCK.splitlines() if not line.startswith("#")]
    requirements = [block for block in re.split(r"^(?=\S)", "\n".join(lines), flags=re.MULTILINE) if block.strip()]
    hashed = re.compile(r"[\w.-]+==[^\s;]+.*(\n +--hash=sha256:[0-9a-f]{64}.*)+")
    assert len(requirements) > len(ALL)
    assert [block for block in requirements if not hashed.match(block)] == []


def test_the_lock_names_no_address_and_no_path():
    assert not re.search(r"https?:|file:|://|^-|\s@\s|(^|\s)/\w|(?m:^# .*/)", LOCK, re.MULTILINE)


def test_environment_yml_mirrors_the_runtime_dependencies():
    environment = yaml.safe_load(ROOT.joinpath("environment.yml").read_text("utf-8"))
    entries = environment["dependencies"]
    (by_pip,) = (entry["pip"] for entry in entries if isinstance(entry, dict))
    conda = dict(split(entry) for entry in entries if isinstance(entry, str))
    expected = {CONDA_NAMES.get(name, name): bounds for name, bounds in map(split, RUNTIME) if name not in NOT_ON_CONDA}
    assert conda == expected | {"python": PYPROJECT["requires-python"], "pip": ""}
    assert by_pip == [entry for entry in RUNTIME if split(entry)[0] in NOT_ON_CONDA] + ["-e ."]
    assert environment["channels"] == ["conda-forge"]
