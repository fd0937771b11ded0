"""Words of advice on errors whose own words help beginners least."""

import re


def advice(stopped):
    """Return what helps where Python's or numpy's own message speaks of something else, or ''.

    ``stopped`` is the error as the learner reads it: its kind, its message, its line.
    """
    return _must_stay_whole(stopped) or next(
        (sentence for words, sentence in ADVICE if re.search(words, stopped)), ""
    )


ADVICE = (  # from words of the message to the sentence that is said after it
    (
        r"bitwise_xor|operand type\(s\) for \^",
        "In Python ^ is not a power; write **, as in x**2.",
    ),
    (
        r"bitwise_(and|or)' not supported|operand type\(s\) for [&|]:",
        "& and | bind more closely than comparisons: put brackets around each of them, "
        "as in (x > 0) & (x < 1).",
    ),
    (
        "Field elements must be 2- or 3-tuples",
        "np.array takes one list: put its rows into one more pair of brackets, [[...], [...]].",
    ),
    (
        "truth value of an? (empty )?array",
        "if, while, and, or and not want a single True or False (so do min and max of Python), "
        "and here is a whole array of them. np.where chooses entry by entry; & and | combine entry "
        "by entry; .any() "
        "and .all() make one answer of them.",
    ),
    (
        r"only (0-dimensional|length-1|size-1) arrays|must be real number, not (ndarray|list)",
        "float(), int() and the functions of math take one number, and here is a whole array. "
        "np.sqrt, np.log and their like work on each entry; a single number has to be made first, "
        "by a sum or a dot product for instance.",
    ),
    (
        "only integer scalar arrays can be converted to a scalar index",
        "Here an array stands where one whole number is meant, as in range(n) or in the place "
        "of a list's entry.",
    ),
    (
        "setting an array element with a sequence",
        "One entry of an array holds one number, and here a whole array is put into it.",
    ),
    (
        r"does not have enough dimensions|Scalar operands are not allowed",
        "@ wants an array on each side, and one of these is a single number; use * for numbers.",
    ),
    (
        "solve1?: Input operand",
        "In np.linalg.solve(A, b) the matrix A has as many rows as b; look at both .shape.",
    ),
    (
        r"core dimension|shapes .* not aligned",
        "The shapes do not fit this product: the rows of what stands left of @ must be as long "
        "as the columns of what stands right of it. Look at both .shape; perhaps one is to be "
        "transposed, by .T, or they stand the wrong way round.",
    ),
    (
        "could not broadcast input array",
        "What is put in has another shape than the place it is put into; look at both .shape.",
    ),
    (
        "could not be broadcast together",
        "Arrays are combined entry by entry only if their shapes fit: counted from the last axis, "
        "lengths must be equal, or one of them 1. Look at both .shape.",
    ),
    (
        "dimensions except for the concatenation axis must match|same number of dimensions",
        "What is put side by side or end to end has to fit: columns must be equally long, so a "
        "column of ones is np.ones(n), and not the number 1.",
    ),
    (
        "math domain error|expected a (nonnegative|positive) input",
        "A function of math was asked for a value that it does not have, as are the root of a "
        "negative number and the logarithm of 0 or less. Look at what it is given.",
    ),
    (
        "math range error",
        "The value is beyond the largest double, 1.8e308, as math.exp of more than 709 is.",
    ),
    (
        "cannot convert float (infinity|NaN) to integer",
        "There is no whole number for inf or nan; look at what made it, such as the logarithm "
        "of 0, a division by 0, or an entry that is not known.",
    ),
    (
        "must be square",
        "Only a square matrix, with as many rows as columns, has an inverse, a determinant or "
        "eigenvalues.",
    ),
    (
        "array given. Array must be at least two-dimensional",
        "A matrix is meant where a vector stands. In np.linalg.solve(A, b) the matrix A comes "
        "first.",
    ),
    (
        "Singular matrix",
        "This matrix has no inverse: its columns are dependent (up to rounding), so a system "
        "with it has no solution or many.",
    ),
    (
        "too many indices for array",
        "There are more indices in the brackets than this array has axes; look at its .shape.",
    ),
    (
        "index .* is out of bounds|index out of range",
        "Positions are counted from 0, so the last of n is n - 1; and a matrix has as many "
        "columns as A.shape[1], as many rows as len(A).",
    ),
    (
        r"type\(s\) for .*'list'|multiply sequence by non-int|'list' object has no attribute",
        "Lists do no arithmetic: + puts one after the other. np.array(...) makes an array of "
        "a list.",
    ),
    (
        "cannot be interpreted as an integer|only integers, slices",
        "Here a whole number is meant: // divides without a rest, int(...) cuts it off.",
    ),
    (
        "as a data type",
        "The shape of an array is one argument, a pair in brackets of its own: np.zeros((m, n)).",
    ),
    (
        "object is not callable",
        "Round brackets right after a name or a number call it as a function: a product needs *, "
        "an entry square brackets.",
    ),
    (
        "object is not (iterable|subscriptable)|has no len",
        "A single number stands here where several are meant, a list or an array.",
    ),
    (
        "ZeroDivisionError",
        "What stands below the fraction line is 0 for this input; look at what it is made of.",
    ),
    (
        r"is not in list|list\.index\(x\)",
        "list.index finds only what stands in the list exactly. What is only near, or large "
        "enough, is found by a comparison: np.argmax(x >= value) is the first position.",
    ),
    (
        r"cross product|3-dimensional vectors",
        "np.cross is made for vectors of three entries; what is to hold in any dimension is "
        "built of dot products.",
    ),
    (
        r"(Result|tuple)' object has no attribute",
        "Several things come back together here, as from np.linalg.eig: take one by its place, "
        "[0], or give each a name, as in values, vectors = np.linalg.eig(A).",
    ),
    (
        "RecursionError",
        "The function calls itself without end; some input must be answered without a call.",
    ),
    (
        "stopped with NameError",
        "Python knows no such name here. Is it spelt as where it was made, and has that cell "
        "been run?",
    ),
    (
        "cannot access local variable",
        "This name gets its value inside the function, but on this way it has none yet; give it "
        "one before the loop or the if.",
    ),
)

MADE_BY = (  # from words of numpy's warning to what makes nan or inf
    ("divide by zero encountered in log", "the logarithm of 0, which is -inf"),
    ("divide by zero", "a division by 0"),
    ("overflow", "going beyond the largest double, 1.8e308"),
    ("sqrt", "the root of a negative number"),
    ("log", "the logarithm of a negative number"),
    ("arc", "the angle of a sine or cosine beyond 1"),
    ("divide|remainder|mod", "0/0 or inf/inf"),
    ("matmul|dot|vecmat|matvec", "0 times inf, or inf minus inf"),
    ("multiply", "0 times inf"),
    ("subtract|add|reduce|accumulate", "inf minus inf"),
    ("power", "a power of a negative number that is not whole"),
)


def made_by(warning):
    """Return what numpy's warning says of how nan or inf was made, in words of arithmetic."""
    found = (made for words, made in MADE_BY if re.search(words, warning))
    return next(found, warning.replace("encountered ", ""))


IN_PLACE = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "power": "**"}


def _must_stay_whole(stopped):
    """Say what an in-place operator on whole numbers needs, if that is the error, or ''."""
    cast = re.search(r"Cannot cast ufunc '(\w+)' output .* to dtype\('u?int", stopped)
    sign = cast and IN_PLACE.get(cast[1])
    if not sign:
        return ""
    target = re.search(rf"(\w+)((?:\[[^]]*\])*) *{re.escape(sign)}=", stopped)
    name, part = target.groups() if target else ("w", "")
    remedy = f"write {name} = {name} {sign} ..."
    if part:  # A[i] = A[i] - ... would cut the fractions off and say nothing
        remedy = f"make room for fractions first, {name} = {name}.astype(float)"
    return f"These are whole numbers, and {sign}= must keep them whole; {remedy}"
