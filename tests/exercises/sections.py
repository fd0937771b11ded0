"""What the section files say of their exercises: other ways, wrong ways, equal slips.

OTHER_WAYS = {"cosine": ["return ...", ...]}        bodies as right as the reference
WRONG_WAYS = [("cosine", "return ...", "words")]    bodies of first readers, words of the verdict
NOT_SAID = [("cosine", "return ...", "words")]      bodies, words that would be false of them
EQUIVALENT = {"cosine": {"return ...": "why"}}      slips in the reference that change nothing
"""

import importlib.util
from pathlib import Path

from exercises.learner import EXERCISES

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


def home(exercise):
    """Return the file of tests that belongs to the section of an exercise."""
    module = exercise.reference.__module__.removeprefix("mlmath_helpers.exercises.")
    *chapter, section = module.split(".")
    return HERE.joinpath(*chapter, f"test_{section.removeprefix('_')}.py")


def read(path):
    """Return the section file as a module, or None where there is none."""
    if not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location(f"tables_of_{path.parent.name}_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def shown(path):
    """Return the path as it is written below the top of the project."""
    return path.relative_to(ROOT).as_posix()


def faults(path, tables, exercises):
    """Return what is wrong with a section's tables, as sentences that say what to write where.

    ``exercises`` are the names of the section's exercises; ``tables`` is its file, or None.
    """
    names = {
        "OTHER_WAYS": [
            name for name, bodies in getattr(tables, "OTHER_WAYS", {}).items() if bodies
        ],
        "WRONG_WAYS": [name for name, _, _ in getattr(tables, "WRONG_WAYS", ())],
        "NOT_SAID": [name for name, _, _ in getattr(tables, "NOT_SAID", ())],
        "EQUIVALENT": list(getattr(tables, "EQUIVALENT", {})),
    }
    found = [
        f'write other right answers to {name} in {shown(path)}: OTHER_WAYS = {{"{name}": '
        '["return ...", ...]}, each the body of a function with its parameters'
        for name in exercises
        if name not in names["OTHER_WAYS"]
    ]
    for table, given in names.items():
        for name in sorted(set(given) - set(exercises)):
            place = "no exercise has this name"
            if name in EXERCISES:
                place = f"move it to {shown(home(EXERCISES[name]))}"
            found.append(f"{table} of {shown(path)} speaks of {name}: {place}")
    return found


SECTIONS = {path: [] for path in sorted(HERE.glob("[!_]*/test_*.py"))}
for _name, _exercise in EXERCISES.items():
    SECTIONS.setdefault(home(_exercise), []).append(_name)
TABLES = {path: read(path) for path in SECTIONS}


def collected(table, empty):
    """Return the tables of this name of all section files, one after the other."""
    return [getattr(tables, table, empty) for tables in TABLES.values()]


OTHER_WAYS = [
    (name, body)
    for table in collected("OTHER_WAYS", {})
    for name, bodies in table.items()
    for body in bodies
]
WRONG_WAYS = [row for table in collected("WRONG_WAYS", ()) for row in table]
NOT_SAID = [row for table in collected("NOT_SAID", ()) for row in table]
EQUIVALENT = {name: lines for t in collected("EQUIVALENT", {}) for name, lines in t.items()}
