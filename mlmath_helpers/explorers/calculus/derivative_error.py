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
LUCK = {"forward", "central"}  # the complex step is right to the last digit by right
PALE_PLUM = "#DFB9CE"


@explorer
def finite_difference_error() -> Explorer:
    """Weigh truncation against round-off in a difference quotient."""
    figure, (left, right) = canvas(2, height=4.2)
    exact = -1 / (1 + Fraction(X)) ** 2
    slope = float(exact)  # the nearest double, and what it is off
    rest = float(exact - Fraction(slope))
    steps, grid = _places(), 10.0 ** np.linspace(-15, -1, 281)

    def missed(h, scheme):
        """Return what the tangent misses of the rise that a scheme measures over steps h."""
        return h * ((derivative(lambda x: 1 / (1 + x), X, h=h, scheme=scheme) - slope) - rest)

    def error(h, scheme):
        return np.abs(missed(h, scheme) / (h * slope))

    def truncation(h, scheme):
        return h / (1 + X) if scheme == "forward" else (h / (1 + X)) ** 2

    def round_off(h):
        return ROUNDING / (1 + X) / h / -slope

    left.set(xlim=(-1.4, 1.4), ylim=(-2, 1.45), xlabel=f"place, in steps of h from x = {X}")
    left.set_title("1/(1 + x) less its tangent", y=1)  # a place that need not be looked for
    left.set_xticks([-1, 0, 1])
    left.set_yticks([-1, 0, 1], ["−1", "tangent", "1"])
    left.get_yticklabels()[1].set_color("#006B4E")
    left.axhline(0, color=GREEN, linestyle="--", zorder=1.5)
    # Values of f, never joined: at most steps h there are more stairs than pixels between them.
    (curve,) = left.plot([], [], ".", color=INK, markersize=3, zorder=1.8, gid="curve")
    (line,) = left.plot([], [], color=VERMILION, gid="secant")
    (points,) = left.plot([], [], "o", color=VERMILION, markersize=8, gid="points")
    style = {"va": "center", "color": GREY}
    left.text(-1.3, -1.8, "unit of height", zorder=1.5, **style)
    unit = left.text(-0.3, -1.8, "", gid="unit", **style)  # a number only: letters are dear
    style |= {"color": VERMILION, "fontweight": "bold"}
    left.text(-1.3, -1.55, "relative error", zorder=1.5, **style)
    off = left.text(-0.3, -1.55, "", gid="off", **style)
    style = {"va": "center", "color": GREY, "zorder": 1.5, "gid": "taken off"}
    words = {name: [left.text(-1.3, 1.25, text, **style)] for name, text in TAKEN_OFF.items()}

    right.set(xscale="log", yscale="log", xlim=(10**-15.4, 10**-0.6), ylim=(1e-18, 10))
    powers = {0: "1"} | {k: f"1e{k}" for k in range(-16, 0)}
    right.set_xticks(*zip(*((10.0**k, powers[k]) for k in (-15, -11, -7, -3)), strict=True))
    right.set_yticks(*zip(*((10.0**k, powers[k]) for k in (-16, -12, -8, -4, 0)), strict=True))
    right.set_xlabel("step h")
    right.set_title("relative error of the slope", y=1)
    right.minorticks_off()
    nearest = 2.0**-54 / -slope  # half of a last digit
    right.axhspan(1e-18, nearest, facecolor=GREY + "30", linewidth=0, gid="nearest")
    style = {"ha": "right", "va": "center", "color": GREY, "fontsize": 9, "zorder": 1.5}
    right.text(0.2, 4e-18, "here: the nearest double", **style)
    for _, scheme in SCHEMES:
        laws = {"truncation": (truncation(grid, scheme), PALE_VERMILION, "--")}
        if scheme != "complex":
            laws["round-off"] = round_off(grid), PALE_PLUM, "-."
        look = {"zorder": 1.5, "linewidth": 4}
        words[scheme] += [
            right.plot(grid, law, color=colour, linestyle=dashes, gid=name, **look)[0]
            for name, (law, colour, dashes) in laws.items()
        ]
        errors = error(grid, scheme)  # noise between two steps too, so they are not joined
        lucky = (errors < nearest) & (scheme in LUCK)
        look = {"color": BLUE, "zorder": 1.6}
        words[scheme] += right.plot(grid, errors, ".", markersize=4, gid="errors", **look)
        if lucky.any():
            look |= {"markersize": 7, "markerfacecolor": "white"}
            words[scheme] += right.plot(grid[lucky], errors[lucky], "o", gid="lucky", **look)
            middle = np.exp(np.log(grid[lucky]).mean())
            words[scheme].append(
                right.text(middle, 4e-16, "right by luck", color=BLUE, ha="center", zorder=1.7)
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
        size = float(f"{size:.1e}")  # so that the unit is what is said of it
        curve.set_data(np.append(steps, 0), np.append(rises / size, 0))
        line.set_data([-1.4, 1.4], rise / size * np.array([-1.4, 1.4]))
        first = -1 if scheme == "central" else 0
        points.set_data([first, 1], np.array([first, 1]) * rise / size)
        unit.set_text(_two_digits(size))
        off.set_text(_two_digits(error(h, scheme)))
        dot.set_data([h], [error(h, scheme)])
        return curve, line, points, unit, off, dot

    def describe(exponent, scheme):
        h = 10.0**exponent
        wrong, cut, lost = error(h, scheme), truncation(h, scheme), round_off(h)
        name = {"forward": "forward difference", "central": "central difference"}
        start = f"A {name.get(scheme, 'complex step')} with h = {_power(exponent)}"
        digits = min(max(0, round(-np.log10(wrong))), 16)
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
        return 10.0**exponent, error(10.0**exponent, scheme)

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


def _places():
    """Return places between -1.4 and 1.4, in units of h; near 0 the smallest h has no quotient.

    Each is off its regular place at random, for at regular ones stairs that are far finer would
    look like stairs that are wide.
    """
    regular = np.linspace(-1.4, 1.4, 401)
    places = regular[:-1] + np.random.default_rng(0).uniform(0, regular[1] - regular[0], 400)
    return places[np.abs(places) > 0.03]


def _two_digits(value):
    """Return a positive number as a reader would write it."""
    return without_zeros(f"{value:.1e}")


def _power(exponent):
    """Return 10 to the exponent as a reader would write it."""
    return _two_digits(10.0**exponent).replace(".0e", "e")


def _size(value):
    """Return a positive number to the nearest power of ten."""
    return f"1e{round(np.log10(value)):d}"
