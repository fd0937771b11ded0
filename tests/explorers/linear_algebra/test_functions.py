"""A function and its projection: what is drawn and said, by least squares from scratch."""

import csv
from importlib import resources

import numpy as np
import pytest
from matplotlib.text import Text

from explorers.drawn import every_value, numbers, points, set_to
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
    texts = [text.get_text() for text in moved.figure.findobj(Text)]
    assert "captured: over 99.9%" in texts
    assert "left (dashed): under 0.1%" in texts
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


class TestPictures(Pictures):
    figures = (explorers.function_projection,)
