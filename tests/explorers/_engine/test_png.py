"""The palette that grows."""

from io import BytesIO

import numpy as np
from PIL import Image

from mlmath_helpers.explorers._engine.png import COLOUR_TOLERANCE, Encoder


def test_the_encoder_moves_no_channel_by_more_than_it_states():
    rng = np.random.default_rng(0)
    encoder = Encoder()
    still = np.full((80, 120, 4), 255, dtype=np.uint8)
    encoder.set_still(still)
    for n_colours in (2, 40, 300, 5000):
        picture = still.copy()
        colours = rng.integers(0, 256, (n_colours, 3))
        picture[10:70, 10:110, :3] = colours[rng.integers(n_colours, size=(60, 100))]
        read = np.asarray(Image.open(BytesIO(encoder.encode(picture))).convert("RGB"), dtype=int)
        assert np.abs(read - picture[..., :3]).max() <= COLOUR_TOLERANCE
        assert (read[:10] == 255).all(), "white is white"
