"""A neuron's answer to a sentence, taken apart word by word: count times weight, added up."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nnviz.chapters.words_to_numbers.bag import counted, words_of
from nnviz.chapters.words_to_numbers.learning import WordsRun
from nnviz.chapters.words_to_numbers.tokens import tokens
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import FloatArray, floats, freeze, integer


@dataclass(frozen=True)
class WordPart:
    """What one word adds to the sum.

    Attributes
    ----------
    word : str
        The column: the word, or its lemma.
    forms : tuple of str
        As it stands in the sentence, each form once.
    count, weight, product : float
        ``product = count * weight``.
    """

    word: str
    forms: tuple[str, ...]
    count: float
    weight: float
    product: float


@dataclass(frozen=True)
class WordsAnswer:
    """The way from a sentence to a probability.

    Attributes
    ----------
    sentence : str
    parts : tuple of WordPart
        The words that the neuron knows, in the order in which they first come.
    unknown : tuple of str
        Words of the sentence that it does not know, as they stand there, each once.
    bias : float
    z : float
        The products and the bias, added up.
    probability : float
        The sigmoid of z: of a good mood.
    """

    sentence: str
    parts: tuple[WordPart, ...]
    unknown: tuple[str, ...]
    bias: float
    z: float
    probability: float

    @property
    def mood(self) -> int:
        """The target that it decides for: 1 from a probability of 0.5 on."""
        return int(self.probability >= 0.5)


def take_apart(run: WordsRun, step: int, sentence: str) -> WordsAnswer:
    """Return what the neuron answers at a step, word by word.

    Raises
    ------
    TypeError, ValueError
        If there is no such step, or the sentence is no text or too long.
    """
    step = integer(step, "step", 0, run.last_step)
    words, used = tokens(sentence), words_of(sentence, run.config.lemmatised)
    counts, places = Counter(used), run.bag.places
    parameters = run.parameters[step]
    parts, z = [], 0.0
    for word in dict.fromkeys(used):
        if word not in places:
            continue
        forms = dict.fromkeys(w for w, lemma in zip(words, used, strict=True) if lemma == word)
        weight = float(parameters[places[word]])
        product = counts[word] * weight
        parts.append(WordPart(word, tuple(forms), float(counts[word]), weight, product))
        z += product
    bias = float(parameters[-1])
    z += bias
    unknown = (w for w, lemma in zip(words, used, strict=True) if lemma not in places)
    probability = float(ACTIVATIONS["sigmoid"].value(floats([z], "z"))[0])
    return WordsAnswer(sentence, tuple(parts), tuple(dict.fromkeys(unknown)), bias, z, probability)


@dataclass(frozen=True, eq=False)
class AnswersOverTime:
    """The same answer at every step of a run.

    Attributes
    ----------
    products : ndarray, shape (n_steps, n_parts)
        In the order of `WordsAnswer.parts`.
    bias, z, probability : ndarray, shape (n_steps,)
    """

    products: FloatArray
    bias: FloatArray
    z: FloatArray
    probability: FloatArray

    def __post_init__(self) -> None:
        freeze(self)


def over_time(run: WordsRun, sentence: str) -> AnswersOverTime:
    """Return what every word of a sentence adds at every step, and what comes of it."""
    used = words_of(sentence, run.config.lemmatised)
    known = [word for word in dict.fromkeys(used) if word in run.bag.places]
    columns = [run.bag.places[word] for word in known]
    products = run.parameters[:, columns] * counted([used], known).counts
    bias = run.parameters[:, -1].copy()
    z = products.sum(axis=1) + bias
    return AnswersOverTime(products, bias, z, ACTIVATIONS["sigmoid"].value(z))


def same_bag(first: str, second: str, lemmatised: bool) -> bool:
    """Return whether two sentences hold the same words equally often, in whatever order."""
    return Counter(words_of(first, lemmatised)) == Counter(words_of(second, lemmatised))


def heaviest(run: WordsRun, n: int) -> tuple[int, ...]:
    """Return the columns of the ``n`` words that weigh most at the end, the most positive first.

    Half of them speak for a good mood, half for a bad one, as far as there are so many.
    """
    end = run.parameters[-1, :-1]
    order = sorted(range(len(end)), key=lambda k: (-end[k], run.bag.words[k]))
    if len(order) <= n:
        return tuple(order)
    upper = n // 2
    return (*order[:upper], *order[len(order) - (n - upper) :])


def n_moved(run: WordsRun, step: int, columns: Sequence[int]) -> int:
    """Return how many of some weights the update before a step has moved."""
    if step == 0:
        return 0
    return int((run.parameters[step, columns] != run.parameters[step - 1, columns]).sum())
