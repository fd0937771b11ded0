"""The explorer of the opening notebook, against distances computed from scratch."""

import numpy as np
import pytest

from explorers.drawn import part
from mlmath_helpers.datasets import load_digits
from mlmath_helpers.explorers import start_here

SHARES = np.arange(101) / 100


@pytest.fixture(scope="module")
def explorer():
    explorer = start_here.blend()
    yield explorer
    explorer.close()


def drawn(explorer, name):
    return np.asarray(part(explorer, name).get_array(), dtype=float)


def distances(picture):
    images, labels = load_digits()
    return [
        np.sqrt(((picture - images[labels == digit].mean(axis=0)) ** 2).sum())
        for digit in range(10)
    ]


@pytest.mark.parametrize("pair", ["3 and 8", "4 and 9", "1 and 7"])
def test_the_blend_goes_from_one_real_image_to_another(explorer, pair):
    explorer.controls["pair"].value = pair
    images, labels = load_digits()
    ends = [int(digit) for digit in pair.split(" and ")]
    for name, digit in zip(("first", "second"), ends, strict=True):
        same = (images == drawn(explorer, name)).all(axis=(1, 2))
        assert same.sum() == 1
        assert labels[same] == digit
    for share in (0, 0.25, 0.8, 1):
        explorer.controls["share"].value = share
        expected = (1 - share) * drawn(explorer, "first") + share * drawn(explorer, "second")
        np.testing.assert_allclose(drawn(explorer, "blend"), expected, atol=1e-12)


def test_the_list_holds_the_64_numbers_of_the_blend_row_by_row(explorer):
    explorer.controls["share"].value = 0.37
    np.testing.assert_array_equal(drawn(explorer, "list"), drawn(explorer, "blend").reshape(1, 64))


@pytest.mark.parametrize("pair", ["3 and 8", "4 and 9", "1 and 7"])
def test_bars_and_words_hold_the_distances_to_the_ten_averages(explorer, pair):
    explorer.controls["pair"].value = pair
    first, second = (int(digit) for digit in pair.split(" and "))
    (bars,) = explorer.figure.axes[1].containers
    for share in SHARES[::10]:
        explorer.controls["share"].value = share
        away = distances(drawn(explorer, "blend"))
        np.testing.assert_allclose([bar.get_width() for bar in bars], away, rtol=1e-12)
        nearest = int(np.argmin(away))
        assert [digit for digit, bar in enumerate(bars) if bar.get_hatch()] == [nearest]
        words = explorer.sentence
        assert f" is {away[first]:.1f} from the average {first} and " in words
        assert f" and {away[second]:.1f} from the average {second}; nearest is {nearest}" in words
        (text,) = explorer.figure.axes[1].texts
        assert text.get_text() == f"{away[nearest]:.1f}, nearest"
        assert words.startswith(f"{1 - share:.0%} of the {first} plus {share:.0%} of the {second}")


@pytest.mark.parametrize("pair", ["3 and 8", "4 and 9", "1 and 7"])
def test_the_words_follow_the_decision_but_never_foretell_the_flip(explorer, pair):
    explorer.controls["pair"].value = pair
    first, second = (int(digit) for digit in pair.split(" and "))
    a, b = drawn(explorer, "first"), drawn(explorer, "second")
    read = []
    for share in SHARES:
        explorer.controls["share"].value = share
        away = distances((1 - share) * a + share * b)
        nearest = int(np.argmin(away))
        read.append(nearest)
        met = f"{nearest}" if nearest in (first, second) else f"{nearest}, at {away[nearest]:.1f}"
        assert explorer.sentence.endswith(f"; nearest is {met}.")
    assert read[0] == first
    assert read[-1] == second
    flip = next(i for i, digit in enumerate(read) if digit != first)
    assert first not in read[flip:]
    assert flip != 50


def test_one_pair_meets_a_third_digit_on_the_way(explorer):
    met = {}
    for pair in ("3 and 8", "4 and 9", "1 and 7"):
        explorer.controls["pair"].value = pair
        for share in SHARES:
            explorer.controls["share"].value = share
            met.setdefault(pair, set()).add("nearest is 5, at " in explorer.sentence)
    assert sum(True in seen for seen in met.values()) == 1


def test_it_begins_with_the_first_digit_alone(explorer):
    explorer.reset()
    assert explorer.controls["share"].value == 0
    assert "100% of the 3 plus 0% of the 8" in explorer.sentence
