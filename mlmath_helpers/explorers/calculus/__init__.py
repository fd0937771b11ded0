"""The figures of chapter 2, calculus, in the order of the course."""

from .._engine.explorer import by_name
from .backpropagation import training
from .derivative import secant
from .derivative_error import finite_difference_error
from .descent import descent_1d, descent_2d
from .optimizers import optimizer_race

EXPLORERS = by_name(
    secant,
    finite_difference_error,
    descent_1d,
    descent_2d,
    optimizer_race,
    training,
)
