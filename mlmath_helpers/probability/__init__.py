"""Probability: distributions, Bayes' rule, and fitting by maximum likelihood.

Probabilities are plain numbers or 1-D arrays. A result beyond the largest double, 1.8e308, is a
ValueError, never a silent inf: that is what ``@refuse_overflow`` above a function says.
"""

from .bayes import bayesian_update, from_odds, posterior, to_odds
from .distributions import Continuous, Discrete, Distribution
from .distributions_continuous import (
    Beta,
    Cauchy,
    Exponential,
    Gamma,
    Laplace,
    LogNormal,
    Normal,
    Student,
    Uniform,
)
from .distributions_discrete import Bernoulli, Binomial, Categorical, Empirical, Poisson
from .likelihood import (
    NormalFit,
    log_likelihood,
    map_bernoulli,
    map_normal_mean,
    mle_bernoulli,
    mle_exponential,
    mle_lognormal,
    mle_normal,
    mle_poisson,
)

__all__ = [
    "Bernoulli",
    "Beta",
    "Binomial",
    "Categorical",
    "Cauchy",
    "Continuous",
    "Discrete",
    "Distribution",
    "Empirical",
    "Exponential",
    "Gamma",
    "Laplace",
    "LogNormal",
    "Normal",
    "NormalFit",
    "Poisson",
    "Student",
    "Uniform",
    "bayesian_update",
    "from_odds",
    "log_likelihood",
    "map_bernoulli",
    "map_normal_mean",
    "mle_bernoulli",
    "mle_exponential",
    "mle_lognormal",
    "mle_normal",
    "mle_poisson",
    "posterior",
    "to_odds",
]
