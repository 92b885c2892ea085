"""The updates of a network, one batch after the other, as plain loops that are compiled.

What an update is, is read in `evaluation.gradient` and `optimizers.step_of`, and for one row in
`trace.trace_update`; the tests hold what stands here to them.

The values of a layer stand unit by unit, and of each unit row by row, so that the inner loops run
over neighbouring numbers: over the rows of a batch, or, where it is a single row, over the units.
A single row is computed with the functions of Python's `math` and with sums from left to right,
the bias last: so a script of NumPy can repeat such a run to the last bit, and whoever changes the
order of a sum here, changes it in `training.export`.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
from numba.extending import register_jitable

from nnviz.nn.checks import FloatArray
from nnviz.nn.splitmix import DROPOUT
from nnviz.training.kernels import choices
from nnviz.training.kernels.elementary import exp
from nnviz.training.kernels.shuffling import drop, key_of

CHUNK: Final = 128
"""Rows that go through the network side by side; a larger batch goes in several chunks."""

# An index of this type does not count from the end of an array, and so needs no look at its sign.
_U: Final = np.uint64
_DROPOUT: Final = np.uint64(DROPOUT)
_SGD: Final = choices.OPTIMIZER_CODES.index("sgd")
_SOFTMAX: Final = choices.ACTIVATION_CODES.index("softmax")

_activate_one = choices.activations(vectorised=False)
_activate_many = choices.activations(vectorised=True)
_update = choices.updates()


@register_jitable(forceinline=True)
def _add_products(
    sums: FloatArray,
    to: int,
    start: float,
    values: FloatArray,
    first: int,
    stride: int,
    factors: FloatArray,
    factor: int,
    factor_stride: int,
    count: int,
    n: int,
) -> None:
    """Write a start plus `count` lines of `n` values, each times its factor, from left to right."""
    k = 0
    while k + 4 <= count:
        f0, f1 = factors[_U(factor)], factors[_U(factor + factor_stride)]
        f2, f3 = factors[_U(factor + 2 * factor_stride)], factors[_U(factor + 3 * factor_stride)]
        second = first + stride
        third = second + stride
        fourth = third + stride
        for r in range(n):
            before = start if k == 0 else sums[_U(to + r)]
            sums[_U(to + r)] = (
                before
                + values[_U(first + r)] * f0
                + values[_U(second + r)] * f1
                + values[_U(third + r)] * f2
                + values[_U(fourth + r)] * f3
            )
        k, first, factor = k + 4, fourth + stride, factor + 4 * factor_stride
    while k < count:
        f0 = factors[_U(factor)]
        for r in range(n):
            before = start if k == 0 else sums[_U(to + r)]
            sums[_U(to + r)] = before + values[_U(first + r)] * f0
        k, first, factor = k + 1, first + stride, factor + factor_stride


@register_jitable(forceinline=True)
def _softmax(a: FloatArray, here: int, n_units: int, n: int) -> None:
    """Make fractions of one of the weighted sums of every row."""
    for r in range(n):
        highest = a[here + r]
        for j in range(1, n_units):
            highest = max(highest, a[here + j * n + r])
        total = 0.0
        for j in range(n_units):
            grown = exp(a[here + j * n + r] - highest)
            a[here + j * n + r] = grown
            total += grown
        for j in range(n_units):
            a[here + j * n + r] /= total


@register_jitable(forceinline=True)
def _forward(
    sizes: npt.NDArray[np.int64],
    codes: npt.NDArray[np.int64],
    parameters: FloatArray,
    a: FloatArray,
    derivatives: FloatArray,
    keep: FloatArray,
    n: int,
) -> None:
    """Send n rows through all layers; the inputs stand at the beginning of `a`."""
    weights, below, n_layers = 0, 0, len(codes)
    for layer in range(n_layers):
        n_below, n_here = sizes[layer], sizes[layer + 1]
        here, bias = below + n_below * n, weights + n_below * n_here
        if n == 1:
            _add_products(a, here, 0.0, parameters, weights, n_here, a, below, 1, n_below, n_here)
            for j in range(n_here):
                a[_U(here + j)] += parameters[_U(bias + j)]
            _activate_one(codes[layer], a, derivatives, here, n_here)
        else:
            for j in range(n_here):
                to, start = here + j * n, parameters[_U(bias + j)]
                _add_products(
                    a, to, start, a, below, n, parameters, weights + j, n_here, n_below, n
                )
            _activate_many(codes[layer], a, derivatives, here, n_here * n)
        if codes[layer] == _SOFTMAX:
            _softmax(a, here, n_here, n)
        if len(keep) and layer < n_layers - 1:
            for k in range(here, here + n_here * n):
                a[k] *= keep[k]
                derivatives[k] *= keep[k]
        weights, below = bias + n_here, here


@register_jitable(forceinline=True)
def _add_weights_of_input(
    gradient: FloatArray,
    k: int,
    n_here: int,
    a: FloatArray,
    below: int,
    turned: FloatArray,
    n: int,
) -> None:
    """Add the gradient of the weights of one input, which stand side by side from `k` on.

    Eight sums at once: each waits for its own last addition only, and `turned`, the deltas row by
    row, gives neighbouring numbers to them.
    """
    j = 0
    while j + 8 <= n_here:
        s0, s1, s2, s3 = 0.0, 0.0, 0.0, 0.0
        s4, s5, s6, s7 = 0.0, 0.0, 0.0, 0.0
        for r in range(n):
            value, t = a[_U(below + r)], r * n_here + j
            s0 += value * turned[_U(t)]
            s1 += value * turned[_U(t + 1)]
            s2 += value * turned[_U(t + 2)]
            s3 += value * turned[_U(t + 3)]
            s4 += value * turned[_U(t + 4)]
            s5 += value * turned[_U(t + 5)]
            s6 += value * turned[_U(t + 6)]
            s7 += value * turned[_U(t + 7)]
        gradient[_U(k + j)] += s0
        gradient[_U(k + j + 1)] += s1
        gradient[_U(k + j + 2)] += s2
        gradient[_U(k + j + 3)] += s3
        gradient[_U(k + j + 4)] += s4
        gradient[_U(k + j + 5)] += s5
        gradient[_U(k + j + 6)] += s6
        gradient[_U(k + j + 7)] += s7
        j += 8
    while j < n_here:
        s0 = 0.0
        for r in range(n):
            s0 += a[_U(below + r)] * turned[_U(r * n_here + j)]
        gradient[_U(k + j)] += s0
        j += 1


@register_jitable(forceinline=True)
def _backward(
    sizes: npt.NDArray[np.int64],
    parameters: FloatArray,
    a: FloatArray,
    derivatives: FloatArray,
    delta: FloatArray,
    turned: FloatArray,
    gradient: FloatArray,
    scale: float,
    n: int,
) -> None:
    """Add the gradient of n rows, times a scale, from the last layer to the first."""
    here, weights = (sizes.sum() - sizes[-1]) * n, len(parameters)
    for layer in range(len(sizes) - 2, -1, -1):
        n_below, n_here = sizes[layer], sizes[layer + 1]
        below, bias = here - n_below * n, weights - n_here
        weights = bias - n_below * n_here
        if layer and n == 1:
            for i in range(n_below):
                total = 0.0
                for j in range(n_here):
                    total += parameters[_U(weights + i * n_here + j)] * delta[_U(here + j)]
                delta[_U(below + i)] = total * derivatives[_U(below + i)]
        elif layer:
            for i in range(n_below):
                to = below + i * n
                k = weights + i * n_here
                _add_products(delta, to, 0.0, delta, here, n, parameters, k, 1, n_here, n)
                for r in range(n):
                    delta[_U(to + r)] *= derivatives[_U(to + r)]
        for k in range(here, here + n_here * n):
            delta[_U(k)] *= scale
        if n == 1:
            for i in range(n_below):
                value, k = a[_U(below + i)], weights + i * n_here
                for j in range(n_here):
                    gradient[_U(k + j)] += value * delta[_U(here + j)]
            for j in range(n_here):
                gradient[_U(bias + j)] += delta[_U(here + j)]
        else:
            for j in range(n_here):
                total = 0.0
                for r in range(n):
                    value = delta[_U(here + j * n + r)]
                    turned[_U(r * n_here + j)] = value
                    total += value
                gradient[_U(bias + j)] += total
            for i in range(n_below):
                k = weights + i * n_here
                _add_weights_of_input(gradient, k, n_here, a, below + i * n, turned, n)
        here = below


@register_jitable(forceinline=True)
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
            sign = 1.0 if p > 0.0 else (-1.0 if p < 0.0 else 0.0)
            gradient[k] += l1 * sign + l2 * p


def train(
    inputs: FloatArray,
    targets: FloatArray,
    sizes: npt.NDArray[np.int64],
    codes: npt.NDArray[np.int64],
    is_weight: npt.NDArray[np.bool_],
    cancels: bool,
    rows: npt.NDArray[np.int32],
    starts: npt.NDArray[np.int64],
    rates: FloatArray,
    optimizer: int,
    t: int,
    l1: float,
    l2: float,
    dropout: float,
    seed: np.uint64,
    first_mask: int,
    every: int,
    first_note: int,
    parameters: FloatArray,
    states: FloatArray,
    path: FloatArray,
    states_path: FloatArray,
) -> bool:
    """Update `parameters` and `states` in place, once for each of the rates, and note them.

    Update k is made with the rows ``rows[starts[k] : starts[k + 1]]``. `t` is the number of the
    first update of the optimizer, `first_mask` that of the first update of the run. `cancels`
    says that the derivatives of loss and output activation cancel.

    Returns
    -------
    bool
        Whether every parameter was within `choices.HARMLESS` all the time.
    """
    most = 1
    for update in range(len(rates)):
        most = max(most, starts[update + 1] - starts[update])
    most = min(most, CHUNK)
    n_inputs, n_outputs, n_units = sizes[0], sizes[-1], sizes.sum()
    a, derivatives = np.zeros(n_units * most), np.zeros(n_units * most)
    delta, gradient = np.zeros(n_units * most), np.zeros(len(parameters))
    turned, keep = np.zeros(n_units * most), np.ones(n_units * most if dropout > 0.0 else 0)
    scaled = optimizer == _SGD and l1 == 0.0 and l2 == 0.0
    harmless, n_noted, until_note = True, 0, first_note
    for update in range(len(rates)):
        begin, stop = starts[update], starts[update + 1]
        # A step of plain gradient descent is scaled before it is summed up over the rows.
        scale, rate = (rates[update], 1.0) if scaled else (1.0, rates[update])
        for p in range(len(parameters)):
            gradient[p] = 0.0
        for at in range(begin, stop, CHUNK):
            n = min(CHUNK, stop - at)
            for r in range(n):
                row = rows[at + r]
                for i in range(n_inputs):
                    a[i * n + r] = inputs[row, i]
            if dropout > 0.0:
                key = key_of(seed, _DROPOUT, first_mask + update)
                drop(keep, n_inputs, n_units - n_outputs, at - begin, n, dropout, key)
            _forward(sizes, codes, parameters, a, derivatives, keep, n)
            out = (n_units - n_outputs) * n
            for r in range(n):
                row = rows[at + r]
                for j in range(n_outputs):
                    k = out + j * n + r
                    error = (a[k] - targets[row, j]) / float(stop - begin)
                    delta[k] = error if cancels else 2.0 * error * derivatives[k]
            _backward(sizes, parameters, a, derivatives, delta, turned, gradient, scale, n)
        if l1 > 0.0 or l2 > 0.0:
            _penalise(gradient, parameters, is_weight, l1, l2)
        if not _update(optimizer, parameters, gradient, states, rate, float(t + update)):
            harmless = False
        until_note -= 1
        if until_note == 0:
            path[n_noted] = parameters
            for i in range(states_path.shape[1]):
                states_path[n_noted, i] = states[i]
            n_noted, until_note = n_noted + 1, every
    return harmless
