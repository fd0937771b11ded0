"""Two lines and their crossing: what is drawn and said, computed a second way."""

import numpy as np
import pytest
from matplotlib.path import Path

from explorers.drawn import numbers, part, points, set_to
from explorers.pictures import Pictures
from mlmath_helpers.explorers import linear_algebra as explorers


@pytest.fixture
def system(made):
    return made(explorers.linear_system)


@pytest.mark.parametrize("angle", range(2, 91, 8))
@pytest.mark.parametrize("wobble", [-0.3, -0.05, 0.1, 0.3])
def test_the_lines_cross_where_geometry_says(system, angle, wobble):
    set_to(system, angle=angle, wobble=wobble)
    # The first line stays level at 1; the second moves by the wobble across itself.
    x = 2 - wobble / np.sin(np.radians(angle))
    assert points(system, "crossing")[0] == pytest.approx([x, 1])
    assert points(system, "way").ravel() == pytest.approx([2, 1, x, 1])
    a, b = points(system, "second")
    slope = np.degrees(np.arctan2(*(b - a)[::-1]))
    assert slope == pytest.approx(angle)
    assert np.cross([*(b - a), 0], [x - a[0], 1 - a[1], 0])[2] == pytest.approx(0, abs=1e-9)
    A = np.array([[0, 1], [-np.sin(np.radians(angle)), np.cos(np.radians(angle))]])
    said = numbers(system.sentence)
    assert said[0] == angle
    assert said[1] == pytest.approx(np.linalg.cond(A), rel=6e-3)
    assert said[2] == pytest.approx(wobble)
    assert said[3] == pytest.approx(abs(x - 2) / abs(wobble), abs=0.06)
    assert said[4:] == pytest.approx([x, 1], abs=0.006)
    assert points(system, "before").mean(axis=0) == pytest.approx([2, 1])
    assert points(system, "dot")[0] == pytest.approx([angle, np.linalg.cond(A)])
    assert points(system, "curve")[:, 0].tolist() == list(range(90, angle - 1, -1))


def crosses(box, ends, axes):
    """Tell whether a line between two points of the axes runs through a box of pixels."""
    return Path(axes.transData.transform(ends)).intersects_bbox(box, filled=False)


@pytest.mark.parametrize("angle", [*range(2, 12), *range(12, 91, 6)])
@pytest.mark.parametrize("wobble", [-0.3, 0.0, 0.1, 0.3])
def test_the_second_line_bears_its_name_inside_the_picture_and_clear_of_lines(
    system, angle, wobble
):
    set_to(system, angle=angle, wobble=wobble)
    axes = system.figure.axes[0]
    (name,) = [text for text in axes.texts if text.get_text() == "second"]
    box = name.get_window_extent()
    assert name.get_color() == part(system, "second").get_color()
    assert axes.bbox.x0 < box.x0 < box.x1 < axes.bbox.x1
    assert axes.bbox.y0 < box.y0 < box.y1 < axes.bbox.y1
    level = np.array([[-20.0, 1], [20, 1]])
    for ends in (points(system, "second"), points(system, "before"), level):
        assert not crosses(box, ends, axes)


def test_without_a_wobble_the_lines_cross_where_they_did(system):
    set_to(system, wobble=0.0)
    assert points(system, "crossing")[0] == pytest.approx([2, 1])
    assert system.sentence.endswith("b stays, and so does the crossing, at (2.00, 1.00).")


@pytest.mark.parametrize("wobble", [-0.3, 0.0, 0.3])
def test_the_second_line_turns_to_run_through_where_it_is_pulled(system, wobble):
    for x, y in [(5.0, 1.6), (4.0, 3.5), (2.5, 4.0)]:
        set_to(system, angle=60, wobble=wobble)
        system.drag("second line", x, y)
        a, b = points(system, "second")
        off = np.cross([*(b - a), 0], [x - a[0], y - a[1], 0])[2] / np.hypot(*(b - a))
        assert abs(off) < np.hypot(x - 2, y - 1) * np.radians(0.5) + 1e-9  # by whole degrees
        assert system.controls["wobble"].value == wobble


@pytest.mark.parametrize(
    ("where", "angle"), [((9, -1), 2), ((-5, 1.1), 90), ((1.9, 5), 90), ((1, -3), 2), ((2, 1), 2)]
)
def test_a_second_line_pulled_too_far_stays_at_the_nearer_end(system, where, angle):
    set_to(system, wobble=0.0)
    system.drag("second line", *where)
    assert system.controls["angle"].value == angle


@pytest.mark.parametrize("angle", [2, 30, 90])
@pytest.mark.parametrize("x", [-6.5, 1.8, 2.0, 2.25, 9.0])
def test_the_crossing_is_pulled_along_the_first_line_by_a_wobble(system, angle, x):
    set_to(system, angle=angle)
    system.drag("crossing", x, 3.0)
    wobble = np.clip((2 - x) * np.sin(np.radians(angle)), -0.3, 0.3)
    assert system._values() == {"angle": angle, "wobble": pytest.approx(wobble, abs=0.005001)}


def test_the_dot_pulled_along_its_curve_turns_the_second_line(system):
    for x, angle in [(0.5, 2), (45.4, 45), (91, 90)]:
        system.drag("dot on the curve", x, 30.0)
        assert system._values() == {"angle": angle, "wobble": 0.1}


class TestPictures(Pictures):
    figures = (explorers.linear_system,)
