"""The likelihood of a normal distribution, as heights and as a hill."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from ...probability import Normal, log_likelihood, mle_normal
from .._engine.controls import slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREY, INK, PALE, VERMILION
from .._engine.units import (
    decimals,
    own_numbers,
    padded,
    refuse_no_room,
    round_step,
    slider_of_steps,
    spread_of,
)
from .._engine.words import without_zeros


@explorer
def likelihood(data=None) -> Explorer:
    """Likelihood as heights: a normal curve over five measurements, and its hill.

    The hill is uncovered from the left as far as the chosen mean.

    Parameters
    ----------
    data : array_like, shape (n,), optional
        Your numbers, from 2 to 300 of them, not all the same.

    Raises
    ------
    TypeError, ValueError
        If data are not so many finite numbers, or do not differ enough to be seen.

    Examples
    --------
    >>> likelihood([1, 2, 6]).sentence.partition(" at ")[0]
    'Log-likelihood −8.68'
    """
    own = data is not None
    data = _own(data) if own else np.array([2.1, 2.5, 1.8, 2.3, 2.0])
    best = mle_normal(data)
    top = log_likelihood(Normal(*best), data)
    mean, sd = _own_sliders(best, len(data)) if own else _sliders()
    (m_low, m_high), (s_low, s_high) = (mean.min, mean.max), (sd.min, sd.max)
    places = decimals(mean.step), decimals(sd.step)
    x_low, x_high, y_high = 1.2, 3.2, 4.2
    if own:
        x_low, x_high = padded(min(data.min(), m_low - s_high), max(data.max(), m_high + s_high))
        y_high = 1.05 * Normal(0, s_low).pdf(0)
    figure, (left, right) = canvas(2)
    left.set(
        xlim=(x_low, x_high),
        ylim=(-y_high / 21, y_high),
        title="density over the data",
        xlabel="x" if own else "measurement x",
    )
    left.axhline(0, color=PALE, linewidth=1)
    x = np.linspace(x_low, x_high, 161)
    (bell,) = left.plot([], [], color=BLUE, gid="bell")
    stems = left.add_collection(LineCollection([], colors=VERMILION, linewidths=2, gid="stems"))
    stems.set_linewidth(2 if len(data) <= 50 else 0.8)
    small = {"markersize": 6 if len(data) <= 50 else 3}
    (heads,) = left.plot([], [], "o", color=VERMILION, gid="heads", **small)
    ticks = {"markersize": 10, "markeredgewidth": 2 if len(data) <= 50 else 0.8}
    left.plot(data, np.full(len(data), -0.09 / 4.2 * y_high), "|", color=INK, **ticks)
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

    mus, sigmas = np.linspace(m_low, m_high, 56), np.linspace(s_low, s_high, 51)
    hill = (
        np.array([[log_likelihood(Normal(mu, sigma), data) for mu in mus] for sigma in sigmas])
        - top
    )
    right.set(
        xlabel="mean μ",
        ylabel="standard deviation σ",
        title="log-likelihood, below its top",
        xlim=(m_low, m_high),
        ylim=(s_low, s_high),
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
    manual = False if own else apart
    right.clabel(lines, fmt="%g", fontsize=8, colors=[INK], zorder=1, manual=manual)
    right.plot(*best, "*", color=INK, markersize=13, zorder=1.5)
    size = m_high - m_low, s_high - s_low
    cover = right.add_patch(Rectangle((m_low, s_low), 0, size[1], facecolor="#F4F4F4", zorder=2.5))
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
        to_the_right = mu > (x_low + x_high) / 2
        total.set(x=0.04 if to_the_right else 0.98, ha="left" if to_the_right else "right")
        cover.set(x=mu, width=m_high - mu)
        cross.set_data([mu, mu, m_low], [s_low, sigma, sigma])
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
        at = f"μ = {mu:z.{places[0]}f}, σ = {sigma:.{places[1]}f}"
        return f"Log-likelihood {reached:z.2f} at {at}: {verdict}."

    def peak(mu, sigma):
        return mu, Normal(mu, sigma).pdf(mu)

    def pull_peak(to, height, **_):
        least = Normal(0, 2 * s_high).pdf(0)  # lower is as good as this
        return {"mu": to, "sigma": Normal(0, 1).pdf(0) / max(height, least)}

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(left, peak, pull_peak, "top of the curve"),
            Handle(
                right,
                lambda mu, sigma: (mu, sigma),
                lambda x, y, **_: {"mu": x, "sigma": y},
                "point of the hill",
            ),
        ],
        stills=(
            {"mu": 2.14, "sigma": 0.24},
            {"mu": 2.4, "sigma": 0.24},
            {"mu": 2.4, "sigma": 0.35},
        ),
        mu=mean,
        sigma=sd,
    )


def _sliders():
    """Return the sliders of the course's five measurements."""
    return (
        slider(1.6, 2.7, start=1.8, step=0.01, label="mean μ"),
        slider(0.1, 0.6, start=0.4, step=0.01, label="standard deviation σ"),
    )


def _own(data):
    """Return a learner's numbers, if a normal curve over them can be seen."""
    data = own_numbers(data, "data", at_most=300)
    if np.ptp(data) == 0:
        raise ValueError(f"data must hold different numbers, not {data[0]:g} alone")
    refuse_no_room(spread_of(data), np.abs(data).max(), "data")
    if not 1e-6 <= np.ptp(data) <= 1e9:
        raise ValueError(
            f"data must spread over 1e-6 to 1e9, not {np.ptp(data):.3g}: take another unit, "
            "as in data / 1000"
        )
    return data


def _own_sliders(best, n):
    """Return the sliders for the hill of n numbers, which is the narrower the more there are."""
    share = np.sqrt(5 / n)
    reach = 2.3 * share * best.sigma
    low, high = best.sigma * np.exp([-0.9 * share, 0.9 * share])
    step, fine = round_step(2 * reach, 110), round_step(high - low, 50)
    return (
        slider_of_steps(
            best.mu - reach,
            best.mu + reach,
            start=best.mu - 0.6 * reach,
            step=step,
            label="mean μ",
        ),
        slider_of_steps(
            max(low, fine),
            high,
            start=best.sigma * np.exp(0.56 * share),
            step=fine,
            label="standard deviation σ",
        ),
    )


def _times(factor):
    """Return in words how many times as much, to three digits."""
    digits = float(f"{factor:.3g}")
    number = f"{digits:,.0f}" if 1000 <= digits < 1e6 else without_zeros(f"{digits:g}")
    return f"{number.replace('e+', 'e')} times"
