"""What the explorers of chapter 5 draw and say, held to independent computations."""

import math

import numpy as np
import pytest
from scipy import integrate, optimize, stats

from explorers.drawn import numbers
from mlmath_helpers.datasets import load_house_votes, load_penguins
from mlmath_helpers.information_theory import DecisionTree
from mlmath_helpers.explorers import information_theory as explorers


def artist(explorer, gid):
    (found,) = explorer.figure.findobj(lambda part: part.get_gid() == gid)
    return found


def put(explorer, **values):
    for name, value in values.items():
        explorer.controls[name].value = value


# One coin


@pytest.mark.parametrize("p", [0.0, 0.005, 0.3, 0.5, 0.9, 1.0])
def test_the_two_rectangles_have_the_area_of_the_entropy(p):
    explorer = explorers.coin_entropy()
    put(explorer, p=p)
    areas = [block.get_width() * block.get_height() for block in map_of(explorer, "heads", "tails")]
    expected = stats.entropy([p, 1 - p], base=2)
    assert sum(areas) == pytest.approx(expected, abs=1e-12)
    (x,), (y,) = artist(explorer, "dot").get_data()
    assert (x, y) == pytest.approx((p, expected), abs=1e-12)
    assert f"{expected:.3f} bits a toss" in explorer.sentence
    if p in (0, 1):
        assert explorer.sentence.startswith("Heads is certain" if p else "Tails is certain")
    else:
        products = [(s, -math.log2(s), -s * math.log2(s)) for s in (p, 1 - p)]
        said = numbers(explorer.sentence)
        assert said[:-1] == pytest.approx([n for three in products for n in three], abs=5.1e-4)


def map_of(explorer, *gids):
    return [artist(explorer, gid) for gid in gids]


@pytest.mark.parametrize("p", [0.0, 0.3, 0.9, 0.95, 1.0])
def test_the_curve_of_coins_is_drawn_only_as_far_as_the_slider_has_come(p):
    explorer = explorers.coin_entropy()
    put(explorer, p=p)
    x, y = artist(explorer, "curve").get_data()
    assert (x.min(), x.max()) == pytest.approx((min(p, 0.9), max(p, 0.9)), abs=0.0025)
    np.testing.assert_allclose(y, [stats.entropy([c, 1 - c], base=2) for c in x], atol=1e-12)


def test_the_article_s_biased_coin_is_where_the_slider_starts():
    assert "0.469 bits a toss" in explorers.coin_entropy().sentence


# Four outcomes


@pytest.mark.parametrize("weights", [(8, 4, 2, 2), (1, 1, 1, 1), (0, 0, 0, 10), (3, 0, 7, 1)])
def test_bars_and_sentence_show_the_distribution_and_its_entropy(weights):
    explorer = explorers.entropy_bars()
    put(explorer, **dict(zip("abcd", weights, strict=True)))
    p = np.array(weights) / sum(weights)
    heights = [bar.get_height() for bar in map_of(explorer, *"ABCD")]
    np.testing.assert_allclose(heights, p)
    expected = stats.entropy(p, base=2)
    assert float(artist(explorer, "total").get_text()) == pytest.approx(expected, abs=5e-4)
    *shares, bits, most, outcomes = numbers(explorer.sentence)
    np.testing.assert_allclose(shares, p, atol=5e-4)
    assert bits == pytest.approx(expected, abs=5e-4)
    assert outcomes == pytest.approx(2**expected, abs=5e-3)
    assert most == math.log2(4)


def test_no_weight_at_all_is_read_as_equal_weights_and_said():
    explorer = explorers.entropy_bars()
    put(explorer, a=0, b=0, c=0, d=0)
    assert "all weights 0 are read as equal" in explorer.sentence
    assert "2.000 of 2 bits" in explorer.sentence


# Two peaks


def divergence(separation, mean, width, direction):
    """Integrate in logarithms, on a wider and finer grid than the explorer's."""
    x = np.linspace(-40, 40, 16001)

    def log_normal(centre, sd):
        return -(((x - centre) / sd) ** 2) / 2 - math.log(sd * math.sqrt(2 * math.pi))

    peaks = [log_normal(sign * separation / 2, 0.75) for sign in (-1, 1)]
    log_p, log_q = np.logaddexp(*peaks) - math.log(2), log_normal(mean, width)
    true, model = (log_p, log_q) if direction == "forward" else (log_q, log_p)
    return integrate.simpson(np.exp(true) * (true - model), x=x) / math.log(2)


@pytest.mark.parametrize("direction", ["forward", "reverse"])
@pytest.mark.parametrize(
    ("separation", "mean", "width"),
    [(4.0, 1.0, 1.0), (0.0, 0.0, 0.75), (6.0, -3.0, 0.6), (6.0, 3.0, 3.2), (2.5, -0.4, 1.2)],
)
def test_the_divergence_agrees_with_integration_on_another_grid(separation, mean, width, direction):
    explorer = explorers.kl_two_peaks()
    put(explorer, separation=separation, mean=mean, width=width, direction=direction)
    bits, centre, sd, share, _, apart = numbers(explorer.sentence)
    expected = divergence(separation, mean, width, direction)
    assert bits == pytest.approx(expected, abs=1e-3)  # the last digit, and tails cut at 19
    assert (centre, sd, apart) == (mean, width, separation / 2)
    halves = [stats.norm(sign * separation / 2, 0.75) for sign in (-1, 1)]
    ends = [mean - 2 * width, mean + 2 * width]
    inside = np.mean([np.diff(half.cdf(ends)) for half in halves])
    assert share == pytest.approx(inside, abs=0.02)  # of a grid, with half a cell at each end


@pytest.mark.parametrize("direction", ["forward", "reverse"])
@pytest.mark.parametrize("separation", [0.0, 2.0, 4.0, 6.0])
def test_the_button_finds_the_best_fit(separation, direction):
    explorer = explorers.kl_two_peaks()
    put(explorer, separation=separation, direction=direction)
    explorer.act("find the best fit")
    mean, width = (explorer.controls[name].value for name in ("mean", "width"))
    starts = [
        (0, math.hypot(0.75, separation / 2)),
        (separation / 2, 0.75),
        (-separation / 2, 0.75),
    ]
    best = min(
        optimize.minimize(
            lambda v: divergence(separation, v[0], math.exp(v[1]), direction),
            (start, math.log(wide)),
            method="Nelder-Mead",
            options={"xatol": 1e-3, "fatol": 1e-5},
        ).fun
        for start, wide in starts
    )
    assert divergence(separation, mean, width, direction) <= best + 0.01  # the sliders' steps


def test_two_normals_at_one_place_are_called_one():
    explorer = explorers.kl_two_peaks()
    put(explorer, separation=0.0)
    assert explorer.sentence.endswith("p is one normal at 0.00.")
    put(explorer, separation=1.0)  # too near each other for two peaks
    assert explorer.sentence.endswith("p mixes normals at ±0.50.")
    density = artist(explorer, "p").get_xy()[1:-2, 1]
    assert (np.diff(np.sign(np.diff(density))) < 0).sum() == 1


@pytest.mark.parametrize(
    ("separation", "mean", "width"),
    [(5.0, 2.5, 1.5), (5.0, 3.0, 1.0), (0.0, 0.0, 0.75), (0, 0.3, 0.75)],
)
def test_the_names_of_the_densities_are_off_both_curves_and_off_each_other(separation, mean, width):
    explorer = explorers.kl_two_peaks()
    put(explorer, separation=separation, mean=mean, width=width)
    pixels = explorer.figure.axes[0].transData.transform
    p, q = artist(explorer, "p").get_xy()[1:-2], artist(explorer, "q").get_xydata()
    curves = pixels(np.concatenate([p, q]))
    names = [artist(explorer, f"name of {name}").get_window_extent() for name in "pq"]
    assert not names[0].overlaps(names[1])
    for name in names:
        assert not name.count_contains(curves)


def test_forward_covers_both_peaks_and_reverse_seeks_the_nearer_one():
    explorer = explorers.kl_two_peaks()
    explorer.act("find the best fit")
    assert explorer.controls["mean"].value == 0
    assert explorer.controls["width"].value == pytest.approx(math.hypot(0.75, 2.5), abs=0.05)
    for nearer in (-2.5, 2.5):
        put(explorer, direction="reverse", mean=nearer / 2)
        explorer.act("find the best fit")
        assert explorer.controls["mean"].value == nearer
        assert explorer.controls["width"].value == pytest.approx(0.75, abs=0.051)


def test_the_shaded_area_is_the_divergence():
    explorer = explorers.kl_two_peaks()
    explorer.act("find the best fit")  # nothing is off the scale there
    x, y = artist(explorer, "area").get_xy()[1:-2].T
    bits = numbers(explorer.sentence)[0]
    assert integrate.trapezoid(y, x) == pytest.approx(bits, abs=2e-3)


# One question about penguins


@pytest.fixture(scope="module")
def penguins():
    data = load_penguins()
    measured = ~np.isnan(data.measurements).any(axis=1)
    return data.species[measured], data.measurements[measured]


@pytest.mark.parametrize("column", range(4))
@pytest.mark.parametrize("threshold", [0, 17, 40, 58, 100])
def test_the_gain_of_a_cut_agrees_with_counting(penguins, column, threshold):
    species, measurements = penguins
    explorer = explorers.split()
    put(explorer, feature=explorer.controls["feature"].options[column], threshold=threshold)
    x = measurements[:, column]
    yes = x <= x.min() + (x.max() - x.min()) * threshold / 100

    def bits(group):
        return stats.entropy(np.unique(group, return_counts=True)[1], base=2)

    left = sum(
        len(part) / len(x) * bits(part) for part in (species[yes], species[~yes]) if len(part)
    )
    (_,), (gain,) = artist(explorer, "dot").get_data()
    assert gain == pytest.approx(bits(species) - left, abs=1e-12)
    assert f" gains {gain:.3f} bits: " in explorer.sentence
    names = ("Adelie", "Chinstrap", "Gentoo")
    within, above = (
        [np.count_nonzero(group == name) for name in names]
        for group in (species[yes], species[~yes])
    )
    counted = ", ".join(f"{n} {name}" for n, name in zip(within, names, strict=True))
    assert f": {counted} within, " in explorer.sentence
    assert numbers(explorer.sentence)[-3:] == above
    assert f"all {bits(species):.3f} bits" in explorer.figure.axes[1].get_title(loc="left")


def test_the_gains_are_drawn_only_up_to_the_cut():
    explorer = explorers.split()
    for threshold in (0, 22, 58, 100):
        put(explorer, threshold=threshold)
        x, gains = artist(explorer, "curve").get_data()
        (cut,), (gain,) = artist(explorer, "dot").get_data()
        assert len(x) == threshold + 1
        assert (x[-1], gains[-1]) == (cut, gain)


def test_the_best_first_question_is_the_one_that_a_tree_asks(penguins):
    species, measurements = penguins
    explorer = explorers.split()
    best = []
    for feature in explorer.controls["feature"].options:
        put(explorer, feature=feature, threshold=100)
        best.append(max(artist(explorer, "curve").get_ydata()))
    asked = DecisionTree(max_depth=1).fit(measurements, species).root.split
    assert asked.feature == f"feature {np.argmax(best)}"
    assert max(best) == pytest.approx(asked.gain, abs=0.02)  # the slider has a hundred places


# Depth


@pytest.mark.parametrize(("depth", "n_seen", "draw"), [(6, 300, 1), (0, 50, 3), (1, 200, 10)])
def test_the_accuracies_are_those_of_a_tree_grown_to_this_depth(depth, n_seen, draw):
    explorer = explorers.tree_depth()
    put(explorer, depth=depth, n_seen=n_seen, draw=draw)
    votes, party = load_house_votes()
    rng = np.random.default_rng(0)
    for _ in range(draw):
        order = rng.permutation(435)
    seen, held_out = order[135:][:n_seen], order[:135]
    tree = DecisionTree(max_depth=depth).fit({k: v[seen] for k, v in votes.items()}, party[seen])
    for gid, rows in [("train", seen), ("test", held_out)]:
        expected = tree.accuracy({k: v[rows] for k, v in votes.items()}, party[rows])
        assert artist(explorer, gid).get_ydata()[depth] == pytest.approx(expected)
        words = f" of {n_seen} seen" if gid == "train" else " held out"
        assert f"{expected:.1%}{words}" in explorer.sentence
        assert len(artist(explorer, gid).get_xdata()) == depth + 1  # no further than asked
    average = artist(explorer, "mean").get_ydata()[depth]
    assert explorer.sentence.endswith(f"(mean {average:.1%}).")
    leaves = tree.count_leaves()
    leaves = f"{leaves} {'leaf' if leaves == 1 else 'leaves'}"
    assert explorer.sentence.startswith(f"Depth at most {depth} ({leaves}) ")
    assert f"in draw {draw} for" in explorer.sentence
    assert not set(seen) & set(held_out)


def test_what_a_tree_has_seen_it_knows_better_with_each_question():
    explorer = explorers.tree_depth()
    for draw in range(1, 11):
        put(explorer, depth=8, draw=draw)
        assert (np.diff(artist(explorer, "train").get_ydata()) >= 0).all()
        assert artist(explorer, "train").get_ydata()[-1] > 0.99
    assert artist(explorer, "mean").get_ydata()[1] > artist(explorer, "mean").get_ydata()[8]
