"""The alarm that stops a loop, on the systems that have one (see conftest.py)."""

import signal
import sys
from contextlib import suppress
from time import monotonic

import pytest

from mlmath_helpers.exercises._engine.time_limit import OutOfTime, within


def idle_loop():
    while True:
        pass


def test_a_loop_inside_an_except_block_is_stopped_by_the_next_alarm():
    def loop():
        try:
            idle_loop()
        except BaseException:
            idle_loop()

    with pytest.raises(OutOfTime):
        within(0.1, loop, ())


def test_a_loop_that_keeps_what_it_caught_is_stopped_by_the_next_alarm():
    kept = []

    def loop():
        while True:
            try:
                pass
            except BaseException as caught:
                kept.append(caught)

    with pytest.raises(OutOfTime):
        within(0.1, loop, ())


@pytest.mark.parametrize("function", [lambda: 1, idle_loop], ids=["in time", "out of time"])
def test_the_alarm_that_was_there_before_still_rings(function):
    rung = []
    handler = signal.signal(signal.SIGALRM, lambda *_: rung.append("ring"))
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with suppress(OutOfTime):
            within(0.1, function, ())
        assert not rung
        left, _ = signal.getitimer(signal.ITIMER_REAL)
        assert 0 < left <= 0.3
        deadline = monotonic() + 2
        while not rung and monotonic() < deadline:
            pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
    assert rung == ["ring"]


def test_an_alarm_that_fell_due_meanwhile_rings_afterwards():
    rung = []
    handler = signal.signal(signal.SIGALRM, lambda *_: rung.append("ring"))
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        with pytest.raises(OutOfTime):
            within(0.2, idle_loop, ())
        deadline = monotonic() + 2
        while not rung and monotonic() < deadline:
            pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
    assert rung == ["ring"]


def test_the_alarm_does_not_slow_a_loop_down():
    def loop():
        traced = sys.gettrace()
        for _ in range(1000):
            pass
        return traced

    before = sys.gettrace()
    assert within(1, loop, ()) is before


def test_nothing_rings_after_an_endless_loop():
    handler = signal.getsignal(signal.SIGALRM)
    with pytest.raises(OutOfTime):
        within(0.05, idle_loop, ())
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) == handler
