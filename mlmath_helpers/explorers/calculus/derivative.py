"""A secant that becomes a tangent, and the error of a difference quotient."""

import numpy as np
from matplotlib.patches import Rectangle

from ...calculus import derivative
from .._engine.controls import choice, slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREEN, GREY, INK, PALE, PURPLE, VERMILION, free_place, segments
from .._engine.words import without_zeros
from .derivative_curves import cubic, own_curve


@explorer
def secant(f=None, interval=None) -> Explorer:
    """Turn a secant into the tangent by sliding its second point towards the first.

    Parameters
    ----------
    f : callable, optional
        Your function, from a number to a number. It is called at all places of the interval
        once, before anything is drawn. By default x³/3 - x.
    interval : pair of float, optional
        From where to where f is shown, by default from -3 to 3.

    Raises
    ------
    TypeError, ValueError
        If f is no function, or not a finite number somewhere in the interval; if interval is not
        two numbers in order, 1e-6 to 1e9 apart.

    Examples
    --------
    >>> secant(abs, (-1, 1), x=0.0).sentence.partition(", ")[2]
    'but there is no tangent: as h shrinks the slopes settle on no number.'
    """
    if f is None and interval is not None:
        raise ValueError("interval says where your f is shown: give f too")
    curve = cubic() if f is None else own_curve(f, interval)
    height, (say_x, say_h, say_slope, say_epsilon, say_delta) = curve.height, curve.words
    figure, (left, right) = canvas(2, width_ratios=[1.1, 1])
    steps, (x_low, x_high), (y_low, y_high) = curve.steps, curve.x_window, curve.y_window
    wide = curve.drawn[0] if f is None else np.linspace(x_low, x_high, 141)

    left.set(xlim=curve.x_window, ylim=curve.y_window, xlabel="x", ylabel="f(x)")
    left.set_title(curve.title)
    left.plot(*curve.drawn, color=INK, linewidth=1.5, gid="curve")
    (tangent,) = left.plot([], [], "--", color=GREEN, gid="tangent")
    (line,) = left.plot([], [], color=VERMILION, gid="secant")
    (legs,) = left.plot([], [], ":", color=GREY, linewidth=1.5)
    run = left.text(0, 0, "", color=GREY, ha="center", va="center", gid="run")
    # Half of the words and some room, in the units of the axes.
    half = np.array([0.7 / 6 * (x_high - x_low), 0.35 / 9.8 * (y_high - y_low)])
    frame = [[(x_low, y_low), (x_low, y_high)]]
    if f is not None:
        frame += [[(x_low, y), (x_high, y)] for y in (y_low, y_high)]
    taken_always = np.concatenate([segments(*curve.drawn), frame])
    (points,) = left.plot([], [], "o", color=VERMILION, markersize=8, gid="points")

    right.set(xlim=1.05 * steps[-1] * np.array([-1, 1]), ylim=curve.slope_window, xlabel="step h")
    right.set_title("slope of the secant")
    right.axvline(0, color=PALE, linewidth=1, zorder=1)
    band = Rectangle((0, 0), 1, 1, transform=right.get_yaxis_transform(), gid="band")
    right.add_patch(band).set(facecolor=GREEN + "30", linewidth=0)
    window = Rectangle((0, 0), 1, 1, transform=right.get_xaxis_transform(), gid="window")
    right.add_patch(window).set(facecolor="none", edgecolor=GREY, linestyle=":")
    (quotients,) = right.plot([], [], color=INK, linewidth=1.5, gid="quotients")
    (limit,) = right.plot([], [], "o", color=GREEN, markerfacecolor="white", markersize=8)
    (dot,) = right.plot([], [], "o", color=VERMILION, markersize=8, gid="dot")
    beside = right.get_yaxis_transform()  # beyond the frame, where no line runs
    slope_text = right.text(1.02, 0, "f'(x) ± ε", color="#006B4E", va="center", transform=beside)

    def rise(x, h):
        return derivative(height, x, h=h, scheme="forward")

    def slopes(x):
        """Return the slopes of all secants, to the left and to the right, but for h = 0 itself."""
        h = np.concatenate([-steps[::-1], steps])
        return h, rise(x, h)

    def delta(x, epsilon):
        """Return the largest step of the grid up to which all slopes are within epsilon."""
        h, slope = slopes(x)
        wrong = np.abs(h[np.abs(slope - curve.slope(x)) >= epsilon])
        return min(wrong, default=steps[-1] + steps[0]) - steps[0]

    def clear_of_lines(h, x, slope):
        """Return a place near the step for its words."""
        rises = [each for each in (slope, rise(x, h)) if np.isfinite(each)]
        lines = [[(at, height(x) + each * (at - x)) for at in curve.x_window] for each in rises]
        legs = [
            [(x, height(x)), (x + h, height(x))],
            [(x + h, height(x)), (x + h, height(x + h))],
        ]
        taken = np.concatenate([taken_always, lines + legs]) / half
        return half * free_place((x + h / 2, height(x)) / half, taken, 2)

    def update(h, x, epsilon):
        slope = curve.slope(x)
        points.set_data([x, x + h], [height(x), height(x + h)])
        line.set_data(wide, height(x) + rise(x, h) * (wide - x))
        tangent.set_data(wide, height(x) + slope * (wide - x))
        legs.set_data([x, x + h, x + h], [height(x), height(x), height(x + h)])
        run.set(text=f"h = {say_h(h)}", position=clear_of_lines(h, x, slope))
        h_on_both_sides, all_slopes = slopes(x)
        if not np.isfinite(slope):  # the curve is torn at 0
            all_slopes = np.insert(all_slopes, steps.size, np.nan)
            h_on_both_sides = np.insert(h_on_both_sides, steps.size, 0)
        quotients.set_data(h_on_both_sides, all_slopes)
        dot.set_data([h], [rise(x, h)])
        for artist in (tangent, band, window, limit, slope_text):
            artist.set_visible(bool(np.isfinite(slope)))
        if np.isfinite(slope):
            limit.set_data([0], [slope])
            reach = delta(x, epsilon)
            band.set(y=slope - epsilon, height=2 * epsilon)
            window.set(x=-reach, width=2 * reach)
            slope_text.set_y(slope)
        moved = [band, window, quotients, limit, dot, slope_text]
        return [tangent, line, legs, run, points, *moved]

    def describe(h, x, epsilon):
        slope, quotient = curve.slope(x), rise(x, h)
        start = f"At x = {say_x(x)} the slope over h = {say_h(h)} is {say_slope(quotient)}, "
        if not np.isfinite(slope):
            return f"{start}but there is no tangent: as h shrinks the slopes settle on no number."
        reach = delta(x, epsilon)
        verdict = "within" if abs(quotient - slope) < epsilon else "not within"
        size = f"= {say_delta(reach)}" if reach > 0 else f"below {say_delta(steps[0])}"
        return (
            f"{start}{verdict} ε = {say_epsilon(epsilon)} of the tangent's {say_slope(slope)} "
            f"(δ {size})."
        )

    def edge(x, epsilon, **_):
        """Return a place on the upper edge of the band, where the dot never is."""
        slope = curve.slope(x)
        return (-0.9 * steps[-1], slope + epsilon) if np.isfinite(slope) else None

    def pull_edge(to, y, x, **_):
        slope, step = curve.slope(x), curve.sliders["epsilon"].step
        # Rounded, since a slope from nearby values is a little off.
        return {"epsilon": step * round((y - slope) / step, 6)} if np.isfinite(slope) else {}

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(
                left, lambda x, **_: (x, height(x)), lambda to, y, **_: {"x": to}, "first point"
            ),
            Handle(
                left,
                lambda h, x, **_: (x + h, height(x + h)),
                lambda to, y, x, **_: {"h": to - x},
                "second point",
            ),
            Handle(
                right,
                edge,
                pull_edge,
                "edge of the band",
            ),
        ],
        **curve.sliders,
    )


@explorer
def finite_difference_error() -> Explorer:
    """Weigh truncation against round-off in a difference quotient."""
    figure, axes = canvas()
    schemes = [("forward", "forward"), ("central", "central"), ("complex step", "complex")]
    x = 0.7
    slope = -1 / x**2
    rounding = 2.0**-53  # of a value of 1/x near 1/0.7
    grid = 10.0 ** np.linspace(-15, -1, 281)

    def error(h, scheme):
        return np.abs(derivative(lambda x: 1 / x, x, h=h, scheme=scheme) / slope - 1)

    def truncation(h, scheme):
        return h / x if scheme == "forward" else (h / x) ** 2

    curves = {scheme: np.maximum(error(grid, scheme), 2e-17) for _, scheme in schemes}
    axes.set(xscale="log", yscale="log", xlim=(10**-15.3, 10**-0.7), ylim=(1e-17, 3))
    axes.set(xlabel="step h", ylabel="relative error of the slope")
    axes.set_title("slope of 1/x at x = 0.7, computed with a step h")
    axes.axhspan(1e-17, rounding, facecolor=GREY + "30", linewidth=0)
    beside = axes.get_yaxis_transform()  # beyond the frame, where no step comes
    at_the_end = {"x": 1.01, "transform": beside, "va": "center", "fontsize": 9}
    axes.text(y=2.5e-17, s="no double\nis nearer", color=GREY, **at_the_end)
    (errors,) = axes.plot([], [], color=BLUE, linewidth=1.2, gid="errors")
    (formula,) = axes.plot([], [], "--", color=VERMILION, gid="truncation")
    (noise,) = axes.plot([], [], "-.", color=PURPLE, gid="round-off")
    words = "round-off,\nabout 1e-16 / h"
    noise_text = axes.text(y=2e-15, s=words, color="#8C4A70", gid="round-off's name", **at_the_end)
    formula_text = axes.text(y=1, s="truncation,\nabout h", color=VERMILION, **at_the_end)
    (stem,) = axes.plot([], [], ":", color=INK, linewidth=1.2)
    (dot,) = axes.plot([], [], "o", color=INK, markersize=9, gid="dot")

    def update(exponent, scheme):
        h = 10.0**exponent
        seen = grid >= h * (1 - 1e-9)  # the steps that lie behind the reader
        errors.set_data(grid[seen], curves[scheme][seen])
        formula.set_data(grid[seen], truncation(grid[seen], scheme))
        noise.set_data(grid[seen], rounding / grid[seen] / -slope)
        for artist in (noise, noise_text):
            artist.set_visible(scheme != "complex")
        words = "truncation,\nabout h" if scheme == "forward" else "truncation,\nabout h²"
        formula_text.set(text=words, y=truncation(0.1, scheme))
        height = max(error(h, scheme), 2e-17)
        stem.set_data([h, h], [1e-17, height])
        dot.set_data([h], [height])
        return errors, formula, noise, noise_text, formula_text, stem, dot

    def describe(exponent, scheme):
        h = 10.0**exponent
        wrong, cut, lost = error(h, scheme), truncation(h, scheme), rounding / h / -slope
        name = {"forward": "forward difference", "central": "central difference"}
        start = f"A {name.get(scheme, 'complex step')} with h = {_power(exponent)}"
        digits = max(0, round(-np.log10(wrong or rounding)))
        luck = " by luck" if lost > 3 * cut and wrong < lost / 10 and scheme != "complex" else ""
        gives = f"gets about {digits} digit{'s'[digits == 1 :]}{luck}"
        if scheme == "complex":
            cause = "nothing is subtracted, so a smaller h does no harm"
        elif cut > 3 * lost:
            cause = f"truncation, {_size(cut)}, rules over round-off, {_size(lost)}"
        elif lost > 3 * cut:
            cause = f"round-off, {_size(lost)}, rules over truncation, {_size(cut)}"
        else:
            cause = "truncation and round-off are about equal, near the best h"
        return f"{start} {gives}: {cause}."

    def place(exponent, scheme):
        return 10.0**exponent, max(error(10.0**exponent, scheme), 2e-17)

    return Explorer(
        figure,
        update,
        describe,
        handles=[Handle(axes, place, lambda x, y, **_: {"exponent": np.log10(x)}, "step h")],
        exponent=slider(-15.0, -1.0, start=-3.0, step=0.25, label="step h = 10 to the power"),
        scheme=choice(schemes, start="forward", label="scheme"),
    )


def _power(exponent):
    """Return 10 to the exponent as a reader would write it."""
    return without_zeros(f"{10.0**exponent:.1e}".replace(".0e", "e"))


def _size(value):
    """Return a positive number to the nearest power of ten."""
    return f"1e{round(np.log10(value)):d}"
