"""One handed-in notebook: read it, have its functions tried, and keep what they did."""

import json
import re
import tempfile
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import numpy as np

from ...exercises._engine.trials import is_right
from ...exercises._engine.tried import Stopped, Tried
from ...exercises._engine.verdict import is_out_of_time
from . import data
from .process import Child, Ended, Late

MOST_BYTES_OF_A_NOTEBOOK = 50_000_000
TO_START = 30  # seconds, on a busy machine
NO_ANSWER = "NoAnswer"  # the kind of error where the process gave none


class Unreadable(ValueError):
    """The file cannot be graded at all; the message says why."""


class Limits(NamedTuple):
    """What a hand-in may take."""

    seconds: float  # for all cases of one exercise; three times as long for what it needs
    memory: int  # bytes
    all_seconds: float  # for the whole hand-in


def read_cells(path):
    """Return the code cells of a notebook as pairs of place, from 1, and source.

    Raises
    ------
    Unreadable
        If it is a link, too large, or no notebook of today's format.
    """
    try:
        if path.is_symlink():
            raise Unreadable("is a link and no file")
        if path.stat().st_size > MOST_BYTES_OF_A_NOTEBOOK:
            raise Unreadable("is larger than 50 MB")
        notebook = json.loads(path.read_bytes().decode("utf-8-sig"))
        cells = notebook["cells"]
        code = [
            (place, "".join(cell["source"]))
            for place, cell in enumerate(cells, start=1)
            if cell["cell_type"] == "code"
        ]
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from None
    except (RecursionError, UnicodeDecodeError, json.JSONDecodeError):
        raise Unreadable("is no notebook: its text is not JSON") from None
    except (KeyError, TypeError, IndexError, AttributeError):
        raise Unreadable("is no notebook: it is JSON, and has no cells in it") from None
    return code


def asked_for(cells):
    """Return the names of functions that a notebook defines or has checked, in their order."""
    source = "\n".join(source for _, source in cells)
    found = re.findall(r"^[ \t]*(?:async )?def (\w+)|^check\((\w+)\)", source, re.MULTILINE)
    return dict.fromkeys(one or other for one, other in found)


class Trials:
    """What a function did on the cases of an exercise, in a process that is gone by now.

    It has what `mlmath_helpers.exercises._engine.trials.Trials` has for a verdict.
    """

    def __init__(self, exercise, missing="", *, late=False):
        self.exercise = exercise
        self.unusable, self.unused, self._tried, self._breaks = missing, [], [], []
        self.failure, self.late = "", late  # why no more came, and whether for want of time
        self.uses = []  # names of other exercises that it calls

    def __getitem__(self, number):
        if number < len(self._tried):
            return self._tried[number]
        stopped = Stopped(NO_ANSWER, self.failure, None, False)
        return Tried(None, stopped, [False] * len(self.exercise.parameters), False)

    def where_it_breaks(self, number):
        """Return numpy's error where nan or inf is made, or None."""
        return self._breaks[number]

    def is_right(self, number):
        """Tell whether the answer to a case is right."""
        return self[number].error is None and is_right(self.exercise, self[number].returned, number)

    def is_out_of_time(self):
        """Tell whether something was stopped, or not begun, since it took too long."""
        return self.late or any(map(is_out_of_time, self._tried))

    def add(self, message):
        """Keep what was said of the next case; `data.NotData` if it has not the form of it."""
        number = len(self._tried)
        try:
            if message["case"] != number:
                raise data.NotData("another case was meant")
            changed = [bool(is_so) for is_so in message["changed"]]
            if len(changed) != len(self.exercise.parameters):
                raise data.NotData("not as many arguments as were given")
            returned = data.decode(message["returned"])
            error, breaks = _stopped(message["error"]), _stopped(message["breaks"])
        except (KeyError, TypeError, ValueError) as wrong:
            raise data.NotData(str(wrong)) from None
        self._tried.append(Tried(returned, error, changed, bool(message["printed"])))
        self._breaks.append(breaks)


def _stopped(message):
    if message is None:
        return None
    kind, words, place, by_the_course = message
    if place is not None:
        line, name, source = place
        place = int(line), str(name)[:200], str(source)[:200]
    return Stopped(str(kind)[:100], str(words)[:200], place, bool(by_the_course))


def tasks_of(exercise):
    """Return what a child is told of an exercise, and the functions among its arguments.

    Raises
    ------
    NotData
        If an argument has no form as data.
    """
    functions = []

    def number(function):
        functions.append(function)
        return len(functions) - 1

    cases = [data.encode(list(arguments), number) for arguments in exercise.cases]
    task = {"name": exercise.name, "parameters": exercise.parameters, "cases": cases}
    return task, functions


def try_all(path, cells, exercises, limits):
    """Have the functions of a notebook tried, in as many processes as it takes.

    Parameters
    ----------
    path : Path
        The notebook; a copy of it is put where the process works.
    cells : list of (int, str)
        As `read_cells` returns them.
    exercises : list of Exercise
    limits : Limits

    Returns
    -------
    list of Trials
        One for each exercise.
    """
    done, until = [], monotonic() + limits.all_seconds
    while len(done) < len(exercises):
        if monotonic() > until:
            used = f"the {limits.all_seconds:g} seconds of this notebook were over before its turn"
            done += [Trials(exercise, used, late=True) for exercise in exercises[len(done) :]]
            break
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            (Path(folder) / "notebook.ipynb").write_bytes(path.read_bytes())
            done += _try_in_one(folder, cells, exercises[len(done) :], limits, until)
    return done


def _try_in_one(folder, cells, exercises, limits, until):
    """Return the trials of as many exercises as one process lives for, the last one broken off."""
    prepared = [tasks_of(exercise) for exercise in exercises]
    request = {
        "cells": cells,
        "tasks": [task for task, _ in prepared],
        "seconds": limits.seconds,
        "cell_seconds": 3 * limits.seconds,
        "limits": {"memory": limits.memory, "processor": int(limits.all_seconds) + 1},
    }
    child, done = Child(request, folder), []
    try:
        child.hear(TO_START)
        for exercise, (_, functions) in zip(exercises, prepared, strict=True):
            if monotonic() > until:
                break
            done.append(Trials(exercise))
            _listen(child, done[-1], functions, limits.seconds)
    except Ended as ended:
        done = done or [Trials(exercises[0])]
        done[-1].failure, done[-1].late = str(ended), isinstance(ended, Late)
    finally:
        child.end()
    return done


def _listen(child, trials, functions, seconds):
    """Take in all that is said of one exercise."""
    late = monotonic() + 3 * seconds + 3  # the child stops by itself, unless in compiled code
    try:
        head = child.hear(late - monotonic())
        if head.get("exercise") != trials.exercise.name:
            raise data.NotData("another exercise was meant")
        trials.unusable, trials.late = str(head["missing"])[:1000], "late" in head
        if trials.unusable:
            return
        trials.unused = [str(name)[:100] for name in head["unused"]]
        trials.uses = [str(name)[:100] for name in head["uses"]]
        late = monotonic() + seconds + 3
        for _ in trials.exercise.cases:
            message = child.hear(late - monotonic())
            while "call" in message:
                child.tell(_value(functions, message))
                message = child.hear(late - monotonic())
            trials.add(message)
    except (data.NotData, KeyError, TypeError) as wrong:
        raise Ended(f"was stopped: what it wrote is no answer ({wrong})") from None


def _value(functions, message):
    """Return what one of the course's functions gives for numbers from the child."""
    number = message["call"]
    try:
        arguments = [_floats(value) for value in data.decode(message["arguments"])]
        with np.errstate(all="ignore"):
            return {"id": message["id"], "value": data.encode(functions[number](*arguments))}
    except Exception as error:
        return {"id": message["id"], "error": f"{type(error).__name__}: {error}"[:200]}


def _floats(value):
    """Return numbers as floats: of endless whole numbers a power could take all memory."""
    if isinstance(value, np.ndarray | np.generic) and value.dtype.kind in "iu":
        return value.astype(float)
    return float(value) if isinstance(value, int) else value
