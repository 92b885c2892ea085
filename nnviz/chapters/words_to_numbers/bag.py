"""A bag of words: how often each word occurs in each sentence, and nothing of their order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np

from nnviz.chapters.words_to_numbers.lemmas import lemmas
from nnviz.chapters.words_to_numbers.tokens import tokens
from nnviz.nn.checks import FloatArray, Frozen, items


@dataclass(frozen=True, eq=False)
class Bag(Frozen):
    """Counted words."""

    words: tuple[str, ...]  # one for each column, in alphabetical order; each once
    # (n_sentences, n_words): occurrences of the column's word in the row's sentence
    counts: FloatArray

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Index of the column of every word."""
        return MappingProxyType({word: place for place, word in enumerate(self.words)})

    @property
    def zeros(self) -> int:
        """Number of counts that are 0."""
        return int((self.counts == 0).sum())

    @property
    def zero_fraction(self) -> float:
        """Zeros as a fraction of all counts, 0 to 1; 0 where there are no counts."""
        return self.zeros / self.counts.size if self.counts.size else 0.0


def words_of(sentence: str, lemmatised: bool) -> tuple[str, ...]:
    """Return the words of a sentence in their order, as they stand or as lemmas."""
    words = tokens(sentence)
    return lemmas(words) if lemmatised else words


def bag(sentences: Sequence[str], lemmatised: bool) -> Bag:
    """Count the words of sentences; the columns are the words that occur.

    Raises TypeError or ValueError if one of them is no text, or is too long; see
    `tokens.tokens`. `lemmatised`: whether the forms of a word are counted together.
    """
    taken_apart = [words_of(sentence, lemmatised) for sentence in items(sentences, "sentences")]
    columns = tuple(sorted({word for words in taken_apart for word in words}))
    return counted(taken_apart, columns)


def counted(sentences: Sequence[Sequence[str]], columns: Sequence[str]) -> Bag:
    """Count given words in sentences; all other words are ignored.

    Parameters
    ----------
    sentences : sequence of sequences of str
        The words of each sentence.
    columns : sequence of str
        The words that are counted, each once.
    """
    places = {word: place for place, word in enumerate(columns)}
    counts = np.zeros((len(sentences), len(columns)))
    for row, words in enumerate(sentences):
        for word in words:
            if word in places:
                counts[row, places[word]] += 1
    return Bag(tuple(columns), counts)


def merged(bag: Bag) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the columns that lemmas bring together: each lemma of several words, and its forms.

    Both are in alphabetical order. The bag is one of words as they stand.
    """
    forms: dict[str, list[str]] = {}
    for word, base in zip(bag.words, lemmas(bag.words), strict=True):
        forms.setdefault(base, []).append(word)
    return tuple((base, tuple(forms[base])) for base in sorted(forms) if len(forms[base]) > 1)
