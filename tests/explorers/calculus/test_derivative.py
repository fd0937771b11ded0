"""Secant and tangent, against slopes by hand."""

import math

import numpy as np
import pytest

from explorers.drawn import (
    assert_true,
    every_value,
    numbers,
    part,
    points,
    random_state,
    runs_through,
    set_to,
)
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


@pytest.mark.parametrize(("x", "to"), [(-1.5, -0.5), (-2.0, 1.0), (0.25, -1.75), (1.0, 0.0)])
def test_the_points_of_the_secant_are_pulled_along_the_curve(made, x, to):
    explorer = made(explorers.secant, x=x, h=0.5)
    explorer.drag("first point", to, 5.0)  # a hand above the curve
    assert explorer._values() == {"h": 0.5, "x": to, "epsilon": 0.4}
    explorer.drag("second point", to + 1.3, -3.0)
    assert explorer._values() == {"h": 1.3, "x": to, "epsilon": 0.4}
    explorer.drag("second point", to - 0.5, 0.0)  # the second point stays to the right
    assert explorer._values()["h"] == 0.02


@pytest.mark.parametrize("x", [-2.0, -0.5, 1.0])
def test_the_band_is_pulled_open_from_the_slope_of_the_tangent(made, x):
    explorer = made(explorers.secant, x=x)
    slope = x**2 - 1  # by hand
    explorer.drag("edge of the band", 0.0, slope + 0.7)
    assert explorer._values()["epsilon"] == 0.7
    explorer.drag("edge of the band", 0.0, slope - 2.0)
    assert explorer._values()["epsilon"] == 0.05


def parabola(x):
    if not isinstance(x, float):
        raise TypeError("one number at a time")
    return 3 * x * x - x + 1 if x > 2 else 3 * math.pow(x, 2) - x + 1


OWN = {  # a function, its interval, and its slope by hand
    "parabola": (parabola, (0, 3.5), lambda x: 6 * x - 1),
    "logarithm": (math.log, (0.1, 50), lambda x: 1 / x),
    "large and negative": (lambda x: -1e6 * np.sin(x), (-20, -6), lambda x: -1e6 * np.cos(x)),
    "tiny": (lambda x: 1e-7 * np.exp(x), (0, 0.001), lambda x: 1e-7 * np.exp(x)),
    "level": (lambda x: 7, None, lambda x: 0.0),
}


@pytest.fixture(scope="module", params=OWN)
def own(request):
    f, interval, slope = OWN[request.param]
    explorer = explorers.secant(f, interval)
    yield explorer, f, interval or (-3, 3), slope
    explorer.close()


def test_secant_and_tangent_of_a_function_of_ones_own_are_its_own(own):
    explorer, f, (low, high), slope = own
    rng = np.random.default_rng(0)
    axes = explorer.figure.axes
    for _ in range(6):
        state = random_state(explorer, rng)
        set_to(explorer, **state)
        h, x = state["h"], state["x"]
        (x0, x1), heights = points(explorer, "points").T
        assert (x0, x1) == pytest.approx((x, x + h))
        assert low <= x0 - every_value(explorer.controls["h"])[-1] + 1e-9 < x1 <= high + 1e-9
        assert heights == pytest.approx([f(x), f(x + h)], rel=1e-9)
        quotient, rise = (f(x + h) - f(x)) / h, slope(x)
        size = np.ptp(axes[1].get_ylim())
        assert points(explorer, "dot")[0] == pytest.approx([h, quotient], abs=1e-6 * size)
        tangent = points(explorer, "tangent")
        risen = np.ptp(tangent[:, 1]) / np.ptp(tangent[:, 0])
        assert risen == pytest.approx(abs(rise), abs=1e-3 * size)
        for axis in axes:
            (left, right), (bottom, top) = axis.get_xlim(), axis.get_ylim()
            for gid in ("points", "dot"):
                if part(explorer, gid).axes is axis:
                    at = points(explorer, gid)
                    assert ((left < at[:, 0]) & (at[:, 0] < right)).all()
                    assert ((bottom < at[:, 1]) & (at[:, 1] < top)).all()
        verdict = "within" if abs(quotient - rise) < state["epsilon"] else "not within"
        said = explorer.sentence
        assert f", {verdict} ε = " in said
        shown = [float(n) for n in numbers(said)]
        assert shown[0] == pytest.approx(x)
        assert shown[1] == pytest.approx(h)
        assert shown[2] == pytest.approx(quotient, abs=2e-3 * size)
        assert shown[4] == pytest.approx(rise, abs=2e-3 * size)
        assert len(said) <= 180
    assert "x³" not in axes[0].get_title(loc="left")


def test_the_picture_of_a_function_of_ones_own_is_a_full_draw(own):
    explorer, *_ = own
    rng = np.random.default_rng(1)
    for _ in range(2):
        set_to(explorer, **random_state(explorer, rng))
        assert_true(explorer)


def test_the_handles_of_a_function_of_ones_own_move_it(own):
    explorer, f, *_ = own
    rng = np.random.default_rng(2)
    for _ in range(4):
        state, target = random_state(explorer, rng), random_state(explorer, rng)
        set_to(explorer, **state)
        explorer.drag("first point", target["x"], f(target["x"]))
        explorer.drag("second point", target["x"] + target["h"], f(target["x"]))
        assert explorer._values() == pytest.approx(target | {"epsilon": state["epsilon"]})


@pytest.mark.parametrize(
    ("f", "x"),
    [
        (abs, 0.0),
        (lambda x: float(x > 0.2), 0.2),
        (np.cbrt, 0.0),
        (lambda x: math.sqrt(abs(x)), 0.0),
    ],
)
def test_where_a_function_has_no_slope_there_is_no_tangent(f, x):
    explorer = explorers.secant(f, (-1, 1), x=x)
    assert explorer.sentence.endswith(
        "but there is no tangent: as h shrinks the slopes settle on no number."
    )
    for gid in ("tangent", "band", "window"):
        assert not part(explorer, gid).get_visible()
    assert_true(explorer)
    set_to(explorer, x=x - 0.1)
    assert " of the tangent's " in explorer.sentence
    assert part(explorer, "tangent").get_visible()
    explorer.close()


def test_a_function_of_ones_own_is_asked_before_it_is_drawn_and_never_again():
    asked = []

    def f(x):
        asked.append(x)
        return x * x

    explorer = explorers.secant(f, (0, 7))
    before = len(asked)
    assert {min(asked), max(asked)} == {0.0, 7.0}
    set_to(explorer, x=3.0, h=1.0)
    explorer.drag("first point", 4.0, 1.0)
    assert len(asked) == before
    explorer.close()


@pytest.mark.parametrize(
    ("f", "interval", "error", "words"),
    [
        (3, None, TypeError, r"f must be a function, not 3"),
        (math.log, None, ValueError, r"f\(-3\) gives no number \(ValueError: math domain error\)"),
        (np.log, (-1, 1), ValueError, r"f\(-1\) is nan, which cannot be drawn: give an interval"),
        (lambda x: 1 / x, (-3.5, 3.5), ValueError, r"f\(0\) gives no number \(ZeroDivisionError"),
        (lambda x: print(end=""), None, TypeError, r"f\(-3\) must be one real number, not None"),
        (lambda x: [x], None, TypeError, r"f\(-3\) must be one real number, not \[-3.0\]"),
        (lambda x: x + 1j, None, TypeError, r"f\(-3\) must be one real number"),
        (lambda x: 1e200, None, ValueError, r"f\(-3\) is 1e\+200, which cannot be drawn"),
        (lambda x, y: x, None, ValueError, r"f\(-3\) gives no number \(TypeError: .*'y'\)"),
        (abs, (1, 1), ValueError, r"interval must be two numbers, the smaller one first, not"),
        (abs, (3, 1), ValueError, r"interval must be two numbers, the smaller one first, not"),
        (abs, (1, 2, 3), ValueError, r"interval must be two numbers, the smaller one first, not"),
        (abs, (0, 1e-9), ValueError, r"interval must be from 1e-6 to 1e9 wide"),
        (abs, (1e8, 1e8 + 1), ValueError, r"no narrower than a millionth of its ends"),
        (abs, "ab", TypeError, r"interval must hold real numbers"),
        (None, (0, 1), ValueError, r"interval says where your f is shown: give f too"),
    ],
)
def test_what_no_secant_can_be_drawn_to_is_refused_in_words(f, interval, error, words):
    with pytest.raises(error, match=words):
        explorers.secant(f, interval)


class TestPictures(Pictures):
    figures = (explorers.secant,)
