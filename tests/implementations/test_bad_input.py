"""Nonsense: each argument of each public function is refused by its name, and with a remedy.

The rows stand in the test file of the section that the function belongs to:

    BAD = [  # function, arguments, keywords, kind of error, argument's name, words of the remedy
        (entropy, ([0.5, 0.4],), {}, ValueError, "probabilities", "sums to 0.9"),
    ]
    UNTOUCHED = [  # function, arguments that it must not write into
        (entropy, ([0.5, 0.5],)),
    ]
"""

import importlib
import inspect
import pkgutil
import re

import numpy as np
import pytest

import mlmath_helpers
from collected import collected
from mlmath_helpers.probability import Distribution

BAD, UNTOUCHED = collected(__file__, "BAD", "UNTOUCHED")


def _name(row):
    return f"{row[0].__name__}-{row[4]}-{row[5]}"


@pytest.mark.parametrize(
    ("function", "arguments", "keywords", "kind", "argument", "remedy"), BAD, ids=map(_name, BAD)
)
def test_nonsense_is_refused_by_the_arguments_name_and_the_remedy(
    function, arguments, keywords, kind, argument, remedy
):
    with pytest.raises(kind) as refusal:
        function(*arguments, **keywords)
    assert re.search(rf"(?<!\w){re.escape(argument)}(?!\w)", str(refusal.value))
    assert remedy in str(refusal.value)


def _public_functions():
    """Whatever a chapter's module, or one that is shared, offers under its own name."""
    modules = [
        importlib.import_module(f"mlmath_helpers.{module.name}")
        for module in pkgutil.iter_modules(mlmath_helpers.__path__)
        if not module.name.startswith("_") and module.name not in ("explorers", "exercises")
    ]
    return [
        thing
        for module in modules
        for name, thing in vars(module).items()
        if not name.startswith("_")
        and callable(thing)
        and f"{getattr(thing, '__module__', None)}.".startswith(f"{module.__name__}.")
        and not hasattr(thing, "_fields")  # a named tuple only holds results
        # Distributions have a table of their own, in test_distributions.py.
        and not (inspect.isclass(thing) and issubclass(thing, (Exception, Distribution)))
    ]


@pytest.mark.parametrize("function", _public_functions(), ids=lambda function: function.__name__)
def test_every_argument_of_every_public_function_is_in_the_table(function):
    refused = {row[4].split("[")[0] for row in BAD if row[0] is function}
    assert refused, f"{function.__name__} is not in the table"
    assert set(inspect.signature(function).parameters) <= {
        name for words in refused for name in words.split(" and ")
    }


def test_the_search_for_public_functions_finds_them():
    names = {function.__name__ for function in _public_functions()}
    assert {"norm", "pca", "show_source", "load_penguins"} <= names


@pytest.mark.parametrize(("function", "arguments"), UNTOUCHED)
def test_what_is_given_is_never_changed(function, arguments):
    arrays = [np.array(a, dtype=float) if isinstance(a, list) else a for a in arguments]
    for array in arrays:
        if isinstance(array, np.ndarray):
            array.flags.writeable = False  # a write would raise
    answers = function(*arrays)
    for answer in answers if isinstance(answers, tuple) else (answers,):
        assert not any(np.shares_memory(answer, array) for array in arrays)
