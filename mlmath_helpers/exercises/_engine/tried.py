"""One call of a learner's function, on copies and quietly, and what came of it as plain data."""

import contextlib
import dis
import inspect
import io
import linecache
import traceback
import warnings
from typing import Any, NamedTuple

import numpy as np

from .answers import shorten
from .time_limit import within


class Stopped(NamedTuple):
    """The error with which a call ended."""

    kind: str  # the name of its class
    message: str
    place: tuple | None  # line, function and source of the last step in the learner's code
    by_the_course: bool  # whether one of the course's implementations raised it


class Tried(NamedTuple):
    """What one call did."""

    returned: Any
    error: Stopped | None
    changed: list  # whether each argument was changed by the call
    printed: bool


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
            error = _stopped(caught, function)
    changed = [not identical(was, now) for was, now in zip(arguments, given, strict=True)]
    return Tried(returned, error, changed, output.used)


def _stopped(error, function):
    return Stopped(
        type(error).__name__,
        _message_of(error),
        _place(error, function),
        _refused_by_the_course(error),
    )


def unusable(function, parameters, arguments):
    """Say why the function cannot be tried on these arguments at all, or ''."""
    if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
        return "begins with async def; write it with def."
    if inspect.isgeneratorfunction(function):
        return "uses yield, which makes a generator; return the answer instead."
    if _is_stub(function):
        return "not written yet."
    try:
        inspect.signature(function).bind(*arguments)
    except TypeError:
        theirs = ", ".join(inspect.signature(function).parameters)
        return f"is called with ({', '.join(parameters)}); yours takes ({theirs})."
    return ""


def _is_stub(function):
    """Tell whether the body holds nothing but a docstring, ``...`` or ``pass``."""
    idle = {"RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE"}
    return all(
        step.opname in idle and ("CONST" not in step.opname or step.argval in (None, ...))
        for step in dis.get_instructions(function)
    )


def _place(error, function):
    """Return line, function and source of the last step in the learner's code, or None."""
    own = [
        (frame.f_code, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_globals is function.__globals__
    ]
    if not own:
        return None
    code, line = own[-1]
    source = linecache.getline(code.co_filename, line, function.__globals__).strip()
    return line, code.co_name, source


def _refused_by_the_course(error):
    """Tell whether one of the course's implementations stopped with this error."""
    names = (
        frame.f_globals.get("__name__", "") for frame, _ in traceback.walk_tb(error.__traceback__)
    )
    package, exercises, _ = __name__.split(".", 2)
    others = (f"{package}.{exercises}.", f"{package}._commands.")
    return any(name.startswith(f"{package}.") and not name.startswith(others) for name in names)


def _message_of(error):
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
