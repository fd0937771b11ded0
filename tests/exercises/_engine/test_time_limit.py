import _thread
import gc
import signal
import sys
import threading
from contextlib import suppress
from time import monotonic

import pytest

from mlmath_helpers.exercises._engine import time_limit
from mlmath_helpers.exercises._engine.time_limit import OutOfTime, has_alarm, within

# As a learner may write them, in a cell of their own.
CELL = """
import itertools
import numpy as np

def idle_loop():
    while True: pass

def loop_that_catches_everything():
    while True:
        try: pass
        except: pass

def loop_around_compiled_code_that_catches_everything():
    while True:
        try:
            np.linalg.svd(np.ones((60, 60)))
        except:
            continue

def loop_that_catches_what_stops_another_loop():
    while True:
        try:
            loop_around_a_library()
        except BaseException:
            continue

def loop_around_a_library():
    while True:
        np.linalg.norm([1, 2])

def loop_that_continues_finally():
    while True:
        try:
            idle_loop()
        finally:
            continue

def loop_that_raises_something_else():
    try:
        idle_loop()
    except BaseException:
        raise ValueError("something else") from None

def loop_that_returns_when_stopped():
    try:
        idle_loop()
    except BaseException:
        return 1

def endless_generator_expression():
    return sum(1 for _ in itertools.count())

def endless_list():
    return [1 for _ in iter(int, 1)]
"""
LEARNER = {}
exec(compile(CELL, "<cell>", "exec"), LEARNER)
ENDLESS = [function for name, function in LEARNER.items() if "loop" in name or "endless" in name]
idle_loop = LEARNER["idle_loop"]
loop_that_catches_everything = LEARNER["loop_that_catches_everything"]


ROUTES = ["alarm", "tracing"] if hasattr(signal, "setitimer") else ["tracing"]  # Windows


@pytest.fixture(params=ROUTES)
def route(request, monkeypatch):
    if request.param == "tracing":
        monkeypatch.setattr(time_limit, "has_alarm", lambda: False)
    return request.param


@pytest.mark.parametrize("endless", ENDLESS, ids=lambda function: function.__name__)
def test_an_endless_loop_is_stopped_by_either_route(route, endless):
    started = monotonic()
    with pytest.raises(OutOfTime):
        within(0.1, endless, ())
    assert monotonic() - started < 1.5  # two cores, shared


def idle_a_while():
    until = monotonic() + 0.05
    while monotonic() < until:
        pass


@pytest.fixture
def a_callback_of_gc():
    gc.callbacks.append(callback := lambda phase, info: idle_a_while())
    yield
    gc.callbacks.remove(callback)


class Finalised:
    def __del__(self):
        idle_a_while()


def collects():
    for _ in range(40):
        gc.collect(0)


def drops():
    for _ in range(40):
        Finalised()


@pytest.mark.usefixtures("a_callback_of_gc")
@pytest.mark.parametrize("long", [collects, drops])
def test_it_is_not_stopped_where_python_would_drop_what_stops_it(route, long, monkeypatch):
    dropped = []
    monkeypatch.setattr(sys, "unraisablehook", dropped.append)
    with pytest.raises(OutOfTime):
        within(0.07, long, ())
    assert dropped == []


def test_another_thread_has_no_alarm_and_is_stopped_by_tracing():
    found = []

    def run():
        found.append(has_alarm())
        try:
            within(0.1, loop_that_catches_everything, ())
        except OutOfTime:
            found.append("stopped")
        found.append(sys.gettrace())

    tracing_of_threads = threading.gettrace()
    threading.settrace(None)
    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=10)
    threading.settrace(tracing_of_threads)
    assert found == [False, "stopped", None]


def test_the_main_thread_has_an_alarm_where_the_system_has():
    assert has_alarm() == ("alarm" in ROUTES)


def test_a_browser_has_no_alarm(monkeypatch):
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert not has_alarm()


def test_a_quick_function_gives_its_answer(route):
    assert within(1, lambda a, b: a + b, (2, 3)) == 5


def test_an_error_of_the_function_comes_through(route):
    with pytest.raises(ZeroDivisionError):
        within(1, lambda x: x / 0, (2,))


def test_an_interrupt_by_the_user_comes_through(route):
    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        within(1, interrupted, ())


def test_an_interrupt_stops_a_loop_before_its_time(route, interruptible):
    timer = threading.Timer(0.1, _thread.interrupt_main)
    timer.start()
    started = monotonic()
    with pytest.raises(KeyboardInterrupt):
        within(5, idle_loop, ())
    timer.join()
    assert monotonic() - started < 2


@pytest.mark.parametrize("function", [lambda: 1, idle_loop], ids=["in time", "out of time"])
def test_a_debugger_that_was_there_before_is_put_back(route, function):
    seen = []

    def debugger(frame, event, argument):
        seen.append(frame.f_code.co_name)
        return debugger

    def traced_afterwards():
        return 1

    before = sys.gettrace()
    sys.settrace(debugger)
    try:
        with suppress(OutOfTime):
            within(0.05, function, ())
        after = sys.gettrace()
        traced_afterwards()
    finally:
        sys.settrace(before)
    assert after is debugger
    assert "traced_afterwards" in seen


def test_nothing_is_traced_after_an_endless_loop(route):
    tracing = sys.gettrace()
    with pytest.raises(OutOfTime):
        within(0.05, loop_that_catches_everything, ())
    assert sys.gettrace() is tracing
