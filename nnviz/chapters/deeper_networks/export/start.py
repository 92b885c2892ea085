"""What chance decides in a script of a deeper network: first weights, order of rows, dropout.

The weights are drawn in the script and not written down: it shows how they come about, and with
another seed or other sizes it still runs. NumPy promises the numbers of a stream for its own
version only, so the first weight stands beside the draw to be compared with.
"""

from textwrap import indent

from nnviz.nn.initializers import INITIALIZERS
from nnviz.nn.splitmix import DROPOUT, GAMMA, MULTIPLIERS, ORDER
from nnviz.training.export.pieces import stream_code
from nnviz.training.plan import Plan

_START = """\
def start():
    rng = {stream}
    parameters = []
    for n_inputs, n_units in zip(sizes, sizes[1:]):
{draw}        parameters += [W, np.zeros(n_units)]
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
    shares = (numbers({DROPOUT}, step, n_rows * sum(hidden)) >> 11) * 2.0**-53
    keep = np.where(shares < dropout, 0.0, 1.0 / (1.0 - dropout)).reshape(n_rows, sum(hidden))
    layers = []
    for n_units in hidden:
        layers.append(keep[:, :n_units])
        keep = keep[:, n_units:]
    return layers
"""


def start_function(plan: Plan) -> str:
    """Return the function that draws the first weights, as `initializers.start_parameters`."""
    draw = indent(INITIALIZERS[plan.architecture.initialisation].numpy, " " * 8)
    return _START.format(stream=stream_code("weights"), draw=draw)


def start_words(plan: Plan) -> str:
    """Return what the function does, and what must come out of it."""
    words = "The first weights; every bias begins at 0."
    if plan.architecture.initialisation == "zeros":
        return words
    return f"{words} The first of all should be {float(plan.start[0])!r}."


def numbers_code(*, dropout: bool) -> str:
    """Return the streams of `splitmix`: the order of the rows, and the units that are kept."""
    return _NUMBERS + _SHUFFLED + (_KEPT if dropout else "")


def numbers_words(*, dropout: bool) -> str:
    """Return what they are for."""
    words = (
        "Random numbers by their place (SplitMix64): the seed and the number of the epoch give the "
        "order of the rows"
    )
    if not dropout:
        return f"{words}."
    return f"{words}; the seed and the step give the hidden units that take part."
