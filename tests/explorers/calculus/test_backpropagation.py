"""The network in training: its losses, its counts and its regions."""

import numpy as np
import pytest

from explorers.drawn import assert_true, numbers, part, points, set_to
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
    assert points(explorer, "last loss")[0] == pytest.approx([epoch, seen], abs=6e-4)
    assert points(explorer, "last held-out loss")[0] == pytest.approx([epoch, held_out], abs=6e-4)
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


@pytest.mark.parametrize(("x", "epoch"), [(-0.8, 0), (17.4, 17), (61.0, 60)])
def test_the_epoch_is_pulled_along_the_losses(made, x, epoch):
    explorer = made(explorers.training)
    explorer.drag("end of the curves", x, 0.4)
    assert explorer._values() == {"epoch": epoch}


RNG = np.random.default_rng(5)
ROUND = RNG.normal(size=(60, 2))
OWN = {
    "few": ([[0, 1], [1, 1], [0, 2], [5, 4], [6, 5], [5, 6]], list("aaabbb")),
    "rings of numbers": (ROUND * [1e4, 1e-3], (np.hypot(*ROUND.T) > 1).astype(int)),
    "five kinds": (ROUND - 1e3, [f"kind {k % 5}" for k in range(60)]),
}


@pytest.mark.parametrize(("X", "y"), OWN.values(), ids=OWN)
def test_ones_own_rows_are_those_that_are_drawn_learnt_and_counted(X, y):
    rows, kinds = np.array(X, dtype=float), np.array(y)
    explorer = explorers.training(X, y)
    assert np.array_equal(X, rows)
    assert np.array_equal(y, kinds)
    left, right = explorer.figure.axes
    lines = [line.get_xydata() for line in left.lines]
    assert sorted(map(tuple, np.concatenate(lines))) == sorted(map(tuple, rows))
    names = np.unique(kinds)
    for pair, name in zip(zip(lines[::2], lines[1::2], strict=True), names, strict=True):
        own = rows[kinds == name]  # hollow and filled ones of a kind
        assert sorted(map(tuple, np.concatenate(pair))) == sorted(map(tuple, own))
    assert [text.get_text()[2:] for text in left.texts] == list(map(str, names))
    ends = rows.min(axis=0), rows.max(axis=0)
    (low, bottom), (high, top) = ends
    assert left.get_xlim()[0] < low < high < left.get_xlim()[1]
    assert left.get_ylim()[0] < bottom < top < left.get_ylim()[1]
    for epoch in (0, 1, 60):
        set_to(explorer, epoch=epoch)
        assert "penguin" not in explorer.sentence
        *_, correct, of, held_out, seen = numbers(explorer.sentence)
        assert of == len(rows) // 3
        filled = np.concatenate([line for line in lines[1::2] if len(line)])
        assert len(filled) == of
        kind = [np.flatnonzero((rows == row).all(axis=1))[0] for row in filled]
        areas = part(explorer, "areas").get_paths()
        inside = np.array([area.contains_points(filled) for area in areas])
        labels = np.searchsorted(names, kinds[kind])
        agree = inside[labels, np.arange(len(filled))].sum()
        assert agree == pytest.approx(correct, abs=2)  # on a border
        assert points(explorer, "held-out loss")[-1, 1] == pytest.approx(held_out, abs=6e-4)
        assert points(explorer, "loss")[-1, 1] == pytest.approx(seen, abs=6e-4)
        low, high = right.get_ylim()
        assert low < min(held_out, seen) < max(held_out, seen) < high
        assert_true(explorer)
    assert part(explorer, "guessing").get_text() == f"guessing costs {np.log(len(names)):.3f}"
    explorer.close()


def test_the_axes_bear_the_names_of_the_columns():
    class Table(np.ndarray):
        columns = ("height (cm)", "weight (kg)")

    explorer = explorers.training(ROUND.view(Table), ROUND[:, 0] > 0)
    left, _ = explorer.figure.axes
    assert (left.get_xlabel(), left.get_ylabel()) == Table.columns
    explorer.close()


@pytest.mark.parametrize(
    ("X", "y", "error", "words"),
    [
        (ROUND, None, TypeError, "y is missing: give X and y, or neither"),
        (None, [1, 2], TypeError, "X is missing: give X and y, or neither"),
        (
            ROUND[:, :1],
            ROUND[:, 0] > 0,
            ValueError,
            "X must have 2 columns, for the two axes, not 1",
        ),
        (
            ROUND[:5],
            [0, 1, 0, 1, 0],
            ValueError,
            "X needs at least 6 rows, to hold some out, not 5",
        ),
        (ROUND, [0, 1], ValueError, "must have the same number of entries, not 60 and 2"),
        (ROUND, 60 * [3], ValueError, "y must hold two to five kinds, .*, not 1"),
        (ROUND, range(60), ValueError, "y must hold two to five kinds, .*, not 60"),
        (ROUND * [0, 1], ROUND[:, 0] > 0, ValueError, "column 0 of X is -?0 in every row"),
        (ROUND * [1, 1e200], ROUND[:, 0] > 0, ValueError, "column 1 of X is beyond 1e100"),
        (ROUND * np.nan, ROUND[:, 0] > 0, ValueError, "X holds nan or inf"),
    ],
)
def test_rows_that_no_figure_can_show_are_refused(X, y, error, words):
    with pytest.raises(error, match=words):
        explorers.training(X, y)


class TestPictures(Pictures):
    figures = (explorers.training,)
