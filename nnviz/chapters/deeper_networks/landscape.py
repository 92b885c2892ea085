"""What a network answers over the plane, as heights, with the rows at theirs."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, freeze
from nnviz.training import evaluation
from nnviz.training.maps.heatmap import Plane
from nnviz.training.plan import Plan

MOST_ROWS = 300


@dataclass(frozen=True, eq=False)
class Landscape:
    """Answers of one moment.

    Attributes
    ----------
    plan : Plan
    plane : Plane
    heights : ndarray, shape (n_sheets, n, n)
        The share of each class from the third one on; of two classes that of the second alone;
        of a regression the answer in the unit of the target.
    rows : ndarray of int, shape (n_rows,)
        Training rows, at most 300 of them, evenly chosen.
    targets : ndarray, shape (n_rows,)
        The height at which each row should be: 1 for its own class, else 0; or its target.
    answers : ndarray, shape (n_rows,)
        The height of the sheet over it: of several classes, that of its own class.
    """

    plan: Plan
    plane: Plane
    heights: FloatArray
    rows: npt.NDArray[np.int64]
    targets: FloatArray
    answers: FloatArray

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def farthest(self) -> int:
        """Place in `rows` of the row whose answer is farthest from its target."""
        return int(np.abs(self.targets - self.answers).argmax())


def landscape(plan: Plan, parameters: FloatArray, plane: Plane) -> Landscape:
    """Return what a network answers over the plane at one moment.

    Parameters
    ----------
    plan : Plan
    parameters : ndarray, shape (n_parameters,)
    plane : Plane
    """
    answers = _heights(plan, parameters, plan.inputs(plane.points()))
    rows = plan.split.train
    if len(rows) > MOST_ROWS:
        rows = rows[np.linspace(0, len(rows) - 1, MOST_ROWS).round().astype(np.int64)]
    over = _heights(plan, parameters, plan.inputs(plan.sample.X[rows]))
    y = plan.sample.y[rows]
    if plan.n_outputs > 1:
        own = over[np.arange(len(rows)), y.astype(np.int64)]
        y = np.ones(len(rows))
    else:
        own = over[:, 0]
    return Landscape(
        plan,
        plane,
        np.ascontiguousarray(answers.T).reshape(-1, plane.n, plane.n),
        rows.copy(),
        y.copy(),
        own,
    )


def _heights(plan: Plan, parameters: FloatArray, inputs: FloatArray) -> FloatArray:
    """Return answers on the scale of the targets, shape (n_points, n_sheets)."""
    answers = evaluation.outputs(plan, parameters[np.newaxis], inputs)[0]
    if not plan.sample.classes:
        return evaluation.predicted_values(plan, answers)[:, np.newaxis]
    low, high = plan.target_levels
    return np.asarray((answers - low) / (high - low))
