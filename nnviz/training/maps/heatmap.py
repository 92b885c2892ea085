"""Values over a plane: what a network answers, how high its error is, where it is undecided.

Every grid has row 0 at the lowest y, column 0 at the lowest x.
"""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import Check, Checked, FloatArray, floats, instance, integer, number
from nnviz.text.digits import digits, told_apart
from nnviz.training import evaluation
from nnviz.training.maps.surface_axes import SurfaceAxes, two_parameters
from nnviz.training.maps.surface_errors import surface_errors
from nnviz.training.plan import Plan

MOST_CELLS = 400
LARGEST_COORDINATE = 1e6


@dataclass(frozen=True)
class Plane(Checked):
    """A rectangle with n times n points on it, the borders included.

    Raises TypeError or ValueError if a border is no finite number, or a high one is not above
    its low one.
    """

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


def probability_map(parameters: npt.ArrayLike, plan: Plan, plane: Plane) -> FloatArray:
    """Return what the network answers on the plane of x1 and x2 at several steps.

    The result has the shape (n_steps, n, n): between 0 and 1 for a sigmoid output.

    Parameters
    ----------
    parameters : array_like, shape (n_steps, n_parameters)
    plan : Plan
        Gives the layers and how the inputs are made from x1 and x2.
    plane : Plane
        Within a million from 0.
    """
    parameters = _checked(parameters, plan, plane)
    borders = (plane.x_low, plane.x_high, plane.y_low, plane.y_high)
    if max(map(abs, borders)) > LARGEST_COORDINATE:
        raise ValueError(f"the plane must lie within {digits(LARGEST_COORDINATE)} of 0.")
    answers = evaluation.predictions(plan, parameters, plan.inputs(plane.points()))
    return answers.reshape(-1, plane.n, plane.n)


def error_surface(
    plan: Plan,
    parameters: npt.ArrayLike,
    plane: Plane,
    axes: SurfaceAxes | None = None,
) -> FloatArray:
    """Return the cumulative error over two directions of the parameters, at several steps.

    The result has the shape (n_steps, n, n).

    Parameters
    ----------
    parameters : array_like, shape (n_steps, n_parameters)
        What the axes do not show is left as it is at each step, so that the surface at the step's
        own coordinates is the step's own error.
    plane : Plane
        Of the coordinates on the first axis (x) and on the second one (y).
    axes : SurfaceAxes or None
        None for the first two weights.
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


def boundary_segments(parameters: npt.ArrayLike, plane: Plane, plan: Plan) -> FloatArray | None:
    """Return where a neuron answers 0.5 on the plane of x1 and x2, at several steps.

    The result has the shape (n_steps, 2, 2), or None: both ends (x1, x2) of the line, on the
    borders of the plane; NaN where it does not cross the plane. None if it is no straight line:
    with a hidden layer or more inputs; or if the output is no sigmoid. `parameters` has the
    shape (n_steps, 3).
    """
    parameters = _checked(parameters, plan, plane)
    if (
        plan.architecture.hidden
        or plan.architecture.inputs != ("x1", "x2")
        or plan.architecture.output != "sigmoid"
    ):
        return None
    weights, bias = parameters[:, :2], parameters[:, 2]
    # Divided by the largest first, so that squares stay within the range of float64.
    size = np.abs(weights).max(axis=1)
    with np.errstate(all="ignore"):
        weights, bias = weights / size[:, None], bias / size
        if plan.standardiser is not None:
            weights = weights / plan.standardiser.scale
            bias = bias - weights @ plan.standardiser.mean
        nearest = -weights * (bias / np.square(weights).sum(axis=1))[:, None]
        along = np.column_stack([-weights[:, 1], weights[:, 0]])
        # How far along the line each pair of borders is entered and left.
        lows, highs = np.array([plane.x_low, plane.y_low]), np.array([plane.x_high, plane.y_high])
        to_low, to_high = (lows - nearest) / along, (highs - nearest) / along
        parallel = along == 0.0
        within = (lows <= nearest) & (nearest <= highs)
        enter = np.where(parallel, np.where(within, -np.inf, np.inf), np.minimum(to_low, to_high))
        leave = np.where(parallel, np.where(within, np.inf, -np.inf), np.maximum(to_low, to_high))
        enter, leave = enter.max(axis=1), leave.min(axis=1)
        ends = nearest[:, None] + np.stack([enter, leave], axis=1)[:, :, None] * along[:, None]
    ends[~(enter < leave)] = np.nan
    return np.asarray(np.clip(ends, lows, highs))


def as_bytes(values: npt.ArrayLike, low: float, high: float) -> npt.NDArray[np.uint8]:
    """Return values between low and high as 0 to 255, rounded; those outside at the ends.

    Raises TypeError or ValueError if `low` is not less than `high`, or something is no number.
    """
    low, high = number(low, "low"), number(high, "high")
    if not low < high:
        told = told_apart(low, high)
        raise ValueError("low must be less than high, but they are {} and {}.".format(*told))
    scaled = np.clip((floats(values, "values") - low) / (high - low), 0.0, 1.0)
    return np.rint(np.nan_to_num(255.0 * scaled)).astype(np.uint8)


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
