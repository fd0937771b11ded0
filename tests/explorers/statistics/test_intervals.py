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
                words = set_to(explorer, kind=population, n=n, confidence=confidence)
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
    words = set_to(explorer, kind="skewed (exponential)", n=5)
    assert "fewer than luck allows; samples of 5, skewed," in words


def test_the_share_that_is_kept_stays_in_the_picture(made):
    explorer = made(explorers.coverage)
    low, high = part(explorer, "dot").axes.get_ylim()
    for population in ("normal", "skewed (exponential)"):
        for n in sample(explorer.controls["n"], 13):
            set_to(explorer, kind=population, n=n, confidence=0.5)
            assert low < points(explorer, "dot")[0, 1] < high
            assert low < points(explorer, "luck")[0, 1] < high


def test_an_interval_that_leaves_the_picture_has_an_arrow_at_its_edge(made):
    explorer = made(explorers.coverage)
    left, right = explorer.figure.axes[0].get_xlim()
    n_beyond = 0
    for population in every_value(explorer.controls["kind"]):
        for confidence in (0.5, 0.95, 0.999):
            for n in (3, 5, 40):
                set_to(explorer, kind=population, confidence=confidence, n=n)
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


@pytest.mark.parametrize(
    ("x", "confidence"), [(0.5, 0.5), (0.76, 0.8), (0.83, 0.8), (0.962, 0.95), (1.02, 0.999)]
)
def test_the_dot_is_pulled_to_the_nearest_confidence(made, x, confidence):
    explorer = made(explorers.coverage)
    for kind in explorer.controls["kind"].options:
        set_to(explorer, kind=kind)
        explorer.drag("confidence asked", x, 0.6)
        assert explorer.controls["confidence"].value == confidence
        assert explorer.handles[0].at(**explorer._values()) == tuple(points(explorer, "dot")[0])


# a population of one's own


@pytest.mark.parametrize(
    "population",
    [
        [0] * 9 + [10],
        np.arange(50) ** 3 * 1e-9 - 7e-6,
        1e12 + 1e9 * np.random.default_rng(0).gamma(0.5, size=3000),
        (True, False),
    ],
    ids=["few", "tiny", "huge", "two"],
)
def test_samples_of_ones_own_population_have_their_intervals(own, population):
    values = np.array(population, dtype=float)
    kept = values.copy()
    given = population if isinstance(population, list | tuple) else values
    explorer = own(explorers.coverage, given)
    assert (values == kept).all()
    rng = np.random.default_rng(8)
    rng.standard_normal((100, 40)), rng.exponential(1, (100, 40))
    draws = rng.choice(values, (100, 40))
    kind = f"yours ({len(values)} values)"
    assert explorer.controls["kind"].value == kind
    for confidence, n in ((0.95, 5), (0.5, 40), (0.999, 17)):
        words = set_to(explorer, confidence=confidence, n=n)
        samples = draws[:, :n]
        half = stats.t.ppf((1 + confidence) / 2, n - 1) * samples.std(axis=1, ddof=1) / np.sqrt(n)
        off = np.abs(samples.mean(axis=1) - values.mean())
        hits = (off <= half).sum()  # no interval of these ends within rounding of the mean
        assert np.abs(off - half).min() > 1e-9 * values.std()
        assert words.startswith(f"{hits} of 100 intervals of {100 * confidence:.3g}% contain")
        assert f"; samples of {n}, yours, median width" in words
        assert words.endswith(f"{np.median(2 * half) / values.std():.2f} sd.")
        lines = [points(explorer, gid).reshape(-1, 3, 2)[:, :2] for gid in ("hits", "misses")]
        ends = np.concatenate(lines)
        ends = ends[np.argsort(ends[:, 0, 1]), :, 0] * values.std() + values.mean()
        expected = samples.mean(axis=1)[:, None] + half[:, None] * [-1, 1]
        np.testing.assert_allclose(ends, expected, atol=1e-6 * values.std())
    label = explorer.figure.axes[0].get_xlabel()
    assert numbers(label) == pytest.approx([values.std(), values.mean()], rel=1e-3)


def test_a_sample_of_the_mean_alone_contains_it(own):
    """0.1 + 0.3 is not 2 * 0.2 for a computer."""
    explorer = own(explorers.coverage, [0.1] + [0.2] * 20 + [0.3])
    words = set_to(explorer, n=3)
    rng = np.random.default_rng(8)
    rng.standard_normal((100, 40)), rng.exponential(1, (100, 40))
    draws = rng.choice([-1] + [0] * 20 + [1], (100, 40))[:, :3]
    assert (np.ptp(draws, axis=1) == 0).sum() > 50
    half = stats.t.ppf(0.975, 2) * draws.std(axis=1, ddof=1) / np.sqrt(3)
    assert words.startswith(f"{(np.abs(draws.mean(axis=1)) <= half).sum()} of 100")


def test_the_courses_populations_stay_beside_ones_own(own, made):
    there, here = made(explorers.coverage), own(explorers.coverage, [3, 1, 4, 1, 5])
    for kind in there.controls["kind"].options:
        words = set_to(there, kind=kind, n=9)
        assert set_to(here, kind=kind, n=9) == words.replace(".", " sd.").replace(" sd.", ".", 1)


@pytest.mark.parametrize(
    ("population", "error", "message"),
    [
        ([1, 2, np.nan], ValueError, "population holds nan or inf"),
        ([[1, 2], [3, 4]], ValueError, "population must be a 1-D array"),
        ([7], ValueError, "population needs at least 2 numbers, not 1"),
        ([], ValueError, "population is empty"),
        ([0.3, 0.3, 0.3], ValueError, "population is 0.3 in every entry"),
        ([1e9, 1e9 + 1e-3], ValueError, "population spreads over only 0.001 at a size of 1e"),
        ([-1.5e308, 1.5e308], ValueError, "no room in doubles"),
        ("normal", TypeError, "population must hold real numbers"),
    ],
)
def test_a_population_that_cannot_be_drawn_from_is_refused(population, error, message):
    with pytest.raises(error, match=message):
        explorers.coverage(population)


def own_population():
    return explorers.coverage([0] * 9 + [10])


class TestPictures(Pictures):
    figures = (explorers.coverage,)


class TestOwnPictures(Pictures):
    figures = (own_population,)
