"""A chapter is a folder, a section is a file, a layer is a row; and imports only point down."""

import ast
import functools
import importlib
import inspect
import pathlib
import re
import sys

import pytest

import save_notebooks
from mlmath_helpers import exercises, explorers

ROOT = save_notebooks.ROOT
PACKAGE = ROOT / "mlmath_helpers"
NOTEBOOKS = {
    path.stem[3:]: save_notebooks.read(path) for path in save_notebooks.NOTEBOOKS.glob("*.ipynb")
}
CHAPTERS = sorted(NOTEBOOKS.keys() - {"start_here"})
LAYERS = {"": "implementations", "explorers": "explorers", "exercises": "exercises"}
GENERAL = {"pictures"}  # tests of all figures of a chapter, in the chapter's folder

each_chapter = pytest.mark.parametrize("chapter", CHAPTERS)
each_layer = pytest.mark.parametrize("layer", LAYERS)


def anchors(chapter):
    """Return the anchors of a chapter's notebook as file names, in their order."""
    names = [anchor for anchor, _ in save_notebooks.sections(NOTEBOOKS[chapter]) if anchor]
    return [name.replace("-", "_") for name in names]


def section_of(stem, chapter):
    """Return the section that a file belongs to by its name, or None."""
    stem = stem.removeprefix("_")
    return next((a for a in anchors(chapter) if stem == a or stem.startswith(f"{a}_")), None)


def files(folder):
    return sorted(path for path in folder.glob("*.py") if path.name != "__init__.py")


def imported(path):
    """Return the modules that a file imports, as full names, wherever in the file."""
    package = ".".join(path.relative_to(ROOT).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = importlib.util.resolve_name("." * node.level, package) if node.level else ""
            base = base.rstrip(".")
            if node.module:
                yield ".".join(part for part in (base, node.module) if part)
            else:
                yield from (f"{base}.{alias.name}" for alias in node.names)


# --- names --------------------------------------------------------------------------------------


def heading(chapter, section):
    """Return the words of a section's heading, without its number."""
    cells = dict(save_notebooks.sections(NOTEBOOKS[chapter]))[section.replace("_", "-")]
    return re.search(r"^## (?:\d+\. )?(.+)$", cells[0].source, re.M)[1]


@each_chapter
def test_a_file_of_exercises_begins_with_the_title_of_its_section(chapter):
    for name, exercise in getattr(exercises, chapter).EXERCISES.items():
        section = section_of(exercise.reference.__module__.rpartition(".")[2], chapter)
        assert exercise.section == heading(chapter, section), name


def test_the_first_exercise_names_its_section_too():
    assert exercises.start_here.EXERCISES["distance"].section == heading("start_here", "try")


@each_chapter
@each_layer
def test_every_file_bears_the_name_of_a_section(layer, chapter):
    rooms = files(PACKAGE / layer / chapter)
    assert rooms
    assert [path.name for path in rooms if not section_of(path.stem, chapter)] == []


@each_chapter
@each_layer
def test_every_file_of_tests_bears_the_name_of_a_section(layer, chapter):
    rooms = files(ROOT / "tests" / LAYERS[layer] / chapter)
    assert rooms
    names = [path.stem.removeprefix("test_") for path in rooms]
    assert [n for n in names if n not in GENERAL and not section_of(n, chapter)] == []


@each_chapter
@each_layer
def test_a_room_has_its_tests(layer, chapter):
    tests = files(ROOT / "tests" / LAYERS[layer] / chapter)
    tested = {section_of(path.stem.removeprefix("test_"), chapter) for path in tests}
    rooms = {section_of(path.stem, chapter) for path in files(PACKAGE / layer / chapter)}
    assert rooms - tested == set()


@each_chapter
@each_layer
def test_a_leading_underscore_says_that_a_function_has_the_name(layer, chapter):
    face = importlib.import_module(".".join(filter(None, ["mlmath_helpers", layer, chapter])))
    for path in files(PACKAGE / layer / chapter):
        name = path.stem.removeprefix("_")
        taken = not inspect.ismodule(getattr(face, name, None)) and hasattr(face, name)
        here = path.relative_to(ROOT).as_posix()
        hidden = f"rename {here} to _{name}.py, since the function {name} would hide it"
        assert path.stem.startswith("_") or not taken, hidden
        seen = f"rename {here} to {name}.py, since no function of that name would hide it"
        assert taken or not path.stem.startswith("_"), seen


def names_defined(path):
    """Yield the functions and classes of a file that are not private."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name


def names_used(path):
    """Yield the names that a file imports, reads or takes from a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr


@functools.cache
def names_used_anywhere():
    return {name for path in PACKAGE.rglob("*.py") for name in names_used(path)}


@each_chapter
def test_the_face_lists_all_that_it_imports(chapter):
    face = PACKAGE / chapter / "__init__.py"
    there = importlib.import_module(f"mlmath_helpers.{chapter}").__all__
    for node in ast.parse(face.read_text(encoding="utf-8")).body:
        for alias in node.names if isinstance(node, ast.ImportFrom) else ():
            name = alias.asname or alias.name
            assert name in there, f"mlmath_helpers/{chapter}/__init__.py: {name} is not in __all__"


@each_chapter
def test_a_function_is_in_its_face_or_private_or_helps_others(chapter):
    there = importlib.import_module(f"mlmath_helpers.{chapter}").__all__
    for path in files(PACKAGE / chapter):
        for name in names_defined(path):
            where = f"mlmath_helpers/{chapter}/__init__.py"
            lost = (
                f"{path.name}: import {name} in {where} and list it in __all__, or call it _{name}"
            )
            assert name in there or name in names_used_anywhere(), lost


def test_no_module_is_named_as_one_of_pythons_own():
    modules = [*PACKAGE.rglob("*.py"), *(ROOT / ".ci").rglob("*.py")]
    names = {path.stem for path in modules} - {"__init__", "__main__"}
    assert names & set(sys.stdlib_module_names) == set()


def test_whoever_has_no_browser_can_collect_all_that_make_test_runs():
    """For its examples every file of tests is imported, also those that only help browser tests."""
    for path in (ROOT / "tests").rglob("*.py"):
        if not {"browser", "site", "benchmarks"} & set(path.relative_to(ROOT).parts):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                names = [alias.name for alias in getattr(node, "names", [])]
                names.append(getattr(node, "module", None) or "")
                needs = [
                    n for n in names if n.partition(".")[0] in ("playwright", "axe_playwright")
                ]
                assert needs == [], f"{path.name}: import {needs[0]} in the function that needs it"


def test_no_folder_of_tests_is_a_package():
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_no_exercise_has_the_name_of_a_helper():
    helpers = set()
    for chapter in CHAPTERS:
        helpers |= set(importlib.import_module(f"mlmath_helpers.{chapter}").__all__)
    for chapter in CHAPTERS:
        assert helpers & getattr(exercises, chapter).EXERCISES.keys() == set()


# --- what the notebook shows stands in the file of its section ----------------------------------


def used(chapter, pattern):
    """Yield the section (as a file name) and what its code cells name by this pattern."""
    for anchor, cells in save_notebooks.sections(NOTEBOOKS[chapter]):
        for cell in cells:
            if cell.cell_type == "code":
                for name in re.findall(pattern, cell.source):
                    yield (anchor or "opening").replace("-", "_"), name


@each_chapter
def test_a_figure_stands_in_the_file_of_the_section_that_shows_it_first(chapter):
    face = importlib.import_module(f"mlmath_helpers.explorers.{chapter}")
    first = {}
    for section, name in used(chapter, r"\bexplorers\.(\w+)\("):
        first.setdefault(name, section)
    homes = {
        name: section_of(factory.__module__.rpartition(".")[2], chapter)
        for name, factory in face.EXPLORERS.items()
    }
    assert homes == first
    assert list(homes) == list(first)  # the face lists them in the order of the course


@each_chapter
def test_an_exercise_stands_in_the_file_of_the_section_that_asks_it(chapter):
    face = importlib.import_module(f"mlmath_helpers.exercises.{chapter}")
    asked = {name: section for section, name in used(chapter, r"(?m)^check\((\w+)\)")}
    homes = {
        name: section_of(exercise.reference.__module__.rpartition(".")[2], chapter)
        for name, exercise in face.EXERCISES.items()
    }
    assert homes == asked
    assert list(homes) == list(asked)


@each_chapter
def test_the_notebook_imports_from_faces_only(chapter):
    faces = {"mlmath_helpers", "mlmath_helpers.datasets"}
    faces |= {"mlmath_helpers.exercises", "mlmath_helpers.explorers"}
    faces |= {f"mlmath_helpers.{chapter}" for chapter in CHAPTERS}
    seen = {name for _, name in used(chapter, r"(?m)^from (mlmath_helpers[\w.]*) import")}
    assert seen
    assert seen <= faces


# --- arrows -------------------------------------------------------------------------------------

IMPLEMENTATIONS = [
    *files(PACKAGE),
    *(path for chapter in CHAPTERS for path in (PACKAGE / chapter).glob("*.py")),
    *(PACKAGE / "datasets").glob("*.py"),
]


@pytest.mark.parametrize("path", IMPLEMENTATIONS, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_implementations_know_neither_figures_nor_exercises_nor_how_to_draw(path):
    roots = {".".join(name.split(".")[:2]) for name in imported(path)}
    assert roots & {"mlmath_helpers.explorers", "mlmath_helpers.exercises"} == set()
    assert {name.partition(".")[0] for name in roots} & {"matplotlib", "ipywidgets"} == set()


@each_chapter
@pytest.mark.parametrize("layer", ["explorers", "exercises"])
def test_a_section_imports_no_other_section_of_its_layer(layer, chapter):
    other = "exercises" if layer == "explorers" else "explorers"
    for path in files(PACKAGE / layer / chapter):
        for name in imported(path):
            assert not name.startswith(f"mlmath_helpers.{other}"), path
            if name.startswith(f"mlmath_helpers.{layer}."):
                room, module = name.split(".")[2:4]
                same = room == chapter and section_of(module, chapter) == section_of(
                    path.stem, chapter
                )
                assert room == "_engine" or same, f"{path} imports {name}"


@pytest.mark.parametrize("layer", [explorers, exercises], ids=["explorers", "exercises"])
def test_an_engine_knows_no_chapter(layer):
    for path in (pathlib.Path(layer.__file__).parent / "_engine").glob("*.py"):
        for name in imported(path):
            assert not any(name.startswith(f"{layer.__name__}.{c}") for c in CHAPTERS), path


def test_what_a_file_defines_and_what_it_uses_is_found(tmp_path):
    path = tmp_path / "c.py"
    path.write_text(
        "from .d import e\n\ndef f():\n    return m.g(h)\n\ndef _i(): ...\n\nclass J: ...\n"
    )
    assert list(names_defined(path)) == ["f", "J"]
    assert sorted(names_used(path)) == ["e", "g", "h", "m"]  # what is defined is not yet used


def test_the_search_for_imports_sees_all_kinds(tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    path = folder / "c.py"
    path.write_text(
        "import x.y\nfrom . import d\nfrom ..e import f\ndef g():\n    from h import i\n"
    )
    assert sorted(imported(path)) == ["a.b.d", "a.e", "h", "x.y"]
