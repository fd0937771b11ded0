"""The slider figures of chapter 3: what they draw and what they say, computed a second way."""

import numpy as np
import pytest
from scipy import stats

from explorers.drawn import every_value, move, numbers, part, random_state, sample
from mlmath_helpers.datasets import load_coal_disasters
from mlmath_helpers.explorers import probability as explorers


@pytest.fixture(scope="module")
def distributions():
    yield (explorer := explorers.distributions())
    explorer.close()


@pytest.fixture(scope="module")
def coal():
    yield (explorer := explorers.coal_rate())
    explorer.close()


@pytest.fixture(scope="module")
def base_rate():
    yield (explorer := explorers.base_rate())
    explorer.close()


@pytest.fixture(scope="module")
def odds():
    yield (explorer := explorers.odds())
    explorer.close()


@pytest.fixture(scope="module")
def likelihood():
    yield (explorer := explorers.likelihood())
    explorer.close()


SCIPY = {
    "Bernoulli": lambda s: stats.bernoulli(s),
    "binomial": lambda s: stats.binom(10, s),
    "Poisson": lambda s: stats.poisson(10 * s),
    "uniform": lambda s: stats.uniform(0, 4 * s),
    "normal": lambda s: stats.norm(0, 2 * s),
    "exponential": lambda s: stats.expon(scale=2 * s),
    "log-normal": lambda s: stats.lognorm(2 * s),
    "gamma": lambda s: stats.gamma(10 * s),
    "beta": lambda s: stats.beta(10 * s, 10 - 10 * s),
    "Laplace": lambda s: stats.laplace(0, 2 * s),
    "Cauchy": lambda s: stats.cauchy(0, 2 * s),
    "Student": lambda s: stats.t(10 * s),
}


@pytest.mark.parametrize("family", SCIPY)
def test_the_curves_of_every_family_are_those_of_scipy(distributions, family):
    for setting, probability in [(0.5, 0.9), (0.15, 0.3), (0.95, 0.5)]:
        move(distributions, {"family": family, "setting": setting, "probability": probability})
        scipy = SCIPY[family](setting)
        x, heights = part(distributions, "cumulative").get_data()
        dot = part(distributions, "dot").get_data()
        assert dot[0][0] == pytest.approx(scipy.ppf(probability), abs=1e-9)
        assert dot[1][0] == pytest.approx(scipy.cdf(dot[0][0]), abs=1e-9)
        if hasattr(scipy, "pmf"):
            assert heights[1:-1:2] == pytest.approx(scipy.cdf(x[1:-1:2] - 0.5), abs=1e-9)
            drawn = part(distributions, "bars in").get_segments()
            drawn += part(distributions, "bars out").get_segments()
            assert all(top[1] == pytest.approx(scipy.pmf(top[0]), abs=1e-12) for _, top in drawn)
            filled = [top[0] for _, top in part(distributions, "bars in").get_segments()]
            assert max(filled) == dot[0][0]
        else:
            assert heights == pytest.approx(scipy.cdf(x), abs=1e-9)
            x, heights = part(distributions, "density").get_data()
            low = heights < part(distributions, "density").axes.get_ylim()[1]
            assert heights[low] == pytest.approx(scipy.pdf(x[low]), abs=1e-9)
            assert part(distributions, "area").get_xy()[:-1, 0].max() <= dot[0][0] + 1e-12


def test_the_distributions_of_the_article_are_on_the_sliders(distributions):
    for family, setting, words in [
        ("normal", 0.5, "mean = 0, sd = 1.0"),
        ("Bernoulli", 0.7, "p = 0.70"),
        ("Poisson", 0.5, "rate = 5.0"),
        ("exponential", 0.5, "scale = 1.0"),
        ("log-normal", 0.5, "mu = 0, sigma = 1.0"),
    ]:
        move(distributions, {"family": family, "setting": setting})
        assert distributions.sentence.startswith(f"{family[0].upper()}{family[1:]}, {words}: ")


@pytest.mark.parametrize("family", SCIPY)
def test_the_numbers_of_every_family_that_are_said_are_those_of_scipy(distributions, family):
    for setting, probability in [(0.5, 0.9), (0.15, 0.3), (0.95, 0.5), (0.5, 0.01), (0.05, 0.99)]:
        move(distributions, {"family": family, "setting": setting, "probability": probability})
        scipy = SCIPY[family](setting)
        x = scipy.ppf(probability)
        _, words = distributions.sentence.split(": ", maxsplit=1)
        if hasattr(scipy, "pmf"):
            at, reached, asked, _, mass = numbers(words)
            assert (at, asked) == (x, probability)
            assert reached == pytest.approx(scipy.cdf(x), abs=6e-4)
            assert mass == pytest.approx(scipy.pmf(x), abs=6e-4)
        else:
            low, high = part(distributions, "density").axes.get_xlim()
            assert ("(beyond the picture)" in words) == (not low <= x <= high)
            asked = float(words.removeprefix("the ").split("-quantile")[0])
            at, area, density = numbers(words)[-3:]
            assert asked == area == probability
            assert at == pytest.approx(x, abs=6e-4)
            assert density == pytest.approx(scipy.pdf(x), rel=6e-3)


def test_the_dot_is_whole_in_the_picture_and_unseen_beyond_it(distributions):
    dot = part(distributions, "dot")
    move(distributions, {"family": "normal", "setting": 0.5, "probability": 0.01})
    assert not dot.get_clip_on()  # so low that the frame would cut it
    move(distributions, {"family": "Cauchy", "setting": 0.5, "probability": 0.01})
    assert dot.get_xdata()[0] < dot.axes.get_xlim()[0]
    assert dot.get_clip_on()


def points_below(text, line):
    """Say how many points of the line lie behind the text."""
    x, y = line.axes.transData.transform(line.get_xydata()).T
    box = text.get_window_extent()
    return np.sum((box.x0 < x) & (x < box.x1) & (box.y0 < y) & (y < box.y1))


@pytest.mark.parametrize(
    "family", [name for name in SCIPY if name not in ("Bernoulli", "binomial", "Poisson")]
)
def test_no_density_runs_behind_the_words(distributions, family):
    for setting in every_value(distributions.controls["setting"]):
        move(distributions, {"family": family, "setting": setting, "probability": 0.9})
        for words in ("amount", "reach"):
            assert points_below(part(distributions, words), part(distributions, "density")) == 0


def test_one_family_never_changes_its_axes(distributions):
    for family in every_value(distributions.controls["family"]):
        distributions.controls["family"].value = family
        limits = set()
        for setting in every_value(distributions.controls["setting"])[::6]:
            for probability in (0.01, 0.5, 0.99):
                move(distributions, {"setting": setting, "probability": probability})
                limits |= {(axes.get_xlim(), axes.get_ylim()) for axes in distributions.figure.axes}
        assert len(limits) == 2


def log_likelihood_of_two_rates(year):
    years, gaps = load_coal_disasters()
    sides = gaps[years[1:] < year], gaps[years[1:] >= year]
    return sum(-len(side) * (np.log(side.mean()) + 1) for side in sides)


def test_the_best_year_is_where_an_independent_formula_has_its_maximum(coal):
    by_year = {year: log_likelihood_of_two_rates(year) for year in range(1856, 1958)}
    best = max(by_year, key=by_year.get)
    for year in (1856, 1880, best, 1910, 1957):
        coal.controls["year"].value = year
        assert part(coal, "dot").get_ydata()[0] == pytest.approx(by_year[year], rel=1e-12)
        assert f"log-likelihood −{-by_year[year]:.1f}" in coal.sentence
        highest = max(total for at, total in by_year.items() if at <= year)
        assert coal.sentence.endswith("none higher before.") == (by_year[year] == highest)
        if by_year[year] < highest:
            assert f"{highest - by_year[year]:.1f} below the best before." in coal.sentence
    assert best == 1891


def test_nothing_is_drawn_or_said_of_what_the_learner_has_not_reached(coal, odds, likelihood):
    for year in (1856, 1870, 1957):
        coal.controls["year"].value = year
        assert part(coal, "so far").get_xdata()[-1] == year
    coal.reset()
    assert "1891" not in coal.sentence
    odds.reset()
    assert "0.880" not in odds.sentence
    likelihood.reset()
    assert "2.14" not in likelihood.sentence


def test_rates_and_gaps_before_and_after_are_those_of_the_data(coal):
    years, gaps = load_coal_disasters()
    for year in (1870, 1891, 1940):
        coal.controls["year"].value = year
        before = years[1:] < year
        assert numbers(coal.sentence)[0] == year
        for rate, name, side in zip(
            numbers(coal.sentence)[1:3],
            ("sd before", "sd after"),
            (gaps[before], gaps[~before]),
            strict=True,
        ):
            assert rate == pytest.approx(365.25 / side.mean(), abs=0.006)
            (ratio,) = numbers(part(coal, name).get_text())
            assert ratio == pytest.approx(side.std() / side.mean(), abs=0.006)
        (ratio,) = numbers(part(coal, "sd of all").get_text())
        assert ratio == pytest.approx(gaps.std() / gaps.mean(), abs=0.006)
        x, share = part(coal, "before").get_data()
        beyond = np.array([(gaps[before] > t).mean() for t in x[1::2]])
        assert share[2::2] == pytest.approx(beyond[:-1])
        t, line = part(coal, "after fitted").get_data()
        assert np.log(line[1]) == pytest.approx(-t[1] / gaps[~before].mean())


def test_no_curve_of_the_mines_reaches_the_words(coal):
    words = part(coal, "sd before").axes.texts
    assert len(words) == 7
    for year in sample(coal.controls["year"], 22):
        coal._update(year=year)
        for line in ("before", "after", "before fitted", "after fitted"):
            for text in words:
                assert points_below(text, part(coal, line)) == 0
        (level,) = {
            line.get_ydata()[0] for line in part(coal, "dot").axes.lines if level_line(line)
        }
        assert part(coal, "stem").get_ydata()[0] == level < part(coal, "dot").get_ydata()[0]


def level_line(line):
    """Say whether a line is that of one rate for all years: level, from side to side."""
    return line.get_linestyle() == ":" and len(set(line.get_ydata())) == 1


def test_areas_add_up_to_everyone_and_the_posterior_is_their_ratio(base_rate):
    rng = np.random.default_rng(0)
    for _ in range(10):
        state = random_state(base_rate, rng)
        move(base_rate, state)
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
        move(odds, {"prior": prior, "ratio": ratio, "n_results": n})
        logs = part(odds, "path", 0).get_ydata()
        assert np.diff(logs) == pytest.approx(np.full(n, np.log10(ratio)))
        assert logs[0] == pytest.approx(np.log10(prior / (1 - prior)))
        chances = part(odds, "path", 1).get_ydata()
        assert chances == pytest.approx(1 / (1 + 10.0**-logs))
        assert part(odds, "path").get_xdata().tolist() == list(range(n + 1))
    move(odds, {"prior": 0.3, "ratio": 9.0, "n_results": 1})
    assert odds.sentence == (  # 0.27 to 0.07
        "1 result of ratio 9 takes P(H) from 0.3 to 0.794, odds 3.86 : 1; "
        "each adds 0.95 to log10 odds."
    )
    move(odds, {"prior": 0.9, "ratio": 1 / 3, "n_results": 2})
    assert odds.sentence == (  # 9/9
        "2 results of ratio 1/3 take P(H) from 0.9 to 0.500, odds 1 : 1; "
        "each adds −0.48 to log10 odds."
    )
    move(odds, {"prior": 0.99, "ratio": 9.0, "n_results": 6})
    assert "to 1 − 1.9e-8, odds 52,600,000 : 1;" in odds.sentence  # 99 times 9 to the sixth


def test_the_height_and_place_of_the_likelihood_are_those_of_scipy(likelihood):
    data = np.array([2.1, 2.5, 1.8, 2.3, 2.0])
    rng = np.random.default_rng(0)
    for _ in range(10):
        state = random_state(likelihood, rng)
        move(likelihood, state)
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
        move(likelihood, {"mu": mu, "sigma": 0.1})
        for line in ("bell", "heads"):
            assert points_below(part(likelihood, "total"), part(likelihood, line)) == 0
            assert part(likelihood, line).get_ydata().max() < 4.2  # all heights are in the picture
    move(likelihood, {"mu": 2.14, "sigma": 0.24})
    assert likelihood.sentence.endswith(": the top of the hill, to two decimals.")
