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


@pytest.mark.parametrize(("y", "difference"), [(80.0, 0.0), (85.2, 5.2), (88.0, 8.0), (70.0, 0.0)])
def test_the_mean_of_a_is_pulled_up_and_down(made, y, difference):
    explorer = made(explorers.p_value)
    explorer.drag("mean of a", 0.3, y)
    assert explorer.controls["difference"].value == difference
    assert explorer.handles[0].at(**explorer._values()) == (1, 80 + difference)
    assert points(explorer, "means")[1, 1] == pytest.approx(80 + difference)


@pytest.mark.parametrize(("n", "y"), [(7, 82.0), (30, 90.0), (2, 83.5), (2, 66.0)])
def test_the_highest_of_b_is_pulled_to_a_spread(made, n, y):
    explorer = made(explorers.p_value, n=n)
    explorer.drag("highest of b", 0.0, y)
    group = points(explorer, "group b")
    top = group[group[:, 1].argmax()]
    assert explorer.handles[1].at(**explorer._values()) == pytest.approx(top)
    spread = group[:, 1].std(ddof=1)
    assert spread == pytest.approx(max(0.5, explorer.controls["spread"].value))
    if y > 80:
        assert top[1] == pytest.approx(y, abs=0.06 * (top[1] - 80) / spread)
    else:
        assert spread == pytest.approx(0.5)


# two groups of one's own


RNG = np.random.default_rng(5)
GROUPS = {
    "whole": ([85, 87, 82, 86, 88, 85, 87], [78, 82, 79, 81, 80, 83]),
    "tiny": (1e-6 * RNG.normal(size=20), 1e-6 * RNG.exponential(size=9)),
    "huge": (3e11 + 1e9 * RNG.normal(size=5), 3e11 + 1e9 * RNG.normal(size=60)),
    "alike": ([4.0, 6.0], [5.0, 5.0]),
    "one without spread": ([1.0, 2.0, 4.0], [9.5, 9.5, 9.5, 9.5]),
    "many": (RNG.normal(size=1500), 0.01 + RNG.normal(size=30)),
}


@pytest.mark.parametrize("name", GROUPS)
def test_ones_own_groups_are_shown_and_tested_as_they_are(own, name):
    a, b = (np.array(group, dtype=float) for group in GROUPS[name])
    a_before, b_before = a.copy(), b.copy()
    explorer = own(explorers.p_value, a, b)
    assert (a == a_before).all()
    assert (b == b_before).all()
    pooled = np.sqrt((len(a) - 1) * a.var(ddof=1) + (len(b) - 1) * b.var(ddof=1))
    pooled /= np.sqrt(len(a) + len(b) - 2)
    error = pooled * np.sqrt(1 / len(a) + 1 / len(b))
    t = (a.mean() - b.mean()) / error
    p = 2 * stats.t.sf(abs(t), len(a) + len(b) - 2)
    words = explorer.sentence.replace("−", "-")
    assert words.startswith(f"{len(a)} in a, {len(b)} in b differ by ")
    assert f": t = {t:z.2f}, p = {p:.2g}, 95% interval" in words
    unit = {"tiny": 1e-6, "huge": 1e9}.get(name, 1)
    assert ("(in 1e-6)" in words) == ("(in 1e-6)" in explorer.figure.axes[0].get_ylabel())
    assert ("(in 1e9)" in words) == (name == "huge")
    low, high = (a.mean() - b.mean()) + error * stats.t.ppf(0.975, len(a) + len(b) - 2) * np.array(
        [-1, 1]
    )
    near = pytest.approx(np.array([low, high]) / unit, abs=0.051)
    assert [float(each.rstrip(".")) for each in words.split("from ")[1].split(" to ")] == near
    for gid, group in (("group a", a), ("group b", b)):
        seen = np.sort(points(explorer, gid)[:, 1]) * unit
        if len(group) <= 400:
            np.testing.assert_allclose(seen, np.sort(group), rtol=1e-12)
        else:
            assert len(seen) == 400
            assert seen[[0, -1]] == pytest.approx([group.min(), group.max()])
            assert "(400 of a drawn)" in explorer.figure.axes[0].get_title(loc="left")
    bottom, top = explorer.figure.axes[0].get_ylim()
    for end in (0, -1):
        for other in (0, -1):
            values = {"difference": end, "spread": other}
            set_to(explorer, **{k: every_value(explorer.controls[k])[i] for k, i in values.items()})
            everything = np.concatenate([points(explorer, f"group {g}")[:, 1] for g in "ab"])
            assert bottom < everything.min() <= everything.max() < top


def test_ones_own_groups_are_moved_stretched_and_counted_several_times(own):
    a, b = (np.array(group, dtype=float) for group in GROUPS["whole"])
    explorer = own(explorers.p_value, a, b)
    sd = explorer.controls["spread"].value
    explorer.drag("mean of a", 1.0, 80.5)
    assert "differ by 0.00," in explorer.sentence
    assert "t = 0.00, p = 1," in explorer.sentence
    explorer.reset()
    farthest = b[np.abs(b - b.mean()).argmax()]
    explorer.drag("farthest of b", 0.0, b.mean() + 1.5 * (farthest - b.mean()))
    assert explorer.controls["spread"].value == pytest.approx(1.5 * sd, rel=0.02)
    factor = explorer.controls["spread"].value / sd
    seen = np.sort(points(explorer, "group a")[:, 1])
    np.testing.assert_allclose(seen, np.sort(a.mean() + factor * (a - a.mean())), rtol=1e-9)
    explorer.reset()
    words = set_to(explorer, times=4)
    t, p = stats.ttest_ind(np.repeat(a, 4), np.repeat(b, 4))
    assert f"7 in a, 6 in b (each × 4) differ by 5.21, spread {sd:.2f}" in words
    assert f"t = {t:.2f}, p = {p:.2g}," in words
    assert len(points(explorer, "group a")) == 28


@pytest.mark.parametrize("name", GROUPS)
def test_the_handles_of_ones_own_groups_are_where_their_points_are(own, name):
    explorer = own(explorers.p_value, *GROUPS[name])
    rng = np.random.default_rng(0)
    for _ in range(10):
        set_to(
            explorer, **{k: rng.choice(every_value(c)).item() for k, c in explorer.controls.items()}
        )
        mean, far = (handle.at(**explorer._values()) for handle in explorer.handles)
        assert mean == pytest.approx(points(explorer, "means")[1], rel=1e-3, abs=0.01)
        group = points(explorer, f"group {explorer.handles[1].label[-1]}")
        assert np.abs(group - far).sum(axis=1).min() < 0.02
        for handle in explorer.handles:
            values = explorer._values()
            assert explorer._wanted(handle, handle.at(**values), values) == values


def test_a_p_below_all_doubles_is_said_to_be_so(own):
    explorer = own(explorers.p_value, np.arange(400) * 1e-3 + 50, np.arange(400) * 1e-3)
    assert ", p < 1e-300, " in explorer.sentence


@pytest.mark.parametrize(
    ("a", "b", "error", "message"),
    [
        ([1, 2], None, TypeError, "b is missing: give a and b"),
        (None, [1, 2], TypeError, "a is missing: give a and b"),
        ([1, 2], [3, np.nan], ValueError, "b holds nan or inf"),
        ([1], [2, 3], ValueError, "a needs at least 2 numbers, not 1"),
        ([1, 1], [2, 2], ValueError, "a and b do not vary within themselves"),
        ([[1, 2]], [2, 3], ValueError, "a must be a 1-D array"),
        (["x", "y"], [2, 3], TypeError, "a must hold real numbers"),
        ([1, 2], np.zeros(10_001), ValueError, "b holds 10001 numbers, and the figure shows at mo"),
        ([1e12, 1e12], [0, 1], ValueError, "a and b spreads over only 1 at a size of 1e"),
        ([0, 1e-300], [0, 0], ValueError, "no room in doubles"),
    ],
)
def test_groups_that_cannot_be_compared_are_refused(a, b, error, message):
    with pytest.raises(error, match=message):
        explorers.p_value(a, b)


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


def own_groups():
    return explorers.p_value(*GROUPS["whole"])


class TestPictures(Pictures):
    figures = (explorers.p_value, explorers.power)


class TestOwnPictures(Pictures):
    figures = (own_groups,)
