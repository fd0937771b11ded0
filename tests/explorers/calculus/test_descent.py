"""Gradient descent on a parabola and in a valley, against its factors a step."""

import math
import re

import numpy as np
import pytest

from explorers.drawn import (
    assert_true,
    every_value,
    numbers,
    part,
    points,
    random_state,
    runs_through,
    said,
    set_to,
)
from explorers.pictures import Pictures
from mlmath_helpers.calculus import rosenbrock
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


@pytest.mark.parametrize(("start", "rate"), [(3.0, 0.02), (-2.5, 1.2), (0.1, 0.7), (1.0, 0.5)])
def test_the_walk_on_the_parabola_is_pulled_by_its_start_and_its_first_step(made, start, rate):
    explorer = made(explorers.descent_1d)
    explorer.drag("start on the curve", start, 20.0)
    assert explorer._values() == {"rate": 0.9, "start": start}
    explorer.drag("end of the first step", start - rate * 2 * start, 1.0)
    assert explorer._values() == {"rate": rate, "start": start}
    first_step, _ = explorer.handles
    assert first_step.at(**explorer._values()) == pytest.approx(points(explorer, "path")[1])


def test_at_the_minimum_of_the_parabola_there_is_no_first_step(made):
    explorer = made(explorers.descent_1d, start=0.0)
    first_step, _ = explorer.handles
    assert first_step.at(**explorer._values()) is None
    explorer.drag("end of the first step", 2.0, 1.0)
    assert explorer._values() == {"rate": 0.9, "start": 0.0}


@pytest.mark.parametrize("condition", [1, 20, 60])
@pytest.mark.parametrize("share", [0.05, 0.5, 1.05])
def test_the_valley_is_pulled_long_and_the_first_step_across_it(made, share, condition):
    explorer = made(explorers.descent_2d)
    # the third of seven curves, of which the last runs through (4, 1): x² = 9/49 (16 + condition)
    explorer.drag("end of a level curve", np.sqrt(9 / 49 * (16 + condition)), 0.3)
    assert explorer._values() == {"share": 0.96, "condition": condition}
    explorer.drag("end of the first step", 0.0, 1 - 2 * share)
    assert explorer._values() == {"share": share, "condition": condition}
    _, first_step = explorer.handles
    assert first_step.at(**explorer._values()) == pytest.approx(points(explorer, "path")[1])
    ring = explorer.figure.axes[0].patches[2]
    assert explorer.handles[0].at(**explorer._values()) == pytest.approx((ring.get_width() / 2, 0))


CURVES = {  # f, its slope by hand, the interval
    "waves": (lambda x: math.cos(3 * x) + x * x / 4, lambda x: -3 * math.sin(3 * x) + x / 2, None),
    "corner": (abs, lambda x: float(np.sign(x)), (-1, 1)),
    "large": (lambda x: 1e8 * (x - 2) ** 4, lambda x: 4e8 * (x - 2) ** 3, (0, 3.3)),
    "logarithm": (math.log, lambda x: 1 / x, (0.5, 90)),
}


@pytest.mark.parametrize("measured", [False, True])
@pytest.mark.parametrize(("f", "slope", "interval"), CURVES.values(), ids=CURVES)
def test_the_walk_on_ones_own_curve_follows_its_slope(f, slope, interval, measured):
    explorer = explorers.descent_1d(f, None if measured else slope, interval)
    low, high = interval or (-3, 3)
    rng = np.random.default_rng(0)
    for _ in range(5):
        state = random_state(explorer, rng)
        sentence = set_to(explorer, **state)
        x, path = state["start"], points(explorer, "path")
        for at in path:
            assert at == pytest.approx((x, f(x)), rel=1e-5, abs=1e-5 * (high - low))
            x = at[0] - state["rate"] * slope(at[0])
        left = len(path) < 26
        if left:
            assert not low <= x <= high
        assert ("leaves the picture" in sentence) == left
        sizes = points(explorer, "sizes")[:, 1]
        true_sizes = [abs(slope(at)) for at in path[:, 0]]
        assert sizes == pytest.approx(true_sizes, rel=1e-4, abs=1e-7 * max(true_sizes) + 1e-9)
        if "nothing moves" not in sentence:
            assert f"after {len(path) - 1} step" in sentence
        assert len(sentence) <= 180
        assert_true(explorer)
        moved = explorer._values()
        for handle in explorer.handles:
            if handle.at(**moved) is not None:
                explorer.drag(handle.label, *handle.at(**moved))
                assert explorer._values() == moved
    explorer.close()


def test_a_first_step_on_ones_own_curve_is_pulled_to_its_rate():
    explorer = explorers.descent_1d(lambda x: x**4 / 4, lambda x: x**3, (-2, 2), start=1.0)
    rates = every_value(explorer.controls["rate"])
    for rate in (rates[3], rates[17], rates[-1]):
        explorer.drag("end of the first step", 1 - rate, 0.0)
        assert explorer._values()["rate"] == rate
    explorer.drag("start on the curve", -1.52, 3.0)
    assert explorer._values()["start"] == -1.52
    set_to(explorer, start=0.0)
    assert "nothing moves: at the start, x = 0.00, the slope is 0, and f is 0." in explorer.sentence
    assert explorer.handles[0].at(**explorer._values()) is None
    explorer.drag("end of the first step", 1.0, 1.0)
    explorer.close()


MAPS = {  # f, its gradient by hand, the intervals
    "valley": (rosenbrock().height, rosenbrock().gradient, ((-2, 2), (-1, 3))),
    "a small corner": (
        lambda p: float(abs(p[0]) + 2 * abs(p[1])),
        lambda p: np.sign(p) * [1, 2],
        (-1e-3, 2e-3),
    ),
    "of unlike units": (
        lambda p: (p[0] / 1e4) ** 2 + p[1] ** 2,
        lambda p: [2 * p[0] / 1e8, 2 * p[1]],
        ((-2e4, 3e4), (-1, 1)),
    ),
}


WALKS = [(name, False) for name in MAPS] + [("valley", True), ("of unlike units", True)]


@pytest.mark.parametrize(("name", "measured"), WALKS)
def test_the_walk_on_ones_own_map_follows_its_gradient(name, measured):
    f, gradient, interval = MAPS[name]
    explorer = explorers.descent_2d(f, None if measured else gradient, interval)
    box = np.broadcast_to(interval, (2, 2))
    rng = np.random.default_rng(0)
    for _ in range(3):
        state = random_state(explorer, rng)
        sentence = set_to(explorer, **state)
        path = points(explorer, "path")
        steps = np.array([state["rate"] * np.array(gradient(at)) for at in path])
        assert path[0] == pytest.approx([state["x"], state["y"]])
        off = np.abs(np.diff(path, axis=0) + steps[:-1])
        assert (off <= 1e-3 * np.ptp(box, axis=1)).all()
        left = len(path) < 61
        assert ("leaves the picture" in sentence) == left
        if left:
            after = path[-1] - steps[-1]
            assert not ((box[:, 0] <= after) & (after <= box[:, 1])).all()
        assert f"after {len(path) - 1} step" in sentence
        assert f"f is {f(path[-1]):z.4g}"[:8] in sentence.replace("−", "-")
        assert len(sentence) <= 180
        assert_true(explorer)
        moved, target = explorer._values(), random_state(explorer, rng)
        for handle in explorer.handles:
            explorer.drag(handle.label, *handle.at(**moved))
            assert explorer._values() == moved
        explorer.drag("start", target["x"], target["y"])
        assert explorer._values() == pytest.approx(moved | {"x": target["x"], "y": target["y"]})
    explorer.close()


def test_a_first_step_on_ones_own_map_is_pulled_to_its_rate():
    explorer = explorers.descent_2d(lambda p: (p[0] ** 2 + 4 * p[1] ** 2) / 2, x=-1.0, y=0.5)
    for rate in every_value(explorer.controls["rate"])[::17]:
        explorer.drag("end of the first step", -1 + rate, 0.5 - 2 * rate)
        assert explorer._values()["rate"] == rate
    explorer.close()


def test_a_hole_between_the_places_that_were_asked_ends_a_walk_in_words():
    def torn(x):
        if 0.306 < x < 0.3066:
            raise RuntimeError("a hole")
        return x * x

    explorer = explorers.descent_1d(torn, lambda x: 2 * x, (-1, 1), start=0.5, rate=0.02)
    # 0.5 times 0.96 to the twelfth is 0.3064
    assert explorer.sentence.startswith(
        "At rate 0.02 the walk from x = 0.50 ends at x = 0.3191 after 11 steps: f is 0.1018 there,"
    )
    assert explorer.sentence.endswith("but beyond it f or its slope is no number.")
    assert part(explorer, "note").get_text() == "no number at step 12"
    assert not explorer.picture.trouble
    explorer.close()


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"f": 3}, TypeError, "f must be a function, not 3"),
        ({"f": abs, "grad": 3}, TypeError, "grad must be a function, not 3"),
        ({"grad": abs}, ValueError, "grad belongs to your f: give f too"),
        ({"interval": (0, 1)}, ValueError, "interval belongs to your f: give f too"),
        ({"f": math.log}, ValueError, r"f\(-3\) gives no number \(ValueError: math domain error\)"),
        (
            {"f": lambda x: 5.0},
            ValueError,
            "the slope of f is 0 all over the interval: no way leads down",
        ),
        (
            {"f": lambda x: x * x, "grad": lambda x: -2 * x},
            ValueError,
            "grad is not the slope of f: at .* it is .*, but values of f nearby rise by",
        ),
        ({"f": abs, "grad": lambda x: [x]}, TypeError, r"grad\(.*\) must be one real number"),
        ({"f": abs, "interval": (1, 0)}, ValueError, "interval must be two numbers, the smaller"),
    ],
)
def test_a_curve_on_which_no_walk_can_be_shown_is_refused(arguments, error, words):
    with pytest.raises(error, match=words):
        explorers.descent_1d(**arguments)


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"f": "f"}, TypeError, "f must be a function, not 'f'"),
        ({"f": lambda x, y: x}, ValueError, "it is called with an array of 2 numbers"),
        ({"f": lambda p: p}, TypeError, r"f\(\[-2, -2\]\) must be one real number, not array"),
        (
            {"f": lambda p: p @ p, "grad": lambda p: 2 * p[0]},
            TypeError,
            r"grad\(.*\) must be an array of shape \(2,\)",
        ),
        (
            {"f": lambda p: p @ p, "grad": lambda p: p},
            ValueError,
            r"grad is not the slope of f: at \[",
        ),
        ({"f": lambda p: 0}, ValueError, "the slope of f is 0 all over"),
        (
            {"f": lambda p: p @ p, "interval": ((0, 1), (2, 1))},
            ValueError,
            r"interval\[1\] must be two numbers, the smaller one first",
        ),
        (
            {"f": lambda p: p @ p, "interval": ((0, 1, 2), (2, 1, 3))},
            ValueError,
            "interval must be two numbers, or two of them for x and two for y",
        ),
        ({"grad": abs}, ValueError, "grad belongs to your f: give f too"),
    ],
)
def test_a_map_on_which_no_walk_can_be_shown_is_refused(arguments, error, words):
    with pytest.raises(error, match=words):
        explorers.descent_2d(**arguments)


class TestPictures(Pictures):
    figures = (explorers.descent_1d, explorers.descent_2d)
