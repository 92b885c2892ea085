"""What a network keeps of its parameters when its model is changed in the middle of a run."""

from dataclasses import replace

import numpy as np

from nnviz.nn.checks import FloatArray
from nnviz.nn.network import Layer, Network
from nnviz.training import initial_state
from nnviz.training.run_config import RunConfig


def carries_over(old: RunConfig, new: RunConfig) -> bool:
    """Return whether a network of `new` can go on from one of `old`.

    It can as long as there is a hidden layer before and after, or neither before nor after.
    """
    return len(old.hidden) == len(new.hidden)


def carried(old: RunConfig, parameters: FloatArray, new: RunConfig) -> FloatArray:
    """Return the parameters with which a changed model goes on.

    What is added begins without a say: a new input with weight 0, a new hidden unit with random
    weights in front of it and weight 0 behind it. Where inputs become standardised, or are no
    longer, the weights are converted, so that the answers stay the same. What is removed is gone.
    A network that cannot go on (`carries_over`) begins anew, from the random start of its seed.

    Parameters
    ----------
    old, new : RunConfig
        On the same rows, with one hidden layer at the most.
    parameters : ndarray, shape (old.n_parameters,)

    Returns
    -------
    ndarray, shape (new.n_parameters,)
    """
    fresh = initial_state.start(replace(new, begin=None))
    if not carries_over(old, new):
        return fresh.parameters()
    template = initial_state.start(replace(old, begin=None))
    first, *later = template.with_parameters(parameters).layers
    weights, bias = _standardising(old, new, _other_inputs(old, new, first.weights), first.bias)
    layers = [Layer(weights, bias, new.activations[0])]
    if new.hidden:
        weights, bias, behind = _other_units(fresh, weights, bias, later[0].weights)
        output = Layer(behind, later[0].bias, later[0].activation)
        layers = [Layer(weights, bias, new.activations[0]), output]
    return Network(tuple(layers)).parameters()


def _other_inputs(old: RunConfig, new: RunConfig, weights: FloatArray) -> FloatArray:
    """Keep the weights of the inputs that stay, still in the scale of the old ones."""
    before = dict(zip(old.input_names, weights, strict=True))
    nothing = np.zeros(weights.shape[1])
    return np.array([before.get(name, nothing) for name in new.input_names])


def _standardising(
    old: RunConfig, new: RunConfig, weights: FloatArray, bias: FloatArray
) -> tuple[FloatArray, FloatArray]:
    if old.standardise == new.standardise:
        return weights, bias
    standardiser = (new if new.standardise else replace(new, standardise=True)).standardiser
    assert standardiser is not None
    mean, scale = standardiser.mean[:, None], standardiser.scale[:, None]
    if new.standardise:
        # x w = (x - mean) / scale * (w scale) + mean w
        return weights * scale, bias + (mean * weights).sum(axis=0)
    return weights / scale, bias - (mean * weights / scale).sum(axis=0)


def _other_units(
    fresh: Network, weights: FloatArray, bias: FloatArray, behind: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Leave out the last units, or add some that are not listened to yet."""
    n_units = fresh.sizes[1]
    kept = min(n_units, weights.shape[1])
    random = fresh.layers[0].weights
    weights = np.concatenate([weights[:, :kept], random[:, kept:]], axis=1)
    bias = np.concatenate([bias[:kept], np.zeros(n_units - kept)])
    behind = np.concatenate([behind[:kept], np.zeros((n_units - kept, behind.shape[1]))])
    return weights, bias, behind
