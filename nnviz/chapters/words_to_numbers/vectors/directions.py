"""Directions: an axis made of two words, and where others stand on it.

Its number for a word is the cosine to the one word of the pair minus the cosine to the other: the
dot product of the word with the difference of both, all vectors of length 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from nnviz.chapters.words_to_numbers.vectors.lookup import found, no_vector
from nnviz.data.vectors import word_vectors
from nnviz.nn.checks import FloatArray


@dataclass(frozen=True)
class Direction:
    """An axis from one word to another."""

    low: str
    high: str

    def of(self, words: Sequence[str]) -> FloatArray:
        """Return where words stand on the axis, shape (n,)."""
        cosines = word_vectors().of(words) @ word_vectors().of((self.low, self.high)).T
        return cosines[:, 1] - cosines[:, 0]


def direction(text: str) -> Direction:
    """Return the axis that two words make.

    Raises ValueError with what is wrong, as a sentence, if they are not two words with vectors.
    """
    words = found(text)
    if words.unknown:
        raise ValueError(no_vector(words.unknown))
    if len(words.words) != 2:
        n = len(words.words)
        has = "this is one word" if n == 1 else f"these are {n} words" if n else "there is none"
        raise ValueError(f"An axis needs two different words, such as “bad good”; {has}.")
    return Direction(*words.words)
