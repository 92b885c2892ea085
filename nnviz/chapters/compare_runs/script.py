"""All runs of one learning rate as a script that needs NumPy alone, and counts the bad ones."""

from typing import Final

from nnviz.chapters.compare_runs.sweep import Sweep
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import integer
from nnviz.nn.source_code import math_names, source_code
from nnviz.text.script import array, snippet
from nnviz.training.export.pieces import features_code, stream_code
from nnviz.training.plan import Plan


def compare_runs_snippet(sweep: Sweep, rate: int) -> str:
    """Return a script that makes all runs of a rate at once and prints how many end badly.

    Raises TypeError or ValueError if the sweep is not of one-row updates in random order with the
    squared error, or has no rate of this index.
    """
    plan = sweep.base.plan
    rate = integer(rate, "rate", 0, len(sweep.learning_rates) - 1)
    if plan.hyperparameters.order != "tutorial" or plan.loss != "squared_error":
        raise ValueError("the runs must be of rows in random order and of the squared error.")
    functions = _functions(plan)
    names = math_names(functions)
    imports = f"from math import {', '.join(names)}\n\n" if names else ""
    return snippet(
        f"{imports}import numpy as np\n\n{_data(plan)}\n{functions}\n"
        f"learning_rate = {sweep.learning_rates[rate]!r}\n"
        f"seeds = range({sweep.seeds.start}, {sweep.seeds.stop})\n"
        f"updates = {sweep.judged_step}\n\n"
        f"{_start(plan)}{_LOOP}{_END}"
    )


def _data(plan: Plan) -> str:
    rows, targets = plan.sample.X.tolist(), plan.sample.y.astype(int).tolist()
    lines = [f"rows = {array(rows)}", f"targets = {array(targets)}"]
    columns = features_code(plan.architecture.inputs)
    lines += ["x1, x2 = rows.T", f"inputs = np.column_stack([{columns}])"]
    if plan.architecture.standardise:
        lines.append("inputs = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0)")
    return "\n".join(lines) + "\n"


def _functions(plan: Plan) -> str:
    """Return the activations: value and slope, number by number as the kernel computes them.

    Some runs are chaotic, and a difference in the last bit soon shows in every digit.
    """
    codes = [
        source_code(ACTIVATIONS[name].scalar, _function(name))
        for name in dict.fromkeys(plan.activations)
    ]
    return "\n\n".join(f"@np.vectorize  # value and slope\n{code}" for code in codes) + "\n"


def _function(activation: str) -> str:
    return f"{activation}_and_slope"


def _start(plan: Plan) -> str:
    """Return the code of the starting parameters; the first index of each array is the run."""
    n_inputs = plan.sizes[0]
    head = f"layers = [{', '.join(map(_function, plan.activations))}]\n"
    if not plan.architecture.hidden:
        return (
            f"{head}starts, picked = [], []\n"
            "for seed in seeds:\n"
            "    np.random.seed(seed)\n"
            f"    starts.append(np.random.randn({n_inputs} + 1))  # weights, then the bias\n"
            "    picked.append(np.random.randint(len(rows), size=updates))\n"
            "starts, picked = np.array(starts), np.array(picked)\n"
            f"weights, biases = [starts[:, :{n_inputs}, None]], [starts[:, {n_inputs}:]]\n"
        )
    return (
        f"{head}sizes = {list(plan.sizes)}\n"
        "starts, picked = [], []\n"
        "for seed in seeds:\n"
        f"    rng = {stream_code('weights')}\n"
        "    starts.append([])\n"
        "    for n, m in zip(sizes, sizes[1:]):\n"
        "        reach = np.sqrt(6 / (n + m))\n"
        "        starts[-1].append(rng.uniform(-reach, reach, (n, m)))\n"
        "    np.random.seed(seed)\n"
        f"    np.random.randn({n_inputs} + 1)  # as for a single neuron\n"
        "    picked.append(np.random.randint(len(rows), size=updates))\n"
        "picked = np.array(picked)\n"
        "weights = [np.array(of_layer) for of_layer in zip(*starts)]\n"
        "biases = [np.zeros((len(seeds), m)) for m in sizes[1:]]\n"
    )


_LOOP: Final = """

def weighted_sum(values, W):  # from left to right, as it is added here
    total = 0.0
    for i in range(W.shape[1]):
        total = total + values[:, i, None] * W[:, i]
    return total


def forward(x):
    values, slopes = [x], []
    for W, b, function in zip(weights, biases, layers):
        value, slope = function(weighted_sum(values[-1], W) + b)
        values.append(value)
        slopes.append(slope)
    return values, slopes


np.seterr(all="ignore")  # a run whose numbers grow too large counts as worse
for update in range(updates):  # one row for each run, all runs at once
    row = picked[:, update]
    values, slopes = forward(inputs[row])
    derror_dz = 2.0 * (values[-1] - targets[row][:, None]) * slopes[-1]
    for i in reversed(range(len(layers))):
        change, x, W = learning_rate * derror_dz, values[i], weights[i]
        if i > 0:
            derror_dz = weighted_sum(derror_dz, W.swapaxes(1, 2)) * slopes[i - 1]
        weights[i] = W - change[:, None] * x[:, :, None]
        biases[i] = biases[i] - change
"""

_END: Final = """
errors = 0.0
for x, target in zip(inputs, targets):
    predictions = forward(np.tile(x, (len(seeds), 1)))[0][-1][:, 0]
    errors = errors + (predictions - target) ** 2
guess = np.sum((0.5 - targets) ** 2)
print("always 0.5:", guess)
print("worse:", np.sum(~(errors <= guess)), "of", len(seeds))
print("median:", np.median(errors))
"""
