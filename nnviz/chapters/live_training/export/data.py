"""What every script of a run begins with: rows, what chance decides, the learning rate."""

from itertools import pairwise

import numpy as np

from nnviz.nn.inputs import engineer
from nnviz.nn.losses import LOSSES
from nnviz.text.script import Part, literal
from nnviz.training.export.pieces import features_code, stream_code
from nnviz.training.run_config import RunConfig

_GLOROT = """\
    reach = np.sqrt(6 / (n_inputs + n_units))
    weights.append(rng.uniform(-reach, reach, (n_inputs, n_units)))
    biases.append(np.zeros(n_units))
"""

_CUT = """\
    size = n_inputs * n_units
    weights.append(start[:size].reshape(n_inputs, n_units))
    biases.append(start[size : size + n_units])
    start = start[size + n_units :]
"""


def title(config: RunConfig, step: int) -> str:
    """Return what the script does, as one sentence."""
    shape = f"a {'-'.join(map(str, config.sizes))} network" if config.hidden else "a single neuron"
    first = config.first_step
    if first:
        return f"Trains {shape} from step {first} to {step}, row by row."
    return f"Trains {shape} with {step} one-row updates."


def data_part(config: RunConfig) -> Part:
    """Return the rows, their targets and what the network is given."""
    lines = [
        f"rows = np.array({literal([list(row) for row in config.rows])})",
        f"targets = {literal(config.targets)}",
    ]
    words = "The rows, [x1, x2], and the target of each."
    if config.features:
        words += " The network is given more inputs, made from x1 and x2."
        lines += [
            "x1, x2 = rows.T",
            f"inputs = np.column_stack([{features_code(config.input_names)}])",
        ]
    else:
        lines.append("inputs = rows")
    if config.standardiser is not None:
        words += " Every input is moved to mean 0 and scaled to standard deviation 1."
        deviation = engineer(config.rows, config.input_names).std(axis=0)
        constant = np.flatnonzero(config.standardiser.scale != deviation).tolist()
        lines.append("scale = inputs.std(axis=0)")
        if constant:
            lines.append(f"scale[{constant}] = 1.0  # these inputs are the same in every row")
        lines.append("inputs = (inputs - inputs.mean(axis=0)) / scale")
    return Part(words, _text(lines))


def chance_part(config: RunConfig, step: int) -> Part:
    """Return the starting parameters, and the row of every update up to `step`.

    They are ``weights`` and ``bias`` of a neuron, ``weights`` and ``biases``, a list of arrays
    each, of a network; and ``picks``, one row for every step from 0 on.
    """
    if config.begin is None:
        words = f"Where the run starts, and which row each update sees: seed {config.seed} decides."
    else:
        words = f"The parameters at step {config.begin.step}, and which row each update sees."
    seeded = config.begin is None and not config.hidden
    code = _network_start(config) if config.hidden else _neuron_start(config)
    return Part(words, code + _text(_picks(config, step, seeded=seeded)))


def rate_lines(config: RunConfig, step: int) -> str:
    """Return the learning rate and its changes as lines before the loop."""
    first = config.first_step
    lines = [f"learning_rate = {config.learning_rate_at(first)!r}"]
    if changes := _changes(config, step):
        lines.append(f"rate_changes = {changes!r}  # from which step: what rate")
    return _text(lines)


def loop_head(config: RunConfig, step: int, *after_change: str) -> str:
    """Return the first lines of the loop; `after_change` are those that a new rate asks for."""
    first = config.first_step
    lines = [f"for step in range({f'{first}, ' if first else ''}{step}):"]
    if _changes(config, step):
        lines.append("    learning_rate = rate_changes.get(step, learning_rate)")
        lines += after_change
    return _text([*lines, "    row = picks[step]"])


def error_lines(config: RunConfig) -> str:
    """Return how the error of all rows is printed, from ``z``, ``prediction`` and ``targets``."""
    return (
        f"target = np.array(targets)\nerrors = {LOSSES[config.loss].numpy}\n"
        'print("cumulative error:", float(np.sum(errors)))\n'
    )


def _neuron_start(config: RunConfig) -> str:
    n_inputs = config.sizes[0]
    if config.begin is not None:
        *weights, bias = config.begin.parameters
        return f"weights = {literal(weights)}\nbias = {bias!r}\n"
    return (
        f"np.random.seed({config.seed})\n"
        f"weights = np.random.randn({n_inputs}).tolist()\n"
        "bias = np.random.randn()\n"
    )


def _network_start(config: RunConfig) -> str:
    if config.begin is None:
        source, layer = f"rng = {stream_code('weights', config.seed)}", _GLOROT
    else:
        source, layer = f"start = np.array({literal(config.begin.parameters)})", _CUT
    lines = [
        source,
        "weights, biases = [], []",
        f"for n_inputs, n_units in {list(pairwise(config.sizes))}:",
    ]
    return _text(lines) + layer


def _picks(config: RunConfig, step: int, *, seeded: bool) -> list[str]:
    if config.order == "in turn":
        return [f"picks = np.arange({step}) % len(rows)"]
    if config.order == "shuffled":
        return [
            f"order = {stream_code('order', config.seed)}",
            f"epochs = [order.permutation(len(rows)) for _ in range({step} // len(rows) + 1)]",
            "picks = np.concatenate(epochs)",
        ]
    lines = []
    if not seeded:
        # As in draws.picks, the rows follow the numbers that start a single neuron.
        n_inputs = config.sizes[0] if config.begin is None else config.begin.n_inputs
        lines += [
            f"np.random.seed({config.seed})",
            f"np.random.randn({n_inputs + 1})  # what a single neuron would start from",
        ]
    return [*lines, f"picks = np.random.randint(len(rows), size={step})"]


def _changes(config: RunConfig, step: int) -> dict[int, float]:
    first = config.first_step
    return {change: rate for change, rate in config.rate_changes if first < change < step}


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"
