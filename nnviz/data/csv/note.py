"""The line that nnviz writes above its own rows where they alone would not say everything."""

import json
from collections.abc import Sequence
from typing import Final, NamedTuple

from nnviz.data.csv.cells import armed, no_name
from nnviz.data.csv.problem import CsvProblem

START: Final = "# nnviz "
LONGEST: Final = 20_000


class Note(NamedTuple):
    """Names in every letter and in their order; no classes mean a regression."""

    columns: tuple[str, ...]
    target: str
    classes: tuple[str, ...]


def written(note: Note) -> str:
    """Return the line, in letters that every program can read.

    A spreadsheet cuts this line at its commas as well: what begins a formula is written by its
    number, so that no cell of it is one.
    """
    line = json.dumps(note._asdict(), separators=(",", ":"))
    for sign in "=+-@":
        line = line.replace(sign, f"\\u{ord(sign):04x}")
    return START + line


def read(line: str) -> Note:
    """Return what the line says.

    Raises
    ------
    CsvProblem
        If it was changed so that it cannot be read.
    """
    try:
        found = json.loads(line.removeprefix(START)) if len(line) <= LONGEST else None
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict) and set(found) == set(Note._fields):
        columns, target, classes = (found[name] for name in Note._fields)
        lists = isinstance(columns, list) and isinstance(classes, list)
        if lists and all(isinstance(name, str) for name in [*columns, target, *classes]):
            return Note(tuple(columns), target, tuple(classes))
    raise CsvProblem("Line 1 begins like a note of this page but cannot be read: delete that line.")


def cell_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return names as they stand in cells, each once; the note says what they stand for.

    A name that would not come back as it was, such as one with a line break, changes the
    letters in question; where two would become equal, numbers stand for all of them.
    """
    short = tuple(_cell_name(name) for name in names)
    unclear = len(set(short)) < len(short) or any(map(no_name, short))
    return tuple(str(i) for i in range(len(names))) if unclear else short


def _cell_name(name: str) -> str:
    text = "".join(letter if letter.isprintable() else "?" for letter in " ".join(name.split()))
    return armed(" ".join(text.split()))
