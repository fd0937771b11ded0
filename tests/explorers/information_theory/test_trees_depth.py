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
def test_no_two_bars_lie_on_each_other_and_branches_lead_down_by_one_row(made, n_seen, draw):
    explorer = made(explorers.tree_depth, depth=8, n_seen=n_seen, draw=draw)
    parties = [
        f"{party} {kind}"
        for party in ("Democrats", "Republicans")
        for kind in ("in leaves", "divided")
    ]
    all_boxes = np.concatenate([boxes(explorer, gid) for gid in parties])
    for level in range(9):
        x = np.sort(all_boxes[np.isclose(all_boxes[:, 2], level)], axis=0)
        assert (x[1:, 0] >= x[:-1, 1] - 1e-12).all()
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
    for gid, these in zip(("seen", "held out"), rows, strict=True):
        right = tree.accuracy(votes_of(these), PARTY[these])
        ((left, end, _),) = boxes(explorer, gid)
        assert (left, end) == pytest.approx((0, 100 * (1 - right)), abs=1e-9)
        said.append(f"{right:.1%}")
    leaves = tree.count_leaves()
    assert explorer.sentence.startswith(
        f"Depth at most {depth} ({leaves} {'leaf' if leaves == 1 else 'leaves'}) is right for "
        f"{said[0]} of {n_seen} seen, in draw {draw} for {said[1]} held out (mean "
    )


def test_the_mark_is_the_mean_of_what_the_ten_draws_show(made):
    explorer = made(explorers.tree_depth)
    for state in ({"depth": 1, "n_seen": 300}, {"depth": 8, "n_seen": 50}):
        wrong = []
        for draw in range(1, 11):
            set_to(explorer, **state, draw=draw)
            wrong.append(boxes(explorer, "held out")[0, 1])
        assert points(explorer, "mean")[:, 0] == pytest.approx(np.mean(wrong))
        assert explorer.sentence.endswith(f"(mean {1 - np.mean(wrong) / 100:.1%}).")


def test_what_a_tree_has_seen_it_knows_better_with_each_question(made):
    explorer = made(explorers.tree_depth)
    for draw in range(1, 11):
        wrong = []
        for depth in range(9):
            set_to(explorer, depth=depth, draw=draw)
            wrong.append(boxes(explorer, "seen")[0, 1])
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
