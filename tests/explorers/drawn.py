"""What the tests of explorers share: finding them, reading their pictures and their artists."""

import functools
import importlib
import pkgutil
import re
from base64 import b64decode
from contextlib import contextmanager
from io import BytesIO
from unittest import mock

import numpy as np
from matplotlib.axis import Axis
from PIL import Image

import mlmath_helpers.explorers
from mlmath_helpers.explorers._engine.explorer import in_course_style
from mlmath_helpers.explorers._engine.png import COLOUR_TOLERANCE, Encoder
from mlmath_helpers.explorers._engine.words import typeset

CHAPTERS = {
    folder.name: importlib.import_module(f"mlmath_helpers.explorers.{folder.name}").EXPLORERS
    for folder in pkgutil.iter_modules(mlmath_helpers.explorers.__path__)
    if not folder.name.startswith("_")
}


def live_picture(explorer):
    """Return the pixels of the picture that the learner sees."""
    return decoded(b64decode(explorer.picture.source.removeprefix("data:image/png;base64,")))


def decoded(png):
    """Return the pixels of a PNG."""
    return np.asarray(Image.open(BytesIO(png)).convert("RGB"))


@in_course_style
def full_picture(explorer):
    """Return the pixels of a plain full draw, and leave the figure as it was."""
    figure = explorer.figure
    animated = [artist for artist in parts(figure) if artist.get_animated()]
    for artist in animated:
        artist.set_animated(False)
    figure.canvas.draw()
    pixels = np.asarray(figure.canvas.buffer_rgba())[..., :3].copy()
    for artist in animated:
        artist.set_animated(True)
    return pixels


def canvas_pixels(explorer):
    """Return the pixels that were drawn last, of four channels, before they become a PNG."""
    return np.array(explorer.figure.canvas.buffer_rgba())


@contextmanager
def unencoded():
    """Draw pictures, and make no PNG of them: a test that reads the PNG fails."""
    with mock.patch.object(Encoder, "encode", return_value=b""):
        yield


def which_are_alike(pictures, encode):
    """Return for each picture the place of the first one that the learner cannot tell from it.

    A PNG moves a channel by so much at most: what differs by more than twice that differs there.
    Of pictures that differ by less PNGs are made.
    """
    pixels = [picture.view(np.uint32).ravel() for picture in pictures]
    moved = np.flatnonzero(np.logical_or.reduce([each != pixels[0] for each in pixels]))
    moved = [each[moved].view(np.uint8).astype(np.int16) for each in pixels]
    few = max(1, len(moved[0]) // 2000)

    def alike(i, j):
        for step in (few, 1):  # mostly a few pixels tell
            off = np.abs(moved[i][::step] - moved[j][::step])
            if off.max(initial=0) > 2 * COLOUR_TOLERANCE:
                return False
        return np.array_equal(*(decoded(encode(pictures[k])) for k in (i, j)))

    return [next(j for j in range(i + 1) if j == i or alike(i, j)) for i in range(len(pictures))]


def assert_true(explorer, truth=None):
    """Compare the live picture with a full draw, pixel by pixel."""
    truth = full_picture(explorer) if truth is None else truth
    picture = live_picture(explorer)
    assert picture.shape == truth.shape
    off = np.maximum(picture, truth) - np.minimum(picture, truth)
    assert off.max() <= COLOUR_TOLERANCE, (
        f"{(off > COLOUR_TOLERANCE).any(axis=2).sum()} pixels are wrong, by {off.max()} at most"
    )


def every_value(control):
    """Return the values that a control can take, in order."""
    if hasattr(control, "options"):
        return [value for _, value in control._options_full]
    return list(_every_stop(control.min, control.max, control.step, type(control.value)))


@functools.cache
def _every_stop(low, high, step, kind):
    stops = np.linspace(low, high, round((high - low) / step) + 1).round(12)
    return [kind(stop) for stop in stops]


def sample(control, n):
    """Return up to n of its values, spread over the range, both ends among them."""
    values = every_value(control)
    return [values[i] for i in places_along(values, n)]


def places_along(values, n):
    """Return the places of up to n of the values, spread over them, both ends among them."""
    return np.unique(np.linspace(0, len(values) - 1, n).round().astype(int)).tolist()


def first_and_last(values):
    """Return the places of the first four and those of the last four values."""
    places = list(range(len(values)))
    return places[:4], places[-4:]


def random_state(explorer, rng):
    choices = {name: every_value(control) for name, control in explorer.controls.items()}
    return {name: values[rng.integers(len(values))] for name, values in choices.items()}


def undrawn(explorer):
    """Return the explorer, which makes no more pictures: its artists and its sentence still move.

    For tests that read nothing else; a test that reads its picture fails.
    """
    explorer._draw, explorer.png = lambda moved: None, b""
    return explorer


def drawn(explorer):
    """Return the explorer, which makes pictures again from its next move on."""
    vars(explorer).pop("_draw", None)
    return explorer


def set_to(explorer, **values):
    """Set controls in one step, and return the sentence."""
    explorer._set(values)
    return explorer.sentence


def said(explorer, **values):
    """Return the sentence for values of all controls, and leave the figure as it is."""
    return typeset(explorer._describe(**values))


def move(explorer, values):
    """Set one control after the other."""
    for name, value in values.items():
        explorer.controls[name].value = value


def parts(artist):
    """Yield an artist and all that it is made of, but for ticks, which take long to be listed."""
    left = [artist]
    while left:
        artist = left.pop()
        yield artist
        if not isinstance(artist, Axis):
            left += reversed(artist.get_children())


def part(explorer, gid, which=None):
    """Return the artist with this gid; where several bear it, say which."""
    found = [artist for artist in parts(explorer.figure) if artist.get_gid() == gid]
    if which is None:
        (artist,) = found
        return artist
    return found[which]


def points(explorer, gid, which=None):
    """Return the points of a line, shape (n, 2)."""
    return np.column_stack(part(explorer, gid, which).get_data()).astype(float)


def runs_through(box, line):
    """Say whether a line, at twenty places to each of its pieces, lies behind a box."""
    corners = line.axes.transData.transform(line.get_xydata())
    along = np.linspace(0, len(corners) - 1, 20 * len(corners))
    x, y = (np.interp(along, range(len(corners)), coordinate) for coordinate in corners.T)
    return np.any((box.x0 < x) & (x < box.x1) & (box.y0 < y) & (y < box.y1))


def tip(explorer, name, which=0):
    """Return where an arrow points."""
    return np.array(part(explorer, name, which)._posA_posB[1])


def numbers(sentence):
    """Return the numbers in a sentence, percent signs as shares."""
    sentence = sentence.replace("−", "-")
    found = re.findall(r"(?<![\w.])([+-]?\d[\d,]*(?:\.\d+)?(?:e-?\d+)?)(%?)", sentence)
    return [float(text.replace(",", "")) / (100 if percent else 1) for text, percent in found]
