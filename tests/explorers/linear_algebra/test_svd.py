"""A matrix taken apart, families of matrices, a photograph of low rank: computed a second way."""

import itertools
import re

import numpy as np
import pytest

from explorers.drawn import (
    assert_true,
    drawn,
    every_value,
    numbers,
    part,
    points,
    set_to,
    tip,
)
from explorers.pictures import Pictures
from mlmath_helpers.datasets import load_portrait
from mlmath_helpers.explorers import linear_algebra as explorers
from mlmath_helpers.explorers.linear_algebra.svd_families import FAMILIES
from mlmath_helpers.linear_algebra import low_rank


def at(degrees, length=1.0):
    return length * np.array([np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))])


# svd_steps

TAKEN_APART = {
    "0.4 [[4, 2], [1, 3]]": np.array([[1.6, 0.8], [0.4, 1.2]]),
    "[[1, 1], [0, 1]] (shear)": np.array([[1.0, 1.0], [0.0, 1.0]]),
    "[[0.5, 1.5], [1.5, 0.5]] (flips)": np.array([[0.5, 1.5], [1.5, 0.5]]),
    "[[0.8, 1.6], [0.4, 0.8]] (rank 1)": np.array([[0.8, 1.6], [0.4, 0.8]]),
}


@pytest.mark.parametrize("matrix", TAKEN_APART)
def test_the_three_steps_together_are_the_matrix(made, matrix):
    explorer = made(explorers.svd_steps)
    A = TAKEN_APART[matrix]
    set_to(explorer, matrix=matrix, t=3.0)
    turn = np.linspace(0, 2 * np.pi, 121)
    circle = np.column_stack([np.cos(turn), np.sin(turn)])
    for outline in (part(explorer, "disc", 2), part(explorer, "outline")):
        np.testing.assert_allclose(outline.get_xy()[:121], circle @ A.T, atol=1e-9)


@pytest.mark.parametrize("matrix", TAKEN_APART)
def test_each_step_is_what_it_is_called(made, matrix):
    explorer = made(explorers.svd_steps)
    A = TAKEN_APART[matrix]
    words = set_to(explorer, matrix=matrix, t=3.0)
    sizes = np.linalg.svd(A, compute_uv=False)
    axes = np.eye(2)
    for which, name in enumerate(("first", "second")):
        np.testing.assert_allclose(tip(explorer, name, 0), axes[which], atol=1e-9)
        np.testing.assert_allclose(tip(explorer, name, 1), sizes[which] * axes[which], atol=1e-9)
        assert np.linalg.norm(tip(explorer, name, 2)) == pytest.approx(sizes[which], abs=1e-9)
    flips = np.linalg.det(A) < -1e-9
    assert ("flips" in words) == ("flips" in part(explorer, "note", 2).get_text()) == flips
    assert words.endswith(f"are {sizes[0]:.2f} and {sizes[1]:.2f} long; A = {matrix}.")
    for t in (0.5, 1.24, 1.8, 2.0):
        words = set_to(explorer, t=t)
        lengths = 1 + min(max(t - 1, 0), 1) * (sizes - 1)
        assert f"the arrows are {lengths[0]:.2f} and {lengths[1]:.2f} long" in words


@pytest.mark.parametrize("matrix", TAKEN_APART)
def test_the_numbers_of_the_steps_put_the_matrix_together_again(made, matrix):
    explorer = made(explorers.svd_steps)
    said = [set_to(explorer, matrix=matrix, t=t).split(" (")[0] for t in (1.0, 2.0, 3.0)]
    drawn = [part(explorer, "note", i).get_text() for i in range(3)]
    (first,), sizes, (second,) = map(numbers, said)
    assert [[first], sizes, [second]] == list(map(numbers, drawn))
    flip = np.diag([1, -1]) if "flips" in said[2] else np.eye(2)

    def rotation(degrees):
        return np.column_stack([at(degrees), at(degrees + 90)])

    again = rotation(second) @ flip @ np.diag(sizes) @ rotation(first)
    np.testing.assert_allclose(again, TAKEN_APART[matrix], atol=0.03)  # degrees are rounded


@pytest.mark.parametrize("matrix", TAKEN_APART)
def test_a_step_is_told_only_once_it_has_begun(made, matrix):
    explorer = made(explorers.svd_steps)
    assert explorer.controls["t"].value == 1
    flips = np.linalg.det(TAKEN_APART[matrix]) < -1e-9
    _, _, Vt = np.linalg.svd(TAKEN_APART[matrix])
    for t in every_value(explorer.controls["t"]):
        if round(100 * t) % 25 and t not in (2.02, 2.24, 2.26, 2.48):
            continue
        words = set_to(explorer, matrix=matrix, t=t)
        for step, verb in enumerate(["Vᵀ turns", "Σ stretches", "U "]):
            assert words.startswith(verb) == (step < t <= step + 1), t
            assert bool(part(explorer, "note", step).get_text()) == (t > step)
        assert words.startswith("Nothing is done") == (t == 0)
        if t > 0:
            assert f"({f'{100 * (t % 1):.0f}% ' if t % 1 else ''}done)" in words
        for which, name in enumerate(("v₁", "v₂")):
            ghost = part(explorer, f"{name} before")
            assert ghost.get_visible() == (t > 0)
            assert abs(tip(explorer, f"{name} before") @ Vt[which]) == pytest.approx(1)
        assert part(explorer, "outline").get_visible() == (t > 2)
        assert ("through flat" in words) == (flips and t > 2)


def test_an_arrow_is_named_after_what_it_is(made):
    explorer = made(explorers.svd_steps)
    stages = [("v₁", "v₂"), ("e₁", "e₂"), ("σ₁e₁", "σ₂e₂"), ("σ₁u₁", "σ₂u₂")]
    for t, panel, stage in [(0, 0, 0), (0.5, 0, 1), (1, 0, 1), (1, 1, 1), (2, 1, 2), (3, 2, 3)]:
        set_to(explorer, t=float(t))
        names = [text.get_text() for text in explorer.figure.axes[panel].texts[:2]]
        assert tuple(names) == stages[stage]


@pytest.mark.parametrize("matrix", TAKEN_APART)
def test_the_names_stand_off_rims_and_arrows_and_each_other(made, matrix):
    explorer = made(explorers.svd_steps)
    renderer = explorer.figure.canvas.get_renderer()
    for t in (0.0, 0.06, 0.36, 0.7, 1.0, 1.3, 1.6, 2.0, 2.2, 2.5, 2.8, 3.0):
        set_to(explorer, t=t, matrix=matrix)
        for i, axes in enumerate(explorer.figure.axes):
            names = [name for name in axes.texts if re.match("[vσe]", name.get_text())]
            boxes = [name.get_window_extent(renderer) for name in names if name.get_visible()]
            assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2)), t
            turn = np.linspace(0, 1, 60)[:, np.newaxis]
            lines = [part(explorer, "disc", i).get_xy()]
            lines += [turn * tip(explorer, name, i) for name in ("first", "second")]
            points = axes.transData.transform(np.concatenate(lines))
            for box in boxes:
                assert not any(box.padded(-3).contains(*point) for point in points), (t, i)


def test_the_steps_follow_each_other_without_a_jump(made):
    explorer = made(explorers.svd_steps)
    for matrix in TAKEN_APART:
        last = None
        for t in every_value(explorer.controls["t"]):
            set_to(explorer, t=t, matrix=matrix)
            which = min(int(t), 2)
            here = part(explorer, "disc", which).get_xy()
            assert last is None or np.abs(here - last).max() < 0.12
            last = here


def tips(A, t):
    """Return the two tips at time t, with complex numbers: turn, stretch, perhaps flip, turn."""
    U, sizes, Vt = np.linalg.svd(A)
    turns = np.sign(Vt[0, 0]), np.sign(Vt[0, 0]) * np.linalg.det(Vt)
    v = np.angle((Vt[0, 0] + 1j * Vt[0, 1]) * turns[0])
    u = np.angle((U[0, 0] + 1j * U[1, 0]) * turns[0])
    one, two, three = (min(max(t - i, 0), 1) for i in range(3))
    flips = np.linalg.det(A) < -1e-9
    if flips:
        flip, three = min(2 * three, 1), max(2 * three - 1, 0)
    lengths = 1 + two * (sizes - 1) * [1, 1]
    lengths = lengths * [1, 1 - 2 * flip if flips else 1]
    turned = np.exp(1j * ((1 - one) * v + three * u))
    return [lengths[0] * turned, lengths[1] * 1j * turned]


@pytest.mark.parametrize("matrix", TAKEN_APART)
def test_pulling_an_arrow_to_where_it_is_at_some_time_leads_to_that_time(made, matrix):
    explorer = made(explorers.svd_steps)
    labels = ["arrow that Vᵀ turns", "arrow that Σ stretches", "arrow that U turns"]
    which = [0, 0, 1 if "flips" in matrix else 0]  # the one that moves most
    for i, t in [(0, 0.5), (1, 1.3), (2, 2.3), (2, 2.9), (1, 1.0), (0, 0.02), (0, 1.0), (1, 2.0)]:
        set_to(explorer, matrix=matrix, t=max(t, i))
        place = tips(TAKEN_APART[matrix], t)[which[i]]
        set_to(explorer, t=3.0 if t < 2.5 else 2.0)
        explorer.drag(labels[i], place.real, place.imag)
        now = explorer.controls["t"].value
        if t == i + 1:  # there it already was
            assert now == 3
        else:
            assert now == t
    set_to(explorer, t=0.4)
    assert [handle.at(**explorer._values()) is None for handle in explorer.handles] == [
        False, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "A",
    [
        [[4, 2], [1, 3]],
        [[0, 6], [-6, 0]],
        [[1, 0], [0, -0.02]],
        [[0, 3], [1, 0]],
        [[0, 0], [0, 2]],
        [[1e-4, 0], [0, -1e-5]],
        [[0.87, -0.5], [0.333, 2]],
        [[0, 0], [0, 0]],
        [[1, 0], [0, 1]],
    ],
    ids=str,
)
def test_a_matrix_of_ones_own_is_taken_apart(own, A):
    given = np.array(A, dtype=float)
    explorer = own(explorers.svd_steps, given)
    np.testing.assert_array_equal(given, A)
    assert list(explorer.controls) == ["t"]
    sizes = np.linalg.svd(given, compute_uv=False)
    words = set_to(explorer, t=3.0)
    turn = np.linspace(0, 2 * np.pi, 121)
    circle = np.column_stack([np.cos(turn), np.sin(turn)])
    np.testing.assert_allclose(
        part(explorer, "disc", 2).get_xy()[:121], circle @ given.T, atol=1e-9
    )
    assert numbers(words.partition("A = ")[2]) == pytest.approx(given.ravel())
    long = numbers(words.partition("are ")[2])[:2]
    assert long == pytest.approx(sizes, abs=0.0051)
    assert [length > 0 for length in long] == [size > 1e-9 for size in sizes]
    assert ("flips" in words) == (np.sign(np.linalg.det(given)) == -1)
    for i, name in itertools.product((0, 1), ("first", "second")):
        assert np.linalg.norm(tip(explorer, name, i)) == pytest.approx(
            1 if i == 0 else sizes[int(name == "second")], abs=1e-9
        )
    for axes in explorer.figure.axes:
        for text in [text for text in axes.texts if text.get_visible() and text.get_text()]:
            box = text.get_window_extent()
            assert axes.bbox.padded(25).containsx(box.x0)
            assert axes.bbox.padded(4).containsy(box.y0)
            assert axes.bbox.padded(4).containsy(box.y1)
    for handle in explorer.handles:
        place = handle.at(**explorer._values())
        if place is not None:
            explorer.drag(handle.label, *place)
            assert explorer.controls["t"].value == 3


def test_what_does_not_move_is_no_handle(own):
    explorer = own(explorers.svd_steps, [[1, 0], [0, 0]])  # no turn, and e1 keeps its length
    set_to(explorer, t=3.0)
    places = [handle.at(**explorer._values()) for handle in explorer.handles]
    assert places[0] is places[2] is None
    assert places[1] == pytest.approx([0, 0]), "the second arrow is squashed"
    explorer.drag("arrow that Σ stretches", 0, 0.5)
    assert explorer.controls["t"].value == 1.5


def test_the_picture_of_ones_own_matrix_is_a_full_draw(own):
    explorer = drawn(own(explorers.svd_steps, [[3, -1], [2, 2]]))
    for t in (0.0, 1.5, 2.6):
        set_to(explorer, t=t)
        assert_true(explorer)


@pytest.mark.parametrize(
    ("A", "kind", "message"),
    [
        (np.ones((2, 3)), ValueError, r"A must be 2 by 2, since it moves the plane; not of shape"),
        ([["a", "b"], ["c", "d"]], TypeError, "A must hold real numbers"),
        ([[np.inf, 0], [0, 1]], ValueError, "A holds nan or inf"),
        ([[10, 1], [1, 10]], ValueError, "must stretch no arrow by more than 6, .* not by 11; a"),
        ([[1e308, 1e308], [1e308, 0]], ValueError, "must stretch no arrow by more than 6"),
    ],
)
def test_a_matrix_that_cannot_be_taken_apart_here_is_refused(A, kind, message):
    with pytest.raises(kind, match=message):
        explorers.svd_steps(A)


def test_ones_own_matrix_and_one_of_the_course_are_not_asked_for_together():
    with pytest.raises(TypeError, match="A says what matrix is; give one of them"):
        explorers.svd_steps(np.eye(2), matrix="[[1, 1], [0, 1]] (shear)")


# matrix_families


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


# image_compression


def test_the_picture_is_the_best_of_its_rank_and_the_error_is_its_distance(made):
    explorer = made(explorers.image_compression)
    portrait = load_portrait().astype(float)
    half = (
        portrait[::2, ::2] + portrait[1::2, ::2] + portrait[::2, 1::2] + portrait[1::2, 1::2]
    ) / 4
    for k in (1, 20, 100, 256):
        words = set_to(explorer, k=k, shuffled=0.0)
        best = low_rank(half, k)
        shown = part(explorer, "picture").get_array()[..., 0]
        assert np.abs(shown - best.clip(0, 255)).max() < 1.01  # whole grey levels
        error = np.sqrt(((half - best) ** 2).sum() / (half**2).sum())
        (name,) = [t for t in explorer.figure.axes[1].texts if t.get_text() == "as photographed"]
        assert not name.get_visible(), "there is one line only"
        storage = k * (300 + 256 + 1) / (300 * 256)
        assert words.startswith(f"Rank {k} leaves {error:.1%} error (Frobenius norm)")
        assert f"takes {storage:.1%} of the numbers" in words
        assert "300 × 256" in explorer.figure.axes[0].get_title(loc="left")
        assert ("no saving" in words) == (storage >= 1)


def test_shuffling_keeps_the_grey_levels_and_flattens_the_spectrum(made):
    explorer = made(explorers.image_compression)
    shares = every_value(explorer.controls["shuffled"])
    errors, levels, where = [], [], []
    for share in shares:
        words = set_to(explorer, k=256, shuffled=share)
        picture = np.asarray(part(explorer, "picture").get_array()[..., 0], dtype=int)
        levels.append(np.sort(picture, axis=None))
        where.append(picture)
        words = set_to(explorer, k=20)
        errors.append(numbers(words)[1])
        assert words.endswith(f"{f'{share:.0%} of' if share else 'no'} pixels are shuffled.")
        sizes = part(explorer, "spectrum").get_ydata()
        assert (np.diff(sizes) <= 0).all()
        assert (sizes**2).sum() == pytest.approx((levels[0].astype(float) ** 2).sum(), rel=0.01)
    for share, level, picture in zip(shares, levels, where, strict=True):
        assert np.abs(level - levels[0]).max() <= 1  # half levels are rounded
        moved = (np.abs(picture - where[0]) > 1).mean()
        assert moved == pytest.approx(share * 0.97, abs=0.04)  # some meet their own level again
    assert errors == sorted(errors)
    assert errors[-1] > 3 * errors[0]


def test_pulling_the_last_value_kept_sets_the_rank(made):
    explorer = made(explorers.image_compression)
    for x, k in [(0, 1), (71, 65), (73, 80), (227, 200), (229, 256), (258, 256)]:
        explorer.drag("last value kept", x, 100)
        assert explorer.controls["k"].value == k
    set_to(explorer, shuffled=1.0)
    explorer.drag("last value kept", 10.2, 100)
    assert (explorer.controls["k"].value, explorer.controls["shuffled"].value) == (12, 1.0)


def rings(m, n):
    return np.cos(np.hypot(*np.meshgrid(np.linspace(-9, 12, n), np.linspace(-7, 9, m))))


RNG = np.random.default_rng(0)
OWN = {
    "grey": 255 * RNG.random((40, 70)),
    "whole numbers, wide": RNG.integers(0, 17, (4, 600)),
    "low and high": 1e-5 * rings(90, 60),
    "true and false": np.eye(12, dtype=bool),
    "constant": np.full((20, 30), 7.0),
    "colours": RNG.integers(0, 256, (30, 20, 3), dtype=np.uint8),
    "with opacity": RNG.random((30, 20, 4)),
}


@pytest.mark.parametrize("name", OWN)
def test_a_picture_of_ones_own_is_kept_by_rank(own, name):
    given = OWN[name].copy()
    explorer = own(explorers.image_compression, given)
    np.testing.assert_array_equal(given, OWN[name])
    grey = OWN[name].astype(float)
    if grey.ndim == 3:
        grey = 0.299 * grey[..., 0] + 0.587 * grey[..., 1] + 0.114 * grey[..., 2]
    m, n = grey.shape
    ranks = every_value(explorer.controls["k"])
    assert (ranks[0], ranks[-1]) == (1, min(m, n))
    black, white = min(0, grey.min()), grey.max()
    for k in (1, ranks[len(ranks) // 2], ranks[-1]):
        words = set_to(explorer, k=k)
        best = low_rank(grey, k)
        levels = ((best - black) / (white - black) * 255).clip(0, 255)
        shown = part(explorer, "picture").get_array()
        assert np.abs(shown[..., 0] - levels).max() < 1.01
        assert (shown[..., 0] == shown[..., 2]).all()
        error = np.sqrt(((grey - best) ** 2).sum() / (grey**2).sum())
        assert words.startswith(f"Rank {k} leaves {error:.1%} error (Frobenius norm) and takes ")
        assert numbers(words)[2] == pytest.approx(k * (m + n + 1) / (m * n), abs=0.00051)
    left, right = explorer.figure.axes
    assert left.get_title(loc="left") == f"picture, {m} × {n}, rank k"
    assert "photograph" not in " ".join(text.get_text() for text in right.texts)
    sizes = np.linalg.svd(grey, compute_uv=False)
    drawn = part(explorer, "spectrum").get_ydata()
    scale = drawn[0] / sizes[0]
    seen = sizes * scale > right.get_ylim()[0] * 1.001
    np.testing.assert_allclose(drawn[seen], sizes[seen] * scale, rtol=1e-6)
    np.testing.assert_allclose(drawn[~seen], right.get_ylim()[0], rtol=2e-3)
    for share in every_value(explorer.controls["shuffled"]):
        for k in ranks:
            set_to(explorer, k=k, shuffled=share)
            assert right.get_ylim()[0] <= points(explorer, "dot")[0, 1] < right.get_ylim()[1] / 2
            boxes = [text.get_window_extent() for text in right.texts if text.get_visible()]
            for one, other in itertools.combinations(boxes, 2):
                assert not one.overlaps(other)


def test_a_picture_of_ones_own_is_drawn_as_it_is_and_its_handle_keeps_still(own):
    explorer = drawn(own(explorers.image_compression, rings(50, 30)))
    (handle,) = explorer.handles
    for state in ({"k": 1}, {"k": 25, "shuffled": 0.5}, {"k": 30, "shuffled": 0.0}):
        set_to(explorer, **state)
        assert_true(explorer)
        values = explorer._values()
        assert explorer._wanted(handle, handle.at(**values), values) == values
    assert explorer.picture.call == "explorers.image_compression(picture, k=30)"


@pytest.mark.parametrize(
    ("picture", "kind", "message"),
    [
        (np.ones(9), ValueError, r"a 2-D array of grey levels, or one of shape \(m, n, 3\)"),
        (np.ones((9, 9, 2)), ValueError, r"and blue, not an array of shape \(9, 9, 2\)"),
        (np.ones((3, 9)), ValueError, "from 4 to 600 pixels high and wide, not 3 × 9;"),
        (np.ones((5, 601)), ValueError, r"not 5 × 601; of a larger .* picture\[::2, ::2\]"),
        (np.zeros((9, 9)), ValueError, "picture must not be 0 everywhere"),
        (np.full((9, 9), np.nan), ValueError, "picture holds nan or inf"),
        ("portrait.png", TypeError, "picture must hold real numbers"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_refused(picture, kind, message):
    with pytest.raises(kind, match=message):
        explorers.image_compression(picture)


class TestPictures(Pictures):
    figures = (explorers.svd_steps, explorers.matrix_families, explorers.image_compression)
