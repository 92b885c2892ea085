"""Find the vectors of what a person types: its words, those that say little, those unknown."""

import difflib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from nnviz.chapters.words_to_numbers.lemmas import is_word
from nnviz.chapters.words_to_numbers.tokens import tokens
from nnviz.data.vectors import word_vectors

_LITTLE: Final = """
a an the and or but if of to in on at for from with by as so than then that this these those
am is are was were be been being do does did have has had will would because while until
i me my mine we us our ours you your yours he him his she her hers it its they them their theirs
who which what when whenever where there here
"""
LITTLE: Final = frozenset(_LITTLE.split())
"""Little words: they stand in almost every sentence and say next to nothing of its mood."""

NOT: Final = "n't"
"""What GloVe makes of the end of "don't"."""

_CONTRACTED: Final = (("can't", "can"), ("won't", "will"), ("shan't", "shall"))
_CLOSE: Final = 0.8  # of a spelling that is suggested, 0 to 1
_LONGEST: Final = 24  # characters of an unknown word that are shown
_MOST_NAMED: Final = 4


def vector_words(text: str) -> tuple[str, ...]:
    """Return the words of a text as the vectors have them, in their order; unknown ones as well.

    Contracted words and those with a hyphen are taken apart where only their parts have vectors:
    "isn't" is "is" and "n't", of "it's" remains "it".
    """
    return tuple(piece for word in tokens(text) for piece in _pieces(word))


def _pieces(word: str) -> tuple[str, ...]:
    known = word_vectors().places
    if word in known:
        return (word,)
    if word.endswith(NOT):
        return dict(_CONTRACTED).get(word, word.removesuffix(NOT)), NOT
    start, apostrophe, _ = word.partition("'")
    if apostrophe and start in known:
        return (start,)
    parts = tuple(word.split("-"))
    return parts if all(part in known for part in parts) else (word,)


@dataclass(frozen=True)
class Found:
    """The words of a list that a person typed."""

    words: tuple[str, ...]  # those that have a vector, each once
    unknown: tuple[str, ...]  # the others, each once


def found(text: str) -> Found:
    """Return which words of a text have a vector, and which have none."""
    each = dict.fromkeys(vector_words(text))
    known = word_vectors().places
    return Found(
        tuple(word for word in each if word in known),
        tuple(word for word in each if word not in known),
    )


@lru_cache(maxsize=1_000)
def suggestion(word: str) -> str:
    """Return the word with a vector that a misspelled one is meant to be; "" for none.

    A word that is spelled right, such as "hut", is not meant to be another.
    """
    parts = unicodedata.normalize("NFD", word)
    word = "".join(each for each in parts if not unicodedata.combining(each))
    if len(parts) > len(word) and word in word_vectors().places:
        return word  # no word of the vectors has an accent
    if len(word) > 30 or not word.isascii() or is_word(word):
        return ""
    # Of all words only those that could be as close: the rest costs time and finds nothing.
    alike = [each for each in word_vectors().words if abs(len(each) - len(word)) <= 2]
    near = difflib.get_close_matches(word, [w for w in alike if w[0] == word[0]], 1, _CLOSE)
    return near[0] if near else ""


def content(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words that have a vector and are no little words, in their order."""
    known = word_vectors().places
    return tuple(word for word in words if word in known and word not in LITTLE)


def no_vector(words: Sequence[str]) -> str:
    """Say which words have no vector, and what would be right."""
    quoted = [
        f"“{word if len(word) <= _LONGEST else word[: _LONGEST - 1] + '…'}”" for word in words
    ]
    shown = quoted if len(quoted) <= _MOST_NAMED else quoted[:_MOST_NAMED]
    more = len(quoted) - len(shown)
    names = ", ".join(shown) + (f" and {more} more" if more else "")
    close = [near for word in words[:_MOST_NAMED] if (near := suggestion(word))]
    try_ = f"Did you mean {', '.join(close)}?" if close else "Try another common word for it."
    have = "has" if len(words) == 1 else "have"
    return f"{names} {have} no vector: {len(word_vectors().words):,} English words have. {try_}"
