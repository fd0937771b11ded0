"""A photograph of low rank: what is drawn and said, computed a second way."""

import itertools

import numpy as np
import pytest

from explorers.drawn import assert_true, drawn, every_value, numbers, part, points, set_to
from explorers.pictures import Pictures
from mlmath_helpers.datasets import load_portrait
from mlmath_helpers.explorers import linear_algebra as explorers
from mlmath_helpers.linear_algebra import low_rank


def test_the_picture_is_the_best_of_its_rank_and_the_error_is_its_distance(made):
    explorer = made(explorers.image_compression)
    portrait = load_portrait().astype(float)
    half = (
        portrait[::2, ::2] + portrait[1::2, ::2] + portrait[::2, 1::2] + portrait[1::2, 1::2]
    ) / 4
    for k in (1, 20, 100, 256):
        words = set_to(explorer, k=k, shuffled=0.0)
        best = low_rank(half, k)
        shown = part(explorer, "picture").get_array()[..., 0]
        assert np.abs(shown - best.clip(0, 255)).max() < 1.01  # whole grey levels
        error = np.sqrt(((half - best) ** 2).sum() / (half**2).sum())
        (name,) = [t for t in explorer.figure.axes[1].texts if t.get_text() == "as photographed"]
        assert not name.get_visible(), "there is one line only"
        storage = k * (300 + 256 + 1) / (300 * 256)
        assert words.startswith(f"Rank {k} leaves {error:.1%} error (Frobenius norm)")
        assert f"takes {storage:.1%} of the numbers" in words
        assert "300 × 256" in explorer.figure.axes[0].get_title(loc="left")
        assert ("no saving" in words) == (storage >= 1)


def test_shuffling_keeps_the_grey_levels_and_flattens_the_spectrum(made):
    explorer = made(explorers.image_compression)
    shares = every_value(explorer.controls["shuffled"])
    errors, levels, where = [], [], []
    for share in shares:
        words = set_to(explorer, k=256, shuffled=share)
        picture = np.asarray(part(explorer, "picture").get_array()[..., 0], dtype=int)
        levels.append(np.sort(picture, axis=None))
        where.append(picture)
        words = set_to(explorer, k=20)
        errors.append(numbers(words)[1])
        assert words.endswith(f"{f'{share:.0%} of' if share else 'no'} pixels are shuffled.")
        sizes = part(explorer, "spectrum").get_ydata()
        assert (np.diff(sizes) <= 0).all()
        assert (sizes**2).sum() == pytest.approx((levels[0].astype(float) ** 2).sum(), rel=0.01)
    for share, level, picture in zip(shares, levels, where, strict=True):
        assert np.abs(level - levels[0]).max() <= 1  # half levels are rounded
        moved = (np.abs(picture - where[0]) > 1).mean()
        assert moved == pytest.approx(share * 0.97, abs=0.04)  # some meet their own level again
    assert errors == sorted(errors)
    assert errors[-1] > 3 * errors[0]


def test_pulling_the_last_value_kept_sets_the_rank(made):
    explorer = made(explorers.image_compression)
    for x, k in [(0, 1), (71, 65), (73, 80), (227, 200), (229, 256), (258, 256)]:
        explorer.drag("last value kept", x, 100)
        assert explorer.controls["k"].value == k
    set_to(explorer, shuffled=1.0)
    explorer.drag("last value kept", 10.2, 100)
    assert (explorer.controls["k"].value, explorer.controls["shuffled"].value) == (12, 1.0)


def rings(m, n):
    return np.cos(np.hypot(*np.meshgrid(np.linspace(-9, 12, n), np.linspace(-7, 9, m))))


RNG = np.random.default_rng(0)
OWN = {
    "grey": 255 * RNG.random((40, 70)),
    "whole numbers, wide": RNG.integers(0, 17, (4, 600)),
    "low and high": 1e-5 * rings(90, 60),
    "true and false": np.eye(12, dtype=bool),
    "constant": np.full((20, 30), 7.0),
    "colours": RNG.integers(0, 256, (30, 20, 3), dtype=np.uint8),
    "with opacity": RNG.random((30, 20, 4)),
}


@pytest.mark.parametrize("name", OWN)
def test_a_picture_of_ones_own_is_kept_by_rank(own, name):
    given = OWN[name].copy()
    explorer = own(explorers.image_compression, given)
    np.testing.assert_array_equal(given, OWN[name])
    grey = OWN[name].astype(float)
    if grey.ndim == 3:
        grey = 0.299 * grey[..., 0] + 0.587 * grey[..., 1] + 0.114 * grey[..., 2]
    m, n = grey.shape
    ranks = every_value(explorer.controls["k"])
    assert (ranks[0], ranks[-1]) == (1, min(m, n))
    black, white = min(0, grey.min()), grey.max()
    for k in (1, ranks[len(ranks) // 2], ranks[-1]):
        words = set_to(explorer, k=k)
        best = low_rank(grey, k)
        levels = ((best - black) / (white - black) * 255).clip(0, 255)
        shown = part(explorer, "picture").get_array()
        assert np.abs(shown[..., 0] - levels).max() < 1.01
        assert (shown[..., 0] == shown[..., 2]).all()
        error = np.sqrt(((grey - best) ** 2).sum() / (grey**2).sum())
        assert words.startswith(f"Rank {k} leaves {error:.1%} error (Frobenius norm) and takes ")
        assert numbers(words)[2] == pytest.approx(k * (m + n + 1) / (m * n), abs=0.00051)
    left, right = explorer.figure.axes
    assert left.get_title(loc="left") == f"picture, {m} × {n}, rank k"
    assert "photograph" not in " ".join(text.get_text() for text in right.texts)
    sizes = np.linalg.svd(grey, compute_uv=False)
    drawn = part(explorer, "spectrum").get_ydata()
    scale = drawn[0] / sizes[0]
    seen = sizes * scale > right.get_ylim()[0] * 1.001
    np.testing.assert_allclose(drawn[seen], sizes[seen] * scale, rtol=1e-6)
    np.testing.assert_allclose(drawn[~seen], right.get_ylim()[0], rtol=2e-3)
    for share in every_value(explorer.controls["shuffled"]):
        for k in ranks:
            set_to(explorer, k=k, shuffled=share)
            assert right.get_ylim()[0] <= points(explorer, "dot")[0, 1] < right.get_ylim()[1] / 2
            boxes = [text.get_window_extent() for text in right.texts if text.get_visible()]
            for one, other in itertools.combinations(boxes, 2):
                assert not one.overlaps(other)


def test_a_picture_of_ones_own_is_drawn_as_it_is_and_its_handle_keeps_still(own):
    explorer = drawn(own(explorers.image_compression, rings(50, 30)))
    (handle,) = explorer.handles
    for state in ({"k": 1}, {"k": 25, "shuffled": 0.5}, {"k": 30, "shuffled": 0.0}):
        set_to(explorer, **state)
        assert_true(explorer)
        values = explorer._values()
        assert explorer._wanted(handle, handle.at(**values), values) == values
    assert explorer.picture.call == "explorers.image_compression(picture, k=30)"


@pytest.mark.parametrize(
    ("picture", "kind", "message"),
    [
        (np.ones(9), ValueError, r"a 2-D array of grey levels, or one of shape \(m, n, 3\)"),
        (np.ones((9, 9, 2)), ValueError, r"and blue, not an array of shape \(9, 9, 2\)"),
        (np.ones((3, 9)), ValueError, "from 4 to 600 pixels high and wide, not 3 × 9;"),
        (np.ones((5, 601)), ValueError, r"not 5 × 601; of a larger .* picture\[::2, ::2\]"),
        (np.zeros((9, 9)), ValueError, "picture must not be 0 everywhere"),
        (np.full((9, 9), np.nan), ValueError, "picture holds nan or inf"),
        ("portrait.png", TypeError, "picture must hold real numbers"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_refused(picture, kind, message):
    with pytest.raises(kind, match=message):
        explorers.image_compression(picture)


class TestPictures(Pictures):
    figures = (explorers.image_compression,)
