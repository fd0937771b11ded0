"""Your turn in chapter 3, probability: its exercises, in the order of the course."""

from .._engine.exercise import by_name
from .bayes import ILL_GIVEN_POSITIVE, ILL_GIVEN_TWO_POSITIVES
from .distributions import INTERVAL_PROBABILITY, RAMP_CDF
from .likelihood import EVENT_RATE, NORMAL_LOG_LIKELIHOOD

EXERCISES = by_name(
    INTERVAL_PROBABILITY,
    RAMP_CDF,
    ILL_GIVEN_POSITIVE,
    ILL_GIVEN_TWO_POSITIVES,
    NORMAL_LOG_LIKELIHOOD,
    EVENT_RATE,
)

PREDICTIONS = {}
