"""Your turn in chapter 2, calculus: its exercises, in the order of the course."""

from .._engine.exercise import by_name
from .backpropagation import (
    BIRDS_NEVER_SEEN,
    BROKEN_ENTRY,
    INPUT_GRADIENT,
    RELU_BACKWARD,
    WEIGHT_GRADIENT,
)
from .derivative import BEST_FORWARD, BEST_STEP, CENTRAL_DIFFERENCE, WIDEST_DELTA
from .descent import DESCENT_STEP, LARGEST_STABLE_RATE, LONG_VALLEY, TWO_RATES
from .optimizers import ADAM_STEP, MOMENTUM_STEP, NEWTON_STEP, TOO_FAST

EXERCISES = by_name(
    CENTRAL_DIFFERENCE,
    BEST_STEP,
    DESCENT_STEP,
    LARGEST_STABLE_RATE,
    MOMENTUM_STEP,
    ADAM_STEP,
    NEWTON_STEP,
    RELU_BACKWARD,
    WEIGHT_GRADIENT,
    INPUT_GRADIENT,
    BROKEN_ENTRY,
)

PREDICTIONS = {
    "widest_delta": WIDEST_DELTA,
    "best_forward": BEST_FORWARD,
    "two_rates": TWO_RATES,
    "long_valley": LONG_VALLEY,
    "too_fast": TOO_FAST,
    "birds_never_seen": BIRDS_NEVER_SEEN,
}
