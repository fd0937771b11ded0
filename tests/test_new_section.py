"""The scaffold: a section in every room, red until it is filled, and nothing overwritten."""

import importlib
import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

import new_section
import save_notebooks

ROOT = pathlib.Path(__file__).parents[1]
ROOMS = [
    "mlmath_helpers/statistics/{}.py",
    "mlmath_helpers/explorers/statistics/{}.py",
    "mlmath_helpers/exercises/statistics/{}.py",
]
TESTS = [
    "tests/implementations/statistics/test_{}.py",
    "tests/explorers/statistics/test_{}.py",
    "tests/exercises/statistics/test_{}.py",
]


def named(place):
    return place.format("seesaw")


@pytest.fixture
def course(tmp_path):
    """Return a course with the notebooks and the faces of this one."""
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    for face in (ROOT / "mlmath_helpers").rglob("__init__.py"):
        copy = tmp_path / face.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(face, copy)
    return tmp_path


def state(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def cells(course, name="04_statistics"):
    return save_notebooks.read(course / "notebooks" / f"{name}.ipynb").cells


def test_every_room_gets_a_file_that_bears_the_name_of_the_anchor(course):
    before = state(course)
    said = new_section.begin("statistics", "see-saw", "Bayes' seesaw", course)
    written = state(course).keys() - before.keys()
    expected = [place.format("see_saw") for place in ROOMS + TESTS]
    assert sorted(p.relative_to(course).as_posix() for p in written) == sorted(expected)
    assert [line for line in said if line.startswith("wrote ")] == [
        f"wrote {place.format('see_saw')}"
        for pair in zip(ROOMS, TESTS, strict=True)
        for place in pair
    ]
    changed = [path.name for path, text in state(course).items() if before.get(path, text) != text]
    assert changed == ["04_statistics.ipynb"]


def test_it_says_what_is_left_to_do_and_how_a_file_is_named_that_its_function_would_hide(course):
    said = "\n".join(new_section.begin("statistics", "see-saw", "Bayes' seesaw", course))
    for left in (
        "mlmath_helpers/exercises/statistics/__init__.py: from .see_saw import",
        "a function named see_saw would hide its own see_saw.py: name that file _see_saw.py",
        "number, its row in the contents",
        "README.md: the section and the count of sections",
        "00_start_here.ipynb: the hours",
    ):
        assert left in said


def test_the_title_stands_in_the_files_as_it_is_written(course):
    new_section.begin("statistics", "seesaw", "The median and outliers", course)
    for room in ROOMS[1:]:
        first = (course / named(room)).read_text(encoding="utf-8").partition("\n")[0]
        assert first.endswith(' the section "The median and outliers"."""')


def test_its_cells_stand_before_the_summary_and_are_numbered_on(course):
    old = cells(course)
    new_section.begin("statistics", "seesaw", "Seesaws", course)
    new = cells(course)
    (place,) = (i for i, cell in enumerate(new) if cell.id == "seesaw-01")
    assert new[:place] + new[place + 2 :] == old
    assert new[place + 2].id == "summary-01"
    highest = max(
        int(cell.source.partition("## ")[2].partition(".")[0])
        for anchor, found in save_notebooks.sections(
            save_notebooks.nbformat.from_dict({"cells": old})
        )
        for cell in found[:1]
        if anchor not in (None, "summary")
    )
    assert new[place].source.startswith(f'<a id="seesaw"></a>\n\n## {highest + 1}. Seesaws\n\n')
    assert [cell.id for cell in new[place : place + 2]] == ["seesaw-01", "seesaw-02"]


@pytest.mark.parametrize("chapter", ["linear_algebra", "calculus", "probability"])
def test_the_cells_that_are_there_keep_every_byte(course, chapter):
    (path,) = (course / "notebooks").glob(f"*_{chapter}.ipynb")
    before = path.read_text(encoding="utf-8").splitlines()
    new_section.begin(chapter, "seesaw", "Seesaws", course)
    after = path.read_text(encoding="utf-8").splitlines()
    first = next(i for i, (old, new) in enumerate(zip(before, after, strict=False)) if old != new)
    added = len(after) - len(before)
    assert before[first:] == after[first + added :]


def test_the_new_cell_cannot_be_run_until_it_is_written(course):
    new_section.begin("statistics", "seesaw", "Seesaws", course)
    (cell,) = (cell for cell in cells(course) if cell.id == "seesaw-02")
    assert cell.execution_count is None  # which the test of stored notebooks finds
    with pytest.raises(NotImplementedError, match="#seesaw"):
        exec(cell.source, {})


def test_a_file_that_its_own_function_would_hide_gets_an_underscore(course):
    face = course / "mlmath_helpers" / "explorers" / "statistics" / "__init__.py"
    face.write_text("from .intervals import coverage, seesaw\n", encoding="utf-8")
    new_section.begin("statistics", "seesaw", "Seesaws", course)
    assert (face.parent / "_seesaw.py").is_file()
    assert (course / ROOMS[0].format("seesaw")).is_file()
    assert (course / TESTS[1].format("seesaw")).is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("geometry", "seesaw", "Seesaws"), "CHAPTER is one of linear_algebra, calculus, "),
        (("", "seesaw", "Seesaws"), "not left out"),
        (("start_here", "seesaw", "Seesaws"), "not start_here"),
        (("statistics", "regression", "Lines"), "anchor regression exists already"),
        (("statistics", "summary", "Lines"), "anchor summary exists already"),
        (("statistics", "Seesaw", "Seesaws"), "lower-case words with hyphens"),
        (("statistics", "see_saw", "Seesaws"), "lower-case words with hyphens"),
        (("statistics", "see-", "Seesaws"), "lower-case words with hyphens"),
        (("statistics", "2-samples", "Seesaws"), "lower-case words with hyphens"),
        (("statistics", "../seesaw", "Seesaws"), "lower-case words with hyphens"),
        (("statistics", "", "Seesaws"), "not left out"),
        (("statistics", "random", "Seesaws"), "part of Python"),
        (("statistics", "lambda", "Seesaws"), "part of Python"),
        (("statistics", "seesaw", "  "), "TITLE, the heading of the section, is left out"),
        (("statistics", "seesaw", 'the "seesaw"'), "TITLE is one line"),
        (("statistics", "seesaw", "see\nsaw"), "TITLE is one line"),
        (("statistics", "seesaw", "saw " * 20), "at most 50"),
    ],
)
def test_what_is_no_section_is_refused_in_one_line_and_nothing_is_written(course, arguments, words):
    before = state(course)
    with pytest.raises(new_section.Refusal) as refusal:
        new_section.begin(*arguments, course)
    assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert state(course) == before


@pytest.mark.parametrize("place", [*ROOMS, *TESTS, ROOMS[1].replace("{}", "_{}")])
def test_a_file_that_is_there_is_never_overwritten(course, place):
    file = course / place.format("seesaw")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("somebody's work")
    before = state(course)
    with pytest.raises(new_section.Refusal, match=r"seesaw\.py exists already"):
        new_section.begin("statistics", "seesaw", "Seesaws", course)
    assert state(course) == before


@pytest.mark.parametrize("arguments", [[], ["statistics", "seesaw", ""]])
def test_the_command_says_what_it_needs_in_one_line(arguments, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["new_section.py", *arguments])
    with pytest.raises(SystemExit, match=r"^mlmath: .*make section CHAPTER=.*$"):
        new_section.main()


def test_what_is_written_keeps_to_the_style(course):
    new_section.begin("statistics", "seesaw", "W" * 50, course)
    shutil.copy(ROOT / "pyproject.toml", course)
    written = list(map(named, ROOMS + TESTS))
    for command in (["format", "--check"], ["check"]):
        finished = subprocess.run(
            [sys.executable, "-m", "ruff", *command, *written],
            capture_output=True, text=True, check=False, cwd=course,
        )  # fmt: skip
        assert finished.returncode == 0, finished.stdout


@pytest.fixture
def drafts(monkeypatch):
    """Return the three modules that are written, run where they would stand."""
    monkeypatch.setattr("mlmath_helpers.explorers._engine.explorer.factories", [])  # lists them
    made = []
    for layer, _, source, _ in new_section.LAYERS:
        parent = ".".join(part for part in ("mlmath_helpers", layer, "statistics") if part)
        importlib.import_module(parent)
        module = type(sys)(f"{parent}.seesaw")
        module.__package__ = parent
        monkeypatch.setitem(sys.modules, module.__name__, module)
        exec(compile(source.format(title="Seesaws"), f"<{module.__name__}>", "exec"), vars(module))
        made.append(module)
    return made


def test_what_is_written_runs(drafts):
    implementation, explorers, exercises = drafts
    assert implementation.my_function([1, 2, 4]) == 7
    figure = explorers.my_figure()
    figure.controls["x"].value = -2.0
    assert figure.sentence == "The dot is at −2.0, and 2.0 metres from the middle."
    figure.close()
    assert exercises.MY_EXERCISE.name == "my_exercise"


def test_each_test_file_fails_and_says_what_to_write():
    for layer, _, _, test in new_section.LAYERS:
        names = {}
        exec(test.format(title="Seesaws", room=f"{layer}/seesaw.py"), names)
        ((_, failing),) = [(n, thing) for n, thing in names.items() if n.startswith("test_")]
        with pytest.raises(pytest.fail.Exception, match=f"write {layer}/seesaw.py and its tests"):
            failing()


# --- the section of CONTRIBUTING.md -------------------------------------------------------------

PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.fixture
def with_its_section(tmp_path):
    """Return a copy of the course to which the section was added as CONTRIBUTING.md says."""
    copy = tmp_path / "course"
    for folder in ("mlmath_helpers", "notebooks", "tests"):
        ignored = shutil.ignore_patterns("__pycache__", "browser", "site", "benchmarks", "my")
        shutil.copytree(ROOT / folder, copy / folder, ignore=ignored)
    shutil.copytree(ROOT / ".ci", copy / ".ci")
    shutil.copy(ROOT / "pyproject.toml", copy)
    (command,) = re.findall(r'^make section CHAPTER=(\w+) ANCHOR=(\w+) TITLE="(.*)"$', PAGE, re.M)
    new_section.begin(*command, copy)
    files = re.findall(r"^\*\*`([^`]+)`\*\*\n\n```python\n(.*?)^```$", PAGE, re.S | re.M)
    assert sorted(path for path, _ in files) == sorted(map(named, ROOMS + TESTS))
    for path, text in files:
        (copy / path).write_text(text, encoding="utf-8")
    faces = re.findall(r"face, `([^`]+)`: `(from [^`]+)`,\s+and\s+`([^`]+)` in `(\w+)`", PAGE)
    assert len(faces) == 3
    for path, line, name, where in faces:
        entered = f"{where} += [{name}]" if where == "__all__" else f"{where} |= by_name({name})"
        with (copy / path).open("a", encoding="utf-8") as face:
            face.write(f"\n{line}\n{entered}\n")
    face, _, _, _ = faces[-1]
    ((line, entry),) = re.findall(
        r"likewise `(from [^`]+)`,\s+and\s+`([^`]+)` in `PREDICTIONS`", PAGE
    )
    with (copy / face).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\nPREDICTIONS |= {{{entry}}}\n")
    path = copy / "notebooks" / "04_statistics.ipynb"
    notebook = save_notebooks.read(path)
    place = [cell.id for cell in notebook.cells].index("seesaw-01")
    notebook.cells[place : place + 2] = [
        {"markdown": new_markdown_cell, "python": new_code_cell}[kind](text, id=f"seesaw-{n:02}")
        for n, (kind, text) in enumerate(
            re.findall(r"^````(markdown|python)\n(.*?)\n````$", PAGE, re.S | re.M), 1
        )
    ]
    path.write_text(save_notebooks.text_of(notebook), encoding="utf-8", newline="\n")
    return copy


def commands(step):
    """Return places and words (-k) of the tests that a step of the page runs."""
    (text,) = re.findall(rf"^### {step}\. .*?(?=^##)", PAGE, re.S | re.M)
    found = re.findall(r'^pytest (.*?)(?: -k "?([^"\n]*)"?)?$', text, re.M)
    return [(places.split(), words) for places, words in found]


def test_the_last_step_runs_again_what_the_steps_before_it_ran():
    before = [command for step in (3, 5, 7) for command in commands(step)]
    assert len(before) == 3
    assert commands(10)[:3] == before


def test_the_section_that_the_page_walks_through_passes_all_that_is_asked(with_its_section):
    asked = [command for step in (3, 5, 7) for command in commands(step)]
    places = []  # without the other sections, in which the words find nothing
    for place in sorted({place for found, _ in asked for place in found}):
        folder = with_its_section / place
        general = [*folder.glob("test_*.py"), *folder.glob("statistics/test_seesaw.py")]
        places += [str(path) for path in general or [folder]]
    words = " or ".join(words for _, words in asked)
    # Without the plugin of the notebooks, which takes as long to start as these tests take to run.
    unused = [f"-pno:{plugin}" for plugin in ("cacheprovider", "nbval", "anyio", "playwright")]
    addopts = "addopts=--import-mode=importlib --doctest-modules"
    finished = subprocess.run(
        [sys.executable, "-m", "pytest", *unused, "-qrA", "-o", addopts, "-k", words, *places],
        cwd=with_its_section,
        env=os.environ | {"PYTHONPATH": str(with_its_section), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout[-3000:]
    passed = [
        line.split()[1] for line in finished.stdout.splitlines() if line.startswith("PASSED ")
    ]
    expected = [named(place) for place in [*ROOMS[:1], *TESTS]]
    expected += ["tests/implementations/test_bad_input.py", "tests/explorers/test_figures.py"]
    expected += [
        f"tests/exercises/test_{name}.py"
        for name in ("other_ways", "mutants", "references", "predictions")
    ]
    assert {test.partition("::")[0] for test in passed} >= set(expected)
    for general in (
        "test_the_figures_of_a_chapter_are_those_marked_and_those_shown",
        "test_each_name_belongs_to_one_exercise",
        "test_the_answer_is_what_the_implementations_compute[further_out]",
        "test_no_sentence_is_said_twice",
        "test_the_stubs_of_each_notebook",
        "test_what_is_given_is_never_changed",
    ):
        assert any(general in test for test in passed), general
