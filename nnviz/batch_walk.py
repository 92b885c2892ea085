"""The updates of a deeper network, one batch after the other, as loops that are compiled.

What an update is, is read in `plan_network.gradient` and `optimizers.step_of`; the tests hold what
stands here to them. Eight rows of a batch go through the network side by side (see `lanes`); the
rest of a batch is filled up with rows that have no say.
"""

import numpy as np
import numpy.typing as npt
from numba.extending import register_jitable

from nnviz.batch_draws import drop, key_of, shuffle
from nnviz.checks import FloatArray
from nnviz.eights import LANES, eight, put, spread, total
from nnviz.lanes import activate
from nnviz.optimizers import ADAGRAD_EPSILON, ADAM_DECAYS, EPSILON, MOMENTUM, RMSPROP_DECAY
from nnviz.splitmix import DROPOUT, ORDER

HARMLESS = 1e6
"""Parameters below this are no reason to look more closely whether a run diverges."""

_LANES, _ORDER, _DROPOUT = np.uint64(LANES), np.uint64(ORDER), np.uint64(DROPOUT)

SGD, MOMENTUM_CODE, NESTEROV, ADAGRAD, RMSPROP, ADAM = range(6)


@register_jitable
def _forward(
    sizes: npt.NDArray[np.int64],
    codes: npt.NDArray[np.int64],
    parameters: FloatArray,
    a: FloatArray,
    slopes: FloatArray,
    keep: FloatArray,
    dropout: float,
) -> None:
    """Send eight rows through all layers; the inputs stand at the beginning of `a`."""
    weights, below = 0, 0
    n_layers = len(codes)
    for layer in range(n_layers):
        n_below, n_here = sizes[layer], sizes[layer + 1]
        here, bias = below + n_below * LANES, weights + n_below * n_here
        for j in range(n_here):
            z = spread(parameters[np.uint64(bias + j)])
            for i in range(n_below):
                weight = parameters[np.uint64(weights + i * n_here + j)]
                z = z + weight * eight(a, below + i * LANES)
            put(a, here + j * LANES, z)
        activate(codes[layer], a, slopes, here, here + n_here * LANES)
        if dropout > 0.0 and layer < n_layers - 1:
            for s in range(here, here + n_here * LANES, LANES):
                put(a, s, eight(a, s) * eight(keep, s))
                put(slopes, s, eight(slopes, s) * eight(keep, s))
        weights, below = bias + n_here, here


@register_jitable
def _backward(
    sizes: npt.NDArray[np.int64],
    parameters: FloatArray,
    a: FloatArray,
    slopes: FloatArray,
    derror_dz: FloatArray,
    sums: FloatArray,
) -> None:
    """Add the gradient of eight rows, lane by lane, from the last layer to the first."""
    end, here = len(parameters), len(a) - sizes[-1] * LANES
    for layer in range(len(sizes) - 2, -1, -1):
        n_below, n_here = sizes[layer], sizes[layer + 1]
        below, bias = here - n_below * LANES, end - n_here
        weights = bias - n_below * n_here
        for j in range(n_here):
            k = (bias + j) * LANES
            put(sums, k, eight(sums, k) + eight(derror_dz, here + j * LANES))
        for i in range(n_below):
            value = eight(a, below + i * LANES)
            derror_da = spread(0.0)
            for j in range(n_here):
                # Of such a number the compiler knows that it does not count from the end.
                k = np.uint64(weights + i * n_here + j)
                delta = eight(derror_dz, here + j * LANES)
                put(sums, k * _LANES, eight(sums, k * _LANES) + delta * value)
                derror_da = derror_da + parameters[k] * delta
            place = below + i * LANES
            put(derror_dz, place, derror_da * eight(slopes, place))
        end, here = weights, below


@register_jitable
def _penalise(
    gradient: FloatArray,
    parameters: FloatArray,
    is_weight: npt.NDArray[np.bool_],
    l1: float,
    l2: float,
) -> None:
    for k in range(len(parameters)):
        if is_weight[k]:
            p = parameters[k]
            gradient[k] += l2 * p + (l1 if p > 0.0 else (-l1 if p < 0.0 else 0.0))


@register_jitable
def _update(
    optimizer: int,
    parameters: FloatArray,
    memory: FloatArray,
    gradient: FloatArray,
    rate: float,
    t: int,
) -> bool:
    """Change every parameter; return whether all are harmless."""
    n = len(parameters)
    if optimizer == SGD:
        for k in range(n):
            parameters[k] -= rate * gradient[k]
    elif optimizer == MOMENTUM_CODE:
        for k in range(n):
            memory[0, k] = MOMENTUM * memory[0, k] + gradient[k]
            parameters[k] -= rate * memory[0, k]
    elif optimizer == NESTEROV:
        for k in range(n):
            memory[0, k] = MOMENTUM * memory[0, k] + gradient[k]
            parameters[k] -= rate * (gradient[k] + MOMENTUM * memory[0, k])
    elif optimizer == ADAGRAD:
        for k in range(n):
            memory[0, k] += gradient[k] * gradient[k]
            parameters[k] -= rate * gradient[k] / (np.sqrt(memory[0, k]) + ADAGRAD_EPSILON)
    elif optimizer == RMSPROP:
        for k in range(n):
            new = (1.0 - RMSPROP_DECAY) * gradient[k] * gradient[k]
            memory[0, k] = RMSPROP_DECAY * memory[0, k] + new
            parameters[k] -= rate * gradient[k] / (np.sqrt(memory[0, k]) + EPSILON)
    else:
        first, second = ADAM_DECAYS
        # A power of a real number, which Python and machine code round alike.
        power = float(t)
        grown, width = rate / (1.0 - first**power), np.sqrt(1.0 - second**power)
        for k in range(n):
            new = (1.0 - second) * gradient[k] * gradient[k]
            memory[0, k] = first * memory[0, k] + (1.0 - first) * gradient[k]
            memory[1, k] = second * memory[1, k] + new
            parameters[k] -= grown * memory[0, k] / (np.sqrt(memory[1, k]) / width + EPSILON)
    n_harmless = 0
    for k in range(n):
        n_harmless += abs(parameters[k]) <= HARMLESS  # so written that NaN is harmful as well
    return n_harmless == n


def walk(
    X: FloatArray,
    targets: FloatArray,
    sizes: npt.NDArray[np.int64],
    codes: npt.NDArray[np.int64],
    is_weight: npt.NDArray[np.bool_],
    squared: bool,
    seed: np.uint64,
    batch_size: int,
    first_update: int,
    rates: FloatArray,
    optimizer: int,
    t: int,
    l1: float,
    l2: float,
    dropout: float,
    first_mask: int,
    every: int,
    first_note: int,
    parameters: FloatArray,
    memory: FloatArray,
    path: FloatArray,
    memories: FloatArray,
) -> bool:
    """Update `parameters` and `memory` in place, once for each of the rates, and note them.

    ``first_update`` counts from where the order of the rows began, ``t`` from where the optimiser
    did, ``first_mask`` from the start of the run.
    """
    n_rows, n_inputs, n_outputs = len(X), sizes[0], sizes[-1]
    per_epoch = (n_rows + batch_size - 1) // batch_size
    n_units = sizes.sum()
    inside, outside = n_inputs * LANES, (n_units - n_outputs) * LANES
    a, slopes = np.zeros(n_units * LANES), np.ones(n_units * LANES)
    derror_dz, keep = np.zeros(n_units * LANES), np.ones(n_units * LANES)
    sums, gradient = np.zeros(len(parameters) * LANES), np.zeros(len(parameters))
    order = np.zeros(n_rows, dtype=np.int64)
    epoch = -1
    harmless, n_noted, until_note = True, 0, first_note
    for update in range(len(rates)):
        at = first_update + update
        if at // per_epoch != epoch:
            epoch = at // per_epoch
            shuffle(order, key_of(seed, _ORDER, epoch))
        begin = (at % per_epoch) * batch_size
        size = min(batch_size, n_rows - begin)
        mask_key = key_of(seed, _DROPOUT, first_mask + update)
        sums[:] = 0.0
        for done in range(0, size, LANES):
            here = min(LANES, size - done)
            for lane in range(LANES):
                row = order[begin + done + min(lane, here - 1)]
                for i in range(n_inputs):
                    a[i * LANES + lane] = X[row, i]
            if dropout > 0.0:
                drop(keep, inside, outside, done, dropout, mask_key)
            _forward(sizes, codes, parameters, a, slopes, keep, dropout)
            for lane in range(LANES):
                row = order[begin + done + min(lane, here - 1)]
                for j in range(n_outputs):
                    s = outside + j * LANES + lane
                    # The slopes of cross-entropy and of its activation cancel.
                    error = (a[s] - targets[row, j]) / size
                    if squared:
                        error *= 2.0 * slopes[s]
                    derror_dz[s] = error if lane < here else 0.0
            _backward(sizes, parameters, a, slopes, derror_dz, sums)
        for k in range(len(parameters)):
            gradient[k] = total(eight(sums, k * LANES))
        if l1 > 0.0 or l2 > 0.0:
            _penalise(gradient, parameters, is_weight, l1, l2)
        if not _update(optimizer, parameters, memory, gradient, rates[update], t + update):
            harmless = False
        until_note -= 1
        if until_note == 0:
            for k in range(len(parameters)):
                path[n_noted, k] = parameters[k]
                for m in range(len(memory)):
                    memories[n_noted, m, k] = memory[m, k]
            n_noted, until_note = n_noted + 1, every
    return harmless
