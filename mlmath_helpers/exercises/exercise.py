"""What an exercise is: a reference answer, the cases it is tried on, hints, known mistakes."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


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
    mistakes : tuple of Mistake
        Wrong answers that learners really give, each with the sentence that helps.
    same : function, optional
        ``same(returned, expected, arguments) -> bool``, where more than one answer is right.
        It is called with finite float arrays of equal shape.

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
    ...                     mistakes=(Mistake(lambda x: x**2, "That is the square."),))
    >>> exercise.name, exercise.parameters
    ('double', ('x',))
    """

    reference: Callable
    cases: tuple
    hints: tuple
    mistakes: tuple
    same: Callable | None = None

    def __post_init__(self):
        if not inspect.isfunction(self.reference):
            raise TypeError("reference must be a function written with def")
        for part in ("cases", "hints", "mistakes"):
            if not isinstance(getattr(self, part), tuple) or not getattr(self, part):
                raise TypeError(f"{part} of {self.name} must be a tuple that is not empty")
        for arguments in self.cases:
            if not isinstance(arguments, tuple) or len(arguments) != len(self.parameters):
                raise ValueError(
                    f"each of the cases of {self.name} must be a tuple with one argument "
                    f"for each of ({', '.join(self.parameters)})"
                )
        if not all(
            isinstance(m, tuple) and len(m) == 2 and inspect.isfunction(m[0]) for m in self.mistakes
        ):
            raise TypeError(f"mistakes of {self.name} must be pairs Mistake(function, sentence)")
        sentences = self.hints + tuple(mistake[-1] for mistake in self.mistakes)
        if not all(isinstance(text, str) and text.strip() for text in sentences):
            raise ValueError(f"hints and mistakes of {self.name} need sentences that are not empty")
        if not (self.same is None or callable(self.same)):
            raise TypeError(f"same of {self.name} must be a function of three arguments, or None")

    @property
    def name(self):
        """The name of the reference function, by which `check` finds the exercise."""
        return self.reference.__name__

    @property
    def parameters(self):
        """The names of the reference's parameters."""
        return tuple(inspect.signature(self.reference).parameters)


def by_name(*exercises):
    """Return the dict from name to exercise that each chapter calls ``EXERCISES``."""
    return {exercise.name: exercise for exercise in exercises}
