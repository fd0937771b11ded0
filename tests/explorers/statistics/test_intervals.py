"""A hundred intervals, and how far luck goes, against scipy."""

import numpy as np
import pytest
from scipy import stats

from explorers.drawn import every_value, numbers, part, points, sample, set_to
from explorers.pictures import Pictures
from mlmath_helpers.explorers import statistics as explorers


@pytest.mark.parametrize("n", [3, 8, 40])
@pytest.mark.parametrize("confidence", [0.5, 0.95, 0.999])
def test_a_hundred_intervals_are_drawn_and_the_misses_marked(made, n, confidence):
    explorer = made(explorers.coverage)
    words = set_to(explorer, n=n, confidence=confidence)
    hits = points(explorer, "hits").reshape(-1, 3, 2)[:, :2]
    misses = points(explorer, "misses").reshape(-1, 3, 2)[:, :2]
    assert len(hits) + len(misses) == 100
    assert (hits[:, 0, 0] <= 0).all()
    assert (hits[:, 1, 0] >= 0).all()
    assert ((misses[:, 0, 0] > 0) | (misses[:, 1, 0] < 0)).all()
    assert sorted(np.concatenate([hits, misses])[:, 0, 1]) == list(range(100))
    assert words.startswith(f"{len(hits)} of 100 intervals of {100 * confidence:.3g}% contain")
    assert f"; samples of {n}, normal, " in words
    assert points(explorer, "dot").tolist() == [[confidence, len(hits) / 100]]
    draws = np.random.default_rng(8).standard_normal((100, 40))[:, :n]
    half = stats.t.ppf((1 + confidence) / 2, n - 1) * stats.sem(draws, axis=1)
    everything = np.concatenate([hits, misses])
    order = np.argsort(everything[:, 0, 1])
    np.testing.assert_allclose(
        everything[order][:, :, 0], draws.mean(axis=1)[:, None] + half[:, None] * [-1, 1]
    )
    assert numbers(words)[-1] == pytest.approx(np.median(2 * half), abs=0.006)


def test_the_verdict_on_luck_follows_the_quantiles_of_the_binomial(made):
    explorer = made(explorers.coverage)
    verdicts = set()
    for confidence in every_value(explorer.controls["confidence"]):
        low, high = stats.binom.ppf([0.025, 0.975], 100, confidence)
        within = stats.binom.cdf([low - 1, high], 100, confidence)
        assert within[1] - within[0] >= 0.95
        for population in ("normal", "skewed (exponential)"):
            for n in (3, 5, 10, 40):
                words = set_to(explorer, population=population, n=n, confidence=confidence)
                kept = numbers(words)[0]
                verdict = "fewer than" if kept < low else "more than" if kept > high else "as"
                assert f", {verdict} luck allows;" in words
                verdicts.add((population, verdict))
                assert points(explorer, "luck").ravel() == pytest.approx(
                    [confidence, low / 100, confidence, high / 100]
                )
                assert numbers(part(explorer, "count").get_text()) == [kept, 100, low, high]
    assert ("skewed (exponential)", "fewer than") in verdicts


def test_whatever_happens_to_normal_samples_is_luck(made):
    explorer = made(explorers.coverage)
    for confidence in every_value(explorer.controls["confidence"]):
        for n in sample(explorer.controls["n"], 7):
            assert ", as luck allows;" in set_to(explorer, n=n, confidence=confidence)


def test_small_samples_of_the_skewed_population_break_the_promise(made):
    explorer = made(explorers.coverage)
    words = set_to(explorer, population="skewed (exponential)", n=5)
    assert "fewer than luck allows; samples of 5, skewed," in words


def test_the_share_that_is_kept_stays_in_the_picture(made):
    explorer = made(explorers.coverage)
    low, high = part(explorer, "dot").axes.get_ylim()
    for population in ("normal", "skewed (exponential)"):
        for n in sample(explorer.controls["n"], 13):
            set_to(explorer, population=population, n=n, confidence=0.5)
            assert low < points(explorer, "dot")[0, 1] < high
            assert low < points(explorer, "luck")[0, 1] < high


def test_an_interval_that_leaves_the_picture_has_an_arrow_at_its_edge(made):
    explorer = made(explorers.coverage)
    left, right = explorer.figure.axes[0].get_xlim()
    n_beyond = 0
    for population in every_value(explorer.controls["population"]):
        for confidence in (0.5, 0.95, 0.999):
            for n in (3, 5, 40):
                set_to(explorer, population=population, confidence=confidence, n=n)
                both = [points(explorer, gid).reshape(-1, 3, 2) for gid in ("hits", "misses")]
                ends = np.concatenate(both)
                for k, (edge, out) in enumerate(
                    [(left, ends[:, 0, 0] < left), (right, ends[:, 1, 0] > right)]
                ):
                    arrows = points(explorer, "beyond", k)
                    assert sorted(arrows[:, 1]) == sorted(ends[out, 0, 1])
                    assert (arrows[:, 0] == edge).all()
                    n_beyond += len(arrows)
    assert n_beyond > 100


class TestPictures(Pictures):
    figures = (explorers.coverage,)
