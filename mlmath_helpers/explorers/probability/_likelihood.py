"""The likelihood of a normal distribution, as heights and as a hill."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from ...probability import Normal, log_likelihood, mle_normal
from .._engine.explorer import Explorer, canvas, explorer, slider, without_zeros
from .._engine.plane import BLUE, GREY, INK, PALE, VERMILION


@explorer
def likelihood() -> Explorer:
    """Likelihood as heights: a normal curve over five measurements, and its hill.

    The hill is uncovered from the left as far as the chosen mean.
    """
    data = np.array([2.1, 2.5, 1.8, 2.3, 2.0])
    best = mle_normal(data)
    top = log_likelihood(Normal(*best), data)
    figure, (left, right) = canvas(2)
    left.set(
        xlim=(1.2, 3.2), ylim=(-0.2, 4.2), title="density over the data", xlabel="measurement x"
    )
    left.axhline(0, color=PALE, linewidth=1)
    x = np.linspace(1.2, 3.2, 161)
    (bell,) = left.plot([], [], color=BLUE, gid="bell")
    stems = left.add_collection(LineCollection([], colors=VERMILION, linewidths=2, gid="stems"))
    (heads,) = left.plot([], [], "o", color=VERMILION, markersize=6, gid="heads")
    left.plot(data, np.full(5, -0.09), "|", color=INK, markersize=10, markeredgewidth=2)
    total = left.text(
        0,
        0.95,
        "",
        va="top",
        fontweight="bold",
        color=VERMILION,
        transform=left.transAxes,
        gid="total",
    )

    mus, sigmas = np.linspace(1.6, 2.7, 56), np.linspace(0.1, 0.6, 51)
    hill = (
        np.array([[log_likelihood(Normal(mu, sigma), data) for mu in mus] for sigma in sigmas])
        - top
    )
    right.set(
        xlabel="mean μ",
        ylabel="standard deviation σ",
        title="log-likelihood, below its top",
        xlim=(1.6, 2.7),
        ylim=(0.1, 0.6),
    )
    right.contourf(
        mus,
        sigmas,
        hill,
        levels=[-8, -4, -2, -1, -0.5, 0.01],
        colors=["#EAF1F6", "#CFE1EC", "#A9CBE0", "#7DB2D1", "#4F98C1"],
    )
    lines = right.contour(
        mus,
        sigmas,
        hill,
        levels=[-8, -4, -2, -1, -0.5],
        colors=[GREY],
        linewidths=0.8,
        linestyles="-",
    )
    apart = [(1.65, 0.27), (1.75, 0.35), (2.14, 0.535), (2.14, 0.41), (2.14, 0.34)]
    right.clabel(lines, fmt="%g", fontsize=8, colors=[INK], zorder=1, manual=apart)
    right.plot(*best, "*", color=INK, markersize=13, zorder=1.5)
    cover = right.add_patch(Rectangle((0, 0.1), 0, 0.5, facecolor="#F4F4F4", zorder=2.5))
    (cross,) = right.plot([], [], color=VERMILION, linewidth=1, linestyle="--", zorder=3)
    (dot,) = right.plot([], [], "o", color=VERMILION, markersize=9, gid="dot", zorder=3)
    dot.set_clip_on(False)

    def update(mu, sigma):
        normal = Normal(mu, sigma)
        heights = normal.pdf(data)
        bell.set_data(x, normal.pdf(x))
        stems.set_segments(
            [((at, 0), (at, height)) for at, height in zip(data, heights, strict=True)]
        )
        heads.set_data(data, heights)
        total.set_text(f"sum of\nlog heights:\n{log_likelihood(normal, data):z.2f}")
        total.set(x=0.04 if mu > 2.2 else 0.98, ha="left" if mu > 2.2 else "right")
        cover.set(x=mu, width=2.7 - mu)
        cross.set_data([mu, mu, 1.6], [0.1, sigma, sigma])
        dot.set_data([mu], [sigma])
        return [bell, stems, heads, total, cover, cross, dot]

    def describe(mu, sigma):
        reached = log_likelihood(Normal(mu, sigma), data)
        short = top - reached
        if short < 0.005:
            verdict = "the top of the hill, to two decimals"
        else:
            verdict = (
                f"{short:.2f} below the top, where the data are {_times(np.exp(short))} as likely"
            )
        return f"Log-likelihood {reached:z.2f} at μ = {mu:.2f}, σ = {sigma:.2f}: {verdict}."

    return Explorer(
        figure,
        update,
        describe,
        mu=slider(1.6, 2.7, start=1.8, step=0.01, label="mean μ"),
        sigma=slider(0.1, 0.6, start=0.4, step=0.01, label="standard deviation σ"),
    )


def _times(factor):
    """Return in words how many times as much, to three digits."""
    digits = float(f"{factor:.3g}")
    number = f"{digits:,.0f}" if 1000 <= digits < 1e6 else without_zeros(f"{digits:g}")
    return f"{number.replace('e+', 'e')} times"
