"""The updates of a deeper network, one batch after the other, as loops that are compiled.

What an update is, is read in `plan_network.gradient` and `optimizers.step_of`; the tests hold what
stands here to them. Eight rows of a batch go through the network side by side (see `lanes`); the
rest of a batch is filled up with rows that have no say.
"""

import numpy as np
import numpy.typing as npt
from numba.extending import register_jitable

from nnviz.nn.checks import FloatArray
from nnviz.nn.optimizers import ADAGRAD_EPSILON, ADAM_DECAYS, EPSILON, MOMENTUM, RMSPROP_DECAY
from nnviz.nn.splitmix import DROPOUT, ORDER
from nnviz.training.kernels.shuffling import drop, key_of, shuffle
from nnviz.training.kernels.simd import (
    LANES,
    eight,
    fused,
    if_positive,
    magnitude,
    put,
    root,
    spread,
    total,
    totals,
)
from nnviz.training.kernels.simd_activations import activate

HARMLESS = 1e6
"""Parameters smaller than this are no reason to look more closely whether a run diverges."""

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
                z = fused(weight, eight(a, below + i * LANES), z)
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
    n_parameters: int,
    first: bool,
) -> None:
    """Add the gradient of eight rows, lane by lane, from the last layer to the first."""
    end, here = n_parameters, len(a) - sizes[-1] * LANES
    for layer in range(len(sizes) - 2, -1, -1):
        n_below, n_here = sizes[layer], sizes[layer + 1]
        below, bias = here - n_below * LANES, end - n_here
        weights = bias - n_below * n_here
        for j in range(n_here):
            k = (bias + j) * LANES
            delta = eight(derror_dz, here + j * LANES)
            put(sums, k, delta if first else eight(sums, k) + delta)
        for i in range(n_below):
            value = eight(a, below + i * LANES)
            derror_da = spread(0.0)
            for j in range(n_here):
                # Of such a number the compiler knows that it does not count from the end.
                k = np.uint64(weights + i * n_here + j)
                delta = eight(derror_dz, here + j * LANES)
                before = spread(0.0) if first else eight(sums, k * _LANES)
                put(sums, k * _LANES, fused(delta, value, before))
                derror_da = fused(parameters[k], delta, derror_da)
            place = below + i * LANES
            if layer > 0:
                put(derror_dz, place, derror_da * eight(slopes, place))
        end, here = weights, below


@register_jitable
def _update(
    optimizer: int,
    parameters: FloatArray,
    memory: FloatArray,
    sums: FloatArray,
    is_weight: FloatArray,
    rate: float,
    t: int,
    l1: float,
    l2: float,
) -> bool:
    """Change every parameter, eight by eight; return whether all are harmless."""
    first, second = ADAM_DECAYS
    grown, width = 1.0, 1.0
    if optimizer == ADAM:
        # Powers of real numbers, which Python and machine code round alike.
        grown, width = 1.0 - first ** float(t), np.sqrt(1.0 - second ** float(t))
    n_harmful = spread(0.0)
    for k in range(0, len(parameters), LANES):
        p, g = eight(parameters, k), totals(sums, k * LANES)
        if l1 > 0.0 or l2 > 0.0:
            pull = if_positive(p, l1, if_positive(-p, -l1, 0.0))
            g = g + eight(is_weight, k) * fused(l2, p, pull)
        if optimizer == SGD:
            step = rate * g
        elif optimizer in (MOMENTUM_CODE, NESTEROV):
            v = fused(MOMENTUM, eight(memory[0], k), g)
            put(memory[0], k, v)
            step = rate * (v if optimizer == MOMENTUM_CODE else fused(MOMENTUM, v, g))
        elif optimizer == ADAGRAD:
            v = fused(g, g, eight(memory[0], k))
            put(memory[0], k, v)
            step = rate * g / (root(v) + ADAGRAD_EPSILON)
        elif optimizer == RMSPROP:
            v = fused(RMSPROP_DECAY, eight(memory[0], k), (1.0 - RMSPROP_DECAY) * g * g)
            put(memory[0], k, v)
            step = rate * g / (root(v) + EPSILON)
        else:
            v = fused(first, eight(memory[0], k), (1.0 - first) * g)
            s = fused(second, eight(memory[1], k), (1.0 - second) * g * g)
            put(memory[0], k, v)
            put(memory[1], k, s)
            step = rate / grown * v / (root(s) / width + EPSILON)
        p = p - step
        put(parameters, k, p)
        n_harmful = n_harmful + if_positive(HARMLESS - magnitude(p), 0.0, 1.0)  # NaN is harmful
    return total(n_harmful) == 0.0


@register_jitable
def _note(parameters: FloatArray, memory: FloatArray, p: FloatArray, m: FloatArray) -> None:
    """Write down parameters and memory, without what they are filled up with."""
    for k in range(len(parameters)):
        parameters[k] = p[k]
        for i in range(len(memory)):
            memory[i, k] = m[i, k]


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
    n_units, n = sizes.sum(), len(parameters)
    inside, outside = n_inputs * LANES, (n_units - n_outputs) * LANES
    a, slopes = np.zeros(n_units * LANES), np.ones(n_units * LANES)
    derror_dz, keep = np.zeros(n_units * LANES), np.ones(n_units * LANES)
    wanted, says = np.zeros(n_outputs * LANES), np.zeros(LANES)
    order = np.zeros(n_rows, dtype=np.int64)
    # Filled up to a multiple of eight, with parameters that are and stay 0.
    filled = -(-n // LANES) * LANES
    p, m, sums = np.zeros(filled), np.zeros((len(memory), filled)), np.zeros(filled * LANES)
    weighs = np.zeros(filled)
    for k in range(n):
        p[k], weighs[k] = parameters[k], is_weight[k]
        for i in range(len(memory)):
            m[i, k] = memory[i, k]
    epoch = -1
    harmless, n_noted, until_note = True, 0, first_note
    for update in range(len(rates)):
        at = first_update + update
        if at // per_epoch != epoch:
            epoch = at // per_epoch
            shuffle(order, key_of(seed, _ORDER, epoch))
        begin = (at % per_epoch) * batch_size
        size = min(batch_size, n_rows - begin)
        for done in range(0, size, LANES):
            here = min(LANES, size - done)
            for lane in range(LANES):
                row = np.uint64(order[begin + done + min(lane, here - 1)])
                says[lane] = 1.0 if lane < here else 0.0
                for i in range(n_inputs):
                    a[np.uint64(i * LANES + lane)] = X[row, np.uint64(i)]
                for j in range(n_outputs):
                    wanted[np.uint64(j * LANES + lane)] = targets[row, np.uint64(j)]
            if dropout > 0.0:
                key = key_of(seed, _DROPOUT, first_mask + update)
                drop(keep, inside, outside, done, dropout, key)
            _forward(sizes, codes, p, a, slopes, keep, dropout)
            for j in range(0, n_outputs * LANES, LANES):
                s = outside + j
                # The slopes of cross-entropy and of its activation cancel.
                error = (eight(a, s) - eight(wanted, j)) / float(size)
                if squared:
                    error = 2.0 * eight(slopes, s) * error
                put(derror_dz, s, if_positive(eight(says, 0), error, 0.0))
            _backward(sizes, p, a, slopes, derror_dz, sums, n, done == 0)
        if not _update(optimizer, p, m, sums, weighs, rates[update], t + update, l1, l2):
            harmless = False
        until_note -= 1
        if until_note == 0:
            _note(path[n_noted], memories[n_noted], p, m)
            n_noted, until_note = n_noted + 1, every
    _note(parameters, memory, p, m)
    return harmless
