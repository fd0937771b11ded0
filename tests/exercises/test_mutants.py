"""A slip in a reference is noticed by the cases, or it is one that changes nothing."""

import ast
import inspect
import textwrap

import pytest

from exercises.learner import defined, every_exercise
from exercises.mutants import SWAPPED, mutants
from exercises.sections import EQUIVALENT
from mlmath_helpers.exercises._engine import verdict

SECONDS = 0.3  # for a slip that makes a loop endless: the learner's three would be spent in vain


def lines_of(source):
    return ast.unparse(ast.parse(source)).splitlines()


@every_exercise
def test_every_slip_in_the_reference_is_noticed(exercise, without_sentences, monkeypatch):
    source = inspect.getsource(exercise.reference)
    original, harmless = lines_of(source), EQUIVALENT.get(exercise.name, {})
    survivors, tried = set(), 0
    for mutant in mutants(source):
        changed = {line.strip() for line in mutant.splitlines() if line not in original}
        if not changed:
            continue  # direction @ direction, the other way round
        tried += 1
        patience = verdict.SECONDS if changed <= set(harmless) else SECONDS
        with monkeypatch.context() as patch:
            patch.setattr(verdict, "SECONDS", patience)
            if verdict.verdict(exercise, defined(mutant, exercise.name))[0]:
                survivors |= changed
    assert tried >= 4
    assert survivors == set(harmless)


# --- the slips -------------------------------------------------------------------------------


def slips(body):
    """Return the bodies of all mutants of a function with this body."""
    found = mutants(f"def f(x, y, n):\n{textwrap.indent(body, '    ')}\n")
    return [textwrap.dedent(source.partition("\n")[2]).strip() for source in found]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return x + y", {"x - y", "x", "y"}),
        ("return x - y", {"x + y", "x", "y", "y - x"}),
        ("return x * y", {"x / y", "x + y", "x", "y"}),
        ("return x / y", {"x * y", "x", "y", "y / x"}),
        ("return x @ y", {"x * y", "x", "y", "y @ x"}),
        ("return x ** y", {"x * y", "x", "y", "y ** x"}),
        ("return x % y", {"x // y", "x", "y", "y % x"}),
        ("return x // y", {"x % y", "x / y", "x", "y", "y // x"}),
        ("return x & y", {"x | y", "x", "y"}),
        ("return x | y", {"x & y", "x", "y"}),
        ("return x << y", {"x", "y", "y << x"}),  # in no table, and no harm done
        ("return x < y", {"x <= y", "x > y"}),
        ("return x <= y", {"x < y", "x >= y"}),
        ("return x > y", {"x >= y", "x < y"}),
        ("return x >= y", {"x > y", "x <= y"}),
        ("return x == y", {"x != y"}),
        ("return x != y", {"x == y"}),
        ("return x is y", {"x is not y"}),
        ("return x is not y", {"x is y"}),
        ("return x in y", {"x not in y"}),
        ("return x not in y", {"x in y"}),
        ("return x < y <= n", {"x <= y <= n", "x > y <= n", "x < y < n", "x < y >= n"}),
        ("return x and y", {"x or y", "x", "y"}),
        ("return x or y or n", {"x and y and n", "x", "y", "n"}),
        ("return not x", {"x"}),
        ("return -x", {"x"}),
        ("return x if n else y", {"x", "y"}),
        ("return 7", {"8", "6"}),
        ("return True", {"False"}),
        ("return 0.5", set()),
        ("return x.T", {"x"}),
        ("return np.cos", {"np.sin"}),
        ("return np.maximum(x, y)", {"np.minimum(x, y)"}),
        ("return abs(x)", {"x"}),
        ("return sort(x, y, axis=n)", {"sort(x, y)"}),
        ("return [x, y]", {"[y, x]"}),
        ("return (x, y)", {"(y, x)"}),
        ("return x[:n]", {"x[:n + 1]", "x[:n - 1]", "x[n:]", "x[:]"}),
    ],
)
def test_each_kind_of_expression_has_its_slips(body, expected):
    assert sorted(slips(body)) == sorted(f"return {other}" for other in expected)


@pytest.mark.parametrize(
    ("body", "slip"),
    [
        ("x += y\nreturn x", "x -= y\nreturn x"),
        ("x[n] -= y\nreturn x", "x[n] += y\nreturn x"),
        ("while x < y:\n    x = x + n\nreturn x", "while x <= y:\n    x = x + n\nreturn x"),
        ("if x and y:\n    return n\nreturn x", "if x or y:\n    return n\nreturn x"),
        ("return [a for a in x if a > y]", "return [a for a in x if a >= y]"),
        ("def g(a):\n    return a % n\nreturn g(x)", "def g(a):\n    return a // n\nreturn g(x)"),
    ],
)
def test_slips_are_made_in_statements_of_every_kind(body, slip):
    assert slip in slips(body)


def test_every_slip_is_one_place_of_the_function_and_all_else_is_put_back():
    body = "z = x + y\nif not z < n and x[:n] is not y:\n    return -z % 3\nreturn z // n"
    found = slips(body)
    lines = lines_of(body)
    assert len(found) == len(set(found)) > 20
    for slip in found:
        ast.parse(slip.replace("return", "yield"))
        assert sum(a != b for a, b in zip(slip.splitlines(), lines, strict=True)) == 1


def test_a_docstring_and_the_parameters_have_no_slips():
    source = 'def f(x, n=3):\n    """Say 7 + 8."""\n    return x\n'
    assert list(mutants(source)) == []


def test_a_word_and_its_opposite_are_swapped_both_ways():
    for kind, others in SWAPPED.items():
        assert kind not in others
        assert all(other in SWAPPED for other in others)
