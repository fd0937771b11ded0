"""The landscape of a quadratic form: what the signs of two eigenvalues decide."""

import itertools
import math

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgb

from ..._arguments import symmetric_matrix
from .._engine.controls import slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import (
    BLUE,
    CIRCLE,
    GREEN,
    GREY,
    INK,
    PLUM,
    VERMILION,
    direction,
    plane,
    rotation,
    shape,
)
from .._engine.words import without_zeros

REACH = 2.1  # of the map of level curves
LEVELS = np.arange(1, 11)
RADII = np.linspace(0, 1, 5)  # of the piece of surface that is shown: up to the unit circle
VIEW = np.array([[1.0, 0.0, 0.0], [0.0, 0.5, 0.36]])  # how the surface is seen, (2, 3)
LIGHT = np.array([-0.35, -0.3, 1.0]) / np.linalg.norm([-0.35, -0.3, 1.0])
PAINT = np.array([to_rgb(VERMILION), to_rgb("#E0E0E0"), to_rgb(BLUE)])  # below 0, at 0, above
PAINT = PAINT + 0.35 * (1 - PAINT)
EDGES = np.array([to_rgb("#7A3500"), to_rgb(GREY), to_rgb("#003E63")])


# By the signs of the larger and the smaller eigenvalue.
KINDS = {
    (1, 1): ("positive definite", "a bowl"),
    (1, 0): ("positive semidefinite", "a valley"),
    (1, -1): ("indefinite", "a saddle"),
    (0, -1): ("negative semidefinite", "a ridge"),
    (-1, -1): ("negative definite", "a peak"),
    (0, 0): ("zero", "flat"),
}


@explorer(A=("first", "second", "angle"))
def quadratic_form(A=None) -> Explorer:
    """Change both eigenvalues and turn the axes: a bowl, a valley, a saddle or a peak.

    Parameters
    ----------
    A : array_like, shape (2, 2), optional
        A symmetric matrix of your own, whose form x' A x the figure begins with. Its largest
        entry is between 1e-3 and 1e6 in size, or all are 0. The first eigenvalue is the larger;
        one of less than a billionth of the other's size counts as 0.

    Raises
    ------
    TypeError
        If ``A`` holds no real numbers.
    ValueError
        If ``A`` is no 2 by 2 matrix, is not symmetric, or its entries are not finite or not of
        such a size.

    Examples
    --------
    >>> quadratic_form([[4, 6], [6, 13]]).sentence.partition(";")[0]
    'A bowl, positive definite: λ₁ = 16.00 at 63.4°, λ₂ = 1.00'
    """
    unit, controls = (1, _course_sliders()) if A is None else _own_sliders(A)
    figure, (left, middle, right) = canvas(3, height=3.2, width_ratios=[1.2, 1.15, 1])
    left.set(xlim=(-1.08, 1.08), ylim=(-1.7, 1.7), aspect="equal", xticks=[], yticks=[])
    left.set_title("height q over the plane")
    left.spines[:].set_visible(False)
    left.grid(False)
    floor = np.column_stack([CIRCLE, np.zeros(len(CIRCLE))]) @ VIEW.T
    left.plot(*floor.T, ":", color=GREY, linewidth=1, zorder=1)
    surface = left.add_collection(PolyCollection([], gid="surface", zorder=2, linewidths=0.4))

    levels = "level curves" if 0.1 <= unit <= 100 else "levels"
    title = f"{levels}, thick: q = ±{unit:g}"
    plane(middle, REACH, title=title, names=("x₁", "x₂"))
    middle.grid(False)
    middle.plot(*CIRCLE.T, ":", color=GREY, linewidth=1.5, zorder=1.5)
    above = middle.add_collection(LineCollection([], colors=BLUE, gid="above", zorder=2))
    below = middle.add_collection(
        LineCollection([], colors=VERMILION, linestyles=(0, (4, 2)), gid="below", zorder=2)
    )
    (zero,) = middle.plot([], [], ":", color=INK, linewidth=2.5, gid="zero")
    axes_of_form = [_axis(middle, colour, f"axis {i}") for i, colour in ((1, GREEN), (2, PLUM))]

    right.set(xlim=(0, 180), ylim=(-4 * unit, 4 * unit), xticks=range(0, 181, 45))
    right.set(xlabel="direction of x (degrees)", title="q on the unit circle")
    right.axhline(0, color=GREY, linewidth=1)
    high = shape(right, BLUE, gid="high", linewidth=0)
    low = shape(right, VERMILION, gid="low", linewidth=0, hatch="///", edgecolor=VERMILION + "90")
    (curve,) = right.plot([], [], color=INK, gid="curve")
    marks = [
        (
            right.plot([], [], marker, color=colour, markersize=9, clip_on=False, gid=f"mark {i}"),
            right.text(0, 0, "", color=colour, ha="center", va="center", fontweight="bold"),
        )
        for i, marker, colour in ((1, "D", GREEN), (2, "s", PLUM))
    ]
    for _, word in marks:
        word.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 0.8})
    degrees = np.arange(0, 181, 3)

    def update(first, second, angle):
        values, Q = np.array([first, second]) / unit, rotation(angle)
        _draw_surface(surface, values, Q)
        _draw_levels(above, values, Q)
        _draw_levels(below, -values, Q)
        zero.set_data(*(_zero_set(values) @ Q.T).T)
        around = (direction(degrees).T @ Q) ** 2 @ values
        around = around * unit
        curve.set_data(degrees, around)
        for area, heights in ((high, around.clip(0)), (low, around.clip(None, 0))):
            area.set_xy([(0, 0), *zip(degrees, heights, strict=True), (180, 0)])
        moved = []
        for i, ((line, dots, name), ((mark,), word)) in enumerate(
            zip(axes_of_form, marks, strict=True)
        ):
            v, value, other = Q[:, i], values[i], values[1 - i]
            line.set_data(*np.outer([-3, 3], v).T)
            crossing = abs(value) ** -0.5 if value else 9
            dots.set_data(*np.outer([-crossing, crossing], v).T)
            name.set(position=1.7 * v, text=f"v{'₁₂'[i]}")
            place = (angle + 90 * i) % 180
            mark.set_data([place], [value * unit])
            up = 1 if value > other or (value == other and value >= 0) else -1
            word.set(
                position=(np.clip(place, 10, 170), (value + 0.55 * up) * unit), text=f"λ{'₁₂'[i]}"
            )
            moved += [line, dots, name, mark, word]
        return surface, above, below, zero, high, low, curve, *moved

    def describe(first, second, angle):
        values = np.array([first, second])
        word, picture = _kind(values)
        first, second = map(_in_words, values)
        return (
            f"{picture.capitalize()}, {word}: λ₁ = {first} at {angle:g}°, λ₂ = {second}"
            f"{_level_in_words(values, unit)}."
        )

    def mark_handle(i):
        def at(angle, **values):
            return (angle + 90 * i) % 180, values[("first", "second")[i]]

        def drag(x, y, angle, **_):
            turned = (x - 90 * i) % 180
            if angle == 180 and turned < controls["angle"].step / 2:  # half a turn is no turn
                turned = 180
            return {("first", "second")[i]: y, "angle": turned}

        return Handle(right, at, drag, f"λ{'₁₂'[i]}")

    def turn_axis(x, y, **_):
        return {"angle": (np.degrees(np.arctan2(y, x)) + 90) % 360 - 90}  # below it: 0 or 180

    axis = Handle(middle, lambda angle, **_: 1.7 * direction(angle), turn_axis, "axis v₁")
    handles = [axis, mark_handle(0), mark_handle(1)]
    stills = ({"second": 0.0}, {"second": -1.0}, {"first": -0.5, "second": -2.0})
    stills = stills if A is None else ()
    return Explorer(figure, update, describe, handles=handles, stills=stills, **controls)


def _course_sliders():
    return {
        "first": slider(-3.0, 3.0, start=2.0, step=0.25, label="first eigenvalue λ₁"),
        "second": slider(-3.0, 3.0, start=0.5, step=0.25, label="second eigenvalue λ₂"),
        "angle": slider(0, 180, start=30, step=5, label="angle of the first axis (degrees)"),
    }


def _own_sliders(A):
    """Return in what unit the form of a learner's matrix is drawn, and sliders that begin at it."""
    A = symmetric_matrix(A, "A")
    if A.shape != (2, 2):
        raise ValueError(f"A must be 2 by 2, for a form over the plane; not of shape {A.shape}")
    largest = np.abs(A).max()
    if not (1e-3 <= largest <= 1e6 or largest == 0):
        raise ValueError(
            f"A must have a largest entry between 1e-3 and 1e6 in size, not {largest:.3g}; "
            "multiply A by a positive number, which keeps its kind"
        )
    (a, b), (_, d) = A
    gap, angle = math.hypot((a - d) / 2, b), math.degrees(math.atan2(2 * b, a - d)) / 2 % 180
    if gap < 1e-12 * largest:  # rounding: they are equal
        gap, angle = 0.0, 0.0
    values = (a + d) / 2 + gap * np.array([1, -1])
    values[np.abs(values) < 1e-9 * largest] = 0
    units = (one * 10.0**power for power in itertools.count(-4) for one in (1, 2, 5))
    unit = next(unit for unit in units if np.abs(values).max() <= 3 * unit) if largest else 1
    words = ("first eigenvalue λ₁", "second eigenvalue λ₂")
    first, second = (
        _steps_to(value, unit, label) for value, label in zip(values, words, strict=True)
    )
    label = "angle of the first axis (degrees)"
    turn = slider(0.0, 180.0, start=round(angle, 1), step=0.1, label=label)
    return unit, {"first": first, "second": second, "angle": turn}


def _steps_to(value, unit, label):
    """Return a slider about as far as 3 units whose steps, of about a quarter, meet 0 and a value.

    The kind of a form hangs on the sign of an eigenvalue: so none is rounded.
    """
    value = round(float(value), 12)  # as a slider holds it
    step = abs(value) / max(1, round(abs(value) / unit / 0.25)) or 0.25 * unit
    end = step * math.ceil(3 * unit / step - 1e-9)
    made = slider(-float(end), float(end), start=float(value), step=step, label=label)
    made.readout_format = ".3g"
    return made


def _in_words(number):
    """Return two decimals, or two digits that count of what would look like 0."""
    return f"{number:z.2f}" if abs(number) >= 0.1 or number == 0 else without_zeros(f"{number:.2g}")


def _axis(axes, colour, gid):
    """Return an eigenvector's line, its crossings with the thick curve, and its name."""
    (line,) = axes.plot([], [], color=colour, linewidth=1.2, linestyle=(0, (6, 3)), gid=gid)
    (dots,) = axes.plot([], [], "o", color=colour, markersize=6, zorder=4, gid=f"{gid} crossings")
    name = axes.text(0, 0, "", color=colour, ha="center", va="center", fontweight="bold", zorder=5)
    name.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})
    return line, dots, name


def _kind(values):
    return KINDS[tuple(int(sign) for sign in np.sign([max(values), min(values)]))]


def _level_in_words(values, unit):
    """Return what the thick curve is: that of q = 1, or of q = -1 where q is never positive."""
    if not values.any():
        return ""
    level = unit if max(values) > 0 else -unit
    sizes = sorted(np.sqrt(level / value) for value in values if level * value > 0)
    if len(sizes) == 2 and sizes[0] == sizes[1]:
        shape = f"a circle of radius {sizes[0]:.2f}"
    elif len(sizes) == 2:
        shape = f"an ellipse, half-axes {sizes[0]:.2f} and {sizes[1]:.2f}"
    elif values.all():
        shape = f"a hyperbola at least {sizes[0]:.2f} from the origin"
    else:
        shape = f"two parallel lines {sizes[0]:.2f} from the origin"
    return f"; q = {level:g} is {shape}"


def _draw_levels(lines, values, Q):
    """Draw the curves q = 1, 2, ... of the form with these eigenvalues along the columns of Q."""
    curves = [(curve @ Q.T, level) for level in LEVELS for curve in _level_curves(values, level)]
    lines.set_segments([curve for curve, _ in curves])
    lines.set_linewidths([2.4 if level == 1 else 0.8 for _, level in curves] or [1])


def _level_curves(values, level):
    """Return where values[0] c1^2 + values[1] c2^2 is the positive ``level``: arrays (k, 2)."""
    if max(values) <= 0:
        return []
    if min(values) > 0:
        return [CIRCLE * np.sqrt(level / values)]
    if values[0] <= 0:
        return [curve[:, ::-1] for curve in _level_curves(values[::-1], level)]
    t = np.linspace(-3, 3, 61)  # along the second axis, beyond the edge of the map
    branch = np.column_stack([np.sqrt((level - values[1] * t**2) / values[0]), t])
    return [branch, branch * [-1, 1]]


def _zero_set(values):
    """Return the lines on which the form is 0, with nan between them; none if it is one point."""
    if values[0] * values[1] < 0:
        x, y = 4 * np.sqrt(np.abs(values[::-1]) / np.abs(values).sum())
        return np.array([[x, y], [-x, -y], [np.nan, np.nan], [x, -y], [-x, y]])
    if values.any() and not values.all():
        return np.outer([-4, 4], values == 0)
    return np.empty((0, 2))


def _draw_surface(surface, values, Q):
    """Draw the facets of the surface, of a polar grid along the form's axes, from far to near."""
    corners = RADII[:, None, None] * (CIRCLE[::5] @ Q.T)  # (rings, turns, 2)
    heights = RADII[:, None] ** 2 * (CIRCLE[::5] ** 2 @ values)
    points = np.dstack([corners, heights])
    facets = np.stack(
        [points[:-1, :-1], points[1:, :-1], points[1:, 1:], points[:-1, 1:]], axis=2
    ).reshape(-1, 4, 3)
    facets = facets[np.argsort(-facets[:, :, 1].mean(axis=1), kind="stable")]
    centres = facets.mean(axis=1)
    slopes = 2 * centres[:, :2] @ (Q * values @ Q.T)
    normals = np.column_stack([-slopes, np.ones(len(slopes))])
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    light = (5 + 5 * np.abs(normals @ LIGHT)).round()[:, None] / 10  # few shades draw faster
    sign = np.sign(centres[:, 2].round(9)).astype(int)
    surface.set_verts(facets @ VIEW.T)
    surface.set_facecolor(light * PAINT[sign + 1])
    surface.set_edgecolor(EDGES[sign + 1])
