"""A network that reads a whole grid and gives four probabilities for every cell.

64 inputs, one for every cell and digit: 1 where that digit stands, 0 elsewhere. A hidden layer of
relu units. 64 outputs, four for each cell, which a softmax turns into probabilities. What the
cells and digits have to do with one another is nowhere written: it has to be learned.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.chapters.rules_or_learning.grids import N_CELLS, SIDE, IntArray
from nnviz.nn.checks import FloatArray
from nnviz.nn.initializers import glorot_uniform
from nnviz.nn.rng import generator

N_HIDDEN: Final = 64
SIZES: Final = (N_CELLS * SIDE, N_HIDDEN, N_CELLS * SIDE)
N_PARAMETERS: Final = (SIZES[0] + 1) * SIZES[1] + (SIZES[1] + 1) * SIZES[2]

# Products of so many rows are made by one thread: more threads would wait for each other where
# many people share a few processors.
_ROWS: Final = 64


def encoded(grids: npt.ArrayLike) -> FloatArray:
    """Return grids as inputs, shape (n_grids, 64): for each cell four numbers, one for a digit."""
    grids = np.asarray(grids)
    stands = grids[:, :, np.newaxis] == np.arange(1, SIDE + 1)
    return np.asarray(stands.reshape(len(grids), N_CELLS * SIDE), dtype=np.float64)


def start_parameters(seed: int) -> FloatArray:
    """Return random weights, shape (n_parameters,), in the order of `Network.parameters`."""
    network = glorot_uniform(SIZES, ("relu", "linear"), rng=generator(seed, "sudoku weights"))
    return network.parameters()


def layers_of(parameters: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return weights and bias of the hidden layer, then of the outputs: views, not copies."""
    n_inputs, n_hidden, n_outputs = SIZES
    ends = np.cumsum([n_inputs * n_hidden, n_hidden, n_hidden * n_outputs])
    weights_1, bias_1, weights_2, bias_2 = np.split(parameters, ends)
    return (
        weights_1.reshape(n_inputs, n_hidden), bias_1,
        weights_2.reshape(n_hidden, n_outputs), bias_2,
    )  # fmt: skip


def probabilities(parameters: FloatArray, grids: npt.ArrayLike) -> FloatArray:
    """Return the network's answer, shape (n_grids, 16, 4): what it gives each digit of each cell.

    Parameters
    ----------
    parameters : ndarray, shape (n_parameters,)
    grids : array_like of int, shape (n_grids, 16)
        0 for an empty cell.
    """
    weights_1, bias_1, weights_2, bias_2 = layers_of(parameters)
    inputs = encoded(grids)
    answer = []
    for i in range(0, len(inputs), _ROWS):
        hidden = np.maximum(inputs[i : i + _ROWS] @ weights_1 + bias_1, 0.0)
        answer.append(_softmax(hidden @ weights_2 + bias_2))
    return np.concatenate(answer)


def loss(answer: FloatArray, puzzles: npt.ArrayLike, answers: npt.ArrayLike) -> float:
    """Return the mean over the puzzles of the cross-entropy, summed over their empty cells.

    Parameters
    ----------
    answer : ndarray, shape (n_puzzles, 16, 4)
        What `probabilities` gave for the puzzles.
    puzzles, answers : array_like of int, shape (n_puzzles, 16)
    """
    puzzles, answers = np.asarray(puzzles), np.asarray(answers)
    given = np.take_along_axis(answer, answers[:, :, np.newaxis] - 1, axis=2)[:, :, 0]
    with np.errstate(divide="ignore"):
        return float(-np.log(given[puzzles == 0]).sum() / len(puzzles))


def gradient(
    parameters: FloatArray, inputs: FloatArray, targets: FloatArray, asked: FloatArray
) -> FloatArray:
    """Return the gradient of the `loss` by every parameter, shape (n_parameters,).

    Parameters
    ----------
    parameters : ndarray, shape (n_parameters,)
    inputs, targets : ndarray, shape (n_puzzles, 64)
        Puzzles and answers, both as `encoded`.
    asked : ndarray, shape (n_puzzles, 64)
        1 for the outputs of empty cells, 0 for those of filled ones.
    """
    weights_1, bias_1, weights_2, bias_2 = layers_of(parameters)
    layer_1 = inputs @ weights_1 + bias_1
    hidden = np.maximum(layer_1, 0.0)
    prediction = _softmax(hidden @ weights_2 + bias_2).reshape(targets.shape)
    # The slopes of cross-entropy and softmax cancel to this difference.
    derror_dlayer2 = (prediction - targets) * asked / len(inputs)
    derror_dlayer1 = (derror_dlayer2 @ weights_2.T) * (layer_1 > 0.0)
    return np.concatenate([
        (inputs.T @ derror_dlayer1).ravel(), derror_dlayer1.sum(axis=0),
        (hidden.T @ derror_dlayer2).ravel(), derror_dlayer2.sum(axis=0),
    ])  # fmt: skip


def share_right(answer: FloatArray, puzzles: IntArray, answers: IntArray) -> float:
    """Return the share of empty cells whose most probable digit is the right one, 0 to 1.

    Parameters
    ----------
    answer : ndarray, shape (n_puzzles, 16, 4)
        What `probabilities` gave for the puzzles.
    puzzles, answers : ndarray of int, shape (n_puzzles, 16)
    """
    right = answer.argmax(axis=2) + 1 == answers
    return float(right[puzzles == 0].mean())


def _softmax(scores: FloatArray) -> FloatArray:
    """Return probabilities of four digits for every cell, shape (n_grids, 16, 4)."""
    cells = scores.reshape(len(scores), N_CELLS, SIDE)
    # The largest is taken off first, so that no power is too large for float64.
    powers = np.exp(cells - cells.max(axis=2, keepdims=True))
    return np.asarray(powers / powers.sum(axis=2, keepdims=True))
