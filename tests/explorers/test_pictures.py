"""Every explorer of every chapter: true pictures, true words, controls that matter."""

import itertools
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
    factories,
    full_picture,
    jump,
    live_picture,
    move,
    random_state,
    sample,
)
from mlmath_helpers.explorers._engine.explorer import LONGEST_SENTENCE

FACTORIES = factories()


@pytest.fixture(params=FACTORIES, scope="module")
def explorer(request):
    explorer = FACTORIES[request.param]()
    yield explorer
    explorer.close()


@pytest.fixture(autouse=True)
def from_the_start(explorer):
    explorer.reset()


def test_explorers_are_found_in_every_module_of_figures():
    modules = {name.split(".")[0] for name in FACTORIES}
    assert {"start_here", "linear_algebra"} <= modules
    assert len(FACTORIES) >= 11


def test_the_picture_is_a_full_draw_at_the_start_and_at_each_end(explorer):
    assert_true(explorer)
    for control in explorer.controls.values():
        start = control.value
        for end in (every_value(control)[0], every_value(control)[-1]):
            control.value = end
            assert_true(explorer)
        control.value = start


def test_the_picture_is_a_full_draw_at_random_states_by_two_routes(explorer):
    rng = np.random.default_rng(0)
    seen = []
    for _ in range(20):
        state = random_state(explorer, rng)
        jump(explorer, state)
        seen.append((state, full_picture(explorer), explorer.sentence))
        assert_true(explorer, seen[-1][1])
    for state, truth, sentence in reversed(seen):
        move(explorer, state)
        assert_true(explorer, truth)
        assert explorer.sentence == sentence


def test_the_words_are_one_plain_sentence_wherever_the_controls_are(explorer):
    rng = np.random.default_rng(1)
    lengths = []
    for _ in range(20):
        jump(explorer, random_state(explorer, rng))
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


def test_each_control_changes_picture_and_words_over_most_of_its_range(explorer):
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


def test_there_are_at_most_four_controls_named_in_words(explorer):
    assert 1 <= len(explorer.controls) <= 4
    for control in explorer.controls.values():
        assert re.search(r"[a-z]{3}", control.description)
        assert len(control.description) <= 40


def test_moving_leaves_nothing_behind(explorer):
    rng = np.random.default_rng(2)
    states = [random_state(explorer, rng) for _ in range(10)]
    counts = []
    for _ in range(2):
        for state in states:
            jump(explorer, state)
        counts.append((len(explorer.figure.findobj()), len(widgets.widget._instances)))
    assert counts[0] == counts[1]


def test_every_explorer_has_a_docstring_that_is_a_sentence():
    for factory in FACTORIES.values():
        assert factory.__doc__.split("\n")[0].endswith(".")
