"""Maps of the plane, one after another: what is drawn and said, a second way."""

import numpy as np
import pytest

from explorers.drawn import (
    assert_true,
    drawn,
    every_value,
    numbers,
    part,
    random_state,
    set_to,
    tip,
)
from explorers.pictures import Pictures
from mlmath_helpers.explorers import linear_algebra as explorers

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


@pytest.mark.parametrize(
    ("where", "entries"),
    [((1.31, -0.76), (1.3, -0.8)), ((-4.2, 4.2), (-2, 2)), ((0, 0), (0, 0)), ((0.04, 3), (0, 2))],
)
def test_a_column_goes_to_where_its_tip_is_pulled_and_the_other_stays(made, where, entries):
    explorer = made(explorers.linear_map)
    explorer.drag("tip of A e₁", *where)
    expected = dict(zip("ac", entries, strict=True))
    assert explorer._values() == explorer._starts | expected
    explorer.drag("tip of A e₂", *where)
    assert explorer._values() == expected | dict(zip("bd", entries, strict=True))
    assert tip(explorer, "Ae1") == pytest.approx(tip(explorer, "Ae2"))


TURN = [[np.cos(0.5), -np.sin(0.5)], [np.sin(0.5), np.cos(0.5)]]
OWN_MATRICES = [  # with the decimals that the sentence needs, and how far the sliders go
    ([[0, -1], [1, 0]], 1, 2),
    (TURN, 2, 2),
    ([[np.cos(np.pi / 2), -1], [1, np.cos(np.pi / 2)]], 1, 2),
    ([[0.87, 0.0], [-1.25, 1.0]], 2, 2),
    ([[1 / 3, 2 / 3], [1 / 6, 1 / 3]], 2, 2),
    ([[3, 4], [-4.125, 5]], 3, 5),
    ([[140, -20.5], [3, 199.75]], 2, 200),
    ([[1000, 1], [-999, 0]], 1, 1000),
    ([[0, 0], [0, 0]], 1, 2),
    ([[0.02, 0], [0, 0.01]], 2, 2),
]


@pytest.mark.parametrize(("A", "decimals", "limit"), OWN_MATRICES)
def test_a_matrix_of_ones_own_is_shown_as_it_is(made, A, decimals, limit):
    own = np.array(A, dtype=float)
    explorer = made(lambda: explorers.linear_map(own))
    assert own.tolist() == A, "what was given is left alone"
    assert tip(explorer, "Ae1") == pytest.approx(own[:, 0], abs=1e-11)
    assert tip(explorer, "Ae2") == pytest.approx(own[:, 1], abs=1e-11)
    where, _, verdict = explorer.sentence.partition(": ")
    written = [f"{entry:z.{decimals}f}".replace("-", "−") for entry in own.T.ravel()]
    assert where.startswith("A sends e₁ to ({}, {}) and e₂ to ({}, {})".format(*written))
    matrix = [text.get_text() for text in explorer.figure.axes[1].texts[1:5]]
    assert matrix == [written[i] for i in (0, 2, 1, 3)]
    size = np.linalg.det(own)
    if abs(size) < 1e-12:
        assert verdict == f"determinant 0, rank {np.linalg.matrix_rank(own)}."
    else:
        assert numbers(verdict) == [pytest.approx(size, abs=0.00501, rel=1e-9), 2]
        assert ("flipped" in verdict) == (size < 0)
    for name, control in explorer.controls.items():
        assert control.min == pytest.approx(-limit, abs=control.step)
        assert control.max == pytest.approx(limit, abs=control.step)
        assert float(f"{control.value:{control.readout_format}}") == pytest.approx(
            control.value, abs=0.00501
        ), name


def test_what_is_far_less_than_the_decimals_is_not_said_to_be_nothing(made):
    explorer = made(lambda: explorers.linear_map([[1 / 3, 2e-5], [0, 0.001]]))
    assert explorer.sentence == (
        "A sends e₁ to (0.33, 0.00) and e₂ to (2e-5, 0.001): determinant +0.00033, rank 2, "
        "and orientation is kept."
    )


@pytest.mark.parametrize("A", [TURN, [[3, 4], [-4.125, 5]], [[140, -20.5], [3, 199.75]]])
def test_the_picture_of_ones_own_matrix_is_true_and_holds_its_handles(made, A):
    explorer = drawn(made(lambda: explorers.linear_map(A)))
    rng = np.random.default_rng(0)
    for state in [explorer._values(), *(random_state(explorer, rng) for _ in range(4))]:
        set_to(explorer, **state)
        assert_true(explorer)
        assert len(explorer.sentence) <= 180
        left, right = explorer.figure.axes
        square = part(explorer, "square").get_xy()
        assert np.abs(square).max() < left.get_xlim()[1]
        values = explorer._values()
        for handle in explorer.handles:
            assert explorer._wanted(handle, handle.at(**values), values) == values
        bracket, entries = right.lines[0].get_window_extent(), right.texts[1:5]
        assert all(text.get_window_extent().x0 > bracket.x0 for text in entries)
        first, _, third, _ = (text.get_window_extent() for text in entries)
        assert max(first.x1, third.x1) < min(entries[i].get_window_extent().x0 for i in (1, 3))
    explorer.reset()
    assert tip(explorer, "Ae1") == pytest.approx(np.array(A)[:, 0])


REFUSED = [
    ("ab", TypeError, "A must hold real numbers"),
    (3, ValueError, "A must be a 2-D array"),
    ([[1, 2, 3], [4, 5, 6]], ValueError, r"shape \(2, 2\), a map of the plane, not \(2, 3\)"),
    ([[1, np.nan], [0, 1]], ValueError, "A holds nan or inf"),
    ([[1, 0], [-2000, 1]], ValueError, "from -1000 to 1000, .* but one is -2000; divide A"),
    ([[0, 0.001], [0, 0]], ValueError, "an entry of 0.01 or more .* the largest is 0.001"),
]


@pytest.mark.parametrize(("A", "error", "words"), REFUSED)
def test_what_is_no_map_of_the_plane_is_refused(A, error, words):
    with pytest.raises(error, match=words):
        explorers.linear_map(A)
    with pytest.raises(error, match=words.replace("A ", "B ").replace("divide A", "divide B")):
        explorers.composition([[1, 0], [0, 1]], A)


def test_entries_are_given_by_the_matrix_or_one_by_one(made):
    assert made(lambda: explorers.linear_map(a=-1.2))._values()["a"] == -1.2
    with pytest.raises(TypeError, match="A says what a is; give one of them"):
        explorers.linear_map([[1, 2], [0, 1]], a=-1.2)


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


@pytest.mark.parametrize("pair", STARTS)
@pytest.mark.parametrize("first", ["A", "B"])
def test_the_top_of_the_letter_is_pulled_along_its_way(made, pair, first):
    explorer = made(explorers.composition)
    for t in (2.0, 0.0, 0.36, 1.0, 1.58):
        set_to(explorer, pair=pair, t=t)
        top = part(explorer, "letter", "AB".index(first)).get_xy()[8]
        set_to(explorer, t=0.7)
        explorer.drag(f"top of the F, {first} first", *top)
        assert explorer._values() == {"t": t, "pair": pair}


def test_the_top_of_the_letter_stays_at_the_nearest_end_of_its_way(made):
    explorer = made(explorers.composition)
    explorer.drag("top of the F, A first", 2.5, 0.0)  # beyond where the shear leaves it
    assert explorer.controls["t"].value == pytest.approx(1.0, abs=0.2)
    explorer.drag("top of the F, B first", 0.9, 1.4)
    assert explorer.controls["t"].value == 0.0


OWN_PAIRS = [
    ([[-1, 0], [0, -1]], [[1, -2], [0.5, 1]]),
    ([[1, 2], [3, 4]], [[5, 6], [7, 8]]),
    (TURN, [[1, 0], [0, 0]]),
    ([[0, 0], [0, 0]], [[2, 1], [1, 1]]),
    ([[3, 0], [0, -2]], [[0.5, 0], [0, 7]]),
]


@pytest.mark.parametrize(("A", "B"), OWN_PAIRS)
def test_a_pair_of_ones_own_comes_first_and_goes_both_ways(made, A, B):
    A, B = np.array(A, dtype=float), np.array(B, dtype=float)
    before = A.copy(), B.copy()
    explorer = made(lambda: explorers.composition(A, B))
    np.testing.assert_array_equal((A, B), before)
    assert every_value(explorer.controls["pair"]) == ["Your A and B", *STARTS]
    words = set_to(explorer, t=2.0)
    assert words.startswith("Your A and B: after 2.00 maps e₁ is at (")
    letter = part(explorer, "start", 0).get_xy()[:10]
    for which, product in enumerate([B @ A, A @ B]):
        here = part(explorer, "letter", which).get_xy()[:10]
        np.testing.assert_allclose(here, letter @ product.T, atol=1e-12)
    agree = np.allclose(A @ B, B @ A)
    assert words.endswith(": AB = BA here." if agree else ": AB is not BA.")
    said = numbers(words.partition("e₁ is at")[2])
    places = [*(B @ A)[:, 0]] if agree else [*(B @ A)[:, 0], *(A @ B)[:, 0]]
    assert said == pytest.approx(places, abs=0.00501)
    set_to(explorer, t=1.0)
    for which, first in enumerate([A, B]):
        here = part(explorer, "letter", which).get_xy()[:10]
        np.testing.assert_allclose(here, letter @ first.T, atol=1e-12)


@pytest.mark.parametrize(("A", "B"), OWN_PAIRS)
def test_the_picture_of_ones_own_pair_is_true_and_nothing_is_cut_off(made, A, B):
    explorer = drawn(made(lambda: explorers.composition(A, B)))
    states = [("Your A and B", t) for t in (0.0, 0.58, 1.3, 2.0)]
    for pair, t in [*states, (next(iter(STARTS)), 2.0)]:
        set_to(explorer, pair=pair, t=t)
        assert_true(explorer)
        values = explorer._values()
        for which, (axes, handle) in enumerate(
            zip(explorer.figure.axes, explorer.handles, strict=True)
        ):
            ends = [*part(explorer, "letter", which).get_xy(), tip(explorer, "e1", which)]
            assert all(axes.bbox.contains(*place) for place in axes.transData.transform(ends))
            boxes = [text.get_window_extent() for text in axes.texts]
            assert axes.figure.bbox.x0 < boxes[0].x0 < boxes[0].x1 < axes.figure.bbox.x1
            assert not boxes[0].overlaps(boxes[1])
            assert explorer._wanted(handle, handle.at(**values), values) == values


def test_a_turn_of_ones_own_turns_the_letter_and_does_not_shrink_it(made):
    explorer = made(lambda: explorers.composition([[-1, 0], [0, -1]], TURN))
    for t in every_value(explorer.controls["t"])[::10]:
        set_to(explorer, t=t)
        lengths = [np.hypot(*tip(explorer, "e1", which)) for which in (0, 1)]
        assert lengths == pytest.approx([1, 1])


def test_a_pair_that_is_none_or_carries_the_letter_out_of_sight_is_refused():
    with pytest.raises(TypeError, match="B is missing: give A and B, or neither"):
        explorers.composition([[1, 0], [0, 1]])
    with pytest.raises(TypeError, match="A is missing: give A and B, or neither"):
        explorers.composition(B=[[1, 0], [0, 1]])
    with pytest.raises(ValueError, match=r"within 200 of the origin .* carry it to 630; divide"):
        explorers.composition([[700, 0], [0, 0]], [[1, 0], [0, 1]])


class TestPictures(Pictures):
    figures = (explorers.linear_map, explorers.composition)
