"""The slider figures of chapter 1: a matrix taken apart, and what its largest parts hold."""

import math
from functools import cache

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
    strips = []
    for axes, title in zip(
        panels,
        ["1. Vᵀ", "2. Σ", "3. U"],
        strict=True,
    ):
        plane(axes, 3, y=(-2.7, 2.2), title=title)
        axes.set_ylabel("")
        axes.plot(*CIRCLE.T, color=PALE, linewidth=1.2, linestyle="--", zorder=1)
        disc = shape(axes, BLUE, gid="disc", facecolor=BLUE + "25")
        quarter = shape(axes, ORANGE, gid="quarter", facecolor=ORANGE + "90", linewidth=0)
        arrows = (
            Arrow(axes, "first", VERMILION, label="σ1u1"),
            Arrow(axes, "second", GREEN, label="σ2u2"),
        )
        strips.append((disc, quarter, *arrows))
    names = [("v1", "v2"), ("e1", "e2"), ("σ1e1", "σ2e2"), ("σ1u1", "σ2u2")]
    ghosts = [  # where v1 and v2 were, so that the turn is seen
        Arrow(panels[0], f"{name} before", colour + "59", label=name, linewidth=1.5, zorder=2.5)
        for name, colour in [("v1", VERMILION), ("v2", GREEN)]
    ]
    outline = shape(panels[2], GREY, gid="outline", facecolor="none", linestyle="--", linewidth=1.2)
    aim = panels[2].text(-2.9, 1.85, "dashed: under A", color=GREY, fontsize=9)
    note = panels[2].text(2.9, -2.55, "", color=INK, ha="right", fontsize=9)
    lengths = panels[1].text(2.9, -2.55, "", color=INK, ha="right", fontsize=9)

    def update(t, matrix):
        A = TAKEN_APART[matrix]
        _, sizes, flips, V = _turn_stretch_turn(A)
        moved = []
        for i, (disc, quarter, first, second) in enumerate(strips):
            M = _partly(A, np.clip(t, i, i + 1))
            disc.set_xy(CIRCLE @ M.T)
            corner = np.vstack([[0, 0], CIRCLE[:31] @ (M @ V).T])  # from v1 to v2
            quarter.set_xy(corner)
            moved += [disc, quarter]
            for arrow, tip in zip((first, second), (M @ V).T, strict=True):
                moved += arrow.move(tip, side=_upright(tip) if i and t > 1 else 0)
                if i and t > 1:  # a long name also steps aside, off the rim of the ellipse
                    beside = 0.5 * tip[0] / max(norm(tip), 1e-9)
                    arrow.text.set_x(arrow.text.get_position()[0] + beside)
            for artist in moved[-6:]:
                artist.set_visible(t >= i)
            for arrow, name in zip((first, second), names[i + (t > i)], strict=True):
                arrow.text.set_text(name)
        for ghost, v in zip(ghosts, V.T, strict=True):
            moved += ghost.move(v)
            for artist in moved[-2:]:
                artist.set_visible(t > 0)
        outline.set_xy(CIRCLE @ A.T)
        for artist in (outline, aim):
            artist.set_visible(t > 2)
        lengths.set_text(f"σ1 = {sizes[0]:.2f}, σ2 = {sizes[1]:.2f}" if t > 1 else "")
        note.set_text("first flips, then turns" if flips and t > 2 else "")
        return [*moved, outline, aim, note, lengths]

    def describe(t, matrix):
        A = TAKEN_APART[matrix]
        angle, sizes, flips, V = _turn_stretch_turn(A)
        first = np.degrees(np.arctan2(V[1, 0], V[0, 0]))
        stretched = [norm(_partly(A, t) @ v) for v in V.T]
        steps = [
            f"Vᵀ turns by {-first:+z.0f}°",
            f"Σ stretches by {sizes[0]:.2f} and {sizes[1]:.2f}",
            f"U {'flips and ' if flips else ''}turns by {angle:+z.0f}°",
        ]
        begun = "".join(f"{step}, " for step in steps[: math.ceil(round(t, 9))])
        through = flips and 2 < t < 2.5
        flat = ", on the way through flat, since no turn reaches a mirror image" if through else ""
        return (
            f"A = {matrix}: {begun}{_progress(t)}{flat}, and the two marked arrows are "
            f"{stretched[0]:.2f} and {stretched[1]:.2f} long."
        )

    return Explorer(
        figure,
        update,
        describe,
        t=slider(0.0, 3.0, start=1.0, step=0.02, label="steps done"),
        matrix=choice(list(TAKEN_APART), start=next(iter(TAKEN_APART)), label="matrix A"),
    )


def _upright(tip):
    """Return the turn from an arrow to straight up or down, where a long name is clear of it."""
    return (90 if tip[1] > -1e-9 else -90) - np.degrees(np.arctan2(tip[1], tip[0]))


def _progress(t):
    whole, part = divmod(round(t, 9), 1)
    if part:
        return f"step {whole + 1:.0f} is {part:.0%} done"
    return ["nothing is done yet", "step 1 is done", "steps 1 and 2 are done", "all is done"][
        int(whole)
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
    left.set_title("the photograph at rank k")
    shown = left.imshow(_as_colours(pictures[256]), interpolation="nearest", gid="picture")
    order = np.arange(1, 257)
    right.set(
        xlim=(0, 258),
        yscale="log",
        ylim=(3, 9e4),
        xlabel="number of the singular value",
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
        what = f"With {shuffled:.0%} of the pixels shuffled" if shuffled else "As photographed"
        verdict = "" if storage < 1 else ", no saving at all"
        leaves, takes = ("leaves", "takes") if k == 1 else ("leave", "take")
        return (
            f"{what}, {k} of {n} singular values {leaves} an error of {error:.1%} (Frobenius norm) "
            f"and {takes} {storage:.1%} of the picture's {m * n:,} numbers{verdict}."
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
    plane(left, 3.6, title="penguins and their shadows")
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
            verdict = "the most there is: this is the first component"
        elif best == angle:
            verdict = "the most so far"
        else:
            verdict = f"and the most so far is {variances[best]:.2f} at {best}°"
        return (
            f"Of {len(X)} penguins' {measurements}, the line at {angle}° holds a variance of "
            f"{along:.2f}, {along / total:.0%} of the whole, {verdict}."
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
    right.set(xlim=(0, 66), ylim=(0, 106), xlabel="components used", title="variance held (%)")
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
        hold, them = ("holds", "it") if components == 1 else ("hold", "them")
        return (
            f"{components} of 64 components {hold} {held[components]:.1%} of the variance of all "
            f"{len(X)} images; this {digit} rebuilt from {them} is {distance:.1f} away from its "
            f"image, {distance / start:.0%} of the {start:.1f} that the average image is away."
        )

    return Explorer(
        figure,
        update,
        describe,
        components=slider(0, 64, start=2, label="number of components"),
        digit=choice(list(range(10)), start=3, label="digit"),
    )
