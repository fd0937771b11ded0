"""JupyterLab sends what is moved to a thread of its own, while a cell runs in another."""

import threading

import matplotlib as mpl

from explorers._engine.small import explorer_of, small_canvas
from explorers.drawn import assert_true
from mlmath_helpers.explorers import explorer


def slow(entered, go_on):
    """Return a figure whose update, once ``entered`` was cleared, waits until it may go on."""
    figure, axes = small_canvas()
    (line,) = axes.plot([0, 1], [0, 1])

    def update(x):
        line.set_ydata([0, x])
        entered.set()
        go_on.wait(timeout=5)
        return (line,)

    return explorer_of(figure, update)


def move(figure, x):
    figure.controls["x"].value = x


def alongside(target, *args):
    thread = threading.Thread(target=target, args=args)
    thread.start()
    return thread


def test_a_figure_that_is_moved_while_another_is_being_drawn_waits_for_its_turn():
    entered, go_on, others = threading.Event(), threading.Event(), threading.Event()
    go_on.set()
    first = slow(entered, go_on)
    figure, axes = small_canvas()
    (dot,) = axes.plot([0.5], [0.5], "o")

    def update(x):
        dot.set_ydata([x])
        others.set()
        return (dot,)

    second = explorer_of(figure, update)
    entered.clear(), go_on.clear(), others.clear()
    one = alongside(move, first, 0.8)
    assert entered.wait(timeout=5)
    other = alongside(move, second, 0.6)
    assert not others.wait(timeout=0.1), "two figures are drawn at the same time"
    go_on.set()
    one.join(), other.join()
    for figure, x in ((first, 0.3), (second, 0.4)):
        assert_true(figure)
        move(figure, x)
        assert_true(figure)


def test_a_figure_that_is_made_meanwhile_leaves_the_settings_as_they_were():
    entered, go_on = threading.Event(), threading.Event()
    factory = explorer(slow)
    settings = dict(mpl.rcParams)
    one = alongside(factory, entered, go_on)
    assert entered.wait(timeout=5)
    made = threading.Event()
    go_on_at_once = threading.Event()
    go_on_at_once.set()
    other = alongside(factory, made, go_on_at_once)
    assert not made.wait(timeout=0.1), "two figures are made at the same time"
    go_on.set()
    one.join(), other.join()
    assert dict(mpl.rcParams) == settings
