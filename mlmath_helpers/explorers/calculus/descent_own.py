"""Steps downhill on a learner's own curve, and on the map of a function of two numbers."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ..._arguments import function, matrix
from ...calculus import DivergenceError, derivative, steepest_descent
from .._engine.controls import slider
from .._engine.explorer import Explorer, canvas
from .._engine.functions import interval, step_below, stops_between, values_of, written
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREY, INK, PALE, VERMILION
from .._engine.units import padded, short

N_RATES = 60  # on the slider


def on_a_curve(f, grad, shown):
    """Return the figure of gradient descent on the curve of f, a function of one number."""
    low, high = ends = interval((-3.0, 3.0) if shown is None else shown, "interval")
    ground, n_steps = _Ground(f, grad, np.array([ends])), 25
    step = step_below((high - low) / 100)
    wide, stops = np.linspace(low, high, 241), _stops(ends, step)
    heights = values_of(f, wide, "f")
    ground.refuse_another_slope(wide[1:-1:6, None])
    slopes = ground.slopes(np.sort([*wide, *stops])[:, None])[:, 0]
    values_of(f, stops, "f")
    rate_step = _rate_step(
        np.gradient(ground.slopes(wide[:, None])[:, 0], wide), slopes, high - low
    )
    walk = ground.walks(n_steps)
    begin = _good_start(walk, stops, (0.85, 0.15, 0.7, 0.3, 0.55), rate_step)

    figure, (left, right) = canvas(2)
    left.set(xlim=padded(low, high), ylim=padded(*_apart(heights), 0.07))
    left.set(xlabel="x", ylabel="f(x)", title="steps on the curve y = f(x)")
    left.plot(wide, heights, color=INK, linewidth=1.5, gid="curve")
    (path,) = left.plot([], [], "o-", color=VERMILION, linewidth=1.2, markersize=5, gid="path")
    (first,) = left.plot([], [], "s", color=BLUE, markersize=9, gid="start")
    fall = _Fall(right, n_steps, np.abs(slopes).max(), "size of the slope, |f'(x)|")

    def update(rate, start):
        made = walk(rate, start)
        path.set_data(made.points[:, 0], made.heights)
        first.set_data([start], made.heights[:1])
        return [path, first, *fall.show(made)]

    def describe(rate, start):
        made = walk(rate, start)
        x = written(made.points[-1, 0], step / 100)
        return _story(made, written(rate, rate_step), f"x = {written(start, step)}", f"x = {x}")

    def on_the_curve(x):
        return x, np.interp(x, wide, heights)

    def first_step(rate, start):
        place = walk(rate, start).first(ground.box)
        return None if place is None else on_the_curve(place[0])

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(
                left,
                first_step,
                lambda x, y, rate, start: walk(rate, start).rate_to(ground.box, [x]),
                "end of the first step",
            ),
            Handle(
                left,
                lambda rate, start: on_the_curve(start),
                lambda x, y, **_: {"start": x},
                "start on the curve",
            ),
        ],
        rate=_rate_slider(rate_step),
        start=slider(*stops[[0, -1]].tolist(), start=begin[0], step=step, label="start"),
    )


def on_a_map(f, grad, shown):
    """Return the figure of gradient descent on the map of f, a function of a point."""
    box = np.array([_both(shown)]).reshape(2, 2)
    ground, n_steps = _Ground(f, grad, box), 60
    size = np.ptp(box, axis=1)
    steps = [step_below(each / 40) for each in size]
    stops = [_stops(ends, step) for ends, step in zip(box, steps, strict=True)]
    x, y = (np.unique([*ends, *each]) for ends, each in zip(box, stops, strict=True))
    grid = np.stack(np.meshgrid(x, y), axis=-1)  # (rows, columns, 2)
    heights = values_of(f, grid.reshape(-1, 2), "f").reshape(grid.shape[:2])
    ground.refuse_another_slope(grid[1:-1:8, 1:-1:8].reshape(-1, 2))
    slopes = ground.slopes(grid.reshape(-1, 2)).reshape(grid.shape)
    bends = [np.gradient(slopes, places, axis=axis) for axis, places in ((1, x), (0, y))]
    lengths = np.hypot(*np.moveaxis(slopes, -1, 0))
    rate_step = _rate_step(np.hypot(*np.moveaxis(bends, -1, 0)).max(axis=0), lengths, size.min())
    walk = ground.walks(n_steps)
    corners = [(0.15, 0.85), (0.85, 0.15), (0.85, 0.85), (0.15, 0.15), (0.3, 0.6)]
    begin = _good_start(walk, stops, corners, rate_step)

    figure, (left, right) = canvas(2, width_ratios=[1.35, 1])
    left.set(xlim=padded(*box[0]), ylim=padded(*box[1]), xlabel="x", ylabel="y")
    left.set(
        title="level curves of f, and steps",
        aspect="equal" if max(size) < 2 * min(size) else "auto",
    )
    levels = heights.min() + np.ptp(heights) * np.linspace(0.05, 1, 12) ** 3
    left.contour(x, y, heights, levels, colors=[PALE], linewidths=1, linestyles="-", zorder=1)
    (path,) = left.plot([], [], "o-", color=VERMILION, linewidth=1.2, markersize=4, gid="path")
    (first,) = left.plot([], [], "s", color=BLUE, markersize=9, gid="start")
    fall = _Fall(right, n_steps, lengths.max(), "length of the gradient")

    def update(rate, x, y):
        made = walk(rate, x, y)
        path.set_data(*made.points.T)
        first.set_data([x], [y])
        return [path, first, *fall.show(made)]

    def point(place, finer):
        words = (written(at, step / finer) for at, step in zip(place, steps, strict=True))
        return "({}, {})".format(*words)

    def describe(rate, x, y):
        made = walk(rate, x, y)
        return _story(made, written(rate, rate_step), point((x, y), 1), point(made.points[-1], 100))

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(
                left,
                lambda **values: walk(**values).first(box),
                lambda to, up, **values: walk(**values).rate_to(box, [to, up]),
                "end of the first step",
            ),
            Handle(
                left,
                lambda x, y, **_: (x, y),
                lambda to, up, **_: {"x": to, "y": up},
                "start",
            ),
        ],
        rate=_rate_slider(rate_step),
        **{
            name: slider(*each[[0, -1]].tolist(), start=at, step=step, label=f"start, its {name}")
            for name, each, at, step in zip("xy", stops, begin, steps, strict=True)
        },
    )


class _Walk(NamedTuple):
    """Points of a walk, (k, d), the height and the size of the slope at each, and its end.

    It ends early where it leaves the picture ("out"), or where f or grad is no number ("torn").
    """

    rate: float
    slope: np.ndarray  # at the start, (d,)
    points: np.ndarray
    heights: np.ndarray
    sizes: np.ndarray
    end: str

    def first(self, box):
        """Return where the first step leads, at most to the edge of the box; None if nowhere."""
        if not self.slope.any():
            return None
        ends = np.where(self.slope > 0, *box.T)
        moves = self.slope != 0
        farthest = ((self.points[0] - ends)[moves] / self.slope[moves]).min()
        place = self.points[0] - min(self.rate, farthest) * self.slope
        return tuple(np.clip(place, *box.T).tolist())

    def rate_to(self, box, place):
        """Return the rate whose first step ends nearest to a place."""
        here = self.first(box)
        if here is None:
            return {}
        if np.allclose(here, place, rtol=0, atol=1e-4 * np.ptp(box, axis=1)):
            return {"rate": self.rate}  # the step may lead further than the edge
        slope = self.slope / np.abs(self.slope).max()
        rate = slope @ (self.points[0] - place) / (slope @ slope) / np.abs(self.slope).max()
        return {"rate": float(rate)}


class _Ground:
    """A function and its slope, which are asked inside a box, (d, 2), alone."""

    def __init__(self, f, grad, box):
        self.f, self.box = function(f, "f"), box
        self.grad = self.measured if grad is None else function(grad, "grad")
        self.shape = (2,) if len(box) == 2 else ()

    def measured(self, x):
        """Return the slope of f at a point, from values nearby that lie in the box."""
        slopes = []
        for axis, (low, high) in enumerate(self.box):
            h = 1e-5 * (high - low)

            def along(t, axis=axis):
                if not self.shape:
                    return self.f(float(t))
                point = np.array(x, dtype=float)
                point[axis] = t
                return self.f(point)

            at = np.atleast_1d(x)[axis]
            left, right = max(at - h, low), min(at + h, high)
            slopes.append(derivative(along, left, h=right - left, scheme="forward"))
        return np.array(slopes) if self.shape else slopes[0]

    def slopes(self, points):
        """Return grad at each point, (n, d)."""
        places = points if self.shape else points[:, 0]
        return values_of(self.grad, places, "grad", shape=self.shape).reshape(points.shape)

    def refuse_another_slope(self, points):
        """Refuse a grad that is not the slope of f, but for single points such as corners."""
        given = self.slopes(points)
        found = values_of(
            self.measured, points if self.shape else points[:, 0], "f", shape=self.shape
        )
        found = found.reshape(points.shape)
        if not found.any():
            raise ValueError("the slope of f is 0 all over the interval: no way leads down")
        off = np.abs(given - found) - 0.02 * (np.abs(given) + np.abs(found))
        wrong = (off > 1e-3 * np.abs(found).max()).any(axis=1)
        if wrong.mean() > 0.25:
            worst = off.max(axis=1).argmax()
            at, says, rises = (_list(each[worst]) for each in (points, given, found))
            raise ValueError(
                f"grad is not the slope of f: at {at} it is {says}, but values of f nearby rise "
                f"by {rises} a unit"
            )

    def walks(self, n_steps):
        """Return a function from a rate and a start to the walk from there."""

        @lru_cache(maxsize=4)  # what is drawn, what is said and the handles ask for it
        def along(rate, start):
            points, slopes = [], []

            def slope_inside(x):
                if not ((self.box[:, 0] <= x) & (x <= self.box[:, 1])).all():
                    raise OverflowError  # for the walk it is as if the numbers ended there
                points.append(x)
                slopes.append(self.slopes(x[None])[0])
                return slopes[-1]

            end = ""
            try:
                path = steepest_descent(slope_inside, start, learning_rate=rate, n_steps=n_steps)
                slope_inside(path[-1])
            except (DivergenceError, OverflowError):
                end = "out"
            except (TypeError, ValueError):
                end = "torn"
            heights = []
            try:
                for point in points[: len(slopes)]:
                    place = point if self.shape else point[0]
                    heights += values_of(self.f, [place], "f").tolist()
            except (TypeError, ValueError):
                end = "torn"
            points, slopes = (np.array(each[: len(heights)]) for each in (points, slopes))
            sizes = np.linalg.norm(slopes, axis=1)
            return _Walk(rate, slopes[0], points, np.array(heights), sizes, end)

        def walk(rate, *start, **named):
            return along(rate, (*start, *named.values()))

        return walk


class _Fall:
    """The sizes of slopes, step by step, on a logarithmic axis."""

    def __init__(self, axes, n_steps, largest, title):
        top = 10.0 ** (np.ceil(np.log10(largest)) + 1.5)
        self.bottom = 1e-12 * top
        axes.set(yscale="log", xlim=(-0.5, n_steps + 0.5), ylim=(self.bottom, top))
        axes.set(xlabel="step", title=title)
        axes.axhline(self.bottom, color=GREY, linewidth=1)
        (self.line,) = axes.plot([], [], "o-", color=VERMILION, markersize=4, gid="sizes")
        style = {"color": VERMILION, "ha": "right", "va": "top", "fontweight": "bold"}
        self.note = axes.text(n_steps, top / 2, "", **style, gid="note")  # above all slopes

    def show(self, walk):
        self.line.set_data(range(len(walk.sizes)), walk.sizes)
        below = np.flatnonzero(walk.sizes < self.bottom)
        words = {"out": "leaves the picture", "torn": "no number"}.get(walk.end, "")
        if words:
            words = f"{words} at step {len(walk.points)}"
        elif below.size:
            size = "0" if walk.sizes[-1] == 0 else f"below {short(self.bottom, 1)}"
            words = f"{size} from step {below[0]} on"
        self.note.set_text(words)
        return self.line, self.note


def _story(walk, rate, start, last):
    """Return one sentence about a walk."""
    n_steps, height, size = len(walk.points) - 1, short(walk.heights[-1]), short(walk.sizes[-1], 3)
    if walk.sizes[0] == 0:
        where = f"at the start, {start}, the slope is 0, and f is {height}"
        return f"At rate {rate} nothing moves: {where}."
    steps = f"{n_steps} step{'s'[n_steps == 1 :]}"
    there = f"{last} after {steps}: f is {height} there, and the slope {size}"
    head = f"At rate {rate} the walk from {start}"
    if walk.end == "out":
        return f"{head} leaves the picture from {there}."
    if walk.end == "torn":
        return f"{head} ends at {there}, but beyond it f or its slope is no number."
    return f"{head} is at {there}."


def _rate_step(bends, slopes, width):
    """Return a step for rates, up to a little more than what most of the curve can bear."""
    bend, largest = np.percentile(np.abs(bends), 75), np.abs(slopes).max()
    bears = 2.4 / bend if bend * width > 0.05 * largest else 0.4 * width / largest
    return step_below(bears / N_RATES * (1 + 1e-6))


def _rate_slider(step):
    ends = step, N_RATES * step
    return slider(*ends, start=N_RATES / 2 * step, step=step, label="learning rate")


def _stops(ends, step):
    first, last = stops_between(*ends, step)
    return np.round(first + step * np.arange(round((last - first) / step) + 1), 12)


def _good_start(walk, stops, shares, rate_step):
    """Return the start, of those at some shares of the stops, of the steepest walk inside."""
    stops = [stops] if np.ndim(stops[0]) == 0 else stops
    starts = [
        [float(each[round(s * (len(each) - 1))]) for each, s in zip(stops, share, strict=True)]
        for share in np.reshape(shares, (len(shares), -1))
    ]
    made = [walk(N_RATES / 2 * rate_step, *start) for start in starts]
    return starts[max(range(len(made)), key=lambda i: (made[i].end == "", made[i].sizes[0]))]


def _both(shown):
    """Return the intervals of x and of y: one that was given, or both."""
    if shown is None:
        return (-2.0, 2.0), (-2.0, 2.0)
    if np.ndim(shown) == 1:
        return 2 * (interval(shown, "interval"),)
    rows = matrix(shown, "interval")
    if rows.shape != (2, 2):
        raise ValueError(
            f"interval must be two numbers, or two of them for x and two for y, not {shown!r}"
        )
    return tuple(interval(row, f"interval[{i}]") for i, row in enumerate(rows))


def _apart(heights):
    """Return the lowest and the highest, or a little below and above where they are one."""
    low, high = heights.min(), heights.max()
    return (low, high) if high - low > 1e-12 * max(abs(low), abs(high)) else (low - 1, high + 1)


def _list(values):
    return short(values[0]) if len(values) == 1 else "[{}]".format(", ".join(map(short, values)))
