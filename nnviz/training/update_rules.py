"""The tutorial's first update against steps down the true gradient, on one row.

The tutorial subtracts the derivative of the error by the *prediction* from the weights. That
leaves out two factors of the chain rule, the slope of the sigmoid and the input, so it has the
wrong length, and, where an input is negative, the wrong sign.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from nnviz.data import tutorial
from nnviz.nn.activations import sigmoid
from nnviz.nn.checks import FloatArray, instance, number, one_of
from nnviz.nn.losses import LOSSES
from nnviz.nn.network import Layer, Network
from nnviz.nn.trace import Trace, trace_update
from nnviz.training.maps.heatmap import Plane


@dataclass(frozen=True)
class UpdateRule:
    """A way to change the weights."""

    name: str  # public name, the key in `UPDATE_RULES`
    title: str  # for people
    formula: str  # what is added to the weights, in LaTeX


UPDATE_RULES: Mapping[str, UpdateRule] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            UpdateRule("tutorial", "The tutorial's rule", r"-\frac{dE}{dp}"),
            UpdateRule("gradient", "The true gradient", r"-\frac{dE}{dp}\,\sigma'(z)\,x"),
            UpdateRule(
                "gradient_times_rate",
                "The true gradient times a rate",
                r"-\eta\,\frac{dE}{dp}\,\sigma'(z)\,x",
            ),
        )
    }
)


@dataclass(frozen=True, eq=False)
class RuleResult:
    """What one update by one rule did; everything is dimensionless."""

    rule: str  # a key of `UPDATE_RULES`
    input_vector: FloatArray  # (2,)
    target: float  # the row that is learnt
    weights_before: FloatArray  # (2,)
    weights_after: FloatArray  # (2,)
    update: FloatArray  # (2,)
    # bias_before, bias_after, bias_update: `update` and `bias_update` are what was added
    bias_before: float
    bias_after: float
    bias_update: float
    z_before: float
    prediction_before: float
    error_before: float
    # z_after, prediction_after, error_after: on the row that is learnt
    z_after: float
    prediction_after: float
    error_after: float
    # other_error_before, other_error_after: on the other row, which the update did not look at
    other_error_before: float
    other_error_after: float


def apply_rule(
    rule: str, *, learning_rate: float = 0.1, mirrored: bool = False, update_bias: bool = False
) -> RuleResult:
    """Update the tutorial's neuron once, by the row [2, 1.5] with target 0.

    The neuron has the weights [1.45, -0.66] and the bias 0; the other row is [1.66, 1.56] with
    target 1. Source: Real Python, "Python AI: How to Build a Neural Network & Make
    Predictions". Raises TypeError or ValueError if the rule is unknown or the rate no number of
    0 or more.

    Parameters
    ----------
    rule : str
        A key of `UPDATE_RULES`.
    learning_rate : float
        0 or more; the rate of ``"gradient_times_rate"``, the other rules have none.
    mirrored : bool
        Turn the signs of both rows and of the weights, which changes no prediction.
    update_bias : bool
        Update the bias too, and not the weights only.
    """
    one_of(rule, "rule", UPDATE_RULES)
    learning_rate = number(learning_rate, "learning_rate", low=0)
    sign = -1.0 if mirrored else 1.0
    weights, row, other = sign * np.array(
        [tutorial.FIRST_WEIGHTS, tutorial.SECOND_ROW, tutorial.FIRST_ROW]
    )
    before = _look(weights, 0.0, row, 0.0)
    if rule == "tutorial":
        update = np.full(2, -before.derror_dprediction[0])
        bias_update = -before.derror_dprediction[0]
    else:
        rate = 1.0 if rule == "gradient" else learning_rate
        update = -rate * before.layers[0].derror_dweights[:, 0]
        bias_update = -rate * before.layers[0].derror_dbias[0]
    bias_update = float(bias_update) if update_bias else 0.0
    after = _look(weights + update, bias_update, row, 0.0)
    return RuleResult(
        rule=rule,
        input_vector=row,
        target=0.0,
        weights_before=weights,
        weights_after=weights + update,
        update=update,
        bias_before=0.0,
        bias_after=bias_update,
        bias_update=bias_update,
        z_before=float(before.layers[0].pre_activations[0]),
        prediction_before=float(before.prediction[0]),
        error_before=before.error,
        z_after=float(after.layers[0].pre_activations[0]),
        prediction_after=float(after.prediction[0]),
        error_after=after.error,
        other_error_before=_look(weights, 0.0, other, 1.0).error,
        other_error_after=_look(weights + update, bias_update, other, 1.0).error,
    )


def error_map(plane: Plane, *, mirrored: bool = False) -> FloatArray:
    """Return the error of the row [2, 1.5] with target 0 at every pair of weights, with bias 0.

    The result has the shape (n, n).

    Parameters
    ----------
    plane : Plane
        Of the first weight (x) and the second one (y).
    mirrored : bool
        Of the row [-2, -1.5] instead.
    """
    instance(plane, "plane", Plane)
    row = (-1.0 if mirrored else 1.0) * np.array(tutorial.SECOND_ROW)
    prediction = sigmoid(plane.points() @ row)
    errors = LOSSES["squared_error"].value(prediction, tutorial.SECOND_TARGET)
    return errors.reshape(plane.n, plane.n)


def _look(weights: FloatArray, bias: float, row: FloatArray, target: float) -> Trace:
    """Return every value and derivative of one row; nothing is updated at rate 0."""
    neuron = Network((Layer(weights[:, np.newaxis], np.array([bias]), "sigmoid"),))
    return trace_update(neuron, row, target, learning_rate=0.0)
