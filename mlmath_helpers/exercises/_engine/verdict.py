"""Try a learner's function on the cases of an exercise, and say what was found."""

import contextlib
import dis
import inspect
import io
import linecache
import re
import sys
import traceback
import warnings
from time import monotonic
from typing import Any, NamedTuple

import numpy as np

from .answers import NotNumbersError, close, problem, read, shorten, show
from .time_limit import OutOfTime, within

SECONDS = 3  # for all cases of one check together


def verdict(exercise, function):
    """Return whether the function passes, and the text that says so or what to look at."""
    unusable = _unusable(exercise, function)
    if unusable:
        return False, f"{exercise.name}: {unusable}"
    deadline = monotonic() + SECONDS
    for number, arguments in enumerate(exercise.cases):
        tried = _try(function, arguments, deadline - monotonic())
        found = _what_is_wrong(exercise, function, number, tried)
        if found:
            return False, f"{exercise.name}: {found}"
    return True, f"{exercise.name}: passed, {len(exercise.cases)} checks."


def _unusable(exercise, function):
    """Say why the function cannot be tried at all, or ''."""
    if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
        return "begins with async def; write it with def."
    if inspect.isgeneratorfunction(function):
        return "uses yield, which makes a generator; return the answer instead."
    if _is_stub(function):
        return "not written yet."
    try:
        inspect.signature(function).bind(*exercise.cases[0])
    except TypeError:
        theirs = ", ".join(inspect.signature(function).parameters)
        return f"is called with ({', '.join(exercise.parameters)}); yours takes ({theirs})."
    return ""


def _is_stub(function):
    """Tell whether the body holds nothing but a docstring, ``...`` or ``pass``."""
    idle = {"RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE"}
    return all(
        step.opname in idle and ("CONST" not in step.opname or step.argval in (None, ...))
        for step in dis.get_instructions(function)
    )


class _Tried(NamedTuple):
    returned: Any
    error: BaseException | None
    changed: list  # whether each argument was changed by the call
    printed: bool


def _try(function, arguments, seconds):
    """Call the function on copies, quietly, and keep all that happened."""
    given = _copies(arguments)
    output = _Output()
    returned = error = None
    with (
        np.errstate(all="ignore"),
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
    changed = [not _identical(was, now) for was, now in zip(arguments, given, strict=True)]
    return _Tried(returned, error, changed, output.used)


def _what_is_wrong(exercise, function, number, tried):
    """Return the verdict on case ``number``, or '' where the answer is right."""
    arguments = exercise.cases[number]
    named = dict(zip(exercise.parameters, arguments, strict=True))
    case = [_line(f"  {name} = ", value) for name, value in named.items()]
    changed = [name for name, is_so in zip(named, tried.changed, strict=True) if is_so]
    notes = []
    if changed:
        notes.append(f"Your function also changes its input {' and '.join(changed)}.")
    if tried.printed:
        notes.append("Your function also prints; that is not shown here.")

    if isinstance(tried.error, NotImplementedError) or tried.returned is ...:
        return "not written yet."
    if isinstance(tried.error, OutOfTime):
        # Where Python runs inside a web page, no message reaches it while it is busy.
        way_out = "Restart" if sys.platform == "emscripten" else "Interrupt"
        head = (
            f"stopped after {SECONDS} seconds. Is there a loop that never ends? "
            f"(A check that hangs in compiled code stops only by {way_out} in the Kernel menu.)"
        )
        return "\n".join([head, *case, *notes])
    if tried.error is not None:
        stopped = _error(tried.error, function)
        sentence = _known_mistake(exercise, function, tried, number) or _advice(stopped)
        return "\n".join([stopped, *filter(None, [sentence]), *case, *notes])
    if tried.returned is None:
        head = "nothing is returned; a return may be missing."
        if number:  # so there is one that other inputs come to
            head = "nothing is returned here: one way through the function ends without a return."
        return "\n".join([head, *case, *notes])

    if _is_right(exercise, tried.returned, arguments):
        return changed and (
            f"the answer is right, but your function changes its input "
            f"{' and '.join(changed)}. Work on a copy: {changed[0]} = {changed[0]}.copy()."
        )

    expected = _expected(exercise, arguments)
    sentence = _known_mistake(exercise, function, tried, number)
    if not sentence:
        try:
            single = "True or False" if _is_yes_or_no(exercise) else "a single number"
            sentence = problem(_read(exercise, tried.returned), expected, single=single)
        except NotNumbersError as unreadable:
            sentence = str(unreadable)
    if _is_yes_or_no(exercise):
        expected = bool(expected)
    digits = 6 if show(tried.returned) != show(expected) else 15
    answers = [
        _line("  returned ", tried.returned, digits),
        _line("  expected " if exercise.same is None else "  possible ", expected, digits),
    ]
    return "\n".join([f"not yet. {sentence}".rstrip(), *case, *answers, *notes])


def _known_mistake(exercise, function, tried, number):
    """Return the sentence of the first mistake that does just what was tried, or ''.

    That is, the mistake is right on the cases before this one, and here it gives the same
    wrong answer or stops with the same error. Many ways lead to nan, so nan is the sign only of
    a mistake that is right on all other cases; and half of all ways lead to a wrong yes or no,
    so there the mistake must agree on most cases.
    """
    by_nan = _holds_nan(tried)
    for mistake in exercise.wrong_answers:
        *before, here = (_try(mistake.function, c, SECONDS) for c in exercise.cases[: number + 1])
        if _alike(exercise, tried, here) and all(
            past.error is None and _is_right(exercise, past.returned, arguments)
            for past, arguments in zip(before, exercise.cases, strict=False)
        ):
            if by_nan and not _is_wrong_by_nan_only(exercise, mistake):
                continue
            by_chance = tried.error is None and _is_yes_or_no(exercise)
            if by_chance and _agreement(exercise, function, mistake.function) < 0.8:
                continue
            return mistake.sentence
    return ""


def _agreement(exercise, one, other):
    """Return the share of cases on which two functions give the same answer or error."""
    pairs = [[_try(f, c, SECONDS) for f in (one, other)] for c in exercise.cases]
    return np.mean([_alike(exercise, *pair) for pair in pairs])


def _is_wrong_by_nan_only(exercise, mistake):
    return all(
        _holds_nan(tried) or _is_right(exercise, tried.returned, arguments)
        for arguments in exercise.cases
        for tried in [_try(mistake.function, arguments, SECONDS)]
    )


def _holds_nan(tried):
    try:
        return bool(np.isnan(read(tried.returned)).any())
    except NotNumbersError:
        return False


def _alike(exercise, one, other):
    """Tell whether two calls gave the same answer or the same error."""
    if one.error is not None or other.error is not None:
        return type(one.error) is type(other.error) and _message(one.error) == _message(other.error)
    try:
        return close(_read(exercise, one.returned), _read(exercise, other.returned))
    except NotNumbersError:
        return False


def _is_right(exercise, returned, arguments):
    """Tell whether an answer is right, in the exercise's own sense if it has one."""
    expected = _expected(exercise, arguments)
    try:
        array = _read(exercise, returned)
    except NotNumbersError:
        return False
    if problem(array, expected):
        return False
    if exercise.same is None:
        return close(array, expected)
    return bool(exercise.same(array, expected, _copies(arguments)))


def _expected(exercise, arguments):
    return _read(exercise, exercise.reference(*_copies(arguments)))


def _read(exercise, returned):
    return read(returned, yes_or_no=_is_yes_or_no(exercise))


def _is_yes_or_no(exercise):
    return isinstance(exercise.reference(*_copies(exercise.cases[0])), bool)


def _error(error, function):
    """Return the learner's own error, with its line where it happened in the learner's code."""
    message = _message(error)
    text = f"stopped with {type(error).__name__}" + (f": {message}" if message else "")
    own = [
        (frame.f_code, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_globals is function.__globals__
    ]
    if not own:
        return text
    code, line = own[-1]
    source = linecache.getline(code.co_filename, line, function.__globals__).strip()
    return f"{text}\n  line {line} of {code.co_name}" + (f": {source}" if source else "")


def _advice(stopped):
    """Say what helps where numpy's or Python's own message speaks of something else, or ''."""
    if "bitwise_xor" in stopped or "operand type(s) for ^" in stopped:
        return "In Python ^ is not a power; write **, as in x**2."
    if "Field elements must be 2- or 3-tuples" in stopped:
        return (
            "np.array takes one list: put its rows into one more pair of brackets, [[...], [...]]."
        )
    return _must_stay_whole(stopped)


IN_PLACE = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "power": "**"}


def _must_stay_whole(stopped):
    """Say what an in-place operator on whole numbers needs, if that is the error, or ''."""
    cast = re.search(r"Cannot cast ufunc '(\w+)' output .* to dtype\('u?int", stopped)
    sign = cast and IN_PLACE.get(cast[1])
    if not sign:
        return ""
    target = re.search(rf"(\w+)((?:\[[^]]*\])*) *{re.escape(sign)}=", stopped)
    name, part = target.groups() if target else ("w", "")
    remedy = f"write {name} = {name} {sign} ..."
    if part:  # A[i] = A[i] - ... would cut the fractions off and say nothing
        remedy = f"make room for fractions first, {name} = {name}.astype(float)"
    return f"These are whole numbers, and {sign}= must keep them whole; {remedy}"


def _message(error):
    try:
        return shorten(str(error))
    except Exception:  # an error whose own text fails
        return ""


def _line(label, value, digits=6):
    """Show a value after its label, the rows of a matrix below each other."""
    return label + show(value, digits).replace("\n", "\n" + " " * len(label))


def _copies(arguments):
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


def _identical(before, after):
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
