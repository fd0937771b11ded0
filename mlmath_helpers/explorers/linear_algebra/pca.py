"""A line through the penguins that keeps most of their variance, and a digit of few components."""

import numpy as np
from matplotlib.collections import LineCollection

from ...datasets import load_digits, load_penguins
from ...linear_algebra import norm, pca
from .._engine.explorer import Explorer, canvas, choice, explorer, slider
from .._engine.plane import BLUE, GREEN, GREY, INK, VERMILION, direction, plane, shape


@explorer
def pca_direction() -> Explorer:
    """Turn a line through the penguins and see how much of their variance falls on it."""
    figure, (left, right) = canvas(2, width_ratios=[1, 1.05])
    clouds = _penguin_clouds()
    components = {name: _first_component(X) for name, (X, _) in clouds.items()}
    plane(left, 3.6, title="342 penguins and their shadows")
    left.set(xlabel=" ", ylabel=" ")  # room for names that move: a label would redraw it all
    names = [
        left.text(0.5, -0.11, "", transform=left.transAxes, ha="center", va="top", gid="x name"),
        left.text(-0.125, 0.5, "", transform=left.transAxes, ha="right", va="center", gid="y name"),
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

    right.set(xlim=(0, 180), ylim=(0, 2.45), xticks=range(0, 181, 45))
    right.set(xlabel="angle of the line (degrees)", title="variance along the line")
    area = shape(right, VERMILION, gid="area", linewidth=0)
    (curve,) = right.plot([], [], color=INK, linewidth=1.5, gid="curve")
    (best,) = right.plot([], [], "D", color=GREEN, markersize=9, gid="best")
    best_text = right.text(0, 0, "first component", color=GREEN, ha="center", zorder=2)
    best_text.set_fontweight("bold")
    (dot,) = right.plot([], [], "o", color=VERMILION, markersize=10, clip_on=False, gid="dot")

    def update(angle, measurements):
        X, words = clouds[measurements]
        for name, word in zip(names, words, strict=True):
            name.set_text(word)
        points.set_data(*X.T)
        w = direction(angle)
        on_line = np.outer(X @ w, w)
        drops.set_segments(np.stack([X, on_line], axis=1))
        line.set_data(*np.outer([-6, 6], w).T)
        shadows.set_data(*on_line.T)
        angles = np.arange(0, angle + 1)  # as far as the line has been turned
        variances = _variances(X, angles)
        curve.set_data(angles, variances)
        area.set_xy([(0, 0), *zip(angles, variances, strict=True), (angle, 0)])
        first, most = components[measurements]
        best.set_data([first], [most])
        best_text.set_position((np.clip(first, 38, 142), most + 0.13))
        for artist in (best, best_text):
            artist.set_visible(angle >= first - 0.5)
        dot.set_data([angle], variances[-1:])
        return points, drops, line, shadows, area, curve, best, best_text, dot, *names

    def describe(angle, measurements):
        X, _ = clouds[measurements]
        variances = _variances(X, np.arange(0, angle + 1))
        along, best = variances[-1], int(variances.round(9).argmax())
        total = X.var(axis=0, ddof=1).sum()
        if abs(angle - components[measurements][0]) < 0.5:
            verdict = ", the most there is: the first component"
        elif best == angle:
            verdict = ", the most so far"
        else:
            verdict = f"; most so far {variances[best]:.2f} at {best}°"
        return (
            f"At {angle}° the line holds {along:.2f}, {along / total:.0%} of the variance of "
            f"{measurements.partition(' (')[0]}{verdict}."
        )

    return Explorer(
        figure,
        update,
        describe,
        angle=slider(0, 180, start=10, label="angle of the line (degrees)"),
        measurements=choice(list(clouds), start=next(iter(clouds)), label="measurements"),
    )


def _penguin_clouds():
    """Return pairs of measurements, centred, and what the axes then show."""
    penguins = load_penguins()
    X = penguins.measurements[~np.isnan(penguins.measurements).any(axis=1)]
    X = X - X.mean(axis=0)
    Z = X / X.std(axis=0, ddof=1)
    centimetres = X / 10
    return {
        "flipper length and body mass (standardised)": (
            Z[:, [2, 3]],
            ["flipper length (standard deviations)", "body mass (standard deviations)"],
        ),
        "bill length and bill depth (standardised)": (
            Z[:, [0, 1]],
            ["bill length (standard deviations)", "bill depth (standard deviations)"],
        ),
        "flipper length and bill length (in cm)": (
            centimetres[:, [2, 0]],
            ["flipper length (cm from the mean)", "bill length (cm from the mean)"],
        ),
    }


def _variances(X, degrees):
    return (X @ direction(degrees)).var(axis=0, ddof=1)


def _first_component(X):
    """Return its angle in degrees, from 0 to 180, and the variance along it."""
    _, components, eigenvalues = pca(X, 1)
    x, y = components[:, 0]
    return float(np.degrees(np.arctan2(y, x)) % 180), float(eigenvalues[0])


@explorer
def digit_reconstruction() -> Explorer:
    """Rebuild a digit from the average image and the first k components."""
    figure, (*frames, right) = canvas(4, height=3.0, width_ratios=[1, 1, 1, 1.6])
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
        xlabel="components used (of 64)",
        title="variance held (%)",
    )
    right.plot(range(65), 100 * held, color=INK, linewidth=1.5)
    kept = shape(right, BLUE, gid="kept", linewidth=0)
    (dot,) = right.plot([], [], "o", color=BLUE, markersize=9, clip_on=False, gid="dot")
    words = right.text(0, 0, "", color=BLUE, fontweight="bold")

    def update(components, digit):
        pictures[1].set_data(rebuilt(components, digit).reshape(8, 8))
        pictures[2].set_data(images[chosen[digit]])
        heights = 100 * held[: components + 1]
        kept.set_xy([(0, 0), *enumerate(heights), (components, 0)])
        dot.set_data([components], heights[-1:])
        words.set(
            position=(min(components + 3, 48), max(heights[-1] - 12, 4)), text=f"{heights[-1]:.0f}%"
        )
        return *pictures[1:], kept, dot, words

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
        components=slider(0, 64, start=2, label="number of components"),
        digit=choice(list(range(10)), start=3, label="digit"),
    )
