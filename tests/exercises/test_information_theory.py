"""The answers of chapter 5, found a second way."""

import itertools
import math

import numpy as np
import pytest
from scipy import stats

from mlmath_helpers.exercises.information_theory import EXERCISES


def answers(name):
    exercise = EXERCISES[name]
    return [(exercise.reference(*arguments), arguments) for arguments in exercise.cases]


def test_the_entropy_of_a_die_is_that_of_its_frequencies():
    for bits, (counts,) in answers("die_entropy"):
        assert bits == pytest.approx(stats.entropy(counts, base=2), abs=1e-12)


def test_the_answers_to_the_questions_tell_n_things_apart_and_one_question_less_does_not():
    for k, (n,) in answers("twenty_questions"):
        assert 2**k >= n
        assert k == 0 or 2 ** (k - 1) < n
        if k < 11:
            assert len(list(itertools.product("ny", repeat=k))) >= n


def test_the_divergence_of_coins_is_scipys():
    for bits, (p, q) in answers("kl_of_coins"):
        expected = stats.entropy([p, 1 - p], [q, 1 - q], base=2)
        assert bits == pytest.approx(expected, abs=1e-12)
        assert 0 < q < 1


def test_a_divergence_is_infinite_exactly_where_an_outcome_is_impossible():
    for positions, (p, q) in answers("impossible_outcomes"):
        assert p.sum() == pytest.approx(1)
        assert q.sum() == pytest.approx(1)
        assert (stats.entropy(p, q) == math.inf) == (len(positions) > 0)


def test_the_gain_is_the_divergence_of_the_table_from_independence():
    for gain, (left, right) in answers("gain_of_split"):
        table = np.array([left, right]) / np.sum(left + right)
        independent = np.outer(table.sum(axis=1), table.sum(axis=0))
        expected = stats.entropy(table.ravel(), independent.ravel(), base=2)
        assert gain == pytest.approx(expected, abs=1e-12)
        assert left.any()
        assert right.any()


def test_no_column_leaves_less_to_ask_than_the_best():
    for best, (X, labels) in answers("best_feature"):
        left = [
            sum(
                np.mean(x == value)
                * stats.entropy(np.unique(labels[x == value], return_counts=True)[1])
                for value in np.unique(x)
            )
            for x in X.T
        ]
        assert left[best] == pytest.approx(min(left), abs=1e-12)
        assert all(nats > left[best] + 1e-9 for nats in left[:best])
        others = [nats for nats in left[best + 1 :] if nats < left[best] + 1e-9]
        assert not others or left[best] == 0  # a tie that another right formula need not see
