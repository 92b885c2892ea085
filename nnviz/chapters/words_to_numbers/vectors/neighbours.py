"""The nearest words to a word, or to a sum of words such as king - man + woman."""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from nnviz.chapters.words_to_numbers.tokens import tokens
from nnviz.chapters.words_to_numbers.vectors.lookup import no_vector, vector_words
from nnviz.data.vectors import unit, word_vectors
from nnviz.nn.checks import FloatArray, Frozen

N_NEAREST: Final = 10
MOST_TERMS: Final = 12

# A hyphen with a letter on both sides belongs to the word.
_SIGN: Final = re.compile(r"([+−–—]|(?<!\w)-|-(?!\w))")
_NOT_READ: Final = re.compile(r"[*×·/÷=^()\[\]{}<>]")


@dataclass(frozen=True)
class WordSum:
    """Words with the signs with which their vectors are added up."""

    terms: tuple[tuple[int, str], ...]  # +1 or -1, and the word

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are put in, each once."""
        return tuple(dict.fromkeys(word for _, word in self.terms))

    @property
    def text(self) -> str:
        """The sum as it is written, such as king − man + woman."""
        text = "".join(f" {'+' if sign > 0 else '−'} {word}" for sign, word in self.terms)
        return text.removeprefix(" + ").removeprefix(" ")

    @property
    def vector(self) -> FloatArray:
        """The sum of the vectors of length 1, shape (WIDTH,)."""
        signs = np.array([sign for sign, _ in self.terms], dtype=np.float64)
        return np.asarray(signs @ word_vectors().of([word for _, word in self.terms]))


def word_sum(text: str) -> WordSum:
    """Return the sum that a person typed: words with + and - between them, + where there is none.

    A hyphen within a word is no sign; whoever means one is told of it by `hyphenated`.

    Raises ValueError with what is wrong, as a sentence, if a word has no vector, if there are none
    or too many, if they cancel each other out, or if something else stands between them than + and
    -, which would be read wrongly.
    """
    other = _NOT_READ.search(text)
    if other:
        raise ValueError(
            f"“{other[0]}” is not read here: put + or - before each word, such as king - man + "
            "woman."
        )
    pieces = _SIGN.split(text)
    if any(not piece.strip() for piece in pieces[2:-1:2]):
        raise ValueError("There are two signs beside each other: put one + or - before each word.")
    signs = [1, *(1 if sign == "+" else -1 for sign in pieces[1::2])]
    terms = []
    for sign, piece in zip(signs, pieces[::2], strict=True):
        for i, token in enumerate(tokens(piece)):
            # A sign is that of the word behind it, and of all parts of that word.
            terms += [(1 if i else sign, word) for word in vector_words(token)]
    unknown = tuple(dict.fromkeys(w for _, w in terms if w not in word_vectors().places))
    if unknown:
        raise ValueError(no_vector(unknown))
    if not terms:
        raise ValueError("There is no word here. Write one, such as “good”.")
    if len(terms) > MOST_TERMS:
        raise ValueError(f"These are {len(terms)} words, and {MOST_TERMS} are the most for a sum.")
    made = WordSum(tuple(terms))
    if float(np.abs(made.vector).max()) < 1e-9:
        raise ValueError("These words cancel each other out: their sum is 0 and points nowhere.")
    return made


def hyphenated(text: str) -> str:
    """Return the first word of a text that is taken apart at its hyphen, or "" for none."""
    return next((w for w in tokens(text) if "-" in w and len(vector_words(w)) > 1), "")


@dataclass(frozen=True, eq=False)
class Neighbours(Frozen):
    """A sum of words and the words nearest to it."""

    asked: WordSum
    left_out: bool  # whether the words that were put in are no candidates
    nearest: tuple[tuple[str, float], ...]  # the nearest first, each with its cosine
    # another word, its cosine, and its place among the candidates; None if it is left out itself
    compared: tuple[str, float, int | None] | None

    @property
    def n_candidates(self) -> int:
        """Number of words of which the nearest are the first."""
        left_out = len(self.asked.words) if self.left_out else 0
        return len(word_vectors().words) - left_out


def neighbours(asked: WordSum, left_out: bool, against: str = "") -> Neighbours:
    """Return the words nearest to a sum, with or without those put in; and where another stands."""
    without = asked.words if left_out else ()
    vectors = word_vectors()
    compared = None
    if against:
        cosines = vectors.unit @ unit(asked.vector)
        own = float(cosines[vectors.places[against]])
        nearer = {vectors.words[i] for i in np.flatnonzero(cosines > own)}.difference(without)
        compared = against, own, None if against in without else len(nearer) + 1
    nearest = vectors.nearest(asked.vector, N_NEAREST, without)
    return Neighbours(asked, left_out, nearest, compared)


def cosine(first: str, second: str) -> float:
    """Return how well the vectors of two words agree in direction, from -1 to 1."""
    pair = word_vectors().of([first, second])
    return float(pair[0] @ pair[1])
