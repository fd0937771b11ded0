"""What a wrong distribution costs."""

import math

import numpy as np

from .._arguments import checked, distribution, equally_long, number, positive
from .._numbers import deviance
from ._entropy import surprises, unit


@checked(equally_long("p", "q"), p=distribution, q=distribution, base=unit)
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
    >>> from mlmath_helpers.information_theory import entropy
    >>> cross_entropy([0.5, 0.5], [0.25, 0.75]) > entropy([0.5, 0.5])
    True
    >>> cross_entropy([0.5, 0.5], [0, 1])
    inf
    """
    happens = p > 0  # what never happens costs nothing, whatever q says
    return max(0.0, float(p[happens] @ surprises(q[happens], base)))  # q may sum to 1 + 1e-9


@checked(equally_long("p", "q"), p=distribution, q=distribution, base=unit)
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
    p, q = p[p > 0], q[p > 0]
    extra = surprises(q, base) - surprises(p, base)  # log(p / q), where p / q could overflow
    return max(0.0, float(p @ extra))  # rounding may leave -1e-17


@checked(equally_long("p", "q"), p=distribution, q=distribution, base=unit)
def js_divergence(p, q, *, base=2):
    """Jensen-Shannon divergence: mean of D(p||m) and D(q||m), m = (p + q) / 2.

    It is summed as m_i times ((1 + e) log(1 + e) + (1 - e) log(1 - e)) / 2 with e the share
    (p_i - q_i) / (p_i + q_i). No term is negative, so that of nearly equal ones no digit is lost.

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
    middle = p / 2 + q / 2
    apart = np.divide(p / 2 - q / 2, middle, out=np.zeros_like(p), where=middle > 0)
    return float(middle @ _cost_of_the_middle(apart)) / math.log(base)


@checked(mean_p=number, sd_p=positive, mean_q=number, sd_q=positive, base=unit)
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
    shift = (mean_p - mean_q) / sd_q
    answer = (_cost_of_width(sd_p, sd_q) + shift * shift / 2) / math.log(base)
    if math.isinf(answer):
        raise ValueError(
            "mean_p is so far from mean_q, or sd_p so much larger than sd_q, that the divergence "
            "is beyond the largest double, 1.8e308"
        )
    return answer


def _cost_of_width(sd_p, sd_q):
    """Return (w^2 - 1) / 2 - log w at w = sd_p / sd_q, not negative, and 0 only at w = 1.

    Near 1, with w = 1 + e, that is e^2 / 2 + (e - log(1 + e)), of which no digit is lost.
    """
    width, e = sd_p / sd_q, (sd_p - sd_q) / sd_q
    if abs(e) < 0.1:
        return e * e / 2 + float(deviance(1.0, width, -e))
    return math.log(sd_q) - math.log(sd_p) + (width * width - 1) / 2


def _x_log_x(e):
    """Return x log x at x = 1 + e, which is 0 at x = 0."""
    return (1 + e) * np.log1p(np.where(e > -1, e, 0.0))


def _cost_of_the_middle(e):
    """Return ((1 + e) log(1 + e) + (1 - e) log(1 - e)) / 2 = e artanh e + log(1 - e^2) / 2."""
    near = np.where(np.abs(e) < 0.5, e, 0.0)
    far = _x_log_x(e) + _x_log_x(-e)
    return np.where(near == e, near * np.arctanh(near) + np.log1p(-near * near) / 2, far / 2)
