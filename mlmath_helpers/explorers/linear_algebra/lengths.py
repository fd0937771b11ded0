"""The dot product as a signed shadow, and what has length 1 when lengths are measured otherwise."""

import numpy as np
from matplotlib.patches import Wedge

from ...linear_algebra import cosine_similarity, norm, project
from .._engine.controls import slider, stops
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import (
    BLUE,
    CIRCLE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    PLUM,
    PURPLE,
    VERMILION,
    Arrow,
    direction,
    full_turn,
    plane,
    shape,
)

START_LENGTH = 1.5  # of v in `dot_product`
POWERS = [0.5, 0.6, 0.7, 0.8, 0.9, *(np.arange(10, 21) / 10).tolist(), 2.5, 3, 4, 5, 7, 10, np.inf]


@explorer
def dot_product() -> Explorer:
    """Show the dot product as a signed shadow, which depends on angle and length."""
    figure, (left, right) = canvas(2, width_ratios=[1, 1.05])
    w = np.array([2.0, 0.0])
    plane(left, 3.4, title="w, of length 2, and v with its shadow")
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

    right.set(xlim=(0, 360), ylim=(-7.8, 7.8), xticks=range(0, 361, 90))
    right.set(xlabel="angle from w to v (degrees)", title="dot product v · w")
    right.axhline(0, color=GREY, linewidth=1)
    above = shape(right, GREEN, gid="above", linewidth=0)
    below = shape(right, PURPLE, gid="below", linewidth=0, hatch="///", edgecolor=PURPLE + "90")
    (before,) = right.plot([], [], color=PALE, linewidth=1.5, gid="before")
    (curve,) = right.plot([], [], color=INK, linewidth=1.5, gid="curve")
    (stem,) = right.plot([], [], color=BLUE, linewidth=1.5, clip_on=False)
    (dot,) = right.plot([], [], "o", color=BLUE, markersize=9, clip_on=False, gid="dot")
    value = right.text(0, 0, "", fontweight="bold", va="center")
    compared = right.text(180, -7.3, "", color=GREY, fontsize=9, ha="center", va="center")

    def update(angle, length):
        v = (length * direction(angle)).round(12)  # at half a turn v lies on the line of w
        foot = project(v, onto=w)
        product = v @ w
        right_angle = abs(product) < 1e-9
        colour = GREEN if product > 0 else PURPLE
        words_colour = GREY if right_angle else GREEN if product > 0 else PLUM
        turned.set(theta2=angle)
        turned_text.set(position=1.05 * direction(min(angle / 2, 150)), text=f"{angle}°")
        if angle < 90:  # between the arrows and the drop is no room
            turned_text.set(position=(-1.05, 0.42), text=f"angle {angle}°")
        inward, upward = -0.2 * np.sign(foot[0]), 0.2 * np.sign(v[1])
        corner.set_visible(v[1] != 0)
        corner.set_data(foot[0] + np.array([0, inward, inward]), [upward, upward, 0])
        drop.set_data([v[0], foot[0]], [v[1], foot[1]])
        shadow.set_data([0, foot[0]], [0, foot[1]])
        shadow.set_color(colour)
        shadow_text.set(color=words_colour, x=-0.25 if right_angle else foot[0] / 2)
        shadow_text.set_text("0" if right_angle else f"{foot[0]:+.2f}")
        up = 1 if v[1] >= 0 else -1  # the arrow is on this side of w, its shadow's number is not
        shadow_text.set_y(-0.4 * up)
        left_w.text.set_position((w[0] + 0.3, -0.36 * up))
        angles = np.append(np.arange(0, angle, 3), angle)  # as far as v has been turned
        products = length * direction(angles).T @ w
        curve.set_data(angles, products)
        before.set_data(angles, products * START_LENGTH / length)
        compared.set_text("" if length == START_LENGTH else f"grey: v of length {START_LENGTH}")
        for area, heights in [(above, products.clip(0)), (below, products.clip(None, 0))]:
            area.set_xy([(0, 0), *zip(angles, heights, strict=True), (angle, 0)])
        stem.set_data([angle, angle], [0, product])
        dot.set_data([angle], [product])
        beside = 12 if angle < 260 else -12
        value.set(
            position=(angle + beside, product + 0.5 * (beside < 0 or right_angle)),
            color=words_colour,
        )
        value.set_text("0" if right_angle else f"{product:+.2f}")
        value.set_ha("left" if beside > 0 else "right")
        moved = [turned, turned_text, corner, drop, shadow, shadow_text]
        moved += [left_w.text, before, compared, curve, above, below, stem, dot, value]
        return [*moved, *v_arrow.move(v, side=60 * up * direction(angle)[0])]

    def describe(angle, length):
        v = length * direction(angle)
        between = np.degrees(np.arccos(cosine_similarity(v, w)))
        apart = f"{between:.0f}° apart, " if angle > 180 else ""
        along = project(v, onto=w)[0]
        start = f"At {angle}° from w ({apart}{_kind(between)}), arrow v, {length:.1f} long, casts"
        if abs(v @ w) < 1e-9:
            return f"{start} no shadow on the line of w: v · w = 0.00."
        way = "along" if along > 0 else "against"
        return f"{start} a shadow of {abs(along):.2f} {way} w: v · w = {v @ w:+.2f}."

    def pull_v(x, y, angle, **_):
        return {"angle": full_turn(x, y, angle), "length": np.hypot(x, y)}

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(left, lambda angle, length: length * direction(angle), pull_v, "tip of v"),
            Handle(
                right,
                lambda angle, length: (angle, length * direction(angle) @ w),
                lambda x, y, **_: {"angle": x},
                "dot on the curve",
            ),
        ],
        stills=({"angle": 90}, {"angle": 130}, {"angle": 180, "length": 3.0}),
        angle=slider(0, 360, start=50, label="angle from w to v (degrees)"),
        length=slider(0.5, 3.0, start=START_LENGTH, step=0.1, label="length of v"),
    )


def _kind(degrees):
    if degrees < 0.5:
        return "the same direction"
    if degrees > 179.5:
        return "opposite directions"
    if abs(degrees - 90) < 0.5:
        return "a right angle"
    return "acute" if degrees < 90 else "obtuse"


@explorer
def unit_ball() -> Explorer:
    """Show everything of length 1 as p goes from a half to infinity."""
    figure, (left, right) = canvas(2, width_ratios=[1, 1.05])
    v = np.array([1.2, 0.9])
    plane(left, 1.6, title="everything of length at most 1")
    label = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    outlines, names = {}, {}
    for p in (2, 1):
        (outlines[p],) = left.plot(*_ball(p).T, color=PALE, linewidth=1.2, linestyle="--", zorder=1)
        style = {"color": GREY, "fontsize": 9, "ha": "center", "va": "center", "zorder": 1}
        names[p] = left.text(*[-_on_the_diagonal(p)] * 2, f"p = {p}", bbox=label, **style)
    ball = shape(left, BLUE, gid="ball")
    (halfway,) = left.plot(
        [1, 0.5, 0], [0, 0.5, 1], "o:", color=PURPLE, markersize=5, gid="halfway"
    )
    arrow = Arrow(left, "v", VERMILION)
    arrow.move(v)
    (rim,) = left.plot([], [], "D", color=INK, markersize=6, zorder=6, gid="rim")

    shown = np.array([0.5, 2 / 3, 1, 4 / 3, 2, 4, np.inf])
    right.set(
        xlim=(2.05, -0.05),
        ylim=(0, 4.6),
        title="length of v = (1.2, 0.9)",
        xlabel="p (spaced by 1/p)",
    )
    right.set_xticks(1 / shown, ["½", "⅔", "1", "4/3", "2", "4", "∞"])
    right.axvspan(
        1, 2.05, facecolor=PURPLE + "28", edgecolor=PURPLE + "70", hatch="///", linewidth=0
    )
    right.text(1.5, 0.3, "not a norm", color=INK, ha="center", zorder=1, backgroundcolor="white")
    (curve,) = right.plot([], [], color=INK, linewidth=1.5, gid="curve")
    (dot,) = right.plot([], [], "o", color=VERMILION, markersize=9, gid="dot")
    value = right.text(0, 0, "", fontweight="bold", ha="left", va="bottom")

    def update(p):
        length = _length(v, p)
        ball.set_xy(_ball(p))
        colour = BLUE if p >= 1 else PURPLE
        ball.set(edgecolor=colour, facecolor=colour + "38")
        halfway.set_visible(p < 1)
        rim.set_data(*(v / length)[:, None])
        way = np.linspace(0.5, 1 / p, 41)  # from the circle, p = 2, which the text has drawn
        curve.set_data(way, [_length(v, 1 / x if x else np.inf) for x in way])
        outlines[1].set_visible(p < 1)
        for q, name in names.items():  # hidden where the edge would cross it
            crossed = abs(_on_the_diagonal(p) - _on_the_diagonal(q)) < 0.16
            name.set_visible(not crossed and (q == 2 or p < 1))
        dot.set_data([1 / p], [length])
        value.set(position=(1 / p - 0.06, length + 0.06), text=f"{length:.2f}")
        if p >= 3:  # there is no room on the right
            value.set_position((0.4, length + 0.3))
        return outlines[1], *names.values(), ball, halfway, rim, curve, dot, value

    def describe(p):
        length = _length(v, p)
        symbol = "∞" if p == np.inf else f"{p:g}"
        if p < 1:
            middle = _length(np.array([0.5, 0.5]), p)
            return (
                f"With p = {symbol} the ball is dented, so this is no norm: halfway from (1, 0) to "
                f'(0, 1) its "length" is {middle:.2f}, and that of v is {length:.3f}.'
            )
        between = "between diamond and circle" if p < 2 else "between circle and square"
        kind = {1: "a diamond", 2: "a circle", np.inf: "a square"}.get(p, between)
        return (
            f"With p = {symbol} the ball's edge is {kind}, and v, {length:.3f} long, "
            f"is {1 / length:.0%} inside it."
        )

    shares = {p: 1 / _length(v, p) for p in POWERS}  # of the arrow that are inside the ball

    def pull_rim(x, y, p):
        share = v @ (x, y) / (v @ v)
        return {"p": min(POWERS, key=lambda p: abs(share - shares[p]))}

    def pull_dot(x, y, p):
        return {"p": min(POWERS, key=lambda p: abs(x - 1 / p))}

    options = [("∞" if p == np.inf else f"{p:g}", float(p)) for p in POWERS]
    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(left, lambda p: shares[p] * v, pull_rim, "edge of the ball on v"),
            Handle(right, lambda p: (1 / p, 1 / shares[p]), pull_dot, "dot on the curve"),
        ],
        stills=({"p": 1.0}, {"p": np.inf}, {"p": 0.5}),
        p=stops(options, start=2.0, label="power p"),
    )


def _length(v, p):
    """Return the p-norm, and below p = 1 what its formula gives though it is no norm."""
    return norm(v, p) if p >= 1 else float((np.abs(v) ** p).sum() ** (1 / p))


def _on_the_diagonal(p):
    """Return the x at which the point (x, x) has p-length 1."""
    return 0.5 ** (1 / p)


def _ball(p):
    """Return the points of p-length 1, one in each direction."""
    directions = np.where(np.abs(CIRCLE) < 1e-12, 0, CIRCLE)
    return directions / np.array([[_length(point, p)] for point in directions])
