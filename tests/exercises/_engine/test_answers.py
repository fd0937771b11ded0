from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from mlmath_helpers.exercises._engine.answers import NotNumbersError, close, problem, read, show

finite = st.floats(-1e6, 1e6)


class Unreadable:
    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("no")


@pytest.mark.parametrize(
    "returned",
    [
        [1, 2],
        (1, 2.0),
        np.array([1, 2], dtype=np.uint8),
        np.array([1, 2], dtype=np.float32),
        [np.float64(1), np.int8(2)],
        [np.array(1.0), 2],
        range(1, 3),
        np.array([1, 2], dtype=complex),
    ],
)
def test_lists_tuples_and_numpys_numbers_are_read(returned):
    assert read(returned).tolist() == [1.0, 2.0]


@pytest.mark.parametrize("returned", [3, 3.0, np.float32(3), np.int64(3), np.array(3)])
def test_a_number_may_come_as_any_kind_of_number(returned):
    assert read(returned).shape == ()


@pytest.mark.parametrize(
    ("returned", "message"),
    [
        ("3", "A value of type str is returned"),
        (b"3", "A value of type bytes is returned"),
        (True, "A value of type bool is returned"),
        (np.True_, "A value of type bool is returned"),
        ({1, 2}, "A value of type set is returned"),
        ({"a": 1}, "A value of type dict is returned"),
        ((x for x in [1, 2]), "A value of type generator is returned"),
        (print, "A value of type builtin_function_or_method is returned"),
        (Decimal("sNaN"), "beyond all doubles"),
        (10**400, "beyond all doubles"),
        ([1j, Fraction(1)], "holds values of type complex"),
        ([[1, 2], [3]], "differ in length"),
        ([1, [2, 3]], "differ in length"),
        ([1, "2"], "holds values of type str"),
        ([None, 1.0], "holds values of type NoneType"),
        ([Decimal(1), True], "holds values of type Decimal"),
        (np.array([object()]), "holds values of type object"),
        (np.array([True, False]), "holds values of type bool"),
        (1j, "Complex numbers"),
        (np.array([1.0, 2j]), "Complex numbers"),
        (Unreadable(), "cannot be read as numbers"),
    ],
)
def test_what_is_not_a_real_number_is_named(returned, message):
    with pytest.raises(NotNumbersError, match=message):
        read(returned)


@pytest.mark.parametrize("returned", [True, np.True_, 1, 1.0, np.array(True)])
def test_yes_and_no_are_numbers_only_where_they_are_asked_for(returned):
    assert read(returned, yes_or_no=True) == 1
    assert read(not returned, yes_or_no=True) == 0
    with pytest.raises(NotNumbersError, match="A value of type str"):
        read("yes", yes_or_no=True)


@pytest.mark.parametrize(
    ("returned", "expected", "message"),
    [
        (np.ones((3, 1)), np.ones(3), "Shape (3, 1) is returned, where (3,) is meant."),
        (np.ones(3), np.ones((3, 1)), "Shape (3,) is returned, where (3, 1) is meant."),
        (np.ones(1), np.ones(()), "Shape (1,) is returned, where a single number is meant."),
        (np.ones(()), np.ones(2), "A single number is returned, where shape (2,) is meant."),
        (np.array([1, np.nan]), np.ones(2), "nan"),
        (np.array([1, -np.inf]), np.ones(2), "inf"),
        (np.array([1, 5.0]), np.ones(2), ""),
    ],
)
def test_shapes_and_infinities_are_explained(returned, expected, message):
    found = problem(returned, expected)
    assert message in found
    assert bool(found) == bool(message)


@given(arrays(float, array_shapes(max_dims=2, max_side=4), elements=finite))
def test_rounding_passes(expected):
    assert close(expected * (1 + 1e-9), expected)
    assert close(expected.astype(np.float32).astype(float), expected)


@given(arrays(float, array_shapes(max_dims=2, max_side=4), elements=finite))
def test_a_change_in_the_fifth_digit_of_the_largest_number_does_not_pass(expected):
    largest = np.unravel_index(np.abs(expected).argmax(), expected.shape)
    other = expected.copy()
    other[largest] += 1e-4 * max(1, abs(expected[largest]))
    assert not close(other, expected)


def test_arrays_of_different_shapes_are_never_close():
    assert not close(np.ones((3, 1)), np.ones(3))
    assert not close(np.ones(()), np.ones(2))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (24, "24"),
        (24.0, "24"),
        (np.float64(24), "24"),
        (np.int32(-3), "-3"),
        (np.array(0.1), "0.1"),
        (1 / 3, "0.333333"),
        (-0.0, "0"),
        (1e-20, "1e-20"),
        (123456789.0, "1.23457e+08"),
        (float("nan"), "nan"),
        (1 - 2j, "1-2j"),
        (True, "True"),
        (None, "None"),
        ("text", "'text'"),
        ([1, 2], "[1, 2]"),
        ((1, 2.5), "[ 1., 2.5]"),
        ([np.float64(1), np.float64(2)], "[1., 2.]"),
        ([1, [2, 3]], "[1, [2, 3]]"),
        ([np.float64(1), None], "[1, None]"),
        ([], "[]"),
        (np.array([]), "[]"),
        (np.array([1, -2]), "[ 1, -2]"),
        (np.array([True, False]), "[ True, False]"),
        (np.array([[1.0, 1 / 3], [10, -0.0]]), "[[      1., 0.333333],\n [     10.,       0.]]"),
        ({1, 2}, "(a value of type set)"),
        (np.array([1 + 0j, -2]), "[ 1., -2.]"),
        (np.array([1j]), "(a value of type ndarray)"),
        ("x" * 500, "'" + "x" * 195 + " ..."),
        ("two\nlines", r"'two\nlines'"),
        ([None] * 9, "[None, None, None, None, None, None, ...]"),
    ],
)
def test_values_are_shown_alike_on_every_version_of_numpy(value, text):
    assert show(value) == text


def test_a_huge_array_is_shown_in_part():
    text = show(np.zeros((1000, 1000)))
    assert "..." in text
    assert len(text) < 600


@given(arrays(float, array_shapes(max_dims=2, max_side=3), elements=finite))
def test_what_is_shown_reads_back_to_six_digits(array):
    again = np.array(eval(show(array)))
    assert again.shape == array.shape
    assert np.allclose(again, array, rtol=1e-5)


def test_a_whole_number_of_more_digits_than_python_writes_is_shown_by_its_length():
    assert show(10**5000) == "(a whole number of 16610 bits)"
    assert show(10**9) == "1000000000"
