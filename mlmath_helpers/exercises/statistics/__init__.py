"""Your turn in chapter 4, statistics: its exercises, in the order of the course."""

from .._engine.exercise import by_name
from .intervals import COVERAGE_SHARE, T_INTERVAL
from .regression import R_SQUARED, RESIDUAL_DOTS
from .regularisation import RIDGE_CLOSED_FORM, SOFT_THRESHOLD
from .tests import SMALLEST_N, T_STATISTIC

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

PREDICTIONS = {}
