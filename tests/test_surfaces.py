"""The landscapes: heights, gradients and Hessians against published values and each other."""

import json
import pathlib

import numpy as np
import pytest

from mlmath_helpers.calculus import check_gradient
from mlmath_helpers.calculus import bowl, rosenbrock, saddle

MGH = json.loads((pathlib.Path(__file__).parent / "reference" / "mgh_functions.json").read_text())
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
