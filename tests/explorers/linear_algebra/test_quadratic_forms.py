"""The landscape of a quadratic form: what is drawn and said, computed a second way."""

import numpy as np
import pytest

from explorers.drawn import every_value, numbers, part, random_state, sample, set_to
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
        assert part(form, "kind").get_text() == f"{PICTURES[which]}\n{KINDS[which]}"


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


class TestPictures(Pictures):
    figures = (explorers.quadratic_form,)
    may_leave = ("axis 1 crossings", "axis 2 crossings")  # where an eigenvalue is 0 there is none
