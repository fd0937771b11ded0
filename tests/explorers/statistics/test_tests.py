"""Two groups whose labels are dealt again, against all deals that there are, and scipy."""

import itertools

import numpy as np
import pytest
from scipy import stats

from explorers.drawn import every_value, part, points, set_to
from explorers.pictures import Pictures
from explorers.statistics.tests_dealt import bars, counted, last_deal, said
from mlmath_helpers.explorers import statistics as explorers
from mlmath_helpers.statistics import permutation_test

# p_value


@pytest.mark.parametrize(
    ("difference", "spread", "n"), [(3.0, 3.0, 7), (0.5, 5.0, 2), (8.0, 2.0, 4), (1.0, 1.0, 30)]
)
def test_the_groups_have_the_difference_spread_and_size_that_are_asked(made, difference, spread, n):
    explorer = made(explorers.p_value)
    words = set_to(explorer, difference=difference, spread=spread, n=n)
    a, b = points(explorer, "group a")[:, 1], points(explorer, "group b")[:, 1]
    assert len(a) == len(b) == n
    assert a.mean() - b.mean() == pytest.approx(difference)
    assert a.std(ddof=1) == pytest.approx(spread)
    assert b.std(ddof=1) == pytest.approx(spread)
    assert said(explorer)[3] == float(f"{stats.ttest_ind(a, b).pvalue:.2g}")
    assert words.startswith(
        f"Two groups of {n}, {difference:.1f} points apart, spread {spread:.1f}; as far: "
    )


@pytest.mark.parametrize(
    ("difference", "spread", "n"),
    [(3.0, 3.0, 7), (1.2, 3.0, 7), (8.0, 5.0, 2), (4.0, 2.5, 4), (0.0, 1.0, 5), (6.0, 1.0, 6)],
)
def test_p_is_near_the_share_of_all_deals_that_there_are(made, difference, spread, n):
    explorer = made(explorers.p_value, difference=difference, spread=spread, n=n)
    both = np.concatenate([points(explorer, gid)[:, 1] for gid in ("group a", "group b")])
    hands = np.array(list(itertools.combinations(range(2 * n), n)))
    sums = both[hands].sum(axis=1)
    apart = (2 * sums - both.sum()) / n  # mean of the hand less mean of the rest
    share = (np.abs(apart) >= abs(apart[0]) - 1e-9).mean()
    count, deals, p, _ = said(explorer)
    assert deals == 1000
    assert count / 1000 == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / 1000) + 1e-3)
    assert p == float(f"{count / 1000:.2g}")


def test_the_p_that_is_shown_is_the_share_that_is_coloured(made):
    explorer = made(explorers.p_value)
    rng = np.random.default_rng(0)
    states = [{}, {"difference": 0.0}, {"difference": 0.1, "spread": 5.0}, {"deals": 4}]
    for _ in range(30):
        states.append({k: rng.choice(every_value(c)) for k, c in explorer.controls.items()})
    for state in states:
        explorer.reset()
        set_to(explorer, **state)
        count, deals, *_ = said(explorer)
        near, far = counted(explorer)
        assert (far, near + far) == (count, deals)
        assert part(explorer, "p").get_text() == f"{count:,.0f} of {deals:,.0f}"
        assert count >= 1  # yours is among them
        difference = explorer.controls["difference"].value
        assert (np.abs(bars(explorer, "nearer")[:, 0]) < difference).all()
        if difference:
            assert (np.abs(bars(explorer, "as far")[:, 0]) > difference).all()
        assert points(explorer, "yours")[0, 0] == pytest.approx(difference)
        edges = points(explorer, "border")[:, 0]
        assert edges[[0, 1, 3, 4]] == pytest.approx(difference * np.array([-1, -1, 1, 1]))
        low, high = part(explorer, "as far").axes.get_xlim()
        for gid in ("nearer", "as far"):
            assert ((bars(explorer, gid)[:, 0] > low) & (bars(explorer, gid)[:, 0] < high)).all()


def test_both_sides_count_and_are_said_to(made):
    explorer = made(explorers.p_value)
    axes = part(explorer, "p").axes
    assert "p = the share on or outside the dotted lines" in [
        text.get_text() for text in axes.texts
    ]
    sides = np.sign(bars(explorer, "as far")[:, 0])
    assert set(sides) == {-1, 1}
    assert part(explorer, "p").get_text() == "89 of 1,000"


def test_the_axis_says_which_mean_is_taken_from_which_and_no_height_is_to_be_read(made):
    explorer = made(explorers.p_value)
    axes = part(explorer, "yours").axes
    assert axes.get_xlabel().startswith("mean of a − mean of b")
    a, b = (points(explorer, f"group {name}")[:, 1] for name in "ab")
    assert points(explorer, "yours")[0, 0] == pytest.approx(a.mean() - b.mean())
    assert len(axes.get_yticks()) == 0
    assert not axes.spines["left"].get_visible()


@pytest.mark.parametrize("difference", [0.0, 1.3, 3.0, 8.0])
def test_the_deals_and_their_p_are_those_of_the_permutation_test(made, difference):
    explorer = made(explorers.p_value, difference=difference)
    a, b = (points(explorer, f"group {name}")[:, 1] for name in "ab")
    dealt = permutation_test(a, b, n_deals=1000, rng=0)
    assert said(explorer)[0] == round(1000 * dealt.p)
    for deals in (4, 400, 1000):
        set_to(explorer, deals=deals)
        hand, rest = last_deal(explorer)
        assert hand.mean() - rest.mean() == pytest.approx(dealt.differences[deals - 1])
        labels = dealt.labels[deals - 1]
        np.testing.assert_allclose(np.sort(hand), np.sort(np.concatenate([a, b])[labels]))


def test_each_deal_gives_all_numbers_new_labels_and_falls_on_its_stack(made):
    explorer = made(explorers.p_value)
    a, b = points(explorer, "group a")[:, 1], points(explorer, "group b")[:, 1]
    seen = []
    for deals in every_value(explorer.controls["deals"]):
        set_to(explorer, deals=deals)
        hand, rest = last_deal(explorer)
        assert len(hand) == len(rest) == 7
        np.testing.assert_allclose(np.sort([*hand, *rest]), np.sort([*a, *b]))
        now = hand.mean() - rest.mean()
        means = points(explorer, "means")[:, 1]
        assert means == pytest.approx([b.mean(), a.mean(), rest.mean(), hand.mean()])
        is_far = abs(now) >= 3 - 1e-9
        (place, height), both = points(explorer, "last")[0], bars(explorer, "nearer")
        both = bars(explorer, "as far") if is_far else both
        stack = np.abs(both[:, 0] - place).argmin()
        assert both[stack, 0] == pytest.approx(place)
        assert 0 < both[stack, 1] - height < 0.02  # it lies on top
        assert abs(place - now) < 0.3
        seen.append(hand.tolist())
    assert len({tuple(sorted(hand)) for hand in seen}) > 200
    in_a = np.isin(seen, a.tolist()).mean()
    assert in_a == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(("y", "difference"), [(80.0, 0.0), (85.2, 5.2), (88.0, 8.0), (70.0, 0.0)])
def test_the_mean_of_a_is_pulled_up_and_down(made, y, difference):
    explorer = made(explorers.p_value)
    explorer.drag("mean of a", 0.3, y)
    assert explorer.controls["difference"].value == difference
    assert explorer.handles[0].at(**explorer._values()) == (1, 80 + difference)
    assert points(explorer, "means")[1, 1] == pytest.approx(80 + difference)


@pytest.mark.parametrize(("x", "difference"), [(1.52, 1.5), (0.0, 0.0), (9.0, 8.0), (-4.0, 0.0)])
def test_the_difference_is_pulled_along_the_histogram(made, x, difference):
    explorer = made(explorers.p_value)
    explorer.drag("difference of your groups", x, 0.4)
    assert explorer.controls["difference"].value == difference
    assert explorer.handles[2].at(**explorer._values()) == pytest.approx(
        points(explorer, "yours")[0]
    )


@pytest.mark.parametrize(("n", "y"), [(7, 82.0), (30, 90.0), (2, 83.5), (2, 66.0)])
def test_the_highest_of_b_is_pulled_to_a_spread(made, n, y):
    explorer = made(explorers.p_value, n=n)
    explorer.drag("highest of b", 0.0, y)
    group = points(explorer, "group b")
    top = group[group[:, 1].argmax()]
    assert explorer.handles[1].at(**explorer._values()) == pytest.approx(top)
    spread = group[:, 1].std(ddof=1)
    assert spread == pytest.approx(max(0.5, explorer.controls["spread"].value))
    if y > 80:
        assert top[1] == pytest.approx(y, abs=0.06 * (top[1] - 80) / spread)
    else:
        assert spread == pytest.approx(0.5)


class TestPictures(Pictures):
    figures = (explorers.p_value,)
