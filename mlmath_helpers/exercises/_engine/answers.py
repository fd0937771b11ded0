"""Read, compare and show what a function returned."""

import contextlib
from decimal import Decimal
from numbers import Real

import numpy as np

TOLERANCE = 1e-6  # of the largest number in the answer, or of 1: rounding passes, no mistake does


class NotNumbersError(Exception):
    """The answer cannot be read as real numbers; the message says why."""


def read(returned, *, yes_or_no=False):
    """Return the answer as a float array: lists, tuples and whatever Python takes for numbers.

    Where the question is one of yes or no, True and False are answers too: 1 and 0.
    """
    try:
        array = np.asarray(returned)
    except ValueError:
        raise NotNumbersError(
            "The parts of what is returned differ in length or shape, so they make no table."
        ) from None
    except Exception:  # whatever a learner's object does when it is read
        raise NotNumbersError("What is returned cannot be read as numbers.") from None
    if array.dtype.kind in ("iufb" if yes_or_no else "iuf"):
        return array.astype(float)
    if array.dtype.kind == "c":  # numpy 2.5's eigvals gives complex numbers always
        if not array.imag.any():
            return array.real.astype(float)
        raise NotNumbersError("Complex numbers are returned, where real ones are meant.")
    if array.dtype.kind == "O" and all(_is_number(x, yes_or_no) for x in array.flat):
        try:
            return array.astype(float)  # fractions, decimals, whole numbers of any length
        except (OverflowError, ValueError):
            raise NotNumbersError("A number is returned that is beyond all doubles.") from None
    meant = "True or False is meant" if yes_or_no else "numbers are meant"
    if array.ndim == 0:
        raise NotNumbersError(
            f"A value of type {type(returned).__name__} is returned, where {meant}."
        )
    kind = type(array.flat[0]).__name__.rstrip("_") if array.size else "object"
    raise NotNumbersError(f"What is returned holds values of type {kind}, where {meant}.")


def _is_number(value, yes_or_no):
    if isinstance(value, bool | np.bool_):
        return yes_or_no
    return isinstance(value, Real | Decimal)


def problem(array, expected, *, single=None):
    """Return what keeps the answer from being compared, as a sentence, or ''."""
    if array.shape != expected.shape:
        if array.shape == ():
            return f"A single number is returned, where shape {expected.shape} is meant."
        if expected.shape == ():
            return f"Shape {array.shape} is returned, where {single or 'a single number'} is meant."
        return f"Shape {array.shape} is returned, where {expected.shape} is meant."
    if np.isnan(array).any():
        return "The answer holds nan, which is not a number"
    if np.isinf(array).any():
        return "The answer holds inf, which is beyond all numbers"
    return ""


def close(array, expected):
    """Tell whether two answers are the same up to rounding."""
    if array.shape != expected.shape:
        return False
    scale = np.abs(expected[np.isfinite(expected)]).max(initial=1)
    with np.errstate(all="ignore"):
        near = np.abs(array - expected) <= TOLERANCE * scale
    equal = (array == expected) | np.isnan(array) & np.isnan(expected)  # inf and nan are so alone
    return bool((near | equal).all())


def show(value, digits=6):
    """Return a value as a learner would write it, the same on every version of numpy."""
    if isinstance(value, list | tuple):
        try:
            read(value)
        except NotNumbersError:
            shown = [show(part, digits) for part in value[:6]] + ["..."] * (len(value) > 6)
            return f"[{', '.join(shown)}]"
        value = np.asarray(value)
    if isinstance(value, np.ndarray | Real | Decimal) and np.asarray(value).dtype.kind == "O":
        with contextlib.suppress(NotNumbersError):
            value = read(value)
    if isinstance(value, np.ndarray) and value.dtype.kind == "c" and not value.imag.any():
        value = value.real
    if isinstance(value, np.ndarray) and value.ndim > 0 and value.dtype.kind in "iufb":
        return _show_array(np.asarray(value), digits)
    if isinstance(value, np.ndarray | np.generic) and value.ndim == 0:
        value = value.item()
    if isinstance(value, float):
        return f"{value:z.{digits}g}"
    if isinstance(value, complex):
        return f"{value.real:z.{digits}g}{value.imag:+z.{digits}g}j"
    if isinstance(value, int) and value.bit_length() > 1024:  # beyond all doubles
        return f"(a whole number of {value.bit_length()} bits)"
    if isinstance(value, bool | int | str | type(None)):
        return shorten(repr(value))
    if callable(value) and hasattr(value, "__name__"):  # a function that an exercise takes
        return value.__name__
    return f"(a value of type {type(value).__name__})"


def _show_array(array, digits):
    def number(x):  # with a point, as numpy marks floats
        text = f"{x:z.{digits}g}"
        return text if set(text) & set(".en") else text + "."

    as_text = number if array.dtype.kind == "f" else str
    width = max((len(as_text(x)) for x in array.flat[:1000]), default=0)
    return np.array2string(
        array,
        separator=", ",
        threshold=40,
        max_line_width=75,
        formatter={"all": lambda x: as_text(x).rjust(width)},
    )


def shorten(text, length=200):
    """Return the text on one line, cut to a length that can be read at a glance."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 4] + " ..."
