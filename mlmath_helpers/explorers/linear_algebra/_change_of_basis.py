"""One arrow on two papers: its coordinates in the basis of a friend."""

from itertools import pairwise

import numpy as np

from ...linear_algebra import norm, solve
from .._engine.controls import slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import (
    BLUE,
    CIRCLE,
    GREY,
    INK,
    VERMILION,
    Arrow,
    direction,
    full_turn,
    lattice,
    note_above,
    plane,
    shape,
    squared_paper,
    two_legs,
    walk,
)

V_LENGTH = 2.0


@explorer
def change_of_basis() -> Explorer:
    """Turn, skew and stretch the axes, and read the same arrow off on other squared paper."""
    figure, (left, right) = canvas(2, height=4.15)
    plane(left, 4.1, title="on your paper, v is")
    plane(right, 4.1, title="on a friend's paper, v is", names=("c₁", "c₂"))
    left.set(xlabel="x     (dotted: all points 2 from the origin, as v)")
    right.set(xlabel="c₁     (dotted: the same points)")
    right.grid(False)
    grid, _ = squared_paper(left, 9), squared_paper(right, 4, 5)
    left.plot(*(V_LENGTH * CIRCLE).T, color=GREY, linewidth=1.2, linestyle=":", zorder=1.6)
    far = shape(right, GREY, gid="far", facecolor="none", linestyle=":", linewidth=1.2, zorder=1.6)
    notes = note_above(left, INK), note_above(right, INK)
    ways = two_legs(left), two_legs(right)
    names, colours = ("b₁", "b₂", "v"), (BLUE, VERMILION, INK)
    arrows = [Arrow(left, *pair) for pair in zip(names, colours, strict=True)]
    theirs = Arrow(right, "c", INK, label="v")

    def update(turn, between, length, arrow):
        B, v = _basis(turn, between, length), V_LENGTH * direction(arrow)
        inverse = solve(B, np.eye(2))
        c = inverse @ v
        grid.set_segments(lattice(9) @ B.T)
        seen = V_LENGTH * CIRCLE @ inverse.T
        far.set_xy(seen)
        for note, (x, y) in zip(notes, (v, c), strict=True):
            note.set_text(f"({x:z.2f}, {y:z.2f})")
        steps = np.array([[0.0, 0.0], [c[0], 0.0], c])
        page = steps @ B.T
        moved = [grid, far, *notes, *walk(ways[0], page), *walk(ways[1], steps)]
        taken = [*pairwise(V_LENGTH * CIRCLE[::4]), page[:2], page[1:]]
        taken += [((0, 0), tip) for tip in (*B.T, v)]
        for each, tip in zip(arrows, (*B.T, v), strict=True):
            moved += each.move(tip)
            taken += each.step_aside(taken)
        taken = [*pairwise(seen[::4]), steps[:2], steps[1:], ((0, 0), c)]
        moved += theirs.move(c)
        theirs.step_aside(taken)
        return moved

    def describe(turn, between, length, arrow):
        B, v = _basis(turn, between, length), V_LENGTH * direction(arrow)
        c = solve(B, v)
        long = f"as if {norm(c):.2f} long"
        if (between, length) == (90, 1):
            long = f"{norm(c):.2f} long as on yours, for b₁ and b₂ are orthonormal"
        return (
            f"With b₁ at {turn}°, b₂ {length:.1f} long at {turn + between}°, "
            f"v = ({v[0]:z.2f}, {v[1]:z.2f}) is ({c[0]:z.2f}, {c[1]:z.2f}) to a friend, {long}."
        )

    def turn_basis(x, y, **_):
        return {"turn": np.degrees(np.arctan2(y, x))}

    def pull_b2(x, y, turn, **_):
        degrees = np.degrees(np.arctan2(y, x)) - turn
        return {"between": (degrees + 90) % 360 - 90, "length": np.hypot(x, y)}

    def turn_v(x, y, arrow, **_):
        return {"arrow": full_turn(x, y, arrow)}

    def turn_v_there(x, y, turn, between, length, arrow):
        return turn_v(*(_basis(turn, between, length) @ (x, y)), arrow)

    def v_there(turn, between, length, arrow):
        return np.linalg.solve(_basis(turn, between, length), V_LENGTH * direction(arrow))

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(left, lambda turn, **_: direction(turn), turn_basis, "tip of b₁"),
            Handle(
                left,
                lambda turn, between, length, **_: length * direction(turn + between),
                pull_b2,
                "tip of b₂",
            ),
            Handle(left, lambda arrow, **_: V_LENGTH * direction(arrow), turn_v, "tip of v"),
            Handle(right, v_there, turn_v_there, "tip of v on the friend's paper"),
        ],
        stills=({"length": 2.0}, {"between": 130}, {"turn": 45, "between": 90}),
        turn=slider(-90, 90, start=20, label="direction of b₁ (degrees)"),
        between=slider(45, 135, start=70, label="angle from b₁ to b₂ (degrees)"),
        length=slider(0.8, 2.0, start=1.0, step=0.1, label="length of b₂"),
        arrow=slider(0, 360, start=60, label="direction of v (degrees)"),
    )


def _basis(turn, between, length):
    return np.column_stack([direction(turn), length * direction(turn + between)])
