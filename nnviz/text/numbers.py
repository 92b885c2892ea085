"""Read numbers in text: one rule for links, files and tables, and one way to write a number.

A number is ASCII digits with, where there are some, a sign, a decimal point and an exponent:
``12``, ``-1.5e3``, ``.01``, ``7.``. Blanks around it do not count. Digits of other scripts,
underscores, separators of thousands, ``nan`` and ``inf`` are no numbers. Every pattern here can
match a text in one way only, so the time it takes grows with the length of the text at most.
"""

import math
import re
from typing import Final

from nnviz.text.digits import digits

LONGEST: Final = 1_000
"""Characters of a number. The exact decimal form of any float64 is shorter."""

_BLANKS: Final = " \t\r\n"
# [0-9] and not \d, which would take the digits of every script, as float() does.
_POINT: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_COMMA: Final = re.compile(_POINT.pattern.replace(r"\.", ","))


def parsed(text: str, decimal: str = ".") -> float | None:
    """Return the number that a text is, or None if it is none.

    Parameters
    ----------
    text : str
        Of any length and content. A minus sign as it is printed, U+2212, counts as one.
    decimal : {".", ","}
        The decimal mark.

    Returns
    -------
    float or None
        Infinite where the number does not fit into float64, as ``1e400``.
    """
    if len(text) > LONGEST:
        return None
    text = text.strip(_BLANKS).replace("\u2212", "-")
    if not (_POINT if decimal == "." else _COMMA).fullmatch(text):
        return None
    return float(text.replace(",", "."))


def number(text: str, low: float = -math.inf, high: float = math.inf) -> float:
    """Return the number that a text is.

    Raises ValueError with the middle of a sentence, such as "“abc” is not a number", if it is
    none, is not finite, or does not lie between the limits.
    """
    value = parsed(text)
    if value is None or not math.isfinite(value):
        raise ValueError(f"{quoted(text)} is not a number")
    if not low <= value <= high:
        raise ValueError(f"it must lie between {_limit(low)} and {_limit(high)}")
    return value


def whole(text: str, low: int = -(2**53), high: int = 2**53) -> int:
    """Return the whole number that a text is; ``1e3`` and ``7.0`` are such numbers, too.

    Raises ValueError with the middle of a sentence, if it is none or does not lie between the
    limits.
    """
    value = number(text, low, high)
    if not value.is_integer():
        raise ValueError("it must be a whole number")
    return int(value)


def written(value: float) -> str:
    """Return the shortest text that gives the same float again, whole numbers without a point."""
    return repr(float(value)).removesuffix(".0")


def quoted(text: str) -> str:
    """Return the text in quotation marks, and only its beginning if it is long."""
    return f"“{text}”" if len(text) <= 20 else f"“{text[:20]}…”"


def _limit(limit: float) -> str:
    return f"{int(limit):,}" if float(limit).is_integer() else digits(limit).replace("−", "-")
