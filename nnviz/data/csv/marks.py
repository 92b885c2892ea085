"""Numbers as people write them: decimal marks, thousands, signs of money, percent, units.

A cell is taken apart once, from left to right: what stands before the digits, the groups of digits
with the marks between them, what stands behind. No pattern here can match a text in two ways, so
the time for a cell grows with its length at most. Which of point and comma is the decimal mark is
then decided by all cells together, and asked where they do not tell.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from nnviz.text.numbers import parsed

LONGEST: Final = 60
"""Characters of what may be meant as a number with marks; plain digits may be more."""

_SPACES: Final = str.maketrans("\u00a0\u202f\u2009\u2007’", "    '")
_CORE: Final = re.compile(r"[0-9]+(?:[.,' ][0-9]+)*(?:[eE][+-]?[0-9]+)?")
_DIGITS: Final = re.compile(r"[0-9]")
_UNIT: Final = re.compile(
    r"[%‰°]|°?[A-Za-zµμΩ][A-Za-zµμΩ²³]{0,7}[23]?(?:[/·*^][A-Za-zµμΩ²³]{1,6}[23]?)?"
)
_POWER: Final = re.compile(r"[A-Za-zµμ]{1,3}[23]$")
_POWER_LIKE: Final = re.compile(r"[A-Za-zµμ]1")
_ALIKE: Final = bytes.maketrans(b"0123456789", b"1111111111")
_ALIKE_BUT_ZERO: Final = bytes.maketrans(b"123456789", b"111111111")
END: Final = "\x1f"
"""Between cells that are joined: no cell holds a control character."""

_MONEY: Final = frozenset(
    (
        *("$", "€", "£", "¥", "₹", "₽", "₩", "₺", "₫", "₪", "US$", "R$", "USD", "EUR", "GBP"),
        *("CHF", "JPY", "CNY", "INR", "SEK", "NOK", "DKK", "PLN", "CZK", "kr", "Kč", "zł", "Fr."),
        *("Rs", "Rs."),
    )
)
_MINUS: Final = "-\u2212\u2013"


class Written(NamedTuple):
    """A number taken apart."""

    negative: bool  # whether a minus sign or brackets make it negative
    groups: tuple[str, ...]  # digits, between the marks; the first may be empty, as in ``.5``
    marks: str  # the marks between the groups: points, commas, apostrophes, blanks
    exponent: str  # with its ``e``, or nothing
    around: tuple[str, str]  # what stands before and behind: money, percent, a unit

    @property
    def decimals(self) -> str:
        """The decimal marks that it can have been written with; empty if it is no number."""
        groups, marks = self.groups, self.marks
        if not marks:
            return ".,"
        last, others = marks[-1], marks[:-1]
        if last in ".,":
            fraction = not groups[0] or _grouped(groups[:-1], others)
            # The same mark cannot stand between the thousands and before the fraction.
            if fraction and last not in others:
                thousands = "" if self.exponent else (".," if _grouped(groups, marks) else "")
                return ".," if thousands and not others else last
        if not self.exponent and _grouped(groups, marks):
            # Blanks and apostrophes leave the decimal mark open.
            return {".": ",", ",": "."}.get(last, ".,")
        return ""

    def value(self, decimal: str) -> float | None:
        """Return the number with this decimal mark, or None if it has none with it."""
        if decimal not in self.decimals:
            return None
        groups = self.groups
        if self.marks and self.marks[-1] == decimal:
            text = f"{''.join(groups[:-1])}.{groups[-1]}{self.exponent}"
        else:
            text = "".join(groups) + self.exponent
        number = parsed(text)
        return -number if number is not None and self.negative else number

    @property
    def has_thousands(self) -> bool:
        """Whether something can only stand between thousands."""
        return len(self.marks) > 1 or (bool(self.marks) and self.marks not in ".,")


def taken_apart(cell: str) -> Written | None:
    """Return a number as it is written in a cell, or None if nothing like one is."""
    if len(cell) > LONGEST:
        return None
    first = _DIGITS.search(cell)
    if first is None:
        return None
    text = cell.translate(_SPACES).strip()
    power = _POWER.search(text)
    unit = power.group() if power and len(power.group()) < len(text) else ""
    text = text.removesuffix(unit)
    first = _DIGITS.search(text)
    if first is None:
        return None
    core = _CORE.match(text, first.start())
    assert core is not None  # it begins with the digit that was found
    before, behind = text[: core.start()], f"{text[core.end() :]}{unit}"
    body, exponent = core.group(), ""
    if "e" in body or "E" in body:
        at = body.index("e") if "e" in body else body.index("E")
        body, exponent = body[:at], body[at:]
    lead = before[-1:] if before[-1:] in ("", ".", ",") else ""
    end = behind if behind in (".", ",") and body.isdecimal() else ""
    negative, before, behind = _sign(before.removesuffix(lead), behind.removesuffix(end))
    if negative is None or not _around(before, behind):
        return None
    groups = re.split(r"[.,' ]", body)
    marks = "".join(character for character in body if character in ".,' ")
    if lead:
        groups, marks = ["", *groups], lead + marks
    if end and lead:
        return None
    if end:
        groups, marks = [*groups, "0"], end
    return Written(negative, tuple(groups), marks, exponent, (before, behind))


def _sign(before: str, behind: str) -> tuple[bool | None, str, str]:
    """Return whether a number is negative, and the rest of what stands around it."""
    before, behind = before.strip(), behind.strip()
    if before.startswith("(") and behind.endswith(")"):
        return True, before[1:].strip(), behind[:-1].strip()
    signs = [side for side in (before, behind) if side[:1] in (*_MINUS, "+") and side]
    for sign in (*_MINUS, "+"):
        if before.startswith(sign):
            return sign != "+", before[1:].strip(), behind
        if before.endswith(sign) and not signs:
            return sign != "+", before[:-1].strip(), behind
    if behind[:1] == "-" and not signs[1:]:  # as some ledgers write
        return True, before, behind[1:].strip()
    return False, before, behind


def _around(before: str, behind: str) -> bool:
    if before and (behind or before not in _MONEY):
        return False
    return not behind or behind in _MONEY or bool(_UNIT.fullmatch(behind))


def _grouped(groups: Sequence[str], marks: str) -> bool:
    """Tell whether digits stand in groups of three, or as in India in twos before a last three."""
    if not marks:
        return bool(groups[0])
    first, last = groups[0], groups[-1]
    if not first or (first[0] == "0") or len(first) > 3 or len(last) != 3 or len(set(marks)) > 1:
        return False
    between = {len(group) for group in groups[1:-1]}
    return between <= {3} or (between == {2} and len(first) <= 2)


class Decision(NamedTuple):
    """What point and comma mean in a file."""

    decimal: str  # the decimal mark
    unclear: str = ""  # a cell that can be read in two ways, where no cell tells which; else empty
    granted: str = ""  # the same, where one way is so much more usual that it is taken; else empty


def decide(columns: Sequence[Sequence[str]], delimiter: str) -> Decision:
    """Return the decimal mark that the cells of a file have, by the evidence of all of them.

    A cell such as ``1.5`` tells it, ``1.234`` or ``4,538`` does not. Where only such cells are
    there, whole numbers below 1,000 beside them in the same column show that the mark stands
    between thousands: before a fraction, it would not be missing in just these.
    """
    for most in (500, None):
        found = _Evidence.of(columns, most)
        if found.points or found.commas:
            return Decision("," if found.commas > found.points else ".")
    if len(found.thousands) == 1 and all(found.thousands.values()):
        return Decision("." if "," in found.thousands else ",")
    if "," in found.unclear:
        return Decision(".", unclear=found.unclear[","])
    if "." in found.unclear and delimiter != ",":
        return Decision(".", granted=found.unclear["."])
    return Decision(".")


class _Evidence(NamedTuple):
    """Cells with a decimal point, with a decimal comma; and cells with either meaning.

    ``thousands`` says of a mark with either meaning whether, in each column that has it, whole
    numbers below 1,000 stand without it, as between thousands and not as before a fraction.
    """

    points: int
    commas: int
    unclear: dict[str, str]
    thousands: dict[str, bool]

    @classmethod
    def of(cls, columns: Sequence[Sequence[str]], most: int | None) -> "_Evidence":
        points = commas = 0
        unclear: dict[str, str] = {}
        thousands: dict[str, bool] = {}
        for cells in columns:
            either: dict[str, int] = {}
            text = END.join(cells[:most])
            if "." not in text and "," not in text:
                continue
            marked = [cell for cell in cells[:most] if "." in cell or "," in cell]
            for cell, n in alike(marked):
                number = taken_apart(cell)
                decimals = number.decimals if number else ""
                if number is None:
                    continue
                points += n * (decimals == ".")
                commas += n * (decimals == ",")
                if decimals == ".,":
                    mark = number.marks[-1:]
                    unclear.setdefault(mark, cell)
                    either[mark] = either.get(mark, 0) + n
            if not either:
                continue
            lengths = [len(cell) for cell in cells[:most] if cell.isdecimal()]
            small = any(length <= 3 for length in lengths)
            large = any(length > 3 for length in lengths)
            for mark, n in either.items():
                plainly = n >= 2 and small and not large
                thousands[mark] = thousands.get(mark, True) and plainly
        return cls(points, commas, unclear, thousands)


def alike(cells: Sequence[str]) -> Iterable[tuple[str, int]]:
    """Return the first of the cells that are written alike, and how many they are.

    Digits do not matter, apart from 0, which begins no thousands, and those behind a unit.
    """
    forms = END.join(cells).encode().translate(_ALIKE_BUT_ZERO).decode().split(END)
    units = {form: found.end() - 1 for form in set(forms) if (found := _POWER_LIKE.search(form))}
    if units:
        pairs = zip(cells, forms, strict=False)
        forms = [form + cell[units[form] :] if form in units else form for cell, form in pairs]
    first = dict(zip(reversed(forms), reversed(cells), strict=False))
    return [(first[form], n) for form, n in Counter(forms).items() if form in first]


def shapes(text: str) -> str:
    """Return a text with every digit as 1."""
    return text.encode().translate(_ALIKE).decode()


def odd_reasons(cell: str, decimal: str, around: Iterable[str]) -> str | None:
    """Return why a number with marks cannot be used in its column; None if it is no number."""
    number = taken_apart(cell)
    if number is None or not number.decimals:
        return None
    if number.value(decimal) is None:
        here, there = ("point", "comma") if decimal == "." else ("comma", "point")
        return (
            f"a number with a {there}, but the decimal mark of this file is a {here}: use one "
            "decimal mark everywhere"
        )
    own, others = "".join(number.around), "".join(around)
    if own != others:
        sign = f"with “{own}”" if own else f"without “{others}”"
        return f"a number {sign}, unlike the others of its column: write all of them the same way"
    return None
