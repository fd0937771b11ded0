"""Your turn in the section "Feature selection and decision trees"."""

import numpy as np

from ...information_theory import entropy, information_gain
from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def gain_of_split(left, right):
    """Gain in bits of a split, from how many of each class go left and right; no side empty."""

    def bits(counts):  # to write down all labels of a group
        shares = counts[counts > 0] / counts.sum()
        return -counts.sum() * np.sum(shares * np.log2(shares))

    return (bits(left + right) - bits(left) - bits(right)) / np.sum(left + right)


def _side(counts):
    return entropy(counts / counts.sum())


def _gini(counts):
    return 1 - np.sum((counts / counts.sum()) ** 2)


GAIN_OF_SPLIT = Exercise(
    gain_of_split,
    cases=(
        (np.array([3, 0, 1]), np.array([1, 5, 3])),
        (np.array([1, 0]), np.array([1, 2])),
        (np.array([4, 0]), np.array([2, 2])),
        (np.array([3, 0]), np.array([0, 5])),
        (np.array([2, 2]), np.array([3, 3])),
        (np.array([1, 0]), np.array([5, 9])),
        (np.array([0, 1, 1]), np.array([6, 0, 2])),
        (np.array([151, 64, 2]), np.array([0, 4, 121])),
        (np.array([7]), np.array([2])),
        (np.array([6, 9, 1])[::2], np.array([2, 9, 5])[::2]),
        (np.array([5, 0, 2, 1, 0]), np.array([1, 3, 0, 4, 2])),
    ),
    hints=(
        "Put both sides together: how uncertain is the class before the split?",
        "left / left.sum() are the shares on the left, and entropy of them is what is left to "
        "ask there. Which weight does each side get?",
        "entropy of (left + right) / n, minus left.sum() / n times the entropy of the left, "
        "minus right.sum() / n times that of the right.",
    ),
    mistakes={
        "_side(left + right) - (_side(left) + _side(right)) / 2": (
            "You take both sides as equally large; weight each entropy with its share of the rows."
        ),
        "_side(left + right) - gain_of_split(left, right)": (
            "That is the entropy that remains; the gain is the entropy before minus that."
        ),
        "_side(left + right) - _side(left) - _side(right)": (
            "Weight the entropy of each side with its share of the rows."
        ),
        "gain_of_split(left, right) * np.log(2)": "That is in nats; entropy gives bits by default.",
        "-gain_of_split(left, right)": "The sign is wrong: before minus after.",
        "_side(left + right)": (
            "That is the entropy before the split; subtract what remains after it."
        ),
        "_side(np.array([left.sum(), right.sum()]))": (
            "That is the entropy of the sides, not of the classes."
        ),
        "_side(left + right) * (left + right).sum() - _side(left) * left.sum() - _side(right) "
        "* right.sum()": "That is the gain of all rows together; divide by their number.",
        "1 - _side(left + right) + gain_of_split(left, right)": (
            "Before the split the entropy is 1 bit only for two classes of equal size; compute it "
            "from left + right."
        ),
        "_gini(left + right) - (left.sum() * _gini(left) + right.sum() * _gini(right)) / "
        "np.sum(left + right)": (
            "That is the gain in Gini impurity; here it is counted in bits of entropy."
        ),
        "_side(left + right) - left.sum() / np.sum(left + right) * _side(left)": (
            "What remains on the right has not been subtracted."
        ),
        "_side(left + right) - left.sum() / np.sum(left + right) * _side(left) + right.sum() / "
        "np.sum(left + right) * _side(right)": (
            "What remains on the right is added; subtract it too, or put brackets around both."
        ),
        "information_gain(left, right)": (
            "information_gain takes a feature and labels with one entry a row; left and right are "
            "counts."
        ),
    },
    why=(
        "The count times the entropy is what all labels of a group cost in bits; what the two "
        "sides together cost less than the whole, for each label, is the gain."
    ),
)


def best_feature(X, labels):
    """Position of the column of X with the largest gain, the first one if several tie."""
    gains = [information_gain(X[:, j], labels) for j in range(X.shape[1])]
    return np.argmax(gains)


def _gains(X, labels):
    return np.array([information_gain(column, labels) for column in X.T])


def _gain_ratios(X, labels):
    spreads = [entropy(np.unique(c, return_counts=True)[1] / len(c)) for c in X.T]
    return _gains(X, labels) / np.maximum(spreads, 1e-12)


def _random_table(seed):
    """Return eight rows of four columns that follow the label more or less often."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 2, size=8)
    follows = rng.random((8, 4)) < rng.random(4)
    return np.where(follows, labels[:, np.newaxis], rng.integers(0, 3, size=(8, 4))), labels


BEST_FEATURE = Exercise(
    best_feature,
    cases=(
        (
            np.array([[5, 0, 0, 7], [5, 1, 1, 7], [5, 0, 2, 8], [5, 1, 0, 8], [5, 0, 2, 8]]),
            np.array([0, 0, 1, 1, 1]),
        ),
        (np.array([[0, 3], [0, 1], [0, 4], [1, 0], [1, 2]]), np.array([0, 0, 1, 1, 1])),  # ids
        (np.array([[1, 4], [2, 3]]), np.array([0, 1])),
        (np.array([[1], [1], [1]]), np.array([0, 1, 0])),
        (np.array([[3]]), np.array([1])),
        (np.array([[0, 0, 1], [0, 1, 1], [1, 1, 0]]), np.array([0, 1, 1])),
        (np.array([[1, 8, 2, 8, 2], [1, 9, 3, 9, 2]])[:, ::2], np.array([1, 0])),
        (  # impurity, gain ratio, gain by the number of values and hits choose another column
            np.array(
                [[1, 0, 0, 1, 0, 0, 1, 0], [2, 2, 1, 1, 1, 2, 2, 2], [1, 2, 0, 1, 1, 0, 1, 2]]
            ).T,
            np.array([0, 1, 1, 0, 1, 1, 1, 0]),
        ),
        (
            np.array(
                [[1, 1, 2, 1, 1, 1, 2, 2], [1, 2, 0, 0, 1, 2, 0, 2], [0, 1, 0, 0, 1, 0, 2, 2]]
            ).T,
            np.array([1, 1, 1, 0, 1, 0, 1, 1]),
        ),
        (
            np.array([[0, 1, 0, 1, 1, 0, 1, 1], [4, 0, 6, 2, 7, 1, 5, 3]]).T,
            np.array([0, 1, 0, 1, 1, 0, 0, 1]),
        ),
        *(_random_table(seed) for seed in (1, 3, 5, 9)),  # no ties, which rounding would break
    ),
    hints=(
        "information_gain(column, labels) measures one column. How do you get the gains of all?",
        "Make a list of the gains, one for each column X[:, j]. Which position holds the largest?",
        "np.argmax of that list; of equal entries it takes the first.",
    ),
    mistakes={
        "_gains(X, labels).max()": "That is the largest gain itself; its position is asked for.",
        "np.argmin(_gains(X, labels))": "That is the column of least gain.",
        "np.argmax([len(set(column)) for column in X.T])": (
            "That is the column with most different values; it need not tell most of the labels."
        ),
        "X.shape[1] - 1 - np.argmax(_gains(X, labels)[::-1])": (
            "Of several equal gains you take the last; the first is asked for."
        ),
        "best_feature(X, labels) + 1": "Positions begin at 0.",
        _gains: "Those are all the gains; return the position of the largest.",
        "np.argmax(_gain_ratios(X, labels))": (
            "Another column has the larger gain: it is asked for as it is, not divided by the "
            "number of values or their entropy, as a gain ratio does."
        ),
    },
    why=(
        "np.argmax gives the position of the largest entry and, if several are largest, the first "
        "of them."
    ),
)

BEST_MEASUREMENT = Prediction(
    "You may ask one question of the kind “at most so much?” about one measurement of a penguin. "
    "Of which measurement can it tell you most about the species?",
    {
        "bill length": (
            "It comes second, with 0.711 bits at the best stop of the slider: it sets the Adelies "
            "apart from most others. The flippers set the Gentoos apart with fewer mistakes, 0.811 "
            "bits."
        ),
        "bill depth": (
            "It sees the Gentoos, whose bills are slender, with 0.693 bits. The flippers see the "
            "same birds with fewer mistakes, 0.811 bits."
        ),
        "flipper length": (
            "A cut near 206 mm leaves the Gentoos on one side and the two others on the other, all "
            "but eight birds: 0.811 of the 1.515 bits."
        ),
        "body mass": (
            "Gentoos are the heaviest, but a heavy Adelie and a light Gentoo weigh the same: 0.561 "
            "bits, the least of the four. Flippers overlap less."
        ),
    },
    answer="flipper length",
)

FEWER_MEMBERS = Prediction(
    "Grown from 300 members, a tree knows all or nearly all of them by heart after six to eight "
    "questions. How many does it need if it has only 50 to learn from?",
    {
        "more: it has less to go by": (
            "It has less to learn, but also less to tell apart: among 50 members few contradict "
            "the first question, and one to three more sort those out."
        ),
        "about as many: the votes are the same": (
            "The votes are, the members to be told apart are not. Most follow the first question; "
            "the few of 50 that do not are sorted out by one to three more."
        ),
        "fewer: two to four": (
            "To know them by heart it has to sort out those who contradict the first question, and "
            "among 50 they are few. By heart is not understood: see those held out."
        ),
    },
    answer="fewer: two to four",
)
