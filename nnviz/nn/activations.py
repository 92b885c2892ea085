"""Activation functions: what a unit makes of its weighted sum z.

`ACTIVATIONS` holds everything that any part of the program says about an activation: its values,
its formulas, its code in exported scripts, its words. To add one, write its functions and its
entry here, and its row in ``tests/nn/tables.py``.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import erfc, exp, expm1, log1p, tanh
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, floats

LEAK: Final = 0.01
"""The derivative of the leaky ReLU below 0."""

_ROOT_2: Final = math.sqrt(2.0)
_ROOT_2_PI: Final = math.sqrt(2.0 * math.pi)


@dataclass(frozen=True, kw_only=True)
class Activation:
    """An activation function with its derivative, and all that is said about it."""

    name: str  # public name, the key in `ACTIVATIONS`
    title: str  # what menus call it
    sign: str  # a name of at most five characters, for small boxes
    symbol: str  # the function's name in LaTeX; empty for the identity
    # formula, derivative_formula: in LaTeX
    formula: str
    derivative_formula: str
    # array_value, array_derivative: NumPy functions of an array z of any shape. Exported scripts
    # contain their code, which `source_code.source_code` returns.
    array_value: Callable[[FloatArray], FloatArray]
    array_derivative: Callable[[FloatArray], FloatArray]
    # value and derivative of one number, with nothing but arithmetic and the functions of `math`
    # that this module imports by name: Numba compiles it, and scripts that repeat a run to the last
    # bit contain its code
    scalar: Callable[[float], tuple[float, float]]
    torch: str  # PyTorch's module, as an expression
    sentence: str  # what it does to the number ``{z}``
    # the formula in numbers for z above 0, and for any other: ``{z}`` is the number, ``{minus_z}``
    # its negative, ``{factor}`` the number in parentheses if it is negative
    worked: tuple[str, str]
    derivative_words: str  # the derivative in names, ``{a}`` of the value and ``{z}``
    # the same in numbers, as in `worked`; ``{a}`` is the value, and ``{sides}`` says on which side
    # of 0 z is
    worked_derivative: tuple[str, str]
    # lowest, highest: limits of the values
    lowest: float = -math.inf
    highest: float = math.inf
    saturates: bool = False  # whether it is flat at both ends, so that a unit can get stuck there
    dies: bool = False  # whether value and derivative are exactly 0 for every z up to 0
    # whether the derivative jumps at z = 0; there the derivative of the left side is taken
    has_kink: bool = False
    # ends of the vertical axis of its curve, where they do not depend on z
    plot_range: tuple[float, float] | None = None

    def value(self, z: npt.ArrayLike) -> FloatArray:
        """Return the values, shape of `z`, dimensionless, without a warning at any z."""
        return np.asarray(self.array_value(floats(z, "z")))[()]

    def derivative(self, z: npt.ArrayLike) -> FloatArray:
        """Return the derivatives by z, shape of `z`, dimensionless, without a warning at any z."""
        return np.asarray(self.array_derivative(floats(z, "z")))[()]


def _sigmoid(z: FloatArray) -> FloatArray:
    s = np.exp(-np.abs(z))  # this way round, it cannot overflow
    return np.where(z >= 0, 1.0, s) / (1.0 + s)  # 1 / (1 + exp(-z))


def _sigmoid_derivative(z: FloatArray) -> FloatArray:
    s = np.exp(-np.abs(z))
    return s / (1.0 + s) ** 2  # sigmoid(z) * (1 - sigmoid(z))


def _sigmoid_scalar(z: float) -> tuple[float, float]:
    s = exp(-abs(z))  # this way round, it cannot overflow
    return (1.0 if z >= 0.0 else s) / (1.0 + s), s / ((1.0 + s) * (1.0 + s))


def _tanh(z: FloatArray) -> FloatArray:
    return np.tanh(z)


def _tanh_derivative(z: FloatArray) -> FloatArray:
    s = np.exp(-2.0 * np.minimum(np.abs(z), 1e3))
    return 4.0 * s / (1.0 + s) ** 2  # 1 - tanh(z) ** 2


def _tanh_scalar(z: float) -> tuple[float, float]:
    s = exp(-2.0 * abs(z))
    return tanh(z), 4.0 * s / ((1.0 + s) * (1.0 + s))


def _relu(z: FloatArray) -> FloatArray:
    return np.maximum(z, 0.0)


def _relu_derivative(z: FloatArray) -> FloatArray:
    return np.where(z > 0, 1.0, 0.0)


def _relu_scalar(z: float) -> tuple[float, float]:
    return max(z, 0.0), 1.0 if z > 0.0 else 0.0


def _leaky_relu(z: FloatArray) -> FloatArray:
    return np.where(z > 0, z, LEAK * z)


def _leaky_relu_derivative(z: FloatArray) -> FloatArray:
    return np.where(z > 0, 1.0, LEAK)


def _leaky_relu_scalar(z: float) -> tuple[float, float]:
    return z if z > 0.0 else LEAK * z, 1.0 if z > 0.0 else LEAK


def _linear(z: FloatArray) -> FloatArray:
    return z


def _linear_derivative(z: FloatArray) -> FloatArray:
    return np.ones_like(z)


def _linear_scalar(z: float) -> tuple[float, float]:
    return z, 1.0


def _softplus(z: FloatArray) -> FloatArray:
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))  # log(1 + exp(z))


def _softplus_scalar(z: float) -> tuple[float, float]:
    s = exp(-abs(z))
    return max(z, 0.0) + log1p(s), (1.0 if z >= 0.0 else s) / (1.0 + s)


def _elu(z: FloatArray) -> FloatArray:
    return np.where(z > 0, z, np.expm1(np.minimum(z, 0.0)))


def _elu_derivative(z: FloatArray) -> FloatArray:
    return np.exp(np.minimum(z, 0.0))


def _elu_scalar(z: float) -> tuple[float, float]:
    return z if z > 0.0 else expm1(z), 1.0 if z > 0.0 else exp(z)


def _gelu(z: FloatArray) -> FloatArray:
    erfc = np.vectorize(math.erfc, otypes=[float])
    below = 0.5 * erfc(-z / _ROOT_2)  # the normal distribution
    return np.asarray(np.maximum(z, -40.0) * below)


def _gelu_derivative(z: FloatArray) -> FloatArray:
    erfc = np.vectorize(math.erfc, otypes=[float])
    z = np.clip(z, -40.0, 40.0)
    below = 0.5 * erfc(-z / _ROOT_2)
    return np.asarray(below + z * np.exp(-0.5 * z * z) / _ROOT_2_PI)


def _gelu_scalar(z: float) -> tuple[float, float]:
    below = 0.5 * erfc(-z / _ROOT_2)  # the normal distribution
    c = -40.0 if z < -40.0 else 40.0 if z > 40.0 else z
    return (z if z > -40.0 else c) * below, below + c * exp(-0.5 * c * c) / _ROOT_2_PI


_ALL: Final = (
    Activation(
        name="sigmoid",
        title="sigmoid",
        sign="σ",
        symbol=r"\sigma",
        formula=r"\sigma(z) = \frac{1}{1 + e^{-z}}",
        derivative_formula=r"\sigma'(z) = \sigma(z)\,(1 - \sigma(z))",
        array_value=_sigmoid,
        array_derivative=_sigmoid_derivative,
        scalar=_sigmoid_scalar,
        torch="torch.nn.Sigmoid()",
        sentence="The sigmoid squeezes {z} between 0 and 1",
        worked=("1 / (1 + exp({minus_z}))",) * 2,
        derivative_words="{a} · (1 − {a})",
        worked_derivative=("{a} · (1 − {a})",) * 2,
        lowest=0.0,
        highest=1.0,
        saturates=True,
        plot_range=(-0.12, 1.12),
    ),
    Activation(
        name="tanh",
        title="tanh",
        sign="tanh",
        symbol=r"\tanh",
        formula=r"\tanh(z) = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}",
        derivative_formula=r"\tanh'(z) = 1 - \tanh(z)^2",
        array_value=_tanh,
        array_derivative=_tanh_derivative,
        scalar=_tanh_scalar,
        torch="torch.nn.Tanh()",
        sentence="tanh squeezes {z} between −1 and 1",
        worked=("(exp({z}) − exp({minus_z})) / (exp({z}) + exp({minus_z}))",) * 2,
        derivative_words="1 − {a}²",
        worked_derivative=("1 − {a}²",) * 2,
        lowest=-1.0,
        highest=1.0,
        saturates=True,
        plot_range=(-1.2, 1.2),
    ),
    Activation(
        name="relu",
        title="ReLU",
        sign="relu",
        symbol=r"\mathrm{relu}",
        formula=r"\mathrm{relu}(z) = \max(0, z)",
        derivative_formula=r"\mathrm{relu}'(z) = 1 \text{ if } z > 0 \text{ else } 0",
        array_value=_relu,
        array_derivative=_relu_derivative,
        scalar=_relu_scalar,
        torch="torch.nn.ReLU()",
        sentence="relu lets {z} through if it is above 0, and else gives 0",
        worked=("max(0, {z})",) * 2,
        derivative_words="1 if {z} > 0 else 0",
        worked_derivative=("1, as {sides}", "0, as {sides}"),
        lowest=0.0,
        dies=True,
        has_kink=True,
    ),
    Activation(
        name="leaky_relu",
        title="leaky ReLU",
        sign="leaky",
        symbol=r"\mathrm{leaky}",
        formula=rf"\mathrm{{leaky}}(z) = z \text{{ if }} z > 0 \text{{ else }} {LEAK}\,z",
        derivative_formula=rf"\mathrm{{leaky}}'(z) = 1 \text{{ if }} z > 0 \text{{ else }} {LEAK}",
        array_value=_leaky_relu,
        array_derivative=_leaky_relu_derivative,
        scalar=_leaky_relu_scalar,
        torch=f"torch.nn.LeakyReLU({LEAK})",
        sentence="leaky_relu lets {z} through if it is above 0, and else a hundredth of it",
        worked=("{z}, as it is above 0", f"{LEAK} · {{factor}}"),
        derivative_words=f"1 if {{z}} > 0 else {LEAK}",
        worked_derivative=("1, as {sides}", f"{LEAK}, as {{sides}}"),
        has_kink=True,
    ),
    Activation(
        name="linear",
        title="linear",
        sign="lin",
        symbol="",
        formula="f(z) = z",
        derivative_formula="f'(z) = 1",
        array_value=_linear,
        array_derivative=_linear_derivative,
        scalar=_linear_scalar,
        torch="torch.nn.Identity()",
        sentence="linear lets {z} through as it is",
        worked=("{z}",) * 2,
        derivative_words="1",
        worked_derivative=("",) * 2,
    ),
    Activation(
        name="softplus",
        title="softplus",
        sign="soft+",
        symbol=r"\mathrm{softplus}",
        formula=r"\mathrm{softplus}(z) = \ln(1 + e^{z})",
        derivative_formula=r"\mathrm{softplus}'(z) = \sigma(z)",
        array_value=_softplus,
        array_derivative=_sigmoid,
        scalar=_softplus_scalar,
        # PyTorch takes z for softplus(z) beyond the threshold: only there is nothing lost by it.
        torch="torch.nn.Softplus(threshold=50)",
        sentence="softplus bends {z} so that it is never below 0",
        worked=("ln(1 + exp({z}))",) * 2,
        derivative_words="sigmoid({z})",
        worked_derivative=("1 / (1 + exp({minus_z}))",) * 2,
        lowest=0.0,
    ),
    Activation(
        name="elu",
        title="ELU",
        sign="elu",
        symbol=r"\mathrm{elu}",
        formula=r"\mathrm{elu}(z) = z \text{ if } z > 0 \text{ else } e^{z} - 1",
        derivative_formula=r"\mathrm{elu}'(z) = 1 \text{ if } z > 0 \text{ else } e^{z}",
        array_value=_elu,
        array_derivative=_elu_derivative,
        scalar=_elu_scalar,
        torch="torch.nn.ELU()",
        sentence="elu lets {z} through if it is above 0, and else bends it towards −1",
        worked=("{z}, as it is above 0", "exp({z}) − 1"),
        derivative_words="1 if {z} > 0 else {a} + 1",
        worked_derivative=("1, as {sides}", "{a} + 1"),
        lowest=-1.0,
    ),
    Activation(
        name="gelu",
        title="GELU",
        sign="gelu",
        symbol=r"\mathrm{gelu}",
        formula=(
            r"\mathrm{gelu}(z) = z\,\Phi(z),\quad "
            r"\Phi(z) = \tfrac{1}{2}\,(1 + \mathrm{erf}(z / \sqrt{2}))"
        ),
        derivative_formula=(
            r"\mathrm{gelu}'(z) = \Phi(z) + z\,\varphi(z),\quad "
            r"\varphi(z) = e^{-z^2 / 2} / \sqrt{2 \pi}"
        ),
        array_value=_gelu,
        array_derivative=_gelu_derivative,
        scalar=_gelu_scalar,
        torch="torch.nn.GELU()",
        sentence="gelu multiplies {z} by the part of a normal distribution that lies below it",
        worked=("{factor} · Φ({z})",) * 2,
        derivative_words="Φ({z}) + {z} · φ({z})",
        worked_derivative=("Φ({z}) + {factor} · φ({z})",) * 2,
        lowest=-0.17,
    ),
)

ACTIVATIONS: Mapping[str, Activation] = MappingProxyType({each.name: each for each in _ALL})


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
    """
    return ACTIVATIONS["sigmoid"].value(z)
