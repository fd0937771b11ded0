"""Two motors and a pen: what is drawn and said, computed with complex numbers."""

import numpy as np
import pytest

from explorers.drawn import every_value, numbers, part, sample, set_to, tip
from explorers.pictures import Pictures
from mlmath_helpers.explorers import linear_algebra as explorers

TWO_DECIMALS = 0.00501  # half a unit of the last digit said


def turned(degrees, length=1.0):
    return length * np.exp(1j * np.radians(degrees))


def drawn(explorer, gid, which=0):
    return np.array(part(explorer, gid, which).get_xydata()) @ [1, 1j]


def corners(explorer, gid, which=0):
    return np.array(part(explorer, gid, which).get_xy())[:4] @ [1, 1j]


def arrow(explorer, name, which=0):
    return complex(*tip(explorer, name, which))


@pytest.fixture
def machine(made):
    return made(explorers.linear_combination)


V = 2 + 1j


def second(angle):
    """Return w, of length 1.8, at this angle from v."""
    return 1.8 * V / abs(V) * turned(angle)


STAR = -V + 1.3 * second(70)


@pytest.mark.parametrize("a", [-1.5, -0.4, 0.0, 1.0, 1.5])
@pytest.mark.parametrize("b", [-1.5, 0.0, 0.7, 1.5])
def test_the_pen_walks_along_v_and_then_along_w(machine, a, b):
    for angle in sample(machine.controls["angle"], 19):
        set_to(machine, a=a, b=b, angle=angle)
        w = second(angle)
        pen = a * V + b * w
        assert arrow(machine, "v") == pytest.approx(V)
        assert arrow(machine, "w") == pytest.approx(w)
        assert drawn(machine, "first", 1) == pytest.approx([0, a * V])
        assert drawn(machine, "second", 1) == pytest.approx([a * V, pen])
        assert drawn(machine, "pen", 1) == pytest.approx([pen])
        assert drawn(machine, "pen", 0) == pytest.approx([complex(a, b)])
        assert drawn(machine, "second", 0) == pytest.approx([a, complex(a, b)])
        patch = [1.5 * (-V - w), 1.5 * (V - w), 1.5 * (V + w), 1.5 * (w - V)]
        assert corners(machine, "inside", 1) == pytest.approx(patch)
        assert corners(machine, "edge", 1) == pytest.approx(patch)
        said = numbers(machine.sentence)
        assert said[:3] == pytest.approx([angle, a, b])
        assert said[3:5] == pytest.approx([pen.real, pen.imag], abs=TWO_DECIMALS)
        off = abs(pen - STAR)
        if "on the star" in machine.sentence:
            assert off == pytest.approx(0, abs=1e-9)
        else:
            assert said[5] == pytest.approx(off, abs=TWO_DECIMALS)


def test_the_span_is_a_line_at_no_angle_and_at_half_a_turn_only(machine):
    for angle in every_value(machine.controls["angle"]):
        set_to(machine, angle=angle)
        w = second(angle)
        flat = np.linalg.matrix_rank([[V.real, V.imag], [w.real, w.imag]]) == 1
        assert flat == (angle in (0, 180))
        assert ("v and w span one line:" in machine.sentence) == flat
        assert ("v and w span the plane: only a =" in machine.sentence) == (not flat)
        for gid in ("same", "span", "blank"):
            assert part(machine, gid).get_visible() == flat


@pytest.mark.parametrize("angle", [0, 180])
@pytest.mark.parametrize(("a", "b"), [(1.0, 0.5), (-1.5, 1.5), (0.0, 0.0), (-0.1, -1.5)])
def test_on_one_line_the_other_settings_lead_to_the_same_point(machine, angle, a, b):
    set_to(machine, a=a, b=b, angle=angle)
    w = second(angle)
    pen = a * V + b * w
    other_a, other_b = numbers(machine.sentence)[-2:]
    assert other_a != pytest.approx(a)
    assert abs(other_a * V + other_b * w - pen) <= TWO_DECIMALS * abs(w)
    ends = drawn(machine, "same")
    assert [z.real * V + z.imag * w for z in ends] == pytest.approx([pen, pen])
    assert abs(ends[1] - ends[0]) > 10
    assert abs(STAR - pen) > 1  # the star is nowhere near the line


def test_the_star_is_reached_by_one_setting_at_the_start(machine):
    reached = []
    for a in every_value(machine.controls["a"]):
        for b in every_value(machine.controls["b"]):
            set_to(machine, a=a, b=b)
            if "on the star" in machine.sentence:
                reached.append((a, b))
    assert reached == [(-1.0, 1.3)]


class TestPictures(Pictures):
    figures = (explorers.linear_combination,)
