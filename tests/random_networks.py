"""Random networks, and rows for them, that the tests of gradients share."""

from nnviz.nn.initializers import glorot_uniform
from nnviz.nn.rng import generator


def random_network(sizes, activations, seed):
    """A network with biases too, which glorot_uniform leaves at 0."""
    rng = generator(seed, "network", *map(str, sizes))
    network = glorot_uniform(sizes, activations, rng=rng)
    return network.with_parameters(network.parameters() + rng.normal(0, 0.1, network.n_parameters))


def random_rows(network, seed, n_samples=5):
    """Rows that keep every unit clear of the kink of its activation."""
    rng = generator(seed, "rows")
    while True:
        X = rng.normal(size=(n_samples, network.n_inputs))
        y = rng.uniform(0.05, 0.95, size=(n_samples, network.n_outputs))
        if min(abs(z).min() for z in network.forward(X).pre_activations) > 1e-3:
            return X, y
