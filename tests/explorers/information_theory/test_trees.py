"""One cut, against counting."""

import numpy as np
import pytest
from scipy import stats

from explorers.drawn import assert_true, drawn, numbers, part, points, set_to
from explorers.pictures import Pictures
from mlmath_helpers.datasets import load_penguins
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


def test_the_threshold_is_pulled_to_the_nearest_of_a_hundred_cuts(made, penguins):
    _, measurements = penguins
    explorer = made(explorers.split)
    for column, feature in enumerate(explorer.controls["feature"].options):
        set_to(explorer, feature=feature)
        x = measurements[:, column]
        for share, y in [(0.333, 0.5), (0.0, 2), (1.0, 0), (0.718, -0.5), (1.05, 1)]:
            explorer.drag("threshold", x.min() + share * np.ptp(x), y)
            assert explorer._values() == {
                "threshold": min(100, round(100 * share)),
                "feature": feature,
            }
            assert explorer.handles[0].at(**explorer._values())[0] == points(explorer, "dot")[0, 0]


# A table of one's own


def table_of(kind):
    rng = np.random.default_rng(0)
    n = 200
    labels = rng.integers(0, 2, n)
    if kind == "two columns, and two that cannot be cut":
        return {
            "pH": labels + rng.normal(size=n),
            "word": np.where(labels, "a", "b"),
            "the same": np.ones(n),
            "number of a long name of a thing": 1_000_000 + np.arange(n),
        }, np.where(labels, "yes", "no")
    if kind == "an array, six classes of long names":
        names = [f"a class with a long name {i}" for i in range(6)]
        return rng.normal(size=(n, 3)) * [1e-7, 1, 1e8], np.array(names)[rng.integers(0, 6, n)]
    if kind == "six classes, too many rows to name":
        return {"x": rng.normal(size=90_000)}, rng.integers(0, 6, 90_000) + 1000
    return np.array([[-3.0], [1 / 3], [2.0]]), [True, True, False]


KINDS = [
    "two columns, and two that cannot be cut",
    "an array, six classes of long names",
    "six classes, too many rows to name",
    "three rows",
]


@pytest.mark.parametrize("kind", KINDS)
def test_the_gain_of_a_cut_of_ones_own_table_agrees_with_counting(own, kind):
    table, labels = table_of(kind)
    explorer = own(explorers.split, table, labels)
    features = explorer.controls["feature"].options
    if not isinstance(table, dict):
        columns = {f"feature {i}": column for i, column in enumerate(table.T)}
    else:
        columns = {name: table[name] for name in features}
        assert set(table) - set(features) in (set(), {"word", "the same"})
    assert list(features) == list(columns)
    labels = np.array(labels)
    names, counts = np.unique(labels, return_counts=True)
    for feature, x in columns.items():
        for threshold in (0, 22, 50, 99, 100):
            words = set_to(explorer, feature=feature, threshold=threshold)
            (cut, gain), (low, high) = points(explorer, "dot")[0], (x.min(), x.max())
            assert cut == pytest.approx(
                low + (high - low) * threshold / 100, abs=1e-4 * (high - low)
            )
            yes = x <= cut
            within = [np.count_nonzero(labels[yes] == name) for name in names]
            above = counts - within
            left = sum(
                side.sum() / len(x) * stats.entropy(side, base=2)
                for side in (np.array(within), above)
                if side.any()
            )
            assert gain == pytest.approx(stats.entropy(counts, base=2) - left, abs=1e-9)
            shown = [int(text.get_text()) for text in explorer.figure.axes[0].texts]
            assert shown == [*within, *above]
            assert words.startswith(f"The cut {feature[:23]}")
            assert len(words) < 181
            assert "penguin" not in words + explorer.figure.axes[0].get_title(loc="left")
            said, _, rest = words.partition(" ≤ ")[2].partition(" gains ")
            assert numbers(said)[0] == pytest.approx(cut, abs=0.004 * (high - low))
            assert numbers(rest)[0] == pytest.approx(gain, abs=5.1e-4)
            if len(x) < 1000:
                assert numbers(rest)[-len(names) :] == list(above)
            else:
                assert numbers(rest)[-3:] == [sum(within), len(x), above.sum()]
    assert explorer.figure.axes[1].get_xlabel() == feature


def test_ones_own_table_and_labels_are_left_as_they_are(own):
    table, labels = table_of("two columns, and two that cannot be cut")
    kept = {name: column.copy() for name, column in table.items()}
    explorer = own(explorers.split, table, labels)
    for name, column in kept.items():
        np.testing.assert_array_equal(table[name], column)
    table["pH"][:] = 0
    assert set_to(explorer, threshold=100).startswith(f"The cut pH ≤ {kept['pH'].max():.6g} gains")


def test_the_picture_of_ones_own_table_is_a_full_draw_and_its_threshold_can_be_pulled(own):
    explorer = drawn(own(explorers.split, *table_of(KINDS[0]), threshold=10))
    assert_true(explorer)
    for feature in explorer.controls["feature"].options:
        set_to(explorer, feature=feature)
        low, high = explorer.figure.axes[0].get_xlim()
        explorer.drag("threshold", (low + high) / 2, 0)
        assert explorer.controls["threshold"].value == 50
        assert_true(explorer)
    assert explorer.picture.call == (
        "explorers.split(table, labels, threshold=50, feature='number of a long name of a thing')"
    )


@pytest.mark.parametrize(
    ("things", "kind", "message"),
    [
        (({"x": [1, 2]}, None), TypeError, "table and labels must be given together"),
        ((None, [1, 2]), TypeError, "table and labels must be given together"),
        (
            ({"x": [1, 2]}, ["a", "a"]),
            ValueError,
            "labels must hold 2 to 6 different classes, not 1",
        ),
        ((np.eye(7), range(7)), ValueError, "labels must hold 2 to 6 different classes, not 7"),
        (
            ({"x": [1, 2, 3]}, [0, 1]),
            ValueError,
            r"table\['x'\] and labels must have the same number",
        ),
        (({"x": ["a", "b"], "y": [5, 5]}, [0, 1]), ValueError, "table has no column to cut"),
        (({}, [0, 1]), ValueError, "table has no column to cut"),
        (([1.0, 2.0], [0, 1]), ValueError, "table must be a dict of columns or a 2-D array"),
        (({"x": [1, np.nan]}, [0, 1]), ValueError, r"table\['x'\] holds nan or inf"),
        (({"x": [1, -1e200]}, [0, 1]), ValueError, r"table\['x'\] holds 1e\+200; measure it"),
        (
            ({"x": [1, "a"]}, [0, 1]),
            TypeError,
            r"table\['x'\] must hold only words or only numbers",
        ),
    ],
)
def test_tables_that_cannot_be_cut_are_refused(things, kind, message):
    with pytest.raises(kind, match=message):
        explorers.split(*things)


class TestPictures(Pictures):
    figures = (explorers.split,)
