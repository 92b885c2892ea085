"""The updates of a deeper network, one batch after the other, as loops that are compiled.

What an update is, is read in `plan_network.gradient` and `optimizers.step_of`; the tests hold what
stands here to them. Eight rows of a batch go through the network side by side (see `lanes`); the
rest of a batch is filled up with rows that have no say.
"""

import numpy as np
import numpy.typing as npt
from numba.extending import register_jitable

from nnviz.checks import FloatArray
from nnviz.lanes import LANES, activate, add_multiple, add_products, fill, sum_of
from nnviz.optimizers import ADAGRAD_EPSILON, ADAM_DECAYS, EPSILON, MOMENTUM, RMSPROP_DECAY
from nnviz.splitmix import DROPOUT, GAMMA, MULTIPLIERS, ORDER

HARMLESS = 1e6
"""Parameters below this are no reason to look more closely whether a run diverges."""

_FIRST, _SECOND = np.uint64(MULTIPLIERS[0]), np.uint64(MULTIPLIERS[1])
_GAMMA, _ORDER, _DROPOUT = np.uint64(GAMMA), np.uint64(ORDER), np.uint64(DROPOUT)
_11, _27, _30, _31, _32 = (np.uint64(bits) for bits in (11, 27, 30, 31, 32))
_UNIT = 2.0**-53

SGD, MOMENTUM_CODE, NESTEROV, ADAGRAD, RMSPROP, ADAM = range(6)


@register_jitable
def _mixed(state: np.uint64) -> np.uint64:
    state = (state ^ (state >> _30)) * _FIRST
    state = (state ^ (state >> _27)) * _SECOND
    return state ^ (state >> _31)


@register_jitable
def _key_of(seed: np.uint64, stream: np.uint64, index: int) -> np.uint64:
    return _mixed(_mixed(seed + stream * _GAMMA) + np.uint64(index) * _GAMMA)


@register_jitable
def _shuffle(order: npt.NDArray[np.int64], key: np.uint64) -> None:
    n = len(order)
    for row in range(n):
        order[row] = row
    for last in range(n - 1, 0, -1):
        number = _mixed(key + np.uint64(n - last) * _GAMMA)
        place = np.int64(((number >> _32) * np.uint64(last + 1)) >> _32)
        order[last], order[place] = order[place], order[last]


@register_jitable
def _forward(
    sizes: npt.NDArray[np.int64],
    codes: npt.NDArray[np.int64],
    parameters: FloatArray,
    z: FloatArray,
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
            fill(z, here + j * LANES, parameters[bias + j])
        # Each unit in turn, and not input by input: a processor need not wait for the last sum.
        for i in range(n_below):
            for j in range(n_here):
                weight = parameters[weights + i * n_here + j]
                add_multiple(z, here + j * LANES, weight, a, below + i * LANES)
        activate(codes[layer], z, a, slopes, here, here + n_here * LANES)
        if dropout > 0.0 and layer < n_layers - 1:
            for s in range(here, here + n_here * LANES):
                a[s] *= keep[s]
                slopes[s] *= keep[s]
        weights, below = bias + n_here, here


@register_jitable
def _backward(
    sizes: npt.NDArray[np.int64],
    parameters: FloatArray,
    a: FloatArray,
    slopes: FloatArray,
    derror_dz: FloatArray,
    derror_da: FloatArray,
    sums: FloatArray,
) -> None:
    """Add the gradient of eight rows, lane by lane, from the last layer to the first."""
    end, here = len(parameters), len(a) - sizes[-1] * LANES
    for layer in range(len(sizes) - 2, -1, -1):
        n_below, n_here = sizes[layer], sizes[layer + 1]
        below, bias = here - n_below * LANES, end - n_here
        weights = bias - n_below * n_here
        for j in range(n_here):
            add_multiple(sums, (bias + j) * LANES, 1.0, derror_dz, here + j * LANES)
        for i in range(n_below):
            fill(derror_da, i * LANES, 0.0)
        for j in range(n_here):
            delta = here + j * LANES
            for i in range(n_below):
                k = weights + i * n_here + j
                add_products(sums, k * LANES, derror_dz, delta, a, below + i * LANES)
                if layer:
                    add_multiple(derror_da, i * LANES, parameters[k], derror_dz, delta)
        for i in range(n_below):
            place = below + i * LANES
            fill(derror_dz, place, 0.0)
            add_products(derror_dz, place, derror_da, i * LANES, slopes, place)
        end, here = weights, below


@register_jitable
def _update(
    optimizer: int,
    parameters: FloatArray,
    memory: FloatArray,
    sums: FloatArray,
    is_weight: npt.NDArray[np.bool_],
    rate: float,
    t: int,
    l1: float,
    l2: float,
) -> bool:
    """Change every parameter; return whether all are harmless."""
    harmless = True
    first, second = ADAM_DECAYS
    grown, width = 1.0 - first**t, np.sqrt(1.0 - second**t)
    for k in range(len(parameters)):
        p, g = parameters[k], sum_of(sums, k * LANES)
        if is_weight[k]:
            g += l2 * p
            g += l1 if p > 0.0 else (-l1 if p < 0.0 else 0.0)
        if optimizer == SGD:
            p -= rate * g
        elif optimizer in (MOMENTUM_CODE, NESTEROV):
            v = MOMENTUM * memory[0, k] + g
            memory[0, k] = v
            p -= rate * (v if optimizer == MOMENTUM_CODE else g + MOMENTUM * v)
        elif optimizer == ADAGRAD:
            memory[0, k] += g * g
            p -= rate * g / (np.sqrt(memory[0, k]) + ADAGRAD_EPSILON)
        elif optimizer == RMSPROP:
            memory[0, k] = RMSPROP_DECAY * memory[0, k] + (1.0 - RMSPROP_DECAY) * g * g
            p -= rate * g / (np.sqrt(memory[0, k]) + EPSILON)
        else:
            v = first * memory[0, k] + (1.0 - first) * g
            s = second * memory[1, k] + (1.0 - second) * g * g
            memory[0, k], memory[1, k] = v, s
            p -= rate / grown * v / (np.sqrt(s) / width + EPSILON)
        parameters[k] = p
        if not abs(p) <= HARMLESS:  # so written that NaN is harmful as well
            harmless = False
    return harmless


@register_jitable
def _drop(
    keep: FloatArray, begin: int, end: int, lane_rows: int, dropout: float, key: np.uint64
) -> None:
    """Decide for each hidden unit of eight rows whether it takes part, and how loud it is."""
    for s in range(begin, end):
        unit, lane = (s - begin) // LANES, (s - begin) % LANES
        k = (lane_rows + lane) * ((end - begin) // LANES) + unit + 1
        share = np.float64(_mixed(key + np.uint64(k) * _GAMMA) >> _11) * _UNIT
        keep[s] = 0.0 if share < dropout else 1.0 / (1.0 - dropout)


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
    z, a = np.zeros(n_units * LANES), np.zeros(n_units * LANES)
    slopes, derror_dz = np.ones(n_units * LANES), np.zeros(n_units * LANES)
    derror_da, keep = np.zeros(sizes.max() * LANES), np.ones(n_units * LANES)
    sums = np.zeros(len(parameters) * LANES)
    order = np.zeros(n_rows, dtype=np.int64)
    epoch = -1
    harmless, n_noted, until_note = True, 0, first_note
    for update in range(len(rates)):
        at = first_update + update
        if at // per_epoch != epoch:
            epoch = at // per_epoch
            _shuffle(order, _key_of(seed, _ORDER, epoch))
        begin = (at % per_epoch) * batch_size
        size = min(batch_size, n_rows - begin)
        mask_key = _key_of(seed, _DROPOUT, first_mask + update)
        sums[:] = 0.0
        for done in range(0, size, LANES):
            here = min(LANES, size - done)
            for lane in range(LANES):
                row = order[begin + done + min(lane, here - 1)]
                for i in range(n_inputs):
                    a[i * LANES + lane] = X[row, i]
            if dropout > 0.0:
                _drop(keep, inside, outside, done, dropout, mask_key)
            _forward(sizes, codes, parameters, z, a, slopes, keep, dropout)
            for lane in range(LANES):
                row = order[begin + done + min(lane, here - 1)]
                for j in range(n_outputs):
                    s = outside + j * LANES + lane
                    # The slopes of cross-entropy and of its activation cancel.
                    error = (a[s] - targets[row, j]) / size
                    if squared:
                        error *= 2.0 * slopes[s]
                    derror_dz[s] = error if lane < here else 0.0
            _backward(sizes, parameters, a, slopes, derror_dz, derror_da, sums)
        if not _update(
            optimizer, parameters, memory, sums, is_weight, rates[update], t + update, l1, l2
        ):
            harmless = False
        until_note -= 1
        if until_note == 0:
            path[n_noted] = parameters
            memories[n_noted] = memory
            n_noted, until_note = n_noted + 1, every
    return harmless
