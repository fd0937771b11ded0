"""Distributions: mass or density, cumulative distribution and quantile, each from its formula.

A distribution is a small frozen object, ``Normal(mean=0, sd=1)``, whose methods take one
number or an array and return the same shape (a plain float for one number). Logarithms come
first: ``log_pdf`` is the formula, and ``pdf`` its exponential, so that a density too small
for a double still has a logarithm. Where something is impossible the logarithm is -inf.

Points may be -inf or inf (no density there, cumulative probability 0 or 1); nan is a
ValueError, and so is a parameter out of its range. The incomplete gamma and beta functions
and the error function come from scipy.
"""

from .continuous import (
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
from .discrete import Bernoulli, Binomial, Categorical, Empirical, Poisson
from .distribution import Continuous, Discrete, Distribution

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
    "Poisson",
    "Student",
    "Uniform",
]
