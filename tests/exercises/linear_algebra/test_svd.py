"""The singular value decomposition: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest

from exercises.learner import answers

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
