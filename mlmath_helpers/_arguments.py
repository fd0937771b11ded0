"""Turn what a user gives into float arrays and numbers, or refuse it in a clear sentence.

Each function takes a value and the argument's name, returns something safe to compute
with, and never changes what it was given. The wrong kind of thing (text, complex numbers,
None) is a TypeError; a wrong shape, size or range, and nan or inf, are a ValueError.
Booleans count as 0 and 1 inside an array (a table of links may be either), but are
refused where a single number is asked for.
"""

import functools
import inspect
import math
import numbers
from operator import ge, gt, le, lt

import numpy as np


def real_array(value, name, *, gaps=False):
    """Return finite real numbers of any shape, at least one, as a float64 array.

    With ``gaps``, nan stands for what is not known, and stays.
    """
    array = _float_array(value, name)
    if gaps and np.isinf(array).any():
        raise ValueError(f"{name} holds inf; put nan where an entry is not known")
    if not gaps and not np.isfinite(array).all():
        raise ValueError(f"{name} holds nan or inf; remove or replace such entries first")
    return array


def extended_array(value, name):
    """Return a float64 array like `real_array`, but let -inf and inf pass (nan is refused)."""
    array = _float_array(value, name)
    if np.isnan(array).any():
        raise ValueError(f"{name} holds nan or inf; remove or replace such entries first")
    return array


def vector(value, name):
    """Return a 1-D float64 array."""
    return _with_dimensions(real_array(value, name), 1, "a 1-D array", name)


def matrix(value, name, *, gaps=False):
    """Return a 2-D float64 array; with ``gaps``, nan stands for what is not known."""
    return _with_dimensions(real_array(value, name, gaps=gaps), 2, "a 2-D array", name)


def categories(value, name):
    """Return a 1-D array of words, finite numbers or truth values.

    A column of Python objects is taken where they are all of one of these kinds.
    """
    array = as_array(value, name, dtype=None if hasattr(value, "dtype") else object)
    if array.ndim != 1:
        raise ValueError(f"{name} must be a 1-D array, not an array of shape {array.shape}")
    if array.size == 0:
        raise ValueError(f"{name} is empty; give one value for each row, at least one")
    if array.dtype.kind in "OT":
        array = _of_one_kind(array, name)
    if array.dtype.kind not in "biufUS":
        raise TypeError(
            f"{name} must hold only words or only numbers, not values of type {array.dtype}; "
            "make them words first, as in x.astype(str)"
        )
    if array.dtype.kind == "f":
        array = _as_doubles(array)
        if not np.isfinite(array).all():
            raise ValueError(
                f"{name} holds nan or inf; remove those rows, or name the gap, as in '?'"
            )
    return array


def square_matrix(value, name):
    """Return a 2-D float64 array with as many rows as columns."""
    array = matrix(value, name)
    if array.shape[0] != array.shape[1]:
        raise ValueError(f"{name} must be square, not of shape {array.shape}")
    return array


def symmetric_matrix(value, name, *, tolerance=1e-12):
    """Return a square float64 array whose mirrored entries agree.

    They may differ by ``tolerance`` times the largest entry, as rounding may leave them.
    """
    array = square_matrix(value, name)
    refuse_asymmetry(array / (np.abs(array).max() or 1.0), tolerance, array, name)
    return array


def refuse_asymmetry(scaled, tolerance, array, name):
    """Refuse an array if mirrored entries of it, ``scaled``, differ by more than ``tolerance``."""
    gap = np.abs(scaled - scaled.T)
    if gap.max() > tolerance:
        i, j = np.unravel_index(gap.argmax(), gap.shape)
        here, there = f"{array[i, j]:.6g}", f"{array[j, i]:.6g}"
        if here == there:
            more = array[j, i] - array[i, j]
            there = f"{abs(more):.3g} {'more' if more > 0 else 'less'}"
        raise ValueError(
            f"{name} must be symmetric, but {name}[{i}, {j}] is {here} "
            f"and {name}[{j}, {i}] is {there}"
        )


def same_length(first, first_name, second, second_name):
    """Refuse vectors, or a matrix of rows and a vector, that differ in number of entries."""
    if first.shape[-1] != second.shape[-1]:
        raise ValueError(
            f"{first_name} and {second_name} must have the same number of entries, "
            f"not {first.shape[-1]} and {second.shape[-1]}"
        )


def refuse_negative(array, name):
    """Refuse an array with an entry below 0."""
    if array.min() < 0:
        raise ValueError(f"{name} must not be negative, but holds {array.min():.6g}")


def not_negative_vector(value, name):
    """Return a 1-D float64 array without an entry below 0."""
    array = vector(value, name)
    refuse_negative(array, name)
    return array


def probabilities(value, name):
    """Return a float64 array of any shape with entries between 0 and 1."""
    p = real_array(value, name)
    if p.min() < 0 or p.max() > 1:
        outside = p.min() if p.min() < 0 else p.max()
        raise ValueError(f"{name} must be between 0 and 1, not {float(outside)!r}")
    return p


def distribution(value, name):
    """Return a 1-D float64 array, not negative and summing to 1 as nearly as its numbers can.

    Its sum may be off by 1e-8, and it is then taken as it stands. Numbers that came with fewer
    digits (a network's float32) may be off by one rounding of theirs for each entry, but not by
    more than 1%; these are divided by their sum, so that what is true of distributions stays so.
    """
    p = not_negative_vector(value, name)
    if abs(p.sum() - 1) < 0.9e-8:  # beyond doubt, and a hundred times as quick as the exact sum
        return p
    tolerance = max(1e-8, min(0.01, len(p) * coarsest_gap(value)))
    total = math.fsum(p)
    if abs(total - 1) > tolerance:
        raise ValueError(
            f"{name} must sum to 1 (within {tolerance:.6g}), but sums to {total:.15g}; "
            "divide counts or weights by their sum first"
        )
    return p if abs(total - 1) <= 1e-8 else p / total


def coarsest_gap(value):
    """Return the gap from 1 to the next number, in the coarsest kind that came: float32 has 1.2e-7.

    Whole numbers are exact, and have none.
    """
    entries = value if isinstance(value, list | tuple) else [np.asarray(value)]
    kinds = {getattr(entry, "dtype", None) for entry in entries}
    if np.dtype(object) in kinds:
        kinds |= {getattr(entry, "dtype", None) for entry in np.asarray(value).flat}
    return max((float(np.finfo(kind).eps) for kind in kinds if _is_float(kind)), default=0.0)


def number(value, name, *, infinite=False, because="", **bounds):
    """Return one real number as a float; nan is refused, and inf unless ``infinite``.

    ``bounds`` are any of ``at_least``, ``at_most``, ``above`` and ``below``; ``because``
    tells the user why they hold.
    """
    if isinstance(value, bool | np.bool_) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be a real number, not {value!r}")
    try:
        converted = float(value)
    except OverflowError:
        raise ValueError(f"{name} is beyond the largest double, 1.8e308") from None
    if math.isnan(converted) or (math.isinf(converted) and not infinite):
        raise ValueError(f"{name} must be a finite number, not {converted}")
    _refuse_outside(converted, name, because, bounds)
    return converted


def whole_number(value, name, *, because="", **bounds):
    """Return one whole number as an int, inside the bounds (see ``number``)."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, numbers.Integral):
        raise TypeError(f"{name} must be a whole number, not {value!r}")
    _refuse_outside(int(value), name, because, bounds)
    return int(value)


# For `checked`: the kinds of number that are asked for most.
positive = functools.partial(number, above=0)
not_negative = functools.partial(number, at_least=0)
count = functools.partial(whole_number, at_least=1)


def true_or_false(value, name):
    """Return a bool; 0, 1 or a word could mean something else and are refused."""
    if not isinstance(value, bool | np.bool_):
        raise TypeError(f"{name} must be True or False, not {value!r}")
    return bool(value)


class TooLarge(ValueError):
    """A result would be beyond the largest double."""


def with_work(error, **work):
    """Return an error that carries, by name, what was reached before it."""
    for name, value in work.items():
        setattr(error, name, value)
    return error


def function(value, name):
    """Return what can be called."""
    if not callable(value):
        raise TypeError(f"{name} must be a function, not {value!r}")
    return value


def random_generator(value, name):
    """Return a random generator: the one given, or one seeded by a number, or by chance (None)."""
    try:
        return np.random.default_rng(value)
    except (TypeError, ValueError) as error:
        raise type(error)(
            f"{name} must be None, a seed (a whole number, not negative) or a generator of numpy, "
            f"not {value!r}"
        ) from None


def checked(*together, **kinds):
    """Have arguments turned into what a function computes with, or refused by their name.

    ``@checked(A=matrix, b=vector)`` above a function calls ``matrix(A, "A")`` and
    ``vector(b, "b")`` for whatever the caller gives; a default is taken as it stands. What
    must fit ``together`` comes after that: ``@checked(as_long, x=vector, y=vector)`` calls
    ``as_long`` with all arguments by name, to refuse what does not.
    """

    def decorate(function):
        parameters = inspect.signature(function).parameters
        places = [name for name, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD]
        defaults = {name: p.default for name, p in parameters.items() if p.default is not p.empty}
        optional = {name for name, default in defaults.items() if default is None}

        def converted(name, value):
            if name not in kinds or (value is None and name in optional):
                return value
            return kinds[name](value, name)

        @functools.wraps(function)
        def with_checked_arguments(*args, **kwargs):
            given = [converted(name, value) for name, value in zip(places, args, strict=False)]
            given += args[len(places) :]  # one too many: Python says so itself
            for name in kinds:  # in this order, so that of two wrong ones the first is named
                if name in kwargs:
                    kwargs[name] = converted(name, kwargs[name])
            if together:
                everything = {**defaults, **dict(zip(places, given, strict=False)), **kwargs}
                if everything.keys() == parameters.keys():  # if not, Python says so itself
                    for refuse in together:
                        refuse(**everything)
            return function(*given, **kwargs)

        return with_checked_arguments

    return decorate


def equally_long(first, second):
    """For `checked`: two arguments, if both are given, must have as many entries (a row)."""

    def refuse(**arguments):
        if arguments[first] is not None and arguments[second] is not None:
            same_length(arguments[first], first, arguments[second], second)

    return refuse


def finite(result, sentence="a result is beyond the largest double"):
    """Return a result, or raise TooLarge if it is not finite: in a browser numpy never does."""
    if not np.isfinite(result).all():
        raise TooLarge(sentence)
    return result


def refuse_overflow(function):
    """Make an overflow inside ``function`` an error that names its first argument."""
    first = next(iter(inspect.signature(function).parameters))

    @functools.wraps(function)
    def checked(*args, **kwargs):
        try:
            with np.errstate(over="raise"):
                result = function(*args, **kwargs)
            parts = result if isinstance(result, tuple) else (result,)
            if all(map(_is_finite, parts)):  # in a browser numpy never raises
                return result
        except (FloatingPointError, TooLarge):
            pass
        raise TooLarge(
            f"{first} has entries so large that the result is beyond the largest double, "
            "1.8e308; divide them by a power of ten first"
        )

    return checked


def _is_finite(part):
    return math.isfinite(part) if isinstance(part, float) else np.isfinite(part).all()


def as_array(value, name, dtype=None):
    """Return an array of whatever is given, refusing masked entries and rows that do not fit."""
    parts = value if isinstance(value, list | tuple) else [value]
    if any(isinstance(part, np.ma.MaskedArray) and np.ma.is_masked(part) for part in parts):
        raise ValueError(f"{name} has masked entries; remove or fill them first")
    try:
        return np.asarray(value, dtype=dtype)
    except ValueError:
        raise ValueError(f"{name} has rows of different lengths; make them equally long") from None


def _float_array(value, name):
    """Return real numbers, at least one, as a float64 array; nan and inf stay."""
    array = as_array(value, name)
    if array.dtype == object:  # fractions, whole numbers beyond 64 bits, or no numbers at all
        entries = [_as_number(entry, f"each entry of {name}") for entry in array.flat]
        array = np.reshape(entries, array.shape)
    if array.dtype.kind not in "buif":
        raise TypeError(f"{name} must hold real numbers, not values of type {array.dtype}")
    if array.size == 0:
        raise ValueError(f"{name} is empty, of shape {array.shape}; give at least one number")
    return _as_doubles(array)


def _as_number(entry, name):
    if isinstance(entry, bool | np.bool_ | float | np.floating):
        return float(entry)
    return number(entry, name)


@np.errstate(over="ignore")  # a number of more than 64 bits may be inf as a double
def _as_doubles(array):
    return array.astype(np.float64, copy=False)


def _of_one_kind(array, name):
    """Return a column of Python objects as words, truth values or numbers, whichever all are."""
    entries = array.tolist()
    words = any(isinstance(entry, str) for entry in entries)
    for row, entry in enumerate(entries):
        if not isinstance(entry, str if words else (numbers.Real, np.bool_, bytes)):
            raise TypeError(
                f"{name} must hold only words or only numbers, but row {row} is {entry!r}; "
                "make all of them words, as in str(x), and name a gap, as in '?'"
            )
    column = np.array(entries)
    if column.dtype.kind in "fO":  # from whole numbers too, where 64 bits do not hold them
        column = np.array([_as_number(entry, f"each entry of {name}") for entry in entries])
        if len(set(column.tolist())) < len(set(entries)):
            raise ValueError(f"{name} holds numbers that no double tells apart; make them words")
    return column


def _is_float(kind):
    return kind is not None and kind.kind == "f"


def _with_dimensions(array, ndim, needed, name):
    if array.ndim != ndim:
        raise ValueError(f"{name} must be {needed}, not an array of shape {array.shape}")
    return array


_COMPARISONS = {"at_least": ge, "at_most": le, "above": gt, "below": lt}


def _refuse_outside(value, name, because, bounds):
    if not all(_COMPARISONS[kind](value, bound) for kind, bound in bounds.items()):
        needed = " and ".join(f"{kind.replace('_', ' ')} {bound}" for kind, bound in bounds.items())
        raise ValueError(
            f"{name} must be {needed}, not {value}" + (f": {because}" if because else "")
        )
