"""Try a learner's function on the cases of an exercise, and say what was found."""

import contextlib
import functools
import sys
from typing import NamedTuple

import numpy as np

from .advice import advice, made_by
from .answers import NotNumbersError, problem, show
from .observed import entries, relation, shape
from .time_limit import OutOfTime
from .trials import Trials, alike, expected_answer, holds_nan, is_yes_or_no, read_answer

SECONDS = 3  # for all cases of one check together


class Finding(NamedTuple):
    """What is wrong with a function: where, what is said of it, and the lines that show it."""

    number: int | None  # of the case; None where it cannot be tried at all
    said: tuple
    shown: tuple = ()
    notes: tuple = ()

    def __str__(self):
        return "\n".join([*self.said, *self.shown, *self.notes])


def verdict(exercise, function):
    """Return whether the function passes, and the text that says so or what to look at."""
    found = what_is_wrong(Trials(exercise, function, SECONDS, together=True))
    if found:
        return False, f"{exercise.name}: {found}"
    return True, f"{exercise.name}: passed, {len(exercise.cases)} checks."


def what_is_wrong(trials):
    """Return what is found on the first case that is not right, or None where all are.

    ``trials`` may be those of a function in another process, with the attributes of `Trials`.
    """
    if trials.unusable:
        return Finding(None, (trials.unusable,))
    cases = range(len(trials.exercise.cases))
    return next(filter(None, (_wrong_on(trials, number) for number in cases)), None)


def _wrong_on(trials, number):
    """Return what is wrong on case ``number``, or None where the answer is right."""
    exercise, tried = trials.exercise, trials[number]
    named = dict(zip(exercise.parameters, exercise.cases[number], strict=True))
    changed = [name for name, is_so in zip(named, tried.changed, strict=True) if is_so]
    if trials.is_right(number):
        if not changed:
            return None
        said = (
            f"the answer is right, but your function changes its input "
            f"{' and '.join(changed)}. Work on a copy: {changed[0]} = {changed[0]}.copy()."
        )
        return Finding(number, (said,))
    if tried.returned is ... or (tried.error and tried.error.kind == "NotImplementedError"):
        return Finding(number, ("not written yet.",))

    case = [_line(f"  {name} = ", value) for name, value in named.items()]
    notes = []
    if changed:
        notes.append(f"Your function also changes its input {' and '.join(changed)}.")
    if tried.printed:
        notes.append("Your function also prints; that is not shown here.")
    said, answers = _of_an_error(trials, number) or _of_an_answer(trials, number)
    return Finding(number, said, (*case, *answers), tuple(notes))


def _of_an_error(trials, number):
    """Return what is said of a call that ended without an answer, or None."""
    tried = trials[number]
    if is_out_of_time(tried):
        # Where Python runs inside a web page, no message reaches it while it is busy.
        way_out = "Restart" if sys.platform == "emscripten" else "Interrupt"
        head = (
            f"stopped after {SECONDS} seconds. Is there a loop that never ends? "
            f"(A check that hangs in compiled code stops only by {way_out} in the Kernel menu.)"
        )
        return (head,), ()
    if tried.error is not None:
        stopped = _error(tried.error)
        sentence = _known_mistake(trials, number) or advice(stopped)
        if not sentence and tried.error.by_the_course:
            sentence = "A function of the course refuses that input; its words say what it needs."
        return (stopped, *filter(None, [sentence])), ()
    if tried.returned is None:
        head = "nothing is returned; a return may be missing."
        if number:  # so there is one that other inputs come to
            head = "nothing is returned here: one way through the function ends without a return."
        return (head,), ()
    return None


def _of_an_answer(trials, number):
    """Return what is said of a wrong answer, and the lines that show it beside the right one."""
    exercise, tried = trials.exercise, trials[number]
    expected = expected_answer(exercise, number)
    sentence = _known_mistake(trials, number) or _observed(trials, number)
    if is_yes_or_no(exercise):
        expected = bool(expected)
    digits = 6 if show(tried.returned) != show(expected) else 15
    answers = [
        _line("  returned ", tried.returned, digits),
        _line("  expected " if exercise.same is None else "  possible ", expected, digits),
    ]
    return (f"not yet. {sentence}".rstrip(),), answers


def is_out_of_time(tried):
    """Tell whether the call was stopped since it took too long."""
    return tried.error is not None and tried.error.kind == OutOfTime.__name__


AGREEMENT = 0.65  # of the cases that one of two functions gets wrong: less is a coincidence
OF_YES_OR_NO = 0.8  # of all cases: half of them agree by chance


def _known_mistake(trials, number):
    """Return the sentence of the first mistake that does just what was tried, or ''.

    That is, the mistake is right on the cases before this one, here it gives the same wrong
    answer or stops with the same error, and it does so on most other cases too. Many ways lead
    to nan, so nan is the sign only of a mistake that is right on all other cases.
    """
    exercise = trials.exercise
    by_nan = holds_nan(trials[number].returned)
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
        if not is_out_of_time(one[number])
        and (yes_or_no or not (one.is_right(number) and other.is_right(number)))
    ]
    return np.mean(same) >= (OF_YES_OR_NO if yes_or_no else AGREEMENT)


def _is_wrong_by_nan_only(trials):
    return all(
        holds_nan(trials[number].returned) or trials.is_right(number)
        for number in range(len(trials.exercise.cases))
    )


@np.errstate(all="ignore")  # what is tried on the answers may go beyond all doubles
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
    if trials.unused:
        return f"Your function does not use {' or '.join(trials.unused)}."
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
    error = trials.where_it_breaks(number)
    if error:
        return (
            f"; line {error.place[0]} makes it, by {made_by(error.message)}" if error.place else ""
        )
    arguments = trials.exercise.cases[number]
    holding = [
        name
        for name, value in zip(trials.exercise.parameters, arguments, strict=True)
        if isinstance(value, np.ndarray) and np.isnan(value).any()
    ]
    if holding:
        return f"; {holding[0]} holds nan, and whatever is computed with a nan is nan"
    return ""


def _error(error):
    """Return the learner's own error, with its line where it happened in the learner's code."""
    text = f"stopped with {error.kind}" + (f": {error.message}" if error.message else "")
    if not error.place:
        return text
    line, name, source = error.place
    return f"{text}\n  line {line} of {name}" + (f": {source}" if source else "")


def _line(label, value, digits=6):
    """Show a value after its label, the rows of a matrix below each other."""
    return label + show(value, digits).replace("\n", "\n" + " " * len(label))
