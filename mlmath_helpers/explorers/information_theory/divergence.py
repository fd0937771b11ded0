"""Two peaks and one normal distribution that is to fit them."""

import numpy as np
from matplotlib.patches import Polygon

from ...information_theory import kl_divergence, surprise
from ...probability import Normal
from .._engine.controls import choice, slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREY, PURPLE, VERMILION, area_under, free_place, segments


@explorer
def kl_two_peaks() -> Explorer:
    """Fit one normal to two peaks: D(p||q) covers both, D(q||p) seeks one."""
    figure, (top, bottom) = canvas(n_rows=2, height=4.8, sharex=True, height_ratios=[1.5, 1])
    x = np.linspace(-19, 19, 1521)  # wider would underflow, narrower would cut tails that count
    width_of_cell = x[1] - x[0]
    top.set(
        xlim=(-8, 8),
        ylim=(0, 0.8),
        ylabel="density",
        title="target p, two normals; fitted normal q",
    )
    bottom.set(xlim=(-8, 8), ylim=(-0.6, 2.4), xlabel="x", ylabel="bits per unit of x")
    bottom.set_title("where the divergence comes from: its total area")
    bottom.axhline(0, color=GREY, linewidth=1)
    target = top.add_patch(Polygon([(0, 0)], facecolor=BLUE + "40", edgecolor=BLUE, gid="p"))
    target.set(linewidth=2)
    (fitted,) = top.plot([], [], color=VERMILION, linestyle="--", linewidth=2.5, gid="q")
    area = bottom.add_patch(
        Polygon([(0, 0)], facecolor=PURPLE + "60", edgecolor=PURPLE, gid="area")
    )
    style = {"fontweight": "bold", "ha": "center", "va": "center"}
    p_name = top.text(0, 0, "p", color=BLUE, gid="name of p", **style)
    q_name = top.text(0, 0, "q", color=VERMILION, gid="name of q", **style)
    outside = bottom.text(
        0.99, 0.95, "", ha="right", va="top", color=GREY, transform=bottom.transAxes
    )
    shown, coarse = slice(440, 1081, 2), slice(440, 1081, 10)  # from -8 to 8

    def p_cells(separation):
        return (_cells(x, -separation / 2, 0.75) + _cells(x, separation / 2, 0.75)) / 2

    def ordered(separation, mean, width, direction):
        p, q = p_cells(separation), _cells(x, mean, width)
        return (p, q) if direction == "forward" else (q, p)

    def place_names(p, q, separation, mean):
        heights = 3.3 * np.array([p, q])  # so that both axes have about one scale
        taken = np.concatenate([segments(x[coarse], height[coarse]) for height in heights])
        for name, at, curve in [(p_name, separation / 2, heights[0]), (q_name, mean, heights[1])]:
            place = free_place((at, curve.max()), taken, 0.28)
            name.set_position(place / [1, 3.3])
            taken = np.append(taken, [[place, place]], axis=0)

    def update(separation, mean, width, direction):
        true, model = ordered(separation, mean, width, direction)
        p, q = (true, model) if direction == "forward" else (model, true)
        target.set_xy(area_under(x[shown], p[shown] / width_of_cell))
        fitted.set_data(x[shown], q[shown] / width_of_cell)
        place_names(p / width_of_cell, q / width_of_cell, separation, mean)
        pieces = true * (surprise(model) - surprise(true)) / width_of_cell
        area.set_xy(area_under(x[shown], np.clip(pieces[shown], -1, 3)))
        highest = pieces.max()
        outside.set_text(f"reaches {highest:.1f}" if highest > 2.4 else "")
        return target, fitted, p_name, q_name, area, outside

    def describe(separation, mean, width, direction):
        true, model = ordered(separation, mean, width, direction)
        p = true if direction == "forward" else model
        inside = p[np.abs(x - mean) <= 2 * width].sum()
        name = "D(p||q)" if direction == "forward" else "D(q||p)"
        parts = f"mixes normals at ±{separation / 2:.2f}" if separation else "is one normal at 0.00"
        return (
            f"{name} is {kl_divergence(true, model):.3f} bits: q (mean {mean:z.1f}, sd "
            f"{width:.2f}) has {inside:.1%} of p within 2 sd; p {parts}."
        )

    def best_fit(separation, mean, width, direction):
        """Try means and widths on a coarse grid, then all that the sliders have near the best."""

        def best(means, widths):
            trials = [
                (
                    round(kl_divergence(*ordered(separation, m, w, direction)), 9),
                    abs(m - mean),
                    m,
                    w,
                )
                for m in means.clip(-3, 3).round(1)
                for w in widths.clip(0.6, 3.2).round(2)
            ]
            return min(trials)[2:]  # of equally good ones the nearest

        near, wide = best(np.linspace(-3, 3, 13), np.linspace(0.6, 3.2, 14))
        near, wide = best(near + np.linspace(-0.5, 0.5, 11), wide + np.linspace(-0.2, 0.2, 9))
        return {"mean": near, "width": wide}

    def at_q(steps):
        """Return where q is so many standard deviations from its mean."""

        def at(mean, width, **_):
            place = mean + steps * width
            return place, Normal(mean, width).pdf(place)

        return at

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(top, at_q(0), lambda x, y, **_: {"mean": x}, "peak of q"),
            Handle(top, at_q(1), lambda x, y, mean, **_: {"width": x - mean}, "flank of q"),
        ],
        stills=(
            {"mean": 0.0, "width": 2.6},
            {"mean": 2.5, "width": 0.75},
            {"mean": 2.5, "width": 0.75, "direction": "reverse"},
            {"separation": 4.0, "mean": 0.0, "width": 1.9, "direction": "reverse"},
        ),
        actions={"find the best fit": best_fit},
        separation=slider(0.0, 6.0, start=5.0, step=0.1, label="distance between the peaks of p"),
        mean=slider(-3.0, 3.0, start=1.0, step=0.1, label="mean of q"),
        width=slider(0.6, 3.2, start=1.0, step=0.05, label="standard deviation of q"),
        direction=choice(
            [("forward, D(p||q)", "forward"), ("reverse, D(q||p)", "reverse")],
            start="forward",
            label="direction",
        ),
    )


def _cells(x, mean, width):
    """Return the probability of each cell of a fine grid under a normal distribution."""
    density = Normal(mean, width).pdf(x)
    return density / density.sum()
