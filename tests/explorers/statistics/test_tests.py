"""The p-value and the power of a test, as areas, against scipy."""

import numpy as np
import pytest
from scipy import stats

from explorers.drawn import every_value, numbers, part, points, set_to
from explorers.pictures import Pictures
from mlmath_helpers.explorers import statistics as explorers


def area_under(polygon):
    x, y = polygon.get_xy().T
    return abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2


# p_value


@pytest.mark.parametrize(
    ("difference", "spread", "n"), [(3.0, 3.0, 7), (0.5, 6.0, 2), (8.0, 2.0, 4), (1.0, 1.0, 30)]
)
def test_the_groups_have_the_difference_spread_and_size_that_are_asked(made, difference, spread, n):
    explorer = made(explorers.p_value)
    words = set_to(explorer, difference=difference, spread=spread, n=n)
    a, b = points(explorer, "group a")[:, 1], points(explorer, "group b")[:, 1]
    assert len(a) == len(b) == n
    assert a.mean() - b.mean() == pytest.approx(difference)
    assert a.std(ddof=1) == pytest.approx(spread)
    assert b.std(ddof=1) == pytest.approx(spread)
    t, p = stats.ttest_ind(a, b)
    assert f"t = {t:.2f}" in words
    assert f"p = {p:.2g}," in words
    assert words.startswith(
        f"Two groups of {n}, {difference:.1f} points apart, spread {spread:.1f}"
    )
    low, high = stats.ttest_ind(a, b).confidence_interval()
    assert words.endswith(f"from {low:z.1f} to {high:z.1f}.".replace("-", "−"))


def test_the_shaded_area_is_the_p_value(made):
    explorer = made(explorers.p_value)
    for difference in (0.0, 0.4, 2.0, 3.0, 5.0):
        words = set_to(explorer, difference=difference, n=12)
        shaded = area_under(part(explorer, "below")) + area_under(part(explorer, "above"))
        t = difference / (3 * np.sqrt(2 / 12))
        assert shaded == pytest.approx(2 * stats.t.sf(t, 22), abs=2e-3)
        assert f"t = {t:.2f}" in words
        curve = points(explorer, "density")
        np.testing.assert_allclose(curve[:, 1], stats.t.pdf(curve[:, 0], 22), atol=1e-9)
        assert points(explorer, "marks")[:, 0].tolist() == pytest.approx([-t, t])


def test_a_t_beyond_the_picture_is_marked_as_beyond_and_not_at_its_edge(made):
    explorer = made(explorers.p_value)
    for difference in every_value(explorer.controls["difference"])[::4]:
        for spread in (0.5, 1.0, 3.0, 6.0):
            for n in (2, 3, 7, 30):
                words = set_to(explorer, difference=difference, spread=spread, n=n)
                t = difference / (spread * np.sqrt(2 / n))
                assert f"t = {t:.2f}, p = {2 * stats.t.sf(t, 2 * n - 2):.2g}," in words
                assert points(explorer, "marks")[:, 0] == pytest.approx([-t, t])
                assert part(explorer, "marks").get_visible() == (t <= 8)
                for k in (0, 1):
                    assert part(explorer, "beyond", k).get_visible() == (t > 8)
                said = explorer.figure.axes[1].texts[0].get_text()
                assert said.endswith("(beyond)" if t > 8 else "(shaded)")


# power


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


class TestPictures(Pictures):
    figures = (explorers.p_value, explorers.power)
