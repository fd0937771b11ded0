"""Your turn in chapter 3, probability: its exercises, in the order of the course."""

from .._engine.exercise import by_name
from .bayes import BETTER_TEST, ILL_GIVEN_POSITIVE, ILL_GIVEN_TWO_POSITIVES, RESULTS_TO_EVEN
from .distributions import INTERVAL_PROBABILITY, MIXED_RATES, RAMP_CDF, WIDER_NORMAL
from .likelihood import EVENT_RATE, NORMAL_LOG_LIKELIHOOD, SPREAD_AROUND_A_WRONG_MEAN

EXERCISES = by_name(
    INTERVAL_PROBABILITY,
    RAMP_CDF,
    ILL_GIVEN_POSITIVE,
    ILL_GIVEN_TWO_POSITIVES,
    NORMAL_LOG_LIKELIHOOD,
    EVENT_RATE,
)

PREDICTIONS = {
    "wider_normal": WIDER_NORMAL,
    "mixed_rates": MIXED_RATES,
    "better_test": BETTER_TEST,
    "results_to_even": RESULTS_TO_EVEN,
    "spread_around_a_wrong_mean": SPREAD_AROUND_A_WRONG_MEAN,
}
