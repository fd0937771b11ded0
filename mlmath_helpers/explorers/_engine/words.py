"""Numbers and minus signs as a reader would write them."""

import re


def typeset(text):
    """Return the text with a minus sign where a hyphen stands before a number.

    Examples
    --------
    >>> typeset("from -0.5 to 1e-3, in a well-known way")
    'from −0.5 to 1e-3, in a well-known way'
    """
    return re.sub(r"(?<![\w.)\]])-(?=\.?\d)", "−", text)


def without_zeros(number):
    """Return a number such as "1e-05" as a reader would write it.

    Examples
    --------
    >>> without_zeros(f"{0.00001:g}"), without_zeros(f"{2.5e6:.2g}")
    ('1e-5', '2.5e6')
    """
    return number.replace("e-0", "e-").replace("e+0", "e")
