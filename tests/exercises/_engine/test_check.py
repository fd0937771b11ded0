"""What `check` says to whatever a learner may give it."""

import _thread
import builtins
import functools
import linecache
import sys
import threading
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from IPython.core.interactiveshell import InteractiveShell

from mlmath_helpers.exercises import Exercise, check, progress
from mlmath_helpers.exercises import linear_algebra as chapter
from mlmath_helpers.exercises._engine import verdict
from mlmath_helpers.exercises._engine.advice import advice
from mlmath_helpers.exercises._engine.tried import copies, identical
from mlmath_helpers.exercises.linear_algebra import lengths

CASE = "  v = [2., 4., 5., 6.]\n  w = [ 1.,  3., -1.,  5.]\n"


def written(source):
    """Run a cell and return what it defines."""
    namespace = {"np": np}
    exec(compile(source, "<cell>", "exec"), namespace)
    return namespace


def cosine(body, head="def cosine(v, w):"):
    """Return the function that a learner writes with this body."""
    lines = body.splitlines()
    return written("\n".join([head, *(f"    {line}" for line in lines)]))["cosine"]


@pytest.fixture
def said(capsys):
    def run(function):
        result = check(function)
        out, err = capsys.readouterr()
        assert out == result.message + "\n"
        assert bool(result) == result.passed == ("passed" in out)
        assert err == ""
        assert "Traceback" not in out
        assert "np.float64" not in out
        return out

    return run


# --- right, not written, wrong ---------------------------------------------------------------


def test_a_right_answer_is_told_in_one_line(said):
    right = cosine("return v @ w / np.sqrt((v @ v) * (w @ w))")
    assert said(right) == "cosine: passed, 12 checks.\n"


@pytest.mark.parametrize(
    "body",
    [
        "...",
        "pass",
        '"""Cosine."""',
        '"""Cosine."""\n...   # your code here',
        '"""Cosine."""\npass',
        "return",
        "return None",
        "return ...",
        "...\n...",
        "raise NotImplementedError",
        'raise NotImplementedError("later")',
        "answer = ...\nreturn answer",
    ],
)
def test_a_stub_is_not_written_yet(body, said):
    assert said(cosine(body)) == "cosine: not written yet.\n"


@pytest.mark.parametrize("body", ["v @ w", "x = v @ w", "if len(v) > 99:\n    return 1", "v"])
def test_a_function_that_returns_nothing_is_told_of_return(body, said):
    assert said(cosine(body)) == f"cosine: nothing is returned; a return may be missing.\n{CASE}"


def test_a_return_that_only_some_inputs_come_to_is_told(said):
    assert said(cosine("if len(v) != 3:\n    return v @ w / np.sqrt((v @ v) * (w @ w))")) == (
        "cosine: nothing is returned here: one way through the function ends without a return.\n"
        "  v = [1., 2., 2.]\n  w = [-2., -4., -4.]\n"
    )


def test_a_wrong_answer_is_shown_beside_the_expected_one(said):
    assert said(cosine("return v[0] + w[1]")) == (
        f"cosine: not yet.\n{CASE}  returned 5\n  expected 0.722222\n"
    )


def test_a_known_mistake_is_answered_by_its_sentence(said):
    assert said(cosine("return sum(v * w)")) == (
        "cosine: not yet. That is the dot product; divide it by both lengths.\n"
        f"{CASE}  returned 39\n  expected 0.722222\n"
    )


def test_a_known_mistake_that_stops_with_an_error_is_answered_by_its_sentence(said):
    source = (
        "def centre_and_project(X, components):\n    return (X - X.mean(axis=1)) @ components\n"
    )
    text = said(written(source)["centre_and_project"])
    assert "stopped with ValueError: operands could not be broadcast together" in text
    assert "axis=1 gives the mean of each row" in text


def test_a_sentence_is_not_said_to_who_was_right_where_that_mistake_is_wrong(said):
    source = (
        "def null_vector(A):\n"
        "    a, b = A[0]\n"
        "    return [b, -a]\n"  # the first row only: not the zero vector on purpose
    )
    text = said(written(source)["null_vector"])
    assert "The first row can be zero" in text
    assert "A @ 0 = 0" not in text


@pytest.mark.parametrize(
    ("elsewhere", "text"),
    [
        (lambda v, w: 2.0, "The answer holds nan"),
        (lambda v, w: [1.0], "The answer holds nan"),
        (lambda v, w: np.nan, "The answer holds nan"),
        (lengths.cosine, "That has no root."),
    ],
)
def test_nan_is_the_sign_only_of_a_mistake_that_is_right_elsewhere(elsewhere, text):
    def no_root(v, w):
        return np.nan if len(v) == 4 and v[0] == 2 else elsewhere(v, w)

    exercise = Exercise(
        lengths.cosine,
        cases=chapter.EXERCISES["cosine"].cases,
        hints=("?",),
        mistakes={no_root: "That has no root."},
    )
    body = "root = np.sqrt(-v @ w if len(v) == 4 and v[0] == 2 else 1)\n"
    passed, found = verdict.verdict(
        exercise, cosine(f"{body}return root * (v @ w) / np.sqrt((v @ v) * (w @ w))")
    )
    assert not passed
    assert found.startswith(f"cosine: not yet. {text}")


def test_answers_that_look_alike_are_shown_with_more_digits(said):
    text = said(cosine("return v @ w / np.sqrt((v @ v) * (w @ w)) + 2e-6"))
    assert "returned 0.722224" in text
    text = said(cosine("return v @ w / np.sqrt((v @ v) * (w @ w)) - 2e-6 * (len(v) == 3)"))
    assert "returned -1.000002\n  expected -1\n" in text


def test_a_matrix_is_shown_with_its_rows_below_each_other(said):
    source = "def causal_weights(scores):\n    return np.tril(scores)\n"
    assert said(written(source)["causal_weights"]) == (
        "causal_weights: not yet.\n"
        "  scores = [[ 0.,  3.,  1.],\n            [ 1., 2.5, -1.],\n"
        "            [0.5, -2.,  4.]]\n"
        "  returned [[ 0.,  0.,  0.],\n            [ 1., 2.5,  0.],\n"
        "            [0.5, -2.,  4.]]\n"
        "  expected [[        1.,         0.,         0.],\n"
        "            [  0.182426,   0.817574,         0.],\n"
        "            [ 0.0292419, 0.00240032,   0.968358]]\n"
    )


@pytest.mark.parametrize(
    ("returned", "message"),
    [
        ("'0.96'", "A value of type str is returned, where numbers are meant."),
        ("[[1], [2, 3]]", "The parts of what is returned differ in length or shape"),
        ("0.96 + 0.1j", "Complex numbers are returned, where real ones are meant."),
        ("v[0] > 1", "A value of type bool is returned, where numbers are meant."),
        ("(x for x in v)", "A value of type generator is returned, where numbers are meant."),
        ("print", "A value of type builtin_function_or_method is returned"),
        ("np.array([None])", "What is returned holds values of type NoneType"),
        ("float('nan')", "The answer holds nan"),
        ("np.zeros(1)[0] / 0", "The answer holds nan"),
        ("v @ w / np.zeros(1)[0]", "The answer holds inf"),
        ("[0.96]", "Shape (1,) is returned, where a single number is meant."),
        ("np.ones((2, 1))", "Shape (2, 1) is returned, where a single number is meant."),
    ],
)
def test_an_answer_that_is_no_number_is_explained(returned, message, said):
    text = said(cosine(f"return {returned}"))
    assert text.startswith("cosine: not yet. ")
    assert message in text


def test_a_column_where_a_vector_is_meant_shows_both_shapes(said):
    source = (
        "def projection(v, onto):\n    return ((v @ onto) / (onto @ onto) * onto).reshape(-1, 1)\n"
    )
    text = said(written(source)["projection"])
    assert "Shape (4, 1) is returned, where (4,) is meant." in text


@given(
    st.one_of(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.complex_numbers(),
        st.lists(st.one_of(st.integers(), st.none(), st.lists(st.floats()), st.text())),
        arrays(float, array_shapes(max_dims=3, max_side=4)),
        arrays(object, array_shapes(max_dims=2, max_side=3), elements=st.none()),
        st.dictionaries(st.text(), st.integers()),
        st.fractions(),
    )
)
def test_whatever_is_returned_gets_a_verdict(returned):
    passed, text = verdict.verdict(chapter.EXERCISES["projection"], lambda v, onto: returned)
    assert not passed
    assert text.startswith("projection: ")
    assert len(text) < 2000


# --- the learner's own errors ----------------------------------------------------------------


def test_an_error_is_shown_with_its_line_in_a_notebook_cell(capsys):
    shell = InteractiveShell.instance()
    try:
        shell.run_cell(
            "import numpy as np\n"
            "from mlmath_helpers.exercises import check\n"
            "def cosine(v, w):\n"
            "    lengths = 0\n"
            "    return int(v @ w) // lengths\n"
            "verdict = check(cosine)\n"
        )
    finally:
        InteractiveShell.clear_instance()
    text = capsys.readouterr().out
    assert text.startswith("cosine: stopped with ZeroDivisionError: ")
    place, advised, *case = text.splitlines()[1:]
    assert place == "  line 5 of cosine: return int(v @ w) // lengths"
    assert advised.startswith("What stands below the fraction line is 0")
    assert case == CASE.splitlines()


def test_an_error_in_the_learners_own_helper_is_shown_there(said):
    function = written(
        "def length(v):\n"
        "    return v.size ** undefined\n"
        "def cosine(v, w):\n"
        "    return v @ w / length(v)\n"
    )["cosine"]
    text = said(function)
    assert "stopped with NameError: name 'undefined' is not defined" in text
    assert "line 2 of length" in text


def test_an_error_inside_numpy_is_shown_at_the_learners_line(said):
    text = said(cosine("x = v\nreturn np.linalg.inv(x)"))
    assert "stopped with LinAlgError" in text
    assert "line 3 of cosine" in text


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("raise KeyError('x')", "KeyError: 'x'"),
        ("raise ValueError", "stopped with ValueError\n"),
        ("exit()", "stopped with SystemExit"),
        ("import sys\nsys.exit(3)", "stopped with SystemExit: 3"),
        ("return cosine(v, w)", "stopped with RecursionError"),
        ("raise ValueError('two\\nlines')", "stopped with ValueError: two lines\n"),
        ("raise ValueError('x' * 5000)", "xxx ..."),
        ("class Odd(Exception):\n    def __str__(self): raise TypeError\nraise Odd", "with Odd\n"),
        ("class Odd(BaseException): pass\nraise Odd", "stopped with Odd\n"),
        ("v[5] = 1", "IndexError"),
        ("return v @ np.ones(7)", "ValueError: matmul"),
        ("assert False, 'no'", "AssertionError: no"),
        ("raise MemoryError", "MemoryError"),
    ],
)
def test_an_error_of_any_kind_is_told_in_one_line(body, message, said, monkeypatch):
    monkeypatch.setattr(builtins, "exit", __import__("sys").exit, raising=False)
    text = said(cosine(body))
    assert message in text
    assert len(text.splitlines()) <= 4 + bool(advice(text))  # its words stand below


def in_a_cell(monkeypatch, name, parameters, body):
    """Return a learner's function whose source is known, as it is in a notebook."""
    source = f"def {name}({parameters}):\n" + "".join(f"    {x}\n" for x in body.splitlines())
    entry = (len(source), None, source.splitlines(keepends=True), "<cell>")
    monkeypatch.setitem(linecache.cache, "<cell>", entry)
    return written(source)[name]


@pytest.mark.parametrize(
    ("name", "parameters", "body", "words"),
    [
        (
            "power_step",
            "A, v",
            "Av = A @ v\nAv /= np.linalg.norm(Av)\nreturn Av",
            "These are whole numbers, and /= must keep them whole; write Av = Av / ...",
        ),
        (
            "power_step",
            "A, v",
            "w = A @ v\nw **= 1.5\nw = A @ v\nreturn w / np.linalg.norm(w)",
            "These are whole numbers, and **= must keep them whole; write w = w ** ...",
        ),
        (
            "centre_and_project",
            "X, components",
            "X = X.copy()\nX -= X.mean(axis=0)\nreturn X @ components",
            "These are whole numbers, and -= must keep them whole; write X = X - ...",
        ),
        (
            "elimination_step",
            "A, k",
            "B = A.copy()\nfor i in range(k + 1, len(B)):\n"
            "    B[i] -= B[i, k] / B[k, k] * B[k]\nreturn B",
            "These are whole numbers, and -= must keep them whole; "
            "make room for fractions first, B = B.astype(float)",
        ),
    ],
)
def test_an_operator_that_must_keep_whole_numbers_is_replaced(
    name, parameters, body, words, said, monkeypatch
):
    lines = said(in_a_cell(monkeypatch, name, parameters, body)).splitlines()
    assert "Cannot cast ufunc" in lines[0]
    assert lines[2] == words


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("return v @ w / np.sqrt(sum(v^2))", "In Python ^ is not a power; write **, as in x**2."),
        ("return v @ w / 2.0^2", "In Python ^ is not a power; write **, as in x**2."),
        (
            "A = np.array([1, 2], [3, 4])\nreturn A @ v",
            "np.array takes one list: put its rows into one more pair of brackets, [[...], [...]].",
        ),
    ],
)
def test_an_error_in_foreign_words_gets_advice_in_plain_ones(body, words, said, monkeypatch):
    lines = said(in_a_cell(monkeypatch, "cosine", "v, w", body)).splitlines()
    assert lines[2] == words


def test_an_error_of_a_function_of_the_course_is_told_to_be_its_own(said):
    source = (
        "from mlmath_helpers.information_theory import entropy\n"
        "def gain_of_split(left, right):\n    return entropy(left)\n"
    )
    text = said(written(source)["gain_of_split"])
    assert "must sum to 1" in text
    assert "\nA function of the course refuses that input; its words say what it needs.\n" in text
    assert "A function of the course" not in said(cosine("raise ValueError('no')"))


def test_the_advice_on_whole_numbers_needs_no_source(said):
    source = "def power_step(A, v):\n    w = A @ v\n    w /= np.linalg.norm(w)\n    return w\n"
    assert "\nThese are whole numbers, and /= must" in said(written(source)["power_step"])


@pytest.mark.parametrize(
    "body", ["np.sqrt(w, out=w)", "raise TypeError(\"Cannot cast ufunc 'divide' output\")"]
)
def test_other_errors_of_casting_get_no_advice_on_operators(body, said):
    source = f"def power_step(A, v):\n    w = np.array([1, 2])\n    {body}\n    return w\n"
    assert "whole numbers" not in said(written(source)["power_step"])


# --- not a function to check -----------------------------------------------------------------


class Cosine:
    def cosine(self, v, w):
        return 1


def test_a_wrong_name_is_answered_by_the_nearest(said):
    nearly = written("def cosin(v, w):\n    return 1\n")["cosin"]
    assert said(nearly) == 'No exercise is called "cosin"; did you mean "cosine"?\n'


def test_a_name_like_no_other_is_answered_by_progress(said):
    odd = written("def zzz(v, w):\n    return 1\n")["zzz"]
    assert said(odd) == 'No exercise is called "zzz"; progress() lists them all.\n'


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("cosine", "check takes the function itself, without quotes: check(cosine)."),
        (0.5, "check takes a function, and was given 0.5. Write only its name"),
        (np.float64(0.5), "check takes a function, and was given 0.5. Write only its name"),
        (None, "check takes a function, and was given None. Write only its name"),
        ([1, 2], "check takes a function, and was given [1, 2]. Write only its name"),
        (np, "check takes a function, and was given (a value of type module)."),
        (lambda v, w: v @ w, "A lambda has no name"),
        (Cosine, "with def; this is a class."),
        (Cosine().cosine, "with def; this is an object of type method."),
        (len, "with def; this is an object of type builtin_function_or_method."),
        (np.sin, "with def; this is an object of type ufunc."),
        (functools.partial(pow, 2), "with def; this is an object of type partial."),
        (functools.lru_cache(lengths.cosine), "of type _lru_cache_wrapper."),
        (np.vectorize(lengths.cosine), "with def; this is an object of type vectorize."),
    ],
)
def test_what_is_no_function_is_told_what_to_write(given, message, said):
    text = said(given)
    assert message in text
    assert len(text.splitlines()) == 1


@pytest.mark.parametrize(
    ("head", "theirs"),
    [
        ("def cosine(v):", "(v)"),
        ("def cosine():", "()"),
        ("def cosine(u, v, w):", "(u, v, w)"),
        ("def cosine(v, *, w):", "(v, w)"),
    ],
)
def test_a_wrong_number_of_parameters_is_told(head, theirs, said):
    function = cosine("return 1 + 1", head)
    assert said(function) == f"cosine: is called with (v, w); yours takes {theirs}.\n"


@pytest.mark.parametrize(
    "head",
    ["def cosine(a, b):", "def cosine(*v):", "def cosine(v, w, unused=3):", "def cosine(v, w, /):"],
)
def test_other_names_and_spare_parameters_are_accepted(head, said):
    names = "v, w = v" if "*v" in head else "v, w = a, b" if "a, b" in head else "pass"
    assert "passed" in said(cosine(f"{names}\nreturn v @ w / np.sqrt((v @ v) * (w @ w))", head))


def test_an_async_function_is_told_to_be_a_plain_one(said):
    function = cosine("return 1", "async def cosine(v, w):")
    assert said(function) == "cosine: begins with async def; write it with def.\n"


def test_a_generator_function_is_told_to_return(said):
    text = said(cosine("yield 1"))
    assert text == "cosine: uses yield, which makes a generator; return the answer instead.\n"


# --- inputs, printing, warnings, time --------------------------------------------------------


def test_a_function_that_changes_its_inputs_is_told_so(said):
    function = cosine("v /= np.sqrt(v @ v)\nw = w / np.sqrt(w @ w)\nreturn v @ w")
    assert said(function) == (
        "cosine: the answer is right, but your function changes its input v. "
        "Work on a copy: v = v.copy().\n"
    )


@pytest.mark.parametrize("change", ["v.shape = (4, 1)", "v[0] = 7", "v.sort(); v[:] = v[::-1]"])
def test_a_wrong_answer_that_changes_its_input_is_told_both(change, said):
    text = said(cosine(f"{change}\nreturn 2"))
    assert "returned 2" in text
    assert "Your function also changes its input v." in text


def test_what_is_printed_is_not_shown(said):
    right = "return v @ w / np.sqrt((v @ v) * (w @ w))"
    assert said(cosine(f"print(v)\n{right}")) == "cosine: passed, 12 checks.\n"
    text = said(cosine("import sys\nprint('here')\nprint('there', file=sys.stderr)\nreturn 2"))
    assert text.endswith("Your function also prints; that is not shown here.\n")
    assert "here'" not in text


def test_warnings_are_neither_shown_nor_raised_and_settings_come_back(said):
    np_settings, filters = np.geterr(), list(warnings.filters)
    body = "import warnings\nwarnings.warn('x')\nnp.seterr(all='raise')\nnp.zeros(1) / 0\nreturn 2"
    assert "returned 2" in said(cosine(body.replace("np.seterr(all='raise')\n", "")))
    assert "FloatingPointError" in said(cosine(body))
    assert np.geterr() == np_settings
    assert warnings.filters == filters


@pytest.mark.parametrize("where", ["main thread", "another thread"])
def test_a_loop_that_never_ends_is_stopped(where, said, monkeypatch):
    monkeypatch.setattr(verdict, "SECONDS", 0.2)
    endless = cosine("while True:\n    try: pass\n    except: pass")
    if where == "main thread":
        text = said(endless)
    else:
        texts = []
        thread = threading.Thread(target=lambda: texts.append(said(endless)))
        thread.start()
        thread.join(timeout=10)
        (text,) = texts
    assert text.startswith("cosine: stopped after 0.2 seconds. Is there a loop that never ends?")
    assert "Interrupt in the Kernel menu" in text
    assert text.endswith(CASE)


def test_where_nothing_can_be_interrupted_a_restart_is_advised(said, monkeypatch):
    monkeypatch.setattr(verdict, "SECONDS", 0.2)
    monkeypatch.setattr(sys, "platform", "emscripten")
    text = said(cosine("while True:\n    pass"))
    assert "stops only by Restart in the Kernel menu" in text
    assert "Interrupt" not in text


def test_the_limit_is_three_seconds_for_all_cases_together(said, monkeypatch):
    assert verdict.SECONDS == 3
    monkeypatch.setattr(verdict, "SECONDS", 0.3)
    slow = cosine("import time\ntime.sleep(0.1)\nreturn v @ w / np.sqrt((v @ v) * (w @ w))")
    assert "stopped after 0.3 seconds" in said(slow)


def test_an_interrupt_passes_through():
    def interrupted(v, w):
        raise KeyboardInterrupt

    interrupted.__name__ = "cosine"
    with pytest.raises(KeyboardInterrupt):
        check(interrupted)


def test_the_interrupt_button_stops_a_check(interruptible):
    threading.Timer(0.1, _thread.interrupt_main).start()
    with pytest.raises(KeyboardInterrupt):
        check(cosine("while True: pass"))


def test_the_notebook_stays_usable_after_the_worst(said, monkeypatch):
    monkeypatch.setattr(verdict, "SECONDS", 0.1)
    for body in ("while True: pass", "return cosine(v, w)", "v[:] = 0", "exit()", "1 / 0"):
        assert "passed" not in said(cosine(body))
    assert said(lengths.cosine) == "cosine: passed, 12 checks.\n"
    progress()


@given(arrays(st.sampled_from([float, int]), array_shapes(max_dims=2, max_side=4)), st.booleans())
def test_a_copy_equals_its_original_and_shares_nothing(array, gaps):
    original = np.repeat(array, 2, axis=-1)[..., ::2] if gaps else array
    (copy,) = copies((original,))
    assert identical(original, copy)
    assert not np.shares_memory(original, copy)
    assert copy.flags.forc == original.flags.forc
    assert copy.flags.writeable
