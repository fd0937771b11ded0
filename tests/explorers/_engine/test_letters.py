"""What is drawn from memory in these tests, beside what is drawn without it."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from explorers import letters

CHANGES = [
    {"text": "another\nof two lines"},
    {"text": "the root $\\sqrt{x}$"},
    {"fontsize": 13.5},
    {"fontweight": "bold"},
    {"fontfamily": "serif"},
    {"fontstyle": "italic"},
    {"rotation": 30},
    {"rotation": 30, "rotation_mode": "anchor"},
    {"ha": "right"},
    {"va": "top"},
    {"text": "a line\nand one more", "linespacing": 2.0},
    {"text": "a line\nand one more", "multialignment": "right"},
    {"text": "$1 and $2", "parse_math": False},
    {"text": "long enough to be wrapped " * 3, "wrap": True},
    {"color": "crimson"},
    {"alpha": 0.4},
    {"antialiased": False},
    {"x": 0.4137},
    {"clip_on": True, "x": 0.9},
    {"bbox": {"facecolor": "yellow"}},
]


def picture(figure):
    FigureCanvasAgg(figure).draw()
    return np.array(figure.canvas.buffer_rgba())


def plain(figure):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Text, "_get_layout", letters.measure)
        patch.setattr(RendererAgg, "draw_text", letters.draw)
        return picture(figure)


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_a_picture_from_memory_is_that_without_it_whatever_changes(change):
    figure = Figure(figsize=(3, 2), dpi=150)
    axes = figure.add_subplot(xlabel="along", ylabel="turned", title="title")
    text = axes.text(0.3, 0.5, "a word\nor two")
    for _ in range(2):
        np.testing.assert_array_equal(picture(figure), plain(figure))
    text.set(**change)
    for _ in range(2):
        np.testing.assert_array_equal(picture(figure), plain(figure))
    figure.set_dpi(120)
    np.testing.assert_array_equal(picture(figure), plain(figure))


def test_letters_are_taken_from_memory(monkeypatch):
    figure = Figure(figsize=(3, 2))
    figure.add_subplot(title="a title seen nowhere else")
    picture(figure)
    monkeypatch.setattr(letters, "draw", None)
    monkeypatch.setattr(letters, "measure", None)
    picture(figure)
