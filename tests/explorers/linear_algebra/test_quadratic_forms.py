"""The landscape of a quadratic form: what is drawn and said, computed a second way."""

import numpy as np
import pytest

from explorers.drawn import (
    assert_true,
    drawn,
    every_value,
    numbers,
    part,
    random_state,
    sample,
    set_to,
)
from explorers.pictures import Pictures
from mlmath_helpers.explorers import linear_algebra as explorers

KINDS = ("positive definite", "positive semidefinite", "indefinite")
KINDS += ("negative semidefinite", "negative definite", "zero")
PICTURES = ("a bowl", "a valley", "a saddle", "a ridge", "a peak", "flat")


@pytest.fixture
def form(made):
    return made(explorers.quadratic_form)


def matrix(first, second, angle):
    """Return the A of these eigenvalues: first times v v', second times what is left of I."""
    v = np.exp(1j * np.radians(angle))
    shadow = np.outer([v.real, v.imag], [v.real, v.imag])
    return first * shadow + second * (np.eye(2) - shadow)


def heights(A, points):
    return np.einsum("ki,ij,kj->k", points, A, points)


def states(explorer):
    """Return states over the range of each control, and some at random."""
    start = {name: control.value for name, control in explorer.controls.items()}
    for name, control in explorer.controls.items():
        yield from (start | {name: value} for value in every_value(control))
    for first in sample(explorer.controls["first"], 5):
        for second in sample(explorer.controls["second"], 7):
            yield {"first": first, "second": second, "angle": 60}
    rng = np.random.default_rng(0)
    yield from (random_state(explorer, rng) for _ in range(40))


def test_each_level_curve_lies_at_its_height_and_the_thick_one_at_1(form):
    for state in list(states(form)):
        set_to(form, **state)
        A = matrix(**state)
        for gid, sign in (("above", 1), ("below", -1)):
            lines = part(form, gid)
            curves = lines.get_segments()
            widths = np.resize(lines.get_linewidths(), len(curves))
            thick = widths > 1
            levels = []
            for curve in curves:
                q = sign * heights(A, curve)
                np.testing.assert_allclose(q, round(q[0]), rtol=1e-9)
                levels.append(round(q[0]))
            assert (np.array(levels) == 1).tolist() == thick.tolist()
            reaches = sign * np.linalg.eigvalsh(A)[1 if sign > 0 else 0] > 1e-9
            assert set(levels) == (set(range(1, 11)) if reaches else set())


def test_a_level_curve_has_as_many_branches_as_its_kind(form):
    for first, second, branches in ((2, 1, 1), (2, 0, 2), (2, -1, 2), (0, 1, 2), (-1, 3, 2)):
        set_to(form, first=first, second=second, angle=25)
        curves = part(form, "above").get_segments()
        assert len(curves) == 10 * branches
        ends = {bool(np.allclose(curve[0], curve[-1])) for curve in curves}
        assert ends == {branches == 1}  # an ellipse is closed, the others leave the map
        if branches == 2:
            assert all(np.abs(curve[[0, -1]]).max(axis=1).min() > 2.1 for curve in curves)


def test_the_form_is_zero_on_the_dotted_lines(form):
    for state in list(states(form)):
        set_to(form, **state)
        A, zero = matrix(**state), np.array(part(form, "zero").get_xydata()).reshape(-1, 2)
        points = zero[~np.isnan(zero).any(axis=1)]
        assert heights(A, points) == pytest.approx(np.zeros(len(points)), abs=1e-12)
        product = np.sign(state["first"] * state["second"])
        nothing = state["first"] == state["second"] == 0
        assert len(points) == (0 if product > 0 or nothing else 2 if product == 0 else 4)


def test_the_curve_over_the_circle_and_its_marks(form):
    for state in list(states(form)):
        set_to(form, **state)
        A = matrix(**state)
        degrees, q = part(form, "curve").get_data()
        circle = np.column_stack([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
        np.testing.assert_allclose(q, heights(A, circle), atol=1e-12)
        for i, value in ((1, state["first"]), (2, state["second"])):
            ((x, y),) = part(form, f"mark {i}").get_xydata()
            v = np.array([np.cos(np.radians(x)), np.sin(np.radians(x))])
            assert y == value
            assert A @ v == pytest.approx(value * v, abs=1e-12)
        high, low = part(form, "high").get_xy(), part(form, "low").get_xy()
        assert high[:, 1].min() >= 0 >= low[:, 1].max()
        np.testing.assert_allclose(high[1:-2, 1] + low[1:-2, 1], q, atol=1e-12)


def test_the_axes_are_eigenvectors_and_meet_the_thick_curve(form):
    for state in list(states(form)):
        set_to(form, **state)
        A = matrix(**state)
        for i, value in ((1, state["first"]), (2, state["second"])):
            end = part(form, f"axis {i}").get_xydata()[1]
            assert A @ end == pytest.approx(value * end, abs=1e-12)
            crossings = np.array(part(form, f"axis {i} crossings").get_xydata())
            if value:
                assert np.abs(heights(A, crossings)) == pytest.approx([1, 1])
            else:
                assert np.abs(crossings).max() > 2.1  # there is none


def test_the_surface_has_the_height_of_the_form(form):
    for state in list(states(form))[::5]:
        set_to(form, **state)
        A = matrix(**state)
        facets = [path.vertices[:4] for path in part(form, "surface").get_paths()]
        assert len(facets) == 96
        # The rim is the unit circle: seen from the side, x1 is true and x2 halved.
        corners = np.concatenate(facets)
        degrees = state["angle"] + 15 * np.arange(24)
        rim = np.column_stack([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
        seen = np.column_stack([rim[:, 0], 0.5 * rim[:, 1] + 0.36 * heights(A, rim)])
        gaps = np.abs(corners[None] - seen[:, None]).max(axis=2).min(axis=1)
        assert gaps.max() < 1e-9


@pytest.mark.parametrize("first", [-3.0, 0.0, 3.0])
@pytest.mark.parametrize("second", [-3.0, 3.0])
def test_the_surface_stays_in_its_panel_and_fills_it(form, first, second):
    left = form.figure.axes[0]
    reached = []
    for angle in (0, 45, 90, 135):
        set_to(form, first=first, second=second, angle=angle)
        corners = np.concatenate([path.vertices for path in part(form, "surface").get_paths()])
        for seen, (low, high) in zip(corners.T, (left.get_xlim(), left.get_ylim()), strict=True):
            assert low < seen.min()
            assert seen.max() < high
        reached.append(np.ptp(corners, axis=0) / [np.ptp(left.get_xlim()), np.ptp(left.get_ylim())])
    assert np.max(reached, axis=0)[0] > 0.9


def test_the_sentence_says_the_kind_and_the_eigenvalues_and_where_they_are(form):
    for state in list(states(form)):
        set_to(form, **state)
        first, angle, second = numbers(form.sentence)[:3]
        assert matrix(first, second, angle) == pytest.approx(matrix(**state), abs=0.0051)
        assert angle == state["angle"]
        low, high = np.linalg.eigvalsh(matrix(**state)).round(9)
        which = {
            (1, 1): 0, (0, 1): 1, (-1, 1): 2, (-1, 0): 3, (-1, -1): 4, (0, 0): 5,
        }[np.sign(low), np.sign(high)]  # fmt: skip
        picture, word = form.sentence.partition(":")[0].split(", ")
        assert (word, picture.lower()) == (KINDS[which], PICTURES[which])


def test_the_distances_in_the_sentence_are_those_of_the_thick_curve(form):
    for state in list(states(form)):
        set_to(form, **state)
        said = numbers(form.sentence)[3:]
        if state["first"] == state["second"] == 0:
            assert said == []
            continue
        level, *sizes = said
        curves = part(form, "above" if level > 0 else "below")
        thick = [
            curve
            for curve, width in zip(curves.get_segments(), curves.get_linewidths(), strict=True)
            if width > 1
        ]
        distances = np.concatenate([np.linalg.norm(curve, axis=1) for curve in thick])
        assert level == (1 if max(state["first"], state["second"]) > 0 else -1)
        assert min(sizes) == pytest.approx(distances.min(), abs=0.0051)
        if len(sizes) == 2:
            assert max(sizes) == pytest.approx(distances.max(), abs=0.0051)
        shapes = {"ellipse": 2, "circle of": 1, "hyperbola": 1, "parallel": 1}
        (shape,) = [word for word in shapes if word in form.sentence]
        assert len(sizes) == shapes[shape]


def test_the_start_is_a_bowl_that_is_longer_one_way(form):
    assert form.sentence.startswith("A bowl, positive definite: ")
    assert form.controls["first"].value != form.controls["second"].value


def held(explorer):
    return {name: control.value for name, control in explorer.controls.items()}


def test_pulling_an_axis_turns_it_and_pulling_a_mark_sets_value_and_place(form):
    for x, y, angle in [(1, 1, 45), (-0.1, 2, 95), (-2, 1.9, 135), (1, -1, 0), (-1, -0.5, 180)]:
        form.drag("axis v₁", x, y)
        assert held(form) == {"first": 2.0, "second": 0.5, "angle": angle}
    form.drag("λ₁", 61, -1.4)
    assert held(form) == {"first": -1.5, "second": 0.5, "angle": 60}
    form.drag("λ₂", 31, 3.9)  # its axis is at a right angle to the first one's
    assert held(form) == {"first": -1.5, "second": 3.0, "angle": 120}
    form.drag("λ₂", 90, 0)
    assert held(form) == {"first": -1.5, "second": 0.0, "angle": 0}
    set_to(form, angle=180)
    form.drag("λ₁", 1, 2)
    form.drag("λ₂", 91, 2)
    assert held(form) == {"first": 2.0, "second": 2.0, "angle": 180}, "half a turn is no turn"


OWN = [
    [[4, 6], [6, 13]],
    [[0.1, 0.3], [0.3, 0.9]],  # of rank 1
    [[-120, 30], [30, -12]],
    [[0, 0.87], [0.87, 0]],
    [[1, 1], [1, 1.000001]],  # positive definite, if only just
    [[-5e-3, 0], [0, 2e-3]],
    [[0.1 + 0.2, 0], [0, 0.3]],  # equal, but for rounding
    [[0, 0], [0, 0]],
    [[1e6, -3e5], [-3e5, 7e4]],
]


@pytest.mark.parametrize("A", OWN, ids=str)
def test_the_form_of_ones_own_matrix_is_drawn_and_said_as_it_is(own, A):
    given = np.array(A, dtype=float)
    explorer = own(explorers.quadratic_form, given)
    np.testing.assert_array_equal(given, A)
    size = np.abs(given).max() or 1.0
    values = np.linalg.eigvalsh(given)[::-1]
    values[np.abs(values) < 1e-9 * size] = 0
    state = held(explorer)
    assert [state["first"], state["second"]] == pytest.approx(values, rel=1e-6, abs=1e-12)
    assert matrix(**state) == pytest.approx(given, abs=2e-3 * size), "the angle is within 0.05°"

    degrees, q = part(explorer, "curve").get_data()
    circle = np.column_stack([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    np.testing.assert_allclose(q, heights(matrix(**state), circle), atol=1e-9 * size)
    right = explorer.figure.axes[2]
    assert 0.2 < np.abs(q).max() / right.get_ylim()[1] < 0.8 or not values.any()
    unit = numbers(explorer.figure.axes[1].get_title(loc="left").replace("±", ""))[0]
    for gid, sign in (("above", 1), ("below", -1)):
        lines = part(explorer, gid)
        for curve, width in zip(lines.get_segments(), lines.get_linewidths(), strict=False):
            level = sign * heights(matrix(**state), curve) / unit
            np.testing.assert_allclose(level, round(level[0]), rtol=1e-6)
            assert (width > 1) == (round(level[0]) == 1)

    which = {
        (1, 1): 0, (1, 0): 1, (1, -1): 2, (0, -1): 3, (-1, -1): 4, (0, 0): 5,
    }[tuple(np.sign(values))]  # fmt: skip
    words = explorer.sentence
    assert words.lower().startswith(f"{PICTURES[which]}, {KINDS[which]}: ")
    first, angle, second, *level = numbers(words)
    assert [first, second] == pytest.approx(values, rel=0.06, abs=0.0051)
    assert (np.sign([first, second]) == np.sign(values)).all()
    turned = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    np.testing.assert_allclose(given @ turned, values[0] * turned, atol=2e-3 * size)
    if level:
        assert abs(level[0]) == pytest.approx(unit)
        (axis,) = [i for i in (0, 1) if values[i] == max(values, key=abs)][:1]
        if values[axis] * level[0] > 0:
            assert level[1] == pytest.approx(np.sqrt(level[0] / values[axis]), abs=0.0051)
    for name in ("first", "second"):  # the border between the kinds is a stop
        set_to(explorer, **{name: 0.0})
        assert held(explorer)[name] == 0


def test_the_picture_of_ones_own_form_is_a_full_draw_and_its_handles_keep_still(own):
    explorer = drawn(own(explorers.quadratic_form, [[3, -20], [-20, 9]]))
    assert explorer.picture.call == "explorers.quadratic_form(A)"
    rng = np.random.default_rng(0)
    for _ in range(3):
        set_to(explorer, **random_state(explorer, rng))
        assert_true(explorer)
        for handle in explorer.handles:
            values = explorer._values()
            assert explorer._wanted(handle, handle.at(**values), values) == values
    explorer.reset()
    assert explorer.sentence.startswith("A saddle, indefinite: λ₁ = 26.22 at 130.7°, λ₂ = −14.22;")


@pytest.mark.parametrize(
    ("A", "kind", "message"),
    [
        (
            [[1, 2], [3, 4]],
            ValueError,
            r"A must be symmetric, but A\[0, 1\] is 2 and A\[1, 0\] is 3",
        ),
        (
            np.eye(3),
            ValueError,
            r"A must be 2 by 2, for a form over the plane; not of shape \(3, 3",
        ),
        ([[1, 2, 3], [4, 5, 6]], ValueError, "A must be square"),
        ([[np.nan, 0], [0, 1]], ValueError, "A holds nan or inf"),
        ("bowl", TypeError, "A must hold real numbers"),
        (
            [[1e9, 0], [0, 1]],
            ValueError,
            r"between 1e-3 and 1e6 in size, not 1e\+09; multiply A by",
        ),
        ([[1e-9, 0], [0, 0]], ValueError, "between 1e-3 and 1e6 in size, not 1e-09; multiply A by"),
    ],
)
def test_a_matrix_that_makes_no_form_here_is_refused(A, kind, message):
    with pytest.raises(kind, match=message):
        explorers.quadratic_form(A)


def test_ones_own_matrix_and_eigenvalues_are_not_asked_for_together():
    with pytest.raises(TypeError, match="A says what second is; give one of them"):
        explorers.quadratic_form(np.eye(2), second=1.0)


class TestPictures(Pictures):
    figures = (explorers.quadratic_form,)
    may_leave = ("axis 1 crossings", "axis 2 crossings")  # where an eigenvalue is 0 there is none
