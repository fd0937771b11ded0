"""What two arrows reach, and one arrow on two papers: drawn and said, computed a second way."""

import numpy as np
import pytest

from explorers.drawn import every_value, jump, numbers, part, sample, tip
from mlmath_helpers.explorers import linear_algebra as explorers

TWO_DECIMALS = 0.00501  # half a unit of the last digit said


def along(x, y):
    """Return a number as the plane does: x to the right, y up."""
    return complex(x, y)


def turned(degrees, length=1.0):
    return length * np.exp(1j * np.radians(degrees))


def drawn(explorer, gid, which=0):
    return np.array(part(explorer, gid, which).get_xydata()) @ [1, 1j]


def corners(explorer, gid, which=0):
    return np.array(part(explorer, gid, which).get_xy())[:4] @ [1, 1j]


def arrow(explorer, name, which=0):
    return along(*tip(explorer, name, which))


@pytest.fixture
def machine():
    explorer = explorers.linear_combination()
    yield explorer
    explorer.close()


V = 2 + 1j


def second(angle):
    """Return w, of length 1.8, at this angle from v."""
    return 1.8 * V / abs(V) * turned(angle)


STAR = -V + 1.3 * second(70)


@pytest.mark.parametrize("a", [-1.5, -0.4, 0.0, 1.0, 1.5])
@pytest.mark.parametrize("b", [-1.5, 0.0, 0.7, 1.5])
def test_the_pen_walks_along_v_and_then_along_w(machine, a, b):
    for angle in sample(machine.controls["angle"], 19):
        jump(machine, {"a": a, "b": b, "angle": angle})
        w = second(angle)
        pen = a * V + b * w
        assert arrow(machine, "v") == pytest.approx(V)
        assert arrow(machine, "w") == pytest.approx(w)
        assert drawn(machine, "first", 1) == pytest.approx([0, a * V])
        assert drawn(machine, "second", 1) == pytest.approx([a * V, pen])
        assert drawn(machine, "pen", 1) == pytest.approx([pen])
        assert drawn(machine, "pen", 0) == pytest.approx([along(a, b)])
        assert drawn(machine, "second", 0) == pytest.approx([a, along(a, b)])
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
        machine.controls["angle"].value = angle
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
    jump(machine, {"a": a, "b": b, "angle": angle})
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
            jump(machine, {"a": a, "b": b})
            if "on the star" in machine.sentence:
                reached.append((a, b))
    assert reached == [(-1.0, 1.3)]


@pytest.fixture
def papers():
    explorer = explorers.change_of_basis()
    yield explorer
    explorer.close()


def dotted_with_the_dual(v, b1, b2):
    """Return coordinates by Cramer's rule, with signed areas in place of a solved system."""

    def area(p, q):
        return (p.conjugate() * q).imag

    return along(area(v, b2) / area(b1, b2), area(b1, v) / area(b1, b2))


def states(papers, n):
    rng = np.random.default_rng(0)
    choices = {name: every_value(control) for name, control in papers.controls.items()}
    ends = [{name: values[i]} for name, values in choices.items() for i in (0, -1)]
    start = {name: control.value for name, control in papers.controls.items()}
    yield from ({**start, **end} for end in ends)
    for _ in range(n):
        yield {name: values[rng.integers(len(values))] for name, values in choices.items()}


def test_both_papers_show_one_arrow(papers):
    for state in states(papers, 60):
        jump(papers, state)
        turn, between, length, degrees = state.values()
        b1, b2, v = turned(turn), turned(turn + between, length), turned(degrees, 2)
        c = dotted_with_the_dual(v, b1, b2)
        assert arrow(papers, "b₁") == pytest.approx(b1)
        assert arrow(papers, "b₂") == pytest.approx(b2)
        assert arrow(papers, "v") == pytest.approx(v)
        assert arrow(papers, "c") == pytest.approx(c)
        assert drawn(papers, "first", 0) == pytest.approx([0, c.real * b1], abs=1e-9)
        assert drawn(papers, "second", 0) == pytest.approx([c.real * b1, v], abs=1e-9)
        assert drawn(papers, "first", 1) == pytest.approx([0, c.real], abs=1e-9)
        assert drawn(papers, "second", 1) == pytest.approx([c.real, c], abs=1e-9)
        said = numbers(papers.sentence.replace("b₁", "").replace("b₂", ""))
        assert said[:3] == pytest.approx([turn, length, turn + between])
        assert said[3:7] == pytest.approx([v.real, v.imag, c.real, c.imag], abs=TWO_DECIMALS)
        assert said[7:] == [pytest.approx(abs(c), abs=TWO_DECIMALS)]
        written = [numbers(part(papers, "note", i).get_text()) for i in (0, 1)]
        assert written == [pytest.approx(said[3:5]), pytest.approx(said[5:7])]


def test_how_long_v_is_stands_on_the_page(papers):
    assert "all points 2 from the origin, as v" in papers.figure.axes[0].get_xlabel()
    assert abs(arrow(papers, "v")) == pytest.approx(2)


def test_the_dotted_points_are_as_far_from_the_origin_on_the_page(papers):
    for state in states(papers, 20):
        jump(papers, state)
        turn, between, length, _ = state.values()
        seen = np.array(part(papers, "far").get_xy()) @ [1, 1j]
        page = seen.real * turned(turn) + seen.imag * turned(turn + between, length)
        assert abs(page) == pytest.approx(2)
        round_too = np.ptp(abs(seen)) < 1e-9
        assert round_too == (between == 90 and length == 1.0)


def test_lengths_agree_on_both_papers_for_an_orthonormal_basis(papers):
    for turn in sample(papers.controls["turn"], 7):
        jump(papers, {"turn": turn, "between": 90, "length": 1.0})
        words = "to a friend, 2.00 long as on yours, for b₁ and b₂ are orthonormal."
        assert papers.sentence.endswith(words)
        assert abs(arrow(papers, "c")) == pytest.approx(2)
    for change in ({"between": 91}, {"between": 90, "length": 1.1}):  # one half at a time
        jump(papers, change)
        assert "orthonormal" not in papers.sentence


def test_what_the_notebook_says_of_the_sliders_is_so(papers):
    before = arrow(papers, "c")
    papers.controls["turn"].value += 10
    assert (before.conjugate() * arrow(papers, "c")).imag < 0  # clockwise
    papers.reset()
    papers.controls["length"].value = 2.0
    after = arrow(papers, "c")
    assert (after.real, after.imag) == pytest.approx((before.real, before.imag / 2))
    papers.reset()
    papers.controls["between"].value = 100
    assert abs(arrow(papers, "c").real - before.real) > 0.1  # though b1 and v stay
