"""A network that learns a game from solved games alone, by the same code whatever the rules are.

It reads a whole grid: 64 inputs, one for every cell and digit, 1 where that digit stands and 0
elsewhere. A hidden layer of relu units. 64 outputs, four for each cell, of which a softmax makes
probabilities. How the cells and digits depend on one another is nowhere written: it is learned.

It does not stand on `nnviz.training`: a plan's softmax is one over all outputs, this network has
sixteen, of which only those of empty cells count, and its rows are 20 puzzles of each game.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Final

import numpy as np
import numpy.typing as npt

from nnviz.chapters.rules_or_learning import games
from nnviz.chapters.rules_or_learning.grids import N_CELLS, SIDE, IntArray
from nnviz.nn.checks import Check, Checked, FloatArray, Frozen, integer
from nnviz.nn.initializers import glorot_uniform
from nnviz.nn.losses import softmax
from nnviz.nn.optimizers import OPTIMIZERS, step_of
from nnviz.nn.rng import LARGEST_SEED, generator

N_HIDDEN: Final = 64
SIZES: Final = (N_CELLS * SIDE, N_HIDDEN, N_CELLS * SIDE)
N_PARAMETERS: Final = (SIZES[0] + 1) * SIZES[1] + (SIZES[1] + 1) * SIZES[2]

UPDATES: Final = 600
BATCH_SIZE: Final = 32
LEARNING_RATE: Final = 0.01
OPTIMIZER: Final = "adam"
PER_GAME: Final = 20
PER_UNSEEN_GAME: Final = 4
KEPT_EVERY: Final = 10
"""Updates between two checkpoints."""
MEASURED: Final = 300
"""Training puzzles that are scored at each checkpoint, so that more games take no longer."""

# Products of so many rows are computed by one thread: more threads would wait for each other where
# many people share a few processors.
_ROWS: Final = 64


@dataclass(frozen=True)
class Config(Checked):
    """Everything that a training depends on: equal ones are bit-identical on one machine."""

    # solved games to learn from, 1 to 216
    n_games: Annotated[int, Check(integer, low=1, high=games.MOST_GAMES)] = 64
    # seed of the choice of games, their puzzles, the weights and the order of the batches
    seed: Annotated[int, Check(integer, low=0, high=LARGEST_SEED)] = 0


@dataclass(frozen=True, eq=False)
class Measured(Frozen):
    """Scores of a network at the checkpoints of its training."""

    steps: IntArray  # (n_checkpoints,): updates made
    # (n_checkpoints,): cross-entropy of a puzzle, summed over its empty cells
    train_loss: FloatArray
    # train_right, unseen_right: (n_checkpoints,): accuracy in puzzles of games that were learned
    # from, and of games never seen
    train_right: FloatArray
    unseen_right: FloatArray


def training_puzzles(every_game: IntArray, config: Config) -> games.Puzzles:
    """Return the puzzles that a network learns from, with their answers."""
    learned_from = games.trained_on(every_game, config.n_games, config.seed)
    rng = generator(config.seed, "sudoku puzzles")
    return games.puzzles_of(learned_from, every_game, PER_GAME, rng=rng)


def unseen_puzzles(every_game: IntArray) -> games.Puzzles:
    """Return the puzzles that every network is scored on: of games that are never trained on."""
    rng = generator(0, "sudoku puzzles never seen")
    return games.puzzles_of(games.held_out(every_game), every_game, PER_UNSEEN_GAME, rng=rng)


def encoded(grids: npt.ArrayLike) -> FloatArray:
    """Return grids one-hot encoded, shape (n_grids, 64): four inputs for each cell."""
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


def forward(parameters: FloatArray, inputs: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the hidden activations, shape (n_grids, 64), and the scores of every digit.

    Parameters
    ----------
    parameters : ndarray, shape (n_parameters,)
    inputs : ndarray, shape (n_grids, 64)
        Grids as `encoded`.

    Returns
    -------
    hidden : ndarray, shape (n_grids, 64)
    scores : ndarray, shape (n_grids, 16, 4)
        The softmax of the last axis gives the probabilities.
    """
    weights_1, bias_1, weights_2, bias_2 = layers_of(parameters)
    hidden = np.maximum(inputs @ weights_1 + bias_1, 0.0)
    return hidden, (hidden @ weights_2 + bias_2).reshape(len(inputs), N_CELLS, SIDE)


def probabilities(parameters: FloatArray, grids: npt.ArrayLike) -> FloatArray:
    """Return the predicted probability of each digit of each cell, shape (n_grids, 16, 4).

    ``parameters`` have the shape (n_parameters,), ``grids`` (n_grids, 16); 0 is an empty cell.
    """
    inputs = encoded(grids)
    blocks = (inputs[i : i + _ROWS] for i in range(0, len(inputs), _ROWS))
    return np.concatenate([softmax(forward(parameters, block)[1]) for block in blocks])


def loss(prediction: FloatArray, puzzles: npt.ArrayLike, answers: npt.ArrayLike) -> float:
    """Return the mean over the puzzles of the cross-entropy, summed over their empty cells.

    ``prediction`` holds the `probabilities` for the puzzles, shape (n_puzzles, 16, 4); ``puzzles``
    and ``answers`` have the shape (n_puzzles, 16).
    """
    puzzles, answers = np.asarray(puzzles), np.asarray(answers)
    given = np.take_along_axis(prediction, answers[:, :, np.newaxis] - 1, axis=2)[:, :, 0]
    with np.errstate(divide="ignore"):
        return float(-np.log(given[puzzles == 0]).sum() / len(puzzles))


def accuracy(prediction: FloatArray, puzzles: IntArray, answers: IntArray) -> float:
    """Return the fraction of empty cells whose most probable digit is right; see `loss`."""
    right = prediction.argmax(axis=2) + 1 == answers
    return float(right[puzzles == 0].mean())


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
    hidden, scores = forward(parameters, inputs)
    prediction = softmax(scores).reshape(targets.shape)
    # The derivatives of cross-entropy and softmax simplify to this difference.
    derror_dlayer2 = (prediction - targets) * asked / len(inputs)
    derror_dlayer1 = (derror_dlayer2 @ layers_of(parameters)[2].T) * (hidden > 0.0)
    return np.concatenate([
        (inputs.T @ derror_dlayer1).ravel(), derror_dlayer1.sum(axis=0),
        (hidden.T @ derror_dlayer2).ravel(), derror_dlayer2.sum(axis=0),
    ])  # fmt: skip


def checkpoints(puzzles: games.Puzzles, config: Config) -> Iterator[FloatArray]:
    """Train the network; yield its parameters at the start and after every `KEPT_EVERY` updates.

    Nothing is given but puzzles and answers: this is all that the network learns from.

    Parameters
    ----------
    config : Config
        Its seed decides the weights and the order of the batches.
    """
    inputs, targets = encoded(puzzles.puzzles), encoded(puzzles.answers)
    asked = np.repeat(puzzles.puzzles == 0, SIDE, axis=1).astype(np.float64)
    batches = generator(config.seed, "sudoku batches").integers(
        len(inputs), size=(UPDATES, BATCH_SIZE)
    )
    parameters = start_parameters(config.seed)
    optimizer_state = np.zeros((OPTIMIZERS[OPTIMIZER].n_states, N_PARAMETERS))
    yield parameters
    for update, batch in enumerate(batches, 1):
        slope = gradient(parameters, inputs[batch], targets[batch], asked[batch])
        step, optimizer_state = step_of(OPTIMIZER, slope, optimizer_state, LEARNING_RATE, update)
        parameters = parameters - step
        if update % KEPT_EVERY == 0:
            yield parameters


def learned(every_game: IntArray, config: Config) -> FloatArray:
    """Train a network to the end, and return its parameters, shape (n_parameters,)."""
    *_, last = checkpoints(training_puzzles(every_game, config), config)
    return last


def unseen_accuracy(every_game: IntArray, parameters: FloatArray) -> float:
    """Return the `accuracy` of a network in puzzles of games never seen."""
    unseen = unseen_puzzles(every_game)
    return accuracy(probabilities(parameters, unseen.puzzles), unseen.puzzles, unseen.answers)


def measure(every_game: IntArray, config: Config, parameters: FloatArray) -> Measured:
    """Score the checkpoints of a training, in puzzles learned from and of games never seen.

    ``every_game`` has the shape (n, 16), ``parameters`` (n_checkpoints, n_parameters): those at
    the start and after every `KEPT_EVERY` updates.
    """
    train, unseen = training_puzzles(every_game, config), unseen_puzzles(every_game)
    every = max(1, len(train.puzzles) // MEASURED)
    puzzles, answers = train.puzzles[::every], train.answers[::every]
    scores = []
    for each in parameters:
        prediction, of_unseen = probabilities(each, puzzles), probabilities(each, unseen.puzzles)
        scores.append((
            loss(prediction, puzzles, answers),
            accuracy(prediction, puzzles, answers),
            accuracy(of_unseen, unseen.puzzles, unseen.answers),
        ))  # fmt: skip
    return Measured(KEPT_EVERY * np.arange(len(parameters)), *np.array(scores).T.copy())
