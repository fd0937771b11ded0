"""What the report of an error asks for: which versions are there, and whether they fit."""

import subprocess
import sys

import pytest

from mlmath_helpers._commands import versions

NAMES = [versions.COURSE, "python", *versions.PACKAGES, versions.LAB]


@pytest.mark.parametrize("command", [[], ["versions"]])
def test_this_environment_fits(command):
    finished = subprocess.run(
        [sys.executable, "-m", "mlmath_helpers", *command],
        capture_output=True,
        text=True,
        check=False,
    )
    rows = finished.stdout.splitlines()
    assert finished.returncode == 0
    assert finished.stderr == ""
    assert [row.split()[0] for row in rows] == NAMES
    assert all(" fits " in row for row in rows[1:])


def said_of(found, monkeypatch, capsys):
    """Return the exit code where this is installed, and what is said of each name."""
    monkeypatch.setattr(versions, "installed_version", found.get)
    code = versions.main([])
    rows = [row.split() for row in capsys.readouterr().out.splitlines()]
    return code, {name: " ".join(words) for name, *words in rows}


def test_what_is_missing_or_too_old_is_named(monkeypatch, capsys):
    found = {"mlmath-course": "0.1.0", "numpy": "1.26.4", "matplotlib": "3.10.0rc1"}
    code, said = said_of(found | {"jupyterlab": "4.10"}, monkeypatch, capsys)
    assert code == 1
    assert said["numpy"] == "1.26.4 needs 2.0 or newer"
    assert said["scipy"] == "missing needs 1.13 or newer"
    assert said["matplotlib"] == "3.10.0rc1 fits 3.8.4 or newer"
    assert said["jupyterlab"].startswith("4.10 fits")


def test_without_jupyterlab_all_the_rest_fits(monkeypatch, capsys):
    found = {name: "99.1" for name in NAMES if name != "jupyterlab"}
    code, said = said_of(found, monkeypatch, capsys)
    assert code == 0
    assert said["jupyterlab"] == "missing which only mlmath lab needs"
    assert said_of(found | {"jupyterlab": "3.6"}, monkeypatch, capsys)[0] == 1


def test_the_course_has_to_be_installed(monkeypatch, capsys):
    code, said = said_of({}, monkeypatch, capsys)
    assert code == 1
    assert said["mlmath-course"].startswith("missing")
