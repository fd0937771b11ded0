"""Your turn in chapter 1: singular values and principal components."""

import numpy as np

from .exercise import Exercise, Mistake

# --- Singular value decomposition --------------------------------------------------------------


def rank_k_approximation(A, k):
    """Nearest matrix to A (m, n) of rank at most k, from the SVD of A."""
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, :k] * s[:k] @ Vt[:k]


def _matrices_and_ranks():
    rng = np.random.default_rng(7)
    by_hand = [
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


def _only_the_kth(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return s[k - 1] * np.outer(U[:, k - 1], Vt[k - 1])


def _the_smallest(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, -k:] * s[-k:] @ Vt[-k:]


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


def _a_corner(A, k):
    corner = np.zeros(A.shape)
    corner[:k, :k] = A[:k, :k]
    return corner


def _entrywise_at_the_end(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, :k] * s[:k] * Vt[:k]


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
    mistakes=(
        Mistake(
            _singular_vectors_only,
            "The singular values are missing; scale each column of U by its s.",
        ),
        Mistake(
            _only_the_kth,
            "That is the k-th term alone; add up the first k.",
        ),
        Mistake(
            lambda A, k: rank_k_approximation(A, k + 1),
            "That keeps one term too many: [:k] takes the entries 0 to k - 1.",
        ),
        Mistake(
            lambda A, k: rank_k_approximation(A, k - 1),
            "That keeps one term too few: [:k] takes k entries already, so subtract nothing.",
        ),
        Mistake(
            _the_smallest,
            "Those are the terms of the smallest singular values; "
            "the largest come first, so take [:k].",
        ),
        Mistake(
            _columns_of_vt,
            "Take rows of Vt, not columns: Vt[:k]. The singular vectors are its rows.",
        ),
        Mistake(
            _v_not_transposed,
            "np.linalg.svd gives V transposed already; use Vt as it is.",
        ),
        Mistake(
            lambda A, k: A - rank_k_approximation(A, k),
            "That is what the approximation leaves out, the error.",
        ),
        Mistake(
            _a_corner,
            "That is a corner of A; the terms to keep come from the SVD of the whole of A.",
        ),
        Mistake(
            _whole_u,
            "U is (m, m) unless you pass full_matrices=False.",
        ),
        Mistake(
            _whole_u_and_a_square_matrix,
            "np.diag(s) does not fit a U of shape (m, m); pass full_matrices=False to svd.",
        ),
        Mistake(
            _s_as_a_matrix,  # the same error comes where one of the three is not cut to k
            "The parts do not fit together. Take k columns of U, k rows of Vt, and let s[:k], "
            "a list and no matrix, scale the columns: U[:, :k] * s[:k], then @ Vt[:k].",
        ),
        Mistake(
            lambda A, k: A,
            "That is A itself again, as all terms together give it; keep only the first k.",
        ),
        Mistake(
            lambda A, k: rank_k_approximation(A, 1),
            "That is the first term whatever k is; add up the first k of them.",
        ),
        Mistake(
            lambda A, k: rank_k_approximation(A, k + 1) - rank_k_approximation(A, 1),
            "You begin with the second term: counting starts at 0, and s[0] is the largest.",
        ),
        Mistake(
            _entrywise_at_the_end,
            "U[:, :k] * s[:k] is right; what follows is a product of matrices, @ Vt[:k].",
        ),
    ),
)


def storage_saved(m, n, k):
    """Share of the m * n numbers saved by keeping k terms of an SVD, negative if they need more."""
    return 1 - k * (m + n + 1) / (m * n)


STORAGE_SAVED = Exercise(
    storage_saved,
    cases=(
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
    mistakes=(
        Mistake(
            lambda m, n, k: k * (m + n + 1) / (m * n),
            "That is the share you still store; 1 minus it is saved.",
        ),
        Mistake(
            lambda m, n, k: 1 - k * (m + n) / (m * n),
            "The singular values are missing: each term has one, so it needs m + n + 1 numbers.",
        ),
        Mistake(
            lambda m, n, k: 1 - k * (m + n + 1) / m * n,
            "Python divides by m and then multiplies by n; put brackets around m * n.",
        ),
        Mistake(
            lambda m, n, k: 1 - (m + n + 1) / (m * n),
            "That is for a single term; k of them are kept.",
        ),
        Mistake(
            lambda m, n, k: k * (m + n + 1) / (m * n) - 1,
            "The sign is turned round: what is saved counts as positive.",
        ),
        Mistake(
            lambda m, n, k: k * (m + n + 1),
            "That is how many numbers the k terms need; the question is what share of m * n "
            "they save.",
        ),
        Mistake(
            lambda m, n, k: m * n - k * (m + n + 1),
            "That is how many numbers are saved; divide by m * n for the share.",
        ),
        Mistake(
            lambda m, n, k: max(0, 1 - k * (m + n + 1) / (m * n)),
            "Nothing stops the share from falling below zero: "
            "with many terms the SVD needs more room than the matrix.",
        ),
        Mistake(
            lambda m, n, k: 100 * (1 - k * (m + n + 1) / (m * n)),
            "That is in percent; a share of all is 1, not 100.",
        ),
        Mistake(
            lambda m, n, k: 1 - (k * (m + n) + 1) / (m * n),
            "There is a singular value in each of the k terms, not one in all.",
        ),
        Mistake(
            lambda m, n, k: 1 - k * (m + n + k) / (m * n),
            "The k singular values are a list, not a (k, k) matrix: each term adds only one.",
        ),
        Mistake(
            lambda m, n, k: (1 - k * (m + n + 1)) / (m * n),
            "The brackets take 1 into the fraction; only k * (m + n + 1) is divided by m * n.",
        ),
        Mistake(
            lambda m, n, k: 1 - k / min(m, n),
            "That compares ranks; count the numbers to be stored.",
        ),
    ),
)


# --- Principal component analysis --------------------------------------------------------------


def centre_and_project(X, components):
    """Coordinates (n, k) of the centred rows of X (n, d) along the columns of components (d, k)."""
    return (X - X.mean(axis=0)) @ components


def _data_and_components():
    rng = np.random.default_rng(8)
    by_hand = [
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
        random.append((rng.normal(loc=2, size=(n, d)).round(1), orthogonal[:, :k]))
    return tuple(by_hand + random)


CENTRE_AND_PROJECT = Exercise(
    centre_and_project,
    cases=_data_and_components(),
    hints=(
        "Directions start at the middle of the cloud of points. Where is that middle?",
        "X.mean(axis=0) is the mean of each column; subtract it from all rows.",
        "The dot product of each centred row with each column of components is one @.",
    ),
    mistakes=(
        Mistake(
            lambda X, components: X @ components,
            "The rows are not centred yet; subtract the mean of each column first.",
        ),
        Mistake(
            lambda X, components: (X - X.mean()) @ components,
            "X.mean() is one mean of all numbers; each column has its own, X.mean(axis=0).",
        ),
        Mistake(
            lambda X, components: (X - X.mean(axis=1, keepdims=True)) @ components,
            "You subtract the mean of each row; the middle of the cloud is the mean of each "
            "column, axis=0.",
        ),
        Mistake(
            lambda X, components: (X - X.mean(axis=1)) @ components,
            "axis=1 gives the mean of each row; the middle of the cloud is the mean of each "
            "column, so use axis=0.",
        ),
        Mistake(
            lambda X, components: (X - X.mean(axis=0)) @ components.T,
            "Multiply by components as it is, of shape (d, k): its columns are the directions, "
            "so neither .T nor one of its rows fits.",
        ),
        Mistake(
            lambda X, components: X - X.mean(axis=0),
            "Centred, but not projected yet; multiply by components.",
        ),
        Mistake(
            lambda X, components: (X - X.mean(axis=0)) @ components @ components.T,
            "That is back in the old coordinates, the reconstruction; stop one product earlier.",
        ),
        Mistake(
            lambda X, components: (X - X.mean(axis=0)) / X.std(axis=0) @ components,
            "You also divide by the standard deviations; only the mean is to be taken away.",
        ),
        Mistake(
            lambda X, components: (X - X.mean(axis=0)) / X.std(axis=0, ddof=1) @ components,
            "Standardising goes a step too far; centred rows still have their own units.",
        ),
        Mistake(
            lambda X, components: (X.mean(axis=0) - X) @ components,
            "Turned round: take the mean from the rows, not the rows from the mean.",
        ),
        Mistake(
            lambda X, components: ((X - X.mean(axis=0)) @ components).T,
            "Right, but transposed; rows are samples.",
        ),
    ),
)


def explained_variance_ratio(eigenvalues):
    """Share of the total variance along each component, from the variances along them."""
    return eigenvalues / eigenvalues.sum()


def _cut_to_whole_numbers(eigenvalues):
    shares = np.zeros_like(eigenvalues)
    shares[:] = eigenvalues / eigenvalues.sum()
    return shares


def _one_after_the_other(eigenvalues):
    shares = eigenvalues.astype(float)
    for i in range(len(shares)):
        shares[i] /= shares.sum()
    return shares


EXPLAINED_VARIANCE_RATIO = Exercise(
    explained_variance_ratio,
    cases=(
        (np.array([6.0, 3.0, 1.0]),),
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
    mistakes=(
        Mistake(
            lambda eigenvalues: eigenvalues / eigenvalues.max(),
            "That compares with the largest; divide by the sum of all.",
        ),
        Mistake(
            lambda eigenvalues: np.cumsum(eigenvalues) / eigenvalues.sum(),
            "Those are the shares added up so far; the share of each component alone is asked for.",
        ),
        Mistake(
            lambda eigenvalues: eigenvalues**2 / (eigenvalues**2).sum(),
            "The eigenvalues are variances already; do not square them.",
        ),
        Mistake(
            lambda eigenvalues: np.sqrt(eigenvalues) / np.sqrt(eigenvalues).sum(),
            "Those are the shares of the standard deviations; "
            "variances add up, standard deviations do not.",
        ),
        Mistake(
            lambda eigenvalues: eigenvalues / np.linalg.norm(eigenvalues),
            "That scales to length 1; shares add up to 1.",
        ),
        Mistake(
            lambda eigenvalues: eigenvalues[0] / eigenvalues.sum(),
            "That is the share of the first component; give those of all of them.",
        ),
        Mistake(
            lambda eigenvalues: 100 * eigenvalues / eigenvalues.sum(),
            "Those are percentages; as shares they sum to 1.",
        ),
        Mistake(
            lambda eigenvalues: eigenvalues / eigenvalues.mean(),
            "That compares with the mean variance; divide by the sum of all.",
        ),
        Mistake(
            lambda eigenvalues: np.sort(eigenvalues) / eigenvalues.sum(),
            "The right shares, but in another order; "
            "keep that of the eigenvalues, the largest first.",
        ),
        Mistake(
            lambda eigenvalues: 1 - np.cumsum(eigenvalues) / eigenvalues.sum(),
            "Those are the shares still missing after each component; give what each adds.",
        ),
        Mistake(
            lambda eigenvalues: eigenvalues.sum() / eigenvalues,
            "That is the whole over each part; a share is the part over the whole.",
        ),
        Mistake(
            _cut_to_whole_numbers,
            "Your array holds whole numbers, as eigenvalues does here, so every share is cut "
            "off; np.zeros(len(eigenvalues)) keeps fractions.",
        ),
        Mistake(
            _one_after_the_other,
            "The sum changes while you overwrite its terms; add them up once, before the loop.",
        ),
    ),
)
