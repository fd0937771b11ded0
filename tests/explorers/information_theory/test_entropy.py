"""A coin and four outcomes: areas, bars and words, against the entropy of scipy."""

import math

import numpy as np
import pytest
from scipy import stats

from explorers.drawn import assert_true, drawn, numbers, part, points, set_to
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
    line = points(explorer, "line")  # the same area, spread over all tosses
    assert line == pytest.approx(np.array([[0, expected], [1, expected]]), abs=1e-12)
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


@pytest.mark.parametrize("label", ["coin on the curve", "edge between heads and tails"])
def test_the_coin_is_pulled_along_the_curve_or_by_the_edge_of_its_towers(made, label):
    explorer = made(explorers.coin_entropy)
    for x, y, p in [(0.3, 0.1, 0.3), (0.5012, 1, 0.5), (0.0, 1, 0.0), (1, 0, 1), (0.7777, 0, 0.78)]:
        explorer.drag(label, x, y)
        assert explorer.controls["p"].value == p
        bits = stats.entropy([p, 1 - p], base=2)
        for handle in explorer.handles:
            assert handle.at(**explorer._values()) == pytest.approx((p, bits), abs=1e-12)
        assert part(explorer, "tails").get_x() == p


@pytest.mark.parametrize("p", [0.005, 0.3, 0.5, 0.9, 0.95])
def test_what_is_hatched_above_the_level_is_as_large_as_what_is_missing_below_it(made, p):
    explorer = made(explorers.coin_entropy, p=p)
    level = points(explorer, "line")[0, 1]
    signed = 0.0
    for corners in np.split(part(explorer, "levelled").get_path().vertices, 2):
        (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
        towers = [part(explorer, name).get_bbox() for name in ("heads", "tails")]
        (tower,) = [each for each in towers if (each.x0, each.x1) == pytest.approx((x0, x1))]
        assert sorted([level, tower.y1]) == pytest.approx([y0, y1], abs=1e-12)
        signed += (x1 - x0) * (tower.y1 - level)
    assert signed == pytest.approx(0, abs=1e-12)


def test_the_name_of_a_coin_s_side_stands_at_the_foot_of_its_own_tower(made):
    explorer = made(explorers.coin_entropy)
    for p in (0.0, 0.005, 0.05, 0.5, 0.8, 0.9, 0.95, 1.0):
        set_to(explorer, p=p)
        for word, share in (("heads", p), ("tails", 1 - p)):
            (name,) = [t for t in explorer.figure.axes[0].texts if t.get_text() == word]
            assert name.get_visible() == (share > 0), "what never happens has no name"
            if share == 0:
                continue
            box = name.get_window_extent().transformed(explorer.figure.axes[0].transData.inverted())
            assert explorer.figure.axes[0].get_ylim()[0] < box.y0 < box.y1 < 0
            tower = part(explorer, word).get_bbox()
            assert box.x0 < tower.x1
            assert tower.x0 < box.x1
            if share > 0.2:
                assert tower.x0 < box.x0 < box.x1 < tower.x1


@pytest.mark.parametrize(("p", "higher"), [(0.9, 0), (0.025, -math.log2(0.025)), (0.99, 6.6439)])
def test_a_tower_that_is_cut_says_how_high_it_is(made, p, higher):
    explorer = made(explorers.coin_entropy, p=p)
    words, axes = part(explorer, "beyond"), explorer.figure.axes[0]
    assert words.get_visible() == bool(higher)
    if higher:
        assert words.get_text() == f"↑ {higher:.2f}"
        box = words.get_window_extent().transformed(axes.transData.inverted())
        tower = part(explorer, "tails" if p > 0.5 else "heads").get_bbox()
        assert box.x1 < tower.x0 if p > 0.5 else box.x0 > tower.x1
        assert tower.y1 > axes.get_ylim()[1] > box.y1


# Four outcomes


@pytest.mark.parametrize("weights", [(8, 4, 2, 2), (1, 1, 1, 1), (0, 0, 0, 10), (3, 0, 7, 1)])
def test_bars_and_sentence_show_the_distribution_and_its_entropy(made, weights):
    explorer = made(explorers.entropy_bars, **dict(zip("abcd", weights, strict=True)))
    p = np.array(weights) / sum(weights)
    heights = [bar.get_height() for bar in [part(explorer, letter) for letter in "ABCD"]]
    np.testing.assert_allclose(heights, p)
    expected = stats.entropy(p, base=2)
    tops = [part(explorer, "part", i).get_bbox().y1 for i in range(4)]
    assert max(tops) == pytest.approx(expected, abs=1e-12)
    for i, share in enumerate(p):
        block = part(explorer, "part", i)
        assert block.get_height() == pytest.approx(share * -np.log2(share) if share else 0)
    *shares, bits, most, outcomes = numbers(explorer.sentence)
    np.testing.assert_allclose(shares, p, atol=5e-4)
    assert bits == pytest.approx(expected, abs=5e-4)
    assert outcomes == pytest.approx(2**expected, abs=5e-3)
    assert most == math.log2(4)


def test_no_weight_at_all_is_read_as_equal_weights_and_said(made):
    explorer = made(explorers.entropy_bars, a=0, b=0, c=0, d=0)
    assert "all weights 0 are read as equal" in explorer.sentence
    assert "2.000 of 2 bits" in explorer.sentence


@pytest.mark.parametrize("name", "abcd")
def test_pulling_the_top_of_a_bar_sets_the_weight_that_gives_the_probability(made, name):
    explorer = made(explorers.entropy_bars, a=8, b=4, c=3, d=2)
    rest = 17 - explorer.controls[name].value
    label = f"top of {name.upper()}"
    for weight in (0, 1, 5, 10):
        explorer.drag(label, 0, weight / (weight + rest))
        assert explorer.controls[name].value == weight
        assert part(explorer, name.upper()).get_height() == pytest.approx(weight / (weight + rest))
    explorer.drag(label, 0, 1.05)
    assert explorer.controls[name].value == 10
    others = {other: control.value for other, control in explorer.controls.items()}
    assert others == {"a": 8, "b": 4, "c": 3, "d": 2} | {name: 10}


def test_a_bar_alone_is_whole_or_one_of_four_equal_ones(made):
    explorer = made(explorers.entropy_bars, a=0, b=3, c=0, d=0)
    explorer.drag("top of B", 1, 0.9)
    assert explorer.controls["b"].value == 3
    explorer.drag("top of B", 1, 0.3)
    assert explorer.controls["b"].value == 0
    assert part(explorer, "B").get_height() == 0.25
    explorer.drag("top of B", 1, 0.25)
    assert explorer.controls["b"].value == 0
    explorer.drag("top of B", 1, 0.8)
    assert part(explorer, "B").get_height() == 1
    assert explorer.handles[1].at(**explorer._values())[1] == 1


# Outcomes of one's own

THIRDS = ["one", "two", "three"]  # whose weights no decimal number holds


@pytest.mark.parametrize(
    ("words", "weights"),
    [
        (["sun", "rain", "snow"], [60, 30, 10]),
        (["spam", "ham"], [747, 4827]),
        (None, [0.25, 0.5, 0.125, 0.0625, 0.0625]),
        (list("abcdefgh"), [1, 2, 3, 4, 5, 6, 7, 800]),
        (THIRDS, [1 / 3, 1 / 7, 11 / 21]),
        ([1, 2, 3, 4, 5, 6], [3.5, 0, 0, 0, 0, 0.001]),
        (["much", "little"], [1e9, 1]),
    ],
)
def test_ones_own_outcomes_have_the_weights_and_the_entropy_they_have(own, words, weights):
    given = np.array(weights, dtype=float)
    explorer = own(explorers.entropy_bars, words, given)
    np.testing.assert_array_equal(given, weights)
    k = len(weights)
    p = given / given.sum()
    starts = [control.value for control in explorer.controls.values()]
    assert starts == pytest.approx(weights, rel=1e-15, abs=5.1e-5 if words == THIRDS else 0)
    names = words or "ABCDEFGH"[:k]
    left, right = explorer.figure.axes
    assert [text.get_text() for text in left.get_xticklabels()] == [str(name) for name in names]
    labels = [control.description for control in explorer.controls.values()]
    assert labels == [f"weight of {name}" for name in names]
    heights = [part(explorer, letter).get_height() for letter in "ABCDEFGH"[:k]]
    assert heights == pytest.approx(p, abs=1e-4)
    bits = stats.entropy(p, base=2)
    said = numbers(explorer.sentence)
    assert said == pytest.approx([*p, bits, math.log2(k), 2**bits], abs=5.1e-3)
    assert said[:k] == pytest.approx(p, abs=5.1e-4)
    assert len(explorer.sentence) < 181
    assert right.get_ylim()[1] > math.log2(k)
    for control in explorer.controls.values():
        assert control.max >= 1.2 * max(weights), "each can grow"
        assert float(f"{control.value:{control.readout_format}}") == pytest.approx(control.value)


def test_outcomes_of_ones_own_without_weights_begin_equal(own):
    explorer = own(explorers.entropy_bars, np.array(["red", "green", "blue"]))
    assert explorer.sentence.startswith("Probabilities 0.333, 0.333, 0.333: entropy 1.585 of 1.585")
    set_to(explorer, a=0, b=0, c=0)
    assert "(all weights 0 are read as equal)" in explorer.sentence


def test_the_tops_of_ones_own_bars_can_be_pulled_and_the_picture_is_a_full_draw(own):
    words = ["a day of rain, and of rain alone", *"bcdef"]
    explorer = drawn(own(explorers.entropy_bars, words, [0.1, 0.2, 0.3, 0.1, 0.1, 0.2]))
    for handle, y in zip(explorer.handles, (0.5, 0, 0.2, 1.0, 0.01, 0.35), strict=True):
        p = np.array(list(explorer._values().values()))
        explorer.drag(handle.label, 0, y)
        (i,) = np.flatnonzero(p != list(explorer._values().values()))
        assert handle is explorer.handles[i]
        wanted = min(0.5, y / (1 - y) * (p.sum() - p[i])) if y < 1 else 0.5
        assert explorer.controls["abcdef"[i]].value == pytest.approx(wanted, abs=0.0051)
        assert_true(explorer)
        for text in explorer.figure.axes[0].get_xticklabels():
            assert len(text.get_text()) <= 10


@pytest.mark.parametrize(
    ("things", "kind", "message"),
    [
        ((["a", "b"], [1, 2, 3]), ValueError, "words and weights must have the same number"),
        ((["a", "b", "a"], None), ValueError, "words has 'a' twice; add up"),
        ((["a"], [1]), ValueError, "words must be 2 to 8, not 1"),
        ((None, np.ones(9)), ValueError, "weights must be 2 to 8, not 9: more bars would not fit"),
        (("abc", None), ValueError, "words must be a 1-D array"),
        ((None, [1, -2]), ValueError, "weights must not be negative, but holds -2"),
        ((None, [0, 0]), ValueError, "weights must be largest between 0.001 and 1e9, not 0"),
        ((None, [2e9, 1]), ValueError, r"not 2e\+09: measure them in another unit"),
        ((None, [1, np.nan]), ValueError, "weights holds nan or inf"),
        ((None, ["1", "2"]), TypeError, "weights must hold real numbers"),
    ],
)
def test_outcomes_that_cannot_be_shown_are_refused(things, kind, message):
    with pytest.raises(kind, match=message):
        explorers.entropy_bars(*things)


def test_weights_and_a_weight_are_not_asked_for_together():
    with pytest.raises(TypeError, match="weights says what b is; give one of them"):
        explorers.entropy_bars(None, [1, 2], b=3)


class TestPictures(Pictures):
    figures = (explorers.coin_entropy, explorers.entropy_bars)
