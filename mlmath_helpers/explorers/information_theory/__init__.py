"""The figures of chapter 5, information theory, in the order of the course."""

from .._engine.explorer import by_name
from .divergence import kl_two_peaks
from .entropy import coin_entropy, entropy_bars
from .trees import split
from .trees_depth import tree_depth

EXPLORERS = by_name(
    coin_entropy,
    entropy_bars,
    kl_two_peaks,
    split,
    tree_depth,
)
