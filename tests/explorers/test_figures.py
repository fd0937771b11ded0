"""Every figure is listed by its chapter, shown in its notebook, and among those that are tested."""

import importlib
import json
import pkgutil
import re
import runpy
import sys
from pathlib import Path

import pytest

import mlmath_helpers.explorers
from explorers.drawn import CHAPTERS
from mlmath_helpers.explorers._engine import explorer as engine

HERE = Path(__file__).parent
NOTEBOOKS = {path.stem[3:]: path for path in HERE.parents[1].glob("notebooks/[0-9]*.ipynb")}


def marked(package):
    """Return what is marked with ``@explorer`` anywhere below a package, in the order of files."""
    below = f"{package.__name__}."
    for module in pkgutil.walk_packages(package.__path__, below):
        importlib.import_module(module.name)
    return [factory for factory in engine.factories if factory.__module__.startswith(below)]


def test_every_notebook_has_a_chapter_of_figures():
    assert set(CHAPTERS) == set(NOTEBOOKS)


@pytest.mark.parametrize("chapter", NOTEBOOKS)
def test_the_figures_of_a_chapter_are_those_marked_and_those_shown_in_its_notebook(chapter):
    here = f"mlmath_helpers.explorers.{chapter}"
    found = [
        factory
        for factory in marked(mlmath_helpers.explorers)
        if f"{factory.__module__}.".startswith(f"{here}.")
    ]
    assert set(found) == set(CHAPTERS[chapter].values())
    assert len(found) == len(CHAPTERS[chapter])
    cells = json.loads(NOTEBOOKS[chapter].read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    shown = dict.fromkeys(re.findall(r"\bexplorers\.(\w+)\(", code))
    assert list(CHAPTERS[chapter]) == list(shown), "in the order of the notebook"


def test_no_marked_figure_is_outside_the_chapters():
    figures = [factory for figures in CHAPTERS.values() for factory in figures.values()]
    assert set(marked(mlmath_helpers.explorers)) == set(figures)


def test_a_figure_is_found_whatever_its_file_does_with_annotations(tmp_path, monkeypatch):
    folder = tmp_path / "a_chapter" / "deep"
    folder.mkdir(parents=True)
    for package in (folder, folder.parent):
        (package / "__init__.py").touch()
    (folder / "section.py").write_text(
        "from __future__ import annotations\n"
        "from mlmath_helpers.explorers import Explorer, explorer\n"
        "@explorer\n"
        "def hidden() -> Explorer: ...\n"
        "def helper() -> Explorer: ...\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(engine, "factories", [])
    try:
        (found,) = marked(importlib.import_module("a_chapter"))
    finally:
        for name in [name for name in sys.modules if name.split(".")[0] == "a_chapter"]:
            del sys.modules[name]
    assert (found.__module__, found.__name__) == ("a_chapter.deep.section", "hidden")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_pictures_of_every_figure_are_tested_in_its_sections_file(chapter):
    files = (
        (HERE / chapter).glob("test_*.py")
        if (HERE / chapter).is_dir()
        else [HERE / f"test_{chapter}.py"]
    )
    tested = []
    for file in files:
        figures = getattr(runpy.run_path(file).get("TestPictures"), "figures", ())
        tested += figures
        for factory in figures:
            assert factory.__module__.split(".")[-1].lstrip("_").startswith(file.stem[5:])
    assert sorted(factory.__name__ for factory in tested) == sorted(CHAPTERS[chapter])
    assert set(tested) == set(CHAPTERS[chapter].values())


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_figure_has_a_docstring_that_begins_with_a_sentence(chapter):
    for factory in CHAPTERS[chapter].values():
        assert factory.__doc__.split("\n")[0].endswith(".")
