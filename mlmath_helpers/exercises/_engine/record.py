"""What has been passed, in a file beside the notebooks, so that it is known next week."""

import contextlib
import itertools
import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

NAME = "mlmath-progress.json"
VERSION = 1
PATIENCE = 2  # seconds: whoever else writes the file is done long before


class Pass(NamedTuple):
    """When an exercise was passed first and last, and the answer that passed last."""

    first: datetime
    last: datetime
    answer: str


class NewerError(Exception):
    """The file is of a version of the course that came later."""


def place():
    """Return the path of the record: in the folder in which the notebook's kernel works.

    Outside of notebooks and in tests there is none, and it is None; nor where the environment
    says ``MLMATH_NO_RECORD``, as it does while the course's own notebooks are run and saved.
    """
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    in_notebook = getattr(shell, "kernel", None) is not None
    # pytest tells what it starts of itself: kernels under nbval, for one.
    if not in_notebook or {"PYTEST_VERSION", "MLMATH_NO_RECORD"} & os.environ.keys():
        return None
    return Path.cwd().joinpath(NAME).resolve()


class Record:
    """The exercises that have been passed, in this session and according to the file.

    The file is read whenever it is asked, and what is new is added to what stands there by then:
    several notebooks may be open. Where it cannot be read or written, that is said once, and the
    session counts all the same.

    Parameters
    ----------
    path : Path or None
        The file; with None only the session counts.
    """

    def __init__(self, path=None):
        self.path = path
        self._session = {}
        self._said = set()

    def add(self, chapter, name, answer):
        """Note that this answer to the exercise has passed now."""
        now = datetime.now(UTC).replace(microsecond=0)
        self._session = _together(self._session, {(chapter, name): Pass(now, now, answer)})
        self._keep()

    def passed(self):
        """Return what has been passed, a dict from (chapter, name) to `Pass`."""
        stored, whole = {}, True
        with self._troubles_said():
            stored, whole = _read(self.path)
        if not whole:
            self._keep()
        return _together(stored, self._session)

    def _keep(self):
        """Write the file anew, with what this session adds; a damaged one is put aside."""
        if self.path is None:
            return
        with self._troubles_said(), _alone(self.path) as file:
            stored, whole = _read(self.path)
            if not whole:
                aside = _put_aside(self.path)
                self._session = _together(stored, self._session)
                self._say(f"was damaged: it is now {aside.name}, and what could be read counts.")
            file.write(_written(_together(stored, self._session)))

    @contextlib.contextmanager
    def _troubles_said(self):
        try:
            yield
        except NewerError:
            self._say(
                "is of a newer edition of the course, and stays as it is: "
                "what you pass counts until this session ends."
            )
        except OSError as error:
            self._say(
                f"cannot be kept here ({error.strerror}): "
                "what you pass counts until this session ends."
            )

    def _say(self, words):
        if words not in self._said:
            print(f"{NAME} {words}")
        self._said.add(words)


def _together(*records):
    """Return what any of the records holds: the first pass, the last, and its answer."""
    joined = {}
    for key, one in itertools.chain.from_iterable(record.items() for record in records):
        other = joined.get(key, one)
        later = one if one.last >= other.last else other
        joined[key] = later._replace(first=min(one.first, other.first))
    return joined


def _read(path):
    """Return what a file holds, and whether all of it could be read."""
    try:
        return _parsed(_patiently(path.read_bytes)) if path else ({}, True)
    except FileNotFoundError:
        return {}, True


def _parsed(raw):
    passed, whole = {}, True
    try:
        content = json.loads(raw)
        if content["version"] > VERSION:
            raise NewerError
        chapters = content["passed"].items()
        entries = [(title, *entry) for title, names in chapters for entry in names.items()]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}, False
    for chapter, name, entry in entries:
        try:
            first, last = _moment(entry["first"]), _moment(entry["last"])
            passed[chapter, name] = Pass(first, last, str(entry["answer"]))
        except (ValueError, LookupError, TypeError):
            whole = False
    return passed, whole


def _moment(text):
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or not 2000 < moment.year < 9000:  # what no clock of ours has said
        raise ValueError(f"{text} is not a moment")
    return moment.astimezone(UTC)


def _written(passed):
    chapters = {}
    for (chapter, name), entry in passed.items():
        chapters.setdefault(chapter, {})[name] = {
            "first": entry.first.isoformat(),
            "last": entry.last.isoformat(),
            "answer": entry.answer,
        }
    text = json.dumps({"version": VERSION, "passed": chapters}, ensure_ascii=False, indent=1)
    return text.encode(errors="backslashreplace")  # half a character, as JSON writes it


@contextlib.contextmanager
def _alone(path):
    """Write a file whole or not at all, while nobody else does.

    What is written stands in a file beside it until it takes its place. Only one can make that
    file: it keeps the others out.
    """
    new = path.with_name(f".{path.name}.new")
    file = _made(new)
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _patiently(os.replace, new, path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _made(new):
    """Make a file that is not there yet; wait while it is, unless its maker is no more."""
    waited_for, since = None, time.monotonic()
    while True:
        try:
            return _patiently(open, new, "xb")
        except FileExistsError:
            with contextlib.suppress(FileNotFoundError):
                found = new.stat().st_mtime_ns
                if found != waited_for:
                    waited_for, since = found, time.monotonic()
                elif time.monotonic() > since + PATIENCE:
                    new.unlink()
            time.sleep(0.01)


def _patiently(act, *arguments):
    """Do what Windows refuses for the moment in which another has the file open."""
    until = time.monotonic() + PATIENCE
    while os.name == "nt" and time.monotonic() < until:
        try:
            return act(*arguments)
        except PermissionError:
            time.sleep(0.01)
    return act(*arguments)


def _put_aside(path):
    """Rename a file to a free name beside it, and return that."""
    stem = f"{path.stem}.damaged-{datetime.now().date().isoformat()}"
    names = itertools.chain([stem], (f"{stem}-{number}" for number in itertools.count(2)))
    aside = next(p for name in names if not (p := path.with_name(f"{name}.json")).exists())
    _patiently(os.replace, path, aside)
    return aside
