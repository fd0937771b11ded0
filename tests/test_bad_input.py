"""One table of nonsense: each argument of each public function, and the words of its refusal."""

import importlib
import inspect
import math
import pkgutil
import re

import numpy as np
import pytest

import mlmath_helpers
from mlmath_helpers import datasets, show_source
from mlmath_helpers.decision_tree import DecisionTree
from mlmath_helpers.information_theory import (
    cross_entropy,
    entropy,
    gaussian_kl,
    information_gain,
    js_divergence,
    kl_divergence,
    surprise,
)
from mlmath_helpers.linear_algebra import (
    cosine_similarity,
    eigen_symmetric,
    low_rank,
    norm,
    pagerank,
    pca,
    power_iteration,
    project,
)

NAN, INF = math.nan, math.inf
SQUARE = [[2.0, 1.0], [1.0, 3.0]]
SWAP = [[0, 1], [1, 0]]

# function, arguments, keyword arguments, kind of error, the argument's name, words of the remedy
BAD = [
    (show_source, (3,), {}, TypeError, "function", "without calling"),
    (show_source, (len,), {}, TypeError, "function", "built into Python"),
    # --- norm
    (norm, ("long",), {}, TypeError, "x", "real numbers"),
    (norm, ([1j, 2],), {}, TypeError, "x", "real numbers"),
    (norm, ([1, None],), {}, TypeError, "x", "real number"),
    (norm, ({1, 2},), {}, TypeError, "x", "real number"),
    (norm, (np.array(["2026-01-01"], dtype="datetime64"),), {}, TypeError, "x", "real numbers"),
    (norm, ([10**400],), {}, ValueError, "x", "largest double"),
    (norm, (np.ma.masked_array([1.0, 2.0], [True, False]),), {}, ValueError, "x", "masked"),
    (norm, ([[1, 2], [3]],), {}, ValueError, "x", "different lengths"),
    (norm, ([],), {}, ValueError, "x", "empty"),
    (norm, (7,), {}, ValueError, "x", "1-D array"),
    (norm, (np.ones((2, 2, 2)),), {}, ValueError, "x", "1-D array"),
    (norm, ([[1, 2]],), {"p": 1}, ValueError, "x", "p = 2"),
    (norm, ([1, NAN],), {}, ValueError, "x", "nan or inf"),
    (norm, ([1, -INF],), {}, ValueError, "x", "nan or inf"),
    (norm, ([1, 2],), {"p": 0.5}, ValueError, "p", "triangle inequality"),
    (norm, ([1, 2],), {"p": -INF}, ValueError, "p", "at least 1"),
    (norm, ([1, 2],), {"p": NAN}, ValueError, "p", "finite"),
    (norm, ([1, 2],), {"p": "2"}, TypeError, "p", "real number"),
    (norm, ([1, 2],), {"p": True}, TypeError, "p", "real number"),
    (norm, ([1, 2],), {"p": None}, TypeError, "p", "real number"),
    (norm, ([1.7e308, 1.7e308],), {}, ValueError, "x", "largest double"),
    # --- cosine_similarity
    (cosine_similarity, ([1, 2], [1, 2, 3]), {}, ValueError, "v and w", "same number of entries"),
    (cosine_similarity, ([0, 0], [1, 2]), {}, ValueError, "v", "zero vector"),
    (cosine_similarity, ([[1, 0], [0, 0]], [1, 2]), {}, ValueError, "v[1]", "zero vector"),
    (cosine_similarity, ([1, 2], [0, 0]), {}, ValueError, "w", "zero vector"),
    (cosine_similarity, ([1, 2], [[1, 2]]), {}, ValueError, "w", "1-D array"),
    (cosine_similarity, (np.ones((2, 2, 2)), [1, 2]), {}, ValueError, "v", "matrix of rows"),
    (cosine_similarity, (3, [1]), {}, ValueError, "v", "1-D array"),
    (cosine_similarity, ([], [1]), {}, ValueError, "v", "empty"),
    (cosine_similarity, ([1, 2], []), {}, ValueError, "w", "empty"),
    (cosine_similarity, ([1, NAN], [1, 2]), {}, ValueError, "v", "nan or inf"),
    (cosine_similarity, ([1, 2], ["a", "b"]), {}, TypeError, "w", "real numbers"),
    # --- project
    (project, ([1, 2], [0, 0]), {}, ValueError, "onto", "zero vector"),
    (project, ([1, 2], [1, 2, 3]), {}, ValueError, "v and onto", "same number of entries"),
    (project, ([[1, 2]], [1, 2]), {}, ValueError, "v", "1-D array"),
    (project, ([1, 2], 3), {}, ValueError, "onto", "1-D array"),
    (project, ([], []), {}, ValueError, "v", "empty"),
    (project, ([1, INF], [1, 2]), {}, ValueError, "v", "nan or inf"),
    (project, ([1, 2], [1, 2j]), {}, TypeError, "onto", "real numbers"),
    (project, ([1.7e308, 1.7e308], [1, 2]), {}, ValueError, "v", "largest double"),
    # --- power_iteration
    (power_iteration, ([[1, 2, 3]],), {}, ValueError, "A", "square"),
    (power_iteration, ([1, 2],), {}, ValueError, "A", "2-D array"),
    (power_iteration, ([[]],), {}, ValueError, "A", "empty"),
    (power_iteration, ([[1, NAN], [0, 1]],), {}, ValueError, "A", "nan or inf"),
    (power_iteration, ([["a"]],), {}, TypeError, "A", "real numbers"),
    (power_iteration, (SQUARE,), {"start": [1, 2, 3]}, ValueError, "start", "same number"),
    (power_iteration, (SQUARE,), {"start": [0, 0]}, ValueError, "start", "zero vector"),
    (power_iteration, (SQUARE,), {"start": SQUARE}, ValueError, "start", "1-D array"),
    (power_iteration, (SQUARE,), {"n_steps": 0}, ValueError, "n_steps", "at least 1"),
    (power_iteration, (SQUARE,), {"n_steps": 2.5}, TypeError, "n_steps", "whole number"),
    (power_iteration, (SQUARE,), {"n_steps": True}, TypeError, "n_steps", "whole number"),
    (power_iteration, (SQUARE,), {"tol": 0}, ValueError, "tol", "above 0"),
    (power_iteration, (SQUARE,), {"tol": INF}, ValueError, "tol", "finite"),
    (power_iteration, (SQUARE,), {"tol": "small"}, TypeError, "tol", "real number"),
    (power_iteration, ([[1.7e308] * 2] * 2,), {}, ValueError, "A", "largest double"),
    (power_iteration, (SWAP,), {}, np.linalg.LinAlgError, "eigenvalues", "1 and -1"),
    # --- eigen_symmetric
    (eigen_symmetric, ([[1, 2], [3, 4]],), {}, ValueError, "A", "A[0, 1] is 2 and A[1, 0] is 3"),
    (eigen_symmetric, ([[1, 2, 3]],), {}, ValueError, "A", "square"),
    (eigen_symmetric, (5,), {}, ValueError, "A", "2-D array"),
    (eigen_symmetric, (np.empty((0, 0)),), {}, ValueError, "A", "empty"),
    (eigen_symmetric, ([[1, INF], [INF, 1]],), {}, ValueError, "A", "nan or inf"),
    (eigen_symmetric, ([[1, 1j], [-1j, 1]],), {}, TypeError, "A", "real numbers"),
    (eigen_symmetric, ([[1.7e308] * 2] * 2,), {}, ValueError, "A", "largest double"),
    # --- pagerank
    (pagerank, ([[0, -1], [1, 0]],), {}, ValueError, "links", "negative"),
    (pagerank, ([[0, 1, 1]],), {}, ValueError, "links", "square"),
    (pagerank, ([],), {}, ValueError, "links", "empty"),
    (pagerank, ([[0, NAN], [1, 0]],), {}, ValueError, "links", "nan or inf"),
    (pagerank, ([["a", "b"], ["c", "d"]],), {}, TypeError, "links", "real numbers"),
    (pagerank, (SWAP, 1), {}, ValueError, "damping", "below 1"),
    (pagerank, (SWAP, -0.1), {}, ValueError, "damping", "at least 0"),
    (pagerank, (SWAP, NAN), {}, ValueError, "damping", "finite"),
    (pagerank, (SWAP, "0.85"), {}, TypeError, "damping", "real number"),
    (pagerank, (SWAP,), {"tol": -1}, ValueError, "tol", "above 0"),
    # --- low_rank
    (low_rank, (SQUARE, 3), {}, ValueError, "k", "at most 2"),
    (low_rank, (SQUARE, -1), {}, ValueError, "k", "at least 0"),
    (low_rank, (SQUARE, 1.0), {}, TypeError, "k", "whole number"),
    (low_rank, (SQUARE, True), {}, TypeError, "k", "whole number"),
    (low_rank, ([1, 2], 1), {}, ValueError, "A", "2-D array"),
    (low_rank, ([[]], 0), {}, ValueError, "A", "empty"),
    (low_rank, ([[1, NAN]], 1), {}, ValueError, "A", "nan or inf"),
    (low_rank, ([["a"]], 1), {}, TypeError, "A", "real numbers"),
    # --- pca
    (pca, ([[1, 2]], 1), {}, ValueError, "X", "at least 2"),
    (pca, ([1, 2, 3], 1), {}, ValueError, "X", "2-D array"),
    (pca, (np.empty((0, 2)), 1), {}, ValueError, "X", "empty"),
    (pca, ([[1, 2], [NAN, 3]], 1), {}, ValueError, "X", "nan or inf"),
    (pca, ([["a"], ["b"]], 1), {}, TypeError, "X", "real numbers"),
    (pca, (SQUARE, 3), {}, ValueError, "n_components", "at most 2"),
    (pca, (SQUARE, 0), {}, ValueError, "n_components", "at least 1"),
    (pca, (SQUARE, 1.5), {}, TypeError, "n_components", "whole number"),
    (pca, ([[0, 1e200], [1e200, 0]], 1), {}, ValueError, "X", "largest double"),
    # --- information theory
    (surprise, (1.5,), {}, ValueError, "probability", "between 0 and 1"),
    (surprise, ([0.5, -0.1],), {}, ValueError, "probability", "between 0 and 1"),
    (surprise, ([],), {}, ValueError, "probability", "empty"),
    (surprise, (NAN,), {}, ValueError, "probability", "nan or inf"),
    (surprise, ("often",), {}, TypeError, "probability", "real numbers"),
    (surprise, (0.5,), {"base": 1}, ValueError, "base", "above 1"),
    (surprise, (0.5,), {"base": "e"}, TypeError, "base", "real number"),
    (entropy, ([0.5, 0.4],), {}, ValueError, "probabilities", "sums to 0.9"),
    (entropy, ([2, 3],), {}, ValueError, "probabilities", "divide counts or weights by their sum"),
    (entropy, ([1.5, -0.5],), {}, ValueError, "probabilities", "not be negative"),
    (entropy, ([],), {}, ValueError, "probabilities", "empty"),
    (entropy, ([[0.5, 0.5]],), {}, ValueError, "probabilities", "1-D array"),
    (entropy, ([NAN, 1],), {}, ValueError, "probabilities", "nan or inf"),
    (entropy, (["a", "b"],), {}, TypeError, "probabilities", "real numbers"),
    (entropy, ([0.5, 0.5],), {"base": 0}, ValueError, "base", "2 for bits"),
    (entropy, ([0.5, 0.5],), {"base": INF}, ValueError, "base", "finite"),
    *(
        row
        for function in (cross_entropy, kl_divergence, js_divergence)
        for row in [
            (function, ([0.5, 0.4], [1, 0]), {}, ValueError, "p", "sums to 0.9"),
            (function, ([1, 0], [0.5, 0.6]), {}, ValueError, "q", "sums to 1.1"),
            (function, ([1, 0], [1]), {}, ValueError, "p and q", "same number of entries"),
            (function, ([], []), {}, ValueError, "p", "empty"),
            (function, ([1], [NAN]), {}, ValueError, "q", "nan or inf"),
            (function, ([[1]], [1]), {}, ValueError, "p", "1-D array"),
            (function, ([1], [1j]), {}, TypeError, "q", "real numbers"),
            (function, ([1], [1]), {"base": 0.5}, ValueError, "base", "above 1"),
        ]
    ),
    (gaussian_kl, (NAN, 1), {}, ValueError, "mean_p", "finite"),
    (gaussian_kl, ("0", 1), {}, TypeError, "mean_p", "real number"),
    (gaussian_kl, (0, 0), {}, ValueError, "sd_p", "above 0"),
    (gaussian_kl, (0, 1, INF), {}, ValueError, "mean_q", "finite"),
    (gaussian_kl, (0, 1, 0, -1), {}, ValueError, "sd_q", "above 0"),
    (gaussian_kl, (0, 1), {"base": 1}, ValueError, "base", "above 1"),
    (gaussian_kl, (1e200, 1), {}, ValueError, "mean_p", "largest double"),
    (information_gain, ([1, 2], [1]), {}, ValueError, "feature and labels", "same number"),
    (information_gain, ([], []), {}, ValueError, "feature", "empty"),
    (information_gain, ([NAN], [1]), {}, ValueError, "feature", "nan or inf"),
    (information_gain, ([["a"]], [1]), {}, ValueError, "feature", "1-D array"),
    (information_gain, ([None], [1]), {}, TypeError, "feature", "only words or only numbers"),
    (information_gain, (["a"], [{}]), {}, TypeError, "labels", "only words or only numbers"),
    (information_gain, ("word", "word"), {}, ValueError, "feature", "1-D array"),
    (information_gain, ([1], [1]), {"base": -2}, ValueError, "base", "above 1"),
    # --- decision_tree (what its methods refuse is tested in test_decision_tree.py)
    (DecisionTree, (), {"max_depth": -1}, ValueError, "max_depth", "at least 0"),
    (DecisionTree, (), {"max_depth": 1.5}, TypeError, "max_depth", "whole number"),
    (DecisionTree, (), {"min_rows": 1}, ValueError, "min_rows", "at least 2"),
    (DecisionTree, (), {"min_rows": None}, TypeError, "min_rows", "whole number"),
    # --- datasets: nothing to choose
    (datasets.load_portrait, ("small",), {}, TypeError, "load_portrait", "0 positional"),
    (datasets.load_digits, (10,), {}, TypeError, "load_digits", "0 positional"),
    (datasets.load_penguins, (1,), {}, TypeError, "load_penguins", "0 positional"),
    (datasets.load_messages, (1,), {}, TypeError, "load_messages", "0 positional"),
    (datasets.load_course_links, (1,), {}, TypeError, "load_course_links", "0 positional"),
    (datasets.load_play_tennis, (1,), {}, TypeError, "load_play_tennis", "0 positional"),
    (datasets.load_mushrooms, (1,), {}, TypeError, "load_mushrooms", "0 positional"),
    (datasets.load_house_votes, (1,), {}, TypeError, "load_house_votes", "0 positional"),
    (datasets.count_words, ("one text",), {}, TypeError, "texts", "list of strings"),
    (datasets.count_words, ([1, 2],), {}, TypeError, "texts", "list of strings"),
    (datasets.count_words, (["a"],), {"words": "a"}, TypeError, "words", "list of strings"),
    (datasets.count_words, (["a"],), {"at_least": 0}, ValueError, "at_least", "at least 1"),
    (datasets.count_words, (["rare"],), {}, ValueError, "texts", "no word"),
    (datasets.count_words, ([],), {}, ValueError, "texts", "no word"),
]


def _name(row):
    return f"{row[0].__name__}-{row[4]}-{row[5]}"


@pytest.mark.parametrize(
    ("function", "arguments", "keywords", "kind", "argument", "remedy"), BAD, ids=map(_name, BAD)
)
def test_nonsense_is_refused_by_the_arguments_name_and_the_remedy(
    function, arguments, keywords, kind, argument, remedy
):
    with pytest.raises(kind) as refusal:
        function(*arguments, **keywords)
    assert re.search(rf"(?<!\w){re.escape(argument)}(?!\w)", str(refusal.value))
    assert remedy in str(refusal.value)


def _public_functions():
    """Whatever a chapter's module, or one that is shared, offers under its own name."""
    modules = [
        importlib.import_module(f"mlmath_helpers.{module.name}")
        for module in pkgutil.iter_modules(mlmath_helpers.__path__)
        if not module.name.startswith("_") and module.name not in ("explorers", "exercises")
    ]
    return [
        thing
        for module in modules
        for name, thing in vars(module).items()
        if not name.startswith("_")
        and callable(thing)
        and getattr(thing, "__module__", None) == module.__name__
        and not hasattr(thing, "_fields")  # a named tuple only holds results
    ]


@pytest.mark.parametrize("function", _public_functions(), ids=lambda function: function.__name__)
def test_every_argument_of_every_public_function_is_in_the_table(function):
    refused = {row[4].split("[")[0] for row in BAD if row[0] is function}
    assert refused, f"{function.__name__} is not in the table"
    assert set(inspect.signature(function).parameters) <= {
        name for words in refused for name in words.split(" and ")
    }


def test_the_search_for_public_functions_finds_them():
    names = {function.__name__ for function in _public_functions()}
    assert {"norm", "pca", "show_source", "load_penguins"} <= names


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (norm, ([3.0, 4.0],)),
        (norm, (SQUARE,)),
        (cosine_similarity, (SQUARE, [1.0, 2.0])),
        (project, ([3.0, 4.0], [1.0, -2.0])),
        (power_iteration, (SQUARE,)),
        (eigen_symmetric, (SQUARE,)),
        (pagerank, (SWAP,)),
        (low_rank, (SQUARE, 1)),
        (pca, (SQUARE, 1)),
    ],
)
def test_what_is_given_is_never_changed(function, arguments):
    arrays = [np.array(a, dtype=float) if isinstance(a, list) else a for a in arguments]
    for array in arrays:
        if isinstance(array, np.ndarray):
            array.flags.writeable = False  # a write would raise
    answers = function(*arrays)
    for answer in answers if isinstance(answers, tuple) else (answers,):
        assert not any(np.shares_memory(answer, array) for array in arrays)
