"""The exercises on the reading pages: hints and solution, from the very `Exercise` that checks."""

import re

from mlmath_helpers.exercises import chapters
from mlmath_helpers.source import short_source


class Unknown(Exception):
    """A cell checks an exercise that the course does not have."""


def asked(source):
    """Return the name of the exercise that the source of a cell has checked, or None."""
    found = re.search(r"^check\((\w+)\)", source, re.M)
    return found[1] if found else None


def of(name):
    """Return what a page folds below an exercise: its hints, its solution, and why it is right."""
    exercise = next((names[name] for names in chapters.values() if name in names), None)
    if exercise is None:
        raise Unknown(f"a cell checks {name!r}, and no chapter has an exercise of that name")
    return {
        "name": name,
        "hints": exercise.hints,
        "solution": short_source(exercise.reference),
        "why": exercise.why,
    }
