"""Steps downhill: on a parabola, and in a valley."""

import numpy as np
from matplotlib.patches import Ellipse

from ...calculus import bowl, steepest_descent
from .._engine.controls import slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREY, INK, PALE, VERMILION
from .._engine.words import without_zeros
from .descent_own import on_a_curve, on_a_map


@explorer
def descent_1d(f=None, grad=None, interval=None) -> Explorer:
    """Gradient descent on a parabola: what the learning rate does.

    Parameters
    ----------
    f : callable, optional
        Your function, from a number to a number; x² by default. A walk ends where it leaves the
        interval, so that f is never called elsewhere.
    grad : callable, optional
        Its slope, from a number to a number; measured from values of f by default.
    interval : pair of float, optional
        From where to where f is shown, by default from -3 to 3.

    Raises
    ------
    TypeError, ValueError
        If f or grad is no function, or not a finite number somewhere in the interval; if grad is
        not the slope of f; if its slope is 0 all over; if interval is not two numbers in order.

    Examples
    --------
    >>> explorer = descent_1d(lambda x: x**2, lambda x: 2 * x, (-1, 1), rate=0.5, start=0.8)
    >>> explorer.sentence[-40:]
    '25 steps: f is 0 there, and the slope 0.'
    """
    if _given(f, grad, interval):
        return on_a_curve(f, grad, interval)
    figure, (left, right) = canvas(2)
    n_steps = 25
    wide = np.linspace(-5, 5, 101)
    left.set(xlim=(-5, 5), ylim=(-1.2, 24), xlabel="x", ylabel="f(x) = x²")
    left.set_title("steps on the parabola")
    left.plot(wide, wide**2, color=INK, linewidth=1.5)
    (path,) = left.plot([], [], "o-", color=VERMILION, linewidth=1.2, markersize=5, gid="path")
    (first,) = left.plot([], [], "s", color=BLUE, markersize=9, gid="start")
    right.set(yscale="log", xlim=(-0.5, n_steps + 0.5), ylim=(1e-9, 1e5))
    right.set(xlabel="step", ylabel="distance from the minimum, |x|")
    right.set_title("how far it still is")
    right.axhline(1e-9, color=GREY, linewidth=1)
    (distance,) = right.plot([], [], "o-", color=VERMILION, markersize=5, gid="distance")
    (begin,) = right.plot([], [], "s", color=BLUE, markersize=9)
    (level,) = right.plot([], [], ":", color=BLUE, linewidth=1.5)
    style = {"color": VERMILION, "ha": "right", "va": "top", "fontweight": "bold"}
    beyond = right.text(n_steps, 3e4, "", **style, gid="beyond")  # no walk is there with words

    def walk(rate, start):
        return steepest_descent(lambda x: 2 * x, [start], learning_rate=rate, n_steps=n_steps)[:, 0]

    def update(rate, start):
        x = walk(rate, start)
        path.set_data(x, x**2)
        first.set_data([start], [start**2])
        distance.set_data(range(n_steps + 1), np.abs(x))
        begin.set_data([0], [abs(start)])
        begin.set_visible(start != 0)
        level.set_data([0, n_steps], 2 * [abs(start)])
        below = np.flatnonzero(np.abs(x) < 1e-9)  # what the picture does not show
        size = "0" if x[-1] == 0 else "below 1e-9"
        beyond.set_text(f"{size} from step {below[0]} on" if below.size else "")
        return path, first, distance, begin, level, beyond

    def describe(rate, start):
        x = walk(rate, start)
        if start == 0:
            return (
                f"At rate {rate:.2f} nothing moves: the start is the minimum, and its slope is 0."
            )
        factor = x[1] / start
        head = f"At rate {rate:.2f} a step multiplies x by {factor:z.2f}: "
        if abs(factor) < 1e-9:
            return head + f"from {start:.1f} the first one lands on the minimum."
        if abs(abs(factor) - 1) < 1e-9:
            verdict = "swings for ever"
        elif abs(factor) > 1:
            verdict = "swings and blows up"
        elif factor < 0:
            verdict = "swings, but converges"
        else:
            verdict = "comes down on one side"
        return head + f"it {verdict}, from {start:.1f} to {_short(x[-1])} in {n_steps} steps."

    def first_step(rate, start):
        x = start * (1 - 2 * rate)
        return (x, x * x) if start else None

    def pull_first_step(x, _, rate, start):
        return {"rate": (start - x) / (2 * start)} if start else {}

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(left, first_step, pull_first_step, "end of the first step"),
            Handle(
                left,
                lambda start, **_: (start, start * start),
                lambda x, y, **_: {"start": x},
                "start on the curve",
            ),
        ],
        stills=({"rate": 0.1}, {"rate": 0.5}, {"rate": 1.0}, {"rate": 1.08}),
        rate=slider(0.02, 1.2, start=0.9, step=0.02, label="learning rate"),
        start=slider(-3.0, 3.0, start=3.0, step=0.1, label="start"),
    )


def _short(value):
    """Return a number to three digits, or to nine decimals where those are all zero."""
    if abs(value) < 5e-10:
        return "0 (to nine decimals)"
    if abs(value) >= 1000:
        return f"{float(f'{value:.3g}'):,.0f}"
    return without_zeros(f"{value:.3g}")


def _given(f, grad, interval):
    """Say whether a learner gave a function; what belongs to one is refused without it."""
    for name, value in (("grad", grad), ("interval", interval)):
        if f is None and value is not None:
            raise ValueError(f"{name} belongs to your f: give f too")
    return f is not None


@explorer
def descent_2d(f=None, grad=None, interval=None) -> Explorer:
    """Gradient descent in a valley: the condition number sets the pace.

    Parameters
    ----------
    f : callable, optional
        Your function, from a point, an array of shape (2,), to a number: then you choose the
        start of the walk too. A walk ends where it leaves the picture.
    grad : callable, optional
        Its gradient, from a point to an array of shape (2,); measured from f by default.
    interval : pair of float, or two pairs, optional
        From where to where x and y are shown, by default both from -2 to 2.

    Raises
    ------
    TypeError, ValueError
        If f or grad is no function, or not finite numbers somewhere in the picture; if grad is
        not the gradient of f; if its slope is 0 all over; if interval is not numbers in order.

    Examples
    --------
    >>> explorer = descent_2d(lambda p: p[0] ** 2 + p[0] * p[1] + p[1] ** 2, x=-1.0, y=1.5)
    >>> explorer.sentence.partition(" the walk ")[2][:29]
    'from (−1.0, 1.5) is at (0.000'
    """
    if _given(f, grad, interval):
        return on_a_map(f, grad, interval)
    figure, (left, right) = canvas(2, width_ratios=[1.35, 1])
    n_steps, start = 60, np.array([4.0, 1.0])
    left.set(xlim=(-4.6, 4.6), ylim=(-3.4, 3.4), aspect="equal", xlabel="x", ylabel="y")
    left.set_title("level curves and steps")
    pace = left.text(1, 1.02, "", transform=left.transAxes, ha="right", color=VERMILION, gid="rate")
    rings = [left.add_patch(Ellipse((0, 0), 1, 1, fill=False, edgecolor=PALE)) for _ in range(7)]
    (path,) = left.plot([], [], "o-", color=VERMILION, linewidth=1.2, markersize=4, gid="path")
    left.plot(*start, "s", color=BLUE, markersize=9)
    left.plot(0, 0, "*", color=INK, markersize=11)
    right.set(yscale="log", xlim=(-1, n_steps), ylim=(1e-6, 1e5), xlabel="step")
    right.set_title("distance from the minimum")
    (distance,) = right.plot([], [], color=VERMILION, linewidth=3.5, alpha=0.55, gid="distance")
    (flat,) = right.plot([], [], "-.", color=BLUE, linewidth=1.5, gid="flat")
    (steep,) = right.plot([], [], "--", color="#006B4E", linewidth=1.5, gid="steep")
    for row, (colour, words) in enumerate(
        [
            (VERMILION, "thick: the distance"),
            (BLUE, "dash-dotted: its flat part, |x|"),
            ("#006B4E", "dashed: its steep part, |y|"),
        ]
    ):
        place = 1.5, 10 ** (4.5 - 0.75 * row)  # no walk comes as high as that
        right.text(*place, words, color=colour, zorder=1, fontsize=9, va="center")

    def walk(share, condition):
        surface = bowl((1.0, condition))
        rate = share * 2 / condition
        path = steepest_descent(surface.gradient, start, learning_rate=rate, n_steps=n_steps)
        return surface, rate, path

    def slowest(path):
        """Return by what the slower of the two directions is multiplied, in size."""
        return np.abs(path[1] / path[0]).max()

    def update(share, condition):
        surface, rate, points = walk(share, condition)
        top = surface.height(start)
        for part, ring in enumerate(rings, 1):
            half = part / len(rings) * np.sqrt(2 * top / np.array([1.0, condition]))
            ring.set(width=2 * half[0], height=2 * half[1])
        outside = np.abs(points[:, 1]) > 3.4
        shown = np.argmax(outside) + 1 if outside.any() else len(points)
        path.set_data(*points[:shown].T)
        parts = {
            distance: np.hypot(*points.T),
            flat: np.abs(points[:, 0]),
            steep: np.abs(points[:, 1]),
        }
        for line, sizes in parts.items():
            line.set_data(range(n_steps + 1), np.maximum(sizes, 1e-30))  # a logarithm of 0 has none
        pace.set_text(f"rate {rate:.3f}")
        return [*rings, path, *parts, pace]

    def describe(share, condition):
        _, _, points = walk(share, condition)
        factor = slowest(points)
        start = f"Condition number {condition:.0f}, rate {share:.2f} of 2/λ: a step"
        if factor > 1 + 1e-9:
            parts = "the steep part" if condition > 1 else "both parts"
            return f"{start} multiplies {parts} by {-factor:.3f}, so it blows up."
        if factor > 1 - 1e-9:
            verdict = ", so it swings for ever"
        elif factor < 1e-9:
            verdict = ": one is enough"
        else:
            needed = int(np.ceil(np.log(1e-3) / np.log(factor) - 1e-9))  # 3 where it is 0.1
            verdict = f", {needed} step{'s'[needed == 1 :]} a thousandth"
        return f"{start} leaves {factor:.3f} of the slower part{verdict}."

    def first_step(share, condition):
        return start * (1 - 2 * share / np.array([condition, 1]))

    def ring_end(share, condition):
        """Return the right end of the third level curve: the longer the valley, the further."""
        return 3 / len(rings) * np.sqrt(16 + condition), 0.0

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(
                left,
                ring_end,
                lambda x, y, **_: {"condition": (x * len(rings) / 3) ** 2 - 16 if x > 0 else 1},
                "end of a level curve",
            ),
            Handle(
                left, first_step, lambda x, y, **_: {"share": (1 - y) / 2}, "end of the first step"
            ),
        ],
        stills=(
            {"condition": 1, "share": 0.5},
            {"condition": 60},
            {"condition": 60, "share": 0.98},
            {"share": 1.02},
        ),
        share=slider(0.05, 1.05, start=0.96, step=0.01, label="learning rate as a share of 2/λ"),
        condition=slider(1, 60, start=20, label="condition number"),
    )
