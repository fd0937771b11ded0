"""The pictures of chapter 4, statistics."""

from explorers.pictures import Pictures
from mlmath_helpers.explorers.statistics import EXPLORERS


class TestPictures(Pictures):
    figures = EXPLORERS
