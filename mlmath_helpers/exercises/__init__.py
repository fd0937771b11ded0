"""Exercises: write a function in the notebook, have it checked, ask for a hint.

>>> from mlmath_helpers.exercises import check, hint, solution, progress
"""

from .exercise import Exercise, Mistake
from .session import add_exercises, check, hint, progress, solution

__all__ = ["Exercise", "Mistake", "add_exercises", "check", "hint", "progress", "solution"]
