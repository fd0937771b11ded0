"""The figures of chapter 3, probability, in the order of the course."""

from .._engine.explorer import by_name
from ._distributions import coal_rate, distributions
from ._likelihood import likelihood
from .bayes import base_rate, odds

EXPLORERS = by_name(
    distributions,
    coal_rate,
    base_rate,
    odds,
    likelihood,
)
