"""Eight rows at a time: the pieces of the compiled updates that a processor does in one go.

Everything is written so that the compiler finds vector instructions in it: eight neighbouring
numbers are read before any is written, and the exponential has no branches. The values are
those of `activations.py` to a few units in the last place, which the tests hold.
"""

from math import log1p
from typing import Any, Final

import numpy as np
from numba.extending import register_jitable

from nnviz.activations import LEAK
from nnviz.checks import FloatArray

LANES: Final = 8

SIGMOID, TANH, RELU, LEAKY_RELU, LINEAR, SOFTPLUS, SOFTMAX = range(7)
CODES: Final = ("sigmoid", "tanh", "relu", "leaky_relu", "linear", "softplus", "softmax")

# ln 2 in two parts, so that k * ln 2 can be taken off a number without an error.
_LN_2_HIGH: Final = 6.93147180369123816490e-01
_LN_2_LOW: Final = 1.90821492927058770002e-10
_LOG_2_E: Final = 1.44269504088896338700
# Added to a number it pushes the digits after the point out, and leaves the whole number in the
# lowest bits.
_ROUNDER: Final = 1.5 * 2.0**52


# Of these the compiler knows that they do not count from the end of an array.
_1, _2, _3, _4, _5, _6, _7 = (np.uint64(k) for k in range(1, LANES))


@register_jitable
def fill(into: FloatArray, i: int, value: float) -> None:
    """Set eight numbers from ``into[i]`` on."""
    p = np.uint64(i)
    into[p] = into[p + _1] = into[p + _2] = into[p + _3] = value
    into[p + _4] = into[p + _5] = into[p + _6] = into[p + _7] = value


@register_jitable
def add_multiple(into: FloatArray, i: int, factor: float, of: FloatArray, j: int) -> None:
    """Add ``factor`` times eight numbers from ``of[j]`` on to those from ``into[i]`` on."""
    p, q = np.uint64(i), np.uint64(j)
    a, b = into[p] + factor * of[q], into[p + _1] + factor * of[q + _1]
    c, d = into[p + _2] + factor * of[q + _2], into[p + _3] + factor * of[q + _3]
    e, f = into[p + _4] + factor * of[q + _4], into[p + _5] + factor * of[q + _5]
    g, h = into[p + _6] + factor * of[q + _6], into[p + _7] + factor * of[q + _7]
    into[p], into[p + _1], into[p + _2], into[p + _3] = a, b, c, d
    into[p + _4], into[p + _5], into[p + _6], into[p + _7] = e, f, g, h


@register_jitable
def add_products(into: FloatArray, i: int, x: FloatArray, j: int, y: FloatArray, k: int) -> None:
    """Add eight products of ``x[j]`` and ``y[k]`` and what follows to those from ``into[i]`` on."""
    p, q, r = np.uint64(i), np.uint64(j), np.uint64(k)
    a, b = into[p] + x[q] * y[r], into[p + _1] + x[q + _1] * y[r + _1]
    c, d = into[p + _2] + x[q + _2] * y[r + _2], into[p + _3] + x[q + _3] * y[r + _3]
    e, f = into[p + _4] + x[q + _4] * y[r + _4], into[p + _5] + x[q + _5] * y[r + _5]
    g, h = into[p + _6] + x[q + _6] * y[r + _6], into[p + _7] + x[q + _7] * y[r + _7]
    into[p], into[p + _1], into[p + _2], into[p + _3] = a, b, c, d
    into[p + _4], into[p + _5], into[p + _6], into[p + _7] = e, f, g, h


@register_jitable
def sum_of(values: FloatArray, i: int) -> float:
    """Return the sum of eight numbers, always in the same order."""
    p = np.uint64(i)
    first = (values[p] + values[p + _4]) + (values[p + _2] + values[p + _6])
    second = (values[p + _1] + values[p + _5]) + (values[p + _3] + values[p + _7])
    return float(first + second)


@register_jitable
def exp_and_less(x: float) -> Any:
    """Return exp(x) and exp(x) - 1 for x from -700 to 0, both with all their digits.

    exp(x) is 2**k exp(r) with r within half of ln 2; the series of exp(r) - 1 ends where its next
    term is below the last digit.
    """
    shifted = x * _LOG_2_E + _ROUNDER
    k = shifted - _ROUNDER
    r = (x - k * _LN_2_HIGH) - k * _LN_2_LOW
    series = 1 / 39916800 + r * (1 / 479001600 + r * (1 / 6227020800))
    series = 1 / 40320 + r * (1 / 362880 + r * (1 / 3628800 + r * series))
    series = 1 / 120 + r * (1 / 720 + r * (1 / 5040 + r * series))
    less = r * (1.0 + r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * series))))
    # The bits of 2**k, made from k alone.
    power = np.int64((np.float64(shifted).view(np.int64) + 1023) << 52).view(np.float64)
    return power * less + power, power * less + (power - 1.0)


@register_jitable
def activate(
    code: int, z: FloatArray, a: FloatArray, slopes: FloatArray, begin: int, end: int
) -> None:
    """Write value and slope of an activation at ``z[begin:end]`` to the same places."""
    first, after = np.uint64(begin), np.uint64(end)
    if code == TANH:
        for s in range(first, after):
            shrunk, less = exp_and_less(-2.0 * min(abs(z[s]), 350.0))
            size = -less / (2.0 + less)
            a[s] = size if z[s] >= 0.0 else -size
            slopes[s] = 4.0 * shrunk / ((1.0 + shrunk) * (1.0 + shrunk))
    elif code == SIGMOID:
        for s in range(first, after):
            shrunk, _ = exp_and_less(-min(abs(z[s]), 700.0))
            a[s] = (1.0 if z[s] >= 0.0 else shrunk) / (1.0 + shrunk)
            slopes[s] = shrunk / ((1.0 + shrunk) * (1.0 + shrunk))
    elif code in (RELU, LEAKY_RELU):
        leak = LEAK if code == LEAKY_RELU else 0.0
        for s in range(first, after):
            slopes[s] = 1.0 if z[s] > 0.0 else leak
            a[s] = z[s] if z[s] > 0.0 else leak * z[s]
    elif code == SOFTPLUS:
        for s in range(first, after):
            shrunk, _ = exp_and_less(-min(abs(z[s]), 700.0))
            a[s] = max(z[s], 0.0) + log1p(shrunk)
            slopes[s] = (1.0 if z[s] >= 0.0 else shrunk) / (1.0 + shrunk)
    elif code == LINEAR:
        for s in range(first, after):
            a[s] = z[s]
            slopes[s] = 1.0
    else:  # softmax: one share for each unit, in every lane
        n_units = (end - begin) // LANES
        for lane in range(LANES):
            highest = z[begin + lane]
            for unit in range(1, n_units):
                highest = max(highest, z[begin + unit * LANES + lane])
            total = 0.0
            for unit in range(n_units):
                s = begin + unit * LANES + lane
                a[s], _ = exp_and_less(-min(highest - z[s], 700.0))
                total += a[s]
            for unit in range(n_units):
                s = begin + unit * LANES + lane
                a[s] /= total
                slopes[s] = 1.0  # never used: the loss's slope contains it
