"""Try a learner's function on the cases of an exercise, and say what was found."""

import contextlib
import dis
import functools
import inspect
import linecache
import sys
import traceback

import numpy as np

from .advice import advice, made_by
from .answers import NotNumbersError, problem, show
from .observed import entries, relation, shape, unused
from .time_limit import OutOfTime
from .trials import (
    Trials,
    alike,
    expected_answer,
    holds_nan,
    is_yes_or_no,
    message_of,
    read_answer,
    try_on,
)

SECONDS = 3  # for all cases of one check together


def verdict(exercise, function):
    """Return whether the function passes, and the text that says so or what to look at."""
    unusable = _unusable(exercise, function)
    if unusable:
        return False, f"{exercise.name}: {unusable}"
    trials = Trials(exercise, function, SECONDS, together=True)
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


def _what_is_wrong(trials, number):
    """Return the verdict on case ``number``, or '' where the answer is right."""
    exercise, function, tried = trials.exercise, trials.function, trials[number]
    arguments = exercise.cases[number]
    named = dict(zip(exercise.parameters, arguments, strict=True))
    changed = [name for name, is_so in zip(named, tried.changed, strict=True) if is_so]
    if trials.is_right(number):
        return changed and (
            f"the answer is right, but your function changes its input "
            f"{' and '.join(changed)}. Work on a copy: {changed[0]} = {changed[0]}.copy()."
        )

    case = [_line(f"  {name} = ", value) for name, value in named.items()]
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
        if not sentence and _refused_by_the_course(tried.error):
            sentence = "A function of the course refuses that input; its words say what it needs."
        return "\n".join([stopped, *filter(None, [sentence]), *case, *notes])
    if tried.returned is None:
        head = "nothing is returned; a return may be missing."
        if number:  # so there is one that other inputs come to
            head = "nothing is returned here: one way through the function ends without a return."
        return "\n".join([head, *case, *notes])

    expected = expected_answer(exercise, number)
    sentence = _known_mistake(trials, number) or _observed(trials, number)
    if is_yes_or_no(exercise):
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
    by_nan = holds_nan(trials[number])
    for sentence, mistake in _mistakes(exercise):
        if (
            alike(exercise, trials[number], mistake[number])
            and all(mistake.is_right(before) for before in range(number))
            and not (by_nan and not _is_wrong_by_nan_only(mistake))
            and _agree(trials, mistake)
        ):
            return sentence
    return ""


@functools.lru_cache(maxsize=256)
def _mistakes(exercise):
    """Return the known mistakes, each as its sentence and what it does on the cases."""
    return tuple(
        (m.sentence, Trials(exercise, m.function, SECONDS, together=False))
        for m in exercise.wrong_answers
    )


def _agree(one, other):
    """Tell whether two functions do the same too often for a coincidence."""
    yes_or_no = is_yes_or_no(one.exercise)
    same = [
        alike(one.exercise, one[number], other[number])
        for number in range(len(one.exercise.cases))
        if not isinstance(one[number].error, OutOfTime)
        and (yes_or_no or not (one.is_right(number) and other.is_right(number)))
    ]
    return np.mean(same) >= (OF_YES_OR_NO if yes_or_no else AGREEMENT)


def _is_wrong_by_nan_only(trials):
    return all(
        holds_nan(trials[number]) or trials.is_right(number)
        for number in range(len(trials.exercise.cases))
    )


def _observed(trials, number):
    """Return what can be said of a wrong answer without knowing how it was found, or ''."""
    exercise, tried = trials.exercise, trials[number]
    try:
        array, expected = read_answer(exercise, tried.returned), expected_answer(exercise, number)
    except NotNumbersError as unreadable:
        return str(unreadable)
    found = problem(array, expected, single="True or False" if is_yes_or_no(exercise) else None)
    if array.shape != expected.shape:
        return f"{found} {shape(array, expected)}".rstrip()
    if found:
        return f"{found}{_made_by(trials, number)}."
    names = unused(trials.function, len(exercise.parameters))
    if names:
        return f"Your function does not use {' or '.join(names)}."
    if is_yes_or_no(exercise) or exercise.same is not None:
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
            array = read_answer(trials.exercise, trials[number].returned)
            expected = expected_answer(trials.exercise, number)
            if not problem(array, expected):
                pairs.append((array, expected))
    return pairs


def _made_by(trials, number):
    """Say which line makes nan or inf and how, as far as numpy notices, or ''."""
    arguments = trials.exercise.cases[number]
    wanted = {"invalid": "raise"} if holds_nan(trials[number]) else {"divide": "raise"}
    error = try_on(trials.function, arguments, SECONDS, **wanted, over="raise").error
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


def _error(error, function):
    """Return the learner's own error, with its line where it happened in the learner's code."""
    message = message_of(error)
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


def _refused_by_the_course(error):
    """Tell whether one of the course's implementations stopped with this error."""
    names = (
        frame.f_globals.get("__name__", "") for frame, _ in traceback.walk_tb(error.__traceback__)
    )
    package, exercises, _ = __name__.split(".", 2)
    return any(
        name.startswith(f"{package}.") and not name.startswith(f"{package}.{exercises}.")
        for name in names
    )


def _line(label, value, digits=6):
    """Show a value after its label, the rows of a matrix below each other."""
    return label + show(value, digits).replace("\n", "\n" + " " * len(label))
