"""Families of distributions, and the mines, against scipy and an independent formula."""

import re

import numpy as np
import pytest
from scipy import stats

from explorers.drawn import every_value, numbers, part, runs_through, sample, set_to
from explorers.pictures import Pictures
from mlmath_helpers.datasets import load_coal_disasters
from mlmath_helpers.explorers import probability as explorers


@pytest.fixture
def distributions(made):
    return made(explorers.distributions)


@pytest.fixture
def coal(made):
    return made(explorers.coal_rate)


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
        set_to(distributions, family=family, setting=setting, probability=probability)
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
        set_to(distributions, family=family, setting=setting)
        assert distributions.sentence.startswith(f"{family[0].upper()}{family[1:]}, {words}: ")


@pytest.mark.parametrize("family", SCIPY)
def test_the_numbers_of_every_family_that_are_said_are_those_of_scipy(distributions, family):
    for setting, probability in [(0.5, 0.9), (0.15, 0.3), (0.95, 0.5), (0.5, 0.01), (0.05, 0.99)]:
        set_to(distributions, family=family, setting=setting, probability=probability)
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
    set_to(distributions, family="normal", setting=0.5, probability=0.01)
    assert not dot.get_clip_on()  # so low that the frame would cut it
    set_to(distributions, family="Cauchy", setting=0.5, probability=0.01)
    assert dot.get_xdata()[0] < dot.axes.get_xlim()[0]
    assert dot.get_clip_on()


@pytest.mark.parametrize(
    "family", [name for name in SCIPY if name not in ("Bernoulli", "binomial", "Poisson")]
)
def test_no_density_runs_behind_the_words(distributions, family):
    for setting in every_value(distributions.controls["setting"]):
        set_to(distributions, family=family, setting=setting, probability=0.9)
        for words in ("amount", "reach"):
            assert not runs_through(
                part(distributions, words).get_window_extent(), part(distributions, "density")
            )


def test_one_family_never_changes_its_axes(distributions):
    for family in every_value(distributions.controls["family"]):
        set_to(distributions, family=family)
        limits = set()
        for setting in every_value(distributions.controls["setting"])[::6]:
            for probability in (0.01, 0.5, 0.99):
                set_to(distributions, setting=setting, probability=probability)
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
        set_to(coal, year=year)
        assert part(coal, "dot").get_ydata()[0] == pytest.approx(by_year[year], rel=1e-12)
        assert f"log-likelihood −{-by_year[year]:.1f}" in coal.sentence
        highest = max(total for at, total in by_year.items() if at <= year)
        assert coal.sentence.endswith("none higher before.") == (by_year[year] == highest)
        if by_year[year] < highest:
            assert f"{highest - by_year[year]:.1f} below the best before." in coal.sentence
    assert best == 1891


def test_rates_and_gaps_before_and_after_are_those_of_the_data(coal):
    years, gaps = load_coal_disasters()
    for year in (1870, 1891, 1940):
        set_to(coal, year=year)
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
        set_to(coal, year=year)
        for line in ("before", "after", "before fitted", "after fitted"):
            for text in words:
                assert not runs_through(text.get_window_extent(), part(coal, line))
        (level,) = {
            line.get_ydata()[0] for line in part(coal, "dot").axes.lines if level_line(line)
        }
        assert part(coal, "stem").get_ydata()[0] == level < part(coal, "dot").get_ydata()[0]


def level_line(line):
    """Say whether a line is that of one rate for all years: level, from side to side."""
    return line.get_linestyle() == ":" and len(set(line.get_ydata())) == 1


def test_nothing_is_drawn_or_said_of_the_years_that_are_not_reached(coal):
    assert "1891" not in coal.sentence
    for year in (1856, 1870, 1957):
        set_to(coal, year=year)
        assert part(coal, "so far").get_xdata()[-1] == year


@pytest.mark.parametrize("family", SCIPY)
def test_what_is_said_of_a_family_is_true_at_every_state(distributions, family):
    for setting in every_value(distributions.controls["setting"])[::3]:
        scipy = SCIPY[family](setting)
        for probability in [0.01, 0.1, 0.2, 0.25, 0.45, 0.5, 0.7, 0.9, 0.99]:
            values = {"family": family, "setting": setting, "probability": probability}
            words = set_to(distributions, **values)
            said = words.replace("−", "-")
            if hasattr(scipy, "pmf"):
                x = int(re.search(r"P\(X ≤ (\d+)\)", said)[1])
                # 1 - 0.9 is 0.1 to the reader, whatever the doubles say
                assert scipy.cdf(x) > probability - 1e-13
                assert scipy.cdf(x - 1) < probability - 1e-13
                assert f" = {scipy.cdf(x):.3f} is the first step to reach {probability:.2f}" in said
                continue
            x = float(re.search(r"quantile is (-?[\d.]+(?:e-?\d+)?)", said)[1])
            density = float(re.search(r"density ([\d.]+(?:e-?\d+)?) there", said)[1])
            exact = scipy.ppf(probability)
            # three decimals, and never fewer than two digits
            assert x == pytest.approx(exact, rel=6e-3, abs=1e-12)
            assert density == pytest.approx(scipy.pdf(exact), rel=6e-3)
            low, high = distributions.figure.axes[0].get_xlim()
            assert ("(beyond the picture)" in said) == (not low <= exact <= high)
            sign = part(distributions, "reach").get_text()
            assert ("(beyond the picture)" in sign) == (not low <= exact <= high)


@pytest.mark.parametrize("family", SCIPY)
@pytest.mark.parametrize("setting", [0.15, 0.5, 0.9])
def test_the_line_is_pulled_to_the_probability_that_scipy_has_there(distributions, family, setting):
    scipy = SCIPY[family](setting)
    set_to(distributions, family=family, setting=setting, probability=0.37)
    low, high = part(distributions, "edge").axes.get_xlim()
    for x in np.linspace(low, high, 7)[1:-1]:
        distributions.drag("line up to x", x, 0.1)
        said = distributions._values()["probability"]
        if not hasattr(scipy, "pmf"):
            assert said == pytest.approx(np.clip(scipy.cdf(x), 0.01, 0.99), abs=0.00501)
            continue
        bar = max(round(x), 0)
        reached = scipy.cdf(bar) - 1e-9
        if reached > 0.99:  # no probability of the slider is beyond
            assert said == 0.99 or scipy.ppf(said) == bar
        elif scipy.pmf(bar) > 0.01:
            assert scipy.ppf(said - 1e-12) == bar
        distributions.drag("line up to x", bar, 0.1)
        assert distributions._values()["probability"] == said


@pytest.mark.parametrize(("family", "setting", "y"), [("normal", 0.5, 0.3), ("Poisson", 0.2, 0.77)])
def test_the_probability_is_pulled_up_and_down(distributions, family, setting, y):
    set_to(distributions, family=family, setting=setting)
    distributions.drag("probability reached", 0.0, y + 0.004)
    assert distributions._values()["probability"] == y
    distributions.drag("probability reached", 0.0, 1.05)
    assert distributions._values()["probability"] == 0.99


def test_a_line_beyond_the_picture_waits_at_its_edge(distributions):
    set_to(distributions, family="Cauchy", setting=0.95, probability=0.99)
    (line,) = (each for each in distributions.handles if each.label == "line up to x")
    assert line.at(**distributions._values()) == (4.5, pytest.approx(0.96))
    distributions.drag("line up to x", 4.5, 0.5)
    assert distributions._values()["probability"] == 0.99
    distributions.drag("line up to x", -4.5, 0.5)
    scipy, at_the_edge = SCIPY["Cauchy"](0.95), distributions._values()["probability"]
    assert scipy.ppf(at_the_edge) <= -4.5 < scipy.ppf(at_the_edge + 0.01)


@pytest.mark.parametrize(("x", "year"), [(1856.0, 1856), (1890.7, 1891), (1960.0, 1957)])
def test_the_year_of_the_change_is_pulled_along_the_curve(coal, x, year):
    coal.drag("year on the likelihood curve", x, -1200)
    assert part(coal, "dot").get_xdata() == [year]


class TestPictures(Pictures):
    figures = (explorers.distributions, explorers.coal_rate)
    may_leave = ("dot",)  # the words in the picture say when it does
