import numpy as np
import pytest

from mlmath_helpers.exercises import Exercise, Mistake
from mlmath_helpers.exercises._engine.exercise import by_name


def double(x):
    """Twice x."""
    return 2 * x


GOOD = {
    "reference": double,
    "cases": ((3,), (np.array([1.0, 2.0]),)),
    "hints": ("What is x + x?", "Multiply by 2."),
    "mistakes": (Mistake(lambda x: x**2, "That is the square."),),
}


def test_an_exercise_is_named_after_its_reference():
    exercise = Exercise(**GOOD)
    assert exercise.name == "double"
    assert exercise.parameters == ("x",)
    assert by_name(exercise) == {"double": exercise}


def test_an_exercise_cannot_be_changed():
    with pytest.raises(AttributeError):
        Exercise(**GOOD).cases = ()


@pytest.mark.parametrize(
    ("part", "value", "error", "message"),
    [
        ("reference", "double", TypeError, "reference"),
        ("reference", np.sqrt, TypeError, "reference"),
        ("cases", (), TypeError, "cases of double"),
        ("cases", [(3,)], TypeError, "cases of double"),
        ("cases", (3,), ValueError, "cases of double"),
        ("cases", ((3, 4),), ValueError, r"each of \(x\)"),
        ("hints", (), TypeError, "hints of double"),
        ("hints", "Multiply", TypeError, "hints of double"),
        ("hints", (" ",), ValueError, "hints and mistakes of double"),
        ("hints", (3,), ValueError, "hints and mistakes of double"),
        ("mistakes", (), TypeError, "mistakes of double"),
        ("mistakes", (Mistake(double, ""),), ValueError, "hints and mistakes of double"),
        ("mistakes", (Mistake("x", "No."),), TypeError, "mistakes of double"),
        ("mistakes", (lambda x: x,), TypeError, "mistakes of double"),
        ("mistakes", ((double,),), TypeError, "mistakes of double"),
        ("same", 3, TypeError, "same of double"),
    ],
)
def test_a_part_of_the_wrong_kind_is_refused_by_name(part, value, error, message):
    with pytest.raises(error, match=message):
        Exercise(**{**GOOD, part: value})
