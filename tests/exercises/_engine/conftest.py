import signal

import pytest

collect_ignore = [] if hasattr(signal, "setitimer") else ["test_alarm.py"]  # Windows has none


@pytest.fixture
def interruptible():
    """An interrupt is heeded, even where the tests were started in the background of a shell."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
