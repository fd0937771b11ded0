"""The figures of chapter 4, statistics, in the order of the course."""

from .._engine.explorer import by_name
from .intervals import coverage
from .regression import fit_a_line
from .regression_leverage import leverage
from .regression_residuals import residual_plots
from .regularisation import penalty_geometry
from .regularisation_path import regularization_path
from .tests import p_value
from .tests_power import power

EXPLORERS = by_name(
    coverage,
    p_value,
    power,
    fit_a_line,
    residual_plots,
    leverage,
    penalty_geometry,
    regularization_path,
)
