"""Gradient descent against the article and the theory, and the landscapes to walk down."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import rosen, rosen_der

from inputs import reference
from mlmath_helpers.calculus import (
    DivergenceError,
    bowl,
    check_gradient,
    gradient_descent,
    rosenbrock,
    saddle,
    steepest_descent,
)

# --- the article's function ---


def article_gradient_descent(f, grad_f, x0, learning_rate=0.01, max_iter=1000, tol=1e-6):
    x = x0
    for _ in range(max_iter):
        gradient = grad_f(x)
        x_new = x - learning_rate * gradient
        if np.linalg.norm(x_new - x) < tol:
            break
        x = x_new
    return x


def parabola(x):
    return x**2


def slope(x):
    return 2 * x


def test_the_articles_example_ends_one_step_nearer_to_the_minimum():
    theirs = article_gradient_descent(parabola, slope, x0=10.0)
    ours = gradient_descent(parabola, slope, x0=10.0)
    assert f"{theirs:.6f}" == "0.000049"
    assert ours == pytest.approx(theirs * 0.98, rel=1e-12)
    path = steepest_descent(slope, [10.0], learning_rate=0.01, n_steps=606)[:, 0]
    assert [path[605], path[606]] == [theirs, ours]


def test_divergence_is_an_error_where_the_article_returns_the_point():
    assert article_gradient_descent(parabola, slope, 10.0, learning_rate=1.01) > 1e9
    with pytest.raises(DivergenceError, match="f is no lower after 1000 steps"):
        gradient_descent(parabola, slope, 10.0, learning_rate=1.01)


@pytest.mark.parametrize("grad", [slope, lambda x: math.exp(float(np.abs(x).max()))])
def test_a_walk_that_leaves_the_numbers_says_so(grad):
    with pytest.raises(DivergenceError, match=r"diverged.*smaller learning_rate"):
        gradient_descent(parabola, grad, 1.0, learning_rate=100.0)


def test_the_edge_between_convergence_and_divergence_is_two_over_the_curvature():
    assert abs(gradient_descent(parabola, slope, 10.0, learning_rate=0.99)) < 1e-5
    with pytest.raises(DivergenceError):  # from side to side for ever
        gradient_descent(parabola, slope, 10.0, learning_rate=1.0)


def test_descent_takes_vectors_and_returns_them():
    start = np.array([-1.2, 1.0])
    end = gradient_descent(rosen, rosen_der, start, learning_rate=0.001, max_iter=50000, tol=1e-9)
    np.testing.assert_allclose(end, [1, 1], atol=1e-5)
    assert start.tolist() == [-1.2, 1.0]
    assert type(gradient_descent(parabola, slope, 3)) is float


def test_a_start_at_the_minimum_stays_there():
    assert gradient_descent(parabola, slope, 0.0) == 0


# --- theory ---


@given(
    st.lists(st.floats(0.1, 10), min_size=1, max_size=4),
    st.floats(0.01, 0.19),
)
def test_on_a_quadratic_each_direction_shrinks_by_its_own_factor(curvatures, learning_rate):
    a = np.array(curvatures)
    path = steepest_descent(
        lambda x: a * x, np.ones(len(a)), learning_rate=learning_rate, n_steps=20
    )
    factors = (1 - learning_rate * a) ** np.arange(21)[:, None]
    np.testing.assert_allclose(path, factors, atol=1e-12)


# --- landscapes ---

MGH = reference("mgh_functions.json")
SURFACES = {
    "rosenbrock": rosenbrock(),
    "bowl": bowl((2.0, 7.0), centre=(0.5, -1.0)),
    "saddle": saddle(),
}

POINTS = [(0.3, -0.7), (-1.2, 1.0), (2.0, 2.0)]


def test_rosenbrock_has_the_published_value_gradient_and_hessian():
    published, ours = MGH["functions"]["rosen"], rosenbrock()
    for place in ("x0", "x1"):
        point = np.array(published[place], dtype=float)
        assert ours.height(point) == pytest.approx(published[f"f_{place}"], rel=1e-12)
        np.testing.assert_allclose(ours.gradient(point), published[f"grad_{place}"], rtol=1e-12)
    np.testing.assert_allclose(ours.hessian(published["x0"]), published["hess_x0"], rtol=1e-12)


@pytest.mark.parametrize("name", SURFACES)
@pytest.mark.parametrize("point", POINTS)
def test_each_gradient_and_hessian_is_the_slope_of_what_it_claims(name, point):
    surface = SURFACES[name]
    assert check_gradient(surface.height, surface.gradient, point) < 1e-8
    for i in range(2):
        assert (
            check_gradient(
                lambda x, i=i: surface.gradient(x)[i],
                lambda x, i=i: surface.hessian(x)[i],
                point,
            )
            < 1e-8
        )


@pytest.mark.parametrize("name", SURFACES)
def test_the_minimum_is_level_and_no_lower_point_is_on_a_grid(name):
    surface = SURFACES[name]
    assert np.all(surface.gradient(surface.minimum) == 0)
    assert np.linalg.eigvalsh(surface.hessian(surface.minimum)).min() > 0
    grid = np.array(np.meshgrid(np.linspace(-3, 3, 61), np.linspace(-3, 3, 61)))
    assert surface.height(grid).min() >= surface.height(surface.minimum)


def test_the_pass_of_the_saddle_goes_up_one_way_and_down_the_other():
    assert saddle().gradient([0.0, 0.0]).tolist() == [0, 0]
    assert np.linalg.eigvalsh(saddle().hessian([0.0, 0.0])).tolist() == [-1, 1]


def test_a_bowl_refuses_a_direction_without_upward_curvature():
    with pytest.raises(ValueError, match="curvatures must be above 0"):
        bowl((1.0, 0.0))
    with pytest.raises(TypeError, match="centre must hold real numbers"):
        bowl((1.0, 1.0), centre=("a", 0))


def test_a_walk_that_stands_still_has_arrived_even_with_no_tolerance():
    assert gradient_descent(lambda x: x**2, lambda x: 2 * x, 0.0, tol=0) == 0
    start = np.array([1.0, 2.0])
    end = gradient_descent(lambda x: (x - start) @ (x - start), lambda x: x - start, start, tol=0)
    assert end.tolist() == [1, 2]


def test_a_walk_that_jumps_to_and_fro_has_not_arrived():
    with pytest.raises(DivergenceError, match="overshoot"):
        gradient_descent(lambda x: x**2, lambda x: 2 * x, 1.0, learning_rate=1.0, tol=0)


# --- collected by test_bad_input.py

NAN, INF = math.nan, math.inf
BAD = [
    (gradient_descent, (3, np.sin, 1.0), {}, TypeError, "f", "must be a function"),
    (gradient_descent, (np.cos, 3, 1.0), {}, TypeError, "grad_f", "must be a function"),
    (gradient_descent, (np.cos, np.sin, "1"), {}, TypeError, "x0", "real numbers"),
    (gradient_descent, (np.cos, np.sin, INF), {}, ValueError, "x0", "nan or inf"),
    (gradient_descent, (np.cos, np.sin, 1.0, 0), {}, ValueError, "learning_rate", "above 0"),
    (gradient_descent, (np.cos, np.sin, 1.0, 1, 0), {}, ValueError, "max_iter", "at least 1"),
    (gradient_descent, (np.cos, np.sin, 1.0, 1, 2.5), {}, TypeError, "max_iter", "whole number"),
    (gradient_descent, (np.cos, np.sin, 1.0, 1, 9, -1), {}, ValueError, "tol", "at least 0"),
    (
        gradient_descent,
        (np.square, np.positive, 1.0, 3),
        {},
        DivergenceError,
        "learning_rate",
        "smaller",
    ),
    (rosenbrock, (2,), {}, TypeError, "rosenbrock", "0 positional"),
    (saddle, (2,), {}, TypeError, "saddle", "0 positional"),
    (bowl, ((1.0, 0.0),), {}, ValueError, "curvatures", "above 0"),
    (bowl, ((1.0, 2.0, 3.0),), {}, ValueError, "curvatures", "two numbers"),
    (bowl, ((1.0, 2.0), (NAN, 0.0)), {}, ValueError, "centre", "nan or inf"),
]
