"""Information theory: surprise, entropy, and what a wrong or a new distribution costs.

Every quantity is in bits unless ``base`` says otherwise. Limits are decided: 0 log 0 = 0, an
impossible outcome is an infinite surprise, and D(p||q) is inf where q = 0 < p.
"""

from ._entropy import entropy, surprise
from .divergence import cross_entropy, gaussian_kl, js_divergence, kl_divergence
from .trees import DecisionTree, Split, information_gain

__all__ = [
    "DecisionTree",
    "Split",
    "cross_entropy",
    "entropy",
    "gaussian_kl",
    "information_gain",
    "js_divergence",
    "kl_divergence",
    "surprise",
]
