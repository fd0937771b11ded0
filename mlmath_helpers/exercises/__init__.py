"""Exercises: write a function in the notebook, have it checked, ask for a hint.

>>> from mlmath_helpers.exercises import check, hint, predict, progress, review, solution
"""

from . import calculus, information_theory, linear_algebra, probability, start_here, statistics
from ._engine.exercise import Exercise
from ._engine.prediction import Prediction, predict, predictions
from ._engine.progress import progress, review
from ._engine.session import add_exercises, chapters, check, hint, solution

chapters.update(  # in the order of the course
    {
        "start here": start_here.EXERCISES,
        "linear algebra": linear_algebra.EXERCISES,
        "calculus": calculus.EXERCISES,
        "probability": probability.EXERCISES,
        "statistics": statistics.EXERCISES,
        "information theory": information_theory.EXERCISES,
    }
)

for chapter in (start_here, linear_algebra, calculus, probability, statistics, information_theory):
    predictions.update(chapter.PREDICTIONS)

__all__ = [
    "Exercise",
    "Prediction",
    "add_exercises",
    "check",
    "hint",
    "predict",
    "progress",
    "review",
    "solution",
]
