"""What can be said of a wrong answer from the numbers alone, whatever the exercise."""

import dis

import numpy as np

from .answers import close


def unused(function, n_parameters):
    """Return the first parameters that the function never reads, by their names in it."""
    code = function.__code__
    if {"locals", "vars", "eval", "exec"} & set(code.co_names):
        return []
    read = set(code.co_cellvars)
    for step in dis.get_instructions(code):
        if step.opname not in ("STORE_FAST", "DELETE_FAST"):
            read |= set(step.argval if isinstance(step.argval, tuple) else [step.argval])
    return [n for n in code.co_varnames[: min(n_parameters, code.co_argcount)] if n not in read]


def shape(array, expected):
    """Return how an answer of another shape is related to the right one, or ''."""
    if array.ndim == 2 and close(array.T, expected):
        return "The right numbers, but transposed: rows and columns are swapped."
    if array.size == expected.size and close(array.ravel(), expected.ravel()):
        return "The numbers are right; reshape or flatten what holds them."
    return ""


def relation(pairs):
    """Return how wrong answers are related to the right ones, as a sentence, or ''.

    ``pairs`` are all cases, each an answer and the right one, arrays of one shape without nan
    or inf; what is said holds for all of them.
    """
    for holds, sentence in RELATIONS:
        if all(holds(array, expected) for array, expected in pairs):
            return sentence
    return _factor(pairs) or _rest(pairs) or _rounded(pairs)


def entries(array, expected):
    """Return which entries of an answer are right, or '' if none is or all that are, are zero."""
    scale = max(1, np.abs(expected).max(initial=1))
    right = np.abs(array - expected) <= 1e-6 * scale
    if array.ndim == 0 or not np.any(right & (np.abs(expected) > 1e-6 * scale)):
        return ""
    first = ", ".join(str(i) for i in np.argwhere(~right)[0])
    return (
        f"{right.sum()} of the {right.size} numbers {'is' if right.sum() == 1 else 'are'} right; "
        f"the first that is not stands at [{first}]."
    )


def _same(change):
    return lambda array, expected: close(array, change(expected))


def _reversed(array, expected):
    return close(array, expected[::-1]) if expected.ndim == 1 else False


def _reordered(array, expected):
    return close(np.sort(array, axis=None), np.sort(expected, axis=None))


def _inverted(array, expected):
    return not (expected == 0).any() and close(array, 1 / expected)


RELATIONS = (
    (_same(np.negative), "The sign is turned: this is minus the right answer, in every case."),
    (_same(np.abs), "The sizes are right, but the right answer can be negative."),
    (_same(lambda x: np.maximum(x, 0)), "What is negative in the right answer is 0 in yours."),
    (_same(lambda x: 1 - x), "This is 1 minus the right answer, in every case."),
    (_inverted, "The fraction is upside down: this is 1 over the right answer, in every case."),
    (_same(np.square), "This is the square of the right answer, in every case."),
    (
        lambda array, expected: (array >= 0).all() and close(array**2, expected),
        "This is the square root of the right answer, in every case.",
    ),
    (_same(np.transpose), "The right numbers, but transposed: rows and columns are swapped."),
    (_reversed, "The right numbers, in the opposite order."),
    (_reordered, "The right numbers, in another order."),
    (
        lambda array, expected: not array.any(),
        "Every number is 0, in every case; is what has been worked out ever put in?",
    ),
    (
        _same(np.floor),
        "This is the right answer cut down to whole numbers, as by // or int(); / keeps fractions.",
    ),
    (
        _same(np.trunc),
        "This is the right answer without its fractions, as int() or room for whole numbers "
        "leaves it.",
    ),
)


def _numbers(pairs):
    return (np.concatenate([np.ravel(pair[side]) for pair in pairs]) for side in (0, 1))


def _factor(pairs):
    """Say by which number every answer is too large, if there is one."""
    array, expected = _numbers(pairs)
    largest = np.abs(expected).argmax() if expected.size else 0
    if np.count_nonzero(expected) < 3 or not array[largest]:
        return ""
    factor = array[largest] / expected[largest]
    if not all(close(a, factor * e) for a, e in pairs):
        return ""
    return f"This is {factor:.6g} times the right answer, in every case."


def _rest(pairs):
    """Say which number has been added to every answer, if there is one."""
    array, expected = _numbers(pairs)
    rest = (array - expected)[:1].sum()
    if array.size < 3 or not all(close(a, e + rest) for a, e in pairs):
        return ""
    return f"This is {abs(rest):.6g} {'more' if rest > 0 else 'less'} than is right, in every case."


def _rounded(pairs):
    """Say to how many decimals the answers have been rounded, if they have."""
    for decimals in range(7):
        if all(np.array_equal(a, a.round(decimals)) for a, _ in pairs) and all(
            np.abs(a - e).max(initial=0) <= 0.501 * 10.0**-decimals for a, e in pairs
        ):
            return "The right answer, but rounded; return all the digits there are."
    return ""
