"""Your turn in chapter 5, information theory: its exercises, in the order of the course."""

from .._engine.exercise import by_name
from .divergence import BEST_FORWARD_FIT, IMPOSSIBLE_OUTCOMES, KL_OF_COINS
from .entropy import DIE_ENTROPY, HIGHEST_BLOCK, RARER_TAILS, TWENTY_QUESTIONS
from .trees import BEST_FEATURE, BEST_MEASUREMENT, FEWER_MEMBERS, GAIN_OF_SPLIT

EXERCISES = by_name(
    DIE_ENTROPY,
    TWENTY_QUESTIONS,
    KL_OF_COINS,
    IMPOSSIBLE_OUTCOMES,
    GAIN_OF_SPLIT,
    BEST_FEATURE,
)

PREDICTIONS = {
    "rarer_tails": RARER_TAILS,
    "highest_block": HIGHEST_BLOCK,
    "best_forward_fit": BEST_FORWARD_FIT,
    "best_measurement": BEST_MEASUREMENT,
    "fewer_members": FEWER_MEMBERS,
}
