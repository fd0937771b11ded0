"""A normal fitted to two peaks, against integration on another grid and a search."""

import math

import numpy as np
import pytest
from scipy import integrate, optimize, stats

from explorers.drawn import numbers, part, set_to
from explorers.pictures import Pictures
from mlmath_helpers.explorers import information_theory as explorers


def divergence(separation, mean, width, direction):
    """Integrate in logarithms, on a wider and finer grid than the explorer's."""
    x = np.linspace(-40, 40, 16001)

    def log_normal(centre, sd):
        return -(((x - centre) / sd) ** 2) / 2 - math.log(sd * math.sqrt(2 * math.pi))

    peaks = [log_normal(sign * separation / 2, 0.75) for sign in (-1, 1)]
    log_p, log_q = np.logaddexp(*peaks) - math.log(2), log_normal(mean, width)
    true, model = (log_p, log_q) if direction == "forward" else (log_q, log_p)
    return integrate.simpson(np.exp(true) * (true - model), x=x) / math.log(2)


@pytest.mark.parametrize("direction", ["forward", "reverse"])
@pytest.mark.parametrize(
    ("separation", "mean", "width"),
    [(4.0, 1.0, 1.0), (0.0, 0.0, 0.75), (6.0, -3.0, 0.6), (6.0, 3.0, 3.2), (2.5, -0.4, 1.2)],
)
def test_the_divergence_agrees_with_integration_on_another_grid(
    made, separation, mean, width, direction
):
    explorer = made(
        explorers.kl_two_peaks, separation=separation, mean=mean, width=width, direction=direction
    )
    bits, centre, sd, share, _, apart = numbers(explorer.sentence)
    expected = divergence(separation, mean, width, direction)
    assert bits == pytest.approx(expected, abs=1e-3)  # the last digit, and tails cut at 19
    assert (centre, sd, apart) == (mean, width, separation / 2)
    halves = [stats.norm(sign * separation / 2, 0.75) for sign in (-1, 1)]
    ends = [mean - 2 * width, mean + 2 * width]
    inside = np.mean([np.diff(half.cdf(ends)) for half in halves])
    assert share == pytest.approx(inside, abs=0.02)  # of a grid, with half a cell at each end


@pytest.mark.parametrize("direction", ["forward", "reverse"])
@pytest.mark.parametrize("separation", [0.0, 2.0, 4.0, 6.0])
def test_the_button_finds_the_best_fit(made, separation, direction):
    explorer = made(explorers.kl_two_peaks, separation=separation, direction=direction)
    explorer.act("find the best fit")
    mean, width = (explorer.controls[name].value for name in ("mean", "width"))
    starts = [
        (0, math.hypot(0.75, separation / 2)),
        (separation / 2, 0.75),
        (-separation / 2, 0.75),
    ]
    best = min(
        optimize.minimize(
            lambda v: divergence(separation, v[0], math.exp(v[1]), direction),
            (start, math.log(wide)),
            method="Nelder-Mead",
            options={"xatol": 1e-3, "fatol": 1e-5},
        ).fun
        for start, wide in starts
    )
    assert divergence(separation, mean, width, direction) <= best + 0.01  # the sliders' steps


def test_two_normals_at_one_place_are_called_one(made):
    explorer = made(explorers.kl_two_peaks, separation=0.0)
    assert explorer.sentence.endswith("p is one normal at 0.00.")
    set_to(explorer, separation=1.0)  # too near each other for two peaks
    assert explorer.sentence.endswith("p mixes normals at ±0.50.")
    density = part(explorer, "p").get_xy()[1:-2, 1]
    assert (np.diff(np.sign(np.diff(density))) < 0).sum() == 1


@pytest.mark.parametrize(
    ("separation", "mean", "width"),
    [(5.0, 2.5, 1.5), (5.0, 3.0, 1.0), (0.0, 0.0, 0.75), (0, 0.3, 0.75)],
)
def test_the_names_of_the_densities_are_off_both_curves_and_off_each_other(
    made, separation, mean, width
):
    explorer = made(explorers.kl_two_peaks, separation=separation, mean=mean, width=width)
    pixels = explorer.figure.axes[0].transData.transform
    p, q = part(explorer, "p").get_xy()[1:-2], part(explorer, "q").get_xydata()
    curves = pixels(np.concatenate([p, q]))
    names = [part(explorer, f"name of {name}").get_window_extent() for name in "pq"]
    assert not names[0].overlaps(names[1])
    for name in names:
        assert not name.count_contains(curves)


def test_forward_covers_both_peaks_and_reverse_seeks_the_nearer_one(made):
    explorer = made(explorers.kl_two_peaks)
    explorer.act("find the best fit")
    assert explorer.controls["mean"].value == 0
    assert explorer.controls["width"].value == pytest.approx(math.hypot(0.75, 2.5), abs=0.05)
    for nearer in (-2.5, 2.5):
        set_to(explorer, direction="reverse", mean=nearer / 2)
        explorer.act("find the best fit")
        assert explorer.controls["mean"].value == nearer
        assert explorer.controls["width"].value == pytest.approx(0.75, abs=0.051)


def test_the_shaded_area_is_the_divergence(made):
    explorer = made(explorers.kl_two_peaks)
    explorer.act("find the best fit")  # nothing is off the scale there
    x, y = part(explorer, "area").get_xy()[1:-2].T
    bits = numbers(explorer.sentence)[0]
    assert integrate.trapezoid(y, x) == pytest.approx(bits, abs=2e-3)


def test_the_peak_of_q_is_pulled_to_another_mean_and_its_flank_to_another_width(made):
    explorer = made(explorers.kl_two_peaks)
    for x, mean in [(-1.62, -1.6), (0.04, 0), (7.5, 3)]:
        explorer.drag("peak of q", x, 0.1)
        assert explorer._values() == explorer._starts | {"mean": mean}
    for mean, x, width in [(3, 4.52, 1.5), (-2, 0, 2), (0, -5, 0.6), (0, 8, 3.2)]:
        set_to(explorer, mean=mean, width=1.0)
        explorer.drag("flank of q", x, 0.7)
        assert explorer._values() == explorer._starts | {"mean": mean, "width": width}


@pytest.mark.parametrize(("mean", "width"), [(1.0, 1.0), (-3.0, 0.6), (0.2, 3.2)])
def test_the_handles_lie_on_q_where_it_is_highest_and_steepest(made, mean, width):
    explorer = made(explorers.kl_two_peaks, mean=mean, width=width)
    x, q = part(explorer, "q").get_data()
    peak, flank = (handle.at(**explorer._values()) for handle in explorer.handles)
    step = x[1] - x[0]
    assert peak == pytest.approx((x[q.argmax()], q.max()), abs=step)
    steepest = np.gradient(q, step).argmin()
    assert flank == pytest.approx((x[steepest], q[steepest]), abs=2 * step)


class TestPictures(Pictures):
    figures = (explorers.kl_two_peaks,)
