"""What a learner calls: check, hint, solution; and for teachers add_exercises."""

import difflib
import inspect
import textwrap
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from mlmath_helpers.source import show_source

from .answers import show
from .exercise import Exercise
from .record import Record, place
from .verdict import verdict

chapters = {}  # title -> its exercises by name, in the order of the course
_added = {}  # title -> the file of a teacher's own chapter
_hints_given = {}
record = Record(place())


@dataclass(frozen=True)
class Result:
    """What `check` found; it is true where the answer passed.

    A cell that ends with it shows nothing more than what `check` has printed.
    """

    name: str  # of the exercise; "" where there is none
    passed: bool
    message: str

    def __bool__(self):
        return self.passed

    def _ipython_display_(self):
        pass


def check(function):
    """Try your function on the cases of its exercise, and print one short verdict.

    The exercise is found by the function's name. Your function gets copies of the inputs; what
    it prints is not shown. It is stopped after about three seconds. If it hangs inside compiled
    code, only *Interrupt* in the Kernel menu stops it, and on the course's website, where Python
    runs inside the page, only *Restart*.

    Parameters
    ----------
    function : function
        The function itself, without brackets: ``check(cosine)``.

    Returns
    -------
    Result
        True where the function passed, else false, with its ``name``, ``passed`` and
        ``message``, which is what was printed. What has passed is remembered, with its source,
        for `progress`.

    Examples
    --------
    >>> def cosine(v, w):
    ...     "Cosine of the angle between v and w."
    ...     return v @ w
    >>> result = check(cosine)
    cosine: not yet. That is the dot product; divide it by both lengths.
      v = [2., 4., 5., 6.]
      w = [ 1.,  3., -1.,  5.]
      returned 39
      expected 0.722222
    >>> result.passed
    False
    """
    result = _result(function)
    print(result.message)
    if result:
        record.add(_chapter_of(result.name), result.name, _source(function))
    return result


def hint(name):
    """Print the next hint for an exercise; hints are free and never counted.

    Parameters
    ----------
    name : str or function
        The exercise's name, or your function of that name.
    """
    exercise = _named(name)
    if exercise is None:
        return
    given = _hints_given.get(exercise.name, 0)
    if given == len(exercise.hints):
        print(f'{exercise.name}: no more hints. solution("{exercise.name}") shows an answer.')
        _hints_given[exercise.name] = 0  # asked again, begin again
        return
    print(f"{exercise.name}, hint {given + 1} of {len(exercise.hints)}: {exercise.hints[given]}")
    _hints_given[exercise.name] = given + 1


def solution(name):
    """Show an answer to an exercise and, where that is not plain, why it is one.

    Parameters
    ----------
    name : str or function
        The exercise's name, or your function of that name.
    """
    exercise = _named(name)
    if exercise is not None:
        show_source(exercise.reference)
        if exercise.why:
            print(exercise.why)


def add_exercises(path):
    """Add the exercises of a Python file of your own, which defines ``EXERCISES``.

    Each exercise is tried first: its reference has to pass its own check, and each of its known
    mistakes has to fail and get its own sentence. Adding a file again replaces what it added.

    Parameters
    ----------
    path : str or Path
        A ``.py`` file with a dict ``EXERCISES`` from function name to `Exercise`.

    Raises
    ------
    TypeError
        If ``path`` is neither text nor a path.
    ValueError
        If the file is missing or broken, a name is taken, or an exercise fails its own
        answers. Nothing is added then.
    """
    added(path)


def added(path):
    """Add the exercises of a file, as `add_exercises` does, and return them by their names."""
    if not isinstance(path, str | Path):
        raise TypeError(f"path must be text or a pathlib.Path, not {type(path).__name__}")
    path = Path(path).resolve()
    title = path.stem.replace("_", " ")
    exercises = _load(path)
    if title in chapters and _added.get(title) != path:
        raise ValueError(
            f"path {path.name}: a chapter {title!r} exists; give the file another name"
        )
    for name, exercise in exercises.items():
        for other, names in chapters.items():
            if name in names and other != title:
                raise ValueError(f"path {path.name}: the exercise {name!r} exists in {other!r}")
        _try_out(exercise, path)
    chapters[title], _added[title] = exercises, path
    return exercises


def _load(path):
    if not path.is_file():
        raise ValueError(f"path must be an existing Python file, not {str(path)!r}")
    if path.suffix != ".py":
        raise ValueError(f"path must end in .py, not {path.name!r}")
    module = ModuleType(path.stem)
    module.__file__ = str(path)
    try:  # compiled afresh: an import might take the cached code of a version a second older
        exec(compile(path.read_bytes(), path, "exec"), vars(module))
    except (Exception, SystemExit) as error:
        raise ValueError(f"path {path.name}: {type(error).__name__}: {error}") from error
    exercises = getattr(module, "EXERCISES", None)
    if not isinstance(exercises, dict) or not exercises:
        raise ValueError(f"path {path.name}: it must define a dict EXERCISES, name -> Exercise")
    for name, exercise in exercises.items():
        if not isinstance(exercise, Exercise) or exercise.name != name:
            raise ValueError(f"path {path.name}: EXERCISES[{name!r}] must be the Exercise {name!r}")
    return dict(exercises)


def _try_out(exercise, path):
    """Refuse an exercise whose reference fails, or whose mistakes are not recognised."""
    told = []
    try:
        passed, text = verdict(exercise, exercise.reference)
        if passed:
            told = [verdict(exercise, mistake.function) for mistake in exercise.wrong_answers]
    except Exception as error:  # a reference that stops or returns text, or a `same` that fails
        raise ValueError(f"path {path.name}: {exercise.name} cannot be tried: {error}") from error
    if not passed:
        raise ValueError(f"path {path.name}: the reference fails its own check. {text}")
    for key, mistake, (is_right, text) in zip(
        exercise.mistakes, exercise.wrong_answers, told, strict=True
    ):
        if is_right:
            raise ValueError(
                f"path {path.name}: {exercise.name}: the mistake "
                f"`{getattr(key, '__name__', key)}` gives the right answer in all cases: "
                "add a case that tells them apart"
            )
        if mistake.sentence not in text or "stopped with NameError" in text:  # a slip in its source
            raise ValueError(
                f"path {path.name}: the mistake {mistake.sentence!r} should be told, but: {text}"
            )


def _result(function):
    refusal = _not_a_function(function)
    if refusal:
        return Result("", False, refusal)
    exercise = find(function.__name__)
    if exercise is None:
        return Result("", False, _unknown(function.__name__))
    return Result(exercise.name, *verdict(exercise, function))


def _source(function):
    """Return the text of a learner's function, as far as Python knows it."""
    try:
        return textwrap.dedent(inspect.getsource(function))
    except (OSError, TypeError, SyntaxError):
        return ""


def _not_a_function(thing):
    """Say what was given to check instead of a function written with def, or ''."""
    if isinstance(thing, str):
        return f"check takes the function itself, without quotes: check({thing})."
    if not callable(thing):
        return (
            f"check takes a function, and was given {show(thing)}. "
            "Write only its name in the brackets, as in check(cosine), without calling it."
        )
    if not inspect.isfunction(thing):
        kind = "a class" if inspect.isclass(thing) else f"an object of type {type(thing).__name__}"
        return f"check takes a function that you have written with def; this is {kind}."
    if thing.__name__ == "<lambda>":
        return "A lambda has no name to find its exercise by; write the function with def."
    return ""


def _named(name):
    """Return the exercise meant by a name or a function; print a sentence if there is none."""
    name = name if isinstance(name, str) else getattr(name, "__name__", None)
    if name is None:
        print('Give the name of an exercise in quotes, as in hint("cosine").')
        return None
    exercise = find(name)
    if exercise is None:
        print(_unknown(name))
    return exercise


def find(name):
    """Return the exercise of this name, or None."""
    return next((exercises[name] for exercises in chapters.values() if name in exercises), None)


def _chapter_of(name):
    return next(title for title, exercises in chapters.items() if name in exercises)


def _unknown(name):
    names = [name for exercises in chapters.values() for name in exercises]
    similar = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    advice = f'did you mean "{similar[0]}"?' if similar else "progress() lists them all."
    return f'No exercise is called "{name}"; {advice}'
