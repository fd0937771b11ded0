"""Secant and tangent, and the error of a difference quotient, against slopes by hand."""

import itertools

import numpy as np
import pytest

from explorers.drawn import every_value, numbers, part, points, runs_through, set_to
from explorers.pictures import Pictures
from mlmath_helpers.explorers import calculus as explorers


@pytest.mark.parametrize("h", [0.02, 0.5, 2.0])
@pytest.mark.parametrize("x", [-2.0, 0.0, 1.0])
def test_the_secant_passes_through_two_points_and_the_tangent_touches(made, h, x):
    explorer = made(explorers.secant, h=h, x=x)

    def f(x):
        return x**3 / 3 - x

    (x0, x1), (y0, y1) = points(explorer, "points").T
    assert (x0, x1) == pytest.approx((x, x + h))
    assert (y0, y1) == pytest.approx((f(x), f(x + h)), abs=1e-12)
    line, tangent = points(explorer, "secant").T, points(explorer, "tangent").T
    assert np.interp([x, x + h], *line) == pytest.approx([f(x), f(x + h)], abs=1e-9)
    slope = x**2 - 1  # by hand
    assert np.diff(tangent[1]) / np.diff(tangent[0]) == pytest.approx(np.full(140, slope), abs=1e-8)
    quotient = x**2 - 1 + x * h + h**2 / 3
    assert points(explorer, "dot").T.ravel() == pytest.approx([h, quotient], abs=1e-9)
    said = numbers(explorer.sentence)
    assert said[:2] == [x, h]
    assert said[2] == pytest.approx(quotient, abs=6e-4)
    assert said[4] == pytest.approx(slope, abs=6e-4)


@pytest.mark.parametrize("epsilon", [0.05, 0.4, 1.0])
@pytest.mark.parametrize("x", [-1.5, 0.0, 1.0])
def test_delta_is_the_step_up_to_which_the_slope_is_close(made, x, epsilon):
    explorer = made(explorers.secant, x=x, epsilon=epsilon)
    # by hand: the worse side has |x| h + h²/3 = epsilon
    delta = (-3 * abs(x) + np.sqrt(9 * x**2 + 12 * epsilon)) / 2
    said = numbers(explorer.sentence)[-1]
    assert delta - 0.0051 < said <= delta  # a grid of 0.005; never more than is true


@pytest.mark.parametrize("epsilon", [0.05, 0.4, 1.0])
@pytest.mark.parametrize("x", [-2.0, -0.6, 0.0, 0.3, 1.0])
def test_the_name_of_the_band_stands_beside_the_picture_where_no_line_runs(made, x, epsilon):
    explorer = made(explorers.secant, x=x, epsilon=epsilon)
    right = explorer.figure.axes[1]
    (name,) = (text for text in right.texts if text.get_text() == "f'(x) ± ε")
    box, band = name.get_window_extent(), part(explorer, "band")
    assert right.bbox.x1 < box.x0 < box.x1 < explorer.figure.bbox.x1
    middle = band.get_y() + band.get_height() / 2
    assert name.get_position()[1] == pytest.approx(middle)
    assert middle == pytest.approx(x**2 - 1, abs=1e-8)


def test_the_name_of_the_step_stands_on_no_line(made):
    explorer = made(explorers.secant)
    left = explorer.figure.axes[0]
    for h in every_value(explorer.controls["h"])[::6]:
        for x in every_value(explorer.controls["x"])[::4]:
            set_to(explorer, h=h, x=x, epsilon=0.4)
            name = part(explorer, "run")
            assert name.get_text() == f"h = {h:.2f}"
            box = name.get_window_extent()
            assert left.bbox.x0 < box.x0 < box.x1 < left.bbox.x1
            assert left.bbox.y0 < box.y0 < box.y1 < left.bbox.y1
            for line in ("curve", "secant", "tangent", "points"):
                assert not runs_through(box, part(explorer, line)), (h, x, line)


def test_the_verdict_of_the_secant_turns_where_the_slope_leaves_the_band(made):
    # by hand, at x = -1.5 to the right: 1.5 h - h²/3 = 0.4 (to the left, at δ, it is sooner)
    leaves = (4.5 - np.sqrt(20.25 - 4.8)) / 2
    for h in (0.1, 0.28, 0.3, 0.5):
        verdict = "within" if h < leaves else "not within"
        assert f", {verdict} ε = 0.40 of the tangent's" in made(explorers.secant, h=h).sentence


@pytest.mark.parametrize(
    ("scheme", "exponent", "verdict"),
    [
        ("forward", -3.0, "truncation, 1e-3, rules over round-off, 1e-13."),  # h/x, u x/h
        ("forward", -8.0, "about equal, near the best h"),
        ("forward", -12.0, "round-off, 1e-4, rules over truncation, 1e-12."),
        ("central", -3.0, "truncation, 1e-6, rules over round-off, 1e-13."),  # (h/x)², u x/h
        ("central", -5.5, "about equal, near the best h"),
        ("central", -8.0, "round-off, 1e-8, rules over truncation, 1e-16."),
        ("complex", -12.0, "a smaller h does no harm"),
    ],
)
def test_the_verdict_on_a_step_names_what_is_larger(made, scheme, exponent, verdict):
    explorer = made(explorers.finite_difference_error, scheme=scheme, exponent=exponent)
    assert verdict in explorer.sentence


@pytest.mark.parametrize("exponent", [-6.0, -3.0, -1.0])
def test_the_error_drawn_is_that_of_the_quotient(made, exponent):
    explorer = made(explorers.finite_difference_error, exponent=exponent)
    h = 10**exponent
    # by hand, (1/(x + h) - 1/x) / h = -1 / (x (x + h)): off by h / (x + h) of itself
    assert points(explorer, "dot").T[1, 0] == pytest.approx(h / (0.7 + h), rel=1e-3)
    grid, errors = points(explorer, "errors").T
    large = grid > 1e-6
    np.testing.assert_allclose(errors[large], (grid / (0.7 + grid))[large], rtol=1e-3)


def test_the_errors_are_drawn_only_for_the_steps_that_lie_behind(made):
    for scheme in ("forward", "central", "complex"):
        for exponent in (-15.0, -8.0, -3.0):
            explorer = made(explorers.finite_difference_error, scheme=scheme, exponent=exponent)
            for gid in ("errors", "truncation", "round-off"):
                assert points(explorer, gid).T[0].min() == pytest.approx(10**exponent, rel=1e-6)


def test_no_name_of_an_error_stands_where_a_step_can_come(made):
    explorer = made(explorers.finite_difference_error)
    (axes,) = explorer.figure.axes
    for scheme in ("forward", "central", "complex"):
        set_to(explorer, scheme=scheme)
        boxes = [text.get_window_extent() for text in axes.texts if text.get_visible()]
        assert len(boxes) == (2 if scheme == "complex" else 3)
        for box in boxes:
            assert axes.bbox.x1 < box.x0 < box.x1 <= explorer.figure.bbox.x1
        for one, other in itertools.combinations(boxes, 2):
            assert not one.overlaps(other)


def test_the_digits_that_are_said_are_right(made):
    for exponent, digits in [(-1.0, 1), (-3.0, 3), (-5.0, 5)]:
        explorer = made(explorers.finite_difference_error, exponent=exponent)
        assert f"about {digits} digit" in explorer.sentence


def test_what_is_said_of_a_step_agrees_with_the_error_at_every_state(made):
    explorer = made(explorers.finite_difference_error)
    x, u = 0.7, 2.0**-53
    for scheme in ("forward", "central", "complex"):
        finest = np.inf
        for exponent in every_value(explorer.controls["exponent"])[::-1]:
            words = set_to(explorer, scheme=scheme, exponent=exponent)
            h, error = 10**exponent, points(explorer, "dot")[0, 1]
            digits = numbers(words.partition("gets about ")[2])[0]
            assert abs(digits + np.log10(max(error, u))) < 0.501
            if scheme == "complex":
                assert error <= finest + 2 * u, "a smaller h does no harm"
                finest = min(finest, error)
                continue
            cut, lost = (h / x) ** (1 if scheme == "forward" else 2), u * x**2 / h
            rules = "truncation" if cut > 3 * lost else "round-off" if lost > 3 * cut else "about"
            assert (f": {rules}, " in words) if rules != "about" else "about equal" in words
            # The larger error is the size of the whole one, unless luck is named.
            share = error / max(cut, lost)
            assert share < 3
            assert ("by luck" in words) == (rules == "round-off" and share < 0.1)
            assert share > 0.1 or rules == "round-off"


def test_the_verdict_of_the_secant_and_its_delta_are_true_at_every_state(made):
    explorer = made(explorers.secant)
    h = np.linspace(-2, 2, 4001)
    for x in every_value(explorer.controls["x"])[::3]:
        off = np.abs(x * h + h**2 / 3)  # by hand: the slope over h, less that of the tangent
        for epsilon in every_value(explorer.controls["epsilon"]):
            words = set_to(explorer, x=x, epsilon=epsilon, h=0.5)
            delta = numbers(words)[-1]
            assert delta > 0
            assert (off[np.abs(h) < delta - 1e-9] < epsilon + 1e-12).all()
            own = abs(x * 0.5 + 0.25 / 3)
            if abs(own - epsilon) > 1e-9:
                assert (", within" in words) == (own < epsilon)
            assert ("not within" in words) == (", within" not in words)


def test_both_points_of_the_secant_are_in_the_picture(made):
    explorer = made(explorers.secant)
    axes = explorer.figure.axes[0]
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    for x in every_value(explorer.controls["x"])[::5]:
        for h in every_value(explorer.controls["h"])[::9]:
            set_to(explorer, x=x, h=h)
            places = points(explorer, "points")
            assert ((left < places[:, 0]) & (places[:, 0] < right)).all()
            assert ((low < places[:, 1]) & (places[:, 1] < high)).all()


class TestPictures(Pictures):
    figures = (explorers.secant, explorers.finite_difference_error)
