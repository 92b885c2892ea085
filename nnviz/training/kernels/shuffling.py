"""The random numbers of the compiled updates: the streams of `splitmix`, as machine code.

Which rows come when, and which units take part, is read there; the tests hold both to it.
"""

import numpy as np
import numpy.typing as npt
from numba.extending import register_jitable

from nnviz.nn.checks import FloatArray
from nnviz.nn.splitmix import GAMMA, MULTIPLIERS, ORDER

_FIRST, _SECOND = np.uint64(MULTIPLIERS[0]), np.uint64(MULTIPLIERS[1])
_GAMMA = np.uint64(GAMMA)
_11, _27, _30, _31, _32 = (np.uint64(bits) for bits in (11, 27, 30, 31, 32))
_UNIT = 2.0**-53
_ORDER = np.uint64(ORDER)


@register_jitable
def _mixed(state: np.uint64) -> np.uint64:
    state = (state ^ (state >> _30)) * _FIRST
    state = (state ^ (state >> _27)) * _SECOND
    return state ^ (state >> _31)


@register_jitable
def key_of(seed: np.uint64, stream: np.uint64, index: int) -> np.uint64:
    """Return the key of one epoch, or one update, in a stream of a seed."""
    return _mixed(_mixed(seed + stream * _GAMMA) + np.uint64(index) * _GAMMA)


@register_jitable
def shuffle(order: npt.NDArray[np.int64], key: np.uint64) -> None:
    """Write 0 to n - 1 in the order that the key names."""
    n = len(order)
    for row in range(n):
        order[row] = row
    for last in range(n - 1, 0, -1):
        number = _mixed(key + np.uint64(n - last) * _GAMMA)
        place = np.int64(((number >> _32) * np.uint64(last + 1)) >> _32)
        order[last], order[place] = order[place], order[last]


@register_jitable
def drop(
    keep: FloatArray,
    first_unit: int,
    last_unit: int,
    first_row: int,
    n: int,
    dropout: float,
    key: np.uint64,
) -> None:
    """Write what each hidden unit of n rows is multiplied by: 0, or 1 / (1 - dropout)."""
    n_units = last_unit - first_unit
    for unit in range(n_units):
        for r in range(n):
            k = np.uint64((first_row + r) * n_units + unit + 1)
            fraction = np.float64(_mixed(key + k * _GAMMA) >> _11) * _UNIT
            keep[(first_unit + unit) * n + r] = 0.0 if fraction < dropout else 1.0 / (1.0 - dropout)


def shuffle_epochs(seed: np.uint64, first_epoch: int, orders: npt.NDArray[np.int32]) -> None:
    """Write the order of the rows of one epoch after the other into the lines of `orders`."""
    n = orders.shape[1]
    order = np.zeros(n, dtype=np.int64)
    for k in range(len(orders)):
        shuffle(order, key_of(seed, _ORDER, first_epoch + k))
        for row in range(n):
            orders[k, row] = order[row]
