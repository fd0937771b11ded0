"""Information gain, and a tree that asks, again and again, the question that gains most.

Words are split into one branch a value (Quinlan's ID3), numbers into "at most" and "above"
a threshold (his C4.5). What is random elsewhere is decided here: of features that gain the
same (to 1e-9 bits) the first is taken, of thresholds the smallest, of labels the first in
sorted order.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from .._arguments import as_array, categories, checked, equally_long, same_length, whole_number
from ._entropy import entropy, surprises, unit

TIE = 1e-9  # bits a row


@checked(equally_long("feature", "labels"), feature=categories, labels=categories, base=unit)
def information_gain(feature, labels, *, base=2):
    """Entropy of the labels minus what is left once the feature is known, H(y) - H(y | feature).

    Parameters
    ----------
    feature : array_like, shape (n,)
        One value a row: words, whole numbers or truth values. Each value is a group of its
        own, "?" too; cut a measurement first, ``information_gain(x <= 3.5, labels)``.
    labels : array_like, shape (n,)
        The class of each row.
    base : float
        Unit of the answer: 2 for bits, e for nats. Above 1.

    Returns
    -------
    float
        From 0 (the feature tells nothing about these labels) to H(y) (it tells all). A
        feature with a different value in each row always tells all, and is of no use.

    Raises
    ------
    ValueError
        If the two differ in length, are empty or hold nan.

    References
    ----------
    Quinlan (1986), Induction of decision trees, Machine Learning 1, 81-106.

    Examples
    --------
    >>> information_gain(["red", "red", "blue", "blue"], [0, 0, 1, 1])
    1.0
    >>> information_gain(["red", "blue", "red", "blue"], [0, 0, 1, 1])
    0.0
    """
    row, column, n = _count_pairs(feature, labels)  # one entry for each pair that occurs
    before = entropy(np.bincount(column, n) / n.sum(), base=base)
    share = n / np.bincount(row, n)[row]  # of the label among the rows with that value
    after = n @ surprises(share, base) / n.sum()
    return max(0.0, float(before - after))


def _count_pairs(feature, labels):
    """Return the number of the value and of the label, for each pair that occurs, and how often."""
    _, row = np.unique(feature, return_inverse=True)
    classes, column = np.unique(labels, return_inverse=True)
    pairs, n = np.unique(row * len(classes) + column, return_counts=True)
    return *np.divmod(pairs, len(classes)), n


class Split(NamedTuple):
    """A question: the feature's name, its threshold (None for words), its gain in bits."""

    feature: str
    threshold: float | None
    gain: float

    def answers(self, column):
        """Return what each row answers: its word, or whether it is at most the threshold."""
        return column if self.threshold is None else column <= self.threshold


class _Node:
    """A group of rows: its classes, how many rows of each, and the question that divides it."""

    def __init__(self, y):
        self.classes, self.counts = np.unique(y, return_counts=True)
        self.split = None
        self.children = {}  # answer -> _Node

    @property
    def most_frequent(self):
        """The number of the class with most rows, the first of a tie."""
        return self.classes[self.counts.argmax()]


class DecisionTree:
    """Classify by a tree of questions, each the one of largest information gain.

    It grows until each leaf holds one class, or rows that no question can tell apart. A
    question may gain nothing and still be asked: on "exclusive or" only the second one gains.

    Parameters
    ----------
    max_depth : int, optional
        The most questions from the root to a leaf; 0 leaves the most frequent class.
    min_rows : int
        Groups of fewer rows are not divided.

    Raises
    ------
    ValueError
        If ``max_depth`` is negative, or ``min_rows`` is below 2.

    References
    ----------
    Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, section 9.2.

    Examples
    --------
    >>> tree = DecisionTree().fit({"sky": ["blue", "grey", "grey"]}, ["dry", "wet", "wet"])
    >>> print(tree)
    sky = blue: dry (1)
    sky = grey: wet (2)
    """

    def __init__(self, *, max_depth=None, min_rows=2):
        if max_depth is not None:
            max_depth = whole_number(max_depth, "max_depth", at_least=0)
        self.max_depth = max_depth
        self.min_rows = whole_number(min_rows, "min_rows", at_least=2)

    def fit(self, X, y):
        """Grow the tree on rows X with labels y, and return it.

        Parameters
        ----------
        X : dict of str to array_like of shape (n,), or array_like of shape (n, d)
            The features by name: words or truth values (each value a branch, "?" too) or
            numbers. The columns of an array are called "feature 0", "feature 1", ...
        y : array_like, shape (n,)
            The class of each row.

        Raises
        ------
        ValueError
            If there are no rows or no features, lengths differ, or an entry is nan.
        """
        columns, y = self._learn_names(X, y)
        self.root = _Node(y)
        groups = [(self.root, np.arange(len(y)), 0)]
        while groups:
            group, rows, depth = groups.pop()
            if depth == self.max_depth or len(rows) < self.min_rows:
                continue
            group.split = _best_split(columns, rows, y)
            for answer, inside in self._divide(group.split, columns, rows):
                group.children[answer] = _Node(y[inside])
                groups.append((group.children[answer], inside, depth + 1))
        return self

    def predict(self, X, *, max_depth=None):
        """Return the label of each row of X, asking at most ``max_depth`` questions.

        A row whose answer was never seen stays where it is and gets the most frequent
        class of that group. A tree cut at a depth is the tree that is grown to it.

        Parameters
        ----------
        X : dict or array_like
            As in `fit`; features that `fit` did not have are ignored.
        max_depth : int, optional

        Returns
        -------
        array, shape (n,)

        Raises
        ------
        ValueError
            If the tree was not fitted, or a feature of `fit` is missing or of another kind.
        """
        columns = self._known(_columns(X))
        if max_depth is not None:
            max_depth = whole_number(max_depth, "max_depth", at_least=0)
        n = len(next(iter(columns.values())))
        predicted = np.zeros(n, dtype=int)
        groups = [(self.root, np.arange(n), 0)]
        while groups:
            node, rows, depth = groups.pop()
            predicted[rows] = node.most_frequent
            if depth != max_depth:
                for answer, inside in self._divide(node.split, columns, rows):
                    if answer in node.children:
                        groups.append((node.children[answer], inside, depth + 1))
        return self.classes[predicted]

    def accuracy(self, X, y, *, max_depth=None):
        """Return the share of rows of X whose label y is predicted (see `predict`).

        Raises
        ------
        ValueError
            As `predict`; also if y holds words where `fit` had numbers, or numbers for words.
        """
        y = categories(y, "y")
        predicted = self.predict(X, max_depth=max_depth)
        if (y.dtype.kind in "US") != (self.classes.dtype.kind in "US"):
            kind = "numbers" if y.dtype.kind in "US" else "words"
            raise ValueError(f"y must hold {kind}, as the tree was fitted with")
        same_length(predicted, "X", y, "y")
        return float(np.mean(predicted == y))

    def count_leaves(self, *, max_depth=None):
        """Return the number of groups in which a row can end after ``max_depth`` questions."""
        paths = [(len(path), node) for path, node in self._walk()]
        if max_depth is None:
            return sum(not node.children for _, node in paths)
        max_depth = whole_number(max_depth, "max_depth", at_least=0)
        return sum(n == max_depth or (n < max_depth and not node.children) for n, node in paths)

    @property
    def depth(self):
        """The most questions from the root to a leaf."""
        return max(len(path) for path, _ in self._walk())

    def __str__(self):
        """Return the questions, indented, with the verdict of each leaf and its rows."""
        lines = []
        for path, node in self._walk():
            question = "    " * (len(path) - 1) + (path[-1] if path else "")
            if not node.children:
                lines.append(f"{question}: {self._verdict(node)}".removeprefix(": "))
            elif path:
                lines.append(question)
        return "\n".join(lines)

    def _verdict(self, node):
        most, n = node.counts.max(), node.counts.sum()
        return f"{self.classes[node.most_frequent]} ({n if most == n else f'{most} of {n}'})"

    def _walk(self):
        """Yield each node with the answers that lead to it, parents before children."""
        self._refuse_unfitted()
        waiting = [((), self.root)]
        while waiting:
            path, node = waiting.pop()
            yield path, node
            words = node.split is not None and node.split.threshold is None
            for answer, child in sorted(node.children.items(), reverse=words):  # popped last first
                waiting.append(((*path, _in_words(node.split, answer)), child))

    def _learn_names(self, X, y):
        """Keep the names of features and classes; return columns, and y as numbers of classes."""
        columns = _columns(X)
        self.classes, y = np.unique(categories(y, "y"), return_inverse=True)
        for name, column in columns.items():
            same_length(column, f"X[{name!r}]", y, "y")
        self.kinds = {name: _is_number(column) for name, column in columns.items()}
        return columns, y

    def _known(self, columns):
        """Return the columns that `fit` had, refusing what is missing or of another kind."""
        self._refuse_unfitted()
        if missing := [name for name in self.kinds if name not in columns]:
            raise ValueError(f"X lacks {missing[0]!r}, which the tree was fitted with")
        for name, is_number in self.kinds.items():
            if _is_number(columns[name]) != is_number:
                kind = "numbers" if is_number else "words"
                raise ValueError(f"X[{name!r}] must hold {kind}, as the tree was fitted with")
        return {name: columns[name] for name in self.kinds}

    def _refuse_unfitted(self):
        if not hasattr(self, "root"):
            raise ValueError("the tree has not grown yet; call fit(X, y) first")

    @staticmethod
    def _divide(split, columns, rows):
        """Yield each answer to the question, with the rows that give it."""
        if split is not None:
            answers, group = np.unique(
                split.answers(columns[split.feature][rows]), return_inverse=True
            )
            ends = np.cumsum(np.bincount(group))[:-1]
            parts = np.split(rows[np.argsort(group, kind="stable")], ends)
            yield from zip(answers.tolist(), parts, strict=True)


def _best_split(columns, rows, y):
    """Return the split of largest gain, the first of ties; None if no question is left."""
    y = y[rows]
    if (y == y[0]).all():
        return None
    best, changes = None, _changes(y)
    for name, column in columns.items():
        column = column[rows]
        found = _best_cut(column, y, changes) if _is_number(column) else _by_value(column, y)
        if found and (best is None or found[0] > best.gain + TIE):
            best = Split(name, found[1], found[0])
    return best


def _by_value(column, y):
    """Return the gain of one branch a value, and no threshold; None for a constant column."""
    if (column == column[0]).all():
        return None
    return information_gain(column, y), None


def _best_cut(column, y, changes):
    """Return the best gain and its threshold, midway between two neighbouring values."""
    order = np.argsort(column)
    x, y = column[order], y[order]
    steps = np.flatnonzero(x[1:] > x[:-1])  # the last row of each left side
    if len(steps) == 0:
        return None
    left_over = _bits_on_both_sides(y, *changes)[steps]
    first = steps[np.flatnonzero(left_over <= left_over.min() + TIE * len(y))[0]]
    gain = (_bits(y) - _bits(y[: first + 1]) - _bits(y[first + 1 :])) / len(y)
    low, high = float(x[first]), float(x[first + 1])
    middle = low + (high - low) / 2
    return max(0.0, float(gain)), middle if middle < high else low


def _bits(y):
    """Return n H(y), the bits to write down n labels: n log n - sum_c n_c log n_c."""
    counts = np.unique(y, return_counts=True)[1]
    return _n_log_n(len(y)) - _n_log_n(counts).sum()


def _changes(y):
    """Return by how much n_c log n_c grows, row after row of the sorted labels, and then shrinks.

    It grows to the left of a cut that moves on by one row, whose class is c, and shrinks to the
    right. They are the same for every column.
    """
    _, kind, sizes = np.unique(y, return_inverse=True, return_counts=True)
    kind = np.sort(kind)
    place = np.arange(len(y)) - (np.cumsum(sizes) - sizes)[kind]  # among the rows of its class
    growth = np.diff(_n_log_n(np.arange(len(y) + 1)))
    return growth[place], growth[sizes[kind] - place - 1]


def _bits_on_both_sides(y, growing, shrinking):
    """Return, for a cut after each row, the bits to write down the labels on either side.

    No table of all counts at all cuts is needed, since each cut changes one count a side.
    """
    order, n = np.argsort(y, kind="stable"), np.arange(1, len(y) + 1)
    left, right = np.empty((2, len(y)))
    left[order], right[order] = growing, shrinking
    left, right = np.cumsum(left), shrinking.sum() - np.cumsum(right)
    return _n_log_n(n) - left + _n_log_n(len(y) - n) - right


def _n_log_n(n):
    return n * np.log2(np.maximum(n, 1))  # 0 log 0 = 0


def _columns(X):
    """Return the features by name, as 1-D arrays of equal length, numbers as doubles."""
    if hasattr(X, "columns"):  # a data frame
        X = {name: X[name] for name in X.columns}
    elif not isinstance(X, Mapping):
        table = as_array(X, "X", dtype=None if hasattr(X, "dtype") else object)
        if table.ndim != 2:
            raise ValueError(
                f"X must be a dict of columns or a 2-D array, not an array of shape {table.shape}"
            )
        X = {f"feature {i}": column for i, column in enumerate(table.T)}
    columns = {name: categories(column, f"X[{name!r}]") for name, column in X.items()}
    if not columns:
        raise ValueError("X has no features; give at least one column")
    first, *others = columns
    for name in others:
        same_length(columns[first], f"X[{first!r}]", columns[name], f"X[{name!r}]")
    # A threshold is a double, so that what doubles cannot tell apart no question can.
    return {
        name: column.astype(float) if _is_number(column) else column
        for name, column in columns.items()
    }


def _is_number(column):
    return column.dtype.kind in "iuf"


def _in_words(split, answer):
    if split.threshold is None:
        return f"{split.feature} = {answer}"
    return f"{split.feature} {'<=' if answer else '>'} {split.threshold:.15g}"
