"""Least squares by Householder's reflections, with the longest column first.

Source: Golub and Van Loan, "Matrix Computations", 5.1 and 5.4.2.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray

# A column of length 1 of which no more than this is left tells nothing that others do not.
_TELLS_NOTHING: Final = 1e-10


def shortest_solution(table: FloatArray, b: FloatArray) -> tuple[FloatArray, int]:
    """Return the shortest x with the least ``|table x - b|``, and how many columns tell something.

    Parameters
    ----------
    table : ndarray, shape (n_rows, n_columns)
        Columns of about length 1, or of zeros.
    b : ndarray, shape (n_rows,)
    """
    upper, c, order, rank = _triangle(table, b)
    x = np.zeros(table.shape[1])
    if rank == table.shape[1]:
        x[order] = _upwards(upper[:rank], c[:rank])
    elif rank:
        # Fewer equations than unknowns: the shortest solution lies in the span of their rows.
        lower, _, _, _ = _triangle(upper[:rank].T, np.zeros(table.shape[1]), swap=False)
        inner = _upwards(lower[:rank], _downwards(lower[:rank].T, c[:rank]))
        x[order] = upper[:rank].T @ inner
    return x, rank


def _triangle(
    table: FloatArray, b: FloatArray, *, swap: bool = True
) -> tuple[FloatArray, FloatArray, npt.NDArray[np.int64], int]:
    """Turn ``table x = b`` by reflections so that table is zero below its diagonal."""
    upper, c = table.copy(), b.copy()
    n_rows, n_columns = upper.shape
    order = np.arange(n_columns)
    for k in range(min(n_rows, n_columns)):
        rest = np.sqrt(np.square(upper[k:, k:]).sum(axis=0))
        if swap:
            longest = k + int(rest.argmax())
            upper[:, [k, longest]] = upper[:, [longest, k]]
            order[[k, longest]] = order[[longest, k]]
            if rest.max() <= _TELLS_NOTHING:
                return upper, c, order, k
        v = upper[k:, k].copy()
        v[0] += np.copysign(np.sqrt(v @ v), v[0])
        if v[0] == 0:
            continue
        v /= np.sqrt(v @ v)
        upper[k:, k:] -= 2.0 * np.outer(v, v @ upper[k:, k:])
        c[k:] -= 2.0 * v * (v @ c[k:])
    return upper, c, order, min(n_rows, n_columns)


def _upwards(upper: FloatArray, c: FloatArray) -> FloatArray:
    """Return x of ``upper x = c``, upper zero below its diagonal."""
    x = np.zeros(len(c))
    for i in reversed(range(len(c))):
        x[i] = (c[i] - upper[i, i + 1 : len(c)] @ x[i + 1 :]) / upper[i, i]
    return x


def _downwards(lower: FloatArray, c: FloatArray) -> FloatArray:
    """Return x of ``lower x = c``, lower zero above its diagonal."""
    x = np.zeros(len(c))
    for i in range(len(c)):
        x[i] = (c[i] - lower[i, :i] @ x[:i]) / lower[i, i]
    return x
