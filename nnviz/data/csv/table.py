"""A file of rows read: what was found out about it, what can be corrected, and its sample."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from nnviz.data.csv import guess as csv_guess
from nnviz.data.csv import note as csv_note
from nnviz.data.csv import target as csv_target
from nnviz.data.csv.columns import CsvColumn, checked_names, column
from nnviz.data.csv.note import Note
from nnviz.data.csv.problem import CsvProblem, shown
from nnviz.data.csv.reading import check_lengths, text_of
from nnviz.data.csv.rows import Row, cut
from nnviz.data.csv.to_sample import build
from nnviz.data.sample import MOST_ROWS, Sample


@dataclass(frozen=True)
class CsvChoices:
    r"""What a person says about a file; None leaves it to be found.

    Attributes
    ----------
    delimiter : str or None
        Between the cells: one of ``csv_guess.DELIMITERS``.
    decimal : str or None
        ``"."`` or ``","``.
    header : bool or None
        Whether the first row names the columns.
    target : str or None
        The name of the column that is to be told.
    task : str or None
        ``"classes"`` or ``"regression"``.
    columns : tuple of str or None
        The names of the columns to tell it from: the two of the plane, then the others.
    """

    delimiter: str | None = None
    decimal: str | None = None
    header: bool | None = None
    target: str | None = None
    task: str | None = None
    columns: tuple[str, ...] | None = None


@dataclass(frozen=True, eq=False)
class CsvTable:
    """A file of rows, and everything that was found out about it or chosen.

    Attributes
    ----------
    all_columns : tuple of CsvColumn
        Every column of the file.
    lines : tuple of int
        The line of the file in which each row begins.
    encoding, delimiter, decimal, header, target, task, columns
        As in `CsvChoices`, none of them None. There may be fewer than two columns of numbers:
        then `sample` says so.
    header_remarks : tuple of str
        Sentences about the first line.
    note : Note or None
        What nnviz itself has written above the rows, if nothing else was chosen.
    """

    all_columns: tuple[CsvColumn, ...]
    lines: tuple[int, ...]
    encoding: str
    delimiter: str
    decimal: str
    header: bool
    target: str
    task: str
    columns: tuple[str, ...]
    header_remarks: tuple[str, ...] = ()
    note: Note | None = None

    @property
    def n_rows(self) -> int:
        """How many rows there are, the ones with something missing included."""
        return len(self.lines)

    @property
    def names(self) -> tuple[str, ...]:
        """What all the columns are called."""
        return tuple(column.name for column in self.all_columns)

    def column(self, name: str) -> CsvColumn:
        """Return a column by its name."""
        return self.all_columns[self._index(name)]

    def first_rows(self, most: int = 8) -> tuple[Row, ...]:
        """Return the cells of the first rows."""
        cells = zip(*(column.cells[:most] for column in self.all_columns), strict=True)
        return tuple(cells)

    def chosen(self, choices: CsvChoices) -> "CsvTable":
        """Return the same rows with another target, task or columns; None leaves them to be found.

        Raises
        ------
        CsvProblem
            If there is no such column.
        """
        if choices.target is None:
            target, task = csv_target.guess(self.all_columns)
        else:
            target = self._index(choices.target)
            few = csv_target.few_whole(self.all_columns[target])
            task = "classes" if few or not self.all_columns[target].is_number else "regression"
        if choices.columns is None:
            found = csv_target.inputs(self.all_columns, target)
        else:
            found = tuple(self._index(name) for name in choices.columns)
        names = self.names
        result = replace(
            self,
            target=names[target],
            task=choices.task or task,
            columns=tuple(names[i] for i in found),
        )
        if self.note and not choices.target and not choices.task and not choices.columns:
            task = "classes" if self.note.classes else "regression"
            return replace(result, target=names[-1], task=task, columns=names[:-1])
        return replace(result, note=None)

    def sample(self) -> Sample:
        """Return the rows to learn from; rows with something missing are left out.

        Raises
        ------
        CsvProblem
            With a sentence that says which line is wrong and what would be right.
        """
        return self._built[0]

    @property
    def remarks(self) -> tuple[str, ...]:
        """Sentences on what was left out of the sample, and why.

        Raises
        ------
        CsvProblem
            As `sample` does.
        """
        return self.header_remarks + self._built[1]

    @cached_property
    def _built(self) -> tuple[Sample, tuple[str, ...]]:
        return build(self)

    def _index(self, name: str) -> int:
        if name not in self.names:
            raise CsvProblem(
                f"There is no column {shown(name)} in line {self.lines[0]:,}: choose another one."
            )
        return self.names.index(name)


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
    check_lengths(lines, "".join(csv_guess.DELIMITERS), start)
    delimiter = choices.delimiter or marked or csv_guess.delimiter(lines)
    cells, numbers = cut(lines, delimiter, start)
    if not cells:
        raise CsvProblem(f"No line has a cell, from line {start + 1} on: put a row in each line.")
    decimal = choices.decimal or csv_guess.decimal(cells, delimiter)
    header = choices.header
    header = csv_guess.has_header(cells, decimal) if header is None else header
    names: tuple[str, ...] = tuple(_numbered(len(cells[0])))
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
    if lines[0].startswith(csv_note.START):
        return csv_note.read(lines[0]), None, 1
    # Some spreadsheets write sep=; above the rows.
    mark = lines[0].removeprefix("sep=")
    if mark != lines[0] and mark in csv_guess.DELIMITERS:
        return None, mark, 1
    return None, None, 0


def _noted(note: Note, header: Row) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if len(header) != len(note.columns) + 1 or len({*note.columns, note.target}) < len(header):
        raise CsvProblem("Line 1 does not fit the names in line 2: delete line 1.")
    return (*note.columns, note.target), ()


def _numbered(n_columns: int) -> Iterator[str]:
    for i in range(1, n_columns + 1):
        yield f"x{i}"
