"""The error of a run over two of its directions, at every step it can show."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, freeze
from nnviz.training.maps.heatmap import Plane, as_bytes, error_surface
from nnviz.training.maps.surface_axes import SurfaceAxes
from nnviz.training.playback import RunView

_CELLS: Final = 40
_SMALLEST_SPAN: Final = 1.0
"""Of an axis, so that a run that hardly moves is not shown as one that does."""

_LARGEST_SHOWN: Final = 1e30
"""Of parameters and errors: a diverging run goes far beyond what a picture can show."""


@dataclass(frozen=True, eq=False)
class RunSurfaces:
    """The cumulative error around a run, with everything but two directions as it is at a step.

    Attributes
    ----------
    seen : RunView
        The run, and the steps of the surfaces: those of its maps.
    axes : SurfaceAxes
    plane : Plane
        The part of the two directions that is shown.
    surfaces : ndarray of uint8, shape (n_maps, cells, cells)
    low, high : float
        The errors that 0 and 255 stand for.
    """

    seen: RunView
    axes: SurfaceAxes
    plane: Plane
    surfaces: npt.NDArray[np.uint8]
    low: float
    high: float

    def __post_init__(self) -> None:
        freeze(self)


def run_surfaces(seen: RunView, axes: SurfaceAxes, plane: Plane) -> RunSurfaces:
    """Return the error surface at the step of every map."""
    at_maps = seen.parameters[:: seen.map_stride // seen.stride]
    surfaces = error_surface(seen.run.config, at_maps, plane, axes)
    surfaces = np.nan_to_num(surfaces, nan=_LARGEST_SHOWN).clip(max=_LARGEST_SHOWN)
    low, high = float(surfaces.min()), float(surfaces.max())
    top = high if high > low else low + max(1.0, low)
    return RunSurfaces(seen, axes, plane, as_bytes(surfaces, low, top), low, high)


def around(paths: FloatArray) -> Plane:
    """Return a plane with room around paths, shape (n_points, 2)."""
    paths = np.clip(paths, -_LARGEST_SHOWN, _LARGEST_SHOWN)
    low, high = paths.min(axis=0), paths.max(axis=0)
    margin = np.maximum(0.3 * (high - low), (_SMALLEST_SPAN - (high - low)) / 2)
    (x_low, y_low), (x_high, y_high) = (low - margin).tolist(), (high + margin).tolist()
    return Plane(x_low, x_high, y_low, y_high, _CELLS)
