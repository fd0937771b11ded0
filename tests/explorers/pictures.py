"""What every figure is held to: true pictures, true words, controls that matter."""

import itertools
import json
import os
import re
import statistics

import ipywidgets as widgets
import numpy as np
import pytest
from traitlets import TraitError

from explorers.drawn import (
    assert_true,
    canvas_pixels,
    drawn,
    every_value,
    first_and_last,
    full_picture,
    move,
    places_along,
    random_state,
    said,
    set_to,
    undrawn,
    unencoded,
)
from mlmath_helpers.explorers._engine import explorer as engine
from mlmath_helpers.explorers._engine.explorer import LONGEST_SENTENCE

N_STATES = int(os.environ.get("MLMATH_STATES", 8))  # random ones, a figure and a test

WEEKLY = N_STATES > 8
N_PULLS = 500  # of each handle
ARROWS = ((1, 0), (-1, 0), (0, 1), (0, -1))
N_DRAWN_PULLS, EVERY = (N_PULLS, 1) if WEEKLY else (20, 10)  # drawn ones, and the compared of them


def pull(explorer, handle, **change):
    """Pull a handle as the browser does."""
    index = explorer.handles.index(handle)
    explorer._pulled({"new": json.dumps({"handle": index, "id": 1.0, **change})})


def places_about(axes, n, rng):
    """Return n places in and about axes, as shares of the picture: half of them are in the axes.

    Each is a step of the plastic number from the last, so that they leave no gap: two hundred
    come nearer to each point of the axes than five hundred random ones all over the picture and
    about it, and as near to each point of their edges.
    """
    steps = np.outer(np.arange(n), (0.7548776662466927, 0.5698402909980532))
    across, up = (1.4 * ((rng.random(2) + steps) % 1) - 0.2).T
    box, (width, height) = axes.bbox, axes.figure.bbox.size
    places = (box.x0 + across * box.width) / width, 1 - (box.y0 + up * box.height) / height
    return np.column_stack(places)


def states_to_compare(explorer):
    """Return random states, the same each time; each end of each control is in one of them."""
    rng = np.random.default_rng(0)
    states = [random_state(explorer, rng) for _ in range(N_STATES)]
    ends = [(name, end) for name in explorer.controls for end in (0, -1)]
    for i, (name, end) in enumerate(ends):
        states[i % N_STATES][name] = every_value(explorer.controls[name])[end]
    return states


class Pictures:
    """The tests of a section's ``figures``, factories: subclassed in the section's own test file.

    So no file of tests takes long, and processes can share the work.
    """

    may_leave = ()  # the gids of marks that leave the picture, if the figure says so where they do

    def pytest_generate_tests(self, metafunc):
        names = [factory.__name__ for factory in self.figures]
        metafunc.parametrize("explorer", self.figures, ids=names, indirect=True, scope="class")

    @pytest.fixture(autouse=True)
    def from_the_start(self, explorer):
        """Let artists and the sentence move, and draw no picture, which takes most of the time."""
        undrawn(explorer).reset()

    @pytest.fixture
    def drawing(self, explorer):
        drawn(explorer)

    @pytest.mark.usefixtures("drawing")
    def test_the_picture_is_a_full_draw_at_the_start_and_at_each_end(self, explorer, true_at):
        true_at(explorer._starts)
        states = states_to_compare(explorer)
        for name, control in explorer.controls.items():
            for end in (every_value(control)[0], every_value(control)[-1]):
                true_at(next(state for state in states if state[name] == end))

    @pytest.mark.usefixtures("drawing")
    def test_the_picture_is_a_full_draw_at_random_states_by_two_routes(self, explorer, true_at):
        seen = [(state, *true_at(state)) for state in states_to_compare(explorer)]
        explorer.reset()
        with unencoded():
            for state, truth, sentence in reversed(seen):
                move(explorer, state)
                assert np.array_equal(canvas_pixels(explorer), truth)
                assert explorer.sentence == sentence
        explorer.reset()
        truth, sentence = true_at(explorer._starts)
        assert_true(explorer, truth[..., :3])
        assert explorer.sentence == sentence

    def test_the_words_are_one_plain_sentence_wherever_the_controls_are(
        self, explorer, monkeypatch
    ):
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
            assert explorer.picture.sentence == sentence
            assert not explorer.picture.trouble
        assert statistics.median(lengths) < 110, "too long to be read while the figure moves"
        assert max(lengths) <= LONGEST_SENTENCE
        monkeypatch.setattr(engine, "page", lambda *words, scale: b"")
        bundle, metadata = explorer._repr_mimebundle_()
        assert bundle["text/plain"] == metadata["image/png"]["alt"] == sentence

    @pytest.mark.usefixtures("drawing")
    def test_each_of_nine_places_of_a_control_has_its_own_picture_and_words(
        self, explorer, looks_along
    ):
        for name, control in explorer.controls.items():
            looks = looks_along(name)
            places = places_along(every_value(control), 9)
            for seen in zip(*(looks[i] for i in places), strict=True):
                pairs = itertools.combinations(range(len(seen)), 2)
                alike = [(i, j) for i, j in pairs if seen[i] == seen[j]]
                assert alike in ([], [(0, 8)]), name  # a full turn ends where it began

    @pytest.mark.usefixtures("drawing")
    def test_each_of_the_first_and_last_stops_has_its_own_picture_and_words(
        self, explorer, looks_along
    ):
        for name, control in explorer.controls.items():
            looks = looks_along(name)
            for stops in first_and_last(every_value(control)):
                for seen in zip(*(looks[i] for i in stops), strict=True):
                    assert len(set(seen)) == len(stops), name

    def test_a_control_set_off_its_steps_goes_to_the_nearest_or_says_what_it_holds(self, explorer):
        for name, control in explorer.controls.items():
            explorer.reset()
            values = every_value(control)
            for odd in (None, "many", float("nan")):
                with pytest.raises(TraitError, match=r"expected|needs a number|it is one of"):
                    control.value = odd
                assert control.value in values
            if hasattr(control, "options"):
                continue
            between = (values[2] - values[1]) * 0.37
            for odd, nearest in (
                (values[1] + between, values[1]),
                (values[-2] - between, values[-2]),
                (values[0] - 1e6, values[0]),
                (values[-1] + 1e6, values[-1]),
            ):
                control.value = odd
                assert control.value == nearest, name
                explorer.reset()

    def test_words_stand_in_the_picture_and_not_on_each_other(self, explorer):
        rng = np.random.default_rng(3)
        whole = explorer.figure.bbox
        for _ in range(N_STATES):
            set_to(explorer, **random_state(explorer, rng))
            for axes in explorer.figure.axes:
                texts = [text for text in (*axes.texts, axes._left_title) if text.get_visible()]
                boxes = [t.get_window_extent() for t in texts if t.get_text().strip()]
                for box in boxes:
                    assert whole.x0 - 1 <= box.x0 <= box.x1 <= whole.x1 + 1
                    assert whole.y0 - 1 <= box.y0 <= box.y1 <= whole.y1 + 1
                for one, other in itertools.combinations(boxes, 2):
                    assert not one.padded(-2).overlaps(other.padded(-2))

    def test_a_mark_of_one_or_two_points_is_in_the_picture_and_whole(self, explorer):
        rng = np.random.default_rng(4)
        states = [random_state(explorer, rng) for _ in range(2 * N_STATES)]
        for name, control in explorer.controls.items():
            states += [{name: end} for end in (every_value(control)[0], every_value(control)[-1])]
        for state in states:
            set_to(explorer, **explorer._starts | state)
            for axes in explorer.figure.axes:
                for line in axes.lines:
                    marked = line.get_marker() not in ("None", "none", "", None)
                    if not (marked and line.get_visible() and 0 < len(line.get_xydata()) < 3):
                        continue
                    if line.get_gid() in self.may_leave:
                        continue
                    places = line.get_transform().transform(line.get_xydata().astype(float))
                    size = line.get_markersize() / 2 * explorer.figure.dpi / 72
                    margin = 0.8 * size if line.get_clip_on() else -1.0
                    for x, y in places:
                        assert axes.bbox.x0 + margin <= x <= axes.bbox.x1 - margin, line.get_gid()
                        assert axes.bbox.y0 + margin <= y <= axes.bbox.y1 - margin, line.get_gid()

    def test_what_is_moved_is_told_apart_by_name(self, explorer):
        """A reader who hears the figure meets its sliders and its handles in one row."""
        names = [control.description for control in explorer.controls.values()]
        names += [handle.label for handle in explorer.handles]
        assert len(set(names)) == len(names)

    def test_a_handle_is_in_its_axes_and_pulled_to_its_own_place_changes_nothing(self, explorer):
        rng = np.random.default_rng(5)
        for handle in explorer.handles:
            for _ in range(2 * N_STATES):
                state = random_state(explorer, rng)
                set_to(explorer, **state)
                values = explorer._values()
                point = handle.at(**values)
                if point is None:
                    continue
                x, y = handle.axes.transData.transform(point)
                assert handle.axes.bbox.padded(1).contains(x, y), (handle.label, values)
                assert explorer._wanted(handle, point, values) == values, handle.label

    def test_a_handle_follows_to_wherever_it_can_be(self, explorer):
        rng = np.random.default_rng(6)
        for handle in explorer.handles:
            for _ in range(2 * N_STATES):
                set_to(explorer, **random_state(explorer, rng))
                values = explorer._values()
                here = handle.at(**values)
                if here is None:
                    continue
                moves = handle.drag(*here, **values)
                target = values | {name: random_state(explorer, rng)[name] for name in moves}
                there = handle.at(**target)
                if there is None:
                    continue
                explorer.drag(handle.label, *there)
                places = handle.axes.transData.transform([there, handle.at(**explorer._values())])
                assert np.abs(np.diff(places, axis=0)).max() < 1.0, (handle.label, values, target)

    def test_some_arrow_key_moves_each_handle(self, explorer):
        rng = np.random.default_rng(7)
        for handle in explorer.handles:
            for _ in range(N_STATES):
                set_to(explorer, **random_state(explorer, rng))
                values = explorer._values()
                if handle.at(**values) is None:
                    continue
                for far in (False, True):
                    moves = (self.by_key(explorer, handle, values, by, far) for by in ARROWS)
                    assert any(moves), (handle.label, values, far)

    def by_key(self, explorer, handle, values, by, far):
        """Say whether an arrow key, pressed in this state, moves a handle."""
        if explorer._values() != values:
            set_to(explorer, **values)
        pull(explorer, handle, by=by, far=far)
        return explorer._values() != values

    def test_hundreds_of_pulls_anywhere_raise_nothing_and_leave_nothing(self, explorer):
        rng = np.random.default_rng(8)
        held = {name: every_value(control) for name, control in explorer.controls.items()}
        for handle in explorer.handles:
            counts = []
            for places in np.split(places_about(handle.axes, N_PULLS, rng), 2):
                for place in places:
                    pull(explorer, handle, to=place.tolist())
                    values = explorer._values()
                    assert all(values[name] in held[name] for name in held), handle.label
                counts.append((len(explorer.figure.findobj()), len(widgets.widget._instances)))
            assert counts[0] == counts[1]

    @pytest.mark.usefixtures("drawing")
    def test_the_picture_is_true_wherever_a_handle_was_pulled(self, explorer):
        rng = np.random.default_rng(9)
        for handle in explorer.handles:
            explorer.reset()
            with unencoded():
                for number, place in enumerate(rng.uniform(-0.1, 1.1, (N_DRAWN_PULLS, 2)), start=1):
                    pull(explorer, handle, to=place.tolist())
                    if number % EVERY == 0:  # the last one too
                        picture, sentence = canvas_pixels(explorer), explorer.sentence
                        assert np.array_equal(picture[..., :3], full_picture(explorer))
                values = explorer._values()
                explorer.reset()
                move(explorer, values)
                assert np.array_equal(canvas_pixels(explorer), picture)
                assert explorer.sentence == sentence

    def test_the_states_worth_seeing_are_few_and_say_different_things(self, explorer):
        assert 2 <= len(explorer.stills) <= 4
        sentences = {said(explorer, **explorer._starts)}
        for still in explorer.stills:
            for name, value in still.items():
                assert value in every_value(explorer.controls[name]), "a stop of the control"
            sentences.add(set_to(explorer, **explorer._starts | still))
        assert len(sentences) == 1 + len(explorer.stills), "none is the start, none is there twice"

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
