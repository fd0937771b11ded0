"""The likelihood of a normal, as heights and as a hill, against scipy."""

import numpy as np
import pytest
from scipy import stats

from explorers.drawn import numbers, part, random_state, runs_through, set_to
from explorers.pictures import Pictures
from mlmath_helpers.explorers import probability as explorers


@pytest.fixture
def likelihood(made):
    return made(explorers.likelihood)


def test_the_height_and_place_of_the_likelihood_are_those_of_scipy(likelihood):
    data = np.array([2.1, 2.5, 1.8, 2.3, 2.0])
    rng = np.random.default_rng(0)
    for _ in range(10):
        state = random_state(likelihood, rng)
        set_to(likelihood, **state)
        scipy = stats.norm(state["mu"], state["sigma"])
        stems = part(likelihood, "stems").get_segments()
        assert [top[1] for _, top in stems] == pytest.approx(scipy.pdf(data))
        x, bell = part(likelihood, "bell").get_data()
        assert bell == pytest.approx(scipy.pdf(x))
        assert numbers(likelihood.sentence)[:3] == pytest.approx(
            [scipy.logpdf(data).sum(), state["mu"], state["sigma"]], abs=0.00501
        )
        short = stats.norm(data.mean(), data.std()).logpdf(data).sum() - scipy.logpdf(data).sum()
        below, times = numbers(likelihood.sentence)[3:]
        assert below == pytest.approx(short, abs=0.00501)
        assert times == pytest.approx(np.exp(short), rel=6e-3)
    for mu in (1.6, 1.9, 2.14, 2.2, 2.21, 2.4, 2.7):
        set_to(likelihood, mu=mu, sigma=0.1)
        for line in ("bell", "heads"):
            assert not runs_through(
                part(likelihood, "total").get_window_extent(), part(likelihood, line)
            )
            assert part(likelihood, line).get_ydata().max() < 4.2  # all heights are in the picture
    set_to(likelihood, mu=2.14, sigma=0.24)
    assert likelihood.sentence.endswith(": the top of the hill, to two decimals.")


def test_the_best_mean_is_not_told_at_the_start(likelihood):
    assert "2.14" not in likelihood.sentence


class TestPictures(Pictures):
    figures = (explorers.likelihood,)
