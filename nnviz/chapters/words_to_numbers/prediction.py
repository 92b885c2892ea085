"""What the neuron predicts for a sentence, word by word: count times weight, added up."""

from collections import Counter
from dataclasses import dataclass

from nnviz.chapters.words_to_numbers.bag import counted, words_of
from nnviz.chapters.words_to_numbers.learning import WordsRun
from nnviz.chapters.words_to_numbers.tokens import tokens
from nnviz.nn.activations import sigmoid
from nnviz.nn.checks import FloatArray, Frozen, integer


@dataclass(frozen=True)
class WordTerm:
    """The term that one word adds to the sum."""

    word: str  # the column: the word, or its lemma
    forms: tuple[str, ...]  # its forms in the sentence, each once
    # count, weight, product: ``product = count * weight``
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
    words, used = tokens(sentence), words_of(sentence, run.config.lemmatised)
    counts, places = Counter(used), run.bag.places
    *weights, bias = run.parameters[step].tolist()
    terms, z = [], 0.0
    pairs = list(zip(words, used, strict=True))
    for word in dict.fromkeys(used):
        if word not in places:
            continue
        forms = dict.fromkeys(form for form, column in pairs if column == word)
        count, weight = float(counts[word]), weights[places[word]]
        terms.append(WordTerm(word, tuple(forms), count, weight, count * weight))
        z += count * weight
    z += bias
    unknown = dict.fromkeys(form for form, column in pairs if column not in places)
    probability = float(sigmoid([z])[0])
    return Decomposition(sentence, tuple(terms), tuple(unknown), bias, z, probability)


@dataclass(frozen=True, eq=False)
class DecompositionOverTime(Frozen):
    """The `Decomposition` of a sentence at every step of a run."""

    products: FloatArray  # (n_steps, n_terms): in the order of `Decomposition.terms`
    bias: FloatArray  # (n_steps,)
    z: FloatArray  # (n_steps,)
    probability: FloatArray  # (n_steps,)


def decompose_over_time(run: WordsRun, sentence: str) -> DecompositionOverTime:
    """Return the products, the sum and the probability of a sentence at every step."""
    used = words_of(sentence, run.config.lemmatised)
    known = [word for word in dict.fromkeys(used) if word in run.bag.places]
    columns = [run.bag.places[word] for word in known]
    products = run.parameters[:, columns] * counted([used], known).counts
    bias = run.parameters[:, -1].copy()
    z = products.sum(axis=1) + bias
    return DecompositionOverTime(products, bias, z, sigmoid(z))


def same_bag(first: str, second: str, lemmatised: bool) -> bool:
    """Return whether two sentences hold the same words equally often, in whatever order."""
    return Counter(words_of(first, lemmatised)) == Counter(words_of(second, lemmatised))


def largest_weights(run: WordsRun, n: int) -> tuple[int, ...]:
    """Return the columns of the `n` largest weights at the end, the most positive first.

    Half of them are the most positive ones, half the most negative, as far as there are so many.
    """
    end = run.parameters[-1, :-1]
    order = sorted(range(len(end)), key=lambda k: (-end[k], run.bag.words[k]))
    if len(order) <= n:
        return tuple(order)
    upper = n // 2
    return (*order[:upper], *order[len(order) - (n - upper) :])
