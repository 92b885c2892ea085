"""The cells of a file of rows: numbers, names, and the note that nnviz writes above its own.

A cell holds a number, says that one is missing, or is no number for a reason that a sentence gives.
"""

import json
import math
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from nnviz.data.csv.problem import CsvProblem
from nnviz.data.sample import LARGEST_VALUE, is_text
from nnviz.text.numbers import parsed

POINT_FRACTION: Final = re.compile(r"[+-]?[0-9]*\.[0-9]+(?:[eE][+-]?[0-9]+)?")
COMMA_FRACTION: Final = re.compile(r"[+-]?[0-9]*,[0-9]+(?:[eE][+-]?[0-9]+)?")

_NO_NAME: Final = frozenset(("", "na", "n/a", "#n/a", "nan", "null", "?"))
_NO_NUMBER: Final = _NO_NAME | {"none", "-", "--", "–", "—", "."}

_LONGEST: Final = 60  # characters of what may have been meant as a number

FORMULA: Final = "a formula: save the values that it computes instead"
_DATE: Final = "a date: write it as a number, such as the days since the first date"
_TEXT: Final = "no number: correct it, leave the line out, or leave the column out"

_FORMULA: Final = re.compile(r"[=@].|[+-]+[^0-9.,\s+-]|[+-].*[|(!]", re.S)
_DAY: Final = re.compile(
    r"(?:[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{1,2}([-/.])[0-9]{1,2}\2(?:[0-9]{4}|[0-9]{2}))"
    r"(?:[T ].*)?|[0-9]{1,2}:[0-9]{2}(:.*)?"
)

# What was meant as a number but is none to us, and what to write instead. Each pattern can match
# a cell in one way only: with two ways for one character, time would double with every other.
_MEANT: Final = (
    (
        re.compile(r"[+-]?(?:inf|infinity|∞)", re.I),
        "infinite: write a number, or leave the cell empty",
    ),
    (
        re.compile(r"[+-]?(?=\D*[0-9])[0-9.,\s]*[%‰]"),
        "a share with a percent sign: write 50% as 0.5 or as 50",
    ),
    (
        re.compile(
            r"[+-]?\s?(?:[$€£¥₹]\s?[+-]?[0-9][0-9.,\s]*|[0-9][0-9.,\s]*[$€£¥₹])"
            r"|(?:USD|EUR|GBP)\s?[0-9][0-9.,]*|[0-9][0-9.,]*\s?(?:USD|EUR|GBP)"
        ),
        "an amount with a currency sign: write the number alone",
    ),
    (
        re.compile(r"[+-]?[0-9](?=[0-9.]*_)[0-9._]*"),
        "a number with underscores: write 1000, not 1_000",
    ),
    (re.compile(r"[+-]?0[xX][0-9a-fA-F]+"), "a hexadecimal number: write it in decimal digits"),
    (
        re.compile(r"[+-]?[0-9]{1,3}(?:[,.'’\s][0-9]{3})+(?:[.,][0-9]+)?"),
        "a number with marks between the thousands: write 1234.5, not 1,234.5",
    ),
)


def no_number(cell: str) -> bool:
    """Tell whether a cell says that a number is missing."""
    return cell.lower() in _NO_NUMBER


def no_name(cell: str) -> bool:
    """Tell whether a cell says that the name of a class is missing."""
    return cell.lower() in _NO_NAME


def is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet would compute the cell instead of showing it."""
    return bool(_FORMULA.match(cell))


def armed(name: str) -> str:
    """Return a name as it is written into a file: no spreadsheet takes it for a formula.

    Whoever opens such a file would run what somebody else's link has put into a name. An
    apostrophe before it is the usual way to say "this is text"; `disarmed` takes it off again, and
    a name that had one of its own gets a second one, so nothing is lost.
    """
    return f"'{name}" if _is_armed(f"'{name}") else name


def disarmed(cell: str) -> str | None:
    """Return the name that `armed` has written so, or None for a formula."""
    if _is_armed(cell):
        return cell[1:]
    return None if is_formula(cell) else cell


def _is_armed(cell: str) -> bool:
    text = cell.lstrip("'")
    return cell.startswith("'") and text.startswith(("=", "@", "+", "-")) and not _plain(text)


def _plain(text: str) -> bool:
    return parsed(text) is not None or len(text) == 1


def meant(cell: str, decimal: str) -> str | None:
    """Return why a cell that was meant as a number is none, and the remedy; None for other text.

    Parameters
    ----------
    cell : str
        Not what `parsed` reads, unless it is too large.
    decimal : str
        The decimal mark of the file, a point or a comma.
    """
    if len(cell) > _LONGEST:
        return None
    value = parsed(cell, decimal)
    if value is not None:
        if math.isfinite(value) and abs(value) <= LARGEST_VALUE:
            return None
        return f"larger than {LARGEST_VALUE:.0e} in size: write the column in a larger unit"
    other = COMMA_FRACTION if decimal == "." else POINT_FRACTION
    if other.fullmatch(cell):
        here, there = ("point", "comma") if decimal == "." else ("comma", "point")
        return (
            f"a number with a {there}, but the decimal mark of this file is a {here}: use one "
            "decimal mark everywhere, and none between the thousands"
        )
    for pattern, reason in _MEANT:
        if pattern.fullmatch(cell):
            return reason
    if not cell.isascii() and any(character.isdecimal() and character > "9" for character in cell):
        western = "".join(str(int(s)) if s.isdecimal() else s for s in cell)
        western = western.replace("\u066b", ".")  # the Arabic decimal mark
        if parsed(western) is not None or parsed(western, ",") is not None:
            return "a number in digits of another script: write it with the digits 0 to 9"
    if is_formula(cell):
        return FORMULA
    return None


def why(cell: str, decimal: str) -> str:
    """Return what a cell is that should be a number, and the remedy."""
    reason = meant(cell, decimal)
    if reason is None and _DAY.fullmatch(cell[:_LONGEST]):
        reason = _DATE
    return reason or _TEXT


_NOTE: Final = "# nnviz "
_LONGEST_NOTE: Final = 20_000


class Note(NamedTuple):
    """What nnviz writes above its own rows where they alone would not say everything.

    The names are exact in every character and in their order; no classes mean a regression.
    """

    columns: tuple[str, ...]
    target: str
    classes: tuple[str, ...]

    @property
    def line(self) -> str:
        """The line as ASCII, which every program can read.

        A spreadsheet cuts this line at its commas as well: the character that begins a formula is
        written by its number, so that no cell of it is one.
        """
        line = json.dumps(self._asdict(), separators=(",", ":"))
        for sign in "=+-@":
            line = line.replace(sign, f"\\u{ord(sign):04x}")
        return _NOTE + line

    @classmethod
    def read(cls, line: str) -> "Note | None":
        """Return what a line says, or None if it is no note.

        Raises
        ------
        CsvProblem
            If it is a note that was changed so that it cannot be read.
        """
        if not line.startswith(_NOTE):
            return None
        try:
            found = json.loads(line.removeprefix(_NOTE)) if len(line) <= _LONGEST_NOTE else None
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict) and set(found) == set(cls._fields):
            columns, target, classes = (found[name] for name in cls._fields)
            lists = isinstance(columns, list) and isinstance(classes, list)
            if lists and all(map(is_text, [*columns, target, *classes])):
                return cls(tuple(columns), target, tuple(classes))
        raise CsvProblem(
            "Line 1 begins like a note of this page but cannot be read: delete that line."
        )


def cell_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return names as they stand in cells, each once; the note says what they stand for.

    A name that would not come back as it was, such as one with a line break, changes the
    characters in question; where two would become equal, numbers stand for all of them.
    """
    short = tuple(_cell_name(name) for name in names)
    unclear = len(set(short)) < len(short) or any(map(no_name, short))
    return tuple(str(i) for i in range(len(names))) if unclear else short


def _cell_name(name: str) -> str:
    text = "".join(
        character if character.isprintable() else "?" for character in " ".join(name.split())
    )
    return armed(" ".join(text.split()))
