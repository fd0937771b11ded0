"""Your turn in chapter 5: the reference answers, and what goes wrong on the way to them.

Each section of the file is an exercise: the reference, its cases, and then the exercise with
its hints and known mistakes. The first case is small and tells the mistakes apart.
"""

import numpy as np

from ..information_theory import entropy, information_gain
from .exercise import Exercise, Mistake, by_name

# --- Surprise and entropy -----------------------------------------------------------------


def die_entropy(counts):
    """Entropy in bits of a die that showed face i counts[i] times; some counts may be 0."""
    p = counts[counts > 0] / counts.sum()
    return -np.sum(p * np.log2(p))


DIE_ENTROPY = Exercise(
    die_entropy,
    cases=(
        (np.array([2, 1, 1, 0, 0, 0]),),
        (np.array([1, 1, 1, 1, 1, 1]),),
        (np.array([0, 0, 7, 0, 0, 0]),),
        (np.array([10, 9, 12, 11, 8, 10]),),
        (np.array([100, 1, 1, 1, 1, 1]),),
        (np.array([3, 1]),),
        (np.array([5]),),
        (np.array([4.0, 2.0, 1.0, 0.0, 1.0])[::2],),
        (np.arange(20),),
    ),
    hints=(
        "Entropy wants probabilities. What share of all rolls does each face have?",
        "p = counts / counts.sum(); a face of share p surprises by -np.log2(p). Average that: "
        "how often does each surprise occur?",
        "Drop the faces that never came first, p = p[p > 0], since np.log2(0) is -inf; "
        "then return -np.sum(p * np.log2(p)).",
    ),
    mistakes=(
        Mistake(
            lambda counts: -np.sum(counts / counts.sum() * np.log2(counts / counts.sum())),
            "A face that never came gives 0 times -inf, which is nan. It adds nothing to the "
            "average: leave out the faces with count 0.",
        ),
        Mistake(
            lambda counts: die_entropy(counts) * np.log(2),
            "That is in nats, by the natural logarithm; np.log2 gives bits.",
        ),
        Mistake(
            lambda counts: -die_entropy(counts),
            "The sign is wrong: the logarithm of a share is negative, the surprise is minus that.",
        ),
        Mistake(
            lambda counts: np.log2(len(counts)),
            "That is the entropy of a fair die; use the shares of the faces.",
        ),
        Mistake(
            lambda counts: np.mean(-np.log2(counts[counts > 0] / counts.sum())),
            "That averages the surprises as if each face came equally often; weight each "
            "surprise with the face's share.",
        ),
        Mistake(
            lambda counts: np.sum(-np.log2(counts[counts > 0] / counts.sum())),
            "That adds the surprises; weight each with the face's share before you add.",
        ),
        Mistake(
            lambda counts: -np.sum(counts[counts > 0] * np.log2(counts[counts > 0])),
            "Those are counts, not probabilities: divide by their sum first.",
        ),
        Mistake(
            lambda counts: -np.sum(counts[counts > 0] * np.log2(counts[counts > 0] / counts.sum())),
            "That is the surprise of all rolls together; divide by the number of rolls.",
        ),
        Mistake(
            lambda counts: np.log2(np.count_nonzero(counts)),
            "That takes the faces that came as equally likely; use their shares.",
        ),
    ),
)


def twenty_questions(n):
    """Fewest yes-or-no questions that always tell n things apart, a whole number."""
    k = 0
    while 2**k < n:
        k += 1
    return k


TWENTY_QUESTIONS = Exercise(
    twenty_questions,
    cases=((20,), (8,), (1,), (2,), (3,), (1000,), (1024,), (1025,), (10**6,), (2**30 + 1,)),
    hints=(
        "How many different lists of answers can k questions get?",
        "k questions get 2**k lists of answers. You need 2**k >= n. What is the smallest such k?",
        "Start with k = 0, and while 2**k < n, add 1. (Or round np.log2(n) up.)",
    ),
    mistakes=(
        Mistake(
            lambda n: np.log2(n),
            "That is the entropy. You cannot ask a part of a question: round up.",
        ),
        Mistake(
            lambda n: int(np.log2(n)),
            "k questions tell at most 2**k things apart. Round the logarithm up, neither down nor "
            "to the nearest: a part of a question is a whole one more.",
        ),
        Mistake(
            lambda n: int(np.log2(n)) + 1,
            "That is one too many where n is a power of 2: three questions tell 8 things apart.",
        ),
        Mistake(
            lambda n: n - 1,
            "That asks about one thing after the other. Ask about half of those left.",
        ),
        Mistake(
            lambda n: n // 2,
            "Each question leaves half of the things: count how often you can halve.",
        ),
        Mistake(
            lambda n: int(np.ceil(np.log(n))),
            "A yes or no halves: the logarithm is the one to base 2.",
        ),
        Mistake(
            lambda n: np.log(n),
            "That is the natural logarithm; a yes or no halves, so take np.log2 and round it up.",
        ),
        Mistake(
            lambda n: int(np.ceil(np.sqrt(n))),
            "Each question can halve what is left; how many halvings lead from n to 1?",
        ),
    ),
)


# --- Cross-entropy and KL -----------------------------------------------------------------


def kl_of_coins(p, q):
    """D(p||q) in bits of coins with probabilities p and q of heads; p may be 0 or 1, q not."""
    heads = p * np.log2(p / q) if p > 0 else 0.0
    tails = (1 - p) * np.log2((1 - p) / (1 - q)) if p < 1 else 0.0
    return heads + tails


def _coins_without_limits(p, q):
    return p * np.log2(np.float64(p) / q) + (1 - p) * np.log2(np.float64(1 - p) / (1 - q))


def _entropy_of_coin(p):
    return entropy([p, 1 - p])


KL_OF_COINS = Exercise(
    kl_of_coins,
    cases=(
        (0.5, 0.25),
        (0.9, 0.5),
        (0, 0.5),
        (1, 0.125),
        (0.3, 0.3),
        (0.01, 0.99),
        (0.5, 0.001),
        (0.999, 0.9),
    ),
    hints=(
        "A coin has two outcomes. Which terms does the sum of p_i log2(p_i / q_i) have?",
        "Heads gives p log2(p / q). Tails has the probabilities 1 - p and 1 - q.",
        "Add p * np.log2(p / q) and (1 - p) * np.log2((1 - p) / (1 - q)); where p is 0 or 1, "
        "the term of what never happens is 0.",
    ),
    mistakes=(
        Mistake(
            lambda p, q: _coins_without_limits(q, p),
            "That is D(q||p). In D(p||q) the average is taken over p, which stands in front.",
        ),
        Mistake(
            lambda p, q: p * np.log2(np.float64(p) / q),
            "That is the term of heads only; tails adds (1 - p) log2((1 - p) / (1 - q)).",
        ),
        Mistake(
            _coins_without_limits,
            "0 times log2(0) is nan for the computer; what never happens (p = 0, or 1 - p = 0) "
            "adds 0. Treat it apart.",
        ),
        Mistake(
            lambda p, q: kl_of_coins(p, q) * np.log(2),
            "Those are nats; in bits each logarithm is np.log2.",
        ),
        Mistake(
            lambda p, q: -kl_of_coins(p, q),
            "The sign is wrong: it is log2(p / q), and the divergence is never negative.",
        ),
        Mistake(
            lambda p, q: kl_of_coins(p, q) + _entropy_of_coin(p),
            "That is the cross-entropy; subtract the entropy of p.",
        ),
        Mistake(
            lambda p, q: _entropy_of_coin(q) - _entropy_of_coin(p),
            "A difference of two entropies is something else, and can be negative.",
        ),
        Mistake(
            lambda p, q: np.log2(np.float64(p) / q) + np.log2(np.float64(1 - p) / (1 - q)),
            "Each logarithm needs its weight: p for heads, 1 - p for tails.",
        ),
        Mistake(
            lambda p, q: kl_of_coins(p, q) if 0 < p < 1 else 0.0,
            "Only the term of what never happens is 0. What is certain is a surprise for a model "
            "that doubts it, and the term of that stays.",
        ),
    ),
)


def impossible_outcomes(p, q):
    """Positions of the outcomes that make D(p||q) infinite, in order; often there are none."""
    return np.flatnonzero(np.logical_and(p > 0, q == 0))


IMPOSSIBLE_OUTCOMES = Exercise(
    impossible_outcomes,
    cases=(
        (np.array([0.5, 0.5, 0.0, 0.0]), np.array([0.0, 0.25, 0.75, 0.0])),
        (np.array([0.5, 0.5]), np.array([0.5, 0.5])),
        (np.array([0.25, 0.75, 0.0]), np.array([0.0, 0.0, 1.0])),
        (np.array([1, 0]), np.array([0, 1])),
        (np.array([1.0]), np.array([1.0])),
        (np.array([1.0, 9.0, 0.0, 9.0])[::2], np.array([0.0, 9.0, 1.0, 9.0])[::2]),
        (np.array([0.0, 1.0, 0.0]), np.array([0.2, 0.6, 0.2])),
        (np.array([1e-12, 1.0 - 1e-12]), np.array([0.0, 1.0])),
        (np.array([1.0 - 1e-12, 1e-12]), np.array([1.0, 1e-12])),
        (np.arange(6.0) / 15, np.arange(5.0, -1.0, -1.0) / 15),
    ),
    hints=(
        "Which term of the sum of p_i log2(p_i / q_i) can be infinite?",
        "Where q_i = 0, you divide by 0. But what if p_i is 0 there too?",
        "np.flatnonzero(mask) gives the positions where a mask is true; combine the masks "
        "p > 0 and q == 0 by np.logical_and.",
    ),
    mistakes=(
        Mistake(
            lambda p, q: np.flatnonzero(q == 0),
            "Where p is 0 too, nothing is lost: what never happens costs nothing.",
        ),
        Mistake(
            lambda p, q: np.flatnonzero((p == 0) & (q > 0)),
            "That is where D(q||p) is infinite. In D(p||q) the model is q.",
        ),
        Mistake(
            lambda p, q: np.flatnonzero((p == 0) | (q == 0)),
            "A zero of p is harmless: what never happens costs nothing. Only a zero of q where "
            "p is positive is not.",
        ),
        Mistake(
            lambda p, q: np.flatnonzero((p > 0) & (q < p)),
            "Where q is less than p the term is positive, but finite; only q = 0 is too little.",
        ),
        Mistake(
            lambda p, q: np.array(np.where((p > 0) & (q == 0))),
            "np.where gives a tuple with one array for each axis: take its first, [0], or use "
            "np.flatnonzero.",
        ),
        Mistake(
            lambda p, q: np.flatnonzero((p > 1e-9) & (q < 1e-9)),
            "Compare with 0 itself: what is ever so unlikely can still happen, and a model that "
            "calls it ever so unlikely pays a finite price.",
        ),
        Mistake(
            lambda p, q: p[(p > 0) & (q == 0)],
            "Those are the probabilities; give the positions, by np.flatnonzero.",
        ),
        Mistake(
            lambda p, q: np.count_nonzero((p > 0) & (q == 0)),
            "That is how many there are; give their positions, by np.flatnonzero.",
        ),
        Mistake(
            lambda p, q: np.flatnonzero((p > 0) & (q == 0)) + 1,
            "Positions are counted from 0.",
        ),
    ),
)


# --- Feature selection and decision trees -------------------------------------------------


def gain_of_split(left, right):
    """Gain in bits of a split, from how many of each class go left and right; no side empty."""

    def bits(counts):  # to write down all labels of a group
        shares = counts[counts > 0] / counts.sum()
        return -counts.sum() * np.sum(shares * np.log2(shares))

    return (bits(left + right) - bits(left) - bits(right)) / np.sum(left + right)


def _side(counts):
    return entropy(counts / counts.sum())


GAIN_OF_SPLIT = Exercise(
    gain_of_split,
    cases=(
        (np.array([1, 0]), np.array([1, 2])),
        (np.array([4, 0]), np.array([2, 2])),
        (np.array([3, 0]), np.array([0, 5])),
        (np.array([2, 2]), np.array([3, 3])),
        (np.array([1, 0]), np.array([5, 9])),
        (np.array([0, 1, 1]), np.array([6, 0, 2])),
        (np.array([151, 64, 2]), np.array([0, 4, 121])),
        (np.array([7]), np.array([2])),
        (np.array([6.0, 9.0, 1.0])[::2], np.array([2.0, 9.0, 5.0])[::2]),
    ),
    hints=(
        "Put both sides together: how uncertain is the class before the split?",
        "left / left.sum() are the shares on the left, and entropy of them is what is left to "
        "ask there. Which weight does each side get?",
        "entropy of (left + right) / n, minus left.sum() / n times the entropy of the left, "
        "minus right.sum() / n times that of the right.",
    ),
    mistakes=(
        Mistake(
            lambda left, right: _side(left + right) - (_side(left) + _side(right)) / 2,
            "You take both sides as equally large; weight each entropy with its share of the rows.",
        ),
        Mistake(
            lambda left, right: _side(left + right) - gain_of_split(left, right),
            "That is the entropy that remains; the gain is the entropy before minus that.",
        ),
        Mistake(
            lambda left, right: _side(left + right) - _side(left) - _side(right),
            "Weight the entropy of each side with its share of the rows.",
        ),
        Mistake(
            lambda left, right: gain_of_split(left, right) * np.log(2),
            "That is in nats; entropy gives bits by default.",
        ),
        Mistake(
            lambda left, right: -gain_of_split(left, right),
            "The sign is wrong: before minus after.",
        ),
        Mistake(
            lambda left, right: _side(left + right),
            "That is the entropy before the split; subtract what remains after it.",
        ),
        Mistake(
            lambda left, right: _side(np.array([left.sum(), right.sum()])),
            "That is the entropy of the sides, not of the classes.",
        ),
        Mistake(
            lambda left, right: (
                _side(left + right) * (left + right).sum()
                - _side(left) * left.sum()
                - _side(right) * right.sum()
            ),
            "That is the gain of all rows together; divide by their number.",
        ),
        Mistake(
            lambda left, right: 1 - _side(left + right) + gain_of_split(left, right),
            "Before the split the entropy is 1 bit only for two classes of equal size; compute it "
            "from left + right.",
        ),
    ),
)


def best_feature(X, labels):
    """Position of the column of X with the largest gain, the first one if several tie."""
    gains = [information_gain(X[:, j], labels) for j in range(X.shape[1])]
    return np.argmax(gains)


def _gains(X, labels):
    return np.array([information_gain(column, labels) for column in X.T])


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
        (np.array([[1, 4], [2, 3]]), np.array([0, 1])),
        (np.array([[1], [1], [1]]), np.array([0, 1, 0])),
        (np.array([[3]]), np.array([1])),
        (np.array([[0, 0, 1], [0, 1, 1], [1, 1, 0]]), np.array([0, 1, 1])),
        (np.array([[1, 8, 2, 8, 2], [1, 9, 3, 9, 2]])[:, ::2], np.array([1, 0])),
        *(_random_table(seed) for seed in (1, 3, 5, 9)),  # no ties, which rounding would break
    ),
    hints=(
        "information_gain(column, labels) measures one column. How do you get the gains of all?",
        "Make a list of the gains, one for each column X[:, j]. Which position holds the largest?",
        "np.argmax of that list; of equal entries it takes the first.",
    ),
    mistakes=(
        Mistake(
            lambda X, labels: _gains(X, labels).max(),
            "That is the largest gain itself; its position is asked for.",
        ),
        Mistake(
            lambda X, labels: np.argmin(_gains(X, labels)),
            "That is the column of least gain.",
        ),
        Mistake(
            lambda X, labels: np.argmax([len(set(column)) for column in X.T]),
            "That is the column with most different values; it need not tell most of the labels.",
        ),
        Mistake(
            lambda X, labels: X.shape[1] - 1 - np.argmax(_gains(X, labels)[::-1]),
            "Of several equal gains you take the last; the first is asked for.",
        ),
        Mistake(
            lambda X, labels: best_feature(X, labels) + 1,
            "Positions begin at 0.",
        ),
        Mistake(_gains, "Those are all the gains; return the position of the largest."),
    ),
)


EXERCISES = by_name(
    DIE_ENTROPY,
    TWENTY_QUESTIONS,
    KL_OF_COINS,
    IMPOSSIBLE_OUTCOMES,
    GAIN_OF_SPLIT,
    BEST_FEATURE,
)
