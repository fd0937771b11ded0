"""What pictures of the plane are made of: the plane itself, arrows with names, shapes, papers."""

import math

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import FancyArrowPatch, Polygon

# The first six are the cycle of mlmath.mplstyle.
BLUE, VERMILION, GREEN = "#0072B2", "#D55E00", "#009E73"
PURPLE, ORANGE, SKY = "#CC79A7", "#E69F00", "#56B4E9"
INK, GREY, PALE = "#202020", "#707070", "#B8B8B8"
PALE_BLUE, PALE_VERMILION, PALE_GREEN = "#A9CCE3", "#F2C4A5", "#E9F5F0"  # opaque, for what is below
PLUM = "#9A4572"  # purple that is dark enough for words

TURN = np.radians(np.arange(0, 361, 3))
CIRCLE = np.column_stack([np.cos(TURN), np.sin(TURN)])  # (121, 2), the unit circle


def direction(degrees):
    """Return the vector of length 1 at an angle from the first axis."""
    return np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])


def full_turn(x, y, now):
    """Return the angle of a point, from 0 to 360 degrees, both of which are one direction.

    Of these two it is the one that is nearer to where the angle is ``now``.
    """
    degrees = np.degrees(np.arctan2(y, x)) % 360
    if 0.5 < degrees < 359.5:
        return degrees
    return 360 if now > 180 else 0


def rotation(degrees):
    """Return the matrix that turns the plane counterclockwise."""
    (cosine, sine) = direction(degrees)
    return np.array([[cosine, -sine], [sine, cosine]])


def kept_lines(A):
    """Return a direction of each line that a 2 by 2 matrix keeps: none, one or two.

    Of a multiple of the identity, which keeps all lines, it is none.
    """
    (a, b), (c, d) = A
    gap = ((a - d) / 2) ** 2 + b * c  # the eigenvalues are (a + d) / 2 +- its square root
    if gap < 0 or (b == c == 0 and a == d):
        return []
    if b == c == 0:
        return [np.array([1.0, 0.0]), np.array([0.0, 1.0])]
    signs = [1, -1] if gap else [0]
    eigenvalues = [(a + d) / 2 + sign * np.sqrt(gap) for sign in signs]
    rows = [(b, s - a) if b else (s - d, c) for s in eigenvalues]  # orthogonal to a row of A - s I
    return [np.array(row) / np.hypot(*row) for row in rows]


def plane(axes, reach, *, x=None, y=None, title="", names=("x", "y")):
    """Make ``axes`` a piece of the plane with equal scales, from -reach to reach or as given."""
    x, y = x or (-reach, reach), y or (-reach, reach)
    axes.set(xlim=x, ylim=y, aspect="equal", title=title, xlabel=names[0], ylabel=names[1])
    axes.set(xticks=range(math.ceil(x[0]), math.floor(x[1]) + 1))
    axes.set(yticks=range(math.ceil(y[0]), math.floor(y[1]) + 1))
    axes.axhline(0, color=PALE, linewidth=1, zorder=1)
    axes.axvline(0, color=PALE, linewidth=1, zorder=1)


class Arrow:
    """An arrow with its name at the tip, found again by the name as its gid.

    ``narrow`` says how much more room a name takes in a panel than in half of a picture.
    """

    def __init__(self, axes, name, colour, *, label=None, narrow=1.0, **style):
        self.patch = axes.add_patch(
            FancyArrowPatch(
                (0, 0),
                (1, 0),
                arrowstyle="-|>",
                shrinkA=0,
                shrinkB=0,
                color=colour,
                gid=name,
                **{"linewidth": 2.5, "mutation_scale": 17, "zorder": 4} | style,
            )
        )
        label = name if label is None else label
        self.text = axes.text(0, 0, label, color=colour, ha="center", va="center", zorder=5)
        self.text.set(fontweight="bold", fontsize=11)
        width = np.ptp(axes.get_xlim())
        self._gap = (0.045 + 0.006 * len(label)) * width
        self._half = np.array([0.0125 * len(label), 0.02]) * narrow * width  # of the name's box
        self._gap_aside = 0.04 * narrow * width

    def move(self, tip, tail=(0, 0), *, side=0):
        """Move the arrow, and its name to so many degrees off the tip; return both artists."""
        tip, tail = np.asarray(tip), np.asarray(tail)
        self.patch.set_positions(tail, tip)
        length = np.hypot(*(tip - tail))
        along = (tip - tail) / length if length > 1e-9 else np.array([0.7, 0.7])
        self.text.set_position(tip + self._gap * rotation(side) @ along)
        return self.patch, self.text

    def step_aside(self, taken):
        """Put the name clear of the taken segments, and return those that it takes itself.

        It stays near the tip if there is room for it, and goes twice as far if there is not.
        """
        tip, found = np.array(self.patch._posA_posB[1]), []
        air = self._half + 0.75 * self._gap_aside  # half axes of an ellipse about name and margin
        for gap in (self._gap_aside, 2 * self._gap_aside):
            places = tip + (gap + self._half) * AROUND
            clear = _clearance(places / air, np.array(taken) / air)
            found.append((clear.max(), *places[clear.argmax()]))
            if clear.max() > 1:
                break
        place = np.array(max(found)[1:])
        self.text.set_position(place)
        return list(place + self._half * [[(-1, y), (1, y)] for y in (-1, 1)])


def area_under(x, y):
    """Return the outline of the area between a curve and 0, for `set_xy`."""
    return np.column_stack([[x[0], *x, x[-1]], [0, *y, 0]])


def segments(x, y):
    """Return the pieces of a curve, from each point to the next, (n - 1, 2, 2)."""
    points = np.column_stack([x, y])
    return np.stack([points[:-1], points[1:]], axis=1)


def shape(axes, colour, *, gid, **style):
    """Return a closed shape, filled faintly, to be moved by ``set_xy``."""
    style = {"facecolor": colour + "38", "edgecolor": colour, "linewidth": 1.5, "zorder": 2} | style
    return axes.add_patch(Polygon(CIRCLE, closed=True, gid=gid, **style))


AROUND = np.array([direction(degrees) for degrees in range(0, 360, 15)])  # (24, 2)


def free_place(tip, taken, gap):
    """Return the point ``gap`` away from ``tip`` that keeps farthest from the taken segments."""
    places = np.asarray(tip) + gap * AROUND
    return places[_clearance(places, taken).argmax()]


def _clearance(points, taken):
    """Return the distance of each point from the nearest segment, (n,)."""
    start, end = np.asarray(taken, dtype=float).transpose(1, 2, 0)  # (2, k) each
    along = end - start
    squares = np.maximum((along**2).sum(axis=0), 1e-12)  # a point is a segment too
    x, y = points.T[:, :, None] - start[:, None]  # (n, k)
    share = np.clip((x * along[0] + y * along[1]) / squares, 0, 1)
    return np.hypot(x - share * along[0], y - share * along[1]).min(axis=1)


def lattice(reach, end=None):
    """Return lines of whole second, then of whole first coordinate, (4 reach + 2, 2, 2)."""
    whole, ends = np.arange(-reach, reach + 1), np.array([-1, 1]) * (end or reach)
    level = np.array([[(end, each) for end in ends] for each in whole], dtype=float)
    return np.concatenate([level, level[..., ::-1]])


def squared_paper(axes, reach, end=None):
    """Draw squared paper, of solid and of dashed lines, to be moved by ``set_segments``."""
    n = 2 * reach + 1
    colours, styles = np.repeat([PALE_BLUE, PALE_VERMILION], n), ["-"] * n + [(0, (4, 3))] * n
    lines = LineCollection(lattice(reach, end), colors=colours, linestyles=styles, linewidths=1)
    lines.set(zorder=1.5, gid="grid")
    return axes.add_collection(lines)


def note_above(axes, colour):
    """Return an empty line of text above the right end of the axes."""
    style = {"ha": "right", "va": "bottom", "fontweight": "bold", "fontsize": 10}
    return axes.text(1, 1.02, "", gid="note", transform=axes.transAxes, color=colour, **style)


def two_legs(axes):
    """Return the artists of a way in two legs to a point."""
    style = {"linewidth": 4, "zorder": 3, "solid_capstyle": "butt", "dash_capstyle": "butt"}
    (first,) = axes.plot([], [], color=BLUE, gid="first", **style)
    style |= {"linestyle": (0, (2, 0.8))}
    (second,) = axes.plot([], [], color=VERMILION, gid="second", **style)
    return first, second


def walk(way, points):
    """Lay a way in two legs through three points."""
    for leg, ends in zip(way, (points[:2], points[1:]), strict=True):
        leg.set_data(*ends.T)
    return way
