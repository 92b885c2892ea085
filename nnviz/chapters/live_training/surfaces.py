"""The error of a run over two of its directions, at every step it can show."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, Frozen, instance, integer
from nnviz.training.maps.heatmap import Plane, error_surface
from nnviz.training.maps.surface_axes import SurfaceAxes
from nnviz.training.playback import RunView
from nnviz.training.record import Record

_CELLS: Final = 40
_SCENE_CELLS: Final = 61
# How many steps, and how many points across and up, decide on the shades of the surfaces.
_MEASURED, _MEASURED_CELLS = 9, 20
_SHADES: Final = 65
_NO_ERROR: Final = 1e-12
_TOLD_APART: Final = 1e-4
_SMALLEST_SPAN: Final = 1.0
"""Of an axis, so that a run that hardly moves is not shown as one that does."""

LARGEST_SHOWN: Final = 1e30
"""Of parameters and errors: a diverging run goes far beyond what a picture can show."""


@dataclass(frozen=True, eq=False)
class RunSurfaces(Frozen):
    """The cumulative error around a run, with everything but two directions as it is at a step."""

    seen: RunView
    axes: SurfaceAxes
    plane: Plane  # the part of the two directions that is shown
    # (n, 2): errors that rise and the shade of each, 0 to 1; between two of them it rises evenly
    shades: FloatArray
    low: float  # the lowest error of the steps that were looked at
    high: float  # the highest one


def run_surfaces(seen: RunView, axes: SurfaceAxes, plane: Plane) -> RunSurfaces:
    """Return what the error surface of a run is painted with: the browser makes it of each step."""
    some = np.linspace(0, len(seen.parameters) - 1, _MEASURED).round().astype(np.int64)
    at = seen.parameters[np.unique(some)]
    surfaces = error_surface(seen.run.plan, at, replace(plane, n=_MEASURED_CELLS), axes)
    surfaces = np.nan_to_num(surfaces, nan=LARGEST_SHOWN).clip(max=LARGEST_SHOWN)
    low, high = float(surfaces.min()), float(surfaces.max())
    return RunSurfaces(seen, axes, plane, shades(surfaces), low, high)


def shades(errors: FloatArray) -> FloatArray:
    """Return some of the errors, the lowest first, and their `ranks`, shape (n, 2)."""
    ordered = np.sort(errors, axis=None)
    ranked = ranks(ordered)
    kept = np.searchsorted(ranked, np.linspace(0.0, 1.0, _SHADES))
    kept = np.unique(np.minimum(kept, len(ordered) - 1))
    return np.column_stack([ordered[kept], ranked[kept]])


def ranks(errors: FloatArray) -> FloatArray:
    """Return the rank of every error among all of them, from 0 for the lowest to 1 for the highest.

    Shades by rank show something everywhere: most of a surface may be a plateau, and a diverging
    run has errors that leave all others far below. Errors that do not differ by a part in ten
    thousand have the same rank.
    """
    levels = np.rint(np.log(np.maximum(errors, _NO_ERROR)) / _TOLD_APART).astype(np.int64)
    levels -= levels.min()
    counts = np.bincount(levels.ravel())
    lower = np.cumsum(counts) - counts
    ranked: FloatArray = lower[levels] / max(1, lower[-1])
    return ranked


def around(paths: FloatArray) -> Plane:
    """Return a plane with room around paths, shape (n_points, 2)."""
    paths = np.clip(paths, -LARGEST_SHOWN, LARGEST_SHOWN)
    low, high = paths.min(axis=0), paths.max(axis=0)
    margin = np.maximum(0.3 * (high - low), (_SMALLEST_SPAN - (high - low)) / 2)
    (x_low, y_low), (x_high, y_high) = (low - margin).tolist(), (high + margin).tolist()
    return Plane(x_low, x_high, y_low, y_high, _CELLS)


@dataclass(frozen=True, eq=False)
class SurfaceScene(Frozen):
    """The error surface of a run at one of its steps."""

    run: Record
    step: int
    axes: SurfaceAxes
    plane: Plane  # around the whole run, so that it stays the same while the step changes
    # (n, n): cumulative error at the points of the plane, all else as it is at this step
    errors: FloatArray
    path_steps: npt.NDArray[np.int64]  # (n_path,): the recorded steps up to this one, and this one
    path: FloatArray  # (n_path, 2): where the run was on the axes at these steps
    # (n_path,). Its own cumulative errors then. Only the last one is sure to lie on the surface: at
    # the steps before, what the axes do not show was elsewhere.
    path_errors: FloatArray

    @property
    def place(self) -> tuple[float, float]:
        """Where the run is at this step, on the axes."""
        x, y = self.path[-1].tolist()
        return x, y

    @property
    def error(self) -> float:
        """The run's cumulative error at this step."""
        return float(self.path_errors[-1])

    @property
    def lowest_place(self) -> tuple[float, float]:
        """The point of the plane with the lowest error, the first of several."""
        row, column = np.unravel_index(self.errors.argmin(), self.errors.shape)
        return float(self.plane.x[column]), float(self.plane.y[row])

    @property
    def lowest_error(self) -> float:
        """The error there."""
        return float(self.errors.min())

    @property
    def lowest_on_border(self) -> bool:
        """Whether that point lies on the border of the plane, so that it may go down beyond it."""
        plane, (x, y) = self.plane, self.lowest_place
        return x in (plane.x_low, plane.x_high) or y in (plane.y_low, plane.y_high)


def surface_scene(run: Record, axes: SurfaceAxes, step: int) -> SurfaceScene:
    """Return a step of a run on its error surface, over axes of its own model.

    Errors and places beyond 1e30 are cut off there; what is no number counts as that much.
    """
    instance(run, "run", Record)
    instance(axes, "axes", SurfaceAxes)
    step = integer(step, "step", 0)
    now = run.parameters_between(step, step)
    before = int(np.searchsorted(run.recorded_steps, step))
    path = axes.coordinates(np.concatenate([run.parameters[:before], now]))
    plane = _plane(axes.coordinates(run.parameters), path[-1:])
    errors = error_surface(run.plan, now, plane, axes)[0]
    errors_now = run.cumulative_errors_between(step, step)
    return SurfaceScene(
        run=run, step=step, axes=axes, plane=plane,
        errors=np.nan_to_num(errors, nan=LARGEST_SHOWN).clip(max=LARGEST_SHOWN),
        path_steps=np.append(run.recorded_steps[:before], step),
        path=path.clip(-LARGEST_SHOWN, LARGEST_SHOWN),
        path_errors=np.append(run.cumulative_errors[:before], errors_now).clip(max=LARGEST_SHOWN),
    )  # fmt: skip


def _plane(recorded: FloatArray, place: FloatArray) -> Plane:
    """Return what is shown; between two records the run may have been somewhere else."""
    plane, (x, y) = around(recorded), place[0].tolist()
    if not (plane.x_low <= x <= plane.x_high and plane.y_low <= y <= plane.y_high):
        plane = around(np.concatenate([recorded, place]))
    return replace(plane, n=_SCENE_CELLS)
