"""Surprise and entropy: answers found a second way, other right ones, wrong ones."""

import itertools

import pytest
from scipy import stats

from exercises.learner import answers

OTHER_WAYS = {
    "die_entropy": [
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
