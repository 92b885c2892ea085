"""The streams that all random numbers of nnviz come from."""

from hashlib import sha256
from typing import TypeAlias

import numpy as np

from nnviz.nn.checks import FloatArray, integer

Rng: TypeAlias = np.random.Generator | np.random.RandomState

# The legacy stream takes 32 bits; one range for all seeds keeps the address simple.
LARGEST_SEED = 2**32 - 1


def generator(seed: int, *stream_names: str) -> np.random.Generator:
    """Return a stream of random numbers for a seed and names; each has its own.

    Streams of different names are independent: drawing more from one, say for the noise of the
    data, leaves the others, say the starting weights, as they were. Raises TypeError or
    ValueError if the seed is no whole number in that range, or a name is no text.

    Parameters
    ----------
    seed : int
        From 0 to 2**32 - 1.
    *stream_names : str
        The purpose of the stream.
    """
    seed = integer(seed, "seed", 0, LARGEST_SEED)
    for name in stream_names:
        if not isinstance(name, str):
            raise TypeError(f"a stream name must be text, not {name!r}.")
    # A digest and not hash(): the latter changes from one Python process to the next.
    keys = [int.from_bytes(sha256(name.encode()).digest()[:8]) for name in stream_names]
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=tuple(keys)))


def tutorial_stream(seed: int) -> np.random.RandomState:
    """Return the numbers that follow ``np.random.seed(seed)``; the global state is not touched."""
    return np.random.RandomState(integer(seed, "seed", 0, LARGEST_SEED))


def global_stream() -> np.random.RandomState:
    """Return NumPy's global stream itself: the one that ``np.random.seed`` seeds.

    Only for the tutorial's class in a person's own script. In the app it would be shared by
    everyone; there, pass `generator` or `tutorial_stream`.
    """
    stream: np.random.RandomState = np.random.mtrand._rand
    return stream


def checked(rng: Rng) -> Rng:
    """Return `rng` if it is a NumPy stream.

    Raises TypeError if it is anything else, a bare seed for instance.
    """
    if not isinstance(rng, np.random.Generator | np.random.RandomState):
        raise TypeError(f"rng must be a stream such as nnviz.nn.rng.generator(0), not {rng!r:.40}.")
    return rng


def normals(n: int, *, rng: Rng) -> FloatArray:
    """Return `n` standard normal numbers, shape (n,), dimensionless."""
    return np.asarray(checked(rng).standard_normal(n), dtype=np.float64)


def pick_row(n_rows: int, *, rng: Rng) -> int:
    """Return the index of one of `n_rows` rows, each as likely as the others."""
    rng = checked(rng)
    if isinstance(rng, np.random.RandomState):
        return int(rng.randint(n_rows))
    return int(rng.integers(n_rows))
