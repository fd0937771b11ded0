"""The derivative by differences, and its error."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlmath_helpers._numbers import EPSILON
from mlmath_helpers.calculus import derivative

# The slope of each by hand, at a few places.
SLOPES = {
    "x squared": (lambda x: x * x, lambda x: 2 * x, [-3.0, 0.0, 0.5, 1e3]),
    "one over x": (lambda x: 1 / x, lambda x: -1 / x**2, [-2.0, 0.1, 5.0]),
    "sine": (np.sin, np.cos, [0.0, 1.0, 30.0]),
    "exponential": (np.exp, np.exp, [-5.0, 0.0, 3.0]),
    "logarithm": (np.log, lambda x: 1 / x, [0.5, 1.0, 1e6]),
    "square root": (np.sqrt, lambda x: 0.5 / np.sqrt(x), [0.25, 4.0]),
}


# The best that each scheme can do is about EPSILON to this power; 1e3 is for the constants.
TOLERANCE = {"central": 1e3 * EPSILON ** (2 / 3), "forward": 1e3 * EPSILON**0.5, "complex": 1e-14}


@pytest.mark.parametrize("scheme", TOLERANCE)
@pytest.mark.parametrize("name", SLOPES)
def test_the_slope_is_the_one_found_by_hand(name, scheme):
    f, slope, places = SLOPES[name]
    for x in places:
        assert derivative(f, x, scheme=scheme) == pytest.approx(
            slope(x), rel=TOLERANCE[scheme], abs=TOLERANCE[scheme]
        )


def test_a_quotient_of_x_squared_is_two_x_plus_h():
    assert derivative(lambda x: x * x, 3.0, h=0.5, scheme="forward") == 6.5
    assert derivative(lambda x: x * x, 3.0, h=-0.5, scheme="forward") == 5.5
    assert derivative(lambda x: x * x, 3.0, h=0.5) == 6.0


@given(st.floats(-100, 100), st.floats(0.01, 2))
def test_a_central_difference_of_a_parabola_is_exact_for_any_step(x, h):
    slope = derivative(lambda x: 2 * x * x - x, x, h=h)
    assert slope == pytest.approx(4 * x - 1, abs=1e-8)  # rounding of values up to 2e4, over h


@pytest.mark.parametrize(
    ("scheme", "factor"), [("forward", 10), ("central", 100), ("complex", 100)]
)
def test_a_ten_times_smaller_step_divides_the_error_by_the_order(scheme, factor):
    large, small = (abs(derivative(np.exp, 1.0, h=h, scheme=scheme) - math.e) for h in (0.1, 0.01))
    assert large / small == pytest.approx(factor, rel=0.1)


def test_below_its_best_step_a_real_difference_gets_worse_and_a_complex_one_does_not():
    error = {
        (scheme, h): abs(derivative(np.exp, 1.0, h=h, scheme=scheme) - math.e)
        for scheme in ("central", "complex")
        for h in (1e-5, 1e-12)
    }
    assert error["central", 1e-12] > 1e3 * error["central", 1e-5]
    assert error["complex", 1e-12] <= 2 * EPSILON


def test_the_derivative_of_the_absolute_value_at_its_kink_depends_on_the_side():
    assert derivative(abs, 0.0, h=0.1, scheme="forward") == 1
    assert derivative(abs, 0.0, h=-0.1, scheme="forward") == -1
    assert derivative(abs, 0.0) == 0  # a number, though there is no derivative


def test_the_run_is_the_distance_that_rounding_has_left():
    for x in (1 / 3, 1e3 / 7):
        for scheme in ("forward", "central"):
            assert derivative(lambda x: x, x, h=1e-12, scheme=scheme) == 1


def test_a_step_that_only_one_side_can_see_is_a_step():
    assert derivative(lambda x: x, 1.0, h=1e-16) == 1  # 1 + 1e-16 is 1, and 1 - 1e-16 is not


def test_a_slope_beyond_all_doubles_is_refused_at_a_number_and_in_an_array():
    for x in (0.0, [0.0]):
        with pytest.raises(ValueError, match="the slope holds nan or inf"):
            derivative(lambda x: 1e308 * np.sign(x), x)


def test_an_array_of_places_or_of_steps_gives_an_array_of_slopes():
    np.testing.assert_allclose(derivative(np.sin, [[0.0, 1.0]]), np.cos([[0.0, 1.0]]), rtol=1e-9)
    steps = np.array([1.0, 0.5])
    assert derivative(lambda x: x * x, 1.0, h=steps, scheme="forward").tolist() == [3.0, 2.5]


def test_the_slope_of_a_number_is_a_plain_float():
    assert type(derivative(np.sin, 1)) is float


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ((np.sin, math.nan), ValueError, "x holds nan"),
        ((np.sin, "1"), TypeError, "x must hold real numbers"),
        ((3.0, 1.0), TypeError, "f must be a function"),
        ((np.log, -1.0), ValueError, r"f\(x \+ h\) holds nan"),
        ((lambda x: np.log(x - 1), 1.0), ValueError, "f beside x holds nan"),
        ((lambda z: math.nan * z, 1.0, None, "complex"), ValueError, r"Im f\(x \+ ih\) holds nan"),
        ((lambda x: 1 / np.abs(x - 1), 1.0, 0.0), ValueError, "h must not be zero"),
        ((np.sin, 1.0, 1e-17), ValueError, "h is too small"),
        ((np.sin, 1.0, math.inf), ValueError, "h holds nan or inf"),
        ((np.sin, 1.0, 0.1, "backward"), ValueError, "scheme must be one of"),
    ],
)
def test_what_has_no_quotient_is_refused(arguments, error, words):
    f, x, h, scheme = (*arguments, None, "central")[:4] if len(arguments) < 4 else arguments
    scheme = scheme or "central"
    with pytest.raises(error, match=words):
        derivative(f, x, h=h, scheme=scheme)


# A function that changes on the scale of its small x, and its slope there.
@pytest.mark.parametrize("scheme", TOLERANCE)
@pytest.mark.parametrize("x", [1e-3, -1e-5, 1e-6, 1e-12, 1e-100])
def test_the_step_shrinks_with_x_where_the_function_does(x, scheme):
    for f, slope in [(lambda t: 1 / t, -1 / x / x), (lambda t: np.log(t * t), 2 / x)]:
        assert derivative(f, x, scheme=scheme) == pytest.approx(slope, rel=TOLERANCE[scheme])


@pytest.mark.parametrize("x", [1e-3, 1e-6, 1e-12])
def test_the_step_does_not_shrink_where_the_function_stays_large(x):
    for f, slope in [(np.exp, math.exp(x)), (np.cos, -math.sin(x)), (lambda t: 1e3 + t, 1.0)]:
        assert derivative(f, x) == pytest.approx(slope, abs=1e-7)  # 1e-13 of 1e3, over 6e-6


def test_a_function_that_raises_beyond_its_end_is_asked_on_the_scale_of_x():
    assert derivative(math.log, 1e-6) == pytest.approx(1e6, rel=1e-9)  # 1e-6 - 6e-6 is below 0


def test_each_place_of_an_array_has_its_own_step():
    x = np.array([1e-5, 2.0, 1e-200])
    assert derivative(np.log, x) * x == pytest.approx(1, rel=1e-8)


# --- collected by test_bad_input.py

NAN, INF = math.nan, math.inf
BAD = [
    (derivative, (3.0, 1.0), {}, TypeError, "f", "must be a function"),
    (derivative, (np.log, -1.0), {}, ValueError, "f", "nan or inf"),
    (derivative, (np.sin, NAN), {}, ValueError, "x", "nan or inf"),
    (derivative, (np.sin, "1"), {}, TypeError, "x", "real numbers"),
    (derivative, (np.sin, []), {}, ValueError, "x", "empty"),
    (derivative, (np.sin, 1.0), {"h": 0}, ValueError, "h", "not be zero"),
    (derivative, (np.sin, 1.0), {"h": 1e-17}, ValueError, "h", "too small"),
    (derivative, (np.sin, 1.0), {"h": INF}, ValueError, "h", "nan or inf"),
    (derivative, (np.sin, 1.0), {"scheme": "best"}, ValueError, "scheme", "one of forward"),
]
