"""A training run as a PyTorch script: the same numbers, with gradients that PyTorch works out."""

from nnviz.chapters.live_training.export.data import (
    chance_part,
    data_part,
    error_lines,
    loop_head,
    rate_lines,
    title,
)
from nnviz.chapters.live_training.export.files import checked
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import LOSSES
from nnviz.text.script import Part, program
from nnviz.training.run_config import RunConfig

_NEURON_TENSORS = """\
weights = torch.tensor(weights, dtype=torch.float64, requires_grad=True)
bias = torch.tensor(bias, dtype=torch.float64, requires_grad=True)
"""

_NETWORK_TENSORS = """\
weights = [torch.tensor(W, requires_grad=True) for W in weights]
biases = [torch.tensor(b, requires_grad=True) for b in biases]
"""

_INPUT_TENSORS = """\
X, y = torch.tensor(inputs), torch.tensor(targets, dtype=torch.float64)
"""

_NEURON_FORWARD = """\
def forward(x):
    z = x @ weights + bias
    return z, {function}(z)
"""

_NETWORK_FORWARD = """\
def forward(x):
    for W, b, function in zip(weights, biases, functions):
        z = x @ W + b
        x = function(z)
    return z[..., 0], x[..., 0]
"""

_NEW_RATE = """\
    for group in optimizer.param_groups:
        group["lr"] = learning_rate"""

_UPDATE = """\
    optimizer.zero_grad()
    error.backward()
    optimizer.step()
"""

_NEURON_END = """\
print("weights:", weights.tolist())
print("bias:", bias.item())
"""

_NETWORK_END = """\
for i, (W, b) in enumerate(zip(weights, biases), 1):
    print(f"layer {i} weights:", W.tolist())
    print(f"layer {i} bias:", b.tolist())
"""


def run_torch_script(config: RunConfig, step: int) -> str:
    """Return a PyTorch script that repeats a run up to a step and prints parameters and error.

    It starts from the same parameters, sees the same rows and computes in float64, but the
    gradients are those of PyTorch's autograd. Its sums are rounded in another order, so a run that
    is chaotic comes out differently; every other comes out the same to a relative error of 1e-9,
    as the tests hold it to. `sensitivity` tells the two apart.

    Raises
    ------
    TypeError, ValueError
        If `config` is no RunConfig, or `step` no step of it.
    """
    step = checked(config, step)
    head = f"{title(config, step)[:-1]}; slopes by PyTorch."
    return program(
        head,
        (
            Part("", "import numpy as np\nimport torch\n"),
            data_part(config),
            chance_part(config, step),
            _tensor_part(config),
            _forward_part(config),
            _loop_part(config, step),
            _end_part(config),
        ),
    )


def _tensor_part(config: RunConfig) -> Part:
    tensors = _NETWORK_TENSORS if config.hidden else _NEURON_TENSORS
    words = "The same numbers for PyTorch, which notes down what becomes of the parameters."
    return Part(words, tensors + _INPUT_TENSORS)


def _forward_part(config: RunConfig) -> Part:
    words = "Sends one row or many through, and returns the last weighted sum and its answer."
    if not config.hidden:
        function = ACTIVATIONS[config.output_activation].torch
        return Part(words, _NEURON_FORWARD.format(function=function))
    return Part(words, _NETWORK_FORWARD)


def _loop_part(config: RunConfig, step: int) -> Part:
    words = "Every update: the error of one row, its slopes by PyTorch, a little way down them."
    functions, parameters = "", "[weights, bias]"
    if config.hidden:
        names = ", ".join(ACTIVATIONS[name].torch for name in config.activations)
        functions, parameters = f"functions = [{names}]\n", "[*weights, *biases]"
    code = (
        f"{functions}{rate_lines(config, step)}"
        f"optimizer = torch.optim.SGD({parameters}, lr=learning_rate)\n\n"
        f"{loop_head(config, step, _NEW_RATE)}"
        f"{_error(config)}{_UPDATE}"
    )
    return Part(words, code)


def _end_part(config: RunConfig) -> Part:
    predictions = "z, prediction = (values.detach().numpy() for values in forward(X))\n"
    end = _NETWORK_END if config.hidden else _NEURON_END
    words = "What has been learned, and how wrong it is on all rows together."
    return Part(words, predictions + end + error_lines(config))


def _error(config: RunConfig) -> str:
    """Return the lines that work out the error of a row."""
    loss = LOSSES[config.loss]
    # Cross-entropy takes z from before the sigmoid: so its derivative is p - t at any distance.
    output, names = ("z", "z, _") if loss.link else ("prediction", "_, prediction")
    value = loss.torch.format(output=output, target="y[row]").replace(".sum(dim=1).mean()", "")
    return f"    {names} = forward(X[row])\n    error = {value}\n"
