"""The explorers of chapter 1: what is drawn and what is said, against computations from scratch."""

import itertools
import re

import numpy as np
import pytest

from explorers.drawn import every_value, numbers, part, sample, tip
from mlmath_helpers.datasets import load_digits, load_penguins, load_portrait
from mlmath_helpers.explorers import linear_algebra as explorers
from mlmath_helpers.linear_algebra import low_rank


@pytest.fixture(scope="module")
def made():
    """Make each explorer once; every test begins at the start values."""
    cache = {}

    def get(name):
        if name not in cache:
            cache[name] = getattr(explorers, name)()
        cache[name].reset()
        return cache[name]

    yield get
    for explorer in cache.values():
        explorer.close()


def set_to(explorer, **values):
    for name, value in values.items():
        explorer.controls[name].value = value
    return explorer.sentence


def at(degrees, length=1.0):
    return length * np.array([np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))])


# dot_product


def test_the_dot_product_and_its_sign_are_said_for_all_angles(made):
    explorer = made("dot_product")
    for angle in range(0, 361, 5):
        words = set_to(explorer, angle=angle)
        product = 1.5 * 2 * np.cos(np.deg2rad(angle))
        between = min(angle, 360 - angle)
        assert words.startswith(f"At {angle}° from w (")
        assert (f"({between}° apart, " in words) == (angle > 180)
        kinds = {0: "the same direction", 90: "a right angle", 180: "opposite directions"}
        kind = kinds.get(between, "acute" if between < 90 else "obtuse")
        assert f"{kind}), arrow v, 1.5 long, casts" in words
        if between == 90:
            assert words.endswith("no shadow on the line of w: v · w = 0.00.")
            continue
        way = "along" if product > 0 else "against"
        assert f"a shadow of {abs(product) / 2:.2f} {way} w: v · w = " in words
        assert numbers(words)[-1] == pytest.approx(product, abs=0.00501)
        assert words.partition("v · w = ")[2].startswith("+" if product > 0 else "−")


def test_dot_and_stem_are_not_cut_where_the_turn_begins_and_ends(made):
    explorer = made("dot_product")
    dot = part(explorer, "dot")
    for angle in (0, 360):
        set_to(explorer, angle=angle)
        assert dot.get_xdata()[0] in dot.axes.get_xlim()
        assert not dot.get_clip_on()


def test_the_shadow_ends_where_the_perpendicular_falls(made):
    explorer = made("dot_product")
    for angle, length in [(50, 2.5), (120, 1.0), (200, 3.0), (300, 0.5)]:
        set_to(explorer, angle=angle, length=length)
        v = at(angle, length)
        np.testing.assert_allclose(tip(explorer, "v"), v)
        np.testing.assert_allclose(tip(explorer, "w"), [2, 0])
        shadow = np.column_stack(part(explorer, "shadow").get_data())
        np.testing.assert_allclose(shadow, [[0, 0], [v[0], 0]], atol=1e-12)
        drop = np.column_stack(part(explorer, "drop").get_data())
        np.testing.assert_allclose(drop, [v, [v[0], 0]], atol=1e-12)


@pytest.mark.parametrize("angle", [0, 1, 75, 180, 331, 360])
def test_the_curve_is_the_dot_product_as_far_as_the_arrow_was_turned(made, angle):
    explorer = made("dot_product")
    set_to(explorer, angle=angle, length=1.3)
    angles, products = part(explorer, "curve").get_data()
    assert angles[0] == 0
    assert angles[-1] == angle
    assert np.diff(angles).max(initial=0) <= 3
    np.testing.assert_allclose(products, 1.3 * 2 * np.cos(np.deg2rad(angles)), atol=1e-12)
    np.testing.assert_allclose(
        np.ravel(part(explorer, "dot").get_data()), [angle, 2.6 * np.cos(np.deg2rad(angle))]
    )
    for name, sign in [("above", 1), ("below", -1)]:
        area = part(explorer, name).get_xy()
        assert (sign * area[:, 1]).min() >= 0
        assert area[:, 0].max() == angle


def test_the_curve_of_the_first_length_stays_to_compare_with(made):
    explorer = made("dot_product")
    assert explorer.controls["length"].value == 1.5
    for angle, length in [(0, 0.5), (75, 1.5), (200, 3.0), (360, 2.2)]:
        set_to(explorer, angle=angle, length=length)
        angles, products = part(explorer, "before").get_data()
        assert angles[-1] == angle
        np.testing.assert_allclose(products, 3 * np.cos(np.deg2rad(angles)), atol=1e-12)


def test_the_grey_curve_is_named_once_there_is_one(made):
    explorer = made("dot_product")
    words = [text.get_text() for text in explorer.figure.axes[1].texts]
    assert not any("grey" in word for word in words)
    set_to(explorer, length=2.5)
    words = [text.get_text() for text in explorer.figure.axes[1].texts]
    assert "grey: v of length 1.5" in words


def test_no_sign_stands_before_the_nought_of_a_right_angle(made):
    explorer = made("dot_product")
    for angle in range(0, 361, 45):
        set_to(explorer, angle=angle)
        signed = [
            t for axes in explorer.figure.axes for t in axes.texts if t.get_text()[:1] in {"+", "−"}
        ]
        noughts = [t for axes in explorer.figure.axes for t in axes.texts if t.get_text() == "0"]
        assert (len(signed), len(noughts)) == ((0, 2) if angle in (90, 270) else (2, 0))


def test_double_the_length_is_double_the_product_as_said(made):
    explorer = made("dot_product")
    for angle in range(0, 361, 15):
        once, twice = (
            numbers(set_to(explorer, angle=angle, length=length))[-1] for length in (1.5, 3.0)
        )
        assert twice == pytest.approx(2 * once, abs=0.0151)  # of rounded numbers


def test_the_names_and_numbers_beside_the_arrows_never_lie_on_each_other(made):
    explorer = made("dot_product")
    renderer = explorer.figure.canvas.get_renderer()
    for angle in range(0, 361, 10):
        for length in (0.5, 1.0, 1.5, 2.0, 2.5, 3.0):
            set_to(explorer, angle=angle, length=length)
            words = [text for text in explorer.figure.axes[0].texts if text.get_text()]
            boxes = [text.get_window_extent(renderer) for text in words]
            for i, box in enumerate(boxes):
                for other in boxes[:i]:
                    assert not box.padded(-2).overlaps(other.padded(-2)), (angle, length)


# unit_ball


def power_length(v, p):
    v = np.abs(v)
    return v.max(axis=-1) if p == np.inf else (v**p).sum(axis=-1) ** (1 / p)


def test_the_rim_has_length_one_for_every_p(made):
    explorer = made("unit_ball")
    for p in every_value(explorer.controls["p"]):
        set_to(explorer, p=p)
        rim = part(explorer, "ball").get_xy()
        np.testing.assert_allclose(power_length(rim, p), 1, rtol=1e-9)
        meets = np.ravel(part(explorer, "rim").get_data())
        np.testing.assert_allclose(power_length(meets, p), 1)
        assert meets[1] / meets[0] == pytest.approx(0.75), "on the line of v"


def test_the_length_of_v_is_said_and_drawn_for_every_p(made):
    explorer = made("unit_ball")
    for p in every_value(explorer.controls["p"]):
        words = set_to(explorer, p=p)
        length = power_length(np.array([1.2, 0.9]), p)
        assert f"{length:.3f}" in words
        np.testing.assert_allclose(
            np.ravel(part(explorer, "dot").get_data()), [1 / p, length], atol=1e-12
        )
        if p >= 1:
            assert f"is {1 / length:.0%} inside it" in words
            assert "norm" not in words
        else:
            assert "no norm" in words
            assert (
                f'halfway from (1, 0) to (0, 1) its "length" is {0.5 * 2 ** (1 / p):.2f}' in words
            )
    assert explorer.figure.axes[1].get_title("left") == "length of v = (1.2, 0.9)"
    assert {1.0, 2.0, np.inf} < set(every_value(explorer.controls["p"]))


def test_the_curve_of_the_length_goes_from_the_circle_to_the_p_that_is_set(made):
    explorer = made("unit_ball")
    assert explorer.controls["p"].value == 2
    for p in every_value(explorer.controls["p"]):
        set_to(explorer, p=p)
        inverses, lengths = part(explorer, "curve").get_data()
        np.testing.assert_allclose(inverses[[0, -1]], [0.5, 1 / p])
        expected = [power_length(np.array([1.2, 0.9]), 1 / x if x else np.inf) for x in inverses]
        np.testing.assert_allclose(lengths, expected)


def test_the_chart_runs_like_the_slider_and_no_edge_strikes_a_name(made):
    explorer = made("unit_ball")
    left, right = explorer.figure.axes
    across = []
    for p in every_value(explorer.controls["p"]):
        set_to(explorer, p=p)
        x, y = part(explorer, "dot").get_data()
        across.append(right.transData.transform((x[0], y[0]))[0])
        edge = left.transData.transform(part(explorer, "ball").get_xy())
        for text in left.texts:
            if text.get_text().startswith("p = ") and text.get_visible():
                x0, y0, x1, y1 = text.get_window_extent().extents
                inside = (
                    (edge[:, 0] > x0) & (edge[:, 0] < x1) & (edge[:, 1] > y0) & (edge[:, 1] < y1)
                )
                assert not inside.any(), p
    assert across == sorted(across)


def test_the_ball_is_convex_exactly_from_p_equal_to_one(made):
    explorer = made("unit_ball")
    for p in every_value(explorer.controls["p"]):
        set_to(explorer, p=p)
        corners = part(explorer, "ball").get_xy()[:-1]
        edges = np.roll(corners, -1, axis=0) - corners
        turns = np.linalg.det(np.stack([edges, np.roll(edges, -1, axis=0)], axis=1))
        assert (turns > -1e-12).all() == (p >= 1)
        assert part(explorer, "halfway").get_visible() == (p < 1)


# linear_map


def test_the_columns_are_where_the_basis_lands(made):
    explorer = made("linear_map")
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
    explorer = made("linear_map")
    A = np.array([[1.5, -0.7], [0.4, 1.1]])
    set_to(explorer, a=1.5, b=-0.7, c=0.4, d=1.1)
    for segment in part(explorer, "grid").get_segments():
        before = np.linalg.solve(A, segment.T)  # columns are the ends
        constant = np.isclose(before[:, 0], before[:, 1])
        assert constant.sum() == 1
        assert before[constant][0, 0] == pytest.approx(round(before[constant][0, 0]))


def test_determinant_orientation_and_rank_are_said_over_all_entries(made):
    explorer = made("linear_map")
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
    explorer = made("linear_map")
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
    explorer = made("linear_map")
    for a, c, b, d in [(1, 0.5, -2, -1), (1.5, 0, -1, 0), (0, 0, 0, 0), (1, 0, 0, 1)]:
        set_to(explorer, a=a, c=c, b=b, d=d)
        for name in ("ellipse", "square"):
            edge = part(explorer, f"flat {name}")
            assert edge.get_visible() == (a * d == b * c)
            np.testing.assert_array_equal(edge.get_xy(), part(explorer, name).get_xy())
            assert edge.get_zorder() > part(explorer, "grid").get_zorder()


@pytest.mark.parametrize("entries", [(2, 2, 2, -2), (-2, -2, -2, 2), (2, 2, 2, 2)])
def test_the_largest_square_is_not_cut_off(made, entries):
    explorer = made("linear_map")
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
    explorer = made("composition")
    A, B = (np.array(matrix, dtype=float) for matrix in STARTS[pair])
    words = set_to(explorer, pair=pair, t=2.0)
    letter = part(explorer, "start").get_xy()
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
    explorer = made("composition")
    letter = part(explorer, "start").get_xy()
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
    explorer = made("composition")
    (left, right), (low, high) = (
        getattr(explorer.figure.axes[0], f"get_{axis}lim")() for axis in "xy"
    )
    for pair in STARTS:
        set_to(explorer, pair=pair, t=0.0)
        last = part(explorer, "letter").get_xy()
        for t in every_value(explorer.controls["t"])[1:]:
            explorer._update(t, pair)
            here = part(explorer, "letter").get_xy()
            assert np.abs(here - last).max() < 0.1
            for which in (0, 1):
                x, y = part(explorer, "letter", which).get_xy().T
                assert left < x.min() <= x.max() < right
                assert low < y.min() <= y.max() < high
            last = here


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
    explorer = made("eigenvectors")
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
    explorer = made("eigenvectors")
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
        if "identity" in matrix:
            lines = "every line"
        assert words.endswith(f"; so far they met on {lines} (A = {matrix}).")


@pytest.mark.parametrize("matrix", MATRICES)
def test_the_names_of_v_and_its_image_stand_clear_of_the_arrows_and_of_each_other(made, matrix):
    explorer = made("eigenvectors")
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
    explorer = made("eigenvectors")
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
    explorer = made("power_iteration")
    A, _ = ITERATED[matrix]
    for step in (0, 1, 2, 5, 13, 20):
        for start in (0, 64, 180):
            set_to(explorer, matrix=matrix, step=step, start=start)
            v = np.linalg.matrix_power(np.array(A, dtype=float), step) @ at(start)
            np.testing.assert_allclose(tip(explorer, "v"), v / np.linalg.norm(v), atol=1e-10)
            assert len(part(explorer, "older").get_segments()) == step


@pytest.mark.parametrize("matrix", list(ITERATED)[:3])
def test_the_error_and_the_factor_of_a_step_are_said_and_drawn(made, matrix):
    explorer = made("power_iteration")
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
    explorer = made("power_iteration")
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
    explorer = made("power_iteration")
    set_to(explorer, step=20, start=45, matrix="[[10, 1], [1, 10]], eigenvalues 11 and 9")
    assert not part(explorer, "theory").get_visible()
    set_to(explorer, start=135)
    assert not part(explorer, "theory").get_visible()
    set_to(explorer, start=80)
    assert part(explorer, "theory").get_visible()


def test_ten_steps_leave_one_ten_thousandth_and_every_older_arrow_is_seen(made):
    explorer = made("power_iteration")
    words = set_to(explorer, step=10)
    assert "all × 0.00010" in words
    strength = part(explorer, "older").get_colors()[:, 3]
    assert (np.diff(strength) > 0).all()
    assert strength.min() >= 0.25
    set_to(explorer, step=20)
    assert part(explorer, "older").get_colors()[:, 3].min() >= 0.2


# svd_steps

TAKEN_APART = {
    "0.4 [[4, 2], [1, 3]]": np.array([[1.6, 0.8], [0.4, 1.2]]),
    "[[1, 1], [0, 1]] (shear)": np.array([[1.0, 1.0], [0.0, 1.0]]),
    "[[0.5, 1.5], [1.5, 0.5]] (flips)": np.array([[0.5, 1.5], [1.5, 0.5]]),
    "[[0.8, 1.6], [0.4, 0.8]] (rank 1)": np.array([[0.8, 1.6], [0.4, 0.8]]),
}


@pytest.mark.parametrize("matrix", TAKEN_APART)
def test_the_three_steps_together_are_the_matrix(made, matrix):
    explorer = made("svd_steps")
    A = TAKEN_APART[matrix]
    set_to(explorer, matrix=matrix, t=3.0)
    turn = np.linspace(0, 2 * np.pi, 121)
    circle = np.column_stack([np.cos(turn), np.sin(turn)])
    for outline in (part(explorer, "disc", 2), part(explorer, "outline")):
        np.testing.assert_allclose(outline.get_xy()[:121], circle @ A.T, atol=1e-9)


@pytest.mark.parametrize("matrix", TAKEN_APART)
def test_each_step_is_what_it_is_called(made, matrix):
    explorer = made("svd_steps")
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
    explorer = made("svd_steps")
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
    explorer = made("svd_steps")
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
    explorer = made("svd_steps")
    stages = [("v₁", "v₂"), ("e₁", "e₂"), ("σ₁e₁", "σ₂e₂"), ("σ₁u₁", "σ₂u₂")]
    for t, panel, stage in [(0, 0, 0), (0.5, 0, 1), (1, 0, 1), (1, 1, 1), (2, 1, 2), (3, 2, 3)]:
        set_to(explorer, t=float(t))
        names = [text.get_text() for text in explorer.figure.axes[panel].texts[:2]]
        assert tuple(names) == stages[stage]


@pytest.mark.parametrize("matrix", TAKEN_APART)
def test_the_names_stand_off_rims_and_arrows_and_each_other(made, matrix):
    explorer = made("svd_steps")
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
    explorer = made("svd_steps")
    for matrix in TAKEN_APART:
        last = None
        for t in every_value(explorer.controls["t"]):
            explorer._update(t, matrix)
            which = min(int(t), 2)
            here = part(explorer, "disc", which).get_xy()
            assert last is None or np.abs(here - last).max() < 0.12
            last = here


# image_compression


def test_the_picture_is_the_best_of_its_rank_and_the_error_is_its_distance(made):
    explorer = made("image_compression")
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
    explorer = made("image_compression")
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


# pca_direction


def clouds():
    X = load_penguins().measurements
    X = X[~np.isnan(X).any(axis=1)]
    Z = (X - X.mean(axis=0)) / X.std(axis=0, ddof=1)
    return {
        "flipper length and body mass (standardised)": Z[:, [2, 3]],
        "bill length and bill depth (standardised)": Z[:, [0, 1]],
        "flipper length and bill length (in cm)": (X - X.mean(axis=0))[:, [2, 0]] / 10,
    }


def test_the_menu_holds_the_measurements_that_are_drawn(made):
    assert every_value(made("pca_direction").controls["measurements"]) == list(clouds())


@pytest.mark.parametrize("name", clouds())
def test_shadows_lie_on_the_line_and_their_drops_at_right_angles(made, name):
    explorer = made("pca_direction")
    X = clouds()[name]
    for angle in (0, 33, 120):
        set_to(explorer, measurements=name, angle=angle)
        np.testing.assert_allclose(np.column_stack(part(explorer, "points").get_data()), X)
        shadows = np.column_stack(part(explorer, "shadows").get_data())
        normal = at(angle + 90)
        np.testing.assert_allclose(shadows @ normal, 0, atol=1e-12)
        np.testing.assert_allclose((X - shadows) @ at(angle), 0, atol=1e-12)
        drops = np.array(part(explorer, "drops").get_segments())
        np.testing.assert_allclose(drops, np.stack([X, shadows], axis=1), atol=1e-12)
        assert np.abs(X).max() < explorer.figure.axes[0].get_xlim()[1], "all penguins are seen"


@pytest.mark.parametrize("name", clouds())
def test_variance_is_said_and_drawn_and_largest_on_the_first_component(made, name):
    explorer = made("pca_direction")
    X = clouds()[name]
    covariance = np.cov(X.T)
    eigenvalues, vectors = np.linalg.eigh(covariance)
    first = np.rad2deg(np.arctan2(*vectors[::-1, 1])) % 180
    for angle in sample(explorer.controls["angle"], 13):
        words = set_to(explorer, measurements=name, angle=angle)
        variance = at(angle) @ covariance @ at(angle)
        dot = np.ravel(part(explorer, "dot").get_data())
        np.testing.assert_allclose(dot, [angle, variance])
        share = f"{variance:.2f}, {variance / eigenvalues.sum():.0%} of the variance of "
        start = f"At {angle}° the line holds {share}{name.split(' (')[0]}"
        assert words.startswith(start)
        so_far = [at(turned) @ covariance @ at(turned) for turned in range(angle + 1)]
        angles, variances = part(explorer, "curve").get_data()
        np.testing.assert_array_equal(angles, range(angle + 1))
        np.testing.assert_allclose(variances, so_far)
        assert part(explorer, "area").get_xy()[:, 0].max() == angle
        best = int(np.argmax(np.round(so_far, 9)))
        if abs(angle - first) < 0.5:
            assert words == f"{start}, the most there is: the first component."
        elif best == angle:
            assert words == f"{start}, the most so far."
        else:
            assert words == f"{start}; most so far {so_far[best]:.2f} at {best}°."
        assert part(explorer, "best").get_visible() == (angle >= first - 0.5)
    mark = np.ravel(part(explorer, "best").get_data())
    np.testing.assert_allclose(mark, [first, eigenvalues[1]])
    assert "the first component" in set_to(explorer, angle=round(first))
    title = explorer.figure.axes[0].get_title(loc="left")
    assert numbers(title) == [len(X)]


def test_the_first_component_is_not_told_before_the_line_has_reached_it(made):
    explorer = made("pca_direction")
    for angle in range(36):
        words = set_to(explorer, angle=angle)
        assert "component" not in words
        assert "94%" not in words
        assert not part(explorer, "best").get_visible()


# digit_reconstruction


def test_a_digit_is_rebuilt_by_projecting_on_the_largest_eigenvectors(made):
    explorer = made("digit_reconstruction")
    images, labels = load_digits()
    X = images.reshape(-1, 64)
    eigenvalues, vectors = np.linalg.eigh(np.cov(X.T))  # ascending
    for k, digit in [(0, 3), (1, 7), (5, 0), (12, 8), (40, 9), (64, 1)]:
        words = set_to(explorer, components=k, digit=digit)
        image = np.asarray(part(explorer, "the image").get_array(), dtype=float)
        same = (images == image).all(axis=(1, 2))
        assert labels[same] == digit
        W = vectors[:, 64 - k :]  # (64, k)
        mean = X.mean(axis=0)
        rebuilt = mean + W @ W.T @ (image.ravel() - mean)
        drawn = np.asarray(part(explorer, "rebuilt").get_array(), dtype=float)
        np.testing.assert_allclose(drawn.ravel(), rebuilt, atol=1e-9)
        average = np.asarray(part(explorer, "average of all").get_array(), dtype=float)
        np.testing.assert_allclose(average.ravel(), mean)
        distance = np.linalg.norm(image.ravel() - rebuilt)
        start = np.linalg.norm(image.ravel() - mean)
        held = eigenvalues[64 - k :].sum() / eigenvalues.sum()
        hold = "component holds" if k == 1 else "components hold"
        assert words == (
            f"{k} {hold} {held:.1%} of the variance; "
            f"rebuilt, this {digit} is {distance:.1f} off, the average image {start:.1f}."
        )
        np.testing.assert_allclose(np.ravel(part(explorer, "dot").get_data()), [k, 100 * held])


def test_a_share_of_the_variance_is_called_all_of_it_only_where_it_is(made):
    explorer = made("digit_reconstruction")
    eigenvalues = np.linalg.eigvalsh(np.cov(load_digits().images.reshape(-1, 64).T))
    for k in range(40, 65):
        left = eigenvalues[: 64 - k].sum() / eigenvalues.sum()
        words = set_to(explorer, components=k)
        assert (" over 99.9% of" in words) == (1e-9 < left <= 0.0005)
        assert (" 100.0% of" in words) == (left < 1e-9)
