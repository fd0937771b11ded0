"""Linear systems and the nearest point: what is drawn and said, computed a second way."""

import numpy as np
import pytest

from explorers.drawn import numbers, part
from mlmath_helpers.explorers import linear_algebra as explorers
from mlmath_helpers.explorers.systems import COLUMNS, TARGET, VIEW


def drawn(explorer, gid):
    return np.array(part(explorer, gid).get_xydata())


@pytest.fixture
def system():
    explorer = explorers.linear_system()
    yield explorer
    explorer.close()


@pytest.mark.parametrize("angle", range(2, 91, 8))
@pytest.mark.parametrize("wobble", [-0.3, -0.05, 0.1, 0.3])
def test_the_lines_cross_where_geometry_says(system, angle, wobble):
    system.controls["angle"].value, system.controls["wobble"].value = angle, wobble
    # The first line stays level at 1; the second moves by the wobble across itself.
    x = 2 - wobble / np.sin(np.radians(angle))
    assert drawn(system, "crossing")[0] == pytest.approx([x, 1])
    assert drawn(system, "way").ravel() == pytest.approx([2, 1, x, 1])
    a, b = drawn(system, "second")
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
    assert drawn(system, "before").mean(axis=0) == pytest.approx([2, 1])
    assert drawn(system, "dot")[0] == pytest.approx([angle, np.linalg.cond(A)])
    assert drawn(system, "curve")[:, 0].tolist() == list(range(90, angle - 1, -1))


def box_of(explorer, text):
    return text.get_window_extent(explorer.figure.canvas.get_renderer())


def crosses(box, ends, axes):
    """Tell whether a line between two points of the axes runs through a box of pixels."""
    way = np.linspace(0, 1, 2001)[:, None]
    points = axes.transData.transform(ends[0] + way * (ends[1] - ends[0]))
    return any(box.contains(*point) for point in points)


@pytest.mark.parametrize("angle", [*range(2, 12), *range(12, 91, 6)])
@pytest.mark.parametrize("wobble", [-0.3, 0.0, 0.1, 0.3])
def test_the_second_line_bears_its_name_inside_the_picture_and_clear_of_lines(
    system, angle, wobble
):
    system.controls["angle"].value, system.controls["wobble"].value = angle, wobble
    axes = system.figure.axes[0]
    (name,) = [text for text in axes.texts if text.get_text() == "second"]
    box = box_of(system, name)
    assert name.get_color() == part(system, "second").get_color()
    assert axes.bbox.x0 < box.x0 < box.x1 < axes.bbox.x1
    assert axes.bbox.y0 < box.y0 < box.y1 < axes.bbox.y1
    level = np.array([[-20.0, 1], [20, 1]])
    for ends in (drawn(system, "second"), drawn(system, "before"), level):
        assert not crosses(box, ends, axes)


def test_without_a_wobble_the_lines_cross_where_they_did(system):
    system.controls["wobble"].value = 0.0
    assert drawn(system, "crossing")[0] == pytest.approx([2, 1])
    assert system.sentence.endswith("b stays, and so does the crossing, at (2.00, 1.00).")


@pytest.fixture
def projection():
    explorer = explorers.least_squares_projection()
    yield explorer
    explorer.close()


@pytest.mark.parametrize("first", [-0.5, 0.2, 1.1, 2.0])
@pytest.mark.parametrize("second", [-0.5, 0.7, 1.8])
def test_the_residual_runs_from_the_floor_to_b_and_its_dots_are_said(projection, first, second):
    projection.controls["first"].value = first
    projection.controls["second"].value = second
    Ax = first * COLUMNS[:, 0] + second * COLUMNS[:, 1]
    assert drawn(projection, "residual") == pytest.approx(np.stack([VIEW @ Ax, VIEW @ TARGET]))
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
            projection.controls["first"].value = first
            projection.controls["second"].value = second
            words = {text.get_text().strip(): box_of(projection, text) for text in left.texts}
            boxes = [box.padded(-2) for box in words.values()]
            for i, box in enumerate(boxes):
                assert not any(box.overlaps(other) for other in boxes[:i]), (first, second)
            for word, box in words.items():
                assert left.bbox.x0 <= box.x0 < box.x1 <= left.bbox.x1, (word, first, second)
            name = words["r = b − A x"].padded(-3)
            for ends in (b, drawn(projection, "residual")):
                assert not crosses(name, ends, left), (first, second)
            length = box_of(projection, right.texts[0])
            assert not any(length.overlaps(bar.get_window_extent()) for bar in right.patches)
            lowest, highest = right.get_ylim()
            assert all(lowest < bar.get_height() < highest for bar in right.patches)


def test_only_at_the_least_squares_solution_are_both_dots_zero(projection):
    best = np.linalg.lstsq(COLUMNS, TARGET)[0]
    projection.controls["first"].value, projection.controls["second"].value = best.round(9)
    words = "so r is at right angles to the floor, and no A x is nearer to b."
    assert projection.sentence.endswith(words)
    lowest = numbers(projection.sentence)[2]
    projection.controls["first"].value += 0.05
    assert projection.sentence.endswith("so A x can come nearer to b.")
    assert numbers(projection.sentence)[2] > lowest
