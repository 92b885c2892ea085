"""What a file of rows leaves unsaid: the marks between its cells and in its numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Final

from nnviz.data.csv.cells import COMMA_FRACTION, FORMULA, POINT_FRACTION, meant, no_number
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
    for mark in ("\t", ";", "|"):
        if _share(plain, mark) >= 0.6:
            return mark
    commas, spaces = _share(plain, ","), _share(plain, " ")
    if spaces >= 0.6 and _decimal_commas_only(plain):
        return " "
    if commas >= 0.5:
        return ","
    shares = {mark: _share(plain, mark) for mark in ("\t", ";", "|", ",")}
    best = max(shares, key=shares.__getitem__)
    if spaces >= 0.6 and spaces > shares[best]:
        return " "
    if shares[best] > 0:
        return best
    return " " if spaces > 0 else ","


def _share(lines: Sequence[str], mark: str) -> float:
    """Return in how many of the lines a mark stands equally often."""
    if mark == " ":
        counts = Counter(len(line.split()) - 1 for line in lines)
    else:
        counts = Counter(line.count(mark) for line in lines)
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
