"""The slider figure: the one place that knows about canvases, PNG and display bundles.

A step must cost far less than a frame of the screen (16.7 ms). So a figure is drawn once,
what moves is drawn over a copy of the rest (blitting), and the result travels as a PNG of
256 colours. Both tricks can lie; ``_draw`` says how each lie is caught, and
``tests/explorers/pictures.py`` compares every explorer with a plain full draw.
"""

import functools
import inspect
import json
import threading
import weakref
from base64 import b64encode
from collections.abc import Callable, Sequence
from pathlib import Path

import ipywidgets as widgets
import numpy as np
from IPython import get_ipython
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.spines import Spine
from matplotlib.text import Text

from .controls import as_python, held_by, is_number, nearest, player, said, start_of
from .picture import Handle, Picture
from .png import Encoder
from .stored import page
from .words import typeset

CSS_DPI = 100  # figure inches to CSS pixels
SHARPNESS = 1.5  # device pixels per CSS pixel

LONGEST_SENTENCE = 180  # characters: more cannot be read while the figure moves

in_course_style = style.context(Path(__file__).parents[2] / "mlmath.mplstyle", after_reset=True)

# JupyterLab sends what is moved to a thread of its own while a cell runs in another: only one
# of them may draw, since drawing changes matplotlib's settings, and lets other figures rest.
_one_at_a_time = threading.RLock()

factories = []  # every function that is marked with `explorer`


def explorer(factory=None, **own):
    """Mark a function that returns an `Explorer`: it draws in the course's style, and is listed.

    A figure that no chapter lists, or that no notebook shows, is then found by a test. The
    function takes the starts of its controls too, by keyword: ``linear_map(a=2.0)``.

    Parameters
    ----------
    factory : callable
    **own : tuple of str
        For an argument of the function that sets the starts of controls, their names: both
        together are refused.

    Returns
    -------
    callable
        The function, drawing in the course's style.
    """
    if factory is None:
        return functools.partial(explorer, **own)
    draw = in_course_style(factory)
    parameters = inspect.signature(factory).parameters

    @functools.wraps(factory)
    def made(*args, **kwargs):
        starts = {name: kwargs.pop(name) for name in list(kwargs) if name not in parameters}
        given = dict(zip(parameters, args, strict=False)) | kwargs
        given = [name for name, value in given.items() if value is not None]
        for name in given:
            for start in set(own.get(name, ())) & set(starts):
                raise TypeError(
                    f"{factory.__name__}: {name} says what {start} is; give one of them"
                )
        figure = draw(*args, **kwargs)
        try:
            said = {start for name in given for start in own.get(name, ())}
            figure._begin(factory.__name__, given, starts, said)
        except BaseException:
            figure.close()
            raise
        return figure

    starts = inspect.Parameter("starts", inspect.Parameter.VAR_KEYWORD)
    made.__signature__ = inspect.Signature([*parameters.values(), starts])
    made = _alone(made)
    factories.append(made)
    return made


def _alone(function):
    """Let the other threads wait while this function draws."""

    @functools.wraps(function)
    def wrapped(*args, **kwargs):
        with _one_at_a_time:
            return function(*args, **kwargs)

    return wrapped


def by_name(*figures):
    """Return the dict from name to factory that each chapter calls ``EXPLORERS``."""
    return {factory.__name__: factory for factory in figures}


def canvas(n_columns=1, *, n_rows=1, height=4.0, **grid) -> tuple[Figure, Axes]:
    """Return a figure, 8 inches (800 CSS pixels) wide, and its axes.

    ``grid`` goes to ``figure.subplots``: ``width_ratios``, ``height_ratios``, ``sharex``.
    """
    figure = Figure(figsize=(8, height), dpi=CSS_DPI * SHARPNESS, layout="constrained")
    figure.get_layout_engine().set(w_pad=0.08, h_pad=0.08)
    FigureCanvasAgg(figure)
    axes = figure.subplots(n_rows, n_columns, **grid)
    parts = [part for frame in figure.axes for part in frame.get_children()]
    for part in parts:
        if isinstance(part, Spine | Text):  # the frame and the titles: if they were drawn above
            part.set_zorder(-1)  # what moves, each step would have to draw them anew
    return figure, axes


def _typeset_within(artists):
    """Do that to all texts in these artists, but for the numbers of axes, which see to it alone."""
    left = list(artists)
    while left:
        artist = left.pop()
        if isinstance(artist, Text):
            artist.set_text(typeset(artist.get_text()))
        # Asked for its parts, an axis would make all its ticks, and anew after each other limit.
        left += [artist.label] if isinstance(artist, Axis) else artist.get_children()


class Explorer:
    """A figure with controls, which leaves a true picture and a true sentence behind.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Made by `canvas`; everything that stands still is drawn in it already.
    update : callable
        ``update(**values)`` moves artists to the values of the controls and returns those
        that it moved. An axes counts as an artist, for what must be redrawn whole.
    describe : callable
        ``describe(**values)`` returns one sentence: what the figure now shows, with numbers.
    handles : sequence of Handle
        Points of the picture that can be taken hold of.
    play : str, optional
        Name of the slider that gets a play button, which walks through its stops.
    actions : dict of str to callable, optional
        A button for each label. ``action(**values)`` returns new values for some controls,
        which are set in one step.
    stills : sequence of dict of str to value
        Two to four states worth seeing, for readers who cannot move the figure: values of some
        controls, the others at their starts.
    **controls : ipywidgets.Widget
        Made by `slider` or `choice`.

    Raises
    ------
    Exception
        Whatever ``update`` or ``describe`` raises, to whoever set the value from Python. The
        caption says so in words, and the last good picture stays.
    """

    def __init__(
        self,
        figure: Figure,
        update: Callable,
        describe: Callable,
        *,
        handles: Sequence[Handle] = (),
        play: str | None = None,
        actions: dict[str, Callable] | None = None,
        stills: Sequence[dict] = (),
        **controls,
    ):
        self.figure, self.controls, self.handles = figure, controls, tuple(handles)
        self.stills = tuple(stills)
        width, height = self._css_size()
        self.picture = Picture(width=width, height=height)
        self.picture.observe(self._pulled, names="pull")
        self._update, self._describe = update, describe
        self._starts = self._values()
        self._moving, self._background, self._encoder = [], None, None
        self._held, self._actions = False, actions or {}
        self.box = self._layout(play)
        for control in controls.values():
            control.observe(self._refresh, names="value")
        self._call = None  # known to the factory alone
        self._refresh()
        figure.set_layout_engine("none")  # the first draw has placed the axes: there they stay
        self._seen = ()
        self._rest()

    def _begin(self, name, given, starts, said):
        """Begin at these values of controls; remember the call that does.

        What is given says the starts of the controls in ``said``.
        """
        for control, value in starts.items():
            if control not in self.controls:
                raise TypeError(
                    f"{name} has no control {control!r}: its controls are "
                    f"{', '.join(self.controls)}"
                )
            start_of(self.controls[control], value)
        self._call = (name, given, said, dict(self._starts))
        if not given:  # a state worth seeing of the course's example need not be one of another's
            self._seen = [self._look(still) for still in self.stills]
            self.reset()
            self._rest()
        if starts:
            self._set(
                {name: start_of(self.controls[name], value) for name, value in starts.items()}
            )
            self._starts = self._values()
            self._rest()
        self.picture.call = self._written()

    def _look(self, still):
        """Return the picture and the sentence of a state that is worth seeing."""
        self._set(self._starts | still)
        return self.png, self.sentence

    def drag(self, handle, x, y):
        """Pull a handle (by its label) to a point of its axes, as a hand would."""
        by_label = {each.label: each for each in self.handles}
        if handle not in by_label:
            raise ValueError(
                f"there is no handle {handle!r}: it has {', '.join(by_label) or 'none'}"
            )
        self._pull(by_label[handle], by_label[handle].inside(x, y))

    def reset(self, _button=None):
        """Set every control back to its start, in one step."""
        self._set(self._starts)

    def act(self, label):
        """Do what the button of this label does."""
        self._set(self._actions[label](**self._values()))

    @_alone
    def close(self):
        """Free the widgets and the pictures; the explorer cannot be used afterwards."""
        _close_with_parts(self.box)
        # IPython keeps every result, this one too: so it lets go of all that it holds.
        self._rest()
        self._update = self._describe = None
        self._moving, self.handles, self._actions = [], (), {}
        self.figure = Figure()  # to clear the old one would make axes and ticks anew

    def _values(self):
        return {name: held_by(control) for name, control in self.controls.items()}

    @_alone
    def _pulled(self, change):
        """Do what the reader's hand asks for, and answer, whatever comes of it."""
        pull = json.loads(change["new"])
        handle = self.handles[pull["handle"]]
        with self.picture.hold_sync():  # one message
            try:
                if "to" in pull:
                    self._pull(handle, handle.point(pull["to"]))
                else:
                    self._nudge(handle, *pull["by"], pull["far"])
            finally:
                self.picture.answered = pull["id"]

    def _pull(self, handle, point):
        values = self._values()
        if handle.at(**values) is None:
            return
        wanted = self._wanted(handle, point, values)
        if wanted != values:
            self._set(wanted)

    def _wanted(self, handle, point, values):
        """Return the values that the controls would hold if the handle were pulled to a point."""
        try:
            asked = handle.drag(*point, **values)
            held = {name: nearest(self.controls[name], asked[name]) for name in asked}
        except Exception as error:
            self._fail(error)
            raise
        return values | held

    def _nudge(self, handle, x, y, far):
        """Move a handle by one arrow key: so far, at least, that some control changes."""
        values = self._values()
        place = handle.place(values)
        if place is None:
            return
        box = handle.axes.bbox
        across = np.array([x, -y]) / self.figure.bbox.size
        reach = 0.1 * max(box.width, box.height) if far else 1
        while reach < 2 * max(box.width, box.height):
            wanted = self._wanted(handle, handle.point(place + reach * across), values)
            if wanted != values:
                return self._set(wanted)
            reach *= 2

    @_alone
    def _set(self, values):
        self._held = True
        try:
            for name, value in values.items():
                self.controls[name].value = value
        finally:
            self._held = False
        self._refresh()

    @_alone
    def _refresh(self, _change=None):
        if self._held:
            return
        values = self._values()
        try:
            moved = self._update(**values)
            sentence = typeset(self._describe(**values))
            _typeset_within(moved)
            self._draw(moved)
        except Exception as error:
            self._fail(error)
            raise
        self.sentence = sentence
        with self.picture.hold_sync():  # one message
            self.picture.source = "data:image/png;base64," + b64encode(self.png).decode()
            self.picture.sentence, self.picture.trouble = sentence, ""
            self.picture.handles = json.dumps(self._marks(values))
            self.picture.call = self._written()

    def _fail(self, error):
        self.picture.trouble = (
            f"No picture for these values ({error}). "
            "What you see is the last one that could be drawn."
        )

    def _marks(self, values):
        """Return of each handle where it is, what it is called and what it stands for now."""
        marks = []
        for handle in self.handles:
            place = handle.place(values)
            moved = handle.drag(*handle.at(**values), **values) if place else {}
            controls = [self.controls[name] for name in moved]
            text = ", ".join(f"{each.description}: {said(each)}" for each in controls)
            now = next((values[name] for name in moved if is_number(values[name])), 0)
            marks.append({"at": place, "label": handle.label, "text": text, "now": now})
        return marks

    def _written(self):
        """Return the call that makes the present state, if a factory made this figure."""
        if self._call is None:
            return ""
        name, given, said, plain = self._call
        moved = {
            control: f"{control}={as_python(self.controls[control], value)}"
            for control, value in self._values().items()
            if value != plain[control]
        }
        starts = [text for control, text in moved.items() if control not in said]
        then = ", ".join(text for control, text in moved.items() if control in said)
        call = f"explorers.{name}({', '.join([*given, *starts])})"
        return f"{call}  # then {then}" if then else call

    def _draw(self, moved):
        """Draw what moved over the rest, and keep the result as a PNG.

        Artists that move are *animated*: matplotlib leaves them out of a full draw, and a
        change of theirs does not make the figure stale. So a stale figure means that
        something else changed (a title, a limit, a new artist), and the rest is drawn anew.
        """
        new = [artist for artist in moved if artist not in self._moving]
        if new or self.figure.stale or self._background is None:
            self._draw_background(new)
        canvas = self.figure.canvas
        canvas.restore_region(self._background)
        for artist in self._moving:
            artist.draw(canvas.get_renderer())
        self.png = self._encoder.encode(np.asarray(canvas.buffer_rgba()))

    @in_course_style
    def _draw_background(self, new):
        _let_rest_all_but(self)
        self._background = None  # if this fails, the next step starts here again
        self._encoder = self._encoder or Encoder()
        _typeset_within([self.figure])
        for artist in new:
            artist.set_animated(True)
        for axes in self.figure.axes:
            if axes.get_animated():  # it draws its parts itself, but not the animated ones
                for part in axes.get_children():
                    part.set_animated(False)
        self._moving = list(_with_all_above(self.figure))
        for artist in self._moving:
            artist.set_animated(True)
        canvas = self.figure.canvas
        canvas.draw()
        self._background = canvas.copy_from_bbox(self.figure.bbox)
        self._encoder.set_still(np.asarray(self._background))  # a view, not another copy

    def _rest(self):
        """Keep the PNG only, 7 MB less; the next move makes canvas and background anew."""
        self._background = self._encoder = None
        FigureCanvasAgg(self.figure)  # a canvas without pixels takes the old one's place
        for text in self.figure.findobj(Text):
            text._renderer = None  # matplotlib keeps there what drew the text, pixels and all

    def _css_size(self):
        return tuple(round(inches * CSS_DPI) for inches in self.figure.get_size_inches())

    def _layout(self, play):
        longest = max(len(control.description) for control in self.controls.values())
        for control in self.controls.values():
            control.style.description_width = f"{0.6 * longest + 0.5:.1f}em"
            control.layout.width = "min(100%, 560px)"
        reset = widgets.Button(description="reset", tooltip="set every control back to its start")
        reset.on_click(self.reset)
        buttons = [reset]
        for label in self._actions:
            button = widgets.Button(description=label, layout={"width": "auto"})
            button.on_click(lambda _button, label=label: self.act(label))
            buttons.append(button)
        if play:
            buttons.append(player(self.controls[play]))
        panel = widgets.VBox([*self.controls.values(), widgets.HBox(buttons)])
        box = widgets.VBox([panel, self.picture])
        box.add_class("mlmath-explorer")
        return box

    @_alone
    def _repr_mimebundle_(self, include=None, exclude=None):
        _close_what_this_cell_showed(self)
        width, _ = self._css_size()
        how = self._how_to_start()
        stored = page(self.png, self.sentence, how, self._seen, scale=SHARPNESS * CSS_DPI / 72)
        data = self.box._repr_mimebundle_() | {
            "image/png": b64encode(stored).decode(),
            "text/plain": self.sentence,
        }
        return data, {"image/png": {"alt": self.sentence, "width": width}}

    def _how_to_start(self):
        labels = ", ".join(control.description for control in self.controls.values())
        return f"A still picture. Run this cell in JupyterLab (Shift+Enter) to move: {labels}."


_awake = []  # a weak reference to the one explorer that holds more than its PNG


def _let_rest_all_but(explorer):
    """Let the figure that was moved last rest, since another one moves now."""
    for other in _awake:
        if other() not in (None, explorer):
            other()._rest()
    _awake[:] = [weakref.ref(explorer)]


def _with_all_above(container):
    """Yield, in drawing order, each animated artist and whatever is drawn above it."""
    moving = []
    for artist in _in_drawing_order(container):
        if artist.get_animated():
            moving.append(artist)
            yield artist
        elif any(_may_cover(artist, other) for other in moving):
            yield from _in_drawing_order(artist) if isinstance(artist, Axes) else [artist]
        elif isinstance(artist, Axes):
            inside = list(_with_all_above(artist))
            moving += [artist] if inside else []
            yield from inside


def _in_drawing_order(container):
    drawn = container.get_children()
    if isinstance(container, Axes):
        if not (container.axison and container.get_frame_on()):
            drawn = [artist for artist in drawn if not isinstance(artist, Spine)]
        if not container.axison:
            drawn = [artist for artist in drawn if not isinstance(artist, Axis)]
    visible = [artist for artist in drawn if artist.get_visible() or artist.get_animated()]
    return sorted(visible, key=lambda artist: (artist is not container.patch, artist.get_zorder()))


def _may_cover(artist, other):
    """Say whether ``artist`` lies on ``other``: of two axes we know, for the rest we fear so."""
    both_axes = isinstance(artist, Axes) and isinstance(other, Axes)
    return not both_axes or artist.bbox.overlaps(other.bbox)


def _close_with_parts(widget):
    for child in getattr(widget, "children", ()):
        _close_with_parts(child)
    if hasattr(widget, "style"):
        widget.style.close()
    widget.layout.close()
    widget.close()


_shown = {}  # cell -> (run of the cell, explorers shown in it)


def _close_what_this_cell_showed(explorer):
    """Close the explorers of an earlier run of this cell, unless another cell shows them too.

    Jupyter keeps every widget and every result alive, so that running a cell again and again
    would fill the memory. JupyterLab says which cell runs; elsewhere its text tells.
    """
    shell = get_ipython()
    message = shell.get_parent() if hasattr(shell, "get_parent") else {}
    cell = message.get("metadata", {}).get("cellId") or message.get("content", {}).get("code")
    if cell is None:
        return
    run = message["header"]["msg_id"]
    last_run, shown = _shown.get(cell, (None, []))
    if last_run == run:
        shown.append(explorer)
        return
    _shown[cell] = (run, [explorer])
    still_shown = [other for _, explorers in _shown.values() for other in explorers]
    for other in shown:
        if other not in still_shown:
            other.close()
