"""The volume of a box: what a map of space makes of the unit cube."""

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgb

from ...linear_algebra import determinant, norm
from .._engine.controls import slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import (
    BLUE,
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
    rotation,
    shape,
)

BASE = np.array([[1.6, 0.4], [0.0, 1.2], [0.0, 0.0]])  # of the box: its columns on the floor
FORWARD = -0.4  # how far before the base's front edge the third column ends
FLOOR = np.array([[-1.5, 2.5], [-1.9, 2.1]])  # from where to where it goes
RAISED = np.radians(33)  # how high above the floor the eye is
RIGHT, INTO = np.append(direction(8), 0), np.append(direction(98), 0)  # along the floor
UP = np.array([0.0, 0.0, 1.0])
SEEN = np.stack([RIGHT, np.sin(RAISED) * INTO + np.cos(RAISED) * UP])  # space on the page, (2, 3)
EYE = np.sin(RAISED) * UP - np.cos(RAISED) * INTO  # toward the eye
LIGHT = np.array([-0.55, -0.35, 1.0]) / norm([-0.55, -0.35, 1.0])
DEEP_GREEN = "#00634A"  # for a word before the brown of a wall
SHADOW, GLASS = "#CFCFCF", "#EDEDED"
PAINT = {"base": np.array(to_rgb(BLUE)), "side": np.array(to_rgb(ORANGE))}
BARS = [0.0, 1.4, 2.8, 4.4]  # where they stand: area times height is volume, and the length
NEAR, FAR = 0.62, 0.4  # how opaque faces are
CUBE = np.array(  # its faces: the base, the lid, and four walls, (6, 4, 3)
    [
        [(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)],
        [(0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)],
        [(0, 0, 0), (1, 0, 0), (1, 0, 1), (0, 0, 1)],
        [(0, 0, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1)],
        [(1, 1, 0), (1, 0, 0), (1, 0, 1), (1, 1, 1)],
        [(1, 1, 0), (0, 1, 0), (0, 1, 1), (1, 1, 1)],
    ]
)


@explorer
def volume() -> Explorer:
    """Slide, lift and turn the third column: only its height changes the volume."""
    figure, (left, right) = canvas(2, height=4.4, width_ratios=[1.5, 1])
    left.set(xlim=(-2.2, 3.7), ylim=(-2.75, 2.7), aspect="equal", xticks=[], yticks=[])
    left.spines[:].set_visible(False)
    left.set_title("what A makes of the unit cube")
    left.grid(False)
    corners = np.array([(FLOOR[0, i], FLOOR[1, j], 0) for i, j in ((0, 0), (1, 0), (1, 1), (0, 1))])
    floor = {"facecolor": GLASS, "linewidth": 0}
    shape(left, PALE, gid="floor", zorder=0, **floor).set_xy(corners @ SEEN.T)
    paper = {"colors": PALE, "linewidths": 0.8}
    left.add_collection(LineCollection(_paper(), zorder=0.5, gid="paper", **paper))
    shadow = left.add_collection(
        PolyCollection([], facecolors=SHADOW, edgecolors=SHADOW, zorder=1, gid="shadow")
    )
    faint = {"edgecolors": GREY + "90", "linewidths": 0.7}
    behind = left.add_collection(PolyCollection([], zorder=1.5, gid="behind", **faint))
    before = left.add_collection(PolyCollection([], zorder=2.5, gid="before", linewidths=1.3))
    glass = [  # the floor again, above a box that hangs below it
        shape(left, PALE, gid="glass", zorder=3.3, alpha=0.4, **floor),
        left.add_collection(LineCollection(_paper(), zorder=3.4, gid="paper above", **paper)),
    ]
    glass[0].set_xy(corners @ SEEN.T)
    upright = {"color": PURPLE, "linewidth": 2.5, "linestyle": (0, (3, 1.5))}
    (rise,) = left.plot([], [], zorder=3, gid="rise", **upright)
    (corner,) = left.plot([], [], color=PURPLE, linewidth=1, zorder=4.2, gid="corner")
    name = Arrow(left, "foot", PLUM, label="height")  # of which the word alone is drawn
    name.text.set(gid="name", fontweight="normal", fontsize=10)
    name.patch.remove()
    columns = [
        [Arrow(left, f"Ae{i + 1}", colour, label=f"A e{digit}", zorder=z) for z in (2, front)]
        for i, (colour, digit, front) in enumerate(
            [(VERMILION, "₁", 4), (GREEN, "₂", 4), (INK, "₃", 3.1)]
        )
    ]
    for hidden, _ in columns:
        hidden.text.remove()
    columns[1][1].text.set_color(DEEP_GREEN)

    right.set(xlim=(-0.6, 5.1), ylim=(-3.2, 3.2), title="base times height")
    right.set_xticks(BARS, ["area of\nthe base", "height", "volume,\nsigned", "length\nof A e₃"])
    right.axhline(0, color=INK, linewidth=1)
    bars = [
        right.bar([x], [0], width=width, color=colour, zorder=2)[0]
        for x, width, colour in zip(
            BARS, (0.8, 0.8, 0.8, 0.4), (BLUE, PURPLE, ORANGE, PALE), strict=True
        )
    ]
    bold = {"ha": "center", "va": "center", "fontweight": "bold"}
    texts = [right.text(x, 0, "", **bold) for x in BARS]
    texts[3].set(fontweight="normal", color=GREY)
    for i, sign in enumerate("×="):
        right.text((BARS[i] + BARS[i + 1]) / 2, 0.3, sign, fontsize=14, zorder=1, **bold)
    area = _sizes(_box(0.0, 1.0, 0))[0]  # no control changes it
    bars[0].set_height(area)
    texts[0].set(text=f"{area:.2f}", y=area + 0.25, zorder=1)

    def update(slide, height, turn):
        A = _box(slide, height, turn)
        a3 = A[:, 2]
        foot = a3 * [1, 1, 0]
        faces = CUBE @ A.T
        outward, visible = _outward(A)
        near = NEAR if height else 1.0  # a flat box has one colour
        shadow.set_verts(faces * [1, 1, 0] @ SEEN.T if height >= 0 else [])
        for group, chosen, opaque in ((behind, ~visible, FAR), (before, visible, near)):
            group.set_verts(faces[chosen] @ SEEN.T)
            group.set_facecolor(_lit(faces, outward, opaque)[chosen])
        before.set_edgecolor("#5A3D00" if height else "none")
        for artist in glass:
            artist.set_visible(height < 0)
        rise.set_data(*(SEEN @ np.array([foot, a3]).T))  # no part of the box is ever before it
        size = min(0.24, abs(height))
        along, upward = -size * foot / norm(foot), size * np.sign(height) * UP
        corner.set_data(*(SEEN @ (foot[:, None] + np.array([along, along + upward, upward]).T)))
        corner.set_visible(height != 0)
        for bar, text, number in zip(bars[1:], texts[1:], _sizes(A)[1:], strict=True):
            bar.set_height(number)
            text.set(text=f"{number:z.2f}", y=number + (0.25 if number >= 0 else -0.25))
        moved = [shadow, behind, before, *glass, rise, corner, *bars[1:], *texts[1:], name.text]
        taken = [*_edges(faces), np.array([foot, a3]) @ SEEN.T]
        name.text.set_visible(height != 0)
        name.move(SEEN @ foot)
        word = name.step_aside(taken)
        taken += word if height else []
        for pair, a, walls in zip(columns, A.T, ((0, 2), (0, 3), (2, 3)), strict=True):
            free = visible[list(walls)].any()
            for arrow, shown in zip(pair, (not free, free), strict=True):
                arrow.move(SEEN @ a)
                arrow.patch.set_visible(shown)
                moved.append(arrow.patch)
            taken += pair[1].step_aside(taken)
            moved.append(pair[1].text)
        return moved

    def describe(slide, height, turn):
        A = _box(slide, height, turn)
        area, above, size, _ = _sizes(A)
        start = "A e₃ = ({:z.2f}, {:z.2f}, {:z.2f})".format(*A[:, 2])
        if above == 0:
            return (
                f"{start} lies in the plane of the base: space falls flat, determinant 0, rank 2."
            )
        side, sense = ("above", "kept") if above > 0 else ("below", "flipped")
        return (
            f"{start} ends {abs(above):.2f} {side} a base of area {area:.2f}: "
            f"determinant {size:+.2f}, orientation {sense}."
        )

    def tip_of(column):
        return lambda **values: SEEN @ _box(**values)[:, column]

    def turn_box(x, y, **_):
        along, across = np.linalg.solve(SEEN[:, :2], (x, y))  # of the floor
        return {"turn": np.degrees(np.arctan2(across, along))}

    def pull_a3(x, y, turn, **_):
        at_0, at_1 = (SEEN @ _box(slide, 0.0, turn)[:, 2] for slide in (0.0, 1.0))
        slide = (x - at_0[0]) / (at_1 - at_0)[0]
        slide = np.clip(slide, -1.2, 1.2).round(1)  # as far as it can go: the rest is height
        return {"slide": slide, "height": (y - at_0[1] - slide * (at_1 - at_0)[1]) / SEEN[1, 2]}

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(left, tip_of(0), turn_box, "tip of A e₁"),
            Handle(left, tip_of(2), pull_a3, "tip of A e₃"),
        ],
        stills=({"slide": 1.2}, {"height": 0.4}, {"height": 0.0}, {"height": -1.2}),
        slide=slider(-1.2, 1.2, start=-0.7, step=0.1, label="slide of A e₃ along the floor"),
        height=slider(-1.3, 1.3, start=1.2, step=0.1, label="height of A e₃"),
        turn=slider(-60, 45, start=0, step=5, label="turn of everything (degrees)"),
    )


def _box(slide, height, turn):
    """Return A: the base and a third column, turned about the upright axis."""
    upright = np.eye(3)
    upright[:2, :2] = rotation(turn)
    return upright @ np.column_stack([BASE, [slide, FORWARD, height]])


def _sizes(A):
    """Return the area of the base, the height of the third column, the volume, its length."""
    a1, a2, a3 = A.T
    across = np.cross(a1, a2)
    area = norm(across)
    sizes = area, a3 @ across / area, determinant(A), norm(a3)
    return [round(float(size), 9) + 0.0 for size in sizes]


def _paper():
    """Return where the lines on the floor are seen, (10, 2, 2)."""
    x, y = (np.linspace(*ends, 5) for ends in FLOOR)
    along = [[(FLOOR[0, 0], each, 0), (FLOOR[0, 1], each, 0)] for each in y]
    across = [[(each, FLOOR[1, 0], 0), (each, FLOOR[1, 1], 0)] for each in x]
    return np.array(along + across) @ SEEN.T


def _outward(A):
    """Return the direction in which each face looks, (6, 3), and which faces the eye sees.

    Those of a flat box all look up.
    """
    if A[2, 2] == 0:
        return np.tile(UP, (6, 1)), np.ones(6, dtype=bool)
    a1, a2, a3 = A.T
    up, front, side = np.cross(a1, a2), np.cross(a1, a3), np.cross(a3, a2)
    outward = np.sign(A[2, 2]) * np.array([-up, up, front, side, -side, -front])
    outward = outward / np.linalg.norm(outward, axis=1, keepdims=True)
    return outward, outward @ EYE > 1e-9


def _lit(faces, outward, opaque):
    """Return the paint of each face: lighter toward the light, stronger near the eye, (6, 4)."""
    base = np.array([True] + [False] * 5)[:, None]
    paint = np.where(base & (opaque < 1), PAINT["base"], PAINT["side"])
    light = 0.7 + 0.3 * np.clip(outward @ LIGHT, 0, 1)
    near = np.clip(0.5 + 0.25 * faces.mean(axis=1) @ EYE, 0.0, 1.0)
    mist = 0.4 * (1 - near)[:, None] if opaque < 1 else 0.0
    colours = (1 - mist) * light[:, None] * paint + mist
    return np.column_stack([colours, np.where(base[:, 0], max(opaque, 0.6), opaque)])


def _edges(faces):
    """Return where the edges of all faces are seen, (24, 2, 2)."""
    return np.stack([faces, np.roll(faces, -1, axis=1)], axis=2).reshape(-1, 2, 3) @ SEEN.T
