"""What is taken from a notebook for a function: all that it needs, and no more."""

import ast

import pytest

from mlmath_helpers._commands.grading.needed import needed, statements


def taken(name, *cells):
    found, _ = statements(list(enumerate(cells, start=1)))
    return [ast.unparse(one.node) for one in needed(found, name)]


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (["import numpy as np", "x = 1", "def f(): return np.pi"], ["import numpy as np"]),
        (["a = 1", "b = a + 1", "def f(): return b", "c = b"], ["a = 1", "b = a + 1"]),
        (["def g(): return h()", "def h(): return 1", "def f(): return g()"], ["def g", "def h"]),
        (["d = {}", "d['a'] = 1", "d.update(b=2)", "print(d)", "def f(): return d"],
         ["d = {}", "d['a'] = 1", "d.update(b=2)"]),
        (["for i in range(3): total = i", "def f(): return total"], ["for i"]),
        (["from math import *", "def f(): return pi"], ["from math import *"]),
        (["v = 1", "def f(v): return v"], []),
        (["w = 1", "def f():\n    w = 2\n    return w"], []),
        (["def f():\n    def g(): return k\n    return g()", "k = 1"], ["k = 1"]),
        (["n = 0", "def c():\n    global n\n    n += 1", "def f(): return n"], ["n = 0", "def c"]),
        (["class A: b = q", "q = 2", "def f(): return A.b"], ["class A", "q = 2"]),
        (["import numpy as np", "np.round(x)", "x = 1", "def f(): return np.e"], ["import numpy"]),
        (["s = 3", "@d\ndef f(x=s): return x", "def d(g): return g"], ["s = 3", "def d"]),
        (["k = 0", "def f():\n    global k\n    k += 1"], ["k = 0"]),
        (["n = 1", "def f(): return n", "n = 2"], ["n = 1"]),
        (["n = 1", "def f(): return n", "n = 2", "check(f)"], ["n = 1", "n = 2"]),
        (["n = 1", "def f(): return n + m", "m, n = 3, 4", "m = 5"], ["n = 1", "m = 5"]),
        (["def h(x): return x", "def f(x): return h(x)", "def h(m, n): return m"], ["def h(x)"]),
        (["try:\n    import a\nexcept ImportError:\n    a = 0", "def f(): return a"], ["try"]),
    ],
)  # fmt: skip
def test_what_a_function_uses_is_taken_and_nothing_else(cells, wanted):
    there = [source for source in taken("f", *cells) if "def f(" not in source]
    assert len(there) == len(wanted)
    for source, beginning in zip(there, wanted, strict=True):
        assert source.startswith(beginning)


def test_a_stub_is_left_out_only_where_there_is_an_answer():
    stub = 'def f():\n    """Doc."""\n    ...'
    assert taken("f", stub) == [stub]
    assert taken("f", "def f(): return 1", stub) == ["def f():\n    return 1"]
    assert taken("f", "if True:\n    def f(): return 1", stub)[0].startswith("if True")


@pytest.mark.parametrize(
    "command",
    ["!rm -r .", "%pip install x", "files = !ls", "f?", "%timeit f()", "%%bash\nrm -r ."],
)
def test_a_command_is_never_taken(command):
    assert taken("f", command, "def f(): return 1") == ["def f():\n    return 1"]
    assert taken("files", command) == []


def test_code_below_a_command_is_taken_at_its_own_lines():
    found, _ = statements([(1, "!ls\ndef f(): return 1"), (2, "%%time\ndef g(): return 1")])
    assert [one.node.lineno for one in found] == [2, 2]


@pytest.mark.parametrize(
    "source", ["def f(:", "(" * 1000 + ")" * 1000, "x = '\ud800'", "\x00", "return 1 2"]
)
def test_a_cell_that_cannot_be_read_is_named_and_the_others_are_taken(source):
    found, unreadable = statements([(1, source), (2, "x = 1")])
    assert list(unreadable) == [1]
    assert [one.cell for one in found] == [2]


@pytest.mark.parametrize("after", ["f = f(1)", "f = 0.97", "for f in range(3): pass"])
def test_what_a_name_is_used_for_below_its_answer_does_not_count(after):
    assert taken("f", "def f(x): return x", after) == ["def f(x):\n    return x"]
