"""Principal components: published numbers, identities, and what units and rounding do."""

import csv
import json
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrices import REFERENCE, arrays_of, largest_entry_is_positive, several
from mlmath_helpers.datasets import load_penguins
from mlmath_helpers.linear_algebra import eigen_symmetric, norm, pca

PUBLISHED = {
    entry["id"]: entry
    for entry in json.loads((REFERENCE / "published.json").read_text())["entries"]
}
tables = arrays_of(st.tuples(st.integers(2, 7), st.integers(1, 5)))


def test_the_principal_components_of_us_arrests_are_as_printed_by_r():
    entry = PUBLISHED["pca_usarrests_cor"]
    X = np.array(entry["inputs"]["rows"])
    eigenvalues = pca((X - X.mean(axis=0)) / X.std(axis=0, ddof=1), 2).eigenvalues
    # printed with seven decimals
    np.testing.assert_allclose(np.sqrt(eigenvalues), entry["expected"]["sd"], atol=5.1e-8)
    np.testing.assert_allclose(
        eigenvalues / eigenvalues.sum(), entry["expected"]["prop"], atol=5.1e-8
    )


def test_the_principal_components_of_the_irises_are_as_published():
    with (REFERENCE / "iris.csv").open(newline="") as file:
        X = np.array([[float(x) for x in row[1:5]] for row in list(csv.reader(file))[1:]])
    eigenvalues = pca(X, 4).eigenvalues
    expected = PUBLISHED["pca_iris"]["expected"]
    np.testing.assert_allclose(eigenvalues, expected["eigenvalues"], atol=5.1e-9)
    np.testing.assert_allclose(
        (eigenvalues / eigenvalues.sum())[:3], expected["ratio"], atol=5.1e-10
    )


@several
@given(tables)
def test_the_components_carry_all_variance_uncorrelated_and_rebuild_the_data(X):
    n, d = X.shape
    X_pca, components, eigenvalues = pca(X, d)
    spread = X.var(axis=0, ddof=1).sum()
    rounding = 1e-12 * (spread + np.abs(X).max() ** 2)
    assert eigenvalues.sum() == pytest.approx(spread, abs=rounding)
    assert (np.diff(eigenvalues) <= rounding).all()
    assert (eigenvalues >= 0).all()
    assert (eigenvalues[n - 1 :] == 0).all()
    np.testing.assert_allclose(X_pca.T @ X_pca / (n - 1), np.diag(eigenvalues), atol=rounding)
    np.testing.assert_allclose(components.T @ components, np.eye(d), atol=1e-13)
    np.testing.assert_allclose(
        X_pca @ components.T + X.mean(axis=0), X, atol=1e-13 * (1 + np.abs(X).max())
    )
    assert largest_entry_is_positive(components)


@several
@given(tables.filter(lambda X: X.shape[1] > 1), st.integers(0, 2**32 - 1))
def test_no_direction_has_more_variance_than_the_first_component(X, seed):
    direction = np.random.default_rng(seed).normal(size=X.shape[1])
    along = X @ (direction / norm(direction))
    largest = pca(X, 1).eigenvalues[0]
    assert along.var(ddof=1) <= largest * (1 + 1e-12) + 1e-12 * np.abs(X).max() ** 2


def test_fewer_components_are_the_first_of_all():
    X = np.random.default_rng(6).normal(size=(20, 4))
    few, many = pca(X, 2), pca(X, 4)
    np.testing.assert_array_equal(few.components, many.components[:, :2])
    np.testing.assert_allclose(few.X_pca, many.X_pca[:, :2], atol=1e-14)
    assert few.X_pca.shape == (20, 2)
    assert few.eigenvalues.shape == (4,)


def test_pca_agrees_with_the_eigenvectors_of_the_covariance_where_that_is_well_conditioned():
    X = np.random.default_rng(7).normal(size=(50, 4)) * [4, 3, 2, 1]
    _, components, eigenvalues = pca(X, 4)
    by_covariance = eigen_symmetric(np.cov(X.T))
    np.testing.assert_allclose(eigenvalues, by_covariance.eigenvalues, rtol=1e-13)
    np.testing.assert_allclose(components, by_covariance.eigenvectors, atol=1e-12)


def test_through_the_covariance_the_small_eigenvalue_would_be_lost():
    # singular values 1 and 1e-9: rounding the entries leaves 1e-16 / 1e-9 of the small one,
    # but 1e-16 / 1e-18 of its square
    U = np.array([[1, 1], [-1, 1], [1, -1], [-1, -1]]) / 2
    turned = np.array([[0.6, 0.8], [-0.8, 0.6]])
    X = U * [1, 1e-9] @ turned
    assert pca(X, 2).eigenvalues[1] == pytest.approx(1e-18 / 3, rel=1e-6)
    smaller = min(np.linalg.eig(np.cov(X.T))[0].real)  # the article's way
    assert abs(smaller / (1e-18 / 3) - 1) > 0.5


def test_data_far_from_zero_lose_only_what_their_rounding_loses():
    X = np.random.default_rng(8).normal(size=(30, 3))
    far = X + 1e8  # rounds each entry to 1.5e-8
    np.testing.assert_allclose(pca(far, 3).eigenvalues, pca(X, 3).eigenvalues, rtol=1e-7)


def test_constant_columns_have_exactly_no_variance():
    X_pca, components, eigenvalues = pca([[0.1, 0.7]] * 3, 2)
    np.testing.assert_array_equal(eigenvalues, 0)
    np.testing.assert_array_equal(X_pca, 0)
    np.testing.assert_array_equal(components, np.eye(2))
    assert pca([[0.1, 1], [0.1, 2], [0.1, 4]], 1).eigenvalues[1] == 0


def test_units_decide_what_the_first_component_is():
    measured = load_penguins().measurements
    X = measured[~np.isnan(measured).any(axis=1)]
    raw = pca(X, 1).eigenvalues
    assert f"{raw[0] / raw.sum():.2%}" == "99.99%"  # the grams
    standard = pca((X - X.mean(axis=0)) / X.std(axis=0, ddof=1), 1).eigenvalues
    assert 0.6 < standard[0] / standard.sum() < 0.8


def test_a_sign_does_not_depend_on_rounding_where_two_entries_tie():
    for nudge in (0, 1e-15, -1e-15):
        X = np.array([[1, -1 + nudge], [-1, 1], [2, -2 + nudge], [-2, 2]])
        assert pca(X, 1).components[0, 0] > 0 > pca(X, 1).components[1, 0]


def test_few_samples_of_many_columns_need_no_table_of_columns_by_columns():
    X = np.random.default_rng(9).normal(size=(20, 3000))
    tracemalloc.start()
    X_pca, components, eigenvalues = pca(X, 25)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 20 * X.nbytes  # 72 MB, 150 times X, for the table
    assert eigenvalues.shape == (3000,)
    np.testing.assert_allclose(components.T @ components, np.eye(25), atol=1e-13)
    np.testing.assert_allclose(X_pca[:, 19:], 0, atol=1e-12)  # 20 samples span 19 directions
    np.testing.assert_allclose(X_pca @ components.T, X - X.mean(axis=0), atol=1e-12)
    assert largest_entry_is_positive(components)


def test_more_components_than_samples_are_orthonormal_whatever_the_samples_span():
    X = np.zeros((3, 6))
    X[:, 0] = [1, 2, 4]  # spans the very direction that would be taken next
    X_pca, components, eigenvalues = pca(X, 6)
    np.testing.assert_allclose(components.T @ components, np.eye(6), atol=1e-14)
    np.testing.assert_allclose(eigenvalues, [7 / 3, 0, 0, 0, 0, 0], atol=1e-15)
    np.testing.assert_allclose(X_pca @ components.T, X - X.mean(axis=0), atol=1e-14)


# --- what is refused, and what is left as it was

NAN = np.nan
SMALL = [[2.0, 1.0], [1.0, 3.0]]
BAD = [
    (pca, ([[1, 2]], 1), {}, ValueError, "X", "at least 2"),
    (pca, ([1, 2, 3], 1), {}, ValueError, "X", "2-D array"),
    (pca, (np.empty((0, 2)), 1), {}, ValueError, "X", "empty"),
    (pca, ([[1, 2], [NAN, 3]], 1), {}, ValueError, "X", "nan or inf"),
    (pca, ([["a"], ["b"]], 1), {}, TypeError, "X", "real numbers"),
    (pca, (SMALL, 3), {}, ValueError, "n_components", "at most 2"),
    (pca, (SMALL, 0), {}, ValueError, "n_components", "at least 1"),
    (pca, (SMALL, 1.5), {}, TypeError, "n_components", "whole number"),
    (pca, ([[0, 1e200], [1e200, 0]], 1), {}, ValueError, "X", "largest double"),
]

UNTOUCHED = [
    (pca, (SMALL, 1)),
]
