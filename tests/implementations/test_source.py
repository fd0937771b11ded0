"""show_source: the text in the notebook is the text that runs."""

import functools
import inspect
import json
import os
import re
import subprocess
import sys
import textwrap

import numpy as np
import pytest

from mlmath_helpers import linear_algebra, show_source
from mlmath_helpers.source import short_source

# A shell of its own, in another process: making one here would change this one for good.
IN_A_NOTEBOOK = """
import json
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from mlmath_helpers import linear_algebra, show_source
InteractiveShell.instance()
with capture_output() as captured:
    answers = [show_source(getattr(linear_algebra, name)) for name in ("norm", "Eigenpair")]
print(json.dumps([answers, [output.data for output in captured.outputs], captured.stdout]))
"""


@pytest.fixture(scope="module")
def shown_in_a_notebook(tmp_path_factory):
    finished = subprocess.run(
        [sys.executable, "-c", IN_A_NOTEBOOK],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "IPYTHONDIR": str(tmp_path_factory.mktemp("ipython"))},
    )
    return json.loads(finished.stdout.splitlines()[-1])


def test_a_notebook_gets_markdown_and_plain_text_and_nothing_is_returned(shown_in_a_notebook):
    answers, bundles, printed = shown_in_a_notebook
    assert answers == [None, None]
    assert printed == ""
    assert [sorted(bundle) for bundle in bundles] == [["text/markdown", "text/plain"]] * 2


@pytest.mark.parametrize(("place", "name"), [(0, "norm"), (1, "Eigenpair")])
def test_the_plain_text_is_the_source_in_the_file_with_the_docstrings_first_line(
    shown_in_a_notebook, place, name
):
    plain = shown_in_a_notebook[1][place]["text/plain"]
    thing = getattr(linear_algebra, name)
    before, first, after = plain.partition(thing.__doc__.split("\n")[0])
    whole = inspect.getsource(sys.modules[thing.__module__])
    assert before + first in whole
    assert after.startswith('"""\n')
    assert after.removeprefix('"""') + "\n" in whole
    assert f" {name}(" in before


def test_the_markdown_is_a_fenced_block_of_the_plain_text(shown_in_a_notebook):
    for bundle in shown_in_a_notebook[1]:
        first, *inside, last = bundle["text/markdown"].split("\n")
        assert (first, last) == ("```python", "```")
        assert "\n".join(inside) == bundle["text/plain"]


def test_backticks_in_the_source_do_not_end_the_block(capsys):
    from mlmath_helpers.source import _fenced

    lines = _fenced('"""\n```\nexample\n```\n"""').split("\n")
    assert lines[0] == "````python"
    assert lines[-1] == "````"
    assert "````" not in lines[1:-1]


def test_a_plain_python_prompt_gets_the_source_printed(capsys):
    assert show_source(linear_algebra.low_rank, whole=True) is None
    assert capsys.readouterr().out == inspect.getsource(linear_algebra.low_rank)


# --- what is shown of a docstring, and what beside the function


def decorated(function):
    @functools.wraps(function)
    def wrapper(*args):
        return function(*args)

    return wrapper


def plain(x):
    return 2 * x  # no docstring


@decorated
def one_line(x):
    """Double it."""
    return 2 * x


@decorated
def with_backslashes(x):
    r"""Double it, \alpha \to 2 \alpha.

    More words: \beta.
    """
    return 2 * x


def outer(x):
    """Double it, inside.

    More words.
    """

    def inner(y):
        """Double y.

        More words.
        """
        return '"""not a docstring\n\n' and 2 * y

    return inner(x)


class Doubler:
    """Doubles what it gets.

    More words.
    """

    factor = 2

    def __init__(self, x):
        """Keep x.

        More words.
        """
        self.x = x

    def double(self):
        """Double x."""
        return self.factor * self.x

    @property
    def half(self):
        """Halve x.

        More words.
        """
        return self.x / self.factor


@pytest.mark.parametrize("thing", [plain, one_line, Doubler.double])
def test_without_more_of_a_docstring_all_is_shown(thing, capsys):
    show_source(thing)
    short = capsys.readouterr().out
    show_source(thing, whole=True)
    assert short == capsys.readouterr().out == textwrap.dedent(inspect.getsource(thing))


@pytest.mark.parametrize("thing", [with_backslashes, outer, Doubler, Doubler.__init__])
def test_of_each_docstring_the_first_line_is_shown(thing, capsys):
    show_source(thing)
    source = textwrap.dedent(inspect.getsource(thing))
    assert "More words" in source
    assert capsys.readouterr().out == re.sub(r'\n\n +More words.*\n +"""', '"""', source)


def test_helpers_are_shown_below_in_the_order_asked_for(capsys):
    show_source(outer, "plain", "one_line")
    parts = capsys.readouterr().out.split("\n\n\n")
    assert [part.split("(")[0] for part in parts] == [
        "def outer", "def plain", "@decorated\ndef one_line",
    ]  # fmt: skip


def test_a_method_has_helpers_in_its_file_too_and_whole_shows_theirs_whole(capsys):
    show_source(Doubler.double, "with_backslashes", whole=True)
    assert capsys.readouterr().out.endswith('    More words: \\beta.\n    """\n    return 2 * x\n')
    show_source(linear_algebra.eigen_symmetric, "_turn")
    assert "\n\n\ndef _turn(A, V, p, q):\n" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["no_such_helper", "np", "REFERENCE", "double", 3, plain])
def test_a_helper_that_is_not_there_is_refused_by_its_name(name):
    with pytest.raises(ValueError, match=re.escape(f"inner: {name!r} is no helper in the file of")):
        show_source(outer, name)


@pytest.mark.parametrize("thing", [3.5, None, "norm", np.array([1.0]), linear_algebra])
def test_a_value_is_refused_with_the_way_to_write_it(thing):
    with pytest.raises(TypeError, match=r"show_source\(norm\), without calling"):
        show_source(thing)


@pytest.mark.parametrize("thing", [len, int, np.dot, np.add.reduce])
def test_what_is_built_in_is_refused_with_its_name(thing):
    with pytest.raises(TypeError, match=f"'{thing.__name__}' has no Python source"):
        show_source(thing)


# --- what is refused

BAD = [
    (show_source, (3,), {}, TypeError, "function", "without calling"),
    (show_source, (len,), {}, TypeError, "function", "built into Python"),
    (short_source, (3,), {}, TypeError, "function", "without calling"),
    (short_source, (len,), {}, TypeError, "function", "built into Python"),
    (show_source, (linear_algebra.norm, "cosine"), {}, ValueError, "inner", "no helper"),
    (show_source, (linear_algebra.norm,), {"whole": 1}, TypeError, "whole", "True or False"),
]
