"""The notebooks as readers run them: from any section on, and a cell again when they please.

Every section runs after the opening cells of its chapter alone, and each of its cells, run
again after it, prints what it printed. nbval compares one straight run of each notebook.
"""

import ast
import builtins
import contextlib
import dis
import io
import traceback
import types
from typing import NamedTuple

import pytest
from nbformat.v4 import new_code_cell

import save_notebooks
from mlmath_helpers.exercises._engine import session
from mlmath_helpers.explorers._engine.explorer import Explorer

NOTEBOOKS = {
    path.stem: save_notebooks.read(path)
    for path in sorted(save_notebooks.NOTEBOOKS.glob("*.ipynb"))
}


class Section(NamedTuple):
    """The code cells of a section, and those that open its chapter."""

    name: str
    opening: list
    cells: list


def sections():
    """Return all sections with code, the openings among them."""
    found = []
    for stem, notebook in NOTEBOOKS.items():
        opening = []
        for anchor, cells in save_notebooks.sections(notebook):
            code = [cell for cell in cells if cell.cell_type == "code"]
            if code:
                found.append(Section(f"{stem[:2]}-{anchor or 'opening'}", opening, code))
            opening = code if anchor is None else opening
    return found


SECTIONS = sections()
each_section = pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)


# Running them


def run(cell, names):
    """Run a cell among these names, and return the text that it shows, errors too."""
    body = ast.parse(cell.source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        try:
            exec(compile(ast.Module(body, []), cell.id, "exec"), names)
            if last:
                show(eval(compile(ast.Expression(last.value), cell.id, "eval"), names))
        except Exception:
            print(traceback.format_exc(limit=-1))
    return printed.getvalue().strip()


def show(result):
    """Print a result as a notebook shows it, a figure by its sentence."""
    if isinstance(result, Explorer):
        print(result.sentence)
        result.close()
    elif result is not None:
        print(repr(result))


def stored(cell):
    """Return the text that the stored cell shows."""
    shown = [output.get("text") or output.data["text/plain"] for output in cell.outputs]
    return "\n".join(text.strip() for text in shown)


def run_as_readers_do(section):
    """Run the section after its opening alone, then each of its cells again, the last one first.

    Backwards, every cell meets what the later ones have made of its names.

    Returns
    -------
    first, again : dict of str to str
        What each cell showed, by the cell's name.
    """
    names = {"__name__": "__main__"}
    for cell in section.opening:
        run(cell, names)
    first = {cell.id: run(cell, names) for cell in section.cells}
    again = {cell.id: run(cell, names) for cell in reversed(section.cells)}
    return first, again


@pytest.fixture(scope="module", params=SECTIONS, ids=lambda section: section.name)
def ran(request):
    """Run a section in a session in which no exercise has been tried.

    Sentences are compared, and no picture: that they are true is shown by the explorers' tests.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Explorer, "_draw", lambda self, _moved: setattr(self, "_png", b""))
        patch.setattr(session, "_passed", set())
        patch.setattr(session, "_hints_given", {})
        return request.param, *run_as_readers_do(request.param)


def test_a_section_runs_after_the_opening_of_its_chapter_alone(ran):
    section, first, _ = ran
    assert first == {cell.id: stored(cell) for cell in section.cells}


def test_a_cell_that_is_run_again_after_its_section_shows_the_same(ran):
    _, first, again = ran
    assert again == {name: first[name] for name in again}


@pytest.mark.parametrize(
    "sources",
    [
        ["rows = [1, 2]", "rows.append(3)\nprint(rows)"],
        ["draws = iter(range(9))", "print(next(draws))"],
        ["a = [1]\nprint(a)", "print(a[0])", "a = {}"],
        ["print(later)", "later = 1"],
    ],
    ids=["changed in place", "a shared generator", "a name for another thing", "the wrong order"],
)
def test_a_cell_that_shows_something_else_is_found(sources):
    cells = [new_code_cell(source, id=f"cell-{i}") for i, source in enumerate(sources)]
    first, again = run_as_readers_do(Section("some", [], cells))
    assert first != again


# Reading them: what holds in whatever order cells are run again


def names_in(code):
    """Return the names that a cell reads before it makes them, and those that it makes."""
    read, made = set(), set()
    for step in dis.get_instructions(code):
        if step.opname in {"LOAD_NAME", "LOAD_GLOBAL"} and step.argval not in made:
            read.add(step.argval)
        elif step.opname in {"STORE_NAME", "STORE_GLOBAL"}:
            made.add(step.argval)
        elif isinstance(step.argval, types.CodeType):
            read |= names_in(step.argval)[0] - made
    return read - set(vars(builtins)), made


def compiled(cell):
    return compile(cell.source, cell.id, "exec")


def homeless_names(section):
    """Return the names that a cell reads and that no cell, or more than one, makes."""
    used = {cell.id: names_in(compiled(cell)) for cell in section.opening + section.cells}
    found = {}
    for reader, (read, _) in used.items():
        for name in read:
            makers = [maker for maker, (_, made) in used.items() if name in made]
            if len(makers) != 1:
                found[name, reader] = makers
    return found


@each_section
def test_what_a_cell_reads_is_made_by_one_cell_of_its_section_or_of_the_opening(section):
    """Then no cell that is run again, in whatever order, hands another thing to a later one."""
    assert homeless_names(section) == {}


@each_section
def test_no_section_takes_a_name_of_the_opening_for_another_thing(section):
    """Then the sections after it find what the opening has given them, too."""
    given = {name for cell in section.opening for name in names_in(compiled(cell))[1]}
    taken = {name for cell in section.cells for name in names_in(compiled(cell))[1]}
    assert taken & given == set()


@pytest.mark.parametrize(
    ("sources", "found"),
    [
        (["a = 1\nb = a", "print(b)"], {}),
        (["a = 1", "a = 2\nprint(a)"], {}),
        (["a = 1", "print(a)", "a = 2"], {("a", "cell-1"): ["cell-0", "cell-2"]}),
        (["print(a)"], {("a", "cell-0"): []}),
        (["a = [b for b in range(3)]", "f = lambda b: b + c"], {("c", "cell-1"): []}),
        (
            ["c = 1", "def f():\n    return c", "for c in f():\n    ..."],
            {("c", "cell-1"): ["cell-0", "cell-2"]},
        ),
    ],
)
def test_a_name_that_two_cells_make_and_another_reads_is_found(sources, found):
    cells = [new_code_cell(source, id=f"cell-{i}") for i, source in enumerate(sources)]
    assert homeless_names(Section("some", [], cells)) == found
