"""One network over the plane: what it answers there, and which rows it gets right."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nnviz.chapters.generalization.distribution_shift import right
from nnviz.chapters.generalization.shift import shifted
from nnviz.data.sample import Sample
from nnviz.nn.checks import FloatArray, freeze
from nnviz.training.maps.heatmap import Plane
from nnviz.training.maps.network_maps import answer_maps
from nnviz.training.plan import Plan

CELLS = 48
_MARGIN = 0.06


@dataclass(frozen=True, eq=False)
class OnThePlane:
    """What there is to see of a network and of its rows.

    Attributes
    ----------
    train, test : Sample
        The rows that it learned from, and the rows that it is tested with.
    train_right, test_right : ndarray of bool
        Which of them it gets right.
    plane : Plane
    answers : ndarray of uint8, shape (plane.n, plane.n)
        0 to 255 is 0 to 1 for class 1; row 0 is the lowest x2.
    """

    train: Sample
    test: Sample
    train_right: npt.NDArray[np.bool_]
    test_right: npt.NDArray[np.bool_]
    plane: Plane
    answers: npt.NDArray[np.uint8]

    def __post_init__(self) -> None:
        freeze(self)


def plane_around(sample: Sample, farther: float = 0.0, aspect: float = 1.0) -> Plane:
    """Return a part of the plane in which all rows lie.

    Parameters
    ----------
    sample : Sample
    farther : float
        How much more there is on every side.
    aspect : float
        Width through height of the picture, so that both axes have about one scale.
    """
    X = sample.X[:, :2]
    low, high = X.min(axis=0), X.max(axis=0)
    room = _MARGIN * np.maximum(high - low, 1e-9) + farther
    middle, half = (low + high) / 2.0, (high - low) / 2.0 + room
    half = np.maximum(half, half[::-1] * np.array([aspect, 1.0 / aspect]))
    (x_low, y_low), (x_high, y_high) = (middle - half).tolist(), (middle + half).tolist()
    return Plane(x_low, x_high, y_low, y_high, CELLS)


def on_the_plane(
    plan: Plan, parameters: FloatArray, plane: Plane, test: Sample | None = None
) -> OnThePlane:
    """Return what a network with two classes answers.

    Parameters
    ----------
    plan : Plan
        By which it was trained.
    parameters : ndarray, shape (n_parameters,)
    plane : Plane
    test : Sample, optional
        Other rows to test it with, such as those of a world that has moved; the plan's own if
        left out.

    Raises
    ------
    ValueError
        If there are not two classes.
    """
    if plan.sample.n_classes != 2:
        raise ValueError("only networks for two classes are shown on the plane here.")
    train = shifted(plan.sample, plan.split.train)
    test = shifted(plan.sample, plan.split.test) if test is None else test
    return OnThePlane(
        train=train,
        test=test,
        train_right=right(plan, parameters, train),
        test_right=right(plan, parameters, test),
        plane=plane,
        answers=answer_maps(plan, parameters[np.newaxis], plane)[0],
    )
