"""What goes from one process to the other: values come over as they were, and nothing else does."""

import json
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from mlmath_helpers._commands.grading import data
from mlmath_helpers._commands.grading.hand_in import tasks_of
from mlmath_helpers.exercises import chapters
from mlmath_helpers.exercises._engine.tried import identical


def over(value):
    return data.decode(data.from_line(data.to_line({"value": data.encode(value)}))["value"])


LEAVES = [
    None,
    True,
    False,
    0,
    -7,
    2**53,
    -(10**40),
    0.0,
    -0.0,
    1e-320,
    0.1,
    "",
    "\u00e9\ud800",
    1.5 - 2j,
]


@pytest.mark.parametrize(
    "value", [*LEAVES, LEAVES, tuple(LEAVES), {"a": LEAVES, 2: {}}, [[], [()], ({1.5: [None]},)]]
)
def test_plain_values_come_over_with_their_types(value):
    back = over(value)
    assert back == value
    assert repr(back) == repr(value)  # 1, 1.0 and True are equal, and not the same


@pytest.mark.parametrize("dtype", ["?", "i1", "<u2", ">i4", "i8", "f2", ">f4", "f8", "c8", ">c16"])
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3), (2, 0), (2, 1, 3)])
def test_arrays_come_over_with_their_type_shape_and_order(dtype, shape):
    value = np.random.default_rng(0).normal(size=shape).astype(dtype)
    for array in (value, value.T):
        back = over(array)
        assert back.dtype == array.dtype
        assert np.array_equal(back, array)
        assert back.flags.writeable
        assert back.flags.f_contiguous or not array.flags.f_contiguous


def test_an_array_with_gaps_has_gaps_after_it_came_over():
    array = np.arange(24.0).reshape(4, 6)[:, ::2]
    back = over(array)
    assert np.array_equal(back, array)
    assert not back.flags.forc


@pytest.mark.parametrize("value", [np.float32(0.1), np.int64(3), np.bool_(True), np.float64(2)])
def test_a_number_of_numpys_stays_one(value):
    assert type(over(value)) is type(value)
    assert over(value) == value


@pytest.mark.parametrize("value", [float("inf"), -float("inf"), 10**30, -(2**80), Decimal("0.1")])
def test_numbers_at_the_edges_come_over(value):
    assert over(value) == value


def test_what_is_not_a_number_comes_over():
    assert np.isnan(over(float("nan")))
    assert over(...) is ...
    assert over(Fraction(1, 3)) == Fraction(1, 3)
    assert over(np.sin) is np.sin
    assert over(np.array(["a", None], dtype=object)).tolist() == ["a", None]
    assert over(np.array(["a", "bc"])).tolist() == ["a", "bc"]


def test_the_cases_of_every_exercise_of_the_course_can_be_sent():
    for exercises in chapters.values():
        for exercise in exercises.values():
            task, functions = tasks_of(exercise)
            assert functions == []
            for case, made in zip(
                exercise.cases, json.loads(json.dumps(task["cases"])), strict=True
            ):
                assert all(map(identical, case, data.decode(made)))


ENDLESS = []
ENDLESS.append(ENDLESS)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (object(), "of type object"),
        (ENDLESS, "more than 20 levels"),
        ({1, 2}, "of type set"),
        (np.zeros(10**6), "an array of 8 MB"),
        ([0.0] * (10**6 + 1), "a list of 1000001 values"),
        (np.array(["2020-01-01"], dtype="datetime64[D]"), "an array of datetime64"),
        (lambda: 0, "of type function"),
    ],
)
def test_what_is_no_data_is_refused(value, words):
    with pytest.raises(data.NotData, match=words):
        data.encode(value)


ARRAY = {"shape": [1], "scalar": False, "order": "C", "dtype": "<f8", "bytes": "AAAAAAAAAAA="}


@pytest.mark.parametrize(
    "made",
    [
        {},
        {"code": "1"},
        {"int": "1" * 10 + "z"},
        {"int": 5},
        {"a": 1, "b": 2},
        {"ufunc": "load"},
        {"ufunc": "__builtins__"},
        {"function": [0, "f"]},
        {"other": "a b"},
        {"other": 3},
        {"dict": [[[], 1]]},
        ARRAY | {"dtype": "O8"},
        ARRAY | {"dtype": "<M8"},
        ARRAY | {"dtype": "<f8,<f8"},
        ARRAY | {"dtype": "<f3"},
        ARRAY | {"shape": [2]},
        ARRAY | {"shape": [-5]},
        ARRAY | {"shape": 10**9},
        ARRAY | {"shape": [10**9] * 9},
        ARRAY | {"shape": [10**18], "order": "gaps"},
        ARRAY | {"bytes": "!"},
        ARRAY | {"order": "Z"},
        {"dtype": "O", "items": [1], "shape": [7]},
    ],
)
def test_what_is_no_value_is_refused_and_never_run(made):
    with pytest.raises(data.NotData):
        data.decode(made)


@pytest.mark.parametrize("line", [b"", b"[1]", b"{", b"\xff", b"[" * 10**5, b"1" * 10**4])
def test_a_line_that_is_no_message_is_refused(line):
    with pytest.raises(data.NotData, match="no message"):
        data.from_line(line)


def test_a_type_that_came_over_is_a_name_and_nothing_more():
    made = data.decode({"other": "DataFrame"})
    assert type(made).__name__ == "DataFrame"
    assert type(made).__mro__ == (type(made), object)
