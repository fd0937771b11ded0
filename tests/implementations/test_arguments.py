"""Arguments are converted or refused before a function sees them, and overflow has a name."""

import inspect
import math

import numpy as np
import pytest

from mlmath_helpers._arguments import (
    TooLarge,
    checked,
    equally_long,
    finite,
    matrix,
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
