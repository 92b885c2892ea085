"""Tokens: the words of a text."""

import unicodedata
from typing import Final

MOST_CHARACTERS: Final = 2_000
"""Longest text: more would make a picture that nobody can read."""

_INNER: Final = "'’-"  # within a word they belong to it, as in don't and ice-cream


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text, in lower case and in their order.

    A word is a run of letters and digits of any script, with the marks that belong to them; an
    apostrophe or hyphen belongs to it if both its neighbours do. Everything else is left out:
    spaces, full stops, pictures. What is copied from a book or a page is the same word as what is
    typed: joined or ornate letters become plain ones, and signs that nobody sees (a soft hyphen,
    the direction of writing) part nothing.

    Parameters
    ----------
    text : str
        At most `MOST_CHARACTERS` characters.

    Raises
    ------
    TypeError
        If it is no text.
    ValueError
        If it is longer.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a text, not {repr(text)[:40]}.")
    if len(text) > MOST_CHARACTERS:
        raise ValueError(
            f"a text may have {MOST_CHARACTERS:,} characters at the most, but this one has "
            f"{len(text):,}. Make it shorter."
        )
    # One letter can be written as one character or as two: é, and e with an accent after it.
    seen = unicodedata.normalize("NFC", "".join(_as_typed(character) for character in text))
    text = unicodedata.normalize("NFC", seen.lower())
    words, word = [], ""
    for i, character in enumerate(text):
        if _is_inside(character, word) or _joins(text, i, word):
            word += "'" if character == "’" else character
        elif word:
            words.append(word)
            word = ""
    return (*words, word) if word else tuple(words)


def _as_typed(character: str) -> str:
    if unicodedata.category(character) == "Cf":
        return " " if character == "\u200b" else ""  # a space without width is a space
    return unicodedata.normalize("NFKC", character) if character.isalpha() else character


def _is_inside(character: str, word: str) -> bool:
    return character.isalnum() or (bool(word) and unicodedata.category(character)[0] == "M")


def _joins(text: str, i: int, word: str) -> bool:
    return bool(word) and text[i] in _INNER and i + 1 < len(text) and text[i + 1].isalnum()
