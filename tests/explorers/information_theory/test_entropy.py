"""A coin and four outcomes: areas, bars and words, against the entropy of scipy."""

import math

import numpy as np
import pytest
from scipy import stats

from explorers.drawn import numbers, part
from explorers.pictures import Pictures
from mlmath_helpers.explorers import information_theory as explorers

# One coin


@pytest.mark.parametrize("p", [0.0, 0.005, 0.3, 0.5, 0.9, 1.0])
def test_the_two_rectangles_have_the_area_of_the_entropy(made, p):
    explorer = made(explorers.coin_entropy, p=p)
    areas = [
        block.get_width() * block.get_height()
        for block in [part(explorer, gid) for gid in ("heads", "tails")]
    ]
    expected = stats.entropy([p, 1 - p], base=2)
    assert sum(areas) == pytest.approx(expected, abs=1e-12)
    (x,), (y,) = part(explorer, "dot").get_data()
    assert (x, y) == pytest.approx((p, expected), abs=1e-12)
    assert f"{expected:.3f} bits a toss" in explorer.sentence
    if p in (0, 1):
        assert explorer.sentence.startswith("Heads is certain" if p else "Tails is certain")
    else:
        products = [(s, -math.log2(s), -s * math.log2(s)) for s in (p, 1 - p)]
        said = numbers(explorer.sentence)
        assert said[:-1] == pytest.approx([n for three in products for n in three], abs=5.1e-4)


@pytest.mark.parametrize("p", [0.0, 0.3, 0.9, 0.95, 1.0])
def test_the_curve_of_coins_is_drawn_only_as_far_as_the_slider_has_come(made, p):
    explorer = made(explorers.coin_entropy, p=p)
    x, y = part(explorer, "curve").get_data()
    assert (x.min(), x.max()) == pytest.approx((min(p, 0.9), max(p, 0.9)), abs=0.0025)
    np.testing.assert_allclose(y, [stats.entropy([c, 1 - c], base=2) for c in x], atol=1e-12)


def test_the_article_s_biased_coin_is_where_the_slider_starts(made):
    assert "0.469 bits a toss" in made(explorers.coin_entropy).sentence


# Four outcomes


@pytest.mark.parametrize("weights", [(8, 4, 2, 2), (1, 1, 1, 1), (0, 0, 0, 10), (3, 0, 7, 1)])
def test_bars_and_sentence_show_the_distribution_and_its_entropy(made, weights):
    explorer = made(explorers.entropy_bars, **dict(zip("abcd", weights, strict=True)))
    p = np.array(weights) / sum(weights)
    heights = [bar.get_height() for bar in [part(explorer, letter) for letter in "ABCD"]]
    np.testing.assert_allclose(heights, p)
    expected = stats.entropy(p, base=2)
    assert float(part(explorer, "total").get_text()) == pytest.approx(expected, abs=5e-4)
    *shares, bits, most, outcomes = numbers(explorer.sentence)
    np.testing.assert_allclose(shares, p, atol=5e-4)
    assert bits == pytest.approx(expected, abs=5e-4)
    assert outcomes == pytest.approx(2**expected, abs=5e-3)
    assert most == math.log2(4)


def test_no_weight_at_all_is_read_as_equal_weights_and_said(made):
    explorer = made(explorers.entropy_bars, a=0, b=0, c=0, d=0)
    assert "all weights 0 are read as equal" in explorer.sentence
    assert "2.000 of 2 bits" in explorer.sentence


class TestPictures(Pictures):
    figures = (explorers.coin_entropy, explorers.entropy_bars)
