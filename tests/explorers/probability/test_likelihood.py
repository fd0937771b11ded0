"""The likelihood of a normal, as heights and as a hill, against scipy."""

import numpy as np
import pytest
from scipy import stats

from explorers.drawn import assert_true, numbers, part, random_state, runs_through, set_to
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


@pytest.mark.parametrize(("mu", "sigma"), [(1.6, 0.1), (2.14, 0.24), (2.7, 0.6)])
def test_the_curve_and_the_hill_are_pulled_to_a_mean_and_a_spread(likelihood, mu, sigma):
    likelihood.drag("point of the hill", mu, sigma)
    assert likelihood._values() == {"mu": mu, "sigma": sigma}
    set_to(likelihood, mu=2.0, sigma=0.4)
    likelihood.drag("top of the curve", mu, stats.norm(mu, sigma).pdf(mu))
    assert likelihood._values() == {"mu": mu, "sigma": sigma}
    likelihood.drag("top of the curve", mu, -0.1)  # no curve is so low: the widest one
    assert likelihood._values() == {"mu": mu, "sigma": 0.6}


OWN = {
    "two": [3, 7],
    "tiny and negative": [-2.1e-5, -2.2e-5, -2.6e-5],
    "large": 1e6 + np.array([0.0, 40.0, 70.0, 1000.0]),
    "many": np.random.default_rng(0).normal(170, 8, 300).tolist(),
}


@pytest.mark.parametrize("data", OWN.values(), ids=OWN)
def test_the_hill_of_ones_own_numbers_is_that_of_scipy(data):
    before = np.array(data)
    explorer = explorers.likelihood(data)
    assert np.array_equal(data, before)
    left, right = explorer.figure.axes
    rng = np.random.default_rng(0)
    for _ in range(4):
        state = random_state(explorer, rng)
        sentence = set_to(explorer, **state)
        scipy = stats.norm(state["mu"], state["sigma"])
        heads = part(explorer, "heads").get_xydata()
        assert heads[:, 0] == pytest.approx(before)
        assert heads[:, 1] == pytest.approx(scipy.pdf(before))
        reached, mu, sigma = numbers(sentence)[:3]
        assert reached == pytest.approx(scipy.logpdf(before).sum(), abs=0.00501)
        assert (mu, sigma) == pytest.approx((state["mu"], state["sigma"]))
        best = stats.norm(before.mean(), before.std()).logpdf(before).sum()
        if "the top of the hill" not in sentence:
            below = best - scipy.logpdf(before).sum()
            assert numbers(sentence)[3] == pytest.approx(below, abs=0.00501)
        assert len(sentence) <= 180
        (low, high), (bottom, top) = left.get_xlim(), left.get_ylim()
        assert low < before.min() < before.max() < high
        assert bottom < 0 < part(explorer, "bell").get_ydata().max() < top
        assert_true(explorer)
    (low, high), (bottom, top) = right.get_xlim(), right.get_ylim()
    assert low < before.mean() < high
    assert bottom < before.std() < top
    assert left.get_xlabel() == "x"  # nobody said that they are measurements
    explorer.close()


def test_a_start_is_given_beside_ones_own_numbers():
    explorer = explorers.likelihood([1, 2, 6], mu=3.0)
    assert explorer._values()["mu"] == 3.0
    assert explorer.picture.call == "explorers.likelihood(data, mu=3.0)"
    explorer.close()


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        ([1.0], ValueError, "data needs at least 2 numbers, not 1"),
        ([2, 2, 2], ValueError, "data must hold different numbers, not 2 alone"),
        ([1, np.nan], ValueError, "data holds nan or inf; remove or replace such entries first"),
        ([[1, 2]], ValueError, r"data must be a 1-D array, not an array of shape \(1, 2\)"),
        (range(301), ValueError, "data holds 301 numbers, and the figure shows at most 300"),
        ("abc", TypeError, "data must hold real numbers"),
        ([1e12, 1e12 + 1], ValueError, "too little to be seen; take a common value off first"),
        (
            [0, 1e12],
            ValueError,
            r"data must spread over 1e-6 to 1e9, not 1e\+12: take another unit",
        ),
    ],
)
def test_numbers_over_which_no_curve_can_be_seen_are_refused(data, error, words):
    with pytest.raises(error, match=words):
        explorers.likelihood(data)


class TestPictures(Pictures):
    figures = (explorers.likelihood,)
