"""The box that a map makes of the unit cube: its faces, its shadow, its height, its words."""

import itertools

import numpy as np
import pytest
from matplotlib.path import Path
from scipy.spatial import ConvexHull
from scipy.spatial.transform import Rotation

from explorers.drawn import every_value, numbers, part, points, set_to
from explorers.pictures import Pictures
from mlmath_helpers.explorers import linear_algebra as explorers
from mlmath_helpers.explorers.linear_algebra.maps_volume import BASE, EYE, FORWARD, SEEN

CORNERS = np.array(list(itertools.product((0, 1), repeat=3)))


@pytest.fixture
def volume(made):
    return made(explorers.volume)


def bars(explorer):
    return [bar.get_height() for bar in explorer.figure.axes[1].patches]


def map_of(slide, height, turn):
    turned = Rotation.from_euler("z", turn, degrees=True).as_matrix()
    return turned @ np.column_stack([BASE, [slide, FORWARD, height]])


def shown(explorer, gid):
    """Return the one of the artists of this name that is visible, or None."""
    found = explorer.figure.findobj(lambda each: each.get_gid() == gid and each.get_visible())
    assert len(found) <= 1
    return found[0] if found else None


def polygons(explorer, gid):
    """Return the corners of the faces that a collection draws, (k, 4, 2)."""
    return np.array([path.vertices[:4] for path in part(explorer, gid).get_paths()])


def test_the_page_is_looked_at_squarely():
    np.testing.assert_allclose(SEEN @ SEEN.T, np.eye(2), atol=1e-12)
    np.testing.assert_allclose(SEEN @ EYE, 0, atol=1e-12)
    assert EYE[2] > 0


@pytest.mark.parametrize("slide", [-1.2, 0.3, 1.1])
@pytest.mark.parametrize("height", [-1.3, -0.1, 0.0, 0.7, 1.3])
@pytest.mark.parametrize("turn", [-60, 0, 45])
def test_the_box_is_the_image_of_the_cube_and_its_volume_the_determinant(
    volume, slide, height, turn
):
    set_to(volume, slide=slide, height=height, turn=turn)
    A = map_of(slide, height, turn)
    for i in range(3):
        arrow = shown(volume, f"Ae{i + 1}")
        assert np.array(arrow._posA_posB[1]) == pytest.approx(SEEN @ A[:, i])
    corners = {tuple(corner) for corner in (CORNERS @ A.T @ SEEN.T).round(9) + 0.0}
    faces = [face for gid in ("behind", "before") for face in polygons(volume, gid)]
    assert len(faces) == 6
    assert {tuple(corner) for corner in np.concatenate(faces).round(9) + 0.0} == corners
    foot = A[:, 2] * [1, 1, 0]
    assert points(volume, "rise") == pytest.approx(np.array([foot, A[:, 2]]) @ SEEN.T)
    length = np.sqrt(slide**2 + FORWARD**2 + height**2)
    sizes = [1.6 * 1.2, height, np.linalg.det(A), length]
    assert bars(volume) == pytest.approx(sizes, abs=1e-8)
    said = numbers(volume.sentence)
    assert said[:3] == pytest.approx(A[:, 2], abs=0.006)
    texts = [text.get_text() for text in volume.figure.axes[1].texts]
    numbers_on_bars = [numbers(text)[0] for text in texts if numbers(text)]
    assert numbers_on_bars == pytest.approx(sizes, abs=0.006)
    if height == 0:
        assert "space falls flat, determinant 0, rank 2" in volume.sentence
    else:
        assert said[3:] == pytest.approx([abs(height), 1.92, 1.92 * height], abs=0.006)
        assert ("orientation flipped" in volume.sentence) == (height < 0)
        assert ("orientation kept" in volume.sentence) == (height > 0)
        assert ("above" in volume.sentence) == (height > 0)


def seen_first(A, place):
    """Return how near to the eye the box is met at a place of the page, first and last.

    By six half spaces, along the ray of sight.
    """
    start = SEEN.T @ place  # the page is looked at squarely
    a, d = np.linalg.solve(A, start), np.linalg.solve(A, EYE)  # 0 <= a + t d <= 1
    with np.errstate(divide="ignore"):
        crossings = np.sort(np.stack([-a / d, (1 - a) / d]), axis=0)
    return crossings[1].min(), crossings[0].max()


@pytest.mark.parametrize("slide", [-1.2, 0.5, 1.2])
@pytest.mark.parametrize("height", [-1.2, -0.2, 0.3, 1.3])
@pytest.mark.parametrize("turn", [-60, -10, 45])
def test_the_faces_in_front_are_those_that_the_eye_meets_first(volume, slide, height, turn):
    set_to(volume, slide=slide, height=height, turn=turn)
    A = map_of(slide, height, turn)
    before, behind = polygons(volume, "before"), polygons(volume, "behind")
    cover = [sum(Path(face).contains_point(place) for face in before) for place in inner(A)]
    assert cover == [1] * len(cover)  # in front each place of the box is covered once
    cover = [sum(Path(face).contains_point(place) for face in behind) for place in inner(A)]
    assert cover == [1] * len(cover)
    for place in inner(A):
        near, far = seen_first(A, place)
        assert near > far
        hit = SEEN.T @ place + near * EYE
        within = np.linalg.solve(A, hit)  # on the face where one of these is 0 or 1
        axis = np.minimum(np.abs(within), np.abs(1 - within)).argmin()
        on_it = CORNERS[np.abs(CORNERS[:, axis] - within[axis].round()) < 0.5] @ A.T @ SEEN.T
        (front,) = [face for face in before if Path(face).contains_point(place)]
        assert {tuple(c) for c in front.round(6)} == {tuple(c) for c in on_it.round(6)}


def inner(A):
    """Return some places of the page inside the outline of the box, off its edges."""
    rng = np.random.default_rng(0)
    return rng.uniform(0.15, 0.85, (12, 3)) @ A.T @ SEEN.T + 1e-4


@pytest.mark.parametrize("turn", [-60, 0, 45])
@pytest.mark.parametrize("slide", [-1.2, 0.4, 1.2])
def test_the_shadow_is_all_that_lies_straight_below_the_box(volume, slide, turn):
    set_to(volume, slide=slide, height=0.8, turn=turn)
    on_floor = (CORNERS @ map_of(slide, 0.8, turn).T)[:, :2]
    hull = ConvexHull(on_floor)
    outline = hull.points[hull.vertices] @ SEEN[:, :2].T
    drawn = polygons(volume, "shadow")
    rng = np.random.default_rng(1)
    for place in rng.uniform(on_floor.min(axis=0) - 0.2, on_floor.max(axis=0) + 0.2, (60, 2)):
        place = SEEN[:, :2] @ place
        inside = any(Path(face).contains_point(place) for face in drawn)
        assert inside == Path(outline).contains_point(place)
    set_to(volume, slide=slide, height=-0.8, turn=turn)
    assert len(polygons(volume, "shadow")) == 0  # below the floor it throws none


@pytest.mark.parametrize("height", [-1.3, -0.1, 0.1, 0.9])
@pytest.mark.parametrize("turn", [-60, 45])
def test_the_mark_at_the_foot_of_the_height_is_a_right_angle_in_space(volume, height, turn):
    set_to(volume, height=height, turn=turn)
    foot = map_of(-0.7, height, turn)[:, 2] * [1, 1, 0]
    first, middle, last = points(volume, "corner")
    sides = first - SEEN @ foot, last - SEEN @ foot
    assert middle - SEEN @ foot == pytest.approx(sides[0] + sides[1])
    floorward = np.append(np.linalg.solve(SEEN[:, :2], sides[0]), 0)
    upward = np.array([0, 0, sides[1][1] / SEEN[1, 2]])
    assert sides[1][0] == pytest.approx(0, abs=1e-12)
    assert np.cross(floorward, foot) == pytest.approx(0, abs=1e-9)
    assert floorward @ foot < 0  # along the floor, to the origin
    assert np.linalg.norm(floorward) == pytest.approx(np.linalg.norm(upward))
    assert np.sign(upward[2]) == np.sign(height)
    assert part(volume, "corner").get_visible()
    set_to(volume, height=0.0, turn=turn)
    assert not part(volume, "corner").get_visible()


@pytest.mark.parametrize("slide", [-1.2, -0.4, 0.3, 1.2])
@pytest.mark.parametrize("height", [-1.2, 0.1, 0.3, 1.3])
@pytest.mark.parametrize("turn", [-60, -20, 20, 45])
def test_edges_and_the_height_are_over_the_box_exactly_where_nothing_hides_them(
    volume, slide, height, turn
):
    set_to(volume, slide=slide, height=height, turn=turn)
    A = map_of(slide, height, turn)
    foot = A[:, 2] * [1, 1, 0]
    places = [("Ae1", A[:, 0] / 2), ("Ae2", A[:, 1] / 2), ("Ae3", A[:, 2] / 2)]
    places += [("rise", foot + share * (A[:, 2] - foot)) for share in (0.1, 0.5, 0.9)]
    for gid, place in places:
        toward = place + np.linspace(1e-6, 5, 4000)[:, None] * EYE
        inside = np.linalg.solve(A, toward.T)
        hidden = ((inside > 1e-6) & (inside < 1 - 1e-6)).all(axis=0).any()
        assert (shown(volume, gid).get_zorder() < 2.5) == hidden, gid


def test_a_box_below_the_floor_is_seen_through_it(volume):
    for height in (-0.1, 0.0, 0.1):
        set_to(volume, height=height)
        for gid in ("glass", "paper above"):
            assert part(volume, gid).get_visible() == (height < 0)
            assert part(volume, gid).get_zorder() > part(volume, "before").get_zorder()


def test_a_face_is_stronger_the_nearer_it_is(volume):
    paints = []
    for turn in (-60, 0, 45):  # from near to far
        set_to(volume, slide=1.2, turn=turn)
        depth = (map_of(1.2, 1.2, turn) @ [0.5, 0.5, 1]) @ EYE
        paints.append((depth, part(volume, "before").get_facecolor()[0, :3].min()))  # of the lid
    (near, strong), (middle, fair), (far, faint) = paints
    assert near > middle > far
    assert strong < fair < faint


def test_a_lid_is_lighter_than_the_walls_and_what_is_behind_is_fainter(volume):
    before, behind = part(volume, "before"), part(volume, "behind")
    lid, *walls = before.get_facecolor()[:, :3].sum(axis=1)
    assert lid > max(walls)
    assert before.get_facecolor()[:, 3].min() > behind.get_facecolor()[1:, 3].max()
    assert before.get_linewidth()[0] > behind.get_linewidth()[0]


@pytest.mark.parametrize("slide", [-1.2, 0.3, 0.8, 1.2])
@pytest.mark.parametrize("height", [-1.3, -0.6, 0.3, 1.2])
@pytest.mark.parametrize("turn", [-60, -25, 0, 45])
def test_no_edge_of_the_box_runs_through_a_name(volume, slide, height, turn):
    set_to(volume, slide=slide, height=height, turn=turn)
    axes = volume.figure.axes[0]
    A = map_of(slide, height, turn)
    pairs = [(one, two) for one in CORNERS for two in CORNERS if np.abs(one - two).sum() == 1]
    edges = [*(np.array(pairs) @ A.T @ SEEN.T), shown(volume, "rise").get_xydata()]
    way = np.linspace(0, 1, 301)[:, None]
    points = axes.transData.transform(
        np.concatenate([start + way * (end - start) for start, end in edges])
    )
    names = [text for text in axes.texts if text.get_text().startswith("A e")]
    assert [name.get_text() for name in names] == ["A e₁", "A e₂", "A e₃"]
    boxes = [name.get_window_extent() for name in names]
    for i, box in enumerate(boxes):
        assert not box.padded(-2).count_contains(points)
        assert not any(box.overlaps(other) for other in boxes[:i])


def test_the_bars_say_area_times_height_is_volume_in_that_order(volume):
    right = volume.figure.axes[1]
    signs = {text.get_text(): text.get_position()[0] for text in right.texts}
    names = [label.get_text().replace("\n", " ") for label in right.get_xticklabels()]
    assert names == ["area of the base", "height", "volume, signed", "length of A e₃"]
    area, height, product, length = (bar.get_x() + bar.get_width() / 2 for bar in right.patches)
    assert area < signs["×"] < height < signs["="] < product < length
    assert length - product > product - height, "what is no part of it stands apart"
    for rise in (-1.2, 0.4, 1.3):
        set_to(volume, height=rise)
        sizes = bars(volume)
        assert sizes[0] * sizes[1] == pytest.approx(sizes[2])


@pytest.mark.parametrize("slide", [-1.2, -0.7, 0.0, 1.2])
def test_the_second_column_lies_in_the_floor_and_does_not_look_upright(volume, slide):
    set_to(volume, slide=slide)
    x, y = points_at(volume, "Ae2")
    assert np.degrees(np.arctan2(abs(x), y)) > 30, "off the height, which is drawn upright"


def points_at(volume, gid):
    return np.array(shown(volume, gid)._posA_posB[1])


@pytest.mark.parametrize("slide", [-1.2, -0.3, 0.4, 1.2])
@pytest.mark.parametrize("height", [-1.3, -0.1, 0.2, 1.3])
@pytest.mark.parametrize("turn", [-60, -25, 0, 45])
def test_the_height_bears_its_name(volume, slide, height, turn):
    set_to(volume, slide=slide, height=height, turn=turn)
    name, rise = part(volume, "name"), points(volume, "rise")
    assert name.get_visible()
    assert np.linalg.norm(np.array(name.get_position()) - rise[0]) < 1, "at its foot"
    ends = volume.figure.axes[0].transData.transform(rise)
    assert not Path(ends).intersects_bbox(name.get_window_extent().padded(-2), filled=False)
    set_to(volume, height=0.0)
    assert not name.get_visible()


def test_slides_and_turns_leave_the_volume_alone_and_the_height_does_not(volume):
    start = bars(volume)[2]
    for name in ("slide", "turn"):
        for value in every_value(volume.controls[name])[::4]:
            set_to(volume, **{name: value})
            assert bars(volume)[2] == pytest.approx(start, abs=1e-8)
    set_to(volume, height=0.6)
    assert bars(volume)[2] == pytest.approx(start / 2)


@pytest.mark.parametrize("turn", [-60, 0, 45])
@pytest.mark.parametrize(("slide", "height"), [(-1.2, 1.3), (0.4, -0.8), (1.2, 0.0)])
def test_the_third_column_goes_to_where_its_tip_is_pulled(volume, slide, height, turn):
    set_to(volume, turn=turn)
    turned = Rotation.from_euler("z", turn, degrees=True).as_matrix()
    volume.drag("tip of A e₃", *(SEEN @ turned @ [slide, FORWARD, height]))
    assert volume._values() == {"slide": slide, "height": height, "turn": turn}


def test_a_third_column_pulled_too_far_aside_still_follows_up_and_down(volume):
    edge = SEEN @ [1.2, FORWARD, 0.6]
    volume.drag("tip of A e₃", edge[0] + 1.5, edge[1])
    assert volume._values() == {"slide": 1.2, "height": 0.6, "turn": 0}


@pytest.mark.parametrize(
    ("pulled", "turn"), [(-60, -60), (-32, -30), (45, 45), (170, 45), (-140, -60)]
)
def test_the_box_turns_to_where_its_first_column_is_pulled(volume, pulled, turn):
    angle = np.radians(pulled)
    volume.drag("tip of A e₁", *(SEEN @ [1.2 * np.cos(angle), 1.2 * np.sin(angle), 0]))
    assert volume._values() == volume._starts | {"turn": turn}


class TestPictures(Pictures):
    figures = (explorers.volume,)
