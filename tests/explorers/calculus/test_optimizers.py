"""The race of the optimisers: where they are, who is drawn, what is said."""

import re

import numpy as np
import pytest
from scipy.optimize import rosen

from explorers.drawn import every_value, part, points, runs_through, set_to
from explorers.pictures import Pictures
from mlmath_helpers.explorers import calculus as explorers


def test_plain_descent_in_the_race_is_the_plain_rule(made):
    explorer = made(explorers.optimizer_race, surface="Rosenbrock valley", rate=0.001, step=50)
    x = np.array([-1.2, 1.0])
    for _ in range(50):
        slope = [-2 * (1 - x[0]) - 400 * x[0] * (x[1] - x[0] ** 2), 200 * (x[1] - x[0] ** 2)]
        x = x - 0.001 * np.array(slope)
    assert points(explorer, "gradient descent").T[:, -1] == pytest.approx(x)
    assert points(explorer, "height of gradient descent").T[:, -1] == pytest.approx([50, rosen(x)])
    assert f" descent {rosen(x):.2g}" in explorer.sentence


def test_newton_stays_on_the_pass_that_descent_leaves(made):
    explorer = made(
        explorers.optimizer_race, surface="saddle", team="descent, Newton", rate=0.1, step=100
    )
    assert points(explorer, "Newton").T[:, -1] == pytest.approx([0, 0], abs=1e-9)
    assert points(explorer, "gradient descent").T[:, -1] == pytest.approx([0, 1], abs=1e-3)


def test_in_the_ravine_momentum_wins_at_a_small_rate_and_blows_up_at_a_large_one(made):
    explorer = made(explorers.optimizer_race, step=60)
    heights = {
        name: points(explorer, f"height of {name}").T[1, -1] for name in ("momentum", "Adam")
    }
    assert heights["momentum"] < points(explorer, "height of gradient descent").T[1, -1] / 10
    assert "blown up" not in explorer.sentence
    set_to(explorer, rate=0.5)
    assert explorer.sentence.endswith("; blown up: descent, momentum.")
    set_to(explorer, team="descent, momentum, Nesterov")
    assert explorer.sentence.endswith(" all have blown up: descent, momentum, Nesterov.")


def test_what_is_left_of_a_height_is_not_called_zero(made):
    explorer = made(explorers.optimizer_race, team="descent, Newton", step=1)
    assert "the heights are Newton <1e-8, descent " in explorer.sentence
    assert points(explorer, "height of Newton").T[1, -1] < 1e-8


def test_no_race_runs_over_its_key_and_its_dots_are_whole(made):
    explorer = made(explorers.optimizer_race, team="all seven")
    right = explorer.figure.axes[1]
    keys = [text.get_window_extent() for text in right.texts]
    assert len(keys) == 7
    assert all(box.x1 < right.bbox.x1 for box in keys)  # else no cover hides them
    for surface in every_value(explorer.controls["surface"]):
        for rate in every_value(explorer.controls["rate"]):
            set_to(explorer, surface=surface, rate=rate, step=100, team="all seven")
            for text in right.texts:
                name = f"height of {text.get_text().removesuffix(' (rate 1)')}"
                assert not any(runs_through(box, part(explorer, name)) for box in keys)
    ends = right.transData.transform([(0, 1), (100, 1)])[:, 0]  # dots are 8 points wide
    room = 4 * explorer.figure.dpi / 72
    assert right.bbox.x0 + room < ends[0] < ends[1] < right.bbox.x1 - room


def test_on_the_noisy_bowl_descent_keeps_jumping_and_a_smaller_rate_jumps_less(made):
    spread = {}
    for rate in (0.02, 0.5):
        explorer = made(explorers.optimizer_race, surface="noisy bowl", rate=rate, step=100)
        steps = np.diff(points(explorer, "gradient descent").T[:, -30:])
        spread[rate] = np.hypot(*steps).mean()
    assert spread[0.5] > 5 * spread[0.02] > 0


def test_who_is_not_chosen_is_not_drawn_and_the_sentence_ranks_the_others(made):
    explorer = made(explorers.optimizer_race, team="Adagrad, RMSprop, Adam", rate=0.1, step=80)
    shown = {
        line.get_gid()
        for line in explorer.figure.axes[0].lines
        if line.get_visible() and line.get_gid() not in (None, "head")
    }
    assert shown == {"Adagrad", "RMSprop", "Adam"}
    right = explorer.figure.axes[1]
    (covers,) = [part for part in right.collections if part.get_gid() == "covers"]
    hidden = {
        text.get_text()
        for text in right.texts
        if any(
            path.contains_points(
                right.transData.inverted().transform(text.get_window_extent())
            ).all()
            for path in covers.get_paths()
        )
    }
    assert hidden == {"gradient descent", "momentum", "Nesterov", "Newton (rate 1)"}
    told = re.findall(r"(Adagrad|RMSprop|Adam) <?(\d[\d.e-]*)(?<!\.)", explorer.sentence)
    assert len(told) == 3
    assert [float(height) for _, height in told] == sorted(float(height) for _, height in told)


def test_the_step_of_the_race_is_pulled_at_a_dot_that_is_still_there(made):
    explorer = made(explorers.optimizer_race)
    for x, step in [(0.4, 0), (37.0, 37), (102.0, 100)]:
        explorer.drag("step of the race", x, 1.0)
        assert explorer._values()["step"] == step
    set_to(explorer, rate=0.5, team="descent, momentum, Adam", step=80)
    (dot,) = explorer.handles
    assert "; blown up: descent, momentum." in explorer.sentence  # Adam's is left
    end = points(explorer, "height of Adam")[-1]
    assert dot.at(**explorer._values()) == pytest.approx(end)
    set_to(explorer, team="descent, momentum, Nesterov")
    assert dot.at(**explorer._values()) is None  # all have blown up


class TestPictures(Pictures):
    figures = (explorers.optimizer_race,)
    may_leave = ("head", "end")  # the way there leads out, and the axis says down to where
