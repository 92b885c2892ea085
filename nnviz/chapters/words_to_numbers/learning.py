"""One neuron learns the mood of sentences from their words: the run, and every step of it.

Its inputs are the counts of words, or the mean of their vectors, little words left out. With
vectors a word has no weight of its own: it weighs what its vector gives with the 50 weights, so
words weigh something that no sentence held.

Every update is made from one sentence, in a new order in every epoch, by the compiled loops of
`nnviz.training`. With the cross-entropy each weight moves by the rate times the error times the
count of its word, so only the words of that sentence learn.

It uses the kernel and not a `Plan`: here each of more than a hundred words is a column, which a
sample has not, the held-out sentences are balanced by mood, all weights start at 0, and every step
is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.chapters.words_to_numbers.bag import Bag, bag, counted, words_of
from nnviz.chapters.words_to_numbers.sentences import SENTENCES, TARGETS
from nnviz.chapters.words_to_numbers.tokens import tokens
from nnviz.chapters.words_to_numbers.vectors.lookup import LITTLE, content, vector_words
from nnviz.data.vectors import word_vectors
from nnviz.nn.checks import FloatArray, Frozen, integer, items, number
from nnviz.nn.network import Layer, Network
from nnviz.nn.rng import LARGEST_SEED, generator
from nnviz.nn.splitmix import ORDER, key_of, shuffled
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.kernels.kernel import Kernel
from nnviz.training.row_order import batches

TEST_FRACTION: Final = 0.25
MOST_UPDATES: Final = 10_000
MOST_RATE: Final = 10.0
FEWEST: Final = 4


@dataclass(frozen=True)
class WordsConfig:
    """Everything that one training depends on: equal configs make equal runs."""

    lemmatised: bool = True  # whether the forms of a word are counted together
    learning_rate: float = 0.5
    updates: int = 2_000
    seed: int = 0  # seed of the split and of the order of the sentences
    # number of training sentences, half of them of each mood; None for all that are not held out
    n_train: int | None = None
    sentences: tuple[str, ...] = SENTENCES
    # 1 for a good mood, 0 for a bad one; the shipped sentences have 60 of each
    targets: tuple[int, ...] = TARGETS
    vectors: bool = False  # whether the inputs are mean vectors; then nothing is lemmatised

    def __post_init__(self) -> None:
        number(self.learning_rate, "learning_rate", 0.0, MOST_RATE)
        integer(self.updates, "updates", 1, MOST_UPDATES)
        integer(self.seed, "seed", 0, LARGEST_SEED)
        if self.vectors and self.lemmatised:
            raise ValueError("words of which the vectors are taken stay as they stand.")
        if len(items(self.sentences, "sentences")) != len(items(self.targets, "targets")):
            raise ValueError("there must be one target for each of the sentences.")
        fewest = min(self.targets.count(0), self.targets.count(1))
        if self.targets.count(0) + self.targets.count(1) < len(self.targets) or fewest < FEWEST:
            raise ValueError(f"targets must be 0 or 1, and each at least {FEWEST} times.")
        if self.n_train is not None:
            integer(self.n_train, "n_train", 2, 2 * (fewest - _held_out(fewest)))


@dataclass(frozen=True, eq=False)
class WordsSplit(Frozen):
    """The training sentences and the held-out ones."""

    # train, test: indices into `WordsConfig.sentences`; no sentence is in both
    train: npt.NDArray[np.int64]
    test: npt.NDArray[np.int64]


def split_of(config: WordsConfig) -> WordsSplit:
    """Hold out a quarter of the sentences of each mood, chosen by the seed.

    The sentences held out do not depend on `n_train`: growing it adds sentences to learn from.
    """
    targets, rng = np.array(config.targets), generator(config.seed, "sentences held out")
    train, test = [], []
    for target in (0, 1):
        own = rng.permutation(np.flatnonzero(targets == target))
        held_out = _held_out(len(own))
        test.append(own[:held_out])
        end = None if config.n_train is None else held_out + config.n_train // 2
        train.append(own[held_out:end])
    return WordsSplit(np.concatenate(train), np.concatenate(test))


def _held_out(n: int) -> int:
    return max(1, round(n * TEST_FRACTION))


@dataclass(frozen=True, eq=False)
class WordsRun(Frozen):
    """A recorded training. Step k is the state after k updates; at step 0 all parameters are 0."""

    config: WordsConfig
    split: WordsSplit
    bag: Bag  # the training sentences; from counts the neuron knows the words of its columns alone
    test_bag: Bag  # the held-out sentences, with the same columns; with vectors their own words
    # (updates + 1, n_inputs + 1): the weights, then the bias. Inputs are the columns of the bag, or
    # the numbers of a vector.
    parameters: FloatArray

    @property
    def last_step(self) -> int:
        """Number of updates, the last step."""
        return len(self.parameters) - 1

    @cached_property
    def targets(self) -> FloatArray:
        """Targets of the training sentences, shape (n_train,)."""
        return np.array(self.config.targets, dtype=np.float64)[self.split.train]

    @cached_property
    def test_targets(self) -> FloatArray:
        """Targets of the held-out sentences, shape (n_test,)."""
        return np.array(self.config.targets, dtype=np.float64)[self.split.test]

    def used_at(self, step: int) -> int | None:
        """Return the sentence of the update before a step, by its index; None at the start."""
        step = integer(step, "step", 0, self.last_step)
        if step == 0:
            return None
        return int(self.split.train[self.rows_used[step - 1]])

    @cached_property
    def rows_used(self) -> npt.NDArray[np.int64]:
        """Row of `bag` that each update was made from, shape (updates,)."""
        n, seed = len(self.split.train), self.config.seed
        epochs = [
            shuffled(n, key_of(seed, ORDER, epoch)) for epoch in range(-(-self.last_step // n))
        ]
        return np.concatenate(epochs)[: self.last_step].astype(np.int64)

    def read(self, sentence: str) -> list[tuple[str, str]]:
        """Return the words of a sentence that count, each with its column, in their order.

        The column is the word or its lemma, known or not. Little words do not count with vectors.
        """
        if self.config.vectors:
            return [(word, word) for word in vector_words(sentence) if word not in LITTLE]
        used = words_of(sentence, self.config.lemmatised)
        return list(zip(tokens(sentence), used, strict=True))

    def knows(self, column: str) -> bool:
        """Return whether a column weighs something: learned from, or with a vector."""
        return column in (word_vectors() if self.config.vectors else self.bag).places

    def weights_of(self, columns: Sequence[str], steps: slice | int = slice(None)) -> FloatArray:
        """Return what known columns weigh, shape (n_steps, n) or, at one step, (n,)."""
        weights = self.parameters[steps, :-1]
        if self.config.vectors:
            return np.asarray(weights @ word_vectors().of(columns).T)
        return weights[..., [self.bag.places[column] for column in columns]]

    @cached_property
    def word_weights(self) -> FloatArray:
        """What each column of the bag weighs at every step, shape (n_steps, n_words)."""
        return self.weights_of(self.bag.words)

    def accuracy(self, steps: npt.ArrayLike, *, test: bool) -> FloatArray:
        """Return the fraction of correct predictions at steps, shape (n_steps,).

        A probability of 0.5 or more predicts a good mood.
        """
        rows = inputs_of(self.test_bag if test else self.bag, self.config)
        targets = self.test_targets if test else self.targets
        parameters = self.parameters[np.asarray(steps)]
        z = parameters[:, :-1] @ rows.T + parameters[:, -1:]
        return np.asarray(((z >= 0) == (targets == 1)).mean(axis=1))


def inputs_of(rows: Bag, config: WordsConfig) -> FloatArray:
    """Return what the neuron is given: counts, or the mean of the vectors of a sentence's words.

    The vectors have length 1. Where no word has one, the mean is 0.
    """
    if not config.vectors:
        return rows.counts
    totals = np.maximum(rows.counts.sum(axis=1, keepdims=True), 1)
    return np.asarray(rows.counts @ word_vectors().of(rows.words) / totals)


def neuron(parameters: FloatArray) -> Network:
    """Return one sigmoid unit as a network, from its weights and, last, its bias."""
    weights = np.asarray(parameters[:-1])[:, np.newaxis]
    return Network((Layer(weights, parameters[-1:], "sigmoid"),))


def learn_words(config: WordsConfig) -> WordsRun:
    """Train one neuron from 0, and return the record of all its steps.

    Its columns are the words of the training sentences alone: the held-out ones must not be used,
    not even for their words.
    """
    split = split_of(config)
    texts, held_out = ([config.sentences[i] for i in rows] for rows in (split.train, split.test))
    if config.vectors:
        own, test = (_of_content(rows) for rows in (texts, held_out))
    else:
        own = bag(texts, config.lemmatised)
        test = counted([words_of(text, config.lemmatised) for text in held_out], own.words)
    targets = np.array([[float(config.targets[i])] for i in split.train])
    path = _walk(config, inputs_of(own, config), targets)
    return WordsRun(config, split, own, test, path)


def _of_content(texts: Sequence[str]) -> Bag:
    """Count the words of sentences that have a vector and are no little words."""
    words = [content(vector_words(text)) for text in texts]
    return counted(words, sorted({word for each in words for word in each}))


def _walk(config: WordsConfig, inputs: FloatArray, targets: FloatArray) -> FloatArray:
    """Make all updates and return the parameters of every step."""
    updates, start = config.updates, np.zeros(inputs.shape[1] + 1)
    kernel = Kernel(
        inputs,
        targets,
        (inputs.shape[1], 1),
        ("sigmoid",),
        "binary_cross_entropy",
        Hyperparameters(batch_size=1),
        config.seed,
    )
    rows, starts = batches(len(inputs), 1, config.seed, 0, updates)
    rates = np.full(updates, float(config.learning_rate))
    trained = kernel.train(start, np.zeros((0, len(start))), rows, starts, rates)
    return np.concatenate([start[np.newaxis], trained.path])
