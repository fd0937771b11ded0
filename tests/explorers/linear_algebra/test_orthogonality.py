"""The nearest point of a plane: what is drawn and said, computed a second way."""

import numpy as np
import pytest
from matplotlib.path import Path

from explorers.drawn import numbers, part, points, set_to
from explorers.pictures import Pictures
from mlmath_helpers.explorers import linear_algebra as explorers
from mlmath_helpers.explorers.linear_algebra.orthogonality import COLUMNS, EYE, TARGET, VIEW


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
    tip, b = VIEW @ Ax, VIEW @ TARGET
    start, end = points(projection, "residual")
    head, *wings = part(projection, "head").get_xy()[:3]
    assert start == pytest.approx(tip)
    assert head == pytest.approx(b), "it points at b, for r = b - A x"
    assert np.linalg.norm(b - start) == pytest.approx(
        np.linalg.norm(b - end) + np.linalg.norm(end - start)
    ), "on the way there"
    assert (np.mean(wings, axis=0) - start) @ (b - end) < (b - start) @ (b - end)
    assert np.diff(wings, axis=0)[0] @ (b - start) == pytest.approx(0, abs=1e-9)
    r = TARGET - Ax
    length, *heights = [bar.get_height() for bar in projection.figure.axes[1].patches]
    assert length == pytest.approx(np.sqrt(r @ r))
    assert heights == pytest.approx([r @ COLUMNS[:, 0], r @ COLUMNS[:, 1]], abs=1e-8)
    said = numbers(projection.sentence)
    assert said[:2] == [first, second]
    assert said[2] == pytest.approx(np.sqrt((r**2).sum()), abs=6e-4)
    assert said[3:] == pytest.approx(heights, abs=6e-3)
    nearest = (first, second) == (1.1, 0.7)
    assert ("so A x can come nearer to b" in projection.sentence) == (not nearest)


def test_the_names_beside_the_floor_lie_neither_on_each_other_nor_on_r_nor_on_b(projection):
    left, right = projection.figure.axes
    b_and_columns = [np.stack([[0, 0], VIEW @ end]) for end in (TARGET, *COLUMNS.T)]
    for first in np.arange(-0.5, 2.01, 0.25):
        for second in np.arange(-0.5, 1.81, 0.1):
            set_to(projection, first=first, second=second)
            words = {text.get_text().strip(): text.get_window_extent() for text in left.texts}
            boxes = [box.padded(-2) for box in words.values()]
            for i, box in enumerate(boxes):
                assert not any(box.overlaps(other) for other in boxes[:i]), (first, second)
            for word, box in words.items():
                assert left.bbox.x0 <= box.x0 < box.x1 <= left.bbox.x1, (word, first, second)
            lines = [*b_and_columns, points(projection, "residual")]
            tip = VIEW @ COLUMNS @ (first, second)
            for word, box in words.items():
                for ends in [*lines, [[0, 0], tip]]:
                    assert not crosses(box.padded(-3), ends, left), (word, first, second)
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
    projection.drag("tip of A x", *(VIEW @ floor))
    assert projection._values() == {"first": first, "second": second}


def test_the_tip_pulled_off_the_floor_stays_at_its_edge(projection):
    projection.drag("tip of A x", 4.0, 3.4)
    assert projection._values()["second"] == 1.8
    projection.drag("tip of A x", *(VIEW @ COLUMNS @ (2.7, 0.0)))
    assert projection._values() == {"first": 2.0, "second": 0.0}


def test_the_room_is_looked_at_squarely_from_above():
    np.testing.assert_allclose(VIEW @ VIEW.T, np.eye(2), atol=1e-12)
    np.testing.assert_allclose(VIEW @ EYE, 0, atol=1e-12)
    assert EYE[2] > 0


def test_a_right_angle_is_marked_exactly_where_r_stands_at_one_to_a_column(projection):
    marked = {1: [], 2: []}
    for first in np.arange(-0.5, 2.01, 0.05).round(2):
        for second in (-0.3, 0.2, 0.7, 1.2, 1.25):
            set_to(projection, first=first, second=second)
            r = TARGET - COLUMNS @ (first, second)
            for i, column in enumerate(COLUMNS.T, start=1):
                mark = part(projection, f"right angle with a{i}")
                cosine = column @ r / np.sqrt((column @ column) * (r @ r))
                assert mark.get_visible() == (abs(cosine) < 1e-9), (first, second)
                for other in (
                    part(projection, f"a{i} through A x"),
                    part(projection, "zero", i - 1),
                ):
                    assert other.get_visible() == mark.get_visible()
                if not mark.get_visible():
                    continue
                marked[i].append((first, second))
                laid = points(projection, f"a{i} through A x")
                assert np.linalg.norm(laid.mean(axis=0) - VIEW @ COLUMNS @ (first, second)) < 1e-9
                along = np.diff(laid, axis=0)[0]
                assert along[0] * (VIEW @ column)[1] == pytest.approx(along[1] * (VIEW @ column)[0])
                corner = mark.get_xydata()[0]  # on that copy, not on the arrow to A x
                assert min(laid[:, 0]) < corner[0] < max(laid[:, 0])
                tip = VIEW @ (TARGET - r)
                on_floor, middle, upward = mark.get_xydata() - tip
                assert middle == pytest.approx(on_floor + upward)
                for side, along in ((on_floor, VIEW @ column), (upward, VIEW @ r)):
                    assert side[0] * along[1] == pytest.approx(side[1] * along[0])
    assert marked[1] == [(0.9, 1.2), (1.1, 0.7), (1.3, 0.2), (1.5, -0.3)]
    assert marked[2] == [(1.1, 0.7)]


def test_the_two_marks_at_the_nearest_point_are_apart(projection):
    set_to(projection, first=1.1, second=0.7)
    tip = VIEW @ COLUMNS @ (1.1, 0.7)
    flat = [part(projection, f"right angle with a{i}").get_xydata() - tip for i in (1, 2)]
    sides = [np.sign(corners[0, 0]) for corners in flat]
    assert sides == [1, -1], "on either side of r"
    for corners in flat:
        assert abs(corners[0, 0]) > 0.12, "wide enough to be seen as a corner"


def test_the_shadow_of_b_lies_straight_below_it_and_ends_at_the_nearest_point(projection):
    nearest = COLUMNS @ np.linalg.lstsq(COLUMNS, TARGET)[0]
    assert points(projection, "shadow") == pytest.approx(np.stack([[0, 0], VIEW @ nearest]))


@pytest.mark.parametrize(("first", "second"), [(2.0, 1.8), (-0.5, 1.8), (1.7, 0.2), (-0.5, -0.5)])
def test_the_upright_triangle_is_over_the_arrow_to_b_exactly_where_it_is_nearer(
    projection, first, second
):
    set_to(projection, first=first, second=second)
    Ax = COLUMNS @ (first, second)
    foot = TARGET * [1, 1, 0]
    (screen,) = [
        each
        for each in projection.figure.findobj(lambda each: each.get_gid() == "screen")
        if each.get_visible()
    ]
    assert screen.get_xy()[:3] == pytest.approx(np.stack([foot, Ax, TARGET]) @ VIEW.T)
    # Along the ray from the middle of the arrow to the eye: is the triangle's plane still ahead?
    sides = np.column_stack([EYE, foot - TARGET, Ax - TARGET])
    ahead = np.linalg.solve(sides, 0.5 * TARGET - TARGET)[0] < 0
    assert (screen.get_zorder() > part(projection, "b").get_zorder()) == ahead


class TestPictures(Pictures):
    figures = (explorers.least_squares_projection,)
