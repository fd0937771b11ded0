"""The explorers of chapter 4: what is drawn and what is said, against computations from scratch."""

import numpy as np
import pytest
from scipy import optimize, stats

from explorers.drawn import every_value, numbers, part, sample
from mlmath_helpers.datasets import load_auto_mpg, load_diabetes
from mlmath_helpers.explorers import regression, statistics


@pytest.fixture(scope="module")
def made():
    """Make each explorer once; every test begins at the start values."""
    cache = {}

    def get(name):
        if name not in cache:
            cache[name] = getattr(statistics, name, None) or getattr(regression, name)
            cache[name] = cache[name]()
        cache[name].reset()
        return cache[name]

    yield get
    for explorer in cache.values():
        explorer.close()


def set_to(explorer, **values):
    for name, value in values.items():
        explorer.controls[name].value = value
    return explorer.sentence


def points(explorer, gid):
    return np.column_stack(part(explorer, gid).get_data()).astype(float)


def area_under(polygon):
    x, y = polygon.get_xy().T
    return abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2


# coverage


@pytest.mark.parametrize("n", [3, 8, 40])
@pytest.mark.parametrize("confidence", [0.5, 0.95, 0.999])
def test_a_hundred_intervals_are_drawn_and_the_misses_marked(made, n, confidence):
    explorer = made("coverage")
    words = set_to(explorer, n=n, confidence=confidence)
    hits = points(explorer, "hits").reshape(-1, 3, 2)[:, :2]
    misses = points(explorer, "misses").reshape(-1, 3, 2)[:, :2]
    assert len(hits) + len(misses) == 100
    assert (hits[:, 0, 0] <= 0).all()
    assert (hits[:, 1, 0] >= 0).all()
    assert ((misses[:, 0, 0] > 0) | (misses[:, 1, 0] < 0)).all()
    assert sorted(np.concatenate([hits, misses])[:, 0, 1]) == list(range(100))
    assert words.startswith(f"{len(hits)} of 100 intervals of {100 * confidence:.3g}% contain")
    assert f"; samples of {n}, normal, " in words
    assert points(explorer, "dot").tolist() == [[confidence, len(hits) / 100]]
    draws = np.random.default_rng(8).standard_normal((100, 40))[:, :n]
    half = stats.t.ppf((1 + confidence) / 2, n - 1) * stats.sem(draws, axis=1)
    everything = np.concatenate([hits, misses])
    order = np.argsort(everything[:, 0, 1])
    np.testing.assert_allclose(
        everything[order][:, :, 0], draws.mean(axis=1)[:, None] + half[:, None] * [-1, 1]
    )
    assert numbers(words)[-1] == pytest.approx(np.median(2 * half), abs=0.006)


def test_the_verdict_on_luck_follows_the_quantiles_of_the_binomial(made):
    explorer = made("coverage")
    verdicts = set()
    for confidence in every_value(explorer.controls["confidence"]):
        low, high = stats.binom.ppf([0.025, 0.975], 100, confidence)
        within = stats.binom.cdf([low - 1, high], 100, confidence)
        assert within[1] - within[0] >= 0.95
        for population in ("normal", "skewed (exponential)"):
            for n in (3, 5, 10, 40):
                words = set_to(explorer, population=population, n=n, confidence=confidence)
                kept = numbers(words)[0]
                verdict = "fewer than" if kept < low else "more than" if kept > high else "as"
                assert f", {verdict} luck allows;" in words
                verdicts.add((population, verdict))
                assert points(explorer, "luck").ravel() == pytest.approx(
                    [confidence, low / 100, confidence, high / 100]
                )
                assert numbers(part(explorer, "count").get_text()) == [kept, 100, low, high]
    assert ("skewed (exponential)", "fewer than") in verdicts


def test_whatever_happens_to_normal_samples_is_luck(made):
    explorer = made("coverage")
    for confidence in every_value(explorer.controls["confidence"]):
        for n in sample(explorer.controls["n"], 7):
            assert ", as luck allows;" in set_to(explorer, n=n, confidence=confidence)


def test_small_samples_of_the_skewed_population_break_the_promise(made):
    explorer = made("coverage")
    words = set_to(explorer, population="skewed (exponential)", n=5)
    assert "fewer than luck allows; samples of 5, skewed," in words


def test_the_share_that_is_kept_stays_in_the_picture(made):
    explorer = made("coverage")
    low, high = part(explorer, "dot").axes.get_ylim()
    for population in ("normal", "skewed (exponential)"):
        for n in sample(explorer.controls["n"], 13):
            set_to(explorer, population=population, n=n, confidence=0.5)
            assert low < points(explorer, "dot")[0, 1] < high
            assert low < points(explorer, "luck")[0, 1] < high


# p_value


@pytest.mark.parametrize(
    ("difference", "spread", "n"), [(3.0, 3.0, 7), (0.5, 6.0, 2), (8.0, 2.0, 4), (1.0, 1.0, 30)]
)
def test_the_groups_have_the_difference_spread_and_size_that_are_asked(made, difference, spread, n):
    explorer = made("p_value")
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
    explorer = made("p_value")
    for difference in (0.0, 0.4, 2.0, 3.0, 5.0):
        words = set_to(explorer, difference=difference, n=12)
        shaded = area_under(part(explorer, "below")) + area_under(part(explorer, "above"))
        t = difference / (3 * np.sqrt(2 / 12))
        assert shaded == pytest.approx(2 * stats.t.sf(t, 22), abs=2e-3)
        assert f"t = {t:.2f}" in words
        curve = points(explorer, "density")
        np.testing.assert_allclose(curve[:, 1], stats.t.pdf(curve[:, 0], 22), atol=1e-9)
        assert points(explorer, "marks")[:, 0].tolist() == pytest.approx([-t, t])


# power


@pytest.mark.parametrize(
    ("effect", "n", "alpha"), [(0.5, 30, 0.05), (0.0, 3, 0.2), (1.5, 100, 0.001), (0.3, 64, 0.1)]
)
def test_the_areas_are_power_and_level(made, effect, n, alpha):
    explorer = made("power")
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
    explorer = made("power")
    assert numbers(set_to(explorer, n=63))[0] < 0.8 <= numbers(set_to(explorer, n=64))[0]


def test_without_an_effect_the_blue_area_is_all_of_the_false_alarms(made):
    explorer = made("power")
    for alpha in (0.05, 0.2):
        set_to(explorer, effect=0.0, n=20, alpha=alpha)
        for blue, alarm in (("found below", "below"), ("found", "above")):
            both = part(explorer, blue).get_xy(), part(explorer, alarm).get_xy()
            np.testing.assert_allclose(*both, atol=1e-9)
            assert area_under(part(explorer, blue)) == pytest.approx(alpha / 2, abs=2e-3)


# fit_a_line


def test_each_square_stands_on_its_residual(made):
    explorer = made("fit_a_line")
    x, y = np.arange(1.0, 6.0), np.array([2.1, 4.2, 6.1, 7.9, 10.2])
    for slope, intercept in [(1.2, 3.5), (0.0, -4.0), (2.0, 0.1), (4.0, 6.0)]:
        words = set_to(explorer, slope=slope, intercept=intercept)
        residuals = y - intercept - slope * x
        corners = [path.vertices for path in part(explorer, "squares").get_paths()]
        for square, at, target, residual in zip(corners, x, y, residuals, strict=True):
            width, height = np.ptp(square, axis=0)
            assert width == pytest.approx(abs(residual))
            assert height == pytest.approx(abs(residual))
            assert square[:, 0].min() == pytest.approx(at)
            ends = sorted([square[:, 1].min(), square[:, 1].max()])
            assert ends == pytest.approx(sorted([target, target - residual]))
        assert numbers(words)[2] == pytest.approx((residuals**2).sum(), abs=0.006)
        title = part(explorer, "line").axes.get_title(loc="left")
        assert numbers(title) == [pytest.approx((residuals**2).sum(), abs=0.006)]
        assert numbers(words)[3] == pytest.approx(residuals.mean(), abs=0.006)
        assert points(explorer, "dot").tolist() == [[intercept, slope]]
        line = points(explorer, "line")
        np.testing.assert_allclose(line[:, 1], intercept + slope * line[:, 0])


def test_the_best_line_is_praised_and_no_other_sum_is_smaller(made):
    explorer = made("fit_a_line")
    words = set_to(explorer, slope=1.99, intercept=0.13)
    assert words.endswith("nearly the best line.")
    x, y = np.arange(1.0, 6.0), np.array([2.1, 4.2, 6.1, 7.9, 10.2])
    least = np.polyfit(x, y, 1, full=True)[1][0]
    assert numbers(words)[2] == pytest.approx(least, abs=0.006)
    for slope in sample(explorer.controls["slope"], 9):
        assert numbers(set_to(explorer, slope=slope))[2] >= numbers(words)[2]
    assert "a better line exists" in set_to(explorer, slope=1.2, intercept=3.5)


# leverage


def test_the_line_and_the_leverage_are_those_of_eleven_cars(made):
    explorer = made("leverage")
    cars = load_auto_mpg()
    chosen = np.arange(5, 365, 36)
    weights, miles = cars.X[chosen, 3] / 1000, cars.y[chosen]
    for weight, mpg in [(7.0, 35.0), (2.5, 10.0), (1.0, 0.0), (8.0, 50.0)]:
        words = set_to(explorer, weight=weight, mpg=mpg)
        x, y = np.append(weights, weight), np.append(miles, mpg)
        slope, intercept = np.polyfit(x, y, 1)
        line = points(explorer, "line")
        np.testing.assert_allclose(line[:, 1], intercept + slope * line[:, 0])
        h = 1 / 11 + (weight - x.mean()) ** 2 / ((x - x.mean()) ** 2).sum()
        assert points(explorer, "dot")[0] == pytest.approx([weight, h])
        drawn = points(explorer, "leverages")
        assert drawn[0] == pytest.approx([weight, h])
        assert drawn[-1, 0] == 8
        assert words.startswith(
            f"Leverage is {h:.2f} at {weight:.1f} thousand lb and {mpg:.1f} mpg"
        )
        old_slope, old_intercept = np.polyfit(weights, miles, 1)
        turned = [old_slope, slope]
        off = [mpg - old_intercept - old_slope * weight, mpg - intercept - slope * weight]
        assert numbers(words)[3:5] == pytest.approx(turned, abs=0.006)
        assert numbers(words)[5:] == pytest.approx(off, abs=0.06)
        gap = points(explorer, "residual")
        assert gap.tolist() == [[weight, mpg], [weight, pytest.approx(intercept + slope * weight)]]


def test_at_the_mean_weight_a_car_lifts_the_line_without_tilting_it(made):
    explorer = made("leverage")
    cars = load_auto_mpg()
    mean = cars.X[np.arange(5, 365, 36), 3].mean() / 1000
    weight = min(every_value(explorer.controls["weight"]), key=lambda value: abs(value - mean))
    before, after = numbers(set_to(explorer, weight=weight, mpg=50.0))[3:5]
    assert after == pytest.approx(before, rel=0.1)


# residual_plots


def test_four_views_of_one_set_of_residuals(made):
    explorer = made("residual_plots")
    cars = load_auto_mpg()
    known = ~np.isnan(cars.X).any(axis=1)
    weight, miles = cars.X[known, 3], cars.y[known]
    A = np.column_stack([np.ones(len(weight)), weight])
    H = A @ np.linalg.pinv(A)
    r = miles - H @ miles
    h = np.diag(H)
    standard = r / np.sqrt((1 - h) * (r @ r) / (len(r) - 2))
    shape, spread = points(explorer, "shape"), points(explorer, "spread")
    np.testing.assert_allclose(shape[:, 1], standard, atol=1e-9)
    np.testing.assert_allclose(spread[:, 1] ** 2, np.abs(standard), atol=1e-9)
    np.testing.assert_allclose(
        points(explorer, "leverage"), np.column_stack([h, standard]), atol=1e-9
    )
    tails = points(explorer, "tails")
    assert (np.argsort(tails[:, 0]) == np.argsort(standard)).all()
    assert np.sort(tails[:, 0])[[0, -1]] == pytest.approx(stats.norm.ppf([0.5 / 392, 391.5 / 392]))
    r_squared = np.corrcoef(weight, miles)[0, 1] ** 2
    assert f"R² {r_squared:.3f}:" in explorer.sentence


def test_the_marked_car_is_the_one_that_is_named(made):
    explorer = made("residual_plots")
    cars = load_auto_mpg()
    names = cars.model[~np.isnan(cars.X).any(axis=1)]
    for car in (0, 100, 391):
        words = set_to(explorer, car=car)
        standard = points(explorer, "shape")[car, 1]
        at = f"{standard:+.1f}".replace("-", "−")
        assert words.endswith(f"; {names[car]} is at {at}.")
        for view in ("shape", "tails", "spread", "leverage"):
            assert (
                points(explorer, f"{view} mark")[0].tolist() == points(explorer, view)[car].tolist()
            )


def test_counting_gallons_takes_the_bend_away(made):
    explorer = made("residual_plots")
    for model in explorer.controls["model"].options:
        low, middle, high, growth = numbers(set_to(explorer, model=model))[1:5]
        bend = min(low, high) - middle
        assert (bend > 0.2) == (not model.startswith("gallons"))
        place, standard = points(explorer, "shape").T
        assert low == pytest.approx(standard[place < 0.25].mean(), abs=0.006)
        assert middle == pytest.approx(standard[(place >= 0.25) & (place < 0.75)].mean(), abs=0.006)
        assert high == pytest.approx(standard[place >= 0.75].mean(), abs=0.006)
        upper, lower = standard[place > 0.5], standard[place <= 0.5]
        assert growth == pytest.approx(upper.std() / lower.std(), abs=0.006)
        assert np.isfinite(points(explorer, "shape")).all()
        assert (points(explorer, "shape")[:, 1] < 6).all()


# penalty_geometry


def two_measurements():
    diabetes = load_diabetes()
    X = diabetes.X[:, [2, 3]]
    return (X - X.mean(axis=0)) / X.std(axis=0), diabetes.y - diabetes.y.mean()


@pytest.mark.parametrize("log_alpha", [1.6, 3.0, 3.9, 4.2, 4.6])
@pytest.mark.parametrize("penalty", ["lasso (sum of sizes)", "ridge (sum of squares)"])
def test_the_weights_are_where_a_search_finds_the_least_sum(made, penalty, log_alpha):
    explorer = made("penalty_geometry")
    words = set_to(explorer, penalty=penalty, log_alpha=log_alpha)
    X, y = two_measurements()

    def objective(w):
        squares = ((y - X @ w) ** 2).sum()
        if penalty.startswith("lasso"):
            return squares / 2 + 10**log_alpha * np.abs(w).sum()
        return squares + 10**log_alpha * (w**2).sum()

    w = points(explorer, "weights")[0]
    found = optimize.minimize(objective, [10.0, 10.0], method="Nelder-Mead", tol=1e-9)
    assert objective(w) <= found.fun + 1e-6 * found.fun
    assert w == pytest.approx(found.x, abs=0.05)
    walk = points(explorer, "walk")  # from least squares to here, and no farther
    assert walk[0] == pytest.approx(np.linalg.lstsq(X, y)[0])
    assert walk[-1].tolist() == w.tolist()
    assert (np.diff(((y[:, None] - X @ walk.T) ** 2).sum(axis=0)) >= -1e-6).all()
    places = ["(the diamond is a point)", "at the diamond's corner", "on the diamond's edge"]
    place = places[(w != 0).sum()] if penalty.startswith("lasso") else "on the circle"
    assert place in words
    assert words.count("exactly 0") == (1 if (w == 0).any() else 0)
    least = ((y - X @ walk[0]) ** 2).sum()
    growth = ((y - X @ w) ** 2).sum() / least - 1
    assert numbers(words)[-1] == pytest.approx(growth, abs=0.0006)
    for weight in w[w != 0]:
        assert f"{weight:.1f}" in words
    # the ring runs through the weights, and all of it has the same squares
    ring = points(explorer, "ring")
    squares = ((y[:, None] - X @ ring.T) ** 2).sum(axis=0)
    np.testing.assert_allclose(squares, ((y - X @ w) ** 2).sum(), rtol=1e-9)
    edge = part(explorer, "allowed").get_xy()
    size = np.abs(edge).sum(axis=1) if penalty.startswith("lasso") else np.hypot(*edge.T)
    own = np.abs(w).sum() if penalty.startswith("lasso") else np.hypot(*w)
    np.testing.assert_allclose(size, own, atol=1e-9)


def test_only_the_lasso_reaches_an_axis(made):
    explorer = made("penalty_geometry")
    assert "and exactly 0 at the diamond's corner" in set_to(explorer, log_alpha=4.2)
    assert "both weights exactly 0 (the diamond is a point)" in set_to(explorer, log_alpha=4.6)
    for log_alpha in sample(explorer.controls["log_alpha"], 7):
        words = set_to(explorer, penalty="ridge (sum of squares)", log_alpha=log_alpha)
        assert "exactly 0" not in words
        assert (points(explorer, "weights") > 0).all()


# regularization_path


def patients():
    diabetes = load_diabetes()
    order = np.random.default_rng(0).permutation(442)
    X, y = diabetes.X[order], diabetes.y[order]
    return (X - X[:60].mean(axis=0)) / X[:60].std(axis=0), y


@pytest.mark.parametrize("log_alpha", [0.0, 1.0, 3.0, 4.4])
def test_ridges_weights_and_errors_on_the_path_are_those_of_its_equations(made, log_alpha):
    explorer = made("regularization_path")
    words = set_to(explorer, penalty="ridge (sum of squares)", log_alpha=log_alpha)
    X, y = patients()
    centre = y[:60].mean()
    w = np.linalg.solve(
        X[:60].T @ X[:60] + 10**log_alpha * np.eye(10), X[:60].T @ (y[:60] - centre)
    )
    np.testing.assert_allclose(points(explorer, "now")[:, 1], w, atol=1e-9)
    seen, unseen = (
        np.sqrt(((y[rows] - centre - X[rows] @ w) ** 2).mean())
        for rows in (slice(60), slice(60, 442))
    )
    assert f": error {seen:.1f} fitted, {unseen:.1f} held out (" in words
    assert points(explorer, "dot")[0] == pytest.approx([log_alpha, unseen])


@pytest.mark.parametrize("log_alpha", [1.0, 2.0, 2.6, 3.4, 4.4])
def test_the_lassos_weights_on_the_path_fulfil_its_conditions(made, log_alpha):
    explorer = made("regularization_path")
    words = set_to(explorer, log_alpha=log_alpha)
    X, y = patients()
    w = points(explorer, "now")[:, 1]
    slopes = X[:60].T @ (y[:60] - y[:60].mean() - X[:60] @ w)
    assert (np.abs(slopes) <= 10**log_alpha * (1 + 1e-6)).all()
    np.testing.assert_allclose(slopes[w != 0], 10**log_alpha * np.sign(w[w != 0]), rtol=1e-6)
    assert f"keeps {(w != 0).sum()} of 10 weights" in words


def test_the_fan_runs_through_the_weights_that_are_marked(made):
    explorer = made("regularization_path")
    for penalty in explorer.controls["penalty"].options:
        set_to(explorer, penalty=penalty, log_alpha=2.0)
        fan = part(explorer, "weights").get_segments()
        marked = points(explorer, "now")[:, 1]
        through = [np.interp(2.0, *line.T) for line in fan]
        np.testing.assert_allclose(through, marked, atol=1e-6)


def test_the_errors_are_drawn_as_far_as_alpha_has_come(made):
    explorer = made("regularization_path")
    X, y = patients()
    A = np.column_stack([np.ones(442), X])
    w = np.linalg.lstsq(A[:60], y[:60])[0]
    without = np.sqrt(((y - A @ w)[60:] ** 2).mean())
    for penalty in explorer.controls["penalty"].options:
        for log_alpha in (0.0, 1.0, 2.0, 4.4):
            words = set_to(explorer, penalty=penalty, log_alpha=log_alpha)
            seen, unseen = points(explorer, "seen"), points(explorer, "held out")
            assert (np.diff(seen[:, 1]) >= -1e-9).all()
            assert seen[-1, 0] == pytest.approx(log_alpha)
            assert unseen[-1] == pytest.approx(points(explorer, "dot")[0])
            assert f"{unseen[-1, 1]:.1f} held out ({without:.1f} without a penalty)" in words
