"""Stop a learner's loop that never ends, without harm to the notebook around it."""

import gc
import signal
import sys
import threading
from time import monotonic


class OutOfTime(BaseException):
    """Raised inside a function that took too long.

    Not an ``Exception``, so that ``except Exception`` lets it through. A bare ``except`` does
    catch it; then the object is dropped, and dropping it calls ``again``.
    """

    def __init__(self, again=lambda: None):
        super().__init__()
        self.again = again

    def __del__(self):
        self.again()


def within(seconds, function, arguments):
    """Return ``function(*arguments)``, or raise `OutOfTime` once ``seconds`` have passed.

    The function is stopped between two steps of Python code. Where the system has an alarm
    (in the main thread, not on Windows or in a browser), nothing is slowed down: the alarm
    switches on the tracing that stops the function, and rings again ten times a second. Elsewhere
    the tracing is on from the start. A trace function, a timer and its handler that were there
    before are put back.

    What cannot be stopped: one long call inside compiled code, such as a huge matrix product,
    before it comes back to Python; and, without an alarm, a loop that goes on while it holds
    the `OutOfTime` it caught. There, only *Interrupt* in the Kernel menu helps, and in a browser
    only *Restart*.
    """
    deadline = monotonic() + seconds
    running, late = True, False

    def trace(frame, event, argument):
        nonlocal late
        if frame.f_globals is globals():  # never stop the code that does the stopping
            return None
        if monotonic() > deadline and not _is_lost_on(frame):
            late = True
            raise OutOfTime(start_tracing)
        if frame.f_globals is not function.__globals__:
            return None  # a library: look only when it calls something, which is cheap
        frame.f_trace_opcodes = True  # Python 3.11 has no line event in `while True: pass`
        return trace

    def start_tracing(*_):  # Python ends the tracing when a trace function raises
        frame = sys._getframe()
        while running and frame is not None and frame.f_code is not within.__code__:
            if frame.f_globals is not globals():
                frame.f_trace, frame.f_trace_opcodes = trace, True
            frame = frame.f_back
        if running:
            sys.settrace(trace)

    tracing_before = sys.gettrace()
    alarm = _Alarm(seconds, start_tracing) if has_alarm() else None
    try:
        if alarm is None:
            sys.settrace(trace)
        else:
            alarm.set()
        answer = function(*arguments)
    finally:
        running = False
        sys.settrace(tracing_before)
        if alarm is not None:
            alarm.put_back()
        if late and not isinstance(sys.exception(), KeyboardInterrupt):
            raise OutOfTime  # whatever the function made of the first one
    return answer


def _is_lost_on(frame):
    """Tell whether Python would drop what is raised here: in a finaliser or a callback of gc."""
    callbacks = [getattr(callback, "__code__", None) for callback in gc.callbacks]
    while frame is not None and frame.f_code is not within.__code__:
        if frame.f_code.co_name == "__del__" or frame.f_code in callbacks:
            return True
        frame = frame.f_back
    return False


def has_alarm():
    """Tell whether an alarm can interrupt the code that is running now."""
    return (
        hasattr(signal, "setitimer")
        and sys.platform != "emscripten"  # in a browser the alarm never rings
        and threading.current_thread() is threading.main_thread()
    )


class _Alarm:
    """The one alarm that a process has, borrowed and given back."""

    def __init__(self, seconds, ring):
        self.seconds, self.ring = seconds, ring

    def set(self):
        self.started = monotonic()
        self.handler_before = signal.signal(signal.SIGALRM, self.ring)
        self.timer_before = signal.setitimer(signal.ITIMER_REAL, self.seconds, 0.1)

    def put_back(self):
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self.handler_before or signal.SIG_DFL)
        left, interval = self.timer_before
        if left:
            left = max(left - (monotonic() - self.started), 1e-3)  # overdue: ring at once
            signal.setitimer(signal.ITIMER_REAL, left, interval)
