"""The slider figures of the course, a folder a chapter and a file a section.

A notebook imports those of its chapter: ``from mlmath_helpers.explorers import calculus as
explorers``. A figure of your own is an `Explorer`, made by a function marked with `explorer`;
a point of it that can be taken hold of is a `Handle`.
"""

from ._engine.explorer import Explorer, explorer
from ._engine.picture import Handle

__all__ = ["Explorer", "Handle", "explorer"]
