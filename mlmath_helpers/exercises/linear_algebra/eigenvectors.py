"""Your turn in the section "Eigenvalues and eigenvectors"."""

import numpy as np

from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def eigenvalues_2x2(A):
    """Both eigenvalues of A (2, 2), the larger first, from its trace and determinant."""
    (a, b), (c, d) = A
    mean, product = (a + d) / 2, a * d - b * c
    gap = np.sqrt(mean**2 - product)
    return np.array([mean + gap, mean - gap])


def _matrices_with_real_eigenvalues():
    rng = np.random.default_rng(5)
    by_hand = (
        [[6.0, 1.0], [9.0, -2.0]],  # no slip gives the root of a negative number
        [[4.0, 1.0], [2.0, 3.0]],
        [[2.0, 1.0], [1.0, 2.0]],
        [[0.0, 1.0], [1.0, 0.0]],
        [[-3, 0], [0, -1]],
        [[2.0, 0.0], [0.0, 2.0]],
        [[1.0, 1.0], [0.0, 1.0]],
        [[1.0, 2.0], [2.0, 4.0]],
        [[0.0, 0.0], [0.0, 0.0]],
        [[1, 3], [2, -4]],
    )
    random = rng.normal(scale=2, size=(4, 2, 2)).round(1)
    symmetric = random + random.transpose(0, 2, 1)
    return tuple((np.array(A),) for A in by_hand) + tuple((A,) for A in symmetric)


EIGENVALUES_2X2 = Exercise(
    eigenvalues_2x2,
    cases=_matrices_with_real_eigenvalues(),
    hints=(
        "The trace is the sum of the eigenvalues, the determinant their product. "
        "What is their mean?",
        "They lie at mean + gap and mean - gap, so their product is mean**2 - gap**2.",
        "With mean = (a + d) / 2 and product = a * d - b * c, gap = np.sqrt(mean**2 - product).",
    ),
    mistakes={
        "eigenvalues_2x2(A)[::-1]": "Right, but in the other order: the larger comes first.",
        "np.diag(A)": (
            "The diagonal holds the eigenvalues only where an entry off the diagonal is zero."
        ),
        "2 * eigenvalues_2x2(A)": "Both are twice too large; the formula divides by 2 at the end.",
        "np.trace(A) + np.array([1, -1]) * np.sqrt(np.trace(A) ** 2 - np.linalg.det(A))": (
            "The mean of the eigenvalues is half the trace."
        ),
        "np.mean(A) + np.array([1, -1]) * np.sqrt(np.mean(A) ** 2 - np.linalg.det(A))": (
            "np.mean(A) averages all four entries; the eigenvalues have the mean (a + d) / 2."
        ),
        "np.trace(A) / 2 + np.array([1, -1]) * np.sqrt(np.trace(A) / 2 - np.linalg.det(A))": (
            "The mean is squared under the root: sqrt(mean**2 - det)."
        ),
        "np.trace(A) / 2 + np.array([1, -1]) * ((np.trace(A) / 2) ** 2 - np.linalg.det(A))": (
            "mean**2 - det is the squared gap; take its square root."
        ),
        "np.trace(A) / 2 + np.array([1, -1]) * np.sqrt(np.trace(A) ** 2 - 4 * np.linalg.det(A))": (
            "The square root has to be halved too: (trace ± sqrt(trace² - 4 det)) / 2."
        ),
        "np.trace(A) / 2 + np.array([1, -1]) "
        "* np.sqrt((np.trace(A) / 2) ** 2 - A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0])": (
            "The determinant is a * d - b * c; when you subtract it, b * c is added again."
        ),
        "np.trace(A) + np.array([1, -1]) * (eigenvalues_2x2(A)[0] - np.trace(A) / 2)": (
            "Only the root is halved there; the trace is halved too, so put brackets around "
            "their sum."
        ),
        "eigenvalues_2x2(A) - np.trace(A)": (
            "The trace has a plus here: the equation is x**2 - trace * x + det = 0, and its "
            "roots begin with + trace."
        ),
        "np.array([np.trace(A), np.linalg.det(A)])": (
            "Those are the trace and the determinant: the sum and the product of the eigenvalues."
        ),
        "np.linalg.svd(A, compute_uv=False)": (
            "Those are the singular values; they are the eigenvalues only where A is symmetric "
            "and no eigenvalue is negative."
        ),
        "np.linalg.eigvals(A)": (
            "Right up to the order: numpy does not sort the eigenvalues, so put the larger first."
        ),
        "np.linalg.eigvalsh(A)[::-1]": (
            "eigh and eigvalsh take A to be symmetric and read one triangle of it; this A is not."
        ),
        "(np.trace(A) + np.array([1, -1]) * np.sqrt(np.trace(A) ** 2 - np.linalg.det(A))) / 2": (
            "Under the root the determinant counts four times, trace**2 - 4 * det."
        ),
        "A[0, 0] + A[1, 1] / 2 + np.array([1, -1]) * np.sqrt((A[0, 0] + A[1, 1] / 2) ** 2 - "
        "np.linalg.det(A))": "Python divides d alone by 2: put brackets around a + d.",
        "np.trace(A) / 2 + np.array([1, -1]) * ((np.trace(A) / 2) ** 2 - np.linalg.det(A)) / 2": (
            "That takes half of mean**2 - det, as ** 1 / 2 does; its root is np.sqrt, or ** (1 / "
            "2) with its brackets."
        ),
        "(np.trace(A) + np.array([1, -1]) * (np.trace(A) ** 2 - 4 * np.linalg.det(A))) / 2": (
            "trace**2 - 4 * det stands under a root; yours is missing."
        ),
        "np.trace(A) / 2 + np.array([1, -1]) * np.sqrt((np.trace(A) / 2) ** 2 - 4 * "
        "np.linalg.det(A))": (
            "The 4 belongs to the formula with the whole trace; with its half, the mean, it has "
            "cancelled: mean**2 - det."
        ),
    },
    why=(
        "The eigenvalues add up to the trace, 2 * mean, so they are mean + gap and mean - gap; "
        "their product is the determinant, mean**2 - gap**2 = product."
    ),
)


def power_step(A, v):
    """One step of power iteration: A @ v, scaled to length 1."""
    w = A @ v
    return w / np.linalg.norm(w)


def _matrices_and_vectors():
    rng = np.random.default_rng(6)
    by_hand = [
        (np.array([[1.0, 2.0, 0.0], [3.0, 1.0, 1.0], [0.0, 1.0, 2.0]]), np.array([2.0, 1.0, 3.0])),
        (np.array([[1.0, 1.0], [2.0, 1.0]]), np.array([1.0, 2.0])),
        (np.array([[2.0, 0.0], [0.0, 1.0]]), np.array([0.0, 1.0])),
        (np.array([[-3.0]]), np.array([1.0])),
        (np.array([[0, 1], [1, 0]]), np.array([3, 4])),
        (np.array([[1.0, -2.0], [0.0, -1.0]]), np.array([0.5, 0.5])),
        (np.arange(24.0).reshape(4, 6)[:, :4], np.arange(1.0, 9.0)[::2]),
    ]
    random = [(rng.normal(size=(d, d)).round(1), rng.normal(size=d).round(1)) for d in (2, 3, 3, 5)]
    return tuple(by_hand + random)


def _many_steps(A, v):
    for _ in range(100):
        v = power_step(A, v)
    return v


def _entry_by_entry(A, v):
    w = (A @ v).astype(float)
    for i in range(len(w)):
        w[i] /= np.linalg.norm(w)
    return w


POWER_STEP = Exercise(
    power_step,
    cases=_matrices_and_vectors(),
    hints=(
        "What would happen to the length if A were applied a hundred times?",
        "First apply A, then scale what comes out, so that its length is 1.",
        "With w = A @ v, return w / np.linalg.norm(w).",
    ),
    mistakes={
        "A @ v": "That is A @ v, not scaled yet; divide it by its own length.",
        "A @ v / np.linalg.norm(v)": (
            "You divide by the length of v; divide by the length of A @ v."
        ),
        "v / np.linalg.norm(v)": "That only scales v; apply A first.",
        "A @ v / (A @ v).sum()": (
            "That makes the entries sum to 1; the length, np.linalg.norm, should be 1."
        ),
        "A @ v / np.abs(A @ v).max()": (
            "That makes the largest entry 1; the length, np.linalg.norm, should be 1."
        ),
        "v @ A / np.linalg.norm(v @ A)": (
            "That is v @ A, or A.T @ v, made of the rows of A; the map applied to v is A @ v."
        ),
        "A @ v / np.linalg.norm(A @ v) ** 2": (
            "You divide by the squared length; divide by the length itself."
        ),
        "A @ v / len(v)": "len counts the entries; the length of an arrow is np.linalg.norm.",
        "A @ v / np.linalg.norm(A)": (
            "You divide by the norm of the matrix A; the length of the vector A @ v is needed."
        ),
        _entry_by_entry: (
            "The length changes while you overwrite the entries; measure it once, before."
        ),
        "power_step(A, power_step(A, v))": "Those are two steps; apply A once.",
        _many_steps: "That is where many steps lead; one step is asked for, without a loop.",
        "power_step(A, v) * np.sign(power_step(A, v)[0])": (
            "You turn the vector so that its first entry is positive, and lose it where that entry "
            "is 0; one step keeps the sign that comes out."
        ),
    },
)


def stationary_distribution(P):
    """Distribution p with p @ P = p of a chain that settles; P[i, j] is the chance from i to j."""
    p = np.ones(len(P)) / len(P)
    for _ in range(1000):
        p = p @ P
    return p


def _steps(P, n_steps):
    return np.ones(len(P)) / len(P) @ np.linalg.matrix_power(P, n_steps)


def _main_eigenvector(P):
    eigenvalues, vectors = np.linalg.eig(P)
    return vectors[:, np.argmax(eigenvalues.real)].real


STATIONARY_DISTRIBUTION = Exercise(
    stationary_distribution,
    cases=tuple(
        (np.array(P),)
        for P in (
            [[0.5, 0.25, 0.25], [0.125, 0.75, 0.125], [0.25, 0.5, 0.25]],  # P - I is singular
            [[0.75, 0.25], [0.5, 0.5]],
            [[0.5, 0.5], [0.0, 1.0]],
            [[0, 1], [0, 1]],
            [[0.0, 1.0], [0.5, 0.5]],
            [[0.995, 0.005], [0.015, 0.985]],  # slow: after 500 steps the fifth decimal still moves
            [[0.2, 0.3, 0.5], [0.6, 0.1, 0.3], [0.1, 0.8, 0.1]],
            [
                [0.1, 0.2, 0.3, 0.4],
                [0.4, 0.1, 0.2, 0.3],
                [0.3, 0.4, 0.2, 0.1],
                [0.5, 0.1, 0.1, 0.3],
            ],
        )
    ),
    hints=(
        "If you start anywhere and let the chain run for long, where do you find it?",
        "p @ P is the distribution one step later. Start with equal chances and repeat.",
        "Begin with p = np.ones(len(P)) / len(P), set p = p @ P a thousand times, and return p.",
    ),
    mistakes={
        "_steps(P, 1)": "That is one step from equal chances; repeat it until p no longer changes.",
        "np.linalg.matrix_power(P, 1000) @ np.ones(len(P)) / len(P)": (
            "Equal chances are what P @ p leaves as they are, since each row of P sums to 1, and "
            "what a loop leaves that does not keep its step, p = p @ P. Asked for is p @ P = p, "
            "an eigenvector of P.T."
        ),
        "_main_eigenvector(P)": (
            "That is an eigenvector of P from the right, P @ p = p; "
            "p @ P = p asks for one from the left, an eigenvector of P.T."
        ),
        "np.linalg.solve(P.T - np.eye(len(P)), np.zeros(len(P)))": (
            "Neither P - I nor P.T - I can be inverted, since 1 is an eigenvalue of P; let the "
            "chain run instead."
        ),
        "np.linalg.matrix_power(P, 1000)[:, 0]": (
            "A column of the high power holds one chance again and again; its rows are the answer."
        ),
        "_steps(P, 10)": (
            "Ten steps are too few here; repeat until p no longer changes, "
            "a thousand times for instance."
        ),
        "_steps(P, 100)": (
            "This chain is slow, and a hundred steps are too few for it; a thousand will do."
        ),
        "len(P) * stationary_distribution(P)": (
            "The entries of a distribution sum to 1, from the start: np.ones(len(P)) / len(P)."
        ),
        "_main_eigenvector(P.T)": (
            "The right direction, but an eigenvector is free in sign and length; a distribution "
            "sums to 1, so divide by the sum."
        ),
        "np.linalg.matrix_power(P, 1000)": (
            "Each row of this matrix is the answer already; return one of them."
        ),
        "_steps(P, 2)": "Those are two steps from equal chances; repeat until p no longer changes.",
    },
    why=(
        "Once the chain has settled, one more step changes nothing, which is p @ P = p. Where "
        "there is only one such p, the even start does as well as any other."
    ),
)

LINES_OF_A_SHEAR = Prediction(
    "The shear [[1, 1], [0, 1]] has the eigenvalue 1, twice. On how many lines through the origin "
    "do v and A v fall together?",
    {
        "none: a shear slants everything": (
            "It slants all that stands up. What lies along the first axis stays where it is, as "
            "the first column says: e₁ goes to e₁."
        ),
        "one": (
            "(x, y) goes to (x + y, y), and that is along (x, y) only for y = 0. The eigenvalue is "
            "there twice and its line once, so the eigenvectors make no basis."
        ),
        "two: one for each eigenvalue": (
            "Two different eigenvalues bring a line each. Here both are 1, and whoever asks for "
            "A v = v finds y = 0 and nothing else."
        ),
        "all: 1 is the identity's eigenvalue": (
            "The identity has the eigenvalue 1 twice as well, but eigenvalues do not say all of a "
            "matrix. This one moves (0, 1) to (1, 1)."
        ),
    },
    answer="one",
)

TEN_STEPS = Prediction(
    "Start at 80°, with the eigenvalues 5 and 2. How much of the angle to the eigenvector is left "
    "after ten steps?",
    {
        "about two fifths": (
            "Two fifths, the ratio of the eigenvalues, is what one step leaves of it. Ten steps "
            "multiply ten of these factors."
        ),
        "about a twenty-fifth": (
            "That is two fifths divided by ten, as if ten steps did ten times what one does. But "
            "each step leaves 2/5 of what the step before it left: the factors multiply."
        ),
        "about a hundredth": (
            "That is reached after five steps already, as 0.4 to the fifth is 0.01. The next five "
            "take another factor of a hundred."
        ),
        "about a ten-thousandth": (
            "Each step multiplies it by about 2/5, the ratio of the eigenvalues, and (2/5)¹⁰ is "
            "0.0001. On a scale of powers of ten that is a straight line. (A start near 135°, "
            "where the other eigenvector lies, needs more steps.)"
        ),
    },
    answer="about a ten-thousandth",
)
