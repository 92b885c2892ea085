"""The NumPy of one-row updates, as lines of a script: the sums of `kernel`, in its order.

At large learning rates a run is chaotic: a difference in the last bit soon shows in every digit.
So nothing here is summed by ``@``, which may take the terms in another order, and functions are
those of Python's `math`, which may differ from NumPy's in the last bit.
"""

from nnviz.chapters.live_training.export.data import error_lines, loop_head, rate_lines
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import LOSSES
from nnviz.nn.source_code import source_code
from nnviz.text.script import Part
from nnviz.training.run_config import RunConfig

_WEIGHTED_SUM = """\
def weighted_sum(x):
    total = 0.0
    for i in range(len(weights)):
        total = total + weights[i] * x[i]
    return total + bias
"""

_NEURON_UPDATE = """\
    x, target = inputs[row].tolist(), targets[row]
    layer_1 = weighted_sum(x)
    prediction, slope = {function}(layer_1)
    derror_dlayer1 = {derror}
    change = learning_rate * derror_dlayer1
    weights = [weights[i] - change * x[i] for i in range(len(weights))]
    bias = bias - change
"""

_NEURON_END = """\
z = np.array([weighted_sum(x) for x in inputs.tolist()])
prediction = np.array([{function}(value)[0] for value in z.tolist()])
print("weights:", weights)
print("bias:", bias)
"""

_FORWARD = """\
def forward(x):
    activations, slopes = [x], []
    for W, b, function in zip(weights, biases, functions):
        z = np.zeros(len(b))
        for i in range(len(W)):  # activations[-1] @ W, from left to right
            z = z + W[i] * activations[-1][i]
        z = z + b
        pairs = np.array([function(value) for value in z.tolist()])
        activations.append(pairs[:, 0])
        slopes.append(pairs[:, 1])
    return z, activations, slopes
"""

_NETWORK_UPDATE = """\
    _, activations, slopes = forward(inputs[row])
    prediction, slope, target = activations[-1], slopes[-1], targets[row]
    derror_dz = {derror}
    for i in reversed(range(len(weights))):
        W, change = weights[i], learning_rate * derror_dz
        weights[i] = W - np.outer(activations[i], change)
        biases[i] = biases[i] - change
        if i > 0:
            derror_da = np.zeros(len(W))
            for j in range(len(derror_dz)):  # W @ derror_dz, from left to right
                derror_da = derror_da + W[:, j] * derror_dz[j]
            derror_dz = derror_da * slopes[i - 1]
"""

_NETWORK_END = """\
outputs = [forward(x) for x in inputs]
z = np.array([sums[0] for sums, _, _ in outputs])
prediction = np.array([activations[-1][0] for _, activations, _ in outputs])
for i, (W, b) in enumerate(zip(weights, biases), 1):
    print(f"layer {i} weights:", W.tolist())
    print(f"layer {i} bias:", b.tolist())
"""


def function_part(config: RunConfig) -> Part:
    """Return the activation functions: each computes its value and its slope."""
    code = "\n\n".join(
        source_code(ACTIVATIONS[name].scalar, _function(name))
        for name in dict.fromkeys(config.activations)
    )
    return Part("What a unit makes of its weighted sum z, and the slope of that.", code)


def _function(activation: str) -> str:
    return f"{activation}_and_slope"


def forward_part(config: RunConfig) -> Part:
    """Return how a row is sent through."""
    if not config.hidden:
        return Part("Each weight times its input, added up, and the bias.", _WEIGHTED_SUM)
    return Part("Sends a row through the network, layer by layer.", _FORWARD)


def loop_part(config: RunConfig, step: int) -> Part:
    """Return the updates."""
    words = "Every update works out the slope of one row's error and goes a little way down it."
    head, derror = rate_lines(config, step), _derror(config)
    if not config.hidden:
        function = _function(config.output_activation)
        update = _NEURON_UPDATE.format(function=function, derror=derror)
        return Part(words, f"{head}\n{loop_head(config, step)}{update}")
    words += " From the last layer to the first, the chain rule hands the slope back."
    functions = f"functions = [{', '.join(map(_function, config.activations))}]\n"
    update = _NETWORK_UPDATE.format(derror=derror)
    return Part(words, f"{functions}{head}\n{loop_head(config, step)}{update}")


def end_part(config: RunConfig) -> Part:
    """Return what is printed: the parameters, and the error of all rows together."""
    end = _NETWORK_END if config.hidden else _NEURON_END
    code = end.replace("{function}", _function(config.output_activation)) + error_lines(config)
    return Part("What has been learned, and how wrong it is on all rows together.", code)


def _derror(config: RunConfig) -> str:
    loss = LOSSES[config.loss]
    if loss.link == config.output_activation:
        return f"{loss.numpy_derivative}  # the slopes of loss and {loss.link} cancel"
    return f"{loss.numpy_derivative} * slope"
