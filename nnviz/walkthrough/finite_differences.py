"""The derivative that a step computes, held against trying it out with that value alone."""

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import FloatArray
from nnviz.nn.layers import send
from nnviz.nn.losses import LOSSES
from nnviz.nn.trace import Trace
from nnviz.walkthrough.steps import Step
from nnviz.walkthrough.values import step_values

TOLERANCE: Final = 1e-7
"""A right derivative and a central difference differ by less, relative to the larger of them."""

STEP: Final = 1e-5
"""How far a value is moved up and down, for one farther from 0 than 1 times its size.

A value that is multiplied by a large number is moved less, so that what follows moves as little.
"""
SMALLEST_STEP: Final = 1e-9

NEAREST: Final = 1e-9
"""How far from 0 and 1 a prediction must be for its logarithm to be tried out."""

_Result = tuple[float, tuple[FloatArray, ...]]
"""The quantity that is watched, and the weighted sums that came about on the way."""


@dataclass(frozen=True)
class DerivativeCheck:
    """A derivative by the chain rule, and by moving one value a little up and down."""

    # analytic, numeric: one of each for every derivative that the step computes
    analytic: tuple[float, ...]
    numeric: tuple[float, ...]
    # Their difference over the larger of the two, or over the smallest derivative that a central
    # difference resolves to `TOLERANCE`, if that is larger still. NaN if a number left the range of
    # float64, or if a prediction is closer to 0 or 1 than `NEAREST` and its logarithm counts.
    relative_differences: tuple[float, ...]
    at_kink: bool  # whether a unit crossed the kink of its activation: then the two need not agree
    # whether all of them lie below the rounding of a central difference, and are not all 0: then
    # that they agree proves nothing
    too_small: bool = False

    @property
    def worst(self) -> float:
        """The largest relative difference; NaN if a number left what can be tried out."""
        return float(np.max(self.relative_differences))

    @property
    def agrees(self) -> bool:
        """Whether the two derivatives are the same but for rounding."""
        return self.worst <= TOLERANCE


def check_derivative(trace: Trace, step: Step) -> DerivativeCheck | None:
    """Check the derivatives that a step computes by central differences.

    Return None for a step that computes no derivative. For right derivatives away from kinks the
    tests hold ``worst`` below `TOLERANCE`.
    """
    perturbations = _perturbations(trace, step)
    if not perturbations:
        return None
    analytic = step_values(trace, step)
    numeric, scales, crossed = [], [], False
    with np.errstate(over="ignore", invalid="ignore"):
        for i, (at, watch) in enumerate(perturbations):
            step_size = _step_size(trace, step, i, at)
            high, low = at + step_size, at - step_size
            (up, zs_up), (down, zs_down) = watch(high), watch(low)
            # The distance really moved: the two places are rounded as well.
            numeric.append(float((up - down) / (high - low)))
            scales.append(max(1.0, abs(up), abs(down)) / step_size)
            crossed = crossed or _crosses_kink(trace, step, zs_up, zs_down)
    sizes = list(zip(analytic, numeric, scales, strict=True))
    differences = tuple(_relative_difference(*each) for each in sizes)
    noise = (max(abs(a), abs(n)) < TOLERANCE * _resolved(scale) for a, n, scale in sizes)
    hidden = any(analytic) and all(noise)
    return DerivativeCheck(analytic, tuple(numeric), differences, crossed, hidden)


def _step_size(trace: Trace, step: Step, i: int, at: float) -> float:
    if step.kind == "derror_dprediction" and LOSSES[trace.loss].link:
        # The logarithm bends within a distance that is as small as the one to 0 or 1.
        room = min(at, 1.0 - at)
        return STEP * room if room >= NEAREST else math.nan
    size, reach = max(1.0, abs(at)), 1.0
    if step.kind == "derror_dweights":
        reach = abs(float(trace.layers[step.layer].inputs[i]))
    elif step.kind in ("derror_dactivation", "contribution"):
        reach = float(np.abs(trace.layers[step.layer + 1].weights[step.unit]).max())
    return size * max(SMALLEST_STEP, STEP / max(1.0, reach))


def _relative_difference(analytic: float, numeric: float, scale: float) -> float:
    if not (math.isfinite(analytic) and math.isfinite(numeric)):
        return math.nan
    return abs(analytic - numeric) / max(abs(analytic), abs(numeric), _resolved(scale))


def _resolved(scale: float) -> float:
    """Return the smallest derivative that a central difference resolves to `TOLERANCE`."""
    # Rounding leaves it an absolute error of about epsilon times the scale.
    return 10.0 * sys.float_info.epsilon * scale / TOLERANCE


def _perturbations(trace: Trace, step: Step) -> list[tuple[float, Callable[[float], _Result]]]:
    """Return the values to be moved, each with the function whose result is watched."""
    layer, j = trace.layers[step.layer], step.unit
    z = layer.pre_activations

    def sum_of(inputs: FloatArray, weights: FloatArray, bias: float) -> FloatArray:
        return _replaced(z, j, float(inputs @ weights + bias))

    def with_bias(value: float) -> FloatArray:
        return sum_of(layer.inputs, layer.weights[:, j], value)

    def with_weight(i: int) -> Callable[[float], FloatArray]:
        return lambda value: sum_of(
            layer.inputs, _replaced(layer.weights[:, j], i, value), float(layer.bias[j])
        )

    def error_by(make: Callable[[float], FloatArray]) -> Callable[[float], _Result]:
        return lambda value: _error_from_sums(trace, step.layer, make(value))

    def sum_by(make: Callable[[float], FloatArray]) -> Callable[[float], _Result]:
        return lambda value: (float(make(value)[j]), ())

    def error_at(p: float) -> _Result:
        return float(LOSSES[trace.loss].value(np.array([p]), trace.target).sum()), ()

    def activate(value: float) -> _Result:
        return float(ACTIVATIONS[layer.activation].value(value)), (np.array([value]),)

    bias, weights = float(layer.bias[j]), layer.weights[:, j].tolist()
    match step.kind:
        case "derror_dprediction":
            return [(float(trace.prediction[0]), error_at)]
        case "contribution":
            return [(float(layer.activations[j]), lambda a: _along_path(trace, step, a))]
        case "derror_dactivation":
            return [(float(layer.activations[j]), lambda a: _from_activation(trace, step, a))]
        case "dactivation_dpre_activation":
            return [(float(z[j]), activate)]
        case "derror_dpre_activation":
            return [(float(z[j]), error_by(lambda value: _replaced(z, j, value)))]
        case "dpre_activation_dbias":
            return [(bias, sum_by(with_bias))]
        case "derror_dbias":
            return [(bias, error_by(with_bias))]
        case "dpre_activation_dweights":
            return [(weight, sum_by(with_weight(i))) for i, weight in enumerate(weights)]
        case "derror_dweights":
            return [(weight, error_by(with_weight(i))) for i, weight in enumerate(weights)]
    return []


def _from_activation(trace: Trace, step: Step, a: float) -> _Result:
    following = trace.network.layers[step.layer + 1]
    moved = _replaced(trace.layers[step.layer].activations, step.unit, a)
    return _error_from_sums(trace, step.layer + 1, moved @ following.weights + following.bias)


def _along_path(trace: Trace, step: Step, a: float) -> _Result:
    """Move an activation, as one unit of the next layer alone receives it."""
    following = trace.network.layers[step.layer + 1]
    moved = _replaced(trace.layers[step.layer].activations, step.unit, a)
    felt = float(moved @ following.weights[:, step.source] + following.bias[step.source])
    sums = trace.layers[step.layer + 1].pre_activations
    return _error_from_sums(trace, step.layer + 1, _replaced(sums, step.source, felt))


def _error_from_sums(trace: Trace, layer: int, z: FloatArray) -> _Result:
    """Compute the error from the weighted sums of a layer on."""
    network = trace.network
    activations = ACTIVATIONS[network.layers[layer].activation].value(z)
    rest = send(network.layers[layer + 1 :], activations[np.newaxis])
    sums = (z, *(each[0] for each in rest.pre_activations))
    output, prediction = network.layers[-1].activation, rest.activations[-1][0]
    errors = LOSSES[trace.loss].of_output(output, sums[-1], prediction, trace.target)
    return float(errors.sum()), sums


def _replaced(values: FloatArray, index: int, value: float) -> FloatArray:
    changed: FloatArray = values.copy()
    changed[index] = value
    return changed


def _crosses_kink(
    trace: Trace, step: Step, up: tuple[FloatArray, ...], down: tuple[FloatArray, ...]
) -> bool:
    # The first sums belong to the layer of the step, or to the next one where that was nudged.
    layers = trace.network.layers[len(trace.network.layers) - len(up) :]
    if step.kind == "dactivation_dpre_activation":
        layers = (trace.network.layers[step.layer],)
    return any(
        ACTIVATIONS[layer.activation].has_kink and bool(((a > 0) != (b > 0)).any())
        for layer, a, b in zip(layers, up, down, strict=True)
    )
