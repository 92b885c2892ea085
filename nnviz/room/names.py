"""What pupils type to come in: a nickname, which is plain text, and the code of a room."""

import re
import secrets
import unicodedata
from typing import Final

from nnviz.room.problems import RoomError

LONGEST_NAME: Final = 24
"""Characters of a nickname."""

LETTERS: Final = "BCDFGHJKMNPRSTWXYZ"
"""Letters of a code: none that looks like another, or like a digit, and no vowel to spell with."""

CODE_LENGTH: Final = 5

_JOINERS: Final = "\u200c\u200d"  # they are part of words in Persian, Hindi and others
_MOST_MARKS: Final = 3  # accents on one letter
_TAG: Final = re.compile(r"<[^<>]*>")
_DROPPED: Final = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")
"""Categories of what cannot be seen, turns the direction of what follows, or is no character."""


def nickname(text: str) -> str:
    """Return a nickname as plain text, in any script.

    Raises
    ------
    RoomError
        If nothing is left of it, or if it is too long.
    """
    text = unicodedata.normalize("NFC", re.sub(r"\s", " ", _TAG.sub("", text)))
    kept: list[str] = []
    marks = 0
    for i, character in enumerate(text):
        kind = unicodedata.category(character)
        marks = marks + 1 if kind[0] == "M" else 0
        if character in "<>" or marks > _MOST_MARKS or (not kept and marks):
            continue
        if character in _JOINERS:
            if 0 < i < len(text) - 1 and _in_a_word(text[i - 1]) and _in_a_word(text[i + 1]):
                kept.append(character)
        elif kind not in _DROPPED:
            kept.append(character)
    name = " ".join("".join(kept).split())
    if not any(unicodedata.category(character)[0] in "LNSP" for character in name):
        raise RoomError("A nickname needs at least one letter, digit or sign that can be seen.")
    if len(name) > LONGEST_NAME:
        raise RoomError(
            f"A nickname has at most {LONGEST_NAME} characters, and this one has {len(name)}."
        )
    return name


def _in_a_word(character: str) -> bool:
    # Signs too: emoji of several parts are joined in the same way.
    return unicodedata.category(character)[0] in "LMS"


def code_from(text: str) -> str:
    """Return the code that somebody typed, in capitals and without what stands between its letters.

    Raises
    ------
    RoomError
        If no code can look so.
    """
    code = re.sub(r"[\s.·-]", "", text).upper()
    if len(code) != CODE_LENGTH or any(letter not in LETTERS for letter in code):
        raise RoomError(
            "The code of a room has five letters, as KMPTX. Vowels, L, Q and V are never in it."
        )
    return code


def new_code() -> str:
    """Return a code that nobody can foresee."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
