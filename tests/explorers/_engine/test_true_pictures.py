"""Where blitting could lie: each shortcut beside a plain full draw."""

import numpy as np
from matplotlib.patches import Rectangle

from explorers._engine.small import assert_true_all_over, explorer_of, small_canvas
from explorers.drawn import live_picture


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
