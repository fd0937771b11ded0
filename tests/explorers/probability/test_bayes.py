"""A rare illness and the odds, against areas and equal steps."""

import numpy as np
import pytest

from explorers.drawn import numbers, part, random_state, set_to
from explorers.pictures import Pictures
from mlmath_helpers.explorers import probability as explorers


@pytest.fixture
def base_rate(made):
    return made(explorers.base_rate)


@pytest.fixture
def odds(made):
    return made(explorers.odds)


def test_areas_add_up_to_everyone_and_the_posterior_is_their_ratio(base_rate):
    rng = np.random.default_rng(0)
    for _ in range(10):
        state = random_state(base_rate, rng)
        set_to(base_rate, **state)
        true, false, share = (
            part(base_rate, name) for name in ("true alarms", "false alarms", "share ill")
        )
        areas = [patch.get_width() * patch.get_height() for patch in (true, false)]
        assert areas[0] == pytest.approx(state["prevalence"] * state["sensitivity"])
        assert share.get_height() == pytest.approx(areas[0] / sum(areas))
        all_ill = 10_000 * state["prevalence"]
        people = [10_000, all_ill, 10_000 * areas[0], 10_000 * areas[1]]
        assert numbers(base_rate.sentence)[:4] == pytest.approx(people, abs=1e-6)
        assert f"P(ill | positive) = {areas[0] / sum(areas):.3f}" in base_rate.sentence
        assert part(base_rate, "ill").get_width() == state["prevalence"]


def test_the_odds_take_equal_steps_and_the_probabilities_follow(odds):
    for prior, ratio, n in [(0.01, 9.0, 3), (0.3, 9.0, 1), (0.99, 1 / 9, 6), (0.001, 1 / 2, 2)]:
        set_to(odds, prior=prior, ratio=ratio, n_results=n)
        logs = part(odds, "path", 0).get_ydata()
        assert np.diff(logs) == pytest.approx(np.full(n, np.log10(ratio)))
        assert logs[0] == pytest.approx(np.log10(prior / (1 - prior)))
        chances = part(odds, "path", 1).get_ydata()
        assert chances == pytest.approx(1 / (1 + 10.0**-logs))
        assert part(odds, "path", 0).get_xdata().tolist() == list(range(n + 1))
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
    base_rate.drag("corner of the true alarms", prevalence, share)
    alarms = part(base_rate, "true alarms")
    assert (alarms.get_width(), alarms.get_height()) == (prevalence, share)
    assert base_rate._values()["specificity"] == 0.91
    base_rate.drag("corner of the true alarms", 0.9, 0.1)
    assert base_rate._values() == {"prevalence": 0.5, "sensitivity": 0.5, "specificity": 0.91}


@pytest.mark.parametrize(("height", "specificity"), [(0.0, 1.0), (0.27, 0.73), (0.9, 0.5)])
def test_the_false_alarms_are_pulled_up_from_none(base_rate, height, specificity):
    base_rate.drag("top of the false alarms", 0.1, height)
    values = {"prevalence": 0.01, "sensitivity": 0.9, "specificity": specificity}
    assert base_rate._values() == values


@pytest.mark.parametrize(
    ("n_results", "height", "ratio"),
    [
        (3, -2 + 3 * 0.5, 3.0),  # 10 to the 0.5 is 3.16
        (1, -9.0, 1 / 9),
        (6, -2 - 6 * 0.29, 1 / 2),  # 10 to the -0.29 is 0.51
        (5, -2.0, 1.0),
        (0, 7.0, 9.0),  # no result: every ratio ends there
    ],
)
def test_the_end_of_the_odds_says_how_many_results_and_how_strong(odds, n_results, height, ratio):
    odds.drag("end of the path", n_results + 0.3, height)
    assert odds._values() == {"prior": 0.01, "ratio": ratio, "n_results": n_results}


@pytest.mark.parametrize(("height", "prior"), [(-2.3, 0.005), (0.0, 0.5), (1.9, 0.99), (9, 0.99)])
def test_the_start_of_the_odds_is_the_prior(odds, height, prior):
    odds.drag("start of the path", 3.0, height)
    assert odds._values() == {"prior": prior, "ratio": 9.0, "n_results": 1}


class TestPictures(Pictures):
    figures = (explorers.base_rate, explorers.odds)
