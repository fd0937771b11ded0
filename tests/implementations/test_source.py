"""show_source: the text in the notebook is the text that runs."""

import inspect
import json
import os
import subprocess
import sys

import numpy as np
import pytest

from mlmath_helpers import linear_algebra, show_source

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
def test_the_plain_text_is_the_source_in_the_file(shown_in_a_notebook, place, name):
    plain = shown_in_a_notebook[1][place]["text/plain"]
    module = sys.modules[getattr(linear_algebra, name).__module__]
    assert plain + "\n" in inspect.getsource(module)
    assert f" {name}(" in plain
    assert '"""' in plain  # with its docstring


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
    assert show_source(linear_algebra.low_rank) is None
    assert capsys.readouterr().out == inspect.getsource(linear_algebra.low_rank)


@pytest.mark.parametrize("thing", [3.5, None, "norm", np.array([1.0]), linear_algebra])
def test_a_value_is_refused_with_the_way_to_write_it(thing):
    with pytest.raises(TypeError, match=r"show_source\(linear_algebra.norm\), without calling"):
        show_source(thing)


@pytest.mark.parametrize("thing", [len, int, np.dot, np.add.reduce])
def test_what_is_built_in_is_refused_with_its_name(thing):
    with pytest.raises(TypeError, match=f"'{thing.__name__}' has no Python source"):
        show_source(thing)


# --- what is refused

BAD = [
    (show_source, (3,), {}, TypeError, "function", "without calling"),
    (show_source, (len,), {}, TypeError, "function", "built into Python"),
    (show_source, (linear_algebra.norm, "cosine"), {}, ValueError, "inner", "no helper"),
    (show_source, (linear_algebra.norm,), {"whole": 1}, TypeError, "whole", "True or False"),
]
