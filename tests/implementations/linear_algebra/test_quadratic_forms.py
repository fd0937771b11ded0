"""Cholesky: by hand, against exact fractions, over all scales, and where it must refuse."""

import math
from fractions import Fraction

import numpy as np
import pytest
import scipy.linalg
from hypothesis import given, settings
from hypothesis import strategies as st

from matrices import GALLERY
from mlmath_helpers.linear_algebra import cholesky

SYMMETRIC = {
    name: entry["matrix"]
    for name, entry in GALLERY.items()
    if (A := entry["matrix"]).ndim == 2 and A.shape[0] == A.shape[1] and np.array_equal(A, A.T)
}


def pivots(A):
    """Return the pivots of elimination in exact fractions, up to the first that is not positive."""
    M = [[Fraction(float(entry)) for entry in row] for row in A]
    found = []
    for k in range(len(M)):
        found.append(M[k][k])
        if M[k][k] <= 0:
            break
        for i in range(k + 1, len(M)):
            factor = M[i][k] / M[k][k]
            for j in range(k + 1, len(M)):
                M[i][j] -= factor * M[k][j]
    return found


def residual(L, A):
    """Return the largest error of L L', computed exactly, in units of 2^-53 sqrt(A_ii A_jj)."""
    F = [[Fraction(float(entry)) for entry in row] for row in L]
    return max(
        abs(float(sum(a * b for a, b in zip(F[i], F[j], strict=True)) - Fraction(float(A[i, j]))))
        / np.sqrt(A[i, i])
        / np.sqrt(A[j, j])
        * 2.0**53
        for i in range(len(A))
        for j in range(len(A))
    )


def hard_ones():
    rng = np.random.default_rng(3)
    yield "ones", np.array([[1.0]])
    for n in (3, 8, 11):
        yield f"Hilbert {n}", scipy.linalg.hilbert(n)
    V = np.vander(np.linspace(0, 1, 12), 7)
    yield "Gram of Vandermonde", V.T @ V
    B = rng.normal(size=(9, 6))
    d = 10.0 ** np.linspace(-100, 100, 6)
    yield "graded", (B.T @ B) * d * d[:, None]
    yield "graded, turned", (B.T @ B) * d[::-1] * d[::-1, None]
    yield "tiny", (B.T @ B) * 1e-300
    yield "huge", (B.T @ B) * 1e300
    yield "Pascal", scipy.linalg.pascal(9).astype(float)
    yield "second differences", scipy.linalg.toeplitz([2.0, -1.0, *[0.0] * 20])


def test_by_hand():
    # 4 a^2 + 12 a b + 13 b^2 = (2 a + 3 b)^2 + (2 b)^2
    assert cholesky([[4, 6], [6, 13]]).tolist() == [[2, 0], [3, 2]]
    # The integers of the textbooks: L = [[2, 0, 0], [6, 1, 0], [-8, 5, 3]]
    A = [[4, 12, -16], [12, 37, -43], [-16, -43, 98]]
    assert cholesky(A).tolist() == [[2, 0, 0], [6, 1, 0], [-8, 5, 3]]


@pytest.mark.parametrize(("name", "A"), list(hard_ones()))
def test_the_product_is_the_matrix_as_far_as_the_bound_says(name, A):
    L = cholesky(A)
    assert (np.diag(L) > 0).all()
    assert np.array_equal(L, np.tril(L))
    # Higham, theorem 10.3: n + 1 roundings an entry; one more for A's own symmetric mean.
    assert residual(L, A) <= len(A) + 2


@pytest.mark.parametrize("name", SYMMETRIC)
def test_exact_pivots_decide_on_the_gallery_as_cholesky_does(name):
    A = SYMMETRIC[name]
    d = np.sqrt(np.abs(np.diag(A)))
    if (d > 0).all() and abs(np.linalg.eigvalsh(A / d / d[:, None])).min() < 1e-13:
        pytest.fail(f"{name} is too near to singular for doubles: decide it by hand")
    if min(pivots(A)) > 0:
        L = cholesky(A)
        assert residual(L, A) <= len(A) + 2
        assert residual(L, A) <= 2 * residual(np.linalg.cholesky(A), A) + 0.5
    else:
        with pytest.raises(np.linalg.LinAlgError, match="not positive definite"):
            cholesky(A)


def test_the_gallery_holds_some_of_both_kinds():
    definite = [min(pivots(A)) > 0 for A in SYMMETRIC.values()]
    assert any(definite)
    assert not all(definite)


@given(
    st.integers(1, 4).flatmap(
        lambda n: st.lists(
            st.lists(st.integers(-9, 9), min_size=n, max_size=n), min_size=n, max_size=n
        )
    ),
    st.integers(0, 20),
)
@settings(max_examples=300, deadline=None)
def test_small_whole_numbers_are_decided_as_in_exact_arithmetic(rows, lift):
    B = np.array(rows, dtype=float)
    A = B + B.T + lift * np.eye(len(B))
    # An exact pivot is a quotient of two whole determinants below 10^7: 0, or far from rounding.
    if min(pivots(A)) > 0:
        assert np.allclose(cholesky(A), np.linalg.cholesky(A), rtol=1e-8, atol=1e-8)
    else:
        with pytest.raises(np.linalg.LinAlgError, match="not positive definite"):
            cholesky(A)


@given(st.lists(st.integers(-150, 150), min_size=5, max_size=5))
@settings(deadline=None)
def test_scaling_rows_and_columns_by_powers_of_two_scales_the_rows_of_L_exactly(powers):
    B = np.random.default_rng(4).normal(size=(7, 5))
    A = B.T @ B
    powers = np.array(powers)
    scaled = np.ldexp(A, powers + powers[:, None])
    assert np.array_equal(cholesky(scaled), np.ldexp(cholesky(A), powers[:, None]))


@pytest.mark.parametrize("n", [2, 3, 5, 8])
def test_a_matrix_with_dependent_columns_has_no_factor(n):
    rng = np.random.default_rng(n)
    for _ in range(200):
        B = rng.integers(-5, 6, size=(n + 2, n)).astype(float)
        B[:, -1] = B[:, :-1] @ rng.integers(-2, 3, size=n - 1)
        with pytest.raises(np.linalg.LinAlgError, match="not positive definite"):
            cholesky(B.T @ B)


def test_the_pivot_that_is_named_is_the_form_at_some_x():
    # (a + 2 b)^2 - 3 b^2: at (-2, 1) the form is -3.
    with pytest.raises(np.linalg.LinAlgError, match="row 1, counted from 0, is -3, and so is"):
        cholesky([[1, 2], [2, 1]])
    # The sizes of the rows do not change the verdict.
    with pytest.raises(np.linalg.LinAlgError, match="is -3e-200, and"):
        cholesky([[1e200, 2], [2, 1e-200]])


def test_what_rounding_may_have_made_is_said_to_be_so():
    with pytest.raises(np.linalg.LinAlgError, match="as far as doubles can tell"):
        cholesky([[1, 1], [1, 1]])
    with pytest.raises(np.linalg.LinAlgError, match="as far as doubles can tell"):
        cholesky(scipy.linalg.hilbert(20))
    # The smallest eigenvalue after the remedy is the amount added.
    assert cholesky(np.ones((2, 2)) + 0.25 * np.eye(2))[1, 1] == pytest.approx(0.45**0.5)


@pytest.mark.parametrize("size", [1e10, 1e100, 1e300])
def test_a_pivot_beyond_all_doubles_is_refused_without_a_warning_and_not_blamed_on_rounding(size):
    with pytest.raises(
        np.linalg.LinAlgError, match=r"is not positive definite: .* below -1\.8e308"
    ):
        cholesky([[1e-300, size], [size, 1e-300]])


def test_a_pivot_counts_as_positive_above_the_stated_bound():
    # n 2^-51 is 8.9e-16 here
    assert cholesky([[1, 1], [1, 1 + 2e-15]])[1, 1] == pytest.approx(math.sqrt(2e-15), rel=0.1)
    with pytest.raises(np.linalg.LinAlgError, match="as far as doubles can tell"):
        cholesky([[1, 1], [1, 1 + 8e-16]])


def test_positive_leading_minors_are_needed_and_zeros_among_them_prove_nothing():
    hidden = np.array([[0.0, 0.0], [0.0, -1.0]])
    assert [np.linalg.det(hidden[:k, :k]) for k in (1, 2)] == [0, 0]
    assert np.linalg.eigvalsh(hidden).min() == -1
    with pytest.raises(np.linalg.LinAlgError, match="row 0, counted from 0, is 0"):
        cholesky(hidden)


def test_zeros_have_no_sign():
    assert not np.signbit(cholesky(-np.array([[-1.0, 0.0], [0.0, -1.0]]))).any()


def test_asymmetry_is_found_at_the_scale_of_its_own_rows():
    with pytest.raises(ValueError, match=r"A\[0, 1\] is 9 and A\[1, 0\] is 0"):
        cholesky([[2, 9], [0, 2]])
    with pytest.raises(ValueError, match="symmetric"):  # 1 beside 1e20 looks like rounding
        cholesky([[1e20, 0, 0], [0, 2, 1], [0, 0, 2]])
    with pytest.raises(ValueError, match="symmetric"):
        cholesky([[1e20, 0, 0], [0, 2, 1e-7], [0, 0, 2]])
    assert cholesky([[1e20, 0, 0], [0, 1, 1e-9], [0, 0, 1]])[2, 1] == 0.5e-9  # the mean


def test_entries_that_print_alike_are_told_apart_by_their_difference():
    with pytest.raises(ValueError, match=r"A\[0, 1\] is 1 and A\[1, 0\] is 1e-09 more"):
        cholesky([[2, 1], [1 + 1e-9, 2]])
    with pytest.raises(ValueError, match=r"A\[0, 1\] is 1 and A\[1, 0\] is 1e-09 less"):
        cholesky([[2, 1], [1 - 1e-9, 2]])
    with pytest.raises(ValueError, match=r"A\[0, 1\] is 1 and A\[1, 0\] is 1\.001"):
        cholesky([[2, 1], [1.001, 2]])


def test_the_input_is_left_alone_and_whole_numbers_are_taken():
    A = np.array([[4, 6], [6, 13]])
    cholesky(A)
    assert A.tolist() == [[4, 6], [6, 13]]
    assert cholesky(np.asfortranarray(A)).tolist() == cholesky(A.tolist()).tolist()


def test_the_diagonal_gives_the_determinant():
    A = np.array([[2.0, -1, 0], [-1, 2, -1], [0, -1, 2]])  # determinant 4, by hand
    assert np.prod(np.diag(cholesky(A))) ** 2 == pytest.approx(4, rel=1e-14)


# --- what is refused, and what is left as it was

NAN, INF = np.nan, np.inf
SMALL = [[2.0, 1.0], [1.0, 3.0]]
BAD = [
    (cholesky, ([[1, 2], [3, 4]],), {}, ValueError, "A", "A[0, 1] is 2 and A[1, 0] is 3"),
    (cholesky, ([[1, 2, 3]],), {}, ValueError, "A", "square"),
    (cholesky, (5,), {}, ValueError, "A", "2-D array"),
    (cholesky, (np.empty((0, 0)),), {}, ValueError, "A", "empty"),
    (cholesky, ([[1, NAN], [NAN, 1]],), {}, ValueError, "A", "nan or inf"),
    (cholesky, ([[INF]],), {}, ValueError, "A", "nan or inf"),
    (cholesky, ([[1, 1j], [-1j, 1]],), {}, TypeError, "A", "real numbers"),
    (cholesky, ([[1, 2], [2, 1]],), {}, np.linalg.LinAlgError, "A", "row 1, counted from 0, is -3"),
    (cholesky, ([[0.0]],), {}, np.linalg.LinAlgError, "A", "row 0, counted from 0, is 0"),
    (cholesky, ([[1, 1], [1, 1]],), {}, np.linalg.LinAlgError, "A", "as far as doubles can tell"),
]

UNTOUCHED = [
    (cholesky, (SMALL,)),
]
