"""The rows of a table as a sample: its numbers, its classes, and what was left out of them."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from nnviz.data.csv.cells import why
from nnviz.data.csv.classes import classes_of, joined
from nnviz.data.csv.columns import CsvColumn, free_name
from nnviz.data.csv.packed import BoolArray
from nnviz.data.csv.problem import CsvProblem, at, listed, shown
from nnviz.data.csv.target import MOST_UNREAD, MOST_VALUES, Chosen
from nnviz.data.sample import MOST_COLUMNS, Sample
from nnviz.nn.checks import FloatArray
from nnviz.text.numbers import written

_MOST_MISSING = 0.5
_FEWEST_LEFT = 10  # rows, where most have something missing
_FILLED = "missing"


class Built(NamedTuple):
    """A sample, and sentences on what was left out of it or counted as one."""

    sample: Sample
    remarks: tuple[str, ...]


class _Inputs(NamedTuple):
    names: list[str]
    X: FloatArray
    remarks: list[str]


def built(table: Chosen) -> Built:
    """Return the sample of a table, and sentences on what was left out of it.

    Raises CsvProblem with the line and the remedy.
    """
    target = table.column(table.target)
    chosen = [table.column(name) for name in table.columns]
    _check_choice(table, chosen)
    columns = [*chosen, target] if table.task == "regression" else chosen
    for column in columns:
        if column.is_number or column is target:
            _check_numbers(table, column)
    missing, remarks = _missing(table, target, chosen)
    if (~missing).sum() < 2 and not table.note:
        line = table.lines[int((~missing).argmax())]
        raise CsvProblem(f"There is only one row, in line {line:,}: add at least another one.")
    classes: tuple[str, ...] = ()
    if table.task == "classes":
        y, classes, rare, told = classes_of(table, target, ~missing)
        missing |= rare
        remarks += told
    else:
        y = np.where(missing, 0.0, target.values)
    kept = np.flatnonzero(~missing)
    inputs = _inputs(table, chosen, kept)
    if table.task == "regression" and table.note is None and (y[kept] == y[kept[0]]).all():
        raise CsvProblem(
            f"{at(table.lines[kept[0]], target.name)}, is {shown(target.cells[kept[0]])}, as in "
            "every line below: there is nothing to tell. Choose another column as the target."
        )
    remarks += inputs.remarks + _signs(columns)
    unused = [
        f"{shown(role.name)} ({role.reason})" for role in table.roles if role.role == "unused"
    ]
    if unused:
        few, more = unused[:8], len(unused) - 8
        remarks.append(f"Not used: {'; '.join(few)}{f'; and {more} more' if more > 0 else ''}.")
    names = table.note.columns if table.note else tuple(inputs.names)
    name = table.note.target if table.note else table.target
    try:
        return Built(Sample(inputs.X, y[kept], names, classes, name), tuple(remarks))
    except ValueError as reason:
        raise CsvProblem(f"From line {table.lines[0]:,} on: {reason} Correct it.") from None


def _check_choice(table: Chosen, inputs: Sequence[CsvColumn]) -> None:
    line = table.lines[0]
    if len(table.all_columns) == 1:
        cell = next(filter(None, table.all_columns[0].cells), "")
        raise CsvProblem(
            f"Line {line:,} has one column only, {shown(cell)}: put a "
            "comma, a semicolon or a tab between the cells."
        )
    names = [column.name for column in inputs]
    if len(set(names)) < len(names) or table.target in names:
        raise CsvProblem(
            f"A column of line {line:,} is chosen twice: choose each once, and the target apart."
        )
    widths = [1 if column.is_number else len(column.counts) for column in inputs]
    if inputs:
        if sum(widths) > MOST_COLUMNS:
            raise CsvProblem(
                f"{sum(widths)} columns are chosen in line {line:,}: choose {MOST_COLUMNS} at most."
            )
        return
    unused = [role for role in table.roles if role.role == "unused"][:2]
    hint = "; ".join(f"{shown(role.name)} ({role.reason})" for role in unused)
    hint = f"Not used: {hint}." if hint else "Add columns of numbers."
    raise CsvProblem(
        f"Besides {shown(table.target)}, no column of numbers is there from line {line:,} on, and "
        f"one is needed. {hint}"
    )


def _check_numbers(table: Chosen, column: CsvColumn) -> None:
    """Refuse a column in which too many cells are no numbers; a few of them cost their rows."""
    row = column.first_unread()
    if row is not None and column.is_unread.sum() > MOST_UNREAD * table.n_rows:
        cell = column.cells[row]
        found = why(cell, table.decimal, column.around)
        raise CsvProblem(f"{at(table.lines[row], column.name)}, holds {shown(cell)}, {found}.")


def _missing(
    table: Chosen, target: CsvColumn, inputs: Sequence[CsvColumn]
) -> tuple[BoolArray, list[str]]:
    """Return the rows that cannot be used, and sentences on them."""
    none = np.zeros(table.n_rows, dtype=bool)
    if table.note:
        return none, []
    remarks: list[str] = []
    unread = none.copy()
    for column in (*inputs, target):
        if column.is_number and (column is not target or table.task == "regression"):
            wrong = column.is_unread
            if wrong.any():
                remarks.append(_unread(table, column, wrong))
            unread |= wrong
    filled = () if not table.fill else inputs
    looked_at = [column for column in (*inputs, target) if column not in filled]
    rows_of: dict[str, BoolArray] = {}
    for column in looked_at:
        at_rows = np.flatnonzero(column.is_missing)
        cells = np.array(column.cells.some(at_rows), dtype=object)
        for mark in dict.fromkeys(cells.tolist()):
            rows_of.setdefault(mark, none.copy())[at_rows[cells == mark]] = True
    out = np.any([none, *rows_of.values()], axis=0)
    marks = sorted(rows_of, key=lambda mark: int(rows_of[mark].argmax()))
    missing = Counter({mark: int(rows_of[mark].sum()) for mark in marks})
    if out.any():
        remarks.append(_stay_out(table, out, missing))
    if (target.is_missing.any() and table.task == "classes") and any(missing):
        mark = next((m for m in missing if m and m in target.cells), "")
        if mark:
            remarks.append(
                f"{shown(mark)} is taken as missing in {shown(target.name)}; if it is a class, say "
                "so under “Read differently”."
            )
    for column in filled:
        n = int(column.is_missing.sum())
        if n:
            value = "a value of its own"
            if column.is_number:
                value = f"the median, {written(_median(column))}"
            n_cells = "1 cell" if n == 1 else f"{n:,} cells"
            remarks.append(f"In {shown(column.name)}, {n_cells} with nothing got {value}.")
    return unread | out, remarks


def _unread(table: Chosen, column: CsvColumn, wrong: BoolArray) -> str:
    row, n = int(wrong.argmax()), int(wrong.sum())
    cell = column.cells[row]
    found = why(cell, table.decimal, column.around)
    rows = "This row stays" if n == 1 else f"{n:,} such rows stay"
    return f"{at(table.lines[row], column.name)}, holds {shown(cell)}, {found}. {rows} out."


def _stay_out(table: Chosen, out: BoolArray, marks: Counter[str]) -> str:
    n, rows = int(out.sum()), table.n_rows
    first = table.lines[int(out.argmax())]
    if len(marks) == 1:
        what = _mark(next(iter(marks)))
    else:
        what = ", ".join(f"{_mark(mark)} in {k:,}" for mark, k in marks.most_common(4))
    if rows - n < (_FEWEST_LEFT if n > _MOST_MISSING * rows else 2):
        raise CsvProblem(
            f"{n:,} of {rows:,} rows have {what}, the first in line {first:,}: fill them (“Where "
            "something is missing”), or leave out the column with the missing cells."
        )
    if n == 1:
        return f"1 row stays out, with {what}, in line {first:,}."
    return f"{n:,} rows stay out, with {what}, the first in line {first:,}."


def _mark(cell: str) -> str:
    return shown(cell) if cell else "an empty cell"


def _median(column: CsvColumn) -> float:
    return float(np.median(column.values[~np.isnan(column.values) & ~column.is_unread]))


def _inputs(table: Chosen, chosen: Sequence[CsvColumn], kept: npt.NDArray[np.intp]) -> _Inputs:
    """Return the columns of the rows that are kept, those of text as one for each value."""
    names: list[str] = []
    columns: list[FloatArray] = []
    remarks: list[str] = []
    constant: list[str] = []
    for column in chosen:
        if column.is_number:
            values = column.values
            if table.fill and column.is_missing.any():
                values = np.where(column.is_missing, _median(column), values)
            found = [(column.name, values[kept])]
        else:
            found = _one_for_each(table, column, kept, remarks)
        for name, values in found:
            if table.note is None and (values == values[0]).all():
                constant.append(name)
                continue
            names.append(free_name(name, names))
            columns.append(values)
    if not columns:
        first, last = table.lines[kept[0]], table.lines[kept[-1]]
        raise CsvProblem(
            f"All rows from line {first:,} to line {last:,} hold the same numbers: add rows that "
            "differ."
        )
    if constant:
        remarks.append(
            f"Not used: {listed(tuple(constant))} (the same in every row that can be used)."
        )
    return _Inputs(names, np.column_stack(columns), remarks)


def _one_for_each(
    table: Chosen, column: CsvColumn, kept: npt.NDArray[np.intp], remarks: list[str]
) -> list[tuple[str, FloatArray]]:
    """Return a column of 0 and 1 for each value of a column of text."""
    if len(column.counts) > 10 * MOST_VALUES:
        values = len(column.counts)
    else:
        names = joined(column.counts, column.name)
        cells = [names.names.get(cell, _FILLED) for cell in column.cells.some(kept)]
        different = sorted(set(cells))
        values = len(different)
        remarks += names.remarks
    if values > MOST_VALUES + table.fill:
        row = int((~column.is_missing).argmax())
        raise CsvProblem(
            f"{at(table.lines[row], column.name)}, holds {shown(column.cells[row])}, one of "
            f"{values:,} different texts: an input may have {MOST_VALUES}. Choose another column."
        )
    place = {value: i for i, value in enumerate(different)}
    places = np.fromiter(map(place.__getitem__, cells), np.intp, len(cells))
    return [
        (f"{column.name} = {value}", np.asarray(places == i, dtype=np.float64))
        for value, i in place.items()
    ]


def _signs(columns: Sequence[CsvColumn]) -> list[str]:
    """Return sentences on what stood around numbers and was taken off."""
    remarks = []
    for column in columns:
        if any(column.around):
            row = next((i for i, v in enumerate(column.values) if v == v and v), None)
            if row is not None:
                value = written(float(column.values[row]))
                remarks.append(
                    f"In {shown(column.name)}, {shown(column.cells[row])} is read as {value}."
                )
    return remarks
