"""Answers as learners write them, of tests/reference/learner_answers.txt, as functions."""

import inspect
import itertools
import math
import re
import textwrap
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import stats

from exercises.learner import EXERCISES
from mlmath_helpers import (
    calculus,
    information_theory,
    linear_algebra,
    probability,
    statistics,
)

FILE = Path(__file__).parents[1] / "reference" / "learner_answers.txt"
FACES = (calculus, probability, statistics, information_theory, linear_algebra)
AT_HAND = {"np": np, "math": math, "itertools": itertools, "stats": stats} | {
    name: getattr(face, name) for face in FACES for name in face.__all__
}


class Answer(NamedTuple):
    """A learner's answer to an exercise: its label, and the body of the function."""

    exercise: str
    right: bool
    label: str
    body: str

    def function(self):
        """Return the answer as a function of its own cell, with the course's names at hand."""
        signature = inspect.signature(EXERCISES[self.exercise].reference)
        source = f"def {self.exercise}{signature}:\n{textwrap.indent(self.body, '    ')}"
        namespace = dict(AT_HAND)
        exec(compile(source, f"<{self.exercise}: {self.label}>", "exec"), namespace)
        return namespace[self.exercise]


def read(text):
    """Yield the answers of a bank: == exercise, R or W, label | what it returns, or its body."""
    for part in re.split("^== ", text, flags=re.MULTILINE)[1:]:
        exercise, _, answers = part.partition("\n")
        for answer in re.split(r"^(?=[RW] )", answers, flags=re.MULTILINE)[1:]:
            head, _, below = answer.partition("\n")
            label, _, expression = head[2:].partition(" |")
            body = textwrap.dedent(below) if below.strip() else f"return {expression.strip()}"
            yield Answer(exercise.strip(), head[0] == "R", label, body)


ANSWERS = list(read(FILE.read_text(encoding="utf-8")))
RIGHT = [a for a in ANSWERS if a.right]
WRONG = [a for a in ANSWERS if not a.right]


def sentence(text):
    """Return what a verdict says beside the case, the answers and the error, or ''."""
    _, _, found = text.partition(": ")
    own = [
        line.removeprefix("not yet.").strip()
        for line in found.splitlines()
        if not line.startswith((" ", "stopped with ", "Your function also "))
    ]
    return " ".join(own).strip()
