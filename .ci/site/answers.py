"""The exercises on the reading pages: hints and solution, from the very `Exercise` that checks."""

from mlmath_helpers.exercises._engine.session import find
from mlmath_helpers.source import short_source


class Unknown(Exception):
    """A cell checks an exercise that the course does not have."""


def of(name):
    """Return what a page folds below an exercise: its hints, its solution, and why it is right."""
    exercise = find(name)
    if exercise is None:
        raise Unknown(f"a cell checks {name!r}, and no chapter has an exercise of that name")
    return {
        "name": name,
        "hints": exercise.hints,
        "solution": short_source(exercise.reference),
        "why": exercise.why,
    }
