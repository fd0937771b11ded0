"""The network in training: its losses, its counts and its regions."""

import numpy as np
import pytest

from explorers.drawn import numbers, part, points
from explorers.pictures import Pictures
from mlmath_helpers.datasets import load_penguins
from mlmath_helpers.explorers import calculus as explorers


def test_the_training_counts_the_penguins_it_holds_out(made):
    measured = ~np.isnan(load_penguins().measurements).any(axis=1)
    explorer = made(explorers.training)
    (seen,) = numbers(part(explorer, "seen").get_text())
    (held_out,) = numbers(part(explorer, "held out").get_text())
    assert seen + held_out == measured.sum() == 342
    assert f"of {held_out:.0f} penguins held out are named rightly" in explorer.sentence
    assert part(explorer, "guessing").get_text() == f"guessing costs {np.log(3):.3f}"


@pytest.mark.parametrize("epoch", [0, 1, 60])
def test_the_losses_and_the_count_that_are_said_are_those_of_the_picture(made, epoch):
    explorer = made(explorers.training, epoch=epoch)
    *_, right, of, held_out, seen = numbers(explorer.sentence)
    assert points(explorer, "held-out loss").T[1, -1] == pytest.approx(held_out, abs=6e-4)
    assert points(explorer, "loss").T[1, -1] == pytest.approx(seen, abs=6e-4)
    # the filled points, kind by kind, are counted where the network answers that kind
    areas = part(explorer, "areas").get_paths()
    kinds = held_out_points(explorer)
    assert sum(map(len, kinds)) == of
    inside = [path.contains_points(kind).sum() for path, kind in zip(areas, kinds, strict=True)]
    assert sum(inside) == pytest.approx(right, abs=2)  # a bird on a border may fall on either side


def held_out_points(explorer):
    """Return the places of the filled points, one array for each kind."""
    lines = explorer.figure.axes[0].lines
    return [line.get_xydata() for line in lines if line.get_markerfacecolor() != "white"]


def test_the_network_learns_and_its_regions_cover_the_picture_once(made):
    explorer = made(explorers.training, epoch=0)
    before = explorer.sentence
    losses = points(made(explorers.training, epoch=60), "loss").T[1]
    assert losses[0] > 0.8
    assert losses[-1] < 0.15
    assert explorer.sentence != before
    (areas,) = explorer.figure.findobj(lambda artist: artist.get_gid() == "areas")
    sizes = [
        sum(_signed_area(polygon) for polygon in path.to_polygons(closed_only=True))
        for path in areas.get_paths()
    ]
    # Where three meet, a cell of the grid of 60 x 60 may be missed.
    assert sum(sizes) == pytest.approx(30 * 10, rel=3e-3)


def _signed_area(polygon):
    x, y = polygon.T
    return (x[:-1] @ y[1:] - x[1:] @ y[:-1]) / 2


def test_the_points_of_a_region_are_what_the_network_answers(made):
    explorer = made(explorers.training, epoch=60)
    (areas,) = explorer.figure.findobj(lambda artist: artist.get_gid() == "areas")
    penguins = load_penguins()
    measured = ~np.isnan(penguins.measurements).any(axis=1)
    places = penguins.measurements[measured, :2]
    inside = np.array([path.contains_points(places) for path in areas.get_paths()])
    found = inside.argmax(axis=0)
    truth = np.unique(penguins.species[measured], return_inverse=True)[1]
    assert (found == truth).mean() > 0.94


class TestPictures(Pictures):
    figures = (explorers.training,)
