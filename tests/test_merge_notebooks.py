"""Taking a new edition into a learner's copy: by hand, and whatever the learner has done."""

import json
import pathlib

import nbformat
import pytest

import merge_notebooks
from merge_notebooks import merge

TABLE = json.loads(pathlib.Path(__file__).with_name("merge_cases.json").read_text(encoding="utf-8"))


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
    """Return the notebook of these rows, with its sources as one text or as a list of lines."""
    return rows and {
        "cells": [written_out(row) for row in rows],
        "metadata": {"language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_a_case_of_the_table(case):
    merged = merge(*(notebook(case[which]) for which in ("base", "mine", "theirs")))
    assert merged.notebook["cells"] == notebook(case["expected"])["cells"]
    counts = {name: case[name] for name in ("arrived", "kept", "both")}
    assert {name: getattr(merged, name) for name in counts} == counts
    nbformat.validate(merged.notebook)


def test_the_table_says_what_is_written_into_notebooks():
    assert TABLE["texts"] == {"both": merge_notebooks.BOTH, "apart": merge_notebooks.APART}
