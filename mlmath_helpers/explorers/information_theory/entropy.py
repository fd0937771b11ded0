"""Entropy as an area: of a coin, and of four outcomes."""

import numpy as np
from matplotlib.patches import Rectangle

from ...information_theory import entropy, surprise
from .._engine.explorer import Explorer, canvas, explorer, slider
from .._engine.plane import BLUE, GREEN, INK, PURPLE, VERMILION


@explorer
def coin_entropy() -> Explorer:
    """Entropy of a coin, as the area of two rectangles: how often times how surprising."""
    figure, (left, right) = canvas(2, height=3.9, width_ratios=[1.15, 1])
    left.set(xlim=(0, 1), ylim=(0, 8), xlabel="how often (probability)", ylabel="surprise (bits)")
    left.set_title("area = entropy")
    heads, tails = _block(left, BLUE, gid="heads"), _block(left, VERMILION, gid="tails")
    names = [left.text(0, 0, "", ha="center", fontweight="bold", zorder=5) for _ in range(2)]
    start, chances = 0.9, np.linspace(0, 1, 401)
    entropies = np.array([entropy([p, 1 - p]) for p in chances])
    right.set(xlim=(0, 1), ylim=(0, 1.12), xlabel="probability of heads", ylabel="entropy (bits)")
    right.set_title(f"entropy from {start} to here")
    (curve,) = right.plot([], [], color=INK, gid="curve")
    (stem,) = right.plot([], [], color=GREEN, linestyle="--", linewidth=1.5)
    (dot,) = right.plot([], [], "o", color=GREEN, markersize=10, gid="dot", clip_on=False)
    value = right.text(0, 0, "", color=GREEN, fontweight="bold")

    def update(p):
        p = _share(p)
        for block, name, word, edge, share in [
            (heads, names[0], "heads", 0, p),
            (tails, names[1], "tails", p, 1 - p),
        ]:
            height = min(surprise(share), 8) if share > 0 else 0.0
            block.set_bounds(edge, 0, share, height)
            name.set(position=(np.clip(edge + share / 2, 0.08, 0.92), min(height + 0.15, 7.4)))
            name.set_text(word if share > 0 else "")
        average = entropy([p, 1 - p])
        passed = (chances >= min(start, p) - 1e-9) & (chances <= max(start, p) + 1e-9)
        curve.set_data(chances[passed], entropies[passed])
        stem.set_data([p, p], [0, average])
        dot.set_data([p], [average])
        value.set(position=(p + (0.03 if p <= 0.5 else -0.03), 0.06), text=f"{average:.3f} bits")
        value.set_ha("left" if p <= 0.5 else "right")
        return heads, tails, *names, curve, stem, dot, value

    def describe(p):
        p = _share(p)
        average = entropy([p, 1 - p])
        if p in (0, 1):
            certain, never = ("heads", "tails") if p == 1 else ("tails", "heads")
            return (
                f"{certain.capitalize()} is certain and no surprise, {never} never happens: the "
                "entropy is 0.000 bits a toss."
            )
        heads, tails = (
            f"{share:.3f} × {surprise(share):.3f} = {share * surprise(share):.3f}"
            for share in (p, 1 - p)
        )
        return f"Heads {heads} and tails {tails} make an entropy of {average:.3f} bits a toss."

    return Explorer(
        figure,
        update,
        describe,
        p=slider(0.0, 1.0, start=start, step=0.005, label="probability of heads"),
    )


@explorer
def entropy_bars() -> Explorer:
    """Reshape a distribution over four outcomes and watch its entropy."""
    figure, (left, right) = canvas(2, height=3.9, width_ratios=[2.6, 1])
    letters, colours = "ABCD", (BLUE, VERMILION, GREEN, PURPLE)
    left.set(xlim=(-0.6, 3.6), ylim=(0, 1.1), xticks=range(4), xticklabels=list(letters))
    left.set(xlabel="outcome", ylabel="probability", title="the distribution")
    right.set(xlim=(0, 1), ylim=(0, 2.2), xticks=[], ylabel="bits", title="its entropy")
    bars = [_block(left, c, gid=letter) for letter, c in zip(letters, colours, strict=True)]
    parts = [_block(right, c) for c in colours]
    above = [left.text(i, 0, "", ha="center", fontweight="bold") for i in range(4)]
    inside = [right.text(0.5, 0, "", ha="center", va="center", zorder=4) for _ in letters]
    total = right.text(0.5, 0, "", ha="center", fontweight="bold", gid="total")

    def update(**weights):
        p = _normalised(weights)
        bottom = 0.0
        for i, share in enumerate(p):
            bars[i].set_bounds(i - 0.38, 0, 0.76, share)
            above[i].set(position=(i, share + 0.02), text=f"{share:.3f}")
            bits = share * surprise(share) if share > 0 else 0.0  # 0 log 0 = 0
            parts[i].set_bounds(0.2, bottom, 0.6, bits)
            inside[i].set(y=bottom + bits / 2)
            inside[i].set_text(f"{letters[i]} {bits:.3f}" if bits > 0.1 else "")
            bottom += bits
        total.set(y=bottom + 0.04, text=f"{bottom:.3f}")
        return *bars, *parts, *above, *inside, total

    def describe(**weights):
        p = _normalised(weights)
        average = entropy(p)
        shares = ", ".join(f"{share:.3f}" for share in p)
        empty = "" if any(weights.values()) else " (all weights 0 are read as equal)"
        return (
            f"Probabilities {shares}{empty}: entropy {average:.3f} of 2 bits, as of "
            f"{2**average:.2f} equally likely outcomes."
        )

    starts = {"a": 8, "b": 4, "c": 2, "d": 2}
    controls = {
        name: slider(0, 10, start=start, label=f"weight of {name.upper()}")
        for name, start in starts.items()
    }
    return Explorer(figure, update, describe, **controls)


def _block(axes, colour, **style):
    style = {"facecolor": colour + "55", "edgecolor": colour, "linewidth": 1.5} | style
    return axes.add_patch(Rectangle((0, 0), 0, 0, **style))


def _share(p):
    return min(max(round(p, 6), 0.0), 1.0)  # a slider's 0.3 may be 0.30000000000000004


def _normalised(weights):
    """Return the weights divided by their sum; if all are 0, they count as equal."""
    w = np.array(list(weights.values()), dtype=float)
    return w / w.sum() if w.any() else np.full(len(w), 1 / len(w))
