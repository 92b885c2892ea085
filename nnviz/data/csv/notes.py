"""The note that nnviz writes above its own rows, and names as they stand in cells."""

import json
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from nnviz.data.csv.problem import CsvProblem
from nnviz.data.sample import is_text
from nnviz.text.numbers import parsed

NO_NAME: Final = frozenset(("", "na", "n/a", "#n/a", "nan", "null", "?"))
_FORMULA: Final = re.compile(r"[=@].|[+-]+[^0-9.,\s+-]|[+-].*[|(!]", re.S)


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

        Raises CsvProblem if it is a note that was changed so that it cannot be read.
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
    unclear = len(set(short)) < len(short) or any(name.lower() in NO_NAME for name in short)
    return tuple(str(i) for i in range(len(names))) if unclear else short


def _cell_name(name: str) -> str:
    text = "".join(
        character if character.isprintable() else "?" for character in " ".join(name.split())
    )
    return armed(" ".join(text.split()))
