"""Your turn in the section "Cross-entropy and KL"."""

import numpy as np

from ...information_theory import entropy, kl_divergence
from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def kl_of_coins(p, q):
    """D(p||q) in bits of coins with probabilities p and q of heads; p may be 0 or 1, q not."""
    heads = p * np.log2(p / q) if p > 0 else 0.0
    tails = (1 - p) * np.log2((1 - p) / (1 - q)) if p < 1 else 0.0
    return heads + tails


def _coins_without_limits(p, q):
    return p * np.log2(np.float64(p) / q) + (1 - p) * np.log2(np.float64(1 - p) / (1 - q))


def _divergence_of_numbers(p, q):
    return kl_divergence(p, q)


def _entropy_of_coin(p):
    return entropy([p, 1 - p])


KL_OF_COINS = Exercise(
    kl_of_coins,
    cases=(
        (0.25, 0.125),
        (0.5, 0.25),
        (0.9, 0.5),
        (0, 0.5),
        (1, 0.125),
        (0.3, 0.3),
        (0.01, 0.98),
        (0.5, 0.001),
        (0.999, 0.9),
        (0.7, 0.6),
        (0.2, 0.35),
        (0.5, 1e-30),  # a promise below any number that could stand in for it
    ),
    hints=(
        "A coin has two outcomes. Which terms does the sum of p_i log2(p_i / q_i) have?",
        "Heads gives p log2(p / q). Tails has the probabilities 1 - p and 1 - q.",
        "Add p * np.log2(p / q) and (1 - p) * np.log2((1 - p) / (1 - q)); where p is 0 or 1, "
        "the term of what never happens is 0.",
    ),
    mistakes={
        "_coins_without_limits(q, p)": (
            "That is D(q||p). In D(p||q) the average is taken over p, which stands in front."
        ),
        "p * np.log2(np.float64(p) / q)": (
            "That is the term of heads only; tails adds (1 - p) log2((1 - p) / (1 - q))."
        ),
        _coins_without_limits: (
            "0 times log2(0) is nan for the computer; what never happens (p = 0, or 1 - p = 0) "
            "adds 0. Treat it apart."
        ),
        "kl_of_coins(p, q) * np.log(2)": "Those are nats; in bits each logarithm is np.log2.",
        "-kl_of_coins(p, q)": (
            "The sign is wrong: it is log2(p / q), and the divergence is never negative."
        ),
        "kl_of_coins(p, q) + _entropy_of_coin(p)": (
            "That is the cross-entropy; subtract the entropy of p."
        ),
        "_entropy_of_coin(q) - _entropy_of_coin(p)": (
            "A difference of two entropies is something else, and can be negative."
        ),
        "np.log2(np.float64(p) / q) + np.log2(np.float64(1 - p) / (1 - q))": (
            "Each logarithm needs its weight: p for heads, 1 - p for tails."
        ),
        "kl_of_coins(p, q) if 0 < p < 1 else 0.0": (
            "Only the term of what never happens is 0. What is certain is a surprise for a model "
            "that doubts it, and the term of that stays."
        ),
        _divergence_of_numbers: "kl_divergence takes distributions: [p, 1 - p] and [q, 1 - q].",
        "kl_of_coins(p, q) - 2 * (1 - p) * np.log2((1 - p) / (1 - q)) if p < 1 else kl_of_coins(p, "
        "q)": "The term of tails is added, not subtracted.",
        "p * np.log2(np.float64(p) / q) + 1 - p * np.log2(np.float64(1 - p) / (1 - q))": (
            "The brackets around 1 - p in front of the second logarithm are missing."
        ),
        "p * np.log2(np.float64(p) / q) + (1 - p) * np.log2(np.float64(1) - p / 1 - q)": (
            "1 - p / 1 - q is 1 minus p minus q; the probabilities of tails need their brackets, "
            "(1 - p) / (1 - q)."
        ),
        "kl_of_coins(p, max(q, 1e-12))": (
            "Here q is smaller than the tiny number 1e-12 that stands in for it, and the number "
            "dictates the answer. Only the terms with p = 0 or 1 - p = 0 need to be left out."
        ),
        "kl_of_coins(p, max(q, 1e-9))": (
            "Here q is below 1e-9, which you put in its place or add to it; q is not 0, so "
            "log2(p / q) can be taken as it is."
        ),
    },
    why="p log(p / q) goes to 0 as p does, so a side that never comes adds 0.",
)


def impossible_outcomes(p, q):
    """Positions of the outcomes that make D(p||q) infinite, in order; often there are none."""
    return np.flatnonzero(np.logical_and(p > 0, q == 0))


IMPOSSIBLE_OUTCOMES = Exercise(
    impossible_outcomes,
    cases=(
        (np.array([0.125, 0.375, 0.5, 0.0, 0.0]), np.array([0.0, 0.5, 0.0, 0.5, 0.0])),
        (np.array([0.5, 0.5, 0.0, 0.0]), np.array([0.0, 0.25, 0.75, 0.0])),
        (np.array([0.25, 0.25, 0.25, 0.25]), np.array([0.0, 0.5, 0.0, 0.5])),  # equally likely
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
    mistakes={
        "np.flatnonzero(q == 0)": (
            "Where p is 0 too, nothing is lost: what never happens costs nothing."
        ),
        "np.flatnonzero((p == 0) & (q > 0))": (
            "That is where D(q||p) is infinite. In D(p||q) the model is q."
        ),
        "np.flatnonzero((p == 0) | (q == 0))": (
            "A zero of p is harmless: what never happens costs nothing. Only a zero of q where "
            "p is positive is not."
        ),
        "np.flatnonzero((p > 0) & (q < p))": (
            "Where q is less than p the term is positive, but finite; only q = 0 is too little."
        ),
        "np.array(np.where((p > 0) & (q == 0)))": (
            "np.where gives a tuple with one array for each axis: take its first, [0], or use "
            "np.flatnonzero."
        ),
        "np.flatnonzero((p > 1e-9) & (q < 1e-9))": (
            "Compare with 0 itself: what is ever so unlikely can still happen, and a model that "
            "calls it ever so unlikely pays a finite price."
        ),
        "p[(p > 0) & (q == 0)]": (
            "Those are the probabilities; give the positions, by np.flatnonzero."
        ),
        "np.count_nonzero((p > 0) & (q == 0))": (
            "That is how many there are; give their positions, by np.flatnonzero."
        ),
        "np.flatnonzero((p > 0) & (q == 0)) + 1": "Positions are counted from 0.",
        "np.flatnonzero(p == 0)": (
            "Where p is 0 nothing happens, so nothing is lost; look where q is 0 and p is not."
        ),
        "np.flatnonzero((p > 0) & (q == 0))[:1]": (
            "Only the first is there; a return inside the loop ends it."
        ),
        "[list(p).index(x) for x, y in zip(p, q, strict=True) if x > 0 and y == 0]": (
            "list.index finds the first entry of that value, and two outcomes can be equally "
            "likely; count along with enumerate."
        ),
        "np.flatnonzero((p > 0) & np.isclose(q, 0))": (
            "np.isclose takes a very small q for 0; ask q == 0."
        ),
    },
    why=(
        "The term p log(p / q) is infinite where q is 0 and p is not; where p is 0 it counts as "
        "0, whatever q is."
    ),
)

BEST_FORWARD_FIT = Prediction(
    "The truth p has two equal peaks, at ±2.5, and q is a single normal. You choose q so that "
    "D(p||q) is as small as it can be. Where does q go?",
    {
        "onto one of the peaks": (
            "There it would fit half of p well. But the average runs over what p really does, and "
            "for the other half q has almost no probability: 15 bits instead of 0.8."
        ),
        "to the middle, and narrow": (
            "The middle is the mean of p, and right. But narrow there, it has almost no "
            "probability where either peak is, and each event of p would be a great surprise."
        ),
        "to the middle, and wide": (
            "The average runs over what p does, so no part of p may be left out: q gets the mean "
            "and the variance of p, here 0 and a standard deviation of 2.6."
        ),
    },
    answer="to the middle, and wide",
)
