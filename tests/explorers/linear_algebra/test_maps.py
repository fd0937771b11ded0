"""Maps of the plane, one after another, and of space: what is drawn and said, a second way."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from explorers.drawn import every_value, numbers, part, set_to, tip
from explorers.pictures import Pictures
from mlmath_helpers.explorers import linear_algebra as explorers
from mlmath_helpers.explorers.linear_algebra.maps import BASE, FORWARD, SEEN

# linear_map


def test_the_columns_are_where_the_basis_lands(made):
    explorer = made(explorers.linear_map)
    for a, c, b, d in [(1.6, 0.5, -0.6, 1.2), (-1, 0.3, 2, 1.1), (2, 2, -2, 2)]:
        words = set_to(explorer, a=a, c=c, b=b, d=d)
        np.testing.assert_allclose(tip(explorer, "Ae1"), [a, c])
        np.testing.assert_allclose(tip(explorer, "Ae2"), [b, d])
        square = part(explorer, "square").get_xy()[:4]
        np.testing.assert_allclose(square, [(0, 0), (a, c), (a + b, c + d), (b, d)])
        start = f"A sends e₁ to ({a:.1f}, {c:.1f}) and e₂ to ({b:.1f}, {d:.1f})"
        assert words.startswith(start.replace("-", "−"))
        ellipse = part(explorer, "ellipse").get_xy()
        back = np.linalg.solve([[a, b], [c, d]], ellipse.T)
        np.testing.assert_allclose(np.linalg.norm(back, axis=0), 1)


def test_the_grid_is_the_image_of_the_whole_lines_through_whole_points(made):
    explorer = made(explorers.linear_map)
    A = np.array([[1.5, -0.7], [0.4, 1.1]])
    set_to(explorer, a=1.5, b=-0.7, c=0.4, d=1.1)
    for segment in part(explorer, "grid").get_segments():
        before = np.linalg.solve(A, segment.T)  # columns are the ends
        constant = np.isclose(before[:, 0], before[:, 1])
        assert constant.sum() == 1
        assert before[constant][0, 0] == pytest.approx(round(before[constant][0, 0]))


def test_determinant_orientation_and_rank_are_said_over_all_entries(made):
    explorer = made(explorers.linear_map)
    rng = np.random.default_rng(0)
    matrices = rng.integers(-20, 21, (12, 4)) / 10
    special = [(0, 0, 0, 0), (1, 2, 0.5, 1), (0, 0, 1, 2), (1, 0, 0, -1), (0.3, 0.1, 0.6, 0.2)]
    for a, c, b, d in [*matrices, *special]:
        words = set_to(explorer, a=a, c=c, b=b, d=d)
        determinant = round(a * d - b * c, 9)
        hatch = part(explorer, "square").get_hatch()
        if determinant == 0:
            rank = 0 if not any((a, b, c, d)) else 1
            assert f": determinant 0, rank {rank}." in words
            assert ("the origin" if rank == 0 else "one line") in words
            continue
        said = numbers(words.partition("determinant ")[2])
        assert said == [pytest.approx(determinant, abs=0.00501), 2]
        assert ("orientation is kept" in words) == (determinant > 0)
        assert ("orientation is flipped" in words) == (determinant < 0)
        assert bool(hatch) == (determinant < 0)


RANK_ONE = [(1, 0.5, -2, -1), (1, 0.5, 2, 1), (1, 0.5, 1, 0.5), (1.5, 0, -1, 0), (2, 2, 2, 2)]
RANK_ONE += [(-0.4, 1.2, 0.1, -0.3), (1, 0.5, 0, 0), (0, 0, 0, -1.4)]


@pytest.mark.parametrize("entries", RANK_ONE)
def test_no_name_lies_on_the_line_on_which_the_plane_falls_or_on_the_other(made, entries):
    explorer = made(explorers.linear_map)
    set_to(explorer, **dict(zip("acbd", entries, strict=True)))
    axes = explorer.figure.axes[0]
    boxes = [text.get_window_extent().padded(1) for text in axes.texts]
    assert [text.get_text() for text in axes.texts] == ["A e₁", "A e₂"]
    assert not boxes[0].overlaps(boxes[1])
    along = max(np.array([entries[:2], entries[2:]]), key=np.linalg.norm)
    along = along / np.linalg.norm(along)
    across, half_width = np.array([-along[1], along[0]]), 11 / 2 * explorer.figure.dpi / 72
    origin = axes.transData.transform((0, 0))
    for box in boxes:
        sides = (box.corners() - origin) @ across  # pixels off the line, which is 11 points wide
        assert sides.min() > half_width or sides.max() < -half_width


def test_a_flattened_plane_still_shows_its_circle_and_its_square(made):
    explorer = made(explorers.linear_map)
    for a, c, b, d in [(1, 0.5, -2, -1), (1.5, 0, -1, 0), (0, 0, 0, 0), (1, 0, 0, 1)]:
        set_to(explorer, a=a, c=c, b=b, d=d)
        for name in ("ellipse", "square"):
            edge = part(explorer, f"flat {name}")
            assert edge.get_visible() == (a * d == b * c)
            np.testing.assert_array_equal(edge.get_xy(), part(explorer, name).get_xy())
            assert edge.get_zorder() > part(explorer, "grid").get_zorder()


@pytest.mark.parametrize("entries", [(2, 2, 2, -2), (-2, -2, -2, 2), (2, 2, 2, 2)])
def test_the_largest_square_is_not_cut_off(made, entries):
    explorer = made(explorers.linear_map)
    set_to(explorer, **dict(zip("acbd", entries, strict=True)))
    reach = explorer.figure.axes[0].get_xlim()[1]
    assert np.abs(part(explorer, "square").get_xy()).max() < reach


# composition

STARTS = {
    "A shears, B turns by 90°": ([[1, 1], [0, 1]], [[0, -1], [1, 0]]),
    "A stretches along x, B turns by 45°": (
        [[1.8, 0], [0, 1]],
        np.array([[1, -1], [1, 1]]) / np.sqrt(2),
    ),
    "A mirrors in the line y = x, B stretches along x": ([[0, 1], [1, 0]], [[1.6, 0], [0, 1]]),
    "A turns by 30°, B turns by 60°": (
        np.array([[np.sqrt(3), -1], [1, np.sqrt(3)]]) / 2,
        np.array([[1, -np.sqrt(3)], [np.sqrt(3), 1]]) / 2,
    ),
}


@pytest.mark.parametrize("pair", STARTS)
def test_at_the_end_left_is_BA_and_right_is_AB(made, pair):
    explorer = made(explorers.composition)
    A, B = (np.array(matrix, dtype=float) for matrix in STARTS[pair])
    words = set_to(explorer, pair=pair, t=2.0)
    letter = part(explorer, "start", 0).get_xy()
    for which, product in enumerate([B @ A, A @ B]):
        drawn = part(explorer, "letter", which).get_xy()
        np.testing.assert_allclose(drawn, letter @ product.T, atol=1e-12)
        np.testing.assert_allclose(tip(explorer, "e1", which), product[:, 0], atol=1e-12)
        other = part(explorer, "other", 1 - which).get_xy()
        np.testing.assert_allclose(other, drawn, atol=1e-12)
    agree = np.allclose(A @ B, B @ A)
    assert agree == ("turns by 30°" in pair)
    assert words.endswith(": AB = BA here." if agree else ": AB is not BA.")
    assert words.startswith(f"{pair}: after 2.00 maps e₁ is at ")
    said = numbers(words.partition("e₁ is at")[2])
    places = [*(B @ A)[:, 0]] if agree else [*(B @ A)[:, 0], *(A @ B)[:, 0]]
    assert said == pytest.approx(places, abs=0.00501)
    stages = [axes.texts[1].get_text() for axes in explorer.figure.axes]
    assert stages == ["A: 100%   B: 100%", "B: 100%   A: 100%"]


@pytest.mark.parametrize("pair", STARTS)
def test_halfway_the_first_maps_are_done_and_at_0_nothing(made, pair):
    explorer = made(explorers.composition)
    letter = part(explorer, "start", 0).get_xy()
    words = set_to(explorer, pair=pair, t=1.0)
    ends = [np.array(matrix)[:, 0] for matrix in STARTS[pair]]
    assert words.startswith(f"{pair}: after 1.00 maps ")
    assert numbers(words.partition("e₁ is at")[2]) == pytest.approx(np.ravel(ends), abs=0.00501)
    for which, first in enumerate(STARTS[pair]):
        drawn = part(explorer, "letter", which).get_xy()
        np.testing.assert_allclose(drawn, letter @ np.transpose(first), atol=1e-12)
    words = set_to(explorer, t=0.0)
    assert words == f"{pair}: after 0.00 maps e₁ is at (1.00, 0.00) in both orders."
    np.testing.assert_allclose(part(explorer, "letter", 0).get_xy(), letter)
    np.testing.assert_allclose(part(explorer, "letter", 1).get_xy(), letter)


def test_the_letter_moves_without_a_jump_and_is_never_cut_off(made):
    explorer = made(explorers.composition)
    (left, right), (low, high) = (
        getattr(explorer.figure.axes[0], f"get_{axis}lim")() for axis in "xy"
    )
    for pair in STARTS:
        set_to(explorer, pair=pair, t=0.0)
        last = part(explorer, "letter", 0).get_xy()
        for t in every_value(explorer.controls["t"])[1:]:
            set_to(explorer, t=t)
            here = part(explorer, "letter", 0).get_xy()
            assert np.abs(here - last).max() < 0.1
            for which in (0, 1):
                x, y = part(explorer, "letter", which).get_xy().T
                assert left < x.min() <= x.max() < right
                assert low < y.min() <= y.max() < high
            last = here


# volume


@pytest.fixture
def volume(made):
    return made(explorers.volume)


def bars(explorer):
    return [bar.get_height() for bar in explorer.figure.axes[1].patches]


@pytest.mark.parametrize("slide", [-1.2, 0.3, 1.1])
@pytest.mark.parametrize("height", [-1.3, -0.1, 0.0, 0.7, 1.3])
@pytest.mark.parametrize("turn", [-60, 0, 45])
def test_the_box_is_the_image_of_the_cube_and_its_volume_the_determinant(
    volume, slide, height, turn
):
    set_to(volume, slide=slide, height=height, turn=turn)
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
    set_to(volume, slide=slide, height=height, turn=turn)
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
    start = bars(volume)[3]
    for name in ("slide", "turn"):
        for value in every_value(volume.controls[name])[::4]:
            set_to(volume, **{name: value})
            assert bars(volume)[3] == pytest.approx(start, abs=1e-8)
    set_to(volume, height=0.6)
    assert bars(volume)[3] == pytest.approx(start / 2)


class TestPictures(Pictures):
    figures = (explorers.linear_map, explorers.composition, explorers.volume)
