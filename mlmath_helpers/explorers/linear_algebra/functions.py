"""As much of a function as a few others hold."""

import numpy as np
from matplotlib.spines import Spine
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator

from ..._arguments import as_array, function
from ...datasets import load_seattle_weather
from ...linear_algebra import gram_schmidt, norm, project
from .._engine.controls import choice, slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREY, INK, PALE, VERMILION
from .._engine.words import without_zeros

GRID = (np.arange(365) + 0.5) / 365  # the middle of each day, as a part of the year
MOST = 31
SEATTLE = "Seattle's highs of 2013"
WAVES, POLYNOMIALS = "sines and cosines", "polynomials"


@explorer(f=("target",))
def function_projection(f=None) -> Explorer:
    """Project a function on more and more others, and look at what is left.

    Parameters
    ----------
    f : callable, optional
        A function of your own, in place of the course's: it is called with numbers between 0 and
        1, one at a time, and returns a number. The largest of these is between 1e-6 and 1e6 in
        size.

    Raises
    ------
    TypeError
        If ``f`` is no function, or returns what is no real number.
    ValueError
        If what it returns is not finite, or not of such a size.

    Examples
    --------
    >>> function_projection(lambda x: x * x, n=3).sentence.partition(",")[0]
    '3 sines and cosines hold 83.5% of f'
    """
    yours = f is not None
    targets = {"f": _values(f)} if yours else _targets()
    only = next(iter(targets))
    bases = {WAVES: _waves(), POLYNOMIALS: _polynomials()}
    pairs = [(target, family) for target in targets for family in bases]
    nearest, shares = {}, {}
    for target, family in pairs:
        f = targets[target]
        shadows = np.array([project(f, onto=q) for q in bases[family].T])  # (MOST, 365)
        nearest[target, family] = np.vstack([0 * f, shadows.cumsum(axis=0)])
        shares[target, family] = np.array([norm(shadow) ** 2 for shadow in shadows]) / norm(f) ** 2

    figure, _ = canvas(height=4.4)
    figure.clear()
    axes = figure.subplot_mosaic(
        [["above", "share"], ["below", "share"]], width_ratios=[1.5, 1], height_ratios=[1.5, 1]
    )
    for part in [part for panel in figure.axes for part in panel.get_children()]:
        if isinstance(part, Spine | Text):  # as in canvas: below all that moves
            part.set_zorder(-1)
    above, below, right = axes["above"], axes["below"], axes["share"]
    above.set(xlim=(0, 1), xticklabels=[], title="the function and its projection")
    below.set(xlim=(0, 1), title="what is left")
    if yours:
        f = targets["f"]
        fits = np.vstack([nearest[pair] for pair in pairs])
        height = _make_room(above, np.vstack([f, fits]))
        _make_room(below, f - fits)
        above.set_ylabel("value")
        below.set_xlabel("x")
    else:
        height = 2.2
        above.set(ylim=(-2, 2.7), yticks=range(-2, 3), ylabel="value (Seattle: 10 °C)")
        below.set(ylim=(-2, 2), yticks=range(-2, 3), xlabel="x (Seattle: part of the year)")
    above.text(0.02, height, "thin: the function", color=INK, zorder=1)
    above.text(
        0.98, height, "thick: its projection", color=BLUE, ha="right", fontweight="bold", zorder=1
    )
    for panel in (above, below):
        panel.axhline(0, color=PALE, linewidth=1, zorder=1)
    (thin,) = above.plot([], [], color=INK, linewidth=1, gid="function")
    (thick,) = above.plot([], [], color=BLUE, linewidth=3, alpha=0.85, gid="projection")
    (rest,) = below.plot([], [], color=VERMILION, linewidth=1, gid="rest")

    right.set(xlim=(-0.8, MOST + 0.8), ylim=(0, 1.04), xlabel="number of functions")
    right.set_yticks(np.linspace(0, 1, 6), [f"{share}%" for share in range(0, 101, 20)])
    right.set_title("share of the squared length")
    right.axhline(1, color=GREY, linewidth=1, zorder=1)
    (curve,) = right.plot([], [], color=BLUE, marker=".", markersize=7, clip_on=False, gid="curve")
    (gap,) = right.plot([], [], "--", color=VERMILION, gid="gap")
    (dot,) = right.plot([], [], "o", color=BLUE, markersize=9, clip_on=False, gid="dot")
    right.text(MOST, 0.13, "captured", color=BLUE, ha="right", fontweight="bold")
    right.text(MOST, 0.06, "dashed: left", color=VERMILION, ha="right", fontweight="bold")

    def update(n, family, target=only):
        f, fit = targets[target], nearest[target, family][n]
        captured = np.append(0, shares[target, family].cumsum())[: n + 1]
        thin.set_data(GRID, f)
        thick.set_data(GRID, fit)
        rest.set_data(GRID, f - fit)
        curve.set_data(range(n + 1), captured)
        gap.set_data([n, n], [captured[n], 1])
        dot.set_data([n], [captured[n]])
        return thin, thick, rest, curve, gap, dot

    def describe(n, family, target=only):
        share = shares[target, family]
        missing = norm(targets[target] - nearest[target, family][n]) / GRID.size**0.5
        size = f"{missing:.3f}" if missing >= 0.0005 else "under 0.001"
        if target == SEATTLE:
            size = f"{10 * missing:.1f} °C"
        if yours:
            little = missing < 1e-9 * np.abs(targets[target]).max()
            size = "next to nothing" if little else without_zeros(f"{missing:.3g}")
        if n == 0:
            return f"0 functions hold nothing of {target}; typically {size} is left."
        who = f"{n} {family} hold" if n > 1 else "1 function, the constant, holds"
        last = f", the last ({_name(n - 1, family)}) {share[n - 1]:.1%}" if n > 1 else ""
        return f"{who} {_captured(share[:n].sum())} of {target}{last}; typically {size} is left."

    def place_of_dot(n, family, target=only):
        return n, min(shares[target, family][:n].sum(), 1.0)

    controls = {"n": slider(0, MOST, start=2, label="number of functions")}
    stills = ()
    if not yours:
        stills = (
            {"n": 31},
            {"n": 7, "target": "a jump"},
            {"n": 31, "target": "a jump"},
            {"n": 5, "target": "a rising curve", "family": POLYNOMIALS},
        )
        controls["target"] = choice(list(targets), start=SEATTLE, label="function")
    controls["family"] = choice(list(bases), start=WAVES, label="projected on")
    return Explorer(
        figure,
        update,
        describe,
        play="n",
        stills=stills,
        handles=[Handle(right, place_of_dot, lambda x, y, **_: {"n": x}, "share captured")],
        **controls,
    )


def _values(f):
    """Return what a learner's function is at each place of the grid."""
    function(f, "f")
    values = as_array([f(x) for x in GRID.tolist()], "what f returns")
    if values.shape != GRID.shape:
        raise ValueError(
            f"f must return one number for each x, but f({GRID[0]:.4f}) is of shape "
            f"{values.shape[1:]}"
        )
    if values.dtype.kind not in "buif":
        raise TypeError(f"f must return a real number for each x, not {values[0]!r}")
    values = values.astype(float)
    if not np.isfinite(values).all():
        where = np.flatnonzero(~np.isfinite(values))[0]
        raise ValueError(
            f"f must be finite between 0 and 1, but f({GRID[where]:.4f}) is {values[where]}"
        )
    largest = np.abs(values).max()
    if not 1e-6 <= largest <= 1e6:
        raise ValueError(
            "f must have a largest value between 1e-6 and 1e6 in size on the grid from 0 to 1, "
            f"not {largest:.3g}; a multiple of f has the same shares"
        )
    return values


def _make_room(axes, curves):
    """Let the axes hold the curves and 0, with words above them; return where these stand."""
    low, high = min(curves.min(), 0.0), max(curves.max(), 0.0)
    height = high - low
    axes.set_ylim(low - 0.06 * height, high + 0.3 * height)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_formatter("{x:g}")
    return high + 0.14 * height


def _targets():
    weather = load_seattle_weather()
    highs = weather.measurements[weather.dates.astype("datetime64[Y]").astype(str) == "2013", 1]
    return {
        SEATTLE: (highs - highs.mean()) / 10,
        "a jump": np.sign(GRID - 0.5),
        "a corner": 1 - 4 * np.abs(GRID - 0.5),
        "a rising curve": 2 * np.expm1(3 * GRID) / np.expm1(3) - 1,
    }


def _waves():
    """Return the constant, then the cosine and the sine of each number of waves, as columns."""
    columns = [np.ones(GRID.size)]
    for k in range(1, MOST // 2 + 1):
        columns += [np.cos(2 * np.pi * k * GRID), np.sin(2 * np.pi * k * GRID)]
    return np.column_stack(columns)


def _polynomials():
    """Return orthonormal polynomials of degrees 0, 1, ..., made of Legendre's.

    These are orthogonal for integrals and nearly so on the grid. Made of powers, which are
    nearly dependent, the last ones would lose half of their digits.
    """
    return gram_schmidt(np.polynomial.legendre.legvander(2 * GRID - 1, MOST - 1)).Q


def _captured(share):
    return f"{share:.1%}" if share < 0.9995 else "over 99.9%"


def _name(i, family):
    """Return what function number ``i`` is called, from 1 on."""
    if family == POLYNOMIALS:
        return f"degree {i}"
    k = (i + 1) // 2
    return f"{'cosine' if i % 2 else 'sine'}, {k} {'wave' if k == 1 else 'waves'}"
