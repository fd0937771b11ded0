"""Two groups of one's own, dealt again, against scipy."""

import numpy as np
import pytest
from scipy import stats

from explorers.drawn import every_value, numbers, part, points, set_to
from explorers.pictures import Pictures
from explorers.statistics.tests_dealt import bars, counted, last_deal, said
from mlmath_helpers.explorers import statistics as explorers

RNG = np.random.default_rng(5)
GROUPS = {
    "whole": ([85, 87, 82, 86, 88, 85, 87], [78, 82, 79, 81, 80, 83]),
    "tiny": (1e-6 * RNG.normal(size=20), 1e-6 * RNG.exponential(size=9)),
    "huge": (3e11 + 1e9 * RNG.normal(size=5), 3e11 + 1e9 * RNG.normal(size=60)),
    "alike": ([4.0, 6.0], [5.0, 5.0]),
    "one without spread": ([1.0, 2.0, 4.0], [9.5, 9.5, 9.5, 9.5]),
    "many": (RNG.normal(size=1500), 0.01 + RNG.normal(size=30)),
}


@pytest.mark.parametrize("name", GROUPS)
def test_ones_own_groups_are_shown_and_tested_as_they_are(own, name):
    a, b = (np.array(group, dtype=float) for group in GROUPS[name])
    a_before, b_before = a.copy(), b.copy()
    explorer = own(explorers.p_value, a, b)
    assert (a == a_before).all()
    assert (b == b_before).all()
    pooled = np.sqrt((len(a) - 1) * a.var(ddof=1) + (len(b) - 1) * b.var(ddof=1))
    pooled /= np.sqrt(len(a) + len(b) - 2)
    t = (a.mean() - b.mean()) / (pooled * np.sqrt(1 / len(a) + 1 / len(b)))
    p = 2 * stats.t.sf(abs(t), len(a) + len(b) - 2)
    words = explorer.sentence.replace("−", "-")
    assert words.startswith(f"{len(a)} in a, {len(b)} in b, ")
    assert f"(formula {p:.2g})." in words
    unit = {"tiny": 1e-6, "huge": 1e9}.get(name, 1)
    assert ("(in 1e-6)" in words) == ("(in 1e-6)" in explorer.figure.axes[0].get_ylabel())
    assert ("(in 1e9)" in words) == (name == "huge")
    assert numbers(words)[2] == pytest.approx((a.mean() - b.mean()) / unit, abs=0.051)
    assert points(explorer, "yours")[0, 0] * unit == pytest.approx(a.mean() - b.mean())
    shuffled = stats.permutation_test(
        (a, b), lambda a, b, axis: a.mean(axis) - b.mean(axis), vectorized=True, random_state=1
    )
    wobble = np.sqrt(2 * shuffled.pvalue * (1 - shuffled.pvalue) / 1000)
    counted_p = said(explorer)[0] / 1000
    if name != "alike":  # of two and two there are ties
        assert counted_p == pytest.approx(shuffled.pvalue, abs=4 * wobble + 2e-3)
    for gid, group in (("group a", a), ("group b", b)):
        seen = np.sort(points(explorer, gid)[:, 1]) * unit
        if len(group) <= 400:
            np.testing.assert_allclose(seen, np.sort(group), rtol=1e-12)
        else:
            assert len(seen) == 400
            assert seen[[0, -1]] == pytest.approx([group.min(), group.max()])
            assert "(400 of a drawn)" in explorer.figure.axes[0].get_title(loc="left")
    bottom, top = explorer.figure.axes[0].get_ylim()
    for end in (0, -1):
        for other in (0, -1):
            values = {"difference": end, "spread": other}
            set_to(explorer, **{k: every_value(explorer.controls[k])[i] for k, i in values.items()})
            everything = np.concatenate([points(explorer, f"group {g}")[:, 1] for g in "ab"])
            assert bottom < everything.min() <= everything.max() < top


def test_ones_own_groups_are_moved_stretched_and_counted_several_times(own):
    a, b = (np.array(group, dtype=float) for group in GROUPS["whole"])
    explorer = own(explorers.p_value, a, b)
    sd = explorer.controls["spread"].value
    explorer.drag("mean of a", 1.0, 80.5)
    assert ", 0.00 apart," in explorer.sentence
    assert "as far: 1000 of 1000 deals, p = 1 (formula 1)." in explorer.sentence
    explorer.reset()
    farthest = b[np.abs(b - b.mean()).argmax()]
    explorer.drag("farthest of b", 0.0, b.mean() + 1.5 * (farthest - b.mean()))
    assert explorer.controls["spread"].value == pytest.approx(1.5 * sd, rel=0.02)
    factor = explorer.controls["spread"].value / sd
    seen = np.sort(points(explorer, "group a")[:, 1])
    np.testing.assert_allclose(seen, np.sort(a.mean() + factor * (a - a.mean())), rtol=1e-9)
    explorer.reset()
    words = set_to(explorer, times=4)
    p = stats.ttest_ind(np.repeat(a, 4), np.repeat(b, 4)).pvalue
    assert f"7 in a, 6 in b (each × 4), 5.21 apart, spread {sd:.2f}" in words
    assert f"(formula {p:.2g})." in words
    assert len(points(explorer, "group a")) == 28
    hand, rest = last_deal(explorer)
    assert (len(hand), len(rest)) == (28, 24)
    for control in explorer.controls.values():
        for end in (every_value(control)[0], every_value(control)[-1]):
            control.value = end
            low, high = part(explorer, "as far").axes.get_xlim()
            for gid in ("nearer", "as far"):
                middles = bars(explorer, gid)[:, 0]
                assert ((middles > low) & (middles < high)).all()
            count, deals, *_ = said(explorer)
            assert counted(explorer) == [deals - count, count]


@pytest.mark.parametrize("name", GROUPS)
def test_the_handles_of_ones_own_groups_are_where_their_points_are(own, name):
    explorer = own(explorers.p_value, *GROUPS[name])
    rng = np.random.default_rng(0)
    for _ in range(10):
        set_to(
            explorer, **{k: rng.choice(every_value(c)).item() for k, c in explorer.controls.items()}
        )
        mean, far, apart = (handle.at(**explorer._values()) for handle in explorer.handles)
        assert mean == pytest.approx(points(explorer, "means")[1], rel=1e-3, abs=0.01)
        assert apart == pytest.approx(points(explorer, "yours")[0], abs=0.01)
        group = points(explorer, f"group {explorer.handles[1].label[-1]}")
        assert np.abs(group - far).sum(axis=1).min() < 0.02
        for handle in explorer.handles:
            values = explorer._values()
            assert explorer._wanted(handle, handle.at(**values), values) == values


def test_a_p_below_all_doubles_is_said_to_be_so(own):
    explorer = own(explorers.p_value, np.arange(400) * 1e-3 + 50, np.arange(400) * 1e-3)
    assert explorer.sentence.endswith("1 of 1000 deals, p = 0.001 (formula p < 1e-300).")


@pytest.mark.parametrize(
    ("a", "b", "error", "message"),
    [
        ([1, 2], None, TypeError, "b is missing: give a and b"),
        (None, [1, 2], TypeError, "a is missing: give a and b"),
        ([1, 2], [3, np.nan], ValueError, "b holds nan or inf"),
        ([1], [2, 3], ValueError, "a needs at least 2 numbers, not 1"),
        ([1, 1], [2, 2], ValueError, "a and b do not vary within themselves"),
        ([[1, 2]], [2, 3], ValueError, "a must be a 1-D array"),
        (["x", "y"], [2, 3], TypeError, "a must hold real numbers"),
        ([1, 2], np.zeros(10_001), ValueError, "b holds 10001 numbers, and the figure shows at mo"),
        ([1e12, 1e12], [0, 1], ValueError, "a and b spreads over only 1 at a size of 1e"),
        ([0, 1e-300], [0, 0], ValueError, "no room in doubles"),
    ],
)
def test_groups_that_cannot_be_compared_are_refused(a, b, error, message):
    with pytest.raises(error, match=message):
        explorers.p_value(a, b)


def own_groups():
    return explorers.p_value(*GROUPS["whole"])


class TestOwnPictures(Pictures):
    figures = (own_groups,)
