"""What chance decides in a run: the starting parameters, and which row each update sees."""

import numpy as np
import numpy.typing as npt

from nnviz.nn.initializers import glorot_uniform, neuron_like_tutorial
from nnviz.nn.network import Layer, Network
from nnviz.nn.rng import generator, normals, tutorial_stream
from nnviz.training.run_config import RunConfig

RowNumbers = npt.NDArray[np.uint16]

_BLOCK = 65_536


def start(config: RunConfig) -> Network:
    """Return the network before the first update.

    The single neuron starts as the tutorial's class does after ``np.random.seed(seed)``; a branch
    starts with the parameters that it was given.
    """
    network = _random_start(config)
    return network if config.begin is None else network.with_parameters(config.begin.parameters)


def _random_start(config: RunConfig) -> Network:
    if config.hidden:
        rng = generator(config.seed, "weights")
        return glorot_uniform(config.sizes, config.activations, rng=rng)
    neuron = neuron_like_tutorial(config.sizes[0], rng=tutorial_stream(config.seed)).layers[0]
    return Network((Layer(neuron.weights, neuron.bias, config.output_activation),))


def picks(config: RunConfig) -> RowNumbers:
    """Return the row that each update sees, shape (steps,), counted from 0.

    In random order the rows follow the neuron's starting parameters in the tutorial's stream,
    with a hidden layer too: so two runs of one seed and as many inputs see the same rows, and a
    branch sees those of its trunk.
    """
    n_rows = len(config.rows)
    if config.order == "in turn":
        return np.resize(np.arange(n_rows, dtype=np.uint16), config.steps)
    # Blocks, because the generators hand out 8 bytes a row where 2 are enough.
    if config.order == "shuffled":
        rng = generator(config.seed, "order")
        epochs = -(-config.steps // n_rows)
        blocks = [rng.permutation(n_rows).astype(np.uint16) for _ in range(epochs)]
    else:
        stream = tutorial_stream(config.seed)
        n_inputs = config.begin.n_inputs if config.begin else config.sizes[0]
        normals(n_inputs + 1, rng=stream)
        blocks = [
            stream.randint(n_rows, size=_BLOCK).astype(np.uint16)
            for _ in range(0, config.steps, _BLOCK)
        ]
    return np.concatenate(blocks)[: config.steps].copy()
