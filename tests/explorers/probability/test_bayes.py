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


class TestPictures(Pictures):
    figures = (explorers.base_rate, explorers.odds)
