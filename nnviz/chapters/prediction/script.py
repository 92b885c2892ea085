"""Scripts of the page that need NumPy alone: a row through one neuron, and stacked layers."""

from nnviz.chapters.prediction.linear_collapse import Collapse, Comparison
from nnviz.nn.source_code import import_lines
from nnviz.nn.trace import Trace
from nnviz.text.script import array, literal, snippet
from nnviz.training.export.pieces import activation_code, activations_code


def prediction_snippet(trace: Trace, threshold: float) -> str:
    """Return a script that prints layer_1, the prediction and the answer of a single unit."""
    layer = trace.layers[0]
    function = activation_code(layer.activation)
    return snippet(f"""\
{import_lines(function)}
input_vector = {array(layer.inputs)}
weights_1 = {array(layer.weights[:, 0])}
bias = {literal(layer.bias[0])}
threshold = {literal(float(threshold))}


{function}

layer_1 = np.dot(input_vector, weights_1) + bias
prediction = {layer.activation}(layer_1)
answer = 1 if prediction >= threshold else 0
print("layer_1", layer_1)
print("prediction", prediction)
print("answer", answer)
""")


def collapse_snippet(collapse: Collapse, comparison: Comparison) -> str:
    """Return a script that collapses the stack and prints both outputs for every row."""
    layers = collapse.network.layers
    stack = "".join(
        f"W{i} = {array(layer.weights, by_row=True)}\nb{i} = {array(layer.bias)}\n"
        for i, layer in enumerate(layers, 1)
    )
    triples = ", ".join(f"(W{i}, b{i}, {layer.activation})" for i, layer in enumerate(layers, 1))
    functions = activations_code(layer.activation for layer in layers)
    return snippet(f"""\
{import_lines(functions)}

{functions}

X = {array(comparison.X, by_row=True)}
{stack}layers = [{triples}]

stacked = X
for weights, bias, activation in layers:
    stacked = activation(stacked @ weights + bias)

W, b, last = layers[0]
for weights, bias, activation in layers[1:]:
    W, b, last = W @ weights, b @ weights + bias, activation
folded = last(X @ W + b)

print("folded weights:", W.tolist())
print("folded bias:", b.tolist())
for row, (one, other) in enumerate(zip(stacked.ravel(), folded.ravel()), 1):
    print("row", row, "stack:", one, "folded:", other, "difference:", other - one)
""")
