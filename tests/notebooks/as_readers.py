"""The notebooks as readers run them: from any section on, and a cell again when they please.

Every section runs after the opening cells of its chapter alone, and each of its cells, run
again after it, prints what it printed. nbval compares one straight run of each notebook.
A file for each chapter (``test_NAME_as_readers_do.py``) takes the two tests at the end from here.
"""

import ast
import contextlib
import io
import traceback
from typing import NamedTuple

import pytest
from matplotlib.figure import Figure

import save_notebooks
from mlmath_helpers.exercises._engine import session
from mlmath_helpers.exercises._engine.record import Record
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


def sections(stem):
    """Return the sections of a notebook that hold code, its opening among them."""
    found, opening = [], []
    for anchor, cells in save_notebooks.sections(NOTEBOOKS[stem]):
        code = [cell for cell in cells if cell.cell_type == "code"]
        if code:
            found.append(Section(anchor or "opening", opening, code))
        opening = code if anchor is None else opening
    return found


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
        result.figure = Figure()  # to empty the one that was made costs as much as to make it
        result.close()
    elif result is not None and not isinstance(result, session.Result):
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


def runs_of(stem):
    """Return a fixture: each section of a notebook, run where no exercise has been tried.

    Sentences are compared, and no picture: that they are true is shown by the explorers' tests.
    """

    @pytest.fixture(scope="module", params=sections(stem), ids=lambda section: section.name)
    def ran(request):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Explorer, "_draw", lambda self, _moved: setattr(self, "png", b""))
            patch.setattr(session, "record", Record())
            patch.setattr(session, "_hints_given", {})
            return request.param, *run_as_readers_do(request.param)

    return ran


def test_a_section_runs_after_the_opening_of_its_chapter_alone(ran):
    section, first, _ = ran
    assert first == {cell.id: stored(cell) for cell in section.cells}


def test_a_cell_that_is_run_again_after_its_section_shows_the_same(ran):
    _, first, again = ran
    assert again == {name: first[name] for name in again}
