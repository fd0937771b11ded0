"""What the tests of linear algebra share: matrices, known and small, and exact answers.

Where a helper is measured beside numpy, both are held to exact fractions, and ours may be off
by four times as much as numpy, or by what rounding the entries of the matrix does to the
answer, whichever is more: below that, which of the two is nearer is chance.
"""

import json
import math
import pathlib
from fractions import Fraction

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

REFERENCE = pathlib.Path(__file__).parent / "reference"
GALLERY = {
    entry["name"]: {**entry, "matrix": np.array(entry["matrix"])}
    for entry in json.loads((REFERENCE / "linalg_gallery.json").read_text())["matrices"]
}

# One rounding of a double. A sum of d terms is wrong by at most about d of them.
EPS = np.finfo(float).eps

several = settings(max_examples=60, deadline=None, derandomize=True)
entries = st.floats(-100, 100).map(lambda x: round(x, 3))  # no underflow: that has its own tests


def arrays_of(shapes):
    """Draw an array of small entries, of a shape that is drawn first."""
    return shapes.flatmap(lambda shape: arrays(float, shape, elements=entries))


def largest_entry_is_positive(columns):
    columns = np.reshape(columns, (len(columns), -1))
    sizes = np.abs(columns)
    first = (sizes > sizes.max(axis=0) * (1 - 1e-8)).argmax(axis=0)
    return (columns[first, range(columns.shape[1])] > 0).all()


def fractions(array):
    return [[Fraction(float(x)) for x in row] for row in np.atleast_2d(array)]


def exact_solution(A, b):
    """Return x with A x = b and the determinant of A, by Gauss and Jordan in fractions."""
    n, size = len(A), Fraction(1)
    rows = [[*row, right] for row, right in zip(A, b, strict=True)]
    for k in range(n):
        swap = max(range(k, n), key=lambda i: abs(rows[i][k]))
        size *= rows[swap][k] * (1 if swap == k else -1)
        rows[k], rows[swap] = rows[swap], rows[k]
        for i in range(n):
            if i != k and rows[i][k]:
                factor = rows[i][k] / rows[k][k]
                rows[i] = [x - factor * y for x, y in zip(rows[i], rows[k], strict=True)]
    return [rows[k][n] / rows[k][k] for k in range(n)], size


def off(x, exact):
    """Return the largest error beside the largest entry, nan as infinity."""
    if not np.isfinite(x).all():
        return math.inf
    largest = max(abs(e) for e in exact)
    errors = [abs(Fraction(float(each)) - e) for each, e in zip(x, exact, strict=True)]
    return float(max(errors) / largest)
