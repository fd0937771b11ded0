"""A function and its projection: what is drawn and said, by least squares from scratch."""

import csv
import math
from importlib import resources

import numpy as np
import pytest
from matplotlib.text import Text

from explorers.drawn import (
    assert_true,
    drawn,
    every_value,
    numbers,
    part,
    points,
    set_to,
)
from explorers.pictures import Pictures
from mlmath_helpers.explorers import linear_algebra as explorers

X = (2 * np.arange(365) + 1) / 730


def highs():
    file = resources.files("mlmath_helpers.datasets") / "seattle_weather.csv"
    with file.open(encoding="utf-8") as rows:
        days = [row for row in csv.DictReader(rows) if row["date"].startswith("2013")]
    T = np.array([float(day["temp_max"]) for day in days])
    return (T - T.mean()) / 10


TARGETS = {
    "Seattle's highs of 2013": highs(),
    "a jump": np.where(X < 0.499, -1.0, np.where(X > 0.501, 1.0, 0.0)),
    "a corner": np.interp(X, [0, 0.5, 1], [-1, 1, -1]),
    "a rising curve": 2 * (np.exp(3 * X) - 1) / (np.exp(3) - 1) - 1,
}
ANGLES = 2 * np.pi * np.outer(X, np.arange(16))  # of 0 to 15 waves
BASES = {
    "sines and cosines": np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=2).reshape(365, 32),
    "polynomials": np.polynomial.chebyshev.chebvander(2 * X - 1, 30),
}
BASES["sines and cosines"] = np.delete(BASES["sines and cosines"], 1, axis=1)  # the sine of 0


@pytest.fixture
def moved(made):
    return made(explorers.function_projection)


def nearest(target, family, n):
    """Return the nearest combination of the first n functions, without any right angle."""
    f, A = TARGETS[target], BASES[family][:, :n]
    return A @ np.linalg.lstsq(A, f)[0] if n else np.zeros(365)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("family", BASES)
def test_the_projection_is_the_nearest_combination_and_the_numbers_are_its(moved, target, family):
    set_to(moved, target=target, family=family)
    f = TARGETS[target]
    shares = []
    for n in range(32):
        set_to(moved, n=n)
        fit = nearest(target, family, n)
        np.testing.assert_allclose(points(moved, "function"), np.stack([X, f], 1), atol=1e-12)
        np.testing.assert_allclose(points(moved, "projection")[:, 1], fit, atol=1e-9)
        np.testing.assert_allclose(points(moved, "rest")[:, 1], f - fit, atol=1e-9)
        shares.append(1 - ((f - fit) ** 2).sum() / (f**2).sum())
        assert points(moved, "curve") == pytest.approx(np.stack([range(n + 1), shares], axis=1))
        assert points(moved, "dot")[0] == pytest.approx([n, shares[n]], abs=1e-12)
        assert points(moved, "gap")[:, 1] == pytest.approx([shares[n], 1], abs=1e-12)
        said = numbers(moved.sentence.replace("highs of 2013", "highs"))
        size = np.sqrt(((f - fit) ** 2).mean()) * (10 if "°C" in moved.sentence else 1)
        slack = 0.051 if "°C" in moved.sentence else 0.0011
        assert said[-1] == pytest.approx(size, abs=slack)
        assert said[0] == n
        if n == 0:
            assert moved.sentence.startswith(f"0 functions hold nothing of {target}; ")
            continue
        assert said[1] == pytest.approx(shares[n], abs=0.00051 if shares[n] < 0.9995 else 0.001)
        assert f"% of {target}" in moved.sentence
        if n > 1:
            assert said[-2] == pytest.approx(shares[n] - shares[n - 1], abs=0.00051)


def test_the_last_function_is_named_as_what_it_is(moved):
    names = []
    for n in (2, 3, 4, 31):
        set_to(moved, n=n)
        names.append(moved.sentence.split("the last (")[1].split(")")[0])
    assert names == ["cosine, 1 wave", "sine, 1 wave", "cosine, 2 waves", "sine, 15 waves"]
    set_to(moved, family="polynomials")
    assert "the last (degree 30) " in moved.sentence
    set_to(moved, n=1)
    assert moved.sentence.startswith("1 function, the constant, holds ")


def test_the_curve_never_falls_and_shows_no_more_than_was_asked_for(moved):
    for n in every_value(moved.controls["n"]):
        set_to(moved, n=n)
        assert len(points(moved, "curve")) == n + 1
        assert (np.diff(points(moved, "curve")[:, 1]) >= 0).all()


def test_nothing_is_called_all_of_it_that_is_not(moved):
    set_to(moved, target="a rising curve", family="polynomials", n=5)
    assert "5 polynomials hold over 99.9% of" in moved.sentence


def test_even_functions_hold_nothing_of_the_jump_and_odd_ones_nothing_of_the_corner(moved):
    set_to(moved, n=31)
    for target, nothing in (("a jump", slice(1, None, 2)), ("a corner", slice(2, None, 2))):
        set_to(moved, target=target)
        shares = np.diff(points(moved, "curve")[:, 1])  # of function 1, the constant, and so on
        assert shares[nothing] == pytest.approx(0, abs=1e-12)
        assert shares.sum() > 0.97


def test_on_the_jump_the_overshoot_of_the_waves_does_not_shrink(moved):
    set_to(moved, target="a jump")
    for n in (11, 19, 31):
        set_to(moved, n=n)
        assert points(moved, "projection")[:, 1].max() == pytest.approx(1.18, abs=0.03)


def test_pulling_the_share_captured_takes_more_functions_or_fewer(moved):
    for x, n in [(-0.8, 0), (0.4, 0), (6.6, 7), (31.8, 31)]:
        moved.drag("share captured", x, 0.5)
        assert moved.controls["n"].value == n
    assert moved.controls["family"].value == "sines and cosines"


def spike(x):
    return 1e5 if x > 0.99 else 0


OWN = {
    "a square": (lambda x: x * x, X**2),
    "a logarithm": (math.log, np.log(X)),
    "numpy's": (np.cos, np.cos(X)),
    "a constant": (lambda x: -3, np.full(365, -3.0)),
    "high": (spike, np.where(X > 0.99, 1e5, 0)),
    "low": (lambda x: 2e-5 * (x - 0.3), 2e-5 * (X - 0.3)),
    "true or false": (lambda x: x < 0.5, np.where(X < 0.5, 1.0, 0.0)),
}


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("family", BASES)
def test_a_function_of_ones_own_is_projected(own, name, family):
    given, f = OWN[name]
    explorer = own(explorers.function_projection, given)
    assert list(explorer.controls) == ["n", "family"]
    set_to(explorer, family=family)
    texts = " ".join(text.get_text() for text in explorer.figure.findobj(Text))
    assert "Seattle" not in texts
    for n in (0, 1, 2, 7, 31):
        words = set_to(explorer, n=n)
        A = BASES[family][:, :n]
        fit = A @ np.linalg.lstsq(A, f)[0] if n else np.zeros(365)
        size = np.abs(f).max()
        for gid, expected in (("function", f), ("projection", fit), ("rest", f - fit)):
            np.testing.assert_allclose(points(explorer, gid)[:, 0], X, atol=1e-12)
            np.testing.assert_allclose(points(explorer, gid)[:, 1], expected, atol=1e-9 * size)
            low, high = part(explorer, gid).axes.get_ylim()
            assert low < expected.min() <= expected.max() < high
        share = 1 - ((f - fit) ** 2).sum() / (f**2).sum()
        assert points(explorer, "dot")[0] == pytest.approx([n, share], abs=1e-9)
        missing = np.sqrt(((f - fit) ** 2).mean())
        if missing < 1e-12 * size:
            assert words.endswith("; typically next to nothing is left.")
        else:
            assert numbers(words)[-1] == pytest.approx(missing, rel=0.0051)
        if n:
            assert numbers(words)[1] == pytest.approx(min(share, 0.9995), abs=0.00051)
            assert "% of f" in words
        else:
            assert words.startswith("0 functions hold nothing of f; ")


def test_the_picture_of_ones_own_function_is_a_full_draw_and_its_handle_keeps_still(own):
    explorer = drawn(own(explorers.function_projection, spike))
    (handle,) = explorer.handles
    for state in ({"n": 0}, {"n": 31}, {"n": 12, "family": "polynomials"}):
        set_to(explorer, **state)
        assert_true(explorer)
        values = explorer._values()
        assert explorer._wanted(handle, handle.at(**values), values) == values
    call = "explorers.function_projection(f, n=12, family='polynomials')"
    assert explorer.picture.call == call


@pytest.mark.parametrize(
    ("f", "kind", "message"),
    [
        (np.ones(365), TypeError, "f must be a function, not array"),
        (
            lambda x: [x, x],
            ValueError,
            r"f must return one number for each x, but f\(0.0014\) is of",
        ),
        (lambda x: 1j * x, TypeError, "f must return a real number for each x, not "),
        (lambda x: None, TypeError, "f must return a real number for each x, not None"),
        (
            lambda x: np.inf if x > 0.5 else 1,
            ValueError,
            r"f must be finite between 0 and 1, but f\(0.5027\) is inf",
        ),
        (lambda x: 0, ValueError, "f must have a largest value between 1e-6 and 1e6 .* not 0; a"),
        (lambda x: 1e9 * x, ValueError, r"f must have a largest value between .* not 9.99e\+08"),
    ],
)
def test_what_is_no_function_to_be_shown_is_refused(f, kind, message):
    with pytest.raises(kind, match=message):
        explorers.function_projection(f)


def test_ones_own_function_and_one_of_the_course_are_not_asked_for_together():
    with pytest.raises(TypeError, match="f says what target is; give one of them"):
        explorers.function_projection(math.sin, target="a jump")


class TestPictures(Pictures):
    figures = (explorers.function_projection,)
