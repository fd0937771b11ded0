"""Cross-entropy and divergence: answers found a second way, other right ones, wrong ones."""

import math

import pytest
from scipy import stats

from exercises.learner import answers

OTHER_WAYS = {
    "kl_of_coins": [
        "from scipy.special import rel_entr\n"
        "return (rel_entr(p, q) + rel_entr(1 - p, 1 - q)) / np.log(2)",
        "import math\nreturn sum(a * math.log2(a / b) for a, b in [(p, q), (1 - p, 1 - q)] if a)",
    ],
    "impossible_outcomes": [
        "return np.flatnonzero((p > 0) & (q == 0))",
        "return [i for i in range(len(p)) if p[i] > 0 and q[i] == 0]",
        "return np.where(p * (q == 0))[0]",
    ],
}

WRONG_WAYS = [
    (
        "kl_of_coins",
        "if p in (0, 1):\n    return 0\n"
        "return p * np.log2(p / q) + (1 - p) * np.log2((1 - p) / (1 - q))",
        "a model that doubts it",
    ),
    (
        "kl_of_coins",
        "return p * np.log2((p + 1e-09) / (q + 1e-09)) + (1 - p) * np.log2((1 - p + "
        "1e-09) / (1 - q + 1e-09))",
        "Here q is below 1e-9,",
    ),
    (
        "kl_of_coins",
        "return p * np.log2(np.float64(p) / q) + 1 - p * np.log2(np.float64(1 - p) / (1 - q))",
        "The brackets around 1 -",
    ),
    (
        "kl_of_coins",
        "return p * np.log2(np.float64(p) / q) + (1 - p) * np.log2(np.float64(1) - p / 1 - q)",
        "1 - p / 1",
    ),
    (
        "kl_of_coins",
        "e = 1e-12\n"
        "return p * np.log2((p + e) / (q + e)) + (1 - p) * np.log2((1 - p + e) / (1 "
        "- q + e))",
        "Here q is smaller than",
    ),
]

NOT_SAID = [
    ("kl_of_coins", "return abs(p - q)", "cross-entropy"),
    ("impossible_outcomes", "return [0, 2]", "That"),
    ("impossible_outcomes", "return [0]", "return inside the loop"),
]


def test_the_divergence_of_coins_is_scipys():
    for bits, (p, q) in answers("kl_of_coins"):
        expected = stats.entropy([p, 1 - p], [q, 1 - q], base=2)
        assert bits == pytest.approx(expected, abs=1e-12)
        assert 0 < q < 1


def test_a_divergence_is_infinite_exactly_where_an_outcome_is_impossible():
    for positions, (p, q) in answers("impossible_outcomes"):
        assert p.sum() == pytest.approx(1)
        assert q.sum() == pytest.approx(1)
        assert (stats.entropy(p, q) == math.inf) == (len(positions) > 0)
