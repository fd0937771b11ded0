"""What the numbers of a wrong answer say, whatever the exercise."""

import numpy as np
import pytest

from mlmath_helpers.exercises import Exercise, chapters
from mlmath_helpers.exercises._engine.observed import entries, relation, shape, unused
from mlmath_helpers.exercises._engine.verdict import verdict

ANSWERS = [np.array([0.5, -2.25, 4.123456789]), np.array([3.0, 1.75, -0.4]), np.array([7.5, 1, 2])]
SCALARS = [np.array(x) for x in (0.75, -3.5, 7.123456, 2.0)]
CHANGES = [
    (lambda a: -a, "The sign is turned"),
    (np.abs, "The sizes are right"),
    (lambda a: np.maximum(a, 0), "What is negative in the right answer is 0"),
    (lambda a: 1 - a, "1 minus the right answer"),
    (lambda a: 1 / a, "upside down"),
    (lambda a: a**2, "the square of the right answer"),
    (lambda a: 100 * a, "100 times the right answer"),
    (lambda a: a / 3, "0.333333 times the right answer"),
    (lambda a: a + 1, "1 more than is right"),
    (lambda a: a - 0.5, "0.5 less than is right"),
    (lambda a: 0 * a, "Every number is 0"),
    (np.floor, "cut down to whole numbers"),
    (np.trunc, "without its fractions"),
    (lambda a: a.round(2), "rounded"),
    (lambda a: a.round(0), "rounded"),
]


@pytest.mark.parametrize("answers", [ANSWERS, SCALARS], ids=["arrays", "numbers"])
@pytest.mark.parametrize(("change", "words"), CHANGES)
def test_a_relation_that_holds_in_every_case_is_told(change, words, answers):
    assert words in relation([(change(a), a) for a in answers])


def test_a_positive_answer_whose_root_was_taken_is_told():
    assert "square root" in relation([(np.sqrt(np.abs(a)), np.abs(a)) for a in ANSWERS])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda a: a[::-1], "opposite order"),
        (np.sort, "another order"),
        (lambda a: a[[1, 2, 0]], "another order"),
    ],
)
def test_the_right_numbers_in_another_order_are_told(change, words):
    assert words in relation([(change(a), a) for a in ANSWERS])


@pytest.mark.parametrize(
    "change",
    [lambda a: a**3, lambda a: a + np.sin(a), lambda a: 2 * a + 1, lambda a: np.exp(a / 3)],
)
def test_where_no_relation_holds_nothing_is_said(change):
    assert relation([(change(a), a) for a in ANSWERS]) == ""
    assert relation([(change(a), a) for a in SCALARS]) == ""


@pytest.mark.parametrize(("change", "words"), CHANGES[:9])
def test_a_relation_that_fails_in_one_case_is_not_told(change, words):
    pairs = [(change(a), a) for a in ANSWERS]
    pairs[-1] = (ANSWERS[-1] + [0, 0.3, 0], ANSWERS[-1])
    assert words not in relation(pairs)


@pytest.mark.parametrize("number", [1, 2])
def test_one_or_two_numbers_make_no_law(number):
    assert relation([(3.3 * a, a) for a in SCALARS[:number]]) == ""
    assert relation([(3.3 + a, a) for a in SCALARS[:number]]) == ""


def test_a_matrix_that_is_transposed_is_told():
    matrices = [np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 5.0], [1.0, 1.0]])]
    assert "transposed" in relation([(A.T, A) for A in matrices])
    assert "transposed" in shape(np.arange(6.0).reshape(2, 3).T, np.arange(6.0).reshape(2, 3))


@pytest.mark.parametrize(
    ("array", "expected", "words"),
    [
        (np.ones((3, 1)) * 2, np.ones(3) * 2, "The numbers are right"),
        (np.arange(6.0), np.arange(6.0).reshape(2, 3), "The numbers are right"),
        (np.array([[0.5]]), np.array(0.5), "The numbers are right"),
        (np.arange(6.0)[::-1], np.arange(6.0).reshape(2, 3), ""),
        (np.ones(2), np.ones(3), ""),
    ],
)
def test_right_numbers_of_a_wrong_shape_are_told(array, expected, words):
    assert words in shape(array, expected)
    assert bool(shape(array, expected)) == bool(words)


@pytest.mark.parametrize(
    ("array", "expected", "said"),
    [
        ([1.0, 9, 3], [1.0, 2, 3], "2 of the 3 numbers are right; the first that is not stands"),
        ([[1.0, 2], [9, 9]], [[1.0, 2], [3, 4]], "2 of the 4 numbers are right; "),
        ([9.0, 2], [1.0, 2], "1 of the 2 numbers is right; the first that is not stands at [0]."),
        ([0.0, 9], [0.0, 2], ""),  # a zero is right by chance
        ([9.0, 9], [1.0, 2], ""),
        (9.0, 1.0, ""),
    ],
)
def test_the_entries_that_are_right_are_counted(array, expected, said):
    found = entries(np.array(array), np.array(expected))
    assert found.startswith(said)
    assert bool(found) == bool(said)


def test_the_place_of_the_first_wrong_entry_is_told():
    assert entries(np.array([[1.0, 2], [9, 9]]), np.array([[1.0, 2], [3, 4]])).endswith("[1, 0].")


# --- arguments that are not used --------------------------------------------------------------


def written(body, head="def f(x, n, *rest):"):
    namespace = {"np": np}
    exec(f"{head}\n    " + body.replace("\n", "\n    "), namespace)
    return namespace["f"]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("return x + n", []),
        ("return x", ["n"]),
        ("return 1", ["x", "n"]),
        ("n = 3\nx += 1\nreturn x", ["n"]),
        ("return [x for _ in range(3)]", ["n"]),
        ("return [x * k for k in range(n)]", []),
        ("def g(t):\n    return t * n\nreturn g(x)", []),
        ("return (lambda t: t * x)(2)", ["n"]),
        ("return sum(map(lambda t: t**n, x))", []),
        ("return eval('x * n')", []),
        ("return sum(locals().values())", []),
        ("del n\nreturn x", ["n"]),
        ("x[n] = 1\nreturn x", []),
        ("for x in range(n):\n    pass\nreturn x", []),
        ("if n:\n    return 2\nreturn 3", ["x"]),
    ],
)
def test_an_argument_that_is_never_read_is_found(body, names):
    assert unused(written(body), 2) == names


def test_only_the_arguments_of_the_exercise_count():
    function = written("return x", "def f(x, n, spare=1, *, other=2):")
    assert unused(function, 1) == []
    assert unused(function, 2) == ["n"]
    assert unused(written("return args[0]", "def f(*args):"), 2) == []


# --- in a verdict ----------------------------------------------------------------------------


def scaled(x, n):
    """The numbers x, n times."""
    return n * x


EXERCISE = Exercise(
    scaled,
    cases=((np.array([1.5, 4.0, -3.0]), 4), (np.array([0.0, 2.5]), 3), (np.array([7.25]), 5)),
    hints=("?", "!"),
    mistakes={"x": "That is x alone."},
)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return x", "That is x alone."),  # what is known goes first
        ("return x + 1", "Your function does not use n."),
        ("return 7.0", "A single number is returned, where shape (3,) is meant."),
        ("return np.zeros(x.shape)", "Your function does not use n."),
        ("return [[v * n] for v in x]", "Shape (3, 1) is returned, where (3,) is meant. The num"),
        ("return -n * x", "The sign is turned"),
        (
            "return n * x / 0",
            "The answer holds inf, which is beyond all numbers; line 2 makes it, ",
        ),
        ("return n * x * np.inf * 0", "The answer holds nan, which is not a number"),
        ("return np.where(x > 3, n * x, x)", "1 of the 3 numbers is right; the first that is not"),
        ("return n * x if len(x) > 1 else x**n", "The 2 inputs before this one come out right"),
        ("return n**3 + x**2 if n > 4 else n * x", "The 2 inputs before this one come out right"),
    ],
)
def test_a_verdict_says_what_is_seen(body, said):
    passed, text = verdict(EXERCISE, written(body))
    assert not passed
    assert text.startswith(f"scaled: not yet. {said}")


def test_nan_of_an_input_is_told_from_nan_that_is_made():
    known = Exercise(
        written("return np.nan_to_num(x) * n", "def f(x, n):"),
        cases=((np.array([np.nan, 3.0]), 2),),
        hints=("?", "!"),
        mistakes={"x": "That is x alone."},
    )
    _, text = verdict(known, written("return x * n + 1"))
    assert "x holds nan, and whatever is computed with a nan is nan." in text


def test_a_coincidence_in_the_first_case_is_no_known_mistake():
    _, text = verdict(EXERCISE, written("return x if n == 4 else n + x**2"))
    assert "That is x alone" not in text


def test_a_mistake_that_goes_on_otherwise_in_one_of_many_cases_is_known():
    many = tuple((np.array([k + 0.5, 3.0]), 4) for k in range(8))
    exercise = Exercise(scaled, many, ("?", "!"), {"x": "That is x alone."})
    _, text = verdict(exercise, written("return x if x[0] < 7 else x + n"))
    assert "That is x alone" in text


def test_whoever_never_ends_later_is_not_waited_for_again_and_again(monkeypatch):
    monkeypatch.setattr("mlmath_helpers.exercises._engine.verdict.SECONDS", 0.2)
    slow = written("import time\nwhile len(x) < 3:\n    time.sleep(0.01)\nreturn x + n")
    _, text = verdict(EXERCISE, slow)
    assert text.startswith("scaled: not yet.")


def test_an_answer_whose_square_is_beyond_all_doubles_is_told_without_a_warning():
    exercise = chapters["linear algebra"]["cosine"]
    passed, text = verdict(exercise, lambda v, w: 1e200)
    assert not passed
    assert "returned 1e+200" in text
