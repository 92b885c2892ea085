"""What a network predicts over the plane, as bytes to be painted, and what their colours mean."""

import numpy as np
import numpy.typing as npt

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import FloatArray
from nnviz.training import evaluation
from nnviz.training.maps.heatmap import Plane
from nnviz.training.plan import Plan

Bytes = npt.NDArray[np.uint8]

BOUNDED = (*(name for name, kind in ACTIVATIONS.items() if kind.saturates), "softmax")
"""Activations whose values have ends; those of other units are shown against their largest one."""


def answer_maps(plan: Plan, parameters: FloatArray, plane: Plane) -> Bytes:
    """Return what the network predicts over the plane, shape (n_checkpoints, n, n).

    Two classes: 0 to 255 is 0 to 1 for the second class. k classes: class c whose fraction is s
    ahead of an equal one, 0 to 1, is ``(c + s) * 255 / k``. A regression: 0 to 255 is the range
    `answer_range`.
    """
    inputs = plan.inputs(plane.points())
    maps = np.empty((len(parameters), len(inputs)), dtype=np.uint8)
    for block in evaluation.blocks(plan, len(parameters), len(inputs)):
        outputs = evaluation.outputs(plan, parameters[block], inputs)
        if plan.n_outputs == 1:
            middle, reach = answer_scale(plan)
            maps[block] = _bytes((outputs[..., 0] - middle) / reach)
            continue
        (low, high), k = plan.target_levels, plan.n_outputs
        with np.errstate(all="ignore"):
            fraction = np.clip((outputs.max(axis=-1) - low) / (high - low), 1 / k, 1.0)
        ahead = np.nan_to_num((fraction - 1 / k) / (1 - 1 / k))
        place = np.argmax(outputs, axis=-1) + np.minimum(ahead, 0.98)
        maps[block] = np.round(place * 255 / k).astype(np.uint8)
    return maps.reshape(-1, plane.n, plane.n)


def answer_range(plan: Plan) -> tuple[float, float]:
    """Return the lowest and highest value of a regression's colours, in the unit of the target.

    They lie equally far from the mean of the training targets, so that the middle is the mean
    where the targets are standardised, and 0 where they are not.
    """
    mean, scale = plan.target_scale
    reach = answer_scale(plan)[1]
    return mean - scale * reach, mean + scale * reach


def answer_scale(plan: Plan) -> tuple[float, float]:
    """Return the output in the middle of the colours, and how far they reach on both sides."""
    if not plan.sample.classes:
        return 0.0, float(np.abs(plan.train_targets).max()) or 1.0
    low, high = plan.target_levels
    return (low + high) / 2.0, (high - low) / 2.0


def _bytes(values: FloatArray) -> Bytes:
    with np.errstate(all="ignore"):
        scaled = np.clip(np.nan_to_num(values, nan=0.0), -1.0, 1.0)
    return np.round(127.5 + 127.5 * scaled).astype(np.uint8)
