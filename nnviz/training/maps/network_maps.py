"""What the units of a network and its answers look like over the plane, as bytes to be painted."""

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


def unit_maps(plan: Plan, parameters: FloatArray, plane: Plane) -> Bytes:
    """Return a map of every unit at every moment.

    The result has the shape (n_moments, n_units, n, n): inputs first, then the units of every
    layer, the outputs last; row 0 is the lowest y. Between 127 and 128 stands 0 (of a sigmoid
    or a share 0.5); 0 and 255 are -1 and 1 (0 and 1), or, where a unit has no such ends, its
    largest size on this map. An output without ends is cut off at 0 and 1 for a class; for a
    number, 0 to 255 is `answer_range`.

    Parameters
    ----------
    parameters : ndarray, shape (n_moments, n_parameters)
    plane : Plane
        Of the sample's first two columns.
    """
    inputs = plan.inputs(plane.points())
    n_moments, n_points = len(parameters), len(inputs)
    maps = np.empty((n_moments, sum(plan.sizes), n_points), dtype=np.uint8)
    maps[:, : plan.sizes[0]] = _against_largest(inputs.T[np.newaxis])
    for block in evaluation.blocks(plan, n_moments, n_points):
        used = plan.sizes[0]
        layers = evaluation.activations(plan, parameters[block], inputs)
        for index, values in enumerate(layers):
            end = used + values.shape[-1]
            by_unit = np.swapaxes(values, 1, 2)
            if index == len(layers) - 1:
                maps[block, used:end] = _bytes(_of_output(plan, by_unit))
            elif plan.activations[index] in BOUNDED:
                kind = ACTIVATIONS[plan.activations[index]]
                middle, reach = (kind.lowest + kind.highest) / 2, (kind.highest - kind.lowest) / 2
                maps[block, used:end] = _bytes((by_unit - middle) / reach)
            else:
                maps[block, used:end] = _against_largest(by_unit)
            used = end
    return maps.reshape(n_moments, -1, plane.n, plane.n)


def answer_maps(plan: Plan, parameters: FloatArray, plane: Plane) -> Bytes:
    """Return what the network answers over the plane at every moment.

    The result has the shape (n_moments, n, n): two classes: 0 to 255 is 0 to 1 for the second
    class. k classes: class c with the share s (how far it is ahead of an equal share, 0 to 1)
    is ``(c + s) * 255 / k``. A regression: 0 to 255 is the range `answer_range`.
    """
    inputs = plan.inputs(plane.points())
    maps = np.empty((len(parameters), len(inputs)), dtype=np.uint8)
    for block in evaluation.blocks(plan, len(parameters), len(inputs)):
        answers = evaluation.outputs(plan, parameters[block], inputs)
        if plan.n_outputs == 1:
            maps[block] = _bytes(_of_output(plan, answers[..., 0]))
            continue
        low, high = plan.target_levels
        k = plan.n_outputs
        with np.errstate(all="ignore"):
            share = np.clip((answers.max(axis=-1) - low) / (high - low), 1 / k, 1.0)
        ahead = np.nan_to_num((share - 1 / k) / (1 - 1 / k))
        place = np.argmax(answers, axis=-1) + np.minimum(ahead, 0.98)
        maps[block] = np.round(place * 255 / k).astype(np.uint8)
    return maps.reshape(-1, plane.n, plane.n)


def answer_range(plan: Plan) -> tuple[float, float]:
    """Return the lowest and highest value of a regression's colours, in the unit of the target.

    They lie equally far from the mean of the training targets, so that the middle is the mean
    where the targets are standardised, and 0 where they are not.
    """
    mean, scale = plan.target_scale
    reach = _reach(plan)
    return mean - scale * reach, mean + scale * reach


def _reach(plan: Plan) -> float:
    return float(np.abs(plan.train_targets).max()) or 1.0


def _of_output(plan: Plan, values: FloatArray) -> FloatArray:
    """Return outputs on the scale of -1 to 1."""
    if not plan.sample.classes:
        return values / _reach(plan)
    low, high = plan.target_levels
    return (values - (low + high) / 2.0) / ((high - low) / 2.0)


def _bytes(values: FloatArray) -> Bytes:
    with np.errstate(all="ignore"):
        scaled = np.clip(np.nan_to_num(values, nan=0.0), -1.0, 1.0)
    return np.round(127.5 + 127.5 * scaled).astype(np.uint8)


def _against_largest(values: FloatArray) -> Bytes:
    """Return values against the largest one along the last axis; nothing but zeros stays zero."""
    with np.errstate(all="ignore"):
        values = np.nan_to_num(values, nan=0.0, posinf=1e300, neginf=-1e300)
        largest = np.abs(values).max(axis=-1, keepdims=True)
        return _bytes(values / np.where(largest > 0.0, largest, 1.0))
