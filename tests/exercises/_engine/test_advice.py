"""Words of advice on errors, and on what numpy warns of."""

import math
import warnings

import numpy as np
import pytest

from mlmath_helpers.exercises._engine.advice import advice, made_by

v, A = np.arange(3.0), np.ones((2, 3))


def stopped(action):
    """Return the error of an action as the learner reads it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            action()
        except Exception as error:
            return f"stopped with {type(error).__name__}: {error}"
    raise AssertionError("nothing stopped")


def put(value, place=0):
    room = np.zeros(4)
    room[place] = value


def forever():
    return forever()


def too_early():
    total = total + 1  # noqa: F821, F841


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (lambda: 1 if v > 1 else 2, "np.where chooses entry by entry"),
        (lambda: v and v, "np.where chooses entry by entry"),
        (lambda: max(A), "np.where chooses entry by entry"),
        (lambda: math.sqrt(v), "np.sqrt, np.log and their like work on each entry"),
        (lambda: float(v), "np.sqrt, np.log and their like work on each entry"),
        (lambda: math.sqrt([1, 2]), "np.sqrt, np.log and their like work on each entry"),
        (lambda: range(v), "one whole number is meant"),
        (lambda: [1, 2][v], "one whole number is meant"),
        (lambda: put(v), "One entry of an array holds one number"),
        (lambda: put(v, slice(None)), "another shape than the place"),
        (lambda: A @ np.ones(2), "The shapes do not fit this product"),
        (lambda: np.dot(A, np.ones(2)), "The shapes do not fit this product"),
        (lambda: v @ 2, "use * for numbers"),
        (lambda: v + np.ones(2), "counted from the last axis"),
        (lambda: np.column_stack([1, v]), "np.ones(n), and not the number 1"),
        (lambda: np.hstack([A, v]), "What is put side by side or end to end has to fit"),
        (lambda: math.log(0), "the logarithm of 0 or less"),
        (lambda: math.sqrt(-1), "the root of a negative number"),
        (lambda: math.exp(1e4), "beyond the largest double"),
        (lambda: int(math.inf), "There is no whole number for inf or nan"),
        (lambda: round(math.nan), "There is no whole number for inf or nan"),
        (lambda: math.ceil(-np.inf), "There is no whole number for inf or nan"),
        (lambda: np.linalg.inv(A), "Only a square matrix"),
        (lambda: np.linalg.solve(v, A), "the matrix A comes first"),
        (lambda: np.linalg.solve(np.eye(2), v), "the matrix A has as many rows as b"),
        (lambda: np.linalg.inv(np.zeros((2, 2))), "This matrix has no inverse"),
        (lambda: v[0, 1], "more indices in the brackets"),
        (lambda: v[9], "the last of n is n - 1"),
        (lambda: [1][3], "the last of n is n - 1"),
        (lambda: v[0.5], "a whole number is meant"),
        (lambda: range(2.0), "a whole number is meant"),
        (lambda: np.zeros(2, 3), "a pair in brackets of its own"),
        (lambda: [1] - [2], "Lists do no arithmetic"),
        (lambda: [1] * 1.5, "Lists do no arithmetic"),
        (lambda: [1].sum(), "Lists do no arithmetic"),
        (lambda: v(0), "square brackets"),
        (lambda: sum(3), "A single number stands here"),
        (lambda: len(3), "A single number stands here"),
        (lambda: 1.5 & 2.5, "& and | bind more closely"),
        (lambda: (v > 0) & 1.5, "& and | bind more closely"),
        (lambda: 2.0 ^ 3, "In Python ^ is not a power"),
        (lambda: 1 / 0, "below the fraction line is 0"),
        (lambda: [0.5, 0.7].index(0.6), "np.argmax(x >= value) is the first position"),
        (lambda: np.cross(np.ones(4), np.ones(4)), "built of dot products"),
        (lambda: np.linalg.eig(np.eye(2)).max(), "take one by its place"),
        (forever, "calls itself without end"),
        (too_early, "on this way it has none yet"),
        (lambda: nowhere, "Python knows no such name here"),  # noqa: F821
    ],
)
def test_an_error_that_beginners_meet_gets_advice(action, words):
    assert words in advice(stopped(action))


@pytest.mark.parametrize(
    "text", ["stopped with KeyError: 'x'", "stopped with ValueError: n must be positive", ""]
)
def test_other_errors_speak_for_themselves(text):
    assert advice(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "math domain error",
        "expected a nonnegative input, got -1.0",
        "expected a positive input",
        "list.index(x): x not in list",
        "Both input arrays must be (arrays of) 3-dimensional vectors, but they are 2 and 2",
        "'tuple' object has no attribute 'max'",
        "only length-1 arrays can be converted to Python scalars",
        "only size-1 arrays can be converted to Python scalars",
        "only 0-dimensional arrays can be converted to Python scalars",
        "The truth value of an empty array is ambiguous. Use `array.size > 0`",
    ],
)
def test_the_words_of_other_versions_are_known(text):
    assert advice(f"stopped with ValueError: {text}")


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (lambda: np.zeros(2) / 0, "0/0 or inf/inf"),
        (lambda: np.float64(0) / 0, "0/0 or inf/inf"),
        (lambda: np.float64(0) * np.inf, "0 times inf"),
        (lambda: v * np.array([np.inf, 1, 1]), "0 times inf"),
        (lambda: np.float64(np.inf) - np.inf, "inf minus inf"),
        (lambda: np.sum([np.inf, -np.inf]), "inf minus inf"),
        (lambda: np.sqrt(np.float64(-1)), "the root of a negative number"),
        (lambda: np.log2(np.float64(-1)), "the logarithm of a negative number"),
        (lambda: np.arccos(2.0), "a sine or cosine beyond 1"),
        (lambda: np.array([-1.0]) ** 0.3, "a power of a negative number"),
        (lambda: np.zeros(2) @ np.array([np.inf, 1]), "0 times inf, or inf minus inf"),
        (lambda: np.log(np.zeros(2)), "the logarithm of 0, which is -inf"),
        (lambda: np.ones(2) / 0, "a division by 0"),
        (lambda: np.exp(v * 1000), "beyond the largest double"),
        (lambda: np.fmod(np.inf, 2), "0/0 or inf/inf"),
        (lambda: np.sin(np.inf), "invalid value in sin"),
    ],
)
def test_what_makes_nan_or_inf_is_told_apart(action, words):
    with np.errstate(all="raise"), pytest.raises(FloatingPointError) as noticed:
        action()
    assert words in made_by(str(noticed.value))
