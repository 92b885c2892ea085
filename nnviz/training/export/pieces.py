"""NumPy code that many scripts contain: activations, inputs, and streams of random numbers."""

from collections.abc import Iterable, Sequence

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.inputs import FEATURES
from nnviz.nn.losses import softmax
from nnviz.nn.rng import generator
from nnviz.nn.source_code import source_code
from nnviz.nn.splitmix import GAMMA, MULTIPLIERS, ORDER

SHUFFLED = f"""\
def mixed(state):  # whole numbers of 64 bits
    state = ((state ^ (state >> 30)) * 0x{MULTIPLIERS[0]:X}) % 2**64
    state = ((state ^ (state >> 27)) * 0x{MULTIPLIERS[1]:X}) % 2**64
    return state ^ (state >> 31)


def shuffled(n, seed, epoch):
    gamma = 0x{GAMMA:X}
    key = mixed((mixed((seed + {ORDER} * gamma) % 2**64) + epoch * gamma) % 2**64)
    order = list(range(n))
    for last in range(n - 1, 0, -1):
        number = mixed((key + (n - last) * gamma) % 2**64)
        place = ((number >> 32) * (last + 1)) >> 32
        order[last], order[place] = order[place], order[last]
    return order
"""
"""The order of n rows in an epoch, as `splitmix.shuffled`."""


def activation_code(name: str) -> str:
    """Return the function that computes an activation of an array; "softmax" is one of them."""
    return source_code(softmax if name == "softmax" else ACTIVATIONS[name].array_value, name)


def derivative_code(name: str, called: str) -> str:
    """Return the function that computes the derivative of an activation, under a name."""
    return source_code(ACTIVATIONS[name].array_derivative, called)


def activations_code(names: Iterable[str], *, derivatives: bool = False) -> str:
    """Return the functions of several activations, each once; derivatives are called ``dname``."""
    codes = []
    for name in dict.fromkeys(names):
        codes.append(activation_code(name))
        codes += [derivative_code(name, f"d{name}")] * derivatives
    return "\n\n".join(codes)


def features_code(names: Sequence[str]) -> str:
    """Return the columns of the inputs, expressions of ``x1``, ``x2`` and so on."""
    return ", ".join(FEATURES[name].numpy if name in FEATURES else name for name in names)


def stream_key(name: str) -> tuple[int, ...]:
    """Return the number that stands for the name of a stream of `rng.generator`."""
    key: tuple[int, ...] = generator(0, name).bit_generator.seed_seq.spawn_key  # type: ignore[attr-defined]
    return key


def stream_code(name: str, seed: int | str = "seed") -> str:
    """Return the expression that opens a stream of `rng.generator`."""
    return f"np.random.default_rng(np.random.SeedSequence({seed}, spawn_key={stream_key(name)}))"
