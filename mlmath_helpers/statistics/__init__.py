"""Statistics: what a sample says about the rest, and how sure one may be of it.

The tails of Student's t come from ``scipy.special``: this chapter teaches what they are used for.
A sample is a 1-D array of independent observations. A result beyond the largest double, 1.8e308,
is a ValueError, never a silent inf.
"""

from .intervals import Interval, confidence_interval, proportion_interval
from .regression import (
    RegressionSummary,
    correct_digits,
    linear_regression,
    regression_summary,
)
from .regularisation import (
    LassoPath,
    duality_gap,
    lasso_path,
    lasso_regression,
    ridge_regression,
    shrink,
)
from .tests import (
    PermutationTest,
    TTest,
    difference_interval,
    permutation_test,
    power_t_test,
    t_density,
    t_test,
)

__all__ = [
    "Interval",
    "LassoPath",
    "PermutationTest",
    "RegressionSummary",
    "TTest",
    "confidence_interval",
    "correct_digits",
    "difference_interval",
    "duality_gap",
    "lasso_path",
    "lasso_regression",
    "linear_regression",
    "permutation_test",
    "power_t_test",
    "proportion_interval",
    "regression_summary",
    "ridge_regression",
    "shrink",
    "t_density",
    "t_test",
]
