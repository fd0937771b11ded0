"""The figures drawn: the still pictures of the pages, and the files that move them.

Each figure is drawn as the course draws it. For a narrow screen its panels stand below each
other; where that cannot be done, or is not enough, it is drawn a second time, on narrower paper.
"""

import functools
import gzip
import json
import multiprocessing
import os
from unittest import mock

import numpy as np
from matplotlib.text import Text
from matplotlib.transforms import Bbox

import crops
import figures
import frames
from mlmath_helpers.explorers._engine.explorer import SHARPNESS

NARROW = 540  # CSS pixels: no wider is a picture for a narrow screen, or its widest panel
PHONE, LEGIBLE = 338, 9  # CSS pixels: so wide a phone shows a picture, so high are words there
LARGEST = 700_000  # bytes of a file that moves a figure: what is larger is drawn frugally
POINT = 100 / 72  # CSS pixels
TRIES = 10  # narrower papers: a panel does not always get narrower with its paper


class Drawing:
    """A figure on paper of some width, in all the states that the pages show.

    Attributes
    ----------
    controls : list of figures.Control
    still : ndarray
        The picture of the start.
    alt, longest : str
        Its sentence, and the longest of all sentences.
    script : bytes
        The file that moves it, over all pairs of stops, those of the first control fastest.
    worth_seeing : list of (ndarray, str)
        The states that are named in its factory.
    face : ndarray or None
        The state of the front page.
    """

    def __init__(self, task, paper=figures.PAPER, *, frugal=False):
        explorer, played = figures.made(task, paper)
        choose = figures.fewest if frugal else figures.chosen
        self.controls = figures.page_controls(explorer, played, choose)
        self.still, self.alt = frames.pixels(explorer.png), explorer.sentence
        self._ink = self.still != frames.WHITE
        pngs, sentences = [], []
        for state in figures.states(self.controls):
            self._see(explorer, state)
            pngs.append(explorer.png)
            sentences.append(explorer.sentence)
        self.script = frames.script(pngs, sentences, self.still)
        if frugal and len(self.script) > LARGEST:
            self.script = frames.script(pngs, sentences, self.still, thorough=True)
        self.longest, self.n_states = max(sentences, key=len), len(sentences)
        self.worth_seeing, self.face = [], None
        for still in explorer.stills:
            explorer.reset()
            self.worth_seeing.append(self._see(explorer, still))
        if task.face is not None:
            explorer.reset()
            self.face, _ = self._see(explorer, task.face[0])
        texts = [text for text in explorer.figure.findobj(Text) if text.get_text().strip()]
        self.smallest = POINT * min(text.get_fontsize() for text in texts)
        for left, top, right, bottom in _words(explorer.figure):  # no cut goes between two
            self._ink[top:bottom, left:right] = True
        self._axes = [_box(axes) for axes in explorer.figure.axes]
        explorer.close()

    def _see(self, explorer, state):
        for name, value in state.items():
            explorer.controls[name].value = value
        picture = frames.pixels(explorer.png)
        self._ink |= picture != frames.WHITE
        return picture, explorer.sentence

    def parts(self, widest):
        """Return the boxes of its panels, none wider than so many CSS pixels if that can be."""
        return crops.pieces(self._ink, self._axes, widest * SHARPNESS)


def _box(axes):
    """Return the box of an axes, and of the words left of it, in pixels from the top."""
    beside = axes.yaxis.get_tightbbox()
    return _from_top(axes.figure, Bbox.union([axes.bbox, beside]) if beside else axes.bbox)


def _words(figure):
    """Return the boxes of the titles and notes of a figure, in whole pixels from the top."""
    for axes in figure.axes:
        for text in axes.get_children():
            if isinstance(text, Text) and text.get_visible() and text.get_text().strip():
                box = np.clip(_from_top(figure, text.get_window_extent()), 0, None)
                yield np.round(box).astype(int)


def _from_top(figure, box):
    (left, bottom), (right, top) = box.get_points()
    height = figure.bbox.height
    return left, height - top, right, height - bottom


def for_narrow(task, wide, *, frugal=False):
    """Return the drawing for a narrow screen, and the boxes of its parts in it."""
    limit = min(NARROW, PHONE * wide.smallest / LEGIBLE)
    drawing, paper = wide, figures.PAPER
    for _ in range(TRIES):
        boxes = drawing.parts(limit)
        widest = max(right - left for left, _, right, _ in boxes) / SHARPNESS
        if widest <= limit:
            return drawing, boxes
        if len(boxes) == 1:
            widest = 100 * paper
        paper = 0.02 * int(0.98 * paper * limit / widest / 0.02)  # whole pixels
        drawing = Drawing(task, paper, frugal=frugal)
    raise figures.NotDrawn(f"{task.name}: its words are under {LEGIBLE} CSS pixels on a phone")


def draw(site, task):
    """Draw a figure and write its files; return what the pages say of it."""
    for frugal in (False, True):
        wide = Drawing(task, frugal=frugal)
        narrow, boxes = for_narrow(task, wide, frugal=frugal)
        if max(len(wide.script), len(narrow.script)) <= LARGEST:
            break
    name, whole = f"{task.stem}-{task.cell}", [(0, 0, *wide.still.shape[::-1])]
    write = functools.partial(_picture, site)
    views = {
        "wide": write(name, wide.still) | _moved_by(site, task, wide, whole),
        "narrow": write(f"{name}-narrow", crops.stacked(narrow.still, boxes))
        | _moved_by(site, task, narrow, boxes),
    }
    left, top, right, bottom = boxes[task.face[1] if task.face else 0]
    return views | {
        "cell": task.cell,
        "name": task.name,
        "alt": wide.alt,
        "longest": wide.longest,
        "controls": [_described(control) for control in wide.controls],
        "stills": [
            write(f"{name}-{number}", crops.stacked(picture, boxes)) | {"alt": sentence}
            for number, (picture, sentence) in enumerate(narrow.worth_seeing)
        ],
        "face": None
        if narrow.face is None
        else write(f"{name}-face", narrow.face[top:bottom, left:right]),
        "n_states": wide.n_states,
        "bytes": max(len(wide.script), len(narrow.script)),
        "gzipped": max(len(gzip.compress(each.script)) for each in (wide, narrow)),
    }


def _described(control):
    """Return what the page says of a control."""
    words = [text for _, text in control.stops]
    return {
        "label": control.label,
        "start": control.start,
        "last": len(words) - 1,
        "longest": max(words, key=len),
        "now": words[control.start],
        "words": json.dumps(words, ensure_ascii=False),
    }


def _moved_by(site, task, drawing, boxes):
    """Write the file with the frames of a drawing, and say how it is cut."""
    file = _write(site, f"frames/{task.stem}/{task.cell}", ".js", drawing.script)
    return {"frames": file, "crops": json.dumps(crops.below(boxes)[1])}


def _picture(site, name, picture):
    height, width = picture.shape
    content = frames.webp(picture, method=6, quality=90)
    return {
        "file": _write(site, f"assets/pictures/{name}", ".webp", content),
        "width": round(width / SHARPNESS),
        "height": round(height / SHARPNESS),
    }


def _write(site, name, ending, content):
    """Write a file whose name has a digest of its content, and return its address.

    So a page that a browser has kept finds its own pictures or none, never those of a later build.
    """
    address = f"{name}-{frames.digest(content)}{ending}"
    (site / address).parent.mkdir(parents=True, exist_ok=True)
    (site / address).write_bytes(content)
    return address


def draw_all(site, tasks):
    """Draw all figures, one on each processor: {notebook: {cell: what the pages say of it}}."""
    one_thread = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
    with (
        mock.patch.dict(os.environ, one_thread),
        multiprocessing.get_context("spawn").Pool() as pool,
    ):
        drawn = pool.map(functools.partial(draw, site), tasks, chunksize=1)
    found = {task.stem: {} for task in tasks}
    for task, figure in zip(tasks, drawn, strict=True):
        found[task.stem][task.cell] = figure
    return found
