"""Your turn in the section "Singular value decomposition"."""

import numpy as np

from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def rank_k_approximation(A, k):
    """Nearest matrix to A (m, n) of rank at most k, from the SVD of A."""
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, :k] * s[:k] @ Vt[:k]


def _matrices_and_ranks():
    rng = np.random.default_rng(7)
    by_hand = [
        (
            np.array(
                [
                    [1, 2, 0, 3, 1],
                    [4, 0, 1, 2, 0],
                    [0, 3, 5, 1, 2],
                    [2, 2, 1, 0, 4],
                    [3, 0, 1, 4, 1],
                    [0, 1, 2, 1, 5],
                ]
            ),
            3,
        ),
        (np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 10.0]]), 1),
        (np.array([[3.0, 0.0], [0.0, 2.0]]), 1),
        (np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), 2),
        (np.array([[5.0]]), 1),
        (np.array([[1, 2], [2, 4]]), 1),
        (np.zeros((2, 3)), 1),
        (np.arange(24.0).reshape(4, 6)[:, ::2], 2),
    ]
    shapes = ((4, 3, 1), (3, 5, 2), (5, 5, 3), (6, 4, 2))
    random = [(rng.normal(scale=3, size=(m, n)).round(1), k) for m, n, k in shapes]
    return tuple(by_hand + random)


def _v_not_transposed(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, :k] * s[:k] @ Vt.T[:k]


def _singular_vectors_only(A, k):
    U, _, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, :k] @ Vt[:k]


def _columns_of_vt(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, :k] * s[:k] @ Vt[:, :k]


def _whole_u(A, k):
    U, s, Vt = np.linalg.svd(A)
    s[k:] = 0
    return (U * s) @ Vt


def _whole_u_and_a_square_matrix(A, k):
    U, s, Vt = np.linalg.svd(A)
    s[k:] = 0
    return U @ np.diag(s) @ Vt


def _s_as_a_matrix(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, :k] @ s[:k] @ Vt[:k]


def _entrywise_at_the_end(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, :k] * s[:k] * Vt[:k]


def _squared_s(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, :k] * s[:k] ** 2 @ Vt[:k]


def _centred(A, k):
    mean = A.mean(axis=0)
    return mean + rank_k_approximation(A - mean, k)


RANK_K_APPROXIMATION = Exercise(
    rank_k_approximation,
    cases=_matrices_and_ranks(),
    hints=(
        "A is a sum of matrices of rank 1, s[i] times u_i times v_i transposed. "
        "Which of them weigh most?",
        "U, s, Vt = np.linalg.svd(A, full_matrices=False) sorts s from large to small: "
        "keep k columns of U, k numbers of s and k rows of Vt.",
        "U[:, :k] * s[:k] scales the columns; multiply by Vt[:k] with @.",
    ),
    mistakes={
        _singular_vectors_only: "The singular values are missing; scale each column of U by its s.",
        "rank_k_approximation(A, k) - rank_k_approximation(A, k - 1)": (
            "That is the k-th term alone; add up the first k."
        ),
        "rank_k_approximation(A, k + 1)": (
            "That keeps one term too many: [:k] takes the entries 0 to k - 1."
        ),
        "rank_k_approximation(A, k - 1)": (
            "That keeps one term too few: [:k] takes k entries already, so subtract nothing."
        ),
        "A - rank_k_approximation(A, min(A.shape) - k)": (
            "Those are the terms of the smallest singular values; "
            "the largest come first, so take [:k]."
        ),
        _columns_of_vt: (
            "Take k rows of Vt, with all of their columns: Vt[:k]. The singular vectors are its "
            "rows."
        ),
        _v_not_transposed: "np.linalg.svd gives V transposed already; use Vt as it is.",
        "A - rank_k_approximation(A, k)": "That is what the approximation leaves out, the error.",
        "np.pad(A[:k, :k], [(0, len(A) - k), (0, A.shape[1] - k)])": (
            "That is a corner of A; the terms to keep come from the SVD of the whole of A."
        ),
        _whole_u: "U is (m, m) unless you pass full_matrices=False.",
        _whole_u_and_a_square_matrix: (
            "np.diag(s) does not fit a U of shape (m, m); pass full_matrices=False to svd."
        ),
        _s_as_a_matrix: (
            "The parts do not fit together. Take k columns of U, k rows of Vt, and let s[:k], "
            "a list and no matrix, scale the columns: U[:, :k] * s[:k], then @ Vt[:k]."
        ),
        "A": "That is A itself again, as all terms together give it; keep only the first k.",
        "rank_k_approximation(A, 1)": (
            "That is the first term whatever k is; add up the first k of them."
        ),
        "rank_k_approximation(A, k + 1) - rank_k_approximation(A, 1)": (
            "You begin with the second term: counting starts at 0, and s[0] is the largest."
        ),
        _entrywise_at_the_end: (
            "U[:, :k] * s[:k] is right; what follows is a product of matrices, @ Vt[:k]."
        ),
        _squared_s: "The singular values enter as they are; you squared them.",
        _centred: (
            "You centre the columns first, as a principal component analysis does; take the SVD of "
            "A itself."
        ),
        "np.vstack([A[:k], 0 * A[k:]])": (
            "Those are the first k rows of A; the k terms of the SVD are made of all rows."
        ),
        "rank_k_approximation(A, k) - rank_k_approximation(A, 1)": (
            "The first term is left out, and it weighs most: range(k) begins with 0."
        ),
    },
    why=(
        "By the theorem of Eckart and Young, no matrix of rank at most k is nearer to A than the "
        "first k terms of its SVD."
    ),
)


def storage_saved(m, n, k):
    """Share of the m * n numbers saved by keeping k terms of an SVD, negative if they need more."""
    return 1 - k * (m + n + 1) / (m * n)


STORAGE_SAVED = Exercise(
    storage_saved,
    cases=(
        (8, 25, 3),
        (10, 20, 2),
        (512, 512, 50),
        (100, 1, 1),
        (1, 1, 1),
        (3, 5, 3),
        (1000, 400, 0),
        (7, 64, 5),
        (480, 640, 37),
    ),
    hints=(
        "How many numbers does one term need: one column of U, one row of Vt, "
        "and what stands between them?",
        "One term is m + n + 1 numbers, k terms are k times as many, the matrix is m * n.",
        "The share kept is k * (m + n + 1) / (m * n), with brackets below the line; "
        "the share saved is 1 minus that.",
    ),
    mistakes={
        "k * (m + n + 1) / (m * n)": "That is the share you still store; 1 minus it is saved.",
        "1 - k * (m + n) / (m * n)": (
            "The singular values are missing: each term has one, so it needs m + n + 1 numbers."
        ),
        "1 - k * (m + n + 1) / m * n": (
            "Python divides by m and then multiplies by n; put brackets around m * n."
        ),
        "1 - (m + n + 1) / (m * n)": "That is for a single term; k of them are kept.",
        "k * (m + n + 1) / (m * n) - 1": (
            "The sign is turned round: what is saved counts as positive."
        ),
        "k * (m + n + 1)": (
            "That is how many numbers the k terms need; the question is what share of m * n "
            "they save."
        ),
        "m * n - k * (m + n + 1)": (
            "That is how many numbers are saved; divide by m * n for the share."
        ),
        "max(0, 1 - k * (m + n + 1) / (m * n))": (
            "Nothing stops the share from falling below zero: "
            "with many terms the SVD needs more room than the matrix."
        ),
        "100 * (1 - k * (m + n + 1) / (m * n))": (
            "That is in percent; a share of all is 1, not 100."
        ),
        "1 - (k * (m + n) + 1) / (m * n)": (
            "There is a singular value in each of the k terms, not one in all."
        ),
        "1 - k * (m + n + k) / (m * n)": (
            "The k singular values are a list, not a (k, k) matrix: each term adds only one."
        ),
        "(1 - k * (m + n + 1)) / (m * n)": (
            "The brackets take 1 into the fraction; only k * (m + n + 1) is divided by m * n."
        ),
        "1 - k / min(m, n)": "That compares ranks; count the numbers to be stored.",
        "1 - k * (m + n + 1) // (m * n)": (
            "// cuts the share to a whole number; / keeps its fraction."
        ),
        "1 - (k * m + n + 1) / (m * n)": (
            "Each of the k terms has a row of n numbers and a singular value too: brackets around "
            "m + n + 1."
        ),
    },
    why="Each of the k terms has a column of m numbers, a row of n numbers and one singular value.",
)


RIGHT_ANGLES = Prediction(
    "Two lines that cross at 0 at a right angle make a cross. Turn it to any angle you like, and "
    "let a matrix A move the plane. For most A, how many of these crosses still have a right "
    "angle afterwards?",
    {
        "none: A bends right angles": (
            "One always survives: the line that A stretches most and the line that it stretches "
            "least are at a right angle, before A and after it (unless one of them shrinks to 0)."
        ),
        "exactly one": (
            "As the cross turns by 90°, the cosine of its angle after A changes sign once. It is 0 "
            "for the cross of most and least stretch, v₁ and v₂. Only if A stretches all arrows "
            "alike do the other crosses keep theirs."
        ),
        "two: one for each eigenvector": (
            "Eigenvectors keep their lines, which says nothing of right angles; those of the shear "
            "[[1, 1], [0, 1]] lie on one line, and it has one cross that survives."
        ),
        "all of them": (
            "That is so for turns and mirrors, times a number other than 0: they stretch all "
            "arrows alike. Any other A slants or flattens squared paper, unless its lines lie "
            "along v₁ and v₂."
        ),
    },
    answer="exactly one",
)


POSITIVE_EIGENVALUES = Prediction(
    "Both eigenvalues of a real 2 × 2 matrix A are positive. What else must hold so that A is "
    "positive definite?",
    {
        "nothing: that is what the word means": (
            "Of symmetric matrices it is true, but A need not be one. [[1, 2], [0, 0.5]] has the "
            "eigenvalues 1 and 0.5, and at x = (1, −1) the form xᵀAx is −0.5."
        ),
        "A must be diagonalisable": (
            "Two independent eigenvectors do not suffice: [[1, 2], [0, 0.5]] has them, with the "
            "eigenvalues 1 and 0.5, and xᵀAx is −0.5 at x = (1, −1)."
        ),
        "A must be invertible": (
            "It is already: its determinant is the product of the eigenvalues, so it is not 0. And "
            "that does not suffice: for [[1, 2], [0, 0.5]] xᵀAx is −0.5 at (1, −1)."
        ),
        "A must be symmetric": (
            "Then its eigenvectors are at a right angle, and xᵀAx is a sum of squares times "
            "eigenvalues. Else it may be negative, as with [[1, 2], [0, 0.5]] at (1, −1); so the "
            "word is kept for symmetric matrices."
        ),
    },
    answer="A must be symmetric",
)


SHUFFLED_PIXELS = Prediction(
    "Rank 20 leaves an error of 17% of a photograph. Now all of its pixels are moved to random "
    "places: the same grey levels, elsewhere. What does rank 20 leave?",
    {
        "far more, over half of it": (
            "58%. The first term still holds the mean grey, but beyond that no row resembles "
            "another, so the other terms fall off slowly. Low rank comes from where the grey "
            "levels stand, not from which they are."
        ),
        "17% again: the numbers are the same": (
            "The grey levels are, and so is the length of the whole. But singular values depend on "
            "where the numbers stand: on how far rows resemble each other. They no longer do."
        ),
        "less: there is no face to get wrong": (
            "A shuffled picture looks dull, and yet it is hard to keep: beyond the mean grey no "
            "row helps to guess another, so each term saves little."
        ),
    },
    answer="far more, over half of it",
)
