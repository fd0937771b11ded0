"""Arguments are converted or refused before a function sees them, and overflow has a name."""

import inspect
import math
from fractions import Fraction

import numpy as np
import pytest

from mlmath_helpers._arguments import (
    TooLarge,
    categories,
    checked,
    coarsest_gap,
    distribution,
    equally_long,
    extended_array,
    finite,
    matrix,
    real_array,
    refuse_overflow,
    vector,
    whole_number,
)


@checked(equally_long("x", "start"), x=vector, start=vector, k=whole_number)
def scaled(x, k=2, *, start=None):
    """Multiply x."""
    return k * x if start is None else k * x + start


# --- checked


def test_arguments_are_converted_by_place_and_by_name_and_defaults_stand_as_they_are():
    assert scaled([1, 2]).tolist() == [2, 4]
    assert scaled([1, 2], 3).tolist() == [3, 6]
    assert scaled(k=3, x=(1, 2), start=[1, 1]).tolist() == [4, 7]


def test_what_may_be_left_out_may_be_given_as_none():
    assert scaled([1, 2], start=None).tolist() == [2, 4]
    with pytest.raises(TypeError, match="k must be a whole number, not None"):
        scaled([1, 2], None)


def test_what_must_fit_together_is_refused_after_each_was_converted():
    with pytest.raises(ValueError, match="x and start must have the same number of entries"):
        scaled([1, 2], start=[1, 2, 3])
    with pytest.raises(ValueError, match="start must be a 1-D array"):
        scaled([1, 2], start=[[1, 2, 3]])


@pytest.mark.parametrize(
    ("arguments", "keywords"),
    [((), {}), (([1], 2, 3), {}), (([1],), {"colour": 1}), (([1],), {"x": [1]})],
)
def test_a_call_that_does_not_fit_gets_pythons_own_words(arguments, keywords):
    def scaled(x, k=2, *, start=None):
        pass

    with pytest.raises(TypeError) as pythons:
        scaled(*arguments, **keywords)
    words = str(pythons.value).rpartition(".")[2]  # without the place of the function
    with pytest.raises(TypeError) as ours:
        globals()["scaled"](*arguments, **keywords)
    assert str(ours.value) == words


def test_a_checked_function_keeps_its_name_its_words_and_its_signature():
    assert (scaled.__name__, scaled.__doc__) == ("scaled", "Multiply x.")
    assert str(inspect.signature(scaled)) == "(x, k=2, *, start=None)"


# --- results beyond all doubles


@refuse_overflow
def power_of_ten(exponent, form=float):
    """Return 10^exponent, by numpy or, like a browser's numpy, without a signal."""
    if form is np.float64:
        return np.float64(10.0) ** exponent
    value = 10.0**exponent if exponent < 309 else math.inf
    return {float: value, list: np.array([1.0, value]), tuple: (1.0, np.array([value]))}[form]


@pytest.mark.parametrize("form", [np.float64, float, list, tuple])
def test_an_overflow_is_an_error_that_names_the_first_argument_signalled_or_not(form):
    power_of_ten(308, form)
    with pytest.raises(TooLarge, match=r"exponent has entries so large .* divide them by a power"):
        power_of_ten(309, form)


def test_too_large_raised_inside_is_told_in_the_same_words():
    with pytest.raises(TooLarge, match="A has entries so large"):
        refuse_overflow(checked(A=matrix)(lambda A: finite(A * math.inf)))([[1.0]])


def test_finite_returns_what_it_gets_or_says_the_sentence():
    result = np.array([1.0, 2.0])
    assert finite(result) is result
    for value in (math.inf, math.nan, np.array([[1.0, -math.inf]])):
        with pytest.raises(TooLarge, match="the sum is too large"):
            finite(value, "the sum is too large")


# --- arrays, of whatever they come as


class Series:
    """Whatever numpy can make an array of, and no more."""

    def __init__(self, entries, dtype=None):
        self.entries, self.dtype = entries, np.dtype(dtype or object)

    def __array__(self, dtype=None, copy=None):
        return np.array(self.entries, dtype=dtype or self.dtype)


@pytest.mark.parametrize("convert", [real_array, extended_array])
def test_objects_that_are_numbers_become_doubles(convert):
    given = np.array([1, 2.5, True, np.bool_(False), Fraction(1, 4), np.float32(0.5)], dtype=object)
    assert convert(given, "x").tolist() == [1, 2.5, 1, 0, 0.25, 0.5]
    assert convert(Series([1, 2.5]), "x").dtype == np.float64


def test_gaps_in_a_column_of_objects_are_gaps():
    table = np.array([[1, math.nan], [True, 2.5]], dtype=object)
    np.testing.assert_array_equal(matrix(table, "T", gaps=True), [[1, math.nan], [1, 2.5]])
    with pytest.raises(ValueError, match="T holds nan or inf"):
        matrix(table, "T")
    with pytest.raises(TypeError, match="each entry of T must be a real number, not None"):
        matrix(np.array([[1.0, None]], dtype=object), "T", gaps=True)


def test_infinite_points_pass_and_come_as_doubles_whatever_their_kind():
    for kind in (np.float16, np.float32, np.longdouble, object):
        points = extended_array(np.array([-math.inf, 0.5, math.inf], dtype=kind), "x")
        assert points.dtype == np.float64
        assert points.tolist() == [-math.inf, 0.5, math.inf]
    assert extended_array(np.longdouble(1) / 3, "x").dtype == np.float64
    with pytest.raises(ValueError, match="x holds nan"):
        extended_array(np.array([math.nan], dtype=np.longdouble), "x")


def test_a_long_double_beyond_all_doubles_is_infinite_here():
    with np.errstate(over="ignore"):  # on some platforms it is a double, and inf at once
        beyond = np.array([1e308], dtype=np.longdouble) * 10
    assert extended_array(beyond, "x").tolist() == [math.inf]
    for convert in (real_array, categories):
        with pytest.raises(ValueError, match="nan or inf"):
            convert(beyond, "x")


def test_masked_entries_are_refused_wherever_they_stand():
    masked, clean = np.ma.array([1.0, 2.0], mask=[0, 1]), np.ma.array([1.0, 2.0])
    for convert in (real_array, extended_array, categories):
        for value in (masked, [masked, clean], [1.0, np.ma.masked]):
            with pytest.raises(ValueError, match="x has masked entries; remove or fill them"):
                convert(value, "x")
        assert convert(clean, "x").tolist() == [1, 2]


# --- distributions, in the digits that they came with


def softmax_in(kind, scores):
    odds = np.exp(scores - scores.max())
    return (odds / odds.sum()).astype(kind)


@pytest.mark.parametrize("kind", [np.float32, np.float16])
def test_what_a_network_of_fewer_digits_says_is_a_distribution(kind):
    rng = np.random.default_rng(0)
    for k in np.exp(rng.uniform(np.log(2), np.log(1e5), 200)).astype(int):
        p = softmax_in(kind, (rng.normal(size=k) * rng.choice([0.3, 1, 3, 10])).astype(kind))
        assert math.fsum(distribution(p, "p")) == pytest.approx(1, abs=1e-8)


def test_the_digits_are_those_of_the_coarsest_number_however_it_is_wrapped():
    p = np.array([0.2, 0.3, 0.5], dtype=np.float32)
    assert abs(math.fsum(p) - 1) > 1e-8
    for given in (
        p,
        list(p),
        tuple(p),
        np.array(list(p), dtype=object),
        Series(p, np.float32),
        [0.5, *p[:2]],
    ):
        assert coarsest_gap(given) == 2.0**-23
        assert math.fsum(distribution(given, "p")) == pytest.approx(1, abs=1e-15)
    for given in (p.astype(float), p.tolist(), Series(p.tolist(), float)):
        with pytest.raises(ValueError, match=r"sums to 1\.00000001490116; divide"):
            distribution(given, "p")
    assert (coarsest_gap([1, 0]), coarsest_gap([1.0, np.float16(0)])) == (0, 2.0**-10)


def test_a_sum_that_is_off_by_a_hair_is_left_and_one_off_by_coarse_numbers_is_divided_out():
    hair = np.array([0.5, 0.5 + 5e-9])
    assert distribution(hair, "p").tolist() == hair.tolist()
    coarse = np.array([0.5, 0.5005], dtype=np.float16)
    assert math.fsum(coarse) == 1.00048828125
    assert distribution(coarse, "p").tolist() == (coarse.astype(float) / 1.00048828125).tolist()


def test_however_many_numbers_of_however_few_digits_a_sum_is_off_by_one_percent_at_most():
    for total, verdict in [(1.009, "taken"), (1.02, "refused"), (0.98, "refused"), (0, "refused")]:
        p = np.zeros(10**5, dtype=np.float16)
        p[:4] = total / 4
        if verdict == "taken":
            assert math.fsum(distribution(p, "p")) == pytest.approx(1, abs=1e-12)
        else:
            with pytest.raises(ValueError, match=r"must sum to 1 \(within 0.01\)"):
                distribution(p, "p")
