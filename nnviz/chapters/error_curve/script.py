"""Scripts of the page that need NumPy alone: walks down a curve, and the update rules."""

from collections.abc import Sequence

from nnviz.chapters.error_curve.paths import NEURON
from nnviz.data import tutorial
from nnviz.text.script import array, literal, snippet


def quadratic_walk_snippet(start: float, learning_rates: Sequence[float]) -> str:
    """Return a script that walks down x^2 and prints every place of the walk."""
    return snippet(f"""\
x = {literal(float(start))}  # prediction - target
print("start", "x:", x, "error:", x**2, "slope:", 2 * x)
for step, learning_rate in enumerate({literal([float(rate) for rate in learning_rates])}, 1):
    slope = 2 * x
    x = x - learning_rate * slope
    print("step", step, "x:", x, "error:", x**2, "slope:", 2 * x)
""")


def weight_walk_snippet(index: int, start: float, learning_rates: Sequence[float]) -> str:
    """Return a script that walks down the error of one row along one parameter of the neuron.

    `index` is the parameter that moves: a weight or, last, the bias.
    """
    return snippet(f"""\
import numpy as np

parameters = {array(NEURON.parameters())}  # the weights, then the bias
moving = {index}  # the one that changes
parameters[moving] = {literal(float(start))}
inputs = {array([*tutorial.SECOND_ROW, 1.0])}  # the bias counts as a weight of a constant 1
target = {literal(float(tutorial.SECOND_TARGET))}

def error_and_slope():
    prediction = 1 / (1 + np.exp(-np.dot(inputs, parameters)))
    derror_dprediction = 2 * (prediction - target)
    dprediction_dlayer1 = prediction * (1 - prediction)
    slope = derror_dprediction * dprediction_dlayer1 * inputs[moving]
    return (prediction - target) ** 2, slope

error, slope = error_and_slope()
print("start", "value:", parameters[moving], "error:", error, "slope:", slope)
for step, learning_rate in enumerate({literal([float(rate) for rate in learning_rates])}, 1):
    parameters[moving] -= learning_rate * slope
    error, slope = error_and_slope()
    print("step", step, "value:", parameters[moving], "error:", error, "slope:", slope)
""")


def update_rules_snippet(learning_rate: float, *, update_bias: bool) -> str:
    """Return a script that applies three update rules to a row and to its negative."""
    return snippet(f"""\
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

learning_rate = {literal(float(learning_rate))}
target = {literal(float(tutorial.SECOND_TARGET))}
for sign in (1, -1):
    weights = sign * {array(tutorial.FIRST_WEIGHTS)}
    input_vector = sign * {array(tutorial.SECOND_ROW)}
    prediction = sigmoid(np.dot(input_vector, weights))
    derror_dprediction = 2 * (prediction - target)
    derror_dbias = derror_dprediction * prediction * (1 - prediction)
    derror_dweights = derror_dbias * input_vector
    for rule, weight_updates, bias_update in (
        ("tutorial", -derror_dprediction, -derror_dprediction),
        ("gradient", -derror_dweights, -derror_dbias),
        ("gradient_times_rate", -learning_rate * derror_dweights, -learning_rate * derror_dbias),
    ):
        new_weights = weights + weight_updates
        new_bias = {"bias_update" if update_bias else "0.0"}
        new_prediction = sigmoid(np.dot(input_vector, new_weights) + new_bias)
        print(input_vector, rule, "weights:", new_weights.tolist(), "prediction:", new_prediction,
              "error:", (new_prediction - target) ** 2)
""")
