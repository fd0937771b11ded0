"""Your turn in chapter 2, calculus: its exercises, in the order of the course."""

from .._engine.exercise import by_name
from .backpropagation import BROKEN_ENTRY, INPUT_GRADIENT, RELU_BACKWARD, WEIGHT_GRADIENT
from .derivative import BEST_STEP, CENTRAL_DIFFERENCE
from .descent import DESCENT_STEP, LARGEST_STABLE_RATE
from .optimizers import ADAM_STEP, MOMENTUM_STEP, NEWTON_STEP

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

PREDICTIONS = {}
