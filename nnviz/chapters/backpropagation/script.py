"""A walk through updates as a short script that needs NumPy alone."""

from nnviz.nn.losses import LOSSES
from nnviz.nn.source_code import import_lines
from nnviz.text.script import array, literal, snippet
from nnviz.training.export.pieces import activations_code
from nnviz.walkthrough.steps import is_neuron
from nnviz.walkthrough.walk import BackpropWalk


def backprop_snippet(walk: BackpropWalk, n_updates: int) -> str:
    """Return a script that makes the first updates of a walk and prints every value of the last.

    `n_updates`: 1 or more, and not more than the walk has.
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
    return snippet(f"""\
import numpy as np

input_vectors = {array(walk.start.rows)}
targets = {array(walk.start.targets)}
weights_1, bias = {array(weights)}, {literal(bias)}


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
""")


def _layers(walk: BackpropWalk, n_updates: int) -> str:
    functions = activations_code(walk.start.activations, derivatives=True)
    loss = LOSSES[walk.start.loss]
    if loss.link == walk.start.activations[-1]:
        slope = f"{loss.numpy_derivative}  # the derivatives of loss and {loss.link} cancel"
    else:
        slope = f"{loss.numpy_derivative} * activations[-1][1](z[-1])"
    network = walk.traces[0].network
    weights = ",\n     ".join(array(layer.weights) for layer in network.layers)
    biases = ", ".join(array(layer.bias) for layer in network.layers)
    pairs = ", ".join(f"({name}, d{name})" for name in walk.start.activations)
    return snippet(f"""\
{import_lines(functions)}
X = {array(walk.start.rows)}
y = {array(walk.start.targets)}
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


def error_of(z, prediction, target):
    return {loss.numpy}


for row, learning_rate in {_taken(walk, n_updates)}:
    target = y[row - 1]
    z, a = forward(X[row - 1])
    prediction = a[-1]
    error = error_of(z[-1], prediction, target)[0]

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
errors = []
for x, target in zip(X, y):
    z, a = forward(x)
    errors.append(float(error_of(z[-1], a[-1], target)[0]))
print("errors", errors)
""")


def _taken(walk: BackpropWalk, n_updates: int) -> str:
    return literal([(item.row + 1, item.learning_rate) for item in walk.taken[:n_updates]])
