"""The first exercise, in the section "Try, and have it checked"."""

import numpy as np

from ._engine.exercise import Exercise, by_name
from ._engine.prediction import Prediction


def distance(v, w):
    """Distance between the points v and w, two arrays of the same length."""
    return np.sqrt(np.sum((v - w) ** 2))


def _pairs_of_points():
    rng = np.random.default_rng(0)
    by_hand = [
        (np.array([3.0, 7.0, 3.0, -4.0, 1.0]), np.array([5.0, 1.0, 7.0, 4.0, 2.0])),
        (np.array([4.0, 2.0]), np.array([1.0, 6.0])),
        (np.array([0.0, 0.0]), np.array([0.0, 0.0])),
        (np.array([-2.0]), np.array([1.0])),
        (np.array([1, -1, 2, 0]), np.array([2, 1, 4, 0])),
        (np.arange(10.0)[::3], np.arange(8.0)[::2]),
    ]
    random = [tuple(rng.normal(scale=3, size=(2, d)).round(1)) for d in (2, 3, 5, 8)]
    return tuple(by_hand + random)


EXERCISES = by_name(
    Exercise(
        distance,
        cases=_pairs_of_points(),
        hints=(
            "Which arrow leads from w to v, and how long is it?",
            "Pythagoras: the squared length of an arrow is the sum of its squared entries.",
            "Square the entries of v - w, add them with np.sum, and take np.sqrt.",
        ),
        mistakes={
            "np.sum((v - w) ** 2)": "That is the squared distance; take its square root.",
            "np.sqrt(np.sum(v - w) ** 2)": (
                "Square each difference before adding; you squared the sum."
            ),
            "np.sum(np.abs(v - w))": (
                "That is the way along the axes, as in a city of square blocks; "
                "square the differences, add them, and take the square root."
            ),
            "np.sqrt(np.sum((v + w) ** 2))": (
                "That is the length of v + w; the arrow from one point to the other is v - w."
            ),
            "np.linalg.norm(v) - np.linalg.norm(w)": (
                "That compares the lengths of v and w; subtract first, then measure."
            ),
            "np.sqrt(np.mean((v - w) ** 2))": (
                "That averages the squared differences; their sum is what Pythagoras asks for."
            ),
            "np.abs(v - w)": (
                "Those are the differences along each axis; combine them into one number."
            ),
            "(v - w) ** 2": (
                "Those are the squared differences, one for each axis; "
                "add them and take the square root."
            ),
            "abs(np.linalg.norm(v) - np.linalg.norm(w))": (
                "That is how much longer one arrow is than the other, and misses where they "
                "point; take the length of v - w."
            ),
            "v - w": "That is the arrow from w to v; its length is asked for, one number.",
            "abs(v[0] - w[0])": (
                "Only the first difference counts there; a return inside the loop ends the loop."
            ),
            "abs(v[-1] - w[-1])": (
                "Only the last difference counts there; begin a sum with 0, and let each step "
                "add to it, with +=."
            ),
            "v @ w": "That is the dot product; a distance begins with the difference v - w.",
            "np.max(np.abs(v - w))": (
                "That is the largest of the differences; all of them count, squared and added up."
            ),
            "np.sqrt((v[0] - w[0]) ** 2 + (v[1] - w[1]) ** 2)": (
                "Only the first two entries count there; v and w can have any number of them, so "
                "add with np.sum or in a loop."
            ),
            "np.sqrt((v[0] - w[0]) ** 2 + (v[1] - w[1]) ** 2 + (v[2] - w[2]) ** 2)": (
                "Three differences count there, and no more: v and w are as long as they are, so "
                "add over all entries."
            ),
            "np.sqrt(np.sum((v - w)[1:] ** 2))": (
                "The first difference is left out: positions are counted from 0, and v[1] is the "
                "second entry."
            ),
            "np.sqrt(np.sum((v - w)[:-1] ** 2))": (
                "The last difference is left out: range(len(v)) ends with the last position, and "
                "v[:-1] before it."
            ),
            "np.sum((v - w) ** 2) ** 1 / 2": (
                "That is half of the squared distance, as ** 1 / 2 makes it: Python takes the "
                "power 1 and then halves. The root is np.sqrt, or ** (1 / 2) with its brackets."
            ),
            "np.sqrt(v @ w)": (
                "That is the root of v @ w; under the root belongs the arrow from one point to "
                "the other with itself, (v - w) @ (v - w)."
            ),
            "np.sqrt(np.sum(np.abs(v - w)))": (
                "The sizes of the differences are added up; Pythagoras adds their squares."
            ),
        },
    ),
)

PREDICTIONS = {
    "where_it_changes_its_mind": Prediction(
        "A real 3 fades into a real 8, and the machine calls the blend by the nearest of ten "
        "averages. From which share of the 8 on does it say 8?",
        {
            "from less than half": (
                "So it would be if the 8 were farther ahead at its end than the 3 at its start. It "
                "is the other way round: 16.3 against 33.6 at the 3, and 24.9 against 34.9 at the "
                "8."
            ),
            "from exactly half": (
                "Half of the ink is not half of the way to another mind: at the start the 3 is far "
                "ahead, 16.3 against 33.6, at the end the 8 less far, 24.9 against 34.9."
            ),
            "from more than half": (
                "At the start the 3 is far ahead, 16.3 against 33.6, and at the end the 8 less "
                "far, 24.9 against 34.9. So the 8 needs the larger share, 60%."
            ),
        },
        answer="from more than half",
    ),
}
