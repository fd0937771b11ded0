"""Start a process for handed-in functions, listen to it no longer than is decided, and end it."""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading

from . import data

BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from mlmath_helpers._commands.grading import child; child.main()"
)
KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # of the environment


class Ended(Exception):
    """The process is gone, is late, or has written what is no answer; the message says which."""


class Late(Ended):
    """It took too long."""


class Child:
    """A process that runs `child.main` in a folder of its own.

    Parameters
    ----------
    request : dict
        What it is asked to do.
    folder : Path
        Where it works; nothing there is needed later.
    """

    def __init__(self, request, folder):
        at_home = {name: os.environ[name] for name in KEPT if name in os.environ}
        at_home |= dict.fromkeys(("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP"), str(folder))
        paths = [os.path.abspath(path) for path in sys.path if path]
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-X", "utf8", "-c", BOOT, json.dumps(paths)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=at_home | {"OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "agg"},
            start_new_session=True,  # so that what it starts is ended with it
        )
        # A thread reads, so that nobody waits for ever on a pipe which something still holds.
        self._lines, self._over = queue.Queue(maxsize=100), threading.Event()
        threading.Thread(target=self._read, daemon=True).start()
        self.tell(request)

    def _read(self):
        with self._process.stdout as answers, contextlib.suppress(OSError, ValueError):
            while (line := answers.readline(data.MOST_BYTES + 1)) and self._hand_on(line):
                pass
        self._hand_on(b"")

    def _hand_on(self, line):
        while not self._over.is_set():
            with contextlib.suppress(queue.Full):
                self._lines.put(line, timeout=0.2)
                return True
        return False

    def tell(self, message):
        """Write a message; a process that does not listen any more is noticed by `hear`."""
        with contextlib.suppress(OSError):
            self._process.stdin.write(json.dumps(message).encode("ascii") + b"\n")
            self._process.stdin.flush()

    def hear(self, seconds):
        """Return the next message, or raise `Ended`."""
        try:
            if seconds <= 0:  # also if it has much to say
                raise queue.Empty
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            raise Late("was stopped, since it took too long") from None
        if not line:
            raise Ended(self._how_it_ended())
        try:
            return data.from_line(line)
        except data.NotData as error:
            raise Ended(f"was stopped: {error}") from None

    def _how_it_ended(self):
        try:
            code = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return "was stopped: it has closed the way by which answers come"
        if code >= 0:
            return f"ended its process (exit code {code})"
        name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
        return f"ended its process ({name})"

    def end(self):
        """End the process and what it has started."""
        self._over.set()
        if os.name == "nt":
            subprocess.run(
                ["taskkill", "/T", "/F", "/PID", str(self._process.pid)],
                capture_output=True,
                check=False,
            )
        else:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError):
            self._process.stdin.close()
