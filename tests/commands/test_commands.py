"""The command `mlmath`: it finds its commands, and names those that it has."""

import sys

import pytest

from mlmath_helpers import _commands
from mlmath_helpers._commands import course


@pytest.mark.parametrize("arguments", [[], ["-h"], ["--help"]])
def test_without_a_command_all_are_listed(arguments, capsys):
    assert _commands.main(arguments) == 0
    said = capsys.readouterr().out
    assert all(f"\n  mlmath {name} " in said for name in _commands.COMMANDS)


def test_another_name_is_refused_with_the_list(capsys):
    assert _commands.main(["labs"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("mlmath: there is no command labs\n")
    assert "mlmath lab " in said


@pytest.mark.parametrize("name", _commands.COMMANDS)
def test_each_command_says_what_it_does(name, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["mlmath", name, "--help"])
    try:
        code = _commands.main()
    except SystemExit as end:  # argparse leaves so
        code = end.code
    assert not code
    assert capsys.readouterr().out.startswith(f"usage: mlmath {name}")


def test_the_notebooks_are_found_in_a_clone_and_in_an_installed_wheel(tmp_path):
    package = tmp_path / "mlmath_helpers"
    with pytest.raises(FileNotFoundError, match="install the course anew"):
        course.notebooks(package)
    (tmp_path / "notebooks").mkdir()
    assert course.notebooks(package) == tmp_path / "notebooks"
    (package / "notebooks").mkdir(parents=True)
    assert course.notebooks(package) == package / "notebooks"
    assert (course.notebooks() / "00_start_here.ipynb").exists()
