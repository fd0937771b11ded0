"""The pictures of chapter 1, linear algebra."""

from explorers.pictures import Pictures
from mlmath_helpers.explorers.linear_algebra import EXPLORERS


class TestPictures(Pictures):
    figures = EXPLORERS
