"""What the tests of dealt groups share: reading the bars, the sentence and the last deal."""

import numpy as np

from explorers.drawn import numbers, part, points


def bars(explorer, gid):
    """Return the middle and the height of each bar, (bars, 2)."""
    corners = [path.vertices for path in part(explorer, gid).get_paths()]
    return np.array([(each[:4, 0].mean(), np.ptp(each[:, 1])) for each in corners]).reshape(-1, 2)


def counted(explorer):
    """Return how many deals lie in the grey and how many in the coloured bars."""
    heights = [bars(explorer, gid)[:, 1] for gid in ("nearer", "as far")]
    deals = explorer.controls["deals"].value
    each = np.concatenate(heights).sum() / deals
    sizes = [height / each for height in heights]
    np.testing.assert_allclose(np.concatenate(sizes), np.concatenate(sizes).round(), atol=1e-6)
    return [round(size.sum()) for size in sizes]


def said(explorer):
    """Return how many deals are as far apart, of how many, p, and p by the formula."""
    return numbers(explorer.sentence.partition("as far")[2])


def last_deal(explorer):
    """Return the numbers that the last deal calls a, and those that it calls b."""
    everything = np.concatenate([points(explorer, gid) for gid in ("dealt a", "dealt b")])
    called_a = everything[:, 0] > 2.9
    return everything[called_a, 1], everything[~called_a, 1]
