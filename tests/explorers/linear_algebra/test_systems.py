"""Two bands and the rhombus that both allow: what is drawn and said, computed a second way."""

import itertools

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.path import Path

from explorers.drawn import every_value, numbers, part, points, set_to
from explorers.pictures import Pictures
from mlmath_helpers.explorers import linear_algebra as explorers

MIDDLE = np.array([2.0, 1.0])
CORNERS = ["right corner", "upper corner", "left corner", "lower corner"]

every_angle = pytest.mark.parametrize("angle", [2, 3, 5, 8, 10, 21, 45, 60, 77, 90])
every_wobble = pytest.mark.parametrize("wobble", [0.1, 0.23, 0.5])


@pytest.fixture
def system(made):
    return made(explorers.linear_system)


def rows(angle):
    turn = np.radians(angle)
    return np.array([[0, 1], [-np.sin(turn), np.cos(turn)]])


def halves(angle, wobble):
    """Return half of the two diagonals of a rhombus with this acute angle and inner radius."""
    turn = np.radians(angle) / 2
    return wobble / np.sin(turn), wobble / np.cos(turn)


@every_angle
@every_wobble
def test_the_rhombus_is_what_both_bands_allow(system, angle, wobble):
    set_to(system, angle=angle, wobble=wobble)
    rng = np.random.default_rng(angle)
    long, _ = halves(angle, wobble)
    tried = MIDDLE + rng.uniform(-1, 1, (4000, 2)) * [min(long, 6), 3 * wobble]
    off = np.abs((tried - MIDDLE) @ rows(angle).T)  # of the two equations
    for which, gid in enumerate(("first band", "second band")):
        inside = Path(part(system, gid).get_xy()).contains_points(tried)
        assert np.array_equal(inside, off[:, which] < wobble)
    inside = Path(part(system, "rhombus").get_xy()).contains_points(tried)
    assert np.array_equal(inside, (off < wobble).all(axis=1))
    assert 0.05 < inside.mean() < 0.95


@every_angle
@every_wobble
def test_the_corners_are_where_both_equations_are_off_by_the_whole_wobble(system, angle, wobble):
    set_to(system, angle=angle, wobble=wobble)
    corners = points(system, "corners")
    long, short = halves(angle, wobble)
    turn = np.radians(angle) / 2
    along, across = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
    expected = MIDDLE + np.array([long * along, short * across, -long * along, -short * across])
    np.testing.assert_allclose(corners, expected, atol=1e-9)
    np.testing.assert_allclose(part(system, "rhombus").get_xy()[:4], expected, atol=1e-9)
    np.testing.assert_allclose(points(system, "length"), expected[[2, 0]], atol=1e-9)
    np.testing.assert_allclose(points(system, "breadth"), expected[[3, 1]], atol=1e-9)
    off = (corners - MIDDLE) @ rows(angle).T
    np.testing.assert_allclose(np.abs(off), wobble, atol=1e-9)


@every_angle
@every_wobble
def test_as_long_as_broad_is_the_condition_number_whatever_the_wobble(system, angle, wobble):
    words = set_to(system, angle=angle, wobble=wobble)
    condition = np.linalg.cond(rows(angle))
    assert condition == pytest.approx(1 / np.tan(np.radians(angle) / 2))
    long, broad = (
        np.linalg.norm(np.diff(points(system, gid), axis=0)) for gid in ("length", "breadth")
    )
    assert long / broad == pytest.approx(condition)
    (at_it,) = numbers(part(system, "ratio").get_text())
    assert at_it == pytest.approx(long / broad, rel=6e-3)
    said = numbers(words)
    assert said[:2] == [angle, wobble]
    assert said[2:4] == pytest.approx([long, broad], abs=0.0051)
    assert said[4] == pytest.approx(condition, rel=6e-3)
    assert f"±{wobble:.2f}" in words


@every_angle
@every_wobble
def test_the_stripes_along_the_rhombus_are_as_long_as_it_is_broad(system, angle, wobble):
    set_to(system, angle=angle, wobble=wobble)
    ends = points(system, "length")
    _, short = halves(angle, wobble)
    stripes = np.array(part(system, "stripes").get_segments()).reshape(-1, 2, 2)
    along = (ends[1] - ends[0]) / np.linalg.norm(ends[1] - ends[0])
    begins, stops = ((stripes - ends[0]) @ along).T  # from the left corner
    whole = 1 / np.tan(np.radians(angle) / 2)
    n_white = int(np.ceil(whole - 1e-9)) // 2
    assert (stops - begins > 1e-9).sum() == n_white, "the dark ones, and the rest, are between them"
    np.testing.assert_allclose(begins[:n_white], 2 * short * (2 * np.arange(n_white) + 1))
    full = stops[:n_white] < 2 * short * whole - 1e-9
    np.testing.assert_allclose((stops - begins)[:n_white][full], 2 * short)
    np.testing.assert_allclose(stops[:n_white][~full], 2 * short * whole)
    ruler, measure = part(system, "length"), part(system, "breadth")
    assert ruler.get_linewidth() > 2 * measure.get_linewidth(), "the ruler is no other diagonal"
    off = (stripes - ends[0]) @ [-along[1], along[0]]
    assert np.abs(off).max(initial=0) < 1e-9


@every_angle
@pytest.mark.parametrize("wobble", [0.1, 0.3, 0.5])
def test_what_leaves_the_picture_is_told(system, angle, wobble):
    words = set_to(system, angle=angle, wobble=wobble)
    box = system.figure.axes[0].viewLim
    seen = [box.contains(*corner) for corner in points(system, "corners")]
    assert ("its ends not in the picture" in words) == (not all(seen))
    assert seen[1]
    assert seen[3], "the two corners across are always there"
    places = [handle.at(**system._values()) is not None for handle in system.handles[:4]]
    assert places == seen


def crosses(box, ends, axes):
    """Tell whether a line between two points of the axes runs through a box of pixels."""
    return Path(axes.transData.transform(ends)).intersects_bbox(box, filled=False)


@pytest.mark.parametrize("angle", [*range(2, 12), *range(12, 91, 6)])
@every_wobble
def test_the_bands_bear_their_names_inside_the_picture_and_clear_of_both(system, angle, wobble):
    set_to(system, angle=angle, wobble=wobble)
    axes = system.figure.axes[0]
    names = {text.get_text(): text for text in axes.texts}
    for each, gid in (("first ± wobble", "first band"), ("second ± wobble", "second band")):
        box = names[each].get_window_extent()
        assert axes.bbox.x0 < box.x0 < box.x1 < axes.bbox.x1
        assert axes.bbox.y0 < box.y0 < box.y1 < axes.bbox.y1
        assert to_rgb(names[each].get_color()) == part(system, gid).get_facecolor()[:3]
        for other in ("first band", "second band"):
            corners = part(system, other).get_xy()[:4]
            assert not any(crosses(box, corners[[i, i - 1]], axes) for i in range(4))
    ratio = part(system, "ratio")
    box = ratio.get_window_extent()
    assert axes.bbox.x0 < box.x0 < box.x1 < axes.bbox.x1
    for gid in ("first band", "second band"):
        corners = axes.transData.transform(part(system, gid).get_xy())
        assert not Path(corners).intersects_bbox(box.padded(-3), filled=True), gid
    static = next(text for text in axes.texts if text.get_text().startswith("overlap"))
    for gid in ("first band", "second band", "rhombus"):
        corners = axes.transData.transform(part(system, gid).get_xy())
        assert not Path(corners).intersects_bbox(static.get_window_extent(), filled=True)


@every_angle
@every_wobble
@pytest.mark.parametrize("which", range(4))
def test_a_corner_pulled_to_where_it_would_be_turns_and_widens_so(system, angle, wobble, which):
    set_to(system, angle=angle, wobble=wobble)
    there = points(system, "corners")[which]
    set_to(system, angle=40, wobble=0.3)
    if system.figure.axes[0].viewLim.contains(*there):
        system.drag(CORNERS[which], *there)
        assert system._values() == {"angle": angle, "wobble": pytest.approx(wobble)}


@pytest.mark.parametrize(
    ("corner", "where", "angle", "wobble"),
    [
        ("right corner", (7.9, 0.5), 2, 0.1),
        ("right corner", (1.0, 3.0), 90, 0.5),
        ("right corner", (0.0, 0.9), 90, 0.1),
        ("left corner", (-3.9, 1.5), 2, 0.1),
        ("left corner", (-3.0, 0.8), 5, 0.2),
        ("upper corner", (2.0, 3.3), 2, 0.5),
        ("lower corner", (4.0, 0.6), 90, 0.4),
    ],
)
def test_a_corner_pulled_too_far_stays_at_the_nearer_ends(system, corner, where, angle, wobble):
    system.drag(corner, *where)
    assert system._values() == {"angle": angle, "wobble": pytest.approx(wobble)}


@pytest.mark.parametrize(
    ("where", "angle"),
    [
        ((5.0, 1.6), 11),
        ((4.0, 3.3), 49),
        ((8, -1), 2),
        ((-3.9, 1.1), 90),
        ((1.9, 3), 90),
        ((2, 1), 2),
    ],
)
def test_the_second_line_turns_to_run_through_where_it_is_pulled(system, where, angle):
    system.drag("second line", *where)
    assert system._values() == {"angle": angle, "wobble": 0.3}
    ends = points(system, "second")
    slope = np.degrees(np.arctan2(*np.diff(ends, axis=0)[0, ::-1]))
    assert slope == pytest.approx(angle)
    assert ends.mean(axis=0) == pytest.approx(MIDDLE)


def test_twice_the_wobble_is_twice_as_long_and_twice_as_broad(system):
    for angle in every_value(system.controls["angle"])[::11]:
        said = [numbers(set_to(system, angle=angle, wobble=wobble)) for wobble in (0.2, 0.4)]
        assert said[0][4] == said[1][4]
        for one, two in itertools.pairwise(said):
            assert np.array(two[2:4]) == pytest.approx(2 * np.array(one[2:4]), abs=0.0151)


class TestPictures(Pictures):
    figures = (explorers.linear_system,)
