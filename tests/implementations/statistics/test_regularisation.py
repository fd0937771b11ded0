"""Ridge and lasso: held to R and glmnet, and to what makes each fit the best."""

import math
import tracemalloc
from fractions import Fraction
from operator import mul

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from inputs import MATRIX, REFERENCE, TARGET, noisy_data, reference, table, with_ones
from mlmath_helpers.statistics import (
    duality_gap,
    lasso_path,
    lasso_regression,
    linear_regression,
    regularisation,
    ridge_regression,
    shrink,
)

R = reference("r_statistics.json")
GLMNET = reference("glmnet_cases.json")


# --- ridge


@pytest.mark.parametrize("index", range(7))
def test_ridge_agrees_with_masss_lm_ridge(index):
    expected, columns = R["ridge_mass_longley"], table("r_longley.csv")
    X = np.column_stack([columns[name] for name in expected["names"][1:]])
    scaled = (X - X.mean(axis=0)) / X.std(axis=0)
    w = ridge_regression(scaled, columns["GNP.deflator"], expected["lambda"][index])
    assert w[1:] == pytest.approx(expected["coef_scaled"][index], rel=1e-9)
    weights = w[1:] / X.std(axis=0)
    intercept = w[0] - X.mean(axis=0) @ weights
    assert [intercept, *weights] == pytest.approx(expected["coef_original_scale"][index], rel=1e-8)


def _glmnet_case(case):
    rows = np.loadtxt(REFERENCE / GLMNET["data_file"], delimiter=",")[: case["n"]]
    rows = (rows - rows.mean(axis=0)) / rows.std(axis=0, ddof=1)
    return rows[:, 1 : case["p"] + 1], rows[:, 0]


@pytest.mark.parametrize("case", [c for c in GLMNET["cases"] if c["alpha"] in (0, 1)], ids=str)
def test_ridge_and_lasso_agree_with_glmnet(case):
    X, y = _glmnet_case(case)
    n, lam = case["n"], case["lam"]
    if case["alpha"] == 1:
        w = lasso_regression(X, y, n * lam)
    else:
        w = ridge_regression(X, y, n * lam / y.std())
    assert w[0] == pytest.approx(0, abs=1e-12)
    assert w[1:] == pytest.approx(case["coef"], abs=2e-4)  # glmnet stops at its threshold 1e-7


def ridge_objective(X, y, w, alpha):
    return ((y - w[0] - X @ w[1:]) ** 2).sum() + alpha * (w[1:] ** 2).sum()


@given(MATRIX, TARGET, st.floats(1e-3, 1e3), st.integers(0, 3), st.sampled_from([-1e-3, 1e-3]))
def test_no_step_from_ridges_weights_lowers_its_objective(X, y, alpha, j, step):
    w = ridge_regression(X, y, alpha)
    moved = w.copy()
    moved[j] += step
    assert ridge_objective(X, y, moved, alpha) >= ridge_objective(X, y, w, alpha) - 1e-9


def test_ridge_solves_its_equations():
    X, y = noisy_data()
    centred, target = X - X.mean(axis=0), y - y.mean()
    expected = np.linalg.solve(centred.T @ centred + 7 * np.eye(4), centred.T @ target)
    w = ridge_regression(X, y, 7)
    assert w[1:] == pytest.approx(expected, rel=1e-12)
    assert w[0] == pytest.approx(y.mean() - X.mean(axis=0) @ expected)


@pytest.mark.parametrize("fit", [ridge_regression, lasso_regression])
def test_a_constant_added_to_y_moves_the_intercept_alone(fit):
    X, y = noisy_data()
    w, moved = fit(X, y, 3), fit(X, y + 1000, 3)
    assert moved[1:] == pytest.approx(w[1:], rel=1e-9)
    assert moved[0] == pytest.approx(w[0] + 1000)


def test_the_articles_ridge_does_not_follow_such_a_constant():
    X, y = noisy_data()
    A = with_ones(X)

    def article(y):
        return np.linalg.solve(A.T @ A + 3 * np.eye(5), A.T @ y)

    assert np.abs(article(y + 1000)[1:] - article(y)[1:]).max() > 1


@pytest.mark.parametrize("fit", [ridge_regression, lasso_regression])
def test_no_penalty_is_plain_least_squares(fit):
    X, y = noisy_data()
    assert fit(X, y, 0) == pytest.approx(linear_regression(X, y), rel=1e-14)


def test_ridge_chooses_among_many_planes():
    assert ridge_regression([[1, 1], [2, 2], [3, 3]], [1, 2, 3], 1e-6)[1:] == pytest.approx(
        [0.5, 0.5], abs=1e-6
    )
    assert ridge_regression([[4, 2]], [3], 1) == pytest.approx([3, 0, 0], abs=1e-15)


def test_a_longer_penalty_is_a_shorter_weight():
    X, y = noisy_data()
    lengths = [np.linalg.norm(ridge_regression(X, y, alpha)[1:]) for alpha in (0, 1, 10, 100, 1e9)]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[-1] < 1e-4


@pytest.mark.parametrize("alpha", [1e-9, 1e-3, 1.0, 1e4])
def test_ridge_of_more_columns_than_rows_is_that_of_all_columns(alpha):
    rng = np.random.default_rng(5)
    X, y = rng.normal(size=(12, 40)) + 3, rng.normal(size=12)
    centred, target = X - X.mean(axis=0), y - y.mean()
    expected = centred.T @ np.linalg.solve(centred @ centred.T + alpha * np.eye(12), target)
    w = ridge_regression(X, y, alpha)
    large = ridge_regression(X * 2.0**515, y * 2.0**515, alpha * 2.0**1000)  # X X': no doubles
    expected_large = ridge_regression(X, y, alpha * 2.0**-30)
    assert large[1:] == pytest.approx(expected_large[1:], rel=1e-12)
    assert w[1:] == pytest.approx(expected, rel=1e-9, abs=1e-12)
    assert w[0] == pytest.approx(y.mean() - X.mean(axis=0) @ expected, abs=1e-11)
    X[3], y[3] = X[2], y[2] + 1  # two rows alike
    w = ridge_regression(X, y, alpha)
    slopes = X.T @ (y - w[0] - X @ w[1:]) - alpha * w[1:]
    assert np.abs(slopes).max() < 1e-11 * (1 + alpha)


@pytest.mark.parametrize("exponent", range(2, 13, 2))
def test_ridge_of_nearly_dependent_rows_is_as_exact_as_plain_qr(exponent):
    rng = np.random.default_rng(exponent)
    U, V = (np.linalg.qr(rng.normal(size=(n, 8)))[0] for n in (8, 20))
    X, y = U * np.logspace(0, -exponent, 8) @ V.T, rng.normal(size=8)
    for alpha in 4.0 ** -np.arange(4, 12):
        A = np.vstack([with_ones(X), np.sqrt(alpha) * np.eye(21)[1:]])  # (28, 21)
        Q, R = np.linalg.qr(A)
        by_qr = np.linalg.solve(R, Q.T @ np.append(y, np.zeros(20)))
        # the condition of A is at most 1 / sqrt(alpha), 2048
        w = ridge_regression(X, y, alpha)
        assert np.linalg.norm(w - by_qr) < 1e-11 * np.linalg.norm(by_qr)


def counted(monkeypatch, owner, name, of=lambda *arguments: 1):
    """Let a function note of each of its calls what ``of`` says of the arguments."""
    calls, function = [], getattr(owner, name)

    def noted(*arguments, **options):
        calls.append(of(*arguments))
        return function(*arguments, **options)

    monkeypatch.setattr(owner, name, noted)
    return calls


def test_ridge_of_more_columns_than_rows_takes_no_qr_of_all_columns(monkeypatch):
    X, y = np.random.default_rng(0).normal(size=(60, 20_000)), np.arange(60.0)
    shapes = counted(monkeypatch, np.linalg, "qr", np.shape)
    ridge_regression(X, y)
    assert max(map(max, shapes), default=0) < 200


def test_ridge_needs_no_table_of_columns_by_columns():
    X = np.random.default_rng(0).normal(size=(30, 3000))
    tracemalloc.start()
    ridge_regression(X, np.arange(30.0))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 12 * X.nbytes  # 72 MB, 100 times X, for the table


# --- lasso


def test_the_soft_threshold_by_hand():
    assert shrink([3.0, -3.0, 0.5, -0.5, 0.0, 1.0], 1).tolist() == [2, -2, 0, 0, 0, 0]
    assert shrink(-2.5, 1) == -1.5
    assert not np.signbit(shrink(-0.5, 1))


@given(st.floats(-10, 10), st.floats(0, 5), st.floats(-15, 15))
def test_the_soft_threshold_is_the_best_weight(z, alpha, other):
    def objective(w):
        return (z - w) ** 2 / 2 + alpha * abs(w)

    assert objective(shrink(z, alpha)) <= objective(other) + 1e-12


def test_orthogonal_columns_are_shrunk_one_by_one():
    X = np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]])
    y = X @ [3, -0.5] + 10
    expected = [10, *(shrink(X.T @ y, 4) / 4)]
    assert lasso_regression(X, y, 4) == pytest.approx(expected, abs=1e-14)


def test_lasso_agrees_with_glmnet_on_diabetes_data():
    expected = R["glmnet"]["diabetes_lasso_unitnorm"]
    diabetes = _diabetes()
    centred = diabetes[:, :-1] - diabetes[:, :-1].mean(axis=0)
    X, y = centred / np.linalg.norm(centred, axis=0), diabetes[:, -1]
    for lam, coefficients in zip(expected["lambda"], expected["coef"], strict=True):
        w = lasso_regression(X, y, len(y) * lam)
        assert w == pytest.approx(coefficients, abs=2e-3)  # glmnet's threshold, weights of 500
        assert ((w == 0) == (np.array(coefficients) == 0)).all()


def _diabetes():
    from mlmath_helpers.datasets import load_diabetes

    X, y, _, _ = load_diabetes()
    return np.column_stack([X, y])


@given(MATRIX, TARGET, st.floats(0.01, 300))
def test_the_gap_proves_the_lassos_answer(X, y, alpha):
    w = lasso_regression(X, y, alpha)
    spread = ((y - y.mean()) ** 2).sum() / 2
    assert duality_gap(X, y, w, alpha) <= 1e-9 * spread + 1e-12
    # and the conditions themselves: slopes of alpha where a weight is, at most alpha elsewhere
    slopes = (X - X.mean(axis=0)).T @ (y - w[0] - X @ w[1:])
    loose = 1e-3 * max(1, np.abs(X).max() * np.sqrt(spread))
    assert (np.abs(slopes) <= alpha + loose).all()
    assert (np.abs(slopes - alpha * np.sign(w[1:]))[w[1:] != 0] <= loose).all()


@given(MATRIX, TARGET, st.floats(0.1, 100), arrays(float, 4, elements=st.floats(-3, 3)))
def test_the_gap_bounds_how_far_any_weights_are_from_the_best(X, y, alpha, w):
    def objective(w):
        rest = y - y.mean() - (X - X.mean(axis=0)) @ w[1:]
        return (rest**2).sum() / 2 + alpha * np.abs(w[1:]).sum()

    best = lasso_regression(X, y, alpha)
    excess = objective(w) - objective(best)
    assert -1e-6 <= excess <= duality_gap(X, y, w, alpha) + 1e-6


def test_a_penalty_larger_than_every_slope_leaves_no_gap_where_there_is_no_weight():
    X, y = [[-1], [0], [1]], [9, 10, 11]  # whose slope is 2
    assert duality_gap(X, y, [10, 0], 2) == duality_gap(X, y, [10, 0], 100) == 0
    assert duality_gap(X, [10, 10, 10], [10, 0], 1) == 0  # no slope at all


def test_the_largest_useful_penalty_leaves_no_weight():
    X, y = noisy_data()
    largest = np.abs((X - X.mean(axis=0)).T @ (y - y.mean())).max()
    assert lasso_regression(X, y, largest * 1.0001).tolist() == [
        pytest.approx(y.mean()),
        0,
        0,
        0,
        0,
    ]
    assert (lasso_regression(X, y, largest * 0.999)[1:] != 0).sum() == 1


def test_lasso_takes_more_columns_than_rows():
    rng = np.random.default_rng(3)
    X, y = rng.normal(size=(10, 30)), rng.normal(size=10)
    w = lasso_regression(X, y, 1.0)
    assert duality_gap(X, y, w, 1.0) < 1e-9
    assert 0 < (w[1:] != 0).sum() <= 10


def test_constant_and_repeated_columns_are_no_obstacle_to_the_lasso():
    x = np.array([1.0, 2, 3, 5])
    w = lasso_regression(np.column_stack([x, x, np.ones(4)]), 2 * x, 0.5)
    alone = lasso_regression(x[:, None], 2 * x, 0.5)
    assert w[3] == 0
    assert (w[0], w[1] + w[2]) == pytest.approx(alone, abs=1e-6)


def test_columns_that_nearly_agree_take_two_sweeps_where_one_by_one_takes_thousands():
    x = np.arange(8.0)
    X = np.column_stack([x, x + 0.1 * (-1) ** x])
    y = X @ [1, 2] + np.cos(x)
    w = lasso_regression(X, y, 1e-3, max_iter=2)
    # where no weight changes its sign, the slopes are alpha: a linear system
    centred, target = X - X.mean(axis=0), y - y.mean()
    expected = np.linalg.solve(centred.T @ centred, centred.T @ target - 1e-3)
    assert w[1:] == pytest.approx(expected, rel=1e-9)


def test_a_column_that_is_the_sum_of_two_others_is_no_obstacle_to_the_lasso():
    X, y = np.array([[-3.0, -3, -6], [-3, 1, -2], [0, 1, 1]]), np.array([-5.0, 2, 5])
    assert duality_gap(X, y, lasso_regression(X, y, 0.5), 0.5) < 1e-8


def test_on_the_path_each_penalty_starts_from_the_answer_to_the_one_before():
    diabetes = _diabetes()
    X = (diabetes[:, :-1] - diabetes[:, :-1].mean(axis=0)) / diabetes[:, :-1].std(axis=0)
    lasso_path(X, diabetes[:, -1], max_iter=50)  # from zero the last would take hundreds of sweeps


def test_a_lasso_that_is_stopped_early_says_so():
    X = np.array([[1, 1.0], [2, 2.1], [3, 2.9], [4, 4.2]])
    with pytest.raises(RuntimeError, match=r"duality gap .* after 1 sweeps.*raise max_iter"):
        lasso_regression(X, [1, 3, 2, 5], 0.01, max_iter=1)


def test_the_path_is_the_lasso_at_each_penalty():
    X, y = noisy_data()
    path = lasso_path(X, y)
    assert path.weights.shape == (100, 5)
    assert path.alphas[0] == pytest.approx(1000 * path.alphas[-1])
    assert (path.weights[0, 1:] == 0).all()
    for alpha, w in list(zip(*path, strict=True))[::9]:
        assert w == pytest.approx(lasso_regression(X, y, alpha), abs=1e-4)


def test_the_path_takes_penalties_in_any_order():
    X, y = noisy_data()
    assert lasso_path(X, y, [1, 3, 2]).alphas.tolist() == [3, 2, 1]


def powers(n=30, degree=10):
    """Standardised powers of x, which nearly repeat each other: one sweep changes little."""
    x = np.linspace(0, 1, n)
    X = x[:, None] ** np.arange(1, degree + 1)
    return (X - X.mean(axis=0)) / X.std(axis=0), np.sin(6 * x)


def relative_gap(X, y, w, alpha):
    return duality_gap(X, y, w, alpha) / (((y - y.mean()) ** 2).sum() / 2)


@pytest.mark.parametrize("degree", [3, 10, 14])
def test_the_path_comes_to_its_end_where_columns_nearly_repeat_each_other(degree):
    X, y = powers(degree=degree)
    path = lasso_path(X, y)
    assert max(relative_gap(X, y, w, alpha) for alpha, w in zip(*path, strict=True)) < 1.1e-10


def wrong_slopes(X, y, w, alpha):
    """Return by what share of alpha each slope is not as it must be, computed in fractions."""
    rows = [[Fraction(x) for x in row] for row in X]
    weights = [Fraction(weight) for weight in w[1:]]
    left = [Fraction(t) - sum(map(mul, weights, row)) for t, row in zip(y, rows, strict=True)]
    mean = sum(left) / len(left)
    for j, weight in enumerate(weights):
        slope = float(sum(row[j] * (r - mean) for row, r in zip(rows, left, strict=True))) / alpha
        yield abs(slope - np.sign(float(weight))) if weight else abs(slope) - 1


@pytest.mark.parametrize("alpha", [1e-2, 1e-4, 1e-6])
@pytest.mark.parametrize(("n", "degree"), [(20, 8), (40, 11), (100, 11)])
def test_the_lasso_of_raw_powers_is_the_best_where_rounding_hides_the_gap(n, degree, alpha):
    # Coordinate descent alone is off by 1% of the objective after 20,000 sweeps.
    x = np.linspace(1, 2, n)
    X = x[:, None] ** np.arange(1, degree + 1)
    lengths = np.linalg.norm(X - X.mean(axis=0), axis=0)
    for y in (np.sin(6 * x), np.random.default_rng(0).normal(size=n)):
        w = lasso_regression(X, y, alpha, max_iter=200)
        rounding = 1e-15 * lengths.max() * (lengths @ np.abs(w[1:]) + np.linalg.norm(y))
        assert max(wrong_slopes(X, y, w, alpha)) < rounding / alpha + 1e-9
        assert rounding < alpha / 2 or (alpha == 1e-6 and abs(w[1]) > 1000)  # noise: 1e4 and more


@pytest.mark.parametrize(("n", "d"), [(30, 100), (40, 1000), (7, 6), (8, 7), (50, 60)])
@pytest.mark.parametrize("share", [0.5, 1e-2, 1e-4, 1e-9])
def test_the_lasso_of_more_columns_than_rows_comes_to_its_end(n, d, share):
    rng = np.random.default_rng(n * d)
    X = rng.normal(size=(n, d))
    X[:, 1] = X[:, 0] + 1e-9 * rng.normal(size=n)
    y = X[:, 0] + rng.normal(size=n)
    alpha = share * np.abs((X - X.mean(axis=0)).T @ (y - y.mean())).max()
    w = lasso_regression(X, y, alpha)
    assert relative_gap(X, y, w, alpha) < 1.1e-10
    assert (w[1:] != 0).sum() < n + 2


def test_a_penalty_below_rounding_is_least_squares():
    X, y = noisy_data()
    assert lasso_regression(X, y, 1e-250) == pytest.approx(linear_regression(X, y), rel=1e-12)


@pytest.mark.parametrize("power", [-600, -1000, 500, 1010])
@pytest.mark.parametrize("alpha", [3.0, 50.0])
def test_the_lasso_of_numbers_of_any_size_is_that_of_small_ones(power, alpha):
    X, y = noisy_data()
    expected = lasso_regression(X, y, alpha)
    rescaled = lasso_regression(X * 2.0**power, y, alpha * 2.0**power)
    assert rescaled[0] == expected[0]
    assert (rescaled[1:] * 2.0**power).tolist() == expected[1:].tolist()
    path = lasso_path(X, y * 2.0 ** (power / 2), [alpha * 2.0 ** (power / 2)])
    assert (path.weights[0] * 2.0 ** (-power / 2)).tolist() == expected.tolist()


def test_data_near_the_smallest_doubles_have_a_lasso():
    X, y = np.array([[-1.0], [0], [1]]) * 1e-170, np.array([9.0, 10, 11]) * 1e-170
    assert lasso_regression(X, y, 1e-320)[0] == pytest.approx(1e-169)
    with pytest.raises(ValueError, match="alphas must be given"):  # the largest is 2e-340
        lasso_path(X, y)


def test_penalties_that_no_double_holds_in_units_of_the_data_are_the_largest_or_none():
    X, y = np.array([[-1.0], [0], [1]]), np.array([9.0, 10, 11])
    assert lasso_regression(X * 1e-300, y * 1e-300, 1.0) == pytest.approx([1e-299, 0], rel=1e-14)
    assert lasso_regression(X * 1e300, y * 1e300, 1e-300) == pytest.approx([1e301, 1], rel=1e-14)


def test_what_rounding_a_mean_leaves_is_no_part_of_the_data():
    # Of 0, 0, 1 and of 0, 1, 1 the means are thirds, and far from zero doubles hold no thirds.
    far = 2.0**52
    _, w = lasso_regression([[far], [far], [far + 1]], [far, far + 1, far + 1], alpha=1 / 6)
    assert w == pytest.approx(0.25, rel=1e-12)  # (1/3 - 1/6) / (2/3)
    assert lasso_regression([[1], [2], [4]], [0.1] * 3, 1).tolist() == [0.1, 0]  # not 0.1 + 1e-17


def test_data_far_from_zero_have_the_same_lasso():
    X, y = noisy_data()
    w = lasso_regression(X + 2.0**40, y, 5)  # rounds X to 1e-4
    assert w[1:] == pytest.approx(lasso_regression(np.round(X, 4), y, 5)[1:], rel=1e-2)


def test_an_error_carries_the_weights_and_the_path_that_there_are():
    X, y = powers()
    alphas = np.geomspace(10, 1e-3, 20)
    whole = lasso_path(X, y, alphas)
    with pytest.raises(RuntimeError, match=r"after 1 sweeps.*error.weights") as stopped:
        lasso_path(X, y, alphas, max_iter=1)
    path, m = stopped.value.path, len(stopped.value.path.alphas)
    assert 0 < m < 20
    assert path.alphas.tolist() == whole.alphas[:m].tolist()
    assert path.weights == pytest.approx(whole.weights[:m], abs=1e-6)
    with pytest.raises(RuntimeError) as stopped:
        lasso_regression(X, y, 1e-3, max_iter=1)
    weights = stopped.value.weights
    assert weights.shape == (11,)
    left = y - weights[0] - X @ weights[1:]
    assert (left**2).sum() < 0.6 * ((y - y.mean()) ** 2).sum()  # already better than no weight
    with pytest.raises(RuntimeError) as stopped:
        lasso_path(X, y, [1e-3], max_iter=1)
    assert stopped.value.path.weights.shape == (0, 11)


def test_the_lasso_needs_no_table_of_columns_by_columns():
    X, y = np.random.default_rng(0).normal(size=(30, 3000)), np.arange(30.0)
    tracemalloc.start()
    lasso_path(X, y, [1000.0, 500.0])
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 12 * X.nbytes  # 72 MB, 100 times X, for the table


def test_a_path_over_many_rows_is_factorised_once_and_sweeps_few_weights(monkeypatch):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(2000, 200))
    y = X[:, :10] @ rng.normal(size=10) + rng.normal(size=2000)
    shapes = counted(monkeypatch, np.linalg, "qr", np.shape)
    sweeps = counted(monkeypatch, regularisation, "_sweep")
    swept = counted(monkeypatch, regularisation, "shrink")
    lasso_path(X, y)
    assert shapes == [(2000, 201)]  # by QR alone each step takes one
    assert len(sweeps) < 100
    assert len(swept) < 400  # with weights that are off by rounding 5152


def test_a_penalty_below_rounding_takes_no_walk_through_all_doubles(monkeypatch):
    X, y = noisy_data()
    settled = counted(monkeypatch, regularisation, "_settle")
    lasso_regression(X, y, 1e-250)
    assert len(settled) < 150  # a halving for each power of two takes 830


# --- collected by test_bad_input.py

NAN, INF = math.nan, math.inf
COLUMN = [[1.0], [2.0], [3.0]]
BAD = [
    (ridge_regression, ([1, 2], [1, 2]), {}, ValueError, "X", "reshape"),
    (ridge_regression, ([[1], [2]], [1]), {}, ValueError, "X and y", "number of rows"),
    (ridge_regression, ([[1], [2]], [1, NAN]), {}, ValueError, "y", "nan or inf"),
    (ridge_regression, ([[1], [2]], [1, 2], -1), {}, ValueError, "alpha", "reward long weights"),
    (ridge_regression, ([[1], [2]], [1, 2], INF), {}, ValueError, "alpha", "finite"),
    (ridge_regression, ([[1, 2], [2, 4], [3, 6]], [1, 2, 3], 0), {}, ValueError, "X", "X[:, 1]"),
    (
        ridge_regression,
        ([[1, 1], [2, 2], [3, 3]], [1, 2, 3], 1e-40),
        {},
        ValueError,
        "X",
        "X[:, 1]",
    ),
    (ridge_regression, ([[1, 2, 4]], [1], 0), {}, ValueError, "alpha", "Give a larger one"),
    (ridge_regression, ([[1, 2], [2, 3]], [1, 2], 0), {}, ValueError, "X", "large enough alpha"),
    (lasso_regression, ([1, 2], [1, 2]), {}, ValueError, "X", "reshape"),
    (lasso_regression, ([[1], [2]], ["a", "b"]), {}, TypeError, "y", "real numbers"),
    (lasso_regression, ([[1], [2]], [1, 2], -0.1), {}, ValueError, "alpha", "at least 0"),
    (lasso_regression, ([[1], [2]], [1, 2], True), {}, TypeError, "alpha", "real number"),
    (lasso_regression, ([[1], [2]], [1, 2], 1, 0), {}, ValueError, "max_iter", "at least 1"),
    (lasso_regression, ([[1], [2]], [1, 2], 1, 9.5), {}, TypeError, "max_iter", "whole number"),
    (lasso_regression, ([[1], [2]], [1, 2]), {"tol": 0}, ValueError, "tol", "above 0"),
    (
        lasso_regression,
        ([[1, 2], [2, 5], [3, 5]], [1, 2, 4], 0.01, 1),
        {},
        RuntimeError,
        "tol",
        "max_iter",
    ),
    (lasso_path, ([1, 2], [1, 2]), {}, ValueError, "X", "reshape"),
    (lasso_path, ([[1], [2]], [1, INF]), {}, ValueError, "y", "nan or inf"),
    (lasso_path, ([[1], [2]], [3, 3]), {}, ValueError, "alphas", "no column of X"),
    (lasso_path, ([[1], [2]], [1, 2], [1, 0]), {}, ValueError, "alphas", "positive"),
    (lasso_path, ([[1], [2]], [1, 2], []), {}, ValueError, "alphas", "empty"),
    (lasso_path, ([[1], [2]], [1, 2]), {"max_iter": 0}, ValueError, "max_iter", "at least 1"),
    (lasso_path, ([[1], [2]], [1, 2]), {"tol": -1}, ValueError, "tol", "above 0"),
    (shrink, ([1, NAN], 1), {}, ValueError, "z", "nan or inf"),
    (shrink, (1, -1), {}, ValueError, "alpha", "at least 0"),
    (duality_gap, ([1, 2], [1, 2], [0, 0], 1), {}, ValueError, "X", "reshape"),
    (duality_gap, ([[1], [2]], [1, NAN], [0, 0], 1), {}, ValueError, "y", "nan or inf"),
    (duality_gap, ([[1], [2]], [1, 2], [0], 1), {}, ValueError, "weights", "an intercept and 1"),
    (duality_gap, ([[1], [2]], [1, 2], [0, 0], 0), {}, ValueError, "alpha", "above 0"),
]
UNTOUCHED = [
    (ridge_regression, (COLUMN, [1.0, 2.0, 4.0])),
    (lasso_regression, (COLUMN, [1.0, 2.0, 4.0])),
    (lasso_path, (COLUMN, [1.0, 2.0, 4.0], [0.5, 0.1])),
    (shrink, ([1.0, 2.0], 0)),
    (duality_gap, (COLUMN, [1.0, 2.0, 4.0], [0.0, 1.0], 1)),
]
