"""One cut and a whole tree, against counting and against trees grown one by one."""

import numpy as np
import pytest
from scipy import stats

from explorers.drawn import numbers, part, set_to
from explorers.pictures import Pictures
from mlmath_helpers.datasets import load_house_votes, load_penguins
from mlmath_helpers.explorers import information_theory as explorers
from mlmath_helpers.information_theory import DecisionTree

# One question about penguins


@pytest.fixture(scope="module")
def penguins():
    data = load_penguins()
    measured = ~np.isnan(data.measurements).any(axis=1)
    return data.species[measured], data.measurements[measured]


@pytest.mark.parametrize("column", range(4))
@pytest.mark.parametrize("threshold", [0, 17, 40, 58, 100])
def test_the_gain_of_a_cut_agrees_with_counting(made, penguins, column, threshold):
    species, measurements = penguins
    explorer = made(explorers.split)
    feature = explorer.controls["feature"].options[column]
    set_to(explorer, feature=feature, threshold=threshold)
    x = measurements[:, column]
    yes = x <= x.min() + (x.max() - x.min()) * threshold / 100

    def bits(group):
        return stats.entropy(np.unique(group, return_counts=True)[1], base=2)

    left = sum(
        len(side) / len(x) * bits(side) for side in (species[yes], species[~yes]) if len(side)
    )
    (_,), (gain,) = part(explorer, "dot").get_data()
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


def test_the_gains_are_drawn_only_up_to_the_cut(made):
    explorer = made(explorers.split)
    for threshold in (0, 22, 58, 100):
        set_to(explorer, threshold=threshold)
        x, gains = part(explorer, "curve").get_data()
        (cut,), (gain,) = part(explorer, "dot").get_data()
        assert len(x) == threshold + 1
        assert (x[-1], gains[-1]) == (cut, gain)


def test_the_best_first_question_is_the_one_that_a_tree_asks(made, penguins):
    species, measurements = penguins
    explorer = made(explorers.split)
    best = []
    for feature in explorer.controls["feature"].options:
        set_to(explorer, feature=feature, threshold=100)
        best.append(max(part(explorer, "curve").get_ydata()))
    asked = DecisionTree(max_depth=1).fit(measurements, species).root.split
    assert asked.feature == f"feature {np.argmax(best)}"
    assert max(best) == pytest.approx(asked.gain, abs=0.02)  # the slider has a hundred places


# Depth


@pytest.mark.parametrize(("depth", "n_seen", "draw"), [(6, 300, 1), (0, 50, 3), (1, 200, 10)])
def test_the_accuracies_are_those_of_a_tree_grown_to_this_depth(made, depth, n_seen, draw):
    explorer = made(explorers.tree_depth, depth=depth, n_seen=n_seen, draw=draw)
    votes, party = load_house_votes()
    rng = np.random.default_rng(0)
    for _ in range(draw):
        order = rng.permutation(435)
    seen, held_out = order[135:][:n_seen], order[:135]
    tree = DecisionTree(max_depth=depth).fit({k: v[seen] for k, v in votes.items()}, party[seen])
    for gid, rows in [("train", seen), ("test", held_out)]:
        expected = tree.accuracy({k: v[rows] for k, v in votes.items()}, party[rows])
        assert part(explorer, gid).get_ydata()[depth] == pytest.approx(expected)
        words = f" of {n_seen} seen" if gid == "train" else " held out"
        assert f"{expected:.1%}{words}" in explorer.sentence
        assert len(part(explorer, gid).get_xdata()) == depth + 1  # no further than asked
    average = part(explorer, "mean").get_ydata()[depth]
    assert explorer.sentence.endswith(f"(mean {average:.1%}).")
    leaves = tree.count_leaves()
    leaves = f"{leaves} {'leaf' if leaves == 1 else 'leaves'}"
    assert explorer.sentence.startswith(f"Depth at most {depth} ({leaves}) ")
    assert f"in draw {draw} for" in explorer.sentence
    assert not set(seen) & set(held_out)


def test_what_a_tree_has_seen_it_knows_better_with_each_question(made):
    explorer = made(explorers.tree_depth)
    for draw in range(1, 11):
        set_to(explorer, depth=8, draw=draw)
        assert (np.diff(part(explorer, "train").get_ydata()) >= 0).all()
        assert part(explorer, "train").get_ydata()[-1] > 0.99
    assert part(explorer, "mean").get_ydata()[1] > part(explorer, "mean").get_ydata()[8]


class TestPictures(Pictures):
    figures = (explorers.split, explorers.tree_depth)
