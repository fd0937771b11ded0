"""Importing the implementations stays light: the first cell and the browser wait for it."""

import pkgutil
import subprocess
import sys

import pytest

import mlmath_helpers

IMPLEMENTATIONS = ["mlmath_helpers"] + [
    f"mlmath_helpers.{module.name}"
    for module in pkgutil.iter_modules(mlmath_helpers.__path__)
    if module.name not in ("explorers", "exercises", "__main__")
]
HEAVY = ("matplotlib", "ipywidgets", "IPython")


@pytest.mark.parametrize("name", IMPLEMENTATIONS)
def test_a_fresh_import_brings_in_neither_pictures_nor_widgets(name):
    script = f"import sys, {name}; print(*sorted(set(sys.modules) & set({HEAVY!r})))"
    finished = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert finished.stdout.split() == []


def test_the_list_of_implementations_is_not_empty():
    assert "mlmath_helpers.linear_algebra" in IMPLEMENTATIONS
