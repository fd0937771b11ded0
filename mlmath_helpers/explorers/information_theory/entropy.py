"""Entropy as an area: of a coin, and of a few outcomes."""

import math
from functools import lru_cache

import numpy as np
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from ..._arguments import categories, not_negative_vector, same_length
from ...information_theory import entropy, surprise
from .._engine.controls import slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREEN, GREY, INK, ORANGE, PURPLE, SKY, VERMILION
from .._engine.units import shortened

COLOURS = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, GREY, INK)


@explorer
def coin_entropy() -> Explorer:
    """Entropy of a coin: how often times how surprising, levelled out over all tosses."""
    figure, (left, right) = canvas(2, height=4.0, width_ratios=[1.15, 1])
    left.set(xlim=(0, 1), ylim=(-0.45, 5), yticks=range(6))
    left.set(xlabel="how often (probability)", ylabel="surprise (bits)")
    left.set_title("levelled out (dashed): the entropy")
    left.axhline(0, color=GREY, linewidth=0.8, zorder=1)
    blocks = _block(left, BLUE, gid="heads"), _block(left, VERMILION, gid="tails")
    style = {"facecolor": "none", "edgecolor": GREY, "hatch": "///", "linewidth": 0}
    levelled = left.add_patch(PathPatch(Path(np.zeros((10, 2))), gid="levelled", **style))
    (line,) = left.plot([], [], color=GREEN, linestyle="--", linewidth=2.5, gid="line")
    style = {"va": "center", "fontweight": "bold"}
    names = [  # each under its own tower
        left.text(0, -0.23, word, color=colour, ha="center", **style)
        for word, colour in [("heads", BLUE), ("tails", VERMILION)]
    ]
    beyond = left.text(0, 4.77, "", gid="beyond", visible=False, **style)
    start, chances = 0.9, np.linspace(0, 1, 401)
    entropies = np.array([entropy([p, 1 - p]) for p in chances])
    right.set(xlim=(0, 1), ylim=(0, 1.12), xlabel="probability of heads", ylabel="entropy (bits)")
    right.set_title(f"coins from {start} to yours")
    (curve,) = right.plot([], [], color=INK, gid="curve")
    (stem,) = right.plot([], [], color=GREEN, linestyle="--", linewidth=2.5)
    (dot,) = right.plot([], [], "o", color=GREEN, markersize=10, gid="dot", clip_on=False)

    @lru_cache(maxsize=1)
    def bits(p):
        return entropy([p, 1 - p])

    def update(p):
        p = _share(p)
        average, places = bits(p), [(0, p), (p, 1 - p)]
        heights = [surprise(share) if share > 0 else 0.0 for _, share in places]
        for block, name, (edge, share), height in zip(blocks, names, places, heights, strict=True):
            block.set_bounds(edge, 0, share, height)
            name.set(x=np.clip(edge + share / 2, 0.066, 0.95), visible=share > 0)
        high = int(heights[1] > heights[0])
        levelled.set_path(_towers(places, average, heights))
        beyond.set_visible(heights[high] > 5)
        if heights[high] > 5:
            beyond.set(x=(0.05, 0.95)[high], ha=("left", "right")[high])
            beyond.set(text=f"↑ {heights[high]:.2f}", color=(BLUE, VERMILION)[high])
        line.set_data([0, 1], [average, average])
        passed = (chances >= min(start, p) - 1e-9) & (chances <= max(start, p) + 1e-9)
        curve.set_data(chances[passed], entropies[passed])
        stem.set_data([p, p], [0, average])
        dot.set_data([p], [average])
        return *blocks, levelled, line, *names, beyond, curve, stem, dot

    def describe(p):
        p = _share(p)
        average = bits(p)
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

    def place(p):
        return p, bits(_share(p))

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(left, place, lambda x, y, **_: {"p": x}, "edge between heads and tails"),
            Handle(right, place, lambda x, y, **_: {"p": x}, "coin on the curve"),
        ],
        stills=({"p": 0.95}, {"p": 0.5}, {"p": 0.005}),
        p=slider(0.0, 1.0, start=start, step=0.005, label="probability of heads"),
    )


@explorer(weights=tuple("abcdefgh"))
def entropy_bars(words=None, weights=None) -> Explorer:
    """Reshape a distribution over four outcomes and watch its entropy.

    Parameters
    ----------
    words : array_like of str, shape (k,), optional
        Your own outcomes, 2 to 8 different ones. Without them they are A, B, C and so on.
    weights : array_like, shape (k,), optional
        How often each comes, in any unit: counts, shares or percentages, from 0 to 1e9. Without
        them all outcomes of yours begin equal.

    Raises
    ------
    TypeError
        If ``words`` are neither words nor numbers, or ``weights`` no numbers.
    ValueError
        If they are fewer or more, of different lengths, if a word stands twice, if a weight is
        negative, or the largest not between 0.001 and 1e9.

    Examples
    --------
    >>> explorer = entropy_bars(["sun", "rain", "snow"], [60, 30, 10])
    >>> explorer.sentence[:51]
    'Probabilities 0.600, 0.300, 0.100: entropy 1.295 of'
    """
    words, starts, high, step = _outcomes(words, weights)
    k, letters, colours = len(words), "ABCDEFGH"[: len(words)], COLOURS[: len(words)]
    most = math.log2(k)
    figure, (left, right) = canvas(2, height=3.9, width_ratios=[2.6, 1])
    names = [shortened(word, 60 // k) for word in words]
    left.set(xlim=(-0.6, k - 0.4), ylim=(0, 1.1))
    left.set_xticks(range(k), names, parse_math=False)
    left.set(xlabel="outcome", ylabel="probability", title="the distribution")
    if k > 5:
        left.tick_params(axis="x", labelsize=8.5)
    right.set(xlim=(0, 1), ylim=(0, 1.1 * most), xticks=[], ylabel="bits", title="its entropy")
    bars = [_block(left, c, gid=letter) for letter, c in zip(letters, colours, strict=True)]
    parts = [_block(right, c, gid="part") for c in colours]
    right.axhline(most, color=GREY, linestyle=":", linewidth=1.5)  # of outcomes equally likely
    inside = [right.text(0.5, 0, "", ha="center", va="center", zorder=4) for _ in letters]
    for text in inside:
        text.set_parse_math(False)
    names = [shortened(word, 7) for word in words]

    def update(**weights):
        p = _normalised(weights)
        bottom = 0.0
        for i, share in enumerate(p):
            bars[i].set_bounds(i - 0.38, 0, 0.76, share)
            bits = share * surprise(share) if share > 0 else 0.0  # 0 log 0 = 0
            parts[i].set_bounds(0.2, bottom, 0.6, bits)
            inside[i].set(y=bottom + bits / 2)
            inside[i].set_text(f"{names[i]} {bits:.3f}" if bits > 0.05 * most else "")
            bottom += bits
        return *bars, *parts, *inside

    def describe(**weights):
        p = _normalised(weights)
        average = entropy(p)
        shares = ", ".join(f"{share:.3f}" for share in p)
        empty = "" if any(weights.values()) else " (all weights 0 are read as equal)"
        return (
            f"Probabilities {shares}{empty}: entropy {average:.3f} of {most:.4g} bits, as of "
            f"{2**average:.2f} equally likely outcomes."
        )

    def top_of(i):
        name = letters[i].lower()

        def at(**weights):
            return i, _normalised(weights)[i]

        def drag(x, y, **weights):
            p, here = _normalised(weights)[i], weights.pop(name)
            others = sum(weights.values())
            if abs(y - p) < 1e-9:
                return {name: here}
            if others <= 0:  # alone it has all, whatever its weight; if that is 0, all are equal
                return {name: (here or high) if y > (1 + 1 / k) / 2 else 0}
            return {name: high if y >= 1 else others * y / (1 - y)}

        return Handle(left, at, drag, f"top of {words[i]}")

    controls = {}
    for letter, word, start in zip(letters, words, starts, strict=True):
        label = f"weight of {shortened(word, 25)}"
        control = slider(0 * high, high, start=start, step=step, label=label)
        if step < 1:
            control.readout_format = f".{round(-math.log10(step))}f"
        controls[letter.lower()] = control
    return Explorer(
        figure,
        update,
        describe,
        handles=[top_of(i) for i in range(k)],
        stills=(
            {"a": 10, "b": 10, "c": 0, "d": 0},
            {"a": 10, "b": 2, "c": 1, "d": 0},
            {"a": 5, "b": 5, "c": 5, "d": 5},
        ),
        **controls,
    )


def _outcomes(words, weights):
    """Return outcomes, their weights, and the end and the step of the sliders."""
    if words is None and weights is None:
        return list("ABCD"), [8, 4, 2, 2], 10, 1
    if words is not None:
        words = [str(word) for word in categories(words, "words")]
    if weights is not None:
        weights = not_negative_vector(weights, "weights")
    k = len(weights if words is None else words)
    if not 2 <= k <= 8:
        raise ValueError(
            f"{'weights' if words is None else 'words'} must be 2 to 8, not {k}: more bars "
            "would not fit; put the rarest together"
        )
    if words is None:
        words = list("ABCDEFGH"[:k])
    for word in words:
        if words.count(word) > 1:
            raise ValueError(f"words has {word!r} twice; add up what belongs to one outcome")
    if weights is None:
        return words, [5] * k, 10, 1
    same_length(np.empty(k), "words", weights, "weights")
    largest = weights.max()
    if not 1e-3 <= largest <= 1e9:
        raise ValueError(
            f"weights must be largest between 0.001 and 1e9, not {largest:.6g}: "
            "measure them in another unit"
        )
    return words, *_sliders_for(weights)


def _sliders_for(weights):
    """Return starts, end and step of sliders that hold the weights as they are.

    Steps are a power of ten. What none holds, as thirds, is off by less than the figure shows.
    """
    largest = float(weights.max())
    power = 10.0 ** math.floor(math.log10(largest))
    high = next(power * n for n in (1, 2, 5, 10, 20) if power * n >= 1.2 * largest)
    if _whole(weights):
        high = max(high, 10)
    exponent, finest = math.floor(math.log10(high)) - 1, min(0, math.floor(math.log10(high)) - 6)
    while exponent > finest and not _whole(weights / 10.0**exponent):
        exponent -= 1
    if not _whole(weights / 10.0**exponent):
        exponent = finest + 2
    if exponent >= 0:
        return [round(w) for w in weights], round(high), 10**exponent
    return [float(w) for w in weights], high, 10.0**exponent


def _whole(numbers):
    return (np.abs(numbers - numbers.round()) <= 1e-9 * numbers).all()


def _block(axes, colour, **style):
    style = {"facecolor": colour + "55", "edgecolor": colour, "linewidth": 1.5} | style
    return axes.add_patch(Rectangle((0, 0), 0, 0, **style))


def _towers(places, level, heights):
    """Return the outline of what is between a level and each height, one hatch for all."""
    corners = [
        [(x, level), (x + width, level), (x + width, height), (x, height), (x, level)]
        for (x, width), height in zip(places, heights, strict=True)
    ]
    codes = [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY]
    return Path(np.concatenate(corners), codes * len(corners))


def _share(p):
    return min(max(round(p, 6), 0.0), 1.0)  # a slider's 0.3 may be 0.30000000000000004


def _normalised(weights):
    """Return the weights divided by their sum; if all are 0, they count as equal."""
    w = np.array(list(weights.values()), dtype=float)
    return w / w.sum() if w.any() else np.full(len(w), 1 / len(w))
