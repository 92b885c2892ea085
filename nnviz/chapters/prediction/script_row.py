"""A row on its way through one neuron, as a short script that needs NumPy alone."""

from nnviz.nn.trace import Trace

_FORMULAS = (
    ("sigmoid", "np.exp(-np.logaddexp(0, -x))  # 1 / (1 + exp(-x)), for any x"),
    ("tanh", "np.tanh(x)"),
    ("relu", "np.maximum(x, 0)"),
    ("leaky_relu", "np.where(x > 0, x, 0.01 * x)"),
    ("linear", "x"),
    ("softplus", "np.logaddexp(0, x)"),
)


def prediction_snippet(trace: Trace, threshold: float) -> str:
    """Return a script that prints layer_1, the prediction and the answer.

    Parameters
    ----------
    trace : Trace
        Of a single unit.
    threshold : float
    """
    layer = trace.layers[0]
    return f"""\
import numpy as np

input_vector = np.array({layer.inputs.tolist()})
weights_1 = np.array({layer.weights[:, 0].tolist()})
bias = {float(layer.bias[0])!r}
threshold = {float(threshold)!r}

def {layer.activation}(x):
    return {dict(_FORMULAS)[layer.activation]}

layer_1 = np.dot(input_vector, weights_1) + bias
prediction = {layer.activation}(layer_1)
answer = 1 if prediction >= threshold else 0
print("layer_1", layer_1)
print("prediction", prediction)
print("answer", answer)
"""
