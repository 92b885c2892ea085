"""Folding a stack of layers as a short script that needs NumPy alone."""

from nnviz.chapters.prediction.linear_collapse import Collapse, Comparison
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.source_code import import_lines, source_code


def collapse_snippet(collapse: Collapse, comparison: Comparison) -> str:
    """Return a script that folds the stack and prints both networks' outputs for every row.

    Parameters
    ----------
    fold : Fold
    comparison : FoldComparison
        Its rows are the script's.
    """
    layers = collapse.network.layers
    names = dict.fromkeys(layer.activation for layer in layers)
    functions = "\n".join(source_code(ACTIVATIONS[name].array_value, name) for name in names)
    stack = "".join(
        f"    ({_table(layer.weights.tolist(), 6)},\n"
        f"     {layer.bias.tolist()},\n"
        f"     {layer.activation}),\n"
        for layer in layers
    )
    return f"""\
{import_lines(functions)}
{functions}
X = np.array({_table(comparison.X.tolist(), 14)})
layers = [  # weights, bias, activation
{stack}]
layers = [(np.array(weights), np.array(bias), f) for weights, bias, f in layers]

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
"""


def _table(rows: list[list[float]], indent: int) -> str:
    """Return a list of lists, a line each."""
    return f"[{(',' + chr(10) + ' ' * indent).join(map(repr, rows))}]"
