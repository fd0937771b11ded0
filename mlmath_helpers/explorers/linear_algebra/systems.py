"""Two equations as two lines, and how far their crossing runs when one of them wobbles."""

import numpy as np

from ...linear_algebra import norm, solve
from .._engine.controls import slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREEN, GREY, INK, VERMILION, direction, plane

CROSSING = np.array([2.0, 1.0])
GRIP = 2.0  # how far along it the second line is taken hold of


@explorer
def linear_system() -> Explorer:
    """Let two lines come nearly parallel, and watch their crossing run away."""
    figure, (left, right) = canvas(2, height=3.6, width_ratios=[2.3, 1])
    plane(
        left, 0, x=(-7.5, 11.5), y=(-3.5, 5.5), title="two equations, two lines", names=("x₁", "x₂")
    )
    left.set(xticks=range(-6, 12, 2), yticks=range(-2, 6, 2))
    left.axhline(CROSSING[1], color=BLUE, linewidth=2)
    left.text(-7.2, 1.45, "first", color=BLUE, fontweight="bold")
    left.plot(*CROSSING, "s", color=GREY, markersize=7, zorder=3)
    (before,) = left.plot([], [], "--", color=GREY, linewidth=1.2, gid="before")
    (second,) = left.plot([], [], color=VERMILION, gid="second")
    (way,) = left.plot([], [], ":", color=INK, linewidth=3, gid="way")
    (crossing,) = left.plot([], [], "o", color=INK, markersize=8, zorder=5, gid="crossing")
    name = left.text(0, 0, "second", color=VERMILION, fontweight="bold", ha="center", va="center")
    left.text(11.2, -3.2, "grey: before the wobble", color=GREY, ha="right", fontsize=9)

    right.set(xlim=(0, 92), ylim=(0.8, 100), yscale="log", xticks=range(0, 91, 30))
    right.set(xlabel="angle (degrees)", title="condition number")
    (curve,) = right.plot([], [], color=GREEN, gid="curve")
    (dot,) = right.plot([], [], "D", color=GREEN, markersize=8, clip_on=False, gid="dot")

    def update(angle, wobble):
        along, x = direction(angle), _solution(angle, wobble)
        before.set_data(*(CROSSING + np.outer([-20, 20], along)).T)
        second.set_data(*(x + np.outer([-30, 30], along)).T)
        way.set_data(*np.stack([CROSSING, x]).T)
        crossing.set_data(*x[:, None])
        across = direction(angle + 90)  # the name stands on this side of both lines
        aside = max(wobble, 0) + np.abs(across) @ [1.15, 0.3] + 0.2
        far = min(7.5 / along[0], 2.7 / along[1])  # as far as the line is inside the picture
        name.set_position(CROSSING + far * along + aside * across)
        angles = np.arange(90, angle - 1, -1)  # as far as the lines have been turned
        curve.set_data(angles, [_condition(each) for each in angles])
        dot.set_data([angle], [_condition(angle)])
        return before, second, name, way, crossing, curve, dot

    def describe(angle, wobble):
        x = _solution(angle, wobble)
        start = f"Lines at {angle}°, condition number {_condition(angle):.3g}"
        if wobble == 0:
            return f"{start}: b stays, and so does the crossing, at ({x[0]:.2f}, {x[1]:.2f})."
        return (
            f"{start}: b moves {wobble:+.2f} and the crossing "
            f"{norm(x - CROSSING) / abs(wobble):.1f} times as far, to ({x[0]:z.2f}, {x[1]:z.2f})."
        )

    def grip(angle, wobble):
        return CROSSING + GRIP * direction(angle) + wobble * direction(angle + 90)

    def turn_second(x, y, wobble, **_):
        across, along = np.array([y, x]) - CROSSING[::-1]
        angle = np.degrees(np.arctan2(across, along))  # of a line without a wobble
        angle -= np.degrees(np.arcsin(np.clip(wobble / max(np.hypot(across, along), 0.1), -1, 1)))
        return {"angle": (angle + 134) % 360 - 134}  # -134 is opposite to the middle of 2 and 90

    def crossing_at(angle, wobble):
        return CROSSING - (wobble / direction(angle)[1], 0)

    def pull_crossing(x, y, angle, **_):
        return {"wobble": (CROSSING[0] - x) * direction(angle)[1]}

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(left, grip, turn_second, "second line"),
            Handle(left, crossing_at, pull_crossing, "crossing"),
            Handle(
                right,
                lambda angle, **_: (angle, _condition(angle)),
                lambda x, y, **_: {"angle": x},
                "dot on the curve",
            ),
        ],
        angle=slider(2, 90, start=60, label="angle between the lines (degrees)"),
        wobble=slider(-0.3, 0.3, start=0.1, step=0.01, label="wobble of b"),
    )


def _system(angle):
    """Return A, whose rows are unit vectors across the two lines."""
    across = direction(angle + 90)
    return np.array([[0.0, 1.0], across])


def _solution(angle, wobble):
    A = _system(angle)
    return solve(A, A @ CROSSING + [0.0, wobble])


def _condition(angle):
    """Return most over least stretch of A; its singular values are known for two unit rows."""
    cosine = direction(angle)[0]
    return np.sqrt((1 + cosine) / (1 - cosine))
