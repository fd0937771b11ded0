"""Linear models: held to NIST's digits, to R and glmnet, and to what makes each fit the best."""

import csv
import json
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import scipy.linalg
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from mlmath_helpers.statistics import (
    correct_digits,
    duality_gap,
    lasso_path,
    lasso_regression,
    linear_regression,
    regression_summary,
    ridge_regression,
    shrink,
)

REFERENCE = Path(__file__).parent / "reference"
CERTIFIED = json.loads((REFERENCE / "nist" / "linear_certified.json").read_text())
R = json.loads((REFERENCE / "r_statistics.json").read_text())
GLMNET = json.loads((REFERENCE / "glmnet_cases.json").read_text())


def nist(name):
    """Return X, y of one of NIST's sets; Wampler's have the powers 1 to 5 of x."""
    certified = CERTIFIED[name]
    first, last = certified["data_lines"]
    lines = (REFERENCE / "nist" / certified["file"]).read_text().splitlines()[first - 1 : last]
    table = np.array([[float(word) for word in line.split()] for line in lines])
    X, y = table[:, 1:], table[:, 0]
    return (X ** np.arange(1, 6) if name.startswith("Wampler") else X), y


def table(file):
    with (REFERENCE / file).open() as lines:
        rows = list(csv.DictReader(lines))
    return {name: [float(row[name]) for row in rows] for name in rows[0]}


def with_ones(X, intercept=True):
    return np.column_stack([np.ones(len(X)), X]) if intercept else X


def noisy_data(n=30, d=4, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(2, 3, (n, d))
    return X, 5 + X @ np.arange(d) + rng.normal(0, 2, n)


# --- NIST: digits kept


def library_fits(A, y):
    """Whatever numpy and scipy offer for least squares."""
    Q, R = np.linalg.qr(A)
    fits = {
        "normal equations": np.linalg.solve(A.T @ A, A.T @ y),
        "numpy QR": np.linalg.solve(R, Q.T @ y),
        "numpy lstsq": np.linalg.lstsq(A, y)[0],
        "numpy pinv": np.linalg.pinv(A) @ y,
        "scipy pinv": scipy.linalg.pinv(A) @ y,
        "scipy gelsd": scipy.linalg.lstsq(A, y, lapack_driver="gelsd")[0],
        "scipy gelsy": scipy.linalg.lstsq(A, y, lapack_driver="gelsy")[0],
        "scipy gelss": scipy.linalg.lstsq(A, y, lapack_driver="gelss")[0],
    }
    if A.shape[1] == 2:
        line = stats.linregress(A[:, 1], y)
        fits["scipy linregress"] = np.array([line.intercept, line.slope])
    return fits


def exact_fit(A, y):
    """Solve the normal equations in fractions: no rounding but that of the stored doubles."""
    rows = [[Fraction(entry) for entry in row] for row in A]
    target = [Fraction(entry) for entry in y]
    k = A.shape[1]
    M = [
        [sum(row[i] * row[j] for row in rows) for j in range(k)]
        + [sum(row[i] * t for row, t in zip(rows, target, strict=True))]
        for i in range(k)
    ]
    for i in range(k):
        for j in range(k):
            if j != i:
                factor = M[j][i] / M[i][i]
                M[j] = [a - factor * b for a, b in zip(M[j], M[i], strict=True)]
    return [float(M[i][k] / M[i][i]) for i in range(k)]


@pytest.mark.parametrize("name", CERTIFIED)
def test_no_fit_of_numpy_or_scipy_keeps_more_of_nists_digits(name):
    X, y = nist(name)
    certified = CERTIFIED[name]
    ours = correct_digits(
        linear_regression(X, y, intercept=certified["intercept"]), certified["coef"]
    )
    fits = library_fits(with_ones(X, certified["intercept"]), y)
    digits = {method: correct_digits(w, certified["coef"]) for method, w in fits.items()}
    # the certificate is rounded to 15 digits: beyond 14.3 it cannot tell two fits apart
    assert ours >= min(max(digits.values()), 14.3)
    assert ours > 14


def test_the_table_of_nists_digits():
    """Shown by: pytest tests/test_regression.py -k table -s."""
    methods = ["normal equations", "numpy QR", "numpy lstsq", "best of numpy, scipy", "the course"]
    print("\n" + " " * 10 + "".join(f"{method:>22}" for method in [*methods, "exact arithmetic"]))
    for name, certified in CERTIFIED.items():
        X, y = nist(name)
        A = with_ones(X, certified["intercept"])
        fits = library_fits(A, y)
        digits = {method: correct_digits(w, certified["coef"]) for method, w in fits.items()}
        digits["best of numpy, scipy"] = max(digits.values())
        ours = linear_regression(X, y, intercept=certified["intercept"])
        digits["the course"] = correct_digits(ours, certified["coef"])
        limit = correct_digits(exact_fit(A, y), certified["coef"])
        cells = [digits[method] for method in methods] + [limit]
        print(f"{name:10}" + "".join(f"{cell:22.1f}" for cell in cells))
        assert digits["the course"] > limit - 0.1  # nothing is lost that the doubles still held


@pytest.mark.parametrize("name", CERTIFIED)
def test_the_summary_keeps_nists_digits(name):
    X, y = nist(name)
    certified = CERTIFIED[name]
    summary = regression_summary(X, y, intercept=certified["intercept"])
    assert correct_digits(summary.r_squared, certified["r_squared"]) > 14
    if certified["residual_sd"] == 0:  # Wampler1: the points lie on the polynomial
        assert summary.residual_sd < 1e-9
        assert summary.standard_errors.max() < 1e-9
        return
    assert correct_digits(summary.residual_sd, certified["residual_sd"]) > 13.5
    assert correct_digits(summary.f, certified["f_statistic"]) > 13
    assert correct_digits(summary.standard_errors, certified["coef_se"]) > 12


def test_normal_equations_lose_twice_the_digits():
    X, y = nist("Longley")
    fits = library_fits(with_ones(X), y)
    certified = CERTIFIED["Longley"]["coef"]
    assert correct_digits(fits["normal equations"], certified) < 9
    assert correct_digits(fits["numpy QR"], certified) > 9.5


# --- linear regression


def test_the_articles_line():
    X, y = [[1], [2], [3], [4], [5]], [2.1, 4.2, 6.1, 7.9, 10.2]
    w = linear_regression(X, y)
    assert [f"{value:.3f}" for value in w] == ["0.130", "1.990"]


@pytest.mark.parametrize(
    ("file", "x", "y", "name", "unit"),
    [
        ("r_cars.csv", ["speed"], "dist", "cars", 1),
        ("r_anscombe.csv", ["x1"], "y1", "anscombe1", 1),
        (
            "r_longley.csv",
            ["GNP.deflator", "GNP", "Unemployed", "Armed.Forces", "Population", "Year"],
            "Employed",
            "longley_employed",
            1,
        ),
    ],
)
def test_summaries_agree_with_rs_lm(file, x, y, name, unit):
    columns, expected = table(file), R["lm"][name]
    X, y = np.column_stack([columns[key] for key in x]), columns[y]
    summary = regression_summary(X, y)
    digits = 11 if name == "longley_employed" else 13  # R's own QR loses some on Longley's data
    assert correct_digits(summary.coefficients, expected["coef"]) > digits
    assert correct_digits(summary.standard_errors, expected["se"]) > digits
    assert summary.residual_sd == pytest.approx(expected["sigma"], rel=1e-12)
    assert summary.r_squared == pytest.approx(expected["r2"], rel=1e-13)
    f, df1, df2 = expected["f"]
    assert summary.f == pytest.approx(f, rel=1e-11)
    assert (X.shape[1], len(y) - X.shape[1] - 1) == (df1, df2)
    t = summary.coefficients / summary.standard_errors
    assert t == pytest.approx(expected["t"], rel=1e-9)
    assert 2 * stats.t.sf(abs(t), df2) == pytest.approx(expected["p"], rel=1e-9)


matrices = arrays(float, (8, 3), elements=st.floats(-50, 50).map(lambda x: round(x, 3)))
targets = arrays(float, 8, elements=st.floats(-50, 50).map(lambda x: round(x, 3)))


def well_conditioned(X, intercept=True):
    A = with_ones(X, intercept)
    lengths = np.linalg.norm(A, axis=0)
    return lengths.min() > 0 and np.linalg.cond(A / lengths) < 1e6


@given(matrices, targets, st.booleans())
def test_residuals_stand_at_a_right_angle_to_each_column(X, y, intercept):
    if well_conditioned(X, intercept):
        A = with_ones(X, intercept)
        r = y - A @ linear_regression(X, y, intercept=intercept)
        scale = np.abs(A).sum(axis=0) * max(np.abs(y).max(), 1)
        assert (np.abs(A.T @ r) <= 1e-12 * scale).all()


@given(matrices, targets)
def test_weights_agree_with_numpys(X, y):
    if well_conditioned(X):
        expected = np.linalg.lstsq(with_ones(X), y)[0]
        assert linear_regression(X, y) == pytest.approx(expected, rel=1e-6, abs=1e-7)


@settings(max_examples=25)
@given(matrices, targets)
def test_weights_are_the_exact_answer_rounded(X, y):
    if well_conditioned(X):
        expected = exact_fit(with_ones(X), y)
        error = np.abs(linear_regression(X, y) - expected)
        assert (error <= 4e-16 * np.abs(expected).max() * np.ptp(np.abs(X)).clip(1)).all()


def test_points_on_a_plane_are_met_exactly():
    X = np.array([[0, 1], [1, 0], [2, 2], [5, 3]])
    assert linear_regression(X, 3 + X @ [2, -1]).tolist() == [3, 2, -1]


def test_as_many_points_as_weights_are_met_exactly():
    assert linear_regression([[1], [3]], [2, 6]) == pytest.approx([0, 2], abs=1e-15)


def test_units_do_not_matter():
    X, y = noisy_data()
    units = np.array([1e-150, 1e8, 1, 1e100])
    expected = linear_regression(X, y)
    rescaled = linear_regression(X * units, y * 1e100) / 1e100
    assert rescaled[0] == pytest.approx(expected[0], rel=1e-13)
    assert rescaled[1:] * units == pytest.approx(expected[1:], rel=1e-13)


def test_without_intercept_the_plane_goes_through_zero():
    assert linear_regression([[1], [2]], [1, 3], intercept=False) == pytest.approx([7 / 5])


# --- the summary


def test_the_summary_by_hand():
    # x = -1, 0, 1 and y = 1, 1, 4: the line 2 + 1.5 x leaves 0.5, -1, 0.5
    summary = regression_summary([[-1], [0], [1]], [1, 1, 4])
    assert summary.coefficients == pytest.approx([2, 1.5])
    assert summary.residuals == pytest.approx([0.5, -1, 0.5])
    assert summary.residual_sd == pytest.approx(math.sqrt(1.5))
    assert summary.r_squared == pytest.approx(1 - 1.5 / 6)
    assert summary.f == pytest.approx(4.5 / 1.5)
    assert summary.standard_errors == pytest.approx([math.sqrt(1.5 / 3), math.sqrt(1.5 / 2)])
    assert summary.leverage == pytest.approx([1 / 3 + 1 / 2, 1 / 3, 1 / 3 + 1 / 2])


def test_leverage_is_the_slope_of_a_fitted_value_in_its_own_y():
    X, y = noisy_data(n=9, d=2)
    summary = regression_summary(X, y)
    for i in range(len(y)):
        moved = y.copy()
        moved[i] += 1
        fitted = y - summary.residuals
        moved_fit = moved - regression_summary(X, moved).residuals
        assert moved_fit[i] - fitted[i] == pytest.approx(summary.leverage[i], abs=1e-12)


@given(matrices, targets, st.booleans())
def test_leverages_add_up_to_the_number_of_weights(X, y, intercept):
    if well_conditioned(X, intercept) and np.ptp(y) > 0:
        leverage = regression_summary(X, y, intercept=intercept).leverage
        assert leverage.sum() == pytest.approx(3 + intercept, rel=1e-12)
        assert ((leverage > -1e-12) & (leverage < 1 + 1e-12)).all()


def test_the_residual_of_a_left_out_point_follows_from_its_leverage():
    X, y = noisy_data(n=12, d=2)
    summary = regression_summary(X, y)
    for i in range(len(y)):
        kept = np.arange(len(y)) != i
        w = linear_regression(X[kept], y[kept])
        missed = y[i] - w[0] - X[i] @ w[1:]
        assert missed == pytest.approx(summary.residuals[i] / (1 - summary.leverage[i]))


def test_r_squared_is_the_squared_correlation_for_one_column_only():
    X, y = noisy_data()
    one = regression_summary(X[:, :1], y)
    assert one.r_squared == pytest.approx(np.corrcoef(X[:, 0], y)[0, 1] ** 2)
    all_columns = regression_summary(X, y)
    fitted = y - all_columns.residuals
    assert all_columns.r_squared == pytest.approx(np.corrcoef(fitted, y)[0, 1] ** 2)


def test_an_exact_fit_has_infinite_f_and_no_spread():
    summary = regression_summary([[0], [1], [2], [3]], [1, 3, 5, 7])
    assert (summary.f, summary.residual_sd, summary.r_squared) == (math.inf, 0, 1)


# --- refusals that are about numbers, not about kinds


@pytest.mark.parametrize(
    ("X", "column"),
    [
        ([[1, 2], [2, 4], [3, 6], [4, 8]], 1),
        ([[1, 5], [2, 5], [3, 5], [4, 5]], 1),
        ([[0, 5], [0, 6], [0, 5], [0, 7]], 0),
        ([[1, 1 + 1e-15], [2, 2], [3, 3], [4, 4]], 1),
    ],
)
def test_collinear_columns_are_named(X, column):
    with pytest.raises(ValueError, match=rf"X\[:, {column}\] is a combination"):
        linear_regression(X, [1, 2, 3, 5])


def test_nearly_collinear_columns_are_still_solved():
    x = np.arange(8.0)
    X = np.column_stack([x, x + 1e-7 * (-1) ** x])
    y = X @ [1, 2]
    expected = exact_fit(with_ones(X), y)
    assert linear_regression(X, y)[1:] == pytest.approx(expected[1:], rel=1e-12)


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


@given(matrices, targets, st.floats(1e-3, 1e3), st.integers(0, 3), st.sampled_from([-1e-3, 1e-3]))
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


@given(matrices, targets, st.floats(0.01, 300))
def test_the_gap_proves_the_lassos_answer(X, y, alpha):
    w = lasso_regression(X, y, alpha)
    spread = ((y - y.mean()) ** 2).sum() / 2
    assert duality_gap(X, y, w, alpha) <= 1e-9 * spread + 1e-12
    # and the conditions themselves: slopes of alpha where a weight is, at most alpha elsewhere
    slopes = (X - X.mean(axis=0)).T @ (y - w[0] - X @ w[1:])
    loose = 1e-3 * max(1, np.abs(X).max() * np.sqrt(spread))
    assert (np.abs(slopes) <= alpha + loose).all()
    assert (np.abs(slopes - alpha * np.sign(w[1:]))[w[1:] != 0] <= loose).all()


@given(matrices, targets, st.floats(0.1, 100), arrays(float, 4, elements=st.floats(-3, 3)))
def test_the_gap_bounds_how_far_any_weights_are_from_the_best(X, y, alpha, w):
    def objective(w):
        rest = y - y.mean() - (X - X.mean(axis=0)) @ w[1:]
        return (rest**2).sum() / 2 + alpha * np.abs(w[1:]).sum()

    best = lasso_regression(X, y, alpha)
    excess = objective(w) - objective(best)
    assert -1e-6 <= excess <= duality_gap(X, y, w, alpha) + 1e-6


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


# --- digits


def test_correct_digits_by_hand():
    assert correct_digits(3.14, 3.14159265) == pytest.approx(-math.log10(0.00159265 / 3.14159265))
    assert correct_digits([1, 2.002], [1, 2]) == pytest.approx(3)
    assert correct_digits([0.001], [0]) == pytest.approx(3)
    assert correct_digits([5.0, 0.0], [5.0, 0.0]) == 15
    assert correct_digits([9.0], [1.0]) == 0
