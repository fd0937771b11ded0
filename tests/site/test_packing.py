"""How figures are found, cut and packed for the pages, without a browser."""

import io

import nbformat
import numpy as np
import pytest
from matplotlib.text import Text
from PIL import Image

import crops
import drawings
import figures
import frames
from moving import ALL

PIXELS = 100 * drawings.SHARPNESS  # of an inch of paper
WHITE, BLACK = np.uint32(frames.WHITE), np.uint32(0xFF000000)


def boxes(*panels, height=100):
    """Return where there is ink, and the boxes of the axes, of panels given by (left, right)."""
    ink = np.zeros((height, 900), dtype=bool)
    for left, right in panels:
        ink[20:60, left:right] = True
    return ink, [(left, 20, right, 60) for left, right in panels]


def test_two_panels_are_cut_between_and_trimmed():
    found = crops.pieces(*boxes((30, 400), (500, 870)), 600)
    assert [box[0] for box in found] == [30 - crops.MARGIN, 500 - crops.MARGIN]
    assert all(
        box[0] <= left and right <= box[2]
        for box, (left, right) in zip(found, [(30, 400), (500, 870)], strict=True)
    )
    assert all((box[2] - box[0]) % crops.ROUND == 0 for box in found)
    assert all((box[3] - box[1]) % crops.ROUND == 0 for box in found)


def test_there_are_no_more_parts_than_needed():
    panels = [(10, 200), (230, 420), (450, 640), (670, 860)]
    assert len(crops.pieces(*boxes(*panels), 450)) == 2
    assert len(crops.pieces(*boxes(*panels), 250)) == 4
    assert len(crops.pieces(*boxes(*panels), 1000)) == 1


def test_no_cut_goes_through_ink():
    ink, axes = boxes((30, 400), (500, 870))
    ink[5, 300:600] = True  # a title that runs on
    assert len(crops.pieces(ink, axes, 600)) == 1
    ink[5, 440:450] = False
    (first, second) = crops.pieces(ink, axes, 600)
    assert first[2] <= 450
    assert second[0] >= 440 - 1


@pytest.mark.parametrize("name", ["power_iteration", "regularization_path"])
def test_no_panel_is_parted_from_its_words(name):
    """Not from a title that is longer than it, nor from what stands on its left."""
    drawing, parts = drawings.for_narrow(ALL[name], drawings.Drawing(ALL[name]))
    explorer, _ = figures.made(ALL[name], drawing.still.shape[1] / PIXELS)
    explorer.figure.canvas.draw()
    height = explorer.figure.bbox.height
    assert len(parts) == len(explorer.figure.axes) == 2
    for axes, (left, top, right, bottom) in zip(explorer.figure.axes, parts, strict=True):
        words = [text for text in axes.get_children() if isinstance(text, Text)]
        for text in [*words, axes.yaxis.label]:
            if text.get_visible() and text.get_text().strip():
                box = text.get_window_extent()
                assert left <= box.x0 <= box.x1 <= right, text.get_text()
                assert top - 1 <= height - box.y1 <= height - box.y0 <= bottom + 1
    explorer.close()


def test_panels_below_a_wide_one_are_cut_row_by_row():
    ink = np.zeros((300, 900), dtype=bool)
    axes = [(20, 20, 880, 100), (20, 150, 400, 280), (500, 150, 880, 280)]
    for left, top, right, bottom in axes:
        ink[top:bottom, left:right] = True
    first, second, third = crops.pieces(ink, axes, 600)
    assert first[3] <= second[1]
    assert second[2] <= third[0]


def test_parts_below_each_other_keep_every_pixel():
    rng = np.random.default_rng(0)
    picture = rng.integers(0, 2**32, (60, 90), dtype=np.uint32)
    found = crops.stacked(picture, [(0, 0, 30, 60), (33, 6, 90, 60)])
    assert found.shape == (60 + 54, 57)
    assert (found[:60, :30] == picture[:, :30]).all()
    assert (found[:60, 30:] == WHITE).all()
    assert (found[60:] == picture[6:60, 33:90]).all()


def test_a_patch_over_its_still_is_the_picture():
    still = np.full((50, 80), WHITE)
    picture = still.copy()
    picture[10:20, 30:60:3] = BLACK
    left, top, pixels = frames.patch(picture, still)
    assert (left, top, pixels.shape) == (30, 10, (10, 28))
    unpacked = np.asarray(Image.open(io.BytesIO(frames.webp(pixels))).convert("RGBA"))
    assert (unpacked[..., 3] == np.where(picture == still, 0, 255)[10:20, 30:58]).all()
    assert (unpacked[unpacked[..., 3] > 0] == [0, 0, 0, 255]).all()
    assert frames.patch(still, still) is None
    (_, _, closed) = frames.patch(picture, still, closed=True)
    assert (closed == picture[10:20, 30:58]).all(), "single pixels between are taken up"


def test_the_ground_is_what_most_pictures_show():
    pictures = [np.full((4, 9), WHITE) for _ in range(5)]
    for number, picture in enumerate(pictures):
        picture[2, number] = BLACK  # it moves
        picture[3, :] = BLACK  # it stands
    found = frames.ground(pictures)
    assert (found[:3] == WHITE).all()
    assert (found[3] == BLACK).all()
    assert (frames.ground(pictures[:1]) == pictures[0]).all()


@pytest.mark.parametrize(("n_stops", "start"), [(41, 30), (361, 30), (181, 7), (100, 3), (393, 17)])
def test_enough_stops_are_drawn_with_the_start_and_both_ends(n_stops, start):
    for found in (figures.chosen(n_stops, start), figures.fewest(n_stops, start)):
        assert figures.FEWEST <= len(found) <= figures.MANY
        assert {0, start, n_stops - 1} <= set(found)
        assert found == sorted(set(found))
    assert 5 in figures.chosen(n_stops, start, [5]), "what is worth seeing"


@pytest.mark.parametrize(("n_stops", "start"), [(1, 0), (2, 1), (9, 4), (24, 23)])
def test_of_few_stops_all_are_drawn(n_stops, start):
    everything = list(range(n_stops))
    assert figures.chosen(n_stops, start) == figures.fewest(n_stops, start) == everything


def test_round_strides_are_preferred():
    assert figures.chosen(361, 30) == list(range(0, 361, 15))


def a_notebook(cell):
    opening = "from mlmath_helpers.explorers import linear_algebra as explorers\nprint('not run')"
    book = nbformat.v4.new_notebook()
    book.cells = [
        nbformat.v4.new_code_cell(opening, id="opening-02"),
        nbformat.v4.new_code_cell(cell, id="a-01"),
    ]
    return book


def test_a_figure_is_made_by_the_call_in_its_cell(capsys):
    (task,) = figures.tasks("book", a_notebook("t = 0.5\nexplorers.linear_map(a=t)"))
    explorer, played = figures.made(task)
    assert task.name == "linear_map"
    assert explorer.controls["a"].value == 0.5
    assert played is None
    assert capsys.readouterr().out == ""


def test_the_control_of_the_play_button_is_found():
    explorer, played = figures.made(ALL["svd_steps"])
    assert played is explorer.controls["t"]


def test_a_figure_that_needs_another_cell_is_refused_in_words():
    (task,) = figures.tasks("book", a_notebook("explorers.linear_map(A)"))
    with pytest.raises(figures.NotDrawn, match=r"cell a-01 of book cannot be drawn .*'A'"):
        figures.made(task)


def test_narrow_paper_makes_a_narrow_figure():
    explorer, _ = figures.made(ALL["linear_map"], 5.4)
    assert explorer.figure.get_size_inches()[0] == pytest.approx(5.4)


@pytest.mark.parametrize(
    "source", ["", "%time x", "x = explorers.linear_map()", "check('a')", "1 +"]
)
def test_other_cells_make_no_figure(source):
    assert figures.called(source) is None
