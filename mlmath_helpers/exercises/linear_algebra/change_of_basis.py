"""Your turn in the section "Change of basis"."""

import numpy as np

from .._engine.exercise import Exercise, with_gaps
from .._engine.prediction import Prediction


def coordinates_in_basis(point, origin, B):
    """Coordinates c (d,) for which point is origin + B @ c; the basis is in B's columns (d, d)."""
    return np.linalg.solve(B, point - origin)


def _points_and_frames():
    rng = np.random.default_rng(32)
    by_hand = [
        (
            np.array([6.0, 8.0, 7.0]),
            np.array([1.0, -2.0, 3.0]),
            np.array([[2.0, -1.0, 0.0], [1.0, 1.0, 3.0], [0.0, 2.0, 1.0]]),
        ),
        (np.array([4.0, 5.0]), np.array([1.0, 2.0]), np.array([[2.0, -1.0], [1.0, 1.0]])),
        (np.array([4.0, 3.0]), np.array([0.0, 0.0]), np.array([[0.6, -0.8], [0.8, 0.6]])),
        (np.array([1.0, 2.0]), np.array([1.0, 2.0]), np.array([[1.0, 1.0], [0.0, 3.0]])),
        (np.array([254.0]), np.array([0.0]), np.array([[25.4]])),
        (np.array([3, 1, 2]), np.array([1, 1, 1]), np.array([[0, 0, 1], [1, 0, 0], [0, 2, 0]])),
        (np.arange(8.0)[::2], np.ones(8)[::2], with_gaps(np.eye(4) + np.eye(4, k=1))),
    ]
    random = [
        (*rng.normal(scale=2, size=(2, d)).round(1), (rng.normal(size=(d, d)) + np.eye(d)).round(1))
        for d in (2, 3, 4)
    ]
    return tuple(by_hand + random)


COORDINATES_IN_BASIS = Exercise(
    coordinates_in_basis,
    cases=_points_and_frames(),
    hints=(
        "Which arrow leads from the origin to the point?",
        "That arrow is B @ c, so c solves a linear system.",
        "return np.linalg.solve(B, point - origin)",
    ),
    mistakes={
        "B @ (point - origin)": (
            "That goes the other way: B takes coordinates in the new basis to the old ones."
        ),
        "np.linalg.solve(B, point)": (
            "Coordinates count from the origin: subtract it from the point first."
        ),
        "np.linalg.solve(B, point) - origin": (
            "The origin is given on the old axes, so subtract it before you change the basis."
        ),
        "point - origin": "That is the arrow on the old axes; now read it off in the basis.",
        "np.linalg.solve(B, point + origin)": (
            "The arrow from the origin to the point is point - origin; you added."
        ),
        "np.linalg.inv(B) * (point - origin)": (
            "A star multiplies entry by entry; a matrix is applied to a vector by @."
        ),
        "B**-1.0 @ (point - origin)": (
            "B**-1 is one over each entry, and no inverse; np.linalg.solve(B, ...) needs none."
        ),
        "B.T @ (point - origin)": (
            "The transpose is the inverse only if the basis is orthonormal; in general, solve."
        ),
        "np.linalg.solve(B.T, point - origin)": (
            "The basis vectors are the columns of B; that takes its rows for them."
        ),
        "np.linalg.solve(B, origin - point)": (
            "That arrow leads from the point to the origin; turn it round."
        ),
        "origin + B @ point": (
            "That finds the point whose coordinates are the numbers of `point`; the question is "
            "which coordinates this point has."
        ),
        "(B / np.linalg.norm(B, axis=0)).T @ (point - origin)": (
            "Those are the signed lengths of the shadows on the basis vectors; they are the "
            "coordinates only where the basis is orthonormal."
        ),
        "origin + np.linalg.solve(B, point - origin)": (
            "Coordinates count the basis vectors on the way from the origin to the point; the "
            "origin itself is not added to them."
        ),
        "(B / (B**2).sum(axis=0)).T @ (point - origin)": (
            "Each shadow on a basis vector alone is a coordinate only where the basis vectors "
            "stand at right angles; in general, solve."
        ),
    },
    why=(
        "point - origin = B @ c is a system of d equations for the d coordinates c; it has "
        "exactly one solution, since the columns of B are a basis."
    ),
)


def matrix_in_basis(A, B):
    """Matrix (d, d) that does to coordinates in the basis of B's columns what A does to vectors."""
    return np.linalg.solve(B, A @ B)


def _maps_and_bases():
    rng = np.random.default_rng(33)
    by_hand = [
        (
            np.array([[2.0, 0.0, 1.0], [1.0, 3.0, 0.0], [0.0, -1.0, 2.0]]),
            np.array([[2.0, 1.0, 1.0], [1.0, 1.0, 2.0], [3.0, 2.0, 4.0]]),
        ),
        (np.array([[2.0, 0.0], [1.0, 3.0]]), np.array([[2.0, 1.0], [3.0, 2.0]])),
        (np.array([[0.6, 0.8], [0.8, -0.6]]), np.array([[2.0, -1.0], [1.0, 2.0]])),
        (np.array([[0.0, 0.0], [0.0, 0.0]]), np.array([[1.0, 2.0], [3.0, 4.0]])),
        (np.array([[5.0]]), np.array([[-2.0]])),
        (np.array([[1, 2], [3, 4]]), np.array([[0, 1], [1, 0]])),
        (with_gaps(np.arange(9.0).reshape(3, 3) ** 2), with_gaps(np.triu(np.ones((3, 3))))),
    ]
    random = [
        (rng.normal(size=(d, d)).round(1), (rng.normal(size=(d, d)) + np.eye(d)).round(1))
        for d in (2, 3, 4)
    ]
    return tuple(by_hand + random)


MATRIX_IN_BASIS = Exercise(
    matrix_in_basis,
    cases=_maps_and_bases(),
    hints=(
        "A works on vectors. What has to be done to coordinates before A, and what after it?",
        "B @ c is the vector, A @ B @ c its image; then read the image off in the basis.",
        "B^-1 A B, which is np.linalg.solve(B, A @ B).",
    ),
    mistakes={
        "B @ A @ np.linalg.inv(B)": (
            "The other way round: first B, from coordinates to the vector, then A, then back."
        ),
        "np.linalg.inv(B) @ A @ np.linalg.inv(B)": (
            "What stands on the right acts first, and it has to make a vector of coordinates: B "
            "itself, not its inverse."
        ),
        "A @ np.linalg.inv(B)": (
            "The inverse reads a vector off in the basis, and that comes last, on the left."
        ),
        "A @ B": "The image is still in the old coordinates; read it off in the basis at the end.",
        "np.linalg.solve(B, A)": (
            "A cannot be applied to coordinates: first make the vector of them, by B."
        ),
        "A.copy()": (
            "That is A itself: B and its inverse have met and cancelled. One stands on each side "
            "of A."
        ),
        "np.linalg.solve(B, A @ B).T": (
            "What becomes of the basis vectors stands in the rows; it belongs in the columns."
        ),
        "B**-1.0 @ A @ B": (
            "B**-1 is one over each entry; the inverse of a matrix is np.linalg.inv(B)."
        ),
        "B.T @ A @ B": (
            "B.T takes the place of the inverse only where the columns of B are orthonormal."
        ),
        "np.linalg.solve(B.T, A @ B.T)": (
            "The basis vectors stand in the columns of B, not in its rows."
        ),
        "np.linalg.inv(B) * A * B": (
            "A star multiplies entry by entry; a product of maps is written @."
        ),
        "B @ A @ B.T": (
            "B^-1 A B is asked for: here the sides are swapped, and B.T is the inverse only where "
            "the columns of B are orthonormal."
        ),
        "np.linalg.inv(A) @ B @ A": "A and B are swapped: the basis stands outside, in B^-1 A B.",
    },
    why=(
        "B turns coordinates into vectors, A acts on these, and solving with B turns the results "
        "into coordinates again."
    ),
)

TURNED_B2 = Prediction(
    "Turn b₂ alone, by the second slider; b₁ and v stay, and v is not on the line of b₁. What "
    "becomes of c₁, how much of b₁ it takes?",
    {
        "it changes": (
            "The last leg of the way runs along b₂, and now comes in from another side, so the "
            "first leg must end elsewhere. At the start c₁ is 1.06; with b₂ at 130° from b₁, 2.61."
        ),
        "it stays: neither b₁ nor v has moved": (
            "So one would think, if c₁ were a matter between v and b₁ alone. But c₁ b₁ is what b₂ "
            "leaves to be done, and b₂ now leads elsewhere."
        ),
        "it changes only if b₂ gets longer too": (
            "It is the other way round: a longer b₂ changes c₂ and leaves c₁ alone, since the legs "
            "run as before. Turning it changes where the first leg ends."
        ),
    },
    answer="it changes",
)
