"""The dot product and the unit ball: what is drawn and said, from scratch."""

import numpy as np
import pytest

from explorers.drawn import every_value, numbers, part, set_to, tip
from explorers.pictures import Pictures
from mlmath_helpers.explorers import linear_algebra as explorers


def at(degrees, length=1.0):
    return length * np.array([np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))])


# dot_product


def test_the_dot_product_and_its_sign_are_said_for_all_angles(made):
    explorer = made(explorers.dot_product)
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
    explorer = made(explorers.dot_product)
    dot = part(explorer, "dot")
    for angle in (0, 360):
        set_to(explorer, angle=angle)
        assert dot.get_xdata()[0] in dot.axes.get_xlim()
        assert not dot.get_clip_on()


def test_the_shadow_ends_where_the_perpendicular_falls(made):
    explorer = made(explorers.dot_product)
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
    explorer = made(explorers.dot_product)
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
    explorer = made(explorers.dot_product)
    assert explorer.controls["length"].value == 1.5
    for angle, length in [(0, 0.5), (75, 1.5), (200, 3.0), (360, 2.2)]:
        set_to(explorer, angle=angle, length=length)
        angles, products = part(explorer, "before").get_data()
        assert angles[-1] == angle
        np.testing.assert_allclose(products, 3 * np.cos(np.deg2rad(angles)), atol=1e-12)


def test_the_grey_curve_is_named_once_there_is_one(made):
    explorer = made(explorers.dot_product)
    words = [text.get_text() for text in explorer.figure.axes[1].texts]
    assert not any("grey" in word for word in words)
    set_to(explorer, length=2.5)
    words = [text.get_text() for text in explorer.figure.axes[1].texts]
    assert "grey: v of length 1.5" in words


def test_no_sign_stands_before_the_nought_of_a_right_angle(made):
    explorer = made(explorers.dot_product)
    for angle in range(0, 361, 45):
        set_to(explorer, angle=angle)
        signed = [
            t for axes in explorer.figure.axes for t in axes.texts if t.get_text()[:1] in {"+", "−"}
        ]
        noughts = [t for axes in explorer.figure.axes for t in axes.texts if t.get_text() == "0"]
        assert (len(signed), len(noughts)) == ((0, 2) if angle in (90, 270) else (2, 0))


def test_double_the_length_is_double_the_product_as_said(made):
    explorer = made(explorers.dot_product)
    for angle in range(0, 361, 15):
        once, twice = (
            numbers(set_to(explorer, angle=angle, length=length))[-1] for length in (1.5, 3.0)
        )
        assert twice == pytest.approx(2 * once, abs=0.0151)  # of rounded numbers


def test_the_names_and_numbers_beside_the_arrows_never_lie_on_each_other(made):
    explorer = made(explorers.dot_product)
    renderer = explorer.figure.canvas.get_renderer()
    for angle in range(0, 361, 10):
        for length in (0.5, 1.0, 1.5, 2.0, 2.5, 3.0):
            set_to(explorer, angle=angle, length=length)
            words = [text for text in explorer.figure.axes[0].texts if text.get_text()]
            boxes = [text.get_window_extent(renderer) for text in words]
            for i, box in enumerate(boxes):
                for other in boxes[:i]:
                    assert not box.padded(-2).overlaps(other.padded(-2)), (angle, length)


@pytest.mark.parametrize(
    ("where", "angle", "length"),
    [((0, 2.2), 90, 2.2), ((-1, -1), 225, 1.4), ((1.2, -0.9), 323, 1.5), ((-3.4, 0), 180, 3.0)],
)
def test_the_tip_of_v_goes_to_where_it_is_pulled(made, where, angle, length):
    explorer = made(explorers.dot_product)
    explorer.drag("tip of v", *where)
    assert explorer._values() == {"angle": angle, "length": length}


def test_a_v_pulled_to_the_origin_keeps_a_length(made):
    explorer = made(explorers.dot_product)
    explorer.drag("tip of v", 0, 0)
    assert explorer._values()["length"] == 0.5


@pytest.mark.parametrize(("before", "after"), [(10, 0), (350, 360), (0, 0), (360, 360)])
def test_a_v_pulled_onto_w_has_made_no_turn_or_a_whole_one(made, before, after):
    explorer = made(explorers.dot_product)
    set_to(explorer, angle=before)
    for y in (1e-12, -1e-12, 0.0):
        explorer.drag("tip of v", 1.5, y)
        assert explorer._values() == {"angle": after, "length": 1.5}


def test_the_dot_pulled_along_its_curve_turns_v(made):
    explorer = made(explorers.dot_product)
    for x, angle in [(0.2, 0), (133.4, 133), (270, 270), (360, 360)]:
        explorer.drag("dot on the curve", x, 5.0)
        assert explorer._values() == {"angle": angle, "length": 1.5}


# unit_ball


def power_length(v, p):
    v = np.abs(v)
    return v.max(axis=-1) if p == np.inf else (v**p).sum(axis=-1) ** (1 / p)


def test_the_rim_has_length_one_for_every_p(made):
    explorer = made(explorers.unit_ball)
    for p in every_value(explorer.controls["p"]):
        set_to(explorer, p=p)
        rim = part(explorer, "ball").get_xy()
        np.testing.assert_allclose(power_length(rim, p), 1, rtol=1e-9)
        meets = np.ravel(part(explorer, "rim").get_data())
        np.testing.assert_allclose(power_length(meets, p), 1)
        assert meets[1] / meets[0] == pytest.approx(0.75), "on the line of v"


def test_the_length_of_v_is_said_and_drawn_for_every_p(made):
    explorer = made(explorers.unit_ball)
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
    explorer = made(explorers.unit_ball)
    assert explorer.controls["p"].value == 2
    for p in every_value(explorer.controls["p"]):
        set_to(explorer, p=p)
        inverses, lengths = part(explorer, "curve").get_data()
        np.testing.assert_allclose(inverses[[0, -1]], [0.5, 1 / p])
        expected = [power_length(np.array([1.2, 0.9]), 1 / x if x else np.inf) for x in inverses]
        np.testing.assert_allclose(lengths, expected)


def test_the_chart_runs_like_the_slider_and_no_edge_strikes_a_name(made):
    explorer = made(explorers.unit_ball)
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
    explorer = made(explorers.unit_ball)
    for p in every_value(explorer.controls["p"]):
        set_to(explorer, p=p)
        corners = part(explorer, "ball").get_xy()[:-1]
        edges = np.roll(corners, -1, axis=0) - corners
        turns = np.linalg.det(np.stack([edges, np.roll(edges, -1, axis=0)], axis=1))
        assert (turns > -1e-12).all() == (p >= 1)
        assert part(explorer, "halfway").get_visible() == (p < 1)


@pytest.mark.parametrize(
    ("where", "p"),
    [
        ((1.6, 1.2), np.inf),
        ((1, 0.75), np.inf),
        ((0.8, 0.6), 2),
        ((4 / 7, 3 / 7), 1),
        ((0, 0), 0.5),
    ],
)
def test_the_ball_reaches_as_far_along_v_as_its_edge_is_pulled(made, where, p):
    explorer = made(explorers.unit_ball)
    explorer.drag("edge of the ball on v", *where)
    assert explorer._values() == {"p": p}
    x, y = where
    across = 0.1 * np.array([-0.6, 0.8])  # what is pulled to the side of v moves nothing
    explorer.drag("edge of the ball on v", x + across[0], y + across[1])
    assert explorer._values() == {"p": p}


@pytest.mark.parametrize(("x", "p"), [(0, np.inf), (0.11, 10), (0.51, 2), (1, 1), (2.05, 0.5)])
def test_the_dot_pulled_along_its_curve_sets_the_power_below_it(made, x, p):
    explorer = made(explorers.unit_ball)
    explorer.drag("dot on the curve", x, 1.0)
    assert explorer._values() == {"p": p}


class TestPictures(Pictures):
    figures = (explorers.dot_product, explorers.unit_ball)
