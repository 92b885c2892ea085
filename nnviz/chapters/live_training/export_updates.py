"""The NumPy of one-row updates, as lines of a script: the sums of `kernel`, in its order.

At large learning rates a run is chaotic: a difference in the last bit soon shows in every digit.
So nothing here is summed by ``@``, which may take the terms in another order, and functions are
those of Python's `math`, which may differ from NumPy's in the last bit.
"""

from collections.abc import Mapping
from types import MappingProxyType

from nnviz.chapters.live_training.export_data import error_lines, loop_head, rate_lines
from nnviz.nn.activations import LEAK
from nnviz.training.export.script_parts import Part
from nnviz.training.run_config import RunConfig

_SIGMOID = """\
    s = exp(-abs(z))  # this way round, it cannot overflow
    return (1.0 if z >= 0 else s) / (1.0 + s)  # 1 / (1 + exp(-z))
"""
_SIGMOID_SLOPE = """\
    s = exp(-abs(z))
    return s / ((1.0 + s) * (1.0 + s))  # sigmoid(z) * (1 - sigmoid(z))
"""
_TANH_SLOPE = """\
    s = exp(-2.0 * abs(z))
    return 4.0 * s / ((1.0 + s) * (1.0 + s))  # 1 - tanh(z) ** 2
"""

# Value and slope; None for what `math` has.
_CODE: Mapping[str, tuple[str | None, str]] = MappingProxyType(
    {
        "sigmoid": (_SIGMOID, _SIGMOID_SLOPE),
        "tanh": (None, _TANH_SLOPE),
        "relu": ("    return max(z, 0.0)\n", "    return 1.0 if z > 0 else 0.0\n"),
        "leaky_relu": (
            f"    return z if z > 0 else {LEAK} * z\n",
            f"    return 1.0 if z > 0 else {LEAK}\n",
        ),
        "linear": ("    return z\n", "    return 1.0\n"),
        "softplus": ("    return max(z, 0.0) + log1p(exp(-abs(z)))  # log(1 + exp(z))\n", _SIGMOID),
    }
)

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
    prediction = {activation}(layer_1)
    derror_dlayer1 = {derror}
    change = learning_rate * derror_dlayer1
    weights = [weights[i] - change * x[i] for i in range(len(weights))]
    bias = bias - change
"""

_NEURON_END = """\
predictions = np.array([{activation}(weighted_sum(x)) for x in inputs.tolist()])
print("weights:", weights)
print("bias:", bias)
"""

_FORWARD = """\
def forward(x):
    pre_activations, activations = [], [x]
    for W, b, function in zip(weights, biases, functions):
        z = np.zeros(len(b))
        for i in range(len(W)):  # activations[-1] @ W, from left to right
            z = z + W[i] * activations[-1][i]
        pre_activations.append(z + b)
        activations.append(each(function, z + b))
    return pre_activations, activations


def each(function, z):
    return np.array([function(value) for value in z.tolist()])
"""

_NETWORK_UPDATE = """\
    pre_activations, activations = forward(inputs[row])
    prediction, target = activations[-1], targets[row]
    derror_dz = {derror}
    for i in reversed(range(len(weights))):
        W, change = weights[i], learning_rate * derror_dz
        weights[i] = W - np.outer(activations[i], change)
        biases[i] = biases[i] - change
        if i > 0:
            derror_da = np.zeros(len(W))
            for j in range(len(derror_dz)):  # W @ derror_dz, from left to right
                derror_da = derror_da + W[:, j] * derror_dz[j]
            derror_dz = derror_da * each(slopes[i - 1], pre_activations[i - 1])
"""

_NETWORK_END = """\
predictions = np.array([forward(x)[1][-1][0] for x in inputs])
for i, (W, b) in enumerate(zip(weights, biases), 1):
    print(f"layer {i} weights:", W.tolist())
    print(f"layer {i} bias:", b.tolist())
"""


def needed_of_math(config: RunConfig) -> list[str]:
    """Return the names that the functions of this config take from `math`."""
    code = "".join(_functions(config).values())
    names = [name for name in ("exp", "log1p") if f"{name}(" in code]
    return [*names, "tanh"] if "tanh" in config.activations else names


def function_part(config: RunConfig) -> Part | None:
    """Return the activation functions and their slopes, or None if `math` has all that is used."""
    functions = _functions(config)
    if not functions:
        return None
    code = "\n\n".join(f"def {name}(z):\n{body}" for name, body in functions.items())
    return Part("What a unit makes of its weighted sum z, and the slope of that.", code)


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
        update = _NEURON_UPDATE.format(activation=config.output_activation, derror=derror)
        return Part(words, f"{head}\n{loop_head(config, step)}{update}")
    words += " From the last layer to the first, the chain rule hands the slope back."
    functions, slopes = (
        f"functions = [{', '.join(config.activations)}]\n",
        f"slopes = [{', '.join(f'{name}_slope' for name in config.activations[:-1])}]\n",
    )
    update = _NETWORK_UPDATE.format(derror=derror)
    return Part(words, f"{functions}{slopes}{head}\n{loop_head(config, step)}{update}")


def end_part(config: RunConfig) -> Part:
    """Return what is printed: the parameters, and the error of all rows together."""
    end = _NETWORK_END if config.hidden else _NEURON_END
    code = end.replace("{activation}", config.output_activation) + error_lines(config)
    return Part("What has been learned, and how wrong it is on all rows together.", code)


def _functions(config: RunConfig) -> dict[str, str]:
    # Where the slopes of loss and sigmoid cancel, that of the output is not needed.
    with_slope = config.activations[: None if config.loss == "squared_error" else -1]
    functions = {}
    for name in dict.fromkeys(config.activations):
        value, slope = _CODE[name]
        if value is not None:
            functions[name] = value
        if name in with_slope:
            functions[f"{name}_slope"] = slope
    return functions


def _derror(config: RunConfig) -> str:
    if config.loss != "squared_error":
        return "prediction - target  # the slopes of loss and sigmoid cancel"
    slope = f"{config.output_activation}_slope"
    if config.hidden:
        return f"2 * (prediction - target) * each({slope}, pre_activations[-1])"
    return f"2 * (prediction - target) * {slope}(layer_1)"
