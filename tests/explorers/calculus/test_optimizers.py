"""The race of the optimisers: where they are, who has left, what is said."""

import re

import numpy as np
import pytest
from scipy.optimize import rosen

from explorers.drawn import every_value, numbers, part, points, set_to
from explorers.pictures import Pictures
from mlmath_helpers.explorers import calculus as explorers

SEVEN = ("gradient descent", "momentum", "Adagrad", "RMSprop", "Nesterov", "Newton", "Adam")
ONE_RATE = ("gradient descent", "momentum", "Nesterov")  # for all directions


def height(explorer, name):
    """Return the height at which the dot of a walker is drawn."""
    return points(explorer, f"height of {name}")[0, 0]


def test_plain_descent_in_the_race_is_the_plain_rule(made):
    explorer = made(explorers.optimizer_race, surface="Rosenbrock valley", rate=0.001, step=50)
    way = [np.array([-1.2, 1.0])]
    for _ in range(50):
        x = way[-1]
        slope = [-2 * (1 - x[0]) - 400 * x[0] * (x[1] - x[0] ** 2), 200 * (x[1] - x[0] ** 2)]
        way.append(x - 0.001 * np.array(slope))
    assert points(explorer, "gradient descent") == pytest.approx(np.array(way))
    assert points(explorer, "tail of gradient descent") == pytest.approx(np.array(way[-11:]))
    assert points(explorer, "head of gradient descent")[0] == pytest.approx(way[-1])
    assert height(explorer, "gradient descent") == pytest.approx(rosen(way[-1]))
    row = SEVEN.index("gradient descent")
    last = [rosen(x) for x in way[-11:]]
    swing = part(explorer, "swings").get_segments()[row]
    assert swing == pytest.approx(np.array([[min(last), row], [max(last), row]]))


def test_newton_stays_on_the_pass_that_descent_leaves(made):
    explorer = made(explorers.optimizer_race, surface="saddle", rate=0.1, step=100)
    assert points(explorer, "head of Newton")[0] == pytest.approx([0, 0], abs=1e-9)
    assert points(explorer, "head of gradient descent")[0] == pytest.approx([0, 1], abs=1e-3)
    assert explorer.sentence.endswith("; Newton is last (0.25).")  # 0 - (-1/4), by hand


def test_in_the_ravine_the_three_with_one_rate_blow_up_at_a_large_one(made):
    explorer = made(explorers.optimizer_race, step=60)
    assert height(explorer, "momentum") < height(explorer, "gradient descent") / 10
    assert "blown up" not in explorer.sentence
    set_to(explorer, rate=0.5)
    assert explorer.sentence.endswith("; blown up: descent, momentum, Nesterov.")
    for name in SEVEN:
        gone = name in ONE_RATE
        assert part(explorer, f"end of {name}").get_visible() == gone
        for what in ("head", "tail"):
            assert part(explorer, f"{what} of {name}").get_visible() != gone


def test_who_has_blown_up_is_hollow_at_the_end_of_the_heights(made):
    explorer = made(explorers.optimizer_race, step=60, rate=0.5)
    ranks = explorer.figure.axes[-1]
    (words,) = (text for text in ranks.texts if text.get_text() == "blown up")
    for name in SEVEN:
        dot = part(explorer, f"height of {name}")
        assert dot.get_visible()
        gone = name in ONE_RATE
        assert (dot.get_markerfacecolor() == "white") == gone
        place = ranks.transData.transform(dot.get_xydata()[0])[0]
        box = words.get_window_extent()
        assert (box.x0 < place < box.x1) == (gone or name == "RMSprop")  # which is 1.6 high
        if gone:
            swing = part(explorer, "swings").get_segments()[SEVEN.index(name)]
            assert np.ptp(swing, axis=0).tolist() == [0, 0]
    assert part(explorer, "height of momentum").get_xdata()[0] > 10 * 1e5  # beyond all heights


HEIGHTS = {
    "ravine": lambda x, y: ((x - 1) ** 2 + 50 * (y - 0.4) ** 2) / 2,
    "Rosenbrock valley": lambda x, y: rosen([x, y]),
    "saddle": lambda x, y: x**2 / 2 - y**2 / 2 + y**4 / 4 + 1 / 4,
}


@pytest.mark.parametrize("surface", HEIGHTS)
def test_each_at_its_own_best_rate_ends_no_higher_than_at_any_other(made, surface):
    explorer = made(explorers.optimizer_race, step=100, surface=surface)
    rates = [rate for rate in every_value(explorer.controls["rate"]) if rate != "best"]
    ways = {}
    for rate in rates:
        set_to(explorer, rate=rate)
        assert part(explorer, "when").get_text() == "height left, step 100"
        for name in set(SEVEN) - {"Newton"}:
            assert part(explorer, f"rate of {name}").get_text() == f"rate {rate:g}"
            ways.setdefault(name, {})[rate] = points(explorer, name)
    explorer.act("each at its own best rate")
    assert explorer._values() == {"step": 100, "rate": "best", "surface": surface}
    assert explorer.sentence.startswith(f"Step 100, each at its own best rate, on the {surface}: ")
    assert "blown up" not in explorer.sentence
    for name, way in ways.items():
        whole = {rate: HEIGHTS[surface](*path.T) for rate, path in way.items() if len(path) == 101}
        end = {rate: max(level[-10:].mean(), 1e-8) for rate, level in whole.items()}
        (own,) = numbers(part(explorer, f"rate of {name}").get_text())
        assert end[own] == min(end.values())
        assert points(explorer, name) == pytest.approx(way[own])
        for rate in end:  # of those that come to the bottom it is there for most of the steps
            if end[rate] == end[own]:
                assert (whole[own] > 1e-8).sum() <= (whole[rate] > 1e-8).sum()


def test_at_one_rate_for_all_adagrad_hardly_moves_and_at_its_own_it_comes_down(made):
    explorer = made(explorers.optimizer_race, step=100)
    start = HEIGHTS["ravine"](*points(explorer, "Adagrad")[0])
    assert "; Adagrad is last (" in explorer.sentence
    assert start / 4 < height(explorer, "Adagrad") < start
    set_to(explorer, rate="best")
    assert height(explorer, "Adagrad") == 1e-8
    assert "Adagrad, RMSprop and Newton are down (<1e-8); descent is last (" in explorer.sentence


def test_what_is_left_of_a_height_is_not_called_zero(made):
    explorer = made(explorers.optimizer_race, step=1)
    assert "Newton leads (<1e-8), then " in explorer.sentence
    assert height(explorer, "Newton") == 1e-8  # the picture's end, which says ≤
    labels = [label.get_text() for label in explorer.figure.axes[-1].get_xticklabels()]
    assert labels[0] == "≤ 1e-8"


def test_a_head_that_has_left_its_map_is_hollow_on_the_edge(made):
    explorer = made(explorers.optimizer_race, surface="Rosenbrock valley", rate=0.002, step=2)
    # by hand: Newton's second point is (0.76, -3.18)
    assert points(explorer, "head of Newton")[0] == pytest.approx([0.763, -1.6], abs=1e-3)
    assert part(explorer, "head of Newton").get_markerfacecolor() == "white"
    set_to(explorer, step=3)
    assert part(explorer, "head of Newton").get_markerfacecolor() != "white"


def test_the_level_curves_and_the_goal_are_those_of_the_surface(made):
    explorer = made(explorers.optimizer_race)
    goals = {"ravine": (1, 0.4), "Rosenbrock valley": (1, 1), "saddle": (0, 1)}
    for surface, goal in goals.items():
        set_to(explorer, surface=surface)
        for panel in explorer.figure.axes[:-1]:
            (cross,) = (a for a in panel.lines if a.get_marker() == "+" and a.get_visible())
            assert cross.get_xydata()[0] == pytest.approx(goal)
    set_to(explorer, surface="ravine")
    (rings,) = (a for a in explorer.figure.axes[0].collections if a.get_visible())
    for ring in rings.get_segments():
        x, y = ring.T
        level = ((x - 1) ** 2 + 50 * (y - 0.4) ** 2) / 2
        assert np.ptp(level) < 0.1 * level.mean() + 0.02  # straight between places of a grid


def test_on_the_noisy_bowl_descent_keeps_jumping_and_a_smaller_rate_jumps_less(made):
    spread = {}
    for rate in (0.02, 0.5):
        explorer = made(explorers.optimizer_race, surface="noisy bowl", rate=rate, step=100)
        steps = np.diff(points(explorer, "gradient descent")[-30:], axis=0)
        spread[rate] = np.hypot(*steps.T).mean()
    assert spread[0.5] > 5 * spread[0.02] > 0


def test_the_sentence_ranks_those_that_are_left(made):
    explorer = made(explorers.optimizer_race)
    for surface in every_value(explorer.controls["surface"]):
        for rate in every_value(explorer.controls["rate"])[::3]:
            for step in (1, 30, 100):
                told = set_to(explorer, surface=surface, rate=rate, step=step)
                left = [n for n in SEVEN if part(explorer, f"head of {n}").get_visible()]
                order = sorted(left, key=lambda name: height(explorer, name))
                levels = [height(explorer, name) for name in order]
                names = [name.removeprefix("gradient ") for name in order]
                down = {name for name, level in zip(names, levels, strict=True) if level == 1e-8}
                if len(down) > 1:  # none of them leads
                    found = re.search(r": (.*) are down \(<1e-8\); (.*)\.$", told)
                    assert set(re.split(", | and ", found[1])) == down
                    rest = found[2]
                else:
                    found = re.search(r": (\w+) leads \(.*\), then (\w+) \(.*?\); (.*)\.$", told)
                    leader, second, rest = found.groups()
                    assert [leader, second] == names[:2]
                if len(left) == 7:
                    assert rest.startswith(f"{names[-1]} is last (")
                else:
                    gone = [n.removeprefix("gradient ") for n in SEVEN if n not in left]
                    assert rest == "blown up: " + ", ".join(gone)


def test_a_walker_is_pulled_along_its_own_way_and_all_keep_step(made):
    explorer = made(explorers.optimizer_race)
    way = points(made(explorers.optimizer_race, step=100), "momentum")
    set_to(explorer, step=8)
    for step in (0, 3, 20):
        explorer.drag("head of momentum", *way[step])
        assert explorer._values() == {"step": step, "rate": 0.02, "surface": "ravine"}
        assert points(explorer, "head of momentum")[0] == pytest.approx(way[step])
        assert len(points(explorer, "Adam")) == step + 1
    set_to(explorer, rate=0.5, step=80)
    handles = {handle.label: handle for handle in explorer.handles}
    assert handles["head of momentum"].at(**explorer._values()) is None  # blown up
    assert handles["head of Adam"].at(**explorer._values()) is not None


def test_the_names_of_the_walkers_stand_at_their_maps_and_beside_their_dots(made):
    explorer = made(explorers.optimizer_race, step=100)
    *maps, ranks = explorer.figure.axes
    assert len({part(explorer, f"head of {name}").axes for name in SEVEN}) == len(maps) == 7
    assert len(ranks.texts) == len(SEVEN) + 2  # "blown up", and what a bar is
    for name, text, panel in zip(SEVEN, ranks.texts[:7], maps, strict=True):
        assert part(explorer, f"head of {name}").axes is panel, "in the order of the maps"
        assert panel.get_title(loc="left")[2:].removesuffix(" (rate 1)") == name
        assert text.get_text() == name.removeprefix("gradient ")
        row = points(explorer, f"height of {name}")[0, 1]
        assert text.get_position()[1] == row
        lowest = ranks.transData.transform((1e-8, row))[0]
        assert text.get_window_extent().x1 < lowest  # no dot comes on it


class TestPictures(Pictures):
    figures = (explorers.optimizer_race,)
