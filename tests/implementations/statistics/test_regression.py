"""Least squares: held to NIST's digits, to R, to exact fractions and to what makes it the best."""

import math
from fractions import Fraction

import numpy as np
import pytest
import scipy.linalg
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from inputs import MATRIX, REFERENCE, TARGET, noisy_data, reference, table, with_ones
from mlmath_helpers.statistics import (
    correct_digits,
    linear_regression,
    regression_summary,
    ridge_regression,
)

CERTIFIED = reference("nist/linear_certified.json")
R = reference("r_statistics.json")


def nist(name):
    """Return X, y of one of NIST's sets; Wampler's have the powers 1 to 5 of x."""
    certified = CERTIFIED[name]
    first, last = certified["data_lines"]
    lines = (REFERENCE / "nist" / certified["file"]).read_text().splitlines()[first - 1 : last]
    table = np.array([[float(word) for word in line.split()] for line in lines])
    X, y = table[:, 1:], table[:, 0]
    return (X ** np.arange(1, 6) if name.startswith("Wampler") else X), y


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


def well_conditioned(X, intercept=True):
    A = with_ones(X, intercept)
    lengths = np.linalg.norm(A, axis=0)
    return lengths.min() > 0 and np.linalg.cond(A / lengths) < 1e6


@given(MATRIX, TARGET, st.booleans())
def test_residuals_stand_at_a_right_angle_to_each_column(X, y, intercept):
    if well_conditioned(X, intercept):
        A = with_ones(X, intercept)
        r = y - A @ linear_regression(X, y, intercept=intercept)
        scale = np.abs(A).sum(axis=0) * max(np.abs(y).max(), 1)
        assert (np.abs(A.T @ r) <= 1e-12 * scale).all()


@given(MATRIX, TARGET)
def test_weights_agree_with_numpys(X, y):
    if well_conditioned(X):
        expected = np.linalg.lstsq(with_ones(X), y)[0]
        assert linear_regression(X, y) == pytest.approx(expected, rel=1e-6, abs=1e-7)


@settings(max_examples=25)
@given(MATRIX, TARGET)
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


def test_units_that_are_powers_of_two_change_no_digit():
    X, y = nist("Longley")
    units, unit = 2.0 ** np.array([-400, 300, 20, 0, -30, 7]), 2.0**200
    expected = linear_regression(X, y)
    rescaled = linear_regression(X * units, y * unit) / unit
    assert (rescaled * [1, *units]).tolist() == expected.tolist()


def test_targets_near_the_end_of_all_doubles_are_fitted():
    X, y = noisy_data()
    assert linear_regression(X, y * 1e303) == pytest.approx(linear_regression(X, y) * 1e303)


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


def test_the_summary_of_large_numbers_is_that_of_small_ones():
    X, y = noisy_data()
    expected, large = regression_summary(X, y), regression_summary(X, y * 1e200)
    assert large.residual_sd == pytest.approx(expected.residual_sd * 1e200)
    assert (large.r_squared, large.f) == pytest.approx((expected.r_squared, expected.f))


@pytest.mark.parametrize("seed", range(20))
def test_residuals_keep_their_digits_where_columns_nearly_agree_and_y_is_far_off(seed):
    rng = np.random.default_rng(seed)
    n, apart = rng.integers(5, 40), 10.0 ** rng.uniform(-6, -2)
    x = np.arange(float(n))
    X, y = np.column_stack([x, x + apart * rng.normal(size=n)]), rng.normal(0, 100, n)
    summary = regression_summary(X, y)
    assert correct_digits(summary.coefficients, exact_fit(with_ones(X), y)) > 14
    w = [Fraction(weight) for weight in summary.coefficients]
    exact = [
        float(Fraction(y[i]) - sum(a * b for a, b in zip(map(Fraction, row), w, strict=True)))
        for i, row in enumerate(with_ones(X))
    ]
    assert correct_digits(summary.residuals, exact) > 14


@pytest.mark.parametrize("seed", [52, 121, 169, 199, 234, 261])  # where a two-sum decides digits
def test_polynomials_through_noise_keep_their_digits(seed):
    rng = np.random.default_rng(seed)
    degree, n = rng.integers(3, 8), rng.integers(10, 60)
    x = np.linspace(0, 1, n) * rng.integers(1, 30) if seed % 2 else np.linspace(-1, 1, n)
    X, y = x[:, None] ** np.arange(1, degree + 1), rng.normal(size=n)
    assert correct_digits(linear_regression(X, y), exact_fit(with_ones(X), y)) > 14.5


def test_sums_of_six_hundred_products_are_exact_too():
    rng = np.random.default_rng(79)  # a draw in which two bits more in a slice cost two digits
    degree = rng.integers(4, 8)
    x = np.linspace(0, 1, 600) * rng.integers(1, 30)
    X, y = x[:, None] ** np.arange(1, degree + 1), rng.normal(size=600)
    assert correct_digits(linear_regression(X, y), exact_fit(with_ones(X), y)) > 14.5


def test_r_squared_far_from_zero_is_not_that_of_a_rounded_mean():
    y = 1e15 + np.array([1, 2, 1, 3, 2])  # the mean, 1.8 more than 1e15, is rounded to 1.75
    summary = regression_summary([[0], [1], [2], [3], [4]], y)
    assert summary.r_squared == pytest.approx(1 - (summary.residuals**2).sum() / 2.8, rel=1e-12)


def test_leverage_is_the_slope_of_a_fitted_value_in_its_own_y():
    X, y = noisy_data(n=9, d=2)
    summary = regression_summary(X, y)
    for i in range(len(y)):
        moved = y.copy()
        moved[i] += 1
        fitted = y - summary.residuals
        moved_fit = moved - regression_summary(X, moved).residuals
        assert moved_fit[i] - fitted[i] == pytest.approx(summary.leverage[i], abs=1e-12)


@given(MATRIX, TARGET, st.booleans())
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


def test_a_long_column_may_differ_from_another_by_more_and_still_be_its_like():
    x = np.linspace(1, 2, 400)
    X = np.column_stack([x, x + 2.5e-14 * (-1) ** np.arange(400)])  # 5e-13 of a length of 30
    with pytest.raises(ValueError, match=r"X\[:, 1\] is a combination"):
        linear_regression(X, x)


def test_nearly_collinear_columns_are_still_solved():
    x = np.arange(8.0)
    X = np.column_stack([x, x + 1e-7 * (-1) ** x])
    y = X @ [1, 2]
    expected = exact_fit(with_ones(X), y)
    assert linear_regression(X, y)[1:] == pytest.approx(expected[1:], rel=1e-12)


# --- conditions from 1e2 to 1e17: as near as QR and numpy, or a refusal


def spread_singular_values(exponent, rng):
    U, _ = np.linalg.qr(rng.normal(size=(12, 4)))
    V, _ = np.linalg.qr(rng.normal(size=(4, 4)))
    return U * np.logspace(0, -exponent, 4) @ V.T


def a_column_nearly_twice(exponent, rng):
    x, noise = rng.normal(size=(2, 12))
    return np.column_stack([np.ones(12), x, x + 10.0**-exponent * noise])


def powers_of_x(exponent, rng):
    x = np.linspace(1, 2, 20)  # the condition grows by 13 with each power
    return x[:, None] ** np.arange(1 + round(exponent / 1.15))


FAMILIES = [spread_singular_values, a_column_nearly_twice, powers_of_x]


@pytest.mark.parametrize("noise", [0.0, 0.1])
@pytest.mark.parametrize("exponent", range(2, 18))
@pytest.mark.parametrize("family", FAMILIES)
def test_weights_are_as_near_as_qrs_and_numpys_or_refused(family, exponent, noise):
    rng = np.random.default_rng(exponent)
    A = family(exponent, rng)
    condition = np.linalg.cond(A / np.linalg.norm(A, axis=0))
    y = A @ np.cos(np.arange(A.shape[1])) + noise * rng.normal(size=len(A))
    try:
        w = linear_regression(A, y, intercept=False)
    except ValueError:
        assert condition > 3e12  # whatever doubles tell three digits of is not refused
        return
    exact = np.array(exact_fit(A, y))
    Q, R = np.linalg.qr(A)
    off, by_qr, by_numpy = (
        np.linalg.norm(weights - exact) / np.linalg.norm(exact)
        for weights in (w, np.linalg.solve(R, Q.T @ y), np.linalg.lstsq(A, y)[0])
    )
    # where no step corrects, our own QR is left, by luck a little farther or nearer than theirs
    assert off <= max(4 * min(by_qr, by_numpy), 4e-16)
    assert off < 0.05
    assert off < 1e-8 or condition > 1e8


@pytest.mark.parametrize("noise", [0.0, 0.1])
def test_over_many_targets_weights_are_nearer_than_qrs_up_to_a_condition_of_2e13(noise):
    # For one target QR may be nearer by luck: both scatter over a factor of ten.
    rng = np.random.default_rng(0)
    A = np.linspace(1, 2, 40)[:, None] ** np.arange(13)
    Q, R = np.linalg.qr(A)
    off, by_qr = [], []
    for _ in range(9):
        y = A @ rng.normal(size=13) + noise * rng.normal(size=40)
        exact = np.array(exact_fit(A, y))
        for errors, w in [
            (off, linear_regression(A, y, intercept=False)),
            (by_qr, np.linalg.solve(R, Q.T @ y)),
        ]:
            errors.append(np.linalg.norm(w - exact) / np.linalg.norm(exact))
    assert np.median(off) < np.median(by_qr) / 3
    assert max(off) < max(by_qr) / 3


@pytest.mark.parametrize(("low", "degree", "error"), [(0, 14, 1e-12), (3, 8, 1e-7)])
def test_a_step_that_rounding_made_is_not_taken(low, degree, error):
    x = np.linspace(low, low + 1, 30)
    A = x[:, None] ** np.arange(degree + 1)
    y = A @ np.cos(np.arange(degree + 1))
    exact = np.array(exact_fit(A, y))
    off = np.linalg.norm(linear_regression(A, y, intercept=False) - exact)
    assert off < error * np.linalg.norm(exact)  # ten steps, whatever they do, lose two digits


def test_weights_of_which_no_digit_is_left_are_refused():
    x = np.linspace(1, 2, 40)
    X = x[:, None] ** np.arange(1, 15)  # a condition number of 1e17
    y = with_ones(X) @ np.cos(np.arange(15))
    with pytest.raises(ValueError, match="cannot tell three digits of the weights"):
        linear_regression(X, y)
    assert ridge_regression(X, y, 1e-6).shape == (15,)  # which the message advises


# --- digits


def test_correct_digits_by_hand():
    assert correct_digits(3.14, 3.14159265) == pytest.approx(-math.log10(0.00159265 / 3.14159265))
    assert correct_digits([1, 2.002], [1, 2]) == pytest.approx(3)
    assert correct_digits([0.001], [0]) == pytest.approx(3)
    assert correct_digits([5.0, 0.0], [5.0, 0.0]) == 15
    assert correct_digits([9.0], [1.0]) == 0


# --- collected by test_bad_input.py

NAN, INF = math.nan, math.inf
COLUMN = [[1.0], [2.0], [3.0]]
BAD = [
    (linear_regression, ([1, 2, 3], [1, 2, 3]), {}, ValueError, "X", "X.reshape(-1, 1)"),
    (linear_regression, (np.empty((0, 1)), []), {}, ValueError, "X", "empty"),
    (linear_regression, ([[1], [NAN]], [1, 2]), {}, ValueError, "X", "nan or inf"),
    (linear_regression, ([["a"], ["b"]], [1, 2]), {}, TypeError, "X", "real numbers"),
    (linear_regression, ([[1], [2]], [[1], [2]]), {}, ValueError, "y", "1-D array"),
    (linear_regression, ([[1], [2]], [1, INF]), {}, ValueError, "y", "nan or inf"),
    (linear_regression, ([[1], [2]], [1, 2, 3]), {}, ValueError, "X and y", "number of rows"),
    (linear_regression, ([[1]], [1]), {}, ValueError, "X", "give more rows"),
    (linear_regression, ([[1, 2], [2, 4], [3, 6]], [1, 2, 3]), {}, ValueError, "X", "X[:, 1]"),
    (linear_regression, ([[5], [5]], [1, 2]), {}, ValueError, "X", "the intercept"),
    (linear_regression, ([[0], [0]], [1, 2]), {"intercept": False}, ValueError, "X", "X[:, 0]"),
    (linear_regression, ([[1e-300], [0]], [1e300, 0]), {}, ValueError, "X", "largest double"),
    (linear_regression, ([[1], [2]], [1, 2]), {"intercept": 1}, TypeError, "intercept", "True"),
    (regression_summary, ([[1], [2]], [1, 2]), {}, ValueError, "X and y", "at least 3 rows"),
    (regression_summary, ([[1], [2], [3]], [4, 4, 4]), {}, ValueError, "y", "no variation"),
    (regression_summary, ([1, 2, 3], [1, 2, 3]), {}, ValueError, "X", "reshape"),
    (
        *(regression_summary, ([[1], [2], [3]], [0, 0, 0]), {"intercept": False}),
        *(ValueError, "y", "no variation"),
    ),
    (
        *(regression_summary, ([[1], [2], [4]], [1, 2, 3]), {"intercept": "yes"}),
        *(TypeError, "intercept", "True or False"),
    ),
    (correct_digits, ([1, 2], [1]), {}, ValueError, "computed and certified", "same shape"),
    (correct_digits, (NAN, 1), {}, ValueError, "computed", "nan or inf"),
    (correct_digits, (1, "1"), {}, TypeError, "certified", "real numbers"),
]
UNTOUCHED = [
    (linear_regression, (COLUMN, [1.0, 2.0, 4.0])),
    (regression_summary, (COLUMN, [1.0, 2.0, 4.0])),
    (correct_digits, ([1.0], [1.0])),
]
