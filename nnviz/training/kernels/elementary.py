"""Exponential functions without branches, which a compiler can evaluate for several rows at once.

They take the place of `math.exp`, `math.tanh` and `math.log1p` in the activations while a batch
of several rows is computed. The tests hold them to a few units in the last place of those.
"""

from math import copysign
from typing import Final

import numpy as np
from numba.extending import register_jitable

# ln 2 in two parts, so that k * ln 2 can be subtracted from a number without an error.
_LN_2_HIGH: Final = 6.93147180369123816490e-01
_LN_2_LOW: Final = 1.90821492927058770002e-10
_LOG_2_E: Final = 1.44269504088896338700
# Added to a number it pushes the digits after the point out, and leaves the whole number in the
# lowest bits.
_ROUNDER: Final = 1.5 * 2.0**52


@register_jitable(forceinline=True)
def _parts(x: float) -> tuple[float, float]:
    """Return 2**k and exp(r) - 1, where x = k ln 2 + r and r is within half of ln 2.

    The series of exp(r) - 1 ends where its next term is below the last digit. Its terms are
    added in pairs: a processor does several at once.
    """
    shifted = x * _LOG_2_E + _ROUNDER
    k = shifted - _ROUNDER
    r = (x - k * _LN_2_HIGH) - k * _LN_2_LOW
    r_2 = r * r
    r_4 = r_2 * r_2
    from_2 = (1 / 2 + r * (1 / 6)) + r_2 * (1 / 24 + r * (1 / 120))
    from_6 = (1 / 720 + r * (1 / 5040)) + r_2 * (1 / 40320 + r * (1 / 362880))
    from_10 = (1 / 3628800 + r * (1 / 39916800)) + r_2 * (1 / 479001600 + r * (1 / 6227020800))
    number = np.float64(shifted)
    bits = np.int64((number.view(np.int64) + 1023) << 52)
    return bits.view(np.float64), r + r_2 * (from_2 + r_4 * (from_6 + r_4 * from_10))


@register_jitable(forceinline=True)
def exp(x: float) -> float:
    """Return e to the x; beyond -700 and 700 that of the limit, and NaN for NaN."""
    x = -700.0 if x < -700.0 else x
    power, rest = _parts(700.0 if x > 700.0 else x)
    return power + power * rest


@register_jitable(forceinline=True)
def tanh(z: float) -> float:
    """Return the hyperbolic tangent: -e / (2 + e) with e = exp(-2 |z|) - 1, and the sign of z."""
    x = -2.0 * abs(z)
    power, rest = _parts(-700.0 if x < -700.0 else x)
    e = power * rest + (power - 1.0)
    return copysign(e / (2.0 + e), z)


@register_jitable(forceinline=True)
def log1p(x: float) -> float:
    """Return ln(1 + x) for x from 0 to 1: 2 artanh(x / (2 + x)), by its series."""
    t = x / (2.0 + x)
    s = t * t
    s_2 = s * s
    s_4 = s_2 * s_2
    from_3 = (1 / 3 + s * (1 / 5)) + s_2 * (1 / 7 + s * (1 / 9))
    from_11 = (1 / 11 + s * (1 / 13)) + s_2 * (1 / 15 + s * (1 / 17))
    from_19 = (1 / 19 + s * (1 / 21)) + s_2 * (1 / 23 + s * (1 / 25))
    from_27 = (1 / 27 + s * (1 / 29)) + s_2 * (1 / 31 + s * (1 / 33))
    return 2.0 * (t + t * s * (from_3 + s_4 * (from_11 + s_4 * (from_19 + s_4 * from_27))))
