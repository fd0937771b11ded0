"""What a cell shows and a notebook stores, and what happens when it runs again."""

import re
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from PIL import Image

from explorers._engine.small import explorer_of, make, small_canvas
from explorers.drawn import assert_true, live_picture
from mlmath_helpers.explorers._engine import explorer as engine
from mlmath_helpers.explorers._engine.png import COLOUR_TOLERANCE

FRONT_END = Path(engine.__file__).with_name("picture.js").read_text(encoding="utf-8")


def line_with_stills(*stills):
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1])

    def update(x):
        line.set_ydata([0, x])
        return (line,)

    return explorer_of(figure, update, stills=stills)


def test_the_bundle_is_the_widget_the_picture_and_the_sentence(moving_line):
    bundle, metadata = moving_line._repr_mimebundle_()
    assert bundle["text/plain"] == moving_line.sentence == "Now x is 0.20."
    assert metadata == {"image/png": {"alt": moving_line.sentence, "width": 300}}
    view = bundle["application/vnd.jupyter.widget-view+json"]
    assert view["model_id"] == moving_line.box.model_id


def test_the_stored_picture_is_the_live_one_with_the_sentence_below(moving_line):
    moving_line.controls["x"].value = 0.63
    stored = Image.open(BytesIO(b64decode(moving_line._repr_mimebundle_()[0]["image/png"])))
    live = live_picture(moving_line)
    assert stored.text["Picture height"] == str(len(live))
    stored = np.asarray(stored.convert("RGB"))
    assert stored.shape[1] == live.shape[1]
    assert stored.shape[0] > live.shape[0] + 20
    top = stored[: len(live)]
    assert (np.maximum(top, live) - np.minimum(top, live)).max() <= COLOUR_TOLERANCE
    assert (stored[len(live) :] < 100).any(), "there are words below"


def test_the_states_worth_seeing_stand_small_below_the_stored_picture():
    @engine.explorer
    def line():
        return line_with_stills({"x": 0.9}, {"x": 0.1}, {"x": 0.5})

    figure = line()
    start, sentence = figure.png, figure.sentence
    seen = []
    for x in (0.9, 0.1, 0.5):
        figure.controls["x"].value = x
        seen.append(live_picture(figure))
    figure.reset()
    assert (figure.png, figure.sentence) == (start, sentence), "it begins at its start all the same"
    stored = Image.open(BytesIO(b64decode(figure._repr_mimebundle_()[0]["image/png"])))
    pixels = np.asarray(stored.convert("RGB")).astype(int)
    for picture in seen:
        height, width = round(picture.shape[0] / 3), picture.shape[1] // 3
        small = np.asarray(Image.fromarray(picture).resize((width, height), Image.BOX)).astype(int)
        tops = range(len(picture), len(pixels) - height)
        places = [(top, left) for top in tops for left in (0, width, 2 * width)]
        off = [np.abs(pixels[y : y + height, x : x + width] - small).max() for y, x in places]
        assert min(off) <= 2 * COLOUR_TOLERANCE
    figure.close()


def test_a_learners_own_thing_has_no_states_that_the_course_found_worth_seeing():
    @engine.explorer
    def line(data=None):
        return line_with_stills({"x": 0.9}, {"x": 0.1})

    figure = line([1, 2])
    assert figure._seen == ()
    figure.close()


def test_the_picture_says_its_size(moving_line):
    assert (moving_line.picture.width, moving_line.picture.height) == (300, 200)
    assert live_picture(moving_line).shape == (300, 450, 3)


def test_shown_twice_both_displays_are_the_same_widget(moving_line):
    first, second = moving_line._repr_mimebundle_()[0], moving_line._repr_mimebundle_()[0]
    assert first == second
    moving_line.controls["x"].value = 0.4
    assert_true(moving_line)


def test_words_travel_as_they_are_and_the_browser_puts_them_in_as_text():
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1])
    sentence = 'Is 1 < 2 & "so" on? <script>alert(1)</script>.'
    explorer = explorer_of(figure, lambda x: (line,), lambda x: sentence)
    assert explorer.picture.sentence == sentence
    assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write", FRONT_END)


def test_a_hyphen_before_a_number_becomes_a_minus_sign_in_words_and_picture():
    figure, axes = small_canvas()
    texts = [axes.set_title("from -1"), axes.set_xlabel("well-known, to -2")]
    axes.plot([0, 1], [0, 1], label="a slope of -3")
    texts += axes.legend().get_texts()
    moving = axes.text(0.5, 0.5, "", gid="moving")

    def update(x):
        moving.set_text(f"{-x:.1f}")
        return (moving,)

    explorer = explorer_of(figure, update, lambda x: f"One-way x is {-x:.1f}, or -.5, or 1e-3.")
    assert explorer.sentence == "One-way x is −0.2, or −.5, or 1e-3."
    texts = [text.get_text() for text in (*texts, moving)]
    assert texts == ["from −1", "well-known, to −2", "a slope of −3", "−0.2"]
    explorer.controls["x"].value = 0.7
    assert moving.get_text() == "−0.7"
    assert_true(explorer)


def test_the_caption_keeps_room_for_the_longest_sentence():
    """On an unseen text of that length, so that the page below does not move."""
    words, times = re.search(r'ROOM = "(.+?)"\.repeat\((\d+)\)', FRONT_END).groups()
    assert len(words) * int(times) == engine.LONGEST_SENTENCE


class Cell(NamedTuple):
    name: str | None = None
    text: str = ""


class Shell:
    """Answers as the shell of a kernel does, when it is asked which cell runs."""

    def __init__(self, cell, run):
        self.parent = {"metadata": {}, "content": {"code": cell.text}, "header": {"msg_id": run}}
        if cell.name:
            self.parent["metadata"]["cellId"] = cell.name

    def get_parent(self):
        return self.parent


@pytest.fixture
def run_in(monkeypatch):
    monkeypatch.setattr(engine, "_shown", {})

    def run(cell, number, *explorers):
        cell = Cell(cell) if isinstance(cell, str) else cell
        monkeypatch.setattr(engine, "get_ipython", lambda: Shell(cell, f"run {number}"))
        for explorer in explorers:
            explorer._repr_mimebundle_()

    return run


def is_open(explorer):
    return explorer.box.comm is not None and bool(explorer.figure.axes)


def test_a_cell_that_runs_again_closes_what_it_showed(run_in):
    first, second, third = make(), make(), make()
    run_in("cell", 1, first, second)
    assert is_open(first)
    assert is_open(second)
    run_in("cell", 2, third)
    assert [is_open(explorer) for explorer in (first, second, third)] == [False, False, True]


def test_where_no_cell_is_named_its_text_tells_which_one_runs_again(run_in):
    first, other, second = make(), make(), make()
    run_in(Cell(text="figure()"), 1, first)
    run_in(Cell(text="another()"), 2, other)
    run_in(Cell(text="figure()"), 3, second)
    assert [is_open(explorer) for explorer in (first, other, second)] == [False, True, True]


def test_what_another_cell_shows_too_stays_open(run_in):
    shared, other = make(), make()
    run_in("cell", 1, shared)
    run_in("another", 2, shared)
    run_in("cell", 3, other)
    assert is_open(shared)


def test_the_same_explorer_shown_again_by_its_cell_stays_open(run_in):
    explorer = make()
    run_in("cell", 1, explorer)
    run_in("cell", 2, explorer)
    assert is_open(explorer)
    assert_true(explorer)


def test_outside_jupyter_nothing_is_closed(moving_line):
    moving_line._repr_mimebundle_()
    moving_line._repr_mimebundle_()
    assert is_open(moving_line)
