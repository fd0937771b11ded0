"""Points of a learner's own, for the tests of both figures that take them."""

import numpy as np

RNG = np.random.default_rng(2)
POINTS = {  # x, y, and the units in which they are shown
    "falling": ([1, 2, 4, 5], [3.1, 2.7, 1.2, 0.9], 1, 1),
    "two": ([-3, 8], [5, 5.5], 1, 1),
    "years": (np.arange(1990, 2021), 3e9 + 1e8 * RNG.normal(size=31), 1, 1e9),
    "tiny": (1e-6 * RNG.uniform(2, 9, 100), 1e-9 * RNG.normal(size=100), 1e-6, 1e-9),
    "ties": ([1, 1, 1, 2, 2, 2], [4, 4, 4, 4, 4, 4], 1, 1),
    "left of 0": ([-40.0, -20, -10], [0, 1, 5], 1, 1),
}
