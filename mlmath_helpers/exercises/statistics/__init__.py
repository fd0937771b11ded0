"""Your turn in chapter 4, statistics: its exercises, in the order of the course."""

from .._engine.exercise import by_name
from .intervals import COVERAGE_SHARE, SMALL_SAMPLES, T_INTERVAL
from .regression import LIFTED_CAR, NO_BEND_LEFT, R_SQUARED, RESIDUAL_DOTS, STEEPER_LINE
from .regularisation import LEAST_ERROR, ONE_WEIGHT_ZERO, RIDGE_CLOSED_FORM, SOFT_THRESHOLD
from .tests import ENOUGH_IN_EACH, HALF_THE_SPREAD, SMALLEST_N, T_STATISTIC

EXERCISES = by_name(
    T_INTERVAL,
    COVERAGE_SHARE,
    T_STATISTIC,
    SMALLEST_N,
    R_SQUARED,
    RESIDUAL_DOTS,
    SOFT_THRESHOLD,
    RIDGE_CLOSED_FORM,
)

PREDICTIONS = {
    "small_samples": SMALL_SAMPLES,
    "half_the_spread": HALF_THE_SPREAD,
    "enough_in_each": ENOUGH_IN_EACH,
    "steeper_line": STEEPER_LINE,
    "no_bend_left": NO_BEND_LEFT,
    "lifted_car": LIFTED_CAR,
    "one_weight_zero": ONE_WEIGHT_ZERO,
    "least_error": LEAST_ERROR,
}
