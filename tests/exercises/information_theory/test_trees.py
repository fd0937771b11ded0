"""Decision trees: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest
from scipy import stats

from exercises.learner import answers
from mlmath_helpers.datasets import load_house_votes, load_penguins
from mlmath_helpers.information_theory import DecisionTree

OTHER_WAYS = {
    "gain_of_split": [
        "side = np.repeat([0, 1], [left.sum(), right.sum()])\n"
        "classes = np.arange(len(left))\n"
        "labels = np.append(np.repeat(classes, left), np.repeat(classes, right))\n"
        "return information_gain(side, labels)",
        "from scipy.stats import entropy\nboth = left + right\n"
        "rest = sum(x.sum() * entropy(x, base=2) for x in (left, right)) / both.sum()\n"
        "return entropy(both, base=2) - rest",
        "from scipy.special import rel_entr\n"
        "table = np.array([left, right]) / (left + right).sum()\n"
        "alone = np.outer(table.sum(axis=1), table.sum(axis=0))\n"
        "return rel_entr(table, alone).sum() / np.log(2)",
    ],
    "best_feature": [
        "best, most = 0, -1\nfor j, column in enumerate(X.T):\n"
        "    gain = information_gain(column, labels)\n"
        "    if gain > most:\n        best, most = j, gain\nreturn best",
        "return max(range(X.shape[1]), key=lambda j: information_gain(X[:, j], labels))",
    ],
}

WRONG_WAYS = [
    (
        "gain_of_split",
        "from scipy.stats import entropy\nn = sum(left + right)\n"
        "return 1 - sum(entropy(x, base=2) * sum(x) / n for x in (left, right))",
        "two classes of equal size",
    ),
    (
        "gain_of_split",
        "from scipy.stats import entropy\nf = lambda c: entropy(c, base=2)\n"
        "n = sum(left + right)\n"
        "return f(left + right) - left.sum() / n * f(left) + right.sum() / n * f(right)",
        "What remains on the right is",
    ),
]

NOT_SAID = [
    ("best_feature", "return 0", "least gain"),
    (
        "best_feature",
        "best = -1\nfor j in range(X.shape[1]):\n"
        "    g = information_gain(X[:, j], labels)\n    if g > best:\n        best = g\n"
        "    return j",
        "least gain",
    ),
    (
        "best_feature",
        "return max(range(1, X.shape[1]), key=lambda j: information_gain(X[:, j], labels))",
        "Of several equal gains",
    ),
    ("gain_of_split", "return information_gain(left, right)", "entropy before the split"),
    ("gain_of_split", "return 0.0", "That is"),
]


def test_the_gain_is_the_divergence_of_the_table_from_independence():
    for gain, (left, right) in answers("gain_of_split"):
        table = np.array([left, right]) / np.sum(left + right)
        independent = np.outer(table.sum(axis=1), table.sum(axis=0))
        expected = stats.entropy(table.ravel(), independent.ravel(), base=2)
        assert gain == pytest.approx(expected, abs=1e-12)
        assert left.any()
        assert right.any()


def test_no_column_leaves_less_to_ask_than_the_best():
    for best, (X, labels) in answers("best_feature"):
        left = [
            sum(
                np.mean(x == value)
                * stats.entropy(np.unique(labels[x == value], return_counts=True)[1])
                for value in np.unique(x)
            )
            for x in X.T
        ]
        assert left[best] == pytest.approx(min(left), abs=1e-12)
        assert all(nats > left[best] + 1e-9 for nats in left[:best])
        others = [nats for nats in left[best + 1 :] if nats < left[best] + 1e-9]
        assert not others or left[best] == 0  # a tie that another right formula need not see


def best_measurement():
    """Return which measurement a tree asks for first."""
    penguins = load_penguins()
    measured = ~np.isnan(penguins.measurements).any(axis=1)
    columns = dict(zip(penguins.names, penguins.measurements[measured].T, strict=True))
    return DecisionTree(max_depth=1).fit(columns, penguins.species[measured]).root.split.feature


def fewer_members():
    """Count the questions until ten trees of 50 members, and ten of 300, know them by heart."""
    votes, party = load_house_votes()
    rng = np.random.default_rng(0)
    needed = {50: [], 300: []}
    for _ in range(10):
        pool = rng.permutation(len(party))[135:]
        for size, depths in needed.items():
            rows = pool[:size]
            seen = {name: column[rows] for name, column in votes.items()}
            tree = DecisionTree().fit(seen, party[rows])
            by_heart = tree.accuracy(seen, party[rows])
            right = [tree.accuracy(seen, party[rows], max_depth=d) for d in range(tree.depth + 1)]
            depths.append(right.index(by_heart))
    few, many = needed.values()
    if max(few) < min(many) and (min(few), max(few)) == (2, 4):
        return "fewer: two to four"
    if min(few) > max(many):
        return "more: it has less to go by"
    return "about as many: the votes are the same"


PREDICTED = {"best_measurement": best_measurement, "fewer_members": fewer_members}
