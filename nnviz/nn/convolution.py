"""A convolution: small filters that slide over pictures, with the same numbers at every place.

At each place a window of the picture is multiplied by the filter, number by number, and added up.
This is what PyTorch calls `conv2d`: the filter is not turned around first. A picture is seen as
lying on empty paper: a window that hangs over the edge reads zeros there, so that a map has as many
places as the picture, and its value stands where the middle of the window is.
"""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import Check, Checked, FloatArray, floats, vector


def _filters(values: npt.ArrayLike, name: str) -> FloatArray:
    array = floats(values, name)
    if array.ndim != 3 or array.shape[1] != array.shape[2] or array.shape[1] % 2 == 0:
        raise ValueError(
            f"{name} must be squares with an odd side, such as (1, 3, 3), not {array.shape}."
        )
    if array.size == 0 or not np.isfinite(array).all():
        raise ValueError(f"{name} must hold finite numbers, and at least one filter.")
    return array


def windows(pictures: FloatArray, side: int = 3) -> FloatArray:
    """Return what a filter reads at every place of some pictures.

    Parameters
    ----------
    pictures : ndarray, shape (n_pictures, n_rows, n_columns)
    side : int
        Of the filter, an odd number.

    Returns
    -------
    ndarray, shape (side * side, n_pictures, n_rows, n_columns)
        The first axis counts the numbers of a window row by row; beyond the edges they are 0.
    """
    edge = side // 2
    padded = np.pad(pictures, ((0, 0), (edge, edge), (edge, edge)))
    n_rows, n_columns = pictures.shape[1:]
    return np.stack([
        padded[:, down : down + n_rows, right : right + n_columns]
        for down in range(side)
        for right in range(side)
    ])  # fmt: skip


@dataclass(frozen=True, eq=False)
class Convolution(Checked):
    """Filters that slide over pictures, each making a map of its own."""

    filters: Annotated[FloatArray, Check(_filters)]  # (n_filters, side, side)
    bias: Annotated[FloatArray, Check(vector)]  # (n_filters,)

    def check_together(self) -> None:
        """Refuse a bias that has not one number for each filter."""
        vector(self.bias, "bias", n=len(self.filters))

    def maps(self, windows: FloatArray) -> FloatArray:
        """Return the weighted sums at every place, (n_filters, n_pictures, n_rows, n_columns).

        Parameters
        ----------
        windows : ndarray, shape (side * side, n_pictures, n_rows, n_columns)
            From `windows`.
        """
        n_filters = len(self.filters)
        sums = self.filters.reshape(n_filters, -1) @ windows.reshape(len(windows), -1)
        return sums.reshape(n_filters, *windows.shape[1:]) + self.bias[:, None, None, None]


def filter_gradients(
    windows: FloatArray, derror_dmaps: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return derror_dfilters (n_filters, side * side) and derror_dbias (n_filters,).

    A filter is used at every place, so its gradient is the sum over all of them.

    Parameters
    ----------
    windows : ndarray, shape (side * side, n_pictures, n_rows, n_columns)
    derror_dmaps : ndarray, shape (n_filters, n_pictures, n_rows, n_columns)
    """
    flat = derror_dmaps.reshape(len(derror_dmaps), -1)
    return flat @ windows.reshape(len(windows), -1).T, flat.sum(axis=1)
