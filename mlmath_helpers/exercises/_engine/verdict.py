"""Try a learner's function on the cases of an exercise, and say what was found."""

import contextlib
import dis
import functools
import inspect
import io
import linecache
import sys
import traceback
import warnings
from time import monotonic
from typing import Any, NamedTuple

import numpy as np

from .advice import advice, made_by
from .answers import NotNumbersError, close, problem, read, shorten, show
from .observed import entries, relation, shape, unused
from .time_limit import OutOfTime, within

SECONDS = 3  # for all cases of one check together


def verdict(exercise, function):
    """Return whether the function passes, and the text that says so or what to look at."""
    unusable = _unusable(exercise, function)
    if unusable:
        return False, f"{exercise.name}: {unusable}"
    trials = _Trials(exercise, function, together=SECONDS)
    for number in range(len(exercise.cases)):
        found = _what_is_wrong(trials, number)
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


class _Trials:
    """What a function does on the cases of an exercise; each is tried when it is asked for."""

    def __init__(self, exercise, function, *, together=None):
        self.exercise, self.function, self._tried = exercise, function, {}
        self._deadline = together and monotonic() + together  # of all cases, or SECONDS for each

    def __getitem__(self, number):
        if number not in self._tried:
            seconds = self._deadline - monotonic() if self._deadline else SECONDS
            self._tried[number] = _try(self.function, self.exercise.cases[number], seconds)
        return self._tried[number]

    def is_right(self, number):
        return self[number].error is None and _is_right(
            self.exercise, self[number].returned, number
        )


def _try(function, arguments, seconds, **floats):
    """Call the function on copies, quietly, and keep all that happened."""
    given = _copies(arguments)
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
    changed = [not _identical(was, now) for was, now in zip(arguments, given, strict=True)]
    return _Tried(returned, error, changed, output.used)


def _what_is_wrong(trials, number):
    """Return the verdict on case ``number``, or '' where the answer is right."""
    exercise, function, tried = trials.exercise, trials.function, trials[number]
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
        sentence = _known_mistake(trials, number) or advice(stopped)
        if not sentence and _refused_by_the_course(tried.error, function):
            sentence = "A function of the course refuses that input; its words say what it needs."
        return "\n".join([stopped, *filter(None, [sentence]), *case, *notes])
    if tried.returned is None:
        head = "nothing is returned; a return may be missing."
        if number:  # so there is one that other inputs come to
            head = "nothing is returned here: one way through the function ends without a return."
        return "\n".join([head, *case, *notes])

    if trials.is_right(number):
        return changed and (
            f"the answer is right, but your function changes its input "
            f"{' and '.join(changed)}. Work on a copy: {changed[0]} = {changed[0]}.copy()."
        )

    expected = _expected(exercise, number)
    sentence = _known_mistake(trials, number) or _observed(trials, number)
    if _is_yes_or_no(exercise):
        expected = bool(expected)
    digits = 6 if show(tried.returned) != show(expected) else 15
    answers = [
        _line("  returned ", tried.returned, digits),
        _line("  expected " if exercise.same is None else "  possible ", expected, digits),
    ]
    return "\n".join([f"not yet. {sentence}".rstrip(), *case, *answers, *notes])


AGREEMENT = 0.65  # of the cases that one of two functions gets wrong: less is a coincidence
OF_YES_OR_NO = 0.8  # of all cases: half of them agree by chance


def _known_mistake(trials, number):
    """Return the sentence of the first mistake that does just what was tried, or ''.

    That is, the mistake is right on the cases before this one, here it gives the same wrong
    answer or stops with the same error, and it does so on most other cases too. Many ways lead
    to nan, so nan is the sign only of a mistake that is right on all other cases.
    """
    exercise = trials.exercise
    by_nan = _holds_nan(trials[number])
    for sentence, mistake in _mistakes(exercise):
        if (
            _alike(exercise, trials[number], mistake[number])
            and all(mistake.is_right(before) for before in range(number))
            and not (by_nan and not _is_wrong_by_nan_only(mistake))
            and _agree(trials, mistake)
        ):
            return sentence
    return ""


@functools.lru_cache(maxsize=256)
def _mistakes(exercise):
    """Return the known mistakes, each as its sentence and what it does on the cases."""
    return tuple((m.sentence, _Trials(exercise, m.function)) for m in exercise.wrong_answers)


def _agree(one, other):
    """Tell whether two functions do the same too often for a coincidence."""
    yes_or_no = _is_yes_or_no(one.exercise)
    alike = [
        _alike(one.exercise, one[number], other[number])
        for number in range(len(one.exercise.cases))
        if not isinstance(one[number].error, OutOfTime)
        and (yes_or_no or not (one.is_right(number) and other.is_right(number)))
    ]
    return np.mean(alike) >= (OF_YES_OR_NO if yes_or_no else AGREEMENT)


def _is_wrong_by_nan_only(trials):
    return all(
        _holds_nan(trials[number]) or trials.is_right(number)
        for number in range(len(trials.exercise.cases))
    )


def _observed(trials, number):
    """Return what can be said of a wrong answer without knowing how it was found, or ''."""
    exercise, tried = trials.exercise, trials[number]
    try:
        array, expected = _read(exercise, tried.returned), _expected(exercise, number)
    except NotNumbersError as unreadable:
        return str(unreadable)
    found = problem(array, expected, single="True or False" if _is_yes_or_no(exercise) else None)
    if array.shape != expected.shape:
        return f"{found} {shape(array, expected)}".rstrip()
    if found:
        return f"{found}{_made_by(trials, number)}."
    names = unused(trials.function, len(exercise.parameters))
    if names:
        return f"Your function does not use {' or '.join(names)}."
    if _is_yes_or_no(exercise) or exercise.same is not None:
        return _right_before(number)
    return relation(_pairs(trials)) or entries(array, expected) or _right_before(number)


def _right_before(number):
    if number < 2:
        return ""
    return f"The {number} inputs before this one come out right; what is different here?"


def _pairs(trials):
    """Return the answers that can be compared, each with the right one."""
    pairs = []
    for number in range(len(trials.exercise.cases)):
        with contextlib.suppress(NotNumbersError):
            array = _read(trials.exercise, trials[number].returned)
            expected = _expected(trials.exercise, number)
            if not problem(array, expected):
                pairs.append((array, expected))
    return pairs


def _made_by(trials, number):
    """Say which line makes nan or inf and how, as far as numpy notices, or ''."""
    arguments = trials.exercise.cases[number]
    wanted = {"invalid": "raise"} if _holds_nan(trials[number]) else {"divide": "raise"}
    error = _try(trials.function, arguments, SECONDS, **wanted, over="raise").error
    if isinstance(error, FloatingPointError):
        place = _place(error, trials.function)
        return f"; line {place[0]} makes it, by {made_by(str(error))}" if place else ""
    holding = [
        name
        for name, value in zip(trials.exercise.parameters, arguments, strict=True)
        if isinstance(value, np.ndarray) and np.isnan(value).any()
    ]
    if holding:
        return f"; {holding[0]} holds nan, and whatever is computed with a nan is nan"
    return ""


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


def _is_right(exercise, returned, number):
    """Tell whether an answer is right, in the exercise's own sense if it has one."""
    expected = _expected(exercise, number)
    try:
        array = _read(exercise, returned)
    except NotNumbersError:
        return False
    if problem(array, expected):
        return False
    if exercise.same is None:
        return close(array, expected)
    return bool(exercise.same(array, expected, _copies(exercise.cases[number])))


@functools.lru_cache(maxsize=4096)
def _expected(exercise, number):
    expected = _read(exercise, exercise.reference(*_copies(exercise.cases[number])))
    expected.setflags(write=False)
    return expected


def _read(exercise, returned):
    return read(returned, yes_or_no=_is_yes_or_no(exercise))


@functools.lru_cache(maxsize=256)
def _is_yes_or_no(exercise):
    return isinstance(exercise.reference(*_copies(exercise.cases[0])), bool)


def _error(error, function):
    """Return the learner's own error, with its line where it happened in the learner's code."""
    message = _message(error)
    text = f"stopped with {type(error).__name__}" + (f": {message}" if message else "")
    place = _place(error, function)
    if not place:
        return text
    line, name, source = place
    return f"{text}\n  line {line} of {name}" + (f": {source}" if source else "")


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


def _refused_by_the_course(error, function):
    return any(
        frame.f_globals is not function.__globals__
        and frame.f_globals.get("__name__", "").startswith(__name__.partition(".")[0] + ".")
        and frame.f_globals is not within.__globals__
        for frame, _ in traceback.walk_tb(error.__traceback__)
        if frame.f_globals is not globals()
    )


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
