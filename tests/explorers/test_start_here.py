"""The explorer of the opening notebook, against distances computed from scratch."""

import numpy as np
import pytest

from explorers.drawn import part, set_to
from explorers.pictures import Pictures
from mlmath_helpers.datasets import load_digits
from mlmath_helpers.explorers import start_here

SHARES = np.arange(101) / 100


@pytest.fixture
def blend(made):
    return made(start_here.blend)


def drawn(blend, name):
    return np.asarray(part(blend, name).get_array(), dtype=float)


def distances(picture):
    images, labels = load_digits()
    return [
        np.sqrt(((picture - images[labels == digit].mean(axis=0)) ** 2).sum())
        for digit in range(10)
    ]


@pytest.mark.parametrize("pair", ["3 and 8", "4 and 9", "1 and 7"])
def test_the_blend_goes_from_one_real_image_to_another(blend, pair):
    set_to(blend, pair=pair)
    images, labels = load_digits()
    ends = [int(digit) for digit in pair.split(" and ")]
    for name, digit in zip(("first", "second"), ends, strict=True):
        same = (images == drawn(blend, name)).all(axis=(1, 2))
        assert same.sum() == 1
        assert labels[same] == digit
    for share in (0, 0.25, 0.8, 1):
        set_to(blend, share=share)
        expected = (1 - share) * drawn(blend, "first") + share * drawn(blend, "second")
        np.testing.assert_allclose(drawn(blend, "blend"), expected, atol=1e-12)


def test_the_list_holds_the_64_numbers_of_the_blend_row_by_row(blend):
    set_to(blend, share=0.37)
    np.testing.assert_array_equal(drawn(blend, "list"), drawn(blend, "blend").reshape(1, 64))


@pytest.mark.parametrize("pair", ["3 and 8", "4 and 9", "1 and 7"])
def test_bars_and_words_hold_the_distances_to_the_ten_averages(blend, pair):
    set_to(blend, pair=pair)
    first, second = (int(digit) for digit in pair.split(" and "))
    (bars,) = blend.figure.axes[1].containers
    for share in SHARES[::10]:
        set_to(blend, share=share)
        away = distances(drawn(blend, "blend"))
        np.testing.assert_allclose([bar.get_width() for bar in bars], away, rtol=1e-12)
        nearest = int(np.argmin(away))
        assert [digit for digit, bar in enumerate(bars) if bar.get_hatch()] == [nearest]
        words = blend.sentence
        assert f" is {away[first]:.1f} from the average {first} and " in words
        assert f" and {away[second]:.1f} from the average {second}; nearest is {nearest}" in words
        (text,) = blend.figure.axes[1].texts
        assert text.get_text() == f"{away[nearest]:.1f}, nearest"
        assert words.startswith(f"{1 - share:.0%} of the {first} plus {share:.0%} of the {second}")


@pytest.mark.parametrize("pair", ["3 and 8", "4 and 9", "1 and 7"])
def test_the_words_follow_the_decision_but_never_foretell_the_flip(blend, pair):
    set_to(blend, pair=pair)
    first, second = (int(digit) for digit in pair.split(" and "))
    a, b = drawn(blend, "first"), drawn(blend, "second")
    read = []
    for share in SHARES:
        set_to(blend, share=share)
        away = distances((1 - share) * a + share * b)
        nearest = int(np.argmin(away))
        read.append(nearest)
        met = f"{nearest}" if nearest in (first, second) else f"{nearest}, at {away[nearest]:.1f}"
        assert blend.sentence.endswith(f"; nearest is {met}.")
    assert read[0] == first
    assert read[-1] == second
    flip = next(i for i, digit in enumerate(read) if digit != first)
    assert first not in read[flip:]
    assert flip != 50


def test_one_pair_meets_a_third_digit_on_the_way(blend):
    met = {}
    for pair in ("3 and 8", "4 and 9", "1 and 7"):
        set_to(blend, pair=pair)
        for share in SHARES:
            set_to(blend, share=share)
            met.setdefault(pair, set()).add("nearest is 5, at " in blend.sentence)
    assert sum(True in seen for seen in met.values()) == 1


def test_it_begins_with_the_first_digit_alone(blend):
    assert blend.controls["share"].value == 0
    assert "100% of the 3 plus 0% of the 8" in blend.sentence


def test_the_blend_is_pulled_from_below_one_picture_to_below_the_other(blend):
    way = "way from the first digit to the second"
    ends = [np.mean(part(blend, name).get_extent()[:2]) for name in ("first", "second")]
    for x, share in [(ends[0], 0), (ends[1], 1), (np.mean(ends), 0.5), (0, 0), (30, 1)]:
        blend.drag(way, x, -1)
        assert blend._values() == {"share": share, "pair": "3 and 8"}
    blend.drag(way, 0.73 * ends[0] + 0.27 * ends[1], 5)
    assert "73% of the 3 plus 27% of the 8" in blend.sentence
    for share in SHARES[::20]:
        set_to(blend, share=share)
        x, y = blend.handles[0].at(**blend._values())
        assert x == pytest.approx((1 - share) * ends[0] + share * ends[1])
        for name in ("first", "blend", "second", "list"):
            *_, low, high = part(blend, name).get_extent()
            assert not low - 0.5 < y < high + 0.5, "it hides no picture"


class TestPictures(Pictures):
    figures = (start_here.blend,)
