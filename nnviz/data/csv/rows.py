"""The lines of a file of rows, cut into cells."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from nnviz.data.csv.problem import CsvProblem, shown
from nnviz.data.sample import MOST_ROWS

MOST_FILE_COLUMNS: Final = 100
MOST_CELLS: Final = 1_000_000

MARK_NAMES: Final = (
    (",", "comma"),
    (";", "semicolon"),
    ("\t", "tab"),
    ("|", "bar"),
    (" ", "space"),
)

Row = tuple[str, ...]


class Rows(NamedTuple):
    """Rows of equally many cells, each with the line that it begins in."""

    cells: list[Row]
    lines: list[int]


def cut(lines: Sequence[str], delimiter: str, before: int = 0) -> Rows:
    """Return the cells of all lines that are not empty, without the blanks around them.

    Parameters
    ----------
    lines : sequence of str
        Without their ends.
    delimiter : str
        What stands between the cells; of blanks, any number.
    before : int
        So many lines of the file stand before them.

    Raises
    ------
    CsvProblem
        For a row of another length than the first one, a quotation mark that is not closed, too
        many columns or rows.
    """
    quoted = any('"' in line for line in lines)
    split = _with_quotes(lines, delimiter) if quoted else _without_quotes(lines, delimiter)
    cells: list[Row] = []
    numbers: list[int] = []
    width = 0
    for number, row in split:
        line = number + before
        if not any(row):
            continue  # spreadsheets leave such lines at the end
        if not width:
            width = len(row)
            _check_width(width, line)
        if len(row) > width and not any(row[width:]):
            row = row[:width]
        if len(row) != width:
            raise CsvProblem(_ragged(row, width, line, numbers[0], delimiter))
        cells.append(row)
        numbers.append(line)
        if len(cells) > MOST_ROWS + 1 or len(cells) * width > MOST_CELLS:
            most = min(MOST_ROWS, MOST_CELLS // width)
            raise CsvProblem(
                f"At most {most:,} rows of {width} columns can be read, which end before line "
                f"{line:,}: leave out the rows from there on."
            )
    return Rows(cells, numbers)


def mark_name(delimiter: str) -> str:
    """Return what a mark between cells is called."""
    return dict(MARK_NAMES).get(delimiter, shown(delimiter))


def _without_quotes(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(lines, 1):
        parts = line.split() if delimiter == " " else line.split(delimiter)
        yield number, tuple(map(str.strip, parts))


def _with_quotes(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, Row]]:
    text = io.StringIO("\n".join(line.strip(" ") for line in lines), newline="\n")
    reader = csv.reader(text, delimiter=delimiter, skipinitialspace=True, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise CsvProblem(_open_quote(lines, start, reader.line_num)) from None
        yield start, tuple(map(str.strip, row))


def _open_quote(lines: Sequence[str], start: int, end: int) -> str:
    cell = lines[start - 1]
    cell = cell[cell.find('"') :] if '"' in cell else cell
    if end > start or end >= len(lines):
        wrong = "has a quotation mark that is not closed"
    else:
        wrong = "goes on after a closing quotation mark"
    return (
        f"Line {start:,} {wrong}, at {shown(cell)}: close it before the next cell, and write a "
        "quotation mark inside a cell twice."
    )


def _check_width(width: int, line: int) -> None:
    if width > MOST_FILE_COLUMNS:
        raise CsvProblem(
            f"Line {line:,} has {width:,} columns, and at most {MOST_FILE_COLUMNS} can be read: "
            "keep only those that are needed."
        )


def _ragged(row: Row, width: int, line: int, first: int, delimiter: str) -> str:
    text = (
        f"Line {line:,} has {_count(len(row))}, but line {first:,} has {width}: give every line "
        "the same number of cells"
    )
    for other, name in MARK_NAMES:
        if other not in (delimiter, " ") and len(row) < width and row[0].count(other) == width - 1:
            return f"{text}, with a {mark_name(delimiter)} between them and not a {name}."
    if delimiter == "," and len(row) > width:
        return f"{text}; where a comma is a decimal mark, put semicolons between the cells."
    return f"{text}, empty ones too."


def _count(n: int) -> str:
    return f"{n:,} cell" if n == 1 else f"{n:,} cells"
