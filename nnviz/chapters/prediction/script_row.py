"""A row on its way through one neuron, as a short script that needs NumPy alone."""

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.source_code import import_lines, source_code
from nnviz.nn.trace import Trace


def prediction_snippet(trace: Trace, threshold: float) -> str:
    """Return a script that prints layer_1, the prediction and the answer.

    Parameters
    ----------
    trace : Trace
        Of a single unit.
    threshold : float
    """
    layer = trace.layers[0]
    function = source_code(ACTIVATIONS[layer.activation].array_value, layer.activation)
    return f"""\
{import_lines(function)}
input_vector = np.array({layer.inputs.tolist()})
weights_1 = np.array({layer.weights[:, 0].tolist()})
bias = {float(layer.bias[0])!r}
threshold = {float(threshold)!r}

{function}
layer_1 = np.dot(input_vector, weights_1) + bias
prediction = {layer.activation}(layer_1)
answer = 1 if prediction >= threshold else 0
print("layer_1", layer_1)
print("prediction", prediction)
print("answer", answer)
"""
