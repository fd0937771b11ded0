"""A rare illness and the odds, against counting and equal steps."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from explorers.drawn import every_value, numbers, part, points, random_state, runs_through, set_to
from explorers.pictures import Pictures
from mlmath_helpers.explorers import probability as explorers


@pytest.fixture
def base_rate(made):
    return made(explorers.base_rate)


@pytest.fixture
def odds(made):
    return made(explorers.odds)


GROUPS = ("true alarms", "false alarms", "ill without alarm")


def cells(explorer, gid):
    """Return which of the 100 by 100 people are dots with this gid."""
    places = points(explorer, gid) - 0.5
    assert (places == places.round()).all()
    people = {tuple(place) for place in places.astype(int).tolist()}
    assert len(people) == len(places), "one dot a person"
    assert people <= {(x, y) for x in range(100) for y in range(100)}
    return people


def test_each_of_10_000_people_is_one_dot_and_the_posterior_is_their_ratio(base_rate):
    rng = np.random.default_rng(0)
    for state in [{}, *(random_state(base_rate, rng) for _ in range(10))]:
        set_to(base_rate, **state)
        values = base_rate._values()
        true, false, missed = (cells(base_rate, name) for name in GROUPS)
        assert not true & false | true & missed | false & missed
        n_ill = 10_000 * values["prevalence"]
        assert len(true) + len(missed) == pytest.approx(n_ill)
        assert len(true) == pytest.approx(n_ill * values["sensitivity"])
        assert len(false) == pytest.approx((10_000 - n_ill) * (1 - values["specificity"]))
        people = [10_000, n_ill, len(true), len(false)]
        assert numbers(base_rate.sentence)[:4] == pytest.approx(people, abs=1e-6)
        share = len(true) / (len(true) + len(false))
        assert f"P(ill | positive) = {share:.3f}" in base_rate.sentence
        found, others = (len(points(base_rate, f"{name} of 100")) for name in ("ill", "healthy"))
        assert found + others == 100
        assert found == pytest.approx(100 * share, abs=0.5 + 1e-9)


def test_the_ill_stand_together_and_so_do_those_with_an_alarm(base_rate):
    set_to(base_rate, prevalence=0.3, sensitivity=0.8, specificity=0.75)
    true, false, missed = (cells(base_rate, name) for name in GROUPS)
    assert true == {(x, y) for x in range(30) for y in range(80)}
    assert missed == {(x, y) for x in range(30) for y in range(80, 100)}
    assert false == {(x, y) for x in range(30, 100) for y in range(25)}


def test_the_hundred_with_an_alarm_are_counted_row_by_row_as_the_numbers_beside_them_say(base_rate):
    axes = base_rate.figure.axes[1]
    ruler = {int(t.get_text()): t.get_position()[1] for t in axes.texts if t.get_text().isdigit()}
    assert sorted(ruler) == [10, 50, 100]
    for state in [{"prevalence": 0.01}, {"prevalence": 0.09}, {"specificity": 1.0}]:
        set_to(base_rate, **state)
        ill, healthy = (points(base_rate, f"{name} of 100") for name in ("ill", "healthy"))
        both = np.concatenate([ill, healthy])
        assert len({tuple(place) for place in both.tolist()}) == 100
        assert (np.diff(both @ [1, 10]) == 1).all(), "from below, each row from the left"
        for count, y in ruler.items():
            assert (both[:, 1] <= y).sum() == count


def test_the_ill_whom_the_test_misses_stand_out_from_the_healthy_and_from_the_alarms(base_rate):
    missed, found = (
        np.array(to_rgb(part(base_rate, gid).get_color()))
        for gid in ("ill without alarm", "true alarms")
    )
    healthy = np.array(to_rgb(base_rate.figure.axes[0].lines[0].get_color()))
    assert np.linalg.norm(missed - healthy) > 0.5
    assert np.linalg.norm(missed - found) > 0.4


def test_every_dot_is_drawn_alike(base_rate):
    """A middle between two pixels would go to either: stripes."""
    axes = base_rate.figure.axes[0]
    middles = axes.transData.transform(np.column_stack([np.arange(100) + 0.5] * 2))
    assert np.diff(np.floor(middles), axis=0).tolist() == [[5, 5]] * 99
    assert (np.abs(middles % 1 - 0.5) < 0.4).all()


def steps(explorer, gid):
    """Return the beginnings and the ends of the parts of the stairs, each (n, 2)."""
    x, y = part(explorer, gid).get_data()
    assert np.isnan(x[2::3]).all()
    along = np.column_stack([x, y])
    return along[0::3], along[1::3]


def test_the_steps_are_all_as_wide_and_as_high_as_the_probability_rises(odds):
    for prior, ratio, n in [(0.01, 9.0, 3), (0.3, 9.0, 1), (0.99, 1 / 9, 6), (0.001, 1 / 2, 2)]:
        set_to(odds, prior=prior, ratio=ratio, n_results=n)
        low, corner = steps(odds, "wide")
        again, high = steps(odds, "high")
        assert len(low) == n
        np.testing.assert_array_equal(again, corner)
        np.testing.assert_array_equal(low[1:], high[:-1])
        assert low[0, 0] == pytest.approx(np.log10(prior / (1 - prior)))
        widths, heights = corner[:, 0] - low[:, 0], high[:, 1] - corner[:, 1]
        assert widths == pytest.approx(np.full(n, np.log10(ratio)))
        assert (low[:, 1] == corner[:, 1]).all()
        assert (high[:, 0] == corner[:, 0]).all()
        chances = 1 / (1 + 10.0 ** -np.append(low[:, 0], high[-1, 0]))
        assert heights == pytest.approx(np.diff(chances), abs=1e-12)
        assert points(odds, "begin")[0] == pytest.approx(low[0])
        assert points(odds, "end")[0] == pytest.approx(high[-1])
    set_to(odds, n_results=0)
    assert len(part(odds, "wide").get_xdata()) == 0


@pytest.mark.parametrize(
    ("prior", "ratio", "word"), [(0.01, 9.0, "9"), (0.9, 1 / 3, "1/3"), (0.99, 1.5, "3/2")]
)
def test_the_first_step_says_by_what_it_multiplies_and_stands_clear_of_the_curve(
    odds, prior, ratio, word
):
    for n in (0, 1, 6):
        set_to(odds, prior=prior, ratio=ratio, n_results=n)
        words, axes = part(odds, "factor"), odds.figure.axes[0]
        assert words.get_visible() == (n > 0)
        if n == 0:
            continue
        assert words.get_text() == f"× {word}"
        box = words.get_window_extent()
        assert not any(runs_through(box, line) for line in axes.lines)
        begin = axes.transData.transform(points(odds, "begin"))[0]
        assert np.hypot(*np.clip(begin, box.min, box.max) - begin) < 25, "at its step"
        assert axes.bbox.containsx(box.x0)
        assert axes.bbox.y0 < box.y0 < box.y1 < axes.bbox.y1


def test_what_is_equal_is_drawn_strongest(odds):
    assert part(odds, "wide").get_linewidth() >= 2 * part(odds, "high").get_linewidth()


def test_the_sentence_tells_odds_and_probability_in_digits_that_matter(odds):
    set_to(odds, prior=0.3, ratio=9.0, n_results=1)
    assert odds.sentence == (  # 0.27 to 0.07
        "1 result of ratio 9 takes P(H) from 0.3 to 0.794, odds 3.86 : 1; "
        "each adds 0.95 to log10 odds."
    )
    set_to(odds, prior=0.9, ratio=1 / 3, n_results=2)
    assert odds.sentence == (  # 9/9
        "2 results of ratio 1/3 take P(H) from 0.9 to 0.500, odds 1 : 1; "
        "each adds −0.48 to log10 odds."
    )
    set_to(odds, prior=0.99, ratio=9.0, n_results=6)
    assert "to 1 − 1.9e-8, odds 52,600,000 : 1;" in odds.sentence  # 99 times 9 to the sixth


def test_no_later_odds_are_told_at_the_start(odds):
    assert "0.880" not in odds.sentence


@pytest.mark.parametrize(("prevalence", "share"), [(0.01, 0.5), (0.25, 0.73), (0.5, 1.0)])
def test_the_corner_of_the_true_alarms_is_where_the_ill_and_the_found_meet(
    base_rate, prevalence, share
):
    base_rate.drag("corner of the true alarms", 100 * prevalence, 100 * share)
    assert points(base_rate, "true alarms").max(axis=0) + 0.5 == pytest.approx(
        [100 * prevalence, 100 * share]
    )
    assert base_rate._values()["specificity"] == 0.91
    base_rate.drag("corner of the true alarms", 90, 10)
    assert base_rate._values() == {"prevalence": 0.5, "sensitivity": 0.5, "specificity": 0.91}


@pytest.mark.parametrize(("height", "specificity"), [(0.0, 1.0), (0.27, 0.73), (0.9, 0.5)])
def test_the_false_alarms_are_pulled_up_from_none(base_rate, height, specificity):
    base_rate.drag("top of the false alarms", 10, 100 * height)
    values = {"prevalence": 0.01, "sensitivity": 0.9, "specificity": specificity}
    assert base_rate._values() == values


START = np.log10(1 / 99)


@pytest.mark.parametrize(
    ("shift", "n_results", "ratio"),
    [
        (0.0, 0, 9.0),
        (0.3, 0, 9.0),
        (3 * 0.95, 3, 9.0),
        (4.4 * 0.95, 4, 9.0),
        (30, 6, 9.0),
        (-2 * 0.95, 2, 1 / 9),  # on the other side the results speak against H
        (-30, 6, 1 / 9),
    ],
)
def test_pulling_the_end_along_adds_results(odds, shift, n_results, ratio):
    odds.drag("end of the staircase", START + shift, 0.3)
    assert odds._values() == {"prior": 0.01, "ratio": ratio, "n_results": n_results}


def test_every_ratio_has_its_contrary(odds):
    for ratio in every_value(odds.controls["ratio"]):
        if ratio == 1:
            continue
        set_to(odds, prior=0.5, ratio=ratio, n_results=1)
        odds.drag("end of the staircase", -np.log10(ratio), 0.5)
        assert odds._values()["ratio"] == pytest.approx(1 / ratio)


@pytest.mark.parametrize(("step", "ratio"), [(0.5, 3.0), (-9, 1 / 9), (-0.29, 1 / 2), (0.01, 1.0)])
def test_the_corner_of_the_first_step_says_how_much_a_result_tells(odds, step, ratio):
    odds.drag("corner of the first step", START + step, 0.8)
    assert odds._values() == {"prior": 0.01, "ratio": ratio, "n_results": 1}


def test_a_staircase_of_no_results_or_of_ones_that_say_nothing_has_no_end_to_pull(odds):
    set_to(odds, n_results=0)
    assert [handle.at(**odds._values()) is None for handle in odds.handles] == [False, True, False]
    set_to(odds, n_results=3, ratio=1.0)
    assert [handle.at(**odds._values()) is None for handle in odds.handles] == [False, False, True]


@pytest.mark.parametrize(("x", "prior"), [(-2.3, 0.005), (0.0, 0.5), (1.9, 0.99), (9, 0.99)])
def test_the_start_of_the_odds_is_the_prior(odds, x, prior):
    odds.drag("start of the staircase", x, 0.7)
    assert odds._values() == {"prior": prior, "ratio": 9.0, "n_results": 1}


class TestPictures(Pictures):
    figures = (explorers.base_rate, explorers.odds)
