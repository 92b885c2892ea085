"""Names of classes, and other values of text: those that mean the same are one."""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from nnviz.data.csv.columns import MOST_NAME, CsvColumn
from nnviz.data.csv.notes import cell_names, disarmed
from nnviz.data.csv.packed import BoolArray
from nnviz.data.csv.problem import CsvProblem, at, shown
from nnviz.data.csv.target import Chosen
from nnviz.data.sample import MOST_CLASSES
from nnviz.nn.checks import FloatArray
from nnviz.text.numbers import written

_QUOTES: Final = (("'", "'"), ('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"), ("\u2018", "\u2019"))


class Values(NamedTuple):
    """The values of a column of text."""

    names: Mapping[str, str]  # of every cell, the value that it counts as
    remarks: tuple[str, ...]  # sentences on what was counted as one


def joined(counts: Mapping[str, int], column: str) -> Values:
    """Return what the cells of a column mean: the same apart from case, blanks, quotation marks.

    The same letter in another form of Unicode (é as one character or as two) is the same, too. The
    spelling that stands there most often, the first of equally many, is the name.
    """
    groups: dict[str, dict[str, int]] = {}
    for cell, n in counts.items():
        shown_as = _cleaned(cell)
        key = unicodedata.normalize("NFC", shown_as.casefold())
        spellings = groups.setdefault(key, {})
        spellings[shown_as] = spellings.get(shown_as, 0) + n
    best = {key: max(names, key=names.__getitem__) for key, names in groups.items()}
    names = {
        cell: unicodedata.normalize(
            "NFC", best[unicodedata.normalize("NFC", _cleaned(cell).casefold())]
        )
        for cell in counts
    }
    others = [
        (name, best[key])
        for key, spelled in groups.items()
        for name in spelled
        if name != best[key]
    ]
    if not others:
        return Values(names, ())
    few = ", ".join(f"{shown(name)} as {shown(kept)}" for name, kept in others[:3])
    more = f" and {len(others) - 3} more" if len(others) > 3 else ""
    alike = any(name.casefold() == kept.casefold() for name, kept in others)
    written = "written differently" if alike else "the same letters in other characters"
    return Values(names, (f"In column {shown(column)}, {few}{more} count as one: {written}.",))


def _cleaned(cell: str) -> str:
    text = disarmed(cell) or cell
    for first, last in _QUOTES:
        if len(text) > 2 and text.startswith(first) and text.endswith(last):
            text = text[1:-1]
            break
    return " ".join(text.split())


def classes_of(
    table: Chosen, target: CsvColumn, usable: BoolArray
) -> tuple[FloatArray, tuple[str, ...], BoolArray, list[str]]:
    """Return each row's class, the names in order, the rows of rare classes, and sentences."""
    none = np.zeros(table.n_rows, dtype=bool)
    if table.note:
        names = cell_names(table.note.classes)
        where = {name: float(i) for i, name in enumerate(names)}
        wrong = next((i for i, cell in enumerate(target.cells) if cell not in where), None)
        if wrong is not None:
            raise CsvProblem(
                f"{at(table.lines[wrong], target.name)}, holds {shown(target.cells[wrong])}, which "
                "is no class of line 1: correct it, or delete line 1."
            )
        y = np.array([where[cell] for cell in target.cells])
        return y, table.note.classes, none, []
    by_value = target.is_number and not target.is_unread.any()
    remarks: list[str] = []
    if by_value:
        keys = [written(float(value) + 0.0) for value in target.values]
    elif len(target.counts) > 1000:
        keys = list(target.cells)
    else:
        values = joined(_counts(target), target.name)
        remarks += values.remarks
        keys = [values.names.get(cell, cell) for cell in target.cells]
    found: dict[str, int] = {}
    for row in np.flatnonzero(usable):
        if keys[row] not in found:
            found[keys[row]] = int(row)
            _check_name(table, target, int(row))
    if len(found) < 2:
        raise CsvProblem(
            f"{at(table.lines[int(usable.argmax())], target.name)}, holds "
            f"{shown(next(iter(found), ''))}, as in every line below: add rows of another class, "
            "or choose another column as the target."
        )
    rare = none
    if len(found) > MOST_CLASSES:
        if not table.frequent:
            raise _too_many(table, target, list(found), found)
        counts = Counter(keys[row] for row in np.flatnonzero(usable))
        often = {key for key, _ in counts.most_common(MOST_CLASSES)}
        rare = np.array([key not in often for key in keys]) & usable
        gone = len(found) - len(often)
        remarks.append(
            f"{int(rare.sum()):,} rows of {gone:,} rarer {'class' if gone == 1 else 'classes'} "
            f"stay out: the {MOST_CLASSES} most frequent ones are kept."
        )
        found = {key: row for key, row in found.items() if key in often}
    order = sorted(found, key=float) if by_value else sorted(found)
    number = {key: float(i) for i, key in enumerate(order)}
    names = tuple(" ".join((disarmed(key) or key).split()) or "(empty)" for key in order)
    return np.array([number.get(key, 0.0) for key in keys]), names, rare, remarks


def _counts(target: CsvColumn) -> dict[str, int]:
    return dict(Counter(target.cells)) if target.is_number else target.counts


def _check_name(table: Chosen, target: CsvColumn, row: int) -> None:
    cell = target.cells[row]
    where = at(table.lines[row], target.name)
    if disarmed(cell) is None:
        raise CsvProblem(
            f"{where}, holds the formula {shown(cell)}: save the values that it computes instead."
        )
    if len(cell) > MOST_NAME:
        raise CsvProblem(
            f"{where}, holds {shown(cell)}, a text of {len(cell):,} letters: a class needs a name "
            f"of {MOST_NAME} at the most."
        )


def _too_many(
    table: Chosen, target: CsvColumn, names: Sequence[str], first: dict[str, int]
) -> CsvProblem:
    row = first[names[MOST_CLASSES]]
    n = f"{len(names)}" if len(names) < 1000 else "1,000 or more"
    number = "predict it as a number, " if target.is_number else ""
    return CsvProblem(
        f"{at(table.lines[row], target.name)}, holds {shown(target.cells[row])}, one of {n} "
        f"classes, and {MOST_CLASSES} at the most can be told apart: {number}keep the "
        f"{MOST_CLASSES} most frequent, or choose another column as the target."
    )
