"""Families of matrices: what is drawn and said, computed a second way."""

import itertools
from collections import Counter

import numpy as np
import pytest
from matplotlib.path import Path

from explorers.drawn import numbers, part, set_to
from explorers.pictures import Pictures
from mlmath_helpers.explorers import linear_algebra as explorers
from mlmath_helpers.explorers.linear_algebra.svd_families import ABOVE, REGIONS, SIZE

HALVES = np.arange(-2, 2.5, 0.5)
STATES = list(itertools.product([-2.0, -0.5, 0.0, 1.0], repeat=4))
PATHS = {family: Path([*corners, corners[0]]) for family, corners in REGIONS.items()}


@pytest.fixture
def families(made):
    return made(explorers.matrix_families)


def set_entries(families, entries):
    return set_to(families, **dict(zip("abcd", map(float, entries), strict=True)))


def independent_memberships(A):
    """Decide each family by its definition, with numpy, up to rounding."""
    eigenvalues, V = np.linalg.eig(A)
    singular = np.linalg.svd(A, compute_uv=False)
    symmetric = np.allclose(A, A.T)
    lowest = np.linalg.eigvalsh(A)[0] if symmetric else np.nan
    # Eigenvectors of a double eigenvalue that numpy splits by rounding are nearly parallel.
    return {
        "invertible": singular[1] > 1e-9,
        "diagonalisable": np.linalg.svd(V, compute_uv=False)[1] > 1e-6,
        # the length of the eigenvalues is that of the entries for normal matrices only
        "normal": np.isclose((np.abs(eigenvalues) ** 2).sum(), (A**2).sum(), rtol=1e-6),
        "orthogonal": np.allclose(singular, 1),
        "symmetric": symmetric,
        "positive semidefinite": symmetric and lowest > -1e-9,
        "positive definite": symmetric and lowest > 1e-9,
    }


def families_of(A):
    return frozenset(family for family, inside in independent_memberships(A).items() if inside)


def families_at(places):
    """Return for each place of the map the families whose regions hold it."""
    inside = np.column_stack([path.contains_points(places) for path in PATHS.values()])
    return [frozenset(itertools.compress(PATHS, row)) for row in inside]


def above(family):
    """Return a family and all that it lies in."""
    return {family}.union(*(above(parent) for parent in ABOVE.get(family, [])))


def matrices():
    """Yield matrices of every kind, those that a random one never is among them."""
    rng = np.random.default_rng(0)
    for _ in range(300):
        cosine, sine = np.cos(angle := rng.uniform(0, 2 * np.pi)), np.sin(angle)
        Q = np.array([[cosine, -sine], [sine, cosine]])
        B = rng.normal(size=(2, 2))
        u, v = B
        yield from (B, B + B.T, B @ B.T, B - B.T, np.outer(u, v), np.outer(u, u), -np.outer(u, u))
        yield from (Q, Q @ np.diag([1, -1]), rng.normal() * Q, Q @ np.diag([3, -1]) @ Q.T)
        yield Q @ [[rng.normal(), 1], [0, 0]] @ Q.T
        shear = Q @ [[0, rng.normal()], [0, 0]] @ Q.T
        yield from (shear, shear + rng.normal() * np.eye(2), rng.normal() * np.eye(2))
    yield from (np.eye(2), np.zeros((2, 2)))


@pytest.fixture(scope="module")
def kinds():
    """Return all sets of families that some matrix is in."""
    return {families_of(A) for A in matrices()}


@pytest.fixture(scope="module")
def kind_of():
    """Return the families of each matrix that the sliders can make."""
    every = itertools.product(HALVES, repeat=4)
    return {entries: families_of(np.reshape(entries, (2, 2))) for entries in every}


def test_the_map_has_a_region_for_each_kind_of_matrix_and_for_no_other(kinds):
    x, y = np.meshgrid(np.arange(0.5, SIZE[0]), np.arange(0.5, SIZE[1]))
    places = np.column_stack([x.ravel(), y.ravel()])
    regions = Counter(families_at(places))
    assert regions.keys() == kinds
    assert len(kinds) == 12
    assert min(regions.values()) > 18**2, "large enough for the mark"


def test_the_matrices_of_the_sliders_are_of_every_kind(kinds, kind_of):
    assert set(kind_of.values()) == kinds


def test_each_matrix_stands_in_its_families_and_in_no_other(families, kind_of):
    place = families.handles[-1].at
    places = [place(**dict(zip("abcd", entries, strict=True))) for entries in kind_of]
    assert families_at(places) == list(kind_of.values())
    for entries, where in list(zip(kind_of, places, strict=True))[::40]:
        set_entries(families, entries)
        assert part(families, "dot").get_xydata()[0] == pytest.approx(where)


@pytest.fixture(scope="module")
def places():
    """Return places all over the map, off the walls, and the families at each."""
    x, y = np.meshgrid(np.arange(6.5, SIZE[0] - 5, 3.0), np.arange(6.5, 409, 3.0))
    places = np.column_stack([x.ravel(), y.ravel()])
    return places, families_at(places)


@pytest.mark.parametrize("entries", STATES[::5], ids=str)
def test_all_is_shaded_that_is_in_the_same_families_and_nothing_else(families, places, entries):
    set_entries(families, entries)
    expected = families_of(np.reshape(entries, (2, 2)))
    where, kinds_there = places
    shaded = windings(part(families, "cell").get_path(), where) != 0
    assert np.array_equal(shaded, [kind == expected for kind in kinds_there])


def windings(path, places):
    """Return how often a path goes round each place, as a filled shape counts it."""
    total = np.zeros(len(places))
    for loop in path.to_polygons():
        turns = np.unwrap(np.arctan2(*(loop - places[:, np.newaxis]).transpose(2, 0, 1)[::-1]))
        total += np.round((turns[:, -1] - turns[:, 0]) / (2 * np.pi))
    return total


def test_no_family_is_marked_that_the_matrix_is_not_in(families, kind_of):
    """Half of the symmetric ones, beside a normal matrix, would look like a mistake."""
    seen = set()
    for entries, kind in kind_of.items():
        if kind in seen:
            continue
        seen.add(kind)
        set_entries(families, entries)
        drawn = np.concatenate(part(families, "rim").get_segments())
        loops = [loop[:, np.newaxis] for loop in part(families, "cell").get_path().to_polygons()]
        for loop in loops:  # walls run along the axes: a point of the rim is on one of the sides
            assert all(np.diff(loop[:, 0], axis=0).prod(axis=1) == 0)
        sides = [
            (np.minimum(a, b)[0], np.maximum(a, b)[0])
            for loop in loops
            for a, b in itertools.pairwise(loop)
        ]
        low, high = np.array(sides).transpose(1, 0, 2)
        on = ((low - 1e-9 <= drawn[:, None]) & (drawn[:, None] <= high + 1e-9)).all(axis=2)
        assert on.any(axis=1).all()
    assert len(seen) == 12


def test_no_name_of_a_family_runs_across_a_wall(families):
    right = families.figure.axes[1]
    names = {text.get_text(): text.get_window_extent() for text in right.texts}
    assert "every real 2 × 2 matrix" in names
    assert "diagonalisable (complex allowed)" in names, "though no eigenvector may be real"
    for name, box in names.items():
        left, right_end = right.transData.inverted().transform(box.get_points())[:, 0]
        for family, path in PATHS.items():
            _, low = path.vertices.min(axis=0)
            _, high = path.vertices.max(axis=0)
            y = right.transData.inverted().transform(box.get_points()).mean(axis=0)[1]
            for wall in set(path.vertices[:, 0]):
                if low < y < high:
                    assert not left + 1 < wall < right_end - 1, (name, family)


@pytest.mark.parametrize("entries", STATES[::3], ids=str)
def test_the_families_named_are_those_that_follow_from_no_other(families, entries):
    words = set_entries(families, entries).partition(":")[0]
    expected = families_of(np.reshape(entries, (2, 2)))
    matrix, _, words = words.partition(" is ")
    assert numbers(matrix) == list(entries)
    listed = words.split(" and ")
    assert ("defective" in listed) == ("diagonalisable" not in expected)
    assert ("singular" in listed) == ("invertible" not in expected)
    said = set(listed) - {"defective", "singular"}
    assert not any(said & (above(family) - {family}) for family in said)
    assert set().union(*map(above, said)) == expected


def test_each_family_lies_in_those_that_it_is_said_to_lie_in(kinds):
    for kind in kinds:
        assert kind == set().union(*map(above, kind))
    for family, lower in itertools.permutations(PATHS, 2):
        always = all(family in kind for kind in kinds if lower in kind)
        assert (family in above(lower)) == always


def sine_between_eigenvectors(A):
    _, V = np.linalg.eig(A)
    return np.sqrt(max(0, 1 - np.abs(V[:, 0].conj() @ V[:, 1]) ** 2))


def test_the_nearer_the_eigenvectors_to_a_right_angle_the_nearer_the_normal_ones(families):
    sides = {True: [], False: []}
    for entries in itertools.product([-1.5, -0.5, 0.0, 1.0, 2.0], repeat=4):
        A = np.reshape(entries, (2, 2))
        kind = families_of(A)
        if "normal" in kind:
            continue
        set_entries(families, entries)
        x, y = part(families, "dot").get_xydata()[0]
        sine = sine_between_eigenvectors(A) if "diagonalisable" in kind else 0.0
        sides["invertible" in kind].append((sine, x, y))
    for side, direction in ((True, 1), (False, -1)):
        sines, x, y = np.array(sides[side]).T
        assert len(set(y)) == 1
        assert len(set(sines.round(3))) > 4
        order = np.argsort(sines)
        assert (np.diff(direction * x[order]) >= -0.01).all()
        inner = sines > 1e-5
        slope = np.polyfit(sines[inner], x[inner], 1)
        assert np.abs(np.polyval(slope, sines[inner]) - x[inner]).max() < 1e-6, "by the sine"


@pytest.mark.parametrize(("x", "y"), [(0.6, -1.4), (2.2, 1.9), (-3.0, 0.1), (0, 0)])
def test_pulling_a_column_sets_its_entries_and_leaves_the_other(families, x, y):
    nearest = [min(max(round(2 * z) / 2, -2), 2) for z in (x, y)]
    families.drag("tip of A e₁", x, y)
    entries = [families.controls[name].value for name in "abcd"]
    assert entries == [nearest[0], 1, nearest[1], 1]
    families.drag("tip of A e₂", y, x)
    entries = [families.controls[name].value for name in "abcd"]
    assert entries == [nearest[0], nearest[1], nearest[1], nearest[0]]


@pytest.mark.parametrize("start", [(1, 1, 0, 1), (2, -1.5, 0.5, -2), (0, 0, 0, 0)], ids=str)
def test_the_matrix_carried_to_a_family_becomes_the_nearest_of_its_kind(families, kind_of, start):
    spots = {}
    for entries, kind in kind_of.items():
        if "normal" in kind and kind not in spots:
            spots[kind] = families.handles[-1].at(**dict(zip("abcd", entries, strict=True)))
    assert len(spots) == 8
    for kind, (x, y) in spots.items():
        set_entries(families, start)
        families.drag("A among the families", x + 2, y - 2)
        now = tuple(families.controls[name].value for name in "abcd")
        assert kind_of[now] == kind
        of_kind = np.array([entries for entries in kind_of if kind_of[entries] == kind])
        off = ((of_kind - start) ** 2).sum(axis=1)
        assert ((np.array(now) - start) ** 2).sum() == pytest.approx(off.min())


@pytest.mark.parametrize("entries", STATES[::5], ids=str)
def test_the_eigenvalues_and_singular_values_said_are_those_of_numpy(families, entries):
    set_entries(families, entries)
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
    set_entries(families, entries)
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


@pytest.mark.parametrize("entries", STATES[::2])
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
