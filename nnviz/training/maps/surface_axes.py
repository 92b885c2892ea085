"""The two directions, among all that a network's parameters can take, that an error surface shows.

They are two of the parameters, or the two directions along which a run moved most.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, Frozen, floats, instance, integer
from nnviz.training.parameter_names import parameter_names
from nnviz.training.plan import Plan
from nnviz.training.record import Record

MAIN_DIRECTIONS: Final = ("1st main direction", "2nd main direction")

# Below this fraction of the larger one, a singular value is what rounding left of zero.
_ROUNDING: Final = 1e-13


@dataclass(frozen=True, eq=False)
class SurfaceAxes(Frozen):
    """Two orthogonal directions in the space of the parameters, and where they are counted from."""

    # {"parameters", "principal"}: two parameters themselves, or the run's principal directions
    kind: str
    names: tuple[str, str]  # what the axes are called on the screen
    # (2, n_parameters): orthonormal; for two parameters all zeros but a 1 each
    directions: FloatArray
    # (n_parameters,): what has the coordinates (0, 0): zeros for two parameters, so that the
    # coordinates are their values; the mean of the checkpoints for principal directions
    centre: FloatArray
    # (2,): of the variance of the checkpoints along each principal direction, from 0 to 1
    shares: FloatArray | None = None

    def coordinates(self, parameters: npt.ArrayLike) -> FloatArray:
        """Return where parameters, (n_checkpoints, n_parameters), stand on the two axes.

        The result has the shape (n_checkpoints, 2); what does not fit into float64 is cut off at
        its ends.
        """
        parameters = floats(parameters, "parameters")
        if parameters.ndim != 2 or parameters.shape[1] != len(self.centre):
            raise ValueError(
                f"parameters must be a table with {len(self.centre)} columns, "
                f"but has shape {parameters.shape}."
            )
        if self.kind == "parameters":
            return parameters[:, self.directions.argmax(axis=1)]
        size = _power_of_two(parameters, self.centre)
        moved = parameters / size - self.centre / size
        largest = np.finfo(float).max
        with np.errstate(over="ignore"):
            return np.clip((moved @ self.directions.T) * size, -largest, largest)


def two_parameters(plan: Plan, i: int, j: int) -> SurfaceAxes:
    """Return the axes of parameter i (across) and another one, j (up), counted from 0."""
    instance(plan, "plan", Plan)
    n_parameters = plan.n_parameters
    i, j = (integer(k, "a parameter", 0, n_parameters - 1) for k in (i, j))
    if i == j:
        raise ValueError("the two parameters must differ: a surface needs two directions.")
    names, directions = parameter_names(plan), np.zeros((2, n_parameters))
    directions[0, i] = directions[1, j] = 1.0
    return SurfaceAxes("parameters", (names[i], names[j]), directions, np.zeros(n_parameters))


def principal_directions(run: Record) -> SurfaceAxes:
    """Return the axes along which the checkpoints of a run differ most.

    They are the first two right singular vectors of the checkpoints minus their mean (principal
    component analysis), each turned so that its largest component is positive. A run along a
    straight line gets a second direction across it; a run that never moves has no directions, and
    gets its first two parameters, axes of the kind "parameters".
    """
    instance(run, "run", Record)
    size = _power_of_two(run.parameters)
    scaled = run.parameters / size
    # From the first checkpoint: of a run that stays where it is, rounding shall leave nothing.
    moved = scaled - scaled[0]
    if not moved.any():
        return two_parameters(run.plan, 0, 1)
    mean = moved.mean(axis=0)
    # Scaled once more, so that squares of small steps beside large values do not vanish.
    centred = (moved - mean) / np.abs(moved).max()
    _, spreads, vectors = np.linalg.svd(centred, full_matrices=False)
    first = _turned(vectors[0])
    if len(spreads) > 1 and spreads[1] > _ROUNDING * spreads[0]:
        second, shares = _turned(vectors[1]), (spreads**2 / np.square(spreads).sum())[:2]
    else:
        second, shares = _across(first), np.array([1.0, 0.0])
    return SurfaceAxes(
        "principal", MAIN_DIRECTIONS, np.array([first, second]), (scaled[0] + mean) * size, shares
    )


def _power_of_two(*arrays: FloatArray) -> float:
    """Return a number about as large as the largest; dividing by it loses no digit."""
    largest = max(float(np.abs(array).max()) for array in arrays)
    # Half an exponent of room at both ends: neither the number nor one divided by it overflows.
    return float(2.0 ** np.clip(np.frexp(largest)[1], -500, 1000)) if largest else 1.0


def _turned(direction: FloatArray) -> FloatArray:
    """Return the direction or its opposite: which of them comes out is chance."""
    return -direction if direction[np.abs(direction).argmax()] < 0 else direction


def _across(direction: FloatArray) -> FloatArray:
    """Return a direction at right angles, the one nearest to a parameter's own axis."""
    across = np.zeros(len(direction))
    least = np.abs(direction).argmin()
    across[least] = 1.0
    across -= direction[least] * direction
    return _turned(across / np.linalg.norm(across))
