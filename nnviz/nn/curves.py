"""An error as a curve of one variable, and its slope."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import cast

import numpy as np
import numpy.typing as npt

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import FloatArray, floats, instance, integer, vector
from nnviz.nn.layers import send
from nnviz.nn.losses import LOSSES
from nnviz.nn.network import Network, backward

# A walk has diverged when a point is farther out than this.
FARTHEST = 1e12


@dataclass(frozen=True)
class Curve:
    """An error that depends on one variable x, and its derivative by x, the slope."""

    # name, title, x_label: `name` is the public name; the others are shown
    name: str
    title: str
    # formula, derivative_formula: LaTeX
    formula: str
    derivative_formula: str
    # value, slope: Functions of a number or an array of any shape; dimensionless. What leaves
    # float64 comes out as infinity or NaN, without a warning.
    value: Callable[[npt.ArrayLike], FloatArray]
    slope: Callable[[npt.ArrayLike], FloatArray]
    x_label: str


def quadratic() -> Curve:
    """Return the squared error of one prediction: x^2 with x = prediction - target."""

    # A walk asks for one number at a time, up to thousands of times.
    def value(x: npt.ArrayLike) -> FloatArray:
        if type(x) is float:
            return cast("FloatArray", np.float64(x * x))
        with np.errstate(over="ignore"):
            return np.square(floats(x, "x"))

    def slope(x: npt.ArrayLike) -> FloatArray:
        if type(x) is float:
            return cast("FloatArray", np.float64(2.0 * x))
        with np.errstate(over="ignore"):
            return 2.0 * floats(x, "x")

    return Curve(
        name="quadratic",
        title="The squared error",
        formula="E(x) = x^2",
        derivative_formula=r"\frac{dE}{dx} = 2x",
        value=value,
        slope=slope,
        x_label="prediction - target",
    )


def weight_slice(
    network: Network, input_vector: npt.ArrayLike, target: npt.ArrayLike, index: int
) -> Curve:
    """Return the squared error of one row as one parameter changes and the others stay.

    Parameters
    ----------
    input_vector : array_like, shape (n_inputs,)
    target : float or array_like, shape (n_outputs,)
    index : int
        Which parameter, counted in the order of `Network.parameters`.
    """
    instance(network, "network", Network)
    row = vector(input_vector, "input_vector", n=network.n_inputs)[np.newaxis]
    targets = vector(np.atleast_1d(target), "target", n=network.n_outputs)
    depth, unit, source = _place(network, integer(index, "index", 0, network.n_parameters - 1))
    layer, forward = network.layers[depth], network.forward(row)
    kind, loss = ACTIVATIONS[layer.activation], LOSSES["squared_error"]
    later = network.layers[depth + 1 :]
    # One weight moves one z, along a straight line; all before it and beside it stays.
    if source is None:
        present, factor = float(layer.bias[unit]), 1.0
    else:
        present, factor = float(layer.weights[source, unit]), forward.activations[depth][0, source]

    def outputs(x: FloatArray) -> tuple[FloatArray, FloatArray]:
        z = forward.pre_activations[depth][0, unit] + (x.ravel() - present) * factor
        activations = np.repeat(forward.activations[depth + 1], z.size, axis=0)
        activations[:, unit] = kind.value(z)
        return z, activations

    def value(x: npt.ArrayLike) -> FloatArray:
        x = floats(x, "x")
        with np.errstate(over="ignore", invalid="ignore"):
            prediction = send(later, outputs(x)[1]).activations[-1]
            error: FloatArray = loss.value(prediction, targets).sum(axis=1)
        return error.reshape(x.shape)[()]

    def slope(x: npt.ArrayLike) -> FloatArray:
        x = floats(x, "x")
        with np.errstate(over="ignore", invalid="ignore"):
            z, activations = outputs(x)
            if later:
                y = np.repeat(targets[np.newaxis], z.size, axis=0)
                back = backward(Network(later), send(later, activations), y, loss.name)
                derror_dactivations = back[0].derror_dinputs
            else:
                derror_dactivations = loss.derivative(activations, targets)
            derror_dz = derror_dactivations[:, unit] * kind.derivative(z)
            derror_dx: FloatArray = derror_dz * factor
        return derror_dx.reshape(x.shape)[()]

    what, symbol = _names(network, depth, unit, source)
    return Curve(
        name=f"weight_slice_{index}",
        title=f"The error of one row as its {what} changes",
        formula=rf"E({symbol}) = (p({symbol}) - t)^2",
        derivative_formula=(
            rf"\frac{{\partial E}}{{\partial {symbol}}} = "
            rf"2\,(p - t)\,\frac{{\partial p}}{{\partial {symbol}}}"
        ),
        value=value,
        slope=slope,
        x_label=what,
    )


def is_lost(x: float, error: float, slope: float) -> bool:
    """Return whether a point is too far out, or its error or slope is no finite number."""
    # Written so that NaN counts as lost too.
    return not (abs(x) <= FARTHEST and isfinite(error) and isfinite(slope))


def _place(network: Network, index: int) -> tuple[int, int, int | None]:
    """Return the layer, the unit, and the input (None for the bias) of a parameter."""
    for depth, layer in enumerate(network.layers):
        if index < layer.weights.size:
            source, unit = divmod(index, len(layer.bias))
            return depth, unit, source
        index -= layer.weights.size
        if index < layer.bias.size:
            return depth, index, None
        index -= layer.bias.size
    raise AssertionError("the index was checked against the number of parameters")


def _names(network: Network, depth: int, unit: int, source: int | None) -> tuple[str, str]:
    """Return the name of a parameter on the screen, counted from 1, and its symbol in LaTeX."""
    what = "bias" if source is None else f"weight {source + 1}"
    symbol = "b" if source is None else f"w_{{{source + 1}}}"
    if network.n_parameters > network.n_inputs + 1:
        what += f" of unit {unit + 1} in layer {depth + 1}"
    return what, symbol
