"""A secant that becomes a tangent, and the error of a difference quotient."""

import numpy as np
from matplotlib.patches import Rectangle

from ...calculus import derivative
from .._engine.explorer import Explorer, canvas, choice, explorer, slider, without_zeros
from .._engine.plane import BLUE, GREEN, GREY, INK, PALE, PURPLE, VERMILION, free_place, segments


@explorer
def secant() -> Explorer:
    """Turn a secant into the tangent by sliding its second point towards the first."""
    figure, (left, right) = canvas(2, width_ratios=[1.1, 1])
    wide, steps = np.linspace(-3, 4, 141), np.linspace(0.005, 2, 400)

    def f(x):
        return x * x * x / 3 - x

    left.set(xlim=(-2.6, 3.4), ylim=(-3.2, 6.6), xlabel="x", ylabel="f(x)")
    left.set_title("f(x) = x³/3 − x, and two lines")
    left.plot(wide, f(wide), color=INK, linewidth=1.5, gid="curve")
    (tangent,) = left.plot([], [], "--", color=GREEN, gid="tangent")
    (line,) = left.plot([], [], color=VERMILION, gid="secant")
    (legs,) = left.plot([], [], ":", color=GREY, linewidth=1.5)
    run = left.text(0, 0, "", color=GREY, ha="center", va="center", gid="run")
    half = np.array([0.7, 0.35])  # of the words and some room, in the units of the axes
    curve = segments(wide, f(wide))
    frame = [[(-2.6, -3.2), (-2.6, 6.6)]]
    (points,) = left.plot([], [], "o", color=VERMILION, markersize=8, gid="points")

    right.set(xlim=(-2.1, 2.1), ylim=(-2.5, 6.5), xlabel="step h")
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

    def slopes(x):
        """Return the slopes of the secants over -2 ... 2, but for 0 itself."""
        h = np.concatenate([-steps[::-1], steps])
        return h, derivative(f, x, h=h, scheme="forward")

    def delta(x, epsilon):
        """Return the largest step of the grid up to which all slopes are within epsilon."""
        h, slope = slopes(x)
        wrong = np.abs(h[np.abs(slope - derivative(f, x)) >= epsilon])
        return min(wrong, default=steps[-1] + steps[0]) - steps[0]

    def clear_of_lines(h, x):
        """Return a place near the step for its words."""
        rises = derivative(f, x), derivative(f, x, h=h, scheme="forward")
        lines = [[(at, f(x) + rise * (at - x)) for at in (-2.6, 3.4)] for rise in rises]
        legs = [[(x, f(x)), (x + h, f(x))], [(x + h, f(x)), (x + h, f(x + h))]]
        taken = np.concatenate([curve, lines + legs + frame]) / half
        return half * free_place((x + h / 2, f(x)) / half, taken, 2)

    def update(h, x, epsilon):
        slope = derivative(f, x)
        points.set_data([x, x + h], [f(x), f(x + h)])
        line.set_data(wide, f(x) + derivative(f, x, h=h, scheme="forward") * (wide - x))
        tangent.set_data(wide, f(x) + slope * (wide - x))
        legs.set_data([x, x + h, x + h], [f(x), f(x), f(x + h)])
        run.set(text=f"h = {h:.2f}", position=clear_of_lines(h, x))
        grid, values = slopes(x)
        quotients.set_data(grid, values)
        limit.set_data([0], [slope])
        dot.set_data([h], [derivative(f, x, h=h, scheme="forward")])
        reach = delta(x, epsilon)
        band.set(y=slope - epsilon, height=2 * epsilon)
        window.set(x=-reach, width=2 * reach)
        slope_text.set_y(slope)
        moved = [band, window, quotients, limit, dot, slope_text]
        return [tangent, line, legs, run, points, *moved]

    def describe(h, x, epsilon):
        slope, quotient = derivative(f, x), derivative(f, x, h=h, scheme="forward")
        reach = delta(x, epsilon)
        verdict = "within" if abs(quotient - slope) < epsilon else "not within"
        return (
            f"At x = {x:z.2f} the slope over h = {h:.2f} is {quotient:z.3f}, {verdict} "
            f"ε = {epsilon:.2f} of the tangent's {slope:z.3f} (δ = {reach:.3f})."
        )

    return Explorer(
        figure,
        update,
        describe,
        h=slider(0.02, 2.0, start=1.0, step=0.02, label="step h"),
        x=slider(-2.0, 1.0, start=-1.5, step=0.05, label="place x"),
        epsilon=slider(0.05, 1.0, start=0.4, step=0.05, label="tolerance ε"),
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

    return Explorer(
        figure,
        update,
        describe,
        exponent=slider(-15.0, -1.0, start=-3.0, step=0.25, label="step h = 10 to the power"),
        scheme=choice(schemes, start="forward", label="scheme"),
    )


def _power(exponent):
    """Return 10 to the exponent as a reader would write it."""
    return without_zeros(f"{10.0**exponent:.1e}".replace(".0e", "e"))


def _size(value):
    """Return a positive number to the nearest power of ten."""
    return f"1e{round(np.log10(value)):d}"
