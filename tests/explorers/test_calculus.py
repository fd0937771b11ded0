"""What the slider figures of chapter 2 draw and say, against an independent computation."""

import itertools
import re

import numpy as np
import pytest
from scipy.optimize import rosen

from explorers.drawn import every_value, numbers, part
from mlmath_helpers.datasets import load_penguins
from mlmath_helpers.explorers import calculus as explorers


@pytest.fixture(scope="module")
def made():
    """Return each explorer by name, made once and set back to its start for each test."""
    cache = {}

    def make(name, **values):
        if name not in cache:
            cache[name] = getattr(explorers, name)()
        explorer = cache[name]
        explorer.reset()
        for control, value in values.items():
            explorer.controls[control].value = value
        return explorer

    yield make
    for explorer in cache.values():
        explorer.close()


def drawn(explorer, gid):
    """Return the coordinates of the line of that name."""
    (line,) = explorer.figure.findobj(lambda artist: artist.get_gid() == gid)
    return np.array(line.get_data(), dtype=float)


def runs_through(box, line):
    """Say whether a line, at twenty places to each of its pieces, lies behind a box."""
    corners = line.axes.transData.transform(line.get_xydata())
    along = np.linspace(0, len(corners) - 1, 20 * len(corners))
    x, y = (np.interp(along, range(len(corners)), coordinate) for coordinate in corners.T)
    return np.any((box.x0 < x) & (x < box.x1) & (box.y0 < y) & (y < box.y1))


# --- secant ---


@pytest.mark.parametrize("h", [0.02, 0.5, 2.0])
@pytest.mark.parametrize("x", [-2.0, 0.0, 1.5])
def test_the_secant_passes_through_two_points_and_the_tangent_touches(made, h, x):
    explorer = made("secant", h=h, x=x)

    def f(x):
        return x**3 / 3 - x

    (x0, x1), (y0, y1) = drawn(explorer, "points")
    assert (x0, x1) == pytest.approx((x, x + h))
    assert (y0, y1) == pytest.approx((f(x), f(x + h)), abs=1e-12)
    line, tangent = drawn(explorer, "secant"), drawn(explorer, "tangent")
    assert np.interp([x, x + h], *line) == pytest.approx([f(x), f(x + h)], abs=1e-9)
    slope = x**2 - 1  # by hand
    assert np.diff(tangent[1]) / np.diff(tangent[0]) == pytest.approx(np.full(140, slope), abs=1e-8)
    quotient = x**2 - 1 + x * h + h**2 / 3
    assert drawn(explorer, "dot").ravel() == pytest.approx([h, quotient], abs=1e-9)
    said = numbers(explorer.sentence)
    assert said[:2] == [x, h]
    assert said[2] == pytest.approx(quotient, abs=6e-4)
    assert said[4] == pytest.approx(slope, abs=6e-4)


@pytest.mark.parametrize("epsilon", [0.05, 0.4, 1.0])
@pytest.mark.parametrize("x", [-1.5, 0.0, 1.0])
def test_delta_is_the_step_up_to_which_the_slope_is_close(made, x, epsilon):
    explorer = made("secant", x=x, epsilon=epsilon)
    # by hand: the worse side has |x| h + h²/3 = epsilon
    delta = (-3 * abs(x) + np.sqrt(9 * x**2 + 12 * epsilon)) / 2
    said = numbers(explorer.sentence)[-1]
    assert delta - 0.0051 < said <= delta  # a grid of 0.005; never more than is true


@pytest.mark.parametrize("epsilon", [0.05, 0.4, 1.0])
@pytest.mark.parametrize("x", [-2.0, -0.6, 0.0, 0.3, 1.5])
def test_the_name_of_the_band_stands_beside_the_picture_where_no_line_runs(made, x, epsilon):
    explorer = made("secant", x=x, epsilon=epsilon)
    right = explorer.figure.axes[1]
    (name,) = (text for text in right.texts if text.get_text() == "f'(x) ± ε")
    box, band = name.get_window_extent(), part(explorer, "band")
    assert right.bbox.x1 < box.x0 < box.x1 < explorer.figure.bbox.x1
    middle = band.get_y() + band.get_height() / 2
    assert name.get_position()[1] == pytest.approx(middle)
    assert middle == pytest.approx(x**2 - 1, abs=1e-8)


def test_the_name_of_the_step_stands_on_no_line(made):
    explorer = made("secant")
    left = explorer.figure.axes[0]
    for h in every_value(explorer.controls["h"])[::6]:
        for x in every_value(explorer.controls["x"])[::4]:
            explorer._update(h=h, x=x, epsilon=0.4)
            name = part(explorer, "run")
            assert name.get_text() == f"h = {h:.2f}"
            box = name.get_window_extent()
            assert left.bbox.x0 < box.x0 < box.x1 < left.bbox.x1
            assert left.bbox.y0 < box.y0 < box.y1 < left.bbox.y1
            for line in ("curve", "secant", "tangent", "points"):
                assert not runs_through(box, part(explorer, line)), (h, x, line)


def test_the_verdict_of_the_secant_turns_where_the_slope_leaves_the_band(made):
    # by hand, at x = -1.5 to the right: 1.5 h - h²/3 = 0.4 (to the left, at δ, it is sooner)
    leaves = (4.5 - np.sqrt(20.25 - 4.8)) / 2
    for h in (0.1, 0.28, 0.3, 0.5):
        verdict = "within" if h < leaves else "not within"
        assert f", {verdict} ε = 0.40 of the tangent's" in made("secant", h=h).sentence


# --- finite_difference_error ---


@pytest.mark.parametrize(
    ("scheme", "exponent", "verdict"),
    [
        ("forward", -3.0, "truncation, 1e-3, rules over round-off, 1e-13."),  # h/x, u x/h
        ("forward", -8.0, "about equal, near the best h"),
        ("forward", -12.0, "round-off, 1e-4, rules over truncation, 1e-12."),
        ("central", -3.0, "truncation, 1e-6, rules over round-off, 1e-13."),  # (h/x)², u x/h
        ("central", -5.5, "about equal, near the best h"),
        ("central", -8.0, "round-off, 1e-8, rules over truncation, 1e-16."),
        ("complex", -12.0, "a smaller h does no harm"),
    ],
)
def test_the_verdict_on_a_step_names_what_is_larger(made, scheme, exponent, verdict):
    explorer = made("finite_difference_error", scheme=scheme, exponent=exponent)
    assert verdict in explorer.sentence


@pytest.mark.parametrize("exponent", [-6.0, -3.0, -1.0])
def test_the_error_drawn_is_that_of_the_quotient(made, exponent):
    explorer = made("finite_difference_error", exponent=exponent)
    h = 10**exponent
    # by hand, (1/(x + h) - 1/x) / h = -1 / (x (x + h)): off by h / (x + h) of itself
    assert drawn(explorer, "dot")[1, 0] == pytest.approx(h / (0.7 + h), rel=1e-3)
    grid, errors = drawn(explorer, "errors")
    large = grid > 1e-6
    np.testing.assert_allclose(errors[large], (grid / (0.7 + grid))[large], rtol=1e-3)


def test_the_errors_are_drawn_only_for_the_steps_that_lie_behind(made):
    for scheme in ("forward", "central", "complex"):
        for exponent in (-15.0, -8.0, -3.0):
            explorer = made("finite_difference_error", scheme=scheme, exponent=exponent)
            for gid in ("errors", "truncation", "round-off"):
                assert drawn(explorer, gid)[0].min() == pytest.approx(10**exponent, rel=1e-6)


def test_no_name_of_an_error_stands_where_a_step_can_come(made):
    explorer = made("finite_difference_error")
    (axes,) = explorer.figure.axes
    for scheme in ("forward", "central", "complex"):
        explorer.controls["scheme"].value = scheme
        boxes = [text.get_window_extent() for text in axes.texts if text.get_visible()]
        assert len(boxes) == (2 if scheme == "complex" else 3)
        for box in boxes:
            assert axes.bbox.x1 < box.x0 < box.x1 <= explorer.figure.bbox.x1
        for one, other in itertools.combinations(boxes, 2):
            assert not one.overlaps(other)


def test_the_digits_that_are_said_are_right(made):
    for exponent, digits in [(-1.0, 1), (-3.0, 3), (-5.0, 5)]:
        explorer = made("finite_difference_error", exponent=exponent)
        assert f"about {digits} digit" in explorer.sentence


# --- descent ---


@pytest.mark.parametrize("rate", [0.02, 0.5, 0.9, 1.0, 1.2])
@pytest.mark.parametrize("start", [-3.0, 0.0, 2.0])
def test_the_steps_on_the_parabola_are_powers_of_one_factor(made, rate, start):
    explorer = made("descent_1d", rate=rate, start=start)
    x = start * (1 - 2 * rate) ** np.arange(26.0)
    path = drawn(explorer, "path")
    assert path[0] == pytest.approx(x, rel=1e-9, abs=1e-12)
    assert path[1] == pytest.approx(x**2, rel=1e-9, abs=1e-12)
    assert drawn(explorer, "distance")[1] == pytest.approx(np.maximum(np.abs(x), 1e-9), rel=1e-6)


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
    words = made("descent_1d", rate=rate).sentence
    assert verdict in words
    factor = f"{1 - 2 * rate:z.2f}".replace("-", "−")
    assert words.startswith(f"At rate {rate:.2f} a step multiplies x by {factor}: ")


@pytest.mark.parametrize("rate", [0.02, 0.3, 0.44, 0.9, 1.0, 1.2])
@pytest.mark.parametrize("start", [-3.0, 0.1])
def test_where_the_walk_on_the_parabola_ends_is_said(made, rate, start):
    words = made("descent_1d", rate=rate, start=start).sentence
    end = start * (1 - 2 * rate) ** 25
    first, last, steps = numbers(re.search(r"from (.*)\.", words)[0].replace("nine", "9"))[-3:]
    if abs(end) < 5e-10:
        assert words.endswith("to 0 (to nine decimals) in 25 steps.")
    else:
        assert (first, steps) == (start, 25)
        assert last == pytest.approx(end, rel=6e-3)


def test_what_is_tiny_is_not_called_zero(made):
    assert "to 0 (to nine decimals) in 25 steps" in made("descent_1d", rate=0.3).sentence


def test_a_start_at_the_minimum_is_named(made):
    words = made("descent_1d", start=0.0).sentence
    assert words == "At rate 0.90 nothing moves: the start is the minimum, and its slope is 0."


@pytest.mark.parametrize("share", [0.05, 0.5, 0.96, 1.05])
@pytest.mark.parametrize("condition", [1, 20, 60])
def test_each_direction_of_the_valley_shrinks_by_its_own_factor(made, share, condition):
    explorer = made("descent_2d", share=share, condition=condition)
    rate, steps = 2 * share / condition, np.arange(61)
    flat, steep = 4 * abs(1 - rate) ** steps, abs(1 - rate * condition) ** steps
    assert drawn(explorer, "flat")[1] == pytest.approx(np.maximum(flat, 1e-7), rel=1e-6)
    assert drawn(explorer, "steep")[1] == pytest.approx(np.maximum(steep, 1e-7), rel=1e-6)
    whole = np.maximum(np.hypot(flat, steep), 1e-7)
    assert drawn(explorer, "distance")[1] == pytest.approx(whole, rel=1e-6)
    slower = max(abs(1 - rate), abs(1 - rate * condition))
    assert f"leaves {slower:.3f} of the slower part" in explorer.sentence
    assert numbers(part(explorer, "rate").get_text()) == [pytest.approx(rate, abs=6e-4)]


def test_no_walk_in_the_valley_comes_near_the_names_of_its_lines(made):
    explorer = made("descent_2d")
    right = explorer.figure.axes[1]
    boxes = [text.get_window_extent() for text in right.texts]
    assert len(boxes) == 3
    for condition in (1, 10, 60):
        for share in every_value(explorer.controls["share"])[::5]:
            explorer._update(share=share, condition=condition)
            for line in ("distance", "flat", "steep"):
                assert not any(runs_through(box.padded(4), part(explorer, line)) for box in boxes)


def test_the_steps_that_are_said_to_be_needed_suffice(made):
    explorer = made("descent_2d", share=0.9, condition=20)
    needed = int(re.search(r"(\d+) steps a thousandth", explorer.sentence).group(1))
    slower = 1 - 2 * 0.9 / 20
    assert slower**needed <= 1e-3 < slower ** (needed - 1)


def test_at_the_limit_the_steep_direction_swings_and_above_it_blows_up(made):
    assert ", so it swings for ever." in made("descent_2d", share=1.0).sentence
    assert ", so it blows up." in made("descent_2d", share=1.05).sentence
    words = made("descent_2d", share=0.5, condition=1).sentence
    assert words.endswith("a step leaves 0.000 of the slower part: one is enough.")


# --- optimizer_race ---


def test_plain_descent_in_the_race_is_the_plain_rule(made):
    explorer = made("optimizer_race", surface="Rosenbrock valley", rate=0.001, step=50)
    x = np.array([-1.2, 1.0])
    for _ in range(50):
        slope = [-2 * (1 - x[0]) - 400 * x[0] * (x[1] - x[0] ** 2), 200 * (x[1] - x[0] ** 2)]
        x = x - 0.001 * np.array(slope)
    assert drawn(explorer, "gradient descent")[:, -1] == pytest.approx(x)
    assert drawn(explorer, "height of gradient descent")[:, -1] == pytest.approx([50, rosen(x)])
    assert f" descent {rosen(x):.2g}" in explorer.sentence


def test_newton_stays_on_the_pass_that_descent_leaves(made):
    explorer = made("optimizer_race", surface="saddle", team="descent, Newton", rate=0.1, step=100)
    assert drawn(explorer, "Newton")[:, -1] == pytest.approx([0, 0], abs=1e-9)
    assert drawn(explorer, "gradient descent")[:, -1] == pytest.approx([0, 1], abs=1e-3)


def test_in_the_ravine_momentum_wins_at_a_small_rate_and_blows_up_at_a_large_one(made):
    explorer = made("optimizer_race", step=60)
    heights = {name: drawn(explorer, f"height of {name}")[1, -1] for name in ("momentum", "Adam")}
    assert heights["momentum"] < drawn(explorer, "height of gradient descent")[1, -1] / 10
    assert "blown up" not in explorer.sentence
    explorer.controls["rate"].value = 0.5
    assert explorer.sentence.endswith("; blown up: descent, momentum.")
    explorer.controls["team"].value = "descent, momentum, Nesterov"
    assert explorer.sentence.endswith(" all have blown up: descent, momentum, Nesterov.")


def test_what_is_left_of_a_height_is_not_called_zero(made):
    explorer = made("optimizer_race", team="descent, Newton", step=1)
    assert "the heights are Newton <1e-8, descent " in explorer.sentence
    assert drawn(explorer, "height of Newton")[1, -1] < 1e-8


def test_no_race_runs_over_its_key_and_its_dots_are_whole(made):
    explorer = made("optimizer_race", team="all seven")
    right = explorer.figure.axes[1]
    keys = [text.get_window_extent() for text in right.texts]
    assert len(keys) == 7
    assert all(box.x1 < right.bbox.x1 for box in keys)  # else no cover hides them
    for surface in every_value(explorer.controls["surface"]):
        for rate in every_value(explorer.controls["rate"]):
            explorer._update(surface=surface, rate=rate, step=100, team="all seven")
            for text in right.texts:
                name = f"height of {text.get_text().removesuffix(' (rate 1)')}"
                assert not any(runs_through(box, part(explorer, name)) for box in keys)
    ends = right.transData.transform([(0, 1), (100, 1)])[:, 0]  # dots are 8 points wide
    room = 4 * explorer.figure.dpi / 72
    assert right.bbox.x0 + room < ends[0] < ends[1] < right.bbox.x1 - room


def test_on_the_noisy_bowl_descent_keeps_jumping_and_a_smaller_rate_jumps_less(made):
    spread = {}
    for rate in (0.02, 0.5):
        explorer = made("optimizer_race", surface="noisy bowl", rate=rate, step=100)
        steps = np.diff(drawn(explorer, "gradient descent")[:, -30:])
        spread[rate] = np.hypot(*steps).mean()
    assert spread[0.5] > 5 * spread[0.02] > 0


def test_who_is_not_chosen_is_not_drawn_and_the_sentence_ranks_the_others(made):
    explorer = made("optimizer_race", team="Adagrad, RMSprop, Adam", rate=0.1, step=80)
    shown = {
        line.get_gid()
        for line in explorer.figure.axes[0].lines
        if line.get_visible() and line.get_gid()
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


# --- training ---


def test_the_training_counts_the_penguins_it_holds_out(made):
    measured = ~np.isnan(load_penguins().measurements).any(axis=1)
    explorer = made("training")
    (seen,) = numbers(part(explorer, "seen").get_text())
    (held_out,) = numbers(part(explorer, "held out").get_text())
    assert seen + held_out == measured.sum() == 342
    assert f"of {held_out:.0f} penguins held out are named rightly" in explorer.sentence
    assert part(explorer, "guessing").get_text() == f"guessing costs {np.log(3):.3f}"


@pytest.mark.parametrize("epoch", [0, 1, 60])
def test_the_losses_and_the_count_that_are_said_are_those_of_the_picture(made, epoch):
    explorer = made("training", epoch=epoch)
    *_, right, of, held_out, seen = numbers(explorer.sentence)
    assert drawn(explorer, "held-out loss")[1, -1] == pytest.approx(held_out, abs=6e-4)
    assert drawn(explorer, "loss")[1, -1] == pytest.approx(seen, abs=6e-4)
    # the filled points, kind by kind, are counted where the network answers that kind
    areas = part(explorer, "areas").get_paths()
    kinds = held_out_points(explorer)
    assert sum(map(len, kinds)) == of
    inside = [path.contains_points(kind).sum() for path, kind in zip(areas, kinds, strict=True)]
    assert sum(inside) == pytest.approx(right, abs=2)  # a bird on a border may fall on either side


def held_out_points(explorer):
    """Return the places of the filled points, one array for each kind."""
    lines = explorer.figure.axes[0].lines
    return [line.get_xydata() for line in lines if line.get_markerfacecolor() != "white"]


def test_the_network_learns_and_its_regions_cover_the_picture_once(made):
    explorer = made("training", epoch=0)
    before = explorer.sentence
    losses = drawn(made("training", epoch=60), "loss")[1]
    assert losses[0] > 0.8
    assert losses[-1] < 0.15
    assert explorer.sentence != before
    (areas,) = explorer.figure.findobj(lambda artist: artist.get_gid() == "areas")
    sizes = [
        sum(_signed_area(polygon) for polygon in path.to_polygons(closed_only=True))
        for path in areas.get_paths()
    ]
    # Where three meet, a cell of the grid of 60 x 60 may be missed.
    assert sum(sizes) == pytest.approx(30 * 10, rel=3e-3)


def _signed_area(polygon):
    x, y = polygon.T
    return (x[:-1] @ y[1:] - x[1:] @ y[:-1]) / 2


def test_the_points_of_a_region_are_what_the_network_answers(made):
    explorer = made("training", epoch=60)
    (areas,) = explorer.figure.findobj(lambda artist: artist.get_gid() == "areas")
    penguins = load_penguins()
    measured = ~np.isnan(penguins.measurements).any(axis=1)
    places = penguins.measurements[measured, :2]
    inside = np.array([path.contains_points(places) for path in areas.get_paths()])
    found = inside.argmax(axis=0)
    truth = np.unique(penguins.species[measured], return_inverse=True)[1]
    assert (found == truth).mean() > 0.94


# --- all ---

CONTROLS = {
    "secant": ["h", "x", "epsilon"],
    "finite_difference_error": ["exponent", "scheme"],
    "descent_1d": ["rate", "start"],
    "descent_2d": ["share", "condition"],
    "optimizer_race": ["surface", "team", "rate", "step"],
    "training": ["epoch"],
}


@pytest.mark.parametrize(
    ("name", "control"), [(name, control) for name, all_ in CONTROLS.items() for control in all_]
)
def test_each_control_changes_picture_and_sentence_over_its_range(made, name, control):
    explorer = made(name)
    widget = explorer.controls[control]
    if hasattr(widget, "min"):
        values = [type(widget.value)(value) for value in np.linspace(widget.min, widget.max, 7)]
    else:
        values = [option[1] if isinstance(option, tuple) else option for option in widget.options]
    seen = []
    for value in values:
        widget.value = value
        seen.append((explorer.image.value.split('src="')[1], explorer.sentence))
    assert len({picture for picture, _ in seen}) == len(values)
    assert len({sentence for _, sentence in seen}) == len(values)
