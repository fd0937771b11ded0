"""The answers of chapter 4's exercises, against an independent way to find them."""

import numpy as np
import pytest
from scipy import optimize, stats

from mlmath_helpers.exercises.statistics import EXERCISES


def answers(name):
    exercise = EXERCISES[name]
    return [(exercise.reference(*arguments), arguments) for arguments in exercise.cases]


def test_the_t_interval_is_scipys_for_the_confidence_that_belongs_to_t_star():
    for interval, (data, t_star) in answers("t_interval"):
        n = len(data)
        if np.ptp(data) > 0:
            confidence = 1 - 2 * stats.t.sf(t_star, n - 1)
            expected = stats.t.interval(confidence, n - 1, np.mean(data), stats.sem(data))
            assert interval == pytest.approx(expected)
        else:
            assert interval == (data[0], data[0])


def test_a_row_is_covered_where_its_t_is_at_most_t_star():
    for share, (samples, mean, t_star) in answers("coverage_share"):
        t = stats.ttest_1samp(samples, mean, axis=1).statistic
        assert share == np.mean(np.abs(t) <= t_star)


def test_no_case_of_coverage_hangs_on_a_rounding_error():
    for _, (samples, mean, t_star) in answers("coverage_share"):
        t = stats.ttest_1samp(samples, mean, axis=1).statistic
        assert np.abs(np.abs(t) - t_star).min() > 0.01


def test_the_t_statistic_is_that_of_the_slope_of_a_line_through_two_columns():
    for t, (a, b) in answers("t_statistic"):
        group = np.repeat([1.0, 0.0], [len(a), len(b)])
        line = stats.linregress(group, np.concatenate([a, b]))
        assert t == pytest.approx(line.slope / line.stderr)


def test_the_smallest_n_reaches_the_power_and_one_less_does_not():
    for n, (powers, wanted) in answers("smallest_n"):
        assert powers[n - 2] >= wanted
        assert n == 2 or powers[n - 3] < wanted
        assert (np.diff(powers) >= 0).all()


def test_r_squared_is_one_for_a_perfect_fit_zero_for_the_mean_and_can_be_negative():
    values = {tuple(fitted): value for value, (_, fitted) in answers("r_squared")}
    assert values[1.0, 3.0] == 1
    assert values[3.0, 3.0, 3.0] == 0
    assert min(values.values()) < 0


def test_r_squared_is_the_squared_correlation_for_a_least_squares_fit():
    x, y = np.arange(6.0), np.array([1.0, 3.0, 2.0, 5.0, 4.0, 7.0])
    fitted = np.polyval(np.polyfit(x, y, 1), x)
    assert EXERCISES["r_squared"].reference(y, fitted) == pytest.approx(
        np.corrcoef(x, y)[0, 1] ** 2
    )


def test_the_residual_dots_are_minus_half_the_gradient_of_the_squares():
    for dots, (X, y, weights) in answers("residual_dots"):

        def squares(w, X=X, y=y):
            return ((y - w[0] - X @ w[1:]) ** 2).sum()

        gradient = optimize.approx_fprime(np.asarray(weights, dtype=float), squares, 1e-7)
        assert dots == pytest.approx(-gradient / 2, abs=1e-3)


def test_the_soft_threshold_makes_its_objective_least():
    for w, (z, alpha) in answers("soft_threshold"):
        for value, best in zip(z, w, strict=True):
            grid = np.linspace(-15, 15, 3001)
            objective = (value - grid) ** 2 / 2 + alpha * np.abs(grid)
            assert (value - best) ** 2 / 2 + alpha * abs(best) <= objective.min() + 1e-12


def test_ridge_in_closed_form_is_least_squares_with_more_rows():
    for w, (X, y, alpha) in answers("ridge_closed_form"):
        d = X.shape[1]
        A = np.vstack([X, np.sqrt(alpha) * np.eye(d)])
        assert w == pytest.approx(np.linalg.lstsq(A, np.append(y, np.zeros(d)))[0], abs=1e-12)
