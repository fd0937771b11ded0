"""The slider figures of chapter 1: a matrix taken apart, and what its largest parts hold."""

import math
from functools import cache
from itertools import pairwise

import numpy as np
from matplotlib.collections import LineCollection

from ..datasets import load_digits, load_penguins, load_portrait
from ..linear_algebra import norm, pca
from .explorer import Explorer, canvas, choice, in_course_style, slider, stops
from .plane import (
    BLUE,
    CIRCLE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    VERMILION,
    Arrow,
    direction,
    plane,
    rotation,
    shape,
)

TAKEN_APART = {
    "0.4 [[4, 2], [1, 3]]": 0.4 * np.array([[4.0, 2.0], [1.0, 3.0]]),
    "[[1, 1], [0, 1]] (shear)": np.array([[1.0, 1.0], [0.0, 1.0]]),
    "[[0.5, 1.5], [1.5, 0.5]] (flips)": np.array([[0.5, 1.5], [1.5, 0.5]]),
    "[[0.8, 1.6], [0.4, 0.8]] (rank 1)": np.array([[0.8, 1.6], [0.4, 0.8]]),
}


@in_course_style
def svd_steps() -> Explorer:
    """Watch a matrix turn, stretch along the axes, and turn again."""
    figure, panels = canvas(3, height=2.9)
    strips, notes = [], []
    for axes, title in zip(panels, ["1. Vᵀ turns", "2. Σ stretches", "3. U turns"], strict=True):
        plane(axes, 0, x=(-2.6, 3.4), y=(-2.7, 2.2), title=title)
        axes.set_ylabel("")
        axes.plot(*CIRCLE.T, color=PALE, linewidth=1.2, linestyle="--", zorder=1)
        disc = shape(axes, BLUE, gid="disc", facecolor=BLUE + "25")
        quarter = shape(axes, ORANGE, gid="quarter", facecolor=ORANGE + "90", linewidth=0)
        arrows = [
            Arrow(axes, name, colour, label="σ₁u₁", narrow=1.6)
            for name, colour in (("first", VERMILION), ("second", GREEN))
        ]
        strips.append((disc, quarter, *arrows))
        notes.append(axes.text(3.3, -2.55, "", color=INK, ha="right", fontsize=9, gid="note"))
    names = [("v₁", "v₂"), ("e₁", "e₂"), ("σ₁e₁", "σ₂e₂"), ("σ₁u₁", "σ₂u₂")]
    style = {"linewidth": 1.5, "zorder": 2.5, "narrow": 1.6}
    ghosts = [  # where v1 and v2 were, so that the turn is seen
        Arrow(panels[0], f"{name} before", colour + "59", label=name, **style)
        for name, colour in (("v₁", VERMILION), ("v₂", GREEN))
    ]
    outline = shape(panels[2], GREY, gid="outline", facecolor="none", linestyle="--", linewidth=1.2)
    aim = panels[2].text(-2.5, 1.85, "dashed: under A", color=GREY, fontsize=9)

    def update(t, matrix):
        A = TAKEN_APART[matrix]
        V = _turn_stretch_turn(A)[-1]
        moved = []
        for ghost, v in zip(ghosts, V.T, strict=True):
            moved += ghost.move(v)
            for artist in moved[-2:]:
                artist.set_visible(t > 0)
        outline.set_xy(CIRCLE @ A.T)
        for artist in (outline, aim):
            artist.set_visible(t > 2)
        for i, (disc, quarter, first, second) in enumerate(strips):
            M = _partly(A, np.clip(t, i, i + 1))
            disc.set_xy(CIRCLE @ M.T)
            corner = np.vstack([[0, 0], CIRCLE[:31] @ (M @ V).T])  # from v1 to v2
            quarter.set_xy(corner)
            parts = [disc, quarter]
            for arrow, tip, name in zip(
                (first, second), (M @ V).T, names[i + (t > i)], strict=True
            ):
                parts += arrow.move(tip)
                arrow.text.set_text(name)
            for artist in parts:
                artist.set_visible(t >= i)
            moved += parts
            taken = [((3.5, -3), (3.5, 3)), *pairwise(CIRCLE[::5] @ M.T)]
            taken += [((0, 0), tip) for tip in (M @ V).T]
            if i == 0 and t > 0:
                taken += [((0, 0), v) for v in V.T]
            if i > 0:
                taken += pairwise(CIRCLE[::5] @ A.T if t > 2 else CIRCLE[::5])
            for arrow in (first, second, *(ghosts if i == 0 else [])):
                taken += arrow.step_aside(taken)
        for i, (note, step) in enumerate(zip(notes, _steps(A), strict=True)):
            how = ("flips, then " if "flips" in step else "") + step[step.index("by ") :]
            note.set_text(how if t > i else "")
        return [*moved, outline, aim, *notes]

    def describe(t, matrix):
        A = TAKEN_APART[matrix]
        V = _turn_stretch_turn(A)[-1]
        long = " and ".join(f"{norm(_partly(A, t) @ v):.2f}" for v in V.T)
        if t == 0:
            return f"Nothing is done: the marked arrows are {long} long; A = {matrix}."
        step = math.ceil(round(t, 9)) - 1
        part = round(t, 9) - step
        done = "done" if part == 1 else f"{part:.0%} done"
        return f"{_steps(A)[step]} ({done}): the arrows are {long} long; A = {matrix}."

    return Explorer(
        figure,
        update,
        describe,
        t=slider(0.0, 3.0, start=1.0, step=0.02, label="steps done"),
        matrix=choice(list(TAKEN_APART), start=next(iter(TAKEN_APART)), label="matrix A"),
    )


def _steps(A):
    """Return what each of the three steps does, in words."""
    angle, sizes, flips, V = _turn_stretch_turn(A)
    first = np.degrees(np.arctan2(V[1, 0], V[0, 0]))
    return [
        f"Vᵀ turns by {-first:+z.0f}°",
        f"Σ stretches by {sizes[0]:.2f} and {sizes[1]:.2f}",
        f"U {'flips through flat, ' if flips else ''}turns by {angle:+z.0f}°",
    ]


def _turn_stretch_turn(A):
    """Return the angle of U, the singular values, whether U flips, and V, which is a rotation."""
    U, sizes, Vt = np.linalg.svd(A)
    turns = np.sign([Vt[0, 0], Vt[0, 0] * np.linalg.det(Vt)])  # v1 points right, v2 is left of it
    U, V = U * turns, Vt.T * turns
    flips = bool(np.linalg.det(A) < -1e-9)
    return np.degrees(np.arctan2(U[1, 0], U[0, 0])), sizes.round(12), flips, V


def _partly(A, t):
    """Return what is done at time t, with a flip, if any, in the first half of step 3."""
    angle, sizes, flips, V = _turn_stretch_turn(A)
    first = np.degrees(np.arctan2(V[1, 0], V[0, 0]))
    one, two, three = np.clip([t, t - 1, t - 2], 0, 1)
    flip, turn = (min(2 * three, 1), max(2 * three - 1, 0)) if flips else (0, three)
    return (
        rotation(turn * angle)
        @ np.diag([1, 1 - 2 * flip])
        @ np.diag(1 + two * (sizes - 1))
        @ rotation(-one * first)
    )


@in_course_style
def image_compression() -> Explorer:
    """Keep the k largest singular values of a photograph, or of its shuffled pixels."""
    figure, (left, right) = canvas(2, height=3.8, width_ratios=[1, 1.25])
    portrait = load_portrait().astype(float).reshape(300, 2, 256, 2).mean(axis=(1, 3))  # half size
    shares = [0.0, 0.25, 0.5, 0.75, 1.0]
    ranks = [1, 2, 3, 4, 6, 8, 12, 16, 20, 25, 30, 40, 50, 65, 80, 100, 125, 150, 200, 256]

    @cache  # each share is taken apart when it is first asked for
    def taken_apart(share):
        U, sizes, Vt = np.linalg.svd(_shuffled(portrait, share), full_matrices=False)
        return sizes, dict(_at_ranks(U, sizes, Vt, ranks))

    photographed, pictures = taken_apart(0.0)

    left.axis("off")
    left.set_title("photograph, 300 × 256, rank k")
    shown = left.imshow(_as_colours(pictures[256]), interpolation="nearest", gid="picture")
    order = np.arange(1, 257)
    right.set(
        xlim=(0, 258),
        yscale="log",
        ylim=(3, 9e4),
        xlabel="number of the singular value (of 256)",
        title="singular values",
    )
    right.plot(order, photographed, color=PALE, linewidth=1.5, zorder=1)
    as_photographed = right.text(
        252,
        photographed[-1] * 0.72,
        "as photographed",
        color=GREY,
        ha="right",
        va="top",
        fontsize=9,
        zorder=1,
    )
    kept = shape(right, BLUE, gid="kept", linewidth=0)
    (spectrum,) = right.plot([], [], color=INK, linewidth=1.5, gid="spectrum")
    (mark,) = right.plot([], [], color=BLUE, linewidth=1.5)
    (dot,) = right.plot([], [], "o", color=BLUE, markersize=9, clip_on=False, gid="dot")
    words = right.text(0, 0, "", color=BLUE, fontweight="bold")

    def update(k, shuffled):
        sizes, pictures = taken_apart(shuffled)
        shown.set_data(_as_colours(pictures[k]))
        kept.set_xy([(1, 1e-3), *zip(order[:k], sizes[:k], strict=True), (k, 1e-3)])
        spectrum.set_data(order, sizes)
        mark.set_data([k, k], [1e-3, sizes[k - 1]])
        dot.set_data([k], [sizes[k - 1]])
        x = min(k + 4, 210)
        words.set(text=f"k = {k}", position=(x, max(1.5 * sizes[k - 1], 1.15 * sizes[x - 1])))
        as_photographed.set_visible(shuffled > 0)  # else there is one line only
        return as_photographed, shown, kept, spectrum, mark, dot, words

    def describe(k, shuffled):
        m, n = portrait.shape
        sizes, _ = taken_apart(shuffled)
        error = norm([*sizes[k:], 0]) / norm(sizes)  # what is left out (Eckart and Young)
        storage = k * (m + n + 1) / (m * n)
        saving = "" if storage < 1 else ", no saving"
        moved = f"{shuffled:.0%} of" if shuffled else "no"
        return (
            f"Rank {k} leaves {error:.1%} error (Frobenius norm) and takes {storage:.1%} of the "
            f"numbers{saving}; {moved} pixels are shuffled."
        )

    return Explorer(
        figure,
        update,
        describe,
        k=stops(ranks, start=4, label="rank k"),
        shuffled=stops(
            [(f"{share:.0%}", share) for share in shares],
            start=0.0,
            label="share of pixels shuffled",
        ),
    )


def _at_ranks(U, sizes, Vt, ranks):
    """Yield each rank with the sum of so many terms, in grey levels as a screen shows them."""
    total, done = np.zeros((len(U), Vt.shape[1]), dtype=np.float32), 0
    for k in ranks:
        terms = slice(done, k)
        total += ((U[:, terms] * sizes[terms]) @ Vt[terms]).astype(np.float32)
        done = k
        yield k, total.round().clip(0, 255).astype(np.uint8)


def _as_colours(grey):
    """Return red, green, blue and alpha, which matplotlib draws three times as fast as numbers."""
    colours = np.full((*grey.shape, 4), 255, dtype=np.uint8)
    colours[..., :3] = grey[..., None]
    return colours


def _shuffled(picture, share):
    """Return the picture with that share of its pixels exchanged among themselves."""
    rng = np.random.default_rng(0)
    where = rng.permutation(picture.size)[: round(share * picture.size)]
    flat = picture.ravel().copy()
    flat[where] = flat[rng.permutation(where)]
    return flat.reshape(picture.shape)


@in_course_style
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
    W = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])  # (2, n)
    return (X @ W).var(axis=0, ddof=1)


def _first_component(X):
    """Return its angle in degrees, from 0 to 180, and the variance along it."""
    _, components, eigenvalues = pca(X, 1)
    x, y = components[:, 0]
    return float(np.degrees(np.arctan2(y, x)) % 180), float(eigenvalues[0])


@in_course_style
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
