"""The nearest point of a plane: what is drawn and said, computed a second way."""

import numpy as np
import pytest
from matplotlib.path import Path

from explorers.drawn import numbers, points, set_to
from explorers.pictures import Pictures
from mlmath_helpers.explorers import linear_algebra as explorers
from mlmath_helpers.explorers.linear_algebra.orthogonality import COLUMNS, TARGET, VIEW


def crosses(box, ends, axes):
    """Tell whether a line between two points of the axes runs through a box of pixels."""
    return Path(axes.transData.transform(ends)).intersects_bbox(box, filled=False)


@pytest.fixture
def projection(made):
    return made(explorers.least_squares_projection)


@pytest.mark.parametrize("first", [-0.5, 0.2, 1.1, 2.0])
@pytest.mark.parametrize("second", [-0.5, 0.7, 1.8])
def test_the_residual_runs_from_the_floor_to_b_and_its_dots_are_said(projection, first, second):
    set_to(projection, first=first, second=second)
    Ax = first * COLUMNS[:, 0] + second * COLUMNS[:, 1]
    assert points(projection, "residual") == pytest.approx(np.stack([VIEW @ Ax, VIEW @ TARGET]))
    r = TARGET - Ax
    heights = [bar.get_height() for bar in projection.figure.axes[1].patches]
    assert heights == pytest.approx([r @ COLUMNS[:, 0], r @ COLUMNS[:, 1]], abs=1e-8)
    said = numbers(projection.sentence)
    assert said[:2] == [first, second]
    assert said[2] == pytest.approx(np.sqrt((r**2).sum()), abs=6e-4)
    assert said[3:] == pytest.approx(heights, abs=6e-3)
    nearest = (first, second) == (1.1, 0.7)
    assert ("so A x can come nearer to b" in projection.sentence) == (not nearest)


def test_the_names_beside_the_floor_lie_neither_on_each_other_nor_on_r_nor_on_b(projection):
    left, right = projection.figure.axes
    b = np.stack([[0, 0], VIEW @ TARGET])
    for first in np.arange(-0.5, 2.01, 0.25):
        for second in np.arange(-0.5, 1.81, 0.1):
            set_to(projection, first=first, second=second)
            words = {text.get_text().strip(): text.get_window_extent() for text in left.texts}
            boxes = [box.padded(-2) for box in words.values()]
            for i, box in enumerate(boxes):
                assert not any(box.overlaps(other) for other in boxes[:i]), (first, second)
            for word, box in words.items():
                assert left.bbox.x0 <= box.x0 < box.x1 <= left.bbox.x1, (word, first, second)
            name = words["r = b − A x"].padded(-3)
            for ends in (b, points(projection, "residual")):
                assert not crosses(name, ends, left), (first, second)
            length = right.texts[0].get_window_extent()
            assert not any(length.overlaps(bar.get_window_extent()) for bar in right.patches)
            lowest, highest = right.get_ylim()
            assert all(lowest < bar.get_height() < highest for bar in right.patches)


def test_only_at_the_least_squares_solution_are_both_dots_zero(projection):
    best = np.linalg.lstsq(COLUMNS, TARGET)[0]
    set_to(projection, **dict(zip(("first", "second"), best.round(9), strict=True)))
    words = "so r is at right angles to the floor, and no A x is nearer to b."
    assert projection.sentence.endswith(words)
    lowest = numbers(projection.sentence)[2]
    projection.controls["first"].value += 0.05
    assert projection.sentence.endswith("so A x can come nearer to b.")
    assert numbers(projection.sentence)[2] > lowest


@pytest.mark.parametrize(("first", "second"), [(1.1, 0.7), (-0.5, 1.8), (2.0, -0.5), (0.0, 0.0)])
def test_the_tip_pulled_to_a_point_of_the_floor_goes_there(projection, first, second):
    floor = first * np.array([2.0, 0, 0]) + second * np.array([0.8, 1.5, 0])
    projection.drag("tip of A x", floor[0] + 0.42 * floor[1], 0.4 * floor[1])
    assert projection._values() == {"first": first, "second": second}


def test_the_tip_pulled_off_the_floor_stays_at_its_edge(projection):
    projection.drag("tip of A x", 7.0, 2.9)
    assert projection._values()["second"] == 1.8
    projection.drag("tip of A x", 7.0, 0.0)
    assert projection._values() == {"first": 2.0, "second": 0.0}


class TestPictures(Pictures):
    figures = (explorers.least_squares_projection,)
