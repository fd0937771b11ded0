"""Directions that a matrix keeps, and the way to one: what is drawn and said, from scratch."""

import re

import numpy as np
import pytest

from explorers.drawn import numbers, part, set_to, tip
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
