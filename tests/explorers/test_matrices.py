"""The box in space and the families of matrices: what is drawn and said, a second way."""

import itertools

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from explorers.drawn import every_value, jump, numbers, part, tip
from mlmath_helpers.explorers import linear_algebra as explorers
from mlmath_helpers.explorers.matrices import BASE, FAMILIES, FORWARD, SEEN


@pytest.fixture(scope="module")
def volume():
    explorer = explorers.volume()
    yield explorer
    explorer.close()


@pytest.fixture(scope="module")
def families():
    explorer = explorers.matrix_families()
    yield explorer
    explorer.close()


def bars(explorer):
    return [bar.get_height() for bar in explorer.figure.axes[1].patches]


@pytest.mark.parametrize("slide", [-1.2, 0.3, 1.1])
@pytest.mark.parametrize("height", [-1.3, -0.1, 0.0, 0.7, 1.3])
@pytest.mark.parametrize("turn", [-60, 0, 45])
def test_the_box_is_the_image_of_the_cube_and_its_volume_the_determinant(
    volume, slide, height, turn
):
    jump(volume, {"slide": slide, "height": height, "turn": turn})
    turned = Rotation.from_euler("z", turn, degrees=True).as_matrix()
    A = turned @ np.column_stack([BASE, [slide, FORWARD, height]])
    for i in range(3):
        assert tip(volume, f"Ae{i + 1}") == pytest.approx(SEEN @ A[:, i])
    cube = np.array([[0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1]])  # its lid
    assert part(volume, "lid").get_xy()[:4] == pytest.approx(cube @ A.T @ SEEN.T)
    assert part(volume, "base").get_xy()[:4] == pytest.approx((cube - [0, 0, 1]) @ A.T @ SEEN.T)
    foot = A[:, 2] * [1, 1, 0]
    assert np.array(part(volume, "rise").get_xydata()) == pytest.approx(
        np.array([foot, A[:, 2]]) @ SEEN.T
    )
    length = np.sqrt(slide**2 + FORWARD**2 + height**2)
    sizes = [1.6 * 1.2, length, height, np.linalg.det(A)]
    assert bars(volume) == pytest.approx(sizes, abs=1e-8)
    said = numbers(volume.sentence)
    assert said[:3] == pytest.approx(A[:, 2], abs=0.006)
    numbers_on_bars = [numbers(text.get_text())[0] for text in volume.figure.axes[1].texts]
    assert numbers_on_bars == pytest.approx(sizes, abs=0.006)
    if height == 0:
        assert "space falls flat, determinant 0, rank 2" in volume.sentence
    else:
        assert said[3:] == pytest.approx([abs(height), 1.92, 1.92 * height], abs=0.006)
        assert ("orientation flipped" in volume.sentence) == (height < 0)
        assert ("orientation kept" in volume.sentence) == (height > 0)
        assert ("above" in volume.sentence) == (height > 0)


@pytest.mark.parametrize("slide", [-1.2, 0.3, 0.8, 1.2])
@pytest.mark.parametrize("height", [-1.3, -0.6, 0.3, 1.2])
@pytest.mark.parametrize("turn", [-60, -25, 0, 45])
def test_no_edge_of_the_box_runs_through_a_name(volume, slide, height, turn):
    jump(volume, {"slide": slide, "height": height, "turn": turn})
    axes = volume.figure.axes[0]
    base, lid = (part(volume, name).get_xy()[:4] for name in ("base", "lid"))
    edges = [pair for ring in (base, lid) for pair in zip(ring, np.roll(ring, -1, 0), strict=True)]
    edges += [*zip(base, lid, strict=True), part(volume, "rise").get_xydata()]
    way = np.linspace(0, 1, 301)[:, None]
    points = axes.transData.transform(
        np.concatenate([start + way * (end - start) for start, end in edges])
    )
    names = [text for text in axes.texts if text.get_text().startswith("A e")]
    assert [name.get_text() for name in names] == ["A e₁", "A e₂", "A e₃"]
    boxes = [name.get_window_extent() for name in names]
    for i, box in enumerate(boxes):
        assert not box.padded(-2).count_contains(points)
        assert not any(box.overlaps(other) for other in boxes[:i])


def test_slides_and_turns_leave_the_volume_alone_and_the_height_does_not(volume):
    volume.reset()
    start = bars(volume)[3]
    for name in ("slide", "turn"):
        for value in every_value(volume.controls[name])[::4]:
            volume.controls[name].value = value
            assert bars(volume)[3] == pytest.approx(start, abs=1e-8)
    volume.controls["height"].value = 0.6
    assert bars(volume)[3] == pytest.approx(start / 2)
    volume.reset()


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
    jump(families, dict(zip("abcd", entries, strict=True)))
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
    jump(families, dict(zip("abcd", entries, strict=True)))
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
    jump(families, dict(zip("abcd", entries, strict=True)))
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
    jump(families, dict(zip("acbd", entries, strict=True)))
    names = [t for t in families.figure.axes[0].texts if t.get_text() in ("A e₁", "A e₂")]
    places = np.array([name.get_position() for name in names])
    lines = [line for line in families.figure.axes[0].lines if line.get_gid() == "line"]
    for ends in (np.column_stack(line.get_data()) for line in lines):
        if len(ends):
            along = (ends[1] - ends[0]) / np.linalg.norm(ends[1] - ends[0])
            off = places - ends[0]
            assert (np.abs(off[:, 0] * along[1] - off[:, 1] * along[0]) > 0.2).all()
    assert np.linalg.norm(places[0] - places[1]) > 0.5
