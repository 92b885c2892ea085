"""Names of classes, and other values of text: those that mean the same are one."""

import unicodedata
from collections.abc import Mapping
from typing import Final, NamedTuple

from nnviz.data.csv.notes import disarmed
from nnviz.data.csv.problem import shown

_QUOTES: Final = (("'", "'"), ('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"), ("\u2018", "\u2019"))


class Values(NamedTuple):
    """The values of a column of text.

    Attributes
    ----------
    names : mapping of str to str
        Of every cell, the value that it counts as.
    remarks : tuple of str
        Sentences on what was counted as one.
    """

    names: Mapping[str, str]
    remarks: tuple[str, ...]


def joined(counts: Mapping[str, int], column: str) -> Values:
    """Return what the cells of a column mean: the same apart from case, blanks, quotation marks.

    The same letter in another form of Unicode (é as one character or as two) is the same, too. The
    spelling that stands there most often, the first of equally many, is the name.
    """
    groups: dict[str, dict[str, int]] = {}
    for cell, n in counts.items():
        shown_as = _cleaned(cell)
        key = unicodedata.normalize("NFC", shown_as.casefold())
        spellings = groups.setdefault(key, {})
        spellings[shown_as] = spellings.get(shown_as, 0) + n
    best = {key: max(names, key=names.__getitem__) for key, names in groups.items()}
    names = {
        cell: unicodedata.normalize(
            "NFC", best[unicodedata.normalize("NFC", _cleaned(cell).casefold())]
        )
        for cell in counts
    }
    others = [
        (name, best[key])
        for key, spelled in groups.items()
        for name in spelled
        if name != best[key]
    ]
    if not others:
        return Values(names, ())
    few = ", ".join(f"{shown(name)} as {shown(kept)}" for name, kept in others[:3])
    more = f" and {len(others) - 3} more" if len(others) > 3 else ""
    alike = any(name.casefold() == kept.casefold() for name, kept in others)
    written = "written differently" if alike else "the same letters in other characters"
    return Values(names, (f"In column {shown(column)}, {few}{more} count as one: {written}.",))


def _cleaned(cell: str) -> str:
    text = disarmed(cell) or cell
    for first, last in _QUOTES:
        if len(text) > 2 and text.startswith(first) and text.endswith(last):
            text = text[1:-1]
            break
    return " ".join(text.split())
