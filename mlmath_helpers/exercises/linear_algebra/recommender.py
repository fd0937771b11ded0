"""Your turn in the section "A table with holes"."""

import numpy as np

from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def predict_rating(i, j, means, offsets, U, V):
    """Rating of item j by user i: the mean of i, the offset of j, and the dot of their factors."""
    return means[i] + offsets[j] + U[i] @ V[j]


def _fits():
    rng = np.random.default_rng(50)
    three = np.array([3.0, 4.0, 2.0]), np.array([0.5, -1.0])
    factors = np.array([[1.0, 0.5], [-1.0, 2.0], [0.0, 1.5]]), np.array([[0.5, 1.0], [2.0, -0.5]])
    gaps = rng.integers(-3, 4, size=(4, 6)) / 2
    four = np.array([3.1, 4.2, 2.3, 3.5, 4.6]), np.array([0.5, -1.1, 0.2, -0.6])
    by_hand = [
        (
            3,
            1,
            *four,
            np.array([[1.0, 0.5, 2], [-1.0, 2.0, 0], [0.0, 1.5, 1], [0.5, 3, -1], [2, -2, 1]]),
            np.array([[0.5, 1.0, 2], [3, 0.5, 0.25], [1, 0.75, -1], [-2, 1, 0.5]]),
        ),
        (0, 1, *three, *factors),
        (1, 0, *three, *factors),
        (
            2,
            1,
            np.array([3, 4, 2]),
            np.array([1, 0]),
            np.array([[1], [0], [2]]),
            np.array([[3], [1]]),
        ),
        (0, 0, np.array([3.5]), np.array([0.25]), np.array([[2.0]]), np.array([[-0.5]])),
        (1, 1, *three, np.zeros((3, 2)), factors[1]),
        (
            3,
            2,
            rng.normal(size=8).round(1)[::2],
            np.array([0.5, 0.0, -0.5]),
            gaps[:, ::2],
            gaps[1:, 1::2],
        ),
        (4, 5, *(rng.normal(scale=2, size=n) for n in (6, 7, (6, 4), (7, 4)))),
        (1, 2, *(rng.normal(scale=2, size=n) for n in (6, 7, (6, 5), (7, 5)))),
        (0, 3, *(rng.normal(scale=2, size=n) for n in (3, 5, (3, 1), (5, 1)))),
    ]
    return tuple(by_hand)


PREDICT_RATING = Exercise(
    predict_rating,
    cases=_fits(),
    hints=(
        "Which rows belong to user i and to item j?",
        "They are U[i] and V[j]; their dot product says how well the two fit.",
        "return means[i] + offsets[j] + U[i] @ V[j]",
    ),
    mistakes={
        "U[i] @ V[j]": (
            "That is only what is left after the averages; add the mean of the user and the offset "
            "of the item."
        ),
        "means[i] + U[i] @ V[j]": "The offset of the item is missing: some are liked by everybody.",
        "offsets[j] + U[i] @ V[j]": "The mean of the user is missing: some people like everything.",
        "means[i] + offsets[j] + U[i] * V[j]": (
            "A rating is one number: the products of the factors have to be added up."
        ),
        "means[i] + offsets[j] + U[i].sum() * V[j].sum()": (
            "Multiply factor by factor and then add; you added first."
        ),
        "means[j] + offsets[i] + U[j] @ V[i]": (
            "i and j are swapped: users have means and U, items have offsets and V."
        ),
        "means[i] + offsets[j] + U[:, i] @ V[:, j]": (
            "U[:, i] is a column, one factor of all users; the factors of user i are the row U[i]."
        ),
        "means[i] + offsets[j] + U[i] @ V[:, j]": (
            "V[:, j] is a column, one factor of all items; the factors of item j are the row V[j]."
        ),
        "means[i] + offsets[j] + U[j] @ V[i]": (
            "The factors are swapped: users have U, items have V."
        ),
        "means[j] + offsets[i] + U[i] @ V[j]": (
            "The averages are swapped: users have means, items have offsets."
        ),
        "means[i] + offsets[j]": (
            "Those are the averages alone; add the dot product of the factors of i and of j."
        ),
        "means[:, None] + offsets + U @ V.T": (
            "That is the whole table; asked for is the entry in row i and column j."
        ),
        "means[i] - offsets[j] + U[i] @ V[j]": (
            "The offset has been subtracted; it says how much better than others item j is rated, "
            "so add it."
        ),
        "means[i - 1] + offsets[j - 1] + U[i - 1] @ V[j - 1]": (
            "i and j count from 0 already, as Python does."
        ),
        "min(5, max(1, means[i] + offsets[j] + U[i] @ V[j]))": (
            "A prediction may lie outside the scale of the stars; leave it as it is."
        ),
    },
)


def user_step(row, V, penalty):
    """Factors u (k,) of least |row - V @ u|^2 + penalty |u|^2, over the known entries of row."""
    known = ~np.isnan(row)
    F = V[known]
    return np.linalg.solve(F.T @ F + penalty * np.eye(V.shape[1]), F.T @ row[known])


def _rows_with_holes():
    rng = np.random.default_rng(51)
    nan = np.nan
    by_hand = [
        (
            np.array([1.0, nan, -2.0, 0.5, 3.0]),
            np.array([[1, 2, 0], [3, -1, 1], [0, 1, 1], [1, 0, -2], [2, 1, 1.0]]),
            0.75,
        ),
        (np.array([1.0, nan, -2.0]), np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 1.0]]), 0.5),
        (np.array([2.0, 1.0]), np.array([[1.0], [3.0]]), 1.0),
        (np.array([nan, nan]), np.array([[1.0, 0.5], [2.0, -1.0]]), 2.0),
        (np.array([1.5]), np.array([[2.0]]), 0.5),
        (np.array([3, 0, -1]), np.array([[1, 0], [1, 1], [0, 2]]), 1),
        (
            np.array([1.0, 0.0, nan, 0.0, 2.0, 0.0, -1.0, 0.0])[::2],
            rng.normal(size=(4, 4)).round(1)[:, ::2],
            0.1,
        ),
    ]
    random = []
    for n, k in ((5, 2), (6, 3), (7, 5)):
        row = rng.normal(size=n).round(1)
        row[rng.integers(n)] = nan
        random.append((row, rng.normal(size=(n, k)).round(1), 1.0))
    return tuple(by_hand + random)


def _ridge(F, r, penalty):
    return np.linalg.solve(F.T @ F + penalty * np.eye(F.shape[1]), F.T @ r)


def _holes_filled(row, V, penalty):
    mean = row[~np.isnan(row)].mean()
    return _ridge(V, np.where(np.isnan(row), mean, row), penalty)


USER_STEP = Exercise(
    user_step,
    cases=_rows_with_holes(),
    hints=(
        "Which rows of V belong to items that the user has rated?",
        "With known = ~np.isnan(row), F = V[known] and r = row[known] it is a least-squares "
        "problem with a penalty: (F.T @ F + penalty * I) u = F.T @ r.",
        "return np.linalg.solve(F.T @ F + penalty * np.eye(F.shape[1]), F.T @ r)",
    ),
    mistakes={
        "_ridge(V, np.nan_to_num(row), penalty)": (
            "The holes have been counted as zeros; leave those entries and those rows of V out."
        ),
        "_ridge(V, row, penalty)": (
            "One nan makes every sum nan: take only the entries with ~np.isnan(row), and those "
            "rows of V."
        ),
        "np.linalg.pinv(V[~np.isnan(row)]) @ row[~np.isnan(row)]": (
            "That is least squares without the penalty; add penalty times the identity to F.T @ F."
        ),
        "V[~np.isnan(row)].T @ row[~np.isnan(row)]": (
            "That is the right-hand side F.T @ r; a linear system remains to be solved."
        ),
        "_ridge(V[~np.isnan(row)], row[~np.isnan(row)], penalty**2)": (
            "The penalty stands in the matrix as it is, not squared."
        ),
        "V[~np.isnan(row)] @ _ridge(V[~np.isnan(row)], row[~np.isnan(row)], penalty)": (
            "Those are the predictions F @ u for what was rated; asked for is u."
        ),
        "_ridge(V, row[~np.isnan(row)], penalty)": (
            "The holes have been taken out of row but not out of V: take V[known] as well."
        ),
        "_ridge(V[:, ~np.isnan(row)], row[~np.isnan(row)], penalty)": (
            "V[:, known] takes columns; the items are the rows of V: V[known]."
        ),
        "np.linalg.solve(V[~np.isnan(row)] @ V[~np.isnan(row)].T + penalty "
        "* np.eye((~np.isnan(row)).sum()), row[~np.isnan(row)])": (
            "F @ F.T has a row for each item; the matrix is F.T @ F, with a row for each factor."
        ),
        "_ridge(V[~np.isnan(row)], "
        "row[~np.isnan(row)] - row[~np.isnan(row)].mean() if (row == row).any() else [], "
        "penalty)": (
            "The mean of the person has been taken away before: row is what the averages leave."
        ),
        "V @ _ridge(V[~np.isnan(row)], row[~np.isnan(row)], penalty)": (
            "Those are the predictions V @ u for all items; asked for is u."
        ),
        "np.linalg.lstsq(V[~np.isnan(row)].T @ V[~np.isnan(row)] + penalty, "
        "V[~np.isnan(row)].T @ row[~np.isnan(row)], rcond=None)[0]": (
            "A number added to a matrix is added to every entry; the penalty belongs on the "
            "diagonal only, times np.eye."
        ),
        "_ridge(V[~np.isnan(row)], row[~np.isnan(row)], np.sqrt(penalty))": (
            "penalty enters as it is; you took its root."
        ),
        "_ridge(V[~np.isnan(row)], row[~np.isnan(row)], 2 * penalty)": (
            "The slopes of the squares and of the penalty both carry a 2, so it cancels: add "
            "penalty, not 2 penalty."
        ),
        "_ridge(V[~np.isnan(row)], row[~np.isnan(row)], -penalty)": (
            "The penalty is added: F.T @ F + penalty * np.eye(k)."
        ),
        "_ridge(V[~np.isnan(row)], row[~np.isnan(row)], (~np.isnan(row)).sum() * penalty)": (
            "The squares are summed here, not averaged, so the penalty stands alone, without the "
            "number of ratings."
        ),
        _holes_filled: (
            "You put the mean into the holes, as if it had been rated; leave those entries and "
            "those rows of V out."
        ),
    },
    why=(
        "Unknown entries have no error to be squared. With r for the known ones, the rest is "
        "least squares for F with the rows of sqrt(penalty) I below it and zeros below r; its "
        "normal equations are (F.T F + penalty I) u = F.T r."
    ),
)

MORE_FACTORS = Prediction(
    "The penalty is small, 2, and factors are added from 0 to 5. The error on the fitted answers "
    "falls with each. What does the error on the held-out answers do?",
    {
        "it falls with each factor too": (
            "What is learned from the fitted answers helps with the others only as far as it holds "
            "for them. From the third factor on this is less and less so: it is learned by heart."
        ),
        "it rises with each factor": (
            "The first does raise it, by a little, from 0.946 to 0.948. But the second says "
            "something of tastes: with two it is 0.919, lower than by averages alone. Only after "
            "that does it rise for good."
        ),
        "it is lowest at two, and then rises": (
            "0.946 by averages alone, 0.919 with two factors, 1.028 with five, so worse than with "
            "none: more numbers for each person than the answers can pay for."
        ),
        "it stays as it is by averages": (
            "It is never far from there, and yet it moves both ways: down to 0.919 with two "
            "factors, and up to 1.028 with five."
        ),
    },
    answer="it is lowest at two, and then rises",
)
