"""Try a function on the cases of an exercise, and compare what it does with what is right."""

import functools
from time import monotonic

import numpy as np

from .answers import NotNumbersError, close, problem, read
from .observed import unused
from .tried import copies, try_on, unusable


class Trials:
    """What a function does on the cases of an exercise; each is tried when it is asked for.

    ``seconds`` are for all of them together, or for each.
    """

    def __init__(self, exercise, function, seconds, *, together):
        self.exercise, self.function, self._tried = exercise, function, {}
        self._seconds, self._deadline = seconds, together and monotonic() + seconds

    def __getitem__(self, number):
        if number not in self._tried:
            seconds = self._deadline - monotonic() if self._deadline else self._seconds
            self._tried[number] = try_on(self.function, self.exercise.cases[number], seconds)
        return self._tried[number]

    @property
    def unusable(self):
        """Why the function cannot be tried at all, or ''."""
        return unusable(self.function, self.exercise.parameters, self.exercise.cases[0])

    @property
    def unused(self):
        """The first parameters that the function never reads."""
        return unused(self.function, len(self.exercise.parameters))

    def where_it_breaks(self, number):
        """Return the error of numpy's where nan or inf is made, if it notices, or None."""
        by_nan = holds_nan(self[number].returned)
        arguments = self.exercise.cases[number]
        return where_it_breaks(self.function, arguments, self._seconds, by_nan=by_nan)

    def is_right(self, number):
        return self[number].error is None and is_right(self.exercise, self[number].returned, number)


def where_it_breaks(function, arguments, seconds, *, by_nan):
    """Call the function once more, and return numpy's error where nan or inf is made, or None."""
    wanted = {"invalid": "raise"} if by_nan else {"divide": "raise"}
    error = try_on(function, arguments, seconds, **wanted, over="raise").error
    return error if error is not None and error.kind == "FloatingPointError" else None


def holds_nan(returned):
    try:
        return bool(np.isnan(read(returned)).any())
    except NotNumbersError:
        return False


def alike(exercise, one, other):
    """Tell whether two calls gave the same answer or the same error."""
    if one.error is not None or other.error is not None:
        both = one.error is not None and other.error is not None
        return both and one.error[:2] == other.error[:2]  # kind and message
    try:
        return close(read_answer(exercise, one.returned), read_answer(exercise, other.returned))
    except NotNumbersError:
        return False


def is_right(exercise, returned, number):
    """Tell whether an answer is right, in the exercise's own sense if it has one."""
    expected = expected_answer(exercise, number)
    try:
        array = read_answer(exercise, returned)
    except NotNumbersError:
        return False
    if problem(array, expected):
        return False
    if exercise.same is None:
        return close(array, expected)
    return bool(exercise.same(array, expected, copies(exercise.cases[number])))


@functools.lru_cache(maxsize=4096)
def expected_answer(exercise, number):
    expected = read_answer(exercise, exercise.reference(*copies(exercise.cases[number])))
    expected.setflags(write=False)
    return expected


def read_answer(exercise, returned):
    return read(returned, yes_or_no=is_yes_or_no(exercise))


@functools.lru_cache(maxsize=256)
def is_yes_or_no(exercise):
    return isinstance(exercise.reference(*copies(exercise.cases[0])), bool)
