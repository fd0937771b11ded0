"""The slider figures of chapter 1: arrows, lengths and maps of the plane."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Wedge

from ..linear_algebra import cosine_similarity, norm, project
from .decompositions import (
    digit_reconstruction,
    image_compression,
    pca_direction,
    svd_steps,
)
from .explorer import Explorer, canvas, choice, in_course_style, slider, stops
from .plane import (
    BLUE,
    CIRCLE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    PURPLE,
    VERMILION,
    Arrow,
    direction,
    plane,
    rotation,
    shape,
)

__all__ = [
    "composition",
    "digit_reconstruction",
    "dot_product",
    "eigenvectors",
    "image_compression",
    "linear_map",
    "pca_direction",
    "power_iteration",
    "svd_steps",
    "unit_ball",
]


@in_course_style
def dot_product() -> Explorer:
    """Dot product as a signed shadow: how it depends on the angle and on the length."""
    figure, (left, right) = canvas(2, width_ratios=[1, 1.05])
    w = np.array([2.0, 0.0])
    angles = np.arange(0, 361, 3)
    plane(left, 3.4, title="v, w and the shadow of v")
    left.plot([-3.4, 3.4], [0, 0], color=PALE, linewidth=1.5, linestyle=(0, (5, 3)))
    turned = left.add_patch(Wedge((0, 0), 0.7, 0, 0, facecolor=ORANGE + "60", zorder=2))
    turned_text = left.text(0, 0, "", color=GREY, ha="center", va="center")
    (corner,) = left.plot([], [], color=GREY, linewidth=1.2)
    (drop,) = left.plot([], [], color=GREY, linewidth=1.5, linestyle="--", gid="drop")
    (shadow,) = left.plot([], [], linewidth=8, solid_capstyle="butt", alpha=0.75, gid="shadow")
    shadow_text = left.text(0, -0.36, "", ha="center", va="center", fontweight="bold")
    v_arrow = Arrow(left, "v", BLUE)
    left_w = Arrow(left, "w", VERMILION)
    left_w.move(w)
    left_w.text.set_position((w[0] + 0.1, 0.34))

    right.set(xlim=(0, 360), ylim=(-6.6, 6.6), xticks=range(0, 361, 90))
    right.set(xlabel="angle from w to v (degrees)", title="dot product v · w")
    right.axhline(0, color=GREY, linewidth=1)
    above = shape(right, GREEN, gid="above", linewidth=0)
    below = shape(right, PURPLE, gid="below", linewidth=0, hatch="///", edgecolor=PURPLE + "90")
    (curve,) = right.plot([], [], color=INK, linewidth=1.5, gid="curve")
    (stem,) = right.plot([], [], color=BLUE, linewidth=1.5)
    (dot,) = right.plot([], [], "o", color=BLUE, markersize=9, gid="dot")
    value = right.text(0, 0, "", fontweight="bold", va="center")
    for x, words in [(45, "acute"), (180, "obtuse"), (315, "acute")]:
        right.text(x, -6.2 if words == "acute" else 6.0, words, color=GREY, ha="center", zorder=1)

    def update(angle, length):
        v = length * direction(angle)
        foot = project(v, onto=w)
        product = v @ w
        colour = GREEN if product > 0 else PURPLE
        turned.set(theta2=angle)
        turned_text.set(position=0.95 * direction(angle / 2), text=f"{angle}°")
        inward, upward = -0.2 * np.sign(foot[0]), 0.2 * np.sign(v[1])
        corner.set_data(foot[0] + np.array([0, inward, inward]), [upward, upward, 0])
        drop.set_data([v[0], foot[0]], [v[1], foot[1]])
        shadow.set_data([0, foot[0]], [0, foot[1]])
        shadow.set_color(colour)
        shadow_text.set(text=f"{foot[0]:+z.2f}", color=colour, x=foot[0] / 2)
        shadow_text.set_y(-0.4 if v[1] >= 0 else 0.4)
        products = (
            length * np.column_stack([np.cos(np.radians(angles)), np.sin(np.radians(angles))]) @ w
        )
        curve.set_data(angles, products)
        for area, heights in [(above, products.clip(0)), (below, products.clip(None, 0))]:
            area.set_xy([(0, 0), *zip(angles, heights, strict=True), (360, 0)])
        stem.set_data([angle, angle], [0, product])
        dot.set_data([angle], [product])
        beside = 12 if angle < 260 else -12
        value.set(position=(angle + beside, product), text=f"{product:+z.2f}")
        value.set_ha("left" if beside > 0 else "right")
        moved = [turned, turned_text, corner, drop, shadow, shadow_text]
        moved += [curve, above, below, stem, dot, value]
        return [*moved, *v_arrow.move(v)]

    def describe(angle, length):
        v = length * direction(angle)
        between = np.degrees(np.arccos(cosine_similarity(v, w)))
        along = project(v, onto=w)[0]
        if abs(v @ w) < 1e-9:
            verdict = "a right angle, so v · w = 0.00 and v casts no shadow on the line of w"
        elif v @ w > 0:
            verdict = f"{'acute' if between > 0.5 else 'the same direction'}, so v · w = {v @ w:+.2f} is positive: the shadow of v on the line of w is {along:.2f} long and points along w"
        else:
            verdict = f"{'obtuse' if between < 179.5 else 'opposite directions'}, so v · w = {v @ w:+.2f} is negative: the shadow of v on the line of w is {-along:.2f} long and points against w"
        return f"v is {norm(v):.2f} long, w is {norm(w):.2f} long, and the angle between them is {between:.0f}°, {verdict}."

    return Explorer(
        figure,
        update,
        describe,
        angle=slider(0, 360, start=50, label="angle from w to v (degrees)"),
        length=slider(0.5, 3.0, start=2.5, step=0.1, label="length of v"),
    )


@in_course_style
def unit_ball() -> Explorer:
    """What length 1 looks like as p goes from a half to infinity."""
    figure, (left, right) = canvas(2, width_ratios=[1, 1.05])
    v = np.array([1.2, 0.9])
    plane(left, 1.6, title="everything of length at most 1")
    label = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    for p, place, name in [
        (1, (-0.5, -0.5), "p = 1"),
        (2, (-0.71, -0.71), "p = 2"),
        (np.inf, (-1, -1), "p = ∞"),
    ]:
        left.plot(*_ball(p).T, color=PALE, linewidth=1.2, linestyle="--", zorder=1)
        left.text(
            *place, name, color=GREY, fontsize=9, ha="center", va="center", zorder=1, bbox=label
        )
    ball = shape(left, BLUE, gid="ball")
    (halfway,) = left.plot(
        [1, 0.5, 0], [0, 0.5, 1], "o:", color=PURPLE, markersize=5, gid="halfway"
    )
    arrow = Arrow(left, "v", VERMILION)
    arrow.move(v)
    (rim,) = left.plot([], [], "D", color=INK, markersize=6, zorder=6, gid="rim")

    shown = np.array([0.5, 2 / 3, 1, 4 / 3, 2, 4, np.inf])
    right.set(xlim=(-0.05, 2.05), ylim=(0, 4.6), title="length of v", xlabel="p (spaced by 1/p)")
    right.set_xticks(1 / shown, ["½", "⅔", "1", "4/3", "2", "4", "∞"])
    right.axvspan(
        1, 2.05, facecolor=PURPLE + "28", edgecolor=PURPLE + "70", hatch="///", linewidth=0
    )
    right.text(1.5, 0.3, "not a norm", color=INK, ha="center", zorder=1, backgroundcolor="white")
    inverses = np.linspace(0, 2, 81)
    right.plot(
        inverses, [_length(v, 1 / x if x else np.inf) for x in inverses], color=INK, linewidth=1.5
    )
    (dot,) = right.plot([], [], "o", color=VERMILION, markersize=9, gid="dot")
    value = right.text(0, 0, "", fontweight="bold", ha="left", va="top")

    def update(p):
        length = _length(v, p)
        ball.set_xy(_ball(p))
        colour = BLUE if p >= 1 else PURPLE
        ball.set(edgecolor=colour, facecolor=colour + "38")
        halfway.set_visible(p < 1)
        rim.set_data(*(v / length)[:, None])
        dot.set_data([1 / p], [length])
        value.set(position=(1 / p + 0.06, length - 0.06), text=f"{length:.2f}")
        if p < 0.6:
            value.set_x(1 / p - 0.4)
        return ball, halfway, rim, dot, value

    def describe(p):
        length = _length(v, p)
        if p < 1:
            return (
                f'With p = {p:g} the formula gives v the "length" {length:.2f}, but it is not a norm: the set is not convex, for halfway between '
                f"(1, 0) and (0, 1), both of length 1, it finds {_length(np.array([0.5, 0.5]), p):.2f}."
            )
        name, verdict = {
            1: ("a diamond", ", the sum of its entries' sizes"),
            2: ("the circle", ", as a ruler measures"),
            np.inf: ("a square", ", its largest entry alone"),
        }.get(p, (f"between {'diamond and circle' if p < 2 else 'circle and square'}", ""))
        symbol = "∞" if p == np.inf else f"{p:g}"
        share = 100 / length
        return f"With p = {symbol} the unit ball is {name}, and v = (1.2, 0.9) has length {length:.3f}{verdict}: the rim is reached after {share:.0f}% of the way along v."

    powers = [
        0.5,
        0.6,
        0.7,
        0.8,
        0.9,
        1,
        1.1,
        1.2,
        1.3,
        1.4,
        1.5,
        1.6,
        1.7,
        1.8,
        1.9,
        2,
        2.2,
        2.5,
        3,
        3.5,
        4,
        5,
        6,
        8,
        10,
        np.inf,
    ]
    names = [("∞" if p == np.inf else f"{p:g}", p) for p in powers]
    return Explorer(figure, update, describe, p=stops(names, start=1.5, label="power p"))


def _length(v, p):
    """Return the p-norm, and below p = 1 what its formula gives though it is no norm."""
    return norm(v, p) if p >= 1 else float((np.abs(v) ** p).sum() ** (1 / p))


def _ball(p):
    """Return the points of p-length 1, one in each direction."""
    directions = np.where(np.abs(CIRCLE) < 1e-12, 0, CIRCLE)
    return directions / np.array([[_length(point, p)] for point in directions])


@in_course_style
def linear_map() -> Explorer:
    """A matrix moves the whole plane once it has said where e1 and e2 land."""
    figure, (left, right) = canvas(2, height=4.4, width_ratios=[1.25, 1])
    reach = 3.6
    plane(left, reach, title="the plane after A")
    lines = np.array([[(i, -9), (i, 9)] for i in range(-9, 10)], dtype=float)
    lines = np.concatenate([lines, lines[:, :, ::-1]])  # (38, 2, 2): line, end, coordinate
    grid = left.add_collection(
        LineCollection([], colors=BLUE + "50", linewidths=1, zorder=1, gid="grid")
    )
    left.plot(*CIRCLE.T, color=PALE, linewidth=1.2, linestyle="--", zorder=1)
    ellipse = shape(left, ORANGE, gid="ellipse", facecolor=ORANGE + "20")
    square = shape(left, BLUE, gid="square", edgecolor=BLUE + "90")
    first, second = (
        Arrow(left, "Ae1", VERMILION, label="A e1"),
        Arrow(left, "Ae2", GREEN, label="A e2"),
    )

    right.set(xlim=(0, 10), ylim=(0, 10))
    right.axis("off")
    right.text(0.6, 7.6, "A =", fontsize=15, va="center")
    for x, tip in [(2.5, 0.3), (8.0, -0.3)]:
        right.plot([x + tip, x, x, x + tip], [9.0, 9.0, 6.2, 6.2], color=INK, linewidth=1.5)
    style = {"fontsize": 15, "ha": "right", "va": "center", "fontweight": "bold"}
    entries = [
        right.text(4.6 + 2.8 * j, 8.3 - 1.4 * i, "", color=VERMILION if j == 0 else GREEN, **style)
        for i in (0, 1)
        for j in (0, 1)
    ]
    right.text(
        3.9, 5.5, "where e1\nlands", color=VERMILION, ha="center", va="top", fontsize=9, zorder=1
    )
    right.text(
        6.7, 5.5, "where e2\nlands", color=GREEN, ha="center", va="top", fontsize=9, zorder=1
    )
    verdict = right.text(0.6, 3.3, "", fontsize=11, va="top", linespacing=1.6)

    def update(a, c, b, d):
        A = np.array([[a, b], [c, d]])
        determinant = _determinant(A)
        grid.set_segments(lines @ A.T)
        ellipse.set_xy(CIRCLE @ A.T)
        square.set_xy(np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) @ A.T)
        colour = BLUE if determinant > 0 else PURPLE
        square.set(
            facecolor=colour + "50", edgecolor=colour, hatch="" if determinant > 0 else "///"
        )
        for text, entry in zip(entries, A.flat, strict=True):
            text.set_text(f"{entry:z.1f}")
        verdict.set_text(f"determinant {determinant:+z.2f}\n" + _orientation(A))
        return [
            grid,
            ellipse,
            square,
            *first.move(A[:, 0], side=-50),
            *second.move(A[:, 1], side=50),
            *entries,
            verdict,
        ]

    def describe(a, c, b, d):
        A = np.array([[a, b], [c, d]])
        size = abs(_determinant(A))
        where = f"e1 lands at ({a:z.1f}, {c:z.1f}) and e2 at ({b:z.1f}, {d:z.1f})"
        if size == 0:
            flat = "point: the origin" if norm(A) == 0 else "line"
            return f"{where}: all of the plane falls onto one {flat}, so the determinant is 0 and the rank {np.linalg.matrix_rank(A)}, and no matrix can undo it."
        turned = "kept" if _determinant(A) > 0 else "flipped, as in a mirror"
        return f"{where}: the determinant is {_determinant(A):+.2f}, so every area is multiplied by {size:.2f} and orientation is {turned}; the rank is 2."

    def entry(start, label):
        return slider(-2.0, 2.0, start=start, step=0.1, label=label)

    return Explorer(
        figure,
        update,
        describe,
        a=entry(1.6, "a: x of A e1"),
        c=entry(0.5, "c: y of A e1"),
        b=entry(-0.6, "b: x of A e2"),
        d=entry(1.2, "d: y of A e2"),
    )


def _determinant(A):
    return float(np.linalg.det(A).round(9))  # entries have one decimal: what is less is rounding


def _orientation(A):
    determinant = _determinant(A)
    if determinant == 0:
        return f"flattened: rank {np.linalg.matrix_rank(A)}"
    return "orientation " + ("kept" if determinant > 0 else "flipped")


LETTER_F = np.array(
    [
        (0, 0),
        (0.3, 0),
        (0.3, 0.6),
        (0.7, 0.6),
        (0.7, 0.85),
        (0.3, 0.85),
        (0.3, 1.15),
        (0.9, 1.15),
        (0.9, 1.4),
        (0, 1.4),
    ]
)


def _turn(degrees):
    return lambda share: rotation(share * degrees)


def _straight(A):
    return lambda share: np.eye(2) + share * (np.array(A, dtype=float) - np.eye(2))


PAIRS = {
    "A shears, B turns by 90°": (_straight([[1, 1], [0, 1]]), _turn(90)),
    "A stretches along x, B turns by 45°": (_straight([[1.8, 0], [0, 1]]), _turn(45)),
    "A mirrors in the line y = x, B stretches along x": (
        _straight([[0, 1], [1, 0]]),
        _straight([[1.6, 0], [0, 1]]),
    ),
    "A turns by 30°, B turns by 60°": (_turn(30), _turn(60)),
}


@in_course_style
def composition() -> Explorer:
    """First A then B, beside first B then A: they end in different places, mostly."""
    figure, panels = canvas(2, height=3.2)
    moving, stages = [], []
    for axes, title, colour in zip(
        panels,
        ["first A, then B: the matrix BA", "first B, then A: the matrix AB"],
        [BLUE, VERMILION],
        strict=True,
    ):
        plane(axes, 2.5, y=(-0.7, 2.6), title=title)
        shape(
            axes, GREY, gid="start", facecolor="none", linestyle=":", linewidth=1.2, zorder=1
        ).set_xy(LETTER_F)
        other = shape(axes, GREY, gid="other", facecolor="none", linestyle="--")
        letter = shape(axes, colour, gid="letter", facecolor=colour + "60")
        moving.append((letter, other, Arrow(axes, "e1", GREEN)))
        stages.append(axes.text(-2.4, -0.5, "", color=colour, fontweight="bold"))

    def maps(t, pair):
        (A, B), (one, two) = PAIRS[pair], (min(t, 1.0), max(t - 1.0, 0.0))
        return B(two) @ A(one), A(two) @ B(one)

    def update(t, pair):
        reached = maps(t, pair)
        moved = []
        for (letter, other, arrow), here, there in zip(moving, reached, reached[::-1], strict=True):
            letter.set_xy(LETTER_F @ here.T)
            other.set_xy(LETTER_F @ there.T)
            moved += [other, letter, *arrow.move(here[:, 0])]
        for text, (one, two) in zip(stages, ["AB", "BA"], strict=True):
            text.set_text(f"{one}: {min(t, 1):.0%}   {two}: {max(t - 1, 0):.0%}")
        return moved + stages

    def describe(t, pair):
        left, right = maps(t, pair)
        done = {0: "nothing is done yet", 1: "the first map is done", 2: "both maps are done"}.get(
            t
        )
        done = done or f"the {'first' if t < 1 else 'second'} map is {t % 1:.0%} done"
        places = [f"({x:z.2f}, {y:z.2f})" for x, y in (left[:, 0], right[:, 0])]
        apart = norm(left - right)
        verdict = (
            "the two F agree"
            if apart < 1e-9
            else f"the two matrices differ by {apart:.2f} (Frobenius norm)"
        )
        if t == 2:
            verdict += ": here AB = BA" if apart < 1e-9 else ": AB is not BA"
        return f"{pair}; {done}: A first has brought (1, 0) to {places[0]}, B first to {places[1]}, and {verdict}."

    return Explorer(
        figure,
        update,
        describe,
        t=slider(0.0, 2.0, start=2.0, step=0.02, label="maps done (1: first, 2: both)"),
        pair=choice(list(PAIRS), start=next(iter(PAIRS)), label="the two maps"),
    )


MATRICES = {
    "0.4 [[4, 2], [1, 3]]": 0.4 * np.array([[4.0, 2.0], [1.0, 3.0]]),
    "[[1.2, 0.8], [0.8, 0]] (symmetric)": np.array([[1.2, 0.8], [0.8, 0.0]]),
    "[[1, 1], [0, 1]] (shear)": np.array([[1.0, 1.0], [0.0, 1.0]]),
    "rotation by 40°": rotation(40),
    "1.5 times the identity": 1.5 * np.eye(2),
}


@in_course_style
def eigenvectors() -> Explorer:
    """Turn v and watch when A v falls on the line of v: those are the eigenvectors."""
    figure, (left, right) = canvas(2, width_ratios=[1, 1.05])
    plane(left, 2.4, title="v and A v")
    left.plot(*CIRCLE.T, color=PALE, linewidth=1.2, linestyle="--", zorder=1)
    image = shape(left, ORANGE, gid="image", facecolor=ORANGE + "20", linewidth=1)
    (line,) = left.plot([], [], color=BLUE, linewidth=1.2, linestyle=(0, (5, 3)), zorder=2)
    gap = left.add_patch(Wedge((0, 0), 0.55, 0, 0, facecolor=PURPLE + "70", zorder=2, gid="gap"))
    Av_arrow, v_arrow = Arrow(left, "Av", VERMILION, label="A v"), Arrow(left, "v", BLUE)

    angles = np.arange(0, 361)
    right.set(xlim=(0, 360), ylim=(-4, 94), xticks=range(0, 361, 90), yticks=range(0, 91, 30))
    right.set(xlabel="angle of v (degrees)", title="gap between v and A v (degrees)")
    right.axvspan(180, 360, color=PALE + "30", linewidth=0)
    right.text(270, 88, "the same lines again", color=GREY, ha="center", fontsize=9, zorder=1)
    area = shape(right, PURPLE, gid="area", linewidth=0)
    (curve,) = right.plot([], [], color=PURPLE, gid="curve")
    (zeros,) = right.plot([], [], "D", color=GREEN, markersize=8, clip_on=False, gid="zeros")
    (dot,) = right.plot([], [], "o", color=BLUE, markersize=9, gid="dot")

    def update(angle, matrix):
        A, v = MATRICES[matrix], direction(angle)
        image.set_xy(CIRCLE @ A.T)
        line.set_data(*np.outer([-4, 4], v).T)
        toward = np.degrees(np.arctan2(*(A @ v)[::-1]))
        turn = (toward - angle + 90) % 180 - 90  # from the line of v to that of A v
        gap.set(theta1=min(angle, angle + turn), theta2=max(angle, angle + turn))
        heights = _angles_between_lines(A, angles)
        area.set_xy([(0, 0), *zip(angles, heights, strict=True), (360, 0)])
        curve.set_data(angles, heights)
        eigen_angles = _eigen_angles(A)
        at = np.concatenate([eigen_angles, eigen_angles + 180])
        zeros.set_data(at, np.zeros(len(at)))
        dot.set_data([angle], [_angles_between_lines(A, [angle])[0]])
        side = 35 if turn >= 0 else -35
        moved = [image, line, gap, area, curve, zeros, dot]
        return [*moved, *Av_arrow.move(A @ v, side=side), *v_arrow.move(v, side=-side)]

    def describe(angle, matrix):
        A, v = MATRICES[matrix], direction(angle)
        apart = _angles_between_lines(A, [angle])[0]
        times = {0: "never", 1: "once in each half-turn", 2: "twice in each half-turn"}
        times = times.get(len(_eigen_angles(A)), "at every angle")
        if apart < 0.5:
            how = "on one line" if apart < 0.005 else f"on one line but for {apart:.2f}°"
            verdict = f"{how}, and A v is {v @ A @ v:+.2f} times v"
        else:
            verdict = f"on two lines, {apart:.0f}° apart: v is no eigenvector"
        return f"With A = {matrix} and v at {angle}°, v and A v lie {verdict}; they share a line {times}."

    return Explorer(
        figure,
        update,
        describe,
        angle=slider(0, 360, start=70, label="angle of v (degrees)"),
        matrix=choice(list(MATRICES), start=next(iter(MATRICES)), label="matrix A"),
    )


def _angles_between_lines(A, degrees):
    V = np.column_stack([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])  # (n, 2)
    images = V @ A.T
    across = V[:, 0] * images[:, 1] - V[:, 1] * images[:, 0]
    return np.degrees(np.arctan2(np.abs(across), np.abs((V * images).sum(axis=1)))).round(9)


def _eigen_angles(A):
    """Return the directions in [0, 180) that keep their line; every degree if all of them do."""
    (a, b), (c, d) = A
    root = (a - d) ** 2 + 4 * b * c  # discriminant of the characteristic polynomial
    if root < 0:
        return np.array([])
    if b == c == 0 and a == d:
        return np.arange(180.0)
    eigenvalues = (a + d + np.array([1, -1] if root > 0 else [0]) * np.sqrt(root)) / 2
    rows = [(b, s - a) if b else (s - d, c) for s in eigenvalues]  # orthogonal to a row of A - s I
    return np.sort([np.degrees(np.arctan2(y, x)) % 180 for x, y in rows])


ITERATED = {
    "[[4, 2], [1, 3]], eigenvalues 5 and 2": np.array([[4.0, 2.0], [1.0, 3.0]]),
    "[[10, 1], [1, 10]], eigenvalues 11 and 9": np.array([[10.0, 1.0], [1.0, 10.0]]),
    "[[1, 2], [2, -2]], eigenvalues -3 and 2": np.array([[1.0, 2.0], [2.0, -2.0]]),
    "[[0, 2], [2, 0]], eigenvalues 2 and -2": np.array([[0.0, 2.0], [2.0, 0.0]]),
}


@in_course_style
def power_iteration() -> Explorer:
    """Multiply by A, shorten to length 1, repeat: the arrow settles on the first eigenvector."""
    figure, (left, right) = canvas(2, width_ratios=[1, 1.05])
    n_steps = 20
    plane(left, 1.35, title="v after each step, shortened to length 1")
    left.plot(*CIRCLE.T, color=PALE, linewidth=1.2, linestyle="--", zorder=1)
    (line,) = left.plot([], [], color=GREEN, linewidth=1.5, linestyle=(0, (5, 3)), zorder=2)
    line_text = left.text(0, 0, "eigenvector", color=GREEN, ha="center", va="center", fontsize=9)
    line_text.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})
    older = left.add_collection(LineCollection([], linewidths=2, zorder=3, gid="older"))
    shades = np.column_stack(
        [np.tile([0, 0.447, 0.698], (n_steps, 1)), 0.75 ** np.arange(n_steps, 0, -1)]
    )
    arrow = Arrow(left, "v", BLUE)

    right.set(xlim=(-0.5, n_steps + 0.5), yscale="log", ylim=(1e-8, 200), xlabel="step")
    right.set(title="angle to the eigenvector (degrees)", xticks=range(0, n_steps + 1, 5))
    (theory,) = right.plot(
        [], [], color=GREY, linewidth=1.2, linestyle="--", zorder=1.5, gid="theory"
    )
    theory_text = right.text(0, 0, "", color=GREY, fontsize=9, ha="right", va="bottom")
    (errors,) = right.plot([], [], "o-", color=BLUE, markersize=4.5, linewidth=1, gid="errors")
    (dot,) = right.plot([], [], "o", color=VERMILION, markersize=10, gid="dot")

    def update(step, start, matrix):
        A = ITERATED[matrix]
        visited = _powers(A, start, n_steps)
        u, ratio = _leading(A)
        line.set_data(*np.outer([-2, 2], u).T)
        line_text.set_position(-0.7 * u)
        older.set_segments([[(0, 0), v] for v in visited[:step]])
        older.set_color(shades[n_steps - step :])
        slope = 90 * ratio ** np.arange(n_steps + 1)
        theory.set_data(np.arange(n_steps + 1), slope)
        theory_text.set(position=(20, 3e-8), text=f"dashed: × {ratio:.2f} a step")
        off = [_degrees_off(v, u) for v in visited]
        errors.set_data(np.arange(step + 1), off[: step + 1])
        dot.set_data([step], [off[step]])
        return [
            line,
            line_text,
            older,
            theory,
            theory_text,
            errors,
            dot,
            *arrow.move(visited[step], side=50),
        ]

    def describe(step, start, matrix):
        A = ITERATED[matrix]
        visited = _powers(A, start, n_steps)
        u, ratio = _leading(A)
        now = _degrees_off(visited[step], u)
        where = f"After {step} step{'' if step == 1 else 's'} from {start}°, v is {_plain(now)}° off the eigenvector of {matrix}"
        if ratio == 1:
            return f"{where}: no eigenvalue is the largest in size, so v never settles."
        if now == 0:
            return f"{where}: it began there, and stays."
        if _degrees_off(A @ visited[0], visited[0]) == 0:
            return f"{where}: it began on the other eigenvector, and nothing leads it away."
        last = f", the last by {now / _degrees_off(visited[step - 1], u):.2f}" if step else ""
        return f"{where}: in the long run a step multiplies this by {ratio:.2f}{last}."

    return Explorer(
        figure,
        update,
        describe,
        play="step",
        step=slider(0, n_steps, start=6, label="step"),
        start=slider(0, 180, start=110, label="start angle (degrees)"),
        matrix=choice(list(ITERATED), start=next(iter(ITERATED)), label="matrix A"),
    )


def _powers(A, start, n_steps):
    visited = [direction(start)]
    for _ in range(n_steps):
        image = A @ visited[-1]
        visited.append(image / norm(image))
    return visited


def _leading(A):
    """Return the eigenvector of the eigenvalue of largest size, and the ratio of the sizes."""
    eigenvalues, vectors = np.linalg.eig(A)
    first = np.argmax(np.abs(eigenvalues).round(9))
    sizes = np.abs(eigenvalues)
    return vectors[:, first] * np.sign(vectors[0, first]), float(
        (sizes.min() / sizes.max()).round(9)
    )


def _degrees_off(v, u):
    """Return the angle between the lines of v and u, exact for small ones too."""
    angle = np.degrees(np.arctan2(abs(v[0] * u[1] - v[1] * u[0]), abs(v @ u)))
    return float(angle) if angle > 1e-9 else 0.0


def _plain(degrees):
    return f"{degrees:.1f}" if degrees >= 1 else f"{degrees:.2g}"
