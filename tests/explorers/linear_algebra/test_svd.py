"""A matrix taken apart into turn, stretch and turn: what is drawn and said, a second way."""

import itertools
import re

import numpy as np
import pytest

from explorers.drawn import assert_true, drawn, every_value, numbers, part, set_to, tip
from explorers.pictures import Pictures
from mlmath_helpers.explorers import linear_algebra as explorers

TAKEN_APART = {
    "0.4 [[4, 2], [1, 3]]": np.array([[1.6, 0.8], [0.4, 1.2]]),
    "[[1, 1], [0, 1]] (shear)": np.array([[1.0, 1.0], [0.0, 1.0]]),
    "[[0.5, 1.5], [1.5, 0.5]] (flips)": np.array([[0.5, 1.5], [1.5, 0.5]]),
    "[[0.8, 1.6], [0.4, 0.8]] (rank 1)": np.array([[0.8, 1.6], [0.4, 0.8]]),
}
TURN = np.linspace(0, 2 * np.pi, 121)
UNIT_CIRCLE = np.column_stack([np.cos(TURN), np.sin(TURN)])

each_matrix = pytest.mark.parametrize("matrix", TAKEN_APART)


@pytest.fixture
def steps(made):
    return made(explorers.svd_steps)


def at(degrees, length=1.0):
    return length * np.array([np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))])


def arrows(explorer):
    """Return where the two arrows point, as columns."""
    return np.column_stack([tip(explorer, "first"), tip(explorer, "second")])


@each_matrix
def test_the_three_steps_together_are_the_matrix(steps, matrix):
    A = TAKEN_APART[matrix]
    paper = part(steps, "grid")
    set_to(steps, matrix=matrix, t=0.0)
    before = np.array(paper.get_segments())
    assert (before == before.round()).all(), "squared paper"
    np.testing.assert_allclose(part(steps, "disc").get_xy()[:121], UNIT_CIRCLE, atol=1e-9)
    set_to(steps, t=3.0)
    np.testing.assert_allclose(np.array(paper.get_segments()), before @ A.T, atol=1e-9)
    np.testing.assert_allclose(part(steps, "disc").get_xy()[:121], UNIT_CIRCLE @ A.T, atol=1e-9)


@each_matrix
@pytest.mark.parametrize("t", [0.0, 0.5, 2.0, 3.0])
def test_where_the_circle_is_to_go_is_there_from_the_start(steps, matrix, t):
    set_to(steps, matrix=matrix, t=t)
    ghost = part(steps, "outline")
    assert ghost.get_visible()
    assert ghost.get_linestyle() in ("--", "dashed")
    np.testing.assert_allclose(ghost.get_xy()[:121], UNIT_CIRCLE @ TAKEN_APART[matrix].T, atol=1e-9)


@each_matrix
def test_the_two_arrows_are_at_a_right_angle_all_the_way_and_the_grid_is_not(steps, matrix):
    for t in every_value(steps.controls["t"])[::5]:
        words = set_to(steps, matrix=matrix, t=t)
        first, second = arrows(steps).T
        lengths = np.hypot(*first), np.hypot(*second)
        assert abs(first @ second) < 1e-12
        assert numbers(words.partition("are ")[2])[:2] == pytest.approx(lengths, abs=0.0051)
        assert (" at 90° " in words) == (min(lengths) > 1e-6)
        square = part(steps, "corner").get_xy()[:4]  # at 0, along both arrows
        sides = np.diff(square, axis=0)
        assert np.abs(square[0]).max() == 0
        np.testing.assert_allclose(square[2], square[1] + square[3], atol=1e-12)
        assert abs(sides[0] @ sides[1]) < 1e-12
        for corner, arrow, length in (
            (square[1], first, lengths[0]),
            (square[3], second, lengths[1]),
        ):
            assert corner[0] * arrow[1] == pytest.approx(corner[1] * arrow[0], abs=1e-12)
            assert 0 <= corner @ arrow <= 0.61 * length**2 + 1e-12, "inside of the arrow"
        if min(lengths) > 0.4:
            assert np.hypot(*square[1]) == pytest.approx(0.24)
    lines = np.diff(np.array(part(steps, "grid").get_segments()), axis=1)[:, 0]
    A = TAKEN_APART[matrix]
    assert lines[0] @ lines[-1] != pytest.approx(0), "those of the grid lost theirs"
    assert A[:, 0] @ A[:, 1] != pytest.approx(0)


@each_matrix
def test_the_right_angle_that_was_stays_drawn(steps, matrix):
    _, _, Vt = np.linalg.svd(TAKEN_APART[matrix])
    for t in (0.0, 0.02, 1.5, 3.0):
        set_to(steps, matrix=matrix, t=t)
        square = part(steps, "was").get_xy()[:4]
        assert part(steps, "was").get_visible() == (t > 0)
        for which, name in enumerate(("v₁", "v₂")):
            ghost = part(steps, f"{name} before")
            assert ghost.get_visible() == (t > 0)
            assert abs(tip(steps, f"{name} before") @ Vt[which]) == pytest.approx(1)
            np.testing.assert_allclose(
                square[1 + 2 * which], 0.24 * tip(steps, f"{name} before"), atol=1e-12
            )


@each_matrix
def test_each_step_is_what_it_is_called(steps, matrix):
    A = TAKEN_APART[matrix]
    sizes = np.linalg.svd(A, compute_uv=False)
    set_to(steps, matrix=matrix, t=1.0)
    np.testing.assert_allclose(arrows(steps), np.eye(2), atol=1e-9)
    set_to(steps, t=2.0)
    np.testing.assert_allclose(arrows(steps), np.diag(sizes), atol=1e-9)
    words = set_to(steps, t=3.0)
    assert np.hypot(*arrows(steps)) == pytest.approx(sizes, abs=1e-9)
    assert ("flips" in words) == (np.linalg.det(A) < -1e-9)
    assert words.endswith(f"are {sizes[0]:.2f} and {sizes[1]:.2f} long; A = {matrix}.")
    for t in (0.5, 1.24, 1.8, 2.0):
        words = set_to(steps, t=t)
        lengths = 1 + min(max(t - 1, 0), 1) * (sizes - 1)
        assert f"are {lengths[0]:.2f} and {lengths[1]:.2f} long" in words


@each_matrix
def test_the_numbers_of_the_steps_put_the_matrix_together_again(steps, matrix):
    said = [set_to(steps, matrix=matrix, t=t).split(" (")[0] for t in (1.0, 2.0, 3.0)]
    (first,), sizes, (second,) = map(numbers, said)
    flip = np.diag([1, -1]) if "flips" in said[2] else np.eye(2)

    def rotation(degrees):
        return np.column_stack([at(degrees), at(degrees + 90)])

    again = rotation(second) @ flip @ np.diag(sizes) @ rotation(first)
    np.testing.assert_allclose(again, TAKEN_APART[matrix], atol=0.03)  # degrees are rounded


@each_matrix
def test_the_factor_at_work_is_lit_and_told(steps, matrix):
    assert steps.controls["t"].value == 0, "nothing is done at the start"
    flips = np.linalg.det(TAKEN_APART[matrix]) < -1e-9
    lit = part(steps, "lit")
    names = {text.get_text(): text for text in steps.figure.axes[0].texts}
    for t in every_value(steps.controls["t"]):
        if round(100 * t) % 25 and t not in (2.02, 2.24, 2.26, 2.48):
            continue
        words = set_to(steps, matrix=matrix, t=t)
        assert lit.get_visible() == (t > 0)
        for step, factor in enumerate(("Vᵀ", "Σ", "U")):
            now = step < t <= step + 1
            assert words.startswith(f"{factor} ") == now, t
            assert steps.figure.bbox.contains(*lit.get_window_extent().max), "it is not cut"
            if t > 0:
                box = names[factor].get_window_extent()
                assert lit.get_window_extent().contains(*box.get_points().mean(axis=0)) == now
        assert words.startswith("Nothing is done") == (t == 0)
        if t > 0:
            assert f"({f'{100 * (t % 1):.0f}% ' if t % 1 else ''}done)" in words
        assert ("through flat" in words) == (flips and t > 2)


def test_the_factors_stand_as_in_the_formula_and_each_says_its_turn(steps):
    texts = [text for text in steps.figure.axes[0].texts if text.get_position()[1] > 1]
    above = [text.get_text() for text in texts if text.get_fontsize() > 12]
    assert above[:2] == ["A", "="]
    places = {text.get_text(): text.get_position()[0] for text in texts}
    assert places["A"] < places["="] < places["U"] < places["Σ"] < places["Vᵀ"]
    assert places["at once: dashed"] == places["A"]
    for factor, said in (("Vᵀ", "1. turns"), ("Σ", "2. stretches"), ("U", "3. turns or flips")):
        assert places[said] == places[factor]


def test_the_paper_looks_neither_like_an_arrow_nor_like_the_image(steps):
    paper = part(steps, "grid")
    for red, green, blue, _ in paper.get_color():
        assert red == green == blue, "of no arrow's colour"
    assert part(steps, "outline").get_linestyle() in ("--", "dashed")
    assert all(dashes is None for _, dashes in paper.get_linestyle()), "the image alone is dashed"


def test_an_arrow_is_named_after_what_it_has_become(steps):
    stages = [("v₁", "v₂"), ("e₁", "e₂"), ("σ₁e₁", "σ₂e₂"), ("σ₁u₁", "σ₂u₂")]
    for t, stage in [(0, 0), (0.98, 0), (1, 1), (1.98, 1), (2, 2), (2.98, 2), (3, 3)]:
        set_to(steps, t=float(t))
        names = [text.get_text() for text in steps.figure.axes[0].texts if text.get_visible()]
        assert set(stages[stage]) <= set(names)
        assert len({each for names_of in stages for each in names_of} & set(names)) == (
            2 if stage == 0 else 4  # with those of v1 and v2 as they were
        )


@each_matrix
def test_the_names_stand_off_rims_and_arrows_and_each_other(steps, matrix):
    axes = steps.figure.axes[0]
    for t in (0.0, 0.06, 0.36, 0.7, 1.0, 1.3, 1.6, 2.0, 2.2, 2.5, 2.8, 3.0):
        set_to(steps, t=t, matrix=matrix)
        names = [name for name in axes.texts if re.match("[vσe][₁₂]", name.get_text())]
        boxes = [name.get_window_extent() for name in names if name.get_visible()]
        assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2)), t
        along = np.linspace(0, 1, 60)[:, np.newaxis]
        lines = [part(steps, "disc").get_xy(), part(steps, "outline").get_xy()]
        lines += [along * arrow for arrow in arrows(steps).T]
        if t > 0:
            lines += [UNIT_CIRCLE]  # dotted
        marks = axes.transData.transform(np.concatenate(lines))
        for box in boxes:
            assert not any(box.padded(-4).contains(*mark) for mark in marks), t
            assert axes.bbox.contains(box.x0, box.y0)
            assert axes.bbox.contains(box.x1, box.y1)


@each_matrix
def test_the_steps_follow_each_other_without_a_jump(steps, matrix):
    last = None
    for t in every_value(steps.controls["t"]):
        set_to(steps, t=t, matrix=matrix)
        here = part(steps, "disc").get_xy()
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


@each_matrix
@pytest.mark.parametrize("which", [0, 1])
def test_pulling_an_arrow_to_where_it_is_at_some_time_leads_to_that_time(steps, matrix, which):
    label = ("arrow that was v₁", "arrow that was v₂")[which]
    for t, before in [
        (0.5, 0.0),
        (0.02, 0.4),
        (1.3, 1.0),
        (1.0, 1.3),
        (2.3, 2.0),
        (2.9, 2.4),
        (3, 2),
    ]:
        place = tips(TAKEN_APART[matrix], t)[which]
        set_to(steps, matrix=matrix, t=float(before))
        steps.drag(label, place.real, place.imag)
        now = steps.controls["t"].value
        there = tips(TAKEN_APART[matrix], now)[which]
        assert abs(there - place) < 0.005, "less than a pixel off"
        if matrix.startswith("0.4"):
            assert now == t


@pytest.mark.parametrize(
    "A",
    [
        [[4, 2], [1, 3]],
        [[0, 6], [-6, 0]],
        [[0, 0], [6, 0]],
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
    (axes,) = explorer.figure.axes
    for t in (0.0, 0.5, 1.0, 1.5, 2.0, 2.24, 2.5, 3.0):
        set_to(explorer, t=t)
        rim = axes.transData.transform(part(explorer, "disc").get_xy())
        assert axes.bbox.x0 < rim[:, 0].min() <= rim[:, 0].max() < axes.bbox.x1
        assert axes.bbox.y0 < rim[:, 1].min() <= rim[:, 1].max() < axes.bbox.y1
        for text in axes.texts:
            if not text.get_visible() or not re.match("[vσe]", text.get_text()):
                continue
            box = text.get_window_extent()
            assert axes.bbox.padded(4).containsx(box.x0)
            assert axes.bbox.padded(4).containsx(box.x1)
            assert axes.bbox.padded(12).containsy(box.y0)
            assert axes.bbox.padded(12).containsy(box.y1)
        if t == 1:
            np.testing.assert_allclose(arrows(explorer), np.eye(2), atol=1e-9)
        if t == 2:
            np.testing.assert_allclose(arrows(explorer), np.diag(sizes), atol=1e-9)
    words = explorer.sentence
    np.testing.assert_allclose(
        part(explorer, "disc").get_xy()[:121], UNIT_CIRCLE @ given.T, atol=1e-9
    )
    assert numbers(words.partition("A = ")[2]) == pytest.approx(given.ravel())
    long = numbers(words.partition("are ")[2])[:2]
    assert long == pytest.approx(sizes, abs=0.0051)
    assert [length > 0 for length in long] == [size > 1e-9 for size in sizes]
    assert (" at 90° " in words) == (sizes[1] > 1e-9)
    assert ("flips" in words) == (np.sign(np.linalg.det(given)) == -1)
    for handle in explorer.handles:
        place = handle.at(**explorer._values())
        if place is not None:
            explorer.drag(handle.label, *place)
            assert explorer.controls["t"].value == 3


def test_what_does_not_move_is_no_handle(own):
    explorer = own(explorers.svd_steps, [[1, 0], [0, 0]])  # no turn, and e1 keeps its length
    set_to(explorer, t=3.0)
    places = [handle.at(**explorer._values()) for handle in explorer.handles]
    assert places[0] is None
    assert places[1] == pytest.approx([0, 0]), "the second arrow is squashed"
    explorer.drag("arrow that was v₂", 0, 0.5)
    assert explorer.controls["t"].value == 1.5


def test_on_a_way_that_an_arrow_goes_twice_it_stays_at_the_step_that_is_on(own):
    explorer = own(explorers.svd_steps, [[-1, 1], [1, 1]])  # half of it is a mirror
    for t in (0.5, 2.8):
        set_to(explorer, t=t)
        values = explorer._values()
        for handle in explorer.handles:
            assert explorer._wanted(handle, handle.at(**values), values) == values


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


class TestPictures(Pictures):
    figures = (explorers.svd_steps,)
