"""What holds in whatever order cells are run again, seen in their names; and that it is noticed."""

import builtins
import dis
import types

import pytest
from nbformat.v4 import new_code_cell

from notebooks.as_readers import NOTEBOOKS, Section, run_as_readers_do, sections

SECTIONS = {f"{stem[:2]}-{s.name}": s for stem in NOTEBOOKS for s in sections(stem)}
each_section = pytest.mark.parametrize("section", SECTIONS.values(), ids=SECTIONS)


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
