"""Families of matrices: what is drawn and said, computed a second way."""

import itertools

import numpy as np
import pytest

from explorers.drawn import numbers, part, set_to
from explorers.pictures import Pictures
from mlmath_helpers.explorers import linear_algebra as explorers
from mlmath_helpers.explorers.linear_algebra.svd_families import FAMILIES


@pytest.mark.parametrize(("x", "y"), [(0.6, -1.4), (2.2, 1.9), (-3.0, 0.1), (0, 0)])
def test_pulling_a_column_sets_its_entries_and_leaves_the_other(families, x, y):
    nearest = [min(max(round(2 * z) / 2, -2), 2) for z in (x, y)]
    families.drag("tip of A e₁", x, y)
    entries = [families.controls[name].value for name in "abcd"]
    assert entries == [nearest[0], 1, nearest[1], 1]
    families.drag("tip of A e₂", y, x)
    entries = [families.controls[name].value for name in "abcd"]
    assert entries == [nearest[0], nearest[1], nearest[1], nearest[0]]


@pytest.fixture
def families(made):
    return made(explorers.matrix_families)


def independent_memberships(A):
    """Decide each family by its definition, with numpy, up to rounding."""
    eigenvalues, V = np.linalg.eig(A)
    singular = np.linalg.svd(A, compute_uv=False)
    symmetric = np.allclose(A, A.T)
    lowest = np.linalg.eigvalsh(A)[0] if symmetric else np.nan
    # Eigenvectors of a double eigenvalue that numpy splits by rounding are nearly parallel.
    return {
        "every matrix": True,
        "square": True,
        "invertible": singular[1] > 1e-9,
        "diagonalisable": np.linalg.svd(V, compute_uv=False)[1] > 1e-6,
        # the length of the eigenvalues is that of the entries for normal matrices only
        "normal": np.isclose((np.abs(eigenvalues) ** 2).sum(), (A**2).sum(), rtol=1e-6),
        "orthogonal": np.allclose(singular, 1),
        "symmetric": symmetric,
        "positive semidefinite": symmetric and lowest > -1e-9,
        "positive definite": symmetric and lowest > 1e-9,
    }


STATES = list(itertools.product([-2.0, -0.5, 0.0, 1.0], repeat=4))


def above(name):
    """Return a family and all that it lies in."""
    return {name}.union(*(above(parent) for parent in FAMILIES[name][2]))


@pytest.mark.parametrize("entries", STATES[::3], ids=str)
def test_a_family_is_marked_exactly_if_the_matrix_is_in_it(families, entries):
    set_to(families, **dict(zip("abcd", entries, strict=True)))
    A = np.array(entries).reshape(2, 2)
    expected = [name for name, inside in independent_memberships(A).items() if inside]
    frames = part(families, "inside").get_segments()
    middles = [tuple(frame[:4].mean(axis=0).round(6)) for frame in frames]
    assert middles == [FAMILIES[name][:2] for name in expected]
    assert len(part(families, "checks").get_xdata()) == len(expected)
    matrix, _, words = families.sentence.partition(":")[0].partition(" is ")
    assert numbers(matrix) == list(entries)
    listed = words.split(" and ")
    assert ("defective" in listed) == ("diagonalisable" not in expected)
    said = set(listed) - {"defective"}  # and all above them, as the picture hangs them
    assert not any(said & (above(name) - {name}) for name in said)
    assert set().union(*map(above, said)) == set(expected)


@pytest.mark.parametrize("entries", STATES[::5], ids=str)
def test_the_eigenvalues_and_singular_values_said_are_those_of_numpy(families, entries):
    set_to(families, **dict(zip("abcd", entries, strict=True)))
    A = np.array(entries).reshape(2, 2)
    head, _, tail = families.sentence.partition(", σ = ")
    assert numbers(tail) == pytest.approx(np.linalg.svd(A, compute_uv=False), abs=0.006)
    eigenvalues = np.sort_complex(np.linalg.eigvals(A))[::-1]
    said = numbers(head.partition("λ =")[2].replace("±", "").removesuffix("i"))
    if np.abs(eigenvalues.imag).max() > 1e-6:
        assert said == pytest.approx([eigenvalues[0].real, eigenvalues[0].imag], abs=0.006)
    elif "twice" in head:
        assert eigenvalues.real == pytest.approx([said[0], said[0]], abs=0.006)
    else:
        assert said == pytest.approx(eigenvalues.real, abs=0.006)


@pytest.mark.parametrize("entries", STATES[::5], ids=str)
def test_the_dashed_lines_are_those_that_the_matrix_keeps(families, entries):
    set_to(families, **dict(zip("abcd", entries, strict=True)))
    A = np.array(entries).reshape(2, 2)
    drawn = [part(families, "line", i).get_xydata() for i in (0, 1)]
    lines = [ends[1] / np.linalg.norm(ends[1]) for ends in drawn if len(ends)]
    for v in lines:
        assert np.cross([*v, 0], [*(A @ v), 0])[2] == pytest.approx(0, abs=1e-9)
    gap = (A[0, 0] - A[1, 1]) ** 2 + 4 * A[0, 1] * A[1, 0]
    everywhere = np.array_equal(A, A[0, 0] * np.eye(2))
    assert len(lines) == (0 if gap < 0 or everywhere else 1 if gap == 0 else 2)
    if len(lines) == 2:
        assert abs(np.cross([*lines[0], 0], [*lines[1], 0])[2]) > 1e-3


def test_each_family_lies_in_those_that_it_hangs_on(families):
    for entries in itertools.product(np.arange(-2, 2.5, 0.5), repeat=4):
        inside = independent_memberships(np.array(entries).reshape(2, 2))
        for name, (_, _, above) in FAMILIES.items():
            assert not inside[name] or all(inside[parent] for parent in above)


@pytest.mark.parametrize("entries", STATES)
def test_no_name_of_a_column_stands_on_an_eigenline_or_on_the_other_name(families, entries):
    set_to(families, **dict(zip("acbd", entries, strict=True)))
    names = [t for t in families.figure.axes[0].texts if t.get_text() in ("A e₁", "A e₂")]
    places = np.array([name.get_position() for name in names])
    lines = [line for line in families.figure.axes[0].lines if line.get_gid() == "line"]
    for ends in (np.column_stack(line.get_data()) for line in lines):
        if len(ends):
            along = (ends[1] - ends[0]) / np.linalg.norm(ends[1] - ends[0])
            off = places - ends[0]
            assert (np.abs(off[:, 0] * along[1] - off[:, 1] * along[0]) > 0.2).all()
    assert np.linalg.norm(places[0] - places[1]) > 0.5


class TestPictures(Pictures):
    figures = (explorers.matrix_families,)
