"""Calculus: slopes, ways downhill, and networks that learn by them."""

from ._derivative import derivative
from .backpropagation import (
    LinearLayer,
    LossAndGradient,
    Network,
    ReLU,
    Training,
    check_gradient,
    softmax_cross_entropy,
    train,
)
from .descent import (
    DivergenceError,
    Surface,
    bowl,
    gradient_descent,
    rosenbrock,
    saddle,
    steepest_descent,
)
from .optimizers import adagrad, adam, minibatches, momentum, nesterov, newton, rmsprop

__all__ = [
    "DivergenceError",
    "LinearLayer",
    "LossAndGradient",
    "Network",
    "ReLU",
    "Surface",
    "Training",
    "adagrad",
    "adam",
    "bowl",
    "check_gradient",
    "derivative",
    "gradient_descent",
    "minibatches",
    "momentum",
    "nesterov",
    "newton",
    "rmsprop",
    "rosenbrock",
    "saddle",
    "softmax_cross_entropy",
    "steepest_descent",
    "train",
]
