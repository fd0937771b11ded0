"""Buttons that set several controls at once."""

import pytest
from ipywidgets import Button

from mlmath_helpers.explorers._engine.explorer import Explorer, canvas, slider


def explorer(action):
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
        if isinstance(part, Button) and part.description == "swap"
    ]
    return found


def test_a_click_sets_all_controls_and_draws_once():
    made, drawn = explorer(lambda x, y: {"x": y, "y": x})
    button(made).click()
    assert [control.value for control in made.controls.values()] == [7, 2]
    assert drawn == [(2, 7), (7, 2)]
    assert made.sentence == "The dot is at (7, 2)."
    made.reset()
    assert drawn[-1] == (2, 7)


def test_an_action_may_leave_controls_alone():
    made, _ = explorer(lambda x, y: {"x": x + 1})
    made.act("swap")
    assert made.sentence == "The dot is at (3, 7)."


def test_an_action_that_fails_says_so_and_leaves_the_explorer_usable():
    made, _ = explorer(lambda x, y: {"x": 1, "z": 0})
    with pytest.raises(KeyError):
        made.act("swap")
    made.controls["y"].value = 3
    assert made.sentence == "The dot is at (1, 3)."
