"""A recommender by factorisation: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest

from exercises.learner import answers
from mlmath_helpers.datasets import load_star_wars_survey
from mlmath_helpers.linear_algebra import factorize_ratings

OTHER_WAYS = {
    "predict_rating": [
        "return (means[:, None] + offsets + U @ V.T)[i, j]",
        "return means[i] + offsets[j] + sum(u * v for u, v in zip(U[i], V[j]))",
        "return np.dot([means[i], 1.0, *U[i]], [1.0, offsets[j], *V[j]])",
    ],
    "user_step": [
        "F, r = V[~np.isnan(row)], row[~np.isnan(row)]\nk = V.shape[1]\n"
        "A = np.vstack([F, np.sqrt(penalty) * np.eye(k)])\n"
        "return np.linalg.lstsq(A, np.append(r, np.zeros(k)), rcond=None)[0]",
        "known = np.isfinite(row)\nr = np.where(known, row, 0.0)\nF = V * known[:, None]\n"
        "return np.linalg.inv(F.T @ F + penalty * np.eye(V.shape[1])) @ F.T @ r",
    ],
}

WRONG_WAYS = [
    ("predict_rating", "return offsets[j] + means[i]", "Those are the averages"),
    ("predict_rating", "return means[i] + offsets[j] + V[i] @ U[j]", "The factors are swapped"),
    ("predict_rating", "return means[i] + offsets[j] + np.sum(U[i]) * np.sum(V[j])", "added first"),
    ("predict_rating", "return U @ V.T + means[:, None] + offsets", "the entry in row i"),
    (
        "user_step",
        "r = np.where(np.isnan(row), 0, row)\n"
        "return np.linalg.solve(V.T @ V + penalty * np.eye(V.shape[1]), V.T @ r)",
        "counted as zeros",
    ),
    (
        "user_step",
        "k = ~np.isnan(row)\nreturn np.linalg.lstsq(V[k], row[k], rcond=None)[0]",
        "without the penalty",
    ),
    (
        "user_step",
        "k = ~np.isnan(row)\n"
        "F = V[k]\n"
        "return np.linalg.solve(F.T @ F + 2 * penalty * np.eye(V.shape[1]), F.T @ "
        "row[k])",
        "The slopes of the squares",
    ),
    (
        "user_step",
        "k = ~np.isnan(row)\n"
        "F = V[k]\n"
        "return np.linalg.solve(F.T @ F - penalty * np.eye(V.shape[1]), F.T @ row[k])",
        "The penalty is added: F.T",
    ),
]

NOT_SAID = [
    (
        "predict_rating",
        "return (means[i] + offsets[j] + U[i]) @ V[j]",
        "The offset of the item is missing",
    ),
    (
        "user_step",
        "known = row == row\nF = V[known]\n"
        "return np.linalg.pinv(F.T @ F) @ F.T @ row[known] / (1 + penalty)",
        "without the penalty",
    ),
]

EQUIVALENT = {
    "predict_rating": {
        "return means[i] + offsets[j] + V[j] @ U[i]": "the dot product does not mind the order",
    },
}


def test_a_predicted_rating_is_an_entry_of_the_table_of_all():
    for rating, (i, j, means, offsets, U, V) in answers("predict_rating"):
        assert rating == pytest.approx((np.add.outer(means, offsets) + U @ V.T)[i, j], abs=1e-12)


def test_a_step_of_a_user_leaves_no_slope():
    for u, (row, V, penalty) in answers("user_step"):
        errors = np.where(np.isnan(row), 0.0, V @ u - np.nan_to_num(row))
        assert V.T @ errors + penalty * u == pytest.approx(np.zeros(len(u)), abs=1e-12)


def _more_factors():
    survey, _ = load_star_wars_survey()
    known = np.argwhere(~np.isnan(survey))
    chosen = known[np.random.default_rng(0).permutation(len(known))[: len(known) // 5]]
    out = tuple(chosen.T)
    fitted = survey.copy()
    fitted[out] = np.nan
    tables = [factorize_ratings(fitted, rank, 2.0, tol=3e-3).predictions for rank in range(6)]
    errors = np.array([np.sqrt(np.mean((table - survey)[out] ** 2)) for table in tables])
    if np.all(np.diff(errors) < 0):
        return "it falls with each factor too"
    if np.all(np.diff(errors) > 0):
        return "it rises with each factor"
    if errors.argmin() == 2 and np.all(np.diff(errors[2:]) > 0) and errors[5] > errors[0] + 0.02:
        return "it is lowest at two, and then rises"
    return "it stays as it is by averages"


PREDICTED = {"more_factors": _more_factors}
