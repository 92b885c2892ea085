"""Read a file of rows into a table, and write a sample as a file that is read back as it was."""

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from nnviz.data.csv import lines as cutting
from nnviz.data.csv.cells import NO_NUMBER, NO_TEXT
from nnviz.data.csv.columns import MISSING, Missing, checked_names, column, free_name
from nnviz.data.csv.formats import arff, libsvm
from nnviz.data.csv.headers import with_second_header
from nnviz.data.csv.layout import Layout, laid_out, no_rows
from nnviz.data.csv.lines import DELIMITERS, Line, Row, cut, ragged
from nnviz.data.csv.marks import Decision, decide
from nnviz.data.csv.notes import Note, armed, cell_names, disarmed
from nnviz.data.csv.problem import CsvProblem, at, shown
from nnviz.data.csv.sheets import sheet_of
from nnviz.data.csv.table import CsvChoices, CsvTable, Understood
from nnviz.data.csv.text import check_lengths, check_size, text_of
from nnviz.data.sample import MOST_ROWS, Sample
from nnviz.text.numbers import written


def read_csv(content: bytes | str, choices: CsvChoices | None = None) -> CsvTable:
    """Read a file of rows, or what was pasted; what is not chosen is found out.

    Parameters
    ----------
    content : bytes or str
        At most 10 MB and 50,000 rows: lines of text, or a spreadsheet (.xlsx, .ods).
    choices : CsvChoices, optional
        What a person has corrected.

    Raises
    ------
    CsvProblem
        A sentence that names the line and the remedy.
    """
    choices = choices or CsvChoices()
    check_size(content)
    found = _sheet(content, choices) if isinstance(content, bytes) else None
    found = found or _text(content, choices)
    layout, note = found.layout, found.note
    rows = layout.rows
    if not rows:
        raise no_rows(layout)
    if len(rows) > MOST_ROWS:
        raise CsvProblem(
            f"There are more than {MOST_ROWS:,} rows, the most that can be read: leave out those "
            f"from line {rows[MOST_ROWS].number:,} on."
        )
    columns: list[Row] = list(zip(*(row.cells for row in rows), strict=True))
    names = tuple(f"x{i}" for i in range(1, len(columns) + 1))
    remarks: tuple[str, ...] = ()
    if note:
        names = _noted(note, layout.header or ())
    elif layout.header is not None:
        columns, header = _without_empty(columns, layout.header)
        names, remarks = checked_names(header, layout.header_line)
    else:
        # Without names, the numbers of the columns are theirs in the file.
        full = [any(cells) for cells in columns]
        names = tuple(name for name, some in zip(names, full, strict=True) if some)
        columns = [cells for cells, some in zip(columns, full, strict=True) if some]
    decision = found.decision
    if choices.decimal:
        decision = Decision(choices.decimal)
    elif decision is None:
        decision = decide(columns, found.understood.delimiter)
    missing = _missing(choices)
    all_columns = tuple(
        column(name, cells, decision.decimal, missing)
        for name, cells in zip(names, columns, strict=True)
    )
    understood = replace(
        found.understood,
        decimal=decision.decimal,
        header=layout.header is not None,
        header_line=layout.header_line if layout.header is not None else 0,
        left_out=layout.left_out,
        question=_question(decision.unclear, rows, found.layout.header),
        remarks=(
            *found.understood.remarks,
            *remarks,
            *layout.remarks,
            *_granted(decision.granted, layout.rows),
        ),
    )
    table = CsvTable(
        all_columns,
        tuple(row.number for row in rows),
        understood,
        named=layout.target if layout.target in names else "",
        unused=layout.unused,
        note=note,
    )
    return table.chosen(choices)


class _Found(NamedTuple):
    """The rows of a file before their numbers are read."""

    layout: Layout
    understood: Understood
    decision: Decision | None = None
    note: Note | None = None


def _sheet(content: bytes, choices: CsvChoices) -> _Found | None:
    sheet = sheet_of(content, choices.sheet)
    if sheet is None:
        return None
    layout = with_second_header(laid_out(sheet.lines, "", choices.header, choices.start))
    understood = Understood(
        sheet.kind, "", "", sheet.decimal, False, 0, sheet=sheet.name, sheets=sheet.names
    )
    return _Found(layout, understood, Decision(sheet.decimal))


def _text(content: bytes | str, choices: CsvChoices) -> _Found:
    text = text_of(content, choices.encoding)
    lines = text.text.split("\n")
    note = Note.read(lines[0])
    if note:
        check_lengths(lines[1:], ",", 1)
        rows = cut(lines[1:], ",", 1)
        if not rows:
            raise CsvProblem("No line has a cell, from line 2 on: put a row in each line.")
        width = len(rows[0].cells)
        odd = next((row for row in rows if len(row.cells) != width), None)
        if odd:
            raise CsvProblem(ragged(odd, width, rows[0].number, ","))
        layout = Layout(rows[0].cells, rows[0].number, rows[1:])
        return _Found(
            layout, Understood("text", text.encoding, ",", ".", True, 2), Decision("."), note
        )
    check_lengths(lines, "".join(sorted({each[0] for each in DELIMITERS})))
    for name, read in (("ARFF", arff), ("LibSVM", libsvm)):
        special = read(lines) if choices.delimiter is None else None
        if special is not None:
            understood = Understood(name, text.encoding, "", ".", True, 0, remarks=text.remarks)
            return _Found(special, understood, Decision("."))
    marked, start = _marked(lines)
    lines = lines[start:]
    delimiter = choices.delimiter or marked or cutting.delimiter(lines)
    rows = cut(lines, delimiter, start)
    if not rows:
        raise CsvProblem(f"No line has a cell, from line {start + 1} on: put a row in each line.")
    layout = with_second_header(laid_out(rows, delimiter, choices.header, choices.start))
    understood = Understood("text", text.encoding, delimiter, ".", False, 0, remarks=text.remarks)
    return _Found(layout, understood)


def _marked(lines: Sequence[str]) -> tuple[str | None, int]:
    """Return the delimiter that a first line names, as some spreadsheets write it: ``sep=;``."""
    delimiter = lines[0].strip('"').removeprefix("sep=")
    if delimiter.rstrip(";,\t") == "" and lines[0].strip('"').startswith("sep="):
        return delimiter[:1] or None, 1
    return (delimiter, 1) if lines[0] != delimiter and delimiter in DELIMITERS else (None, 0)


def _question(cell: str, rows: Sequence[Line], header: Row | None) -> str:
    """Return what is asked of a cell that can be read in two ways; empty if there is none."""
    row = next((row for row in rows if cell and cell in row.cells), None)
    if row is None:
        return ""
    i = row.cells.index(cell)
    name = header[i] if header else f"x{i + 1}"
    both = f"{cell.replace(',', '')} or {cell.replace(',', '.')}"
    return (
        f"{at(row.number, name)}, holds {shown(cell)}, which can be {both}, and no other cell "
        "tells which: choose the decimal mark."
    )


def _granted(cell: str, rows: Sequence[Line]) -> list[str]:
    line = next((row.number for row in rows if cell and cell in row.cells), None)
    if line is None:
        return []
    return [
        f"The point in {shown(cell)}, line {line:,}, is taken for a decimal mark; if it stands "
        "between thousands, choose the comma as the decimal mark."
    ]


def _missing(choices: CsvChoices) -> Missing:
    """Return what says that a number, or a text, is missing."""
    if choices.missing is None:
        return MISSING
    chosen = frozenset(mark.lower() for mark in choices.missing)
    return chosen, (chosen & NO_TEXT) | (chosen - NO_NUMBER)


def _without_empty(columns: list[Row], header: Row) -> tuple[list[Row], Row]:
    """Return the columns without those that have neither a name nor anything in them."""
    some = [bool(name) or any(cells) for name, cells in zip(header, columns, strict=True)]
    return (
        [cells for cells, keep in zip(columns, some, strict=True) if keep],
        tuple(name for name, keep in zip(header, some, strict=True) if keep),
    )


def _noted(note: Note, header: Row) -> tuple[str, ...]:
    if len(header) != len(note.columns) + 1 or len(set(note.columns)) < len(note.columns):
        raise CsvProblem("Line 1 does not fit the names in line 2: delete line 1.")
    # The table needs a name for each column; the sample gets its names from the note.
    return (*note.columns, free_name(note.target, note.columns))


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
