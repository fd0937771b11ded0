"""The exercises as tests see them, and functions as learners write them."""

import inspect
import textwrap

import numpy as np
import pytest

from mlmath_helpers.exercises import chapters, check
from mlmath_helpers.information_theory import information_gain

CHAPTERS = dict(chapters)
EXERCISES = {name: e for exercises in CHAPTERS.values() for name, e in exercises.items()}

every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)


def defined(source, name):
    """Run the source as a cell of its own and return one of its names."""
    namespace = {"np": np, "information_gain": information_gain}  # as in the notebook
    exec(compile(source, f"<cell of {name}>", "exec"), namespace)
    return namespace[name]


def with_body(name, body):
    """Return a learner's answer to an exercise: the signature of the stub, and this body."""
    signature = inspect.signature(EXERCISES[name].reference)
    return defined(f"def {name}{signature}:\n" + textwrap.indent(body, "    "), name)


def said(capsys, function):
    """Return what a check of the function prints."""
    check(function)
    return capsys.readouterr().out


def cases(name):
    """Return the arguments of each case of an exercise."""
    return EXERCISES[name].cases


def answers(name):
    """Return each right answer of an exercise with the arguments it belongs to."""
    return [(EXERCISES[name].reference(*arguments), arguments) for arguments in cases(name)]
