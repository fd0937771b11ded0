"""Sliders and choices, the play button, reset, and buttons that set several controls at once."""

import ipywidgets as widgets
import numpy as np
import pytest
from traitlets import TraitError

from explorers._engine.small import explorer_of, small_canvas
from mlmath_helpers.explorers import Explorer
from mlmath_helpers.explorers._engine.controls import choice, slider, stops
from mlmath_helpers.explorers._engine.explorer import canvas


def test_reset_brings_all_controls_back_in_one_step():
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1])
    seen = []

    def update(x, y):
        seen.append((x, y))
        line.set_ydata([x, y])
        return (line,)

    explorer = explorer_of(
        figure, update, lambda x, y: f"{x} and {y}.", y=slider(0, 5, start=3, label="y")
    )
    explorer.controls["x"].value, explorer.controls["y"].value = 0.7, 1
    (reset,) = [part for part in walk(explorer.box) if isinstance(part, widgets.Button)]
    seen.clear()
    reset.click()
    assert seen == [(0.2, 3)]
    assert explorer.sentence == "0.2 and 3."


def walk(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from walk(child)


@pytest.mark.parametrize(
    ("numbers", "stops", "start", "interval"),
    [
        ((2, 12, 4, 2), [2, 4, 6, 8, 10, 12], 1, 250),
        ((0.0, 2.0, 1.0, 0.02), np.arange(101) / 50, 50, 100),
        ((0, 720, 90, 1), range(721), 90, 40),
    ],
)
def test_a_play_button_walks_through_the_stops_of_its_control(numbers, stops, start, interval):
    low, high, first, step = numbers
    control = slider(low, high, start=first, step=step, label="step")
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1])
    explorer = Explorer(
        figure, lambda step: (line,), lambda step: f"Step {step}.", play="step", step=control
    )
    explorer._draw = lambda moved: None
    (player,) = [part for part in walk(explorer.box) if isinstance(part, widgets.Play)]
    assert (player.min, player.max, player.step) == (0, len(stops) - 1, 1)
    assert (player.value, player.interval) == (start, interval)
    for place, stop in enumerate(stops):
        player.value = place
        assert explorer._values() == {"step": pytest.approx(stop)}
    explorer.reset()
    assert player.value == start, "it goes on from where the figure is"
    count = len(widgets.widget._instances)
    explorer.close()
    assert len(widgets.widget._instances) < count


def test_sliders_count_in_whole_numbers_only_where_all_their_numbers_are():
    assert isinstance(slider(0, 5, start=2, label="n"), widgets.IntSlider)
    assert isinstance(slider(0, 5, start=2.0, label="x"), widgets.FloatSlider)
    assert slider(0.0, 1.0, start=0.5, label="x").step == pytest.approx(1 / 200)


@pytest.mark.parametrize(
    ("low", "step", "shown"),
    [(0.0, 0.5, "1.00"), (0.0, 0.01, "0.02"), (0.0, 0.005, "0.010"), (0.0025, 0.01, "0.0225")],
)
def test_a_slider_shows_its_stops_in_as_many_decimals_as_tell_them_apart(low, step, shown):
    control = slider(low, low + 10 * step, start=low + 2 * step, step=step, label="x")
    assert f"{control.value:{control.readout_format}}" == shown
    thirds = slider(0.0, 1.0, start=0.0, step=1 / 3, label="x")
    assert thirds.readout_format == ".4f"


def test_choices_and_stops_hold_one_of_their_options():
    assert choice(["one", "two"], start="two", label="which").value == "two"
    assert stops([("∞", np.inf), ("1", 1.0)], start=np.inf, label="p").value == np.inf


def pair_of(action):
    figure, axes = canvas()
    axes.set(xlim=(0, 10), ylim=(0, 10))
    (dot,) = axes.plot([], [], "o")
    drawn = []

    def update(x, y):
        drawn.append((x, y))
        dot.set_data([x], [y])
        return (dot,)

    made = Explorer(
        figure,
        update,
        lambda x, y: f"The dot is at ({x}, {y}).",
        actions={"swap": action},
        x=slider(0, 10, start=2, label="x"),
        y=slider(0, 10, start=7, label="y"),
    )
    return made, drawn


def button(made):
    (found,) = [
        part
        for part in made.box.children[0].children[-1].children
        if isinstance(part, widgets.Button) and part.description == "swap"
    ]
    return found


def test_a_click_sets_all_controls_and_draws_once():
    made, drawn = pair_of(lambda x, y: {"x": y, "y": x})
    button(made).click()
    assert [control.value for control in made.controls.values()] == [7, 2]
    assert drawn == [(2, 7), (7, 2)]
    assert made.sentence == "The dot is at (7, 2)."
    made.reset()
    assert drawn[-1] == (2, 7)


def test_an_action_may_leave_controls_alone():
    made, _ = pair_of(lambda x, y: {"x": x + 1})
    made.act("swap")
    assert made.sentence == "The dot is at (3, 7)."


def test_an_action_that_fails_says_so_and_leaves_the_explorer_usable():
    made, _ = pair_of(lambda x, y: {"x": 1, "z": 0})
    with pytest.raises(KeyError):
        made.act("swap")
    made.controls["y"].value = 3
    assert made.sentence == "The dot is at (1, 3)."


@pytest.mark.parametrize(
    ("given", "held"),
    [(112, 100), (130, 150), (137.2, 150), (-4, 50), (10**9, 300), (np.int64(77), 100)],
)
def test_a_slider_goes_to_the_nearest_of_its_stops(given, held):
    members = slider(50, 300, start=300, step=50, label="members")
    members.value = given
    assert members.value == held
    assert type(members.value) is int


@pytest.mark.parametrize(
    ("given", "held"),
    [(0.431, 0.44), (0.42999, 0.42), (0.9, 0.9), (-1, 0.02), (np.inf, 1.2), (np.float32(0.5), 0.5)],
)
def test_so_does_one_over_fractions(given, held):
    rate = slider(0.02, 1.2, start=0.9, step=0.02, label="rate")
    rate.value = given
    assert rate.value == held


def test_a_whole_number_is_rounded_and_not_cut():
    n = slider(0, 10, start=5, label="n")
    n.value = 2.7
    assert n.value == 3


@pytest.mark.parametrize("nonsense", [None, "many", [3], 1j, np.nan])
def test_what_is_no_number_is_refused_by_a_slider(nonsense):
    for control in (slider(0, 5, start=2, label="n"), slider(0.0, 1.0, start=0.5, label="x")):
        with pytest.raises(TraitError, match=r"expected|needs a number"):
            control.value = nonsense
        assert control.value in (2, 0.5)


@pytest.mark.parametrize("make", [choice, stops])
@pytest.mark.parametrize("nonsense", [None, "three", 1.5])
def test_a_list_names_what_it_holds_instead(make, nonsense):
    control = make([("one", 1), ("two", 2)], start=2, label="how many")
    with pytest.raises(TraitError, match=r"'how many' cannot be .*: it is one of one, two"):
        control.value = nonsense
    assert (control.value, control.label) == (2, "two")


def test_what_a_browser_sends_is_kept_and_read_as_the_decimal_it_means():
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1])
    made = explorer_of(
        figure,
        lambda x, y: (line,),
        lambda x, y: f"{x!r} and {y!r}.",
        y=slider(-1.0, 1.0, start=0.5, step=0.1, label="y"),
    )
    made.controls["y"].value = 0.1 + 0.2
    assert made.controls["y"].value == 0.30000000000000004, "the handle in the browser stays"
    assert made.sentence == "0.2 and 0.3."
    made.controls["y"].value = -1e-17
    assert made.sentence == "0.2 and 0.0."


def test_a_value_that_a_browser_only_spells_otherwise_draws_nothing():
    drawn = []
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1])

    def update(x):
        drawn.append(x)
        return (line,)

    made = explorer_of(figure, update, x=slider(0.0, 1.0, start=0.3, step=0.1, label="x"))
    made.controls["x"].value = 0.1 + 0.2  # as it comes into view
    assert drawn == [0.3]
    made.controls["x"].value = 0.4
    assert drawn == [0.3, 0.4]
