"""A line through penguins and a digit rebuilt: what is drawn and said, from scratch."""

import numpy as np
import pytest

from explorers.drawn import every_value, numbers, part, sample, set_to
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


# digit_reconstruction


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
