"""The engine: where blitting and a palette could lie, errors, displays, and what must not grow."""

import gc
import re
import tracemalloc
from base64 import b64decode
from io import BytesIO
from typing import NamedTuple

import ipywidgets as widgets
import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.patches import Rectangle
from PIL import Image

from explorers.drawn import alternative_text, assert_true, caption_text, live_picture
from mlmath_helpers.explorers import explorer as engine
from mlmath_helpers.explorers._engine.explorer import (
    Explorer,
    canvas,
    choice,
    in_course_style,
    slider,
    stops,
)
from mlmath_helpers.explorers._engine.png import COLOUR_TOLERANCE, Encoder


def small_canvas(**options):
    figure, axes = canvas(height=2, **options)
    figure.set_size_inches(3, 2)
    return figure, axes


def explorer_of(figure, update, describe=None, **controls):
    describe = describe or (lambda x, **_: f"Now x is {x:.2f}.")
    return Explorer(
        figure, update, describe, **{"x": slider(0.0, 1.0, start=0.2, label="x"), **controls}
    )


@pytest.fixture
def moving_line():
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1])

    def update(x):
        line.set_ydata([0, x])
        return (line,)

    explorer = explorer_of(figure, update)
    yield explorer
    explorer.close()


def assert_true_all_over(explorer, *values):
    for value in values or (0.9, 0.0, 0.5, 1.0, 0.2):
        explorer.controls["x"].value = value
        assert_true(explorer)


# Where the shortcuts could lie


def test_a_moved_line_is_drawn_where_it_now_is(moving_line):
    before = live_picture(moving_line)
    moving_line.controls["x"].value = 1.0
    assert (live_picture(moving_line) != before).any()
    assert_true_all_over(moving_line)


def test_a_line_that_changes_its_colour_is_drawn_in_the_new_one():
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1], linewidth=20)

    def update(x):
        line.set_color((x, 1 - x, abs(2 * x - 1)))
        return (line,)

    assert_true_all_over(explorer_of(figure, update))


def test_a_title_that_was_not_returned_is_drawn_all_the_same():
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1])

    def update(x):
        axes.set_title(f"x = {x:.2f}")
        line.set_ydata([x, x])
        return (line,)

    explorer = explorer_of(figure, update)
    before = live_picture(explorer)[:40]
    explorer.controls["x"].value = 0.88
    assert (live_picture(explorer)[:40] != before).any()
    assert_true_all_over(explorer)


def test_what_stands_still_above_what_moves_stays_above():
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1], linewidth=30)
    axes.add_patch(Rectangle((0.3, 0), 0.4, 1, facecolor="black", zorder=5))

    def update(x):
        line.set_ydata([x, x])
        return (line,)

    assert_true_all_over(explorer_of(figure, update))


def test_an_artist_made_inside_update_is_drawn_and_its_forerunner_gone():
    figure, axes = small_canvas()
    axes.set(xlim=(0, 1), ylim=(0, 1))
    made = []

    def update(x):
        while made:
            made.pop().remove()
        made.append(axes.add_patch(Rectangle((x / 2, 0), 0.3, 1, facecolor="tab:red")))
        return made

    explorer = explorer_of(figure, update)
    assert_true_all_over(explorer)
    assert len(axes.patches) == 1


def test_an_artist_made_inside_update_but_not_returned_is_drawn_too():
    figure, axes = small_canvas()
    axes.set(xlim=(0, 1), ylim=(0, 1))

    def update(x):
        axes.plot([x, x], [0, 1])
        return ()

    explorer = explorer_of(figure, update)
    assert_true_all_over(explorer)
    assert len(axes.lines) == 6


def test_a_three_dimensional_view_turns():
    figure, _ = small_canvas()
    figure.clear()
    axes = figure.add_subplot(projection="3d")
    axes.plot([0, 1, 1], [0, 0, 1], [0, 1, 1])

    def update(x):
        axes.view_init(azim=360 * x)
        return (axes,)

    explorer = explorer_of(figure, update)
    before = live_picture(explorer)
    assert_true_all_over(explorer, 0.4, 0.7)
    assert (live_picture(explorer) != before).any()


def test_a_part_of_an_axes_that_moves_as_a_whole_is_drawn():
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1])

    def update(x):
        line.set_ydata([0, x])
        axes.set_xlim(0, 1 + x)
        return axes, line

    assert_true_all_over(explorer_of(figure, update))


def test_a_word_inside_a_legend_is_drawn_anew_with_it():
    figure, axes = small_canvas()
    axes.plot([0, 1], [0, 1], label="start")
    (word,) = axes.legend(loc="center").get_texts()

    def update(x):
        word.set_text(f"{x:.2f}")
        return (word,)

    explorer = explorer_of(figure, update)
    before = live_picture(explorer)
    assert_true_all_over(explorer, 0.9, 0.5)
    assert (live_picture(explorer) != before).any()


def test_what_moves_in_hidden_axes_stays_hidden():
    figure, (shown, hidden) = small_canvas(n_columns=2)
    lines = [axes.plot([0, 1], [0, 1], linewidth=9)[0] for axes in (shown, hidden)]
    hidden.set_visible(False)

    def update(x):
        for line in lines:
            line.set_ydata([x, x])
        return lines

    assert_true_all_over(explorer_of(figure, update))


def test_a_photograph_keeps_its_grey_levels():
    figure, axes = small_canvas()
    ramp = np.linspace(0, 1, 256 * 40).reshape(256, 40)
    image = axes.imshow(ramp, vmin=0, vmax=1, aspect="auto")

    def update(x):
        image.set_data(np.roll(ramp, int(200 * x), axis=0) ** (1 + x))
        return (image,)

    assert_true_all_over(explorer_of(figure, update))


def test_a_picture_of_thousands_of_colours_keeps_them():
    figure, axes = small_canvas()
    rng = np.random.default_rng(0)
    pictures = {x: rng.random((60, 90, 3)) for x in (0.0, 0.2, 0.5, 0.9, 1.0)}
    image = axes.imshow(pictures[0.0], aspect="auto")

    def update(x):
        image.set_data(pictures[x])
        return (image,)

    assert_true_all_over(explorer_of(figure, update))


def test_two_axes_over_each_other_keep_their_order():
    figure, axes = small_canvas()
    twin = axes.twinx()
    (line,) = axes.plot([0, 1], [0, 1], linewidth=25)
    twin.plot([0, 1], [1, 0], color="black", linewidth=10)

    def update(x):
        line.set_ydata([x, x])
        return (line,)

    assert_true_all_over(explorer_of(figure, update))


def test_what_moves_inside_an_inset_is_drawn():
    figure, axes = small_canvas()
    inset = axes.inset_axes([0.5, 0.5, 0.4, 0.4])
    (line,) = inset.plot([0, 1], [0, 1], linewidth=5)

    def update(x):
        line.set_ydata([x, x])
        return (line,)

    assert_true_all_over(explorer_of(figure, update))


def test_axes_switched_off_stay_off():
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1], zorder=0)
    axes.axis("off")

    def update(x):
        line.set_ydata([x, x])
        return (line,)

    assert_true_all_over(explorer_of(figure, update))


def test_an_artist_made_invisible_is_gone_and_comes_back():
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1], linewidth=20)

    def update(x):
        line.set_visible(x > 0.3)
        return (line,)

    assert_true_all_over(explorer_of(figure, update))


def test_limits_that_change_redraw_the_axis():
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1])

    def update(x):
        line.set_ydata([0, x])
        axes.set_ylim(0, 1 + x)
        return (line,)

    assert_true_all_over(explorer_of(figure, update))


def test_the_encoder_moves_no_channel_by_more_than_it_states():
    rng = np.random.default_rng(0)
    encoder = Encoder()
    still = np.full((80, 120, 4), 255, dtype=np.uint8)
    encoder.set_still(still)
    for n_colours in (2, 40, 300, 5000):
        picture = still.copy()
        colours = rng.integers(0, 256, (n_colours, 3))
        picture[10:70, 10:110, :3] = colours[rng.integers(n_colours, size=(60, 100))]
        read = np.asarray(Image.open(BytesIO(encoder.encode(picture))).convert("RGB"), dtype=int)
        assert np.abs(read - picture[..., :3]).max() <= COLOUR_TOLERANCE
        assert (read[:10] == 255).all(), "white is white"


# Errors


@pytest.fixture
def fragile():
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1])

    def update(x):
        line.set_ydata([0, x])
        if x > 0.8:
            raise ValueError("x is <too> large")
        return (line,)

    explorer = explorer_of(figure, update)
    yield explorer
    explorer.close()


def test_an_error_in_update_reaches_whoever_set_the_value(fragile):
    with pytest.raises(ValueError, match="too"):
        fragile.controls["x"].value = 0.9


def test_an_error_is_told_in_the_caption_and_the_last_good_picture_stays(fragile):
    picture, sentence = fragile.image.value, fragile.sentence
    with pytest.raises(ValueError, match="too"):
        fragile.controls["x"].value = 0.9
    assert fragile.image.value == picture
    assert "x is &lt;too&gt; large" in fragile.caption.value
    assert "last one that could be drawn" in fragile.caption.value
    assert fragile._repr_mimebundle_()[0]["text/plain"] == sentence


def test_after_an_error_it_works_again(fragile):
    with pytest.raises(ValueError, match="too"):
        fragile.controls["x"].value = 0.9
    fragile.controls["x"].value = 0.5
    assert caption_text(fragile) == fragile.sentence == "Now x is 0.50."
    assert_true(fragile)


@pytest.mark.parametrize("where", ["describe", "draw"])
def test_an_error_elsewhere_leaves_picture_and_words_in_step(where):
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1])
    text = axes.set_title("fine")

    def update(x):
        line.set_ydata([0, x])
        text.set_text("$\\frac{$" if where == "draw" and x > 0.8 else "fine")
        return (line,)

    def describe(x):
        if where == "describe" and x > 0.8:
            raise ValueError("no words")
        return f"Now x is {x:.2f}."

    explorer = explorer_of(figure, update, describe)
    with pytest.raises(ValueError, match=r"no words|frac"):
        explorer.controls["x"].value = 0.9
    assert explorer.sentence == alternative_text(explorer) == "Now x is 0.20."
    assert_true_all_over(explorer, 0.4, 0.6)


def test_an_error_at_the_start_is_raised_by_the_factory():
    figure, _ = small_canvas()
    with pytest.raises(ZeroDivisionError):
        explorer_of(figure, lambda x: 1 / 0)


# Controls


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


def test_a_play_button_is_linked_to_its_control_over_the_whole_range():
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1])

    def update(step):
        line.set_ydata([0, step])
        return (line,)

    step = slider(2, 12, start=4, label="step", step=2)
    explorer = Explorer(figure, update, lambda step: f"Step {step}.", play="step", step=step)
    (player,) = [part for part in walk(explorer.box) if isinstance(part, widgets.Play)]
    assert (player.min, player.max, player.step, player.value) == (2, 12, 2, 4)
    (link,) = explorer._links
    assert link.source == (player, "value")
    assert link.target == (step, "value")
    count = len(widgets.widget._instances)
    explorer.close()
    assert len(widgets.widget._instances) < count
    assert link.comm is None, "closed too"


def test_sliders_count_in_whole_numbers_only_where_all_their_numbers_are():
    assert isinstance(slider(0, 5, start=2, label="n"), widgets.IntSlider)
    assert isinstance(slider(0, 5, start=2.0, label="x"), widgets.FloatSlider)
    assert slider(0.0, 1.0, start=0.5, label="x").step == pytest.approx(1 / 200)


def test_choices_and_stops_hold_one_of_their_options():
    assert choice(["one", "two"], start="two", label="which").value == "two"
    assert stops([("∞", np.inf), ("1", 1.0)], start=np.inf, label="p").value == np.inf


# Displays


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


def test_the_picture_says_its_size_and_does_not_flicker(moving_line):
    for wanted in ('width="300"', 'height="200"', 'decoding="sync"', "max-width: 100%"):
        assert wanted in moving_line.image.value
    assert live_picture(moving_line).shape == (300, 450, 3)


def test_words_are_escaped_before_they_go_into_html():
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1])
    sentence = 'Is 1 < 2 & "so" on? <script>alert(1)</script>.'
    explorer = explorer_of(figure, lambda x: (line,), lambda x: sentence)
    for html in (explorer.caption.value, explorer.image.value):
        assert "<script" not in html
    assert alternative_text(explorer) == sentence
    assert "&lt;script&gt;" in explorer.caption.value


def test_a_hyphen_before_a_number_becomes_a_minus_sign_in_words_and_picture():
    figure, axes = small_canvas()
    title = axes.set_title("from -1")
    moving = axes.text(0.5, 0.5, "", gid="moving")

    def update(x):
        moving.set_text(f"{-x:.1f}")
        return (moving,)

    explorer = explorer_of(figure, update, lambda x: f"One-way x is {-x:.1f}, or -.5, or 1e-3.")
    assert explorer.sentence == "One-way x is −0.2, or −.5, or 1e-3."
    assert (title.get_text(), moving.get_text()) == ("from −1", "−0.2")
    explorer.controls["x"].value = 0.7
    assert moving.get_text() == "−0.7"
    assert_true(explorer)


def test_the_caption_keeps_room_for_the_longest_sentence(moving_line):
    """In one cell of a grid with an unseen text, so that the page below does not move."""
    room = [explorer_room(moving_line)]
    moving_line.controls["x"].value = 0.9
    room.append(explorer_room(moving_line))
    assert room[0] == room[1]
    assert len(room[0]) == engine.LONGEST_SENTENCE
    assert "line-height" in moving_line.caption.value


def explorer_room(explorer):
    return re.search(r'aria-hidden="true">(.*?)</div>', explorer.caption.value)[1]


def test_shown_twice_both_displays_are_the_same_widget(moving_line):
    first, second = moving_line._repr_mimebundle_()[0], moving_line._repr_mimebundle_()[0]
    assert first == second
    moving_line.controls["x"].value = 0.4
    assert_true(moving_line)


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


def make():
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1])
    return explorer_of(figure, lambda x: (line,))


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


def renderers():
    gc.collect()
    return sum(isinstance(thing, RendererAgg) for thing in gc.get_objects())


def test_only_the_figure_that_moves_keeps_more_than_its_picture():
    before = renderers()
    explorers = [make() for _ in range(4)]
    assert renderers() <= before + 1
    for explorer in explorers:
        explorer.controls["x"].value = 0.9
        assert_true(explorer)
    assert renderers() <= before + 1
    explorers[0].controls["x"].value = 0.3
    assert_true(explorers[0])
    for explorer in explorers:
        explorer.close()


def test_a_closed_explorer_that_is_still_known_keeps_no_pixels():
    before = renderers()
    kept = make()
    kept.close()
    assert renderers() <= before


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


# What must not grow


def test_close_leaves_no_widget_behind():
    before = set(widgets.widget._instances)
    explorer = make()
    assert len(widgets.widget._instances) > len(before)
    explorer.close()
    assert set(widgets.widget._instances) == before


def test_five_hundred_values_grow_nothing(moving_line):
    rng = np.random.default_rng(0)

    def drive(n):
        for value in rng.random(n):
            moving_line.controls["x"].value = value

    drive(1)
    artists, alive = len(moving_line.figure.findobj()), len(widgets.widget._instances)
    tracemalloc.start()
    held = []
    for n_steps in (200, 500):  # in the first ones, small caches of matplotlib and Pillow fill
        drive(n_steps)
        gc.collect()
        held.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert len(moving_line.figure.findobj()) == artists
    assert len(widgets.widget._instances) == alive
    a_step = (held[1] - held[0]) / 500
    assert a_step < len(moving_line._png) / 5, "bytes: no step keeps its picture"


def test_the_style_of_the_course_ends_with_the_factory():
    before = {name: mpl.rcParams[name] for name in mpl.rcParams}

    @in_course_style
    def factory():
        assert mpl.rcParams["axes.grid"]
        return make()

    factory().controls["x"].value = 0.9
    assert {name: mpl.rcParams[name] for name in mpl.rcParams} == before
