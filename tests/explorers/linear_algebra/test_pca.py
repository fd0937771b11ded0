"""A line through penguins and a digit rebuilt: what is drawn and said, from scratch."""

import numpy as np
import pytest

from explorers.drawn import (
    assert_true,
    drawn,
    every_value,
    numbers,
    part,
    points,
    sample,
    set_to,
)
from explorers.pictures import Pictures
from mlmath_helpers.datasets import load_digits, load_penguins
from mlmath_helpers.explorers import linear_algebra as explorers


def at(degrees, length=1.0):
    return length * np.array([np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))])


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
    assert every_value(made(explorers.pca_direction).controls["measurements"]) == list(clouds())


@pytest.mark.parametrize("name", clouds())
def test_shadows_lie_on_the_line_and_their_drops_at_right_angles(made, name):
    explorer = made(explorers.pca_direction)
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
    explorer = made(explorers.pca_direction)
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
    explorer = made(explorers.pca_direction)
    for angle in range(36):
        words = set_to(explorer, angle=angle)
        assert "component" not in words
        assert "94%" not in words
        assert not part(explorer, "best").get_visible()


def test_pulling_the_end_of_the_line_turns_it(made):
    explorer = made(explorers.pca_direction)
    for x, y in [(3, 0.1), (0, 2), (-1, 2), (-3.4, 0), (0.02, 0.01)]:
        explorer.drag("end of the line", x, y)
        assert explorer.controls["angle"].value == round(np.degrees(np.arctan2(y, x)))
    for x, angle in [(2, 0), (0.1, 0), (-0.1, 180), (-3, 180)]:
        explorer.drag("end of the line", x, -1)
        assert explorer.controls["angle"].value == angle, "below the axis it stays at an end"
    for angle in (0, 77, 180):
        set_to(explorer, angle=angle)
        assert explorer.handles[0].at(**explorer._values()) == pytest.approx(at(angle, 3.0))


def cloud(n, *, scale=1.0, centre=(0.0, 0.0)):
    rng = np.random.default_rng(n)
    return scale * (rng.normal(size=(n, 2)) @ [[2.0, 1.0], [0.0, 0.7]]) + centre


OWN = {
    "four rows": [[1, 2], [2, 4.5], [3, 5.5], [0, -1]],
    "large": cloud(60, scale=3e6, centre=(5e7, -1e7)),
    "small and negative": cloud(30, scale=2e-5, centre=(-0.3, 0)),
    "many": cloud(1300),
    "flat": np.column_stack([np.arange(7.0), np.full(7, 4.0)]),
}


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("how", ["as they are", "standardised"])
def test_the_variance_of_ones_own_columns_is_that_of_their_shadows(own, name, how):
    given = np.array(OWN[name], dtype=float)
    kept = given.copy()
    explorer = own(explorers.pca_direction, given)
    np.testing.assert_array_equal(given, kept)
    given[:] = 0  # what becomes of it later is not its business
    X = kept - kept.mean(axis=0)
    if how == "standardised":
        spread = X.std(axis=0, ddof=1)
        X = X[:, spread > 0] / spread[spread > 0]
        X = np.column_stack([X, np.zeros(len(X))]) if X.shape[1] == 1 else X
    total, top = np.trace(np.cov(X.T)), np.linalg.eigvalsh(np.cov(X.T))[1]
    left, right = explorer.figure.axes
    for angle in (0, 10, 45, 133, 180):
        words = set_to(explorer, measurements=f"x and y, {how}", angle=angle)
        variance = np.var(X @ at(angle), ddof=1)
        dot = np.ravel(part(explorer, "dot").get_data())
        assert dot == pytest.approx([angle, variance], rel=1e-9, abs=1e-12 * total)
        said = numbers(words.partition("°")[2])[:2]
        assert said == pytest.approx([variance, variance / total], rel=6e-4, abs=6e-3), words
        assert f" of the variance of x and y, {how}" in words
        assert len(words) < 181
        assert "penguin" not in words + left.get_title(loc="left")
        assert 0.95 > top / right.get_ylim()[1] > 0.7
        reach = left.get_xlim()[1]
        assert 0.95 > np.abs(X).max() / reach > 0.85, "all rows are seen, and not from afar"
        drawn_rows = points(explorer, "points")
        assert len(drawn_rows) == min(len(X), 500)
        rows = {tuple(row) for row in X.round(9)} if len(X) > 500 else None
        assert rows is None or {tuple(row) for row in drawn_rows.round(9)} <= rows
        shadows = points(explorer, "shadows")
        assert shadows == pytest.approx(
            np.outer(drawn_rows @ at(angle), at(angle)), abs=1e-9 * reach
        )
        x, y = explorer.handles[0].at(**explorer._values())
        assert np.hypot(x, y) < reach
    title = left.get_title(loc="left")
    assert numbers(title) == ([500, len(X)] if len(X) > 500 else [len(X)])


def test_what_is_called_the_first_component_of_ones_own_columns_is_it(own):
    explorer = own(explorers.pca_direction, OWN["large"])
    covariance = np.cov(np.transpose(OWN["large"]))
    first = np.degrees(np.arctan2(*np.linalg.eigh(covariance)[1][::-1, 1])) % 180
    for angle in range(181):
        words = set_to(explorer, angle=angle)
        assert ("the first component" in words) == (abs(angle - first) < 0.5)


def test_the_ticks_of_ones_own_columns_are_the_numbers_of_the_axes(own):
    explorer = own(explorers.pca_direction, OWN["large"])
    explorer.figure.canvas.draw()
    left, right = explorer.figure.axes
    for axis, words in [
        (left.yaxis, part(explorer, "y name").get_text()),
        (right.yaxis, right.get_title(loc="left")),
    ]:
        ((unit,),) = [[float(words.partition("× ")[2].rstrip(")"))]]
        shown = [numbers(text.get_text())[0] for text in axis.get_ticklabels()]
        assert np.array(shown) * unit == pytest.approx(axis.get_ticklocs(), rel=0.006)
        assert max(len(text.get_text()) for text in axis.get_ticklabels()) <= 4


def test_the_picture_of_ones_own_columns_is_a_full_draw_with_axes_that_fit(own):
    explorer = drawn(own(explorers.pca_direction, OWN["four rows"], angle=120))
    assert explorer.controls["angle"].value == 120
    for how, angle in [("standardised", 3), ("as they are", 90), ("standardised", 180)]:
        set_to(explorer, measurements=f"x and y, {how}", angle=angle)
        assert_true(explorer)
    assert explorer.picture.call == (
        "explorers.pca_direction(X, angle=180, measurements='x and y, standardised')"
    )


@pytest.mark.parametrize(
    ("X", "kind", "message"),
    [
        ([1.0, 2.0], ValueError, r"X must be a 2-D array, not an array of shape \(2,\)"),
        (np.zeros((5, 3)), ValueError, r"X must have two columns .* not shape \(5, 3\); choose"),
        ([[1.0, 2.0]], ValueError, r"at least two rows, not shape \(1, 2\)"),
        (np.full((4, 2), 0.1), ValueError, "X has rows that are all alike"),
        ([[1, np.nan], [2, 3]], ValueError, "X holds nan or inf"),
        ([[0, 1e200], [1, 2]], ValueError, r"not differences of 1e\+200; measure in another unit"),
        ([["a", "b"], ["c", "d"]], TypeError, "X must hold real numbers"),
    ],
)
def test_columns_that_cannot_be_shown_are_refused(X, kind, message):
    with pytest.raises(kind, match=message):
        explorers.pca_direction(X)


# digit_reconstruction


def test_the_share_held_is_pulled_to_another_number_of_components(made):
    explorer = made(explorers.digit_reconstruction, digit=8)
    for x, k in [(30.4, 30), (66, 64), (0, 0), (4.6, 5)]:
        explorer.drag("variance held", x, 20)
        assert explorer._values() == {"components": k, "digit": 8}
        assert explorer.handles[0].at(**explorer._values()) == tuple(points(explorer, "dot")[0])


def test_a_digit_is_rebuilt_by_projecting_on_the_largest_eigenvectors(made):
    explorer = made(explorers.digit_reconstruction)
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


def test_the_curve_of_the_variance_goes_no_farther_than_the_components_used(made):
    explorer = made(explorers.digit_reconstruction)
    eigenvalues = np.linalg.eigvalsh(np.cov(load_digits().images.reshape(-1, 64).T))[::-1]
    held = 100 * np.concatenate([[0], np.cumsum(eigenvalues)]) / eigenvalues.sum()
    for k in (0, 1, 20, 64):
        set_to(explorer, components=k)
        np.testing.assert_allclose(
            points(explorer, "curve"), np.column_stack([range(k + 1), held[: k + 1]]), atol=1e-9
        )


def test_a_share_of_the_variance_is_called_all_of_it_only_where_it_is(made):
    explorer = made(explorers.digit_reconstruction)
    eigenvalues = np.linalg.eigvalsh(np.cov(load_digits().images.reshape(-1, 64).T))
    for k in range(40, 65):
        left = eigenvalues[: 64 - k].sum() / eigenvalues.sum()
        words = set_to(explorer, components=k)
        assert (" over 99.9% of" in words) == (1e-9 < left <= 0.0005)
        assert (" 100.0% of" in words) == (left < 1e-9)


class TestPictures(Pictures):
    figures = (explorers.pca_direction, explorers.digit_reconstruction)
