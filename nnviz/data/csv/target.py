"""Which column is to be predicted, from which others, and why the rest is not used."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

import numpy as np

from nnviz.data.csv.cells import why
from nnviz.data.csv.columns import CsvColumn
from nnviz.data.csv.notes import Note
from nnviz.data.csv.problem import shown
from nnviz.data.sample import MOST_CLASSES, MOST_COLUMNS

NAMES: Final = (
    *("class", "classes", "target", "label", "labels", "species", "category", "outcome", "output"),
    *("diagnosis", "variety", "klasse", "ziel", "art", "classe", "clase", "etiqueta", "y"),
)
_SURE: Final = frozenset(
    (
        *("class", "classes", "target", "species", "outcome", "diagnosis", "variety"),
        *("klasse", "ziel", "classe", "clase", "etiqueta"),
    )
)
_VAGUE: Final = frozenset(NAMES) - {"target", "species", "outcome", "diagnosis", "variety", "ziel"}
_CLASS_NAMES: Final = frozenset(NAMES) - {"y", "output", "target", "outcome"}
_VALUES: Final = re.compile(
    r"(?:.*[ _.-])?(?:price|prices|preis|preise|prix|precio|cost|costs|value|sales|salary|income"
    r"|charges|revenue|rent|miete|mpg|medv|yield)(?:[ _.(\[/-].*)?",
    re.IGNORECASE,
)
FEW_NUMBERS: Final = 5
"""So many different whole numbers are taken for classes; more are numbers, if nothing is said."""
MOST_VALUES: Final = 10
"""Of a column of text that is an input: each value becomes a column of 0 and 1."""
_MOST_MISSING: Final = 0.5
MOST_UNREAD: Final = 0.1
"""Of the rows; a column in which more cells are no numbers is not used."""


class Role(NamedTuple):
    """What a column is used for, and why: *target*, *input* or *unused*."""

    name: str
    role: str
    reason: str


class Proposal(NamedTuple):
    """A column to predict."""

    target: int | None  # its number; None where the file does not tell
    task: str  # ``"classes"`` or ``"regression"``
    likely: tuple[int, ...] = ()  # columns that can be meant, where the file does not tell


def propose(
    columns: Sequence[CsvColumn], names_given: bool, named: str = "", unused: Sequence[str] = ()
) -> Proposal:
    """Return the column to predict where that is plain, else those that may be meant.

    Plain are: what the file itself names; a column with a name such as *class*; in a file without
    names a last, or else a first column with few values, as data sets are handed on; the only
    column with a few texts, if it is the first or the last one; a last column of a few whole
    numbers; and where no column has few values, the last column of numbers, for a regression.

    Parameters
    ----------
    columns : sequence of CsvColumn
        All columns of the file.
    names_given : bool
        Whether they have names of their own.
    named : str
        What the file calls its target, if it does.
    unused : sequence of str
        Columns that the file itself does not count.
    """
    for i, column in enumerate(columns):
        if named and column.name == named:
            return Proposal(i, task(column))
    usable = [
        i for i, c in enumerate(columns)
        if not (c.is_empty or c.is_constant or c.is_date or c.is_id or c.name in unused)
    ]  # fmt: skip
    texts = [i for i in usable if not columns[i].is_number and _few_texts(columns[i])]
    known = [
        i for i, column in enumerate(columns)
        if column.name.strip().lower() in (NAMES if column.is_number or i in texts else _SURE)
    ]  # fmt: skip
    numbers = [i for i in usable if columns[i].is_number]
    if not known and not (numbers or texts):
        return _hopeless(columns)
    few = [i for i in numbers if few_whole(columns[i]) and _repeats(columns[i])]
    two = [i for i in few if len(set(columns[i].values[~columns[i].is_missing])) == 2]
    first, last = (usable[0], usable[-1]) if usable else (-1, -1)
    # Beside a column with a few texts, y is more likely a coordinate.
    known = [
        i for i in known if not (texts and i != last and columns[i].name.strip().lower() == "y")
    ]
    # In the middle, among other columns with few values, "class" may be a class of a cabin.
    vague = [
        i for i in known
        if columns[i].name.strip().lower() in _VAGUE
        and (i in two or (i in few and i not in (first, last)))
    ]  # fmt: skip
    unclear = bool(vague) and len({*texts, *two, *few}) > 1 and last not in known
    if known and not (unclear and len(vague) == len(known)):
        best = max(known, key=lambda i: (i in texts, i))
        return Proposal(best, task(columns[best]))
    if not names_given:
        for i in (last, first):
            if i in texts or i in few:
                return Proposal(i, "classes")
        if len(texts) == 1:
            return Proposal(texts[0], "classes")
    values = [i for i in numbers if _VALUES.fullmatch(columns[i].name.strip())]
    likely = tuple(sorted({*texts, *few, *values, *numbers[-1:]}))
    if values == [last]:
        return Proposal(last, "regression")
    if len(texts) == 1 and texts[0] in (first, last) and not values and not two:
        return Proposal(texts[0], "classes")
    if texts or len(values) > 1:
        return Proposal(None, "classes", likely)
    if values:
        return Proposal(values[0], "regression")
    if last in few and not set(two) - {last}:
        return Proposal(last, "classes")
    if two or not numbers:
        return Proposal(None, "classes", likely)
    return Proposal(numbers[-1], "regression")


def _hopeless(columns: Sequence[CsvColumn]) -> Proposal:
    """Return a column although none can be used well, so that a sentence says what is wrong."""
    numbers = [i for i, column in enumerate(columns) if column.is_number]
    last = len(columns) - 1
    if numbers and (len(numbers) > 1 or last in numbers):
        return Proposal(numbers[-1], task(columns[numbers[-1]]))
    return Proposal(last, task(columns[last]))


def task(column: CsvColumn) -> str:
    """Return what predicting a column is, if nobody says it."""
    if not column.is_number or few_whole(column):
        return "classes"
    called = column.name.strip().lower() in _CLASS_NAMES
    return "classes" if called and few_whole(column, MOST_CLASSES) else "regression"


def few_whole(column: CsvColumn, most: int = FEW_NUMBERS) -> bool:
    """Tell whether a column holds a few different whole numbers and nothing else."""
    if not column.is_number or column.is_unread.any():
        return False
    values = column.values[~np.isnan(column.values)]
    # Most columns show at once that they have more.
    if len(set(values[:100].tolist())) > most:
        return False
    different = set(values.tolist())
    return 2 <= len(different) <= most and all(value.is_integer() for value in different)


def _few_texts(column: CsvColumn) -> bool:
    return 2 <= len(column.counts) <= MOST_CLASSES and _repeats(column)


def _repeats(column: CsvColumn) -> bool:
    # Where every row has a text of its own, it is more likely a name of the row.
    return len(column.counts) < len(column.cells) - int(column.is_missing.sum())


def inputs(
    columns: Sequence[CsvColumn], target: int | None, unused: Sequence[str] = ()
) -> tuple[int, ...]:
    """Return the numbers of the columns to predict from; the first two make the plane."""
    others = [i for i in range(len(columns)) if i != target]
    numbers = [i for i in others if columns[i].is_number and _usable(columns[i])]
    chosen = [i for i in numbers if not columns[i].is_id and columns[i].name not in unused]
    chosen = chosen or [i for i in numbers if columns[i].counts_rows]
    if not chosen:
        chosen = [i for i in others if is_choice(columns[i]) and columns[i].name not in unused]
        widths = np.cumsum([len(columns[i].counts) for i in chosen])
        chosen = [i for i, width in zip(chosen, widths, strict=True) if width <= MOST_COLUMNS]
    return tuple(chosen[:MOST_COLUMNS])


def is_choice(column: CsvColumn) -> bool:
    """Tell whether a column of text can be an input: it has two to ten values."""
    return not column.is_number and 2 <= len(column.counts) <= MOST_VALUES


def _usable(column: CsvColumn) -> bool:
    n = len(column.cells)
    return (
        not column.is_constant
        and not column.is_empty
        and column.is_missing.sum() <= _MOST_MISSING * n
        and column.is_unread.sum() <= MOST_UNREAD * n
    )


def reason(column: CsvColumn, lines: Sequence[int], unused: Sequence[str] = ()) -> str:
    """Return why a column is not used, to stand in brackets behind its name."""
    n = len(column.cells)
    missing = int(column.is_missing.sum())
    if column.is_empty:
        return "empty"
    if column.name in unused:
        return "the file does not count it"
    if column.is_constant:
        return "the same in every row"
    if column.is_id:
        numbers = column.is_number and column.counts_rows
        return "numbers the rows" if numbers else "different in every row: it only names them"
    if column.is_date:
        return "dates"
    if missing > _MOST_MISSING * n:
        return f"{missing:,} of {n:,} rows hold nothing there"
    if column.is_number:
        row = column.first_unread()
        if row is None:
            return "not chosen"
        cell = column.cells[row]
        found = why(cell, column.decimal, column.around)
        return f"line {lines[row]:,} holds {shown(cell)}, {found}"
    values = len(column.counts)
    if values > MOST_VALUES:
        return f"text, {values:,} different"
    return f"text, {values} different: it can be chosen"


class Chosen(Protocol):
    """What is asked of a table: see `table.CsvTable`."""

    @property
    def all_columns(self) -> tuple[CsvColumn, ...]:
        """Every column of the file."""
        ...

    @property
    def lines(self) -> tuple[int, ...]:
        """The line in which each row begins."""
        ...

    @property
    def decimal(self) -> str:
        """The decimal mark."""
        ...

    @property
    def target(self) -> str:
        """The column to predict."""
        ...

    @property
    def task(self) -> str:
        """*classes* or *regression*."""
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns to predict from."""
        ...

    @property
    def fill(self) -> bool:
        """Whether gaps are filled."""
        ...

    @property
    def frequent(self) -> bool:
        """Whether rare classes are left out."""
        ...

    @property
    def note(self) -> Note | None:
        """What nnviz has written above the rows."""
        ...

    @property
    def n_rows(self) -> int:
        """How many rows there are."""
        ...

    @property
    def roles(self) -> tuple[Role, ...]:
        """What each column is used for."""
        ...

    def column(self, name: str) -> CsvColumn:
        """Return a column by its name."""
        ...
