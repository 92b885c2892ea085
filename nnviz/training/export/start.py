"""The parameters of a script: the initial ones, and the old ones transferred to a changed network.

The initial weights are drawn in the script and not written down: it shows how they come about, and
with another seed or other sizes it still runs. NumPy promises the numbers of a stream for its own
version only, so the first weight stands beside the draw to be compared with.
"""

from itertools import pairwise
from textwrap import indent

from nnviz.nn.initializers import INITIALIZERS
from nnviz.nn.splitmix import DROPOUT, GAMMA, MULTIPLIERS, ORDER
from nnviz.training.export.pieces import stream_code
from nnviz.training.plan import Plan
from nnviz.training.timeline import Stage

_START = """\
def start():
    rng = {stream}
    parameters = []
    for n_inputs, n_units in zip(sizes, sizes[1:]):
{draw}        parameters += [W, np.zeros(n_units)]
    return parameters
"""

_TUTORIAL_START = """\
def start():
    np.random.seed(seed)
    parameters = []
    for n_inputs, n_units in zip(sizes, sizes[1:]):
        parameters += [np.random.randn(n_inputs, n_units), np.random.randn(n_units)]
    return parameters
"""

NAMED = "weights, biases = parameters[0::2], parameters[1::2]\n"

_NUMBERS = f"""\
def mixed(z):
    z = ((z ^ (z >> 30)) * 0x{MULTIPLIERS[0]:X}) & (2**64 - 1)
    z = ((z ^ (z >> 27)) * 0x{MULTIPLIERS[1]:X}) & (2**64 - 1)
    return z ^ (z >> 31)


def numbers(stream, index, n):
    step = 0x{GAMMA:X}
    key = mixed((mixed((seed + stream * step) & (2**64 - 1)) + index * step) & (2**64 - 1))
    return mixed(key + np.arange(1, n + 1, dtype=np.uint64) * step)
"""

_SHUFFLED = f"""\


def shuffled(n, epoch):
    order = list(range(n))
    for last, number in zip(range(n - 1, 0, -1), numbers({ORDER}, epoch, n - 1).tolist()):
        place = ((number >> 32) * (last + 1)) >> 32
        order[last], order[place] = order[place], order[last]
    return np.array(order)
"""

_KEPT = f"""\


def kept(step, n_rows):
    hidden = sizes[1:-1]
    fractions = (numbers({DROPOUT}, step, n_rows * sum(hidden)) >> 11) * 2.0**-53
    keep = np.where(fractions < dropout, 0.0, 1.0 / (1.0 - dropout)).reshape(n_rows, sum(hidden))
    layers = []
    for n_units in hidden:
        layers.append(keep[:, :n_units])
        keep = keep[:, n_units:]
    return layers
"""


def start_function(plan: Plan) -> str:
    """Return the code of the function that draws the initial parameters, as `start_parameters`."""
    if plan.architecture.initialisation == "tutorial":
        return _TUTORIAL_START
    draw = indent(INITIALIZERS[plan.architecture.initialisation].numpy, " " * 8)
    return _START.format(stream=stream_code("weights"), draw=draw)


def start_words(plan: Plan) -> str:
    """Return a sentence on the initial weights, with the value of the first."""
    words = "The first weights; every bias begins at 0."
    if plan.architecture.initialisation == "tutorial":
        words = "The first weights, and the bias after them, as the tutorial draws them."
    if plan.architecture.initialisation == "zeros":
        return words
    return f"{words} The first of all should be {float(plan.start[0])!r}."


def picks_code(plan: Plan, n_drawn: int, steps: int) -> str:
    """Return the code of ``picks``, the training row of every update; see `row_order`.

    The plan takes one row at a time; `n_drawn` counts weights and bias of a single neuron with the
    inputs of the first plan, `steps` the updates that the script makes.
    """
    order = plan.hyperparameters.order
    if order == "in turn":
        return f"picks = np.arange({steps}) % len(train_inputs)\n"
    if order == "shuffled":
        return (
            f"order = {stream_code('order', plan.seed)}\n"
            f"epochs = range({steps} // len(train_inputs) + 1)\n"
            "picks = np.concatenate([order.permutation(len(train_inputs)) for _ in epochs])\n"
        )
    return (
        f"np.random.seed({plan.seed})\n"
        f"np.random.randn({n_drawn})  # what a single neuron would start from\n"
        f"picks = np.random.randint(len(train_inputs), size={steps})\n"
    )


def numbers_code(*, dropout: bool) -> str:
    """Return the code of the streams of `splitmix`: order of the rows, units that dropout keeps."""
    return _NUMBERS + _SHUFFLED + (_KEPT if dropout else "")


def numbers_words(*, dropout: bool) -> str:
    """Return a sentence that says what the streams are for."""
    units = "; the seed and the step give the hidden units that take part" if dropout else ""
    return (
        "Random numbers by their place (SplitMix64): the seed and the number of the epoch give the "
        f"order of the rows{units}."
    )


CARRY = """\
def carry(old, new, layers):
    for k in [k for i in layers for k in (2 * i, 2 * i + 1)]:
        rows, columns = min(len(old[k]), len(new[k])), min(old[k].shape[-1], new[k].shape[-1])
        if new[k].ndim == 2:
            new[k][:rows, :columns] = old[k][:rows, :columns]
            new[k][rows:, :columns] = 0.0
        else:
            new[k][:columns] = old[k][:columns]
    return new
"""
CARRY_WORDS = (
    "Where the network is changed, what was there is kept, and a new unit is not listened to yet: "
    "the weights behind it are 0."
)


def carry_code(old: Plan, new: Plan) -> str:
    """Return the code that transfers the old parameters to the new network; sizes are set before.

    ``mean`` and ``scale`` are those of the inputs that are standardised, before or after; so are
    ``y_mean`` and ``y_scale`` of the targets.
    """
    n_old, n_new = len(old.architecture.hidden), len(new.architecture.hidden)
    layers = list(range(n_new + 1 if n_old == n_new else min(n_old, n_new)))
    code = "old, parameters = parameters, start()\n"
    if 0 in layers:
        code += _first_layer(old, new)
    if layers:
        code += f"parameters = carry(old, parameters, {layers})\n"
    if n_new in layers:
        code += _last_layer(old, new)
    return code + NAMED


def by_hand_code(stage: Stage) -> str:
    """Return the code that sets parameters by hand."""
    return "".join(f"{place(stage.plan, k)} = {value!r}\n" for k, value in stage.by_hand)


def place(plan: Plan, index: int) -> str:
    """Return the expression for a parameter in a script."""
    for layer, (n_inputs, n_units) in enumerate(pairwise(plan.sizes)):
        if index < n_inputs * n_units:
            row, column = divmod(index, n_units)
            return f"weights[{layer}][{row}, {column}]"
        index -= n_inputs * n_units
        if index < n_units:
            return f"biases[{layer}][{index}]"
        index -= n_units
    raise ValueError("there is no such parameter.")


def _first_layer(old: Plan, new: Plan) -> str:
    """Return the code for inputs that are added, removed, or standardised differently."""
    names, before = new.architecture.inputs, old.architecture.inputs
    was, becomes = old.architecture.standardise, new.architecture.standardise
    if names == before and was == becomes:
        return ""
    here = [k for k, name in enumerate(names) if name in before]
    there = [before.index(names[k]) for k in here]
    code = "# W: the weights of the inputs that stay.\n"
    code += f"W, old[0] = old[0][{there}], np.zeros(({len(names)}, len(old[1])))\n"
    if becomes and not was:
        code += f"old[1] = old[1] + (mean[{here}][:, None] * W).sum(axis=0)\n"
        code += f"W = W * scale[{here}][:, None]\n"
    elif was and not becomes:
        code += f"shift = mean[{there}][:, None] * W / scale[{there}][:, None]\n"
        code += f"W, old[1] = W / scale[{there}][:, None], old[1] - shift.sum(axis=0)\n"
    return f"{code}old[0][{here}] = W\n"


def _last_layer(old: Plan, new: Plan) -> str:
    """Return the code for a target of a regression whose scale has changed."""
    was, becomes = old.architecture.standardise, new.architecture.standardise
    linear = old.architecture.output == new.architecture.output == "linear"
    if old.sample.classes or new.sample.classes or not linear or was == becomes:
        return ""
    changed = "parameters[-2] * y_scale, parameters[-1] * y_scale + y_mean"
    if becomes:
        changed = "parameters[-2] / y_scale, (parameters[-1] - y_mean) / y_scale"
    return f"parameters[-2:] = {changed}\n"
