"""What a figure is moved by: sliders and lists that hold one of their stops, and a player."""

import itertools
import math

import ipywidgets as widgets
import numpy as np
from traitlets import CInt, Instance, TraitError, validate

from .words import typeset


def slider(low, high, *, start, label, step=None):
    """Return a slider, over whole numbers where ``low``, ``high`` and ``start`` are.

    Whatever number it is set to, it goes to the nearest of its stops.
    """
    whole = all(isinstance(value, int) for value in (low, high, start))
    make = _WholeSlider if whole else _Slider
    step = step or (1 if whole else (high - low) / 200)
    made = make(start, min=low, max=high, step=step, description=label)
    if not whole:  # its stops can be told apart, by four decimals at most
        decimals = (n for n in (2, 3) if _are_multiples([low, step], 10.0**-n))
        made.readout_format = f".{next(decimals, 4)}f"
    return made


class _Slider(widgets.FloatSlider):
    """A slider that holds one of its stops, also when Python sets its value."""

    @validate("value")
    def _validate_value(self, proposal):
        return _nearest_stop(self, proposal["value"])


class _Rounded(CInt):
    """A trait that makes 3 of 2.7, where an integer of the usual kind would be 2."""

    def validate(self, obj, value):
        try:
            return round(float(value))
        except (TypeError, ValueError, OverflowError):
            self.error(obj, value)


class _WholeSlider(widgets.IntSlider):
    """The same over whole numbers."""

    value = _Rounded().tag(sync=True)

    @validate("value")
    def _validate_value(self, proposal):
        return _nearest_stop(self, proposal["value"])


def _nearest_stop(slider, value):
    if math.isnan(value):
        raise TraitError(f"{slider.description!r} needs a number, not nan")
    value = min(max(value, slider.min), slider.max)
    stop = _stop(slider, value)

    def at_the_stop(number):
        return abs(number - stop) <= 1e-9 * slider.step

    if not at_the_stop(value):
        return stop
    # A browser's 0.30000000000000004 is 0.3: told otherwise, it would move its handle; and the
    # 0.3 that is there already stays, or a figure would be drawn anew as it comes into view.
    return slider.value if at_the_stop(slider.value) else value


def _stop(slider, value):
    n_steps = round((value - slider.min) / slider.step)
    return round(slider.min + n_steps * slider.step, 12)


def entry_limit(A):
    """Return how far from 0 the sliders of its entries go: 2, 5, 10, 20, 50 and so on."""
    largest = np.abs(A).max()
    rounds = (first * 10**power for power in itertools.count() for first in (1, 2, 5))
    return float(next(limit for limit in rounds if limit >= max(2, largest)))


def entry_sliders(A, *, step):
    """Return a slider for each entry of a 2 by 2 matrix, column by column, by the names a to d.

    They go from -2 to 2 by ``step``, farther (`entry_limit`) where an entry does, and by a tenth,
    a hundredth or a thousandth of that where entries are between the steps. Entries that none
    of these meets, such as the cosine of 30 degrees, are stops of sliders by a tenth.
    """
    limit = entry_limit(A)
    step = step * 10.0 ** math.floor(math.log10(limit / 2))
    steps = (step / 10**power for power in range(4))
    step = next((each for each in steps if _are_multiples(A, each)), step / 10)
    (a, b), (c, d) = np.asarray(A, dtype=float).round(12).tolist()
    starts = {"a": ("x of A e₁", a), "c": ("y of A e₁", c)}
    starts |= {"b": ("x of A e₂", b), "d": ("y of A e₂", d)}
    sliders = {}
    for name, (words, start) in starts.items():
        below, above = ((limit + side * start) / step for side in (1, -1))  # steps to the ends
        low = start - step * math.floor(below + 1e-6)
        high = start + step * math.floor(above + 1e-6)
        label = f"{words} (entry {name})"
        low, high = round(low, 12), round(high, 12)
        sliders[name] = slider(low, high, start=start, step=step, label=label)
        sliders[name].readout_format = f".{max(2, decimals_of(step))}f"
    return sliders


def decimals_of(step):
    """Return how many decimals tell apart what a slider by ``step`` holds.

    Examples
    --------
    >>> decimals_of(0.1), decimals_of(0.25), decimals_of(10.0)
    (1, 2, 0)
    """
    return next(n for n in range(13) if _are_multiples([step], 10.0**-n))


def _are_multiples(numbers, step):
    counts = np.asarray(numbers) / step
    return bool((np.abs(counts - counts.round()) < 1e-9).all())


def choice(options, *, start, label):
    """Return a control that holds one of ``options`` (words, or pairs of words and value)."""
    return _Choice(options=options, value=start, description=label)


def stops(options, *, start, label):
    """Return a slider over ``options`` in their order (words, or pairs of words and value)."""
    return _Stops(options=options, value=start, description=label)


class _Choice(widgets.Dropdown):
    """A list that says what it holds when Python sets it to something else."""

    value = Instance(object)  # not None, which ipywidgets takes for no choice at all

    @validate("value")
    def _validate_value(self, proposal):
        return _one_of_its_options(self, proposal["value"])


class _Stops(widgets.SelectionSlider):
    """A slider over named stops that does the same."""

    value = Instance(object)

    @validate("value")
    def _validate_value(self, proposal):
        return _one_of_its_options(self, proposal["value"])


def _one_of_its_options(control, value):
    for option in control._options_values:
        if control.equals(option, value):
            return option
    words = ", ".join(control._options_labels)
    raise TraitError(f"{control.description!r} cannot be {value!r}: it is one of {words}")


WALK = 10_000  # milliseconds from the first stop of a slider to its last, or thereabouts


def player(control):
    """Return a play button that walks through the stops of a slider."""
    last = round((control.max - control.min) / control.step)
    player = widgets.Play(min=0, max=last, interval=min(max(WALK // last, 40), 250))

    def follow(_change=None):
        player.value = round((control.value - control.min) / control.step)

    def walk(change):
        control.value = control.min + change["new"] * control.step

    follow()
    player.observe(walk, names="value")
    control.observe(follow, names="value")
    return player


def held_by(control):
    """Return what a control holds, as the decimal number that its steps mean."""
    if isinstance(control, widgets.FloatSlider):
        return round(control.value, 12) + 0.0  # no 0.30000000000000004, no minus zero
    return control.value


def said(control):
    """Return what a control holds, in words."""
    if hasattr(control, "options"):
        return control.label
    return typeset(f"{held_by(control):.10g}")


def as_python(control, value):
    """Return what a control holds as Python: of an option that is no word or number its label."""
    return repr(value if isinstance(value, str) or is_number(value) else control.label)


def is_number(value):
    return isinstance(value, int | float) and math.isfinite(value)


def nearest(control, value):
    """Return the value nearest to this one that a control can hold."""
    if isinstance(control, widgets.FloatSlider | widgets.IntSlider):
        stop = _stop(control, min(max(float(value), control.min), control.max))
        return stop or type(control.value)(0)  # no minus zero
    options = control._options_values
    if not all(map(is_number, options)):
        return value
    return min(options, key=lambda option: abs(option - value))


def start_of(control, value):
    """Return what a control is to hold for a start that was given, which must be in its range."""
    label = control.description
    if hasattr(control, "options"):
        if isinstance(value, str) and value in control._options_labels:
            return control._options_values[control._options_labels.index(value)]
        return _one_of_its_options(control, value)
    try:
        inside = control.min <= float(value) <= control.max
    except (TypeError, ValueError):
        raise TypeError(f"{label!r} starts at a number, not {value!r}") from None
    if not inside:
        raise ValueError(f"{label!r} goes from {control.min:g} to {control.max:g}, not to {value}")
    return value
