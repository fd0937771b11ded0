import builtins

import numpy as np
import pytest

from mlmath_helpers.exercises import Exercise
from mlmath_helpers.exercises._engine.exercise import by_name, with_gaps

HALF = 0.5


def double(x):
    """Twice x."""
    return 2 * x


def squared(x):
    return x**2


GOOD = {
    "reference": double,
    "cases": ((3,), (np.array([1.0, 2.0]),)),
    "hints": ("What is x + x?", "Multiply by 2."),
    "mistakes": {"x**2": "That is the square."},
}


def test_an_exercise_is_named_after_its_reference():
    exercise = Exercise(**GOOD)
    assert exercise.name == "double"
    assert exercise.parameters == ("x",)
    assert by_name(exercise) == {"double": exercise}


def test_an_exercise_cannot_be_changed():
    with pytest.raises(AttributeError):
        Exercise(**GOOD).cases = ()


def test_an_array_with_gaps_holds_the_same_numbers():
    A = np.arange(6).reshape(2, 3)
    assert with_gaps(A).tolist() == A.tolist()
    assert not with_gaps(A).flags.forc


# --- known mistakes --------------------------------------------------------------------------


def mistakes(table):
    return Exercise(**{**GOOD, "mistakes": table}).wrong_answers


def test_the_source_of_a_mistake_has_the_parameters_of_the_reference():
    ((function, sentence),) = mistakes({"x**2": "That is the square."})
    assert function(3) == 9
    assert sentence == "That is the square."


def test_the_source_of_a_mistake_may_name_what_its_module_has():
    plain, own, deeper = mistakes({"HALF * double(x)": "1", "squared(x)": "2", "np.sqrt(x)": "3"})
    assert plain.function(3) == 3
    assert own.function(3) == 9
    assert deeper.function(9) == 3


def test_the_source_of_a_mistake_may_name_what_its_module_defines_later(monkeypatch):
    ((function, _),) = mistakes({"later(x)": "Defined below the exercise."})
    monkeypatch.setitem(globals(), "later", lambda x: x - 1)
    assert function(3) == 2


def test_a_source_may_be_a_pair_without_brackets():
    ((function, _),) = mistakes({"x, x**2": "Those are two."})
    assert function(3) == (3, 9)


def test_a_function_is_a_mistake_as_it_is():
    def too_long_for_one_line(x):
        total = x
        return total

    both = mistakes({squared: "That is the square.", too_long_for_one_line: "Once."})
    assert [m.function for m in both] == [squared, too_long_for_one_line]
    assert [m.sentence for m in both] == ["That is the square.", "Once."]


def test_mistakes_keep_their_order():
    table = {"x": "Once.", squared: "That is the square.", "3 * x": "Three times."}
    assert [m.sentence for m in mistakes(table)] == list(table.values())


def test_a_source_is_compiled_once_and_only_when_it_is_asked_for(monkeypatch):
    compiled = []
    evaluate = builtins.eval
    monkeypatch.setattr(builtins, "eval", lambda *a: compiled.append(a[0]) or evaluate(*a))
    exercise = Exercise(**GOOD)
    assert compiled == []
    assert exercise.wrong_answers is exercise.wrong_answers
    assert compiled == ["lambda x: (x**2)"]


@pytest.mark.parametrize("source", ["x***2", "return x", "x = 2", "", "(x", "x) + (2"])
def test_a_source_that_is_no_expression_is_refused_by_its_text_and_its_exercise(source):
    with pytest.raises(ValueError, match="of double: ") as refusal:
        mistakes({"x**2": "That is the square.", source: "No."})
    assert f"the mistake {source!r} of double" in str(refusal.value)


# --- what is refused -------------------------------------------------------------------------


def test_a_case_must_give_every_parameter_even_one_with_a_default():
    def passes(marks, limit=50):
        return sum(mark >= limit for mark in marks)

    words = r"case 1 of passes has 1 argument, the function takes 2 \(marks, limit\)"
    with pytest.raises(ValueError, match=words):
        Exercise(**{**GOOD, "reference": passes, "cases": (([40, 60],),)})


@pytest.mark.parametrize(
    ("part", "value", "error", "message"),
    [
        ("reference", "double", TypeError, "reference"),
        ("reference", np.sqrt, TypeError, "reference"),
        ("cases", (), TypeError, "cases of double must be a tuple of cases, each the tuple"),
        ("cases", [(3,)], TypeError, "cases of double"),
        ("cases", (3,), ValueError, "case 1 of double must be a tuple of its arguments"),
        ("cases", ((3, 4),), ValueError, r"case 1 of double has 2 arguments, .* takes 1 \(x\)"),
        ("cases", ((3,), ()), ValueError, "case 2 of double has 0 arguments"),
        ("hints", (), TypeError, r"hints of double must be a tuple of sentences, as in \('a',\)"),
        ("hints", "Multiply", TypeError, "hints of double must be a tuple of sentences"),
        ("hints", (" ",), ValueError, "hints and mistakes of double"),
        ("hints", (3,), ValueError, "hints and mistakes of double"),
        ("mistakes", {}, TypeError, "mistakes of double must be a dict with one mistake"),
        ("mistakes", (), TypeError, "mistakes of double must be a dict"),
        ("mistakes", (("x**2", "That is the square."),), TypeError, "mistakes of double"),
        ("mistakes", {"x**2": ""}, ValueError, "hints and mistakes of double"),
        ("mistakes", {squared: " "}, ValueError, "hints and mistakes of double"),
        ("mistakes", {"x": 3}, ValueError, "hints and mistakes of double"),
        ("mistakes", {3: "No."}, TypeError, "mistakes of double must lead from"),
        ("mistakes", {np.sqrt: "No."}, TypeError, "mistakes of double must lead from"),
        ("same", 3, TypeError, "same of double"),
        ("why", 3, TypeError, "why of double"),
    ],
)
def test_a_part_of_the_wrong_kind_is_refused_by_name(part, value, error, message):
    with pytest.raises(error, match=message):
        Exercise(**{**GOOD, part: value})
