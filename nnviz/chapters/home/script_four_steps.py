"""The four steps as a short script that needs NumPy alone."""

from nnviz.walkthrough.four_steps import Moment


def four_steps_snippet(moment: Moment) -> str:
    """Return a script that goes through the rounds up to this one and prints every value.

    The unit is a sigmoid; its parameters come from the moment's first round.
    """
    layer = moment.first.layers[0]
    weights = [float(weight) for weight in layer.weights[:, 0]]
    input_vector = [float(x) for x in moment.first.input_vector]
    return f"""\
import numpy as np

input_vector, target = np.array({input_vector}), {float(moment.first.target[0])}
weights, bias = np.array({weights}), {float(layer.bias[0])}
learning_rate = {moment.first.learning_rate}

for number in range(1, {moment.round + 1}):
    # 1 Take the input: it is the same row in every round.  2 Predict:
    layer_1 = np.dot(input_vector, weights) + bias
    prediction = 1 / (1 + np.exp(-layer_1))
    # 3 Compare:
    error = (prediction - target) ** 2
    # 4 Adjust, by the chain rule:
    derror_dprediction = 2 * (prediction - target)
    dprediction_dlayer1 = prediction * (1 - prediction)
    derror_dbias = derror_dprediction * dprediction_dlayer1
    derror_dweights = derror_dbias * input_vector
    bias = bias - learning_rate * derror_dbias
    weights = weights - learning_rate * derror_dweights
    print("round", number, "error", error)

print("sum", layer_1, "prediction", prediction)
print("adjusted weights", weights, "adjusted bias", bias)
"""
