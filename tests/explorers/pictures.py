"""What every figure is held to: true pictures, true words, controls that matter."""

import itertools
import os
import re
import statistics

import ipywidgets as widgets
import numpy as np
import pytest

from explorers.drawn import (
    alternative_text,
    assert_true,
    caption_text,
    every_value,
    full_picture,
    live_picture,
    move,
    random_state,
    sample,
    set_to,
)
from mlmath_helpers.explorers._engine.explorer import LONGEST_SENTENCE

N_STATES = int(os.environ.get("MLMATH_STATES", 8))  # random ones, a figure and a test


class Pictures:
    """The tests of a chapter's ``figures``, a dict from name to factory.

    Each chapter has a subclass, in a file of its own: so processes can share the work.
    """

    def pytest_generate_tests(self, metafunc):
        factories = self.figures.values()
        metafunc.parametrize("explorer", factories, ids=self.figures, indirect=True, scope="class")

    @pytest.fixture(autouse=True)
    def from_the_start(self, explorer):
        explorer.reset()

    def test_the_picture_is_a_full_draw_at_the_start_and_at_each_end(self, explorer):
        assert_true(explorer)
        for control in explorer.controls.values():
            start = control.value
            for end in (every_value(control)[0], every_value(control)[-1]):
                control.value = end
                assert_true(explorer)
            control.value = start

    def test_the_picture_is_a_full_draw_at_random_states_by_two_routes(self, explorer):
        rng = np.random.default_rng(0)
        seen = []
        for _ in range(N_STATES):
            state = random_state(explorer, rng)
            set_to(explorer, **state)
            seen.append((state, full_picture(explorer), explorer.sentence))
            assert_true(explorer, seen[-1][1])
        for state, truth, sentence in reversed(seen):
            move(explorer, state)
            assert_true(explorer, truth)
            assert explorer.sentence == sentence

    def test_the_words_are_one_plain_sentence_wherever_the_controls_are(self, explorer):
        rng = np.random.default_rng(1)
        lengths = []
        for _ in range(N_STATES):
            set_to(explorer, **random_state(explorer, rng))
            sentence = explorer.sentence
            lengths.append(len(sentence))
            assert sentence[0].isupper() or sentence[0].isdigit()
            assert sentence.endswith(".")
            assert "\n" not in sentence
            assert re.search(r"\d", sentence)
            assert not re.search(r"\b(nan|inf|None|np)\b|\(\)|[\[{]\s", sentence)
            assert not re.search(r"[-−]0(\.0+)?(?![\d.])", sentence), "minus zero"
            assert alternative_text(explorer) == caption_text(explorer) == sentence
        assert statistics.median(lengths) < 110, "too long to be read while the figure moves"
        assert max(lengths) <= LONGEST_SENTENCE
        bundle, metadata = explorer._repr_mimebundle_()
        assert bundle["text/plain"] == metadata["image/png"]["alt"] == sentence

    def test_each_control_changes_picture_and_words_over_most_of_its_range(self, explorer):
        for name, control in explorer.controls.items():
            explorer.reset()
            pictures, sentences = [], []
            for value in sample(control, 9):
                control.value = value
                pictures.append(live_picture(explorer))
                sentences.append(explorer.sentence)
            steps = len(pictures) - 1
            moved = sum((a != b).any() for a, b in itertools.pairwise(pictures))
            reworded = sum(a != b for a, b in itertools.pairwise(sentences))
            assert moved >= 0.6 * steps, name
            assert reworded >= 0.6 * steps, name

    def test_there_are_at_most_four_controls_named_in_words(self, explorer):
        assert 1 <= len(explorer.controls) <= 4
        for control in explorer.controls.values():
            assert re.search(r"[a-z]{3}", control.description)
            assert len(control.description) <= 40

    def test_moving_leaves_nothing_behind(self, explorer):
        rng = np.random.default_rng(2)
        states = [random_state(explorer, rng) for _ in range(10)]
        counts = []
        for _ in range(2):
            for state in states:
                set_to(explorer, **state)
            counts.append((len(explorer.figure.findobj()), len(widgets.widget._instances)))
        assert counts[0] == counts[1]
