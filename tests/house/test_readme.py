"""Every command that the README names exists."""

import re

import pytest

from house.tree import ROOT

README = ROOT.joinpath("README.md").read_text("utf-8")
CODE = "\n".join(re.findall(r"^```.*?^```|`[^`\n]+`", README, re.MULTILINE | re.DOTALL))
MAKE = sorted(set(re.findall(r"\bmake ([a-z]+)", CODE)))
COMMANDS = sorted(set(re.findall(r"\bcasebook ([a-z][a-z-]*)", CODE)))
LINKED = sorted(set(re.findall(r"\]\((?!https?:|#)([^)#\s]+)", README)))
NAMED = sorted(set(re.findall(r"`((?:lib|data|docs|notebooks|seeds|tests)/[\w./-]*)`", README)))
TARGETS = set(re.findall(r"^([a-z]+):", ROOT.joinpath("Makefile").read_text("utf-8"), re.MULTILINE))


def test_the_two_commands_and_the_conda_way_are_there():
    assert {"report", "test"} <= set(MAKE)
    assert "conda env create -f environment.yml" in README


@pytest.mark.parametrize("target", MAKE)
def test_make_targets_exist(target):
    assert target in TARGETS


@pytest.mark.parametrize("command", COMMANDS)
def test_subcommands_exist(command, capsys):
    from casebook.cli import main
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    assert f"casebook {command}" in capsys.readouterr().out


@pytest.mark.parametrize("name", LINKED)
def test_files_linked_exist(name):
    assert ROOT.joinpath(name).exists()


@pytest.mark.parametrize("name", NAMED)
def test_paths_named_exist(name):
    assert ROOT.joinpath(name).exists()
