"""Your turn in the section "Surprise and entropy"."""

import numpy as np

from ...information_theory import entropy
from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def die_entropy(counts):
    """Entropy in bits of a die that showed face i counts[i] times; some counts may be 0."""
    p = counts[counts > 0] / counts.sum()
    return -np.sum(p * np.log2(p))


def _entropy_of_counts(counts):
    return entropy(counts)


def _until_a_face_that_never_came(counts):
    seen = counts[: np.argmin(counts)] if (counts == 0).any() else counts
    return -np.sum(seen / counts.sum() * np.log2(seen / counts.sum()))


def _of_the_last_face(counts):
    p = counts[np.flatnonzero(counts)[-1]] / counts.sum()
    return -p * np.log2(p)


DIE_ENTROPY = Exercise(
    die_entropy,
    cases=(
        (np.array([8, 4, 2, 0, 1, 1]),),
        (np.array([2, 1, 1, 0, 0, 0]),),
        (np.array([1, 1, 1, 1, 1, 1]),),
        (np.array([0, 0, 7, 0, 0, 0]),),
        (np.array([10, 9, 12, 11, 8, 10]),),
        (np.array([100, 1, 1, 1, 1, 1]),),
        (np.array([3, 1]),),
        (np.array([5]),),
        (np.array([4, 2, 1, 0, 1])[::2],),
        (np.arange(20),),
    ),
    hints=(
        "Entropy wants probabilities. What share of all rolls does each face have?",
        "p = counts / counts.sum(); a face of share p surprises by -np.log2(p). Average that: "
        "how often does each surprise occur?",
        "Drop the faces that never came first, p = p[p > 0], since np.log2(0) is -inf; "
        "then return -np.sum(p * np.log2(p)).",
    ),
    mistakes={
        "-np.sum(counts / counts.sum() * np.log2(counts / counts.sum()))": (
            "A face that never came gives 0 times -inf, which is nan. It adds nothing to the "
            "average: leave out the faces with count 0."
        ),
        "die_entropy(counts) * np.log(2)": (
            "That is in nats, by the natural logarithm; np.log2 gives bits."
        ),
        "-die_entropy(counts)": (
            "The sign is wrong: the logarithm of a share is negative, the surprise is minus that."
        ),
        "np.log2(len(counts))": "That is the entropy of a fair die; use the shares of the faces.",
        "np.mean(-np.log2(counts[counts > 0] / counts.sum()))": (
            "That averages the surprises as if each face came equally often; weight each "
            "surprise with the face's share."
        ),
        "np.sum(-np.log2(counts[counts > 0] / counts.sum()))": (
            "That adds the surprises; weight each with the face's share before you add."
        ),
        "-np.sum(counts[counts > 0] * np.log2(counts[counts > 0]))": (
            "Those are counts, not probabilities: divide by their sum first."
        ),
        "-np.sum(counts[counts > 0] * np.log2(counts[counts > 0] / counts.sum()))": (
            "That is the surprise of all rolls together; divide by the number of rolls."
        ),
        "np.log2(np.count_nonzero(counts))": (
            "That takes the faces that came as equally likely; use their shares."
        ),
        _entropy_of_counts: (
            "entropy takes probabilities, which sum to 1: divide the counts by their sum first."
        ),
        "-np.mean(counts[counts > 0] / counts.sum() * np.log2(counts[counts > 0] / "
        "counts.sum()))": (
            "Weighted by the shares, the surprises are to be added; their mean divides once too "
            "often."
        ),
        "-np.sum(counts[counts > 0] / counts.max() * np.log2(counts[counts > 0] / counts.max()))": (
            "You divide by the largest count; shares are counts over the sum of all."
        ),
        "-np.sum(counts[counts > 0] / len(counts) * np.log2(counts[counts > 0] / len(counts)))": (
            "You divide by the number of faces; shares are counts over the number of rolls."
        ),
        "1 - np.sum((counts / counts.sum()) ** 2)": (
            "That is the Gini impurity; entropy averages the surprise, -log2 of the share."
        ),
        _until_a_face_that_never_came: (
            "The loop ends at the first face that never came; continue skips it, break ends the "
            "loop."
        ),
        "-counts[0] / counts.sum() * np.log2(counts[0] / counts.sum()) if counts[0] else 0.0": (
            "Only the first face counts there; a return inside the loop ends it after one turn."
        ),
        _of_the_last_face: (
            "Only the last face that came counts there; begin with 0 and let each turn of the "
            "loop add to the sum so far."
        ),
    },
    why=(
        "p log p goes to 0 as p does, so a face that never came counts as 0; leaving it out keeps "
        "0 times -inf, which is nan, away."
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
    cases=(
        (50,),
        (20,),
        (8,),
        (1,),
        (2,),
        (3,),
        (1000,),
        (1024,),
        (1025,),
        (10**6,),
        (2**29,),
        (2**30 + 1,),
    ),
    hints=(
        "How many different lists of answers can k questions get?",
        "k questions get 2**k lists of answers. You need 2**k >= n. What is the smallest such k?",
        "Start with k = 0, and while 2**k < n, add 1. (Or round np.log2(n) up.)",
    ),
    mistakes={
        "np.log2(n)": "That is the entropy. You cannot ask a part of a question: round up.",
        "int(np.log2(n))": (
            "k questions tell at most 2**k things apart. Round the logarithm up, neither down nor "
            "to the nearest: a part of a question is a whole one more."
        ),
        "int(np.log2(n)) + 1": (
            "That is one too many where n is a power of 2: three questions tell 8 things apart."
        ),
        "n - 1": "That asks about one thing after the other. Ask about half of those left.",
        "n // 2": "Each question leaves half of the things: count how often you can halve.",
        "int(np.ceil(np.log(n)))": "A yes or no halves: the logarithm is the one to base 2.",
        "np.log(n)": (
            "That is the natural logarithm; a yes or no halves, so take np.log2 and round it up."
        ),
        "int(np.ceil(np.sqrt(n)))": (
            "Each question can halve what is left; how many halvings lead from n to 1?"
        ),
        "round(np.log2(n))": (
            "Rounding to the nearest can go down, and then the questions are too few; round up."
        ),
        "max(1, int(np.ceil(np.log2(n))))": "A single thing needs no question: 0.",
        "int(np.ceil(np.log(n) / np.log(2)))": (
            "A quotient of two rounded logarithms can lie just above a whole number, and is then "
            "rounded up by one too many; np.log2 is exact for powers of 2."
        ),
    },
    why=(
        "Answers to k questions come in at most 2^k ways, and n things need n different ones. "
        "Questions that each split what is left as evenly as possible need no more."
    ),
)

RARER_TAILS = Prediction(
    "You bend a coin further: tails comes once in twenty tosses instead of once in ten. What "
    "becomes of the area of its tower, how often times how surprising?",
    {
        "it shrinks": (
            "Half as often, but only one bit more surprising, 4.32 instead of 3.32: the area goes "
            "from 0.332 to 0.216 bits."
        ),
        "it grows: tails is more surprising now": (
            "It is, with 4.32 bits instead of 3.32: one bit more, as it is half as likely. But it "
            "comes half as often, and a half of 4.32 is less than all of 3.32."
        ),
        "it stays: rarer, but more surprising": (
            "The two would balance if the surprise doubled. It is a logarithm: half as likely "
            "means one bit more, 4.32 instead of 3.32, and the area shrinks."
        ),
    },
    answer="it shrinks",
)

HIGHEST_BLOCK = Prediction(
    "Each outcome adds a block to the entropy, its probability times its surprise. For which "
    "probability is the block highest?",
    {
        "near 0: what is rare surprises most": (
            "It does, but it comes so seldom that its block is nearly flat: p log (1/p) goes to 0 "
            "as p does."
        ),
        "a little more than a third": (
            "The slope of p log (1/p) is 0 at p = 1/e, about 0.37, where the block is 0.531 bits: "
            "likelier outcomes surprise too little, rarer ones come too seldom."
        ),
        "one half, as of the fair coin": (
            "A fair coin has the largest sum of two blocks. One block alone is higher where it is "
            "rarer: 0.500 bits at a half, 0.531 near 0.37."
        ),
        "near 1: what comes most often counts most": (
            "It comes often and is hardly news: its surprise goes to 0, and so does its block. At "
            "0.9 it is 0.137 bits."
        ),
    },
    answer="a little more than a third",
)
