"""The nearest matrix of low rank: published singular values, rivals, and where it is not alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrices import EPS, GALLERY, arrays_of, several
from mlmath_helpers.datasets import load_portrait
from mlmath_helpers.linear_algebra import eigen_symmetric, low_rank, norm

WITH_SINGULAR_VALUES = [name for name, entry in GALLERY.items() if "singular_values" in entry]
matrices = arrays_of(st.tuples(st.integers(1, 5), st.integers(1, 5)))


@pytest.mark.parametrize("name", WITH_SINGULAR_VALUES)
def test_what_low_rank_leaves_out_is_the_published_singular_values(name):
    A = GALLERY[name]["matrix"]
    sizes = np.array([float(text) for text in GALLERY[name]["singular_values"]])
    for k in range(len(sizes) + 1):
        left = A - low_rank(A, k)
        tolerance = 10 * max(A.shape) * EPS * sizes[0]
        assert norm(left) == pytest.approx(norm(np.append(sizes[k:], 0)), abs=tolerance)
        assert np.linalg.norm(left, 2) == pytest.approx([*sizes, 0][k], abs=tolerance)
        assert np.linalg.matrix_rank(low_rank(A, k)) == min(k, (sizes > 0).sum())


@several
@given(matrices, st.data())
def test_no_other_matrix_of_rank_k_is_nearer_in_either_norm(A, data):
    k = data.draw(st.integers(0, min(A.shape)))
    rivals = np.random.default_rng(k).normal(size=(20, A.shape[0], k))
    best = A - low_rank(A, k)
    for left in rivals:
        # the nearest of all matrices with these columns, by least squares
        rival = left @ np.linalg.lstsq(left, A, rcond=None)[0] if k else np.zeros_like(A)
        for order in ("fro", 2):
            assert np.linalg.norm(best, order) <= np.linalg.norm(A - rival, order) + 1e-12 * norm(A)


def test_rank_nothing_is_zero_and_full_rank_is_the_matrix():
    A = np.arange(6.0).reshape(2, 3)
    np.testing.assert_array_equal(low_rank(A, 0), np.zeros((2, 3)))
    np.testing.assert_allclose(low_rank(A, 2), A, atol=20 * EPS)
    np.testing.assert_allclose(low_rank([[1.7e308] * 2] * 2, 1), 1.7e308, rtol=20 * EPS)


def test_an_entry_of_the_nearest_matrix_may_be_larger_than_all_and_no_double():
    assert low_rank([[1, 1], [1, 0]], 1)[0, 0] > 1.1
    with pytest.raises(ValueError, match="A has entries so large that the result is beyond"):
        low_rank([[1.7e308, 1.7e308], [1.7e308, 0]], 1)


def test_with_equal_singular_values_the_nearest_matrix_is_not_the_only_one():
    A = np.eye(2)
    for other in (np.diag([1.0, 0.0]), np.diag([0.0, 1.0]), np.full((2, 2), 0.5)):
        assert norm(A - other) == pytest.approx(norm(A - low_rank(A, 1)), abs=4 * EPS)


def test_rank_50_keeps_almost_all_of_the_portrait():
    portrait = load_portrait().astype(float)
    left = norm(portrait - low_rank(portrait, 50)) ** 2 / norm(portrait) ** 2
    assert 0.985 < 1 - left < 1
    assert 50 * (600 + 512 + 1) < 0.2 * 600 * 512


def test_singular_values_are_eigenvalues_only_of_positive_semidefinite_matrices():
    B = np.random.default_rng(5).normal(size=(4, 4))

    def singular(A):
        return np.linalg.svd(A, compute_uv=False)

    semidefinite = B @ B.T
    np.testing.assert_allclose(
        singular(semidefinite), eigen_symmetric(semidefinite).eigenvalues, atol=1e-13
    )
    indefinite = np.diag([3.0, -4.0])  # symmetric: only the sizes agree
    np.testing.assert_allclose(singular(indefinite), [4, 3])
    np.testing.assert_allclose(eigen_symmetric(indefinite).eigenvalues, [3, -4])
    A = np.array([[4.0, 2.0], [1.0, 3.0]])  # not symmetric: 5 and 2 are the eigenvalues
    assert [f"{size:.4f}" for size in singular(A)] == ["5.1167", "1.9544"]
    assert f"{norm(A - low_rank(A, 1)):.4f}" == "1.9544"


# --- what is refused, and what is left as it was

NAN = np.nan
SMALL = [[2.0, 1.0], [1.0, 3.0]]
BAD = [
    (low_rank, (SMALL, 3), {}, ValueError, "k", "at most 2"),
    (low_rank, (SMALL, -1), {}, ValueError, "k", "at least 0"),
    (low_rank, (SMALL, 1.0), {}, TypeError, "k", "whole number"),
    (low_rank, (SMALL, True), {}, TypeError, "k", "whole number"),
    (low_rank, ([1, 2], 1), {}, ValueError, "A", "2-D array"),
    (low_rank, ([[]], 0), {}, ValueError, "A", "empty"),
    (low_rank, ([[1, NAN]], 1), {}, ValueError, "A", "nan or inf"),
    (low_rank, ([["a"]], 1), {}, TypeError, "A", "real numbers"),
]

UNTOUCHED = [
    (low_rank, (SMALL, 1)),
]
