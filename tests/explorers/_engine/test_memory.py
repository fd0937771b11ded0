"""What must not grow, and what is let go."""

import gc
import tracemalloc
import weakref

import ipywidgets as widgets
import numpy as np
from matplotlib.backends.backend_agg import RendererAgg

from explorers._engine.small import make, small_canvas
from explorers.drawn import assert_true
from mlmath_helpers.explorers import Explorer
from mlmath_helpers.explorers._engine.controls import slider
from mlmath_helpers.explorers._engine.picture import Handle


def renderers():
    gc.collect()
    return sum(isinstance(thing, RendererAgg) for thing in gc.get_objects())


def test_only_the_figure_that_moves_keeps_more_than_its_picture():
    before = renderers()
    explorers = [make() for _ in range(4)]
    assert renderers() <= before + 1
    for explorer in explorers:
        explorer.controls["x"].value = 0.9
        assert_true(explorer)
    assert renderers() <= before + 1
    explorers[0].controls["x"].value = 0.3
    assert_true(explorers[0])
    for explorer in explorers:
        explorer.close()


def test_a_closed_explorer_that_is_still_known_keeps_no_pixels():
    before = renderers()
    kept = make()
    kept.close()
    assert renderers() <= before


def of_a_line_that_all_hold():
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1])
    handle = Handle(axes, lambda x: line.get_xydata()[1], lambda to, y, x: {"x": to}, "end")
    explorer = Explorer(
        figure,
        lambda x: (line,),
        lambda x: f"{x} is no height of {line}.",
        handles=[handle],
        actions={"turn": lambda x: {"x": 1 - line.get_ydata()[1]}},
        x=slider(0.0, 1.0, start=0.2, label="x"),
    )
    return explorer, weakref.ref(line)


def test_a_closed_explorer_that_is_still_known_keeps_no_artist():
    kept, line = of_a_line_that_all_hold()
    gc.collect()
    assert line() is not None
    kept.close()
    gc.collect()
    assert line() is None


def test_close_leaves_no_widget_behind():
    before = set(widgets.widget._instances)
    explorer = make()
    assert len(widgets.widget._instances) > len(before)
    explorer.close()
    assert set(widgets.widget._instances) == before


def test_five_hundred_values_grow_nothing(moving_line):
    rng = np.random.default_rng(0)

    def drive(n):
        for value in rng.random(n):
            moving_line.controls["x"].value = value

    drive(1)
    artists, alive = len(moving_line.figure.findobj()), len(widgets.widget._instances)
    tracemalloc.start()
    held = []
    for n_steps in (200, 500):  # in the first ones, small caches of matplotlib and Pillow fill
        drive(n_steps)
        gc.collect()
        held.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert len(moving_line.figure.findobj()) == artists
    assert len(widgets.widget._instances) == alive
    a_step = (held[1] - held[0]) / 500
    assert a_step < len(moving_line.png) / 5, "bytes: no step keeps its picture"
