"""What is drawn from memory in these tests, beside what is drawn without it."""

from unittest import mock

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from explorers import letters

LONG = "long enough to be wrapped " * 3
CHANGES = [  # one after the other: nothing else changes at the same time
    [{"text": "another\nof two lines"}, {"linespacing": 2.0}, {"multialignment": "right"}],
    [{"text": "the root $\\sqrt{x}$", "ha": "right"}, {"parse_math": False}],
    [{"fontsize": 13.5}, {"fontweight": "bold"}, {"fontfamily": "serif"}, {"fontstyle": "italic"}],
    [{"rotation": 30}, {"rotation_mode": "anchor"}, {"ha": "right"}, {"va": "top"}],
    [{"color": "crimson"}, {"alpha": 0.4}, {"antialiased": False}, {"bbox": {"fc": "yellow"}}],
    [{"text": LONG}, {"wrap": True}, {"x": 0.4137}, {"clip_on": True}],
]


def picture(figure):
    FigureCanvasAgg(figure).draw()
    return np.array(figure.canvas.buffer_rgba())


def plain(figure):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Text, "_get_layout", letters.measure)
        patch.setattr(RendererAgg, "draw_text", letters.draw)
        patch.setattr(Figure, "draw", letters.draw_figure)
        return picture(figure)


@pytest.mark.parametrize("changes", CHANGES, ids=str)
def test_a_picture_from_memory_is_that_without_it_whatever_changes(changes):
    figure = Figure(figsize=(3, 2), dpi=150)
    axes = figure.add_subplot(xlabel="along", ylabel="turned", title="title")
    text = axes.text(0.3, 0.5, "a word\nor two")
    for change in ({}, *changes):
        text.set(**change)
        for _ in range(2):
            np.testing.assert_array_equal(picture(figure), plain(figure))
    figure.set(size_inches=(4.5, 3), dpi=100)  # as many pixels, smaller letters
    np.testing.assert_array_equal(picture(figure), plain(figure))
    figure.set(size_inches=(4.5, 3.5))
    np.testing.assert_array_equal(picture(figure), plain(figure))


AXES_CHANGES = [
    {"xlim": (-3, 40)},
    {"yscale": "log", "ylim": (0.1, 2e5)},
    {"aspect": 0.5, "yscale": "linear", "ylim": (9, 2)},
    {"ylim": (1e6 + 1, 1e6 + 3)},
    {"xticks": [0, 20], "xticklabels": ["-1", "a long name"]},
    {"xlim": (30, 10), "ylabel": "along"},
    {"position": (0.3, 0.4, 0.1, 0.2)},
]


@pytest.mark.parametrize("layout", ["none", "constrained"])
def test_ticks_are_where_they_are_without_memory_whatever_changes(layout):
    figures = [Figure(figsize=(4, 2), layout=layout) for _ in range(2)]  # a draw may move axes
    for figure in figures:
        axes, other = figure.subplots(1, 2)
        axes.set_title("title"), other.secondary_xaxis("top")
    for change in ({}, *AXES_CHANGES):
        for figure in figures:
            figure.axes[0].set(**change)
        remembered = picture(figures[0])
        with mock.patch.object(Figure, "draw", letters.draw_figure):
            np.testing.assert_array_equal(picture(figures[1]), remembered)


def test_the_ticks_of_an_axis_are_set_once_where_nothing_moves(monkeypatch):
    asked = []
    figure = Figure(figsize=(3, 2))
    axes = figure.add_subplot(xlabel="along", title="title")
    with monkeypatch.context() as patch:
        patch.setattr(letters, "set_ticks", lambda axis: asked.append(axis) or [])
        picture(figure)
    assert sorted(map(id, asked)) == sorted(map(id, (axes.xaxis, axes.yaxis)))


def test_letters_are_taken_from_memory(monkeypatch):
    figure = Figure(figsize=(3, 2))
    figure.add_subplot(title="a title seen nowhere else")
    picture(figure)
    monkeypatch.setattr(letters, "draw", None)
    monkeypatch.setattr(letters, "measure", None)
    picture(figure)
