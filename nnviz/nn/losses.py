"""Losses: how wrong one prediction is. They are elementwise; whoever sums, says so.

`LOSSES` holds everything that any part of the program says about a loss: its values, its
formulas, its code in exported scripts, its words. To add one, write its functions and its entry
here, and its row in ``tests/nn/tables.py``.

A cross-entropy belongs to an output activation, sigmoid or softmax, and is computed from z, the
weighted sum before that activation: a prediction of exactly 0 or 1 does not say how wrong it is,
z does.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, floats

# Half the distance from 1 to the next float64: a logarithm this far from 0 and 1 is finite.
_NEAREST: Final = 2.0**-53

Elementwise = Callable[[npt.ArrayLike, npt.ArrayLike], FloatArray]


@dataclass(frozen=True, kw_only=True)
class Loss:
    """A loss with its derivative by the prediction, and all that is said about it."""

    name: str  # public name, the key in `LOSSES`
    title: str  # what menus call it
    label: str  # what stands in its box, in two lines
    # sentence, words: how it makes the error from prediction and target, as a sentence and as its
    # end
    sentence: str
    words: str
    # worked, worked_derivative: value and derivative by the prediction, written with ``{p}`` and
    # ``{t}``
    worked: str
    worked_derivative: str
    outputs: tuple[str, ...]  # the activations that the output may have; the first is the usual one
    # value, derivative: Of ``(prediction, target)``, elementwise, numbers or arrays of one shape;
    # dimensionless. A cross-entropy keeps the prediction 2**-53 away from 0 and 1.
    value: Elementwise
    derivative: Elementwise
    # formula, derivative_formula: in LaTeX, with p the prediction and t the target
    formula: str
    derivative_formula: str
    # numpy, numpy_derivative: the loss in a script, an expression of the arrays ``z`` (before the
    # output's activation), ``prediction`` and ``target``; and its derivative: by z if there is a
    # link, and otherwise by the prediction
    numpy: str
    numpy_derivative: str
    # the mean over the rows in PyTorch, an expression of ``{output}`` and ``{target}``, where the
    # output is z if there is a link and the prediction otherwise
    torch: str
    # value_from_z, derivative_from_z: the same two of ``(z, target)``, exact for every z, where the
    # output's activation is `link`; None for a loss without a link
    value_from_z: Elementwise | None = None
    derivative_from_z: Elementwise | None = None
    # The activation whose derivative cancels against that of the loss: the derivative by z is
    # ``prediction - target``. Empty if there is none.
    link: str = ""
    # lowest_target, highest_target: the targets for which the loss has a meaning
    lowest_target: float = -np.inf
    highest_target: float = np.inf
    # fewest_classes, most_classes: how many classes the data may have; 0 is a regression
    fewest_classes: float = 0
    most_classes: float = np.inf

    def suits(self, n_classes: int) -> bool:
        """Return whether data with so many classes, 0 for a regression, can be learned by it."""
        return self.fewest_classes <= n_classes <= self.most_classes

    def n_outputs(self, n_classes: int) -> int:
        """Return the number of outputs: one for each class, or one for two classes or a number."""
        return n_classes if n_classes > 2 or "softmax" in self.outputs else 1

    def functions(self, output: str) -> tuple[Elementwise, Elementwise]:
        """Return value and derivative as an output layer of that activation computes them.

        They are functions of ``(z, target)`` if the activation is `link`, and otherwise of
        ``(prediction, target)``.
        """
        if self.link == output and self.value_from_z and self.derivative_from_z:
            return self.value_from_z, self.derivative_from_z
        return self.value, self.derivative

    def of_output(
        self, output: str, z: FloatArray, prediction: FloatArray, target: npt.ArrayLike
    ) -> FloatArray:
        """Return the loss of an output layer, elementwise, with all digits.

        Parameters
        ----------
        output : str
            The activation of the output layer.
        z, prediction : ndarray
            Before and after it.
        """
        return self.functions(output)[0](z if output == self.link else prediction, target)

    def derivative_of_output(
        self, output: str, z: FloatArray, prediction: FloatArray, target: npt.ArrayLike
    ) -> FloatArray:
        """Return the derivative by the prediction of an output layer; see `of_output`."""
        return self.functions(output)[1](z if output == self.link else prediction, target)


def _squared_error(prediction: npt.ArrayLike, target: npt.ArrayLike) -> FloatArray:
    # A prediction that has left the range of float64 is a result, and no reason for a warning.
    with np.errstate(over="ignore", invalid="ignore"):
        return np.square(floats(prediction, "prediction") - floats(target, "target"))


def _squared_error_derivative(prediction: npt.ArrayLike, target: npt.ArrayLike) -> FloatArray:
    with np.errstate(over="ignore", invalid="ignore"):
        return 2.0 * (floats(prediction, "prediction") - floats(target, "target"))


def _binary_cross_entropy(prediction: npt.ArrayLike, target: npt.ArrayLike) -> FloatArray:
    p, t = _inside(prediction), floats(target, "target")
    return -(t * np.log(p) + (1.0 - t) * np.log1p(-p))


def _binary_cross_entropy_derivative(
    prediction: npt.ArrayLike, target: npt.ArrayLike
) -> FloatArray:
    p, t = _inside(prediction), floats(target, "target")
    return (p - t) / (p * (1.0 - p))


def _binary_cross_entropy_from_z(z: npt.ArrayLike, target: npt.ArrayLike) -> FloatArray:
    z, t = floats(z, "z"), floats(target, "target")
    positive: FloatArray = np.maximum(z, 0.0)
    rest: FloatArray = np.log1p(np.exp(-np.abs(z)))
    with np.errstate(invalid="ignore"):
        return positive - t * z + rest  # ln(1 + exp(z)) - t z


def _binary_cross_entropy_derivative_from_z(z: npt.ArrayLike, target: npt.ArrayLike) -> FloatArray:
    z, t = floats(z, "z"), floats(target, "target")
    # (1 - t) / (1 - p) - t / p, where 1 / p is 1 + exp(-z); beyond 709 that leaves float64.
    inside: FloatArray = np.clip(z, -709.0, 709.0)
    return (1.0 - t) * (1.0 + np.exp(inside)) - t * (1.0 + np.exp(-inside))


def _cross_entropy(prediction: npt.ArrayLike, target: npt.ArrayLike) -> FloatArray:
    p, t = np.maximum(floats(prediction, "prediction"), _NEAREST), floats(target, "target")
    return -t * np.log(p)


def _cross_entropy_derivative(prediction: npt.ArrayLike, target: npt.ArrayLike) -> FloatArray:
    p, t = np.maximum(floats(prediction, "prediction"), _NEAREST), floats(target, "target")
    return -t / p


def _cross_entropy_from_z(z: npt.ArrayLike, target: npt.ArrayLike) -> FloatArray:
    with np.errstate(over="ignore", invalid="ignore"):
        return -floats(target, "target") * log_softmax(floats(z, "z"))


def _cross_entropy_derivative_from_z(z: npt.ArrayLike, target: npt.ArrayLike) -> FloatArray:
    with np.errstate(over="ignore", invalid="ignore"):
        return -floats(target, "target") * np.exp(-log_softmax(floats(z, "z")))


def _inside(prediction: npt.ArrayLike) -> FloatArray:
    """Keep the prediction off 0 and 1, where the logarithm is infinite."""
    return np.clip(floats(prediction, "prediction"), _NEAREST, 1.0 - _NEAREST)


def softmax(z: FloatArray) -> FloatArray:
    """Return exp(z) as fractions of its sum over the last axis, shape of `z`."""
    s = np.exp(z - z.max(axis=-1, keepdims=True))
    fractions: FloatArray = s / s.sum(axis=-1, keepdims=True)
    return fractions


def log_softmax(z: FloatArray) -> FloatArray:
    """Return the logarithm of `softmax`, shape of `z`; finite for every finite z."""
    shifted = z - z.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))


_ALL: Final = (
    Loss(
        name="squared_error",
        title="Squared error",
        label="squared\nerror",
        sentence="The error is the difference times itself",
        words="the difference times itself",
        worked="({p} − {t})²",
        worked_derivative="2 · ({p} − {t})",
        outputs=("linear", "sigmoid", "tanh"),
        value=_squared_error,
        derivative=_squared_error_derivative,
        formula="(p - t)^2",
        derivative_formula="2\\,(p - t)",
        numpy="(prediction - target) ** 2",
        numpy_derivative="2 * (prediction - target)",
        torch="(({output} - {target}) ** 2).sum(dim=1).mean()",
    ),
    Loss(
        name="binary_cross_entropy",
        title="Binary cross-entropy",
        label="cross-\nentropy",
        sentence="The cross-entropy makes the error",
        words="by cross-entropy",
        worked="−{t} · ln({p}) − (1 − {t}) · ln(1 − {p})",
        worked_derivative="({p} − {t}) / ({p} · (1 − {p}))",
        outputs=("sigmoid",),
        value=_binary_cross_entropy,
        derivative=_binary_cross_entropy_derivative,
        formula=r"-t \ln p - (1 - t) \ln(1 - p)",
        derivative_formula=r"\frac{p - t}{p\,(1 - p)}",
        numpy="np.maximum(z, 0) - target * z + np.log1p(np.exp(-np.abs(z)))",
        numpy_derivative="prediction - target",
        torch="torch.nn.functional.binary_cross_entropy_with_logits({output}, {target})",
        value_from_z=_binary_cross_entropy_from_z,
        derivative_from_z=_binary_cross_entropy_derivative_from_z,
        link="sigmoid",
        lowest_target=0.0,
        highest_target=1.0,
        fewest_classes=2,
        most_classes=2,
    ),
    Loss(
        name="cross_entropy",
        title="Cross-entropy",
        label="cross-\nentropy",
        sentence="The cross-entropy makes the error",
        words="by cross-entropy",
        worked="−{t} · ln({p})",
        worked_derivative="−{t} / {p}",
        outputs=("softmax",),
        value=_cross_entropy,
        derivative=_cross_entropy_derivative,
        formula=r"-t \ln p",
        derivative_formula=r"-\frac{t}{p}",
        numpy="-target * (z - np.logaddexp.reduce(z, axis=-1, keepdims=True))",
        numpy_derivative="prediction - target",
        torch="torch.nn.functional.cross_entropy({output}, {target})",
        value_from_z=_cross_entropy_from_z,
        derivative_from_z=_cross_entropy_derivative_from_z,
        link="softmax",
        lowest_target=0.0,
        highest_target=1.0,
        fewest_classes=2,
    ),
)

LOSSES: Mapping[str, Loss] = MappingProxyType({each.name: each for each in _ALL})

ELEMENTWISE: Final = tuple(name for name, loss in LOSSES.items() if "softmax" not in loss.outputs)
"""The losses of a `Network`, whose layers have elementwise activations."""
