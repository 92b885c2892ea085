"""A file of rows as it was read: what was found out, what can be corrected, and its sample."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.data.csv import guess
from nnviz.data.csv.cells import Note, cell_names, disarmed, no_name, why
from nnviz.data.csv.columns import MOST_NAME, CsvColumn
from nnviz.data.csv.lines import Row
from nnviz.data.csv.problem import CsvProblem, at, shown
from nnviz.data.sample import MOST_CLASSES, MOST_COLUMNS, Sample
from nnviz.nn.checks import FloatArray
from nnviz.text.numbers import written


@dataclass(frozen=True)
class CsvChoices:
    r"""What a person says about a file; None leaves it to be found.

    Attributes
    ----------
    delimiter : str or None
        Between the cells: one of `guess.DELIMITERS`.
    decimal : str or None
        ``"."`` or ``","``.
    header : bool or None
        Whether the first row names the columns.
    target : str or None
        The name of the column to predict.
    task : str or None
        ``"classes"`` or ``"regression"``.
    columns : tuple of str or None
        The names of the columns to predict it from: the two of the plane, then the others.
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
            target, task = guess.target(self.all_columns)
        else:
            target = self._index(choices.target)
            few = guess.few_whole(self.all_columns[target])
            task = "classes" if few or not self.all_columns[target].is_number else "regression"
        if choices.columns is None:
            found = guess.inputs(self.all_columns, target)
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
        return _built(self)

    def _index(self, name: str) -> int:
        if name not in self.names:
            raise CsvProblem(
                f"There is no column {shown(name)} in line {self.lines[0]:,}: choose another one."
            )
        return self.names.index(name)


_MOST_MISSING: Final = 0.5

BoolArray = npt.NDArray[np.bool_]


def _built(table: CsvTable) -> tuple[Sample, tuple[str, ...]]:
    """Return the sample of a table, and sentences on what was left out of it.

    Raises
    ------
    CsvProblem
        With the line and the remedy.
    """
    target = table.column(table.target)
    inputs = [table.column(name) for name in table.columns]
    _check_choice(table, inputs)
    for column in inputs:
        _check_numbers(table, column)
    if table.task == "regression":
        _check_numbers(table, target)
        missing = np.isnan(target.values)
    else:
        missing = _missing_names(table, target)
    missing = np.logical_or.reduce([missing, *(np.isnan(column.values) for column in inputs)])
    remarks = _left_out(table, missing)
    kept = np.flatnonzero(~missing)
    X = np.column_stack([column.values[kept] for column in inputs])
    if table.note is None:
        _check_rows(table, inputs, X, kept)
    y = target.values[kept]
    classes: tuple[str, ...] = ()
    if table.task == "classes":
        y, classes = _classes(table, target, kept)
    elif table.note is None and (y == y[0]).all():
        raise CsvProblem(
            f"{at(table.lines[kept[0]], target.name)}, is {shown(target.cells[kept[0]])}, as in "
            "every line below: there is nothing to tell. Choose another column as the target."
        )
    try:
        names = table.note or table
        sample = Sample(X, y, names.columns, classes, names.target)
    except ValueError as reason:
        raise CsvProblem(f"From line {table.lines[0]:,} on: {reason} Correct it.") from None
    return sample, remarks


def _check_choice(table: CsvTable, inputs: Sequence[CsvColumn]) -> None:
    line = table.lines[0]
    if len(table.all_columns) == 1:
        raise CsvProblem(
            f"Line {line:,} has one column only, {shown(table.all_columns[0].cells[0])}: put a "
            "comma, a semicolon or a tab between the cells."
        )
    if len(inputs) < 2:
        texts = [c for c in table.all_columns if not c.is_number and c.name != table.target]
        hint = "Add columns of numbers."
        row = texts[0].first_unread() if texts else None
        if row is not None:
            cell = texts[0].cells[row]
            found = why(cell, table.decimal)
            hint = f"{at(table.lines[row], texts[0].name)}, holds {shown(cell)}, {found}."
        n = "no column" if not inputs else "only one column"
        raise CsvProblem(
            f"Besides {shown(table.target)}, {n} of numbers is there from line {line:,} on, and "
            f"two are needed. {hint}"
        )
    if len(inputs) > MOST_COLUMNS:
        raise CsvProblem(
            f"{len(inputs)} columns are chosen in line {line:,}: choose {MOST_COLUMNS} at most."
        )
    names = [column.name for column in inputs]
    if len(set(names)) < len(names) or table.target in names:
        raise CsvProblem(
            f"A column of line {line:,} is chosen twice: choose each once, and the target apart."
        )


def _check_numbers(table: CsvTable, column: CsvColumn) -> None:
    row = column.first_unread()
    if row is not None:
        cell = column.cells[row]
        raise CsvProblem(
            f"{at(table.lines[row], column.name)}, holds {shown(cell)}, {why(cell, table.decimal)}."
        )


def _missing_names(table: CsvTable, target: CsvColumn) -> BoolArray:
    if table.note:
        return np.zeros(table.n_rows, dtype=bool)
    return np.array([no_name(cell) for cell in target.cells])


def _left_out(table: CsvTable, missing: BoolArray) -> tuple[str, ...]:
    """Return sentences on the rows and columns that are left out."""
    remarks = []
    n_missing, rows = int(missing.sum()), table.n_rows
    if n_missing:
        first = table.lines[int(missing.argmax())]
        if n_missing > _MOST_MISSING * rows or rows - n_missing < 2:
            raise CsvProblem(
                f"{n_missing:,} of {rows:,} rows have an empty cell, the first in line {first:,}: "
                "fill them, or leave out the column with the empty cells."
            )
        have = "row has an empty cell and stays"
        if n_missing > 1:
            have = "rows have an empty cell and stay"
        remarks.append(f"{n_missing:,} {have} out, the first in line {first:,}: fill it to use it.")
    names = table.names
    chosen = [names.index(name) for name in table.columns]
    rest = guess.left_out(table.all_columns, names.index(table.target), chosen)
    if rest:
        remarks.append(f"Not used: {', '.join(rest)}.")
    return tuple(remarks)


def _check_rows(
    table: CsvTable, inputs: Sequence[CsvColumn], X: FloatArray, kept: npt.NDArray[np.intp]
) -> None:
    first = table.lines[kept[0]]
    if len(kept) < 2:
        raise CsvProblem(f"There is only one row, in line {first:,}: add at least another one.")
    same = (X[0] == X).all(axis=0)
    if same.all():
        raise CsvProblem(
            f"All rows from line {first:,} to line {table.lines[kept[-1]]:,} hold the same "
            "numbers: add rows that differ."
        )
    if same.any():
        column = inputs[int(same.argmax())]
        raise CsvProblem(
            f"{at(first, column.name)}, holds {shown(column.cells[kept[0]])}, as in every line "
            "below: nothing can be told from it. Choose another column."
        )


def _classes(
    table: CsvTable, target: CsvColumn, kept: npt.NDArray[np.intp]
) -> tuple[FloatArray, tuple[str, ...]]:
    """Return the number of each row's class, and the names of the classes in order."""
    if table.note:
        names = cell_names(table.note.classes)
        where = {name: float(i) for i, name in enumerate(names)}
        wrong = next((i for i, cell in enumerate(target.cells) if cell not in where), None)
        if wrong is not None:
            raise CsvProblem(
                f"{at(table.lines[wrong], target.name)}, holds {shown(target.cells[wrong])}, which "
                "is no class of line 1: correct it, or delete line 1."
            )
        return np.array([where[cell] for cell in target.cells]), table.note.classes
    by_value = target.is_number and target.first_unread() is None
    found: dict[str, int] = {}
    keys = []
    for row in kept:
        cell = target.cells[row]
        key = written(float(target.values[row]) + 0.0) if by_value else cell
        if key not in found:
            found[key] = int(row)
            _check_name(table, target, int(row), len(found))
        keys.append(key)
    if len(found) < 2:
        raise CsvProblem(
            f"{at(table.lines[kept[0]], target.name)}, holds {shown(next(iter(found)))}, as in "
            "every line below: add rows of another class, or choose another column as the target."
        )
    order = sorted(found, key=float) if by_value else sorted(found)
    number = {key: float(i) for i, key in enumerate(order)}
    names = tuple(" ".join((disarmed(key) or key).split()) for key in order)
    return np.array([number[key] for key in keys]), names


def _check_name(table: CsvTable, target: CsvColumn, row: int, n_classes: int) -> None:
    cell = target.cells[row]
    where = at(table.lines[row], target.name)
    if disarmed(cell) is None:
        raise CsvProblem(
            f"{where}, holds the formula {shown(cell)}: save the values that it computes instead."
        )
    if len(cell) > MOST_NAME:
        raise CsvProblem(
            f"{where}, holds {shown(cell)}, a text of {len(cell):,} letters: a class needs a name "
            f"of {MOST_NAME} at the most."
        )
    if n_classes > MOST_CLASSES:
        different = len(target.different(999))
        raise CsvProblem(
            f"{where}, holds {shown(cell)}, the sixth of {_many(different)} classes: keep "
            f"{MOST_CLASSES} at the most, or choose another column as the target."
        )


def _many(different: int) -> str:
    return f"{different}" if different < 1000 else "1,000 or more"
