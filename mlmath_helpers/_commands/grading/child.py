"""The process in which handed-in functions run: it takes inputs and gives answers, as data.

It is told no right answer, and whatever it writes is an answer and nothing else.
"""

import ast
import contextlib
import inspect
import json
import linecache
import os
import sys
import types
from time import monotonic

import numpy as np

from ...exercises._engine.answers import NotNumbersError, read
from ...exercises._engine.observed import unused
from ...exercises._engine.time_limit import OutOfTime, within
from ...exercises._engine.trials import holds_nan, where_it_breaks
from ...exercises._engine.tried import Stopped, try_on, unusable
from . import data
from .needed import needed, statements


def main():
    """Try the functions that the first line of the input asks for, and write what they did."""
    parent = _Parent()
    request = json.loads(parent.hear())
    _limit(**request["limits"])
    parent.tell({"ready": True})
    found, unreadable = statements(request["cells"])
    for task in request["tasks"]:
        with contextlib.suppress(MemoryError):  # what was not said is seen by who waits for it
            _try(parent, task, request, found, unreadable)
    parent.tell({"done": True})
    os._exit(0)  # whatever threads and exits the functions have left behind


class _Parent:
    """The way to and from the process that judges; what learners print goes nowhere."""

    def __init__(self):
        self._in = os.fdopen(os.dup(0), "rb")
        self._out = os.fdopen(os.dup(1), "wb")
        self._asked = 0
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)

    def hear(self):
        return self._in.readline()

    def tell(self, message):
        self._out.write(data.to_line(message))
        self._out.flush()

    def function(self, number, name):
        """Return a function that asks the parent for its values."""

        def asked(*arguments):
            self._asked += 1
            call = {"call": number, "arguments": data.encode(arguments), "id": self._asked}
            self.tell(call)
            reply = data.from_line(self.hear())
            while reply["id"] != call["id"]:  # to a call that was given up since time was over
                reply = data.from_line(self.hear())
            if "error" in reply:
                raise ValueError(reply["error"])
            return data.decode(reply["value"])

        asked.__name__ = name
        return asked


def _limit(memory, processor):
    """Limit what this process may take, where the system can do so."""
    try:
        import resource
    except ImportError:  # Windows
        return
    wanted = {
        "RLIMIT_AS": memory,
        "RLIMIT_CPU": processor,
        "RLIMIT_FSIZE": 10_000_000,
        "RLIMIT_CORE": 0,
        "RLIMIT_NPROC": 0,  # no further process; it does not bind root
    }
    for name, value in wanted.items():
        with contextlib.suppress(AttributeError, OSError, ValueError):  # macOS limits no memory
            resource.setrlimit(getattr(resource, name), (value, value))


def _try(parent, task, request, found, unreadable):
    name, parameters = task["name"], task["parameters"]
    cases = [data.decode(case, parent.function) for case in task["cases"]]
    sources, seconds = dict(request["cells"]), request["cell_seconds"]
    chosen = needed(found, name)
    try:
        function, missing = _defined(name, chosen, unreadable, sources, seconds)
    except OutOfTime:
        missing = f"what it needs has not been worked out after {seconds:g} seconds"
        parent.tell({"exercise": name, "missing": missing, "late": True})
        return
    if missing:
        parent.tell({"exercise": name, "missing": missing})
        return
    missing = unusable(function, parameters, cases[0])
    reads_not = unused(function, len(parameters))
    others = {task["name"] for task in request["tasks"]} - {name}
    uses = [other for other in sorted(others) if any(other in one.binds for one in chosen)]
    parent.tell({"exercise": name, "missing": missing, "unused": reads_not, "uses": uses})
    if missing:
        return
    deadline = monotonic() + request["seconds"]
    for number, arguments in enumerate(cases):
        parent.tell({"case": number} | _answer(function, arguments, deadline - monotonic()))


def _defined(name, chosen, unreadable, sources, seconds):
    """Run the chosen statements; return the function, or None and why there is none."""
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    stopped = {}
    within(seconds, _run, (chosen, sources, vars(module), stopped))
    function = vars(module).get(name)
    if inspect.isfunction(function) and function.__name__ != "<lambda>":
        return function, ""
    if function is not None:
        return None, f"{name} is no function written with def"
    reasons = [f"cell {place}: {words}" for place, words in (stopped | unreadable).items()]
    return None, "; ".join(["the function is not there", *reasons])[:1000]


def _run(chosen, sources, names, stopped):
    """Run statements as cells run: an error ends its cell and no other."""
    for one in chosen:
        if one.cell in stopped:
            continue
        file = f"<cell {one.cell}>"
        lines = sources[one.cell].splitlines(keepends=True)
        linecache.cache[file] = (0, None, lines, file)
        try:
            exec(compile(ast.Module([one.node], []), file, "exec"), names)
        except OutOfTime:
            raise
        except BaseException as error:  # exit() ends no grading
            stopped[one.cell] = f"{type(error).__name__}: {error}"[:300]


def _answer(function, arguments, seconds):
    """Return what a call did as a message."""
    tried = try_on(function, arguments, seconds)
    error, returned, breaks = tried.error, None, None
    if error is None:
        try:
            returned = _encoded(tried.returned)
            data.to_line({"returned": returned})
        except data.NotData as too_much:
            error, returned = Stopped("ValueError", f"{too_much} is returned", None, False), None
        breaks = _where_it_breaks(function, arguments, tried.returned, seconds)
    return {
        "returned": returned,
        "error": error,
        "changed": tried.changed,
        "printed": tried.printed,
        "breaks": breaks,
    }


def _encoded(returned):
    """Return an answer as data; of what is none, the numbers if it has them, or its type's name."""
    try:
        return data.encode(returned)
    except data.NotData:
        if isinstance(returned, np.ndarray | list | tuple):
            raise
    try:
        array = np.asarray(returned)
        if array.dtype.kind in "biufc":
            return data.encode(array)
    except Exception:  # whatever a learner's object does when it is read
        pass
    return {"other": type(returned).__name__}


def _where_it_breaks(function, arguments, returned, seconds):
    try:
        finite = bool(np.isfinite(read(returned)).all())
    except NotNumbersError:
        return None
    if finite:
        return None
    return where_it_breaks(function, arguments, seconds, by_nan=holds_nan(returned))
