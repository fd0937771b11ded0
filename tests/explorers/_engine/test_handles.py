"""What can be taken hold of: where it is, what a pull does, and what goes wrong."""

import json
from unittest import mock

import numpy as np
import pytest

from explorers._engine.small import small_canvas
from explorers.drawn import assert_true
from mlmath_helpers.explorers import Explorer
from mlmath_helpers.explorers._engine.controls import choice, slider, stops
from mlmath_helpers.explorers._engine.picture import Handle


def dot_of(*, at=None, drag=None, limits=(0, 10), scale="linear", **controls):
    """Return a figure of a dot, whose handle it is."""
    figure, axes = small_canvas()
    axes.set(xlim=limits, ylim=limits, xscale=scale)
    (dot,) = axes.plot([], [], "o")

    def update(x, y, **_):
        if x == 9:
            raise ValueError("nine is too many")
        dot.set_data([x], [y])
        return (dot,)

    at = at or (lambda x, y, **_: (x, y))
    drag = drag or (lambda across, up, **_: {"x": across, "y": up})
    controls = {
        "x": slider(1, 9, start=2, label="across"),
        "y": slider(0.0, 8.0, start=5.0, step=0.5, label="up"),
    } | controls
    handles = [Handle(axes, at, drag, "dot")]
    describe = "The dot is at ({x}, {y}).".format
    return Explorer(figure, update, lambda **v: describe(**v), handles=handles, **controls)


def pull(explorer, **change):
    explorer.picture.pull = json.dumps({"handle": 0, **change})


def marks(explorer):
    return json.loads(explorer.picture.handles)


def place(explorer, x, y):
    """Return shares of the picture from its left and its top, by matplotlib's own way."""
    axes = explorer.handles[0].axes
    left, bottom, right, top = axes.get_position().extents
    (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
    return [
        left + (right - left) * (x - x0) / (x1 - x0),
        1 - bottom - (top - bottom) * (y - y0) / (y1 - y0),
    ]


def test_the_browser_is_told_where_a_handle_is_and_what_it_says():
    explorer = dot_of()
    (mark,) = marks(explorer)
    assert mark["at"] == pytest.approx(place(explorer, 2, 5), abs=1e-4)
    assert (mark["label"], mark["text"], mark["now"]) == ("dot", "across: 2, up: 5", 2)
    explorer.controls["y"].value = 1.5
    (mark,) = marks(explorer)
    assert mark["at"] == pytest.approx(place(explorer, 2, 1.5), abs=1e-4)
    assert mark["text"] == "across: 2, up: 1.5"


def test_a_pull_sets_the_controls_to_their_nearest_stops_and_draws_once():
    explorer = dot_of()
    with mock.patch.object(explorer, "_draw", wraps=explorer._draw) as draw:
        pull(explorer, to=place(explorer, 3.6, 6.3), id=7.5)
    assert [control.value for control in explorer.controls.values()] == [4, 6.5]
    assert explorer.sentence == "The dot is at (4, 6.5)."
    assert explorer.picture.answered == 7.5
    assert draw.call_count == 1
    assert_true(explorer)


@pytest.mark.parametrize(
    ("shares", "held"),
    [((-3, 0.5), (1, None)), ((1e6, 1e6), (8, 0)), ((0.5, -1e9), (None, 8)), ((0, 1), (1, 0))],
)
def test_pulled_out_of_its_axes_it_stays_at_their_edge(shares, held):
    explorer = dot_of(x=slider(1, 8, start=2, label="across"))
    pull(explorer, to=shares, id=1)
    for control, value in zip(explorer.controls.values(), held, strict=True):
        assert value is None or control.value == value


def test_on_an_axis_of_powers_it_goes_by_powers():
    explorer = dot_of(limits=(1, 100), scale="log", x=slider(1, 100, start=2, label="across"))
    axes = explorer.handles[0].axes
    box = axes.get_position()
    middle = [(box.x0 + box.x1) / 2, 1 - (box.y0 + box.y1) / 2]
    pull(explorer, to=middle, id=1)
    assert explorer.controls["x"].value == 10


def test_one_message_answers_a_pull():
    explorer = dot_of()
    asked = {"pull": json.dumps({"handle": 0, "id": 3.0, "to": [0.5, 0.5]})}
    message = {"content": {"data": {"method": "update", "state": asked}}, "buffers": []}
    explorer.picture.comm = mock.Mock(comm_id="of a picture")  # a browser listens
    explorer.picture._handle_msg(message)
    (sent,) = [call.kwargs["data"] for call in explorer.picture.comm.send.call_args_list]
    assert set(sent["state"]) == {"source", "sentence", "handles", "answered"}
    assert sent["state"]["answered"] == 3.0


def test_a_pull_that_changes_nothing_is_answered_and_draws_nothing():
    explorer = dot_of()
    with mock.patch.object(explorer, "_draw") as draw:
        pull(explorer, to=place(explorer, 2.2, 5.1), id=2.0)
    assert not draw.called
    assert explorer.picture.answered == 2.0


def test_an_arrow_key_goes_to_the_next_stop_and_with_shift_a_tenth_of_the_axes():
    explorer = dot_of()
    for by, held in (([1, 0], (3, 5.0)), ([0, 1], (3, 5.5)), ([0, -1], (3, 5.0))):
        pull(explorer, by=by, far=False, id=float(sum(held)))
        assert tuple(control.value for control in explorer.controls.values()) == held
    pull(explorer, by=[0, -1], far=True, id=9.0)
    step = 5.0 - explorer.controls["y"].value
    axes = explorer.handles[0].axes
    assert step == pytest.approx(10 * 0.1 * axes.bbox.width / axes.bbox.height, abs=0.5)
    for _ in range(4):
        pull(explorer, by=[-1, 0], far=False, id=np.random.default_rng().random())
    assert explorer.controls["x"].value == 1, "at its end it stays"


def test_a_handle_may_be_away():
    explorer = dot_of(at=lambda x, y, **_: None if x == 3 else (x, y))
    explorer.controls["x"].value = 3
    (mark,) = marks(explorer)
    assert mark["at"] is None
    pull(explorer, by=[1, 0], far=False, id=1.0)
    pull(explorer, to=place(explorer, 7, 5), id=2.0)
    assert explorer.controls["x"].value == 3


def test_what_a_pull_cannot_draw_is_told_and_answered_and_the_picture_stays():
    explorer = dot_of()
    picture, sentence, before = explorer.picture.source, explorer.sentence, marks(explorer)
    with pytest.raises(ValueError, match="nine is too many"):
        pull(explorer, to=place(explorer, 9, 5), id=4.0)
    assert (explorer.picture.source, explorer.picture.sentence) == (picture, sentence)
    assert marks(explorer) == before
    assert "nine is too many" in explorer.picture.trouble
    assert explorer.picture.answered == 4.0
    pull(explorer, to=place(explorer, 4, 4), id=5.0)
    assert (explorer.sentence, explorer.picture.trouble) == ("The dot is at (4, 4.0).", "")


def test_a_drag_that_fails_leaves_all_as_it_was_and_says_so():
    explorer = dot_of(
        drag=lambda across, up, **values: {"x": values["x"], "y": values["y"] / (across < 5)}
    )
    before = explorer.picture.source
    with pytest.raises(ZeroDivisionError):
        pull(explorer, to=place(explorer, 8, 5), id=4.0)
    assert explorer.picture.source == before
    assert "last one that could be drawn" in explorer.picture.trouble
    assert [control.value for control in explorer.controls.values()] == [2, 5.0]


def test_a_handle_moves_lists_too():
    explorer = dot_of(
        x=stops([("two", 2), ("three", 3), ("eight", 8)], start=2, label="how many"),
        mood=choice(["glad", "sad"], start="glad", label="mood"),
        drag=lambda across, up, **_: {"x": across, "mood": "sad" if up < 5 else "glad"},
    )
    pull(explorer, to=place(explorer, 5.8, 1), id=1.0)
    assert (explorer.controls["x"].value, explorer.controls["mood"].value) == (8, "sad")
    assert marks(explorer)[0]["text"] == "how many: eight, mood: sad"


def test_in_python_a_handle_is_pulled_by_its_label():
    explorer = dot_of()
    explorer.drag("dot", 7.1, 2.4)
    assert explorer.sentence == "The dot is at (7, 2.5)."
    with pytest.raises(ValueError, match=r"no handle 'star'.*dot"):
        explorer.drag("star", 1, 1)
