"""A walk through updates as a short script that needs NumPy alone."""

from nnviz.walkthrough.steps import is_neuron
from nnviz.walkthrough.walk import BackpropWalk

_ACTIVATIONS = (
    ("sigmoid", "1 / (1 + np.exp(-z))", "sigmoid(z) * (1 - sigmoid(z))"),
    ("tanh", "np.tanh(z)", "1 - np.tanh(z) ** 2"),
    ("relu", "np.maximum(z, 0)", "np.where(z > 0, 1.0, 0.0)"),
    ("leaky_relu", "np.where(z > 0, z, 0.01 * z)", "np.where(z > 0, 1.0, 0.01)"),
    ("linear", "z", "np.ones_like(z)"),
    ("softplus", "np.logaddexp(0, z)", "1 / (1 + np.exp(-z))"),
)

_KEPT_INSIDE = "    prediction = np.clip(prediction, 2**-53, 1 - 2**-53)  # off 0 and 1\n"


def backprop_snippet(walk: BackpropWalk, n_updates: int) -> str:
    """Return a script that makes the first updates of a walk and prints every value of the last.

    Parameters
    ----------
    walk : BackpropWalk
    n_updates : int
        1 or more, and not more than the walk has.
    """
    network = walk.traces[0].network
    tutorial_like = (
        is_neuron(network)
        and walk.start.loss == "squared_error"
        and walk.start.activations == ("sigmoid",)
    )
    return _neuron(walk, n_updates) if tutorial_like else _layers(walk, n_updates)


def _neuron(walk: BackpropWalk, n_updates: int) -> str:
    *weights, bias = walk.start.parameters
    return f"""\
import numpy as np

input_vectors = np.array({_rows(walk)})
targets = np.array({list(walk.start.targets)})
weights_1, bias = np.array({list(weights)}), {bias}

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

for row, learning_rate in {_taken(walk, n_updates)}:
    input_vector, target = input_vectors[row - 1], targets[row - 1]
    layer_1 = np.dot(input_vector, weights_1) + bias
    prediction = sigmoid(layer_1)
    error = (prediction - target) ** 2

    derror_dprediction = 2 * (prediction - target)
    dprediction_dlayer1 = prediction * (1 - prediction)
    dlayer1_dbias = 1
    derror_dbias = derror_dprediction * dprediction_dlayer1 * dlayer1_dbias
    dlayer1_dweights = input_vector
    derror_dweights = derror_dprediction * dprediction_dlayer1 * dlayer1_dweights

    bias = bias - learning_rate * derror_dbias
    weights_1 = weights_1 - learning_rate * derror_dweights

print("layer_1", layer_1, "prediction", prediction, "error", error)
print("derror_dprediction", derror_dprediction, "dprediction_dlayer1", dprediction_dlayer1)
print("derror_dbias", derror_dbias, "derror_dweights", derror_dweights.tolist())
print("bias", bias, "weights_1", weights_1.tolist())
print("errors", ((sigmoid(input_vectors @ weights_1 + bias) - targets) ** 2).tolist())
"""


def _layers(walk: BackpropWalk, n_updates: int) -> str:
    used = set(walk.start.activations)
    functions = "\n\n".join(
        f"def {name}(z):\n    return {value}\n\ndef d{name}(z):\n    return {slope}"
        for name, value, slope in _ACTIVATIONS
        if name in used
    )
    squared = walk.start.loss == "squared_error"
    error = (
        "(prediction - target) ** 2"
        if squared
        else "-target * np.log(prediction) - (1 - target) * np.log(1 - prediction)"
    )
    kept = "" if squared else _KEPT_INSIDE
    slope = (
        "2 * (prediction - target) * activations[-1][1](z[-1])"
        if squared
        else "prediction - target  # the slopes of loss and sigmoid, multiplied and cancelled"
    )
    network = walk.traces[0].network
    weights = ",\n     ".join(f"np.array({layer.weights.tolist()})" for layer in network.layers)
    biases = ", ".join(f"np.array({layer.bias.tolist()})" for layer in network.layers)
    pairs = ", ".join(f"({name}, d{name})" for name in walk.start.activations)
    return f"""\
import numpy as np

X = np.array({_rows(walk)})
y = np.array({list(walk.start.targets)})
W = [{weights}]
b = [{biases}]

{functions}

activations = [{pairs}]

def forward(x):
    a, z = [x], []
    for W_l, b_l, (activation, _) in zip(W, b, activations):
        z.append(a[-1] @ W_l + b_l)
        a.append(activation(z[-1]))
    return z, a

def error_of(prediction, target):
{kept}    return {error}

for row, learning_rate in {_taken(walk, n_updates)}:
    target = y[row - 1]
    z, a = forward(X[row - 1])
    prediction = a[-1]
    error = error_of(prediction, target)[0]

    derror_dz = {slope}
    gradients = []
    for l in reversed(range(len(W))):
        gradients.insert(0, (np.outer(a[l], derror_dz), derror_dz))
        if l > 0:
            derror_da = W[l] @ derror_dz  # multiplied along each path, added over the paths
            derror_dz = derror_da * activations[l - 1][1](z[l - 1])
    for l, (derror_dW, derror_db) in enumerate(gradients):
        W[l] = W[l] - learning_rate * derror_dW
        b[l] = b[l] - learning_rate * derror_db

print("prediction", prediction[0], "error", error)
for l, (derror_dW, derror_db) in enumerate(gradients, 1):
    print(f"derror_dW{{l}}", derror_dW.tolist(), f"derror_db{{l}}", derror_db.tolist())
print("errors", [float(error_of(forward(x)[1][-1], t)[0]) for x, t in zip(X, y)])
"""


def _rows(walk: BackpropWalk) -> str:
    return repr([list(row) for row in walk.start.rows])


def _taken(walk: BackpropWalk, n_updates: int) -> str:
    return repr([(item.row + 1, item.learning_rate) for item in walk.taken[:n_updates]])
