"""Texts that stand still are set once, ticks once a draw: they take most of a full draw."""

import functools
from unittest import mock

import numpy as np
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

measure, draw = Text._get_layout, RendererAgg.draw_text
draw_figure, set_ticks = Figure.draw, Axis._update_ticks


class _Recorder:
    """Draws letters, and keeps them."""

    def __init__(self, renderer):
        self._renderer, self.letters = renderer, []

    def draw_text_image(self, image, *place):
        self.letters.append((np.array(image), place[:-1]))
        self._renderer.draw_text_image(image, *place)

    def __getattr__(self, name):
        return getattr(self._renderer, name)


def remember(patch):
    """Let matplotlib remember how large a text is, and its letters where it was drawn before.

    Colour and clipping are asked for each time. While it draws a figure, it sets the ticks of an
    axis again only if the axes moved or have other limits: by itself it does so four times or
    more. ``_engine/test_letters.py`` holds what is drawn so to what is drawn without it.
    """
    sizes, drawn = {}, {}

    def remembered_size(text, renderer):
        if text.get_wrap():
            return measure(text, renderer)
        font = text.get_fontproperties()
        key = (text.get_text(), hash(font), text.get_rotation(), text.get_rotation_mode())
        key += (text.get_ha(), text.get_va(), text._multialignment, text._linespacing)
        key += (text.get_parse_math(), text.get_figure().dpi)
        if key not in sizes:
            sizes[key] = measure(text, renderer)
        return sizes[key]

    def remembered_draw(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        key = (x, y, s, hash(prop), angle, gc.get_antialiased(), self.dpi)
        if ismath:  # has strokes beside letters
            draw(self, gc, x, y, s, prop, angle, ismath, mtext)
        elif key in drawn:
            for image, place in drawn[key]:
                self._renderer.draw_text_image(image, *place, gc)
        else:
            agg, self._renderer = self._renderer, _Recorder(self._renderer)
            try:
                draw(self, gc, x, y, s, prop, angle, ismath, mtext)
                drawn[key] = self._renderer.letters
            finally:
                self._renderer = agg

    @functools.wraps(draw_figure)
    def draw_with_remembered_ticks(figure, renderer):
        ticks = {}

        def remembered_ticks(axis):
            place = (*axis.axes.bbox.bounds, *axis.get_view_interval())
            if axis not in ticks or ticks[axis][0] != place:
                ticks[axis] = place, set_ticks(axis)
            return ticks[axis][1]

        with mock.patch.object(Axis, "_update_ticks", remembered_ticks):
            draw_figure(figure, renderer)

    patch.setattr(Text, "_get_layout", remembered_size)
    patch.setattr(RendererAgg, "draw_text", remembered_draw)
    patch.setattr(Figure, "draw", draw_with_remembered_ticks)
