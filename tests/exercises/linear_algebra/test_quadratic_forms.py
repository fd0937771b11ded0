"""Symmetric matrices and quadratic forms: other right answers, and wrong ones."""

OTHER_WAYS = {
    "is_positive_definite": [
        "return np.allclose(A, A.T) and np.linalg.eigvals(A).min() > 0",
        "if (A != A.T).any():\n    return 0\ntry:\n    np.linalg.cholesky(A)\n"
        "except np.linalg.LinAlgError:\n    return False\nreturn True",
        "minors = [np.linalg.det(A[:k, :k]) for k in range(1, len(A) + 1)]\n"
        "return 1 if (A == A.T).all() and min(minors) > 0 else 0",
    ],
    "rayleigh_quotient": [
        "u = x / np.linalg.norm(x)\nreturn u @ A @ u",
        "return np.dot(x, np.dot(A, x)) / np.linalg.norm(x) ** 2",
        "n = len(x)\ntop = sum(A[i, j] * x[i] * x[j] for i in range(n) for j in range(n))\n"
        "return top / sum(x**2)",
    ],
}

WRONG_WAYS = [
    (
        "is_positive_definite",
        "minors = [np.linalg.det(A[:k, :k]) for k in range(1, len(A) + 1)]\n"
        "return int(min(minors) >= 0)",
        "semidefinite only",
    ),
    (
        "is_positive_definite",
        "try:\n    np.linalg.cholesky(A)\nexcept np.linalg.LinAlgError:\n    return 0\nreturn 1",
        "read one triangle",
    ),
    ("is_positive_definite", "return int(np.linalg.det(A) > 0)", "two negative ones"),
    ("rayleigh_quotient", "return (A @ x) @ x", "length 1 in its direction"),
    ("rayleigh_quotient", "return x @ A @ x / sum(x**2) ** 0.5", "divided out twice"),
]

EQUIVALENT = {
    "is_positive_definite": {
        "return np.array_equal(A, A.T) and np.linalg.eigvalsh(A)[0] > 0": "numpy's own True",
    },
    "rayleigh_quotient": {
        "return x @ (x @ A) / (x @ x)": "the dot product does not mind the order",
        "return A @ x @ x / (x @ x)": "the dot product does not mind the order",
    },
}
