"""One arrow on two papers: what is drawn and said, computed with complex numbers."""

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


def arrow(explorer, name, which=0):
    return complex(*tip(explorer, name, which))


@pytest.fixture
def papers(made):
    return made(explorers.change_of_basis)


def dotted_with_the_dual(v, b1, b2):
    """Return coordinates by Cramer's rule, with signed areas in place of a solved system."""

    def area(p, q):
        return (p.conjugate() * q).imag

    return complex(area(v, b2) / area(b1, b2), area(b1, v) / area(b1, b2))


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
        set_to(papers, **state)
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
        set_to(papers, **state)
        turn, between, length, _ = state.values()
        seen = np.array(part(papers, "far").get_xy()) @ [1, 1j]
        page = seen.real * turned(turn) + seen.imag * turned(turn + between, length)
        assert abs(page) == pytest.approx(2)
        round_too = np.ptp(abs(seen)) < 1e-9
        assert round_too == (between == 90 and length == 1.0)


def test_lengths_agree_on_both_papers_for_an_orthonormal_basis(papers):
    for turn in sample(papers.controls["turn"], 7):
        set_to(papers, turn=turn, between=90, length=1.0)
        words = "to a friend, 2.00 long as on yours, for b₁ and b₂ are orthonormal."
        assert papers.sentence.endswith(words)
        assert abs(arrow(papers, "c")) == pytest.approx(2)
    for change in ({"between": 91}, {"between": 90, "length": 1.1}):  # one half at a time
        set_to(papers, **change)
        assert "orthonormal" not in papers.sentence


def test_what_the_notebook_says_of_the_sliders_is_so(papers):
    before = arrow(papers, "c")
    papers.controls["turn"].value += 10
    assert (before.conjugate() * arrow(papers, "c")).imag < 0  # clockwise
    papers.reset()
    set_to(papers, length=2.0)
    after = arrow(papers, "c")
    assert (after.real, after.imag) == pytest.approx((before.real, before.imag / 2))
    papers.reset()
    set_to(papers, between=100)
    assert abs(arrow(papers, "c").real - before.real) > 0.1  # though b1 and v stay


@pytest.mark.parametrize("degrees", [-90, -31, 0, 20, 90])
def test_a_basis_vector_turns_to_where_its_tip_is_pulled(papers, degrees):
    b1 = turned(degrees, 2.7)
    papers.drag("tip of b₁", b1.real, b1.imag)
    assert papers._values() == papers._starts | {"turn": degrees}
    assert arrow(papers, "b₁") == pytest.approx(turned(degrees))
    b2 = turned(degrees + 110, 1.6)
    papers.drag("tip of b₂", b2.real, b2.imag)
    assert arrow(papers, "b₂") == pytest.approx(b2)
    assert arrow(papers, "b₁") == pytest.approx(turned(degrees))


def test_a_second_basis_vector_pulled_too_far_stays_at_the_nearer_end(papers):
    for far, between, length in [(-60, 45, 2.0), (-100, 135, 2.0), (180, 135, 2.0), (0, 45, 0.8)]:
        b2 = turned(20 + far, 3.0 if length == 2.0 else 0.1)
        papers.drag("tip of b₂", b2.real, b2.imag)
        assert papers._values() == papers._starts | {"between": between, "length": length}


@pytest.mark.parametrize(
    ("degrees", "before", "after"), [(0, 10, 0), (0, 350, 360), (217, 60, 217)]
)
def test_v_turns_to_where_its_tip_is_pulled_on_either_paper(papers, degrees, before, after):
    for turn, between, length in [(20, 70, 1.0), (-90, 45, 0.8), (90, 135, 2.0)]:
        set_to(papers, turn=turn, between=between, length=length)
        v = turned(degrees, 2)
        c = dotted_with_the_dual(v, turned(turn), turned(turn + between, length))
        for handle, where in [("tip of v", v), ("tip of v on the friend's paper", c)]:
            set_to(papers, arrow=before)
            papers.drag(handle, where.real, where.imag)
            assert papers.controls["arrow"].value == after
            assert papers.controls["turn"].value == turn


class TestPictures(Pictures):
    figures = (explorers.change_of_basis,)
