"""Taking a new edition into a learner's copy: by hand, and whatever the learner has done."""

import json
import pathlib
from collections import Counter

import nbformat
import pytest
from hypothesis import assume, given, strategies

from mlmath_helpers._commands import merge_notebooks
from mlmath_helpers._commands.merge_notebooks import merge, text

TABLE = json.loads(
    (pathlib.Path(__file__).parents[1] / "merge_cases.json").read_text(encoding="utf-8")
)


def written_out(row):
    """Return the cell that a row of the table stands for."""
    kind, name, source, *output = row
    source = source.format(**TABLE["texts"]) if source in {"{both}", "{apart}"} else source
    cell = {"cell_type": "code" if kind == "c" else "markdown", "metadata": {}, "source": source}
    if name is not None:
        cell["id"] = name
    if kind == "c":
        outputs = [{"output_type": "stream", "name": "stdout", "text": text} for text in output]
        cell |= {"execution_count": None, "outputs": outputs}
    return cell


def notebook(rows):
    """Return the notebook of these rows; None stands for none."""
    return (
        rows
        if rows is None
        else {
            "cells": [written_out(row) for row in rows],
            "metadata": {"language_info": {"name": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_a_case_of_the_table(case):
    merged = merge(*(notebook(case[which]) for which in ("base", "mine", "theirs")))
    assert merged.notebook["cells"] == notebook(case["expected"])["cells"]
    counts = {name: case[name] for name in ("arrived", "kept", "both")}
    assert {name: getattr(merged, name) for name in counts} == counts
    nbformat.validate(merged.notebook)


def test_the_table_says_what_is_written_into_notebooks():
    assert TABLE["texts"] == {"both": merge_notebooks.BOTH, "apart": merge_notebooks.APART}


# Few texts and names, so that they meet.
TEXTS_OF_THE_COURSE = ["A", "B", "C", *(f"# your code here\n\ncheck({f})" for f in "fg")]
TEXTS_OF_THE_LEARNER = ["", " \n", "mine", "answer\n\ncheck(f)", "A", "C  \r\n"]
NAMES_OF_THE_LEARNER = [None, "q1", "note-1", "yours-1", "no name", "s-0", "n-0"]


@strategies.composite
def rewritten(draw, rows, texts, names, unique):
    """Drop, move and change some rows, and add others."""
    rows = draw(strategies.permutations(rows)) if draw(strategies.booleans()) else rows
    texts = strategies.sampled_from(texts)
    rows = [
        [kind, name, draw(texts) if draw(strategies.integers(0, 3)) == 0 else text]
        for kind, name, text in rows
        if draw(strategies.integers(0, 4))
    ]
    more = strategies.tuples(strategies.sampled_from("cm"), strategies.sampled_from(names), texts)
    by_name = (lambda row: row[1]) if unique else None
    for row in draw(strategies.lists(more, max_size=3, unique_by=by_name)):
        rows.insert(draw(strategies.integers(0, len(rows))), list(row))
    return rows


@strategies.composite
def three_notebooks(draw):
    """Return base, mine and theirs; the course does not give a name to another cell."""
    kinds, texts = strategies.sampled_from("cm"), strategies.sampled_from(TEXTS_OF_THE_COURSE)
    first = draw(strategies.lists(strategies.tuples(kinds, texts), max_size=6))
    base = [[kind, f"s-{place}", source] for place, (kind, source) in enumerate(first)]
    theirs = draw(rewritten(base, TEXTS_OF_THE_COURSE, ["n-0", "n-1"], unique=True))
    mine = draw(rewritten(base, TEXTS_OF_THE_LEARNER, NAMES_OF_THE_LEARNER, unique=False))
    return notebook(base), notebook(mine), notebook(theirs)


def contents(notebook):
    """Return how often each content, of cells that hold something, is there."""
    return Counter((cell["cell_type"], text(cell)) for cell in notebook["cells"] if text(cell))


three = given(three_notebooks())


@three
def test_nothing_of_the_learners_is_lost(notebooks):
    base, mine, theirs = notebooks
    for known in (base, None):
        merged = merge(known, mine, theirs).notebook
        # A text of the course's, as often as the learner got it, may have been replaced.
        written = contents(mine) - contents(base)
        assert not written - contents(merged)


@three
def test_the_course_arrives_in_its_order_and_what_is_the_learners_is_counted(notebooks):
    base, mine, theirs = notebooks
    for known in (base, None):
        merged = merge(known, mine, theirs)
        if known != theirs:
            names = [cell["id"] for cell in theirs["cells"]]
            there = [cell["id"] for cell in merged.notebook["cells"] if cell["id"] in names]
            assert there == [name for name in names if name in there]
            courses = [cell for cell in merged.notebook["cells"] if cell in theirs["cells"]]
            notes = [cell for cell in merged.notebook["cells"] if "note-" in cell["id"]]
            assert merged.kept >= len(merged.notebook["cells"]) - len(courses) - len(notes)
            assert merged.kept >= merged.both
            assert {**merged.notebook, "cells": []} == {**theirs, "cells": []}
            nbformat.validate(merged.notebook)


@three
def test_what_only_one_has_changed_is_as_they_left_it(notebooks):
    base, mine, theirs = notebooks
    assert merge(base, mine, base).notebook == mine
    assert merge(base, base, theirs).notebook == theirs
    assert merge(None, theirs, theirs).notebook == theirs
    if base != theirs:
        run = json.loads(json.dumps(base))
        for cell in run["cells"]:  # a run changes outputs only
            cell["metadata"] = {"scrolled": True}
        assert merge(base, run, theirs).notebook == theirs


@three
def test_merging_twice_changes_nothing(notebooks):
    base, mine, theirs = notebooks
    once = merge(None, mine, theirs).notebook
    assert merge(None, once, theirs).notebook == once
    # A second time with the old base, as after a fall between two files that are written. It
    # cannot tell a name of today from the same one then, so no text has changed its name here.
    names = {(cell["cell_type"], text(cell)): cell["id"] for cell in base["cells"]}
    for cell in mine["cells"] + theirs["cells"]:
        name = names.get((cell["cell_type"], text(cell)))
        assume(name in (None, cell.get("id")))
    assume(base != theirs)
    once = merge(base, mine, theirs).notebook
    assert merge(base, once, theirs).notebook == once


@three
def test_the_three_notebooks_stay_as_they_were(notebooks):
    before = json.dumps(notebooks)
    merge(*notebooks)
    merge(None, *notebooks[1:])
    assert json.dumps(notebooks) == before


def test_sources_may_be_lists_of_lines():
    lines = [notebook(TABLE["cases"][5][which]) for which in ("base", "mine", "theirs")]
    for one in lines:
        for cell in one["cells"]:
            cell["source"] = cell["source"].splitlines(keepends=True)
    merged = merge(*lines)
    expected = notebook(TABLE["cases"][5]["expected"])["cells"]
    assert ["".join(cell["source"]) for cell in merged.notebook["cells"]] == [
        cell["source"] for cell in expected
    ]
