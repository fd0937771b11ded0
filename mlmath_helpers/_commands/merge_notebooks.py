"""Take a new edition of a notebook into a learner's copy, and lose nothing of theirs.

The rules stand in `tests/merge_cases.json`, beside the cases that both editions of the course
are held to: JupyterLab's, which merges here, and the one that runs in a browser.
"""

import itertools
import re
from typing import NamedTuple

BOTH = (
    "**The course and you have both changed this cell.** Above is the course's new one, below "
    "is yours, as it was. Keep the one that you want, and delete the other and this note."
)
APART = (
    "## Your versions of some cells\n"
    "\n"
    "It is not known which edition of the course your copy came from. The cells below differ "
    "from the course's of today: that may be your work, or the course's old text. Put what you "
    "want to keep where it belongs, and delete the rest and this note."
)


class Merged(NamedTuple):
    """A notebook, and what is in it: cells that came, that are the learner's, and both."""

    notebook: dict
    arrived: int
    kept: int
    both: int


def text(cell):
    """Return the text of a cell, whatever the ends of its lines and the blanks there."""
    joined = "".join(cell["source"]).replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[ \t]+$", "", joined, flags=re.MULTILINE).strip("\n")


def same(cell, other):
    """Return whether two cells are of one type and say the same, which is not nothing."""
    return cell["cell_type"] == other["cell_type"] and text(cell) == text(other) != ""


def _same_name(cell, other):
    return "id" in cell and cell["id"] == other.get("id")


def _same_name_and_text(cell, other):
    return _same_name(cell, other) and same(cell, other)


def _pair(cells, others, *tests):
    """Return for each cell the place among the others of the one that it is, or None.

    No two cells are the same one. The first test is tried on all cells, then the next.
    """
    places, free = [None] * len(cells), list(range(len(others)))
    for test in tests:
        for i, cell in enumerate(cells):
            if places[i] is None:
                places[i] = next((j for j in free if test(cell, others[j])), None)
                if places[i] is not None:
                    free.remove(places[i])
    return places


def _is_answer(cell, exercise):
    """Return whether a cell answers an exercise: it still has the line that checks it."""
    return "# your code here" in text(exercise) and text(exercise).split("\n")[-1] in text(cell)


class _Names:
    """Gives the learner's cells and the notes among them valid names that no other cell has."""

    def __init__(self, new, mine):
        self.used = {cell["id"] for cell in new}  # the course's cells keep their names
        self.taken = self.used | {cell.get("id") for cell in mine}

    def _fresh(self, stem):
        numbered = (f"{stem}-{number}" for number in itertools.count(1))
        name = next(name for name in numbered if name not in self.taken)
        self.taken.add(name)
        return name

    def own(self, cell):
        name = cell.get("id", "")
        if name in self.used or not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", name):
            name = self._fresh("yours")
        self.used.add(name)
        return {**cell, "id": name}

    def note(self, text):
        return {"cell_type": "markdown", "id": self._fresh("note"), "metadata": {}, "source": text}


def merge(base, mine, theirs):
    """Return the notebook ``theirs`` with what the learner made of ``base`` in ``mine``.

    Parameters
    ----------
    base : dict or None
        The notebook that the learner once got, if it is known.
    mine : dict
        What the learner has made of it.
    theirs : dict
        What the course gives today. Each of its cells has a name, its ``id``, of its own.

    Returns
    -------
    Merged
        The notebook; how many cells of the course in it ``mine`` did not have; how many are the
        learner's; of how many of these the course's version is there too.
    """
    if base == theirs:
        return Merged(mine, 0, 0, 0)
    new = theirs["cells"]
    old = base["cells"] if base else []
    # The course may have given a cell another name: so its text comes first.
    places = _pair(old, new, _same_name_and_text, same, _same_name)
    before = {j: cell for cell, j in zip(old, places, strict=True) if j is not None}
    unknown = [j for j in range(len(new)) if j not in before]  # new, or of no known base
    old, places = old + [new[j] for j in unknown], places + unknown

    had, changed, beside, anchor = {}, {}, {None: []}, None
    found = _pair(mine["cells"], old, _same_name_and_text, _same_name, same)
    for cell, i in zip(mine["cells"], found, strict=True):
        place = None if i is None else places[i]
        untouched = not text(cell) or (i is not None and same(cell, old[i]))
        if place is not None:
            had[place], beside[place], anchor = cell, [], place
            if not untouched and not same(cell, new[place]):
                changed[place] = cell
        elif not untouched:  # added by the learner, or changed and no longer in the course
            beside[anchor].append(cell)

    names = _Names(new, mine["cells"])
    cells = [names.own(cell) for cell in beside[None]]
    apart, arrived, both = [], 0, 0
    for place, cell in enumerate(new):
        yours, was = changed.get(place), before.get(place)
        corrected = was is None or not same(was, cell)
        if yours is None:
            if place in had or corrected:  # else the learner has deleted it
                cells.append(cell)
                arrived += place not in had or not same(had[place], cell)
        elif not corrected or (was is None and _is_answer(yours, cell)):
            cells.append({**yours, "id": cell["id"]})
        else:
            cells.append(cell)
            arrived, both = arrived + 1, both + 1
            if base:
                cells += [names.note(BOTH), names.own(yours)]
            else:
                apart.append(yours)
        cells += [names.own(cell) for cell in beside.get(place, [])]
    if apart:
        cells += [names.note(APART), *(names.own(cell) for cell in apart)]
    kept = len(changed) + sum(len(own) for own in beside.values())
    return Merged({**theirs, "cells": cells}, arrived, kept, both)
