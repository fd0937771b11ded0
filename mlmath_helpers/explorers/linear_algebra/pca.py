"""A line through the penguins that keeps most of their variance, and a digit of few components."""

import math
from typing import NamedTuple

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.ticker import MaxNLocator

from ..._arguments import matrix
from ...datasets import load_digits, load_penguins
from ...linear_algebra import norm, pca
from .._engine.controls import choice, slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREEN, GREY, INK, VERMILION, direction, plane, shape
from .._engine.words import typeset, without_zeros

REACH, TOP = 3.6, 2.45  # of the plane, and of the variances, where penguins are shown
MOST_DRAWN = 500  # rows: with more, the figure would not follow the hand


@explorer
def pca_direction(X=None) -> Explorer:
    """Turn a line through the penguins and see how much of their variance falls on it.

    Parameters
    ----------
    X : array_like, shape (n, 2), optional
        Your own two columns, instead of the penguins': at least two rows, not all alike. Of
        more than 500 rows 500 are drawn, and all are counted.

    Raises
    ------
    TypeError
        If ``X`` does not hold real numbers.
    ValueError
        If it is not of this shape, holds nan or inf, or rows that are all alike.

    Examples
    --------
    >>> explorer = pca_direction([[1, 2], [2, 4.5], [3, 5.5]])
    >>> explorer.sentence[:35]
    'At 10° the line holds 1.666, 39% of'
    """
    own = X is not None
    clouds = _clouds_of(_two_columns(X)) if own else _penguin_clouds()
    figure, (left, right) = canvas(2, width_ratios=[1, 1.05])
    plane(left, REACH)
    left.set(xlabel=" ", ylabel="\n " if own else " ")  # room for names that move: a label
    far = -0.165 if own else -0.125  # would redraw it all; other numbers may be wider
    names = [
        left.text(0.5, -0.11, "", transform=left.transAxes, ha="center", va="top", gid="x name"),
        left.text(far, 0.5, "", transform=left.transAxes, ha="right", va="center", gid="y name"),
    ]
    names[1].set_rotation(90)
    (points,) = left.plot(
        [], [], "o", color=BLUE, markersize=3.5, alpha=0.5, markeredgewidth=0, gid="points"
    )
    points.set_zorder(1.2)
    drops = left.add_collection(
        LineCollection([], colors=GREY + "60", linewidths=0.7, zorder=1.5, gid="drops")
    )
    (line,) = left.plot([], [], color=VERMILION, linewidth=1.5, zorder=2.5)
    (shadows,) = left.plot(
        [], [], "o", color=VERMILION, markersize=3, markeredgewidth=0, zorder=3, gid="shadows"
    )

    right.set(xlim=(0, 180), ylim=(0, TOP), xticks=range(0, 181, 45))
    right.set_xlabel("angle of the line (degrees)")
    area = shape(right, VERMILION, gid="area", linewidth=0)
    (curve,) = right.plot([], [], color=INK, linewidth=1.5, gid="curve")
    (best,) = right.plot([], [], "D", color=GREEN, markersize=9, clip_on=False, gid="best")
    best_text = right.text(0, 0, "first component", color=GREEN, ha="center", zorder=2)
    best_text.set_fontweight("bold")
    (dot,) = right.plot([], [], "o", color=VERMILION, markersize=10, clip_on=False, gid="dot")
    left.set_title(next(iter(clouds.values())).title)
    title = right.set_title("variance along the line")
    in_view = []

    def look_at(measurements):
        """Fit the axes to the learner's numbers; the penguins fit in any case."""
        if not own or in_view == [measurements]:
            return
        in_view[:] = [measurements]
        cloud = clouds[measurements]
        left.set(xlim=(-cloud.reach, cloud.reach), ylim=(-cloud.reach, cloud.reach))
        right.set_ylim(0, cloud.top)
        for axis in (left.xaxis, left.yaxis):
            _tick(axis, _unit_of(cloud.reach))
        _tick(right.yaxis, _unit_of(cloud.top))
        title.set_text(f"variance along the line{_times(_unit_of(cloud.top))}")
        points.set_markersize(3.5 if len(cloud.drawn) > 50 else 6)

    def update(angle, measurements):
        cloud = clouds[measurements]
        look_at(measurements)
        for name, word in zip(names, cloud.words, strict=True):
            name.set_text(word)
        points.set_data(*cloud.drawn.T)
        w = direction(angle)
        on_line = np.outer(cloud.drawn @ w, w)
        drops.set_segments(np.stack([cloud.drawn, on_line], axis=1))
        line.set_data(*np.outer([-2 * cloud.reach, 2 * cloud.reach], w).T)
        shadows.set_data(*on_line.T)
        angles = np.arange(0, angle + 1)  # as far as the line has been turned
        variances = cloud.variances[: angle + 1]
        curve.set_data(angles, variances)
        area.set_xy([(0, 0), *zip(angles, variances, strict=True), (angle, 0)])
        best.set_data([cloud.first], [cloud.most])
        best_text.set_position((np.clip(cloud.first, 38, 142), cloud.most + 0.13 / TOP * cloud.top))
        for artist in (best, best_text):
            artist.set_visible(angle >= cloud.first - 0.5)
        dot.set_data([angle], variances[-1:])
        return points, drops, line, shadows, area, curve, best, best_text, dot, *names

    def describe(angle, measurements):
        cloud = clouds[measurements]
        variances = cloud.variances[: angle + 1]
        along, best = variances[-1], int((variances / cloud.total).round(9).argmax())
        if abs(angle - cloud.first) < 0.5:
            verdict = ", the most there is: the first component"
        elif best == angle:
            verdict = ", the most so far"
        else:
            verdict = f"; most so far {write(variances[best])} at {best}°"
        return (
            f"At {angle}° the line holds {write(along)}, {along / cloud.total:.0%} of the "
            f"variance of {measurements.partition(' (')[0]}{verdict}."
        )

    def write(variance):
        return _short(variance) if own else f"{variance:.2f}"

    def end_of_line(angle, measurements):
        return clouds[measurements].reach * 5 / 6 * direction(angle)

    def turn(x, y, **_):
        return {"angle": (np.degrees(np.arctan2(y, x)) + 90) % 360 - 90}  # from -90 to 270

    stills = ()
    if not own:
        stills = [{"angle": 45}, {"angle": 135}, {"angle": 135, "measurements": list(clouds)[1]}]
    return Explorer(
        figure,
        update,
        describe,
        handles=[Handle(left, end_of_line, turn, "end of the line")],
        play="angle",
        stills=stills,
        angle=slider(0, 180, start=10, label="angle of the line (degrees)"),
        measurements=choice(list(clouds), start=next(iter(clouds)), label="measurements"),
    )


class _Cloud(NamedTuple):
    """Two columns, centred, and how they are shown."""

    drawn: np.ndarray  # (n, 2), all rows or some
    words: tuple  # beside the axes
    title: str
    reach: float  # how far the plane goes
    top: float  # of the variances
    variances: np.ndarray  # (181,), along a line at each whole degree
    total: float
    first: float  # degrees, from 0 to 180
    most: float  # the variance along the first component


def _cloud(X, words, title="342 penguins and their shadows", reach=REACH, top=TOP):
    first, most = _first_component(X)
    return _Cloud(
        drawn=X[np.linspace(0, len(X) - 1, min(len(X), MOST_DRAWN)).astype(int)],
        words=words,
        title=title,
        reach=reach,
        top=top or 1.25 * most,
        variances=_variances(X, np.arange(181)),
        total=float(X.var(axis=0, ddof=1).sum()),
        first=first,
        most=most,
    )


def _penguin_clouds():
    """Return pairs of measurements, by what the menu calls them."""
    penguins = load_penguins()
    X = penguins.measurements[~np.isnan(penguins.measurements).any(axis=1)]
    X = X - X.mean(axis=0)
    Z = X / X.std(axis=0, ddof=1)
    centimetres = X / 10
    return {
        "flipper length and body mass (standardised)": _cloud(
            Z[:, [2, 3]],
            ("flipper length (standard deviations)", "body mass (standard deviations)"),
        ),
        "bill length and bill depth (standardised)": _cloud(
            Z[:, [0, 1]],
            ("bill length (standard deviations)", "bill depth (standard deviations)"),
        ),
        "flipper length and bill length (in cm)": _cloud(
            centimetres[:, [2, 0]],
            ("flipper length (cm from the mean)", "bill length (cm from the mean)"),
        ),
    }


def _clouds_of(X):
    """Return the learner's two columns, as they are and standardised."""
    X = X - X.mean(axis=0)
    title = f"{len(X)} rows and their shadows"
    if len(X) > MOST_DRAWN:
        title = f"{MOST_DRAWN} of {len(X)} rows drawn"
    spread = X.std(axis=0, ddof=1)
    Z = X / np.where(spread > 1e-12 * spread.max(), spread, np.inf)  # what does not vary stays 0
    clouds = {}
    for name, columns, of in (
        ("as they are", X, "from the mean"),
        ("standardised", Z, "standard deviations"),
    ):
        reach = 1.1 * float(np.abs(columns).max())
        times = _times(_unit_of(reach))
        words = tuple(f"{letter} ({of}{times.replace(' (', ', ').rstrip(')')})" for letter in "xy")
        clouds[f"x and y, {name}"] = _cloud(columns, words, title, reach, top=None)
    return clouds


def _two_columns(X):
    """Return the learner's X, or refuse it."""
    X = matrix(X, "X")
    if X.shape[1] != 2 or len(X) < 2:
        raise ValueError(
            f"X must have two columns and at least two rows, not shape {X.shape}; "
            "choose two columns, as in X[:, [0, 1]]"
        )
    largest, apart = np.abs(X).max(), np.ptp(X, axis=0).max()
    if apart <= 1e-12 * largest:
        raise ValueError("X has rows that are all alike, and no variance to share out")
    if not 1e-100 < apart <= 2 * largest < 1e100:
        raise ValueError(
            f"X must hold numbers whose squares are doubles, not differences of {apart:.3g}; "
            "measure in another unit"
        )
    return X


def _unit_of(size):
    """Return the exponent of ten in which tick labels up to this size stay short."""
    return 0 if 0.3 <= size < 1000 else math.floor(math.log10(size))


def _times(exponent):
    return f" (× 1e{exponent})" if exponent else ""


def _tick(axis, exponent):
    """Set a few round ticks, and write them in this power of ten."""
    axis.set_major_locator(MaxNLocator(8, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(lambda value, _: typeset(f"{value / 10.0**exponent:.3g}"))


def _short(number):
    return without_zeros(f"{number:.4g}").replace("e+", "e")


def _variances(X, degrees):
    return (X @ direction(degrees)).var(axis=0, ddof=1)


def _first_component(X):
    """Return its angle in degrees, from 0 to 180, and the variance along it."""
    _, components, eigenvalues = pca(X, 1)
    x, y = components[:, 0]
    return float(np.degrees(np.arctan2(y, x)).round(9) % 180), float(eigenvalues[0])


@explorer
def digit_reconstruction() -> Explorer:
    """Rebuild a digit from the average image and the first k components."""
    figure, (*frames, right) = canvas(4, height=3.3, width_ratios=[0.7, 1.7, 0.7, 1.5])
    images, labels = load_digits()
    X = images.reshape(len(images), 64)
    scores, components, eigenvalues = pca(X, 64)
    mean = X.mean(axis=0)
    held = np.concatenate([[0], np.cumsum(eigenvalues) / eigenvalues.sum()])
    plain = [17, 5, 27, 1, 4, 3, 1, 0, 0, 29]  # which image of each digit is easy to read
    chosen = [int(np.flatnonzero(labels == digit)[which]) for digit, which in enumerate(plain)]

    def rebuilt(k, digit):
        return mean + components[:, :k] @ scores[chosen[digit], :k]

    pictures = []
    for axes, title in zip(frames, ["average of all", "rebuilt", "the image"], strict=True):
        axes.set(xticks=[], yticks=[], title=title)
        axes.spines[:].set_visible(True)
        pictures.append(axes.imshow(mean.reshape(8, 8), cmap="gray_r", vmin=0, vmax=16, gid=title))
    right.set(
        xlim=(0, 66),
        ylim=(0, 106),
        yticks=(0, 30, 60, 90),
        xlabel="components used (of 64)",
        title="variance held (%)",
    )
    right.axhline(90, color=GREY, linewidth=1.2, linestyle=":", zorder=1)
    (curve,) = right.plot([], [], color=INK, linewidth=1.5, gid="curve")
    kept = shape(right, BLUE, gid="kept", linewidth=0)
    (dot,) = right.plot([], [], "o", color=BLUE, markersize=9, clip_on=False, gid="dot")
    words = right.text(0, 0, "", color=BLUE, fontweight="bold")

    def update(components, digit):
        pictures[1].set_data(rebuilt(components, digit).reshape(8, 8))
        pictures[2].set_data(images[chosen[digit]])
        heights = 100 * held[: components + 1]
        kept.set_xy([(0, 0), *enumerate(heights), (components, 0)])
        curve.set_data(range(components + 1), heights)  # no farther: the rest is asked for
        dot.set_data([components], heights[-1:])
        words.set(
            position=(min(components + 3, 48), max(heights[-1] - 12, 4)), text=f"{heights[-1]:.0f}%"
        )
        return *pictures[1:], kept, curve, dot, words

    def describe(components, digit):
        image = X[chosen[digit]]
        distance = norm(image - rebuilt(components, digit))
        start = norm(image - mean)
        hold = "component holds" if components == 1 else "components hold"
        nearly_all = 0.9995 <= held[components] < 1 - 1e-9
        share = "over 99.9%" if nearly_all else f"{held[components]:.1%}"
        return (
            f"{components} {hold} {share} of the variance; "
            f"rebuilt, this {digit} is {distance:.1f} off, the average image {start:.1f}."
        )

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(
                right,
                lambda components, **_: (components, 100 * held[components]),
                lambda x, y, **_: {"components": x},
                "variance held",
            )
        ],
        play="components",
        stills=(
            {"components": 5, "digit": 0},
            {"components": 10, "digit": 8},
            {"components": 25, "digit": 8},
        ),
        components=slider(0, 64, start=2, label="number of components"),
        digit=choice(list(range(10)), start=3, label="digit"),
    )
