"""Directions that a matrix keeps, and the way to one: what is drawn and said, from scratch."""

import re

import numpy as np
import pytest

from explorers.drawn import assert_true, drawn, numbers, part, points, set_to, tip
from explorers.pictures import Pictures
from mlmath_helpers.explorers import linear_algebra as explorers


def at(degrees, length=1.0):
    return length * np.array([np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))])


# eigenvectors

MATRICES = {  # and the angles of their eigenvectors, within half a turn
    "0.4 [[4, 2], [1, 3]]": (np.array([[1.6, 0.8], [0.4, 1.2]]), [26.565, 135]),
    "[[0.6, 1], [1, 0.6]] (symmetric)": (np.array([[0.6, 1], [1, 0.6]]), [45, 135]),
    "[[1, 1], [0, 1]] (shear)": (np.array([[1.0, 1], [0, 1]]), [0]),
    "rotation by 40°": (
        np.array([[np.cos(t := np.deg2rad(40)), -np.sin(t)], [np.sin(t), np.cos(t)]]),
        [],
    ),
    "1.5 times the identity": (1.5 * np.eye(2), range(180)),
}


def angle_of_lines(v, w):
    cosine = abs(v @ w) / np.linalg.norm(v) / np.linalg.norm(w)
    return np.rad2deg(np.arccos(min(cosine, 1)))


@pytest.mark.parametrize("matrix", MATRICES)
def test_v_and_its_image_and_their_gap_are_drawn_and_said(made, matrix):
    explorer = made(explorers.eigenvectors)
    A, _ = MATRICES[matrix]
    for angle in range(0, 361, 5):
        words = set_to(explorer, matrix=matrix, angle=angle)
        v = at(angle)
        np.testing.assert_allclose(tip(explorer, "v"), v, atol=1e-12)
        np.testing.assert_allclose(tip(explorer, "Av"), A @ v, atol=1e-12)
        gap = angle_of_lines(v, A @ v)
        np.testing.assert_allclose(
            np.ravel(part(explorer, "dot").get_data()), [angle, gap], atol=2e-6
        )
        assert not part(explorer, "dot").get_clip_on(), "whole at 0 and at 360"
        stretch = f"{v @ A @ v:.2f} v".replace("-", "−")
        if gap >= 0.5:
            assert words.startswith(f"At {angle}° v is no eigenvector, A v is {gap:.0f}° off; ")
        elif gap >= 0.005:
            start = f"At {angle}° v is nearly an eigenvector, A v is {gap:.2f}° off"
            assert words.startswith(f"{start} and about {stretch}; ")
        else:
            assert words.startswith(f"At {angle}° v is an eigenvector, A v = {stretch}; ")


@pytest.mark.parametrize("matrix", MATRICES)
def test_curve_zeros_and_count_go_as_far_as_the_arrow_was_turned(made, matrix):
    explorer = made(explorers.eigenvectors)
    A, half_turn = MATRICES[matrix]
    everywhere = [angle + 180 * k for angle in half_turn for k in range(3)]
    for angle in [*range(0, 361, 9), 26, 27, 44, 46, 134, 206, 207, 359]:
        words = set_to(explorer, matrix=matrix, angle=angle)
        angles, gaps = part(explorer, "curve").get_data()
        np.testing.assert_array_equal(angles, range(angle + 1))
        expected = [angle_of_lines(at(turned), A @ at(turned)) for turned in angles]
        np.testing.assert_allclose(gaps, expected, atol=2e-6)  # arccos near 1 keeps half the digits
        assert part(explorer, "area").get_xy()[:, 0].max() == angle
        met = sorted(zero for zero in everywhere if zero <= angle)
        zeros = np.sort(part(explorer, "zeros").get_xdata())
        np.testing.assert_allclose(zeros, met, atol=1e-3)
        assert all(angle_of_lines(at(zero), A @ at(zero)) < 2e-6 for zero in zeros)
        met_lines = sum(line <= angle for line in half_turn)  # angles below 180°: each line once
        lines = ["no line", "one line", "two lines"][min(met_lines, 2)]
        if "identity" in matrix and angle:
            lines = "every line" if angle >= 180 else "every line passed"
        assert words.endswith(f"; so far they met on {lines} (A = {matrix}).")


@pytest.mark.parametrize("matrix", MATRICES)
def test_the_lines_on_which_they_met_stay_in_the_picture(made, matrix):
    explorer = made(explorers.eigenvectors)
    A, half_turn = MATRICES[matrix]
    for angle in (0, 30, 180, 300):
        set_to(explorer, matrix=matrix, angle=angle)
        lines = np.array(part(explorer, "found").get_segments()).reshape(-1, 2, 2)
        assert len(lines) == sum(line <= angle for line in half_turn)
        for start, end in lines:
            assert angle_of_lines(end, A @ end) < 2e-6
            np.testing.assert_allclose(start, -end, atol=1e-12)
            assert np.linalg.norm(end) > np.hypot(*explorer.figure.axes[0].get_xlim())


@pytest.mark.parametrize("matrix", MATRICES)
def test_on_how_many_lines_they_met_is_true_at_every_state(made, matrix):
    explorer = made(explorers.eigenvectors)
    A, _ = MATRICES[matrix]
    fine = np.linspace(0, 180, 18001)  # hundredths of a degree
    V = np.array([at(angle) for angle in fine])
    across = np.linalg.det(np.stack([V, V @ A.T], axis=1))  # 0 where both are on one line
    kept = fine[(np.abs(across) < 1e-9) | (across * np.roll(across, -1) < -1e-12)]
    for angle in [*range(0, 360, 7), 1, 26, 27, 45, 135, 179, 180, 181, 360]:
        n_lines = len(set(kept[kept <= angle].round() % 180))
        lines = ["no line", "one line", "two lines"][min(n_lines, 2)]
        if len(kept) == len(fine) and angle:  # the identity
            lines = "every line" if angle >= 180 else "every line passed"
        words = set_to(explorer, matrix=matrix, angle=angle)
        assert f"; so far they met on {lines} (" in words, angle


@pytest.mark.parametrize("matrix", MATRICES)
def test_the_names_of_v_and_its_image_stand_clear_of_the_arrows_and_of_each_other(made, matrix):
    explorer = made(explorers.eigenvectors)
    axes, A = explorer.figure.axes[0], MATRICES[matrix][0]
    names = [text for text in axes.texts if text.get_text() in ("v", "A v")]
    renderer = explorer.figure.canvas.get_renderer()
    for angle in range(0, 361, 9):
        set_to(explorer, matrix=matrix, angle=angle)
        one, other = boxes = [name.get_window_extent(renderer) for name in names]
        assert not one.overlaps(other)
        for end in (at(angle), A @ at(angle)):
            points = axes.transData.transform(np.linspace(0, 1, 60)[:, np.newaxis] * end)
            assert not any(box.contains(*point) for box in boxes for point in points)


@pytest.mark.parametrize("matrix", MATRICES)
def test_the_matrices_have_the_eigenvectors_of_numpy(matrix):
    A, half_turn = MATRICES[matrix]
    eigenvalues, vectors = np.linalg.eig(A)
    assert np.iscomplex(eigenvalues).any() == (len(half_turn) == 0)
    if len(half_turn) == 2:
        of_numpy = np.rad2deg(np.arctan2(vectors[1].real, vectors[0].real)) % 180
        np.testing.assert_allclose(np.sort(of_numpy), half_turn, atol=1e-3)


def test_on_an_eigenvector_the_stretch_is_its_eigenvalue(made):
    explorer = made(explorers.eigenvectors)
    words = set_to(explorer, matrix="0.4 [[4, 2], [1, 3]]", angle=135)
    assert "is an eigenvector, A v = 0.80 v;" in words
    words = set_to(explorer, angle=27)
    assert "is nearly an eigenvector, A v is 0.26° off and about 2.00 v;" in words
    symmetric = "[[0.6, 1], [1, 0.6]] (symmetric)"
    for angle, stretch in [(45, "1.60"), (135, "−0.40"), (225, "1.60"), (315, "−0.40")]:
        words = set_to(explorer, matrix=symmetric, angle=angle)
        assert f"is an eigenvector, A v = {stretch} v;" in words


def test_pulling_the_tip_of_v_or_the_end_of_the_curve_turns_v(made):
    explorer = made(explorers.eigenvectors)
    for x, y, angle in [(0, 2, 90), (-1.5, 0, 180), (1, -1, 315), (2.0, 0.7, 19), (2, 0.01, 0)]:
        explorer.drag("tip of v", x, y)
        assert explorer.controls["angle"].value == angle
    set_to(explorer, angle=300)
    explorer.drag("tip of v", 1, 0)
    assert explorer.controls["angle"].value == 360, "at the end of the turn, not at its start"
    for x, angle in [(0, 0), (71.2, 71), (360, 360)]:
        explorer.drag("end of the curve", x, 50)
        assert explorer.controls["angle"].value == angle


OWN = [  # and how many lines each keeps; None: all
    ([[4, 2], [1, 3]], 2),
    ([[0.87, -2.5], [0, 0.87]], 1),
    ([[0.3, 0.1], [-0.1, 0.1]], 1),  # 0.2 twice, but for rounding
    ([[0, -30], [30, 0]], 0),
    ([[1, 1e-10], [1e-10, 1]], 2),
    ([[120, 30], [-50, -12.5]], 2),  # of rank 1
    ([[0, 0.002], [0, 0]], 1),
    ([[-7, 0], [0, -7]], None),
    ([[0, 0], [0, 0]], None),
    ([[123456.789, -98765.4321], [-98765.4321, 55555.5555]], 2),
]


@pytest.mark.parametrize(("A", "n_lines"), OWN, ids=str)
def test_a_matrix_of_ones_own_is_drawn_and_said_as_it_is(own, A, n_lines):
    given = np.array(A, dtype=float)
    kept = given.copy()
    explorer = own(explorers.eigenvectors, given)
    np.testing.assert_array_equal(given, kept)
    assert list(explorer.controls) == ["angle"]
    image = explorer.figure.axes[0].get_title(loc="left").removeprefix("v and ")
    factor, _, divisor = image.partition("A v")
    one = float(divisor.strip(" /") or 1) / float(factor or 1)
    size = np.abs(kept).max()
    for angle in (0, 45, 63, 135, 180, 304, 360):
        words = set_to(explorer, angle=angle)
        v = at(angle)
        Av = kept @ v
        np.testing.assert_allclose(tip(explorer, "Av") * one, Av, atol=1e-12 * size)
        reach = explorer.figure.axes[0].get_xlim()[1]
        assert 0.1 * reach < np.linalg.norm(kept, 2) / one < 0.9 * reach or size == 0
        np.testing.assert_allclose(tip(explorer, "v"), v, atol=1e-12)
        left = explorer.figure.axes[0]
        for text in left.texts:
            box = text.get_window_extent()
            assert left.bbox.padded(25).containsx(box.x0)
            assert left.bbox.padded(25).containsx(box.x1)
            assert left.bbox.padded(2).containsy(box.y0)
            assert left.bbox.padded(2).containsy(box.y1)
        off = 0 if np.abs(Av).max() < 1e-14 * size or size == 0 else angle_of_lines(v, Av)
        assert points(explorer, "dot")[0] == pytest.approx([angle, off], abs=3e-6)
        if off >= 0.5:
            assert f" v is no eigenvector, A v is {off:.0f}° off;" in words
        else:
            said = numbers(words.replace("°", ""))[1 + ("nearly" in words)]
            assert said == pytest.approx(v @ Av, abs=0.0051 * min(1, 10 * size or 1))
        if n_lines is None:
            assert ("every line" in words) == (angle > 0)
        angles, heights = points(explorer, "curve").T
        assert angles[-1] == angle
        assert heights.min() >= 0
    expected = {0: "no line", 1: "one line", 2: "two lines", None: "every line"}[n_lines]
    assert f"so far they met on {expected} (A = [[" in words
    entries = numbers(words.partition("A = ")[2])
    assert entries == pytest.approx(kept.ravel(), rel=1e-3)
    for zero in points(explorer, "zeros")[:, 0]:
        assert np.linalg.det([at(zero), kept @ at(zero) / (size or 1)]) == pytest.approx(
            0, abs=1e-9
        )


def test_what_is_nearly_an_eigenvector_of_ones_own_matrix_is_not_called_one(own):
    slope = np.tan(np.radians(27.004))
    explorer = own(explorers.eigenvectors, [[1, 1], [slope, slope]])
    words = set_to(explorer, angle=27)
    assert "nearly an eigenvector, A v is less than 0.01° off and about 1." in words
    assert "met on no line (" in words


def test_the_picture_of_ones_own_matrix_is_a_full_draw(own):
    explorer = drawn(own(explorers.eigenvectors, [[12, -3], [4, 5]]))
    for angle in (0, 100, 359):
        set_to(explorer, angle=angle)
        assert_true(explorer)
    assert explorer.picture.call == "explorers.eigenvectors(A, angle=359)"


@pytest.mark.parametrize(
    ("A", "kind", "message"),
    [
        ([1, 2], ValueError, r"A must be a 2-D array, not an array of shape \(2,\)"),
        (
            np.eye(3),
            ValueError,
            r"A must be 2 by 2, since it moves the plane; not of shape \(3, 3\)",
        ),
        ([[1, np.nan], [0, 1]], ValueError, "A holds nan or inf"),
        ([[1, 2j], [0, 1]], TypeError, "A must hold real numbers"),
        ([[1, 2e7], [0, 1]], ValueError, r"between 1e-6 and 1e6 in size, not 2e\+07; multiply A"),
        ([[0, 1e-9], [0, 0]], ValueError, "between 1e-6 and 1e6 in size, not 1e-09; multiply A"),
    ],
)
def test_a_matrix_that_cannot_be_shown_is_refused(A, kind, message):
    with pytest.raises(kind, match=message):
        explorers.eigenvectors(A)


def test_ones_own_matrix_and_one_of_the_course_are_not_asked_for_together():
    with pytest.raises(TypeError, match="A says what matrix is; give one of them"):
        explorers.eigenvectors(np.eye(2), matrix="rotation by 40°")


# power_iteration

ITERATED = {
    "[[4, 2], [1, 3]], eigenvalues 5 and 2": ([[4, 2], [1, 3]], 0.4),
    "[[10, 1], [1, 10]], eigenvalues 11 and 9": ([[10, 1], [1, 10]], 9 / 11),
    "[[1, 2], [2, −2]], eigenvalues −3 and 2": ([[1, 2], [2, -2]], 2 / 3),
    "[[0, 2], [2, 0]], eigenvalues 2 and −2": ([[0, 2], [2, 0]], 1),
}


def test_the_names_of_the_matrices_tell_their_eigenvalues():
    for name, (A, ratio) in ITERATED.items():
        entries, eigenvalues = name.split(", eigenvalues")
        assert numbers(entries) == list(np.ravel(A))
        said = numbers(eigenvalues)
        np.testing.assert_allclose(sorted(said), np.sort(np.linalg.eigvals(A).real), atol=1e-12)
        assert abs(said[1] / said[0]) == pytest.approx(ratio)


@pytest.mark.parametrize("matrix", ITERATED)
def test_v_after_k_steps_is_the_kth_power_of_A_shortened(made, matrix):
    explorer = made(explorers.power_iteration)
    A, _ = ITERATED[matrix]
    for step in (0, 1, 2, 5, 13, 20):
        for start in (0, 64, 180):
            set_to(explorer, matrix=matrix, step=step, start=start)
            v = np.linalg.matrix_power(np.array(A, dtype=float), step) @ at(start)
            np.testing.assert_allclose(tip(explorer, "v"), v / np.linalg.norm(v), atol=1e-10)
            assert len(part(explorer, "older").get_segments()) == step


@pytest.mark.parametrize("matrix", list(ITERATED)[:3])
def test_the_error_and_the_factor_of_a_step_are_said_and_drawn(made, matrix):
    explorer = made(explorers.power_iteration)
    A, ratio = ITERATED[matrix]
    values, vectors = (part.real for part in np.linalg.eig(np.array(A, dtype=float)))
    u = vectors[:, np.abs(values).argmax()]
    for step in (1, 3, 8):
        words = set_to(explorer, matrix=matrix, step=step, start=110)
        began = angle_of_lines(at(110), u)
        errors = part(explorer, "errors").get_ydata()
        v = np.linalg.matrix_power(np.array(A, dtype=float), step) @ at(110)
        off = angle_of_lines(v, u)
        assert errors[-1] == pytest.approx(off, rel=1e-5)
        assert f" v {off:.1f}° off" in words or f" v {off:.2g}° off" in words
        assert words.startswith(f"{step} {'step' if step == 1 else 'steps'} with {matrix[:8]}")
        value = f"{values[np.abs(values).argmax()]:.0f}".replace("-", "−")
        assert f"off the eigenvector for {value}: last × {errors[-1] / errors[-2]:.2f}" in words
        assert ("all ×" in words) == (step > 1)
        if step > 1:
            together = float(re.search(r"all × (\d+\.\d+)\.$", words)[1])
            assert together == pytest.approx(off / began, rel=0.05)  # two digits are said
        assert not part(explorer, "theory").get_visible()
        assert not part(explorer, "theory's name").get_visible()
    set_to(explorer, step=10)
    assert part(explorer, "theory's name").get_visible()
    assert part(explorer, "theory's name").get_text() == f"dashed: × {ratio:.2f} a step"
    assert part(explorer, "theory").get_visible()
    theory = part(explorer, "theory").get_ydata()
    np.testing.assert_allclose(theory[1:] / theory[:-1], ratio)
    assert theory[0] == pytest.approx(began), "it starts at the first angle off"


def test_equal_sizes_and_the_other_eigenvector_never_settle(made):
    explorer = made(explorers.power_iteration)
    words = set_to(explorer, matrix="[[0, 2], [2, 0]], eigenvalues 2 and −2", step=20, start=30)
    assert "v 15.0° off the eigenvector for 2: equal sizes, so v never settles." in words
    for start, off, where in [(45, "0", "there"), (135, "90.0", "on the other one")]:
        for step in (0, 1, 7, 20):
            words = set_to(explorer, start=start, step=step)
            assert words.endswith(f" v {off}° off the eigenvector for 2: it began {where}.")
    words = set_to(explorer, matrix="[[10, 1], [1, 10]], eigenvalues 11 and 9", start=135)
    assert words.endswith("v 90.0° off the eigenvector for 11: it began on the other one.")
    words = set_to(explorer, start=45)
    assert words.endswith("v 0° off the eigenvector for 11: it began there.")


def test_no_factor_is_shown_where_there_is_nothing_to_shrink(made):
    explorer = made(explorers.power_iteration)
    set_to(explorer, step=20, start=45, matrix="[[10, 1], [1, 10]], eigenvalues 11 and 9")
    assert not part(explorer, "theory").get_visible()
    set_to(explorer, start=135)
    assert not part(explorer, "theory").get_visible()
    set_to(explorer, start=80)
    assert part(explorer, "theory").get_visible()


def test_pulling_the_first_v_sets_its_angle_and_the_last_dot_the_number_of_steps(made):
    explorer = made(explorers.power_iteration)
    for x, y, start in [(1, 1, 45), (-1.2, 0.3, 166), (0, 1.3, 90), (1, -0.4, 0), (-1, -0.4, 180)]:
        explorer.drag("first v", x, y)
        assert explorer.controls["start"].value == start
    assert explorer.controls["step"].value == 2
    for x, step in [(0.2, 0), (6.8, 7), (20.4, 20)]:
        explorer.drag("last step", x, 1.0)
        assert explorer.controls["step"].value == step
    set_to(explorer, start=45, matrix="[[10, 1], [1, 10]], eigenvalues 11 and 9")
    (_, handle) = explorer.handles
    assert handle.at(**explorer._values()) == pytest.approx((20, 1e-9)), "0 is off the scale"


def test_ten_steps_leave_one_ten_thousandth_and_every_older_arrow_is_seen(made):
    explorer = made(explorers.power_iteration)
    words = set_to(explorer, step=10)
    assert "all × 0.00010" in words
    strength = part(explorer, "older").get_colors()[:, 3]
    assert (np.diff(strength) > 0).all()
    assert strength.min() >= 0.25
    set_to(explorer, step=20)
    assert part(explorer, "older").get_colors()[:, 3].min() >= 0.2


class TestPictures(Pictures):
    figures = (explorers.eigenvectors, explorers.power_iteration)
