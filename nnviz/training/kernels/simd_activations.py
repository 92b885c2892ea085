"""Activations of eight rows at a time, as the compiled updates need them.

The values and slopes are those of `activations.py` to a few units in the last place, which the
tests hold; the exponential has no branches, so that eight of them cost little more than one.
"""

from typing import Any, Final

from numba.extending import register_jitable

from nnviz.nn.activations import LEAK
from nnviz.nn.checks import FloatArray
from nnviz.training.kernels.simd import (
    LANES,
    Eight,
    at_least,
    at_most,
    eight,
    fused,
    if_positive,
    magnitude,
    power_of_two,
    put,
    spread,
    with_signs,
)

SIGMOID, TANH, RELU, LEAKY_RELU, LINEAR, SOFTPLUS, SOFTMAX = range(7)
CODES: Final = ("sigmoid", "tanh", "relu", "leaky_relu", "linear", "softplus", "softmax")

# ln 2 in two parts, so that k * ln 2 can be taken off a number without an error.
_LN_2_HIGH: Final = 6.93147180369123816490e-01
_LN_2_LOW: Final = 1.90821492927058770002e-10
_LOG_2_E: Final = 1.44269504088896338700
# Added to a number it pushes the digits after the point out, and leaves the whole number in the
# lowest bits.
_ROUNDER: Final = 1.5 * 2.0**52


@register_jitable
def exp_and_less(x: Eight) -> Any:
    """Return exp(x) and exp(x) - 1 for x from -700 to 0, both with all their digits.

    exp(x) is 2**k exp(r) with r within half of ln 2; the series of exp(r) - 1 ends where its next
    term is below the last digit. Its terms are added in pairs: a processor does several at once.
    """
    shifted = fused(x, _LOG_2_E, _ROUNDER)
    k = shifted - _ROUNDER
    r = fused(k, -_LN_2_LOW, fused(k, -_LN_2_HIGH, x))
    r_2 = r * r
    r_4 = r_2 * r_2
    from_2 = fused(r_2, fused(r, 1 / 120, 1 / 24), fused(r, 1 / 6, 1 / 2))
    from_6 = fused(r_2, fused(r, 1 / 362880, 1 / 40320), fused(r, 1 / 5040, 1 / 720))
    from_10 = fused(r, 1 / 39916800, 1 / 3628800)
    from_10 = fused(r_2, fused(r, 1 / 6227020800, 1 / 479001600), from_10)
    less = fused(r_2, fused(r_4, fused(r_4, from_10, from_6), from_2), r)
    power = power_of_two(shifted)
    return fused(power, less, power), fused(power, less, power - 1.0)


@register_jitable
def log1p_of(x: Eight) -> Eight:
    """Return ln(1 + x) for x from 0 to 1: twice the area tangent of x / (2 + x), by its series."""
    t = x / (2.0 + x)
    s = t * t
    s_2 = s * s
    s_4 = s_2 * s_2
    from_3 = fused(s_2, fused(s, 1 / 9, 1 / 7), fused(s, 1 / 5, 1 / 3))
    from_11 = fused(s_2, fused(s, 1 / 17, 1 / 15), fused(s, 1 / 13, 1 / 11))
    from_19 = fused(s_2, fused(s, 1 / 25, 1 / 23), fused(s, 1 / 21, 1 / 19))
    from_27 = fused(s_2, fused(s, 1 / 33, 1 / 31), fused(s, 1 / 29, 1 / 27))
    series = fused(s_4, fused(s_4, fused(s_4, from_27, from_19), from_11), from_3)
    return 2.0 * fused(t * s, series, t)


@register_jitable
def _share_out(a: FloatArray, begin: int, end: int) -> None:
    """Make shares of the sums in ``a[begin:end]``, in each lane of its own: softmax."""
    highest = eight(a, begin)
    for s in range(begin + LANES, end, LANES):
        here = eight(a, s)
        highest = if_positive(here - highest, here, highest)
    whole = 0.0 * highest
    for s in range(begin, end, LANES):
        grown, _ = exp_and_less(-at_most(highest - eight(a, s), 700.0))
        put(a, s, grown)
        whole = whole + grown
    for s in range(begin, end, LANES):
        put(a, s, eight(a, s) / whole)


@register_jitable
def activate(code: int, a: FloatArray, slopes: FloatArray, begin: int, end: int) -> None:
    """Make values of the sums in ``a[begin:end]``, and write the slopes to the same places."""
    if code == TANH:
        for s in range(begin, end, LANES):
            z = eight(a, s)
            shrunk, less = exp_and_less(-2.0 * at_most(magnitude(z), 350.0))
            share = 1.0 / (2.0 + less)
            put(a, s, with_signs(less * share, z))
            put(slopes, s, 4.0 * shrunk * share * share)
    elif code == SIGMOID:
        for s in range(begin, end, LANES):
            z = eight(a, s)
            shrunk, _ = exp_and_less(-at_most(magnitude(z), 700.0))
            share = 1.0 / (1.0 + shrunk)
            put(a, s, share * if_positive(z, 1.0, shrunk))
            put(slopes, s, shrunk * share * share)
    elif code == SOFTPLUS:
        for s in range(begin, end, LANES):
            z = eight(a, s)
            shrunk, _ = exp_and_less(-at_most(magnitude(z), 700.0))
            put(a, s, at_least(z, 0.0) + log1p_of(shrunk))
            put(slopes, s, if_positive(z, 1.0, shrunk) / (1.0 + shrunk))
    elif code in (RELU, LEAKY_RELU):
        leak = LEAK if code == LEAKY_RELU else 0.0
        for s in range(begin, end, LANES):
            z = eight(a, s)
            # Not 0 * z, which of an infinite sum would be no number.
            put(a, s, if_positive(z, z, leak * z) if code == LEAKY_RELU else at_least(z, 0.0))
            put(slopes, s, if_positive(z, 1.0, leak))
    else:
        for s in range(begin, end, LANES):
            put(slopes, s, spread(1.0))  # never used of softmax: the loss's slope contains it
        if code == SOFTMAX:
            _share_out(a, begin, end)
