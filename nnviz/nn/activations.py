"""Activation functions: what a unit makes of its weighted sum z."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, floats

LEAK = 0.01


@dataclass(frozen=True)
class Activation:
    """An activation function with its derivative.

    Attributes
    ----------
    name : str
        Public name, the key in `ACTIVATIONS`.
    value, derivative : callable
        Elementwise on a number or an array of any shape; dimensionless.
    formula, derivative_formula : str
        The same in LaTeX.
    has_kink : bool
        Whether the derivative jumps at z = 0; there the slope of the left side is used.
    """

    name: str
    value: Callable[[npt.ArrayLike], FloatArray]
    derivative: Callable[[npt.ArrayLike], FloatArray]
    formula: str
    derivative_formula: str
    has_kink: bool = False


def sigmoid(z: npt.ArrayLike) -> FloatArray:
    r"""Return :math:`1 / (1 + e^{-z})`, for any float64 without overflow.

    Parameters
    ----------
    z : array_like
        A number or an array of any shape.

    Returns
    -------
    numpy.float64 or ndarray
        Between 0 and 1, shape of `z`. The tests hold it to a relative error of 1e-15.

    Raises
    ------
    TypeError
        If `z` does not hold numbers.
    """
    z = floats(z, "z")
    # exp of a negative number cannot overflow; the two cases are the same fraction, expanded.
    shrunk = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, shrunk) / (1.0 + shrunk)


def _sigmoid_derivative(z: npt.ArrayLike) -> FloatArray:
    # The same as sigmoid(z) (1 - sigmoid(z)), but 1 - sigmoid(z) has no digits left for large z.
    shrunk = np.exp(-np.abs(floats(z, "z")))
    return shrunk / (1.0 + shrunk) ** 2


def _tanh(z: npt.ArrayLike) -> FloatArray:
    return np.tanh(floats(z, "z"))


def _tanh_derivative(z: npt.ArrayLike) -> FloatArray:
    # tanh(z) = 2 sigmoid(2z) - 1; the detour keeps the digits that 1 - tanh(z)^2 loses.
    shrunk = np.exp(-2.0 * np.minimum(np.abs(floats(z, "z")), 1e3))
    return 4.0 * shrunk / (1.0 + shrunk) ** 2


def _relu(z: npt.ArrayLike) -> FloatArray:
    return np.maximum(floats(z, "z"), 0.0)


def _relu_derivative(z: npt.ArrayLike) -> FloatArray:
    return np.where(floats(z, "z") > 0, 1.0, 0.0)[()]


def _leaky_relu(z: npt.ArrayLike) -> FloatArray:
    z = floats(z, "z")
    return np.where(z > 0, z, LEAK * z)[()]


def _leaky_relu_derivative(z: npt.ArrayLike) -> FloatArray:
    return np.where(floats(z, "z") > 0, 1.0, LEAK)[()]


def _linear(z: npt.ArrayLike) -> FloatArray:
    return floats(z, "z")[()]


def _linear_derivative(z: npt.ArrayLike) -> FloatArray:
    return np.ones_like(floats(z, "z"))[()]


def _softplus(z: npt.ArrayLike) -> FloatArray:
    z = floats(z, "z")
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))


ACTIVATIONS: Mapping[str, Activation] = MappingProxyType(
    {
        activation.name: activation
        for activation in (
            Activation(
                "sigmoid",
                sigmoid,
                _sigmoid_derivative,
                r"\sigma(z) = \frac{1}{1 + e^{-z}}",
                r"\sigma'(z) = \sigma(z)\,(1 - \sigma(z))",
            ),
            Activation(
                "tanh",
                _tanh,
                _tanh_derivative,
                r"\tanh(z) = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}",
                r"\tanh'(z) = 1 - \tanh(z)^2",
            ),
            Activation(
                "relu",
                _relu,
                _relu_derivative,
                r"\mathrm{relu}(z) = \max(0, z)",
                r"\mathrm{relu}'(z) = 1 \text{ if } z > 0 \text{ else } 0",
                has_kink=True,
            ),
            Activation(
                "leaky_relu",
                _leaky_relu,
                _leaky_relu_derivative,
                rf"\mathrm{{leaky}}(z) = z \text{{ if }} z > 0 \text{{ else }} {LEAK}\,z",
                rf"\mathrm{{leaky}}'(z) = 1 \text{{ if }} z > 0 \text{{ else }} {LEAK}",
                has_kink=True,
            ),
            Activation("linear", _linear, _linear_derivative, "f(z) = z", "f'(z) = 1"),
            Activation(
                "softplus",
                _softplus,
                sigmoid,
                r"\mathrm{softplus}(z) = \ln(1 + e^{z})",
                r"\mathrm{softplus}'(z) = \sigma(z)",
            ),
        )
    }
)
