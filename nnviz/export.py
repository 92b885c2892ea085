"""A training run as a script that needs NumPy alone and prints the same numbers."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from textwrap import fill, indent
from types import MappingProxyType

import numpy as np

from nnviz.activations import LEAK
from nnviz.checks import instance, integer
from nnviz.inputs import engineer
from nnviz.rng import generator
from nnviz.run_config import RunConfig

_FEATURE_CODE: Mapping[str, str] = MappingProxyType(
    {
        "x1": "x1",
        "x2": "x2",
        "x1^2": "x1 * x1",
        "x2^2": "x2 * x2",
        "x1*x2": "x1 * x2",
        "sin x1": "np.sin(x1)",
        "sin x2": "np.sin(x2)",
    }
)

# From here on stands the arithmetic of `steppers`, term by term: at large learning rates a run is
# chaotic, and a difference in the last bit soon shows in every digit.
_SHRUNK = "np.exp(-np.abs(z))  # this way round, it cannot overflow"
_SIGMOID = "np.where(z >= 0, 1.0, shrunk(z)) / (1.0 + shrunk(z))  # 1 / (1 + exp(-z))"
_SIGMOID_SLOPE = "shrunk(z) / (1.0 + shrunk(z)) ** 2"
_TANH_SLOPE = "4.0 * shrunk(2.0 * z) / (1.0 + shrunk(2.0 * z)) ** 2  # 1 - tanh(z) ** 2"

# Value and slope.
_ACTIVATION_CODE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "sigmoid": (_SIGMOID, _SIGMOID_SLOPE),
        "tanh": ("np.tanh(z)", _TANH_SLOPE),
        "relu": ("np.maximum(z, 0.0)", "np.where(z > 0, 1.0, 0.0)"),
        "leaky_relu": (f"np.where(z > 0, z, {LEAK} * z)", f"np.where(z > 0, 1.0, {LEAK})"),
        "linear": ("z", "np.ones_like(z)"),
        "softplus": ("np.maximum(z, 0.0) + np.log1p(shrunk(z))", _SIGMOID),
    }
)

# Of plain numbers: NumPy's exp may differ from Python's in the last bit.
_NEURON_SHRUNK = "exp(-abs(z))  # this way round, it cannot overflow"
_NEURON_SIGMOID = (
    "(1.0 if z >= 0 else shrunk(z)) / (1.0 + shrunk(z))  # 1 / (1 + exp(-z))",
    "shrunk(z) / ((1.0 + shrunk(z)) * (1.0 + shrunk(z)))",
)

_NEURON_START = """\
np.random.seed({seed})
weights = np.random.randn({n_inputs}).tolist()
bias = np.random.randn()


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
    derror_dlayer1 = {derror_dlayer1}
    change = learning_rate * derror_dlayer1
    weights = [weights[i] - change * x[i] for i in range(len(weights))]
    bias = bias - change
"""

_NEURON_END = """\
predictions = np.array([{activation}(weighted_sum(x)) for x in inputs.tolist()])
print("weights:", weights)
print("bias:", bias)
"""

_NETWORK_UPDATE = """\
    pre_activations, activations = forward(inputs[row])
    prediction, last_z, target = activations[-1], pre_activations[-1], targets[row]
    derror_dz = {derror_dlayer1}
    for i in reversed(range(len(weights))):
        derror_dweights, derror_dbias = np.outer(activations[i], derror_dz), derror_dz
        if i > 0:
            derror_dz = (weights[i] @ derror_dz) * slopes[i - 1](pre_activations[i - 1])
        weights[i] = weights[i] - learning_rate * derror_dweights
        biases[i] = biases[i] - learning_rate * derror_dbias
"""

_NETWORK_FORWARD = """

def forward(a):
    pre_activations, activations = [], [a]
    for W, b, function in zip(weights, biases, functions):
        pre_activations.append(activations[-1] @ W + b)
        activations.append(function(pre_activations[-1]))
    return pre_activations, activations

"""

_NETWORK_END = """\
predictions = forward(inputs)[1][-1][:, 0]
for i, (W, b) in enumerate(zip(weights, biases), 1):
    print(f"layer {i} weights:", W.tolist())
    print(f"layer {i} bias:", b.tolist())
"""


def run_script(config: RunConfig, step: int) -> str:
    """Return a script that repeats a run up to a step and prints parameters and error.

    It draws the same starting weights and the same rows, and computes as the recorder does: on
    the same machine it prints what `Run.parameters_at` gives, bit for bit, and the error of
    `Run.cumulative_errors_between` to a relative error of 1e-9.

    Raises
    ------
    TypeError, ValueError
        If `config` is no RunConfig, or the step is not from 0 to its number of steps.
    """
    instance(config, "config", RunConfig)
    step = integer(step, "step", 0, config.steps)
    if config.hidden:
        what = f"a {'-'.join(map(str, config.sizes))} network"
        start, end = _network_start(config), _NETWORK_END
    else:
        what = "a single neuron"
        start = _NEURON_START.format(seed=config.seed, n_inputs=config.sizes[0])
        end = _NEURON_END.format(activation=config.output_activation)
    imports = "from math import exp\n\n" if _sigmoid_neuron(config) else ""
    head = f'"""Trains {what} with {step} one-row updates."""\n\n{imports}import numpy as np\n\n'
    parts = [_data(config), _functions(config), start, _loop(config, step), end, _error(config)]
    return head + "".join(parts)


def _sigmoid_neuron(config: RunConfig) -> bool:
    return not config.hidden and config.output_activation == "sigmoid"


def _data(config: RunConfig) -> str:
    columns = [_FEATURE_CODE[name] for name in config.input_names]
    lines = [
        f"rows = np.array({_wrapped([list(row) for row in config.rows])})",
        f"targets = {_wrapped(config.targets)}",
    ]
    if config.features:
        lines += ["x1, x2 = rows.T", f"inputs = np.column_stack([{', '.join(columns)}])"]
    else:
        lines.append("inputs = rows")
    if config.standardiser is not None:
        deviation = engineer(config.rows, config.input_names).std(axis=0)
        constant = np.flatnonzero(config.standardiser.scale != deviation).tolist()
        lines.append("scale = inputs.std(axis=0)")
        if constant:
            lines.append(f"scale[{constant}] = 1.0  # these inputs are the same in every row")
        lines.append("inputs = (inputs - inputs.mean(axis=0)) / scale")
    return "\n".join(lines) + "\n"


def _functions(config: RunConfig) -> str:
    # Where the slopes of loss and sigmoid cancel, that of the output is not needed.
    with_slope = config.activations[: None if config.loss == "squared_error" else -1]
    functions = {}
    for name in dict.fromkeys(config.activations):
        value, slope = _NEURON_SIGMOID if _sigmoid_neuron(config) else _ACTIVATION_CODE[name]
        functions[name] = value
        if name in with_slope:
            functions[f"{name}_slope"] = slope
    if any("shrunk" in code for code in functions.values()):
        functions = {"shrunk": _NEURON_SHRUNK if _sigmoid_neuron(config) else _SHRUNK, **functions}
    parts = [f"\n\ndef {name}(z):\n    return {code}\n" for name, code in functions.items()]
    return "".join(parts) + "\n\n"


def _network_start(config: RunConfig) -> str:
    lines = [
        f"rng = {_stream(config, 'weights')}",
        "weights, biases = [], []",
        f"for n_inputs, n_units in {list(pairwise(config.sizes))}:",
        "    reach = np.sqrt(6 / (n_inputs + n_units))",
        "    weights.append(rng.uniform(-reach, reach, (n_inputs, n_units)))",
        "    biases.append(np.zeros(n_units))",
        f"functions = [{', '.join(config.activations)}]",
        f"slopes = [{', '.join(f'{name}_slope' for name in config.activations[:-1])}]",
        _NETWORK_FORWARD,
    ]
    if config.order == "random":
        # As in draws.picks, the rows follow the numbers that start a single neuron.
        lines += [
            f"np.random.seed({config.seed})",
            f"np.random.randn({config.sizes[0] + 1})  # what a single neuron would start from",
        ]
    return "\n".join(lines) + "\n"


def _loop(config: RunConfig, step: int) -> str:
    lines = []
    if config.order == "shuffled":
        lines.append(f"order = {_stream(config, 'order')}")
    lines.append(f"learning_rate = {config.learning_rate!r}")
    changes = {from_step: rate for from_step, rate in config.rate_changes if from_step < step}
    if changes:
        lines.append(f"rate_changes = {changes!r}  # from which step: what rate")
    lines.append(f"\nfor step in range({step}):")
    if changes:
        lines.append("    learning_rate = rate_changes.get(step, learning_rate)")
    if config.order == "random":
        lines.append("    row = np.random.randint(len(rows))")
    elif config.order == "in turn":
        lines.append("    row = step % len(rows)")
    else:
        lines.append("    if step % len(rows) == 0:")
        lines.append("        epoch = order.permutation(len(rows))")
        lines.append("    row = epoch[step % len(rows)]")
    update = _NETWORK_UPDATE if config.hidden else _NEURON_UPDATE
    if config.loss == "squared_error":
        z = "last_z" if config.hidden else "layer_1"
        slope = f"{config.output_activation}_slope({z})"
        derror_dlayer1 = f"2 * (prediction - target) * {slope}"
        if not config.hidden and not _sigmoid_neuron(config):
            derror_dlayer1 = f"float({derror_dlayer1})"
    else:
        derror_dlayer1 = "prediction - target  # the slopes of loss and sigmoid cancel"
    text = update.format(activation=config.output_activation, derror_dlayer1=derror_dlayer1)
    return "\n".join(lines) + "\n" + text + "\n"


def _error(config: RunConfig) -> str:
    if config.loss == "squared_error":
        return 'print("cumulative error:", float(np.sum((predictions - targets) ** 2)))\n'
    return (
        "p, t = np.clip(predictions, 2.0**-53, 1 - 2.0**-53), np.array(targets)\n"
        "errors = -(t * np.log(p) + (1 - t) * np.log1p(-p))\n"
        'print("cumulative error:", float(np.sum(errors)))\n'
    )


def _stream(config: RunConfig, name: str) -> str:
    """Return the code of `rng.generator`, with the number that stands for the name."""
    sequence = generator(config.seed, name).bit_generator.seed_seq
    key = sequence.spawn_key  # type: ignore[attr-defined]
    return f"np.random.default_rng(np.random.SeedSequence({config.seed}, spawn_key={key}))"


def _wrapped(values: Sequence[object]) -> str:
    items = [repr(value) for value in values]
    if len(text := f"[{', '.join(items)}]") <= 70:
        return text
    # Spaces within a row are kept from being broken at.
    lines = fill(", ".join(item.replace(" ", "\0") for item in items), 94).replace("\0", " ")
    return f"[\n{indent(lines, '    ')}\n]"
