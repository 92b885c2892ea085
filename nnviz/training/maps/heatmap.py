"""A part of a plane, and how high the error of a network is over two of its parameters.

Every grid has row 0 at the lowest y, column 0 at the lowest x.
"""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import Check, Checked, FloatArray, floats, instance, integer, number
from nnviz.training.maps.surface_axes import SurfaceAxes, two_parameters
from nnviz.training.maps.surface_errors import surface_errors
from nnviz.training.plan import Plan

MOST_CELLS = 400


@dataclass(frozen=True)
class Plane(Checked):
    """A rectangle with n times n points on it, the borders included."""

    x_low: Annotated[float, Check(number)]
    x_high: Annotated[float, Check(number)]
    y_low: Annotated[float, Check(number)]
    y_high: Annotated[float, Check(number)]
    # points along each side, from 2 to 400
    n: Annotated[int, Check(integer, low=2, high=MOST_CELLS)]

    def check_together(self) -> None:
        """Refuse a high border that is not above its low one."""
        for axis in ("x", "y"):
            if not getattr(self, f"{axis}_low") < getattr(self, f"{axis}_high"):
                raise ValueError(f"{axis}_low must be less than {axis}_high.")

    @property
    def x(self) -> FloatArray:
        """Coordinates of the columns, shape (n,)."""
        return np.linspace(self.x_low, self.x_high, self.n)

    @property
    def y(self) -> FloatArray:
        """Coordinates of the rows, lowest first, shape (n,)."""
        return np.linspace(self.y_low, self.y_high, self.n)

    def points(self) -> FloatArray:
        """Return (x, y) of all points, row by row, shape (n * n, 2)."""
        x, y = np.meshgrid(self.x, self.y)
        return np.column_stack([x.ravel(), y.ravel()])


def error_surface(
    plan: Plan, parameters: npt.ArrayLike, plane: Plane, axes: SurfaceAxes | None = None
) -> FloatArray:
    """Return the cumulative error over two directions of the parameters, shape (n_steps, n, n).

    `parameters` have the shape (n_steps, n_parameters). What the axes do not show is left as it is
    at each step, so that the surface at the step's own coordinates is the step's own error. The
    plane is one of the coordinates on the two axes, by default the first two weights.
    """
    parameters = _checked(parameters, plan, plane)
    axes = two_parameters(plan, 0, 1) if axes is None else axes
    instance(axes, "axes", SurfaceAxes)
    coordinates = axes.coordinates(parameters)
    x, y = plane.x - coordinates[:, :1], plane.y - coordinates[:, 1:]
    if axes.kind == "parameters":
        # Exactly the values of the plane, however far away from them the run is.
        parameters = np.where(axes.directions.any(axis=0), 0.0, parameters)
        x, y = (np.broadcast_to(values, x.shape) for values in (plane.x, plane.y))
    return surface_errors(plan, parameters, axes.directions, x, y)


def _checked(parameters: npt.ArrayLike, plan: Plan, plane: Plane) -> FloatArray:
    instance(plan, "plan", Plan)
    instance(plane, "plane", Plane)
    array = floats(parameters, "parameters")
    if array.ndim != 2 or array.shape[1] != plan.n_parameters or not len(array):
        raise ValueError(
            f"parameters must be a table with {plan.n_parameters} columns, one row per step, "
            f"but has shape {array.shape}."
        )
    return array
