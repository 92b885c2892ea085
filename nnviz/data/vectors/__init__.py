"""Word vectors: 50 numbers for each of 10,000 English words, cut from GloVe 6B.

Numbers with which a program has placed words, so that words used in similar ways are near each
other. They say what was written in Wikipedia and newspapers, prejudices included.

`numbers.npy` holds them times `PER_UNIT`, rounded; `words.txt` the words, the most frequent first;
`LICENSE.txt` credit and licence. `scripts/word_vectors.py` has made them: do not edit them by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, Frozen, integer

FOLDER: Final = Path(__file__).parent
PER_UNIT: Final = 26
"""The one scale: a stored 26 is a 1 of GloVe."""

WIDTH: Final = 50
"""Numbers of a word."""


@dataclass(frozen=True, eq=False)
class WordVectors(Frozen):
    """Words and their vectors, of which the direction counts and not the length."""

    words: tuple[str, ...]  # the most frequent first; each once
    stored: npt.NDArray[np.int8]  # (n_words, WIDTH): GloVe's numbers times `PER_UNIT`

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Index of every word."""
        return MappingProxyType({word: place for place, word in enumerate(self.words)})

    @cached_property
    def unit(self) -> FloatArray:
        """Vectors of length 1, shape (n_words, WIDTH): their dot products are cosines."""
        return unit(self.stored)

    def of(self, words: Sequence[str]) -> FloatArray:
        """Return the vectors of length 1 of words, shape (n, WIDTH).

        Raises KeyError for a word that has none.
        """
        return np.asarray(self.unit[[self.places[word] for word in words]])

    def nearest(
        self, vector: FloatArray, n: int, without: Sequence[str] = ()
    ) -> tuple[tuple[str, float], ...]:
        """Return the n words nearest by cosine to a vector, the nearest first, each with it."""
        integer(n, "n", 1, len(self.words) - len(without))
        cosines = self.unit @ unit(vector)
        cosines[[self.places[word] for word in without if word in self.places]] = -np.inf
        # Of equal ones the more frequent word comes first.
        order = np.argsort(-cosines, kind="stable")[:n]
        return tuple((self.words[place], float(cosines[place])) for place in order)


def unit(vectors: npt.ArrayLike) -> FloatArray:
    """Return vectors with their length made 1; those of length 0 stay as they are."""
    vectors = np.asarray(vectors, dtype=np.float64)
    lengths = np.sqrt((vectors**2).sum(axis=-1, keepdims=True))
    return np.asarray(vectors / np.where(lengths == 0, 1.0, lengths))


@cache
def word_vectors() -> WordVectors:
    """Return the shipped vectors, read once."""
    words = (FOLDER / "words.txt").read_text(encoding="utf-8").splitlines()
    stored = np.load(FOLDER / "numbers.npy", allow_pickle=False)
    stored.setflags(write=False)
    return WordVectors(tuple(words), stored)
