"""Your turn in chapter 3: the reference answers, and what goes wrong on the way to them.

Each section of the file is an exercise: the reference, its cases, and then the exercise with
its hints and known mistakes. The first case is small and tells the mistakes apart.
"""

import numpy as np

from .exercise import Exercise, Mistake, by_name

# --- Random variables and distributions -----------------------------------------------------


def interval_probability(low, high, scale):
    """P(low < X <= high) of an exponential waiting time X with mean scale, for 0 <= low <= high."""
    return np.exp(-low / scale) - np.exp(-high / scale)


INTERVAL_PROBABILITY = Exercise(
    interval_probability,
    cases=(
        (1.0, 3.0, 2.0),
        (0.0, 1.0, 1.0),
        (2, 5, 4),
        (0, 10, 1),
        (1.5, 1.5, 3.0),
        (7.0, 30.0, 0.5),
        (0.2, 0.3, 100.0),
        (10.0, 1000.0, 115.0),
    ),
    hints=(
        "How much probability lies to the left of high, how much to the left of low?",
        "P(low < X <= high) = F(high) - F(low), and here F(x) = 1 - exp(-x / scale).",
        "The two ones cancel: np.exp(-low / scale) minus np.exp(-high / scale).",
    ),
    mistakes=(
        Mistake(
            lambda low, high, scale: np.exp(-high / scale) - np.exp(-low / scale),
            "A probability below zero: subtract what lies left of low from what lies left of high.",
        ),
        Mistake(
            lambda low, high, scale: 1 - np.exp(-high / scale),
            "That is the probability of everything up to high; take away what lies left of low.",
        ),
        Mistake(
            lambda low, high, scale: (np.exp(-low / scale) - np.exp(-high / scale)) / scale,
            "Those are heights of the density; the cumulative distribution has no 1 / scale.",
        ),
        Mistake(
            lambda low, high, scale: (np.exp(-high / scale) - np.exp(-low / scale)) / scale,
            "Those are heights of the density, and a difference of heights is no area; subtract "
            "two values of the cumulative distribution.",
        ),
        Mistake(
            lambda low, high, scale: (1 - np.exp(-high / scale)) * np.exp(-low / scale),
            "X > low and X <= high are not independent, so their probabilities must not be "
            "multiplied; take F(low) away from F(high).",
        ),
        Mistake(
            lambda low, high, scale: np.exp(-low * scale) - np.exp(-high * scale),
            "You multiply by scale as if it were a rate; it is the mean wait, so divide by it.",
        ),
        Mistake(
            lambda low, high, scale: (high - low) * np.exp(-low / scale) / scale,
            "Height at low times width is the area of a box, but the density falls on the way; "
            "subtract two values of the cumulative distribution.",
        ),
        Mistake(
            lambda low, high, scale: 1 - np.exp(-(high - low) / scale),
            "That is the probability of the next stretch once low has been waited; "
            "from the start you must first get as far as low.",
        ),
    ),
)


def ramp_cdf(x):
    """Cumulative distribution, at each x, of the density p(t) = t / 2 for t in [0, 2]."""
    return np.clip(x, 0, 2) ** 2 / 4


RAMP_CDF = Exercise(
    ramp_cdf,
    cases=(
        (np.array([-1.0, 0.5, 1.0, 2.0, 3.0]),),
        (np.array([0, 1, 2]),),
        (np.array([1.7]),),
        (np.array([-4, 5]),),
        (np.linspace(-1, 3, 18)[::3],),
        (np.array([1e-9, 1.999, 2.001, 40.0]),),
    ),
    hints=(
        "Which area under the line t / 2 lies to the left of x, for x between 0 and 2?",
        "A triangle of width x and height x / 2. What is the area for x below 0, and beyond 2?",
        "np.clip(x, 0, 2) keeps x between 0 and 2; square it and divide by 4.",
    ),
    mistakes=(
        Mistake(
            lambda x: x**2 / 4,
            "Right inside [0, 2], but x ** 2 / 4 goes on outside: left of 0 nothing has been "
            "collected yet, and beyond 2 everything.",
        ),
        Mistake(
            lambda x: 0.0 if x < 0 else 1.0 if x > 2 else x**2 / 4,
            "x is an array, and one if cannot decide for all its entries: np.clip or np.where "
            "treats each by itself.",
        ),
        Mistake(
            lambda x: np.where((x >= 0) & (x <= 2), x / 2, 0.0),
            "That is the density; the cumulative distribution is the area under it, up to x.",
        ),
        Mistake(
            lambda x: np.where((x >= 0) & (x <= 2), x**2 / 4, 0.0),
            "Beyond 2 all the probability lies to the left of x: the value there is 1, not 0.",
        ),
        Mistake(
            lambda x: np.clip(x, 0, 2) ** 2 / 2,
            "That is width times height, a box; the area under a line from 0 is half of it.",
        ),
        Mistake(
            lambda x: np.where(x >= 2, 1.0, np.clip(x, 0, 2) ** 2 / 2),
            "Right outside [0, 2]; inside, the area under a line from 0 is a triangle, half of "
            "width times height.",
        ),
        Mistake(
            lambda x: np.clip(x, 0, 2) / 2,
            "That rises evenly, as for a density that is level on [0, 2]; this one is a ramp.",
        ),
        Mistake(
            lambda x: 1 - np.clip(x, 0, 2) ** 2 / 4,
            "That is P(X > x), the area to the right; the one to the left is asked for.",
        ),
    ),
)


# --- Bayes' rule ------------------------------------------------------------------------------


def ill_given_positive(prevalence, sensitivity, specificity):
    """P(ill | positive) of a test with P(positive | ill) and P(negative | healthy) as given."""
    true = prevalence * sensitivity
    false = (1 - prevalence) * (1 - specificity)
    return true / (true + false)


_TESTS = (
    (0.2, 0.7, 0.6),
    (0.25, 0.8, 0.6),
    (0.01, 0.9, 0.91),
    (0.3, 0.9, 0.9),
    (0.001, 0.99, 0.95),
    (0.5, 0.8, 0.8),
    (1, 0.7, 0.6),
    (0.4, 1, 0.5),
    (0.02, 0.6, 1),
    (0.9, 0.3, 0.35),
)

ILL_GIVEN_POSITIVE = Exercise(
    ill_given_positive,
    cases=_TESTS,
    hints=(
        "Think of 10,000 people: how many are ill and test positive, how many are healthy and do?",
        "Of all who test positive, true + false, the share true / (true + false) is ill.",
        "true is prevalence * sensitivity; false is (1 - prevalence) * (1 - specificity).",
    ),
    mistakes=(
        Mistake(
            lambda prevalence, sensitivity, specificity: sensitivity,
            "That is P(positive | ill), the other way round: it knows nothing of the prevalence.",
        ),
        Mistake(
            lambda prevalence, sensitivity, specificity: (
                prevalence
                * sensitivity
                / (prevalence * sensitivity + (1 - prevalence) * (1 - sensitivity))
            ),
            "1 - sensitivity is the share of the ill whom the test misses; the healthy ones who "
            "test positive are 1 - specificity.",
        ),
        Mistake(
            lambda prevalence, sensitivity, specificity: prevalence * sensitivity,
            "That is P(ill and positive), a share of all people; divide by the share that tests "
            "positive.",
        ),
        Mistake(
            lambda prevalence, sensitivity, specificity: (
                sensitivity / (sensitivity + 1 - specificity)
            ),
            "That takes ill and healthy people to be equally many; weigh them by the prevalence.",
        ),
        Mistake(
            lambda prevalence, sensitivity, specificity: (
                prevalence
                * sensitivity
                / (prevalence * sensitivity + (1 - prevalence) * specificity)
            ),
            "specificity is P(negative | healthy); the healthy ones who test positive are "
            "the rest, 1 - specificity.",
        ),
        Mistake(
            lambda prevalence, sensitivity, specificity: (
                (1 - prevalence)
                * (1 - specificity)
                / (prevalence * sensitivity + (1 - prevalence) * (1 - specificity))
            ),
            "That is P(healthy | positive); the other part of the positives is asked for.",
        ),
        Mistake(
            lambda prevalence, sensitivity, specificity: (
                prevalence * sensitivity + (1 - prevalence) * (1 - specificity)
            ),
            "That is P(positive), the evidence; it belongs below the fraction line.",
        ),
        Mistake(
            lambda prevalence, sensitivity, specificity: (
                prevalence * sensitivity / ((1 - prevalence) * (1 - specificity))
            ),
            "Those are the odds, the ill against the healthy; divide by all who test positive, "
            "the ill among them too.",
        ),
        Mistake(
            lambda prevalence, sensitivity, specificity: (
                prevalence * sensitivity / (prevalence * sensitivity + 1 - specificity)
            ),
            "1 - specificity is a share of the healthy, not of all people; multiply it by the "
            "share that is healthy, 1 - prevalence.",
        ),
    ),
)


def ill_given_two_positives(prevalence, sensitivity, specificity):
    """P(ill | two positives), where the two tests are independent given the state of health."""
    true = prevalence * sensitivity**2
    false = (1 - prevalence) * (1 - specificity) ** 2
    return true / (true + false)


ILL_GIVEN_TWO_POSITIVES = Exercise(
    ill_given_two_positives,
    cases=_TESTS,
    hints=(
        "After the first positive test, what is the prevalence among those who are left?",
        "Use Bayes' rule twice, with the first posterior as the second prior; or once, with the "
        "probability of two positives, a square, in place of that of one.",
        "true is prevalence * sensitivity**2, false is (1 - prevalence) * (1 - specificity)**2.",
    ),
    mistakes=(
        Mistake(
            lambda prevalence, sensitivity, specificity: ill_given_positive(
                prevalence, sensitivity, specificity
            ),
            "That is the answer after one positive test; use it as the prior of the second.",
        ),
        Mistake(
            lambda prevalence, sensitivity, specificity: (
                ill_given_positive(prevalence, sensitivity, specificity) ** 2
            ),
            "A second positive test makes illness more probable, not less; square the "
            "probabilities of the result, not the posterior.",
        ),
        Mistake(
            lambda prevalence, sensitivity, specificity: ill_given_positive(
                prevalence**2, sensitivity**2, 1 - (1 - specificity) ** 2
            ),
            "The patient is ill once: only the probabilities of the tests are squared, "
            "not the prevalence.",
        ),
        Mistake(
            lambda prevalence, sensitivity, specificity: ill_given_positive(
                prevalence, sensitivity**2, specificity**2
            ),
            "A healthy person is alarmed twice with probability (1 - specificity)**2; "
            "1 - specificity**2 is the chance of at least one false alarm.",
        ),
        Mistake(
            lambda prevalence, sensitivity, specificity: (
                1 - (1 - ill_given_positive(prevalence, sensitivity, specificity)) ** 2
            ),
            "That treats the two results as two chances to be ill; the prior counts only once, so "
            "put the first posterior in its place.",
        ),
        Mistake(
            lambda prevalence, sensitivity, specificity: (
                prevalence
                * sensitivity**2
                / (prevalence * sensitivity + (1 - prevalence) * (1 - specificity)) ** 2
            ),
            "The two tests are independent given the state of health, not over all people: "
            "P(two positives) is prevalence * sensitivity**2 plus the same for the healthy, not "
            "the square of P(positive).",
        ),
    ),
)


# --- Maximum likelihood -----------------------------------------------------------------------


def normal_log_likelihood(data, mu, sigma):
    """Sum over the data of the log density of Normal(mu, sigma), with standard deviation sigma."""
    z = (data - mu) / sigma
    return np.sum(-(z**2) / 2 - np.log(sigma) - np.log(2 * np.pi) / 2)


def _samples_and_normals():
    rng = np.random.default_rng(8)
    by_hand = [
        (np.array([1.0, 4.0]), 2.0, 3.0),
        (np.array([2.1, 2.5, 1.8, 2.3, 2.0]), 2.14, 0.24),
        (np.array([5.0]), 5.0, 0.5),
        (np.array([0, 1, 2]), 1, 2),
        (np.arange(8.0)[::2], 3.0, 1.5),
        (np.array([60.0, -60.0]), 0.0, 1.0),
    ]
    random = [(rng.normal(3, 2, size=n).round(1), 2.5, 1.7) for n in (2, 5, 12)]
    return tuple(by_hand + random)


NORMAL_LOG_LIKELIHOOD = Exercise(
    normal_log_likelihood,
    cases=_samples_and_normals(),
    hints=(
        "What is the logarithm of one density, exp(-z**2 / 2) / (sigma * sqrt(2 * pi))?",
        "log p = -z**2 / 2 - log(sigma) - log(2 * pi) / 2, with z = (x - mu) / sigma.",
        "Write that line for the whole array data, and add up with np.sum.",
    ),
    mistakes=(
        Mistake(
            lambda data, mu, sigma: (
                np.prod(np.exp(-(((data - mu) / sigma) ** 2) / 2) / sigma)
                / (2 * np.pi) ** (len(data) / 2)
            ),
            "That is the likelihood, a product; its logarithm is asked for, a sum of logarithms.",
        ),
        Mistake(
            lambda data, mu, sigma: np.log(
                np.prod(np.exp(-(((data - mu) / sigma) ** 2) / 2) / (sigma * np.sqrt(2 * np.pi)))
            ),
            "Right on paper, but here a density is too small for a double, and its logarithm is "
            "lost: write log p as a formula, and add.",
        ),
        Mistake(
            lambda data, mu, sigma: np.sum(
                -((data - mu) ** 2) / (2 * sigma) - np.log(2 * np.pi * sigma) / 2
            ),
            "You take sigma for the variance; it is the standard deviation, so square it.",
        ),
        Mistake(
            lambda data, mu, sigma: np.sum(
                -((data - mu) ** 2) / (2 * sigma) - np.log(sigma) - np.log(2 * np.pi) / 2
            ),
            "Below the squares sigma is squared too: each brings -((x - mu) / sigma)**2 / 2.",
        ),
        Mistake(
            lambda data, mu, sigma: np.sum(
                -(((data - mu) / sigma) ** 2) - np.log(sigma) - np.log(2 * np.pi) / 2
            ),
            "The exponent of the normal density is -z**2 / 2: half of the square.",
        ),
        Mistake(
            lambda data, mu, sigma: np.log(
                np.sum(np.exp(-(((data - mu) / sigma) ** 2) / 2) / (sigma * np.sqrt(2 * np.pi)))
            ),
            "That is the logarithm of a sum of densities; take the logarithm of each density "
            "first, and then add.",
        ),
        Mistake(
            lambda data, mu, sigma: np.sum(-(((data - mu) / sigma) ** 2) / 2),
            "The squares are right; each observation also brings -log(sigma) - log(2 pi) / 2.",
        ),
        Mistake(
            lambda data, mu, sigma: (
                np.sum(-(((data - mu) / sigma) ** 2) / 2) - np.log(sigma) - np.log(2 * np.pi) / 2
            ),
            "The normalising constant belongs to each observation, so it is subtracted n times, "
            "inside the sum.",
        ),
        Mistake(
            lambda data, mu, sigma: np.sum(
                -(((data - mu) / sigma) ** 2) / 2 - np.log(sigma) - np.log(2 * np.pi)
            ),
            "sqrt(2 pi) has the logarithm log(2 pi) / 2: the root became a half.",
        ),
        Mistake(
            lambda data, mu, sigma: np.mean(
                -(((data - mu) / sigma) ** 2) / 2 - np.log(sigma) - np.log(2 * np.pi) / 2
            ),
            "That is the mean log density of an observation; the sum is asked for.",
        ),
        Mistake(
            lambda data, mu, sigma: (
                -(((data - mu) / sigma) ** 2) / 2 - np.log(sigma) - np.log(2 * np.pi) / 2
            ),
            "Those are the log densities one by one; add them up.",
        ),
        Mistake(
            lambda data, mu, sigma: np.sum(
                ((data - mu) / sigma) ** 2 / 2 + np.log(sigma) + np.log(2 * np.pi) / 2
            ),
            "That is the negative log-likelihood, which an optimiser would minimise; "
            "change the sign.",
        ),
    ),
)


def event_rate(gaps):
    """Maximum likelihood rate of events whose gaps are exponential, in events per unit of time."""
    return len(gaps) / np.sum(gaps)


EVENT_RATE = Exercise(
    event_rate,
    cases=(
        (np.array([1.0, 2.0, 7.0]),),
        (np.array([157, 123, 2, 124, 12, 4]),),
        (np.array([0.25]),),
        (np.array([3.0, 0.0, 1.5]),),
        (np.arange(1.0, 9.0)[::2],),
        (np.array([0.1, 0.1, 0.1, 40.0]),),
    ),
    hints=(
        "If a disaster comes every 8 days on average, how many come in a day?",
        "The log-likelihood n log(rate) - rate * sum(gaps) has slope n / rate - sum(gaps).",
        "Set the slope to zero: rate = n / sum(gaps).",
    ),
    mistakes=(
        Mistake(
            lambda gaps: np.mean(gaps),
            "That is the mean gap, in time per event; the rate is events per time.",
        ),
        Mistake(
            lambda gaps: np.mean(1 / gaps),
            "The mean of 1 / gap counts short gaps far too much, and a gap of 0 makes it infinite; "
            "take 1 / mean.",
        ),
        Mistake(
            lambda gaps: (len(gaps) - 1) / np.sum(gaps),
            "Dividing by n - 1 mends a bias elsewhere; the likelihood is highest at n / sum(gaps).",
        ),
        Mistake(
            lambda gaps: (len(gaps) + 1) / np.sum(gaps),
            "There is one event more than there are gaps, but the likelihood is a product over "
            "the gaps, and each of them ends in one event: n gaps, n / sum(gaps).",
        ),
        Mistake(
            lambda gaps: 1 / np.std(gaps),
            "For an exponential the standard deviation is the mean, but that of a sample is not "
            "its mean; the likelihood is highest at 1 / mean.",
        ),
        Mistake(
            lambda gaps: 1 / np.median(gaps),
            "The median gap is shorter than the mean one; the maximum is at 1 / mean.",
        ),
        Mistake(
            lambda gaps: 1 / np.sum(gaps),
            "That counts one event; there are as many as there are gaps.",
        ),
        Mistake(
            lambda gaps: np.log(2) / np.median(gaps),
            "That matches the median, a fair estimate too; the likelihood is highest elsewhere.",
        ),
    ),
)


EXERCISES = by_name(
    INTERVAL_PROBABILITY,
    RAMP_CDF,
    ILL_GIVEN_POSITIVE,
    ILL_GIVEN_TWO_POSITIVES,
    NORMAL_LOG_LIKELIHOOD,
    EVENT_RATE,
)
