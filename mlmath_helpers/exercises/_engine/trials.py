"""Try a function on the cases of an exercise, and compare what it does with what is right."""

import contextlib
import functools
import io
import warnings
from time import monotonic
from typing import Any, NamedTuple

import numpy as np

from .answers import NotNumbersError, close, problem, read, shorten
from .time_limit import within


class Tried(NamedTuple):
    returned: Any
    error: BaseException | None
    changed: list  # whether each argument was changed by the call
    printed: bool


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

    def is_right(self, number):
        return self[number].error is None and is_right(self.exercise, self[number].returned, number)


def try_on(function, arguments, seconds, **floats):
    """Call the function on copies, quietly, and keep all that happened."""
    given = copies(arguments)
    output = _Output()
    returned = error = None
    with (
        np.errstate(**{"all": "ignore"} | floats),
        warnings.catch_warnings(),
        contextlib.redirect_stdout(output),
        contextlib.redirect_stderr(output),
    ):
        warnings.simplefilter("ignore")
        try:
            returned = within(max(seconds, 0.01), function, given)
        except KeyboardInterrupt:
            raise
        except BaseException as caught:  # SystemExit too: exit() is no answer
            error = caught
    changed = [not identical(was, now) for was, now in zip(arguments, given, strict=True)]
    return Tried(returned, error, changed, output.used)


def holds_nan(tried):
    try:
        return bool(np.isnan(read(tried.returned)).any())
    except NotNumbersError:
        return False


def alike(exercise, one, other):
    """Tell whether two calls gave the same answer or the same error."""
    if one.error is not None or other.error is not None:
        return type(one.error) is type(other.error) and message_of(one.error) == message_of(
            other.error
        )
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


def message_of(error):
    try:
        return shorten(str(error))
    except Exception:  # an error whose own text fails
        return ""


def copies(arguments):
    return tuple(map(_copy, arguments))


def _copy(value):
    """Copy an argument; the copy of an array with gaps in memory has gaps too."""
    if not isinstance(value, np.ndarray):
        return list(value) if isinstance(value, list) else value
    if value.flags.forc or value.ndim == 0:
        return value.copy(order="K")
    wide = np.empty((*value.shape[:-1], 2 * value.shape[-1]), value.dtype)
    wide[..., ::2] = value
    return wide[..., ::2]


def identical(before, after):
    if not isinstance(before, np.ndarray):
        return before == after
    floats = before.dtype.kind in "fc"
    return before.dtype == after.dtype and np.array_equal(before, after, equal_nan=floats)


class _Output(io.TextIOBase):
    """Takes what is printed, and remembers only that something was."""

    used = False

    def write(self, text):
        self.used = self.used or bool(text.strip())
        return len(text)
