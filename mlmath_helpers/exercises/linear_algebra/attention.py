"""Your turn in the section "Attention is dot products"."""

import numpy as np

from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def _exps(scores):
    """Return exp of the scores, the largest of each row made 1."""
    return np.exp(scores - scores.max(axis=1, keepdims=True))


def _shares_of(amounts):
    return amounts / amounts.sum(axis=1, keepdims=True)


def _shares(scores):
    return _shares_of(_exps(scores))


def _scores(Q, K):
    return Q @ K.T / np.sqrt(Q.shape[1])


def attention_weights(Q, K):
    """Shares (m, n) that queries Q (m, d) give to keys K (n, d); each row sums to 1."""
    scores = Q @ K.T / np.sqrt(Q.shape[1])
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)


def _queries_and_keys():
    rng = np.random.default_rng(40)
    crane = np.array([[1.0, 1.0], [0.0, 1.0], [0.0, 2.0]])
    by_hand = [
        (
            np.array([[1, 0, 2, -1], [0, 1, 1, 1], [2, -1, 0, 1.0]]),
            np.array([[1, 1, 0, 0], [0, 1, 2, 0], [1, 0, 1, 1], [-1, 0, 1, 2], [0, 0, 0, 1.0]]),
        ),
        (np.array([[1.0, 1.0], [-1.0, 2.0]]), crane),
        (np.array([[0.0, 0.0, 0.0]]), np.array([[1.0, 2.0, 3.0], [-1.0, 0.0, 5.0]])),
        (np.array([[2, 0], [1, -1], [0, 3]]), np.array([[1, 0], [0, 1]])),
        (np.array([[3.0]]), np.array([[-2.0]])),
        (np.arange(8.0).reshape(2, 4)[:, ::2] / 4, crane[:, ::-1]),
        (np.array([[40.0, 0.0], [0.0, 1.0]]), np.array([[40.0, 1.0], [39.0, 2.0]])),  # exp(1131)
    ]
    random = [
        (rng.normal(size=(m, d)).round(1), rng.normal(size=(n, d)).round(1))
        for m, n, d in ((1, 4, 3), (3, 2, 4), (4, 4, 5))
    ]
    return tuple(by_hand + random)


ATTENTION_WEIGHTS = Exercise(
    attention_weights,
    cases=_queries_and_keys(),
    hints=(
        "Which product of matrices holds the dot product of each query with each key?",
        "Divide Q @ K.T by np.sqrt(Q.shape[1]); subtract from each row its largest entry (with "
        "axis=1 and keepdims=True), so that exp cannot overflow; then take np.exp.",
        "The last line divides each row by its sum: exps / exps.sum(axis=1, keepdims=True).",
    ),
    mistakes={
        "_shares(Q @ K.T)": (
            "Divide the scores by the square root of d before the exponential; d is Q.shape[1]."
        ),
        "_shares(Q @ K.T / Q.shape[1])": "You divided the scores by d; it is its square root.",
        "_shares(Q @ K.T / np.sqrt(len(K)))": (
            "d is the number of entries of a key, K.shape[1]; len(K) is the number of keys."
        ),
        "_shares(Q @ K.T * np.sqrt(Q.shape[1]))": (
            "You multiplied the scores by the root of d, which makes the choice stricter; divide."
        ),
        "np.exp(Q @ K.T)": (
            "Two things are missing: the scores over the root of d, and each row over its sum."
        ),
        "_shares(_scores(Q, K).T).T": (
            "Each column sums to 1 now; a query shares out over the keys, so along its row."
        ),
        "_exps(_scores(Q, K)) / _exps(_scores(Q, K)).sum()": (
            "The whole table sums to 1 now; each row must, so sum with axis=1 and keepdims=True."
        ),
        "np.exp(_scores(Q, K)) / np.exp(_scores(Q, K)).sum()": (
            "All shares together sum to 1 now; each row must: sum with axis=1 and keepdims=True."
        ),
        "_exps(_scores(Q, K)) / _exps(_scores(Q, K)).sum(axis=1)": (
            "What is taken of each row stands side by side; keepdims=True makes a column of it, so "
            "that each row meets its own."
        ),
        "_shares(Q @ K / np.sqrt(Q.shape[1]))": (
            "Q @ K takes columns of K; the keys are its rows, so it is Q @ K.T."
        ),
        "_shares(Q @ K.T / np.sqrt(len(Q)))": (
            "d is the number of entries of a query, Q.shape[1]; len(Q) is the number of queries."
        ),
        "_shares_of(2.0 ** (Q @ K.T))": (
            "That is the example with doubling; take np.exp, of the scores over the root of d."
        ),
        "_exps(_scores(Q, K))": "Those are not shares yet: divide each row by its sum.",
        "_scores(Q, K)": (
            "Those are the scores; the exponential and the division by the row's sum are missing."
        ),
        "_shares_of(_scores(Q, K))": (
            "Without the exponential a share can be negative, or the sum zero: take np.exp first."
        ),
        "_shares(_scores(K, Q))": (
            "K @ Q.T has a row for each key; asked for is a row for each query."
        ),
        "_shares_of(np.exp(_scores(Q, K)))": (
            "np.exp of a score above 709 is inf. Subtract the largest score of each row first, "
            "which changes no share."
        ),
        "_shares_of(np.exp(_scores(Q, K) - _scores(Q, K).max()))": (
            "The largest score of the whole table is too large for some row, where exp of each "
            "is 0 and 0/0 is left: subtract the largest of each row."
        ),
        "_shares(Q @ K.T) / np.sqrt(Q.shape[1])": (
            "The root of d belongs to the scores, before the exponential; now a row no longer "
            "sums to 1."
        ),
        "np.exp(_scores(Q, K))": (
            "The exponentials are there; each row is still to be divided by its sum."
        ),
        "np.eye(len(K))[(Q @ K.T).argmax(axis=1)]": (
            "That gives everything to the best key; softmax shares out among all."
        ),
        "_shares(Q @ K.T / (2 * Q.shape[1]))": (
            "You divided by 2 d, as / d ** 1 / 2 does; the root is np.sqrt(d), or d ** (1 / 2) "
            "with its brackets."
        ),
    },
    why=(
        "Once the largest score of its row is taken away, no score is above 0, so that no exp "
        "overflows; all exps of the row get one common factor, which cancels in the shares."
    ),
)


def causal_weights(scores):
    """Shares (n, n) of scores (n, n) in which row i gives nothing to the columns after i."""
    scores = np.where(np.tri(len(scores), dtype=bool), scores, -np.inf)
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)


def _square_scores():
    rng = np.random.default_rng(41)
    gaps = np.repeat(np.arange(9.0).reshape(3, 3) % 4, 2, axis=1)[:, ::2]
    by_hand = (
        [[0.0, 3.0, 1.0], [1.0, 2.5, -1.0], [0.5, -2.0, 4.0]],
        [[0.0, 3.0], [1.0, 2.0]],
        [[2.0, 9.0, 1.0], [0.0, 0.0, 5.0], [-1.0, 1.0, 0.5]],
        [[0, 0, 0], [0, 0, 0], [0, 0, 0]],
        [[-7.0]],
        [[0.0, 900.0], [800.0, 801.0]],  # exp of either is no double
        [[-900.0, 0.0], [-800.0, -801.0]],  # far below any number that could stand for -inf
    )
    arrays = [*(np.array(scores) for scores in by_hand), gaps, rng.normal(size=(4, 4)).round(1)]
    return tuple((scores,) for scores in arrays)


def _whole_table(scores):
    return _exps(scores) / _exps(scores).sum()


CAUSAL_WEIGHTS = Exercise(
    causal_weights,
    cases=_square_scores(),
    hints=(
        "What score leads to a share of zero, so that the others still sum to 1?",
        "The score -inf does. np.tri(n, dtype=bool) is True on the diagonal and below; "
        "np.where takes scores there and -np.inf elsewhere.",
        "Then as before: np.exp of the scores less the largest of each row, over the row's sum.",
    ),
    mistakes={
        "np.tril(_shares(scores))": (
            "The later columns have been cut after the shares were made, so a row no longer sums "
            "to 1: mask the scores, or divide again."
        ),
        "_shares(np.tril(scores))": (
            "A score of 0 is not nothing, since exp(0) is 1; put -np.inf there."
        ),
        "_shares(np.where(_before(scores), scores, -np.inf))": (
            "A word may look at itself too: keep the diagonal."
        ),
        "_shares(np.where(np.tri(len(scores), dtype=bool).T, scores, -np.inf))": (
            "That hides what came before and shows what follows; turn the mask round."
        ),
        "_shares(scores)": "Each row still looks at all columns; those after i must get nothing.",
        "_shares(np.where(np.tri(len(scores), dtype=bool), scores, -np.inf).T).T": (
            "Each column sums to 1 now; the shares of a row must."
        ),
        "np.tril(np.exp(scores)) / np.tril(np.exp(scores)).sum()": (
            "All shares together sum to 1 now; each row must, so add up with axis=1."
        ),
        "_shares_of(np.exp(np.where(np.tri(len(scores), dtype=bool), scores, -np.inf)))": (
            "The mask is right, but np.exp of a score above 709 is inf: subtract the largest of "
            "each row before it."
        ),
        "_shares_of(np.tril(_shares(scores)))": (
            "The largest score of the row is a hidden one, and beside it exp of the others is 0: "
            "put -np.inf there first, and then subtract the largest."
        ),
        "_shares(np.where(np.tri(len(scores), dtype=bool), scores, -100))": (
            "Real scores can be lower than any number that you choose to hide the others; only "
            "-np.inf is below all."
        ),
        "_exps(np.where(np.tri(len(scores), dtype=bool), scores, -np.inf))": (
            "The mask is right, and the exponentials too; now divide each row by its sum."
        ),
        "_shares(np.where(np.tri(len(scores), k=1, dtype=bool), scores, -np.inf))": (
            "Row i still looks at column i + 1, one too many."
        ),
        "_shares(np.where(np.tri(len(scores), dtype=bool), scores, -1))": (
            "A score of -1 still gets a share, since exp(-1) is not 0; put -np.inf there."
        ),
        "_whole_table(np.where(np.tri(len(scores), dtype=bool), scores, -np.inf))": (
            "The mask is right; but all rows together sum to 1, where each should: sum with "
            "axis=1 and keepdims=True."
        ),
    },
    why="exp(-inf) is 0: what comes later gets no share and adds nothing to the sum of its row.",
)


def _before(scores):
    """Tell what stands before the diagonal, and the first entry, lest the first row be empty."""
    before = np.tri(len(scores), k=-1, dtype=bool)
    before[0, 0] = True
    return before


WORDS_THAT_WIN = Prediction(
    "Turn the query once all the way round. How many of the five words get the largest share at "
    "some angle?",
    {
        "all five: each when the query points at it": (
            "So it would be for keys of one length. But the key of crane lies inside the shape "
            "that the other four span, and even a query along it scores steel and fish higher."
        ),
        "four": (
            "Crane never wins: its key is inside the hull of the others, so its score is a "
            "weighted average of theirs at every angle, and that is never above the largest of "
            "them."
        ),
        "two: those with the longest keys": (
            "Steel and fish are the longest, and length helps. But a query on the far side of them "
            "has negative scores with both, and there lifts and eats win."
        ),
    },
    answer="four",
)
