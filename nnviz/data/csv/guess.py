"""What a file of rows leaves unsaid: its delimiter, decimal mark and header, and its target."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Final

from nnviz.data.csv.cells import COMMA_FRACTION, FORMULA, POINT_FRACTION, meant, no_number
from nnviz.data.csv.columns import CsvColumn
from nnviz.data.sample import MOST_CLASSES, MOST_COLUMNS
from nnviz.text.numbers import parsed

DELIMITERS: Final = (",", ";", "\t", "|", " ")

_LINES: Final = 100  # are enough to see what stands between the cells
_ROWS: Final = 2000  # are enough to see the decimal mark
_QUOTED: Final = re.compile(r'"[^"]*"')
_GROUPED: Final = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")


def delimiter(lines: Sequence[str]) -> str:
    """Return what most likely stands between the cells.

    A tab, a semicolon or a bar is believed before a comma, which may be a decimal mark, and a
    comma before a space, which may stand in a name.
    """
    plain = [_QUOTED.sub("q", line).strip(" ") for line in lines if line.strip()][:_LINES]
    for each in ("	", ";", "|"):
        if _fraction(plain, each) >= 0.6:
            return each
    commas, spaces = _fraction(plain, ","), _fraction(plain, " ")
    if spaces >= 0.6 and _decimal_commas_only(plain):
        return " "
    if commas >= 0.5:
        return ","
    fractions = {each: _fraction(plain, each) for each in ("\t", ";", "|", ",")}
    best = max(fractions, key=fractions.__getitem__)
    if spaces >= 0.6 and spaces > fractions[best]:
        return " "
    if fractions[best] > 0:
        return best
    return " " if spaces > 0 else ","


def _fraction(lines: Sequence[str], delimiter: str) -> float:
    """Return the fraction of the lines in which a delimiter stands equally often."""
    if delimiter == " ":
        counts = Counter(len(line.split()) - 1 for line in lines)
    else:
        counts = Counter(line.count(delimiter) for line in lines)
    counts.pop(0, None)
    return max(counts.values(), default=0) / len(lines) if lines else 0.0


def _decimal_commas_only(lines: Sequence[str]) -> bool:
    words = [word for line in lines for word in line.split() if "," in word]
    return (
        bool(words)
        and all(COMMA_FRACTION.fullmatch(word) for word in words)
        and any(len(line.split()) > 1 for line in lines)
    )


def decimal(rows: Sequence[Sequence[str]], between: str) -> str:
    """Return the decimal mark that most of the numbers with a fraction have."""
    points = commas = grouped = 0
    for row in islice(rows, _ROWS):
        for cell in row:
            if "." in cell:
                points += POINT_FRACTION.fullmatch(cell) is not None
            elif "," in cell and COMMA_FRACTION.fullmatch(cell):
                commas += 1
                grouped += _GROUPED.fullmatch(cell) is not None
    if between == "," and commas == grouped:
        # Quoted, as 1,234 is where commas stand between the cells and between the thousands.
        return "."
    return "," if commas > points else "."


def has_header(rows: Sequence[Sequence[str]], mark: str) -> bool:
    """Tell whether the first row names the columns: no number in it, but numbers below it."""
    first, below = rows[0], rows[1:50]
    if any(_counts(cell, mark) for cell in first):
        return False
    if not below or all(map(no_number, first)):
        return not all(map(no_number, first))
    return any(_counts(cell, mark) for row in below for cell in row) or len(set(first)) == len(
        first
    )


def _counts(cell: str, mark: str) -> bool:
    return parsed(cell, mark) is not None or meant(cell, mark) not in (None, FORMULA)


NAMES: Final = (
    *("class", "classes", "target", "label", "labels", "y", "species", "category", "outcome"),
    *("diagnosis", "variety", "klasse", "ziel", "art", "classe", "clase", "etiqueta"),
)


def target(columns: Sequence[CsvColumn]) -> tuple[int, str]:
    """Return the number of the column to predict, and the task.

    A text column with two to five different values comes first, above all one with a name such as
    *class*; then whatever has such a name; then a last column of two to five whole numbers; then
    the last column of numbers, which makes a regression.

    Returns
    -------
    target : int
        The number of the column.
    task : str
        ``"classes"`` or ``"regression"``.
    """
    last = len(columns) - 1
    texts = [i for i, column in enumerate(columns) if not column.is_number]
    named = [i for i, column in enumerate(columns) if column.name.lower() in NAMES]
    few = [i for i in texts if 2 <= len(columns[i].different(MOST_CLASSES)) <= MOST_CLASSES]
    if few:
        # Where every row has a text of its own, it is more likely a name of the row.
        return max(few, key=lambda i: (i in named, _repeats(columns[i]), i)), "classes"
    if named:
        of_classes = named[-1] in texts or few_whole(columns[named[-1]])
        return named[-1], "classes" if of_classes else "regression"
    if few_whole(columns[last]):
        return last, "classes"
    numbers = [i for i in range(len(columns)) if i not in texts]
    if last in texts and len(numbers) < 3:
        return last, "classes"
    return (numbers[-1] if numbers else last), "regression"


def few_whole(column: CsvColumn) -> bool:
    """Tell whether a column holds two to five different whole numbers and nothing else."""
    if not column.is_number:
        return False
    different = set(column.values[:2000].tolist())
    different = different if len(different) > MOST_CLASSES else set(column.values.tolist())
    different = {value for value in different if value == value}
    readable = all(value.is_integer() for value in different)
    return readable and 2 <= len(different) <= MOST_CLASSES and column.first_unread() is None


def inputs(columns: Sequence[CsvColumn], target: int) -> tuple[int, ...]:
    """Return the numbers of the columns to predict it from; the first two make the plane."""
    numbers = [i for i, column in enumerate(columns) if i != target and column.is_number]
    useful = [i for i in numbers if not columns[i].counts_rows and not columns[i].is_constant]
    return tuple((useful if len(useful) >= 2 else numbers)[:MOST_COLUMNS])


def left_out(columns: Sequence[CsvColumn], target: int, chosen: Sequence[int]) -> tuple[str, ...]:
    """Return the names of the columns that are not used, each with the reason."""
    rest = [(i, column) for i, column in enumerate(columns) if i != target and i not in chosen]
    return tuple(f"{column.name} ({_reason(column)})" for _, column in rest)


def _reason(column: CsvColumn) -> str:
    if not column.is_number:
        return "text"
    if column.counts_rows:
        return "numbers the rows"
    return "the same in every row" if column.is_constant else "not chosen"


def _repeats(column: CsvColumn) -> bool:
    return len(set(column.cells)) < len(column.cells)
