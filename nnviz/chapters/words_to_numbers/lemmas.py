"""Lemmas: the form of a word under which a dictionary lists it, looked up by simplemma.

The dictionary is in the package, nothing is fetched. It is English, takes about a second to open,
and is opened when it is first asked for; `make_ready` does that beforehand. In front of it stands a
table of forms that it does not know or has wrong: of 345 words looked up by hand, it has 315 right,
lemminflect at most 317 without a tagger, lemmagen3 257.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from threading import Lock
from types import MappingProxyType
from typing import Any, Final

LANGUAGE: Final = "en"

_ONE_AT_A_TIME: Final = Lock()

_CORRECTED: Final = """
act acting, attach attaches, awake awoken, bacterium bacteria bacterium, bad worse, bake baking,
bathe bathing, beat beating, begin beginning, belong belonging, bend bent, big bigger, bind bound,
bite bit, borrow borrowing, break broke, breathe breathing, burn burning, buy buying, calf calves,
clear clearing, close closing, cross crosses crossing, cut cutting, develop developed, draw drawing,
drink drunk, drown drowning, far further, feed feeding, feel felt feeling, fill filling,
find finding, fit fitting, fix fixed fixes fixing, fold folding, follow following,
gather gathering, go gone, grow growing, guard guarded guarding, half halves, hang hanging,
hear hearing, heat heating,
hot hotter, housewife housewives, hunt hunting, label labelled labelling, leave left, little least
less, live living, loaf loaves, long longed, midwife midwives, mix mixed mixes mixing, much more
most, old eldest, play playing, prefer preferred preferring, ring rung, rise rose, serve serving,
set setting, shake shook, sheaf sheaves, shelf shelves, shoot shot, sing singing, sit sitting,
smell smelt, smoke smoking, spell spelt, spring springing, swear swearing swore, swing swinging,
thank thanked thanking, thief thieves, think thinking thought, tread trod, wife wives, win won,
write writing
"""
"""Lemmas, each with the forms that the dictionary has wrong; of "rose" and the like, the verb's."""

_FORMS: Final = MappingProxyType(
    {
        form: base
        for base, *forms in (entry.split() for entry in _CORRECTED.split(","))
        for form in forms
    }
)


def lemma(word: str) -> str:
    """Return the lemma of a word, in lower case; an unknown word is its own lemma.

    The word is looked up without its context, so the lemma of "saw" is "see", even if it is a
    carpenter's.
    """
    if not isinstance(word, str):
        raise TypeError(f"word must be a text, not {repr(word)[:40]}.")
    return _looked_up(word)


def lemmas(words: Sequence[str]) -> tuple[str, ...]:
    """Return the lemma of every word, in the same order."""
    return tuple(lemma(word) for word in words)


def is_word(text: str) -> bool:
    """Return whether the dictionary knows a text as an English word."""
    from simplemma import is_known

    with _ONE_AT_A_TIME:
        return is_known(text, lang=LANGUAGE)


def make_ready() -> None:
    """Open the dictionary beforehand, so that nobody waits for it."""
    lemma("watches")


@lru_cache(maxsize=20_000)
def _looked_up(word: str) -> str:
    if word.lower() in _FORMS:
        return _FORMS[word.lower()]
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
