"""Cross-entropy and divergence: answers found a second way, other right ones, wrong ones."""

import math

import numpy as np
import pytest
from scipy import stats

from exercises.learner import answers
from mlmath_helpers.information_theory import kl_divergence
from mlmath_helpers.probability import Normal

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


def best_forward_fit():
    """Look for the normal that is nearest to two peaks, forward."""
    x = np.linspace(-19, 19, 1521)

    def cells(mean, width):
        density = Normal(mean, width).pdf(x)
        return density / density.sum()

    p = (cells(-2.5, 0.75) + cells(2.5, 0.75)) / 2
    fits = [(mean, width) for mean in np.arange(-3, 3.1, 0.5) for width in np.arange(0.6, 3.3, 0.1)]
    mean, width = min(fits, key=lambda fit: kl_divergence(p, cells(*fit)))
    if abs(mean) > 1:
        return "onto one of the peaks"
    if width < 2:
        return "to the middle, and narrow"
    return "to the middle, and wide"


PREDICTED = {"best_forward_fit": best_forward_fit}
