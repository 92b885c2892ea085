"""Single cells of a file of rows: missing, a date, or no number for a reason that is given."""

import math
import re
from collections.abc import Collection
from typing import Final

from nnviz.data.csv.marks import LONGEST, odd_reasons
from nnviz.data.csv.notes import NO_NAME, is_formula
from nnviz.data.sample import LARGEST_VALUE
from nnviz.text.digits import digits
from nnviz.text.numbers import parsed

NO_TEXT: Final = NO_NAME
"""What says, in small letters, that a text is missing."""

NO_NUMBER: Final = NO_TEXT | {
    *("none", "-", "--", "–", "—", ".", "..", "...", "n.a.", "k.a.", "missing"),
    *("#value!", "#div/0!", "#ref!", "#name?", "#num!", "#null!"),
}
"""What says, in small letters, that a number is missing."""

FORMULA: Final = "a formula: save the values that it computes instead"
_DATE: Final = "a date: write it as a number, such as the days since the first date"
_TEXT: Final = "no number: correct it, leave the line out, or leave the column out"

_DAY: Final = re.compile(
    r"(?:[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{1,2}([-/.])[0-9]{1,2}\2(?:[0-9]{4}|[0-9]{2}))"
    r"(?:[T ].*)?|[0-9]{1,2}:[0-9]{2}(:.*)?"
)
_MONTH: Final = re.compile(
    r"(?:[0-9]{1,2}[ .-]{1,2})?[A-Za-z]{3,9}\.?[ .-](?:[0-9]{1,2},? )?[0-9]{2,4}"
)
_MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    *("mär", "mai", "okt", "dez", "fév", "avr", "aoû", "déc"),
)
_INFINITE: Final = re.compile(r"[+-]?(?:inf|infinity|∞)", re.I)
_HEXADECIMAL: Final = re.compile(r"[+-]?0[xX][0-9a-fA-F]+")


def is_date(cell: str) -> bool:
    """Tell whether a cell holds a date or a time of day."""
    if _DAY.fullmatch(cell[:LONGEST]):
        return True
    named = _MONTH.fullmatch(cell[:LONGEST]) is not None
    return named and any(month in cell[:LONGEST].lower() for month in _MONTHS)


def meant(cell: str, decimal: str, around: Collection[str] = ()) -> str | None:
    """Return why a cell that was meant as a number is none, and the remedy; None for other text.

    Parameters
    ----------
    cell : str
        Not what could be read as a number, unless it is too large.
    decimal : str
        The decimal mark of the file, a point or a comma.
    around : collection of str
        What stands around the numbers of its column.
    """
    if len(cell) > LONGEST:
        return None
    value = parsed(cell, decimal)
    if value is not None:
        if math.isfinite(value) and abs(value) <= LARGEST_VALUE:
            return odd_reasons(cell, decimal, around) if any(around) else None
        return f"larger than {digits(LARGEST_VALUE)} in size: write the column in a larger unit"
    if _INFINITE.fullmatch(cell):
        return "infinite: write a number, or leave the cell empty"
    if re.fullmatch(r"[0-9._]*", cell[1:]) and "_" in cell and cell[-1:].isdecimal():
        return "a number with underscores: write 1000, not 1_000"
    if _HEXADECIMAL.fullmatch(cell):
        return "a hexadecimal number: write it in decimal digits"
    if not cell.isascii() and any(character.isdecimal() and character > "9" for character in cell):
        western = "".join(str(int(s)) if s.isdecimal() else s for s in cell)
        western = western.replace("\u066b", ".")  # the Arabic decimal mark
        if parsed(western) is not None or parsed(western, ",") is not None:
            return "a number in digits of another script: write it with the digits 0 to 9"
    odd = odd_reasons(cell, decimal, around)
    return FORMULA if odd is None and is_formula(cell) else odd


def why(cell: str, decimal: str, around: Collection[str] = ()) -> str:
    """Return what a cell is that should be a number, and the remedy."""
    return meant(cell, decimal, around) or (_DATE if is_date(cell) else _TEXT)
