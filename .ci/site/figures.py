"""The figures of the notebooks: how a cell makes one, and which of its states a page shows.

The main control of a figure is the one with a play button, else the first. It is walked through,
and a second one with it where all pairs of their stops are few.
"""

import ast
import itertools
from dataclasses import dataclass
from unittest import mock

import numpy as np
from matplotlib.figure import Figure

from mlmath_helpers.explorers._engine import controls, words
from mlmath_helpers.explorers._engine import explorer as engine

FEWEST, MANY, MOST_PAIRS = 24, 48, 60  # states of one control, if it has as many; of two together
PAPER = 8.0  # inches: how wide the course draws


class NotDrawn(Exception):
    """A figure of a notebook cannot be drawn for the site."""


@dataclass(frozen=True)
class Task:
    """A figure to be drawn: the cell that makes it, and what the opening cell imports."""

    stem: str  # of the notebook
    cell: str
    source: str
    imports: str
    face: tuple | None = None  # the state that the front page shows, and which panel of it

    @property
    def name(self):
        """Return the name of the explorer."""
        return called(self.source)


def tasks(stem, book, face=None):
    """Return the figures of a notebook; ``face`` names one of them, a state of it and a panel."""
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    opening = "\n".join(cell.source for cell in code if cell.id.startswith("opening-"))
    lines = ast.parse(opening).body
    imports = "\n".join(
        ast.unparse(line) for line in lines if isinstance(line, ast.Import | ast.ImportFrom)
    )
    return [
        Task(stem, cell.id, cell.source, imports, face[1:] if face and face[0] == name else None)
        for cell in code
        for name in [called(cell.source)]
        if name
    ]


def called(source):
    """Return the name of the explorer that a cell ends with, or None."""
    try:
        *_, last = ast.parse(source).body
    except (SyntaxError, ValueError):  # %magic, or nothing
        return None
    match last:
        case ast.Expr(ast.Call(ast.Attribute(ast.Name("explorers"), name))):
            return name
    return None


def made(task, paper=PAPER):
    """Run a figure's cell; return its explorer, and the control of its play button or None.

    ``paper`` is how wide it is drawn, in inches, whatever its factory asks for.
    """
    played, play = [], engine.player

    def player(control):
        played.append(control)
        return play(control)

    def figure(figsize, **options):
        return Figure((paper * figsize[0] / PAPER, figsize[1]), **options)

    *before, last = ast.parse(task.source).body
    names = {}
    try:
        with mock.patch.multiple(engine, player=player, Figure=figure):
            exec(task.imports, names)
            exec(compile(ast.Module(before, []), task.cell, "exec"), names)
            explorer = eval(compile(ast.Expression(last.value), task.cell, "eval"), names)
    except NameError as error:
        raise NotDrawn(
            f"cell {task.cell} of {task.stem} cannot be drawn ({error}): a figure's cell may use "
            "what the opening cell imports and what it makes itself"
        ) from error
    return explorer, played[0] if played else None


@dataclass(frozen=True)
class Control:
    """A control of a page, and the stops of it that are drawn."""

    name: str
    label: str
    stops: list  # of pairs: value, words
    start: int  # which of them


def page_controls(explorer, played, choose):
    """Return the one or two controls that a page offers; ``choose`` says which stops are drawn."""
    main = next(
        (name for name, control in explorer.controls.items() if control is played),
        next(iter(explorer.controls)),
    )
    stops = {name: _stops(control) for name, control in explorer.controls.items()}
    values = [value for value, _ in stops[main]]
    now = values.index(controls.held_by(explorer.controls[main]))
    shown = [values.index(still[main]) for still in explorer.stills if main in still]
    drawn = [stops[main][at] for at in choose(len(values), now, shown)]
    second = (n for n in stops if n != main and len(stops[n]) * len(drawn) <= MOST_PAIRS)
    found = []
    for name, kept in {main: drawn, **{n: stops[n] for n in [*second][:1]}}.items():
        control = explorer.controls[name]
        start = [value for value, _ in kept].index(controls.held_by(control))
        found.append(Control(name, control.description, kept, start))
    return found


def states(page_controls):
    """Return the state of each pair of stops, those of the first control fastest."""
    return [
        {control.name: value for control, (value, _) in zip(page_controls, pair[::-1], strict=True)}
        for pair in itertools.product(*(control.stops for control in page_controls[::-1]))
    ]


def _stops(control):
    """Return all that a control can hold, each with its words."""
    if hasattr(control, "options"):
        return list(zip(control._options_values, control._options_labels, strict=True))
    n_steps = round((control.max - control.min) / control.step)
    values = [controls.nearest(control, control.min + n * control.step) for n in range(n_steps + 1)]
    return [(value, words.typeset(f"{value:.10g}")) for value in values]


def chosen(n_stops, start, shown=()):
    """Return which stops are drawn: start, ends, what is ``shown`` elsewhere, and some between.

    Of all strides that leave enough and not too many, those that meet both ends are the best, and
    then the longest.
    """

    def walk(stride):
        return sorted({0, n_stops - 1, *range(start % stride, n_stops, stride), *shown})

    def badness(stride):
        missed = (start % stride > 0) + ((n_stops - 1 - start) % stride > 0)
        return len(walk(stride)) > MANY, missed, -stride

    strides = [s for s in range(1, max(2, n_stops)) if len(walk(s)) >= min(FEWEST, n_stops)]
    return walk(min(strides, key=badness))


def fewest(n_stops, start, shown=()):
    """Return the fewest stops that will do, as evenly as start and ends let them."""
    found = np.linspace(0, n_stops - 1, min(FEWEST, n_stops)).round().astype(int)
    if start not in found:
        found[1 + np.abs(found[1:-1] - start).argmin()] = start
    return sorted({*found.tolist(), start})
