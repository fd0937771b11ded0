"""Values as plain text between two processes: numbers, arrays and what holds them, no objects.

Nothing that is read here can run code: what is not of a known form is refused.
"""

import base64
import json
import re
from decimal import Decimal
from fractions import Fraction

import numpy as np

MOST_BYTES = 1_000_000  # of one message
DEEPEST = 20  # list in list in list ...


class NotData(ValueError):
    """A value that has no form as data, or a text that is no value."""


def encode(value, function=None, depth=0):
    """Return a value as what JSON can hold.

    Parameters
    ----------
    value : object
        ``None``, a string, a number or an array of numpy, or a list, tuple or dict of such.
    function : callable, optional
        Makes of a function that is not numpy's a number by which it can be called.

    Returns
    -------
    object
        What `decode` reads.

    Raises
    ------
    NotData
        If there is anything else in it, or too much.
    """
    if depth > DEEPEST:
        raise NotData(f"a value of more than {DEEPEST} levels")

    def parts(values):
        return [encode(part, function, depth + 1) for part in values]

    if value is None or (isinstance(value, bool | float | str) and type(value) in _PLAIN):
        return value
    if type(value) is int:
        return value if abs(value) < 2**53 else {"int": hex(value)}
    if type(value) is complex:
        return {"complex": [value.real, value.imag]}
    if isinstance(value, np.generic | np.ndarray):
        return _encode_array(value, parts)
    if isinstance(value, list | tuple):
        if len(value) > MOST_BYTES:
            raise NotData(f"a {type(value).__name__} of {len(value)} values")
        return parts(value) if isinstance(value, list) else {"tuple": parts(value)}
    if isinstance(value, dict):
        return {"dict": [parts(pair) for pair in value.items()]}
    if isinstance(value, Fraction | Decimal):
        return {type(value).__name__: str(value)}
    if value is ...:
        return {"ellipsis": True}
    if isinstance(value, np.ufunc) and getattr(np, value.__name__, None) is value:
        return {"ufunc": value.__name__}
    if callable(value) and function is not None:
        return {"function": [function(value), str(getattr(value, "__name__", "f"))]}
    raise NotData(f"a value of type {type(value).__name__}")


_PLAIN = (bool, float, str)


def _encode_array(value, parts):
    array = np.asarray(value)
    if array.nbytes > MOST_BYTES // 2:
        raise NotData(f"an array of {array.nbytes / 1e6:.0f} MB")
    made = {"shape": list(array.shape), "scalar": isinstance(value, np.generic)}
    if array.dtype.kind not in "biufc":
        if array.dtype.kind not in "OU":
            raise NotData(f"an array of {array.dtype}")
        return made | {"items": parts(array.ravel().tolist()), "dtype": array.dtype.kind}
    if array.dtype.char in "gG":  # longer than a double: not the same on every system
        array = array.astype("d" if array.dtype.char == "g" else "D")
    gaps = array.ndim > 0 and not array.flags.forc
    made["order"] = "gaps" if gaps else "C" if array.flags.c_contiguous else "F"
    text = base64.b64encode(array.tobytes()).decode("ascii")
    return made | {"bytes": text, "dtype": array.dtype.str}


def decode(made, function=None):
    """Return the value that `encode` has made such data of.

    Parameters
    ----------
    made : object
        What JSON held.
    function : callable, optional
        Makes a function of the number and the name that stand for it.

    Returns
    -------
    object
        The value; arrays can be written to.

    Raises
    ------
    NotData
        If it is not of the form that `encode` makes.
    """
    try:
        return _decode(made, function, 0)
    except NotData:
        raise
    except Exception as error:  # whatever is wrong with a text that somebody else wrote
        raise NotData(f"no value: {type(error).__name__}") from None


def _decode(made, function, depth):
    if depth > DEEPEST:
        raise NotData(f"a value of more than {DEEPEST} levels")

    def parts(values):
        return [_decode(part, function, depth + 1) for part in values]

    if made is None or isinstance(made, bool | int | float | str):
        return made
    if isinstance(made, list):
        return parts(made)
    if "dtype" in made:
        return _decode_array(made, parts)
    ((kind, held),) = made.items()
    match kind:
        case "int":
            return int(held, 16)
        case "complex":
            return complex(*held)
        case "tuple":
            return tuple(parts(held))
        case "dict":
            return dict(parts(pair) for pair in held)
        case "Fraction":
            return Fraction(held)
        case "Decimal":
            return Decimal(held)
        case "ellipsis":
            return ...
        case "ufunc" if isinstance(getattr(np, held), np.ufunc):
            return getattr(np, held)
        case "function" if function is not None:
            return function(*held)
        case "other" if held.isidentifier() and len(held) < 100:
            return type(held, (), {})()  # something of a type of this name, and no more
    raise NotData(f"no value: {str(kind)[:40]}")


def _decode_array(made, parts):
    shape, dtype = tuple(made["shape"]), made["dtype"]
    if not all(type(length) is int and length >= 0 for length in shape):
        raise NotData("no shape")
    if dtype in ("O", "U"):
        items = parts(made["items"])
        flat = np.empty(len(items), "O")
        flat[:] = items
        return flat.astype(dtype).reshape(shape)
    if not re.fullmatch(r"[<>|=]?[biufc](1|2|4|8|16)", dtype):
        raise NotData("no type of number")
    held = base64.b64decode(made["bytes"], validate=True)
    if np.dtype(dtype).kind == "b":
        flat = np.frombuffer(held, np.uint8) != 0
    else:
        flat = np.frombuffer(held, dtype)
    order = made["order"]
    if order == "gaps":
        wide = np.empty((*shape[:-1], 2 * shape[-1]), flat.dtype)[..., ::2]
        wide[...] = flat.reshape(shape)
        return wide
    array = np.array(flat.reshape(shape), order=order)
    return array[()] if made["scalar"] else array


def to_line(message):
    """Return a message as one line of bytes; NotData says that it is too long."""
    line = json.dumps(message).encode("ascii") + b"\n"
    if len(line) > MOST_BYTES:
        raise NotData(f"an answer of {len(line) / 1e6:.0f} MB")
    return line


def from_line(line):
    """Return the message of one line, which has to be an object of JSON; NotData if it is not."""
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        raise NotData("what was written is no message") from None
    if not isinstance(message, dict):
        raise NotData("what was written is no message")
    return message
