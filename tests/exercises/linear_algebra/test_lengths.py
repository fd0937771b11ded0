"""Lengths, angles and projections: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest

from exercises.learner import answers, cases
from mlmath_helpers.linear_algebra import cosine_similarity, norm

OTHER_WAYS = {
    "cosine": [
        "return np.dot(v, w) / np.sqrt(np.dot(v, v) * np.dot(w, w))",
        "v = v / np.linalg.norm(v)\nw = w / np.linalg.norm(w)\nreturn sum(v * w)",
    ],
    "projection": [
        "u = onto / np.linalg.norm(onto)\nreturn np.dot(v, u) * u",
        "return np.outer(onto, onto) @ v / (onto @ onto)",
        "return [float(x) for x in (v @ onto) / (onto @ onto) * onto]",
    ],
    "distance_to_line": [
        "v = point - start\nt = v @ direction / (direction @ direction)\n"
        "return np.linalg.norm(start + t * direction - point)",
        "v = point - start\nalong = v @ direction / np.linalg.norm(direction)\n"
        "return max(0, v @ v - along**2) ** 0.5",
    ],
}

WRONG_WAYS = [
    ("cosine", "return np.cos(v @ w / np.sqrt(v @ v * (w @ w)))", "is the cosine already"),
    ("cosine", "return v @ w / np.sqrt(np.sum((v * w) ** 2))", "measured first and then"),
    ("cosine", "return abs(v @ w) / np.sqrt(v @ v * (w @ w))", "The sign is lost"),
    ("cosine", "return (v @ w) ** 2 / (v @ v * (w @ w))", "the square of the cosine"),
    ("cosine", "return v @ w / sum(map(np.linalg.norm, (v, w)))", "multiply the lengths"),
    ("projection", "return sum(v * onto) / onto**2 * onto", "leaves a list"),
    ("projection", "return v @ onto / onto @ onto * onto", "brackets around onto @ onto"),
    ("projection", "return v * (v @ onto) / (onto @ onto)", "a multiple of onto"),
    (
        "distance_to_line",
        "v = point - start\nreturn v @ v - (v @ direction) ** 2 / (direction @ direction)",
        "a root is missing",
    ),
    (
        "distance_to_line",
        "v = point - start\nc = v @ direction / (direction @ direction)\n"
        "return np.linalg.norm(start + c * direction)",
        "foot of the shadow",
    ),
    (
        "cosine",
        "return v @ w / np.sqrt(v @ v + w @ w)",
        "The product of the lengths",
    ),
    (
        "cosine",
        "return np.corrcoef(v, w)[0, 1]",
        "A correlation takes the mean",
    ),
    (
        "projection",
        "return v @ onto / len(onto) * onto",
        "len(onto) is the number of",
    ),
    (
        "distance_to_line",
        "v = point - start\nreturn np.sqrt(v @ v - (v @ direction / (direction @ direction)) ** 2)",
        "Pythagoras needs the length of",
    ),
    (
        "distance_to_line",
        "v = point - start\n"
        "return np.linalg.norm(v + v @ direction / (direction @ direction) * direction)",
        "The shadow has been added",
    ),
]

NOT_SAID = [
    ("cosine", "return np.sum(v) * np.sum(w) / (v @ v + w @ w)", "under yours stands a sum"),
]

EQUIVALENT = {
    "cosine": {
        "return w @ v / (np.linalg.norm(v) * np.linalg.norm(w))": (
            "the dot product does not mind the order"
        ),
    },
    "projection": {
        "return onto @ v / (onto @ onto) * onto": "the dot product does not mind the order",
    },
    "distance_to_line": {
        "v = start - point": "an arrow and its opposite are equally long",
        "return np.linalg.norm(shadow - v)": "an arrow and its opposite are equally long",
        "shadow = direction @ v / (direction @ direction) * direction": (
            "the dot product does not mind the order"
        ),
    },
}


def test_cosine_has_no_zero_vector_among_its_cases():
    assert all(v.any() and w.any() for v, w in cases("cosine"))


def test_a_projection_leaves_a_remainder_orthogonal_to_the_line():
    for shadow, (v, onto) in answers("projection"):
        assert abs((v - shadow) @ onto) < 1e-12 * (1 + np.abs(v).max()) * np.abs(onto).max() * 10
        assert np.linalg.matrix_rank(np.array([shadow, onto])) == 1


def test_no_point_of_the_line_is_nearer_than_the_distance():
    for distance, (point, start, direction) in answers("distance_to_line"):
        design = direction[:, np.newaxis].astype(float)
        t = np.linalg.lstsq(design, point - start)[0]
        nearest = start + design @ t
        assert distance == pytest.approx(np.linalg.norm(point - nearest), abs=1e-12)


def test_the_cosine_is_that_of_the_law_of_cosines():
    for cosine, (v, w) in answers("cosine"):
        a, b, c = (np.linalg.norm(side) for side in (v, w, v - w))
        assert c**2 == pytest.approx(a**2 + b**2 - 2 * a * b * cosine, abs=1e-9 * (a + b) ** 2)


def _doubled_arrow():
    w, v = np.array([2.0, 0.0]), 1.5 * np.array([-0.5, 0.75**0.5])  # at 120 degrees
    before, after = (norm(w) * norm(each) * cosine_similarity(each, w) for each in (v, 2 * v))
    if after > before + 1e-9:
        return "it grows"
    return "it falls" if after < before - 1e-9 else "it stays, for the angle stays"


def _length_with_p():
    lengths = np.array([norm([1.2, 0.9], p=p) for p in (1, 1.5, 2, 4, 8, np.inf)])
    if np.all(np.diff(lengths) > 0):
        return "it grows: higher powers are larger numbers"
    if np.ptp(lengths) < 1e-9:
        return "it stays: an arrow has one length"
    assert np.all(np.diff(lengths) < 0)
    return f"it falls, toward {'the largest entry' if np.isclose(lengths[-1], 1.2) else '0'}"


PREDICTED = {"doubled_arrow": _doubled_arrow, "length_with_p": _length_with_p}
