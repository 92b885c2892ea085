"""A map of what one network predicts on the plane, with the rows and which it gets right."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nnviz.chapters.generalization.distribution_shift import correct_rows, shift_sample
from nnviz.data.sample import Sample
from nnviz.nn.checks import FloatArray, Frozen
from nnviz.training.maps.heatmap import Plane
from nnviz.training.maps.network_maps import answer_maps
from nnviz.training.plan import Plan

CELLS = 48
_MARGIN = 0.06


@dataclass(frozen=True, eq=False)
class PredictionMap(Frozen):
    """The outputs of a network with two classes over a rectangle, and its rows."""

    # train, test: the training rows and the test rows
    train: Sample
    test: Sample
    # train_correct, test_correct: which of them are classified correctly
    train_correct: npt.NDArray[np.bool_]
    test_correct: npt.NDArray[np.bool_]
    plane: Plane
    # (plane.n, plane.n): 0 to 255 stands for an output of 0 to 1; row 0 is the lowest x2
    outputs: npt.NDArray[np.uint8]


def plot_range(sample: Sample, margin: float = 0.0, aspect: float = 1.0) -> Plane:
    """Return a rectangle of the plane in which all rows lie.

    `margin`: additional distance on every side, in the units of the columns. `aspect`: width of the
    picture divided by its height, so that both axes have about one scale.
    """
    X = sample.X[:, :2]
    low, high = X.min(axis=0), X.max(axis=0)
    room = _MARGIN * np.maximum(high - low, 1e-9) + margin
    middle, half = (low + high) / 2.0, (high - low) / 2.0 + room
    half = np.maximum(half, half[::-1] * np.array([aspect, 1.0 / aspect]))
    (x_low, y_low), (x_high, y_high) = (middle - half).tolist(), (middle + half).tolist()
    return Plane(x_low, x_high, y_low, y_high, CELLS)


def prediction_map(
    plan: Plan, parameters: FloatArray, plane: Plane, test: Sample | None = None
) -> PredictionMap:
    """Return what a network with two classes predicts on the plane.

    Raises ValueError if there are not two classes. The network was trained by the plan;
    `parameters` has the shape (n_parameters,). `test`: other rows to test it with, such as
    those of `shift_sample`; the plan's test rows if left out.
    """
    if plan.sample.n_classes != 2:
        raise ValueError("only networks for two classes are shown on the plane here.")
    train = shift_sample(plan.sample, plan.split.train)
    test = shift_sample(plan.sample, plan.split.test) if test is None else test
    return PredictionMap(
        train=train,
        test=test,
        train_correct=correct_rows(plan, parameters, train),
        test_correct=correct_rows(plan, parameters, test),
        plane=plane,
        outputs=answer_maps(plan, parameters[np.newaxis], plane)[0],
    )
