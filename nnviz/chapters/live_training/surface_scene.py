"""One moment of a run on its error surface: the ground around it, its way there, where it is."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.chapters.live_training.run_surfaces import around
from nnviz.nn.checks import FloatArray, freeze, instance, integer
from nnviz.training.maps.heatmap import Plane, error_surface
from nnviz.training.maps.surface_axes import SurfaceAxes
from nnviz.training.run import Run

_CELLS: Final = 61
LARGEST_SHOWN: Final = 1e30
"""Of errors and places: a diverging run goes far beyond what a picture can show."""


@dataclass(frozen=True, eq=False)
class SurfaceScene:
    """The error surface of a run at one of its steps.

    Attributes
    ----------
    run : Run
    step : int
    axes : SurfaceAxes
    plane : Plane
        Around the whole run, so that it stays the same while the step changes.
    errors : ndarray, shape (n, n)
        Cumulative error at the points of the plane, all else as it is at this step.
    path_steps : ndarray of int, shape (n_path,)
        The recorded steps up to this one, and this one.
    path : ndarray, shape (n_path, 2)
        Where the run was on the axes at these steps.
    path_errors : ndarray, shape (n_path,)
        Its own cumulative errors then. Only the last one is sure to lie on the surface: at the
        steps before, what the axes do not show was elsewhere.
    """

    run: Run
    step: int
    axes: SurfaceAxes
    plane: Plane
    errors: FloatArray
    path_steps: npt.NDArray[np.int64]
    path: FloatArray
    path_errors: FloatArray

    def __post_init__(self) -> None:
        freeze(self)

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


def surface_scene(run: Run, axes: SurfaceAxes, step: int) -> SurfaceScene:
    """Return a step of a run on its error surface.

    Parameters
    ----------
    run : Run
    axes : SurfaceAxes
        Of the run's own model.
    step : int

    Returns
    -------
    SurfaceScene
        Errors and places beyond 1e30 are cut off there; what is no number counts as that much.

    Raises
    ------
    TypeError, ValueError
        If the run does not have the step, or the axes are those of another model.
    """
    instance(run, "run", Run)
    instance(axes, "axes", SurfaceAxes)
    step = integer(step, "step", 0)
    now = run.parameters_between(step, step)
    before = int(np.searchsorted(run.recorded_steps, step))
    path = axes.coordinates(np.concatenate([run.parameters[:before], now]))
    plane = _plane(axes.coordinates(run.parameters), path[-1:])
    errors = error_surface(run.config, now, plane, axes)[0]
    errors_now = run.cumulative_errors_between(step, step)
    return SurfaceScene(
        run=run,
        step=step,
        axes=axes,
        plane=plane,
        errors=np.nan_to_num(errors, nan=LARGEST_SHOWN).clip(max=LARGEST_SHOWN),
        path_steps=np.append(run.recorded_steps[:before], step),
        path=path.clip(-LARGEST_SHOWN, LARGEST_SHOWN),
        path_errors=np.append(run.cumulative_errors[:before], errors_now).clip(max=LARGEST_SHOWN),
    )


def _plane(recorded: FloatArray, place: FloatArray) -> Plane:
    """Return what is shown; between two records the run may have been somewhere else."""
    plane, (x, y) = around(recorded), place[0].tolist()
    if not (plane.x_low <= x <= plane.x_high and plane.y_low <= y <= plane.y_high):
        plane = around(np.concatenate([recorded, place]))
    return replace(plane, n=_CELLS)
