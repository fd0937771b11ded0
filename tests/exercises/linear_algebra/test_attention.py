"""Attention: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest
from scipy import special

from exercises.learner import answers
from mlmath_helpers.linear_algebra import attention

OTHER_WAYS = {
    "attention_weights": [
        "scores = Q @ K.T / Q.shape[1] ** 0.5\n"
        "e = np.exp(scores - np.max(scores, axis=1)[:, None])\n"
        "return (e.T / e.sum(axis=1)).T",
        "rows = []\nfor q in Q:\n    s = K @ q / np.sqrt(len(q))\n"
        "    e = np.exp(s - max(s))\n    rows.append(e / sum(e))\nreturn rows",
        "from scipy.special import softmax\nreturn softmax(Q @ K.T / np.sqrt(K.shape[1]), axis=1)",
    ],
    "causal_weights": [
        "n = len(scores)\nW = np.zeros((n, n))\nfor i in range(n):\n"
        "    e = np.exp(scores[i, : i + 1] - scores[i, : i + 1].max())\n"
        "    W[i, : i + 1] = e / e.sum()\nreturn W",
        "from scipy.special import softmax\n"
        "return softmax(scores + np.triu(np.full(scores.shape, -np.inf), 1), axis=1)",
        "S = scores.astype(float)\nS[np.triu_indices(len(S), 1)] = -np.inf\n"
        "E = np.exp(S - S.max(axis=1)[:, None])\nreturn E / E.sum(axis=1)[:, None]",
    ],
}

WRONG_WAYS = [
    ("attention_weights", "e = np.exp(Q @ K.T)\nreturn e / e.sum(axis=1)", "operands could not"),
    (
        "attention_weights",
        "s = Q @ K.T / np.sqrt(len(K))\ne = np.exp(s - s.max(axis=1, keepdims=True))\n"
        "return e / e.sum(axis=1, keepdims=True)",
        "the number of entries of a key",
    ),
    (
        "attention_weights",
        "s = Q @ K.T / np.sqrt(Q.shape[1])\ne = np.exp(s - s.max(axis=1)[:, None])\n"
        "return e / np.sum(e)",
        "The whole table sums to 1",
    ),
    ("causal_weights", "e = np.tril(np.exp(scores))\nreturn e / np.sum(e)", "must, so add up"),
    (
        "causal_weights",
        "e = np.exp(scores - scores.max())\nreturn np.tril(e / e.sum(axis=1, keepdims=True))",
        "mask the scores",
    ),
    (
        "causal_weights",
        "e = np.exp(np.tril(scores))\nreturn e / e.sum(axis=1)[:, None]",
        "A score of 0 is not nothing",
    ),
    (
        "attention_weights",
        "s = Q @ K.T / Q.shape[1] ** 1 / 2\n"
        "e = np.exp(s - s.max(axis=1, keepdims=True))\n"
        "return e / e.sum(axis=1, keepdims=True)",
        "You divided by 2 d,",
    ),
    (
        "causal_weights",
        "s = np.where(np.tri(len(scores), dtype=bool), scores, -np.inf)\n"
        "e = np.exp(s - s.max(axis=1, keepdims=True))\n"
        "return e / e.sum()",
        "The mask is right; but",
    ),
]

NOT_SAID = [
    (
        "causal_weights",
        "hidden = np.tri(len(scores), k=1, dtype=bool)\n"
        "e = np.exp(np.where(hidden, scores - scores.max(axis=1, keepdims=True), -np.inf))\n"
        "return e / e.sum(axis=1, keepdims=True)",
        "Each row still looks at all columns",
    ),
    ("attention_weights", "return np.full((len(Q), len(K)), 1 / len(K))", "the root of d"),
]

EQUIVALENT = {
    "causal_weights": {
        "scores = np.where(np.tri(len(scores)), scores, -np.inf)": "1 and 0 are true and false",
    },
}


def test_attention_weights_are_those_of_the_course():
    for weights, (Q, K) in answers("attention_weights"):
        expected = attention(Q, K, np.ones((len(K), 1))).weights
        assert weights == pytest.approx(expected, abs=1e-14)


def test_causal_weights_are_as_if_the_text_ended_at_each_word():
    for weights, (scores,) in answers("causal_weights"):
        for i, row in enumerate(weights):
            assert row[: i + 1] == pytest.approx(special.softmax(scores[i, : i + 1]), abs=1e-14)
            assert not row[i + 1 :].any()


def _words_that_win():
    lengths_and_angles = [(2, 33), (2.8, 108), (3, 70), (2.8, -42), (3, -4)]
    keys = np.array(
        [[r * np.cos(np.radians(t)), r * np.sin(np.radians(t))] for r, t in lengths_and_angles]
    )
    around = np.radians(np.arange(0, 360, 0.25))
    queries = 1.6 * np.column_stack([np.cos(around), np.sin(around)])
    winners = set(attention(queries, keys, keys).weights.argmax(axis=1).tolist())
    return {
        5: "all five: each when the query points at it",
        4: "four",
        2: "two: those with the longest keys",
    }[len(winners)]


PREDICTED = {"words_that_win": _words_that_win}
