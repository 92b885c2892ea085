"""Read a file of rows into a table, and write a sample as a file that is read back as it was."""

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from nnviz.data.csv import guess
from nnviz.data.csv.cells import Note, armed, cell_names, disarmed
from nnviz.data.csv.columns import checked_names, column, free_name
from nnviz.data.csv.lines import Row, check_lengths, cut, text_of
from nnviz.data.csv.problem import CsvProblem
from nnviz.data.csv.table import CsvChoices, CsvTable
from nnviz.data.sample import MOST_ROWS, Sample
from nnviz.text.numbers import written


def read_csv(content: bytes | str, choices: CsvChoices | None = None) -> CsvTable:
    """Read a file of rows, or what was pasted; what is not chosen is found out.

    Parameters
    ----------
    content : bytes or str
        At most 10 MB and 50,000 rows.
    choices : CsvChoices, optional
        What a person has corrected.

    Raises
    ------
    CsvProblem
        A sentence that names the line and the remedy.
    """
    choices = choices or CsvChoices()
    text, encoding = text_of(content)
    lines = text.split("\n")
    note, marked, start = _first_line(lines)
    lines = lines[start:]
    if note:
        choices = replace(choices, delimiter=",", decimal=".", header=True)
    check_lengths(lines, "".join(guess.DELIMITERS), start)
    delimiter = choices.delimiter or marked or guess.delimiter(lines)
    cells, numbers = cut(lines, delimiter, start)
    if not cells:
        raise CsvProblem(f"No line has a cell, from line {start + 1} on: put a row in each line.")
    decimal = choices.decimal or guess.decimal(cells, delimiter)
    header = choices.header
    header = guess.has_header(cells, decimal) if header is None else header
    names = tuple(f"x{i}" for i in range(1, len(cells[0]) + 1))
    remarks: tuple[str, ...] = ()
    if header:
        names, remarks = _noted(note, cells[0]) if note else checked_names(cells[0], numbers[0])
        cells, numbers = cells[1:], numbers[1:]
    if not cells:
        raise CsvProblem("Line 1 names the columns, but no row follows: add rows below it.")
    if len(cells) > MOST_ROWS:
        raise CsvProblem(
            f"There are more than {MOST_ROWS:,} rows, the most that can be read: leave out those "
            f"from line {numbers[MOST_ROWS]:,} on."
        )
    columns = tuple(map(column, names, zip(*cells, strict=True), [decimal] * len(names)))
    found = (encoding, delimiter, decimal, header, "", "", (), remarks, note)
    return CsvTable(columns, tuple(numbers), *found).chosen(choices)


def _first_line(lines: Sequence[str]) -> tuple[Note | None, str | None, int]:
    """Return what a first line says that is no row, and how many such lines there are."""
    note = Note.read(lines[0])
    if note:
        return note, None, 1
    # Some spreadsheets write sep=; above the rows.
    delimiter = lines[0].removeprefix("sep=")
    if delimiter != lines[0] and delimiter in guess.DELIMITERS:
        return None, delimiter, 1
    return None, None, 0


def _noted(note: Note, header: Row) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if len(header) != len(note.columns) + 1 or len(set(note.columns)) < len(note.columns):
        raise CsvProblem("Line 1 does not fit the names in line 2: delete line 1.")
    # The table needs a name for each column; the sample gets its names from the note.
    return (*note.columns, free_name(note.target, note.columns)), ()


def as_csv(sample: Sample) -> str:
    r"""Return the rows as CSV: names in the first line, the target last, every digit kept.

    ``read_csv(as_csv(sample)).sample() == sample``. Where the rows alone would be read as
    another sample (classes in another order or without a row, whole numbers that are no classes),
    a first line that begins with ``# nnviz`` says what they are; pandas skips it with
    ``comment="#"``.

    A name that a spreadsheet would run as a formula gets an apostrophe (see `armed`).
    Numbers never get one, not even negative ones: they are no danger, and would become text.
    """
    names, classes = cell_names((*sample.columns, sample.target)), cell_names(sample.classes)
    pairs = zip(sample.X.tolist(), sample.y.tolist(), strict=True)
    rows = table_csv(names, ((*row, classes[int(y)] if classes else y) for row, y in pairs))
    if _comes_back(rows, sample):
        return rows
    return f"{Note(sample.columns, sample.target, sample.classes).line}\n{rows}"


def table_csv(names: Iterable[str], rows: Iterable[Iterable[float | str]]) -> str:
    """Return a table as comma-separated values, a line of names first.

    Parameters
    ----------
    names : iterable of str
        Armed where a spreadsheet would run them.
    rows : iterable
        Texts as they are, and numbers in the shortest form that gives the same float64 again;
        nothing for one that is not finite.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([armed(disarmed(name) or name) for name in names])
    for row in rows:
        writer.writerow([cell if isinstance(cell, str) else _digits(cell) for cell in row])
    return text.getvalue()


def _digits(value: float) -> str:
    return written(value) if math.isfinite(value) else ""


def _comes_back(rows: str, sample: Sample) -> bool:
    try:
        return read_csv(rows).sample() == sample
    except CsvProblem:
        return False
