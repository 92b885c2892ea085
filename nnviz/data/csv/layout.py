"""Which lines of a file are rows, which name the columns, and which are neither."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from nnviz.data.csv.cells import NO_NUMBER, meant
from nnviz.data.csv.lines import COMMENTS, WIDE, Line, Row, ragged
from nnviz.data.csv.marks import taken_apart
from nnviz.data.csv.notes import is_formula
from nnviz.data.csv.problem import CsvProblem, shown
from nnviz.text.numbers import parsed

_TOTAL: Final = re.compile(
    r"(?:grand |sub)?total(?:s|e)?|sum(?:me|a)?|average|mean|median|(?:ins)?gesamt(?:summe)?"
    r"|mittelwert|durchschnitt|somme|moyenne|promedio|media|celkem|razem"
)
_RULE: Final = re.compile(r"[:=+-]*[=-]{2,}[:=+-]*")
_MOST_RAGGED: Final = 0.05
"""Of all rows; more of another length mean that the cells are cut wrongly."""


class LeftOut(NamedTuple):
    """Lines that are no rows, and why."""

    lines: tuple[int, ...]
    reason: str

    @property
    def words(self) -> str:
        """The lines and the reason, as part of a sentence."""
        first, last = self.lines[0], self.lines[-1]
        if first == last:
            return f"line {first:,} left out ({self.reason})"
        if last - first < 2 * len(self.lines) + 2:
            return f"lines {first:,}–{last:,} left out ({self.reason})"
        return f"{len(self.lines):,} lines left out ({self.reason}), the first is line {first:,}"


class Layout(NamedTuple):
    """The rows of a file without everything else that stands in it."""

    header: Row | None  # the names, as they stand in the file
    header_line: int  # where they stand
    rows: list[Line]  # as many cells in each as there are columns
    left_out: tuple[LeftOut, ...] = ()  # lines that are neither
    remarks: tuple[str, ...] = ()  # sentences on rows that are left out
    target: str = ""  # the name of the column that the file itself calls the target; or empty
    unused: tuple[str, ...] = ()  # names of columns that the file itself says are no inputs


def laid_out(
    lines: list[Line], delimiter: str, header: bool | None = None, start: int | None = None
) -> Layout:
    """Return which lines are rows, which names them; what is not said is found out.

    Raises CsvProblem if lines are too unlike for a table.

    Parameters
    ----------
    lines : list of Line
        All that hold something.
    delimiter : str
        What they were cut at.
    header : bool, optional
        Whether the first line of the table names the columns.
    start : int, optional
        The line of the file in which the table begins.
    """
    left_out: list[LeftOut] = []
    lines, comments = _without_comments(lines, delimiter)
    lines = _without_rules(lines)
    if not lines:
        raise CsvProblem("No line has a cell, from line 1 on: put a row in each line.")
    width = _width(lines)
    begin, short = _beginning(lines, width, start)
    if begin:
        left_out.append(LeftOut(tuple(line.number for line in lines[:begin]), "title"))
    if comments:
        left_out.append(LeftOut(tuple(line.number for line in comments), "comment"))
    lines = lines[begin:]
    if short:
        first = lines[0]
        lines = [Line(first.number, ("", *first.cells)), *lines[1:]]
    end, notes, totals = _ending(lines, width)
    lines = lines[:end]
    if notes:
        left_out.append(LeftOut(notes, "note"))
    if totals:
        left_out.append(LeftOut(totals, "total"))
    rows, remarks = _even(lines, width, delimiter)
    names, name_line = None, 0
    if header or (header is None and has_header([row.cells for row in rows])):
        names, name_line = tuple(map(_uncommented, rows[0].cells)), rows[0].number
        rows = rows[1:]
    elif header is None and comments and begin == 0:
        above = [line for line in comments if line.number < rows[0].number]
        words = tuple(" ".join(above[-1].cells).lstrip("#%/ ").split()) if above else ()
        if len(words) == width and not any(map(counts, words)):
            names, name_line = words, above[-1].number
    if names and header is None:
        rows, repeated = _without_repeated(rows, names)
        left_out += repeated
    return Layout(names, name_line, rows, tuple(left_out), remarks)


def _without_comments(lines: list[Line], delimiter: str) -> tuple[list[Line], list[Line]]:
    """Return lines without those that begin as remarks, and these."""
    begun = [line for line in lines if line.cells[0].startswith(COMMENTS)]
    if not begun or len(begun) > max(3, 0.2 * len(lines)) or len(begun) == len(lines):
        return lines, []
    usual = Counter(len(line.cells) for line in lines).most_common(1)[0][0]
    first = next(i for i, line in enumerate(lines) if line not in begun)
    comments = []
    for i, line in enumerate(lines):
        if not line.cells[0].startswith(COMMENTS):
            continue
        # Names may be marked as a remark; the last such line above the rows can hold them.
        names = i + 1 == first and len(line.cells) == usual and len(line.cells) > 1
        if not names or (line.cells[0] in COMMENTS and delimiter in (" ", WIDE)):
            comments.append(line)
    gone = {line.number for line in comments}
    return [line for line in lines if line.number not in gone], comments


def _without_rules(lines: list[Line]) -> list[Line]:
    """Return lines without those of dashes, as under the names in a table of Markdown."""
    return [
        line
        for line in lines[:4]
        if not (any(line.cells) and all(_RULE.fullmatch(cell) for cell in line.cells if cell))
    ] + lines[4:]


def _width(lines: Sequence[Line]) -> int:
    """Return how many cells a row has: what most lines have, and more than one if many do."""
    widths = Counter(len(line.cells) for line in lines)
    several = {width: n for width, n in widths.items() if width > 1}
    if not several or widths[1] > 4 * sum(several.values()):
        return 1
    return max(several, key=lambda width: (several[width], -width))


def _beginning(lines: Sequence[Line], width: int, start: int | None) -> tuple[int, bool]:
    """Return the first line of the table, and whether its names are one fewer than the cells."""
    if start is not None:
        begin = next((i for i, line in enumerate(lines) if line.number >= start), 0)
        return begin, _is_short_header(lines, begin, width)
    for i in range(len(lines)):
        if _is_short_header(lines, i, width):
            return i, True
        if _fits(lines[i].cells, width) and (
            width == 1
            or sum(map(bool, lines[i].cells)) > 1
            or not any(map(_letters, lines[i].cells))
        ):
            return i, False
    return 0, False


def _is_short_header(lines: Sequence[Line], i: int, width: int) -> bool:
    if i + 2 >= len(lines) or width < 3:
        return False
    names, rows = (
        lines[i].cells,
        [line.cells for line in lines[i + 1 :] if len(line.cells) == width],
    )
    if len(names) != width - 1 or not all(names) or any(map(counts, names)) or not rows:
        return False
    first = [row[0] for row in rows]
    return len(rows) >= 2 and len(set(first)) == len(first) and any(map(counts, rows[0][1:]))


def _ending(lines: Sequence[Line], width: int) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    """Return where the rows end, and the lines of notes and of totals below them."""
    end = len(lines)
    notes: list[int] = []
    totals: list[int] = []
    while end > 2:
        line = lines[end - 1]
        cells = [cell for cell in line.cells if cell]
        if _is_total(line.cells, lines[end - 2].cells):
            totals.insert(0, line.number)
        elif (
            width > 1
            and len(cells) == 1
            and _letters(cells[0])
            and (width > 2 or len(line.cells) < width or len(cells[0]) > 20)
        ):
            notes.insert(0, line.number)
        else:
            break
        end -= 1
    return end, tuple(notes), tuple(totals)


def _is_total(cells: Row, above: Row) -> bool:
    words = [cell.strip(" :").lower() for cell in cells[:2]]
    usual = {cell.strip(" :").lower() for cell in above}
    return any(word not in usual and _TOTAL.fullmatch(word) for word in words if word)


def _even(lines: Sequence[Line], width: int, delimiter: str) -> tuple[list[Line], tuple[str, ...]]:
    """Return the rows with as many cells as there are columns, and remarks on the others."""
    rows: list[Line] = []
    odd: list[Line] = []
    for line in lines:
        n = len(line.cells)
        if n == width:
            rows.append(line)
        elif n > width and not any(line.cells[width:]):
            rows.append(Line(line.number, line.cells[:width]))
        else:
            odd.append(line)
    if not odd:
        return rows, ()
    if len(odd) > _MOST_RAGGED * len(lines):
        first = lines[0]
        if first is odd[0] and rows:
            # The other lines are more: what the first one lacks is told of the second.
            second = ragged(rows[0], len(first.cells), first.number, delimiter)
            raise CsvProblem(second)
        raise CsvProblem(ragged(odd[0], width, first.number, delimiter))
    n, line = len(odd), odd[0]
    if n == 1:
        cells = f"1 row has {len(line.cells)} cells, not {width} as the others, and stays out"
        return rows, (f"{cells}: line {line.number:,}.",)
    cells = f"{n:,} rows have more or fewer cells than the {width} of the others and stay out"
    return rows, (f"{cells}, the first in line {line.number:,}.",)


def _without_repeated(rows: list[Line], names: Row) -> tuple[list[Line], list[LeftOut]]:
    repeated = tuple(row.number for row in rows if row.cells == names)
    if not repeated:
        return rows, []
    return [row for row in rows if row.cells != names], [LeftOut(repeated, "the names again")]


def _fits(row: Row, width: int) -> bool:
    return len(row) == width or (len(row) > width and not any(row[width:]))


def _letters(cell: str) -> bool:
    return any(map(str.isalpha, cell))


def counts(cell: str) -> bool:
    """Tell whether a cell is a number, or was meant as one."""
    if parsed(cell) is not None or taken_apart(cell) is not None:
        return True
    return meant(cell, ".") is not None and not is_formula(cell)


def has_header(rows: Sequence[Row]) -> bool:
    """Tell whether the first row names the columns: no number in it, but numbers below it.

    Years and 0, 1, 2, ... may be names as well: of columns that hold other numbers.
    """
    first, below = rows[0], rows[1:50]
    numbers = [i for i, cell in enumerate(first) if counts(cell)]
    if numbers:
        return bool(below) and _numbers_name(first, below, numbers)
    if not below or all(cell.lower() in NO_NUMBER for cell in first):
        return not all(cell.lower() in NO_NUMBER for cell in first)
    return any(counts(cell) for row in below for cell in row) or len(set(first)) == len(first)


def _numbers_name(first: Row, below: Sequence[Row], numbers: Sequence[int]) -> bool:
    names = [parsed(first[i]) for i in numbers]
    counted = names == list(map(float, range(len(names)))) and len(names) > 1
    years = all(
        name is not None and 1800 <= name <= 2100 and name.is_integer() for name in names
    ) and len(set(names)) == len(names)
    if not (counted or years):
        return False
    full = [i for i in range(len(first)) if first[i] or any(row[i] for row in below)]
    others = [i for i in full if i not in numbers]
    if any(not first[i] and i for i in others) or (years and not others):
        return False
    values = [parsed(row[i].replace(",", ".")) for row in below for i in numbers if row[i]]
    like = [
        value
        for value in values
        if value is not None and value.is_integer() and (counted or 1800 <= value <= 2100)
    ]
    if counted and any(row[i] and not counts(row[i]) for row in below[:5] for i in numbers):
        return True
    if counted and not others:
        return bool(values) and not like
    recur = any(first[i] == row[i] for row in below for i in others)
    return bool(values) and len(like) < 0.2 * len(values) and not recur


def _uncommented(cell: str) -> str:
    for sign in ("#", "%", "//"):
        if cell.startswith(sign) and cell.strip(sign + " "):
            return cell.removeprefix(sign).strip()
    return cell


def no_rows(layout: Layout) -> CsvProblem:
    """Return what is said where names stand alone."""
    cells = ", ".join(map(shown, (layout.header or ())[:3]))
    return CsvProblem(
        f"Line {layout.header_line:,} names the columns ({cells}), but no row follows: add rows "
        "below it."
    )
