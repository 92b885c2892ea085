"""What chance decides in a run: the starting parameters, and which row each update sees."""

from nnviz.nn.initializers import glorot_uniform, neuron_like_tutorial
from nnviz.nn.network import Layer, Network
from nnviz.nn.rng import generator, tutorial_stream
from nnviz.training.row_order import RowNumbers, picked_rows
from nnviz.training.run_config import RunConfig


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
    order = "tutorial" if config.order == "random" else config.order
    n_inputs = config.begin.n_inputs if config.begin else config.sizes[0]
    return picked_rows(order, len(config.rows), config.seed, config.steps, n_inputs + 1)
