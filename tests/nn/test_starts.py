"""How weights begin: the distributions that the sources give, biases at zero."""

from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from nnviz.nn.rng import generator
from nnviz.nn.starts import INITIALISATIONS, start_parameters

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


@pytest.mark.parametrize("initialisation", sorted({*INITIALISATIONS} - {"zeros"}))
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


@pytest.mark.parametrize("initialisation", sorted({*INITIALISATIONS} - {"zeros"}))
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
