"""A file of rows as it was read: what was understood, what can be corrected, and its sample."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from nnviz.data.csv import target as targets
from nnviz.data.csv.columns import CsvColumn
from nnviz.data.csv.layout import LeftOut
from nnviz.data.csv.lines import Row, delimiter_name
from nnviz.data.csv.notes import Note
from nnviz.data.csv.problem import CsvProblem, listed, shown
from nnviz.data.csv.rows import Built, built
from nnviz.data.csv.text import ENCODINGS
from nnviz.data.sample import Sample
from nnviz.text.digits import counted


@dataclass(frozen=True)
class CsvChoices:
    r"""What a person says about a file; None leaves it to be found.

    Attributes
    ----------
    delimiter : str or None
        Between the cells: one of `lines.DELIMITERS`.
    decimal : str or None
        ``"."`` or ``","``; the other one of them may stand between thousands.
    header : bool or None
        Whether the first row names the columns.
    start : int or None
        The line in which the table begins, with its names or its first row.
    encoding : str or None
        Of the characters: one of `text.ENCODINGS`.
    sheet : str or None
        The name of a sheet of a spreadsheet.
    missing : tuple of str or None
        What says that something is missing, in small letters; "" is an empty cell.
    fill : bool
        Whether rows with something missing are kept: with the median of a column of numbers, and a
        value of its own in a column of text.
    target : str or None
        The name of the column to predict.
    task : str or None
        ``"classes"`` or ``"regression"``.
    frequent : bool
        Whether the rows of all but the most frequent classes are left out, where there are too
        many classes.
    columns : tuple of str or None
        The names of the columns to predict it from: the two of the plane, then the others.
    """

    delimiter: str | None = None
    decimal: str | None = None
    header: bool | None = None
    start: int | None = None
    encoding: str | None = None
    sheet: str | None = None
    missing: tuple[str, ...] | None = None
    fill: bool = False
    target: str | None = None
    task: str | None = None
    frequent: bool = False
    columns: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Understood:
    """How a file was read.

    Attributes
    ----------
    format : str
        ``"text"``, ``"xlsx"``, ``"ods"``, ``"ARFF"`` or ``"LibSVM"``.
    encoding, delimiter, decimal, header : str, str, str, bool
        As in `CsvChoices`; the delimiter is empty where there is none.
    header_line : int
        The line of the names; 0 where there is none.
    left_out : tuple of LeftOut
        Lines that are neither names nor rows.
    sheet : str
        Of a spreadsheet, the sheet that was read.
    sheets : tuple of str
        Of a spreadsheet, all sheets.
    question : str
        A sentence on what has to be chosen before the rows can be used; or empty.
    remarks : tuple of str
        Sentences on what was changed or taken for granted.
    """

    format: str
    encoding: str
    delimiter: str
    decimal: str
    header: bool
    header_line: int
    left_out: tuple[LeftOut, ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    question: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class CsvTable:
    """A file of rows, and everything that was found out about it or chosen.

    Attributes
    ----------
    all_columns : tuple of CsvColumn
        Every column of the file that has a name or holds something.
    lines : tuple of int
        The line of the file in which each row begins.
    understood : Understood
        How it was read.
    target : str
        The name of the column to predict; empty where the file does not tell and nobody has said.
    task : str
        ``"classes"`` or ``"regression"``.
    columns : tuple of str
        The names of the columns to predict it from.
    fill, frequent : bool
        As in `CsvChoices`.
    named : str
        What the file itself calls its target; or empty.
    unused : tuple of str
        Columns that the file itself does not count.
    note : Note or None
        What nnviz itself has written above the rows, if nothing else was chosen.
    """

    all_columns: tuple[CsvColumn, ...]
    lines: tuple[int, ...]
    understood: Understood
    target: str = ""
    task: str = "classes"
    columns: tuple[str, ...] = ()
    fill: bool = False
    frequent: bool = False
    named: str = ""
    unused: tuple[str, ...] = ()
    note: Note | None = None

    @property
    def n_rows(self) -> int:
        """How many rows there are, the ones with something missing included."""
        return len(self.lines)

    @property
    def names(self) -> tuple[str, ...]:
        """What all the columns are called."""
        return tuple(column.name for column in self.all_columns)

    @property
    def encoding(self) -> str:
        """What the characters were decoded with."""
        return self.understood.encoding

    @property
    def delimiter(self) -> str:
        """What stands between the cells."""
        return self.understood.delimiter

    @property
    def decimal(self) -> str:
        """The decimal mark."""
        return self.understood.decimal

    @property
    def header(self) -> bool:
        """Whether a line names the columns."""
        return self.understood.header

    def column(self, name: str) -> CsvColumn:
        """Return a column by its name."""
        return self.all_columns[self._index(name)]

    def first_rows(self, most: int = 8) -> tuple[Row, ...]:
        """Return the cells of the first rows."""
        cells = zip(*(column.cells[:most] for column in self.all_columns), strict=True)
        return tuple(cells)

    @cached_property
    def missing_marks(self) -> dict[str, int]:
        """What says in the file that something is missing, and in how many cells."""
        marks = Counter[str]()
        for column in self.all_columns:
            marks.update(column.cells.some(column.is_missing.nonzero()[0]))
        return dict(marks)

    @property
    def sentence(self) -> str:
        """One line that says what was understood."""
        found = self.understood
        parts = [f"{counted(self.n_rows, 'row')}, {counted(len(self.names), 'column')}"]
        if found.sheet:
            parts.append(f"sheet {shown(found.sheet)} of an .{found.format} file")
        elif found.format != "text":
            parts.append(f"format {found.format}")
        elif found.delimiter:
            parts.append(f"{delimiter_name(found.delimiter)} between cells")
        if not found.sheet and any("." in c or "," in c for c in self._number_cells):
            parts.append("decimal comma" if found.decimal == "," else "decimal point")
        thousands = next((c.thousands for c in self.all_columns if c.thousands), "")
        if thousands:
            parts.append(f"{_mark(thousands, found.decimal)} between thousands")
        if found.header_line:
            parts.append(f"names in line {found.header_line:,}")
        elif not found.header:
            parts.append("no line of names")
        encoding = dict(ENCODINGS).get(found.encoding)
        if encoding and found.encoding != "utf-8":
            parts.append(f"letters of {encoding}")
        parts += [part.words for part in found.left_out]
        return f"{'; '.join(parts)}."

    @property
    def _number_cells(self) -> list[str]:
        return [
            cell for column in self.all_columns if column.is_number for cell in column.cells[:100]
        ]

    @property
    def roles(self) -> tuple[targets.Role, ...]:
        """What each column is used for; of the unused ones, why."""
        roles = []
        for column in self.all_columns:
            if column.name == self.target:
                roles.append(targets.Role(column.name, "target", self.task))
            elif column.name in self.columns:
                kind = "number" if column.is_number else f"text, {len(column.counts)} values"
                roles.append(targets.Role(column.name, "input", kind))
            else:
                why = targets.reason(column, self.lines, self.unused)
                roles.append(targets.Role(column.name, "unused", why))
        return tuple(roles)

    def chosen(self, choices: CsvChoices) -> "CsvTable":
        """Return the same rows with another target, task or columns; None leaves them to be found.

        Raises
        ------
        CsvProblem
            If there is no such column.
        """
        columns = self.all_columns
        if choices.target is None:
            header = self.understood.header
            proposal = targets.propose(columns, header, self.named, self.unused)
            target, task = proposal.target, proposal.task
        else:
            target = self._index(choices.target)
            task = targets.task(columns[target])
        if choices.columns is None:
            found = targets.inputs(columns, target, self.unused)
        else:
            found = tuple(self._index(name) for name in choices.columns)
        names = self.names
        result = replace(
            self,
            target="" if target is None else names[target],
            task=choices.task or task,
            columns=tuple(names[i] for i in found),
            fill=choices.fill,
            frequent=choices.frequent,
        )
        if self.note and not choices.target and not choices.task and not choices.columns:
            task = "classes" if self.note.classes else "regression"
            return replace(result, target=names[-1], task=task, columns=names[:-1])
        return replace(result, note=None)

    @property
    def question(self) -> str:
        """What has to be chosen before the rows can be used; empty if nothing."""
        if self.note:
            return ""
        if self.understood.question:
            return self.understood.question
        if self.target:
            return ""
        header = self.understood.header
        likely = targets.propose(self.all_columns, header, self.named, self.unused).likely
        names = listed(tuple(self.names[i] for i in likely), 6)
        return (
            f"From line {self.lines[0]:,} on, which column is to be predicted is not plain: choose "
            f"it. It may be {names}."
        )

    def sample(self) -> Sample:
        """Return the rows to learn from; rows with something missing are left out.

        Raises
        ------
        CsvProblem
            With a sentence that says which line is wrong and what would be right, or what has to
            be chosen.
        """
        return self._built.sample

    @property
    def remarks(self) -> tuple[str, ...]:
        """Sentences on what was left out of the sample, or counted as one, and why.

        Raises
        ------
        CsvProblem
            As `sample` does.
        """
        return (*self.understood.remarks, *self._built.remarks)

    @cached_property
    def _built(self) -> Built:
        if self.question:
            raise CsvProblem(self.question)
        return built(self)

    def _index(self, name: str) -> int:
        if name not in self.names:
            raise CsvProblem(
                f"There is no column {shown(name)} in line {self.lines[0]:,}: choose another one."
            )
        return self.names.index(name)


_THOUSANDS: Final = (("'", "apostrophes"), ("’", "apostrophes"), (".", "points"), (",", "commas"))


def _mark(cell: str, decimal: str) -> str:
    for mark, name in _THOUSANDS:
        if mark in cell and mark != decimal:
            return name
    return "blanks"
