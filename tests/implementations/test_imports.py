"""Importing the implementations stays light: the first cell and the browser wait for it."""

import json
import pkgutil
import subprocess
import sys

import pytest

import mlmath_helpers

UPPER = (
    "mlmath_helpers.explorers",
    "mlmath_helpers.exercises",
    "mlmath_helpers._commands",
)  # layers, and what they need
NOT_HERE = (*UPPER, "matplotlib", "ipywidgets", "IPython")
IMPLEMENTATIONS = ["mlmath_helpers"] + [
    module.name
    for module in pkgutil.walk_packages(mlmath_helpers.__path__, "mlmath_helpers.")
    if not module.name.startswith((*UPPER, "mlmath_helpers.__main__"))
]
# Each in turn, in one fresh Python: what is there after a module and was not before is its doing.
SCRIPT = f"""
import importlib, json, sys
brought, before = {{}}, set()
for name in {IMPLEMENTATIONS!r}:
    importlib.import_module(name)
    brought[name] = sorted(set(sys.modules) & set({NOT_HERE!r}) - before)
    before.update(brought[name])
print(json.dumps(brought))
"""


@pytest.fixture(scope="module")
def brought():
    finished = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    )
    return json.loads(finished.stdout)


@pytest.mark.parametrize("name", IMPLEMENTATIONS)
def test_a_fresh_import_brings_in_neither_pictures_nor_widgets_nor_layers_above(name, brought):
    assert brought[name] == []


def test_the_list_of_implementations_is_not_empty():
    assert {
        "mlmath_helpers.linear_algebra",
        "mlmath_helpers.linear_algebra.lengths",
        "mlmath_helpers.datasets",
        "mlmath_helpers._numbers",
    } <= set(IMPLEMENTATIONS)
