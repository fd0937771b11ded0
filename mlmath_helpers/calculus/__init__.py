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
from .descent import gradient_descent, steepest_descent
from .descent_surfaces import Surface, bowl, rosenbrock, saddle
from .descent_walks import DivergenceError
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
