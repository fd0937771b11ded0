"""Small figures that the tests of the engine make."""

from explorers.drawn import assert_true
from mlmath_helpers.explorers import Explorer
from mlmath_helpers.explorers._engine.controls import slider
from mlmath_helpers.explorers._engine.explorer import canvas


def small_canvas(**options):
    figure, axes = canvas(height=2, **options)
    figure.set_size_inches(3, 2)
    return figure, axes


def explorer_of(figure, update, describe=None, **controls):
    describe = describe or (lambda x, **_: f"Now x is {x:.2f}.")
    return Explorer(
        figure, update, describe, **{"x": slider(0.0, 1.0, start=0.2, label="x"), **controls}
    )


def assert_true_all_over(explorer, *values):
    for value in values or (0.9, 0.0, 0.5, 1.0, 0.2):
        explorer.controls["x"].value = value
        assert_true(explorer)


def make():
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1])
    return explorer_of(figure, lambda x: (line,))
