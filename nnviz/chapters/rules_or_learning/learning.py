"""Learning a game from solved games alone, by the same code whatever its rules are."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from nnviz.chapters.rules_or_learning.games import MOST_GAMES, held_out, trained_on
from nnviz.chapters.rules_or_learning.grids import IntArray
from nnviz.chapters.rules_or_learning.network import (
    N_PARAMETERS,
    encoded,
    gradient,
    loss,
    probabilities,
    share_right,
    start_parameters,
)
from nnviz.chapters.rules_or_learning.puzzles import Puzzles, puzzles_of
from nnviz.nn.checks import FloatArray, freeze, integer
from nnviz.nn.optimizers import OPTIMIZERS, step_of
from nnviz.nn.rng import LARGEST_SEED, generator

UPDATES: Final = 600
BATCH_SIZE: Final = 32
LEARNING_RATE: Final = 0.01
OPTIMIZER: Final = "adam"
PER_GAME: Final = 20
PER_UNSEEN_GAME: Final = 4
LEG: Final = 100
"""Updates that are made at a stretch, so that a page can answer in between."""
KEPT_EVERY: Final = 10
"""Updates between two moments that are kept."""
MEASURED: Final = 300
"""Training puzzles that a measurement looks at, so that it takes no longer for more games."""


@dataclass(frozen=True)
class Lesson:
    """One training: equal lessons from the same games make bit-identical runs on one machine.

    Attributes
    ----------
    n_games : int
        Solved games to learn from, 1 to 216.
    seed : int
        Of the choice of games, the puzzles made of them, the weights and the order of the rows.

    Raises
    ------
    TypeError, ValueError
        With a sentence that says what is wrong and what would be right.
    """

    n_games: int = 64
    seed: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "n_games", integer(self.n_games, "n_games", 1, MOST_GAMES))
        object.__setattr__(self, "seed", integer(self.seed, "seed", 0, LARGEST_SEED))


@dataclass(frozen=True, eq=False)
class Leg:
    """A stretch of a training.

    Attributes
    ----------
    last : int
        Updates made so far.
    parameters : ndarray, shape (n_parameters,)
    memory : ndarray, shape (n_memories, n_parameters)
        What the optimiser remembers.
    moments : ndarray, shape (n_moments, n_parameters)
        The parameters after every `KEPT_EVERY` updates of the stretch; the first stretch begins
        with those before any update.
    """

    last: int
    parameters: FloatArray
    memory: FloatArray
    moments: FloatArray

    def __post_init__(self) -> None:
        freeze(self)


@dataclass(frozen=True, eq=False)
class Measured:
    """What a network made of its games, at some moments of its training.

    Attributes
    ----------
    steps : ndarray of int, shape (n_moments,)
        Updates made.
    train_loss : ndarray, shape (n_moments,)
        Cross-entropy of a puzzle, summed over its empty cells.
    train_right, unseen_right : ndarray, shape (n_moments,)
        Share of empty cells answered right, in puzzles of games that were learned from and of
        games never seen.
    """

    steps: IntArray
    train_loss: FloatArray
    train_right: FloatArray
    unseen_right: FloatArray

    def __post_init__(self) -> None:
        freeze(self)


def training_puzzles(every_game: IntArray, lesson: Lesson) -> Puzzles:
    """Return what a network learns from: puzzles of its games, with their answers."""
    games = trained_on(every_game, lesson.n_games, lesson.seed)
    rng = generator(lesson.seed, "sudoku puzzles")
    return puzzles_of(games, every_game, PER_GAME, rng=rng)


def unseen_puzzles(every_game: IntArray) -> Puzzles:
    """Return what every network is scored on: puzzles of games that are never trained on."""
    rng = generator(0, "sudoku puzzles never seen")
    return puzzles_of(held_out(every_game), every_game, PER_UNSEEN_GAME, rng=rng)


def begin(lesson: Lesson) -> Leg:
    """Return the network before its first update."""
    parameters = start_parameters(lesson.seed)
    memory = np.zeros((OPTIMIZERS[OPTIMIZER].n_memories, N_PARAMETERS))
    return Leg(0, parameters, memory, parameters[np.newaxis].copy())


def go_on(before: Leg, puzzles: Puzzles, lesson: Lesson, n_updates: int = LEG) -> Leg:
    """Make some more updates, each by the gradient of a batch of puzzles.

    Nothing is given but puzzles and answers: this is the whole of what the network learns by.

    Parameters
    ----------
    before : Leg
    puzzles : Puzzles
    lesson : Lesson
    n_updates : int
        A multiple of `KEPT_EVERY`.
    """
    inputs, targets = encoded(puzzles.puzzles), encoded(puzzles.answers)
    asked = np.repeat(puzzles.puzzles == 0, 4, axis=1).astype(np.float64)
    order = generator(lesson.seed, "sudoku batches").integers(
        len(inputs), size=(UPDATES, BATCH_SIZE)
    )
    parameters, memory = before.parameters, before.memory
    moments = [] if before.last else [parameters]
    for update in range(before.last, min(before.last + n_updates, UPDATES)):
        batch = order[update]
        slope = gradient(parameters, inputs[batch], targets[batch], asked[batch])
        step, memory = step_of(OPTIMIZER, slope, memory, LEARNING_RATE, update + 1)
        parameters = parameters - step
        if (update + 1) % KEPT_EVERY == 0:
            moments.append(parameters)
    last = min(before.last + n_updates, UPDATES)
    return Leg(last, parameters, memory, np.array(moments))


def learned(every_game: IntArray, lesson: Lesson) -> Leg:
    """Return a network after all its updates; its moments are those of the whole training."""
    puzzles = training_puzzles(every_game, lesson)
    return go_on(begin(lesson), puzzles, lesson, UPDATES)


def measure(every_game: IntArray, lesson: Lesson, moments: FloatArray, first: int = 0) -> Measured:
    """Score moments of a training, on puzzles that were learned from and on games never seen.

    Parameters
    ----------
    every_game : ndarray of int, shape (n, 16)
    lesson : Lesson
    moments : ndarray, shape (n_moments, n_parameters)
    first : int
        The update of the first moment; the others follow every `KEPT_EVERY`.
    """
    train, unseen = training_puzzles(every_game, lesson), unseen_puzzles(every_game)
    every = max(1, len(train.puzzles) // MEASURED)
    puzzles, answers = train.puzzles[::every], train.answers[::every]
    losses, right, unseen_right = [], [], []
    for parameters in moments:
        answer = probabilities(parameters, puzzles)
        losses.append(loss(answer, puzzles, answers))
        right.append(share_right(answer, puzzles, answers))
        answer = probabilities(parameters, unseen.puzzles)
        unseen_right.append(share_right(answer, unseen.puzzles, unseen.answers))
    steps = first + KEPT_EVERY * np.arange(len(moments))
    return Measured(steps, np.array(losses), np.array(right), np.array(unseen_right))
