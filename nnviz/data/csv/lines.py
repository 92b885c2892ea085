"""Lines cut into cells, and what most likely stands between these."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import methodcaller
from typing import Final, NamedTuple

from nnviz.data.csv.cells import NO_NUMBER, is_date
from nnviz.data.csv.marks import alike, taken_apart
from nnviz.data.csv.problem import CsvProblem, shown

MOST_FILE_COLUMNS: Final = 500
MOST_CELLS: Final = 3_200_000

TABS: Final = "\t\t"
"""Any number of tabs between two cells."""
WIDE: Final = "  "
"""At least two blanks between two cells; single ones may stand in a cell."""

DELIMITER_NAMES: Final = (
    (",", "comma"),
    (";", "semicolon"),
    ("\t", "tab"),
    ("|", "bar"),
    (" ", "blanks"),
    (WIDE, "two or more blanks"),
    (TABS, "one or more tabs"),
)
DELIMITERS: Final = tuple(delimiter for delimiter, _ in DELIMITER_NAMES)
COMMENTS: Final = ("#", "%", "//")
"""What a line begins with that is no row."""

_SAMPLE: Final = 60  # lines from the beginning, the middle and the end
_BLANKS: Final = re.compile(r"[ \t]+")
_TWO_BLANKS: Final = re.compile(r"[ \t]{2,}")
_MANY_TABS: Final = re.compile(r"\t+")

Row = tuple[str, ...]


class Line(NamedTuple):
    """A row of cells, and the line of the file that it begins in."""

    number: int
    cells: Row


def delimiter_name(delimiter: str) -> str:
    """Return the name of a delimiter."""
    return dict(DELIMITER_NAMES).get(delimiter, shown(delimiter))


def is_comment(line: str) -> bool:
    """Tell whether a line begins as remarks do."""
    return line.lstrip().startswith(COMMENTS)


def delimiter(lines: Sequence[str]) -> str:
    """Return what most likely stands between the cells.

    A tab, a semicolon or a bar is believed before a comma, which may be a decimal mark, and a
    comma before blanks, which may stand in a name. What is tried must give many rows the same
    number of cells, and cells that look like numbers, dates or plain words: the two measures of
    van den Burg, Nazabal and Sutton, "Wrangling messy CSV files by detecting row and type
    patterns" (2019).
    """
    filled = [line for line in lines if line.strip()]
    plain = [line for line in filled if not is_comment(line)] or filled
    if len(plain) > 3 * _SAMPLE:
        middle = len(plain) // 2
        plain = plain[:_SAMPLE] + plain[middle : middle + _SAMPLE] + plain[-_SAMPLE:]
    scores = {each: _score(plain, each) for each in DELIMITERS}
    if scores[TABS].fraction >= 0.6 and scores[TABS].fraction > scores["\t"].fraction:
        return TABS
    for each in ("\t", ";", "|"):
        score = scores[each]
        if score.fraction >= 0.6 and score.typed >= 0.5:
            return each
    best = max((",", " ", WIDE), key=lambda each: scores[each].total)
    if scores[best].total > 0 and scores[best].fraction >= 0.5:
        return best
    return max(("\t", ";", "|", ",", " "), key=lambda each: scores[each].total)


class _Score(NamedTuple):
    """How well a delimiter fits: rows of the same length, cells that look like something."""

    fraction: float
    typed: float
    width: int

    @property
    def total(self) -> float:
        return self.fraction * self.typed * (self.width - 1) / self.width


def _score(lines: Sequence[str], delimiter: str) -> _Score:
    if not any(delimiter[0] in line for line in lines):
        return _Score(0.0, 0.0, 1)
    quoted = any('"' in line for line in lines)
    rows = []
    try:
        rows = [line.cells for line in split(lines, delimiter, quoted=quoted, strict=False)]
    except CsvProblem:
        return _Score(0.0, 0.0, 1)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return _Score(0.0, 0.0, 1)
    width = max(widths, key=lambda each: (widths[each], each))
    fitting = [row for row in rows if _fits(row, width)]
    cells = [cell for row in fitting for cell in row[:width]]
    typed = sum(n for cell, n in alike(cells[:3000]) if _typed(cell, delimiter))
    return _Score(len(fitting) / len(rows), typed / len(cells[:3000]), width)


def _typed(cell: str, delimiter: str) -> bool:
    """Tell whether a cell looks like a number, a date, nothing, or words."""
    if cell.lower() in NO_NUMBER or taken_apart(cell) or is_date(cell):
        return True
    # The delimiter itself can stand in quoted words.
    other = any(mark in cell for mark in ",;|\t" if mark != delimiter)
    return any(map(str.isalpha, cell)) and not other


def _fits(row: Row, width: int) -> bool:
    return len(row) == width or (len(row) > width and not any(row[width:]))


def cut(lines: list[str], delimiter: str, before: int = 0) -> list[Line]:
    """Return the cells of all lines that are not empty, without the blanks around them.

    Parameters
    ----------
    lines : list of str
        Without their ends.
    delimiter : str
        One of `DELIMITERS`.
    before : int
        So many lines of the file stand before them.

    Raises
    ------
    CsvProblem
        For a quotation mark that is not closed, too many columns or cells.
    """
    quoted = any('"' in line for line in lines)
    rows: list[Line] = []
    n_cells = 0
    for row in split(lines, delimiter, before, quoted=quoted):
        number, cells = row
        if not any(cells):
            continue  # spreadsheets leave such lines at the end
        n_cells += len(cells)
        if len(cells) > MOST_FILE_COLUMNS and any(cells[MOST_FILE_COLUMNS:]):
            raise CsvProblem(
                f"Line {number:,} has {len(cells):,} columns, and at most "
                f"{MOST_FILE_COLUMNS} can be read: keep only those that are needed."
            )
        if n_cells > MOST_CELLS:
            raise CsvProblem(
                f"There are more than {MOST_CELLS:,} cells, the most that can be read: leave out "
                f"the rows from line {number:,} on, or columns that are not needed."
            )
        rows.append(row)
    return rows


def split(
    lines: Sequence[str], delimiter: str, before: int = 0, *, quoted: bool, strict: bool = True
) -> Iterator[Line]:
    """Yield every line with its cells; a quoted cell may go on over several lines.

    So many lines of the file stand ``before`` them.

    Raises
    ------
    CsvProblem
        For a quotation mark that is not closed, if ``strict``.
    """
    mark, prepared = _prepared(lines, delimiter)
    if not quoted:
        for number, line in enumerate(prepared, before + 1):
            yield Line(number, tuple(map(str.strip, line.split(mark))))
        return
    # A cell that begins with a quotation mark after a blank is a quoted one, too.
    reader = csv.reader(
        (f"{line}\n" for line in prepared), delimiter=mark, skipinitialspace=True, strict=strict
    )
    while True:
        start = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise CsvProblem(_open_quote(lines, start, reader.line_num, before)) from None
        yield Line(start + before, tuple(map(str.strip, row)))


def _prepared(lines: Sequence[str], delimiter: str) -> tuple[str, Iterator[str]]:
    """Return one character that stands between the cells, and lines in which it does."""
    runs: dict[str, tuple[re.Pattern[str], str]] = {
        " ": (_BLANKS, " "), WIDE: (_TWO_BLANKS, "\t"), TABS: (_MANY_TABS, "\t"),
    }  # fmt: skip
    if delimiter not in runs:
        return delimiter, map(methodcaller("strip", " "), lines)
    pattern, mark = runs[delimiter]
    if pattern is _BLANKS and all(map(str.isascii, lines)):
        return mark, (" ".join(line.split()) for line in lines)  # the same, and faster
    return mark, (pattern.sub(mark, line.strip()) for line in lines)


def _open_quote(lines: Sequence[str], start: int, end: int, before: int) -> str:
    cell = lines[start - 1]
    cell = cell[cell.find('"') :] if '"' in cell else cell
    if end > start or end >= len(lines):
        wrong = "has a quotation mark that is not closed"
    else:
        wrong = "goes on after a closing quotation mark"
    return (
        f"Line {start + before:,} {wrong}, at {shown(cell)}: close it before the next cell, and "
        "write a quotation mark inside a cell twice."
    )


def ragged(row: Line, width: int, first: int, delimiter: str) -> str:
    """Return a sentence on a row of another length than the others, and the remedy."""
    cells = row.cells
    text = (
        f"Line {row.number:,} has {_count(len(cells))}, but line {first:,} has {width}: give "
        "every line the same number of cells"
    )
    for other, name in DELIMITER_NAMES:
        fits = other in ";,|\t" and len(cells) < width and cells[0].count(other) == width - 1
        if fits and other != delimiter:
            return f"{text}, with a {delimiter_name(delimiter)} between them and not a {name}."
    if delimiter == "," and len(cells) > width:
        return f"{text}; where a comma is a decimal mark, put semicolons between the cells."
    return f"{text}, empty ones too."


def _count(n: int) -> str:
    return f"{n:,} cell" if n == 1 else f"{n:,} cells"
