"""Lemmas: the form of a word under which a dictionary lists it, looked up by simplemma.

The dictionary is in the package, nothing is fetched. It is English, takes about a second to open,
and is opened when it is first asked for; `make_ready` does that beforehand.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from threading import Lock
from typing import Any, Final

LANGUAGE: Final = "en"

_ONE_AT_A_TIME: Final = Lock()


def lemma(word: str) -> str:
    """Return the lemma of a word, in lower case; an unknown word is its own lemma.

    The word is looked up without its context, so the lemma of "saw" is "see", even if it is a
    carpenter's.

    Raises
    ------
    TypeError
        If it is no text.
    """
    if not isinstance(word, str):
        raise TypeError(f"word must be a text, not {repr(word)[:40]}.")
    return _looked_up(word)


def lemmas(words: Sequence[str]) -> tuple[str, ...]:
    """Return the lemma of every word, in the same order."""
    return tuple(lemma(word) for word in words)


def make_ready() -> None:
    """Open the dictionary beforehand, so that nobody waits for it."""
    lemma("watches")


@lru_cache(maxsize=20_000)
def _looked_up(word: str) -> str:
    with _ONE_AT_A_TIME:
        lemmatizer = _opened()
    found = str(lemmatizer.lemmatize(word, lang=LANGUAGE)) if word else word
    return found.lower() or word


@cache
def _opened() -> Any:
    # Imported here, so that the dictionary is loaded only if lemmas are used.
    from simplemma import Lemmatizer

    opened = Lemmatizer()
    opened.lemmatize("watches", lang=LANGUAGE)
    return opened
