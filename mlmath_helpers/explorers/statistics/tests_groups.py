"""What is dealt in the figure of the p-value: the course's two groups, or the learner's own."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ...probability import Normal
from ...statistics import permutation_test
from .._engine.controls import slider
from .._engine.units import (
    decimals,
    in_unit,
    own_numbers,
    padded,
    refuse_no_room,
    round_step,
    slider_of_steps,
    spread_of,
    unit_for,
)

DEALS = 1000
MOST_DRAWN = 400  # of a group: more would be one grey bar


class Study(NamedTuple):
    """Two groups that can be moved apart, stretched and made larger."""

    groups: Callable  # (difference, spread, size) -> a, b
    gaps: Callable  # size -> the gaps of a and of b to their means, at spread 1
    drawn: Callable  # (gaps of a group, size) -> the places of those that are drawn
    farthest: Callable  # size -> its place aside, its gap to its mean at spread 1, is it in a?
    far_label: str
    opening: Callable  # (a, b, spread, size) -> the first words of the sentence
    mean_of_b: float
    limits: tuple
    title: str
    ylabel: str
    reach: float  # how far out a difference of means may be
    xlabel: str
    stills: tuple
    controls: dict


def course_study():
    """Return two groups of which the learner sets all."""

    def groups(difference, spread, n):
        scores = spread * _scores(n)
        return 80 + difference + scores, 80 + scores

    def opening(a, b, spread, n):
        difference = a.mean() - b.mean()
        return f"Two groups of {n}, {difference:z.1f} points apart, spread {spread:.1f}"

    controls = {
        "difference": slider(
            0.0, 8.0, start=3.0, step=0.1, label="difference of the means (points)"
        ),
        "spread": slider(0.5, 5.0, start=3.0, step=0.1, label="spread in a group (points)"),
        "n": slider(2, 30, start=7, label="observations in a group"),
    }
    return Study(
        groups,
        lambda n: (_scores(n), _scores(n)),
        lambda gaps, n: np.arange(n),
        lambda n: (beside(n)[-1], _scores(n)[-1], False),
        "highest of b",
        opening,
        80,
        (67, 102),
        "two groups",
        "score (points)",
        10.6,
        "mean of a − mean of b (points)",
        ({"spread": 1.5}, {"n": 14}, {"difference": 1.0, "spread": 1.5, "n": 30}, {"deals": 40}),
        controls,
    )


def own_study(a, b):
    """Return the learner's two groups, in a unit in which they are handy numbers."""
    a, b = (own_numbers(value, name, at_most=10_000) for value, name in ((a, "a"), (b, "b")))
    largest = max(np.abs(a).max(), np.abs(b).max())
    if max(spread_of(a), spread_of(b)) == 0:
        raise ValueError(
            "a and b do not vary within themselves, so that their difference has no standard "
            "error to be compared with; give observations that vary"
        )
    refuse_no_room(max(spread_of(a), spread_of(b)), largest, "a and b")
    unit, unit_name = unit_for(_pooled_sd(a / largest, b / largest) * largest)
    a, b = a / unit, b / unit
    gaps_a, gaps_b = a - a.mean(), b - b.mean()
    sd, apart = _pooled_sd(a, b), float(a.mean() - b.mean())
    step = _step_through(apart, round_step(abs(apart) + sd, 100))
    first, part = step * round(apart / step), round(sd / 40, 11)
    lowest, highest = min(0, 2 * apart) - sd, max(0, 2 * apart) + sd
    digits = max(1, decimals(min(step, part)))
    most = max(2, min(10, 40_000 // (len(a) + len(b))))
    controls = {
        "difference": slider_of_steps(
            lowest, highest, start=first, step=step, label="mean of a less mean of b"
        ),
        "spread": slider_of_steps(
            10 * part, 80 * part, start=40 * part, step=part, label="spread in a group"
        ),
        "times": slider(1, most, start=1, label="times that each number is counted"),
    }
    first, part = controls["difference"].value, controls["spread"].value
    lowest, highest = controls["difference"].min, controls["difference"].max

    def groups(difference, spread, times):
        stretch = spread / part - 1  # at the start nothing is added, not even by rounding
        moved = a + (difference - first) + stretch * gaps_a, b + stretch * gaps_b
        return tuple(np.tile(group, times) for group in moved)

    def opening(a_now, b_now, spread, times):
        counted = f" (each × {times})" if times > 1 else ""
        of_unit = f" (in {unit_name})" if unit_name else ""
        difference = a_now.mean() - b_now.mean()
        return (
            f"{len(a)} in a, {len(b)} in b{counted}, {difference:z.{digits}f} apart, "
            f"spread {spread:.{digits}f}{of_unit}"
        )

    def drawn(gaps, times):
        n = len(gaps) if len(gaps) <= MOST_DRAWN else len(gaps) // times  # copies lie on them
        if n <= MOST_DRAWN:
            return np.arange(n)
        return np.argsort(gaps[:n])[np.linspace(0, n - 1, MOST_DRAWN).round().astype(int)]

    in_a = not gaps_b.any()  # then b is one point, whatever the spread
    gaps = gaps_a if in_a else gaps_b
    gaps = gaps[drawn(gaps, 1)]
    far = int(np.abs(gaps).argmax())
    widest = controls["spread"].max / part
    ends = [b.mean() + widest * gap for gap in (gaps_b.min(), gaps_b.max())]
    ends += [b.mean() + lowest + widest * gaps_a.min(), b.mean() + highest + widest * gaps_a.max()]
    moves, _ = deal(gaps_a, gaps_b)
    corners = [(d, widest) for d in (lowest, highest)]
    reach = max(np.abs(moves @ np.transpose(corners)).max(), -lowest, highest)
    many = [name for name, group in (("a", a), ("b", b)) if len(group) > MOST_DRAWN]
    return Study(
        groups,
        lambda times: (np.tile(gaps_a / part, times), np.tile(gaps_b / part, times)),
        drawn,
        lambda times: (beside(far + 1)[-1], gaps[far] / part, in_a),
        f"farthest of {'a' if in_a else 'b'}",
        opening,
        float(b.mean()),
        padded(min(ends), max(ends), 0.05),
        f"two groups ({MOST_DRAWN} of {' and '.join(many)} drawn)" if many else "two groups",
        in_unit("value", unit_name),
        1.1 * reach,
        in_unit("mean of a − mean of b", unit_name),
        ({"spread": controls["spread"].max}, {"difference": highest}, {"deals": 40}),
        controls,
    )


def deal(gaps_a, gaps_b):
    """Deal the labels of two groups again and again, the groups as they are first.

    Return by how much each deal parts the means for each unit of your own difference and for
    each unit of spread, (deals, 2), and which numbers it calls a, (deals, n).
    """
    dealt = permutation_test(gaps_a, gaps_b, n_deals=DEALS, rng=0)
    stay = dealt.labels[:, : len(gaps_a)].mean(axis=1)  # the share of a that is called a again
    apart = stay - (1 - stay) * len(gaps_a) / len(gaps_b)
    return np.column_stack([apart, dealt.differences]), dealt.labels


def _step_through(number, step):
    """Return a step near the one given, of which whole ones lead from 0 to a number."""
    if abs(number) < step / 10:
        return step
    return round(abs(number) / np.ceil(abs(number) / step), 11)


def _pooled_sd(a, b):
    squares = ((a - a.mean()) ** 2).sum() + ((b - b.mean()) ** 2).sum()
    return float(np.sqrt(squares / (len(a) + len(b) - 2)))


def beside(n):
    """Return places side by side, so that no point hides another."""
    return 0.5 * (0.618 * np.arange(n) % 1) - 0.25


@lru_cache(maxsize=64)  # where the handles are asks for the same again
def _scores(n):
    """Return n numbers spread like a normal sample, with mean 0 and standard deviation 1."""
    scores = Normal().quantile((np.arange(n) + 0.5) / n)
    return scores / scores.std(ddof=1)
