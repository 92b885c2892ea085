"""Starting weights: the tutorial's draws, the distributions of the sources, biases at zero."""

from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from nnviz.nn.initializers import (
    INITIALIZERS,
    glorot_uniform,
    start_parameters,
)
from nnviz.nn.rng import generator


def test_glorot_fills_its_range_and_leaves_the_biases_at_0():
    network = glorot_uniform((60, 40, 1), ("tanh", "sigmoid"), rng=generator(0))
    assert network.sizes == (60, 40, 1)
    assert [layer.activation for layer in network.layers] == ["tanh", "sigmoid"]
    reach = np.sqrt(6 / 100)
    weights = network.layers[0].weights
    assert abs(weights).max() <= reach
    assert abs(weights).max() > 0.99 * reach
    # The variance of a uniform range is its width squared over 12.
    assert weights.var() == pytest.approx((2 * reach) ** 2 / 12, rel=0.1)
    assert not any(layer.bias.any() for layer in network.layers)


def test_the_stream_decides():
    def start(seed):
        return glorot_uniform((2, 3, 1), ("tanh", "sigmoid"), rng=generator(seed)).parameters()

    np.testing.assert_array_equal(start(1), start(1))
    assert not np.array_equal(start(1), start(2))


@pytest.mark.parametrize(
    ("sizes", "activations", "error", "sentence"),
    [
        ((2,), (), ValueError, "sizes must hold the number of inputs"),
        ((2, 0), ("tanh",), ValueError, "a size must be between 1 and"),
        ((2, 1.5), ("tanh",), TypeError, "a size must be a whole number"),
        (2, ("tanh",), TypeError, "sizes must be a list"),
        ((2, 1), ("tanh", "tanh"), ValueError, "activations must hold one name per layer, here 1"),
        ((2, 1), "tanh", TypeError, "activations must be a list"),
        ((2, 1), ("step",), ValueError, "activation must be one of sigmoid"),
        ((10_000, 10_000), ("tanh",), ValueError, "at most 10 million parameters"),
    ],
)
def test_what_is_refused(sizes, activations, error, sentence):
    with pytest.raises(error, match=sentence):
        glorot_uniform(sizes, activations, rng=generator(0))


def test_randomness_must_be_given():
    with pytest.raises(TypeError, match="rng must be a stream"):
        glorot_uniform((2, 1), ("tanh",), rng=0)


SIZES = (40, 60, 30, 3)


def layers(initialisation, sizes=SIZES, seed=0):
    """Return weights and bias of each layer."""
    flat, used, parts = start_parameters(sizes, initialisation, rng=generator(seed)), 0, []
    for n_inputs, n_units in pairwise(sizes):
        end = used + n_inputs * n_units
        parts.append((flat[used:end], flat[end : end + n_units]))
        used = end + n_units
    assert used == len(flat)
    return parts


def distribution(initialisation, n_inputs, n_units):
    if initialisation == "glorot":
        reach = np.sqrt(6.0 / (n_inputs + n_units))
        return stats.uniform(-reach, 2.0 * reach)
    return {
        "he": stats.norm(0.0, np.sqrt(2.0 / n_inputs)),
        "uniform": stats.uniform(-0.5, 1.0),
        "normal": stats.norm(0.0, 1.0),
    }[initialisation]


@pytest.mark.parametrize("initialisation", sorted({*INITIALIZERS} - {"zeros"}))
def test_weights_are_drawn_as_the_source_says(initialisation):
    for (weights, bias), (n_inputs, n_units) in zip(
        layers(initialisation), pairwise(SIZES), strict=True
    ):
        expected = distribution(initialisation, n_inputs, n_units)
        assert stats.kstest(weights, expected.cdf).pvalue > 1e-3
        assert len(np.unique(weights)) == len(weights)
        assert not bias.any()


def test_zeros_are_zeros():
    assert not start_parameters(SIZES, "zeros", rng=generator(0)).any()


@pytest.mark.parametrize("initialisation", sorted({*INITIALIZERS} - {"zeros"}))
def test_the_seed_decides(initialisation):
    one, same, other = (
        start_parameters((2, 3, 1), initialisation, rng=generator(seed)) for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(one, same)
    assert (one[:6] != other[:6]).all()


def test_what_is_unknown_is_refused():
    with pytest.raises(ValueError, match="initialisation"):
        start_parameters((2, 1), "random", rng=generator(0))
    with pytest.raises(TypeError):
        start_parameters((2, 1), "he", rng=7)
