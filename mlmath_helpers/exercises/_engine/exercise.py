"""What an exercise is: a reference answer, the cases it is tried on, hints, known mistakes."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

PARTS = {  # of what kind each is, in types and in words
    "cases": (tuple, "tuple of cases, each the tuple of its arguments, as in ((3,), (0,))"),
    "hints": (tuple, "tuple of sentences, as in ('a',)"),
    "mistakes": (dict, "dict with one mistake at least"),
}


class Mistake(NamedTuple):
    """A small wrong function, and the sentence that helps whoever wrote it."""

    function: Callable
    sentence: str


@dataclass(frozen=True, eq=False)
class Exercise:
    """One "your turn" of the course.

    Parameters
    ----------
    reference : function
        The right answer, as a learner would write it. Its name is the name of the exercise;
        its signature and its docstring are the stub that the notebook shows.
    cases : tuple of tuples
        The arguments of each call. The first case is the one most learners will see, so it
        is small, can be done by hand, and tells every known mistake from the others.
    hints : tuple of str
        From a question to nearly the line.
    mistakes : dict
        From a wrong answer that learners really give to the sentence that helps. The answer is
        the source of what they return, in the parameters of ``reference`` and the names of its
        module; or a function, where one line is not enough.
    same : function, optional
        ``same(returned, expected, arguments) -> bool``, where more than one answer is right.
        It is called with finite float arrays of equal shape.
    why : str, optional
        Why ``reference`` is right, in a sentence or two, where its source does not say it by
        itself. `solution` and the reading pages show it below the source.

    Raises
    ------
    TypeError, ValueError
        If a part is missing or of another kind; the message names the part.

    Examples
    --------
    >>> def double(x):
    ...     '''Twice x.'''
    ...     return 2 * x
    >>> exercise = Exercise(double, cases=((3,), (0,)), hints=("Multiply.",),
    ...                     mistakes={"x**2": "That is the square."})
    >>> exercise.name, exercise.parameters
    ('double', ('x',))
    >>> exercise.wrong_answers[0].function(3)
    9
    """

    reference: Callable
    cases: tuple
    hints: tuple
    mistakes: dict
    same: Callable | None = None
    why: str = ""

    def __post_init__(self):
        if not inspect.isfunction(self.reference):
            raise TypeError("reference must be a function written with def")
        for part, (kind, words) in PARTS.items():
            if not isinstance(getattr(self, part), kind) or not getattr(self, part):
                raise TypeError(f"{part} of {self.name} must be a {words}")
        for number, arguments in enumerate(self.cases, start=1):
            self._refuse_case(f"case {number} of {self.name}", arguments)
        if not all(isinstance(m, str) or inspect.isfunction(m) for m in self.mistakes):
            raise TypeError(
                f"mistakes of {self.name} must lead from the source of an answer, or a function, "
                "to a sentence"
            )
        sentences = (*self.hints, *self.mistakes.values())
        if not all(isinstance(text, str) and text.strip() for text in sentences):
            raise ValueError(f"hints and mistakes of {self.name} need sentences that are not empty")
        if not (self.same is None or callable(self.same)):
            raise TypeError(f"same of {self.name} must be a function of three arguments, or None")
        if not isinstance(self.why, str):
            raise TypeError(f"why of {self.name} must be a sentence, or left out")

    def _refuse_case(self, case, arguments):
        if not isinstance(arguments, tuple):
            raise ValueError(f"{case} must be a tuple of its arguments, as in (3,) or (3, 4)")
        n, needed = len(arguments), len(self.parameters)
        if n != needed:
            given = f"{n} argument{'s' * (n != 1)}"
            takes = f"{needed} ({', '.join(self.parameters)})"
            raise ValueError(f"{case} has {given}, the function takes {takes}")

    @property
    def name(self):
        """The name of the reference function, by which `check` finds the exercise."""
        return self.reference.__name__

    @property
    def parameters(self):
        """The names of the reference's parameters."""
        return tuple(inspect.signature(self.reference).parameters)

    @property
    def section(self):
        """The title of its section, which the first line of its file gives in quotes, or ''."""
        found = re.search(r'section "([^"]+)"', self.reference.__globals__.get("__doc__") or "")
        return found[1] if found else ""

    @cached_property
    def wrong_answers(self):
        """The known mistakes as functions, each with its sentence; made when first asked for."""
        return tuple(Mistake(self._as_function(m), text) for m, text in self.mistakes.items())

    def _as_function(self, mistake):
        if not isinstance(mistake, str):
            return mistake
        try:
            compile(mistake, "<mistake>", "eval")
        except SyntaxError as error:
            raise ValueError(f"the mistake {mistake!r} of {self.name}: {error.msg}") from None
        # In brackets: lambda x: x, x would be a pair, of a function and of a number.
        return eval(f"lambda {', '.join(self.parameters)}: ({mistake})", self.reference.__globals__)


def by_name(*exercises):
    """Return the dict from name to exercise that each chapter calls ``EXERCISES``."""
    return {exercise.name: exercise for exercise in exercises}


def with_gaps(A):
    """Return an array of the same numbers that lies in memory with gaps, as a slice does."""
    return np.repeat(A, 2, axis=1)[:, ::2]
