"""``mlmath grade FOLDER``: try every handed-in notebook, and write one table of what passed."""

import argparse
import csv
import io
import os
import re
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, groupby
from pathlib import Path
from typing import NamedTuple

from ..exercises._engine import session
from ..exercises._engine.verdict import is_out_of_time, what_is_wrong
from .course import notebooks
from .grading.data import NotData
from .grading.hand_in import (
    NO_ANSWER,
    Limits,
    Unreadable,
    asked_for,
    read_cells,
    tasks_of,
    try_all,
)
from .sections import chosen, parse

COLUMNS = ("who", "exercise", "passed", "first case that failed", "reason")
NO_SANDBOX = (
    "Handed-in code has run on this machine as you, with limits of time and memory but in no "
    "sandbox;\n.github/TEACHING.md says how to run it in a container."
)
NO_LIMIT = "This system limits no memory for a process: watch what a hand-in takes."


class Row(NamedTuple):
    """A row of the table."""

    who: str
    exercise: str
    passed: str  # yes or no
    case: str = ""
    reason: str = ""


def main(arguments):
    """Grade a folder of handed-in notebooks.

    Parameters
    ----------
    arguments : list of str
        What stands behind ``mlmath grade``.

    Returns
    -------
    int
        0 if the table is written, whatever stands in it; 1 if there is nothing to grade or
        nowhere to write; 2 (from argparse) for a wrong command line.
    """
    options = parse(_parser(), arguments)
    try:
        table = _new_file(options.csv)
        wanted = _exercises(options)
        hand_ins, others = find(options.folder)
    except (ValueError, OSError) as error:
        print(f"mlmath grade: {error}", file=sys.stderr)
        return 1
    limits = Limits(options.seconds, options.memory * 2**20, options.notebook_seconds)
    found = {}
    for path, tried in _graded(hand_ins, wanted, limits, options.jobs):
        who = path.relative_to(options.folder).as_posix()
        found[path] = list(_rows(who, path, tried))
        passed = sum(row.passed == "yes" for row in found[path])
        print(f"  {who}: {passed} of {len(found[path])}", flush=True)
    rows = [row for path in hand_ins for row in found[path]]
    rows += [
        Row(
            path.relative_to(options.folder).as_posix(), "", "no", reason="is no notebook (*.ipynb)"
        )
        for path in others
        if not options.exercises or path.name != options.exercises.name  # was handed out
    ]
    table.write_text(as_csv(rows), encoding="utf-8-sig", errors="backslashreplace", newline="")
    print(summary(rows, len(hand_ins), table))
    return 0


def _parser():
    parser = argparse.ArgumentParser(prog="mlmath grade", description=__doc__.partition(": ")[2])
    parser.add_argument("folder", type=Path, help="the notebooks handed in; folders in it too")
    parser.add_argument("--csv", type=Path, default=Path("grades.csv"), help="the table to write")
    parser.add_argument("--sections", help="what is graded: svd,pca or a chapter")
    parser.add_argument("--exercises", type=Path, help="a file of your own with EXERCISES")
    parser.add_argument("--seconds", type=_positive(float), default=3, help="for each exercise (3)")
    parser.add_argument(
        "--notebook-seconds", type=_positive(float), default=60, help="for each notebook (60)"
    )
    parser.add_argument(
        "--memory", type=_positive(int), default=1024, help="megabytes for each notebook (1024)"
    )
    parser.add_argument(
        "--jobs", type=_positive(int), default=os.cpu_count() or 1, help="notebooks at a time"
    )
    return parser


def _positive(kind):
    def read(text):
        if not 0 < kind(text) < 1e6:
            raise ValueError
        return kind(text)

    read.__name__ = "number above 0 and below a million:"  # argparse says so in its message
    return read


def _new_file(path):
    if path.exists():
        raise ValueError(f"{path} is there already: move it, or name another with --csv")
    if not path.absolute().parent.is_dir():
        raise ValueError(f"{path}: there is no folder {path.absolute().parent}")
    return path


def _exercises(options):
    """Return the names that are graded, a list for each notebook of the set.

    Where nothing is named there are no lists: then all is graded that a notebook asks for.
    """
    wanted = []
    if options.sections:
        for _, sections in groupby(chosen(options.sections), lambda section: section.notebook):
            wanted.append([name for section in sections for name in section.exercises])
    if options.exercises:
        wanted.append(list(session.added(options.exercises)))
    for name in chain(*wanted):
        try:
            tasks_of(session.find(name))
        except NotData as error:
            raise ValueError(f"the cases of {name} hold {error}, which cannot be sent") from None
    return wanted


def find(folder):
    """Return the notebooks below a folder, and the other files, without what is hidden.

    Raises
    ------
    ValueError
        If it is no folder, or holds no notebook.
    """
    if not folder.is_dir():
        raise ValueError(f"{folder} is no folder")
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if (path.is_symlink() or path.is_file())
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    found = [path for path in files if path.suffix.lower() == ".ipynb"]
    if not found:
        raise ValueError(f"{folder} holds no notebook (*.ipynb), and none of its folders does")
    return found, [path for path in files if path not in found]


def _graded(paths, wanted, limits, jobs):
    """Yield each hand-in and what is known of it, those last that had to be tried once more.

    Threads wait for the processes; every verdict is given here, in the main thread.
    """
    late = []
    with ThreadPoolExecutor(jobs) as pool:
        futures = [pool.submit(_tried, path, wanted, limits) for path in paths]
        try:
            for path, future in zip(paths, futures, strict=True):
                tried = future.result()
                if jobs > 1 and _out_of_time(tried):
                    late.append((path, tried))
                else:
                    yield path, tried
        finally:
            for future in futures:
                future.cancel()
    for path, tried in late:  # nothing runs beside it now: time was short for no other's sake
        names = _out_of_time(tried)
        again = try_all(path, read_cells(path), [session.find(name) for name in names], limits)
        yield path, tried | dict(zip(names, again, strict=True))


def _out_of_time(tried):
    """Return the names of the exercises that took too long."""
    if isinstance(tried, str):
        return []
    return [name for name, trials in tried.items() if trials and trials.is_out_of_time()]


def _tried(path, wanted, limits):
    """Return what is known of a hand-in: names, and trials of those that are there; or why not."""
    try:
        cells = read_cells(path)
    except Unreadable as error:
        return str(error)
    there = [name for name in asked_for(cells) if session.find(name)]
    groups = [names for names in wanted if not set(names).isdisjoint(there)] if wanted else [there]
    asked = list(chain(*groups))
    names = [name for name in asked if name in there]
    trials = try_all(path, cells, [session.find(name) for name in names], limits)
    return dict.fromkeys(asked) | dict(zip(names, trials, strict=True))


def _rows(who, path, tried):
    """Yield the rows of one hand-in."""
    if isinstance(tried, str):
        yield Row(who, "", "no", reason=tried)
        return
    if not tried:
        reason = "holds none of the exercises that are graded: is it another notebook?"
        yield Row(who, "", "no", reason=reason)
        return
    misnamed = _misnamed(path, tried)
    verdicts = {name: judge(trials) for name, trials in tried.items() if trials}
    failed = {name for name, (passed, _, _) in verdicts.items() if passed == "no"}
    for name, trials in tried.items():
        if trials is None:
            yield Row(who, name, "no", reason="is not in this notebook")
            continue
        passed, case, reason = verdicts[name]
        blamed = failed.intersection(trials.uses) if passed == "no" else ()
        uses = f"It uses {' and '.join(sorted(blamed))}, which did not pass." if blamed else ""
        yield Row(who, name, passed, case, " ".join(filter(None, [reason, uses, misnamed])))


def _misnamed(path, names):
    """Say that a file has the name of another notebook of the course than it holds, or ''."""
    titles = {stem.stem: stem.stem[3:].replace("_", " ") for stem in notebooks().glob("*.ipynb")}
    title = next((titles[stem] for stem in titles if path.stem.startswith(stem)), None)
    if title is None or any(name in session.chapters.get(title, {}) for name in names):
        return ""
    return f"[The file has the name of the chapter {title}, and holds none of its exercises.]"


def judge(trials):
    """Return whether a function passes, the first case that failed, and the reason.

    Parameters
    ----------
    trials : Trials
        What it did on the cases of its exercise.

    Returns
    -------
    passed : str
        ``"yes"`` or ``"no"``.
    case, reason : str
        Empty if it passes.
    """
    try:
        found = what_is_wrong(trials)
    except Exception as error:  # of an exercise's own `same`, on an answer it did not foresee
        return "no", "", f"the answer cannot be compared: {type(error).__name__}: {error}"
    if found is None:
        return "yes", "", ""
    said = " ".join((*found.said, *found.notes))
    if found.number is None:
        return "no", "", said
    tried = trials[found.number]
    if tried.error is not None and tried.error.kind == NO_ANSWER:
        said = tried.error.message
    elif is_out_of_time(tried):
        said = (
            "was stopped, since it took too long (--seconds): is there a loop that never ends, "
            "or does it print very much?"
        )
    shown = "; ".join(re.sub(r"\s+", " ", line).strip() for line in found.shown)
    return "no", f"case {found.number + 1}: {shown}".removesuffix(": "), said


def as_csv(rows):
    """Return the rows as the text of a CSV file that a spreadsheet takes for text."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(COLUMNS)
    table.writerows(map(harmless, row) for row in rows)
    return text.getvalue()


def harmless(cell):
    """Return a cell on one line, which no spreadsheet takes for a formula."""
    line = re.sub(r"[\s\x00-\x1f]+", " ", cell).strip()
    return "'" + line if line.startswith(("=", "+", "-", "@")) else line


def summary(rows, n_hand_ins, table):
    """Return what there is to say at the end."""
    asked = Counter(row.exercise for row in rows if row.exercise)
    passed = Counter(row.exercise for row in rows if row.passed == "yes")
    width = max(map(len, asked), default=0)
    counts = (n_hand_ins, "hand-in"), (len(asked), "exercise")
    counted = ", ".join(f"{n} {word}" + "s" * (n != 1) for n, word in counts)
    lines = [f"{counted}: {table}"]
    lines += [f"  {name:{width}}  {passed[name]} of {n}" for name, n in asked.items()]
    lines += [f"  not graded: {row.who} {row.reason}" for row in rows if not row.exercise]
    if sys.platform != "linux":
        lines.append(NO_LIMIT)
    return harmless_text("\n".join([*lines, NO_SANDBOX]))


def harmless_text(text):
    """Return a text without the signs by which a file's name could steer a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else "?" for c in text)
