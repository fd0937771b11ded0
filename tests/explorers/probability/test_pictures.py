"""The pictures of chapter 3, probability."""

from explorers.pictures import Pictures
from mlmath_helpers.explorers.probability import EXPLORERS


class TestPictures(Pictures):
    figures = EXPLORERS
