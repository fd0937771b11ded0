"""Pictures as PNG of 256 colours, fast: only pixels that moved are looked at.

Making a palette for each frame costs more than the frame, and one made for the first frame
does not fit the next. So here a palette grows: a colour of many pixels gets an entry as good
as its own, one of few pixels (the soft edge of a line) that of a near colour, where there
is one. A picture for which 256 colours do not suffice is kept in full colour.
"""

from io import BytesIO

import numpy as np
from PIL import Image

COLOUR_TOLERANCE = 16  # of 255: no channel of a pixel moves by more
_CELL = 4  # colours within a cell of this width share an entry
_MANY = 500  # pixels, a square of 15 CSS pixels
_NEAR_FOR_MANY, _NEAR_FOR_FEW = 2, COLOUR_TOLERANCE - (_CELL - 1)
_UNKNOWN = 255


class TooManyColoursError(Exception):
    """The picture needs more than 256 colours."""


class Palette:
    """Up to 256 colours, and a table from cells of colour space to them."""

    def __init__(self):
        self.colours = np.array([[255, 255, 255]], dtype=np.int16)  # white stays exactly white
        self._entry = np.zeros((256 // _CELL) ** 3, dtype=np.uint8)
        self._distance = np.full(len(self._entry), _UNKNOWN, dtype=np.uint8)

    def entries(self, pixels):
        """Return for each pixel (packed, as 0xAABBGGRR) the index of its colour."""
        cells = (pixels & 0xFC) >> 2 | (pixels & 0xFC00) >> 4 | (pixels & 0xFC0000) >> 6
        rough = np.flatnonzero(self._distance[cells] > _NEAR_FOR_MANY)
        if rough.size:
            self._learn(cells[rough], pixels[rough])
        return self._entry[cells]

    def _learn(self, cells, pixels):
        cells, examples, counts = np.unique(cells, return_index=True, return_counts=True)
        near = np.where(counts >= _MANY, _NEAR_FOR_MANY, _NEAR_FOR_FEW)
        needed = np.flatnonzero(self._distance[cells] > near)
        needed = needed[np.argsort(-counts[needed], kind="stable")]  # the most common first
        colours = pixels[examples[needed], None] >> np.array([0, 8, 16], dtype=np.uint32) & 0xFF
        colours = colours.astype(np.int16)  # (n, 3)
        while len(needed):
            distances = _distances(colours, self.colours)  # (n, number of entries)
            nearest = distances.argmin(axis=1)
            distances = np.take_along_axis(distances, nearest[:, None], axis=1)[:, 0]
            found = distances <= near[needed]
            self._entry[cells[needed[found]]] = nearest[found]
            self._distance[cells[needed[found]]] = distances[found]
            needed, colours = needed[~found], colours[~found]
            self._add(colours, near[needed])

    def _add(self, colours, near):
        """Take up colours that are not near each other, the first ones first."""
        new = np.empty((0, 3), dtype=np.int16)
        for colour, reach in zip(colours, near, strict=True):
            if not len(new) or _distances(colour[None], new).min() > reach:
                new = np.vstack([new, colour])
                if len(self.colours) + len(new) > 256:
                    raise TooManyColoursError
        self.colours = np.vstack([self.colours, new])


class Encoder:
    """Encodes pictures (RGBA) that mostly agree with a still one."""

    def __init__(self):
        self._palette = Palette()

    def set_still(self, pixels):
        """Remember the picture that the next ones mostly agree with; it must not change."""
        self._still = _packed(pixels)
        self._still_entries = None

    def encode(self, pixels):
        """Return the picture as PNG."""
        height, width = pixels.shape[:2]
        for new_palette in (False, True):
            if new_palette:
                self._palette, self._still_entries = Palette(), None
            try:
                entries = self._entries(_packed(pixels))
            except TooManyColoursError:
                continue
            picture = Image.fromarray(entries.reshape(height, width))
            picture.putpalette(self._palette.colours.astype(np.uint8).tobytes())
            return _saved(picture)
        return _saved(Image.fromarray(pixels[..., :3]))

    def _entries(self, pixels):
        if self._still_entries is None:
            self._still_entries = self._palette.entries(self._still)
        entries = self._still_entries.copy()
        moved = np.flatnonzero(pixels != self._still)
        entries[moved] = self._palette.entries(pixels[moved])
        return entries


def _distances(colours, others):
    """Return by how much the worst channel differs, for each pair of colours."""
    by_channel = [np.abs(colours[:, None, i] - others[:, i]) for i in range(3)]
    return np.maximum(np.maximum(by_channel[0], by_channel[1]), by_channel[2])


def _packed(pixels):
    return np.ascontiguousarray(pixels).view("<u4").ravel()


def _saved(picture):
    file = BytesIO()
    picture.save(file, "PNG", compress_level=1)
    return file.getvalue()
