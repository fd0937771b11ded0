"""A secant that becomes a tangent."""

import numpy as np
from matplotlib.patches import Rectangle

from ...calculus import derivative
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import GREEN, GREY, INK, PALE, VERMILION, free_place, segments
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
        stills=() if f else ({"h": 0.24}, {"h": 0.24, "epsilon": 0.2}, {"x": 0.0}),
        **curve.sliders,
    )
