"""Information gain and the tree: held to Quinlan's, to a brute force search and to identities."""

import itertools
import math
import tracemalloc
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from inputs import published
from mlmath_helpers.information_theory import (
    DecisionTree,
    entropy,
    information_gain,
)

PUBLISHED = published("information_theory.json")
ROUNDING = 1e-13  # a few hundred roundings of numbers up to about ten bits


# Information gain


@pytest.mark.parametrize("feature", ["outlook", "temperature", "humidity", "windy"])
def test_the_gains_that_quinlan_published(feature):
    table, play = play_tennis_as_typed()
    expected = PUBLISHED["quinlan_play_tennis"]["expected_as_printed"]
    assert f"{information_gain(table[feature], play):.3f}" == expected[f"gain_{feature}"]
    if feature != "outlook":
        sunny = table["outlook"] == "sunny"
        gain = information_gain(table[feature][sunny], play[sunny])
        assert f"{gain:.3f}" == expected[f"gain_{feature}_given_sunny"]


def test_the_entropy_of_playing_that_quinlan_published():
    _, play = play_tennis_as_typed()
    share = np.mean(play == "yes")
    assert f"{entropy([share, 1 - share]):.3f}" == "0.940"


def play_tennis_as_typed():
    """Return the table as typed from the paper, without the package's loader."""
    rows = """
        sunny hot high false no; sunny hot high true no; overcast hot high false yes
        rain mild high false yes; rain cool normal false yes; rain cool normal true no
        overcast cool normal true yes; sunny mild high false no; sunny cool normal false yes
        rain mild normal false yes; sunny mild normal true yes; overcast mild high true yes
        overcast hot normal false yes; rain mild high true no
    """
    cells = np.array([row.split() for row in rows.replace("\n", ";").split(";") if row.strip()])
    names = ["outlook", "temperature", "humidity", "windy"]
    return dict(zip(names, cells.T[:4], strict=True)), cells.T[4]


LABELLED = st.integers(1, 30).flatmap(
    lambda n: st.tuples(
        hnp.arrays(int, n, elements=st.integers(0, 3)),
        hnp.arrays(int, n, elements=st.integers(0, 2)),
    )
)


@given(LABELLED)
def test_gain_is_the_divergence_of_the_table_from_independence(rows):
    feature, labels = rows
    n, cells = len(labels), Counter(zip(feature.tolist(), labels.tolist(), strict=True))
    rows, columns = Counter(feature.tolist()), Counter(labels.tolist())
    expected = math.fsum(
        count / n * math.log2(count * n / (rows[x] * columns[y])) for (x, y), count in cells.items()
    )
    assert information_gain(feature, labels) == pytest.approx(expected, abs=ROUNDING)


@given(LABELLED)
def test_gain_is_symmetric_and_at_most_either_entropy(rows):
    feature, labels = rows
    gain = information_gain(feature, labels)
    assert gain == pytest.approx(information_gain(labels, feature), abs=ROUNDING)
    shares = np.unique(labels, return_counts=True)[1] / len(labels)
    assert 0 <= gain <= entropy(shares) + ROUNDING


@given(LABELLED)
def test_a_serial_number_always_tells_all(rows):
    _, labels = rows
    shares = np.unique(labels, return_counts=True)[1] / len(labels)
    gain = information_gain(np.arange(len(labels)), labels)
    assert gain == pytest.approx(entropy(shares), abs=ROUNDING)


def test_gain_takes_words_numbers_and_truth_values():
    labels = ["a", "a", "b", "b"]
    for feature in (["x", "x", "y", "y"], [1, 1, 2, 2], np.array([1, 1, 2, 2]) <= 1):
        assert information_gain(feature, labels) == 1
    assert information_gain(np.array(["x", "x", "y", "y"], dtype=object), labels) == 1
    assert information_gain(["x", "x", "y", "y"], labels, base=4) == 0.5


# What is refused


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (
            lambda: information_gain([1, 2], [1]),
            ValueError,
            "feature and labels must have the same",
        ),
        (lambda: information_gain([], []), ValueError, "feature is empty"),
        (lambda: information_gain([math.nan], [1]), ValueError, "feature holds nan"),
        (lambda: information_gain([["a"]], [1]), ValueError, "feature must be a 1-D array"),
        (lambda: information_gain([None, "a"], [1, 2]), TypeError, "feature must hold only words"),
    ],
)
def test_nonsense_is_refused_in_words(call, error, words):
    with pytest.raises(error, match=words):
        call()


# The tree

XOR = {"a": [0, 0, 1, 1], "b": [0, 1, 0, 1]}, ["no", "yes", "yes", "no"]


def tables(n_rows, values):
    column = st.lists(values, min_size=n_rows, max_size=n_rows)
    return st.tuples(
        st.dictionaries(st.sampled_from("abc"), column, min_size=1),
        st.lists(st.sampled_from(["no", "yes", "perhaps"]), min_size=n_rows, max_size=n_rows),
    )


NUMBERS = st.integers(1, 20).flatmap(lambda n: tables(n, st.integers(-3, 3)))
WORDS = st.integers(1, 20).flatmap(lambda n: tables(n, st.sampled_from("xyz?")))


def test_the_tree_of_quinlans_paper(play_tennis):
    table, play = play_tennis
    tree = DecisionTree().fit(table, play)
    assert str(tree).split("\n") == [
        "outlook = overcast: yes (4)",
        "outlook = rain",
        "    windy = false: yes (3)",
        "    windy = true: no (2)",
        "outlook = sunny",
        "    humidity = high: no (3)",
        "    humidity = normal: yes (2)",
    ]
    assert (tree.count_leaves(), tree.depth) == (5, 2)
    assert tree.root.split.gain == pytest.approx(information_gain(table["outlook"], play))
    assert tree.accuracy(table, play) == 1


@pytest.fixture
def play_tennis():
    from mlmath_helpers.datasets import load_play_tennis

    return load_play_tennis()


@given(NUMBERS | WORDS)
def test_an_unlimited_tree_is_wrong_only_where_equal_rows_have_different_labels(table):
    X, y = table
    rows = list(zip(*X.values(), strict=True))
    best = 0  # right answers of the best possible rule: the most frequent label of equal rows
    for row in set(rows):
        labels = [label for other, label in zip(rows, y, strict=True) if other == row]
        best += max(labels.count(label) for label in labels)
    assert DecisionTree().fit(X, y).accuracy(X, y) == pytest.approx(best / len(y))


@given(NUMBERS)
def test_the_first_threshold_is_the_best_of_all(table):
    X, y = table
    found = DecisionTree(max_depth=1).fit(X, y).root.split
    gains = {
        (name, (low + high) / 2): information_gain(np.array(column) <= (low + high) / 2, y)
        for name, column in X.items()
        for low, high in itertools.pairwise(sorted(set(column)))
    }
    if not gains or len(set(y)) == 1:
        assert found is None
    else:
        best = max(gains.values())
        first = next(question for question, gain in gains.items() if gain > best - 1e-12)
        assert (found.feature, found.threshold) == first
        assert found.gain == pytest.approx(best, abs=1e-12)


@given(WORDS)
def test_the_first_word_asked_for_gains_most(table):
    X, y = table
    found = DecisionTree(max_depth=1).fit(X, y).root.split
    gains = {
        name: information_gain(column, y) for name, column in X.items() if len(set(column)) > 1
    }
    if not gains or len(set(y)) == 1:
        assert found is None
    else:
        best = max(gains.values())
        assert found.feature == next(name for name, gain in gains.items() if gain > best - 1e-12)
        assert found.gain == pytest.approx(best, abs=1e-12)


@given(NUMBERS | WORDS, st.integers(0, 4))
def test_a_tree_cut_at_a_depth_is_the_tree_grown_to_it(table, depth):
    X, y = table
    grown, cut = DecisionTree(max_depth=depth).fit(X, y), DecisionTree().fit(X, y)
    np.testing.assert_array_equal(grown.predict(X), cut.predict(X, max_depth=depth))
    assert grown.depth <= depth
    assert grown.count_leaves() == cut.count_leaves(max_depth=depth)


@given(NUMBERS | WORDS)
def test_training_accuracy_never_falls_with_depth(table):
    X, y = table
    tree = DecisionTree().fit(X, y)
    accuracies = [tree.accuracy(X, y, max_depth=depth) for depth in range(tree.depth + 1)]
    assert accuracies == sorted(accuracies)


def test_exclusive_or_needs_a_question_that_gains_nothing():
    X, y = XOR
    tree = DecisionTree().fit(X, y)
    assert tree.root.split.gain == 0
    assert tree.accuracy(X, y) == 1
    assert DecisionTree(max_depth=1).fit(X, y).accuracy(X, y) == 0.5


@pytest.mark.parametrize("column", [12 * [0] + 8 * [1], 12 * ["p"] + 8 * ["q"]])
def test_a_question_that_tells_nothing_gains_zero_and_not_a_negative_rounding(column):
    split = DecisionTree(max_depth=1).fit({"x": column}, 5 * [0, 1, 1, 1]).root.split
    assert split.gain == 0


def test_ties_go_to_the_first_feature_the_smallest_threshold_and_the_first_label():
    X = {"late": [1, 2, 3], "early": [1, 2, 3]}
    split = DecisionTree().fit(X, ["a", "b", "a"]).root.split
    assert (split.feature, split.threshold) == ("late", 1.5)
    assert DecisionTree(max_depth=0).fit(X, ["b", "a", "c"]).predict(X).tolist() == ["a"] * 3


def test_a_tie_that_rounding_would_break_is_a_tie():
    # Both cuts leave 2 + 5 log2(5) bits, and rounding makes the second a hair better.
    split = DecisionTree().fit({"x": np.arange(11)}, list("baabcbaabab")).root.split
    assert split.threshold == 0.5
    labels = list("cabbaaccbba")
    X = {"word": 4 * ["low"] + 7 * ["high"], "number": 4 * [0] + 7 * [1]}  # one question, twice
    assert DecisionTree().fit(X, labels).root.split.feature == "word"


def test_a_word_never_seen_gets_the_most_frequent_label_of_its_group():
    tree = DecisionTree().fit({"sky": ["blue", "grey", "grey"]}, ["dry", "wet", "wet"])
    assert tree.predict({"sky": ["red", "blue", "grey"]}).tolist() == ["wet", "dry", "wet"]


def test_words_numbers_and_truth_values_may_stand_in_one_table():
    X = {
        "word": ["p", "q", "p", "q"],
        "number": [1.0, 2.0, 3.0, 4.0],
        "is": [True, True, False, True],
    }
    y = [0, 1, 2, 1]
    tree = DecisionTree().fit(X, y)
    assert tree.predict(X).tolist() == y
    assert "number <= 2" in str(tree)


def test_the_columns_of_an_array_have_numbers_for_names():
    X = np.array([[0.0, 5.0], [0.0, 6.0]])
    assert (
        str(DecisionTree().fit(X, ["a", "b"])) == "feature 1 <= 5.5: a (1)\nfeature 1 > 5.5: b (1)"
    )


def test_one_row_one_class_and_constant_features_make_a_single_leaf():
    assert str(DecisionTree().fit({"x": [1]}, ["a"])) == "a (1)"
    assert str(DecisionTree().fit({"x": [1, 2]}, ["a", "a"])) == "a (2)"
    assert str(DecisionTree().fit({"x": [1, 1, 1]}, ["a", "b", "b"])) == "b (2 of 3)"


def test_a_threshold_stands_between_neighbouring_doubles_and_at_the_ends_of_the_range():
    far = [(-1e308, 1.7e308), (-1.7e308, -1e308), (1e308, 1.7e308)]
    for low, high in [(1.0, np.nextafter(1.0, 2)), (0.0, 5e-324), *far]:
        tree = DecisionTree().fit({"x": [low, high]}, ["a", "b"])
        assert tree.predict({"x": [low, high]}).tolist() == ["a", "b"]


def test_min_rows_stops_small_groups():
    X, y = {"x": [1, 2, 3, 4]}, ["a", "b", "a", "b"]
    assert DecisionTree(min_rows=5).fit(X, y).count_leaves() == 1
    assert DecisionTree(min_rows=4).fit(X, y).depth == 1


def test_a_long_chain_of_questions_needs_no_recursion():
    n = 1500
    tree = DecisionTree().fit({"x": np.arange(n)}, np.arange(n) % 2)
    assert tree.accuracy({"x": np.arange(n)}, np.arange(n) % 2) == 1
    assert tree.count_leaves() == n


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: DecisionTree(max_depth=-1), "max_depth must be at least 0"),
        (lambda: DecisionTree(min_rows=1), "min_rows must be at least 2"),
        (lambda: DecisionTree().predict({"x": [1]}), "call fit"),
        (lambda: str(DecisionTree()), "call fit"),
        (lambda: DecisionTree().fit({}, [1]), "X has no features"),
        (lambda: DecisionTree().fit([1, 2], [1, 2]), "X must be a dict of columns or a 2-D array"),
        (
            lambda: DecisionTree().fit({"x": [1]}, [1, 2]),
            r"X\['x'\] and y must have the same number",
        ),
        (lambda: DecisionTree().fit({"x": [1], "z": [1, 2]}, [1]), r"X\['x'\] and X\['z'\]"),
        (lambda: DecisionTree().fit({"x": [1, np.nan]}, [1, 2]), r"X\['x'\] holds nan"),
        (lambda: DecisionTree().fit({"x": []}, []), "is empty"),
        (lambda: DecisionTree().fit({"x": [1]}, [1]).predict({"z": [1]}), "X lacks 'x'"),
        (lambda: DecisionTree().fit({"x": [1]}, [1]).predict({"x": ["a"]}), "must hold numbers"),
        (lambda: DecisionTree().fit({"x": ["a"]}, [1]).predict({"x": [1]}), "must hold words"),
        (lambda: DecisionTree().fit({"x": [1]}, [1]).accuracy({"x": [1]}, [1, 2]), "X and y must"),
    ],
)
def test_a_tree_refuses_nonsense_in_words(call, words):
    with pytest.raises(ValueError, match=words):
        call()


# Many rows, many classes, many values


def test_a_pair_is_counted_without_a_table_of_all_pairs():
    ids = np.arange(10**5)  # the table would take 75 GiB
    assert information_gain(ids, ids) == pytest.approx(math.log2(10**5), rel=1e-12)
    assert information_gain(ids, ids % 2) == pytest.approx(1, abs=1e-12)
    assert information_gain(ids // 2, ids % 2) == 0


def test_a_serial_number_as_a_word_is_one_branch_a_row():
    words = np.arange(3000).astype(str)
    tree = DecisionTree().fit({"id": words}, np.arange(3000) % 3)
    assert (tree.depth, tree.count_leaves()) == (1, 3000)
    assert tree.predict({"id": words[::-1]}).tolist() == (np.arange(3000)[::-1] % 3).tolist()


def test_a_quarter_as_many_classes_as_rows_need_no_table_of_classes_at_each_cut():
    n = 20_000  # rows times classes would be 10^8 numbers, 800 MB
    y = np.random.default_rng(0).permutation(n) // 4
    tracemalloc.start()
    tree = DecisionTree(max_depth=1).fit({"x": np.arange(n)}, y)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40 * 8 * n  # some forty columns
    threshold = tree.root.split.threshold
    assert tree.root.split.gain == pytest.approx(information_gain(np.arange(n) <= threshold, y))


# Numbers that a threshold, a double, cannot tell apart


@pytest.mark.parametrize(
    "column",
    [
        [2**53, 2**53 + 1],
        np.array([2**63, 2**63 + 1], dtype=np.uint64),
        [-(2**60), -(2**60) + 1],
    ],
)
def test_there_is_no_cut_where_doubles_see_none(column):
    for depth in (None, 5):
        tree = DecisionTree(max_depth=depth).fit({"id": column}, ["a", "b"])
        assert tree.count_leaves() == 1
    assert information_gain(column, ["a", "b"]) == 1  # they are two values all the same


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.longdouble])
def test_a_cut_between_neighbours_of_any_precision_divides_them(kind):
    column = np.array([1, np.nextafter(kind(1), kind(2))], dtype=kind)
    tree = DecisionTree().fit({"x": column}, ["a", "b"])
    if column.astype(float)[0] == column.astype(float)[1]:
        assert tree.count_leaves() == 1
    else:
        assert tree.predict({"x": column}).tolist() == ["a", "b"]


# What columns are


class Frame:
    """As much of a data frame as a tree needs: names, and a column for each."""

    def __init__(self, **columns):
        self.columns = list(columns)
        self._columns = columns

    def __getitem__(self, name):
        return np.array(self._columns[name], dtype=object)

    def __array__(self, dtype=None, copy=None):
        return np.array(list(self._columns.values()), dtype=object).T


def test_a_data_frame_keeps_its_names_and_each_column_its_kind():
    frame = Frame(sky=["blue", "grey", "grey"], degrees=[20.5, 11, 18], dry=[True, False, True])
    tree = DecisionTree().fit(frame, ["yes", "no", "yes"])
    assert str(tree).startswith("degrees <= 14.5: no (1)")
    assert tree.kinds == {"sky": False, "degrees": True, "dry": False}
    assert tree.predict(frame).tolist() == ["yes", "no", "yes"]
    numeric = DecisionTree().fit(Frame(a=[1, 1], b=[2, 3]), [0, 1])
    assert str(numeric).startswith("b <= 2.5")


def test_a_table_of_rows_with_words_and_numbers_keeps_the_numbers_numbers():
    rows = [["blue", 9.0], ["grey", 10.0], ["grey", 100.0]]
    for table in (rows, np.array(rows, dtype=object)):
        tree = DecisionTree(max_depth=1).fit(table, ["no", "no", "yes"])
        assert str(tree).startswith("feature 1 <= 55: no (2)")  # as words, 100 < 9


def test_columns_of_python_objects_are_words_truth_values_or_numbers():
    labels = ["a", "a", "b", "b"]
    for values in (["x", "x", "y", "y"], [1, 1, 2.5, 2.5], [True, True, False, False]):
        assert information_gain(np.array(values, dtype=object), labels) == 1
    thirds = np.array([Fraction(1, 3), Fraction(1, 3), Fraction(2, 3), 1], dtype=object)
    assert information_gain(thirds, labels) == 1
    with pytest.raises(ValueError, match="no double tells apart; make them words"):
        information_gain([2**70, 2**70 + 1], [0, 1])


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (["a", None], "row 1 is None; .* name a gap, as in '?'"),
        ([None, "a"], "row 0 is None"),
        (["a", math.nan], "row 1 is nan"),  # numpy alone makes it the word "nan"
        (["a", 1], "row 1 is 1; make all of them words"),
        ([1, None], "row 1 is None"),
        (np.array(["2026-11-30"], dtype="datetime64[D]"), "make them words first"),
    ],
)
def test_a_column_of_two_kinds_is_refused_with_a_way_out(column, words):
    for call in (information_gain, lambda x, y: DecisionTree().fit({"feature": x}, y)):
        with pytest.raises(TypeError, match=words):
            call(column, np.arange(len(column)))


def test_masked_entries_are_refused_not_used():
    column = np.ma.array([1, 2, 3], mask=[False, True, False])
    for call in (
        lambda: information_gain(column, [0, 1, 1]),
        lambda: information_gain([0, 1, 1], column),
        lambda: DecisionTree().fit({"x": column}, [0, 1, 1]),
        lambda: DecisionTree().fit(np.ma.array([[1], [2]], mask=[[0], [1]]), [0, 1]),
        lambda: DecisionTree().fit({"x": [1, 2, 3]}, column),
    ):
        with pytest.raises(ValueError, match="masked entries; remove or fill them first"):
            call()


def test_thresholds_are_printed_with_the_digits_that_tell_them_apart():
    tree = DecisionTree().fit({"x": [1e6, 1e6 + 1, 1e6 + 2]}, ["a", "b", "c"])
    assert "x <= 1000000.5: a" in str(tree)
    assert "x > 1000001.5: c" in str(tree)
    assert str(DecisionTree().fit({"x": [0.1, 0.2]}, [0, 1])).startswith("x <= 0.15: 0")


def test_labels_of_another_kind_are_refused_not_counted_as_wrong():
    tree = DecisionTree().fit({"x": [1, 2]}, [0, 1])
    assert tree.accuracy({"x": [1, 2]}, [False, True]) == 1
    with pytest.raises(ValueError, match="y must hold numbers, as the tree was fitted with"):
        tree.accuracy({"x": [1, 2]}, ["0", "1"])
    with pytest.raises(ValueError, match="y must hold words, as the tree was fitted with"):
        DecisionTree().fit({"x": [1, 2]}, ["0", "1"]).accuracy({"x": [1, 2]}, [0, 1])


# --- collected by test_bad_input.py

NAN, INF = math.nan, math.inf
BAD = [
    (information_gain, ([1, 2], [1]), {}, ValueError, "feature and labels", "same number"),
    (information_gain, ([], []), {}, ValueError, "feature", "empty"),
    (information_gain, ([NAN], [1]), {}, ValueError, "feature", "nan or inf"),
    (information_gain, ([["a"]], [1]), {}, ValueError, "feature", "1-D array"),
    (information_gain, ([None], [1]), {}, TypeError, "feature", "only words or only numbers"),
    (information_gain, (["a"], [{}]), {}, TypeError, "labels", "only words or only numbers"),
    (information_gain, ("word", "word"), {}, ValueError, "feature", "1-D array"),
    (information_gain, ([1], [1]), {"base": -2}, ValueError, "base", "above 1"),
    (DecisionTree, (), {"max_depth": -1}, ValueError, "max_depth", "at least 0"),
    (DecisionTree, (), {"max_depth": 1.5}, TypeError, "max_depth", "whole number"),
    (DecisionTree, (), {"min_rows": 1}, ValueError, "min_rows", "at least 2"),
    (DecisionTree, (), {"min_rows": None}, TypeError, "min_rows", "whole number"),
]
