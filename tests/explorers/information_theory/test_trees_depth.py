"""A tree and its mistakes, against trees grown to each depth one by one."""

import numpy as np
import pytest

from explorers.drawn import part, points, set_to
from explorers.pictures import Pictures
from mlmath_helpers.datasets import load_house_votes
from mlmath_helpers.explorers import information_theory as explorers
from mlmath_helpers.information_theory import DecisionTree

VOTES, PARTY = load_house_votes()
HEIGHT = 0.6  # of a bar
PARTS = [f"{p} {kind}" for p in ("Democrats", "Republicans") for kind in ("in leaves", "divided")]
TREES = [(300, 1), (300, 7), (150, 3), (50, 2), (50, 10)]  # members and draw


def rows_of(n_seen, draw):
    """Return the members that are seen and those that are held out."""
    rng = np.random.default_rng(0)
    for _ in range(draw):
        order = rng.permutation(435)
    return order[135:][:n_seen], order[:135]


def votes_of(rows):
    return {name: column[rows] for name, column in VOTES.items()}


def boxes(explorer, gid):
    """Return left edge, right edge and level of the boxes with this gid, (n, 3)."""
    found = [path.vertices for path in part(explorer, gid).get_paths()]
    for corners in found:
        assert np.ptp(corners[:, 1]) == pytest.approx(HEIGHT)
    level = [(c[:, 1].min() + c[:, 1].max()) / 2 for c in found]
    return np.array(
        [(c[:, 0].min(), c[:, 0].max(), y) for c, y in zip(found, level, strict=True)]
    ).reshape(-1, 3)


def made_tree(n_seen, draw):
    seen, _ = rows_of(n_seen, draw)
    return DecisionTree().fit(votes_of(seen), PARTY[seen])


def groups_in(node, columns, rows, level=0):
    """Yield level, members and whether it is a leaf, of each group below a node."""
    yield level, rows, not node.children
    for answer, child in node.children.items():
        yield from groups_in(
            child, columns, rows[columns[node.split.feature][rows] == answer], level + 1
        )


@pytest.mark.parametrize(("n_seen", "draw"), TREES)
@pytest.mark.parametrize("depth", [0, 1, 2, 4, 8])
def test_the_bars_are_the_groups_of_the_tree_that_is_grown_to_this_depth(made, depth, n_seen, draw):
    explorer = made(explorers.tree_depth, depth=depth, n_seen=n_seen, draw=draw)
    seen, _ = rows_of(n_seen, draw)
    tree = DecisionTree(max_depth=depth).fit(votes_of(seen), PARTY[seen])
    groups = list(groups_in(tree.root, VOTES, seen))
    stripes = part(explorer, "stripes").get_segments()
    for party, name in [("Democrats", "democrat"), ("Republicans", "republican")]:
        for kind, wanted in [("in leaves", True), ("divided", False)]:
            drawn = boxes(explorer, f"{party} {kind}")
            members = sorted(
                (level, np.sum(PARTY[rows] == name))
                for level, rows, is_leaf in groups
                if is_leaf == wanted and np.any(PARTY[rows] == name)
            )
            widths = n_seen * (drawn[:, 1] - drawn[:, 0])
            np.testing.assert_allclose(sorted(zip(drawn[:, 2], widths, strict=True)), members or [])
    striped = sorted((y[0], x[0], x[1]) for x, y in (segment.T for segment in stripes))
    republicans = [boxes(explorer, f"Republicans {kind}") for kind in ("in leaves", "divided")]
    expected = sorted((y, x0, x1) for x0, x1, y in np.concatenate(republicans))
    np.testing.assert_allclose(striped, expected)
    assert len(part(explorer, "branches").get_segments()) == len(groups) - 1


@pytest.mark.parametrize(("n_seen", "draw"), TREES)
def test_there_is_a_gap_between_groups_and_none_within_one(made, n_seen, draw):
    explorer = made(explorers.tree_depth, depth=8, n_seen=n_seen, draw=draw)
    low, high = part(explorer, "line").axes.get_xlim()
    groups = list(groups_in(made_tree(n_seen, draw).root, VOTES, rows_of(n_seen, draw)[0]))
    all_boxes = np.concatenate([boxes(explorer, gid) for gid in PARTS])
    for level in range(9):
        x = np.sort(all_boxes[np.isclose(all_boxes[:, 2], level)], axis=0)
        gaps = x[1:, 0] - x[:-1, 1]
        wide = gaps > 0.0039  # two pixels and more
        assert (wide | (np.abs(gaps) < 1e-12)).all()
        n_groups = sum(each == level for each, _, _ in groups)
        assert wide.sum() == max(n_groups - 1, 0)
        assert ((low < x[:, :2]) & (x[:, :2] < high)).all()


@pytest.mark.parametrize(("n_seen", "draw"), TREES)
def test_branches_lead_down_by_one_row_from_the_middle_of_a_group(made, n_seen, draw):
    explorer = made(explorers.tree_depth, depth=8, n_seen=n_seen, draw=draw)
    for start, end in part(explorer, "branches").get_segments():
        assert end[1] - start[1] == pytest.approx(1 - HEIGHT)


@pytest.mark.parametrize(("n_seen", "draw"), TREES)
@pytest.mark.parametrize("depth", [0, 1, 2, 5, 8])
def test_a_tree_cut_at_a_depth_is_as_often_right_as_the_one_grown_to_it(made, depth, n_seen, draw):
    explorer = made(explorers.tree_depth, depth=depth, n_seen=n_seen, draw=draw)
    rows = rows_of(n_seen, draw)
    assert not set(rows[0]) & set(rows[1])
    tree = DecisionTree(max_depth=depth).fit(votes_of(rows[0]), PARTY[rows[0]])
    said = []
    for row, (gid, these) in enumerate(zip(("seen", "held out"), rows, strict=True)):
        right = tree.accuracy(votes_of(these), PARTY[these])
        here = points(explorer, "this draw")[row]
        assert here[0] == pytest.approx(100 * (1 - right), abs=1e-9)
        assert points(explorer, gid)[draw - 1] == pytest.approx(here), "one of the ten dots"
        said.append(f"{right:.1%}")
    leaves = tree.count_leaves()
    assert explorer.sentence.startswith(
        f"Depth at most {depth} ({leaves} {'leaf' if leaves == 1 else 'leaves'}) is right for "
        f"{said[0]} of {n_seen} seen, in draw {draw} for {said[1]} held out (mean "
    )


def test_there_is_a_dot_for_each_draw_and_the_mark_is_their_mean(made):
    explorer = made(explorers.tree_depth)
    for state in ({"depth": 1, "n_seen": 300}, {"depth": 8, "n_seen": 50}):
        wrong = []
        for draw in range(1, 11):
            set_to(explorer, **state, draw=draw)
            wrong.append(points(explorer, "this draw"))
        for row, gid in enumerate(("seen", "held out")):
            np.testing.assert_array_equal(points(explorer, gid), [each[row] for each in wrong])
            mark = points(explorer, "mean")[3 * row : 3 * row + 2]
            assert mark[:, 0] == pytest.approx(np.mean(wrong, axis=0)[row, 0])
            assert mark[0, 1] < points(explorer, gid)[:, 1].min()
            assert mark[1, 1] > points(explorer, gid)[:, 1].max()
        mean = 1 - np.mean(wrong, axis=0)[1, 0] / 100
        assert explorer.sentence.endswith(f"(mean {mean:.1%}).")


def test_every_draw_s_mistakes_are_on_the_scale_and_no_dot_hides_another(made):
    explorer = made(explorers.tree_depth)
    dot = part(explorer, "seen").get_markersize() / 2 * explorer.figure.dpi / 72
    for n_seen, depth in [(50, 0), (50, 8), (300, 0), (300, 1), (300, 8)]:
        set_to(explorer, n_seen=n_seen, depth=depth)
        for gid in ("seen", "held out"):
            line = part(explorer, gid)
            assert line.get_xdata().max() <= line.axes.get_xlim()[1]
            places = line.get_transform().transform(points(explorer, gid))
            apart = np.linalg.norm(places[:, None] - places, axis=2) + 99 * np.eye(10)
            assert apart.min() > dot


def test_the_scale_of_the_mistakes_is_none_of_the_bars(made):
    """Were both as wide, the Democrats would seem to end at a percentage."""
    explorer = made(explorers.tree_depth)
    top, bottom = explorer.figure.axes
    ((_, end, _),) = boxes(explorer, "Republicans divided")
    ((begin, _, _),) = boxes(explorer, "Democrats divided")
    left, right = top.transData.transform([(begin, 0), (end, 0)])[:, 0]
    assert bottom.bbox.x0 < left - 10
    assert bottom.bbox.width < 0.85 * (right - left)


def test_the_question_that_is_named_is_the_first_of_every_tree(made):
    (words,) = [t.get_text() for t in made(explorers.tree_depth).figure.axes[0].texts[1:2]]
    assert words == "first: freeze physicians’ fees?"
    for n_seen in (50, 150, 300):
        for draw in range(1, 11):
            seen, _ = rows_of(n_seen, draw)
            tree = DecisionTree(max_depth=1).fit(votes_of(seen), PARTY[seen])
            assert tree.root.split.feature == "physician_fee_freeze"


def test_what_a_tree_has_seen_it_knows_better_with_each_question(made):
    explorer = made(explorers.tree_depth)
    for draw in range(1, 11):
        wrong = []
        for depth in range(9):
            set_to(explorer, depth=depth, draw=draw)
            wrong.append(points(explorer, "this draw")[0, 0])
        assert (np.diff(wrong) <= 1e-12).all()
        assert wrong[-1] < 1


@pytest.mark.parametrize(("y", "depth"), [(-0.9, 0), (0.3, 0), (3.9, 3), (4.1, 4), (8.7, 8)])
def test_the_line_is_pulled_to_where_the_tree_is_cut(made, y, depth):
    explorer = made(explorers.tree_depth, n_seen=50, draw=3)
    explorer.drag("line where the tree is cut", 0.2, y)
    assert explorer._values() == {"depth": depth, "n_seen": 50, "draw": 3}
    assert points(explorer, "line")[:, 1].tolist() == [depth + 0.5] * 2


class TestPictures(Pictures):
    figures = (explorers.tree_depth,)


@pytest.mark.parametrize(("n_seen", "draw"), TREES)
def test_the_answers_to_the_first_question_stand_on_the_groups_that_gave_them(made, n_seen, draw):
    explorer = made(explorers.tree_depth, depth=0, n_seen=n_seen, draw=draw)
    words = {answer: part(explorer, f"said {answer}") for answer in ("no", "yes")}
    assert not any(text.get_visible() for text in words.values())
    set_to(explorer, depth=2)
    seen, _ = rows_of(n_seen, draw)
    said = VOTES["physician_fee_freeze"][seen]
    drawn = [
        boxes(explorer, f"{party} {kind}")
        for party in ("Democrats", "Republicans")
        for kind in ("divided", "in leaves")
    ]
    drawn = np.concatenate(drawn)
    first = drawn[drawn[:, 2] == 1]
    for answer, text in words.items():
        assert text.get_visible()
        x, y = text.get_position()
        (under,) = first[(first[:, 0] < x) & (x < first[:, 1]) & (y == 1)]
        party = PARTY[seen][said == answer[0]]
        largest = max(np.sum(party == name) for name in ("democrat", "republican"))
        assert n_seen * (under[1] - under[0]) == pytest.approx(largest)
