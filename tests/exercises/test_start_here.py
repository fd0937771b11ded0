"""The first exercise: answers found a second way, other right ones, wrong ones."""

import math

import numpy as np
import pytest

from exercises.learner import answers
from mlmath_helpers.datasets import load_digits
from mlmath_helpers.linear_algebra import norm

OTHER_WAYS = {
    "distance": [
        "return np.linalg.norm(v - w)",
        "import math\nreturn math.dist(v, w)",
        "return sum((a - b) ** 2 for a, b in zip(v, w)) ** 0.5",
        "return np.sqrt(np.sum((w - v) ** 2))[()]",
        "return np.array(np.linalg.norm(v - w))",
    ],
}

WRONG_WAYS = [
    ("distance", "return (w - v) ** 2", "squared differences, one for each axis"),
    ("distance", "return abs(np.linalg.norm(w) - np.linalg.norm(v))", "length of v - w"),
    ("distance", "return np.sqrt(sum(v - w) ** 2)", "you squared the sum"),
    ("distance", "return sum(abs(v - w))", "the way along the axes"),
    (
        "distance",
        "total = 0\nfor a, b in zip(v, w):\n    total = (a - b) ** 2\nreturn total**0.5",
        "Only the last difference",
    ),
    (
        "distance",
        "total = 0\nfor a, b in zip(v, w):\n    total += (a - b) ** 2\n    return total**0.5",
        "a return inside the loop",
    ),
    ("distance", "return np.max(np.abs(v - w))", "the largest of the differences"),
    (
        "distance",
        "return np.sqrt((v[0] - w[0]) ** 2 + (v[1] - w[1]) ** 2)",
        "Only the first two entries",
    ),
    (
        "distance",
        "return sum((v - w) ** 2) ** 1 / 2",
        "That is half of the",
    ),
    (
        "distance",
        "t = 0\nfor i in range(1, len(v)):\n    t += (v[i] - w[i]) ** 2\nreturn t ** 0.5",
        "The first difference is left",
    ),
    (
        "distance",
        "t = 0\nfor i in range(len(v) - 1):\n    t += (v[i] - w[i]) ** 2\nreturn t ** 0.5",
        "The last difference is left",
    ),
    (
        "distance",
        "return np.sqrt(v @ w)",
        "That is the root of",
    ),
    (
        "distance",
        "return np.sqrt(np.sum(np.abs(v - w)))",
        "The sizes of the differences",
    ),
    (
        "distance",
        "return np.sqrt((v[0] - w[0]) ** 2 + (v[1] - w[1]) ** 2 + (v[2] - w[2]) ** 2)",
        "Three differences count there, and",
    ),
]

NOT_SAID = [
    ("distance", "return np.sum((v - w)[:2] ** 2)", "Only the first two entries"),
    ("distance", "return 120**0.5", "The last difference"),  # that of the first case alone
]

EQUIVALENT = {
    "distance": {
        "return np.sqrt(np.sum((w - v) ** 2))": "an arrow and its opposite are equally long",
    },
}


def test_the_distance_is_that_of_the_math_module():
    for distance, (v, w) in answers("distance"):
        assert distance == pytest.approx(math.dist(v, w), abs=1e-12)


def _where_it_changes_its_mind():
    images, labels = load_digits()
    three, eight = images[labels == 3][1], images[labels == 8][0]
    averages = [images[labels == digit].mean(axis=0) for digit in range(10)]
    shares = np.arange(101) / 100
    nearest = [
        np.argmin([norm((1 - share) * three + share * eight - average) for average in averages])
        for share in shares
    ]
    assert (nearest[0], nearest[-1]) == (3, 8)
    share = shares[np.argmax(np.array(nearest) == 8)]
    if share == 0.5:
        return "from exactly half"
    return f"from {'less' if share < 0.5 else 'more'} than half"


PREDICTED = {"where_it_changes_its_mind": _where_it_changes_its_mind}
