"""The pictures of chapter 5, information theory."""

from explorers.pictures import Pictures
from mlmath_helpers.explorers.information_theory import EXPLORERS


class TestPictures(Pictures):
    figures = EXPLORERS
