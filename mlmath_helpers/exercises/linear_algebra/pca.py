"""Your turn in the section "Principal component analysis"."""

import numpy as np

from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def centre_and_project(X, components):
    """Coordinates (n, k) of the centred rows of X (n, d) along the columns of components (d, k)."""
    return (X - X.mean(axis=0)) @ components


def _data_and_components():
    rng = np.random.default_rng(8)
    by_hand = [
        (
            np.array([[1.0, 1.0, 2.0], [2.0, 5.0, 0.0], [5.0, 6.0, 4.0], [8.0, 8.0, 6.0]]),
            np.array([[0.48], [0.6], [0.64]]),
        ),
        (np.array([[1.0, 1.0], [3.0, 5.0], [5.0, 6.0]]), np.array([[0.6], [0.8]])),
        (np.array([[1.0, 2.0], [3.0, 8.0]]), np.array([[0.6, -0.8], [0.8, 0.6]])),
        (np.array([[2.0, 5.0, 1.0]]), np.eye(3)[:, :2]),
        (np.array([[1], [2], [6]]), np.array([[-1.0]])),
        (np.array([[1, 2], [4, 6], [7, 7]]), np.array([[0, 1], [1, 0]])),
        (np.zeros((3, 2)), np.array([[0.6, -0.8], [0.8, 0.6]])),
        (np.arange(24.0).reshape(4, 6)[:, ::2] ** 2, np.eye(3)[:, ::2]),
    ]
    random = []
    for n, d, k in ((5, 3, 2), (4, 4, 4), (8, 5, 1)):
        orthogonal, _ = np.linalg.qr(rng.normal(size=(d, d)))
        random.append((rng.normal(loc=1, scale=2, size=(n, d)).round(1), orthogonal[:, :k]))
    return tuple(by_hand + random)


CENTRE_AND_PROJECT = Exercise(
    centre_and_project,
    cases=_data_and_components(),
    hints=(
        "Directions start at the middle of the cloud of points. Where is that middle?",
        "X.mean(axis=0) is the mean of each column; subtract it from all rows.",
        "The dot product of each centred row with each column of components is one @.",
    ),
    mistakes={
        "X @ components": "The rows are not centred yet; subtract the mean of each column first.",
        "(X - X.mean()) @ components": (
            "X.mean() is one mean of all numbers; each column has its own, X.mean(axis=0)."
        ),
        "(X - X.mean(axis=1, keepdims=True)) @ components": (
            "You subtract the mean of each row; the middle of the cloud is the mean of each "
            "column, axis=0."
        ),
        "(X - X.mean(axis=1)) @ components": (
            "axis=1 gives the mean of each row; the middle of the cloud is the mean of each "
            "column, so use axis=0."
        ),
        "(X - X.mean(axis=0)) @ components.T": (
            "Multiply by components as it is, of shape (d, k): its columns are the directions, "
            "so neither .T nor one of its rows fits."
        ),
        "X - X.mean(axis=0)": "Centred, but not projected yet; multiply by components.",
        "(X - X.mean(axis=0)) @ components @ components.T": (
            "That is back in the old coordinates, the reconstruction; stop one product earlier."
        ),
        "(X - X.mean(axis=0)) / X.std(axis=0) @ components": (
            "You also divide by the standard deviations; only the mean is to be taken away."
        ),
        "(X - X.mean(axis=0)) / X.std(axis=0, ddof=1) @ components": (
            "Standardising goes a step too far; centred rows still have their own units."
        ),
        "(X.mean(axis=0) - X) @ components": (
            "Turned round: take the mean from the rows, not the rows from the mean."
        ),
        "((X - X.mean(axis=0)) @ components).T": "Right, but transposed; rows are samples.",
        "(X - np.median(X, axis=0)) @ components": (
            "You subtract the medians; the middle of the cloud is the mean of each column."
        ),
        "X @ components - (X @ components).mean()": (
            "You subtract one mean of all coordinates; each column has its own."
        ),
        "(X - X.mean(axis=0)) @ components[0]": (
            "components[0] is a row, with one entry of each direction; the directions are the "
            "columns, so multiply by components as it is."
        ),
    },
    why=(
        "Entry (i, j) of the product is the dot product of centred row i with component j, which "
        "is its coordinate there if the components are orthonormal."
    ),
)


def explained_variance_ratio(eigenvalues):
    """Share of the total variance along each component, from the variances along them."""
    return eigenvalues / eigenvalues.sum()


def _one_after_the_other(eigenvalues):
    shares = eigenvalues.astype(float)
    for i in range(len(shares)):
        shares[i] /= shares.sum()
    return shares


EXPLAINED_VARIANCE_RATIO = Exercise(
    explained_variance_ratio,
    cases=(
        (np.array([8.0, 5.0, 4.0, 3.0]),),
        (np.array([1.0, 4.0, 2.5]),),  # in any order
        (np.array([4, 3, 1]),),
        (np.array([2.5]),),
        (np.array([1.0, 0.0, 0.0]),),
        (np.array([1.0, 1.0, 1.0, 1.0]),),
        (np.array([4e4, 2e2, 3e-2]),),
        (np.arange(16.0, 0.0, -1.0)[::3],),
        (np.array([9.1, 4.2, 4.2, 0.7, 0.1]),),
    ),
    hints=(
        "What is the variance of all directions together?",
        "The eigenvalues are the variances along the components, and they add up to the total.",
        "Divide eigenvalues by eigenvalues.sum().",
    ),
    mistakes={
        "eigenvalues / eigenvalues.max()": (
            "That compares with the largest; divide by the sum of all."
        ),
        "np.cumsum(eigenvalues) / eigenvalues.sum()": (
            "Those are the shares added up so far; the share of each component alone is asked for."
        ),
        "eigenvalues**2 / (eigenvalues**2).sum()": (
            "The eigenvalues are variances already; do not square them."
        ),
        "np.sqrt(eigenvalues) / np.sqrt(eigenvalues).sum()": (
            "Those are the shares of the standard deviations; "
            "variances add up, standard deviations do not."
        ),
        "eigenvalues / np.linalg.norm(eigenvalues)": "That scales to length 1; shares add up to 1.",
        "eigenvalues[0] / eigenvalues.sum()": (
            "That is the share of the first component; give those of all of them."
        ),
        "100 * eigenvalues / eigenvalues.sum()": "Those are percentages; as shares they sum to 1.",
        "eigenvalues / eigenvalues.mean()": (
            "That compares with the mean variance; divide by the sum of all."
        ),
        "np.sort(eigenvalues) / eigenvalues.sum()": (
            "The right shares, but in another order; keep that of the eigenvalues."
        ),
        "1 - np.cumsum(eigenvalues) / eigenvalues.sum()": (
            "Those are the shares still missing after each component; give what each adds."
        ),
        "eigenvalues.sum() / eigenvalues": (
            "That is the whole over each part; a share is the part over the whole."
        ),
        "(eigenvalues / eigenvalues.sum()).astype(eigenvalues.dtype)": (
            "Your array holds whole numbers, as eigenvalues does here, so every share is cut "
            "off; np.zeros(len(eigenvalues)) keeps fractions."
        ),
        _one_after_the_other: (
            "The sum changes while you overwrite its terms; add them up once, before the loop."
        ),
        "eigenvalues / len(eigenvalues)": (
            "You divide by how many there are; divide by their sum."
        ),
        "np.exp(eigenvalues - eigenvalues.max()) / np.exp(eigenvalues - eigenvalues.max()).sum()": (
            "That is a softmax, of exponentials; take the variances as they are."
        ),
    },
    why=(
        "The total variance is the trace of the covariance matrix, and a trace is the sum of the "
        "eigenvalues."
    ),
)

DIRECTION_OF_MOST_VARIANCE = Prediction(
    "Flipper length and body mass are both in their own standard deviations, and their correlation "
    "is 0.87. At which angle is the variance of the shadows largest?",
    {
        "at 41°, where the slope is the correlation": (
            "That is the line from which mass is guessed best, given the flipper: least squares "
            "measures upright, the shadows fall at a right angle to the line."
        ),
        "at 45°": (
            "Neither measure has the larger variance, so neither may count more: the best line is "
            "the diagonal. Its variance is 1 + 0.87, of 2 in all."
        ),
        "at 49°, the other way of regression": (
            "That is the line from which the flipper is guessed best, given the mass. For the "
            "shadows the two measures are on a par, so the line is halfway, at 45°."
        ),
    },
    answer="at 45°",
)

COMPONENTS_FOR_MOST = Prediction(
    "The digits have 64 grey levels each. How many components does it take to hold 90% of their "
    "variance?",
    {
        "about 58, which is 90% of 64": (
            "So it would be if each held as much as the next. They are sorted, and the first is "
            "the line that holds most: it alone has 15%."
        ),
        "about 40": (
            "That is cautious. Grey levels side by side rise and fall together, so a few "
            "directions say most of it; at 40 components over 98% are held."
        ),
        "about 20": (
            "21 do it, a third of the grey levels: those of neighbouring pixels vary together, and "
            "many directions of the 64 are hardly ever used."
        ),
        "about 2": (
            "For the penguins one was enough, but these pictures differ in many ways. Two hold "
            "28.5%, and a 3 made of them is a blur."
        ),
    },
    answer="about 20",
)
