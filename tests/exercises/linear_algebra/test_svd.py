"""The singular value decomposition: answers found a second way, other right ones, wrong ones."""

import itertools

import numpy as np
import pytest

from exercises.learner import answers
from mlmath_helpers.datasets import load_portrait
from mlmath_helpers.linear_algebra import cholesky, low_rank, norm

OTHER_WAYS = {
    "rank_k_approximation": [
        "U, s, Vt = np.linalg.svd(A)\nreturn U[:, :k] @ np.diag(s[:k]) @ Vt[:k, :]",
        "U, s, Vt = np.linalg.svd(A)\n"
        "return sum(s[i] * np.outer(U[:, i], Vt[i]) for i in range(k))",
        "U, s, Vt = np.linalg.svd(A, full_matrices=False)\ns[k:] = 0\nreturn U * s @ Vt",
    ],
    "storage_saved": [
        "return (m * n - k * m - k * n - k) / (m * n)",
        "return np.float32(1 - k * (m + n + 1) / (m * n))",
    ],
}

WRONG_WAYS = [
    (
        "rank_k_approximation",
        "U, s, Vt = np.linalg.svd(A)\ns[k:] = 0\nreturn (U * s) @ Vt",
        "U is (m, m)",
    ),
    (
        "rank_k_approximation",
        "U, s, Vt = np.linalg.svd(A)\nreturn U[:, :k] @ s[:k] @ Vt[:k]",
        "scale the columns",
    ),
    (
        "rank_k_approximation",
        "U, s, Vt = np.linalg.svd(A)\nreturn U[:k] @ np.diag(s[:k]) @ Vt[:k]",
        "Take k columns of U",
    ),
    (
        "rank_k_approximation",
        "U, s, Vt = np.linalg.svd(A, full_matrices=False)\nreturn U * s @ Vt",
        "That is A itself again",
    ),
    ("storage_saved", "return (1 - k * (m + n + 1)) / (m * n)", "take 1 into the fraction"),
    (
        "rank_k_approximation",
        "U, s, Vt = np.linalg.svd(A, full_matrices=False)\nreturn U[:, 1:k] * s[1:k] @ Vt[1:k]",
        "The first term is left",
    ),
    (
        "storage_saved",
        "return 1 - (k * m + n + 1) / (m * n)",
        "Each of the k terms",
    ),
]

EQUIVALENT = {
    "rank_k_approximation": {
        "U, s, Vt = np.linalg.svd(A)": "the additional columns of U meet no singular value",
        "U, s, Vt = np.linalg.svd(A, full_matrices=True)": (
            "the additional columns of U meet no singular value"
        ),
    },
}


def test_the_rank_k_approximation_is_unique_and_its_error_is_what_eckart_and_young_say():
    for Ak, (A, k) in answers("rank_k_approximation"):
        s = np.append(np.linalg.svd(A, compute_uv=False), 0)
        assert s[k - 1] > s[k] + 1e-3 or s[k - 1] == 0
        assert np.linalg.norm(A - Ak) == pytest.approx(np.sqrt((s[k:] ** 2).sum()), abs=1e-10)
        assert np.linalg.matrix_rank(Ak) <= k


def test_the_storage_saved_can_be_negative():
    shares = [share for share, _ in answers("storage_saved")]
    assert min(shares) < 0 < max(shares) <= 1


def _right_angles():
    """Count, for random matrices, the crosses whose lines are at a right angle after A."""
    rng, turns = np.random.default_rng(0), np.radians(np.arange(0, 90.01, 0.1) + 0.03)
    one = np.stack([np.cos(turns), np.sin(turns)])
    other = np.stack([-one[1], one[0]])
    counts = []
    for A in rng.normal(size=(100, 2, 2)):
        dots = ((A @ one) * (A @ other)).sum(axis=0)
        still = np.abs(dots).max() < 1e-9 * norm(A) ** 2
        counts.append(np.inf if still else (np.diff(np.sign(dots)) != 0).sum())
    usual = max(set(counts), key=counts.count)
    assert counts.count(usual) > 95, "most"
    return {
        0: "none: A bends right angles",
        1: "exactly one",
        2: "two: one for each eigenvector",
        np.inf: "all of them",
    }[usual]


def _is_positive_definite(A):
    try:
        cholesky(A)
    except ValueError:  # of which LinAlgError is one
        return False
    return True


def _positive_eigenvalues():
    conditions = {
        "nothing: that is what the word means": lambda A: True,
        "A must be symmetric": lambda A: np.array_equal(A, A.T),
        "A must be diagonalisable": lambda A: abs(np.linalg.det(np.linalg.eig(A)[1])) > 1e-6,
        "A must be invertible": lambda A: abs(np.linalg.det(A)) > 1e-9,
    }
    every = np.array(list(itertools.product(np.arange(-2, 2.5, 0.5), repeat=4))).reshape(-1, 2, 2)
    eigenvalues = np.linalg.eigvals(every)
    positive = (np.abs(eigenvalues.imag) < 1e-6).all(axis=1) & (eigenvalues.real > 1e-6).all(axis=1)
    definite = [_is_positive_definite(A) for A in every[positive]]
    (right,) = (
        words
        for words, holds in conditions.items()
        if [holds(A) for A in every[positive]] == definite
    )
    return right


def _shuffled_pixels():
    picture = load_portrait().astype(float).reshape(300, 2, 256, 2).mean(axis=(1, 3))
    mixed = np.random.default_rng(1).permutation(picture.ravel()).reshape(picture.shape)
    before, after = (norm(each - low_rank(each, 20)) / norm(each) for each in (picture, mixed))
    assert before == pytest.approx(0.17, abs=0.005)
    if abs(after - before) < 0.01:
        return "17% again: the numbers are the same"
    if after < before:
        return "less: there is no face to get wrong"
    assert after == pytest.approx(0.58, abs=0.005)
    return "far more, over half of it"


PREDICTED = {
    "right_angles": _right_angles,
    "positive_eigenvalues": _positive_eigenvalues,
    "shuffled_pixels": _shuffled_pixels,
}
