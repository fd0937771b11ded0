"""Your turn in chapter 5, information theory: its exercises, in the order of the course."""

from .._engine.exercise import by_name
from .divergence import IMPOSSIBLE_OUTCOMES, KL_OF_COINS
from .entropy import DIE_ENTROPY, TWENTY_QUESTIONS
from .trees import BEST_FEATURE, GAIN_OF_SPLIT

EXERCISES = by_name(
    DIE_ENTROPY,
    TWENTY_QUESTIONS,
    KL_OF_COINS,
    IMPOSSIBLE_OUTCOMES,
    GAIN_OF_SPLIT,
    BEST_FEATURE,
)

PREDICTIONS = {}
