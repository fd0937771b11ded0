"""The error of a difference quotient, against exact arithmetic and laws by hand."""

import itertools
from fractions import Fraction

import numpy as np
import pytest

from explorers.drawn import every_value, numbers, part, parts, points, set_to
from explorers.pictures import Pictures
from mlmath_helpers.explorers import calculus as explorers

X, U = 0.125, 2.0**-53  # the place, and how far a double is off at most, relatively
SCHEMES = ("forward", "central", "complex")


def shown(explorer, gid):
    """Return the artist with this gid that is drawn, of those for each scheme."""
    (artist,) = (a for a in parts(explorer.figure) if a.get_gid() == gid and a.get_visible())
    return artist


def unit(explorer):
    """Return what the picture says that a unit of its height is."""
    return numbers(part(explorer, "unit").get_text())[0]


def curve(explorer):
    """Return the dots of the curve, from left to right."""
    dots = points(explorer, "curve")
    return dots[dots[:, 0].argsort()]


def exact_error(h, scheme):
    """Return by how much the quotient of the two doubles is off, relatively, in exact numbers."""
    low, high = (X - h if scheme == "central" else X), X + h
    f_low, f_high = (Fraction(1 / (1 + x)) for x in (low, high))
    quotient = (f_high - f_low) / (Fraction(high) - Fraction(low))
    return float(quotient * -((1 + Fraction(X)) ** 2) - 1)


@pytest.mark.parametrize(
    ("scheme", "exponent", "verdict"),
    [
        (
            "forward",
            -3.0,
            "truncation, 1e-3, rules over round-off, 1e-13.",
        ),  # h/a, a u/h; a = 1 + x
        ("forward", -8.0, "about equal, near the best h"),
        ("forward", -12.0, "round-off, 1e-4, rules over truncation, 1e-12."),
        ("central", -3.0, "truncation, 1e-6, rules over round-off, 1e-13."),  # (h/a)², a u/h
        ("central", -5.25, "about equal, near the best h"),
        ("central", -8.0, "round-off, 1e-8, rules over truncation, 1e-16."),
        ("complex", -12.0, "a smaller h does no harm"),
    ],
)
def test_the_verdict_on_a_step_names_what_is_larger(made, scheme, exponent, verdict):
    explorer = made(explorers.finite_difference_error, scheme=scheme, exponent=exponent)
    assert verdict in explorer.sentence


@pytest.mark.parametrize("scheme", ["forward", "central"])
@pytest.mark.parametrize("exponent", [-15.0, -11.0, -8.0, -5.5, -3.0, -1.0])
def test_the_error_drawn_and_the_tilt_of_the_secant_are_those_of_the_quotient(
    made, scheme, exponent
):
    explorer = made(explorers.finite_difference_error, scheme=scheme, exponent=exponent)
    h = 10**exponent
    wrong = exact_error(h, scheme)
    assert points(explorer, "dot")[0] == pytest.approx([h, abs(wrong)], rel=1e-3, abs=2 * U)
    (t0, y0), (t1, y1) = points(explorer, "secant")
    tilt = (y1 - y0) / (t1 - t0) * unit(explorer) / h  # in true units
    assert tilt == pytest.approx(wrong / -(1.125**2), rel=1e-6, abs=2 * U)
    (off,) = numbers(part(explorer, "off").get_text())
    assert off == pytest.approx(points(explorer, "dot")[0, 1], rel=0.05)  # of two digits
    first = -1 if scheme == "central" else 0
    ends = points(explorer, "points")
    assert ends[:, 0].tolist() == [first, 1]
    assert np.interp(ends[:, 0], [t0, t1], [y0, y1]) == pytest.approx(ends[:, 1])
    exact = [t * h * exact_error(t * h, scheme) / -(1.125**2) for t, _ in curve(explorer) if t]
    drawn = [y * unit(explorer) for t, y in curve(explorer) if t]
    assert drawn == pytest.approx(exact, rel=1e-6, abs=4 * U * h)


@pytest.mark.parametrize("exponent", [-12.25, -11.0, -8.0])
def test_stairs_that_are_finer_than_the_places_look_like_noise(made, exponent):
    explorer = made(explorers.finite_difference_error, exponent=exponent)
    for gid in ("curve", "errors"):  # joined dots would show teeth that are not there
        assert shown(explorer, gid).get_linestyle() == "None"
    t, y = curve(explorer).T
    bow = (10**exponent * t) ** 2 / 1.125**3
    noise = y - bow / unit(explorer)
    assert noise.std() > 0.2
    for gap in range(1, 6):  # at regular places the stairs would beat with them
        assert abs(np.corrcoef(noise[gap:], noise[:-gap])[0, 1]) < 0.2


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_nearest_double_is_called_luck_where_it_was(made, scheme):
    explorer = made(explorers.finite_difference_error, scheme=scheme)
    h, errors = shown(explorer, "errors").get_data()
    exact = -1 / (1 + Fraction(X)) ** 2
    least = float(abs(Fraction(float(exact)) / exact - 1))
    right = errors < 2.0**-54 * 1.125**2  # less than half of a last digit
    assert errors[right] == pytest.approx(np.full(right.sum(), least))
    span = (
        part(explorer, "nearest")
        .get_extents()
        .transformed(explorer.figure.axes[1].transData.inverted())
    )
    assert errors[right].max() < span.y1 < errors[~right].min()
    words = [text for text in explorer.figure.axes[1].texts if text.get_text() == "right by luck"]
    if scheme == "complex":
        assert right[h < 1e-9].mean() > 0.5
        assert not any(text.get_visible() for text in words)
        return
    assert right.any()
    assert shown(explorer, "lucky").get_xdata() == pytest.approx(h[right])
    assert sum(text.get_visible() for text in words) == 1


def test_without_rounding_the_curve_is_the_bow_that_the_tangent_misses(made):
    explorer = made(explorers.finite_difference_error, exponent=-3.0)
    t, y = curve(explorer).T
    h = 1e-3 * t
    # by hand: 1/(a + h) - 1/a + h/a² = h² / (a² (a + h)), where a = 1.125
    bow = h**2 / (1.125**2 * (1.125 + h))
    assert y * unit(explorer) == pytest.approx(bow, abs=1e-6 * bow.max())
    set_to(explorer, scheme="central")
    both = (bow - h**2 / (1.125**2 * (1.125 - h))) / 2  # what the two sides do not share
    y = curve(explorer)[:, 1]
    assert y * unit(explorer) == pytest.approx(both, abs=1e-3 * np.abs(both).max())


def test_at_the_smallest_step_the_curve_is_stairs_as_wide_as_doubles_are_apart(made):
    explorer = made(explorers.finite_difference_error, exponent=-15.0)
    t, y = curve(explorer).T
    jumps = np.flatnonzero(np.abs(np.diff(y)) > 0.5)
    apart = np.diff(t[jumps]) * 1e-15
    assert len(jumps) >= 8
    assert apart == pytest.approx(np.full(len(apart), 2.0**-52), rel=0.1)  # of 1 + x


def test_the_curve_fills_its_window_and_last_digits_are_not_made_large(made):
    explorer = made(explorers.finite_difference_error)
    for scheme in SCHEMES:
        for exponent in every_value(explorer.controls["exponent"])[::4]:
            set_to(explorer, scheme=scheme, exponent=exponent)
            height = np.abs(curve(explorer)[:, 1]).max()
            if scheme == "complex" and exponent < -7:  # the last digits are left, and little else
                assert height <= 1
            else:
                assert height == pytest.approx(1, abs=0.05)  # a unit is a number of two digits


@pytest.mark.parametrize("scheme", SCHEMES)
def test_both_laws_are_drawn_at_every_step_beside_the_errors(made, scheme):
    explorer = made(explorers.finite_difference_error, scheme=scheme)
    h, law = shown(explorer, "truncation").get_data()
    assert (h.min(), h.max()) == pytest.approx((1e-15, 0.1))
    assert law == pytest.approx((h / 1.125) ** (1 if scheme == "forward" else 2))
    grid, errors = shown(explorer, "errors").get_data()
    large = grid > (1e-6 if scheme == "forward" else 1e-3)
    # by hand, at most h/1.125 of itself off the law
    np.testing.assert_allclose(errors[large], law[large], rtol=0.1)
    if scheme == "complex":
        assert not any(
            a.get_visible() for a in parts(explorer.figure) if a.get_gid() == "round-off"
        )
        assert errors[grid < 1e-9].max() < 4 * U
        return
    h, law = shown(explorer, "round-off").get_data()
    assert law == pytest.approx(1.125 * U / h)
    small = grid < 1e-10
    assert 0.1 < np.median(errors[small] / law[small]) < 3


def test_no_words_stand_on_a_line(made):
    explorer = made(explorers.finite_difference_error)
    right = explorer.figure.axes[1]
    for scheme in SCHEMES:
        set_to(explorer, scheme=scheme)
        words = [text for text in right.texts if text.get_visible()]
        assert len(words) == (2 if scheme == "complex" else 4)
        for text, gid in itertools.product(words, ("errors", "truncation", "round-off")):
            if scheme == "complex" and gid == "round-off":
                continue
            line = right.transData.transform(np.transpose(shown(explorer, gid).get_data()))
            box = text.get_window_extent()
            assert not any(box.contains(*point) for point in line), (scheme, gid)


def test_the_digits_that_are_said_are_right(made):
    for exponent, digits in [(-1.0, 1), (-3.0, 3), (-5.0, 5)]:
        explorer = made(explorers.finite_difference_error, exponent=exponent)
        assert f"about {digits} digit" in explorer.sentence


def test_what_is_said_of_a_step_agrees_with_the_error_at_every_state(made):
    explorer = made(explorers.finite_difference_error)
    for scheme in SCHEMES:
        finest = np.inf
        for exponent in every_value(explorer.controls["exponent"])[::-1]:
            words = set_to(explorer, scheme=scheme, exponent=exponent)
            h, error = 10**exponent, points(explorer, "dot")[0, 1]
            digits = numbers(words.partition("gets about ")[2])[0]
            assert abs(digits + np.log10(max(error, U))) < 0.501
            if scheme == "complex":
                assert error <= finest + 4 * U, "a smaller h does no harm"
                if exponent <= -9:  # truncation is below all digits
                    off = (error * 0.7901234567901234) / 2.0**-53
                    assert off < 1.5, "one unit of the last digit from the nearest double"
                    assert "about 16 digits" in words
                finest = min(finest, error)
                continue
            cut, lost = (h / 1.125) ** (1 if scheme == "forward" else 2), 1.125 * U / h
            rules = "truncation" if cut > 3 * lost else "round-off" if lost > 3 * cut else "about"
            assert (f": {rules}, " in words) if rules != "about" else "about equal" in words
            # The larger error is the size of the whole one, unless luck is named.
            share = error / max(cut, lost)
            assert share < 3
            assert ("by luck" in words) == (rules == "round-off" and share < 0.1)


@pytest.mark.parametrize("exponent", [-15.0, -7.25, -1.0])
def test_the_step_is_pulled_to_its_logarithm(made, exponent):
    explorer = made(explorers.finite_difference_error)
    explorer.drag("step h", 1.05 * 10**exponent, 1e-12)
    assert explorer._values() == {"exponent": exponent, "scheme": "forward"}


class TestPictures(Pictures):
    figures = (explorers.finite_difference_error,)
