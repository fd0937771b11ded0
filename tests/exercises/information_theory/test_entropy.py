"""Surprise and entropy: answers found a second way, other right ones, wrong ones."""

import itertools

import numpy as np
import pytest
from scipy import stats

from exercises.learner import answers
from mlmath_helpers.information_theory import surprise

OTHER_WAYS = {
    "die_entropy": [
        "rolls = np.repeat(np.arange(len(counts)), counts)\nreturn information_gain(rolls, rolls)",
        "from fractions import Fraction\nfrom math import log2\n"
        "p = [Fraction(int(c), int(sum(counts))) for c in counts if c]\n"
        "return -sum(x * log2(x) for x in p)",
        "from scipy import stats\nreturn stats.entropy(counts, base=2)",
        "import math\nn = sum(counts)\n"
        "return sum(c / n * math.log2(n / c) for c in counts if c > 0)",
        "p = counts / counts.sum()\nreturn np.sum(p * np.log2(1 / np.where(p > 0, p, 1)))",
    ],
    "twenty_questions": [
        "return (n - 1).bit_length()",
        "import math\nreturn math.ceil(math.log2(n))",
        "return np.ceil(np.log2(n))",
        "return 0 if n == 1 else 1 + twenty_questions((n + 1) // 2)",
    ],
}

WRONG_WAYS = [
    ("twenty_questions", "return np.log(n)", "take np.log2 and round it up"),
    (
        "die_entropy",
        "p = counts / counts.sum()\n"
        "h = 0\n"
        "for x in p:\n"
        "    if x > 0:\n"
        "        h -= x * np.log2(x)\n"
        "    return h",
        "Only the first face counts",
    ),
    (
        "die_entropy",
        "p = counts / counts.sum()\n"
        "h = 0\n"
        "for x in p:\n"
        "    if x > 0:\n"
        "        h = -x * np.log2(x)\n"
        "return h",
        "Only the last face that",
    ),
]

NOT_SAID = [
    ("twenty_questions", "return max(1, int(np.ceil(np.log2(n))))", "how many halvings"),
    ("twenty_questions", "return 6", "a power of 2"),
    ("die_entropy", "return 1.875", "That"),
    ("die_entropy", "return np.sum(counts * np.inf * 0)", "A face that never came"),
]

EQUIVALENT = {
    "twenty_questions": {
        "k = -1": "half is less than every n, so that k is 0 before it counts",
    },
}


def test_the_entropy_of_a_die_is_that_of_its_frequencies():
    for bits, (counts,) in answers("die_entropy"):
        assert bits == pytest.approx(stats.entropy(counts, base=2), abs=1e-12)


def test_the_answers_to_the_questions_tell_n_things_apart_and_one_question_less_does_not():
    for k, (n,) in answers("twenty_questions"):
        assert 2**k >= n
        assert k == 0 or 2 ** (k - 1) < n
        if k < 11:
            assert len(list(itertools.product("ny", repeat=k))) >= n


def rarer_tails():
    """Compare the areas of a tower before and after it gets narrower."""
    before, after = (share * surprise(share) for share in (0.1, 0.05))
    if abs(after - before) < 1e-3:
        return "it stays: rarer, but more surprising"
    return "it shrinks" if after < before else "it grows: tails is more surprising now"


def highest_block():
    """Look for the probability whose block is highest."""
    shares = np.linspace(0.001, 1, 1000)
    highest = shares[np.argmax([share * surprise(share) for share in shares])]
    told = {
        0.02: "near 0: what is rare surprises most",
        0.36: "a little more than a third",
        0.5: "one half, as of the fair coin",
        0.98: "near 1: what comes most often counts most",
    }
    return told[min(told, key=lambda share: abs(share - highest))]


PREDICTED = {"rarer_tails": rarer_tails, "highest_block": highest_block}
