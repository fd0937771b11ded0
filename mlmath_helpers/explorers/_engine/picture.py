"""The picture as the browser holds it: one widget of picture, sentence and handles.

Its front end is ``picture.js``. All that travels is text, which every kernel can send.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import anywidget
from matplotlib.axes import Axes
from traitlets import Float, Int, Unicode

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Handle:
    """A point of the picture that the reader may take hold of.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        In whose coordinates it is placed.
    at : callable
        ``at(**values) -> (x, y)``: where it is, or None where there is none.
    drag : callable
        ``drag(x, y, **values) -> {control: value}``: what to set if it is pulled there. The
        point is always inside the axes; each value goes to the nearest that its control holds.
        (Beside a control called x or y, call the two otherwise.)
    label : str
        What is moved, in the words of the picture.
    """

    axes: Axes
    at: Callable
    drag: Callable
    label: str

    def place(self, values):
        """Return where it is, as shares of the picture from its left and its top, or None."""
        point = self.at(**values)
        if point is None:
            return None
        x, y = self.axes.transData.transform(point) / self.axes.figure.bbox.size
        return [round(float(x), 5), round(float(1 - y), 5)]

    def point(self, place):
        """Return the point of the axes that is nearest to a place in the picture."""
        width, height = self.axes.figure.bbox.size
        return self._nearest((place[0] * width, (1 - place[1]) * height))

    def inside(self, x, y):
        """Return the point of the axes that is nearest to one that may be outside."""
        return self._nearest(self.axes.transData.transform((x, y)))

    def _nearest(self, pixel):
        box = self.axes.bbox
        x, y = min(max(pixel[0], box.x0), box.x1), min(max(pixel[1], box.y0), box.y1)
        x, y = self.axes.transData.inverted().transform((x, y))
        return float(x), float(y)


class Picture(anywidget.AnyWidget):
    """What the browser shows of a figure, and where the reader pulls."""

    _esm = HERE / "picture.js"
    _css = HERE / "picture.css"

    source = Unicode(help="the picture, as an address that holds it").tag(sync=True)
    width, height = Int(help="in CSS pixels").tag(sync=True), Int().tag(sync=True)
    sentence = Unicode(help="what it shows").tag(sync=True)
    trouble = Unicode(help="why it does not show what was asked for").tag(sync=True)
    handles = Unicode("[]", help="where they are and what they are called, JSON").tag(sync=True)
    call = Unicode(help="the Python that makes this state").tag(sync=True)
    pull = Unicode(help="which handle was pulled where, JSON").tag(sync=True, echo_update=False)
    answered = Float(help="the id of the pull that was done last").tag(sync=True)
