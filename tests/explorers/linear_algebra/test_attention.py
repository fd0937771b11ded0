"""A query among keys: arrows, shares and mixture, from the definition and with plain loops."""

import math

import numpy as np
import pytest

from explorers.drawn import every_value, numbers, part, points, set_to, tip
from explorers.pictures import Pictures
from mlmath_helpers.explorers import linear_algebra as explorers

WORDS = ["crane", "lifts", "steel", "eats", "fish"]
ABOUT = {"crane": (1, 1), "lifts": (0, 1), "steel": (0, 2), "eats": (1, 0), "fish": (2, 0)}


@pytest.fixture
def moved(made):
    return made(explorers.attention)


def keys_of(moved):
    return [tip(moved, word) for word in WORDS]


def by_hand(keys, angle, temperature):
    """Return query, shares and mixture, from the drawn keys and the angle of the query."""
    query = [1.6 * math.cos(math.radians(angle)), 1.6 * math.sin(math.radians(angle))]
    scores = [(query[0] * k[0] + query[1] * k[1]) / math.sqrt(2) / temperature for k in keys]
    exps = [math.exp(score - max(scores)) for score in scores]
    shares = [each / math.fsum(exps) for each in exps]
    mixture = [
        math.fsum(s * ABOUT[w][i] for s, w in zip(shares, WORDS, strict=True)) for i in (0, 1)
    ]
    return np.array(query), np.array(shares), np.array(mixture)


@pytest.mark.parametrize("angle", [0, 17, 52, 108, 155, 180, 200, 270, 318, 360])
@pytest.mark.parametrize("temperature", [0.1, 0.4, 1.0, 3.0, 20.0])
def test_shares_and_mixture_are_those_of_the_definition(moved, angle, temperature):
    set_to(moved, angle=angle, temperature=temperature)
    query, shares, mixture = by_hand(keys_of(moved), angle, temperature)
    assert tip(moved, "query") == pytest.approx(query)
    bars = [bar.get_width() for bar in moved.figure.axes[1].patches]
    assert bars == pytest.approx(shares, abs=1e-12)
    assert points(moved, "output")[0] == pytest.approx(mixture, abs=1e-12)
    said = numbers(moved.sentence)
    assert said[:2] == [angle, temperature]
    assert said[2:7] == pytest.approx(shares, abs=0.00501)
    assert said[7:] == pytest.approx(mixture, abs=0.00501)
    axes = moved.figure.axes[2]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("animals", "machines")
    assert moved.sentence.index("crane") < moved.sentence.index("fish")


def test_the_way_is_that_of_the_output_as_the_query_turned(moved):
    keys = keys_of(moved)
    for angle in (90, 241):
        set_to(moved, angle=angle)
        way = points(moved, "way")
        expected = [by_hand(keys, each, 1.0)[2] for each in [*range(0, angle, 2), angle]]
        assert way == pytest.approx(np.array(expected), abs=1e-12)


def test_the_crane_never_wins_and_each_other_word_does_somewhere(moved):
    winners = set()
    for angle in every_value(moved.controls["angle"])[::4]:
        set_to(moved, angle=angle)
        bars = [bar.get_width() for bar in moved.figure.axes[1].patches]
        winners.add(WORDS[int(np.argmax(bars))])
    assert winners == set(WORDS) - {"crane"}


def test_values_stand_where_the_words_say_and_their_size_tells_their_share(moved):
    dots = part(moved, "values")
    assert dots.get_offsets().tolist() == [list(ABOUT[word]) for word in WORDS]
    bars = [bar.get_width() for bar in moved.figure.axes[1].patches]
    assert np.argsort(dots.get_sizes()).tolist() == np.argsort(bars).tolist()


def test_the_more_a_key_gets_the_broader_is_its_arrow(moved):
    for angle in (52, 200, 318):
        set_to(moved, angle=angle)
        bars = [bar.get_width() for bar in moved.figure.axes[1].patches]
        broad = [part(moved, word).get_linewidth() for word in WORDS]
        assert np.argsort(broad).tolist() == np.argsort(bars).tolist()
        assert max(broad) > 3 * min(broad)


def test_the_name_of_the_query_stays_inside_the_picture(moved):
    left = moved.figure.axes[0]
    (name,) = [text for text in left.texts if text.get_text() == "query"]
    for angle in every_value(moved.controls["angle"])[::3]:
        set_to(moved, angle=angle)
        box = name.get_window_extent()
        assert left.bbox.x0 < box.x0 < box.x1 < left.bbox.x1
        assert left.bbox.y0 < box.y0 < box.y1 < left.bbox.y1


def test_the_name_of_the_query_stays_off_its_arrow(moved):
    left = moved.figure.axes[0]
    (name,) = [text for text in left.texts if text.get_text() == "query"]
    for angle in every_value(moved.controls["angle"]):
        set_to(moved, angle=angle)
        box = name.get_window_extent()
        along = np.linspace(0, 1, 100)[:, np.newaxis] * tip(moved, "query")
        x, y = left.transData.transform(along).T
        assert not ((box.x0 < x) & (x < box.x1) & (box.y0 < y) & (y < box.y1)).any()


def test_pulling_the_tip_of_the_query_turns_it(moved):
    for x, y in [(0, 3), (-2, 0), (-1.5, -1.5), (1, -2.5), (0.02, 0.01)]:
        moved.drag("tip of the query", x, y)
        angle = round(math.degrees(math.atan2(y, x)) % 360)
        assert moved._values() == {"angle": angle, "temperature": 1.0}
        assert tip(moved, "query") == pytest.approx(moved.handles[0].at(**moved._values()))


@pytest.mark.parametrize(("before", "after"), [(10, 0), (179, 0), (200, 360), (359, 360)])
def test_along_the_first_axis_the_query_is_at_the_nearer_end_of_the_turn(moved, before, after):
    set_to(moved, angle=before)
    for y in (0.001, -0.001):
        moved.drag("tip of the query", 2, y)
        assert moved.controls["angle"].value == after


class TestPictures(Pictures):
    figures = (explorers.attention,)
