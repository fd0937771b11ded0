"""Factors of a table with holes: by hand, beside singular values, and by what makes them best."""

import math

import numpy as np
import pytest

from mlmath_helpers.datasets import load_restaurant_ratings, load_star_wars_survey
from mlmath_helpers.linear_algebra import factorize_ratings, low_rank

NAN = math.nan
RNG = np.random.default_rng(0)
FULL = np.array([[5.0, 1, 3], [1, 5, 2], [4, 2, 2], [3, 3, 5]])


def with_holes(m=30, n=9, share=0.3, seed=0):
    rng = np.random.default_rng(seed)
    ratings = rng.integers(1, 6, size=(m, n)).astype(float)
    ratings[rng.random((m, n)) < share] = NAN
    return ratings


def double_centred(ratings):
    """Return what averages leave of a table without holes, by definition."""
    rows, columns = ratings.mean(axis=1, keepdims=True), ratings.mean(axis=0)
    return ratings - rows - columns + ratings.mean()


def objective(ratings, fit, penalty):
    total = 0.0
    for i, j in np.argwhere(~np.isnan(ratings)):
        guess = fit.user_means[i] + fit.item_offsets[j] + fit.user_factors[i] @ fit.item_factors[j]
        total += (ratings[i, j] - guess) ** 2
    return total + penalty * ((fit.user_factors**2).sum() + (fit.item_factors**2).sum())


# --- the averages


def test_averages_are_those_of_a_loop_over_what_is_known():
    ratings = with_holes()
    fit = factorize_ratings(ratings, 0, 1.0)
    for i, row in enumerate(ratings):
        assert fit.user_means[i] == pytest.approx(row[~np.isnan(row)].mean())
    for j, column in enumerate(ratings.T):
        known = ~np.isnan(column)
        left = column[known] - fit.user_means[known]
        assert fit.item_offsets[j] == pytest.approx(left.mean(), abs=1e-12)
    assert fit.user_factors.shape == (30, 0)
    assert fit.item_factors.shape == (9, 0)


def test_a_user_without_ratings_gets_the_mean_of_all_and_an_item_without_any_no_offset():
    fit = factorize_ratings([[5, 1, NAN], [NAN, NAN, NAN], [4, 2, NAN]], 0, 1.0)
    assert fit.user_means.tolist() == [3, 3, 3]
    assert fit.item_offsets.tolist() == [1.5, -1.5, 0]
    assert factorize_ratings([[5, 1, NAN], [NAN] * 3, [4, 2, NAN]], 1, 0.5).predictions[1, 2] == 3


# --- the factors


def test_by_hand_where_singular_values_are_known():
    # Averages leave [[2, -2], [-2, 2]], of singular values 4 and 0; the penalty takes 1 of 4.
    fit = factorize_ratings([[5, 1], [1, 5]], 1, 1.0)
    assert fit.predictions == pytest.approx(np.array([[4.5, 1.5], [1.5, 4.5]]))
    assert fit.user_factors.ravel() == pytest.approx(np.sqrt(1.5) * np.array([1, -1]))
    assert fit.objectives[-1] == pytest.approx(4 * 0.25 + 2 * 3)  # squared errors, lengths


@pytest.mark.parametrize("rank", [0, 1, 2])
def test_without_holes_and_penalty_they_are_those_of_eckart_and_young(rank):
    left = double_centred(FULL)
    fit = factorize_ratings(FULL, rank, 0.0)
    assert fit.predictions == pytest.approx(FULL - left + low_rank(left, rank), abs=1e-12)


@pytest.mark.parametrize("penalty", [0.1, 1.0, 2.0])
def test_without_holes_each_singular_value_is_less_by_the_penalty(penalty):
    U, sizes, Vt = np.linalg.svd(double_centred(FULL), full_matrices=False)
    expected = (U * np.maximum(sizes - penalty, 0)) @ Vt
    fit = factorize_ratings(FULL, 3, penalty, tol=1e-10)
    assert fit.user_factors @ fit.item_factors.T == pytest.approx(expected, abs=1e-8)
    assert len(fit.objectives) == 1  # so no round is needed


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("rank", [1, 3])
def test_with_holes_each_row_is_the_ridge_regression_on_the_other_side(seed, rank):
    ratings = with_holes(seed=seed)
    fit, penalty = factorize_ratings(ratings, rank, 2.0, tol=1e-10), 2.0
    left = ratings - fit.user_means[:, None] - fit.item_offsets
    for table, own, other in (
        (left, fit.user_factors, fit.item_factors),
        (left.T, fit.item_factors, fit.user_factors),
    ):
        for row, factor in zip(table, own, strict=True):
            known = ~np.isnan(row)
            A = np.vstack([other[known], math.sqrt(penalty) * np.eye(rank)])
            best = np.linalg.lstsq(A, np.append(row[known], np.zeros(rank)), rcond=None)[0]
            assert factor == pytest.approx(best, abs=1e-7)


def test_the_objective_is_that_of_the_definition_and_never_rises():
    ratings = with_holes()
    fit = factorize_ratings(ratings, 2, 1.0)
    assert fit.objectives[-1] == pytest.approx(objective(ratings, fit, 1.0))
    assert (np.diff(fit.objectives) <= 1e-12 * fit.objectives[0]).all()
    assert len(fit.objectives) > 3


def test_factors_are_in_order_and_weigh_the_same_on_both_sides():
    fit = factorize_ratings(with_holes(), 3, 1.0)
    for factors in (fit.user_factors, fit.item_factors):
        dots = factors.T @ factors
        assert dots == pytest.approx(np.diag(np.diag(dots)), abs=1e-10)
        assert (np.diff(np.diag(dots)) <= 0).all()
    assert (fit.user_factors**2).sum(axis=0) == pytest.approx((fit.item_factors**2).sum(axis=0))
    largest = np.abs(fit.item_factors).argmax(axis=0)
    assert (fit.item_factors[largest, range(3)] > 0).all()


def test_a_penalty_beyond_the_largest_singular_value_leaves_the_averages():
    ratings = with_holes()
    averages = factorize_ratings(ratings, 0, 1.0)
    left = np.nan_to_num(ratings - averages.user_means[:, None] - averages.item_offsets)
    largest = np.linalg.norm(left, 2)
    assert not factorize_ratings(ratings, 3, 1.001 * largest).user_factors.any()
    assert factorize_ratings(ratings, 3, 0.99 * largest).user_factors.any()


def test_people_and_items_in_another_order_get_the_same_predictions():
    ratings, rng = with_holes(), np.random.default_rng(1)
    rows, columns = rng.permutation(30), rng.permutation(9)
    fit = factorize_ratings(ratings, 2, 3.0, tol=1e-9)
    other = factorize_ratings(ratings[rows][:, columns], 2, 3.0, tol=1e-9)
    assert other.predictions == pytest.approx(fit.predictions[rows][:, columns], abs=1e-6)


@pytest.mark.parametrize("scale", [1e-150, 1.0, 1e150])
def test_another_unit_of_ratings_and_penalty_changes_only_the_unit(scale):
    ratings = with_holes()
    fit = factorize_ratings(ratings, 2, 3.0)
    other = factorize_ratings(scale * ratings + scale, 2, scale * 3.0)
    assert other.predictions / scale - 1 == pytest.approx(fit.predictions, abs=1e-5)


def test_every_start_ends_where_the_slope_is_zero_but_not_always_at_the_same_place():
    ratings, ends = with_holes(12, 6, 0.5), []
    for seed in range(12):
        start = np.random.default_rng(seed).normal(size=(6, 2))
        fit = factorize_ratings(ratings, 2, 0.3, start=start, tol=1e-8, n_rounds=20000)
        ends.append(round(fit.objectives[-1], 4))
        assert objective(ratings, fit, 0.3) == pytest.approx(fit.objectives[-1])
    assert len(set(ends)) > 1


def by_one_half_round(ratings, penalty, V):
    """Return the best user factors for these of the items, and the sum and half its gradient."""
    fit = factorize_ratings(ratings, 0, 1.0)
    known = ~np.isnan(ratings)
    left = np.where(known, ratings - fit.user_means[:, None] - fit.item_offsets, 0.0)
    U = np.array([
        np.linalg.solve(V[seen].T @ V[seen] + penalty * np.eye(V.shape[1]), V[seen].T @ row[seen])
        for seen, row in zip(known, left, strict=True)
    ])  # fmt: skip
    errors = np.where(known, U @ V.T - left, 0.0)
    total = (errors**2).sum() + penalty * ((U**2).sum() + (V**2).sum())
    return total, np.linalg.norm(errors.T @ U + penalty * V), np.linalg.norm(left)


@pytest.mark.parametrize("scale", [1.0, 10.0, 1024.0])
def test_a_start_is_taken_in_the_unit_of_the_ratings_and_a_slope_below_the_bound_is_enough(scale):
    ratings, V = scale * with_holes(12, 6), np.sqrt(scale) * RNG.normal(size=(6, 2))
    total, slope, size = by_one_half_round(ratings, 2.0 * scale, V)
    for share, enough in ((1.001, True), (0.999, False)):
        tol = share * slope / size**1.5
        fit = factorize_ratings(ratings, 2, 2.0 * scale, start=V, tol=tol)
        assert fit.objectives[0] == pytest.approx(total)
        assert (len(fit.objectives) == 1) == enough


def test_it_says_so_if_ratings_leave_factors_open_and_the_penalty_is_nothing_beside_them():
    with pytest.raises(np.linalg.LinAlgError, match="the penalty is too small to settle factors"):
        factorize_ratings(with_holes(share=0.8), 3, 1e-20)


def test_whatever_stops_the_rounds_hands_over_the_last_factors():
    rounds = set()
    for seed in range(12):
        ratings = with_holes(12, 6, share=0.5, seed=seed)
        with pytest.raises(np.linalg.LinAlgError, match="factorization is the last") as error:
            factorize_ratings(ratings, 3, 1e-17, n_rounds=60)
        reached = error.value.factorization
        assert objective(ratings, reached, 1e-17) == pytest.approx(reached.objectives[-1])
        assert reached.objectives[-1] <= reached.objectives[0]
        rounds.add(len(reached.objectives))
    assert len(rounds) > 1  # in some the first round fails, in others a later one


def test_it_says_so_if_the_rounds_do_not_suffice():
    ratings = 1000 * with_holes()
    with pytest.raises(np.linalg.LinAlgError, match=r"did not settle in 3 rounds") as stopped:
        factorize_ratings(ratings, 2, 100.0, n_rounds=3)
    reached, settled = stopped.value.factorization, factorize_ratings(ratings, 2, 100.0)
    assert reached.objectives == pytest.approx(settled.objectives[:4])
    errors = np.where(np.isnan(ratings), 0, reached.predictions - ratings)
    squares = (reached.user_factors**2).sum() + (reached.item_factors**2).sum()
    assert (errors**2).sum() + 100 * squares <= reached.objectives[-1] * (1 + 1e-12)


# --- prediction


def held_out_error(ratings, truth, hidden, rank, penalty):
    fit = factorize_ratings(ratings, rank, penalty, tol=1e-4)
    return np.sqrt(np.mean((fit.predictions - truth)[hidden] ** 2))


def test_what_was_made_of_two_factors_is_filled_in_and_plain_noise_is_not():
    rng = np.random.default_rng(4)
    U, V = rng.normal(size=(80, 2)), rng.normal(size=(12, 2))
    hidden = rng.random((80, 12)) < 0.25
    for truth, gain in ((U @ V.T, True), (rng.normal(size=(80, 12)), False)):
        ratings = np.where(hidden, NAN, truth)
        averages = held_out_error(ratings, truth, hidden, 0, 1.0)
        factors = held_out_error(ratings, truth, hidden, 2, 0.3)
        assert (factors < 0.5 * averages) == gain
        assert gain or factors > averages


def split(ratings, seed):
    known = np.argwhere(~np.isnan(ratings))
    hidden = np.zeros(ratings.shape, dtype=bool)
    hidden[tuple(np.random.default_rng(seed).permutation(known)[: len(known) // 5].T)] = True
    return np.where(hidden, NAN, ratings), hidden


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_on_dense_ratings_factors_win_and_on_sparse_ones_hardly_anything_does(seed):
    survey, guests = load_star_wars_survey().ratings, load_restaurant_ratings().ratings
    ratings, hidden = split(survey, seed)
    errors = [held_out_error(ratings, survey, hidden, rank, 10.0) for rank in (0, 2)]
    assert errors[1] < 0.95 * errors[0]
    ratings, hidden = split(guests, seed)
    errors = [held_out_error(ratings, guests, hidden, rank, 3.0) for rank in (0, 2)]
    assert errors[1] > 0.98 * errors[0]


# --- what is refused

INF = np.inf
SMALL = [[2.0, 1.0], [1.0, 3.0]]
HOLES = [[1.0, NAN], [2.0, 3.0]]
BAD = [
    (factorize_ratings, ([1, 2], 1, 1.0), {}, ValueError, "ratings", "2-D array"),
    (factorize_ratings, ([[]], 0, 1.0), {}, ValueError, "ratings", "empty"),
    (factorize_ratings, ([[1, INF]], 1, 1.0), {}, ValueError, "ratings", "put nan"),
    (factorize_ratings, ([[NAN, NAN]], 1, 1.0), {}, ValueError, "ratings", "one rating"),
    (factorize_ratings, ([[1e200, 0], [0, 1e200]], 1, 1), {}, ValueError, "ratings", "largest dou"),
    (factorize_ratings, ([["a"]], 1, 1.0), {}, TypeError, "ratings", "real numbers"),
    (factorize_ratings, ([[1, 2], [3]], 1, 1.0), {}, ValueError, "ratings", "different lengths"),
    (factorize_ratings, (HOLES, 3, 1.0), {}, ValueError, "rank", "at most 2"),
    (factorize_ratings, (HOLES, -1, 1.0), {}, ValueError, "rank", "at least 0"),
    (factorize_ratings, (HOLES, 1.0, 1.0), {}, TypeError, "rank", "whole number"),
    (factorize_ratings, (HOLES, 1, 0.0), {}, ValueError, "penalty", "above 0"),
    (factorize_ratings, (SMALL, 1, -1.0), {}, ValueError, "penalty", "at least 0"),
    (factorize_ratings, (HOLES, 1, NAN), {}, ValueError, "penalty", "nan"),
    (factorize_ratings, (HOLES, 1, "a"), {}, TypeError, "penalty", "number"),
    (factorize_ratings, (HOLES, 1, 1.0), {"start": [[1.0]]}, ValueError, "start", "(2, 1)"),
    (factorize_ratings, (HOLES, 1, 1.0), {"start": [1.0]}, ValueError, "start", "2-D array"),
    (factorize_ratings, (HOLES, 1, 1.0), {"tol": 0.0}, ValueError, "tol", "above 0"),
    (factorize_ratings, (HOLES, 1, 1.0), {"n_rounds": 0}, ValueError, "n_rounds", "at least 1"),
    (factorize_ratings, (HOLES, 1, 1.0), {"n_rounds": 2.5}, TypeError, "n_rounds", "whole"),
]
