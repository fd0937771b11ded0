"""Gradient descent on a parabola and in a valley, against its factors a step."""

import re

import numpy as np
import pytest

from explorers.drawn import every_value, numbers, part, points, runs_through, said, set_to
from explorers.pictures import Pictures
from mlmath_helpers.explorers import calculus as explorers


@pytest.mark.parametrize("rate", [0.02, 0.5, 0.9, 1.0, 1.2])
@pytest.mark.parametrize("start", [-3.0, 0.0, 2.0])
def test_the_steps_on_the_parabola_are_powers_of_one_factor(made, rate, start):
    explorer = made(explorers.descent_1d, rate=rate, start=start)
    x = start * (1 - 2 * rate) ** np.arange(26.0)
    path = points(explorer, "path").T
    assert path[0] == pytest.approx(x, rel=1e-9, abs=1e-12)
    assert path[1] == pytest.approx(x**2, rel=1e-9, abs=1e-12)
    assert points(explorer, "distance").T[1] == pytest.approx(np.abs(x), rel=1e-6)


@pytest.mark.parametrize(
    ("rate", "verdict"),
    [
        (0.3, "comes down on one side"),
        (0.5, "the first one lands on the minimum"),
        (0.9, "swings, but converges"),
        (1.0, "swings for ever"),
        (1.1, "swings and blows up"),
    ],
)
def test_the_verdict_on_a_learning_rate_is_that_of_the_theory(made, rate, verdict):
    words = made(explorers.descent_1d, rate=rate).sentence
    assert verdict in words
    factor = f"{1 - 2 * rate:z.2f}".replace("-", "−")
    assert words.startswith(f"At rate {rate:.2f} a step multiplies x by {factor}: ")


@pytest.mark.parametrize("rate", [0.02, 0.3, 0.44, 0.9, 1.0, 1.2])
@pytest.mark.parametrize("start", [-3.0, 0.1])
def test_where_the_walk_on_the_parabola_ends_is_said(made, rate, start):
    words = made(explorers.descent_1d, rate=rate, start=start).sentence
    end = start * (1 - 2 * rate) ** 25
    first, last, steps = numbers(re.search(r"from (.*)\.", words)[0].replace("nine", "9"))[-3:]
    if abs(end) < 5e-10:
        assert words.endswith("to 0 (to nine decimals) in 25 steps.")
    else:
        assert (first, steps) == (start, 25)
        assert last == pytest.approx(end, rel=6e-3)


def test_what_is_tiny_is_not_called_zero(made):
    assert "to 0 (to nine decimals) in 25 steps" in made(explorers.descent_1d, rate=0.3).sentence


def test_a_start_at_the_minimum_is_named(made):
    words = made(explorers.descent_1d, start=0.0).sentence
    assert words == "At rate 0.90 nothing moves: the start is the minimum, and its slope is 0."


@pytest.mark.parametrize("share", [0.05, 0.5, 0.96, 1.05])
@pytest.mark.parametrize("condition", [1, 20, 60])
def test_each_direction_of_the_valley_shrinks_by_its_own_factor(made, share, condition):
    explorer = made(explorers.descent_2d, share=share, condition=condition)
    rate, steps = 2 * share / condition, np.arange(61)
    flat, steep = 4 * abs(1 - rate) ** steps, abs(1 - rate * condition) ** steps
    assert points(explorer, "flat").T[1] == pytest.approx(np.maximum(flat, 1e-30), rel=1e-6)
    assert points(explorer, "steep").T[1] == pytest.approx(np.maximum(steep, 1e-30), rel=1e-6)
    whole = np.maximum(np.hypot(flat, steep), 1e-30)
    assert points(explorer, "distance").T[1] == pytest.approx(whole, rel=1e-6)
    assert numbers(part(explorer, "rate").get_text()) == [pytest.approx(rate, abs=6e-4)]


def test_what_is_said_of_a_step_in_the_valley_is_true_at_every_state(made):
    explorer = made(explorers.descent_2d)
    for condition in every_value(explorer.controls["condition"]):
        for share in every_value(explorer.controls["share"]):
            flat, steep = 1 - 2 * share / condition, 1 - 2 * share  # the factors of one step
            start = f"Condition number {condition}, rate {share:.2f} of 2/λ: a step "
            if share > 1:
                grows = "the steep part" if condition > 1 else "both parts"
                rest = f"multiplies {grows} by −{-steep:.3f}, so it blows up."
                assert (abs(flat) > 1) == (condition == 1)
            else:
                slower = max(abs(flat), abs(steep))
                rest = f"leaves {slower:.3f} of the slower part"
                if share == 1:
                    rest += ", so it swings for ever."
                elif slower < 1e-12:
                    rest += ": one is enough."
                else:
                    needed = next(n for n in range(1, 5000) if slower**n <= 1e-3 * (1 + 1e-12))
                    rest += f", {needed} step{'s' if needed > 1 else ''} a thousandth."
            assert said(explorer, share=share, condition=condition) == start + rest


def test_where_the_walk_on_the_parabola_leaves_the_picture_is_said_in_it(made):
    explorer = made(explorers.descent_1d)
    low, _ = explorer.figure.axes[1].get_ylim()
    for rate in every_value(explorer.controls["rate"]):
        for start in (-3.0, 0.0, 0.1, 3.0):
            set_to(explorer, rate=rate, start=start)
            away = np.abs(start * (1 - 2 * rate) ** np.arange(26.0))
            below = np.flatnonzero(away < low)
            words = ""
            if below.size:
                size = "0" if start == 0 or rate == 0.5 else "below 1e-9"
                words = f"{size} from step {below[0]} on"
            assert part(explorer, "beyond").get_text() == words
            assert (points(explorer, "distance")[below, 1] < low).all(), "none is drawn at the edge"


def test_no_walk_in_the_valley_comes_near_the_names_of_its_lines(made):
    explorer = made(explorers.descent_2d)
    right = explorer.figure.axes[1]
    boxes = [text.get_window_extent() for text in right.texts]
    assert len(boxes) == 3
    for condition in (1, 10, 60):
        for share in every_value(explorer.controls["share"])[::5]:
            set_to(explorer, share=share, condition=condition)
            for line in ("distance", "flat", "steep"):
                assert not any(runs_through(box.padded(4), part(explorer, line)) for box in boxes)


def test_the_steps_that_are_said_to_be_needed_suffice(made):
    explorer = made(explorers.descent_2d, share=0.9, condition=20)
    needed = int(re.search(r"(\d+) steps a thousandth", explorer.sentence).group(1))
    slower = 1 - 2 * 0.9 / 20
    assert slower**needed <= 1e-3 < slower ** (needed - 1)


def test_at_the_limit_the_steep_direction_swings_and_above_it_blows_up(made):
    assert ", so it swings for ever." in made(explorers.descent_2d, share=1.0).sentence
    assert ", so it blows up." in made(explorers.descent_2d, share=1.05).sentence
    words = made(explorers.descent_2d, share=0.5, condition=1).sentence
    assert words.endswith("a step leaves 0.000 of the slower part: one is enough.")


class TestPictures(Pictures):
    figures = (explorers.descent_1d, explorers.descent_2d)
