"""Everything about a run that a picture shows, at every step it can show."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz import snapshots
from nnviz.checks import FloatArray, freeze
from nnviz.grids import Plane, as_bytes, boundary_segments, error_surface, probability_map
from nnviz.training import Run

MOST_MAPS: Final = 101
"""Maps are the largest part of a view, and between two of them little changes."""

_SURFACE_CELLS: Final = 40
_CURVE_STRETCHES: Final = 700
_SMALLEST_SPAN: Final = 1.0
"""Of a weight's axis, so that a run that hardly moves is not shown as one that does."""


_LARGEST_SHOWN: Final = 1e30
"""Of weights and errors on a surface: a diverging run goes far beyond what a picture can show."""


@dataclass(frozen=True, eq=False)
class RunView:
    """A run at steps 0, ``stride``, 2 ``stride`` ... and maps at every ``map_stride`` steps.

    Attributes
    ----------
    run : Run
    stride, map_stride : int
        Updates between two entries of the series, and of the maps.
    row_errors : ndarray, shape (n, n_rows)
    cumulative_errors : ndarray, shape (n,)
        Their sums.
    curve : ndarray, shape (n_points, 2)
        Steps and cumulative errors of the whole run; of every stretch that one pixel stands for,
        the lowest and the highest, so that no spike is lost.
    rows_right : ndarray of int, shape (n,)
        Rows on the right side of 0.5.
    picked : ndarray of int, shape (n,)
        The row whose update led to this step, counted from 1; 0 where there is none to name.
    parameters : ndarray, shape (n, n_parameters)
        In the order of `Network.parameters`.
    boundary : ndarray, shape (n, 2, 2), or None
        The line where a neuron answers 0.5; None where it is no straight line.
    plane : Plane
        What the maps show of the inputs.
    maps : ndarray of uint8, shape (n_maps, cells, cells)
        The network's answer, 0 to 1 as 0 to 255.
    surface_plane : Plane
        The part of the plane of the first two parameters that the run visits.
    surfaces : ndarray of uint8, shape (n_maps, cells, cells)
        Cumulative error there with all other parameters as they are at that step.
    surface_low, surface_high : float
        The errors that 0 and 255 stand for.
    """

    run: Run
    stride: int
    map_stride: int
    row_errors: FloatArray
    cumulative_errors: FloatArray
    curve: FloatArray
    rows_right: npt.NDArray[np.int64]
    picked: npt.NDArray[np.int64]
    parameters: FloatArray
    boundary: FloatArray | None
    plane: Plane
    maps: npt.NDArray[np.uint8]
    surface_plane: Plane
    surfaces: npt.NDArray[np.uint8]
    surface_low: float
    surface_high: float

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def weights(self) -> FloatArray:
        """The first two parameters, shape (n, 2): w1 and w2 of a neuron."""
        return self.parameters[:, :2]

    def answers(self, point: tuple[float, float]) -> FloatArray:
        """Return the network's answer at a point of the plane at every step, shape (n,)."""
        config = self.run.config
        return snapshots.predictions(config, self.parameters, config.inputs([point]))[:, 0]


def view(run: Run, plane: Plane, *, stride: int = 1, most_maps: int = MOST_MAPS) -> RunView:
    """Return what is to be seen of a run.

    Parameters
    ----------
    run : Run
        Of at most about 20,000 updates when ``stride`` is 1.
    plane : Plane
        What the maps are to show of the inputs.
    stride : int
        1 shows every update; more is quicker, for a picture that will be replaced at once.
    most_maps : int
        At least 2; fewer are quicker too.
    """
    config, last = run.config, run.last_step
    parameters = _parameters(run, stride)
    answers = snapshots.predictions(config, parameters, config.inputs())
    row_errors = snapshots.row_errors(config, parameters)
    picked = np.zeros(len(parameters), dtype=np.int64)
    if stride == 1 and last:
        picked[1:] = run.picks(0, last) + 1
    maps_every = max(1, math.ceil(last / (most_maps - 1) / stride))
    at_maps = parameters[::maps_every]
    surface_plane = _around(parameters[:, :2])
    surfaces = error_surface(config, at_maps, surface_plane)
    surfaces = np.nan_to_num(surfaces, nan=_LARGEST_SHOWN).clip(max=_LARGEST_SHOWN)
    low, high = float(surfaces.min()), float(surfaces.max())
    return RunView(
        run=run,
        stride=stride,
        map_stride=maps_every * stride,
        row_errors=row_errors,
        cumulative_errors=row_errors.sum(axis=1),
        curve=_curve(run, stride, row_errors.sum(axis=1)),
        rows_right=((answers >= 0.5) == (config.y == 1)).sum(axis=1),
        picked=picked,
        parameters=parameters,
        boundary=boundary_segments(parameters, plane, config),
        plane=plane,
        maps=as_bytes(probability_map(at_maps, config, plane), 0.0, 1.0),
        surface_plane=surface_plane,
        surfaces=as_bytes(surfaces, low, high if high > low else low + max(1.0, low)),
        surface_low=low,
        surface_high=high,
    )


def _curve(run: Run, stride: int, errors: FloatArray) -> FloatArray:
    # A neuron's run is replayed in a blink, so even a quick picture can be true to every update.
    if stride > 1 and not run.config.hidden:
        stride, errors = 1, run.cumulative_errors_between(0, run.last_step)
    points = np.column_stack([stride * np.arange(len(errors), dtype=float), errors])
    length = max(1, math.ceil(len(points) / _CURVE_STRETCHES))
    kept = {0, len(points) - 1}
    for first in range(0, len(points), length):
        stretch = errors[first : first + length]
        kept |= {first + int(stretch.argmin()), first + int(stretch.argmax())}
    return points[sorted(kept)]


def _parameters(run: Run, stride: int) -> FloatArray:
    """Return the parameters at steps 0, ``stride`` ...; what was recorded is not replayed."""
    n = run.last_step // stride + 1
    if np.array_equal(run.recorded_steps[:n], stride * np.arange(n)):
        return run.parameters[:n]
    return run.parameters_between(0, run.last_step)[::stride]


def _around(weights: FloatArray) -> Plane:
    """Return a plane with room around the path."""
    weights = np.clip(weights, -_LARGEST_SHOWN, _LARGEST_SHOWN)
    low, high = weights.min(axis=0), weights.max(axis=0)
    margin = np.maximum(0.3 * (high - low), (_SMALLEST_SPAN - (high - low)) / 2)
    (x_low, y_low), (x_high, y_high) = (low - margin).tolist(), (high + margin).tolist()
    return Plane(x_low, x_high, y_low, y_high, _SURFACE_CELLS)
