"""Your turn in the section "Lengths, angles, projections"."""

import numpy as np

from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def cosine(v, w):
    """Cosine of the angle between v and w, neither of them zero."""
    return v @ w / (np.linalg.norm(v) * np.linalg.norm(w))


def _pairs_of_vectors():
    rng = np.random.default_rng(1)
    by_hand = [
        (np.array([2.0, 4.0, 5.0, 6.0]), np.array([1.0, 3.0, -1.0, 5.0])),
        (np.array([1.0, 0.0]), np.array([0.0, 5.0])),
        (np.array([1.0, 2.0, 2.0]), np.array([-2.0, -4.0, -4.0])),
        (np.array([2.0]), np.array([7.0])),
        (np.array([1, 2, 3]), np.array([4, 5, 6])),
        (np.array([0.01, 0.0]), np.array([300.0, 400.0])),
        (np.arange(1.0, 9.0)[::2], np.arange(6.0, -2.0, -1.0)[::2]),
    ]
    random = [tuple(rng.normal(scale=2, size=(2, d)).round(1)) for d in (2, 2, 3, 4, 10)]
    return tuple(by_hand + random)


COSINE = Exercise(
    cosine,
    cases=_pairs_of_vectors(),
    hints=(
        "v @ w grows when v or w gets longer, but the angle stays. What undoes that?",
        "v @ w = |v| |w| cos(angle); solve for the cosine. np.linalg.norm(v) is the length of v.",
        "Divide v @ w by the product of both lengths, with brackets around that product.",
    ),
    mistakes={
        "v @ w": "That is the dot product; divide it by both lengths.",
        "v @ w / np.linalg.norm(v) * np.linalg.norm(w)": (
            "Python divides by the first length and then multiplies by the second; "
            "put brackets around the product of the lengths."
        ),
        "np.arccos(np.clip(cosine(v, w), -1, 1))": (
            "That is the angle itself, in radians; its cosine is asked for."
        ),
        "v @ w / ((v @ v) * (w @ w))": (
            "v @ v is the squared length; take its square root before you divide."
        ),
        "v @ w / (np.linalg.norm(v) + np.linalg.norm(w))": (
            "You divide by the sum of the lengths; multiply the lengths instead of adding them."
        ),
        "v @ w / np.linalg.norm(v)": (
            "You divide by the length of v only; divide by the length of w too."
        ),
        "v @ w / np.linalg.norm(w)": (
            "That is the signed length of the shadow of v; divide by the length of v as well."
        ),
        "v @ w / np.linalg.norm(v * w)": (
            "v * w multiplies entry by entry; the two lengths are measured first and then "
            "multiplied."
        ),
        "np.linalg.norm(v) * np.linalg.norm(w) / (v @ w)": (
            "The fraction is upside down: the dot product stands on top."
        ),
        "np.cos(v @ w / (np.linalg.norm(v) * np.linalg.norm(w)))": (
            "The quotient is the cosine already; np.cos would take it for an angle."
        ),
        "np.degrees(np.arccos(np.clip(cosine(v, w), -1, 1)))": (
            "That is the angle in degrees; stop before np.arccos, at its cosine."
        ),
        "v * w / (np.linalg.norm(v) * np.linalg.norm(w))": (
            "v * w multiplies entry by entry; v @ w also adds the products up."
        ),
        "1 - cosine(v, w)": "That is 1 - cosine, a gap; the cosine itself is asked for.",
        "abs(cosine(v, w))": (
            "The sign is lost: beyond a right angle the cosine is negative. Leave the dot product "
            "as it is."
        ),
        "cosine(v, w) ** 2": (
            "That is the square of the cosine, so its sign is lost too; the dot product on top is "
            "not squared."
        ),
        "v @ w / len(v)": (
            "len(v) counts the entries of v; the length of an arrow is np.linalg.norm(v), and both "
            "lengths stand below the line."
        ),
        "np.cos(v @ w)": (
            "v @ w is no angle; it is |v| |w| times the cosine, so divide by both lengths."
        ),
        "v @ w / np.sqrt(v @ v + w @ w)": (
            "The product of the lengths is the root of (v @ v) * (w @ w); under yours stands a sum."
        ),
        "np.corrcoef(v, w)[0, 1]": (
            "A correlation takes the mean away from each first; the angle is that of v and w "
            "themselves."
        ),
    },
)


def projection(v, onto):
    """Shadow of v on the line through 0 and onto, as a vector."""
    return (v @ onto) / (onto @ onto) * onto


PROJECTION = Exercise(
    projection,
    cases=(
        (np.array([3.0, 6.0, 5.0, 6.0]), np.array([1.0, 1.0, 3.0, 5.0])),
        (np.array([2.0, 3.0]), np.array([4.0, 0.0])),
        (np.array([0.0, 0.0]), np.array([1.0, 2.0])),
        (np.array([-1.0, 2.0, 2.0]), np.array([2.0, 1.0, 2.0])),
        *_pairs_of_vectors(),
    ),
    hints=(
        "The shadow lies on the line of onto, so it is a number times onto. Which number?",
        "What is left of v, v - c * onto, is orthogonal to onto: (v - c * onto) @ onto = 0.",
        "That gives c = (v @ onto) / (onto @ onto); return c * onto.",
    ),
    mistakes={
        "(v @ onto) / onto**2 * onto": (
            "onto**2 squares each entry and leaves a list; the squared length is one number, "
            "onto @ onto."
        ),
        "(v @ onto) * onto": (
            "That is right in general only where onto has length 1; divide by onto @ onto."
        ),
        "(v @ onto) / np.linalg.norm(onto) * onto": (
            "You divide by the length of onto once, but onto appears twice: "
            "divide by the squared length, onto @ onto."
        ),
        "v @ onto / np.linalg.norm(onto)": (
            "That is the signed length of the shadow, a number; "
            "multiply it by onto / |onto| to get the vector."
        ),
        "(v @ onto) / (onto @ onto)": (
            "That is how many times onto fits into the shadow; multiply it by onto."
        ),
        "(v @ onto) / (onto @ onto) * v": (
            "The number is right, but it multiplies v; the shadow is a multiple of onto."
        ),
        "cosine(v, onto) * onto": (
            "That is the cosine times onto; divide by onto @ onto, and not by the length of v."
        ),
        "v @ onto / onto @ onto * onto": (
            "Python goes from left to right, and divides by the vector onto first: "
            "put brackets around onto @ onto."
        ),
        "(v @ onto) / (v @ v) * v": "That is the shadow of onto on v; swap the roles of the two.",
        "v - (v @ onto) / (onto @ onto) * onto": (
            "That is what the projection leaves over, at a right angle to onto; "
            "the shadow is the other part of v."
        ),
        "v * onto / (onto @ onto) * onto": (
            "v * onto multiplies entry by entry; the dot product is v @ onto."
        ),
        "(v @ onto) / (v @ v) * onto": (
            "You divide by the squared length of v; divide by that of onto, onto @ onto."
        ),
        "v * onto / (onto * onto) * onto": (
            "A star multiplies entry by entry, and then everything cancels but v; the dot product "
            "is written @."
        ),
        "np.linalg.norm(v) * onto / np.linalg.norm(onto)": (
            "That has the direction of onto and the length of v; the shadow has length |v| "
            "|cos(angle)|."
        ),
        "(v @ onto) // (onto @ onto) * onto": (
            "// cuts the quotient down to a whole number; / keeps its fraction."
        ),
        "(v @ onto) / len(onto) * onto": (
            "len(onto) is the number of entries; what belongs there is the squared length, "
            "onto @ onto."
        ),
    },
    why=(
        "With c = (v @ onto) / (onto @ onto), what is left of v is at right angles to onto: its "
        "dot product with onto, v @ onto - c * (onto @ onto), is 0."
    ),
)


def distance_to_line(point, start, direction):
    """Distance of point from the line start + t * direction, in any dimension."""
    v = point - start
    shadow = (v @ direction) / (direction @ direction) * direction
    return np.linalg.norm(v - shadow)


def _points_and_lines():
    rng = np.random.default_rng(2)
    by_hand = [
        (np.array([12.0, -6.0, 6.0]), np.array([1.0, 2.0, -1.0]), np.array([4.0, -4.0, 2.0])),
        (np.array([4.0, 6.0]), np.array([1.0, 2.0]), np.array([4.0, 0.0])),
        (np.array([3.0, 3.0]), np.array([1.0, 1.0]), np.array([1.0, 1.0])),
        (np.array([0.0, 0.0]), np.array([0.0, 5.0]), np.array([3.0, 4.0])),
        (np.array([1, 2, 3]), np.array([1, 0, 0]), np.array([0, 0, 2])),
        (np.array([7.0]), np.array([2.0]), np.array([-1.0])),
        (np.arange(8.0)[::2], np.ones(8)[::2], np.arange(8.0, 0.0, -1.0)[::2]),
    ]
    random = [tuple(rng.normal(scale=2, size=(3, d)).round(1)) for d in (2, 2, 3, 5)]
    return tuple(by_hand + random)


def _to_a_segment(point, start, direction):
    t = np.clip((point - start) @ direction / (direction @ direction), 0, 1)
    return np.linalg.norm(point - start - t * direction)


DISTANCE_TO_LINE = Exercise(
    distance_to_line,
    cases=_points_and_lines(),
    hints=(
        "Draw the arrow from start to point. Which part of it runs along the line?",
        "Project point - start onto direction. What is left over is at a right angle to the line.",
        "With v = point - start, return the length of v - (v @ direction) / "
        "(direction @ direction) * direction.",
    ),
    mistakes={
        "np.linalg.norm(point - start)": (
            "That is the distance to start; another point of the line is nearer."
        ),
        "distance_to_line(point, 0 * start, direction)": (
            "You measure from a line through 0; subtract start from point first."
        ),
        "np.linalg.norm(projection(point - start, direction))": (
            "That is the way along the line; the distance is the length of what is left over."
        ),
        "np.linalg.norm((point - start) - ((point - start) @ direction) * direction)": (
            "The projection divides by direction @ direction, unless direction has length 1."
        ),
        "distance_to_line(point, start, direction) ** 2": (
            "That is the squared distance: Pythagoras gives squares, so a root is missing."
        ),
        "np.linalg.norm(point - start) - np.linalg.norm(projection(point - start, direction))": (
            "Lengths at a right angle do not subtract, their squares do; "
            "take the length of the difference, v - shadow."
        ),
        "np.linalg.norm((point - start) - (point - start) @ direction "
        "/ np.linalg.norm(direction) * direction)": (
            "You divide by the length of direction once, but direction appears twice: "
            "divide by direction @ direction."
        ),
        "distance_to_line(direction, 0 * start, point - start)": (
            "That is what direction leaves over beside point - start; "
            "project point - start onto direction instead."
        ),
        "point - start - projection(point - start, direction)": (
            "That is the arrow from the line to the point; the distance is its length."
        ),
        "distance_to_line(point, start, direction - start)": (
            "The line passes through start along direction; "
            "direction is an arrow already, so subtract nothing from it."
        ),
        "np.linalg.norm(start + projection(point - start, direction))": (
            "That is how far the foot of the shadow is from 0; measure from point to it."
        ),
        "np.linalg.norm(point - projection(point - start, direction))": (
            "The shadow begins at start: measure from point - start to it, not from point."
        ),
        _to_a_segment: "The line goes on in both directions: t may be below 0 and above 1.",
        "np.linalg.norm(point - start + projection(point - start, direction))": (
            "The shadow has been added to v; what is left over is v minus its shadow."
        ),
        "np.sqrt((point - start) @ (point - start) - ((point - start) @ direction / (direction @ "
        "direction)) ** 2)": (
            "Pythagoras needs the length of the shadow, (v @ direction) / |direction|; you divided "
            "by direction @ direction, which says how often direction fits into it."
        ),
    },
    why=(
        "The way from the nearest point of the line is at right angles to the line; v without its "
        "shadow along the direction is that way."
    ),
)

DOUBLED_ARROW = Prediction(
    "Arrow v stands at 120° from w. Now v is made twice as long and keeps its direction. What "
    "becomes of v · w?",
    {
        "it grows": (
            "A longer arrow has a longer shadow. But beyond a right angle the shadow falls on the "
            "far side of the origin and counts as negative: twice as long is twice as far below 0."
        ),
        "it stays, for the angle stays": (
            "The cosine stays: it depends on the angle alone. The dot product is the cosine times "
            "both lengths, and one of these has doubled."
        ),
        "it falls": (
            "It is linear in v, so it doubles at every angle, and here it is negative: with v of "
            "length 1.5 it goes from −1.50 to −3.00."
        ),
    },
    answer="it falls",
)

LENGTH_WITH_P = Prediction(
    "The arrow v = (1.2, 0.9) stays where it is, and p goes from 1 up to ∞. What does the p-norm "
    "of v do?",
    {
        "it grows: higher powers are larger numbers": (
            "Of entries above 1 they are, but the root of order p takes them back, and the small "
            "entries count less and less beside the largest. It falls from 2.10 to 1.20."
        ),
        "it falls, toward 0": (
            "It falls, but not so far: the largest entry to the power p, under the root of order "
            "p, is that entry again. So no p brings the length below 1.20."
        ),
        "it stays: an arrow has one length": (
            "It has one for each way of measuring. The sum of its entries is 2.10, the root of "
            "their squares 1.50, the largest of them 1.20."
        ),
        "it falls, toward the largest entry": (
            "From 2.10, the sum of the entries, over 1.50 to 1.20, the largest of them. The ball "
            "of length 1 grows from diamond to square, so more and more of v fits into it."
        ),
    },
    answer="it falls, toward the largest entry",
)
