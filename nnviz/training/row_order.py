"""Which rows each update is made with: the four orders, as arrays of row numbers."""

from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from nnviz.nn.rng import generator, normals, tutorial_stream
from nnviz.training.kernels.kernel import compiled

RowNumbers: TypeAlias = npt.NDArray[np.int32]

_BLOCK = 65_536


# Runs of one seed share what can be 4 MB.
@lru_cache(16)
def picked_rows(order: str, n_rows: int, seed: int, steps: int, n_drawn: int) -> RowNumbers:
    """Return the row of each of `steps` updates that take one row at a time, read-only.

    The tutorial's stream has given `n_drawn` numbers before the first row: its weights and bias.
    They follow from the inputs that a run began with, so that a branch sees the rows of its trunk;
    and they are as many with a hidden layer, so that two runs of one seed see the same rows.
    """
    rows = _picked_rows(order, n_rows, seed, steps, n_drawn)
    rows.flags.writeable = False
    return rows


def _picked_rows(order: str, n_rows: int, seed: int, steps: int, n_drawn: int) -> RowNumbers:
    if order == "in turn":
        return np.resize(np.arange(n_rows, dtype=np.int32), steps)
    # In blocks, because the generators hand out 8 bytes a row where 4 are enough.
    if order == "shuffled":
        rng = generator(seed, "order")
        blocks = [rng.permutation(n_rows).astype(np.int32) for _ in range(-(-steps // n_rows))]
    else:
        stream = tutorial_stream(seed)
        normals(n_drawn, rng=stream)
        blocks = [
            stream.randint(n_rows, size=_BLOCK).astype(np.int32) for _ in range(0, steps, _BLOCK)
        ]
    return np.concatenate(blocks)[:steps].copy()


def batches(
    n_rows: int, batch_size: int, seed: int, first: int, last: int
) -> tuple[RowNumbers, npt.NDArray[np.int64]]:
    """Return the rows of the updates first, first + 1 ... last - 1 in the order "epochs".

    Every epoch has an order of its own, and ends with a smaller batch where the rows do not divide
    evenly. Of the two arrays, shape (n_rows_used,) and (last - first + 1,), update ``first + k``
    is made with the rows ``rows[starts[k] : starts[k + 1]]``.
    """
    per_epoch = -(-n_rows // batch_size)
    updates = np.arange(first, last + 1)
    places = updates // per_epoch * n_rows + updates % per_epoch * batch_size
    first_epoch = first // per_epoch
    orders = np.empty((-(-last // per_epoch) - first_epoch, n_rows), dtype=np.int32)
    compiled().shuffle_epochs(np.uint64(seed), first_epoch, orders)
    begin, end = int(places[0]) - first_epoch * n_rows, int(places[-1]) - first_epoch * n_rows
    return orders.reshape(-1)[begin:end].copy(), places - places[0]
