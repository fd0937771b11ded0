"""The error of a difference quotient: under the microscope, and at every step."""

from fractions import Fraction

import numpy as np

from ...calculus import derivative
from .._engine.controls import choice, slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREEN, GREY, INK, PALE_VERMILION, PLUM, VERMILION
from .._engine.words import without_zeros

SCHEMES = [("forward", "forward"), ("central", "central"), ("complex step", "complex")]
TAKEN_OFF = {
    "forward": "",
    "central": "(and less what both sides share)",
    "complex": "(here its imaginary part)",
}
X = 0.125
ROUNDING = 2.0**-53  # of a value near 1
LOWEST = 2e-17  # errors that are smaller are drawn there
PALE_PLUM = "#DFB9CE"


@explorer
def finite_difference_error() -> Explorer:
    """Weigh truncation against round-off in a difference quotient."""
    figure, (left, right) = canvas(2, height=4.2)
    slope = float(-1 / (1 + Fraction(X)) ** 2)
    steps = np.delete(np.linspace(-1.4, 1.4, 141), 70)  # in units of h; 0 has no quotient
    grid = 10.0 ** np.linspace(-15, -1, 281)

    def missed(h, scheme):
        """Return what the tangent misses of the rise that a scheme measures over steps h."""
        return h * (derivative(lambda x: 1 / (1 + x), X, h=h, scheme=scheme) - slope)

    def error(h, scheme):
        return np.abs(missed(h, scheme) / (h * slope))

    def truncation(h, scheme):
        return h / (1 + X) if scheme == "forward" else (h / (1 + X)) ** 2

    def round_off(h):
        return ROUNDING / (1 + X) / h / -slope

    left.set(xlim=(-1.4, 1.4), ylim=(-1.45, 1.45), xlabel=f"place, in steps of h from x = {X}")
    left.set_title("1/(1 + x) less its tangent")
    left.set_xticks([-1, 0, 1])
    left.set_yticks([-1, 0, 1], ["−1", "tangent", "1"])
    left.get_yticklabels()[1].set_color("#006B4E")
    left.axhline(0, color=GREEN, linestyle="--", zorder=1.5)
    (curve,) = left.plot([], [], color=INK, linewidth=1.2, gid="curve")
    (line,) = left.plot([], [], color=VERMILION, gid="secant")
    (points,) = left.plot([], [], "o", color=VERMILION, markersize=8, gid="points")
    unit = left.text(-1.3, -1.25, "", va="center", color=GREY, gid="unit")
    style = {"va": "center", "color": GREY, "zorder": 1.5, "gid": "taken off"}
    words = {name: [left.text(-1.3, 1.25, text, **style)] for name, text in TAKEN_OFF.items()}

    right.set(xscale="log", yscale="log", xlim=(10**-15.4, 10**-0.6), ylim=(1e-17, 10))
    right.set(xlabel="step h", xticks=[10.0**k for k in (-15, -11, -7, -3)])
    right.set_yticks([10.0**k for k in (-16, -12, -8, -4, 0)])
    right.set_title("relative error of the slope")
    right.minorticks_off()
    right.axhspan(1e-17, ROUNDING, facecolor=GREY + "30", linewidth=0)
    for _, scheme in SCHEMES:
        laws = {"truncation": (truncation(grid, scheme), PALE_VERMILION, "--")}
        if scheme != "complex":
            laws["round-off"] = round_off(grid), PALE_PLUM, "-."
        look = {"zorder": 1.5, "linewidth": 4}
        words[scheme] += [
            right.plot(grid, law, colour + "", linestyle=dashes, gid=name, **look)[0]
            for name, (law, colour, dashes) in laws.items()
        ]
        height = np.maximum(error(grid, scheme), LOWEST)
        words[scheme] += right.plot(
            grid, height, color=BLUE, linewidth=1.2, zorder=1.6, gid="errors"
        )
        at = {"zorder": 1.7, "va": "center"}
        law = "truncation,\nabout h" + "²" * (scheme != "forward")
        words[scheme].append(right.text(0.12, 3e-11, law, color=VERMILION, ha="right", **at))
        if scheme != "complex":
            law = "round-off, about 1e-16/h"
            words[scheme].append(right.text(3e-13, 3e-2, law, color=PLUM, **at))
    (dot,) = right.plot([], [], "o", color=VERMILION, markersize=9, zorder=3, gid="dot")

    def update(exponent, scheme):
        h = 10.0**exponent
        for name, artists in words.items():
            for artist in artists:
                if artist.get_visible() != (name == scheme):  # then all is drawn anew
                    artist.set_visible(name == scheme)
        rises, rise = missed(h * steps, scheme), missed(h, scheme)
        size = max(np.abs(rises).max(), 16 * ROUNDING * h)  # or last digits would look large
        curve.set_data(np.insert(steps, 70, 0), np.insert(rises / size, 70, 0))
        line.set_data([-1.4, 1.4], rise / size * np.array([-1.4, 1.4]))
        first = -1 if scheme == "central" else 0
        points.set_data([first, 1], np.array([first, 1]) * rise / size)
        unit.set_text(f"a unit of height is {without_zeros(f'{size:.0e}')}")
        dot.set_data([h], [max(error(h, scheme), LOWEST)])
        return curve, line, points, unit, dot

    def describe(exponent, scheme):
        h = 10.0**exponent
        wrong, cut, lost = error(h, scheme), truncation(h, scheme), round_off(h)
        name = {"forward": "forward difference", "central": "central difference"}
        start = f"A {name.get(scheme, 'complex step')} with h = {_power(exponent)}"
        digits = max(0, round(-np.log10(wrong or ROUNDING)))
        luck = " by luck" if lost > 3 * cut and wrong < lost / 10 and scheme != "complex" else ""
        gives = f"gets about {digits} digit{'s'[digits == 1 :]}{luck}"
        if scheme == "complex":
            cause = "nothing is subtracted, so a smaller h does no harm"
        elif cut > 3 * lost:
            cause = f"truncation, {_size(cut)}, rules over round-off, {_size(lost)}"
        elif lost > 3 * cut:
            cause = f"round-off, {_size(lost)}, rules over truncation, {_size(cut)}"
        else:
            cause = "truncation and round-off are about equal, near the best h"
        return f"{start} {gives}: {cause}."

    def place(exponent, scheme):
        return 10.0**exponent, max(error(10.0**exponent, scheme), LOWEST)

    return Explorer(
        figure,
        update,
        describe,
        handles=[Handle(right, place, lambda x, y, **_: {"exponent": np.log10(x)}, "step h")],
        stills=(
            {"exponent": -8.0},
            {"exponent": -15.0},
            {"exponent": -5.25, "scheme": "central"},
            {"exponent": -15.0, "scheme": "complex"},
        ),
        exponent=slider(-15.0, -1.0, start=-3.0, step=0.25, label="step h = 10 to the power"),
        scheme=choice(SCHEMES, start="forward", label="scheme"),
    )


def _power(exponent):
    """Return 10 to the exponent as a reader would write it."""
    return without_zeros(f"{10.0**exponent:.1e}".replace(".0e", "e"))


def _size(value):
    """Return a positive number to the nearest power of ten."""
    return f"1e{round(np.log10(value)):d}"
