"""The power of a test, as an area, against scipy."""

import numpy as np
import pytest
from scipy import stats

from explorers.drawn import numbers, part, points, set_to
from explorers.pictures import Pictures
from mlmath_helpers.explorers import statistics as explorers


def area_under(polygon):
    x, y = polygon.get_xy().T
    return abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2


@pytest.mark.parametrize(
    ("effect", "n", "alpha"), [(0.5, 30, 0.05), (0.0, 3, 0.2), (1.5, 100, 0.001), (0.3, 64, 0.1)]
)
def test_the_areas_are_power_and_level(made, effect, n, alpha):
    explorer = made(explorers.power)
    words = set_to(explorer, effect=effect, n=n, alpha=alpha)
    shift, freedom = effect * np.sqrt(n / 2), 2 * n - 2
    critical = stats.t.isf(alpha / 2, freedom)
    above = stats.nct.sf(critical, freedom, shift) if effect else alpha / 2
    below = stats.nct.sf(critical, freedom, -shift) if effect else alpha / 2
    if effect:
        assert words.startswith(f"Power {above + below:.3f} for an effect of {effect:.2f} sd")
    else:
        assert words.startswith(f"Only false alarms, {alpha:.3f}, at an effect of 0.00 sd")
    assert f"with {n} in each group: level {alpha:g}," in words
    assert f"|t| = {critical:.2f}" in words
    assert points(explorer, "dot")[0] == pytest.approx([effect, above + below], abs=1e-6)
    if shift < 8 and freedom > 10:  # nearly all of the curve is in the picture
        assert area_under(part(explorer, "found")) == pytest.approx(above, abs=3e-3)
        assert area_under(part(explorer, "found below")) == pytest.approx(below, abs=2e-3)
        assert area_under(part(explorer, "above")) == pytest.approx(alpha / 2, abs=2e-3)
        assert area_under(part(explorer, "below")) == pytest.approx(alpha / 2, abs=2e-3)
    curve = points(explorer, "power curve")
    assert curve[0, 1] == pytest.approx(alpha)
    assert (np.diff(curve[:, 1]) >= -1e-12).all()


def test_sixty_four_are_enough_for_half_a_standard_deviation(made):
    explorer = made(explorers.power)
    assert numbers(set_to(explorer, n=63))[0] < 0.8 <= numbers(set_to(explorer, n=64))[0]


def test_without_an_effect_the_blue_area_is_all_of_the_false_alarms(made):
    explorer = made(explorers.power)
    for alpha in (0.05, 0.2):
        set_to(explorer, effect=0.0, n=20, alpha=alpha)
        for blue, alarm in (("found below", "below"), ("found", "above")):
            both = part(explorer, blue).get_xy(), part(explorer, alarm).get_xy()
            np.testing.assert_allclose(*both, atol=1e-9)
            assert area_under(part(explorer, blue)) == pytest.approx(alpha / 2, abs=2e-3)


@pytest.mark.parametrize("n", [3, 10, 100])
def test_the_threshold_is_pulled_to_the_nearest_level(made, n):
    explorer = made(explorers.power, n=n)
    levels = np.array([0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2])
    borders = stats.t.isf(levels / 2, 2 * n - 2)
    for x in (-4.0, 0.5, 1.7, 2.3, 3.0, 6.0, 12.0):
        explorer.drag("threshold", x, 0.2)
        assert explorer.controls["alpha"].value == levels[np.abs(borders - x).argmin()]
        place = explorer.handles[0].at(**explorer._values())
        assert place[0] == pytest.approx(borders[np.abs(borders - x).argmin()])
        assert place[0] == pytest.approx(points(explorer, "border")[-1, 0])


@pytest.mark.parametrize(("x", "effect"), [(0.231, 0.24), (0.0, 0.0), (1.53, 1.5), (-0.02, 0.0)])
def test_the_dot_is_pulled_along_the_curve(made, x, effect):
    explorer = made(explorers.power)
    explorer.drag("effect on the curve", x, 0.9)
    assert explorer.controls["effect"].value == effect
    assert explorer.handles[1].at(**explorer._values()) == pytest.approx(points(explorer, "dot")[0])


class TestPictures(Pictures):
    figures = (explorers.power,)
