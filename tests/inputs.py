"""What the tests of several sections compute with: reference files, and inputs drawn at random."""

import csv
import json
import pathlib

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

REFERENCE = pathlib.Path(__file__).parent / "reference"


def reference(file):
    """Return what a JSON file of `tests/reference/` holds."""
    return json.loads((REFERENCE / file).read_text(encoding="utf-8"))


def published(file):
    """Return the entries of such a file by their id."""
    return {entry["id"]: entry for entry in reference(file)["entries"]}


def table(file):
    """Return the columns of a CSV file of numbers by name; empty cells are left out."""
    with (REFERENCE / file).open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return {name: [float(row[name]) for row in rows if row[name]] for name in rows[0]}


def as_printed(value, text):
    """Tell whether a number, rounded to as many digits, is what a source has printed."""
    digits = text.lower().split("e")[0].lstrip("-0.").replace(".", "")
    return f"{value:.{max(len(digits), 1)}g}" == f"{float(text):.{max(len(digits), 1)}g}"


# --- samples of numbers that vary

SAMPLE = st.lists(st.floats(-100, 100), min_size=3, max_size=12).filter(
    lambda values: np.ptp(values) > 1e-3
)

# --- distributions


def _over_same_outcomes(elements):
    """Two drawn in one test are over equally many outcomes; each weight is drawn by itself."""
    of_size = {
        k: arrays(float, k, elements=elements, fill=st.nothing())
        .filter(lambda w: w.sum() > 0)
        .map(lambda w: w / w.sum())
        for k in range(1, 10)
    }
    return st.shared(st.integers(1, 9), key="size").flatmap(of_size.__getitem__)


DISTRIBUTION = _over_same_outcomes(st.just(0.0) | st.floats(1e-12, 1))
NO_ZEROS = _over_same_outcomes(st.floats(1e-6, 1))

# --- linear models: eight rows, three columns

_ENTRY = st.floats(-50, 50).map(lambda x: round(x, 3))
MATRIX = arrays(float, (8, 3), elements=_ENTRY)
TARGET = arrays(float, 8, elements=_ENTRY)


def with_ones(X, intercept=True):
    return np.column_stack([np.ones(len(X)), X]) if intercept else X


def noisy_data(n=30, d=4, seed=0):
    """Return X, shape (n, d), and y that follows its columns, but for noise."""
    rng = np.random.default_rng(seed)
    X = rng.normal(2, 3, (n, d))
    return X, 5 + X @ np.arange(d) + rng.normal(0, 2, n)
