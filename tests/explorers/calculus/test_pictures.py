"""The pictures of chapter 2, calculus."""

import numpy as np

from explorers.drawn import every_value
from explorers.pictures import Pictures
from mlmath_helpers.explorers.calculus import EXPLORERS


class TestPictures(Pictures):
    figures = EXPLORERS

    def test_each_of_seven_places_of_a_control_has_its_own_picture_and_sentence(self, explorer):
        for name, control in explorer.controls.items():
            explorer.reset()
            if hasattr(control, "min"):
                places = np.linspace(control.min, control.max, 7)
                values = [type(control.value)(place) for place in places]
            else:
                values = every_value(control)
            pictures, sentences = set(), set()
            for value in values:
                control.value = value
                pictures.add(explorer.image.value.split('src="')[1])
                sentences.add(explorer.sentence)
            assert len(pictures) == len(sentences) == len(values), name
