"""A query among keys, and the mixture of values that it gets."""

import numpy as np

from ...linear_algebra import attention as attend
from .._engine.controls import slider, stops
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import (
    BLUE,
    GREEN,
    GREY,
    INK,
    PALE,
    PLUM,
    VERMILION,
    Arrow,
    direction,
    full_turn,
    plane,
    shape,
)

WORDS = ["crane", "lifts", "steel", "eats", "fish"]
COLOURS = ["#946600", BLUE, GREEN, PLUM, VERMILION]
KEYS = np.array(  # (5, 2); that of "crane" lies inside the hull of the others
    [
        length * direction(angle)
        for length, angle in [(2, 33), (2.8, 108), (3, 70), (2.8, -42), (3, -4)]
    ]
)
VALUES = np.array([[1.0, 1.0], [0.0, 1.0], [0.0, 2.0], [1.0, 0.0], [2.0, 0.0]])
AROUND = [1, 2, 0, 4, 3]  # the values in the order of their hull
ASKED = 1.6  # length of the query


@explorer
def attention() -> Explorer:
    """Turn a query among keys: its dot products become shares, and the shares a mixture."""
    figure, (left, middle, right) = canvas(3, height=3.6, width_ratios=[1.3, 0.55, 1.2])
    plane(left, 0, x=(-2.7, 4.2), y=(-2.7, 3.9), title="keys, and a query")
    left.set(xlabel="", ylabel="")
    keys = [Arrow(left, word, colour) for word, colour in zip(WORDS, COLOURS, strict=True)]
    for arrow, key in zip(keys, KEYS, strict=True):
        arrow.move(key)
    query = Arrow(left, "query", INK, linewidth=4, mutation_scale=22)

    middle.set(xlim=(0, 1.3), ylim=(4.6, -0.6), xticks=[0, 0.5, 1], title="shares")
    middle.set_xticklabels(["0", "50%", "100%"])
    middle.set_yticks(range(5), WORDS)
    middle.grid(False)
    for label, colour in zip(middle.get_yticklabels(), COLOURS, strict=True):
        label.set(color=colour, fontweight="bold")
    bars = middle.barh(range(5), np.zeros(5), height=0.6, color=COLOURS)
    numbers = [middle.text(0, i, "", va="center", fontsize=9) for i in range(5)]

    plane(right, 0, x=(-0.75, 2.75), y=(-0.6, 2.75), title="values, and their mixture")
    right.set(xlabel="animals", ylabel="machines")
    shape(right, GREY, gid="hull", facecolor=PALE + "40", zorder=1.5).set_xy(VALUES[AROUND])
    (way,) = right.plot([], [], color=INK, linewidth=2, gid="way", zorder=2.5)
    dots = right.scatter(*VALUES.T, s=60, c=COLOURS, zorder=3, gid="values")
    aside = [(0.22, 0.22), (-0.4, -0.32), (0.05, 0.37), (0, -0.35), (0.25, -0.35)]
    for word, colour, value, off in zip(WORDS, COLOURS, VALUES, aside, strict=True):
        text = right.text(*(value + off), word, color=colour, fontweight="bold", va="center")
        text.set_ha("left" if off[0] == 0.22 else "center")
    right.plot([1.5], [2.5], "*", color=INK, markersize=13)
    right.text(1.7, 2.5, "output", va="center", fontweight="bold")
    (output,) = right.plot([], [], "*", color=INK, markersize=22, gid="output", zorder=4)
    output.set_markeredgecolor("white")

    def update(angle, temperature):
        mixtures, shares = _asked(np.append(np.arange(0, angle, 2), angle), temperature)
        for bar, number, share in zip(bars, numbers, shares[-1], strict=True):
            bar.set_width(share)
            number.set(text=f"{share:.0%}", x=share + 0.03)
        for arrow, share in zip(keys, shares[-1], strict=True):
            arrow.patch.set_linewidth(1.5 + 9 * share)
            arrow.patch.set_mutation_scale(15 + 30 * share)
        way.set_data(*mixtures.T)
        output.set_data(*mixtures[-1:].T)
        dots.set_sizes(40 + 500 * shares[-1])
        moved = [arrow.patch for arrow in keys]
        moved += [*bars, *numbers, way, dots, output, *query.move(ASKED * direction(angle))]
        if -65 < (angle + 180) % 360 - 180 < 130:  # among the keys: the name stands behind
            query.text.set_position((-0.95, -0.55))
        elif 145 < angle < 215:  # no room before the tip
            query.text.set_position((-1.5, -0.55 if angle < 180 else 0.65))
        return moved

    def describe(angle, temperature):
        mixtures, shares = _asked([angle], temperature)
        x, y = mixtures[0]
        gets = [f"{word} {share:.0%}" for word, share in zip(WORDS, shares[0], strict=True)]
        return (
            f"Query at {angle}°, temperature {temperature:g}: {', '.join(gets)} "
            f"mix to ({x:.2f}, {y:.2f})."
        )

    def turn_query(x, y, angle, **_):
        return {"angle": full_turn(x, y, angle)}

    heats = [0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1, 1.5, 2, 3, 4, 5, 7, 10, 15, 20]
    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(
                left, lambda angle, **_: ASKED * direction(angle), turn_query, "tip of the query"
            )
        ],
        stills=({"angle": 33}, {"temperature": 20.0}, {"temperature": 0.1}),
        angle=slider(0, 360, start=52, label="angle of the query (degrees)"),
        temperature=stops(
            [(f"{heat:g}", float(heat)) for heat in heats], start=1.0, label="temperature"
        ),
    )


def _asked(angles, temperature):
    """Return the mixtures, (n, 2), and shares, (n, 5), for queries at these angles."""
    return attend(ASKED * direction(np.asarray(angles, dtype=float)).T / temperature, KEYS, VALUES)
