"""The figure of the opening notebook."""

import numpy as np
from matplotlib.patches import Rectangle

from ..datasets import load_digits
from ..linear_algebra import norm
from ._engine.controls import choice, slider
from ._engine.explorer import Explorer, by_name, canvas, explorer
from ._engine.picture import Handle
from ._engine.plane import BLUE, GREY, PALE, VERMILION

PAIRS = {  # and which of their images
    "3 and 8": (3, 8, (1, 0)),
    "4 and 9": (4, 9, (10, 29)),
    "1 and 7": (1, 7, (2, 2)),
}
FIRST, SECOND, BELOW = 4, 26, -1.3  # the middles of both pictures, and a line below them


@explorer
def blend() -> Explorer:
    """Turn one digit into another; the nearest of ten averages says which it is."""
    figure, (left, right) = canvas(2, height=3.9, width_ratios=[1.15, 1])
    images, labels = load_digits()
    averages = np.array([images[labels == digit].mean(axis=0) for digit in range(10)])  # (10, 8, 8)
    examples = {
        pair: (images[labels == first][one], images[labels == second][other])
        for pair, (first, second, (one, other)) in PAIRS.items()
    }

    left.set(aspect="equal", title="each picture is a list of 64 numbers")
    left.axis("off")
    pictures = {}
    for name, extent in {
        "first": (0, 8, 0, 8),
        "blend": (9, 21, 0, 12),
        "second": (22, 30, 0, 8),
        "list": (0, 30, -4, -2.6),
    }.items():
        content = np.zeros((1, 64)) if name == "list" else averages[0]
        pictures[name] = left.imshow(
            content, cmap="gray_r", vmin=0, vmax=16, extent=extent, aspect="auto", gid=name
        )
        x0, x1, y0, y1 = extent
        left.add_patch(
            Rectangle((x0 - 0.1, y0 - 0.1), x1 - x0 + 0.2, y1 - y0 + 0.2, facecolor=GREY, zorder=-1)
        )
    left.set(xlim=(-0.2, 30.2), ylim=(-5.6, 12.6), aspect="equal")
    left.text(
        15,
        -5.4,
        "the blend, its 64 numbers in one row",
        color=GREY,
        ha="center",
        fontsize=9,
        zorder=-1,
    )
    names = [
        left.text(x, 8.5, "", ha="center", color=colour, fontweight="bold")
        for x, colour in [(4, BLUE), (26, VERMILION)]
    ]

    right.set(xlim=(0, 62), ylim=(9.6, -0.6), yticks=range(10), ylabel="digit")
    right.set(title="distance to each digit's average", xlabel="distance (units of ink)")
    right.grid(visible=False, axis="y")
    bars = right.barh(range(10), np.zeros(10), height=0.72)
    nearest_text = right.text(0, 0, "", va="center", fontweight="bold")

    def mixed(share, pair):
        first, second = examples[pair]
        return (1 - share) * first + share * second

    def distances(share, pair):
        return np.array([norm(mixed(share, pair) - average) for average in averages])

    def update(share, pair):
        first, second, _ = PAIRS[pair]
        blended = mixed(share, pair)
        for name, content in [
            ("first", examples[pair][0]),
            ("second", examples[pair][1]),
            ("blend", blended),
            ("list", blended.reshape(1, 64)),
        ]:
            pictures[name].set_data(content)
        away = distances(share, pair)
        nearest = int(away.argmin())
        for digit, bar in enumerate(bars):
            colour = {first: BLUE, second: VERMILION}.get(digit, PALE)
            bar.set(
                width=away[digit],
                facecolor=colour,
                edgecolor="white",
                hatch="///" if digit == nearest else "",
            )
        nearest_text.set(
            text=f"{away[nearest]:.1f}, nearest", position=(away[nearest] + 1, nearest)
        )
        for text, digit, part in zip(names, (first, second), (1 - share, share), strict=True):
            text.set_text(f"{part:.0%} of {digit}")
        return [*pictures.values(), *bars, nearest_text, *names]

    def describe(share, pair):
        first, second, _ = PAIRS[pair]
        away = distances(share, pair)
        nearest = int(away.argmin())
        met = f"{nearest}, at {away[nearest]:.1f}" if nearest not in (first, second) else nearest
        return (
            f"{1 - share:.0%} of the {first} plus {share:.0%} of the {second} is "
            f"{away[first]:.1f} from the average {first} and {away[second]:.1f} from the average "
            f"{second}; nearest is {met}."
        )

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(
                left,
                lambda share, **_: (FIRST + share * (SECOND - FIRST), BELOW),
                lambda x, y, **_: {"share": (x - FIRST) / (SECOND - FIRST)},
                "way from the first digit to the second",
            )
        ],
        stills=({"share": 0.5}, {"share": 0.6}, {"share": 0.47, "pair": "4 and 9"}),
        share=slider(0.0, 1.0, start=0.0, step=0.01, label="share of the second digit"),
        pair=choice(list(PAIRS), start="3 and 8", label="digits"),
    )


EXPLORERS = by_name(blend)
