"""Information theory: surprise, entropy, and what a wrong or a new distribution costs.

Every quantity is in bits unless ``base`` says otherwise. Limits are decided: 0 log 0 = 0, an
impossible outcome is an infinite surprise, and D(p||q) is inf where q = 0 < p.

A distribution is refused, not repaired, if it has a negative entry or its sum is further
than 1e-8 from 1: the message says the sum. Probabilities rounded to four digits are further.
"""

import math

import numpy as np

from ._arguments import categories, number, real_array, same_length, vector

SUM_TOLERANCE = 1e-8


def surprise(probability, *, base=2):
    """Information gained by an outcome of this probability, log(1 / p) = -log p.

    Parameters
    ----------
    probability : float or array_like of any shape
        Between 0 and 1.
    base : float
        Unit of the answer: 2 for bits, e for nats, 10 for decimal digits. Above 1.

    Returns
    -------
    float, or array of the same shape
        0 for what is certain, 1 bit for a fair coin, inf for what is impossible. The
        surprises of independent outcomes add.

    Raises
    ------
    ValueError
        If a probability is outside [0, 1], or ``base`` is not above 1.

    References
    ----------
    Goodfellow, Bengio & Courville, Deep Learning, section 3.13.

    Examples
    --------
    >>> surprise(0.5), surprise(1 / 8)
    (1.0, 3.0)
    >>> surprise([1, 0.25, 0])
    array([ 0.,  2., inf])
    """
    p = real_array(probability, "probability")
    if p.min() < 0 or p.max() > 1:
        outside = p.min() if p.min() < 0 else p.max()
        raise ValueError(f"probability must be between 0 and 1, not {float(outside)!r}")
    answer = _minus_log(p, base)
    return float(answer) if p.ndim == 0 else answer


def entropy(probabilities, *, base=2):
    """Average surprise of a distribution, H(p) = sum_i p_i log(1 / p_i).

    Parameters
    ----------
    probabilities : array_like, shape (k,)
        Non-negative, summing to one. Zeros add nothing, since x log x -> 0 as x -> 0.
    base : float
        Unit of the answer: 2 for bits, e for nats. Above 1.

    Returns
    -------
    float
        Between 0 (one outcome is certain) and log k (all k are equally likely).

    Raises
    ------
    ValueError
        If ``probabilities`` is not a distribution (its sum is not within 1e-8 of 1).

    References
    ----------
    Cover & Thomas, Elements of Information Theory, section 2.1.

    Examples
    --------
    >>> entropy([0.5, 0.25, 0.25])
    1.5
    >>> entropy([1, 0])
    0.0
    """
    p = _distribution(probabilities, "probabilities")
    p = p[p > 0]  # 0 log 0 = 0
    return max(0.0, float(p @ _minus_log(p, base)))  # a sum of 1 + 1e-9 may leave -1e-9


def cross_entropy(p, q, *, base=2):
    """Average surprise of one who believes q while p is true, sum_i p_i log(1 / q_i).

    Parameters
    ----------
    p, q : array_like, shape (k,)
        Two distributions over the same outcomes: the true one, and the model.
    base : float
        Unit of the answer: 2 for bits, e for nats. Above 1.

    Returns
    -------
    float
        At least the entropy of p, and equal to it only for q = p. It is inf where the model
        calls impossible (q_i = 0) what happens (p_i > 0).

    Raises
    ------
    ValueError
        If p or q is not a distribution, or they differ in length.

    References
    ----------
    Goodfellow, Bengio & Courville, Deep Learning, section 3.13.

    Examples
    --------
    >>> cross_entropy([0.5, 0.5], [0.25, 0.75]) > entropy([0.5, 0.5])
    True
    >>> cross_entropy([0.5, 0.5], [0, 1])
    inf
    """
    p, q = _two_distributions(p, q)
    happens = p > 0  # what never happens costs nothing, whatever q says
    return float(p[happens] @ _minus_log(q[happens], base))


def kl_divergence(p, q, *, base=2):
    """Extra surprise from believing q while p is true, D(p||q) = sum_i p_i log(p_i / q_i).

    Parameters
    ----------
    p, q : array_like, shape (k,)
        Two distributions over the same outcomes: the true one, and the model.
    base : float
        Unit of the answer: 2 for bits, e for nats. Above 1.

    Returns
    -------
    float
        0 for q = p, else positive; inf where q_i = 0 < p_i. Not symmetric, so no distance.
        Rounding leaves an error of about 1e-16 times the largest surprise.

    Raises
    ------
    ValueError
        If p or q is not a distribution, or they differ in length.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, section 2.3.

    Examples
    --------
    >>> kl_divergence([1, 0], [0.25, 0.75]), kl_divergence([0.25, 0.75], [1, 0])
    (2.0, inf)
    """
    p, q = _two_distributions(p, q)
    p, q = p[p > 0], q[p > 0]
    extra = _minus_log(q, base) - _minus_log(p, base)  # log(p / q), where p / q could overflow
    return max(0.0, float(p @ extra))  # rounding may leave -1e-17


def js_divergence(p, q, *, base=2):
    """Jensen-Shannon divergence: mean of D(p||m) and D(q||m), m = (p + q) / 2.

    It is computed as H(m) - (H(p) + H(q)) / 2, which is the same number.

    Parameters
    ----------
    p, q : array_like, shape (k,)
        Two distributions over the same outcomes.
    base : float
        Unit of the answer: 2 for bits, e for nats. Above 1.

    Returns
    -------
    float
        Between 0 (equal) and 1 bit (no outcome in common): symmetric and never infinite.
        Its square root is a distance.

    Raises
    ------
    ValueError
        If p or q is not a distribution, or they differ in length.

    References
    ----------
    Lin (1991), Divergence measures based on the Shannon entropy, IEEE Trans. Inf. Theory 37.

    Examples
    --------
    >>> js_divergence([1, 0], [0, 1]), js_divergence([0.5, 0.5], [0.5, 0.5])
    (1.0, 0.0)
    """
    p, q = _two_distributions(p, q)
    bits = _entropy_bits((p + q) / 2) - (_entropy_bits(p) + _entropy_bits(q)) / 2
    return max(0.0, float(bits)) / math.log2(_checked_base(base))


def gaussian_kl(mean_p, sd_p, mean_q=0.0, sd_q=1.0, *, base=2):
    """D(p||q) of two normal densities, log(s_q/s_p) + (s_p^2 + (m_p - m_q)^2) / (2 s_q^2) - 1/2.

    (The formula is in nats; a division by log(base) turns it into the unit asked for.)

    Parameters
    ----------
    mean_p, sd_p : float
        Mean and standard deviation of the true normal p.
    mean_q, sd_q : float
        Those of the model q; the standard normal by default.
    base : float
        Unit of the answer: 2 for bits, e for nats. Above 1.

    Returns
    -------
    float
        0 only where both means and both standard deviations agree.

    Raises
    ------
    ValueError
        If a standard deviation is not positive, or the answer is beyond the largest double.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning, exercise 1.30.

    Examples
    --------
    >>> gaussian_kl(1, 1, base=math.e)
    0.5
    """
    mean_p, mean_q = number(mean_p, "mean_p"), number(mean_q, "mean_q")
    sd_p, sd_q = number(sd_p, "sd_p", above=0), number(sd_q, "sd_q", above=0)
    width, shift = sd_p / sd_q, (mean_p - mean_q) / sd_q
    nats = math.log(sd_q) - math.log(sd_p) + (width * width + shift * shift - 1) / 2
    if math.isinf(nats):
        raise ValueError(
            "mean_p is so far from mean_q, or sd_p so much larger than sd_q, that the divergence "
            "is beyond the largest double, 1.8e308"
        )
    return max(0.0, nats) / math.log(_checked_base(base))


def information_gain(feature, labels, *, base=2):
    """Entropy of the labels minus what is left once the feature is known, H(y) - H(y | feature).

    Parameters
    ----------
    feature : array_like, shape (n,)
        One value a row: words, whole numbers or truth values. Each value is a group of its
        own, "?" too; cut a measurement first, ``information_gain(x <= 3.5, labels)``.
    labels : array_like, shape (n,)
        The class of each row.
    base : float
        Unit of the answer: 2 for bits, e for nats. Above 1.

    Returns
    -------
    float
        From 0 (the feature tells nothing about these labels) to H(y) (it tells all). A
        feature with a different value in each row always tells all, and is of no use.

    Raises
    ------
    ValueError
        If the two differ in length, are empty or hold nan.

    References
    ----------
    Quinlan (1986), Induction of decision trees, Machine Learning 1, 81-106.

    Examples
    --------
    >>> information_gain(["red", "red", "blue", "blue"], [0, 0, 1, 1])
    1.0
    >>> information_gain(["red", "blue", "red", "blue"], [0, 0, 1, 1])
    0.0
    """
    feature, labels = categories(feature, "feature"), categories(labels, "labels")
    same_length(feature, "feature", labels, "labels")
    counts = _count_pairs(feature, labels)  # (n_values, n_classes)
    before = entropy(counts.sum(axis=0) / counts.sum(), base=base)
    sizes = counts.sum(axis=1)
    after = [entropy(row / row.sum(), base=base) for row in counts]
    return max(0.0, float(before - sizes @ after / sizes.sum()))


def _count_pairs(feature, labels):
    """Return the table of counts, values of the feature in rows, classes in columns."""
    values, row = np.unique(feature, return_inverse=True)
    classes, column = np.unique(labels, return_inverse=True)
    cells = np.bincount(row * len(classes) + column, minlength=len(values) * len(classes))
    return cells.reshape(len(values), len(classes))


def _minus_log(p, base):
    with np.errstate(divide="ignore"):  # an impossible outcome: inf, and meant
        return (0.0 - np.log2(p)) / math.log2(_checked_base(base))  # 0.0 for p = 1, not -0.0


def _entropy_bits(p):
    p = p[p > 0]
    return -(p @ np.log2(p))


def _checked_base(base):
    return number(base, "base", above=1, because="it is the unit, 2 for bits and e for nats")


def _distribution(value, name):
    p = vector(value, name)
    if p.min() < 0:
        raise ValueError(f"{name} must not be negative, but holds {p.min():.6g}")
    total = float(p.sum())
    if abs(total - 1) > SUM_TOLERANCE:
        raise ValueError(
            f"{name} must sum to 1 (within {SUM_TOLERANCE:g}), but sums to {total:.10g}; "
            "divide counts or weights by their sum first"
        )
    return p


def _two_distributions(p, q):
    p, q = _distribution(p, "p"), _distribution(q, "q")
    same_length(p, "p", q, "q")
    return p, q
