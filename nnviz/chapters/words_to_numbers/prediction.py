"""What the neuron predicts for a sentence, word by word: count times weight, added up.

With vectors, divided by the number of words as well: the mean of vectors weighs the mean.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from nnviz.chapters.words_to_numbers.bag import words_of
from nnviz.chapters.words_to_numbers.learning import WordsRun
from nnviz.chapters.words_to_numbers.vectors.lookup import LITTLE, vector_words
from nnviz.data.vectors import word_vectors
from nnviz.nn.activations import sigmoid
from nnviz.nn.checks import FloatArray, Frozen, integer


@dataclass(frozen=True)
class WordTerm:
    """The term that one word adds to the sum."""

    word: str  # the column: the word, or its lemma
    forms: tuple[str, ...]  # its forms in the sentence, each once
    # count, weight, product: ``product = count * weight``, with vectors divided by `n_averaged`
    count: float
    weight: float
    product: float


@dataclass(frozen=True)
class Decomposition:
    """The computation that leads from a sentence to a probability."""

    sentence: str
    # one for each word that has a column, in the order in which they first occur
    terms: tuple[WordTerm, ...]
    unknown: tuple[str, ...]  # words of the sentence that have no column, each once
    bias: float
    z: float  # sum of the products and the bias
    probability: float  # the sigmoid of z: of a good mood
    n_averaged: int = 1  # words that the products are divided by: 1 unless a mean is taken
    little: tuple[str, ...] = ()  # little words that do not count, each once; with vectors only

    @property
    def mood(self) -> int:
        """The predicted target: 1 from a probability of 0.5 on."""
        return int(self.probability >= 0.5)


def decompose(run: WordsRun, step: int, sentence: str) -> Decomposition:
    """Return what the neuron predicts at a step, word by word.

    Raises TypeError or ValueError if there is no such step, or the sentence is no text or too
    long.
    """
    step = integer(step, "step", 0, run.last_step)
    pairs = run.read(sentence)
    counts = Counter(column for _, column in pairs if run.knows(column))
    n = _n_averaged(run, counts)
    weights, bias = run.weights_of(list(counts), step).tolist(), float(run.parameters[step, -1])
    terms, z = [], 0.0
    for (word, count), weight in zip(counts.items(), weights, strict=True):
        forms = dict.fromkeys(form for form, column in pairs if column == word)
        product = count * weight / n
        terms.append(WordTerm(word, tuple(forms), float(count), weight, product))
        z += product
    z += bias
    unknown = dict.fromkeys(form for form, column in pairs if column not in counts)
    probability = float(sigmoid([z])[0])
    little: dict[str, None] = {}
    if run.config.vectors:
        little = dict.fromkeys(word for word in vector_words(sentence) if word in LITTLE)
    return Decomposition(
        sentence, tuple(terms), tuple(unknown), bias, z, probability, n, tuple(little)
    )


def _n_averaged(run: WordsRun, counts: Counter[str]) -> int:
    return max(counts.total(), 1) if run.config.vectors else 1


@dataclass(frozen=True, eq=False)
class DecompositionOverTime(Frozen):
    """The `Decomposition` of a sentence at every step of a run."""

    products: FloatArray  # (n_steps, n_terms): in the order of `Decomposition.terms`
    bias: FloatArray  # (n_steps,)
    z: FloatArray  # (n_steps,)
    probability: FloatArray  # (n_steps,)


def decompose_over_time(run: WordsRun, sentence: str) -> DecompositionOverTime:
    """Return the products, the sum and the probability of a sentence at every step."""
    counts = Counter(column for _, column in run.read(sentence) if run.knows(column))
    times = np.array(list(counts.values()), dtype=np.float64) / _n_averaged(run, counts)
    products = run.weights_of(list(counts)) * times
    bias = run.parameters[:, -1].copy()
    z = products.sum(axis=1) + bias
    return DecompositionOverTime(products, bias, z, sigmoid(z))


def same_bag(first: str, second: str, lemmatised: bool) -> bool:
    """Return whether two sentences hold the same words equally often, in whatever order."""
    return Counter(words_of(first, lemmatised)) == Counter(words_of(second, lemmatised))


def shown_words(run: WordsRun, n: int, near: str = "") -> tuple[str, ...]:
    """Return the words whose weights are drawn: the heaviest, or a new one and those nearest it."""
    if near:
        return (near, *(run.bag.words[column] for column, _ in nearest_learned(run, near, n)))
    return tuple(run.bag.words[column] for column in largest_weights(run, n))


def largest_weights(run: WordsRun, n: int) -> tuple[int, ...]:
    """Return the columns of the `n` largest weights at the end, the most positive first.

    Half of them are the most positive ones, half the most negative, as far as there are so many.
    """
    end = run.word_weights[-1]
    order = sorted(range(len(end)), key=lambda k: (-end[k], run.bag.words[k]))
    if len(order) <= n:
        return tuple(order)
    upper = n // 2
    return (*order[:upper], *order[len(order) - (n - upper) :])


def never_seen(run: WordsRun, sentence: str) -> str:
    """Return the word of a sentence that weighs most at the end of those no sentence held.

    Only vectors give such a word a weight; "" if there is none.
    """
    terms = decompose(run, run.last_step, sentence).terms
    new = [term for term in terms if term.word not in run.bag.places]
    return max(new, key=lambda term: abs(term.product)).word if new else ""


def nearest_learned(run: WordsRun, word: str, n: int) -> tuple[tuple[int, float], ...]:
    """Return the columns of the n learned words nearest to a word, each with its cosine."""
    vectors = word_vectors()
    cosines = vectors.of(run.bag.words) @ vectors.of([word])[0]
    order = np.argsort(-cosines, kind="stable")[:n]
    return tuple((int(column), float(cosines[column])) for column in order)
